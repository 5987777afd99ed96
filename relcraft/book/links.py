"""What hangs on each contact: interactions, exchanges and follow-ups by contact, and when each was last in touch."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from relcraft.domain.documents import Document
from relcraft.domain.records import BEGINNING, Date
from relcraft.domain.warmth import LastContact, Touch, touch
from relcraft.domain.words import Initiator, InteractionKind

_KINDS = {kind.value: kind for kind in InteractionKind}
_INITIATORS = {initiator.value: initiator for initiator in Initiator}

LINKED = ("interactions", "exchanges", "follow_ups")


class Entry(NamedTuple):
    """One line of a timeline: enough to sort by; the record is read when it is drawn."""

    date: Date
    time: str
    """`14:30`, or empty."""
    table: str
    uid: str


class Days:
    """Reads ISO days, each text once: a book holds few days and many records."""

    def __init__(self) -> None:
        self._known: dict[Any, Date] = {}

    def read(self, text: Any) -> Date:
        """Return the day, or the beginning of time where `text` is no day (as the record has it)."""
        day = self._known.get(text) if type(text) is str else BEGINNING.date()
        if day is None:
            try:
                day = date.fromisoformat(text)
            except ValueError:
                day = BEGINNING.date()
            self._known[text] = day
        return day


def people_of(table: str, document: Document) -> tuple[str, ...]:
    """Return the uids of the contacts that a document hangs on, each once."""
    if table == "interactions":
        people = document.get("contacts")
        return tuple(dict.fromkeys(one for one in people if type(one) is str)) if type(people) is list else ()
    person = document.get("contact")
    return (person,) if type(person) is str else ()


class Links:
    """The uids of linked records by contact, kept in step with each change."""

    def __init__(self, tables: Mapping[str, Mapping[str, Document]]) -> None:
        self._days = Days()
        self._of: dict[str, dict[str, list[str]]] = {table: {} for table in LINKED}
        self._timelines: dict[str, list[Entry]] = {}
        self._tables = tables
        for table in LINKED:
            index = self._of[table]
            for uid, document in tables[table].items():
                for person in people_of(table, document):
                    if person in index:
                        index[person].append(uid)
                    else:
                        index[person] = [uid]

    def of(self, table: str, contact: str) -> list[str]:
        """Return the uids of the records in `table` that hang on `contact`, in no order."""
        return self._of[table].get(contact, [])

    def store(self, table: str, uid: str, before: Document | None, after: Document | None) -> list[str]:
        """Follow one record of a linked table from `before` to `after`; return the uids of the contacts it touches."""
        index = self._of[table]
        old = people_of(table, before) if before is not None else ()
        new = people_of(table, after) if after is not None else ()
        for person in old:
            index[person].remove(uid)
            if not index[person]:
                del index[person]
        for person in new:
            index.setdefault(person, []).append(uid)
        touched = [*old, *new]
        for person in touched:
            self._timelines.pop(person, None)
        return touched

    def timeline(self, contact: str) -> list[Entry]:
        """Return everything that hangs on `contact`, newest first; plans and follow-ups ahead come before all."""
        known = self._timelines.get(contact)
        if known is None:
            known = [self._entry(table, uid) for table in LINKED for uid in self.of(table, contact)]
            known.sort(reverse=True)
            self._timelines[contact] = known
        return known

    def _entry(self, table: str, uid: str) -> Entry:
        document = self._tables[table][uid]
        hour = document.get("time", "")
        return Entry(self._days.read(document.get("date")), hour if type(hour) is str else "", table, uid)


def last_contacts(interactions: Mapping[str, Document], today: Date) -> dict[str, LastContact]:
    """Return when each contact was last in touch, for all of them in one pass over the documents.

    The same as `warmth.last_contact` says of one contact; contacts that nothing warmed yet are left out.
    """
    days = Days()
    last: dict[str, Date] = {}
    answered: dict[str, Date] = {}
    touches: dict[tuple[Any, Any, int], Touch] = {}
    for document in interactions.values():
        day = days.read(document.get("date"))
        people = document.get("contacts")
        if day > today or type(people) is not list:
            continue
        key = (document.get("kind"), document.get("initiator"), len(people))
        reach = touches.get(key)
        if reach is None:
            reach = touches[key] = _touch_of(*key)
        if reach is Touch.NOTHING:
            continue
        for person in people:
            if person not in last or last[person] < day:
                last[person] = day
            if reach is Touch.ANSWERED and (person not in answered or answered[person] < day):
                answered[person] = day
    return {person: LastContact(on=day, answered=answered.get(person) == day) for person, day in last.items()}


def _touch_of(kind: Any, initiator: Any, people: int) -> Touch:
    """Return the touch of a document's values, read as `from_document` reads them."""
    return touch(_KINDS.get(str(kind), InteractionKind.NOTE), _INITIATORS.get(str(initiator), Initiator.BOTH), people)
