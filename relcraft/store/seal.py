"""The seal of a file at rest: whether it is, byte for byte, what Relcraft wrote."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from zlib import crc32

from relcraft.domain.value import Value

SEAL = "crc32"
"""The field under which a book says, as the last of what it says of itself, the crc32 of all bytes before it."""
LARGE = 4_000_000
"""Bytes from which on another core finds out a checksum meanwhile."""
_BEFORE = b'"crc32":"'
_DIGITS = 8
_AFTER = b'"}\n}}\n'
_LENGTH = _DIGITS + len(_AFTER)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sums(Value):
    """What the bytes of a file come to."""

    crc: int
    """Of the whole file."""
    fits: bool | None
    """Whether its seal fits; None where it ends with none."""


def sealed(data: bytes) -> bytes:
    """Return `data`, which ends with what `unsealed` made, with the seal that fits."""
    before = memoryview(data)[:-_LENGTH]
    return b"".join((before, b"%08x" % crc32(before), _AFTER))


def blank() -> dict[str, str]:
    """Return the field for the seal, to be filled by `sealed`."""
    return {SEAL: "0" * _DIGITS}


def checksum_of_sealed(data: bytes) -> int:
    """Return the crc32 of `data`, which has a seal that fits: at once, however large it is."""
    end = data[-_LENGTH:]
    return crc32(end, int(end[:_DIGITS], 16))


def sums(data: bytes) -> Sums:
    """Return what `data` comes to, in one pass."""
    at = len(data) - _LENGTH
    if at < 0 or not data.endswith(_AFTER) or data[at - len(_BEFORE) : at] != _BEFORE:
        return Sums(crc32(data), None)
    inside = crc32(memoryview(data)[:at])
    return Sums(crc32(data[at:], inside), data[at : at + _DIGITS] == b"%08x" % inside)


@contextmanager
def sums_meanwhile(data: bytes) -> Iterator[Callable[[], Sums]]:
    """Give what returns the sums of `data` afterwards; in a large file another core finds them out."""
    found: list[Sums] = []
    thread = Thread(target=lambda: found.append(sums(data)))
    if len(data) < LARGE:
        thread.run()
    else:
        thread.start()
    try:
        yield found.pop
    finally:
        if len(data) >= LARGE:
            thread.join()
