"""A change of a book: a title, and each touched record before and after."""

from dataclasses import dataclass, replace
from datetime import datetime

from relcraft.domain.documents import TABLE_OF, Document, to_document
from relcraft.domain.records import Record


@dataclass(frozen=True, slots=True)
class Op:
    """One record of a change: `before` is None where it is new, `after` is None where it goes."""

    table: str
    uid: str
    before: Document | None
    after: Document | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step that a user can undo. `ops` has each record at most once."""

    title: str
    """What was done, as a toast says it: "coffee with Grace"."""
    ops: tuple[Op, ...]
    at: datetime
    """UTC."""

    def turned_round(self, title: str, at: datetime) -> "Change":
        """Return the change that takes this one back."""
        ops = tuple(replace(op, before=op.after, after=op.before) for op in reversed(self.ops))
        return Change(title=title, ops=ops, at=at)


def put(old: Record | None, new: Record) -> Op:
    """Return the op that stores `new` in the place of `old` (None: it is a new record)."""
    return Op(TABLE_OF[type(new)], new.uid, None if old is None else to_document(old), to_document(new))


def drop(old: Record) -> Op:
    """Return the op that deletes `old`."""
    return Op(TABLE_OF[type(old)], old.uid, to_document(old), None)
