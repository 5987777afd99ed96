"""A phone, a CardDAV server and a book: Radicale on loopback, vdirsyncer on both sides of it, edits by a seeded script.

`python -m tests.peers.carddav` plays the whole round and prints its figures.
"""

import re
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from relcraft.book.verbs import add_contact, archive, delete_for_good, edit
from relcraft.domain.records import Birthday, Contact, OtherSide, SyncedCard
from relcraft.sync.said import as_card_says, changed
from tests.peers.server import Setup, foreign_lines, radicale

PEOPLE, EDITS, SEED = 200, 50, 2026
_BUSY = 6
"""Of every two edits one is of somebody among so few people that both sides meet there."""
_PHOTO = (
    "/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAgAAYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAAAAZKAD"
)


@dataclass(slots=True)
class Play:
    """What the script did, and what has to be everywhere afterwards."""

    setup: Setup
    random: Random
    wanted: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """Of each card, by UID: the values that somebody gave a field last, on either side."""
    foreign: dict[str, list[str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        """Count one edit."""
        self.counts[what] = self.counts.get(what, 0) + 1


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
    for number in range(PEOPLE // 2):
        (setup.phone / f"phone-card-{number:04d}.vcf").write_bytes(phone_card(number, play.random).encode())
    with setup.book() as book:
        for number in range(PEOPLE // 2, PEOPLE):
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


_PHONE_EDITS = ("TITLE", "NOTE", "EMAIL", "TEL", "ORG", "X-NEW", "reorder", "delete", "create", "FN")
_BOOK_EDITS = ("role", "notes", "emails", "phones", "organisation", "city", "tags", "delete", "create", "name")
_FIELD_OF = {"TITLE": "role", "NOTE": "notes", "EMAIL": "emails", "TEL": "phones", "ORG": "organisation", "FN": "name"}


def edit_phone(play: Play) -> None:
    """Make `EDITS` random edits in the phone's folder, line by line, as another program would."""
    setup, random = play.setup, play.random
    cards = setup.cards(setup.phone)
    free = sorted(uid for uid in cards if uid not in play.gone)
    for number in range(EDITS):
        what = random.choice(_PHONE_EDITS)
        uid = random.choice(free[-_BUSY:] if number % 2 == 0 else free)
        play.count(f"phone: {what}")
        if what == "create":
            new = 1000 + number
            (setup.phone / f"phone-card-{new}.vcf").write_bytes(phone_card(new, random).encode())
            play.wanted[f"phone-card-{new:04d}"] = {"name": {f"Given{new} Family{new}"}}
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
    at = next((at for at, line in enumerate(lines) if re.match(rf"(?:[\w-]+\.)?{what}[;:]", line)), None)
    value = f"phone {what.lower()} {number}"
    if what in ("EMAIL", "TEL"):
        value = f"phone{number}@new.example" if what == "EMAIL" else f"+1 555 {number:04d}"
    if what == "reorder":
        body = lines[2:-1]
        play.random.shuffle(body)
        lines[2:-1] = body
    elif what == "X-NEW" or at is None or what in ("EMAIL", "TEL"):
        lines.insert(len(lines) - 1, f"{what};TYPE=WORK:{value}" if what in ("EMAIL", "TEL") else f"{what}:{value}")
    else:
        lines[at] = f"{lines[at].partition(':')[0]}:{value}"
    if what in _FIELD_OF:
        _want(play, uid, _FIELD_OF[what], value)
    return "".join(f"{line}{end}" for line in lines)


def _want(play: Play, uid: str, name: str, value: str) -> None:
    play.wanted.setdefault(uid, {}).setdefault(f"{name} there", set())
    values = play.wanted[uid][f"{name} there"]
    if name not in ("emails", "phones"):
        values.clear()
    values.add(value)


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
            contact = random.choice(there[-_BUSY:] if number % 2 == 0 else there)[1]
            if what == "create":
                add_contact(
                    book,
                    Contact(
                        uid=f"new-in-book-{number:04d}",
                        name=f"New{number} Inbook",
                        emails=(f"new{number}@book.example",),
                    ),
                )
                continue
            uid = uid_of[contact.uid]
            if what == "delete":
                if uid in play.wanted:
                    continue  # the phone changed it: it would come back, which is tested by itself
                archive(book, [contact.uid])
                delete_for_good(book, contact.uid)
                play.gone.add(uid)
                continue
            value = f"book {what} {number}"
            new: Any = value
            if what in ("emails", "phones", "tags"):
                value = {"emails": f"book{number}@new.example", "phones": f"+2 555 {number:04d}"}.get(
                    what, f"b{number}"
                )
                new = (*getattr(contact, what), value)
            fields: dict[str, Any] = {what: new}
            edit(book, contact, replace(contact, **fields))
            play.wanted.setdefault(uid, {})[f"{what} here {number if what in ('emails', 'phones', 'tags') else ''}"] = {
                value
            }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the round came to."""

    cards: int
    same: int
    """Cards whose every property is the same on the phone and in the book."""
    foreign: int
    """Foreign lines that were there before, and how many of them are the same."""
    foreign_same: int
    lost: tuple[str, ...]
    """What somebody typed and is nowhere."""
    conflicts: int
    clashing: int
    """How many people had one field changed on both sides."""
    bytes_kept: tuple[int, int]
    """Lines of others that our own syncs met, and how many they left byte for byte."""
    rounds: int
    seconds: float


def played(place: Path, port: int, seed: int = SEED) -> tuple[Play, Outcome]:
    """Play the whole round."""
    setup = Setup(place, port)
    play = Play(setup, Random(seed))
    fill(play)
    setup.round()
    edit_phone(play)
    edited = {uid: foreign_lines(card) for uid, card in setup.cards(setup.phone).items()}
    edit_book(play)
    began = time.perf_counter()
    rounds = 1
    while not setup.round().quiet:
        rounds += 1
    return play, outcome_of(play, edited, rounds, time.perf_counter() - began)


def outcome_of(play: Play, before: dict[str, list[str]], rounds: int, seconds: float) -> Outcome:
    """Compare both sides."""
    setup = play.setup
    phone, ours = setup.cards(setup.phone), setup.cards(setup.ours)
    with setup.book() as book:
        contacts = {str((row.card or {})["uid"]): book.contact(row.contact) for row in book.all(SyncedCard)}
        kept = repr([one.document for one in book.all(OtherSide)])
        conflicts = book.count(OtherSide)
    same = [
        uid
        for uid, card in phone.items()
        if uid in contacts and uid in ours
        if not changed(as_card_says(contacts[uid]), card.said) and not changed(ours[uid].said, card.said)
    ]
    lines = [(uid, line) for uid, found in before.items() if uid in phone for line in found]
    kept_lines = [line for uid, line in lines if line in foreign_lines(phone[uid]) and line in foreign_lines(ours[uid])]
    lost = [
        f"{uid}: {name}: {value}"
        for uid, fields in play.wanted.items()
        if uid in phone
        for name, values in fields.items()
        for value in values
        if value not in repr(phone[uid].said) and value not in kept
    ]
    return Outcome(
        cards=len(phone),
        same=len(same) if set(phone) == set(ours) == set(contacts) else -1,
        foreign=len(lines),
        foreign_same=len(kept_lines),
        lost=tuple(lost),
        conflicts=conflicts,
        clashing=sum(_clashes(fields) for fields in play.wanted.values()),
        bytes_kept=(setup.lines_seen, setup.lines_kept),
        rounds=rounds,
        seconds=seconds,
    )


def _clashes(fields: dict[str, set[str]]) -> bool:
    there = {name.removesuffix(" there") for name in fields if name.endswith(" there")}
    here = {name.partition(" here")[0] for name in fields if " here" in name}
    return bool((there & here) - {"emails", "phones", "tags"})


def main() -> None:
    """Play the round and print its figures."""
    with tempfile.TemporaryDirectory() as folder, radicale(Path(folder) / "server") as port:
        play, outcome = played(Path(folder) / "all", port)
    print(f"{PEOPLE} people, {EDITS} edits on each side, seed {SEED}:")
    print("  " + ", ".join(f"{count} {what}" for what, count in sorted(play.counts.items())))
    print(f"  rounds until quiet: {outcome.rounds}, {outcome.seconds:.1f} s")
    print(f"  cards that say the same on the phone and in the book: {outcome.same} of {outcome.cards}")
    print(f"  properties of others, the same on both sides: {outcome.foreign_same} of {outcome.foreign}")
    print(f"  lines of others left byte for byte by our syncs: {outcome.bytes_kept[1]} of {outcome.bytes_kept[0]}")
    print(f"  lost: {len(outcome.lost)}")
    print(f"  conflicts: {outcome.conflicts}, people with one field changed on both sides: {outcome.clashing}")


if __name__ == "__main__":
    main()
