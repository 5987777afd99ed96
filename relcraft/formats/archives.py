"""Zip archives, read in memory: nothing is ever unpacked to the disk, and no size that an archive states is believed.

Of an archive the files of a known format are read. What lies beyond a limit, or what an honest archive never holds, is
refused in a sentence that names it; the rest of the archive comes in.
"""

import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from relcraft.domain.incoming import Skipped
from relcraft.domain.telling import tell_count, tell_list
from relcraft.domain.text import clean_line

MOST_MEMBERS = 10_000
"""Files that an archive may hold, those in archives within it counted too."""
MOST_MEMBER_BYTES = 64 * 1024 * 1024
"""Unpacked, of one file."""
MOST_BYTES = 128 * 1024 * 1024
"""Unpacked, of all files that are read."""
MOST_TIMES = 200
"""How many times its packed size a file may have, once it is larger than `RATIO_COUNTS_FROM`; text has some 20."""
RATIO_COUNTS_FROM = 1024 * 1024

_BOOK = tuple(b'"format":%s"relcraft%s"' % (space, kind) for space in (b" ", b"") for kind in (b"-book", b""))
"""What stands in the file of a book, and of an export of one."""
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = 30
_CHUNK = 256 * 1024
_MEGABYTE = 1024 * 1024
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_OUTSIDE = re.compile(r"^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")
_LONGEST_NAME = 80
_MOST_NAMED = 5
_UNREADABLE = (
    *(BadZipFile, zlib.error, EOFError, OSError, RuntimeError),
    *(NotImplementedError, ValueError, OverflowError, LookupError, struct.error),
)
"""What Python's reader of archives raises for one that is damaged."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, unpacked."""

    name: str
    """As told to the user: "Basic_LinkedInDataExport.zip: Connections.csv"."""
    data: bytes
    share: float
    """How much of the archive is done when this file is."""


class _Refused(Exception):
    """Why a file of the archive is not read, as a predicate."""


class _Whole(_Refused):
    """Why nothing more of the archive is read."""


def is_archive(head: bytes | bytearray) -> bool:
    """Whether a file that begins with `head` is a zip archive, which spreadsheets and documents of today are, too."""
    return head.startswith(_BEGINNINGS)


def is_of_relcraft(data: bytes) -> bool:
    """Whether this is, or begins, the file of a book, or an export of one."""
    return any(sign in data for sign in _BOOK)


def members(data: bytes, name: str, wanted: Callable[[bytes], bool], head_bytes: int) -> Iterator[Member | Skipped]:
    """Yield the files in an archive whose first `head_bytes` are `wanted`, and what is refused; raises nothing.

    The files of no wanted format are one `Skipped` at the end.
    """
    if data.count(_ENTRY) > MOST_MEMBERS:
        yield Skipped(name, f"holds more than {MOST_MEMBERS} files, the most that an archive may hold")
        return
    try:
        archive = ZipFile(BytesIO(data))
    except _UNREADABLE:
        yield Skipped(name, "is a zip archive that is cut short or damaged: the list of its files cannot be read")
        return
    with archive:
        yield from _Opened(archive, name, wanted, head_bytes).members()


class _Opened:
    """One reading of an archive."""

    def __init__(self, archive: ZipFile, name: str, wanted: Callable[[bytes], bool], head_bytes: int) -> None:
        self._archive = archive
        self._name = name
        self._wanted = wanted
        self._head_bytes = head_bytes
        self._left = MOST_BYTES
        self._others: list[str] = []

    def members(self) -> Iterator[Member | Skipped]:
        infos = [info for info in self._archive.infolist() if not _is_passed_over(info)]
        ends = _where_they_end(self._archive)
        found = False
        for number, info in enumerate(infos, start=1):
            where = f"{self._name}: {_shown(info)}"
            try:
                _look(info, ends[info.header_offset])
                data = self._read(info)
            except _Refused as refused:
                found = True
                yield Skipped(where, str(refused))
                if isinstance(refused, _Whole):
                    return
            else:
                if data is None:
                    self._others.append(_shown(info))
                else:
                    found = True
                    yield Member(where, data, number / len(infos))
        if self._others or not found:
            yield Skipped(self._name, self._told())

    def _told(self) -> str:
        """Return what there is to say of the files of no wanted format."""
        if not self._others:
            return "is an archive without a file in it"
        if {"[Content_Types].xml", "mimetype"} & set(self._others):
            return "is a spreadsheet or a document: save it as CSV or as vCards first"
        names = tell_list(self._others, most=_MOST_NAMED)
        return f"holds {tell_count(len(self._others), 'file')} of no format known here: {names}"

    def _read(self, info: ZipInfo) -> bytes | None:
        """Return a file, unpacked; None where it is of no wanted format. Raises `_Refused`."""
        read = bytearray()
        try:
            with self._archive.open(info) as stream:
                while len(read) < self._head_bytes and self._more(stream, info, read, self._head_bytes - len(read)):
                    pass
                if is_archive(read):
                    raise _Refused("is an archive within an archive: unpack it first")
                if not self._wanted(bytes(read)):
                    if is_of_relcraft(bytes(read)):
                        raise _Refused("is a book of Relcraft, or an export of one: unpack it, and import it by itself")
                    return None
                while self._more(stream, info, read, _CHUNK):
                    pass
        except _UNREADABLE:
            raise _Refused("is damaged: it cannot be unpacked") from None
        return bytes(read)

    def _more(self, stream: IO[bytes], info: ZipInfo, read: bytearray, most: int) -> bool:
        """Unpack at most `most` bytes more; False at the end. What is unpacked counts, not what the archive says."""
        chunk = stream.read(most)
        read += chunk
        self._left -= len(chunk)
        if self._left < 0:
            raise _Whole(f"is where {MOST_BYTES // _MEGABYTE} MB are unpacked, the most that is read of an archive")
        if len(read) > MOST_MEMBER_BYTES:
            raise _Refused(f"is larger than {MOST_MEMBER_BYTES // _MEGABYTE} MB, the most that is read of one file")
        if len(read) > max(RATIO_COUNTS_FROM, MOST_TIMES * info.compress_size):
            raise _Refused(f"unpacks to more than {MOST_TIMES} times its size, the most that an honest file does")
        return bool(chunk)


def _is_passed_over(info: ZipInfo) -> bool:
    """Whether it is a folder, or hidden, as what macOS puts beside each file."""
    name = _slashed(info.filename)
    parts = name.split("/")
    hidden = parts[0] == "__MACOSX" or parts[-1].startswith(".")
    return (name.endswith("/") or hidden) and not _leads_out(info)


def _leads_out(info: ZipInfo) -> bool:
    name = info.orig_filename
    return "\0" in name or _OUTSIDE.search(_slashed(name)) is not None


def _slashed(name: str) -> str:
    """Return a name with slashes between its folders: older programs on Windows write backslashes."""
    return name.replace("\\", "/")


def _look(info: ZipInfo, end: int) -> None:
    """Raise `_Refused` for what no honest archive holds or cannot be unpacked here; `end` is where the next begins."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if _leads_out(info):
        raise _Refused("has a name that leads out of the archive")
    if kind == stat.S_IFLNK:
        raise _Refused("is a link, which may lead anywhere: files alone are read")
    if kind not in (0, stat.S_IFREG):
        raise _Refused("is no ordinary file")
    if info.flag_bits & _ENCRYPTED:
        raise _Refused("is locked with a password: unpack it first")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise _Refused("is packed in a way that is not known here: unpack it first")
    if info.header_offset > end:
        raise _Refused("is not where the list of the archive's files says")
    if info.header_offset + _LOCAL_HEADER + info.compress_size > end:
        raise _Refused("reaches into another file of the archive, which no honest one does")


def _where_they_end(archive: ZipFile) -> dict[int, int]:
    """Return, by where a file begins, where the next one does, or the list of files; two may begin at one place."""
    starts = sorted((info.header_offset for info in archive.infolist()), reverse=True)
    return dict(zip(starts, [archive.start_dir, *starts], strict=False))


def _shown(info: ZipInfo) -> str:
    name = clean_line(info.orig_filename) or "a file without a name"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 3]}..."
