"""Prints what one durable change costs beside the floor, a bare append and fdatasync of the same bytes in the same run.

And beside SQLite (write-ahead log, full synchronisation), with the same records in a table, inserting the same one.

Usage: python -m tests.bench.store_bench [CHANGES]
"""

import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import orjson

from relcraft.domain.changes import Change, put
from relcraft.domain.documents import Document, to_document
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.words import InteractionKind
from relcraft.store import open_store
from relcraft.store.files import Files
from tests.bench.big_book import documents

SIZES = ((500, 10_000), (10_000, 200_000))


def seconds(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def now() -> datetime:
    return datetime.now(UTC)


class Floor:
    """Appends as much as a change does, and nothing more."""

    def __init__(self, folder: Path) -> None:
        self.fd = os.open(folder / "floor", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def append(self, size: int) -> None:
        os.write(self.fd, b"x" * size)
        Files().sync_data(self.fd)


class Sqlite:
    """Keeps the same records in a table of a database, and inserts one more in a transaction of its own."""

    def __init__(self, folder: Path, tables: dict[str, dict[str, Any]]) -> None:
        self.database = sqlite3.connect(folder / "records.sqlite", isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute("CREATE TABLE records (name TEXT, uid TEXT, document TEXT, PRIMARY KEY (name, uid))")
        rows = [(table, row, orjson.dumps(one)) for table, some in tables.items() for row, one in some.items()]
        self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO records VALUES (?, ?, ?)", rows)
        self.database.execute("COMMIT")

    def insert(self, uid: str, document: Document) -> None:
        self.database.execute("INSERT INTO records VALUES ('interactions', ?, ?)", (uid, orjson.dumps(document)))


def measure(contacts: int, interactions: int, changes: int) -> None:
    with TemporaryDirectory(dir=Path.cwd()) as name:  # the disk of the project, not one in memory
        folder = Path(name)
        path = folder / "book.json"
        tables = documents(contacts, interactions)
        path.write_bytes(orjson.dumps(tables))
        opening = seconds(lambda: open_store(path, now=now).load())
        book = open_store(path, now=now)
        book.load()
        floor, sqlite, journal = Floor(folder), Sqlite(folder, tables), path.with_name(path.name + ".journal")
        ours, bare, lite, first, size = [], [], [], 0.0, 0
        coffee = Interaction(
            uid="", date=now().date(), kind=InteractionKind.COFFEE, contacts=("0" * 32,), summary="y" * 400
        )
        for number in range(changes):
            met = replace(coffee, uid=f"{number:032}")
            change = Change(title="coffee", ops=(put(None, met),), at=now())
            before = journal.stat().st_size if journal.exists() else 0
            took = seconds(lambda change=change: book.keep(change))  # type: ignore[misc]  # a lambda with a default
            if not number:
                first = took
                continue
            size = journal.stat().st_size - before
            ours.append(took)
            bare.append(seconds(lambda size=size: floor.append(size)))  # type: ignore[misc]  # as above
            lite.append(seconds(lambda met=met: sqlite.insert(met.uid, to_document(met))))  # type: ignore[misc]  # as above
        looking = median(seconds(book.news) for _ in range(200))
        folding = seconds(book.fold)
        after_fold = seconds(
            lambda: book.keep(Change(title="n", ops=(put(None, Contact(uid="n", name="N")),), at=now()))
        )
        book.close()
        print(
            f"{contacts} contacts, {interactions} interactions, {path.stat().st_size / 1e6:.1f} MB, {size} bytes a line"
        )
        print(
            f"  one durable change   {median(ours) * 1e6:8.0f} us, floor {median(bare) * 1e6:6.0f} us,"
            f" ratio {median(ours) / median(bare):.2f} (medians of {len(ours)})"
        )
        print(f"  SQLite, the same     {median(lite) * 1e6:8.0f} us, ours to it {median(ours) / median(lite):.2f}")
        print(f"  the first one        {first * 1e6:8.0f} us, after a fold {after_fold * 1e6:6.0f} us")
        print(f"  a look for news      {looking * 1e6:8.1f} us")
        print(f"  opening {opening * 1e3:.0f} ms, folding {folding * 1e3:.0f} ms")


if __name__ == "__main__":
    for size_of_book in SIZES:
        measure(*size_of_book, int(sys.argv[1]) if len(sys.argv) > 1 else 500)
