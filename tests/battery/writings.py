"""Single files that are written beside a book, on every disk that a crash could leave of that.

Usage: python -m tests.battery.writings
"""

import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from relcraft.store.copies import FolderCopies
from relcraft.store.repairing import Repair, write_repaired
from relcraft.store.uniting import unite_files
from tests.battery.disk import Disk, Tree
from tests.battery.protocols import ADA, GRACE, RAJ
from tests.battery.runs import BACKUPS, BOOK, NOW, Setting, adding, opened
from tests.battery.states import BOUNDED, FULL, Crashes, Limits

COPY = Path("/home/book.sync-conflict-20260312-143000-ABCDEFG.json")
BASE, THEIRS = Path("/home/base.json"), Path("/home/theirs.json")
REPAIRED = Path("/home/repaired.json")


@dataclass(slots=True)
class Written:
    """What was found on the disks that were left."""

    problem: str = ""
    crashes: int = 0
    sites: set[str] = field(default_factory=set)


def a_book(*changes: str) -> bytes:
    """Return a file at rest to which these people were added, one after the other."""
    disk = Disk({"/home": None})
    book = opened(disk, Setting(), lambda: NOW)
    for name in changes:
        book.keep(adding({"ada": ADA, "grace": GRACE, "raj": RAJ}[name]))
        book.fold()
    book.close()
    return disk.tree()[str(BOOK)] or b""


def _put_aside(disk: Disk) -> None:
    copies = FolderCopies(BOOK, BACKUPS, disk)
    copies.put_aside(copies.waiting()[0])


def _aside_problem(before: Tree, after: Tree, tree: Tree, *, done: bool) -> str:
    data, target = before[str(COPY)], f"{BACKUPS}/merged/{COPY.name}"
    if data not in (tree.get(str(COPY)), tree.get(target)):
        return "the copy is in neither place"
    return "the copy came back" if done and str(COPY) in tree else ""


def _merged_problem(before: Tree, after: Tree, tree: Tree, *, done: bool) -> str:
    there = tree.get(str(BOOK))
    return "" if there in (before[str(BOOK)], after[str(BOOK)]) else "our file is neither as it was nor merged"


def _repaired_problem(before: Tree, after: Tree, tree: Tree, *, done: bool) -> str:
    if tree.get(str(BOOK)) != before[str(BOOK)]:
        return "the damaged book is not as it was"
    return "the repaired book is not there" if done and tree.get(str(REPAIRED)) != after[str(REPAIRED)] else ""


Writing = tuple[Callable[[Disk], object], Callable[..., str]]
WRITINGS: dict[str, Writing] = {
    "a copy that is put aside": (_put_aside, _aside_problem),
    "a merge by git": (lambda disk: unite_files(BASE, BOOK, THEIRS, NOW, disk), _merged_problem),
    "a repaired book": (
        lambda disk: write_repaired(Repair(data=a_book("ada")), BOOK, REPAIRED, NOW, disk),
        _repaired_problem,
    ),
}
"""What is done, and what says whether a disk is as it may be after that."""


def written(name: str, left_out: str = "", limits: Limits = BOUNDED) -> Written:
    """Write one file, crash between any two calls, and tell what is wrong then."""
    act, problem_of = WRITINGS[name]
    before = {
        str(BASE): a_book("ada"),
        str(BOOK): a_book("ada", "grace"),
        str(THEIRS): a_book("ada", "raj"),
        str(COPY): a_book("ada", "raj"),
        str(BACKUPS): None,
    }
    disk, found = Disk(before), Written()
    crashes = Crashes(limits)
    crashes.start_with(deepcopy(disk.nodes))
    disk.left_out = left_out
    act(disk)
    disk.note("done")
    after, found.sites = disk.tree(), disk.sites
    for moment in crashes.moments(disk.events):
        for tree in moment.trees:
            found.crashes += 1
            if problem := problem_of(before, after, tree, done="done" in moment.notes):
                found.problem = found.problem or f"after call {moment.number}: {problem}"
    return found


def main() -> int:
    """Print a line for each; return 1 where a crash was not survived."""
    results = {name: written(name, limits=FULL) for name in WRITINGS}
    for name, found in results.items():
        print(f"{name}: {found.crashes} crashes, {found.problem or 'all survived'}")
    return 1 if any(found.problem for found in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
