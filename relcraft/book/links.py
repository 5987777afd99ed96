"""What hangs on each contact: interactions, exchanges and follow-ups by contact, and when each was last in touch."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from relcraft.book.port import Documents, Tables, Text, Texts, columns, texts
from relcraft.domain.documents import Document
from relcraft.domain.linking import LINKS
from relcraft.domain.records import BEGINNING, Date
from relcraft.domain.warmth import LastContact, Touch, touch
from relcraft.domain.words import Initiator, InteractionKind

_KINDS = {kind.value: kind for kind in InteractionKind}
_INITIATORS = {initiator.value: initiator for initiator in Initiator}

LINKED = ("interactions", "exchanges", "follow_ups", "asks", "introductions", "ties")
"""The tables whose records hang on contacts."""
_NO_ENTRY = frozenset({"ties"})
"""Those of them that stand in no timeline."""
_PEOPLE: dict[str, tuple[str, ...]] = {"introductions": ("broker", "first", "second"), "ties": ("first", "second")}
"""The fields that name contacts, where there are several."""
HANGING: dict[str, tuple[str, ...]] = {
    table: came_from
    for table, fields in LINKS.items()
    if (came_from := tuple(name for name, targets in fields.items() if "contacts" not in targets))
}
"""By table, the fields that name what a record came from: an interaction, an ask, an introduction or a goal."""


class Entry(NamedTuple):
    """One line of a timeline: enough to sort by; the record is read when it is drawn."""

    date: Date
    time: str
    """`14:30`, or empty."""
    table: str
    created: str
    """As it is written: of one day, what was noted later is the newer one."""
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


def people_of(table: str, document: Document) -> Sequence[str]:
    """Return the uids of the contacts that a document hangs on, each once."""
    if table == "interactions":
        return tuple(dict.fromkeys(texts(document.get("contacts")) or ()))
    people = (document.get(field) for field in _PEOPLE.get(table, ("contact",)))
    return tuple(dict.fromkeys(person for person in people if type(person) is str))


def day_of(table: str, document: Document) -> Any:
    """Return the day under which a document stands in a timeline, as it is written; of an ask, when it was asked."""
    if table not in {"asks", "introductions"}:
        return document.get("date")
    steps = document.get("steps")
    steps = [step for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
    begun = next((step for step in steps if step.get("state") not in {"draft", "idea"}), None)
    begun = begun or (steps[0] if steps else {})
    return begun.get("date") or str(document.get("created", ""))[:10]


class Links:
    """The uids of linked records by contact, kept in step with each change."""

    def __init__(self, tables: Tables, today: Date) -> None:
        self._days = Days()
        self._tables = tables
        self._timelines: dict[str, list[Entry]] = {}
        index, last = read_interactions(tables["interactions"], today)
        self._of = {"interactions": index}
        self._last: tuple[Date, dict[str, LastContact]] | None = (today, last)
        for table in LINKED[1:]:
            index = self._of[table] = {}
            fields = dict.fromkeys(_PEOPLE.get(table, ("contact",)), Text)
            for uid, people in columns(tables[table], **fields):
                for person in people if len(people) == 1 else dict.fromkeys(people):
                    if person is not None:
                        index.setdefault(person, []).append(uid)

    def last_contacts(self, today: Date) -> dict[str, LastContact]:
        """Return when each contact was last in touch, as of `today`."""
        if self._last is None or self._last[0] != today:
            return read_interactions(self._tables["interactions"], today)[1]
        return self._last[1]

    def of(self, table: str, contact: str) -> list[str]:
        """Return the uids of the records in `table` that hang on `contact`, in no order."""
        return self._of[table].get(contact, [])

    def store(self, table: str, uid: str, before: Document | None, after: Document | None) -> list[str]:
        """Follow one record of a linked table from `before` to `after`; return the uids of the contacts it touches."""
        if table == "interactions":
            self._last = None
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
            known = [
                self._entry(table, uid) for table in LINKED if table not in _NO_ENTRY for uid in self.of(table, contact)
            ]
            known.sort(reverse=True)
            self._timelines[contact] = known
        return known

    def _entry(self, table: str, uid: str) -> Entry:
        document = self._tables[table][uid]
        hour, created = (_text(document.get(field)) for field in ("time", "created"))
        return Entry(self._days.read(day_of(table, document)), hour, table, created, uid)


def _text(value: Any) -> str:
    return value if type(value) is str else ""


class _Marks(dict[str | None, int]):
    """Twice the ordinal of each day as it is written: what makes the later day greater, and leaves room for a bit."""

    def __init__(self, today: Date) -> None:
        self._days = Days()
        self._today = today

    def __missing__(self, text: str | None) -> int:
        day = self._days.read(text)
        mark = self[text] = _NO_MARK if day > self._today else 2 * day.toordinal()
        return mark


class _Reaches(dict[tuple[str | None, str | None, int], int]):
    """What an interaction adds to the mark of its day, by kind, initiator and number of contacts."""

    def __missing__(self, key: tuple[str | None, str | None, int]) -> int:
        kind, initiator, people = key
        begun_by = _INITIATORS.get(initiator or "", Initiator.BOTH)
        reach = self[key] = _REACH[touch(_KINDS.get(kind or "", InteractionKind.NOTE), begun_by, people)]
        return reach


_NO_MARK = -(1 << 40)
_REACH = {Touch.NOTHING: _NO_MARK, Touch.ONE_WAY: 0, Touch.ANSWERED: 1}


def read_interactions(interactions: Documents, today: Date) -> tuple[dict[str, list[str]], dict[str, LastContact]]:
    """Return the uids of the interactions by contact, and when each contact was last in touch, in one pass.

    The latter is the same as `warmth.last_contact` says of one contact; whom nothing warmed yet is left out.
    """
    marks, reaches = _Marks(today), _Reaches()
    known: defaultdict[str, list[Any]] = defaultdict(lambda: [-1])
    for uid, (people, day, kind, initiator) in columns(
        interactions, contacts=Texts, date=Text, kind=Text, initiator=Text
    ):
        if not people:
            continue
        mark = marks[day] + reaches[kind, initiator, len(people)]
        for person in people if len(people) == 1 else dict.fromkeys(people):
            latest_and_uids = known[person]
            latest_and_uids.append(uid)
            if mark > latest_and_uids[0]:  # noqa: PLR1730  # max() takes three times as long
                latest_and_uids[0] = mark
    latest = {person: uids.pop(0) for person, uids in known.items()}
    last = {
        person: LastContact(on=Date.fromordinal(mark >> 1), answered=bool(mark & 1))
        for person, mark in latest.items()
        if mark >= 0
    }
    return dict(known), last
