"""What is remembered of a record that was deleted."""

from collections.abc import Mapping
from typing import Any

from relcraft.domain.contents import Key, Tombstone
from relcraft.domain.documents import TABLE_OF, Document
from relcraft.domain.records import OtherSide
from relcraft.domain.versions import just_after, moment_of, version_of

CONFLICTS = TABLE_OF[OtherSide]
TOMBSTONES = "_tombstones"
"""The table of them in a file."""


def laid(key: Key, deleted: Mapping[str, Any] | None, when: str) -> Tombstone:
    """Return the tombstone of a record that said `deleted` until `when`: always later than that was written.

    Of a conflict that was settled it says the moment of the version that is not to come up again: the same words
    written later are another matter.
    """
    table, uid = key
    if deleted is None:
        return Tombstone(when)
    if table == CONFLICTS:
        return Tombstone(moment_of(deleted) or when)
    return Tombstone(max(when, just_after(moment_of(deleted))), version_of(table, uid, deleted))


def written(key: Key, tombstone: Tombstone) -> Document:
    """Return a tombstone as it is kept."""
    table, uid = key
    of = {"of": tombstone.of} if tombstone.of else {}
    return {"uid": uid, "table": table, "when": tombstone.when, **of}


def read(document: Mapping[str, Any]) -> tuple[Key, Tombstone] | None:
    """Return what a document says of a deleted record; None where it cannot be understood."""
    table, uid, when, of = (document.get(field, "") for field in ("table", "uid", "when", "of"))
    if not all(isinstance(said, str) for said in (table, uid, when, of)) or not (table and uid):
        return None
    return (table, uid), Tombstone(when, of)
