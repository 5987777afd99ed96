"""Changes that waited in a journal while somebody else changed the file: brought together, nothing overwritten.

Where one does not fit any more, the file stands, and what the journal had goes to the book's list of conflicts.
"""

from dataclasses import dataclass

from relcraft.domain.contents import Tombstone
from relcraft.domain.documents import Document
from relcraft.domain.tombstones import CONFLICTS, read
from relcraft.domain.versions import conflict_of, moment_of, version_of
from relcraft.store.journal import Entry
from relcraft.store.merging import merge, name_of, same, with_theirs
from relcraft.store.rows import TOMBSTONES, RowOp, Rows, key_of, tombstone_key


@dataclass(slots=True)
class _Waiting:
    """All that the journal did to one document."""

    ops: list[RowOp]
    entry: Entry

    def result(self) -> RowOp:
        return RowOp(self.ops[0].table, self.ops[-1].id, self.ops[0].before, self.ops[-1].after)


def bring_in(rows: Rows, entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """Do in `rows` what the journal's entries did, wherever that still fits; return what those are called that do not.

    The versions of those are among the conflicts in `rows` then.
    """
    waiting: dict[tuple[str, str], _Waiting] = {}
    tables = []
    for entry in entries:
        for op in entry.ops:
            if op.id is None:
                tables.append(op)
                continue
            key = op.table, key_of(op.table, str(op.id), op.after or op.before or {})
            waiting.setdefault(key, _Waiting([], entry)).ops.append(op)
            waiting[key].entry = entry
    # Tombstones come last: one is laid only where the record did go.
    order = sorted(waiting.items(), key=lambda item: item[0][0] == TOMBSTONES)
    conflicts = [
        name
        for (table, key), changes in order
        if (name := _bring_in(rows, table, key, changes, waiting.get((TOMBSTONES, tombstone_key(table, key)))))
    ]
    for op in tables:
        if not rows.tables.get(op.table):
            rows.apply(op)
    return tuple(conflicts)


def _bring_in(rows: Rows, table: str, key: str, changes: _Waiting, graves: _Waiting | None) -> str:
    """Do what was done to one document; return what it is called where that does not fit, else nothing.

    `graves` is what was done to its tombstone.
    """
    found = rows.find(table, key)
    row, theirs = (None, None) if found is None else found
    op = changes.result()
    if table == TOMBSTONES:
        _bring_in_tombstone(rows, op, row, theirs)
        return ""
    deleted = _deleted_since(rows, table, key, op.after, graves) if theirs is None and op.after is not None else None
    if same(table, theirs, op.after) or (deleted is not None and deleted.of == version_of(table, key, op.after)):
        return ""
    if deleted is None and any(same(table, theirs, step.before) for step in changes.ops):
        _put(rows, RowOp(table, row, theirs, op.after))
        return ""
    if theirs is not None and op.before is not None and op.after is not None:
        merged = merge(table, op.before, op.after, theirs)
        _put(rows, RowOp(table, row, theirs, with_theirs(merged, table, theirs)))
        if not merged.clashes:
            return ""
    if table == CONFLICTS:
        return ""
    _put_beside(rows, table, key, op.after, changes.entry.at)
    return name_of(table, theirs or op.after or op.before or {})


def _deleted_since(rows: Rows, table: str, key: str, ours: Document, graves: _Waiting | None) -> Tombstone | None:
    """Return what the file says of a deletion of which the journal, which has `ours`, does not know; else None."""
    found = rows.find(TOMBSTONES, tombstone_key(table, key))
    if found is None or (graves is not None and any(found[1] in (op.before, op.after) for op in graves.ops)):
        return None
    laid = read(found[1])
    if laid is None or (table == CONFLICTS and moment_of(ours) > laid[1].when):
        return None
    return laid[1]


def _put_beside(rows: Rows, table: str, key: str, document: Document | None, at: str) -> None:
    moment = at if document is None else moment_of(document) or at
    conflict = conflict_of(table, key, document, moment)
    settled = rows.find(TOMBSTONES, tombstone_key(CONFLICTS, conflict["uid"]))
    if settled is None and rows.find(CONFLICTS, conflict["uid"]) is None:
        _put(rows, RowOp(CONFLICTS, None, None, conflict))


def _put(rows: Rows, op: RowOp) -> None:
    rows.apply(RowOp(op.table, rows.next_id(op.table) if op.id is None else op.id, op.before, op.after))


def _bring_in_tombstone(rows: Rows, op: RowOp, row: int | None, theirs: Document | None) -> None:
    document = op.after or op.before or {}
    lives = rows.find(str(document.get("table")), str(document.get("uid"))) is not None
    if op.after is None and theirs is not None and lives:
        _put(rows, RowOp(TOMBSTONES, row, theirs, None))
    elif op.after is not None and theirs is None and not lives:
        _put(rows, RowOp(TOMBSTONES, None, None, op.after))
