"""The command `backup`: the whole book as one more file."""

import json
import stat
from datetime import date, datetime
from pathlib import Path

import pytest

from relcraft.domain.changes import put
from relcraft.store.backups import SAVED
from tests.books import at_noon, person
from tests.cli.conftest import CommandLine
from tests.cli.going_back import as_of, backed_up, mistaken
from tests.cli.test_undoing import tables


@pytest.fixture
def backups(relcraft: CommandLine) -> Path:
    return relcraft.book.parent / "backups"


def test_a_backup_is_a_whole_book_and_it_is_said_where_it_is(filled: CommandLine, backups: Path) -> None:
    before = tables(filled.book)
    answer = filled("backup")
    assert answer.code == 0
    path = Path(answer.out.strip())
    assert path.parent == backups
    datetime.strptime(path.name, f"book.{SAVED}-%Y%m%d-%H%M%S.json")
    assert "Everything up to now is in it: 5 contacts, 3 interactions, 2 exchanges, 2 follow-ups." in answer.err
    assert tables(path) == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(backups.stat().st_mode) == 0o700
    assert filled.plain("--data-file", path, "check").code == 0


def test_what_waits_in_the_journal_is_in_a_backup_and_the_book_is_left_alone(filled: CommandLine) -> None:
    from relcraft.store import open_store
    from tests.store.changes import crashed

    keeper = open_store(filled.book, now=at_noon())
    from relcraft.domain.changes import Change

    keeper.keep(Change(title="late", ops=(put(None, person("late", "Late Comer")),), at=at_noon()()))
    crashed(keeper)
    before = {path.name: path.read_bytes() for path in filled.book.parent.iterdir() if path.is_file()}
    assert "late" in tables(backed_up(filled))["contacts"]
    assert {name: (filled.book.parent / name).read_bytes() for name in before} == before


def test_a_backup_never_overwrites(filled: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "mine.json"
    assert filled("backup", "-o", target).code == 0
    before = target.read_bytes()
    answer = filled("backup", "-o", target)
    assert (answer.code, answer.out, answer.err) == (1, "", f"{target} is there already: nothing was written.\n")
    assert target.read_bytes() == before
    assert len({backed_up(filled) for _ in range(3)}) == 3, "of one second, each has a name of its own"


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("data/book.json", "belongs to the book itself"),
        ("data/book.json.journal", "belongs to the book itself"),
        ("none/mine.json", "There is no folder"),
        ("data", "is a folder"),
    ],
)
def test_a_backup_goes_nowhere_else(filled: CommandLine, tmp_path: Path, target: str, why: str) -> None:
    before = filled.book.read_bytes()
    answer = filled("backup", "-o", tmp_path / target)
    assert (answer.code, answer.out) == (1, "")
    assert why in answer.err
    assert filled.book.read_bytes() == before


def test_a_backup_goes_to_the_standard_output(filled: CommandLine) -> None:
    answer = filled("backup", "-o", "-")
    assert answer.code == 0
    assert len(json.loads(answer.out)["contacts"]) == 5


def test_of_no_book_there_is_no_backup(relcraft: CommandLine, backups: Path) -> None:
    answer = relcraft("backup")
    assert (answer.code, answer.out) == (1, "")
    assert "There is no book at" in answer.err
    assert not backups.exists()


def test_a_book_that_is_write_protected_is_backed_up(filled: CommandLine, tmp_path: Path) -> None:
    filled.book.chmod(0o400)
    assert filled("backup", "-o", tmp_path / "copy.json").code == 0
    assert tables(tmp_path / "copy.json") == tables(filled.book)


def test_the_backups_are_listed_the_newest_first(filled: CommandLine, backups: Path) -> None:
    assert filled("backup", "--list").err == f"There is no backup in {backups} yet. relcraft backup makes one.\n"
    as_of(backed_up(filled), "book-2026-03-12.json")
    mistaken(filled)
    as_of(backed_up(filled), "book.saved-20260314-091500.json")
    (backups / "book-2026-03-13.json").write_text('{"contacts": {"1": {"na')
    (backups / "book.saved-20260101-000000.json.age").write_text("age-encryption.org/v1\n")
    (backups / f"book-{datetime.now():%Y-%m-%d}.json").unlink(missing_ok=True)
    listed = filled("backup", "--list").out.splitlines()
    assert [line.split("  ")[0] for line in listed] == [
        "Sat 14 Mar 2026, 09:15",
        "Fri 13 Mar 2026",
        "Thu 12 Mar 2026",
        "Thu 1 Jan 2026, 00:00",
    ]
    assert "made by you" in listed[0]
    assert "5 contacts" in listed[0]
    assert "as the day began" in listed[1]
    assert "book-2026-03-13.json cannot be read as JSON" in listed[1]
    assert listed[3].endswith("sealed with a passphrase")
    assert filled("restore").out.splitlines() == listed
    found = filled("backup", "--list", "--json").json["backups"]
    assert [(one["day"], one["people"], one["readable"], one["sealed"]) for one in found] == [
        ("2026-03-14", 5, True, False),
        ("2026-03-13", None, False, False),
        ("2026-03-12", 5, True, False),
        ("2026-01-01", None, None, True),
    ]
    assert found[0]["size"] == (backups / found[0]["name"]).stat().st_size
    assert filled("restore", "--json").json["backups"] == found


@pytest.mark.parametrize(
    "arguments",
    [
        ("backup", "--list", "--encrypt"),
        ("backup", "--list", "-o", "x.json"),
        ("backup", "--passphrase-file", "x"),
        ("restore", "--yes"),
        ("restore", "--dry-run"),
    ],
)
def test_what_makes_no_sense_together_is_wrong_usage(filled: CommandLine, arguments: tuple[str, ...]) -> None:
    answer = filled(*arguments)
    assert (answer.code, answer.out) == (2, "")


def test_a_pretended_day_makes_no_backup_of_that_day(filled: CommandLine, backups: Path) -> None:
    for day in ("2031-05-05", "1999-01-01"):
        answer = filled.plain("--data-file", filled.book, "--today", day, "add", "coffee with Ada")
        assert answer.code == 0, answer.err
    (only,) = backups.iterdir()
    assert abs((date.fromisoformat(only.stem.removeprefix("book-")) - date.today()).days) <= 1
