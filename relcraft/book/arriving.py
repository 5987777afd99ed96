"""Records that an import brings: whom each is about, whether it is there already, and what waits to be placed.

A record has a uid that follows from its key: read again it is found, also on another laptop, and one that the user
deleted does not come again. What an import wrote and nobody has touched since grows with a newer file (a day's
messages); what the user has touched stays as it is.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from relcraft.book.knowing import Known
from relcraft.book.not_wanted import not_wanted
from relcraft.book.open import Book
from relcraft.book.told_twice import told_once
from relcraft.domain.documents import TABLE_OF, to_document
from relcraft.domain.identity import address_keys, email_key, name_key
from relcraft.domain.incoming import IncomingRecord, Skipped
from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction, Me, Record, Tie, Unplaced
from relcraft.domain.telling import tell_list
from relcraft.domain.value import Value
from relcraft.domain.words import MANNER, Initiator, InteractionKind, Manner

_STAMPED = ("uid", "created", "updated", "sources")
_MOST_SUMMARIES = 3
_MOST_NAMES = 3
_COUNT = re.compile(r"(\d{1,9}) messages?", re.ASCII)
AddPerson = Callable[[Contact, str], str]
"""Adds somebody whom a record names, and returns the new uid."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Told(Value):
    """Something about one row that the user is to know."""

    where: str
    """File and line."""
    name: str
    why: str
    like: str = ""
    """The uid of the contact that it may be, if it is about that."""


@dataclass(slots=True)
class Arrivals:
    """What becomes of the records of an import. Each row is counted once."""

    added: list[Record] = field(default_factory=list)
    updated: list[tuple[Record, Record]] = field(default_factory=list)
    """Records of the book, before and after."""
    unplaced: list[Unplaced] = field(default_factory=list)
    """What waits for the user to say whose it is, and did not wait before."""
    rows_added: int = 0
    rows_updated: int = 0
    rows_unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    ambiguous: list[Told] = field(default_factory=list)


def arrived_uid(key: str) -> str:
    """Return the uid of the record that an import knows under `key`."""
    return f"in{sha256(key.encode()).hexdigest()[:30]}"


def unplaced_uid(key: str, person: Contact) -> str:
    """Return the uid of what waits because it is not certain who `person` is."""
    return f"un{sha256(f'{key}|{person_key(person)}'.encode()).hexdigest()[:30]}"


def person_key(person: Contact) -> str:
    """Return by what a person that files name is the same one in all of them."""
    return next(iter(person.sources), "") or next(iter(sorted(address_keys(person))), "") or name_key(person.name)


def as_brought(record: Record) -> str:
    """Return the source key that says what an import wrote: a record that still has it, and says so, is untouched."""
    document = {name: value for name, value in to_document(record).items() if name not in _STAMPED}
    return "as:" + sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()[:24]


class Arriving:
    """Takes the rows of records, and decides on all of them when everybody is known."""

    def __init__(self, book: Book, known: Known, add_person: AddPerson) -> None:
        self._book = book
        self._known = known
        self._add_person = add_person
        self._rows: list[IncomingRecord] = []
        self._deleted = not_wanted(book)
        self._told = Arrivals()

    def take(self, row: IncomingRecord) -> None:
        """Keep a row until `decided`."""
        self._rows.append(row)

    def decided(self) -> Arrivals:
        """Return what becomes of the rows: those that may add people first, so that others find them.

        Of these, those whose people have a key or an address before those that say a name alone: so it is the same in
        whatever order the files come.
        """
        groups: dict[str, list[IncomingRecord]] = {}
        for row in told_once(self._rows, lambda key: self._book.get("interactions", arrived_uid(key)) is not None):
            is_me = isinstance(row.record, Me)  # there is one user, whatever the files call them
            key = "" if is_me else next(iter(row.record.sources), row.where)
            groups.setdefault(f"{TABLE_OF[type(row.record)]}|{key}", []).append(row)
        for key, rows in sorted(groups.items(), key=lambda group: _turn(group[1])):
            if isinstance(rows[0].record, Me):
                self._take_me(rows)
            else:
                self._decide(key.partition("|")[2], rows)
        return self._told

    def _decide(self, key: str, rows: Sequence[IncomingRecord]) -> None:
        table, uid = TABLE_OF[type(rows[0].record)], arrived_uid(key)
        old = self._book.get(table, uid)
        if (old is None and (table, uid) in self._deleted) or (old is not None and as_brought(old) not in old.sources):
            self._told.rows_unchanged += len(rows)  # the user deleted it, or has made something else of it
            return
        sides = _Sides(self._known, rows)
        if any(row.adds_people for row in rows):
            sides.add_unknown(lambda person: self._add_person(person, rows[0].where))
        found = sides.found
        record = replace(_together(rows), uid=uid, sources=(key,))
        waiting = [each for each in sides.unclear if self._waits(key, each.person, record, old)]
        placed = _placed(record, found, old, names_nobody=not any(row.people for row in rows))
        for each in waiting:
            self._wait(key, _as_far_as_known(record, found) if placed is None else placed, each, rows[0].where)
        if placed is None:
            self._leave(rows, sides, waiting)
        else:
            self._keep(placed, old, rows, waiting)

    def _waits(self, key: str, person: Contact, record: Record, old: Record | None) -> bool:
        """Whether it is open who `person` is: not where the user said so, nor in a record that came in without them."""
        uid = unplaced_uid(key, person)
        if ("unplaced", uid) in self._deleted:
            return False
        if self._book.get("unplaced", uid) is not None or not isinstance(old, Interaction):
            return True
        return _says_more(record, old)

    def _wait(self, key: str, record: Record, unclear: "_Unclear", where: str) -> None:
        uid = unplaced_uid(key, unclear.person)
        if self._book.get("unplaced", uid) is not None or any(each.uid == uid for each in self._told.unplaced):
            return
        self._told.unplaced.append(
            Unplaced(
                uid=uid,
                sources=(person_key(unclear.person),),
                table=TABLE_OF[type(record)],
                document=to_document(record),
                person=to_document(unclear.person),
                place=_PLACES[type(record)],
                where=where,
                why=unclear.why,
            )
        )

    def _leave(self, rows: Sequence[IncomingRecord], sides: "_Sides", waiting: "Sequence[_Unclear]") -> None:
        """Count rows that give no record by now."""
        if waiting:
            told = waiting[0]
            self._told.ambiguous += (Told(row.where, told.person.name, told.why) for row in rows)
        elif sides.unclear:
            self._told.rows_unchanged += len(rows)
        else:
            names = tell_list([_called(person) for person in sides.unknown], most=_MOST_NAMES) or "nobody"
            self._told.skipped += (Skipped(row.where, f"names {names}: nobody in the book is meant") for row in rows)

    def _keep(
        self, record: Record, old: Record | None, rows: Sequence[IncomingRecord], waiting: "Sequence[_Unclear]"
    ) -> None:
        new = replace(record, sources=(*record.sources, as_brought(record)))
        if old is None:
            self._told.added.append(new)
        elif _grows(old, record):
            kept = (source for source in old.sources if not source.startswith("as:"))
            sources = tuple(dict.fromkeys((*kept, *new.sources)))
            self._told.updated.append((old, replace(new, created=old.created, updated=old.updated, sources=sources)))
        if waiting:
            self._told.ambiguous += (Told(row.where, waiting[0].person.name, waiting[0].why) for row in rows)
        elif old is None:
            self._told.rows_added += len(rows)
        elif _grows(old, record):
            self._told.rows_updated += len(rows)
        else:
            self._told.rows_unchanged += len(rows)

    def _take_me(self, rows: Sequence[IncomingRecord]) -> None:
        """Fill what the user has not said of themselves."""
        old = self._book.me
        new = old
        for row in rows:
            said = row.record
            assert isinstance(said, Me)  # noqa: S101 - the rows of one key are of one table
            known = {email_key(each) for each in new.emails}
            more = tuple(each for each in said.emails if email_key(each) not in known)
            new = replace(
                new,
                name=new.name or said.name,
                organisation=new.organisation or said.organisation,
                emails=(*new.emails, *more),
            )
        if new == old:
            self._told.rows_unchanged += len(rows)
        else:
            stored = self._book.get("me", old.uid)
            self._told.rows_updated += len(rows)
            if stored is None:
                self._told.added.append(new)
            else:
                self._told.updated.append((old, new))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Unclear(Value):
    """Somebody who may be several contacts."""

    person: Contact
    why: str


class _Sides:
    """Whom the rows of one record mean: who was found, who is not in the book, and who may be several."""

    def __init__(self, known: Known, rows: Iterable[IncomingRecord]) -> None:
        self._known = known
        self.found: list[str] = []
        self.unknown: list[Contact] = []
        self.unclear: list[_Unclear] = []
        people: dict[str, Contact] = {}
        for row in rows:
            for person in row.people:
                people.setdefault(person_key(person), person)
        for person in people.values():
            self._take(person)

    def _take(self, person: Contact) -> None:
        meant = self._known.meant(person)
        if len(meant) == 1 and self._known.is_sure(meant[0], person):
            self.found += (uid for uid in meant if uid not in self.found)
        elif meant:
            self.unclear.append(_Unclear(person, _why(self._known, meant)))
        else:
            self.unknown.append(person)

    def add_unknown(self, add: Callable[[Contact], str]) -> None:
        """Add who is not in the book, one after the other: two of them may turn out to be one."""
        unknown, self.unknown = self.unknown, []
        for person in unknown:
            self._take(person)
            if self.unknown:
                self.found.append(add(self.unknown.pop()))


def _turn(rows: Sequence[IncomingRecord]) -> tuple[bool, bool]:
    """Return when the rows of a key have their turn."""
    is_named_only = any(not (each.sources or address_keys(each)) for row in rows for each in row.people)
    return not any(row.adds_people for row in rows), is_named_only


def _why(known: Known, meant: Sequence[str]) -> str:
    names = ", ".join(known.contacts[uid].name for uid in meant[:_MOST_NAMES])
    if len(meant) == 1:
        return f"may be {names}, of whom other addresses are known. It waits until you say so"
    return f"may be any of {len(meant)} contacts ({names}). It waits until you say whom it means"


def _called(person: Contact) -> str:
    return person.name or next(iter((*person.emails, *person.phones, *person.urls)), "somebody without a name")


_PLACES: dict[type[Record], str] = {Interaction: "contacts", Exchange: "contact", FollowUp: "contact", Tie: "first"}
"""The field in which the people of a record stand."""


def _placed(record: Record, found: Sequence[str], old: Record | None, *, names_nobody: bool) -> Record | None:
    """Return the record with its people; None where it cannot be without those who are missing."""
    match record:
        case Interaction():
            before = old.contacts if isinstance(old, Interaction) else ()
            there = tuple(dict.fromkeys((*before, *found)))
            said = _and_before(old, record) if isinstance(old, Interaction) else record
            return replace(said, contacts=there) if there or names_nobody else None
        case Exchange():
            helper = old.contact if isinstance(old, Exchange) else next(iter(found), "")
            return replace(record, contact=helper) if helper else None
        case FollowUp():
            whom = old.contact if isinstance(old, FollowUp) else next(iter(found), None)
            return replace(record, contact=whom) if whom or names_nobody else None
        case Tie():
            ends = (old.first, old.second) if isinstance(old, Tie) else tuple(sorted(found[:2]))
            return replace(record, first=ends[0], second=ends[1]) if len(ends) == 2 else None
    raise TypeError(type(record))


def _and_before(old: Interaction, new: Interaction) -> Interaction:
    """Return what was written on a day as this file has it and as an earlier one had: an inbox, and what was sent."""
    if MANNER[new.kind] is not Manner.WRITTEN:
        return new
    said = [each for each in old.summary.split("; ") if each]
    said += (each for each in new.summary.split("; ") if each and each not in said)
    return replace(
        new,
        time=min((each.time for each in (old, new) if each.time is not None), default=None),
        initiator=new.initiator if new.initiator is old.initiator else Initiator.BOTH,
        summary="; ".join(said[:_MOST_SUMMARIES])
        if new.kind is InteractionKind.EMAIL
        else _most((old.summary, new.summary)),
    )


def _most(summaries: Sequence[str]) -> str:
    """Return the last summary; of several that are numbers of messages the highest: a shorter export knew of fewer."""
    counts = [_COUNT.fullmatch(each) for each in summaries]
    found = [(int(count[1]), count[0]) for count in counts if count is not None]
    return max(found)[1] if len(found) == len(counts) else summaries[-1]


def _as_far_as_known(record: Record, found: Sequence[str]) -> Record:
    """Return a record that waits for somebody, with whom of its people is known: one end of a tie."""
    return replace(record, first=found[0]) if isinstance(record, Tie) and found else record


def _together(rows: Sequence[IncomingRecord]) -> Record:
    """Return one record that says what all rows of a key say."""
    first = rows[0].record
    others = [row.record for row in rows if isinstance(row.record, Interaction)]
    if not isinstance(first, Interaction) or len(others) < 2:
        return first
    begun = {each.initiator for each in others}
    times = sorted(each.time for each in others if each.time is not None)
    summaries = list(dict.fromkeys(filter(None, (each.summary for each in others))))
    if all(map(_COUNT.fullmatch, summaries)):
        summaries = [_most(summaries)] if summaries else []
    more = f" and {len(summaries) - _MOST_SUMMARIES} more" if len(summaries) > _MOST_SUMMARIES else ""
    return replace(
        first,
        time=times[0] if times else None,
        initiator=first.initiator if len(begun) == 1 else Initiator.BOTH,
        summary="; ".join(summaries[:_MOST_SUMMARIES]) + more,
        tags=tuple(dict.fromkeys(tag for each in others for tag in each.tags)),
    )


def _says_more(new: Record, old: Interaction) -> bool:
    """Whether a newer file says something else of an interaction than who took part."""
    return isinstance(new, Interaction) and as_brought(replace(new, contacts=old.contacts)) != as_brought(old)


def _grows(old: Record, new: Record) -> bool:
    """Whether a newer file says something else of a record that is still what an import wrote."""
    return as_brought(new) != as_brought(old)
