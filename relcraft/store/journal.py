"""The journal beside a book: a header, then a line for each transaction, each line guarded by its checksum."""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from relcraft.domain.changes import Turn
from relcraft.domain.documents import Document
from relcraft.domain.errors import BadBook
from relcraft.domain.value import Value
from relcraft.store.encoding import decode, encode, typed
from relcraft.store.files import Files, SyncFailed, in_words, sync, sync_data, sync_folder, write_all
from relcraft.store.rows import RowOp
from relcraft.store.snapshot import Identity, Snapshot


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Header(Value):
    """Which file at rest a journal continues."""

    seq: int
    size: int
    crc: int
    name: str = ""
    """The journal's own name, which the next file at rest mentions: so it is known what is in there already."""

    def fits(self, snapshot: Snapshot) -> bool:
        """Whether `snapshot` is, byte for byte, what this journal was begun on."""
        return (self.seq, self.size, self.crc) == (snapshot.meta.seq, snapshot.size, snapshot.crc)

    def line(self) -> bytes:
        """Return the first line of the journal."""
        return guarded({"seq": self.seq, "size": self.size, "crc32": self.crc, "name": self.name})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Entry(Value):
    """One transaction."""

    seq: int
    at: str
    title: str
    ops: tuple[RowOp, ...]
    turn: Turn = Turn.MADE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Farewell(Value):
    """The last words of a journal whose transactions are all in a new file at rest."""

    seq: int
    crc: int
    identity: Identity


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Content(Value):
    """What a journal, or the end of one, says."""

    header: Header | None
    entries: tuple[Entry, ...]
    end: int
    """Bytes up to the end of the last good line."""
    farewell: Farewell | None = None
    torn: bool = False
    """Whether something follows that is no whole line."""


_NULL = b"null"
_LEFT = "it was left as it is, and relcraft check --repair saves what can be read."


def guarded(value: Any) -> bytes:
    """Return `value` as a line that can be told from a torn one."""
    return _guarded_text(encode(value))


def _guarded_text(text: bytes) -> bytes:
    return b"%08x %b\n" % (crc32(text), text)


def entry_line(seq: int, at: str, title: str, ops: Sequence[RowOp], turn: Turn = Turn.MADE) -> tuple[bytes, Entry]:
    """Return the line of a transaction, and the transaction as it will be read back: copies that nobody else holds."""
    text = b"[" + b",".join(map(_op_text, ops)) + b"]"
    head = encode({"seq": seq, "at": at, "title": title, **({"turn": turn.value} if turn else {})})
    return _guarded_text(head[:-1] + b',"ops":' + text + b"}"), Entry(seq, at, title, _row_ops(decode(text)), turn)


def _op_text(op: RowOp) -> bytes:
    """Return one op as JSON. Each document is encoded alone: one with a null in it is looked at more closely."""
    parts = (encode(op.table), encode(op.id), *(_NULL if one is None else encode(one) for one in (op.before, op.after)))
    return b"[%b,%b,%b,%b]" % parts


def _row_ops(ops: list[Any]) -> tuple[RowOp, ...]:
    return tuple(RowOp(typed(table, str), _row(row), _document(old), _document(new)) for table, row, old, new in ops)


def _row(value: Any) -> int | None:
    return None if value is None else int(typed(value, int))


def _document(value: Any) -> Document | None:
    return None if value is None else dict(typed(value, dict))


def unguarded(line: bytes) -> dict[str, Any] | None:
    """Return what a line says; None where its checksum says that it is not what was written."""
    try:
        if line[:9] != b"%08x " % crc32(line[9:]):
            return None
        value = decode(line[9:])
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def parse_journal(data: bytes, name: str, last: int | None = None) -> Content:
    """Read a journal; where `last` is given, the end of one, whose former transactions go up to that number.

    Raises `BadBook` for a gap and for a bad line before a good one. A bad last line is only told as torn.
    """
    header, entries, farewell, end = None, list[Entry](), None, 0
    number, broken = 0, 0
    for line in _lines(data):
        number += 1
        said = unguarded(line.rstrip(b"\n")) if line.endswith(b"\n") else None
        if said is None:
            broken = broken or number
            continue
        if broken:
            raise BadBook(f"{name} is damaged in line {broken}, and a good line follows: {_LEFT}")
        try:
            if last is None:
                header = Header(int(said["seq"]), int(said["size"]), int(said["crc32"]), str(said.get("name", "")))
                last = header.seq
            elif "folded" in said:
                farewell = Farewell(int(said["folded"]), int(said["crc32"]), _identity(said["identity"]))
            else:
                entries.append(_entry(said, last, name, number))
                last += 1
        except (KeyError, TypeError, ValueError) as error:
            raise BadBook(f"{name} cannot be understood in line {number}: {_LEFT}") from error
        end += len(line)
    if broken and broken < number:
        raise BadBook(f"{name} is damaged from line {broken} on: {_LEFT}")
    return Content(header, tuple(entries), end, farewell, torn=bool(broken))


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    rest = lines.pop()
    return [line + b"\n" for line in lines] + ([rest] if rest else [])


def _entry(said: dict[str, Any], last: int, name: str, number: int) -> Entry:
    if said["seq"] != last + 1:
        raise BadBook(
            f"{name} has a gap in line {number}: change {last + 1} was expected, and {said['seq']} came; {_LEFT}"
        )
    at, title = (str(said.get(key, "")) for key in ("at", "title"))
    return Entry(last + 1, at, title, _row_ops(said["ops"]), turn_of(said.get("turn")))


def turn_of(said: Any) -> Turn:
    """Return what kind of change is meant; what this version does not know is a change as any other."""
    return next((turn for turn in Turn if turn == said), Turn.MADE)


def _identity(value: list[int]) -> Identity:
    device, inode, size, changed = map(int, value)
    return device, inode, size, changed


def _take_back(files: Files, fd: int, path: Path) -> None:
    """Remove a journal that could not be begun, which is open as `fd`; what it says may have reached the disk."""
    try:
        files.truncate(fd, 0)
        files.unlink(path)
        sync_folder(files, path.parent)
    except OSError as error:
        raise SyncFailed(error.errno, in_words(error)) from error
    finally:
        files.close(fd)


class Journal:
    """A journal that is open for appending, at the end of what was read of it."""

    def __init__(self, files: Files, fd: int, header: Header, end: int, seq: int, *, torn: bool = False) -> None:
        self._files = files
        self._fd = fd
        self.header = header
        self.end = end
        """Bytes of the good lines."""
        self.seq = seq
        """The number of the last transaction."""
        self.appendable = True
        """Whether it was opened for appending: it could be for reading alone where this user may not."""
        self.named = False
        """Whether its name is known to be on the disk: whoever made it may have been ended before that."""
        self._synced = False
        """Whether all of its lines are known to be on the disk."""
        status = files.fstat(fd)
        self._file = status.st_dev, status.st_ino
        self._torn = torn
        self._seen = status.st_size if torn else end

    @classmethod
    def begin(cls, files: Files, path: Path, header: Header, line: bytes, seq: int) -> "Journal":
        """Make the journal at `path` with its first transaction, durably. Raises `OSError`: then there is none.

        Raises `SyncFailed` where nobody can tell what is there.
        """
        fd = files.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW)
        data = header.line() + line
        try:
            journal = cls(files, fd, header, 0, seq)
            write_all(files, fd, data)
            sync(files, fd)
            sync_folder(files, path.parent)
        except BaseException:
            _take_back(files, fd, path)
            raise
        journal.end = journal._seen = len(data)
        journal.named = journal._synced = True
        return journal

    def append(self, line: bytes, seq: int) -> None:
        """Add the line of transaction `seq`, durably. On failure the journal is as it was, and `OSError` raised."""
        if not self.appendable:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if self._torn:
            self.cut()
        self._settle()
        try:
            write_all(self._files, self._fd, line)
            sync_data(self._files, self._fd)
        except BaseException:
            self.cut()
            raise
        self.end = self._seen = self.end + len(line)
        self.seq = seq

    def _settle(self) -> None:
        """See to it that what others wrote, and a cut, is on the disk: nothing follows what a crash can still tear."""
        if not self._synced:
            sync_data(self._files, self._fd)
            self._synced = True

    def tail(self) -> bytes:
        """Return what follows the last good line, as of the last look."""
        return self._files.read(self._fd, self.end, self._seen - self.end) if self._torn else b""

    def cut(self) -> None:
        """Cut off what follows the last good line."""
        try:
            self._files.truncate(self._fd, self.end)
        except OSError as error:
            raise SyncFailed(error.errno, in_words(error)) from error
        self._torn = self._synced = False
        self._seen = self.end

    def read_on(self, name: str) -> Content:
        """Read what was appended since the last look. Raises `BadBook`."""
        size = self._files.fstat(self._fd).st_size
        if size < self.end:
            raise BadBook(f"{name} is shorter than it was: it was left as it is.")
        data = self._files.read(self._fd, self.end, size - self.end) if size > self.end else b""
        content = parse_journal(data, name, self.seq)
        self.end += content.end
        self.seq += len(content.entries)
        self._synced = self._synced and not content.entries
        self._torn = content.torn
        self._seen = size
        return content

    def mark(self) -> Identity:
        """Return what `journal_mark` returns while nobody else appends to this journal."""
        return *self._file, self._seen, 0

    def content(self) -> bytes:
        """Return all of it, wherever it is by now."""
        return self._files.read(self._fd, 0, self.end)

    def say_farewell(self, snapshot: Snapshot) -> None:
        """Tell those who have this journal open which file has all of it; they do without where that fails."""
        farewell = {"folded": snapshot.meta.seq, "crc32": snapshot.crc, "identity": list(snapshot.identity)}
        with suppress(OSError):  # they read the new file then
            self._settle()
            write_all(self._files, self._fd, guarded(farewell))

    def close(self) -> None:
        """Let go of the file."""
        self._files.close(self._fd)
