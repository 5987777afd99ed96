"""The whole of a book as the bytes of a file at rest: all that was acknowledged, what waits in the journal included."""

from dataclasses import replace
from pathlib import Path

from relcraft.domain.errors import BadBook
from relcraft.store.encoding import decode
from relcraft.store.files import Files, in_words
from relcraft.store.migrations import MIGRATIONS
from relcraft.store.place import Place
from relcraft.store.reading import Reading, read_book, read_bytes
from relcraft.store.recent import Recent
from relcraft.store.rows import CHANGES, Data, Rows
from relcraft.store.snapshot import Meta, render


def saved(path: Path, files: Files | None = None) -> bytes | None:
    """Return the book at `path` as one file, with every change that was acknowledged; None where there is no book.

    Nothing is written, and no lock is needed. Raises `BadBook`.
    """
    reading = read_file(path, files)
    return None if reading.snapshot is None else rendered(reading)


def read_file(path: Path, files: Files | None = None) -> Reading:
    """Return what is in the book or backup at `path` and in the journal beside it, which is closed again.

    Raises `BadBook`.
    """
    try:
        reading = read_book(files or Files(), Place.of(path), MIGRATIONS)
    except (OSError, MemoryError) as error:
        raise BadBook(f"{path.name} could not be read: {in_words(error)}.") from error
    if reading.journal is not None:
        reading.journal.close()
    return reading


def read_data(data: bytes, name: str) -> Reading:
    """Return what is in a book of which there are only the bytes; `name` is what sentences call it.

    Raises `BadBook`.
    """
    return read_bytes(data, name, MIGRATIONS)


def rendered(reading: Reading, *, seq: int = 0, folded: str = "") -> bytes:
    """Return the file at rest that says what was read.

    It has at least the number `seq`, and has the journal called `folded`, if any, in it already.
    """
    meta = Meta() if reading.snapshot is None else reading.snapshot.meta
    journal = reading.elsewhere if reading.journal is None else reading.journal.header
    if journal is not None:
        meta = replace(meta, folded=journal.name)
    return render(
        tables_at_rest(reading.rows, reading.recent),
        Meta(
            reading.schema,
            max(reading.seq, seq),
            folded or meta.folded,
            reading.rows.next_ids(),
            others=meta.others,
        ),
    )


def tables_at_rest(rows: Rows, recent: Recent) -> Data:
    """Return the tables of a file at rest, the last changes among them."""
    tables: Data = {name: documents for name, documents in rows.tables.items() if name != CHANGES}
    if changes := recent.at_rest():
        tables[CHANGES] = changes
    return tables


def is_export(data: bytes) -> bool:
    """Whether `data` is what `relcraft export` writes: everything in a book, and no book."""
    try:
        root = decode(data)
    except ValueError:
        return False
    return isinstance(root, dict) and root.get("format") == "relcraft" and isinstance(root.get("contacts"), list)
