"""A keeper that keeps a book in memory: for tests, and for looking around."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace

from relcraft.book.port import Kept, Tables
from relcraft.domain.changes import Change, Op, Turn
from relcraft.domain.contents import Key, Tombstone
from relcraft.domain.documents import Document, write_instant
from relcraft.domain.errors import Conflict, ReadOnly
from relcraft.domain.merging import merge_fields
from relcraft.domain.tombstones import CONFLICTS, TOMBSTONES, read
from relcraft.domain.tombstones import laid as tombstone_of


class MemoryKeeper:
    """Keeps documents in a dictionary; behaves as the file does towards the book."""

    def __init__(self, tables: Tables | None = None) -> None:
        self.read_only = ""
        self.remarks: tuple[str, ...] = ()
        self.tables: dict[str, dict[str, Document]] = {
            name: dict(documents) for name, documents in (tables or {}).items()
        }
        self._tombstones: dict[Key, Tombstone] = {}
        self._changes: list[Change] = []

    def load(self) -> Tables:
        """Return a copy of all documents."""
        return deepcopy(self.tables)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes here. Raises `ReadOnly`."""
        if self.read_only:
            raise ReadOnly(self.read_only)
        yield

    def keep(self, change: Change) -> Kept:
        """Store `change`. Raises `Conflict` where a record was changed in the same fields, or deleted."""
        laid = dict(filter(None, (read(op.after) for op in change.ops if op.table == TOMBSTONES and op.after)))
        merged = (self._merged(op, change.title) for op in change.ops if op.table != TOMBSTONES)
        ops = tuple(op for op in merged if op.before != op.after)
        self._tombstones.update(laid)
        for op in ops:
            key = op.table, op.uid
            if op.after is not None:
                self._tombstones.pop(key, None)
            elif key not in laid and not (change.turn is Turn.UNDO and op.table == CONFLICTS):
                self._tombstones[key] = tombstone_of(key, op.before, write_instant(change.at))
            table = self.tables.setdefault(op.table, {})
            if op.after is None:
                del table[op.uid]
            else:
                table[op.uid] = deepcopy(op.after)
        if ops:
            self._changes.append(replace(change, ops=deepcopy(ops)))
        return Kept(ops)

    def _merged(self, op: Op, title: str) -> Op:
        now = self.tables.get(op.table, {}).get(op.uid)
        if now == op.before:
            return op
        if now is not None and op.before is not None and op.after is not None:
            merged = merge_fields(op.before, op.after, now)
            if not merged.clashes:
                return replace(op, before=now, after=merged.document)
        raise Conflict(f'"{title}" was not kept: another program changed the same record meanwhile.')

    def history(self) -> Sequence[Change]:
        """Return every change that was kept."""
        return tuple(self._changes)

    def tombstones(self) -> Mapping[Key, Tombstone]:
        """Return which records were deleted."""
        return dict(self._tombstones)

    def news(self) -> tuple[Op, ...]:
        """Nobody else writes here."""
        return ()

    def fold(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""
