"""A book that is not the open one, read as values: what it says, what was deleted from it, and how it came about."""

from pathlib import Path

from relcraft.domain.contents import Contents
from relcraft.domain.errors import BadBook
from relcraft.domain.pasts import ops_through
from relcraft.store.files import Files
from relcraft.store.migrations import SCHEMA
from relcraft.store.naming import SEALED
from relcraft.store.reading import Reading
from relcraft.store.rows import tombstones_in
from relcraft.store.saving import read_file
from relcraft.store.snapshot import WAYS_OUT

_NOT_OURS = (
    "It was left as it is. Where it is a damaged book, relcraft --data-file FILE check --repair saves what can be read."
)


def read_contents(path: Path, files: Files | None = None) -> Contents:
    """Return what the book at `path` says, with what waits in the journal beside it. Nothing is written.

    Raises `BadBook`, with one sentence, where no book can be read there.
    """
    if path.suffix == SEALED:
        raise BadBook(f"{path.name} is encrypted: it can be read with its passphrase only.")
    try:
        reading = read_file(path, files)
    except BadBook as error:
        raise BadBook(str(error).replace(WAYS_OUT, _NOT_OURS)) from error
    if reading.snapshot is None:
        raise BadBook(f"There is no book at {path}.")
    return contents_of(reading, path.name)


def contents_of(reading: Reading, name: str) -> Contents:
    """Return what was read of the file called `name`. Raises `BadBook` where a newer version wrote it."""
    if reading.schema > SCHEMA:
        raise BadBook(
            f"{name} was written by a newer Relcraft (its schema is {reading.schema}; this one knows up to {SCHEMA})."
        )
    rows = reading.rows
    tables = {table: rows.by_uid(table) for table in rows.tables if not table.startswith("_")}
    return Contents(name, tables, tombstones_in(rows), tuple(ops_through(reading.recent.changes())))
