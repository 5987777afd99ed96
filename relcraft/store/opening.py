"""Opening a book's file: for the open book, and for those who want TinyDB."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from tinydb import TinyDB

from relcraft.domain.documents import TABLE_OF, to_document
from relcraft.domain.records import Record
from relcraft.store.files import Files, write_new
from relcraft.store.keeper import BookFile
from relcraft.store.migrations import MIGRATIONS, SCHEMA, Migration
from relcraft.store.rows import Rows
from relcraft.store.snapshot import Meta, render
from relcraft.store.storage import BookStorage
from relcraft.store.table import BookTable


class BookDatabase(TinyDB):
    """TinyDB on a book: every method of TinyDB, with durable writes that do not rewrite the file."""

    table_class = BookTable  # type: ignore[assignment]  # TinyDB narrows its own extension point to its own class
    default_storage_class = BookStorage  # type: ignore[assignment]  # as above


def open_store(
    path: Path,
    *,
    now: Callable[[], datetime],
    backups: Path | None = None,
    files: Files | None = None,
    migrations: Sequence[Migration] = MIGRATIONS,
    patience: float | None = None,
) -> BookFile:
    """Return the keeper of the book at `path`, which need not exist: the first change that is kept makes it.

    `now` is asked for the day of a backup. `backups` is the folder of the daily ones; None: there are none.
    `patience` is how many seconds a change waits for another program that is writing; None: ten.
    Raises `BadBook`, with one sentence, where there is a file that is no book; it is left untouched.
    """
    return BookFile(BookStorage(path, now=now, backups=backups, files=files, migrations=migrations, patience=patience))


def write_book(path: Path, records: Iterable[Record], files: Files | None = None) -> None:
    """Write a new book with `records` to `path`, where there is none yet: as quick as a copy. Raises `OSError`."""
    rows = Rows()
    for record in records:
        table = rows.tables.setdefault(TABLE_OF[type(record)], {})
        table[str(len(table) + 1)] = to_document(record)
    write_new(files or Files(), path, render(rows.tables, Meta(SCHEMA, next_ids=rows.next_ids())))


def open_database(path: Path, *, now: Callable[[], datetime], backups: Path | None = None) -> BookDatabase:
    """Return the book at `path` as a TinyDB database, to be shared with other programs that have it open."""
    return BookDatabase(path, now=now, backups=backups)
