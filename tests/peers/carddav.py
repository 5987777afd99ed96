"""A phone, a CardDAV server and a book: Radicale on loopback, vdirsyncer on both sides of it, edits by a seeded script.

`python -m tests.peers.carddav` plays the whole round and prints its figures.
"""

import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, archive, delete_for_good, edit
from relcraft.cli.wiring import book_at
from relcraft.domain.records import Birthday, Contact, OtherSide
from relcraft.formats.vcard_lines import Card, properties
from relcraft.store.vdirs import Vdir
from relcraft.sync.card_file import CardRead, read_card
from relcraft.sync.folder import SyncReport
from relcraft.sync.said import as_card_says, changed
from relcraft.sync.vdir import sync

PEOPLE, EDITS, SEED = 200, 50, 2026
_TRIES = 3
_BUSY = 6
"""Of every two edits one is of somebody among so few people that both sides meet there."""
_PROPS = '{"tag": "VADDRESSBOOK", "D:displayname": "people"}'
_CONFIG = """[general]
status_path = "{status}"
"""
_PAIR = """
[pair {name}]
a = "{name}_vdir"
b = "{name}_server"
collections = null

[storage {name}_vdir]
type = "filesystem"
path = "{folder}"
fileext = ".vcf"

[storage {name}_server]
type = "carddav"
url = "http://127.0.0.1:{port}/somebody/people/"
username = "somebody"
password = "x"
"""
_PHOTO = (
    "/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAgAAYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAAAAZKAD"
)
_OURS = re.compile(r"(?:[\w-]+\.)?(FN|N|ORG|TITLE|EMAIL|TEL|URL|NOTE|BDAY|CATEGORIES|NICKNAME|ADR)[;:]")
_STAMPS = ("PRODID", "REV", "BEGIN", "END", "VERSION", "X-RADICALE-NAME")


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@contextmanager
def radicale(place: Path) -> Iterator[int]:
    """A server with one empty address book, in a process of its own; yields its port."""
    people = place / "collection-root" / "somebody" / "people"
    people.mkdir(parents=True)
    (people / ".Radicale.props").write_text(_PROPS)
    for _try in range(_TRIES):
        with _started(place) as port:
            if port:
                yield port
                return
    raise AssertionError("the server did not start")


@contextmanager
def _started(place: Path) -> Iterator[int]:
    """Start a server on a port that is free; yields 0 where another program was quicker to take it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "none",
        "storage-filesystem-folder": str(place),
        "logging-level": "info",
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", value)]
    command = [sys.executable, "-m", "radicale", "--config", "", *options]
    said = place / "said"
    with said.open("wb") as log, subprocess.Popen(command, stderr=log, stdout=log) as server:
        try:
            yield port if _answers(port, server) else 0
        finally:
            server.terminate()
            server.wait(10)


def _answers(port: int, server: "subprocess.Popen[bytes]") -> bool:
    """Wait until the server answers; False where it ended instead."""
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=10):
            return server.poll() is None
        time.sleep(0.02)
    return False


class Setup:
    """The book and its folder on one side of a server, a phone's folder on the other."""

    def __init__(self, place: Path, port: int) -> None:
        self.phone, self.ours = place / "phone", place / "ours"
        self.book_file = place / "book.json"
        self.lines_seen = self.lines_kept = 0
        """Lines of others in our folder before each sync of ours, and how many of them were the same after it."""
        pairs = []
        for name, folder in (("phone", self.phone), ("ours", self.ours)):
            folder.mkdir(parents=True)
            pairs.append(_PAIR.format(name=name, folder=folder, port=port))
        self._config = place / "vdirsyncer.conf"
        self._config.write_text("".join((_CONFIG.format(status=place / "status"), *pairs)))
        if port:
            self._vdirsyncer("discover")

    @classmethod
    def without_server(cls, place: Path) -> "Setup":
        """The book and its folder alone."""
        return cls(place / "alone", 0)

    def _vdirsyncer(self, *words: str) -> None:
        program = Path(sys.executable).with_name("vdirsyncer")
        done = subprocess.run(
            [program, "-c", self._config, *words], capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]

    @contextmanager
    def book(self) -> Iterator[Book]:
        """The book, open."""
        with book_at(self.book_file, now) as book:
            yield book

    def relcraft(self) -> SyncReport:
        """`relcraft sync` with our folder."""
        with self.book() as book:
            return sync(book, Vdir(self.ours))[0]

    def round(self) -> SyncReport:
        """The phone talks to the server, then the book does, then the phone again: all that changed is everywhere."""
        self._vdirsyncer("sync", "phone")
        self._vdirsyncer("sync", "ours")
        before = {path.name: foreign_bytes(path.read_bytes()) for path in self.ours.glob("*.vcf")}
        report = self.relcraft()
        for path in self.ours.glob("*.vcf"):
            kept = before.get(path.name, [])
            self.lines_seen += len(kept)
            self.lines_kept += len(kept) if foreign_bytes(path.read_bytes()) == kept else 0
        if report.created or report.written or report.deleted:
            self._vdirsyncer("sync", "ours")
            self._vdirsyncer("sync", "phone")
        return report

    def cards(self, folder: Path) -> dict[str, CardRead]:
        """The cards of a folder by UID."""
        found = [read_card(path.read_bytes()) for path in sorted(folder.glob("*.vcf"))]
        return {card.uid: card for card in found if isinstance(card, CardRead)}

    def file_of(self, folder: Path, uid: str) -> Path:
        """The file of a card."""
        return next(path for path in folder.glob("*.vcf") if f"\nUID:{uid}".encode() in path.read_bytes())


def foreign_lines(card: CardRead) -> list[str]:
    """Return what a card says that Relcraft has no field for, however a server writes it.

    Radicale writes names in capitals and turns parameters round.
    """
    found, _unreadable = properties(Card(1, tuple(line.encode() for line in card.lines), closed=True))
    return sorted(
        f"{entry.name} {sorted(entry.params.items())} {entry.value}"
        for entry in found
        if not _OURS.match(f"{entry.name}:") and entry.name not in _STAMPS
    )


def foreign_bytes(data: bytes) -> list[bytes]:
    """Return the lines of a file that Relcraft has no field for, as they are, folds and line ends with them."""
    lines = re.findall(rb"[^\n]*\n(?:[ \t][^\n]*\n)*", data)
    return [line for line in lines if not _OURS.match(line.decode())]


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
        uid_of = {row.contact: str((row.card or {})["uid"]) for row in book.all(_synced())}
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


def _synced() -> Any:
    from relcraft.domain.records import SyncedCard

    return SyncedCard


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
        contacts = {str((row.card or {})["uid"]): book.contact(row.contact) for row in book.all(_synced())}
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
