"""One circle of people as LinkedIn and as a phone know it, made by a seeded script; and a user who tells who is who.

Some are in both, and each of these is written in one of the ways in which the two programs really differ; some are two
people of one name.
"""

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch
from uuid import UUID

from textual.pilot import Pilot

from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.cli.wiring import book_at
from relcraft.domain.documents import TABLE_OF, from_document
from relcraft.domain.identity import email_key, phone_key, profile_key
from relcraft.domain.records import Apart, Contact, Record
from relcraft.formats.reading import read_paths
from relcraft.tui.app import RelcraftApp
from relcraft.tui.duplicates.pair_list import PairList
from tests.books import at_noon

R = TypeVar("R", bound=Record)

_FIRST = (
    "Elizabeth Alexandra Katherine Johanna Zoë Amélie Søren Jürgen Mateusz Ingrid Raj Priya Wei Haruka Kofi Amina "
    "Lucía Diego Noor Farid Bruno Chiyo Marit Henrike Tomás Anaïs Bjørn Léa Oisín Siobhán Viktor Olena Nadia Samuel"
)
_LAST = (
    "Bennet Lovelace Müller Sørensen Okafor Tanaka Keller Solvang Vossberg Novák García Patel Haddad Lindqvist Moreau "
    "Kowalski O'Brien Fischer Nakamura Ferreira Ahmadi Petrov Jansen Castellano Dubois Eriksen Hoffmann Ilić Kaplan "
    "Mbeki Nowak Oyelaran Quist Rossi Strand Tuan Ueda Varga Winther Yilmaz"
)
_COMPANIES = (
    "Tidewater Lab,Nordlicht Energie,Hoshi Works,Corvane,Fenmark,Lagoon Analytics,Blue Anvil,Kestrel Maps,Orrery,"
    "Saltmarsh,Quarry Street,Ember Foundry,Halcyon Rail,Juniper Health,Wren and Sons,Copperfield"
)
COMPANIES = _COMPANIES.split(",")
SHORT = {"Elizabeth": "Lizzy", "Alexandra": "Sasha", "Katherine": "Kitty", "Johanna": "Hanna", "Samuel": "Sammy"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, as both programs may know them; empty where one does not."""

    number: int
    connection: Contact | None = None
    card: Contact | None = None


@dataclass(slots=True)
class Sources:
    """What both programs export, and who is who in truth."""

    people: list[Person] = field(default_factory=list)

    @property
    def in_both(self) -> list[Person]:
        """Those whom both know."""
        return [each for each in self.people if each.connection is not None and each.card is not None]

    def connections(self) -> str:
        """Return Connections.csv."""
        out = io.StringIO()
        rows = csv.writer(out)
        rows.writerow(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
        for each in (each.connection for each in self.people):
            if each is not None:
                first, _, last = each.name.partition(" ")
                mail = next(iter(each.emails), "")
                rows.writerow([first, last, each.urls[0], mail, each.organisation, each.role, "08 Feb 2026"])
        return out.getvalue()

    def cards(self) -> str:
        """Return the .vcf of a phone."""
        lines = []
        for person in self.people:
            card = person.card
            if card is None:
                continue
            lines += ["BEGIN:VCARD", "VERSION:3.0", f"FN:{card.name}", f"UID:card-{person.number}"]
            lines += [f"TEL:{phone}" for phone in card.phones] + [f"EMAIL:{mail}" for mail in card.emails]
            lines += [f"URL:{url}" for url in card.urls] + [f"NICKNAME:{name}" for name in card.nicknames]
            lines += [f"ORG:{card.organisation}"] if card.organisation else []
            lines += [f"NOTE:card {person.number}", "END:VCARD"]
        return "\r\n".join(lines) + "\r\n"

    def who(self, contact: Contact) -> set[int]:
        """Return who a contact of the book is in truth; several where people were taken for one."""
        links = {int(number) for url in contact.urls for number in re.findall(r"/in/\w+-(\d+)$", url)}
        return links | {int(number) for number in re.findall(r"^card (\d+)$", contact.notes, re.MULTILINE)}


def _same_work(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    return link, replace(card, organisation=link.organisation)


def _same_mail(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    return replace(link, emails=card.emails), card


def _mail_at_work(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    domain = re.sub(r"\W", "", link.organisation.lower())
    return link, replace(card, emails=(f"{link.urls[0].rpartition('/')[2]}@{domain}.example",))


def _other_spelling(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    plain = card.name.translate(str.maketrans("ëéèøíáńćïöóś", "eeeoiancioos")).replace("ü", "ue")
    first, _, last = plain.partition(" ")
    return link, replace(card, name=f"{last}, {first}", urls=(link.urls[0].replace("https://www.", "http://"),))


def _nickname(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    first, _, last = card.name.partition(" ")
    named = replace(card, name=f"{SHORT.get(first, first[:3])} {last}", nicknames=(card.name,))
    return _same_work(link, named)


def _initial(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    first, _, last = card.name.partition(" ")
    return link, replace(card, name=f"{first[0]}. {last}", urls=link.urls)


def _married(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    return _same_mail(link, replace(card, name=f"{card.name.partition(' ')[0]} Newname"))


def _middle(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    first, _, last = card.name.partition(" ")
    return _same_work(link, replace(card, name=f"{first} K. {last}"))


def _title(link: Contact, card: Contact) -> tuple[Contact, Contact]:
    return _same_work(link, replace(card, name=f"Dr. {card.name}"))


WAYS: Sequence[tuple[int, Callable[[Contact, Contact], tuple[Contact, Contact]]]] = (
    (20, _same_work),
    (30, _same_mail),
    (13, _mail_at_work),
    (12, _other_spelling),
    (7, _nickname),
    (5, _initial),
    (5, _married),
    (4, _middle),
    (4, _title),
)
"""In what way the two programs differ about somebody, and about how many of a hundred."""


def made(common: int = 300, same_name: int = 20, alone: int = 120, seed: int = 7) -> Sources:
    """Return two sources with `common` people in both, and `same_name` names that are one person here, another there.

    `alone` people are in one of them only, as many in each.
    """
    dice = random.Random(seed)
    names = [f"{first} {last}" for first in _FIRST.split() for last in _LAST.split()]
    dice.shuffle(names)
    ways = [way for share, way in WAYS for _ in range(share)]
    sources = Sources()
    numbers = iter(range(1, 1_000_000))

    def link(name: str) -> Contact:
        page = f"{re.sub(r'[^a-z]', '', name.lower())}-{next(numbers)}"
        at = dice.choice(COMPANIES)
        return Contact(
            uid="", name=name, urls=(f"https://www.linkedin.com/in/{page}",), organisation=at, role="Engineer"
        )

    def card(name: str, number: int) -> Contact:
        mail = f"{re.sub(r'[^a-z]', '', name.lower())}{number}@mail.example"
        return Contact(uid="", name=name, emails=(mail,), phones=(f"+49 30 {7_000_000 + number}",))

    for place in range(common):
        name = names.pop()
        known = link(name)
        number = _number(known)
        sources.people.append(Person(number, *ways[place * 37 % len(ways)](known, card(name, number))))
    for place in range(same_name):
        name = names.pop()
        one, other = link(name), link(name)
        namesake = card(name, _number(other))
        if place % 5 < 2:
            namesake = replace(namesake, urls=other.urls, organisation=one.organisation if place % 5 else "")
        elif place % 5 == 2:
            namesake = replace(namesake, organisation=next(at for at in COMPANIES if at != one.organisation))
        sources.people += [Person(_number(one), connection=one), Person(_number(other), card=namesake)]
    for place in range(alone * 2):
        known = link(names.pop())
        number = _number(known)
        here = Person(number, card=card(known.name, number)) if place % 2 else Person(number, connection=known)
        sources.people.append(here)
    dice.shuffle(sources.people)
    return sources


def _number(link: Contact) -> int:
    return int(link.urls[0].rpartition("-")[2])


def bring_in(book: Book, sources: Sources, folder: Path) -> None:
    """Import both, one after the other."""
    for name, text in (("Connections.csv", sources.connections()), ("phone.vcf", sources.cards())):
        (folder / name).write_text(text, "utf-8", newline="")
        reading = read_paths([folder / name])
        keep_import(book, plan_import(book, list(reading), reading.origin))


def stored(path: Path, kind: type[R]) -> list[R]:
    """Return what a file holds of one kind, read without the program's own way of opening it."""
    documents = json.loads(path.read_text("utf-8"))[TABLE_OF[kind]]
    return [from_document(kind, document) for document in documents.values()]


@dataclass(slots=True)
class Outcome:
    """What came of the two imports, and of a walk through the screen."""

    united_by_import: int
    pairs: int
    keys: int = 0
    united: int = 0
    """Pairs made one with a key of their own."""
    at_once: int = 0
    """Pairs made one with the key for all that is sure."""
    kept_apart: int = 0
    taken_for_one: int = 0
    """Contacts that are several people in truth."""
    still_two: int = 0
    """People of both sources who are two contacts in the end."""
    lost: int = 0
    """Addresses, phones and links that stand no longer with the person whose they are."""
    notes_of_two: int = 0
    """Pairs that the file keeps apart."""


async def walk(sources: Sources, folder: Path) -> Outcome:
    """Import both into a file, and go through the screen with keys by what it shows; then look into the file.

    What the screen says is sure or probable is one person; all else is two.
    """
    path = folder / "book.json"
    dice = random.Random(len(sources.people))  # who of two alike comes first goes by uid
    every = patch("relcraft.book.open.uuid4", lambda: UUID(int=dice.getrandbits(128), version=4))
    with every, book_at(path, at_noon()) as book:
        bring_in(book, sources, folder)
        outcome = await _press_keys(book, sources)
    people = stored(path, Contact)
    who = [sources.who(contact) for contact in people]
    outcome.taken_for_one = sum(len(numbers) > 1 for numbers in who)
    outcome.still_two = sum(sum(each.number in numbers for numbers in who) > 1 for each in sources.in_both)
    outcome.lost = sum(1 for _ in _lost(sources, people))
    outcome.notes_of_two = len(stored(path, Apart))
    return outcome


def _lost(sources: Sources, people: Sequence[Contact]) -> Iterator[str]:
    """Yield what either program said of somebody and no contact that is them says any more."""
    kept: dict[int, set[str]] = {}
    for contact in people:
        for number in sources.who(contact):
            kept.setdefault(number, set()).update(_keys_of(contact))
    for each in sources.people:
        for said in filter(None, (each.connection, each.card)):
            yield from sorted(_keys_of(said) - kept.get(each.number, set()))


def _keys_of(contact: Contact) -> set[str]:
    mails, phones = map(email_key, contact.emails), map(phone_key, contact.phones)
    return {*mails, *phones, *map(profile_key, contact.urls)}


async def _press_keys(book: Book, sources: Sources) -> Outcome:
    before = len(book.contacts())
    app = RelcraftApp(book)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        outcome = Outcome(united_by_import=_rows(sources) - before, pairs=0)
        await _press(pilot, outcome, "S")
        pairs = app.screen.query_one(PairList)
        outcome.pairs = len(pairs.keys)
        await _press(pilot, outcome, "A", "m")
        outcome.at_once = before - len(book.contacts())
        while pairs.items:
            said = "".join(text for text, _style in pairs.draw(pairs.items[pairs.cursor + 1], 60))
            same = said.startswith(("surely", "probably"))
            await _press(pilot, outcome, "x" if same else "d")
            outcome.united += same
            outcome.kept_apart += not same
    return outcome


def _rows(sources: Sources) -> int:
    return sum((each.connection is not None) + (each.card is not None) for each in sources.people)


async def _press(pilot: Pilot[str], outcome: Outcome, *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()
    outcome.keys += len(keys)


def told(sources: Sources, outcome: Outcome) -> Iterator[str]:
    """Yield the outcome in lines."""
    yield f"{_rows(sources)} rows of two sources, {len(sources.in_both)} people in both"
    yield f"{outcome.united_by_import:5} united by the second import itself: name and address agree"
    yield f"{outcome.pairs:5} pairs on the screen"
    yield f"{outcome.at_once:5} made one by the key for all that is sure"
    yield f"{outcome.united:5} made one with a key each"
    yield f"{outcome.kept_apart:5} kept apart with a key each"
    yield f"{outcome.keys:5} keys pressed"
    yield f"{outcome.taken_for_one:5} contacts that are several people in truth"
    yield f"{outcome.still_two:5} people of both sources who are still two contacts"
    yield f"{outcome.lost:5} addresses, phones and links that are no longer with their person in the file"
