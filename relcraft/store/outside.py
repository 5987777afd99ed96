"""Changes that waited in a journal while somebody else changed the file: brought together, nothing overwritten."""

from dataclasses import dataclass
from datetime import datetime

from relcraft.domain.documents import Document
from relcraft.store.encoding import encode
from relcraft.store.files import Files, sync_folder, write_new
from relcraft.store.journal import Entry
from relcraft.store.merging import merge, name_of, same, with_theirs
from relcraft.store.place import Place
from relcraft.store.rows import TOMBSTONES, RowOp, Rows, key_of


@dataclass(frozen=True, slots=True)
class Unmerged:
    """A change that does not fit any more: the file keeps theirs, ours goes to a file of its own."""

    table: str
    key: str
    title: str
    at: str
    before: Document | None
    ours: Document | None
    theirs: Document | None

    def explained(self, name: str) -> Document:
        """Return it as a reader without Relcraft can understand it."""
        known = self.ours or self.theirs or self.before or {}
        return {
            "what": f"{name_of(self.table, known)} was changed twice: in Relcraft, and in {name} itself. "
            f"{name} has it as under theirs; what Relcraft had is under ours. null stands for deleted.",
            "table": self.table,
            "uid": self.key,
            "change": self.title,
            "at": self.at,
            "before": self.before,
            "ours": self.ours,
            "theirs": self.theirs,
        }


@dataclass(slots=True)
class _Waiting:
    """All that the journal did to one document."""

    ops: list[RowOp]
    entry: Entry

    def result(self) -> RowOp:
        return RowOp(self.ops[0].table, self.ops[-1].id, self.ops[0].before, self.ops[-1].after)


def bring_in(rows: Rows, entries: tuple[Entry, ...]) -> tuple[Unmerged, ...]:
    """Do in `rows` what the journal's entries did, wherever that still fits; return what does not."""
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
    unmerged = [one for (table, key), changes in order if (one := _bring_in(rows, table, key, changes)) is not None]
    for op in tables:
        if not rows.tables.get(op.table):
            rows.apply(op)
    return tuple(unmerged)


def _bring_in(rows: Rows, table: str, key: str, changes: _Waiting) -> Unmerged | None:
    found = rows.find(table, key)
    row, theirs = (None, None) if found is None else found
    op = changes.result()
    if table == TOMBSTONES:
        _bring_in_tombstone(rows, op, row, theirs)
        return None
    if same(table, theirs, op.after):
        return None
    if any(same(table, theirs, step.before) for step in changes.ops):
        _put(rows, RowOp(table, row, theirs, op.after))
        return None
    if theirs is not None and op.before is not None and op.after is not None:
        merged = merge(table, op.before, op.after, theirs)
        _put(rows, RowOp(table, row, theirs, with_theirs(merged, table, theirs)))
        if not merged.clashes:
            return None
    return Unmerged(table, key, changes.entry.title, changes.entry.at, op.before, op.after, theirs)


def _put(rows: Rows, op: RowOp) -> None:
    rows.apply(RowOp(op.table, rows.next_id(op.table) if op.id is None else op.id, op.before, op.after))


def _bring_in_tombstone(rows: Rows, op: RowOp, row: int | None, theirs: Document | None) -> None:
    document = op.after or op.before or {}
    lives = rows.find(str(document.get("table")), str(document.get("uid"))) is not None
    if op.after is None and theirs is not None and lives:
        _put(rows, RowOp(TOMBSTONES, row, theirs, None))
    elif op.after is not None and theirs is None and not lives:
        _put(rows, RowOp(TOMBSTONES, None, None, op.after))


def write_conflicts(files: Files, place: Place, unmerged: tuple[Unmerged, ...], now: datetime) -> list[str]:
    """Write a file beside the book for each of `unmerged`, durably; return their names. Raises `OSError`."""
    names, number = [], 1
    taken = set(files.names(place.folder))
    for one in unmerged:
        while (name := f"{place.book.stem}.conflict-{now:%Y%m%d-%H%M%S}-{number}.json") in taken:
            number += 1
        lines = b",\n".join(
            encode(field) + b": " + encode(value) for field, value in one.explained(place.book.name).items()
        )
        write_new(files, place.folder / name, b"{\n" + lines + b"\n}\n")
        taken.add(name)
        names.append(name)
    if names:
        sync_folder(files, place.folder)
    return names
