"""Files and folders that are written beside a book, on every disk that a crash could leave of that.

Usage: python -m tests.battery.writings
"""

import sys
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from relcraft.domain.agenda import HOST
from relcraft.store.calendar_folder import bring_up_to_date
from relcraft.store.copies import FolderCopies
from relcraft.store.page_folder import NotOurs, write_pages
from relcraft.store.repairing import Repair, write_repaired
from relcraft.store.uniting import unite_files
from tests.battery import syncing
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


def _beside() -> Tree:
    return {
        str(BASE): a_book("ada"),
        str(BOOK): a_book("ada", "grace"),
        str(THEIRS): a_book("ada", "raj"),
        str(COPY): a_book("ada", "raj"),
        str(BACKUPS): None,
    }


PAGES, CALENDAR = Path("/pages"), Path("/calendar")
_PAGES = ({"ada.md": b"Ada " * 200, "raj.md": b"Raj"}, {"ada.md": b"Ada Lovelace " * 100, "grace.md": b"Grace"})
_ITEMS = tuple(
    {f"{uid}{HOST}": f"UID:{uid}{HOST}\nSUMMARY:{text}\n".encode() for uid, text in said.items()}
    for said in ({"one": "call " * 200, "two": "write"}, {"one": "thank " * 200, "three": "meet"})
)


def _with_pages() -> Tree:
    disk = Disk({"/home": None})
    write_pages(PAGES, _PAGES[0], disk)
    return disk.tree()


def _with_items() -> Tree:
    disk = Disk({str(CALENDAR): None})
    bring_up_to_date(CALENDAR, _ITEMS[0], disk)
    return disk.tree()


def _pages_problem(before: Tree, after: Tree, tree: Tree, *, done: bool) -> str:
    disk = Disk(tree)
    try:
        kept = write_pages(PAGES, _PAGES[1], disk).kept
    except NotOurs:
        return "the folder is taken for one of the user's"
    if kept:
        return f"{kept} is taken for a page that the user changed"
    return _folder_problem(PAGES, before, after, tree, disk, done=done)


def _items_problem(before: Tree, after: Tree, tree: Tree, *, done: bool) -> str:
    disk = Disk(tree)
    bring_up_to_date(CALENDAR, _ITEMS[1], disk)
    return _folder_problem(CALENDAR, before, after, tree, disk, done=done)


def _folder_problem(folder: Path, before: Tree, after: Tree, tree: Tree, again: Disk, *, done: bool) -> str:
    """Say what is wrong with a folder of ours: each file is whole, and who writes again gets there."""
    left, wanted, at_last = (_shown(folder, one) for one in (tree, after, again.tree()))
    half = [name for name, data in left.items() if data not in (_shown(folder, before).get(name), wanted.get(name))]
    if half:
        return f"{half[0]} is there by half"
    if done and left != wanted:
        return f"there is {sorted(left)}, and not what was written"
    return "" if at_last == wanted else "who writes again does not get there"


def _shown(folder: Path, tree: Tree) -> dict[str, bytes | None]:
    """Return what other programs see in a folder."""
    names = ((path, path.removeprefix(f"{folder}/")) for path in tree)
    return {name: tree[path] for path, name in names if name != path and not name.startswith(".")}


@dataclass(frozen=True, slots=True)
class Writing:
    """What is done, and what says whether a disk is as it may be after that."""

    act: Callable[[Disk], object]
    problem_of: Callable[..., str]
    before: Callable[[], Tree] = _beside
    names: int = BOUNDED.names
    """Of so many names that wait in one folder every subset is taken, where not all is looked at."""


WRITINGS: Mapping[str, Writing] = {
    "a copy that is put aside": Writing(_put_aside, _aside_problem),
    "a merge by git": Writing(lambda disk: unite_files(BASE, BOOK, THEIRS, NOW, disk), _merged_problem),
    "a repaired book": Writing(
        lambda disk: write_repaired(Repair(data=a_book("ada")), BOOK, REPAIRED, NOW, disk),
        _repaired_problem,
    ),
    "a folder of pages": Writing(lambda disk: write_pages(PAGES, _PAGES[1], disk), _pages_problem, _with_pages),
    "a first folder of pages": Writing(
        lambda disk: write_pages(PAGES, _PAGES[1], disk), _pages_problem, lambda: {"/home": None}
    ),
    "a folder of a calendar": Writing(
        lambda disk: bring_up_to_date(CALENDAR, _ITEMS[1], disk), _items_problem, _with_items
    ),
    "a first sync": Writing(syncing.run_sync, syncing.problem_of, syncing.first_time),
    "a sync of what both changed": Writing(syncing.run_sync, syncing.problem_of, syncing.both_changed, names=3),
}


def written(name: str, left_out: str = "", limits: Limits = BOUNDED) -> Written:
    """Do one of them, crash between any two calls, and tell what is wrong then.

    Where one place makes nothing durable, `left_out`, the first thing that is wrong ends it.
    """
    writing = WRITINGS[name]
    before = writing.before()
    disk, found = Disk(before), Written()
    crashes = Crashes(replace(limits, names=writing.names) if limits is BOUNDED else limits)
    crashes.start_with(deepcopy(disk.nodes))
    disk.left_out = left_out
    writing.act(disk)
    disk.note("done")
    after, found.sites = disk.tree(), disk.sites
    seen = set[tuple[frozenset[tuple[str, bytes | None]], bool]]()
    for moment in crashes.moments(disk.events):
        for tree in moment.trees:
            found.crashes += 1
            done = "done" in moment.notes
            if (key := (frozenset(tree.items()), done)) in seen:
                continue
            seen.add(key)
            if problem := writing.problem_of(before, after, tree, done=done):
                found.problem = found.problem or f"after call {moment.number}: {problem}"
                if left_out:
                    return found
    return found


@cache
def made_durable_in(name: str) -> frozenset[str]:
    """Return the places from which one of them makes something durable."""
    writing = WRITINGS[name]
    disk = Disk(writing.before())
    writing.act(disk)
    return frozenset(disk.sites)


def main() -> int:
    """Print a line for each; return 1 where a crash was not survived."""
    results = {name: written(name, limits=FULL) for name in WRITINGS}
    for name, found in results.items():
        print(f"{name}: {found.crashes} crashes, {found.problem or 'all survived'}")
    return 1 if any(found.problem for found in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
