"""Damage: a small book and its journal cut off, flipped and shuffled everywhere; nothing is lost without a word.

Usage: python -m tests.battery.damage [--long]
"""

import json
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from time import perf_counter

from relcraft.domain.changes import Change, put
from relcraft.domain.errors import BadBook, NotKept, RelcraftError
from relcraft.domain.records import Contact
from relcraft.store.checking import check
from relcraft.store.place import Place
from relcraft.store.repairing import put_together
from tests.battery.damages import Case, cases
from tests.battery.small_book import NOW, Records, SmallBook, a_folder, opened, records_of, small_book

LINE = Contact(uid="line", name="One More")
COUNTS = ("cases", "whole", "refused", "told", "only_by_check", "tracebacks", "silent", "gone")
_WAITING = re.compile(r"changes? waits? in .* to be written|conflicts? waits?:")
"""What is said of a whole book as well."""


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
    repaired: int = 0
    """How many of them were repaired as well: each into a book that passes a check."""
    unrepaired: int = 0
    """How many repairs came to nothing, because nothing of a book was left."""
    saved: float = 0
    """The records in the repaired books that are as they were, in books."""
    slowest: float = 0
    first: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> int:
        """How many cases broke the promise."""
        return self.tracebacks + self.silent + self.gone

    def add(self, other: "Tally") -> None:
        """Count `other` in."""
        for name in (*COUNTS, "repaired", "unrepaired", "saved"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)


class Judge:
    """Opens damaged files in a folder, over and over."""

    def __init__(self, small: SmallBook, folder: Path, repair_each: int) -> None:
        """Of `repair_each` cases one is repaired as well."""
        self._small = small
        self._repair_each = repair_each
        self._seen = 0
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
        self._seen += 1
        if self._seen % self._repair_each == 0 and (problem := self._repaired(case, tally)):
            tally.tracebacks += 1
            return problem
        return self._counted(case, tally, found, told, told_by_check)

    def _repaired(self, case: Case, tally: Tally) -> str:
        """Repair, and count what is as it was; return what is wrong with that."""
        expected = self._small.states[0 if case.journal is None else case.earlier]
        records = {key: one for key, one in expected.items() if not key[0].startswith("_")}
        try:
            data = put_together(case.book or b"", case.journal or b"", Place.of(self._path)).data
        except BadBook:
            tally.unrepaired += 1
            return ""
        other = self._folder / "repaired.json"
        other.write_bytes(data)
        problems = check(other).problems
        found = {(table, one.get("uid")): one for table, rows in json.loads(data).items() for one in rows.values()}
        tally.repaired += 1
        tally.saved += sum(found.get(key) == one for key, one in records.items()) / len(records)
        return f"repaired, it has problems: {problems}" if problems else ""

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


def damaged(*, long: bool, part: int = 0, parts: int = 1) -> dict[str, Tally]:
    """Try everything, or one case in `parts` from the one numbered `part` on; return the counts by kind."""
    folder = a_folder()
    try:
        small = small_book()
        return Judge(small, folder / "run", 1 if long else 10).look(islice(cases(small, long=long), part, None, parts))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def while_open(small: SmallBook, step: int) -> tuple[int, list[str]]:
    """Damage the files of an open book, one case in `step`; return how many were tried, and what went wrong."""
    folder, count, wrong = a_folder(), 0, list[str]()
    try:
        for number, case in enumerate(cases(small, long=False)):
            if number % step == 0:
                count += 1
                if problem := _while_open(small, folder / str(count), case):
                    wrong.append(f"{case.kind}, {case.what}: {problem}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return count, wrong


def _while_open(small: SmallBook, folder: Path, case: Case) -> str:
    """Open the good book, damage its files, look, change, close, open again; return what is wrong."""
    folder.mkdir()
    path, journal = folder / "book.json", folder / "book.json.journal"
    path.write_bytes(small.book)
    journal.write_bytes(small.journal)
    try:
        keeper = opened(path)
        for one, data in ((path, case.book), (journal, case.journal)):
            one.unlink() if data is None else one.write_bytes(data)
        kept = False
        for _ in range(2):
            with suppress(BadBook):
                keeper.news()
        with suppress(NotKept):
            keeper.keep(Change(title="one more", ops=(put(None, LINE),), at=NOW))
            kept = True
        with suppress(NotKept):
            keeper.close()
        if kept:
            again = opened(path)
            if ("contacts", LINE.uid) not in records_of(again):
                return "what was said to be kept is not there"
            again.close()
    except Exception as error:  # noqa: BLE001 - whatever comes is counted
        return f"{type(error).__name__}: {error}"
    return ""


def print_table(tallies: dict[str, Tally]) -> int:
    """Print a line for each kind; return how many cases were wrong."""
    head = (
        "cases",
        "whole",
        "refused",
        "told",
        "by check",
        "traceback",
        "silent",
        "gone",
        "slowest ms",
        "repaired",
        "saved",
    )
    print(f"{'kind':30}" + "".join(f"{one:>11}" for one in head))
    total = Tally()
    for kind, tally in tallies.items():
        total.add(tally)
        _print_line(kind, tally)
    _print_line("all", total)
    return total.wrong


def _print_line(kind: str, one: Tally) -> None:
    counts = "".join(f"{getattr(one, name):11}" for name in COUNTS)
    saved = f"{100 * one.saved / max(one.repaired, 1):.1f} %"
    print(f"{kind:30}{counts}{one.slowest * 1000:11.0f}{one.repaired:11}{saved:>11}", flush=True)
    for problem in one.first:
        print(f"    {problem[:300]}")


def main(arguments: list[str]) -> int:
    """Print the figures; return 1 where anything did not hold."""
    long = "--long" in arguments
    wrong = print_table(damaged(long=long))
    count, problems = while_open(small_book(), 1 if long else 20)
    print(f"damaged while the book is open: {count} cases, {len(problems)} wrong")
    for problem in problems[:20]:
        print(f"    {problem[:300]}")
    return 1 if wrong or problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
