"""A book in a folder of its own, and terminals to open it in."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from relcraft.cli.wiring import book_at
from relcraft.domain.changes import put
from relcraft.domain.records import Record
from tests.books import TODAY, at_noon, person
from tests.pty.terminal import Terminal

_NOT_OURS = ("RELCRAFT", "XDG_", "NO_COLOR", "PYTHONUNBUFFERED")
"""What in the environment of the tests would change how the program behaves."""
READ_WITH_STOCK_TINYDB = """
import json, sys
from tinydb import TinyDB
with TinyDB(sys.argv[1], encoding="utf-8") as database:
    print(json.dumps({table: list(database.table(table)) for table in database.tables()}))
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A book with Grace and Ada in it, and what one does with it from a shell."""

    book: Path
    environment: Mapping[str, str]
    terminals: ExitStack = field(default_factory=ExitStack)

    def arguments(self, today: date = TODAY) -> tuple[str | Path, ...]:
        """Return what every command line begins with."""
        return "--data-file", self.book, "--today", today.isoformat()

    def fill(self, *records: Record) -> None:
        """Put records into the book."""
        with book_at(self.book, at_noon()) as book:
            book.change("filled", *(put(None, record) for record in records))

    def open(
        self, *arguments: str, columns: int = 100, rows: int = 30, instead: str = "", today: date = TODAY
    ) -> Terminal:
        """Run one command line in a terminal, on a day; without arguments the screen opens."""
        terminal = Terminal(
            (*self.arguments(today), *arguments),
            environment=self.environment,
            columns=columns,
            rows=rows,
            instead=instead,
        )
        return self.terminals.enter_context(terminal)

    def run(self, *arguments: str, today: date = TODAY) -> "subprocess.CompletedProcess[str]":
        """Run one command line without a terminal, and wait for its end."""
        command = [sys.executable, "-m", "relcraft", *map(str, self.arguments(today)), *arguments]
        return subprocess.run(command, env=dict(self.environment), capture_output=True, text=True, check=False)

    def stored(self) -> dict[str, list[dict[str, Any]]]:
        """Return the documents by table, as stock TinyDB reads them in another process."""
        import json

        command = [sys.executable, "-c", READ_WITH_STOCK_TINYDB, str(self.book)]
        tables: dict[str, list[dict[str, Any]]] = json.loads(subprocess.check_output(command))
        return tables

    @property
    def at_rest(self) -> bool:
        """Whether no journal is left beside the book."""
        return not self.book.with_name(f"{self.book.name}.journal").exists()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk in an empty home folder."""
    for name in ("home", "tmp"):
        (tmp_path / name).mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
    environment = {**kept, "HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp"), "PYTHONWARNINGS": "default"}
    desk = Desk(tmp_path / "book.json", environment)
    desk.fill(person("grace", "Grace Hopper"), person("ada", "Ada Lovelace"))
    with desk.terminals:
        yield desk
