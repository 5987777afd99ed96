"""Damage: a small book and its journal cut off, flipped and shuffled everywhere; nothing is lost without a word.

Usage: python -m tests.battery.damage [--long]
"""

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from relcraft.domain.errors import BadBook, RelcraftError
from relcraft.store.checking import check
from tests.battery.small_book import Records, SmallBook, a_folder, opened, records_of, small_book

FLIPS = {"xor 0x01": 1, "xor 0x80": 0x80, "xor 0xff": 0xFF}
BITS = {f"bit {bit}": 1 << bit for bit in range(1, 7)}
_WAITING = re.compile(r"changes? waits? in .* to be written|conflicts? waits?:")
"""What is said of a whole book as well."""


@dataclass(frozen=True, slots=True)
class Case:
    """Files as they are found."""

    kind: str
    what: str
    book: bytes | None
    journal: bytes | None
    earlier: int = -1
    """Where both files are, byte for byte, as they once were: after how many transactions of the journal."""


@dataclass(slots=True)
class Tally:
    """What came of the cases of one kind."""

    cases: int = 0
    whole: int = 0
    """Every record is as it was, or as it was at that moment."""
    refused: int = 0
    told: int = 0
    """Opened, with something else in it, and said so."""
    only_by_check: int = 0
    """Of those told: said by check alone."""
    tracebacks: int = 0
    silent: int = 0
    gone: int = 0
    """The damaged bytes are nowhere any more."""
    slowest: float = 0
    first: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """How many cases broke the promise."""
        return self.tracebacks + self.silent + self.gone

    def add(self, other: "Tally") -> None:
        """Count `other` in."""
        for name in ("cases", "whole", "refused", "told", "only_by_check", "tracebacks", "silent", "gone"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)


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


class Judge:
    """Opens damaged files in a folder, over and over."""

    def __init__(self, small: SmallBook, folder: Path) -> None:
        self._small = small
        self._folder = folder
        self._path = folder / "book.json"
        self._journal = folder / "book.json.journal"
        self._tallies: dict[str, Tally] = {}

    def look(self, every: Iterator[Case]) -> dict[str, Tally]:
        """Look at every case, and count."""
        for case in every:
            start = perf_counter()
            tally = self._tallies.setdefault(case.kind, Tally())
            tally.cases += 1
            problem = self._judge(case, tally)
            tally.slowest = max(tally.slowest, perf_counter() - start)
            if problem and len(tally.first) < 3:
                tally.first.append(f"{case.what}: {problem}")
        return self._tallies

    def _lay(self, case: Case) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        for path, data in ((self._path, case.book), (self._journal, case.journal)):
            if data is not None:
                path.write_bytes(data)
                path.chmod(0o600)

    def _judge(self, case: Case, tally: Tally) -> str:
        """Return what is wrong; empty: nothing."""
        self._lay(case)
        try:
            report = check(self._path)
            told_by_check = [*report.problems, *(one for one in report.remarks if not _WAITING.search(one))]
            if self._files() != {data for data in (case.book, case.journal) if data is not None}:
                tally.gone += 1
                return "check changed the files"
            found, told = self._opened()
        except Exception as error:  # noqa: BLE001 - whatever comes is counted
            tally.tracebacks += 1
            return f"{type(error).__name__}: {error}"
        if found is None and not any("book.json" in one for one in told):
            tally.tracebacks += 1
            return f"the file is not named: {told}"
        if not self._kept(case):
            tally.gone += 1
            return "the damaged bytes are gone"
        return self._counted(case, tally, found, told, told_by_check)

    def _counted(
        self, case: Case, tally: Tally, found: Records | None, told: list[str], told_by_check: list[str]
    ) -> str:
        small = self._small
        expected = small.states[0 if case.journal is None else case.earlier]
        if found is None:
            tally.refused += 1
        elif found == expected:
            tally.whole += 1
        elif told or told_by_check:
            tally.told += 1
            tally.only_by_check += not told
        else:
            tally.silent += 1
            return f"nothing was said, and there is {_difference(expected, found)}"
        return ""

    def _opened(self) -> tuple[Records | None, list[str]]:
        """Open and close, and again; return what was there at first, and what was said."""
        try:
            keeper = opened(self._path)
        except BadBook as error:
            return None, [str(error)]
        found = records_of(keeper)
        keeper.history()
        try:
            keeper.close()
        except RelcraftError as error:
            return found, [str(error)]
        again = opened(self._path)
        if records_of(again).items() < found.items():
            raise AssertionError("opened again, the book has less")
        told = [*keeper.remarks, keeper.read_only]
        again.close()
        return found, [one for one in told if one]

    def _files(self) -> set[bytes]:
        return {path.read_bytes() for path in self._folder.rglob("*") if path.is_file() and path.suffix != ".lock"}

    def _kept(self, case: Case) -> bool:
        """Whether all that was damaged is still somewhere, but for lines of a journal that are in the book."""
        kept = self._files()
        if case.book is not None and case.book != self._small.book and case.book not in kept:
            return case.book == self._small.older
        if case.journal is None or case.journal in kept or case.journal == self._small.journal:
            return True
        rest = case.journal
        for line in self._small.journal.splitlines(keepends=True):
            rest = rest.removeprefix(line)
        return not rest or rest in kept or case.journal == self._small.strange


def _difference(expected: Records, found: Records) -> str:
    lost = [key for key in expected if key not in found]
    changed = [key for key in expected if key in found and found[key] != expected[key]]
    return f"lost {lost}, changed {changed}, new {[key for key in found if key not in expected]}"


def damaged(*, long: bool) -> dict[str, Tally]:
    """Try everything, and return the counts by kind."""
    folder = a_folder()
    try:
        small = small_book()
        return Judge(small, folder / "run").look(cases(small, long=long))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def print_table(tallies: dict[str, Tally]) -> int:
    """Print a line for each kind; return how many cases were wrong."""
    head = ("cases", "whole", "refused", "told", "check-only", "traceback", "silent", "gone", "ms")
    print(f"{'kind':38}" + "".join(f"{one:>11}" for one in head))
    total = Tally()
    for kind, tally in tallies.items():
        total.add(tally)
        _print_line(kind, tally)
    _print_line("all", total)
    return total.wrong


def _print_line(kind: str, one: Tally) -> None:
    counts = (one.cases, one.whole, one.refused, one.told, one.only_by_check, one.tracebacks, one.silent, one.gone)
    print(f"{kind:38}" + "".join(f"{count:11}" for count in counts) + f"{one.slowest * 1000:11.0f}", flush=True)
    for problem in one.first:
        print(f"    {problem[:300]}")


def main(arguments: list[str]) -> int:
    """Print the figures; return 1 where anything did not hold."""
    return 1 if print_table(damaged(long="--long" in arguments)) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
