"""What every transaction carries beside what was asked for: uids for new records, tombstones for those that go."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from relcraft.domain.documents import TABLES, Document
from relcraft.store.rows import TOMBSTONES, RowOp, Rows, tombstone_key


def completed(rows: Rows, ops: Sequence[RowOp], when: str) -> tuple[RowOp, ...]:
    """Return `ops` with uids and tombstones: a deletion leaves one, and a record that comes back takes it away."""
    ops = tuple(map(_with_uid, ops))
    return ops + tuple(_tombstones(rows, _fates(ops), when))


def _with_uid(op: RowOp) -> RowOp:
    if op.after is None or op.table not in TABLES or op.id is None or _uid(op.after):
        return op
    return replace(op, after={**op.after, "uid": uuid4().hex})


def _uid(document: Document | None) -> str:
    uid = None if document is None else document.get("uid")
    return uid if isinstance(uid, str) else ""


def _fates(ops: Iterable[RowOp]) -> dict[tuple[str, str], bool]:
    """Return whether each touched record is there afterwards."""
    fates: dict[tuple[str, str], bool] = {}
    for op in ops:
        if op.table.startswith("_"):
            continue
        for uid, lives in ((_uid(op.before), False), (_uid(op.after), True)):
            if uid:
                fates[op.table, uid] = lives
    return fates


def _tombstones(rows: Rows, fates: dict[tuple[str, str], bool], when: str) -> Iterable[RowOp]:
    row = 0
    for (table, uid), lives in fates.items():
        found = rows.find(TOMBSTONES, tombstone_key(table, uid))
        if lives and found is not None:
            yield RowOp(TOMBSTONES, found[0], found[1], None)
        elif not lives and found is None:
            row = max(row + 1, rows.next_id(TOMBSTONES))
            yield RowOp(TOMBSTONES, row, None, {"uid": uid, "table": table, "when": when})
