"""A keeper that keeps a book in memory: for tests, and for looking around."""

from copy import deepcopy

from relcraft.book.port import Kept, Tables
from relcraft.domain.changes import Change, Op
from relcraft.domain.documents import Document
from relcraft.domain.errors import Conflict


class MemoryKeeper:
    """Keeps documents in a dictionary; behaves as the file does towards the book."""

    def __init__(self, tables: Tables | None = None) -> None:
        self.read_only = ""
        self.tables: dict[str, dict[str, Document]] = {
            name: dict(documents) for name, documents in (tables or {}).items()
        }

    def load(self) -> Tables:
        """Return a copy of all documents."""
        return deepcopy(self.tables)

    def keep(self, change: Change) -> Kept:
        """Store `change`. Raises `Conflict` where a record is not as the change expects it."""
        for op in change.ops:
            if self.tables.get(op.table, {}).get(op.uid) != op.before:
                raise Conflict(f'"{change.title}" was not kept: the record was changed meanwhile.')
        for op in change.ops:
            table = self.tables.setdefault(op.table, {})
            if op.after is None:
                del table[op.uid]
            else:
                table[op.uid] = deepcopy(op.after)
        return Kept(change.ops)

    def news(self) -> tuple[Op, ...]:
        """Nobody else writes here."""
        return ()

    def fold(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""
