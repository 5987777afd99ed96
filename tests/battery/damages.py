"""The ways in which the files of a small book are damaged."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.battery.small_book import SmallBook

FLIPS = {"xor 0x01": 1, "xor 0x80": 0x80, "xor 0xff": 0xFF}
BITS = {f"bit {bit}": 1 << bit for bit in range(1, 7)}


@dataclass(frozen=True, slots=True)
class Case:
    """Files as they are found."""

    kind: str
    what: str
    book: bytes | None
    journal: bytes | None
    earlier: int = -1
    """Where both files are, byte for byte, as they once were: after how many transactions of the journal."""


def cut(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield `data` cut off at every byte."""
    for size in range(len(data)):
        yield f"cut at {size}", data[:size]


def flipped(data: bytes, mask: int) -> Iterator[tuple[str, bytes]]:
    """Yield `data` with each byte changed by `mask`."""
    for at, byte in enumerate(data):
        yield f"byte {at} xor {mask:#x}", data[:at] + bytes([byte ^ mask]) + data[at + 1 :]


def zeroed(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield `data` with each byte set to 0."""
    for at in range(len(data)):
        yield f"byte {at} zero", data[:at] + b"\0" + data[at + 1 :]


def dropped(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield `data` without each byte."""
    for at in range(len(data)):
        yield f"byte {at} missing", data[:at] + data[at + 1 :]


def repeated(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield `data` with each byte twice."""
    for at in range(len(data)):
        yield f"byte {at} twice", data[: at + 1] + data[at:]


def shuffled(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the lines of `data` swapped, without one, with one twice."""
    lines = data.splitlines(keepends=True)
    for one in range(len(lines)):
        yield f"line {one + 1} missing", b"".join(lines[:one] + lines[one + 1 :])
        for other in range(len(lines)):
            yield f"line {one + 1} again before {other + 1}", b"".join([*lines[:other], lines[one], *lines[other:]])
            if one < other:
                swapped = lines.copy()
                swapped[one], swapped[other] = swapped[other], swapped[one]
                yield f"lines {one + 1} and {other + 1} swapped", b"".join(swapped)


def cases(small: SmallBook, *, long: bool) -> Iterator[Case]:
    """Yield every case."""
    masks = {**FLIPS, **BITS} if long else {"xor 0x01": 1}
    ways = [("cut", cut), *((name, lambda data, mask=mask: flipped(data, mask)) for name, mask in masks.items())]
    if long:
        ways += [("to zero", zeroed), ("missing", dropped), ("twice", repeated)]
    for name, way in ways:
        for what, data in way(small.book):
            yield Case(f"book, byte {name}" if name != "cut" else "book cut off", what, data, None)
            if long:
                yield Case(f"book with journal, {name}", what, data, small.journal)
        for what, data in way(small.journal):
            yield Case(f"journal, {name}", what, small.book, data, _earlier(small.journal, data))
    for what, data in shuffled(small.journal):
        yield Case("journal, lines shuffled", what, small.book, data, _earlier(small.journal, data))
    yield from moments(small)


def moments(small: SmallBook) -> Iterator[Case]:
    """Yield files that do not belong together."""
    kind = "files of another moment"
    yield Case(kind, "journal of another book", small.book, small.strange)
    yield Case(kind, "an older copy of the book", small.older, small.journal)
    yield Case(kind, "no book", None, small.journal)
    yield Case(kind, "an empty book", b"", small.journal)


def _earlier(whole: bytes, data: bytes) -> int:
    """Return after how many transactions the journal was `data`; -1: never."""
    if not whole.startswith(data) or not data.endswith(b"\n"):
        return -1
    return data.count(b"\n") - 1
