"""What every transaction carries beside what was asked for: uids for new records, tombstones for those that go."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from relcraft.domain.changes import Turn
from relcraft.domain.contents import Key
from relcraft.domain.documents import TABLES, Document
from relcraft.domain.tombstones import CONFLICTS, laid, written
from relcraft.domain.versions import moment_of, version_of
from relcraft.store.rows import TOMBSTONES, RowOp, Rows, key_of, tombstone_key


def completed(rows: Rows, ops: Sequence[RowOp], when: str, turn: Turn = Turn.MADE) -> tuple[RowOp, ...]:
    """Return `ops` with uids and tombstones: a deletion leaves one, and a record that comes back takes it away.

    Undo of a merge takes its conflicts away without settling them: nobody has decided anything.
    """
    ops = tuple(map(_with_uid, ops))
    laid = (op for op in _tombstones(rows, ops, when) if not (turn is Turn.UNDO and _settles(op)))
    return ops + tuple(laid)


def _settles(op: RowOp) -> bool:
    return op.after is not None and op.after.get("table") == CONFLICTS


def _with_uid(op: RowOp) -> RowOp:
    if op.after is None or op.table not in TABLES or op.id is None or _uid(op.after):
        return op
    return replace(op, after={**op.after, "uid": uuid4().hex})


def _uid(document: Document | None) -> str:
    uid = None if document is None else document.get("uid")
    return uid if isinstance(uid, str) else ""


def _fates(ops: Iterable[RowOp]) -> dict[Key, tuple[Document | None, bool]]:
    """Return what each touched record said before, and whether it is there afterwards."""
    fates: dict[Key, tuple[Document | None, bool]] = {}
    for op in ops:
        if op.table.startswith("_"):
            continue
        for uid, lives in ((_uid(op.before), False), (_uid(op.after), True)):
            if uid:
                before = op.before if uid == _uid(op.before) else None
                fates[op.table, uid] = fates.get((op.table, uid), (before, lives))[0], lives
    return fates


def _tombstones(rows: Rows, ops: Sequence[RowOp], when: str) -> Iterable[RowOp]:
    """Yield the ops of the tombstones; of a deletion whose tombstone is among `ops` there is none to add."""
    given = {key_of(TOMBSTONES, "", op.after) for op in ops if op.table == TOMBSTONES and op.after is not None}
    waiting = {_uid(op.after) for op in ops if op.table == CONFLICTS and op.after is not None}
    row = max((op.id or 0 for op in ops if op.table == TOMBSTONES), default=0)
    for (table, uid), (before, lives) in _fates(ops).items():
        name = tombstone_key(table, uid)
        found = rows.find(TOMBSTONES, name)
        if lives and found is not None and name not in given:
            yield RowOp(TOMBSTONES, found[0], found[1], None)
        elif not lives and name not in given and not _settles_itself(rows, ops, table, before):
            key = table, uid
            grave = laid(key, before, when)
            if grave.of in waiting:  # it goes back to where it waits: nobody has decided anything
                grave = replace(grave, of="")
            if found is None:
                row = max(row + 1, rows.next_id(TOMBSTONES))
                yield RowOp(TOMBSTONES, row, None, written(key, grave))
            elif table == CONFLICTS and grave.when > str(found[1].get("when", "")):  # it was settled before, and again
                yield RowOp(TOMBSTONES, *found, written(key, grave))


def _settles_itself(rows: Rows, ops: Sequence[RowOp], table: str, conflict: Document | None) -> bool:
    """Whether a conflict is over because the record says by now what it said: then there is nothing to remember.

    Who chose it, wrote the record anew, and may go on from there: that it was chosen is to be remembered.
    """
    if table != CONFLICTS or conflict is None:
        return False
    of, uid = str(conflict.get("table")), str(conflict.get("of"))
    found = rows.find(of, uid)
    now = None if found is None else found[1]
    for op in ops:
        if op.table == of and uid in (_uid(op.before), _uid(op.after)):
            now = op.after
    if now is None or moment_of(now) > moment_of(conflict):
        return False
    return version_of(of, uid, now) == _uid(conflict)
