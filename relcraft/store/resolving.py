"""Whether a change still fits what is in the file, which another program may have changed since it was read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from relcraft.domain.changes import Op
from relcraft.domain.documents import Document
from relcraft.domain.errors import Conflict
from relcraft.domain.labels import label_of
from relcraft.store.encoding import copied
from relcraft.store.lazy import Documents
from relcraft.store.merging import merge, name_of, same
from relcraft.store.rows import OWN_TABLES, TOMBSTONES, Data, RowOp, Rows


def outcome(table: str, before: Document | None, after: Document | None, now: Document | None) -> Document | None:
    """Return what becomes of the document `now`, when somebody who read it as `before` wants it as `after`.

    Edits of different fields are put together. Raises `Conflict`, which names the record, where that cannot be.
    """
    if same(table, now, before) or same(table, now, after):
        return after
    name = name_of(table, now or before or after or {})
    if now is None:
        raise Conflict(f"{_capital(name)} was deleted by another program meanwhile: nothing was changed.")
    if before is None:
        raise Conflict(f"{_capital(name)} was added by another program meanwhile: nothing was changed.")
    if after is None:
        raise Conflict(f"{_capital(name)} was changed by another program meanwhile: it was not deleted.")
    merged = merge(table, before, after, now)
    if merged.clashes:
        fields = " and ".join(f'"{label_of(table, field)}"' for field in merged.clashes)
        raise Conflict(f"{_capital(name)} was changed by another program meanwhile ({fields}): nothing was changed.")
    return merged.document


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def rows_of(rows: Rows, ops: Iterable[Op]) -> Iterator[tuple[Op, RowOp]]:
    """Yield what each op of a change comes to now, and where, unless it is done already. Raises `Conflict`."""
    new: dict[str, int] = {}
    for op in ops:
        found = rows.find(op.table, op.uid)
        row, now = (None, None) if found is None else found
        if op.table == TOMBSTONES:
            yield from _laid(rows, op, row, now, new)
            continue
        after = outcome(op.table, _named(op.before, op.uid), _named(op.after, op.uid), now)
        if after == now:
            continue
        if row is None:
            row = new[op.table] = max(new.get(op.table, 0) + 1, rows.next_id(op.table))
        before = op.before if same(op.table, now, _named(op.before, op.uid)) else now
        yield Op(op.table, op.uid, before, after), RowOp(op.table, row, now, after)


def _laid(rows: Rows, op: Op, row: int | None, now: Document | None, new: dict[str, int]) -> Iterator[tuple[Op, RowOp]]:
    """Yield what a tombstone that a change brings comes to: it stands in the place of the one that is there.

    One that says the same is brought as well: it stays, though a record of that name comes.
    """
    if op.after is None:
        return
    if row is None:
        row = new[TOMBSTONES] = max(new.get(TOMBSTONES, 0) + 1, rows.next_id(TOMBSTONES))
    yield replace(op, before=now), RowOp(TOMBSTONES, row, now, op.after)


def _named(document: Document | None, uid: str) -> Document | None:
    """Return the document with its uid, which a reader of the file alone would miss."""
    return document if document is None or document.get("uid") == uid else {**document, "uid": uid}


def resolved(rows: Rows, ops: Iterable[RowOp]) -> Sequence[RowOp]:
    """Return what `ops`, made on documents as they were read, come to now. Raises `Conflict`."""
    result = []
    for op in ops:
        if op.id is None:
            result.append(op)
            continue
        now = rows.at(op.table, op.id)
        after = outcome(op.table, op.before, op.after, now)
        if after != now:
            result.append(RowOp(op.table, op.id, now, after))
    return result


def changes_between(old: Data, new: Mapping[str, Mapping[str, Document]]) -> Iterator[RowOp]:
    """Yield what leads from the tables `old` to `new`; the store's own tables are none of it."""
    for table in old.keys() - new.keys() - OWN_TABLES:
        for row, document in old[table].items():
            yield RowOp(table, int(row), document, None)
        yield RowOp(table, None, {}, None)
    for table in new.keys() - OWN_TABLES:
        if table not in old:
            yield RowOp(table, None, None, {})
        yield from table_changes(table, old.get(table, {}), {str(row): one for row, one in new[table].items()})


def table_changes(table: str, old: Documents, new: dict[str, Document]) -> Iterator[RowOp]:
    """Yield what leads from the documents `old` of a table to `new`."""
    for row, document in old.items():
        if row not in new:
            yield RowOp(table, int(row), document, None)
    for row, document in new.items():
        before = old.get(row)
        if document is not before and (before is None or document != before):
            after = copied(document)
            if after != before:
                yield RowOp(table, int(row), before, after)
