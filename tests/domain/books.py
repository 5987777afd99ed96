"""Versions of a book as values, and the union of two of them."""

from collections.abc import Mapping

from relcraft.domain.contents import Contents, Key, Tombstone
from relcraft.domain.documents import Document
from relcraft.domain.tombstones import CONFLICTS
from relcraft.domain.uniting import united
from relcraft.domain.versions import version_of

NO_BOOK = Contents("empty")


def moment(number: int) -> str:
    """Return the moment of that number, as a record has it."""
    return f"2026-03-12T14:30:{number:02d}.000000Z"


def number_of(stamp: str) -> int:
    """Return the number of a moment."""
    return int(stamp[17:19])


def document(uid: str, at: int, **fields: object) -> Document:
    """Return a contact that was last changed at that moment."""
    return {"uid": uid, "name": uid.title(), "updated": moment(at), **fields}


def other_side(table: str, uid: str, at: int, said: Document | None) -> Document:
    """Return a conflict as a merge leaves it."""
    name = version_of(table, uid, said)
    found = {"uid": name, "created": moment(at), "updated": moment(at), "table": table, "of": uid}
    return found if said is None else {**found, "document": said}


def joined(ours: Contents, theirs: Contents, base: Contents | None = None) -> Contents:
    """Return the book that has both, as the file would have it."""
    outcome = united(ours, theirs, base)
    tables = {table: dict(documents) for table, documents in ours.tables.items()}
    tombstones = dict(ours.tombstones)
    history = list(ours.history)
    for op in outcome.ops:
        key = op.table, op.uid
        assert tables.get(op.table, {}).get(op.uid) == op.before
        history.append(op)
        if op.after is None:
            del tables[op.table][op.uid]
        else:
            tables.setdefault(op.table, {})[op.uid] = op.after
            tombstones.pop(key, None)
    tombstones.update(outcome.tombstones)
    gone = [op for op in outcome.ops if op.after is None and op.table != CONFLICTS]
    assert all((op.table, op.uid) in tombstones for op in gone)
    return Contents(ours.name, tables, tombstones, history)


def said_by(book: Contents) -> tuple[Mapping[Key, Document], Mapping[Key, Tombstone]]:
    """Return records, conflicts and tombstones, for comparing."""
    records = {(table, uid): one for table, documents in book.tables.items() for uid, one in documents.items()}
    return records, dict(book.tombstones)
