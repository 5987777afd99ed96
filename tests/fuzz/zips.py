"""Zip archives that nobody should meet: each is a few bytes of Python, and none is kept as a file."""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nEND:VCARD\r\n"
BOMB = b"BEGIN:VCARD\r\nFN:" + b"a" * 80_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as the list at the archive's end has it, which may say what it likes."""

    name: bytes
    data: bytes
    method: int = 8
    flags: int = 0
    mode: int = 0o100644
    size: int | None = None
    """As stated; None: the true one."""
    crc: int | None = None
    offset: int | None = None
    """Where it is said to begin; None: where it does."""
    packed_size: int | None = None

    @property
    def packed(self) -> bytes:
        if self.method != 8:
            return self.data
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return packer.compress(self.data) + packer.flush()


def archive(*entries: Entry) -> bytes:
    """Return an archive with these entries, byte by byte."""
    body, listed = bytearray(), bytearray()
    for entry in entries:
        packed = entry.packed
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        size = len(entry.data) if entry.size is None else entry.size
        packed_size = len(packed) if entry.packed_size is None else entry.packed_size
        offset = len(body) if entry.offset is None else entry.offset
        common = struct.pack(
            "<HHHHHIIIHH", 20, entry.flags, entry.method, 0, 0x21, crc, packed_size, size, len(entry.name), 0
        )
        body += b"PK\x03\x04" + common + entry.name + packed
        listed += b"PK\x01\x02" + struct.pack("<H", 3 << 8 | 20) + common
        listed += struct.pack("<HHHII", 0, 0, 0, entry.mode << 16, offset) + entry.name
    end = struct.pack("<HHHHIIH", 0, 0, len(entries) & 0xFFFF, len(entries) & 0xFFFF, len(listed), len(body), 0)
    return bytes(body + listed + b"PK\x05\x06" + end)


def zipped(files: Sequence[tuple[str, bytes]], method: int = ZIP_DEFLATED) -> bytes:
    """Return an honest archive."""
    written = BytesIO()
    with ZipFile(written, "w", method) as target:
        for name, data in files:
            target.writestr(ZipInfo(name), data, method)
    return written.getvalue()


def overlapping(count: int = 200) -> bytes:
    """Return an archive whose many files are all one and the same stretch of bytes."""
    one = Entry(b"a.vcf", CARD)
    return archive(one, *(Entry(b"a.vcf", CARD, offset=0) for _ in range(count)))


def reaching() -> bytes:
    """Return an archive whose first file is said to go on over the second."""
    return archive(Entry(b"a.vcf", CARD, packed_size=200), Entry(b"b.vcf", CARD))


OTHER_METHODS = (ZIP_BZIP2, ZIP_LZMA)
