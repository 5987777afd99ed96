"""Files and folders as rows: which files, of which format, how far along."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from relcraft.domain.incoming import NOBODY, USUAL, How, Myself, Row, Skipped
from relcraft.domain.text import clean_line
from relcraft.formats.archives import is_archive, is_of_relcraft, members
from relcraft.formats.registry import Format, GuessesColumns, NeedsMyAddresses, TellsWhoIAm, format_named, format_of
from relcraft.formats.tables import Column

MAX_BYTES = 128 * 1024 * 1024
"""A larger file is skipped: no address book is, and it has to fit into memory."""
MAX_FILES = 1_000_000
"""Of a folder with more files no more are read: ten years of mail are fewer, a whole disk is not meant."""
HEAD_BYTES = 64 * 1024
"""How much of a file decides its format."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading is."""

    files_done: int
    files: int
    bytes_done: int
    bytes: int
    rows: int

    @property
    def fraction(self) -> float:
        """From 0 to 1."""
        return self.bytes_done / self.bytes if self.bytes else self.files_done / max(1, self.files)


class _Reader:
    """Turns the bytes of one file after another into rows, archives too, and remembers the formats that it met."""

    def __init__(self, format_name: str | None, how: How) -> None:
        """Raises `BadInput` for an unknown name."""
        self._named = None if format_name is None else format_named(format_name)
        self._how = how
        self._met: dict[str, None] = {}

    @property
    def format(self) -> str:
        """The names of the formats met so far, by commas; empty where none was recognised."""
        return ", ".join(self._met)

    def rows(self, data: bytes, name: str) -> Iterator[tuple[Row, float]]:
        """Yield each row, and how much of the file is done with it."""
        if is_archive(data):
            yield from self._packed(data, name)
            return
        reader = self._named or format_of(data[:HEAD_BYTES])
        if reader is None:
            yield _unknown(data, name), 1.0
        else:
            yield from self._plain(reader, data, name)

    def look(self, data: bytes, name: str) -> Iterator[tuple[Format, bytes]]:
        """Yield each file of a known format in what was read, with that format: of an archive all that are in it."""
        if is_archive(data):
            for found in members(data, name, lambda head: self._reader_of(head) is not None, HEAD_BYTES):
                reader = None if isinstance(found, Skipped) else self._reader_of(found.data[:HEAD_BYTES])
                if reader is not None and not isinstance(found, Skipped):
                    yield reader, found.data
            return
        reader = self._named or format_of(data[:HEAD_BYTES])
        if reader is not None:
            yield reader, data

    def _plain(self, reader: Format, data: bytes, name: str) -> Iterator[tuple[Row, float]]:
        self._met[reader.name] = None
        expected = max(1, reader.expected_rows(data))
        for number, row in enumerate(reader.read(data, name, self._how), start=1):
            yield row, min(1.0, number / expected)

    def _packed(self, data: bytes, name: str) -> Iterator[tuple[Row, float]]:
        done = 0.0
        for found in members(data, name, lambda head: self._reader_of(head) is not None, HEAD_BYTES):
            if isinstance(found, Skipped):
                yield found, done
                continue
            reader = self._reader_of(found.data[:HEAD_BYTES])
            assert reader is not None  # noqa: S101 - a file of no format that is known never comes out of an archive
            for row, share in self._plain(reader, found.data, found.name):
                yield row, done + (found.share - done) * share
            done = found.share

    def _reader_of(self, head: bytes) -> Format | None:
        """Return the format of a file in an archive: a named one, too, reads only what it knows."""
        if self._named is None:
            return format_of(head)
        return self._named if self._named.recognises(head) else None


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look into files tells, before anything of them is read."""

    me: Myself = NOBODY
    """Who the user is, as far as the files say."""
    needs_me: tuple[str, ...] = ()
    """The titles of the formats that cannot be read without the user's own addresses (or names)."""
    likely_mine: tuple[tuple[str, int], ...] = ()
    """What may be the user's own, each with how often it is there; likeliest first, at most `_MOST_LIKELY`."""
    columns: tuple[Column, ...] = ()
    """What the columns of the tables among the files are taken for, each header once."""


class _Looking:
    """Gathers what a first look tells, file by file."""

    def __init__(self) -> None:
        self._me = NOBODY
        self._needs: dict[str, None] = {}
        self._likely: Counter[str] = Counter()
        self._columns: dict[str, Column] = {}

    def take(self, reader: Format, data: bytes, how: How) -> None:
        """Look into one file."""
        if isinstance(reader, GuessesColumns):
            for column in reader.guessed(data, how):
                self._columns.setdefault(column.header, column)
        if isinstance(reader, TellsWhoIAm):
            self._me = self._me.joined(reader.myself(data))
        if isinstance(reader, NeedsMyAddresses):
            self._needs[reader.title] = None
            for one, count in reader.likely_mine(data):
                self._likely[one] += count

    def told(self) -> Look:
        """Return what was gathered."""
        likely = tuple(self._likely.most_common(_MOST_LIKELY))
        return Look(self._me, tuple(self._needs), likely, tuple(self._columns.values()))


_MOST_LIKELY = 12


class Reading:
    """The rows of some files, read as they are asked for. Iterating again reads again."""

    def __init__(
        self,
        paths: Sequence[Path],
        format_name: str | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        how: How = USUAL,
    ) -> None:
        self._reader = _Reader(format_name, how)
        self._format_name = format_name
        self._on_progress = on_progress
        self._paths = list(paths)
        self._look: Look | None = None
        self.how = how
        """How the files are read; what they say of the user themselves comes to it."""

    def look(self) -> Look:
        """Look who the user is by the files, and whether that has to be asked. Raises nothing."""
        if self._look is None:
            looking = _Looking()
            for path in self._paths:
                found = _files(path)
                for file in () if isinstance(found, Skipped) else found:
                    head = _read(file, HEAD_BYTES)
                    if not isinstance(head, Skipped) and self._is_looked_into(head):
                        data = _read(file)
                        for reader, content in (
                            () if isinstance(data, Skipped) else self._reader.look(data, clean_line(file.name))
                        ):
                            looking.take(reader, content, self.how)
            self._look = looking.told()
        return self._look

    def _is_looked_into(self, head: bytes) -> bool:
        if is_archive(head):
            return True
        reader = format_named(self._format_name) if self._format_name else format_of(head)
        return isinstance(reader, TellsWhoIAm | NeedsMyAddresses | GuessesColumns)

    @property
    def origin(self) -> str:
        """What is read, for a title: the file or folder, or how many of them."""
        if len(self._paths) == 1:
            return clean_line(self._paths[0].name or str(self._paths[0]))
        return f"{len(self._paths)} files"

    @property
    def format(self) -> str:
        """The names of the formats met so far, by commas; empty where none was recognised."""
        return self._reader.format

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows of each file in turn. Raises nothing: what cannot be read is a skipped row."""
        self._reader = _Reader(self._format_name, replace(self.how, me=self.how.me.joined(self.look().me)))
        files: list[tuple[Path, int]] = []
        for path in self._paths:
            found = _files(path)
            if isinstance(found, Skipped):
                yield found
            else:
                files.extend((file, _size(file)) for file in found)
        total, done, rows = sum(size for _, size in files), 0, 0
        self._tell(Progress(0, len(files), 0, total, 0))
        for number, (file, size) in enumerate(files):
            for row, share in self._rows_of(file):
                yield row
                rows += 1
                self._tell(Progress(number, len(files), done + int(size * share), total, rows))
            done += size
            self._tell(Progress(number + 1, len(files), done, total, rows))

    def _rows_of(self, path: Path) -> Iterator[tuple[Row, float]]:
        """Yield each row and how much of the file is done with it."""
        data = _read(path)
        if isinstance(data, Skipped):
            yield data, 1.0
        else:
            yield from self._reader.rows(data, self._told(path))

    def _told(self, path: Path) -> str:
        """Return what a file is called: where it lies deeper in the folder that the user named, its path in that."""
        for folder in self._paths:
            if path.parent != folder and path.is_relative_to(folder) and path != folder:
                return clean_line(str(path.relative_to(folder)))
        return clean_line(path.name)

    def _tell(self, progress: Progress) -> None:
        if self._on_progress is not None:
            self._on_progress(progress)


class Handed:
    """The rows of what came in by another way than a file."""

    def __init__(self, data: bytes, name: str, format_name: str | None, how: How = USUAL) -> None:
        self.origin = name
        self._data = data
        self._format_name = format_name
        self._reader = _Reader(format_name, how)
        self.how = how
        """As of `Reading`."""

    def look(self) -> Look:
        """Look who the user is by what was handed over, and whether that has to be asked. Raises nothing."""
        looking = _Looking()
        for reader, content in self._reader.look(self._data[:MAX_BYTES], self.origin):
            looking.take(reader, content, self.how)
        return looking.told()

    @property
    def format(self) -> str:
        """The names of the formats met so far, by commas; empty where none was recognised."""
        return self._reader.format

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows. Raises nothing: what cannot be read is a skipped row."""
        self._reader = _Reader(self._format_name, replace(self.how, me=self.how.me.joined(self.look().me)))
        if len(self._data) > MAX_BYTES:
            yield _too_large(self.origin)
        else:
            yield from (row for row, _share in self._reader.rows(self._data, self.origin))


def read_paths(
    paths: Sequence[Path],
    format_name: str | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    how: How = USUAL,
) -> Reading:
    """Return the rows of `paths`, files and folders. Of a folder: all files in it and below, by name; no hidden ones.

    Each file's format is seen by its content unless `format_name` says it. Raises `BadInput` for an unknown format
    name; a file that is missing, too large, unreadable or of no known format is a skipped row. Of a zip archive the
    files of a known format are read (`archives`).
    """
    return Reading(paths, format_name, on_progress, how)


def read_bytes(data: bytes, name: str, format_name: str | None = None, how: How = USUAL) -> Handed:
    """Return the rows of what came in by another way than a file, `name` in their place. Raises `BadInput` as above.

    More than `MAX_BYTES` are one skipped row: the rest need not be there.
    """
    return Handed(data, name, format_name, how)


def _unknown(data: bytes, name: str) -> Skipped:
    if not data:
        return Skipped(name, "is empty")
    if is_of_relcraft(data):
        return Skipped(name, "is a book of Relcraft, or an export of one: relcraft import takes it in by itself")
    return Skipped(name, "is of no format known here: relcraft import --help lists those that are")


def _files(path: Path) -> list[Path] | Skipped:
    """Return the files that `path` stands for."""
    try:
        if path.is_dir():
            return _below(path)
        path.stat()
    except FileNotFoundError:
        return Skipped(clean_line(str(path)), "is not there: a file or a folder was expected")
    except (OSError, ValueError) as error:
        return Skipped(clean_line(str(path)), f"cannot be opened: {_reason(error)}")
    return [path]


def _below(folder: Path) -> list[Path]:
    """Return the files in a folder and in its folders, by name: no hidden ones, and no folder that is a link."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += (Path(place, name) for name in sorted(names) if not name.startswith("."))
        if Path(place) != folder and len(found) > MAX_FILES:
            break
    return found[:MAX_FILES]


def _raise(error: OSError) -> None:
    raise error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(path: Path, most: int = MAX_BYTES) -> bytes | Skipped:
    """Return the content of an ordinary file, or the first `most` bytes of it, unless it is too large.

    A pipe that nobody writes to and a device keep nobody waiting.
    """
    name = clean_line(path.name)
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(opened, "rb") as stream:
            state = os.fstat(opened)
            if not stat.S_ISREG(state.st_mode):
                return Skipped(name, "is no ordinary file")
            data = b"" if state.st_size > MAX_BYTES else stream.read(most + (most == MAX_BYTES))
    except (OSError, ValueError) as error:
        return Skipped(name, f"cannot be read: {_reason(error)}")
    return _too_large(name) if max(state.st_size, len(data)) > MAX_BYTES else data


def _too_large(name: str) -> Skipped:
    return Skipped(name, f"is larger than {MAX_BYTES // 1024 // 1024} MB, the most that is read at once")


def _reason(error: Exception) -> str:
    return clean_line(str(getattr(error, "strerror", None) or error))
