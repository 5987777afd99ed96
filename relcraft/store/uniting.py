"""Three files of one book made into one file, as git asks a merge driver to."""

import os
from datetime import datetime
from pathlib import Path

from relcraft.domain.contents import Contents
from relcraft.domain.documents import TABLES, write_instant
from relcraft.domain.errors import BadBook, NotKept
from relcraft.domain.tombstones import TOMBSTONES, written
from relcraft.domain.uniting import United, united
from relcraft.store.files import Files, in_words, read_path, write_new
from relcraft.store.journal import Entry
from relcraft.store.other import contents_of
from relcraft.store.reading import Reading
from relcraft.store.rows import RowOp, Rows, tombstone_key
from relcraft.store.saving import read_data, rendered


def unite_files(base: Path, ours: Path, theirs: Path, now: datetime, files: Files | None = None) -> United:
    """Write what `ours` and `theirs` come to, both made from `base`, into `ours`; return what came out.

    `base` may be empty: then nothing is known of where the two came from. Raises `BadBook` where one of the files is
    no book, and `NotKept`: then `ours` is as it was. Nothing is left beside it.
    """
    files = files or Files()
    known, mine, other = (_read(files, path) for path in (base, ours, theirs))
    if mine is None or other is None:
        raise BadBook(f"{(ours if mine is None else theirs).name} is empty: a book was expected.")
    before = contents_of(mine, ours.name)
    after = contents_of(other, theirs.name)
    _refuse_other_tables(before, after)
    outcome = united(before, after, None if known is None else contents_of(known, base.name))
    entry = _entry(mine.rows, outcome, max(mine.seq, other.seq) + 1, now)
    for op in entry.ops:
        mine.rows.apply(op)
    mine.recent.take(entry)
    mine.seq = entry.seq
    try:
        _put(files, ours, rendered(mine))
    except OSError as error:
        raise NotKept(f"{ours.name} could not be written: {in_words(error)}. It is as it was.") from error
    return outcome


def _read(files: Files, path: Path) -> Reading | None:
    """Return what is in a file; None where it is empty, as git says that there was none."""
    try:
        data = read_path(files, path)
    except OSError as error:
        raise BadBook(f"{path.name} could not be read: {in_words(error)}.") from error
    return read_data(data, path.name) if data.strip() else None


def _refuse_other_tables(ours: Contents, theirs: Contents) -> None:
    """Raise `BadBook` where the other file has something in a table that no rule of ours can bring in."""
    for table, documents in theirs.tables.items():
        here = ours.tables.get(table, {})
        if table not in TABLES and any(documents[key] not in here.values() for key in documents):
            raise BadBook(
                f'{theirs.name} has something in the table "{table}" that {ours.name} has not, and this version of '
                "Relcraft does not know what that is: bring the two together by hand."
            )


def _entry(rows: Rows, outcome: United, seq: int, now: datetime) -> Entry:
    """Return the transaction that makes our file the one that has both."""
    made: list[RowOp] = []
    taken: dict[str, int] = {}

    def row_of(table: str, key: str) -> int:
        found = rows.find(table, key)
        if found is not None:
            return found[0]
        taken[table] = max(taken.get(table, 0) + 1, rows.next_id(table))
        return taken[table]

    for op in outcome.ops:
        made.append(RowOp(op.table, row_of(op.table, op.uid), op.before, op.after))
        grave = rows.find(TOMBSTONES, tombstone_key(op.table, op.uid))
        if op.after is not None and grave is not None:
            made.append(RowOp(TOMBSTONES, grave[0], grave[1], None))
    for key, tombstone in outcome.tombstones:
        made.append(RowOp(TOMBSTONES, row_of(TOMBSTONES, tombstone_key(*key)), None, written(key, tombstone)))
    return Entry(seq, write_instant(now), "merge by git", tuple(made))


def _put(files: Files, path: Path, data: bytes) -> None:
    """Put `data` in the place of a file, at once."""
    temporary = path.with_name(f"{path.name}.tmp")
    files.unlink(temporary)
    write_new(files, temporary, data)
    try:
        files.replace(temporary, Path(os.path.realpath(path)))
    except BaseException:
        files.unlink(temporary)
        raise
