"""The two sides of a conflict: what a merge took, what it did not take, and the verbs that settle it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from relcraft.book.alone import alone
from relcraft.book.checking import check
from relcraft.book.fields_told import fields_of, told_of, value_of
from relcraft.book.links import HANGING
from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.book.verbs import touched, without, without_contact
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.documents import TABLE_OF, TABLES, from_document, to_document
from relcraft.domain.errors import BadInput, Conflict
from relcraft.domain.labels import label_of
from relcraft.domain.records import BEGINNING, Contact, Date, Interaction, OtherSide, Record
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value

R = TypeVar("R", bound=Record)

_CONFLICTS = TABLE_OF[OtherSide]
_THINGS = {
    "contacts": "person",
    "interactions": "interaction",
    "exchanges": "exchange",
    "follow_ups": "follow-up",
    "snoozes": "snooze",
    "asks": "ask",
    "introductions": "introduction",
    "goals": "goal",
    "ties": "tie",
    "me": "about you",
    "apart": "pair told apart",
    "unplaced": "record to place",
    "synced_cards": "card in step",
}
"""What the records of a table are called."""
_MAY_BE_NOBODY = ("introduced_by", "target")
_MAY_BE_FEWER = ("contacts", "chain", "told")
_MUST_BE_SOMEBODY = ("contact", "first", "second", "broker")
_UNREADABLE = "What the other side says cannot be read here."


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Said(Value):
    """One line of what a side says in a field: an item of a list, a line of a text."""

    text: str
    alone: bool
    """Whether the other side does not say it."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Difference(Value):
    """A field in which the sides differ, in the user's words. A side that says nothing there has no lines."""

    field: str
    """As the forms call it."""
    here: tuple[Said, ...]
    there: tuple[Said, ...]
    name: str = ""
    """The field of the record."""

    @property
    def same_words(self) -> bool:
        """Whether both say the same lines, in another order or with other spaces."""
        return not any(said.alone for said in (*self.here, *self.there))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sides(Value):
    """A conflict: the record as it is here, and as the other side has it."""

    uid: str
    """What the conflict is known by."""
    side: OtherSide
    here: Record | None
    """None: it was deleted here, or the conflict cannot be read."""
    there: Record | None
    """None: the other side deleted it, or the conflict cannot be read."""
    differences: tuple[Difference, ...]
    title: str
    """Who or what it is about, on one line: "Ada Lovelace"."""
    thing: str
    """What kind of record it is: "person"."""
    here_on: Date | None
    """The user's day on which it was last changed here; None where nobody knows."""
    there_on: Date | None
    trouble: str = ""
    """Why the conflict cannot be read, in a sentence: then it can only be dropped. Empty where it can."""
    times: tuple[str, str] | None = None
    """The time of day of both, such as "08:58", where that alone tells them apart; else None."""

    @property
    def names(self) -> str:
        """The names of the fields that differ, as a row of a list tells them."""
        return ", ".join(difference.field.lower() for difference in self.differences)


def waiting_uids(book: Book) -> list[str]:
    """Return what the conflicts that wait are known by, the other side's latest change first. Reads no record."""
    moments = [(updated or "", uid) for uid, (updated,) in book.columns(OtherSide, updated=str)]
    return [
        uid for _moment, uid in sorted(sorted(moments, key=lambda one: one[1]), key=lambda one: one[0], reverse=True)
    ]


def waiting(book: Book) -> list[Sides]:
    """Return the conflicts that wait, the other side's latest change first. How many: `book.count(OtherSide)`."""
    return [sides_of(book, uid) for uid in waiting_uids(book)]


def sides_of(book: Book, uid: str) -> Sides:
    """Return the two sides of one conflict. Raises `NotFound` where it does not wait, or no longer."""
    side = book.one(OtherSide, uid)
    there_on = _day(book, side)
    trouble = _trouble(side)
    if trouble:
        return Sides(uid, side, None, None, (), "Something unreadable", "not known here", None, there_on, trouble)
    here, there = book.get(side.table, side.of), _there(side)
    known = there if here is None else here
    here_on = None if here is None else _day(book, here)
    return Sides(
        uid,
        side,
        here,
        there,
        _differences(book, side, here, there),
        "a record" if known is None else clean_line(title_of(book, known)) or "somebody without a name",
        _THINGS[side.table],
        here_on,
        there_on,
        times=None if here is None or here_on is None or here_on != there_on else _times(book, here, side),
    )


def _trouble(side: OtherSide) -> str:
    """Return why a conflict cannot be read; empty where it can."""
    if side.table not in _THINGS:
        known = clean_line(side.table)[:40]
        return f"It is of a kind that this version does not know{f': {known}' if known else ''}."
    return _UNREADABLE if "document" in side.extra or not side.of else ""


def _there(side: OtherSide) -> Record | None:
    """Return the record as the other side has it, known by the uid that it has here."""
    if side.document is None:
        return None
    record = from_document(TABLES[side.table], side.document)
    extra = {name: value for name, value in record.extra.items() if name != "uid"}
    return replace(record, uid=side.of, extra=extra)


def _moment(record: Record) -> datetime:
    return record.updated if record.updated != BEGINNING else record.created


def _day(book: Book, record: Record) -> Date | None:
    moment = _moment(record)
    return None if moment == BEGINNING else moment.astimezone(book.now.tzinfo).date()


def _times(book: Book, here: Record, side: OtherSide) -> tuple[str, str] | None:
    """Return the user's time of day of both, as exactly as it takes to tell them apart; None where it does not."""
    ours, theirs = (_moment(record).astimezone(book.now.tzinfo) for record in (here, side))
    form = "%H:%M:%S" if f"{ours:%H:%M}" == f"{theirs:%H:%M}" else "%H:%M"
    told = ours.strftime(form), theirs.strftime(form)
    return None if told[0] == told[1] else told


def _differences(book: Book, side: OtherSide, here: Record | None, there: Record | None) -> tuple[Difference, ...]:
    found, table = [], side.table
    apart = set(side.fields) if here is not None and there is not None else set()
    for name in _telling(table, here, there):
        if apart and name not in apart:
            continue
        lines = [[] if record is None else told_of(book, table, record, name) for record in (here, there)]
        if any(lines):
            ours, theirs = (_alone(lines[this], lines[1 - this]) for this in (0, 1))
            found.append(Difference(label_of(table, name), ours, theirs, name))
    return tuple(found)


def _telling(table: str, here: Record | None, there: Record | None) -> Iterator[str]:
    """Yield the names of the fields that differ; of one side alone, of those that say something."""
    known = here or there
    kept = {} if known is None else to_document(known)
    for name in fields_of(table, here, there):
        if here is not None and there is not None:
            if _said(here, name) != _said(there, name):
                yield name
        elif name in kept:
            yield name


def _said(record: Record, name: str) -> tuple[bool, Any]:
    return name in record.extra, value_of(record, name)


def _alone(lines: Sequence[str], others: Sequence[str]) -> tuple[Said, ...]:
    known = set(others)
    return tuple(Said(line, line not in known) for line in lines)


def count_with_nobody_else(book: Book, contact: str) -> int:
    """Return how many entries of a timeline are with this contact alone: they go where the contact is deleted."""
    records = (book.record(entry.uid) for entry in book.timeline(contact))
    return sum(not (isinstance(record, Interaction) and len(set(record.contacts)) > 1) for record in records)


# Settling


@alone
def keep_here(book: Book, uid: str, *, seen: Sides | None = None) -> Change:
    """Keep what is here: the conflict goes, and nothing else changes.

    Raises `NotFound` where it no longer waits, and `Conflict` where it is not what the user saw (`seen`).
    """
    sides = _as_seen(book, uid, seen)
    if sides.trouble:
        return book.change("what cannot be read here is dropped", _settled(sides))
    title = f"{sides.title} stays deleted" if sides.here is None else f"{sides.title} stays as it is here"
    return book.change(title, _settled(sides))


@alone
def keep_all_here(book: Book) -> Change:
    """Keep what is here in every conflict that waits, in one change. Raises `BadInput` where none waits."""
    every = waiting(book)
    if not every:
        raise BadInput("No conflict waits.")
    count = "1 conflict" if len(every) == 1 else f"{len(every)} conflicts"
    return book.change(f"{count} settled: everything stays as it is here", *map(_settled, every))


@alone
def take_there(book: Book, uid: str, *, seen: Sides | None = None) -> Change:
    """Take what is on the other side: its version is put in place, brought back or deleted, and the conflict goes.

    Raises as `keep_here` does, and `BadInput` where it cannot be read, or cannot stand in the book as it is by now.
    """
    sides = _as_seen(book, uid, seen)
    if sides.trouble:
        raise BadInput(f"{sides.trouble} It can only be dropped.")
    if sides.there is None:
        title = f"{sides.title} deleted, as on the other side"
        return book.change(title, *_deleted(book, sides.here), _settled(sides))
    record = touched(book, _later(book, _fitting(book, _taken(sides, sides.there)), sides.here))
    check(book, record)
    name = clean_line(title_of(book, record))
    title = f"{name} is back, from the other side" if sides.here is None else f"{name} as on the other side"
    return book.change(title, put(sides.here, record), _settled(sides))


def _as_seen(book: Book, uid: str, seen: Sides | None) -> Sides:
    sides = sides_of(book, uid)
    if seen is not None and (sides.here, sides.side) != (seen.here, seen.side):
        raise Conflict(f"{sides.title} was changed by another program meanwhile: look at it again.")
    return sides


def _settled(sides: Sides) -> Op:
    return Op(_CONFLICTS, sides.uid, to_document(sides.side), None)


def _deleted(book: Book, here: Record | None) -> Sequence[Op]:
    if here is None:
        return ()
    return without_contact(book, here) if isinstance(here, Contact) else without(book, [here])


def _taken(sides: Sides, there: Record) -> Record:
    """Return the other side's word where both changed it, and what is together already; where not known, all of it."""
    if sides.here is None or not sides.side.fields:
        return there
    document, theirs = to_document(sides.here), to_document(there)
    for name in sides.side.fields:
        if name in theirs:
            document[name] = theirs[name]
        else:
            document.pop(name, None)
    return from_document(TABLES[sides.side.table], document)


def _later(book: Book, record: R, here: Record | None) -> R:
    """Return a record that is no older than what it takes the place of, also where the clock went back."""
    former = _deleted_at(book, TABLE_OF[type(record)], record.uid) if here is None else here.updated
    return replace(record, updated=max(record.updated, former))


def _deleted_at(book: Book, table: str, uid: str) -> datetime:
    """Return when a record was deleted; long ago where nobody knows."""
    grave = book.tombstones().get((table, uid))
    try:
        return BEGINNING if grave is None else datetime.fromisoformat(grave.when).astimezone(UTC)
    except (ValueError, OverflowError):
        return BEGINNING


def _fitting(book: Book, record: R) -> R:
    """Return a record with nothing in it that points to what is no longer in the book.

    Raises `BadInput` where it cannot be without somebody who is not.
    """

    def gone(uid: str | None) -> bool:
        return uid is not None and book.get("contacts", uid) is None

    fields: dict[str, Any] = {}
    for name in (each for each in _MAY_BE_NOBODY if gone(getattr(record, each, None))):
        fields[name] = None
    for name in (each for each in _MAY_BE_FEWER if isinstance(getattr(record, each, None), tuple)):
        fields[name] = tuple(uid for uid in getattr(record, name) if not gone(uid))
    for name, table in _links_of(record):
        uid = getattr(record, name)
        fields[name] = None if uid is not None and book.get(table, uid) is None else uid
    lost = isinstance(record, Interaction) and record.contacts and not fields["contacts"]
    if lost or any(gone(getattr(record, name, None)) for name in _MUST_BE_SOMEBODY):
        raise BadInput("The other side's version is about somebody who is no longer in the book: it cannot stand here.")
    return replace(record, **fields)


def _links_of(record: Record) -> list[tuple[str, str]]:
    """Return the fields of a record that name what it came from, each with the table of that."""
    return [(name, f"{name}s") for name in HANGING.get(TABLE_OF[type(record)], ())]
