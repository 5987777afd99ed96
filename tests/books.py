"""Small books for tests: records with few words, on one fixed day."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.domain.documents import TABLE_OF, to_document
from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction, Record
from relcraft.domain.words import Direction, ExchangeKind, InteractionKind

TODAY = date(2026, 11, 23)
"""A Monday."""
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def at_noon(day: date = TODAY) -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def a_keeper(*records: Record) -> MemoryKeeper:
    """Return a keeper in memory that holds these records."""
    tables: dict[str, dict[str, dict[str, object]]] = {}
    for record in records:
        tables.setdefault(TABLE_OF[type(record)], {})[record.uid] = to_document(record)
    return MemoryKeeper(tables)


def a_book(*records: Record, today: date = TODAY) -> Book:
    """Return an open book, in memory, with these records."""
    return Book(a_keeper(*records), at_noon(today))


def person(uid: str, name: str, **fields: object) -> Contact:
    """Return a contact."""
    return Contact(uid=uid, name=name, **fields)  # type: ignore[arg-type]  # the fields are the caller's


def met(
    uid: str, day: date, *people: str, kind: InteractionKind = InteractionKind.COFFEE, summary: str = ""
) -> Interaction:
    """Return an interaction."""
    return Interaction(uid=uid, date=day, kind=kind, contacts=people, summary=summary)


def gave(uid: str, day: date, who: str, kind: ExchangeKind = ExchangeKind.ADVICE) -> Exchange:
    """Return an exchange given."""
    return Exchange(uid=uid, date=day, direction=Direction.GIVEN, kind=kind, contact=who)


def got(uid: str, day: date, who: str, kind: ExchangeKind = ExchangeKind.ADVICE) -> Exchange:
    """Return an exchange received."""
    return Exchange(uid=uid, date=day, direction=Direction.RECEIVED, kind=kind, contact=who)


def promised(uid: str, day: date, who: str | None, text: str = "") -> FollowUp:
    """Return a follow-up."""
    return FollowUp(uid=uid, date=day, contact=who, text=text)
