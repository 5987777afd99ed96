"""A book read from its files: the file at rest, and what waits in the journal."""

import errno
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from relcraft.domain.errors import BadBook
from relcraft.domain.value import Value
from relcraft.store.files import Files, read_path, read_whole
from relcraft.store.journal import Content, Header, Journal, parse_journal
from relcraft.store.migrations import Migration, migrate
from relcraft.store.place import Place
from relcraft.store.recent import Recent
from relcraft.store.rows import Data, Rows
from relcraft.store.snapshot import Identity, Meta, Snapshot, identity_of, parse

_TRIES = 20
"""How often files that change while they are read are read again."""
LARGEST = 1_000_000_000
"""Bytes that a book or its journal may have: the book is held in memory."""
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(slots=True)
class Reading:
    """What is in a book now, and what the store has to know to go on from there."""

    name: str = ""
    """What its file is called."""
    rows: Rows = field(default_factory=Rows)
    recent: Recent = field(default_factory=Recent)
    """The last changes, those of the journal included."""
    snapshot: Snapshot | None = None
    """The file at rest; None where there is none yet."""
    named: bool = False
    """Whether its name is known to be on the disk: whoever put it there may have been ended before that."""
    journal: Journal | None = None
    """The journal that continues it; None where none waits."""
    seq: int = 0
    """The number of the last transaction that is in `rows`."""
    schema: int = 1
    """The schema of the documents in `rows`, after migration."""
    migrated_from: int | None = None
    """The schema that the file still has."""
    unsettled: bool = False
    """Whether the file at rest has to be written before a transaction can follow."""
    twice: tuple[str, ...] = ()
    """What stands twice in the file at rest, a sentence each."""
    torn: bytes = b""
    """What follows the last good line of a journal that does not continue the file."""
    elsewhere: Header | None = None
    """The header of a journal that waits and does not continue the file: what it says is in `rows`."""
    remarks: tuple[str, ...] = ()
    """What happened to the files, in sentences."""
    marks: tuple[Identity | None, Identity | None] = (None, None)
    """File at rest and journal, as they were seen."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Raw(Value):
    """Bytes that belong together."""

    book: bytes | None
    journal: bytes
    journal_fd: int
    """Open for reading, and appending where that may be; -1 where there is no journal."""
    marks: tuple[Identity | None, Identity | None]
    appendable: bool = True
    """Whether the journal is open for appending."""


def marks_of(files: Files, place: Place) -> tuple[Identity | None, Identity | None]:
    """Return what tells whether another program wrote since: cheap enough to ask all the time."""
    book, journal = files.stat(place.book), files.stat(place.journal)
    return None if book is None else identity_of(book), None if journal is None else journal_mark(journal)


def journal_mark(status: os.stat_result) -> Identity:
    """Return what tells whether another program appended to the journal, folded it or began another."""
    return status.st_dev, status.st_ino, status.st_size, 0


def read_book(files: Files, place: Place, migrations: Sequence[Migration], orphan: Journal | None = None) -> Reading:
    """Read the book. Nothing is written. Raises `BadBook` and `OSError`.

    `orphan` is a journal that was removed by somebody while we had it open.
    """
    raw = _read_raw(files, place)
    try:
        reading = _understand(files, place, raw, migrations, orphan)
    except BaseException:
        _let_go(files, raw.journal_fd)
        raise
    if reading.journal is None:
        _let_go(files, raw.journal_fd)
    return reading


def read_bytes(data: bytes, name: str, migrations: Sequence[Migration]) -> Reading:
    """Read a book of which there are only the bytes of its file at rest, called `name`. Raises `BadBook`."""
    nowhere = (0, 0, 0, 0)
    return _understand(Files(), Place.of(Path(name)), _Raw(data, b"", -1, (nowhere, None)), migrations, None)


def _read_raw(files: Files, place: Place) -> _Raw:
    """Read both files, again where they changed meanwhile: not everybody who reads can hold the lock."""
    for tries_left in reversed(range(_TRIES)):
        before = marks_of(files, place)
        check_kind(files, place.book)
        journal_fd, appendable = open_journal(files, place) if before[1] is not None else (-1, True)
        try:
            try:
                book = None if before[0] is None else read_path(files, place.book)
                journal = b"" if journal_fd < 0 else read_whole(files, journal_fd)
            except FileNotFoundError:
                book, journal = None, b""
            marks = marks_of(files, place)
        except BaseException:
            _let_go(files, journal_fd)
            raise
        if marks == before or not tries_left:
            return _Raw(book, journal, journal_fd, marks, appendable)
        _let_go(files, journal_fd)
    raise AssertionError("the last try returns")


def check_kind(files: Files, path: Path) -> None:
    """Raise `BadBook` where something else than a file of a size that can be read stands at `path`."""
    status = files.stat(path)
    if status is None:
        return
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something else")
        raise BadBook(f"{path.name} could not be read: it is {kind}, and a file was expected.")
    if status.st_size > LARGEST:
        raise BadBook(
            f"{path.name} has {status.st_size / 1e9:.1f} GB, and at most {LARGEST / 1e9:g} GB can be read: "
            "it was left as it is."
        )


def open_journal(files: Files, place: Place) -> tuple[int, bool]:
    """Open the journal for appending, or else for reading, and return which; -1 where it is gone by now."""
    check_kind(files, place.journal)
    try:
        return files.open(place.journal, os.O_RDWR | os.O_APPEND), True
    except FileNotFoundError:
        return -1, True
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        return files.open(place.journal, os.O_RDONLY), False


def _understand(
    files: Files, place: Place, raw: _Raw, migrations: Sequence[Migration], orphan: Journal | None
) -> Reading:
    reading = Reading(place.book.name, marks=raw.marks)
    content = parse_journal(raw.journal, place.journal.name)
    if raw.book is None or raw.marks[0] is None:
        if content.entries:
            raise BadBook(
                f"{place.book.name} is missing, and changes to it wait in {place.journal.name}: "
                "put it back, or restore a backup."
            )
        return reading
    parsed = parse(raw.book, place.book.name)
    reading.snapshot = Snapshot(raw.marks[0], len(raw.book), parsed.crc, parsed.meta, parsed.as_written)
    reading.remarks += parsed.twice
    reading.twice = parsed.twice
    reading.rows = Rows(parsed.tables, parsed.meta.next_ids)
    reading.unsettled = reading.rows.adopt(parsed.uids) > 0
    reading.recent = Recent(parsed.changes, place.book.name)
    reading.seq = parsed.meta.seq
    _replay(files, place, reading, raw, content)
    if orphan is not None and reading.journal is None and content.header != orphan.header:
        _replay_elsewhere(reading, parse_journal(orphan.content(), place.journal.name))
    _migrate(reading, parsed.meta, migrations)
    return reading


def _replay(files: Files, place: Place, reading: Reading, raw: _Raw, content: Content) -> None:
    """Do what the journal's entries did; afterwards the journal is in the reading where it continues the file."""
    header, snapshot = content.header, reading.snapshot
    empty = not content.entries and content.farewell is None and raw.marks[1] is not None
    if content.torn or empty:
        remark = (
            f"The last line of {place.journal.name} was cut short or damaged: "
            "after a crash that change had not been reported as saved, and all before it are here."
        )
        reading.remarks += (remark,)
    if header is None or snapshot is None or not header.fits(snapshot):
        reading.torn = raw.journal[content.end :]
        _replay_elsewhere(reading, content)
        return
    for entry in content.entries:
        for op in entry.ops:
            reading.rows.apply(op)
        reading.recent.take(entry)
    reading.seq = header.seq + len(content.entries)
    reading.journal = Journal(files, raw.journal_fd, header, content.end, reading.seq, torn=content.torn)
    reading.journal.appendable = raw.appendable


def _replay_elsewhere(reading: Reading, content: Content) -> None:
    """Do what the entries did on a file that is not the one they were made on, and may have them already."""
    header, snapshot = content.header, reading.snapshot
    if header is None or snapshot is None:
        return
    waiting = content.entries
    if not header.name or header.name == snapshot.meta.folded:
        waiting = tuple(entry for entry in waiting if entry.seq > snapshot.meta.seq)
    if not waiting:
        return
    from relcraft.domain.pasts import ops_through  # noqa: PLC0415 - as good as no book has another's journal beside it
    from relcraft.store.outside import bring_in  # noqa: PLC0415 - as above

    reading.remarks += (_brought_in(reading.name, header, snapshot),)
    brought = bring_in(reading.rows, waiting, tuple(ops_through(reading.recent.changes())))
    reading.remarks += tuple(
        f"{name[:1].upper()}{name[1:]} was changed twice: in {reading.name} itself, which stands, and by a change that "
        "waited. That one is on the list of conflicts now: relcraft conflicts shows both."
        for name in brought.conflicts
    )
    for entry in brought.entries:
        reading.recent.take(entry)
    reading.seq = max(reading.seq, waiting[-1].seq)
    reading.elsewhere = header
    reading.unsettled = True


def _brought_in(name: str, header: Header, snapshot: Snapshot) -> str:
    told = (
        f"{name} was changed by another program while changes from here still waited to be written into it: "
        "it has both now."
    )
    if header.seq <= snapshot.meta.seq:
        return told
    return f"{told} It may be an older one: it has {snapshot.meta.seq} changes, and that file had {header.seq}."


def _migrate(reading: Reading, meta: Meta, migrations: Sequence[Migration]) -> None:
    newest = 1 + len(migrations)
    reading.schema = meta.schema
    if meta.schema < newest:
        tables: Data = {name: dict(documents) for name, documents in reading.rows.tables.items()}
        reading.schema = migrate(tables, meta.schema, migrations)
        reading.rows = Rows(tables, reading.rows.next_ids())
        reading.rows.adopt()
        reading.recent = Recent()  # the records in it have the older shape
        reading.migrated_from = meta.schema
        reading.unsettled = True


def _let_go(files: Files, fd: int) -> None:
    if fd >= 0:
        files.close(fd)
