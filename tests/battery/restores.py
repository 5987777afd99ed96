"""A backup that is put in the place of a damaged book, and one that is saved: every disk that a crash could leave.

Usage: python -m tests.battery.restores [--short]
"""

import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from relcraft.domain.contents import Contents
from relcraft.domain.errors import BadBook
from relcraft.store.backups import save_new
from relcraft.store.other import contents_of
from relcraft.store.reading import Reading
from relcraft.store.restoring import put_in_place
from relcraft.store.saving import read_data, read_file, rendered
from tests.battery.disk import Disk, Tree
from tests.battery.protocols import ADA, GRACE, LINUS, RAJ
from tests.battery.runs import BACKUPS, BOOK, FOLDER, NOW, adding, opened
from tests.battery.runs import Setting as Opened
from tests.battery.states import BOUNDED, FULL, Crashes, Limits

JOURNAL = f"{BOOK}.journal"
COPY = BACKUPS / "book.saved-20260312-143000.json"


def backup() -> Reading:
    """Return what is restored: a book of two people, whose last change can be undone."""
    disk = Disk({str(FOLDER): None})
    book = opened(disk, Opened(), lambda: NOW)
    book.keep(adding(RAJ, LINUS))
    book.close()
    return read_data(disk.tree()[str(BOOK)] or b"", "backup")


def waiting() -> Tree:
    """Return a book at rest in whose journal two changes wait."""
    disk = Disk({str(FOLDER): None})
    book = opened(disk, Opened(), lambda: NOW)
    book.keep(adding(ADA))
    book.fold()
    book.keep(adding(GRACE))
    book.keep(adding(RAJ))
    return disk.tree()


def _cut_book() -> Tree:
    tree = waiting()
    return {str(BOOK): (tree[str(BOOK)] or b"")[:-40]}


def _cut_book_with_journal() -> Tree:
    return {**waiting(), **_cut_book()}


def _damaged_journal() -> Tree:
    tree = waiting()
    return {**tree, JOURNAL: (tree[JOURNAL] or b"").replace(b"Grace", b"Grxce")}


def _both_damaged() -> Tree:
    return {**_damaged_journal(), **_cut_book()}


def _book_gone() -> Tree:
    return {path: data for path, data in waiting().items() if path != str(BOOK)}


def _nothing() -> Tree:
    return {str(FOLDER): None}


def _no_folder() -> Tree:
    return {}


JUST_MADE = "a folder that somebody made a moment ago"
DAMAGES: dict[str, Callable[[], Tree]] = {
    "a book that was cut off": _cut_book,
    "a book that was cut off, and changes that wait": _cut_book_with_journal,
    "changes that wait, damaged": _damaged_journal,
    "both damaged": _both_damaged,
    "changes that wait for a book that is gone": _book_gone,
    "no book": _nothing,
    "no folder": _no_folder,
    JUST_MADE: _no_folder,
}


@dataclass(slots=True)
class Tally:
    """What was looked at, and what was wrong."""

    crashes: int = 0
    disks: int = 0
    wrong: int = 0
    first: str = ""

    def judge(self, problem: str, call: int) -> None:
        """Count one disk."""
        self.disks += 1
        if problem:
            self.wrong += 1
            self.first = self.first or f"after call {call}: {problem}"


def crashed_restore(damage: str, limits: Limits = BOUNDED, left_out: str = "") -> tuple[Tally, set[str]]:
    """Restore over one damage, crashing between any two calls; return the tally, and what made something durable."""
    before = DAMAGES[damage]()
    disk, restored = Disk(before), backup()
    base = deepcopy(disk.nodes)
    disk.left_out = left_out
    if damage == JUST_MADE:
        disk.mkdir(FOLDER)
    put_in_place(disk, BOOK, restored, NOW)
    disk.note("done")
    tally = _walked(disk, base, limits, lambda tree, done: _restore_problem(before, tree, restored, done=done))
    return tally, disk.sites


def crashed_save(limits: Limits = BOUNDED, left_out: str = "") -> tuple[Tally, set[str]]:
    """Save a backup, crashing between any two calls; return the tally, and what made something durable."""
    disk, data = Disk({**waiting(), str(BACKUPS): None}), rendered(backup())
    base = deepcopy(disk.nodes)
    disk.left_out = left_out
    save_new(disk, COPY, data)
    disk.note("done")

    def problem(tree: Tree, done: bool) -> str:
        found = tree.get(str(COPY))
        if done and found != data:
            return "the backup is not there"
        return "" if found in (None, b"", data) else "there is half a backup"

    return _walked(disk, base, limits, problem), disk.sites


def _walked(disk: Disk, base: object, limits: Limits, problem: Callable[[Tree, bool], str]) -> Tally:
    tally, seen, crashes = Tally(), set[tuple[object, bool]](), Crashes(limits)
    crashes.start_with(base)  # type: ignore[arg-type]  # the nodes of a disk
    for moment in crashes.moments(disk.events):
        done = "done" in moment.notes
        for tree in moment.trees:
            tally.crashes += 1
            key = (frozenset(tree.items()), done)
            if key not in seen:
                seen.add(key)
                tally.judge(problem(tree, done), moment.number)
    return tally


def _restore_problem(before: Tree, tree: Tree, restored: Reading, *, done: bool) -> str:
    """Say what is wrong with a disk that a crash left."""
    lost = _lost(before, tree)
    if lost:
        return lost
    there = _opened(Disk(tree))
    wanted = _said(restored)
    if there == wanted:
        return _next_save_problem(tree)
    if done:
        return "the backup is not in its place"
    if there is not None:
        return "a book opens that is neither"
    disk = Disk(tree)
    put_in_place(disk, BOOK, restored, NOW)  # who starts again gets there
    return "" if _opened(disk) == wanted else "a second restore does not help"


def _lost(before: Tree, tree: Tree) -> str:
    for path, ending in ((str(BOOK), ".json"), (JOURNAL, ".json.journal")):
        data = before.get(path)
        kept = [one for name, one in tree.items() if ".damaged-" in name and name.endswith(ending)]
        if data is not None and tree.get(path) != data and data not in kept:
            return f"{path} is gone before it was kept under another name"
    return ""


def _said(reading: Reading) -> Contents:
    return contents_of(reading, "book.json")


def _opened(disk: Disk) -> Contents | None:
    """Return what the next program finds; None where it cannot read it, or where there is nothing."""
    try:
        reading = read_file(BOOK, disk)
    except BadBook:
        return None
    return None if reading.snapshot is None else _said(reading)


def _next_save_problem(tree: Tree) -> str:
    disk = Disk(tree)
    book = opened(disk, Opened(), lambda: NOW)
    if book.read_only:
        return f"it is read-only: {book.read_only}"
    book.keep(adding(GRACE))
    book.close()
    found = _opened(disk)
    names = {str(one["name"]) for one in (found.tables["contacts"] if found else {}).values()}
    return "" if names == {"Raj", "Linus", "Grace Hopper"} else f"after a save there are {sorted(names)}"


def uncaught(limits: Limits = BOUNDED) -> set[str]:
    """Return the places that make something durable and could be left out without any crash bringing it to light."""
    stories: list[Callable[[str], tuple[Tally, set[str]]]] = [
        *(lambda left_out, damage=damage: crashed_restore(damage, limits, left_out) for damage in DAMAGES),
        lambda left_out: crashed_save(limits, left_out),
    ]
    sites = {site for story in stories for site in story("")[1]} - {"elsewhere"}
    return {site for site in sites if not any(story(site)[0].wrong for story in stories)}


def main(words: list[str]) -> int:
    """Print what was looked at; return 0 where every crash was survived."""
    limits, wrong = BOUNDED if "--short" in words else FULL, 0
    for name in (*DAMAGES, "a backup that is saved"):
        tally, _ = crashed_restore(name, limits) if name in DAMAGES else crashed_save(limits)
        wrong += tally.wrong
        print(f"{name}: {tally.crashes} crashes, {tally.disks} disks, {tally.wrong} wrong {tally.first}".rstrip())
    missed = uncaught()
    print(f"places left out, one at a time, that no crash brings to light: {', '.join(sorted(missed)) or 'none'}")
    return 1 if wrong or missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
