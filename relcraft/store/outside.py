"""Changes that waited in a journal while somebody else changed the file: brought together, nothing overwritten.

Where one does not fit any more, the file stands, and what the journal had goes to the book's list of conflicts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from relcraft.domain.changes import Op, Turn
from relcraft.domain.contents import Key, Tombstone
from relcraft.domain.documents import TABLES, Document
from relcraft.domain.linking import LINKS, named_in
from relcraft.domain.pasts import Pasts
from relcraft.domain.tombstones import CONFLICTS, read
from relcraft.domain.value import Value
from relcraft.domain.versions import conflict_of, moment_of, version_of
from relcraft.store.journal import Entry
from relcraft.store.merging import merge, name_of, same, with_theirs
from relcraft.store.rows import TOMBSTONES, RowOp, Rows, key_of, tombstone_key


@dataclass(slots=True)
class _Waiting:
    """All that the journal did to one document."""

    ops: list[RowOp]
    entry: Entry
    graves: tuple[RowOp, ...] = ()
    """What was done to the tombstone of it."""
    gone: Document | None = None
    """What the file said of it, and is deleted by this."""
    together: RowOp | None = None
    """What was made of it, and of what the file said, where both had changed."""

    def result(self) -> RowOp:
        return RowOp(self.ops[0].table, self.ops[-1].id, self.ops[0].before, self.ops[-1].after)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Brought(Value):
    """What became of changes that waited."""

    entries: tuple[Entry, ...]
    """As they are to be remembered: what was put together with the file leads from what that said to what came out."""
    conflicts: tuple[str, ...]
    """What those records are called whose versions are among the conflicts now."""


def bring_in(rows: Rows, entries: tuple[Entry, ...], history: Iterable[Op] = ()) -> Brought:
    """Do in `rows` what the journal's entries did, wherever that still fits.

    `history` is what led to what is in `rows`.
    """
    past = Pasts(history)
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
    for (table, uid), changes in waiting.items():
        if (graves := waiting.get((TOMBSTONES, tombstone_key(table, uid)))) is not None:
            changes.graves = tuple(graves.ops)
    # Tombstones come last: one is laid only where the record did go.
    order = sorted(waiting.items(), key=lambda item: item[0][0] == TOMBSTONES)
    conflicts = [name for (table, key), changes in order if (name := _bring_in(rows, (table, key), changes, past))]
    _keep_named(rows, list(waiting), past, {key: one.gone for key, one in waiting.items() if one.gone is not None})
    for op in tables:
        if not rows.tables.get(op.table):
            rows.apply(op)
    made = {key: one.together for key, one in waiting.items() if one.together is not None}
    return Brought(tuple(_remembered(entries, made)), tuple(conflicts))


def _remembered(entries: Iterable[Entry], made: dict[Key, RowOp]) -> Iterator[Entry]:
    """Yield the entries with what was made of their records: this book never was as those say that made them."""
    todo = dict(made)
    for entry in entries:
        ops = list[RowOp]()
        for op in entry.ops:
            key = op.table, "" if op.id is None else key_of(op.table, str(op.id), op.after or op.before or {})
            if key not in made:
                ops.append(op)
            elif entry.turn is Turn.MADE and (instead := todo.pop(key, None)) is not None:
                ops += [instead] if instead.before != instead.after else []
        yield replace(entry, ops=tuple(ops))


def _bring_in(rows: Rows, key: Key, changes: _Waiting, past: Pasts) -> str:
    """Do what was done to one document; return what it is called where that does not fit, else nothing."""
    table, uid = key
    found = rows.find(table, uid)
    row, theirs = (None, None) if found is None else found
    op = changes.result()
    if table == TOMBSTONES:
        _bring_in_tombstone(rows, op, row, theirs)
        return ""
    deleted = _deleted_since(rows, key, op.after, changes) if theirs is None and op.after is not None else None
    back = theirs is not None and table == CONFLICTS and past.dated(key, theirs) != theirs  # settled, and undone since
    fits = deleted is None and not back and any(same(table, theirs, step.before) for step in changes.ops)
    if same(table, theirs, op.after) or (not fits and _has_passed(past, key, theirs, deleted, op.after)):
        return ""
    if fits:
        changes.gone = theirs if op.after is None else None
        _put(rows, RowOp(table, row, theirs, op.after))
        return ""
    told = _bring_together(rows, key, op, changes.entry.at)
    found = rows.find(table, uid)
    if theirs is not None and found is not None:
        changes.together = RowOp(table, found[0], theirs, found[1])
    return told


def _bring_together(rows: Rows, key: Key, op: RowOp, at: str) -> str:
    """Make one document of what was done, and of what the file says of a document that was changed there as well."""
    table, uid = key
    row, theirs = rows.find(table, uid) or (None, None)
    if theirs is not None and op.before is not None and op.after is not None:
        if moment_of(theirs) < moment_of(op.before):  # an older file: what it lacks, nobody took away
            _put(rows, RowOp(table, row, theirs, op.after))
            _put_beside(rows, table, uid, theirs, at)
            return ""
        merged = merge(table, op.before, op.after, theirs)
        _put(rows, RowOp(table, row, theirs, with_theirs(merged, table, theirs)))
        if not merged.clashes:
            return ""
    if table == CONFLICTS:
        return ""
    _put_beside(rows, table, uid, op.after, at)
    return name_of(table, theirs or op.after or op.before or {})


def _has_passed(
    past: Pasts, key: Key, theirs: Document | None, deleted: Tombstone | None, ours: Document | None
) -> bool:
    """Whether what is in the file is known to have been made from our version, or to have deleted just that."""
    if ours is None or key[0] not in TABLES:
        return False
    version = version_of(*key, ours)
    return version == (deleted and deleted.of) or (past.knows(key) and version in past.path(key, theirs).documents)


def _keep_named(rows: Rows, keys: list[Key], past: Pasts, gone: Mapping[Key, Document]) -> None:
    """Let nothing dangle: who was deleted on one side and is named on the other stays, to be looked at.

    `gone` is what the journal deleted; `keys` are the records that it touched.
    """
    for table in LINKS if gone else ():
        found_there = rows.by_uid(table).items()
        keys += [(table, uid) for uid, one in found_there if not gone.keys().isdisjoint(named_in(table, one))]
    for table, uid in keys:
        found = rows.find(table, uid)
        for named in () if found is None else named_in(table, found[1]):
            grave = rows.find(TOMBSTONES, tombstone_key(*named))
            if grave is None or rows.find(*named) is not None:
                continue
            known = [document for document in past.path(named, None).documents.values() if document is not None]
            last = gone.get(named) or (known[-1] if known else None)
            if last is not None:
                _put(rows, RowOp(named[0], None, None, last))
                _put(rows, RowOp(TOMBSTONES, grave[0], grave[1], None))
                _put_beside(rows, *named, None, str(grave[1].get("when", "")))
                keys.append(named)


def _deleted_since(rows: Rows, key: Key, ours: Document, changes: _Waiting) -> Tombstone | None:
    """Return what the file says of a deletion of which the journal, which has `ours`, does not know; else None."""
    found = rows.find(TOMBSTONES, tombstone_key(*key))
    if found is None or any(found[1] in (op.before, op.after) for op in changes.graves):
        return None
    laid = read(found[1])
    if laid is None or (key[0] == CONFLICTS and moment_of(ours) > laid[1].when):
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
    document = op.after or op.before or theirs or {}
    lives = rows.find(str(document.get("table")), str(document.get("uid"))) is not None
    if op.after is None and theirs is not None and lives:
        _put(rows, RowOp(TOMBSTONES, row, theirs, None))
    elif op.after is not None and theirs is None and not lives:
        _put(rows, RowOp(TOMBSTONES, None, None, op.after))
