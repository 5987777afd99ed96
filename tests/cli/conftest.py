"""A command line with an empty home folder and a book of its own."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from relcraft.cli.main import run
from relcraft.cli.wiring import book_at
from relcraft.domain.changes import put
from relcraft.domain.records import Contact, Record
from relcraft.domain.words import Circle, ExchangeKind
from tests.books import TODAY, at_noon, gave, got, met, person, promised


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command line gave back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object that was printed."""
        return json.loads(self.out)


class CommandLine:
    """Runs `relcraft` over one book, on the fixed day, without starting a program."""

    def __init__(self, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch, book: Path) -> None:
        self._capsys = capsys
        self._patch = patch
        self.book = book

    def __call__(self, *arguments: str | Path, stdin: bytes = b"") -> Answer:
        """Run one command line."""
        return self.plain("--data-file", self.book, "--today", TODAY.isoformat(), *arguments, stdin=stdin)

    def plain(self, *arguments: str | Path, stdin: bytes = b"") -> Answer:
        """Run one command line that names no book."""
        self._patch.setattr("sys.stdin", TextIOWrapper(BytesIO(stdin), encoding="utf-8"))
        self._capsys.readouterr()
        code = run([str(each) for each in arguments])
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)

    def fill(self, *records: Record) -> None:
        """Put records into the book."""
        with book_at(self.book, at_noon()) as book:
            book.change("filled", *(put(None, record) for record in records))

    def stored(self, table: str) -> list[dict[str, Any]]:
        """Return the documents of a table as stock TinyDB reads them."""
        with TinyDB(self.book, encoding="utf-8", access_mode="r") as database:
            return [dict(document) for document in database.table(table)]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty home folder."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in (
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
        "RELCRAFT_DATA_FILE",
        "RELCRAFT_DEBUG",
        "RELCRAFT_PLAIN",
        "_RELCRAFT_COMPLETE",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def relcraft(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CommandLine:
    """A command line over a book that is not there yet."""
    return CommandLine(capsys, monkeypatch, tmp_path / "data" / "book.json")


def day(text: str) -> Any:
    """Return a day."""
    return type(TODAY).fromisoformat(text)


PEOPLE: Sequence[Contact] = (
    person("hopper", "Grace Hopper", organisation="Navy", emails=("grace@navy.example",), circle=Circle.CLOSE),
    person("kelly", "Grace Kelly", city="Monaco"),
    person("ada", "Ada Lovelace", nicknames=("Countess",), tags=("maths", "work"), circle=Circle.ACTIVE),
    person("raj", "Raj Patel", notes="Climbs.\nVegetarian."),
    person("old", "Old Friend", archived=True),
)


@pytest.fixture
def filled(relcraft: CommandLine) -> CommandLine:
    """A command line over a book with two Graces, Ada, Raj, and what passed between you."""
    relcraft.fill(
        *PEOPLE,
        met("i1", day("2026-11-20"), "hopper", "raj", summary="CV, compilers, sea"),
        met("i2", day("2026-08-01"), "ada", summary="the engine"),
        met("i3", day("2026-12-04"), "ada", summary="a plan"),
        gave("e1", day("2026-11-20"), "hopper"),
        got("e2", day("2026-10-12"), "hopper", ExchangeKind.INTRODUCTION),
        promised("f1", day("2026-11-27"), "hopper", "send the paper"),
        promised("f2", day("2026-11-24"), None, "renew the passport"),
    )
    return relcraft


Write = Callable[[str], Path]
"""Writes a config file and returns where it is."""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return what writes a config file and returns where it is."""

    def written(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, "utf-8")
        return path

    return written
