"""What two contacts say who may be one person: what agrees, what is against it, then field by field, side by side."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from relcraft.book.duplicates import who_stays
from relcraft.book.fields_told import fields_of, told_of
from relcraft.book.open import Book
from relcraft.book.placing import Waiting, told
from relcraft.book.sides import Difference, Said
from relcraft.domain.dates import tell_day
from relcraft.domain.duplicates import Candidate
from relcraft.domain.labels import label_of
from relcraft.domain.records import Contact
from relcraft.tui.duplicates.pair_list import key_of, name_of
from relcraft.tui.laid_out import LaidOutPane
from relcraft.tui.rows import Pieces
from relcraft.tui.signs import fit, wrap

_NOT_TOLD = frozenset({"vcard", "sources", "sort_name", "archived"})
_FIRST = ("name", "nicknames", "emails", "phones", "urls", "birthday", "organisation", "role", "city")
"""Fields that tell people from each other, in the order in which one looks at them."""
_LABEL, _NARROW_LABEL = 18, 13
_WIDE = 60
"""From so many cells on there is room for long labels."""
_SCHEME = re.compile(r"^https?://(www\.)?", re.IGNORECASE)
_PART = re.compile(r"[^@./_-]*[@./_-]*")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one, with who would stay."""

    candidate: Candidate
    stays: str
    goes: str


class BothPane(LaidOutPane):
    """What both say, or what waits. With the focus, its lines can be gone through."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="both")
        self._book = book
        self._swapped: set[str] = set()
        self.shown: Candidate | Waiting | None = None

    @property
    def pair(self) -> Pair | None:
        """The two that are shown; None where it is no pair, or one of them went."""
        one = self.shown
        if not isinstance(one, Candidate) or not all(self._book.get("contacts", uid) for uid in one.pair):
            return None
        stays, goes = who_stays(self._book, one)
        return Pair(one, goes, stays) if key_of(one) in self._swapped else Pair(one, stays, goes)

    def swap(self, one: Candidate) -> None:
        """Let the other one stay."""
        self._swapped ^= {key_of(one)}
        self.lay_out()

    def show_one(self, one: Candidate | Waiting | None) -> None:
        """Show another pair, or what waits; of another one than before, from the top."""
        another = (one and key_of(one)) != (self.shown and key_of(self.shown))
        self.shown = one
        self.lay_out(from_the_top=another)

    def lines_for(self, width: int) -> Iterable[Pieces]:
        """Return what both say, or what waits."""
        if isinstance(self.shown, Waiting):
            return _placed_lines(self._book, self.shown, width)
        pair = self.pair
        return () if pair is None else _pair_lines(self._book, pair, width)


def _signed(sign: str, sentences: Sequence[str], width: int, style: str) -> Iterator[Pieces]:
    for sentence in sentences:
        for place, line in enumerate(wrap(sentence, max(1, width - 2))):
            yield [(f"{' ' if place else sign} ", style), (line, "")]


def _pair_lines(book: Book, pair: Pair, width: int) -> Iterator[Pieces]:
    yield from _signed("=", pair.candidate.agrees, width, "given")
    yield from _signed("!", pair.candidate.against, width, "received")
    yield []
    here, there = book.contact(pair.stays), book.contact(pair.goes)
    label = _NARROW_LABEL if width < _WIDE else _LABEL
    column = max(1, (width - label - 1) // 2)
    yield [(" " * label, ""), (fit("Stays", column + 1), "strong"), (fit("Goes into it", column), "strong")]
    for difference in _both(book, here, there):
        yield from _beside(difference, label, column)


def _beside(difference: Difference, label: int, column: int) -> Iterator[Pieces]:
    """Yield a field with its sides in two columns; what one alone says stands out."""
    sides = [
        [(line, "strong" if said.alone else "") for said in lines for line in _folded(said.text, max(1, column - 1))]
        for lines in (difference.here, difference.there)
    ]
    for place in range(max(map(len, sides))):
        ours, theirs = (side[place] if place < len(side) else ("" if place else "-", "quiet") for side in sides)
        yield [
            (fit("" if place else difference.field, label), "quiet"),
            (fit(ours[0], column), ours[1]),
            (" ", ""),
            (fit(theirs[0], column), theirs[1]),
        ]


def _both(book: Book, here: Contact, there: Contact) -> Iterator[Difference]:
    """Yield each field in which one of the two says something."""
    names = [name for name in fields_of("contacts", here, there) if name not in _NOT_TOLD]
    for name in sorted(names, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)):
        sides = [told_of(book, "contacts", contact, name) for contact in (here, there)]
        if name in ("cadence_days", "do_not_disturb") and _is_usual(name, here, there):
            continue
        if any(sides):
            ours, theirs = ([_shown(line) for line in lines] for lines in sides)
            yield _difference(label_of("contacts", name), ours, theirs)
    yield _difference("Timeline", *([_history(book, contact)] for contact in (here, there)))


def _is_usual(name: str, here: Contact, there: Contact) -> bool:
    """Whether neither of two contacts has anything but the usual in a field."""
    return all(getattr(contact, name) in (None, False) for contact in (here, there))


def _difference(field: str, ours: Sequence[str], theirs: Sequence[str]) -> Difference:
    sides = []
    for lines, others in ((ours, theirs), (theirs, ours)):
        said_there = {line.casefold() for line in others}
        sides.append(tuple(Said(line, line.casefold() not in said_there) for line in lines))
    return Difference(field, sides[0], sides[1])


def _shown(text: str) -> str:
    """Return a link without what all links begin with; any other text as it is."""
    return _SCHEME.sub("", text)


def _folded(text: str, width: int) -> list[str]:
    """Return a text in lines; an address or link too long for one is broken behind a sign, where that goes."""
    return wrap(" ".join(part for word in text.split(" ") for part in _parts(word, width)), width)


def _parts(word: str, width: int) -> Sequence[str]:
    parts = [""]
    for part in filter(None, _PART.findall(word)) if cell_len(word) > width else ():
        if cell_len(part) > width:
            return [word]
        if cell_len(parts[-1] + part) <= width:
            parts[-1] += part
        else:
            parts.append(part)
    return parts if parts[0] else [word]


def _history(book: Book, contact: Contact) -> str:
    entries = book.timeline(contact.uid)
    told_entries = "1 entry" if len(entries) == 1 else f"{len(entries)} entries" if entries else "nothing yet"
    last = f", last {tell_day(entries[0].date, book.today)}" if entries else ""
    archived = ", in the archive" if contact.archived else ""
    return f"{told_entries}{last}{archived}"


def _placed_lines(book: Book, one: Waiting, width: int) -> Iterator[Pieces]:
    """Yield what waits, why, and whom it may be about."""
    yield from ([(line, "quiet")] for line in _folded(one.unplaced.where, width))
    for sentence in (f"{one.name} {one.unplaced.why}.", *told(book, one)):
        yield from ([(line, "")] for line in wrap(sentence, width))
    yield []
    links = map(_shown, one.person.urls)
    known = (*one.person.emails, *one.person.phones, *links, one.person.organisation, one.person.city)
    yield [("The file says", "strong")]
    for line in filter(None, (one.name, *known)):
        yield [(fit(f"  {line}", width), "")]
    yield []
    yield [("It may be", "strong")]
    for uid in one.choices:
        for place, line in enumerate(_folded(told_shortly(book, uid), max(1, width - 4))):
            yield [(f"{'    ' if place else '  '}{line}", "")]
    yield [("  or somebody new", "quiet")]


def told_shortly(book: Book, uid: str) -> str:
    """Return a contact in one line: the name, and what tells them from others of that name."""
    contact = book.contact(uid)
    links = map(_shown, contact.urls[:1])
    known = (contact.organisation, contact.city, *contact.emails[:1], *contact.phones[:1], *links)
    return " · ".join(filter(None, (name_of(book, uid), *known)))
