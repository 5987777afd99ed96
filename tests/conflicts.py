"""Conflicts for tests: what the other side of a merge says, as it waits in a book."""

from datetime import UTC, datetime, timedelta
from typing import Any

from relcraft.domain.documents import TABLE_OF, to_document
from relcraft.domain.records import OtherSide, Record
from relcraft.domain.versions import version_of
from tests.books import NOON


def days_ago(days: int) -> datetime:
    """Return the moment so many days before noon of the usual day."""
    return NOON.astimezone(UTC) - timedelta(days=days)


def differently(record: Record, *, days: int = 3) -> OtherSide:
    """Return the conflict in which the other side has `record`, changed so many days ago."""
    return saying(TABLE_OF[type(record)], record.uid, to_document(record), days=days)


def deleted(record: Record, *, days: int = 3) -> OtherSide:
    """Return the conflict in which the other side deleted `record`, so many days ago."""
    return saying(TABLE_OF[type(record)], record.uid, None, days=days)


def saying(table: str, of: str, document: dict[str, Any] | None, *, days: int = 3, uid: str = "") -> OtherSide:
    """Return the conflict in which the other side says `document` of a record."""
    when = days_ago(days)
    version = uid or version_of(table, of, document)
    return OtherSide(uid=version, table=table, of=of, document=document, created=when, updated=when)
