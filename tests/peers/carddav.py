"""A phone, a CardDAV server and a book: Radicale on loopback, vdirsyncer on both sides of it, edits by a seeded script.

`python -m tests.peers.carddav [SEED]...` plays the whole round with each seed and prints its figures.
"""

import re
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from relcraft.book.verbs import add_contact, archive, delete_for_good, edit
from relcraft.domain.records import Birthday, Contact, SyncedCard
from tests.peers.outcome import Outcome, Play, outcome_of
from tests.peers.server import Setup, foreign_lines, radicale

PEOPLE, EDITS, SEED = 200, 50, 2026
_MOST_ROUNDS = 5
_BUSY = 6
"""Of every two edits one is of somebody among so few people that both sides meet there."""
_PHOTO = (
    "/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAgAAYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAAAAZKAD"
)


_WORDS = ("Berlin", "Acme", "Ölmühle; Söhne", "Noë, Ltd", "Kiel", "漢字", "Zürich", "St. John's")


def phone_card(number: int, random: Random) -> str:
    """Return a card as a phone writes it, with a picture, groups, labels and properties of its own."""
    uid = f"phone-card-{number:04d}"
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//Somebody's Phone//1.0//EN",
        f"UID:{uid}",
        f"N:Family{number};Given{number};;;",
        f"FN:Given{number} Family{number}",
        f"item1.EMAIL;type=INTERNET;type=pref:person{number}@home.example",
        "item1.X-ABLabel:_$!<Other>!$_",
        f"TEL;type=CELL;type=VOICE:+49 151 {number:07d}",
        f"item2.ADR;type=HOME:;;Street {number};Town{number};;12345;Germany",
        "item2.X-ABADR:de",
        f"ORG:Company {number % 7};Department {number % 3}",
        f"X-PHONETIC-LAST-NAME:phonetic {number}",
        f'X-OWN-{number % 5};X-PARAM="a:b";TYPE=x:keep this \\; and that\\, {number}',
        "REV:2026-01-02T03:04:05Z",
    ]
    if number % 4 == 0:
        lines.append(f"BDAY;X-APPLE-OMIT-YEAR=1604:1604-{1 + number % 12:02d}-{1 + number % 28:02d}")
    if number % 10 == 0:
        photo = f"PHOTO;ENCODING=b;TYPE=JPEG:{_PHOTO}{random.randrange(10**9):012d}"
        lines += [photo[:75], *(f" {photo[at : at + 74]}" for at in range(75, len(photo), 74))]
    random.shuffle(tail := lines[6:] if number % 10 else [])
    return "".join(f"{line}\r\n" for line in (*(lines[:6] if tail else lines), *tail, "END:VCARD"))


def fill(play: Play) -> None:
    """Put half of the people on the phone, and half into the book."""
    setup = play.setup
    for number in range(play.people // 2):
        (setup.phone / f"phone-card-{number:04d}.vcf").write_bytes(phone_card(number, play.random).encode())
        play.made.add(f"phone-card-{number:04d}")
    with setup.book() as book:
        for number in range(play.people // 2, play.people):
            play.made.add(f"of-the-book-{number:04d}")
            add_contact(
                book,
                Contact(
                    uid=f"of-the-book-{number:04d}",
                    name=f"Given{number} Family{number}",
                    emails=(f"person{number}@book.example",),
                    phones=(f"+44 20 {number:07d}",),
                    organisation=play.random.choice(_WORDS),
                    birthday=Birthday(1 + number % 12, 1 + number % 28, None if number % 2 else 1900 + number % 90),
                    notes="first line\nsecond, line; with signs \\ and ünïcode 🎉",
                    tags=("friends", f"t{number % 3}"),
                ),
            )


_TEXTS = ("TITLE", "NOTE", "ORG", "FN", "EMAIL", "TEL", "BDAY")
_PHONE_EDITS = (*_TEXTS, "PHOTO", "X-NEW", "reorder", "hang up", "delete", "create")
_BOOK_TEXTS = ("role", "notes", "organisation", "name", "emails", "phones", "birthday", "city", "tags")
_BOOK_EDITS = (*_BOOK_TEXTS, "hang up", "delete", "create")
_FIELD_OF = dict(zip(_TEXTS, _BOOK_TEXTS, strict=False))


def edit_phone(play: Play) -> None:
    """Make `EDITS` random edits in the phone's folder, line by line, as another program would."""
    setup, random = play.setup, play.random
    free = sorted(uid for uid in setup.cards(setup.phone) if uid not in play.gone)
    for number in range(EDITS):
        what = random.choice(_PHONE_EDITS)
        uid = random.choice(free[-_BUSY:] if number % 2 == 0 else free)
        play.count(f"phone: {what}")
        if what == "create":
            new = 1000 + number
            (setup.phone / f"phone-card-{new}.vcf").write_bytes(phone_card(new, random).encode())
            play.made.add(f"phone-card-{new:04d}")
            play.there(f"phone-card-{new:04d}", "name", f"Given{new} Family{new}")
            continue
        path = setup.file_of(setup.phone, uid)
        if what == "delete":
            free.remove(uid)
            play.gone.add(uid)
            path.unlink()
            continue
        path.write_bytes(_edited_there(play, path.read_bytes().decode(), uid, what, number).encode())


def _edited_there(play: Play, text: str, uid: str, what: str, number: int) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    lines = re.sub(r"\r?\n[ \t]", "", text).rstrip().split(end)
    at = next((at for at, line in enumerate(lines) if _is(what, line)), None)
    head, value = what, f"phone {what.lower()} {number}"
    if what in ("EMAIL", "TEL"):
        head, value = f"{what};TYPE=WORK", f"phone{number}@new.example" if what == "EMAIL" else f"+1 555 {number:04d}"
    elif what == "BDAY":
        head, value = "BDAY;X-APPLE-OMIT-YEAR=1604", f"1604-{1 + number % 12:02d}-{1 + (number + 1) % 28:02d}"
    elif what == "PHOTO":
        head, value = "PHOTO;ENCODING=b;TYPE=JPEG", f"{_PHOTO}{number:04d}"
    if what == "reorder":
        body = lines[2:-1]
        play.random.shuffle(body)
        lines[2:-1] = body
    elif what == "hang up":
        for line in [line for line in lines if _is("TEL", line)]:
            play.take_off(uid, line.partition(":")[2], here=False)
            lines.remove(line)
    elif what in ("X-NEW", "EMAIL", "TEL") or at is None:
        lines.insert(len(lines) - 1, f"{head}:{value}")
    else:
        lines[at] = f"{lines[at].partition(':')[0] if what not in ('BDAY', 'PHOTO') else head}:{value}"
    if what in _FIELD_OF:
        play.there(uid, _FIELD_OF[what], value.replace("1604", "-", 1) if what == "BDAY" else value)
    return "".join(f"{line}{end}" for line in lines)


def _is(what: str, line: str) -> bool:
    return re.match(rf"(?:[\w-]+\.)?{what}[;:]", line) is not None


def edit_book(play: Play) -> None:
    """Make `EDITS` random edits in the book."""
    setup, random = play.setup, play.random
    with setup.book() as book:
        uid_of = {row.contact: str((row.card or {})["uid"]) for row in book.all(SyncedCard)}
        for number in range(EDITS):
            what = random.choice(_BOOK_EDITS)
            play.count(f"book: {what}")
            living = [one for one in sorted(book.contacts(), key=lambda one: one.uid) if uid_of.get(one.uid)]
            there = sorted((uid_of[one.uid], one) for one in living if uid_of[one.uid] not in play.gone)
            uid, contact = random.choice(there[-_BUSY:] if number % 2 == 0 else there)
            if what == "create":
                name, new = f"New{number} Inbook", f"new-in-book-{number:04d}"
                add_contact(book, Contact(uid=new, name=name, emails=(f"new{number}@book.example",)))
                play.made.add(new)
                play.here(new, "name", name)
            elif what == "delete":
                # who was changed there would come back, which is tested by itself
                uid, contact = random.choice([one for one in there if not play.changed(one[0])])
                archive(book, [contact.uid])
                delete_for_good(book, contact.uid)
                play.gone.add(uid)
            else:
                edit(book, contact, _edited_here(play, contact, uid, what, number))


def _edited_here(play: Play, contact: Contact, uid: str, what: str, number: int) -> Contact:
    if what == "hang up":
        for phone in contact.phones:
            play.take_off(uid, phone, here=True)
        return replace(contact, phones=())
    value = f"book {what} {number}"
    new: Any = value
    if what == "birthday":
        new = Birthday(1 + number % 12, 1 + (number + 13) % 28, 1950 + number)
        value = str(new)
    elif what in ("emails", "phones", "tags"):
        value = {"emails": f"book{number}@new.example", "phones": f"+2 555 {number:04d}"}.get(what, f"b{number}")
        new = (*getattr(contact, what), value)
    fields: dict[str, Any] = {what: new}
    play.here(uid, what, value)
    return replace(contact, **fields)


def played(place: Path, port: int, seed: int = SEED, people: int = PEOPLE) -> tuple[Play, Outcome]:
    """Play the whole round; without a server, which port 0 is, phone and book have one folder."""
    setup = Setup(place, port)
    play = Play(setup, Random(seed), people)
    fill(play)
    setup.round()
    edit_phone(play)
    edited = foreign_of(setup)
    edit_book(play)
    began = time.perf_counter()
    rounds = 1
    while not setup.round().quiet and rounds < _MOST_ROUNDS:
        rounds += 1
    return play, outcome_of(play, edited, rounds, time.perf_counter() - began)


def foreign_of(setup: Setup) -> dict[str, list[str]]:
    """Return what the phone's cards say that Relcraft has no field for."""
    return {uid: foreign_lines(card) for uid, card in setup.cards(setup.phone).items()}


def main(seeds: list[int]) -> int:
    """Play the round with each seed, and print what came of it; return 1 where anything is wrong."""
    wrong = 0
    for seed in seeds or [SEED]:
        with tempfile.TemporaryDirectory() as folder, radicale(Path(folder) / "server") as port:
            play, outcome = played(Path(folder) / "all", port, seed)
        print(f"{PEOPLE} people, {EDITS} edits on each side, seed {seed}:")
        print("  " + ", ".join(f"{count} {what}" for what, count in sorted(play.counts.items())))
        print(f"  rounds until quiet: {outcome.rounds}, {outcome.seconds:.1f} s")
        print(f"  cards that say the same on the phone and in the book: {outcome.same} of {outcome.cards}")
        print(f"  properties of others, the same on both sides: {outcome.foreign_same} of {outcome.foreign}")
        print(f"  lines of others left byte for byte by our syncs: {outcome.bytes_kept[1]} of {outcome.bytes_kept[0]}")
        print(f"  values typed, and lost: {outcome.typed}, {len(outcome.lost)}")
        print(f"  taken off or deleted, and there again: {outcome.taken_off}, {len(outcome.back)}")
        print(f"  fields changed on both sides, and conflicts: {len(outcome.clashing)}, {len(outcome.conflicts)}")
        for problem in outcome.wrong():
            print(f"  WRONG: {problem}")
        wrong += bool(outcome.wrong())
        sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]]))
