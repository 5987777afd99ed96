"""A book that is not the open one, read as values: what it says, what was deleted from it, and how it came about."""

from pathlib import Path

from relcraft.domain.contents import Contents
from relcraft.domain.errors import BadBook
from relcraft.domain.pasts import ops_through
from relcraft.store.files import Files, in_words
from relcraft.store.migrations import MIGRATIONS, SCHEMA
from relcraft.store.place import Place
from relcraft.store.reading import Reading, read_book
from relcraft.store.rows import tombstones_in
from relcraft.store.snapshot import WAYS_OUT

SEALED = ".age"
"""How the name of an encrypted book ends."""

_NOT_OURS = (
    "It was left as it is. Where it is a damaged book, relcraft --data-file FILE check --repair saves what can be read."
)


def read_contents(path: Path, files: Files | None = None) -> Contents:
    """Return what the book at `path` says, with what waits in the journal beside it. Nothing is written.

    Raises `BadBook`, with one sentence, where no book can be read there.
    """
    files, place = files or Files(), Place.of(path)
    if path.suffix == SEALED:
        raise BadBook(f"{path.name} is encrypted: it can be read with its passphrase only.")
    try:
        if files.stat(place.book) is None and files.stat(place.journal) is None:
            raise BadBook(f"There is no book at {path}.")
        reading = _read(files, place)
    except OSError as error:
        raise BadBook(f"{path.name} could not be read: {in_words(error)}.") from error
    try:
        return contents_of(reading, path.name)
    finally:
        if reading.journal is not None:
            reading.journal.close()


def _read(files: Files, place: Place) -> Reading:
    try:
        return read_book(files, place, MIGRATIONS)
    except BadBook as error:
        raise BadBook(str(error).replace(WAYS_OUT, _NOT_OURS)) from error


def contents_of(reading: Reading, name: str) -> Contents:
    """Return what was read of the file called `name`. Raises `BadBook` where a newer version wrote it."""
    if reading.schema > SCHEMA:
        raise BadBook(
            f"{name} was written by a newer Relcraft (its schema is {reading.schema}; this one knows up to {SCHEMA})."
        )
    rows = reading.rows
    tables = {table: rows.by_uid(table) for table in rows.tables if not table.startswith("_")}
    return Contents(name, tables, tombstones_in(rows), tuple(ops_through(reading.recent.changes())))
