"""Prints how long it takes to bring another laptop's book into one's own, both changed since they were one.

Usage: python -m tests.bench.merge_bench [CONTACTS INTERACTIONS]
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from time import perf_counter

from relcraft.book.open import Book
from relcraft.domain.changes import put
from relcraft.domain.records import Contact
from relcraft.store import open_store
from relcraft.store.other import read_contents
from relcraft.sync.merging import keep_merge, plan_merge
from tests.bench.big_book import write

CHANGES = (100, 2_000)
"""How many people each laptop edits; each adds as many."""


def now() -> datetime:
    return datetime.now(UTC)


def open_book(path: Path) -> Book:
    return Book(open_store(path, now=now), now)


def live_on(path: Path, first: int, count: int, **fields: str) -> None:
    """Edit and add people on one laptop."""
    book = open_book(path)
    people = [book.contact(f"{number:032x}") for number in range(first, first + count)]
    edits = [put(one, replace(one, updated=now(), **fields)) for one in people]  # type: ignore[arg-type]  # texts all
    new = [put(None, Contact(uid=book.new_uid(), name=f"New {first} {number}")) for number in range(count)]
    book.change("a week", *edits, *new)
    book.close()


def measure(folder: Path, contacts: int, interactions: int, changes: int) -> str:
    """Return the figures for so many changes on both laptops, half of the edits of the same people."""
    ours, theirs = folder / "ours.json", folder / "theirs.json"
    write(ours, contacts, interactions)
    open_book(ours).close()
    copy(ours, theirs)
    live_on(ours, 0, changes, city="Paris")
    live_on(theirs, changes // 2, changes, role="Countess")
    start = perf_counter()
    contents, book = read_contents(theirs), open_book(ours)
    read = perf_counter()
    plan = plan_merge(book, contents)
    planned = perf_counter()
    change = keep_merge(book, plan)
    kept = perf_counter()
    book.close()
    assert change is not None
    assert not plan.conflicts
    return (
        f"{contacts} contacts, {interactions} interactions, {plan.summary}: both read in {read - start:.2f} s, "
        f"planned in {planned - read:.2f} s, kept in {kept - planned:.2f} s, {kept - start:.2f} s in all"
    )


def main() -> None:
    contacts, interactions = (int(one) for one in sys.argv[1:3] or ("10000", "30000"))
    for changes in CHANGES:
        with TemporaryDirectory() as folder:
            print(measure(Path(folder), contacts, interactions, min(changes, contacts // 2)))


if __name__ == "__main__":
    main()
