"""The commands `backup` and `restore`: the whole book as a file, and the way back to it."""

import json
import os
import stat
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete

from relcraft.cli.main import relcraft as program
from relcraft.cli.wiring import book_at
from relcraft.domain.changes import drop, put
from relcraft.domain.documents import to_document
from relcraft.domain.records import Me, OtherSide
from relcraft.sealing import is_sealed, unseal
from relcraft.store.backups import SAVED
from tests import age_v1
from tests.books import TODAY, at_noon, person
from tests.cli.conftest import CommandLine
from tests.cli.test_undoing import tables

REPLY = "Restored: the backup of "


@pytest.fixture
def backups(relcraft: CommandLine) -> Path:
    return relcraft.book.parent / "backups"


def backed_up(relcraft: CommandLine) -> Path:
    """Make a backup, and return where it is said to be."""
    answer = relcraft("backup")
    assert answer.code == 0, answer.err
    return Path(answer.out.strip())


def as_of(backup: Path, name: str) -> Path:
    """Give a backup the name of another moment."""
    return backup.rename(backup.with_name(name))


def words(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the records of a book without when they were written."""
    return {
        table: {uid: {**one, "created": "", "updated": ""} for uid, one in records.items()}
        for table, records in found.items()
    }


def mistaken(relcraft: CommandLine) -> None:
    """Do what one regrets: somebody is gone, somebody has another name, somebody is new."""
    with book_at(relcraft.book, at_noon()) as book:
        old = book.contact("hopper")
        changes = put(old, replace(old, name="Grace Brewster", notes="?")), drop(book.contact("kelly"))
        book.change("a mistake", *changes, put(None, person("new", "Nobody New")), drop(book.interaction("i2")))


# Backup


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


# Restore


def test_a_restore_brings_everything_back_and_undo_takes_it_back(filled: CommandLine, backups: Path) -> None:
    then = tables(filled.book)
    as_of(backed_up(filled), "book-2026-03-12.json")
    mistaken(filled)
    present = tables(filled.book)
    answer = filled("restore", "2026-03-12", "--yes")
    assert answer.code == 0, answer.err
    assert words(tables(filled.book)) == words(then)
    assert answer.out.splitlines() == [
        "The backup of Thu 12 Mar 2026, against the book as it is now:",
        "  would go: 1 contact: Nobody New",
        "  would be as before: 1 contact: Grace Brewster (name, notes)",
        "  would come back: 1 contact: Grace Kelly",
        "  would come back: 1 interaction: coffee with Ada Lovelace",
    ]
    (saved,) = backups.glob("book.before-restore-*.json")
    assert f"Restored: the backup of Thu 12 Mar 2026. The book as it was before is kept in {saved}." in answer.err
    assert "relcraft undo takes the restore back." in answer.err
    assert tables(saved) == present
    answer = filled("undo")
    assert (answer.code, answer.err) == (0, "Undone: restore of the backup of Thu 12 Mar 2026.\n")
    assert tables(filled.book) == present
    assert filled("redo").code == 0
    assert words(tables(filled.book)) == words(then)


def test_a_second_restore_changes_nothing(filled: CommandLine, backups: Path) -> None:
    as_of(backed_up(filled), "book-2026-03-12.json")
    mistaken(filled)
    assert filled("restore", "2026-03-12", "--yes").code == 0
    before = filled.book.read_bytes()
    answer = filled("restore", "2026-03-12", "--yes")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == ("The book says the same as the backup of Thu 12 Mar 2026: there is nothing to restore.\n")
    assert filled.book.read_bytes() == before
    assert len(list(backups.glob("book.before-restore-*"))) == 1


def test_what_comes_back_is_the_latest_word_and_what_goes_leaves_tombstones(filled: CommandLine) -> None:
    backup = backed_up(filled)
    mistaken(filled)
    assert filled("restore", backup, "--yes").code == 0
    found = tables(filled.book)["contacts"]
    now = f"{TODAY.isoformat()}T"
    assert {uid for uid, one in found.items() if one.get("updated", "").startswith(now)} == {"hopper", "kelly"}
    stones = json.loads(filled.book.read_text())["_tombstones"].values()
    assert [(one["table"], one["uid"]) for one in stones] == [("contacts", "new")]


def test_conflicts_that_wait_still_wait_and_no_settled_one_comes_back(filled: CommandLine) -> None:
    settled = OtherSide(uid="settled", table="contacts", of="ada", document=to_document(person("ada", "Ada King")))
    filled.fill(settled)
    backup = backed_up(filled)
    with book_at(filled.book, at_noon()) as book:
        waits = replace(settled, uid="waits", of="raj")
        book.change("settled", drop(settled), put(None, waits), drop(book.contact("kelly")))
    assert filled("restore", backup, "--yes").code == 0
    found = tables(filled.book)
    assert set(found["conflicts"]) == {"waits"}
    assert "kelly" in found["contacts"]


def test_tables_of_other_programs_stay(filled: CommandLine) -> None:
    backup = backed_up(filled)
    read = json.loads(filled.book.read_text())
    read["recipes"] = {"1": {"soup": "leek"}}
    filled.book.write_text(json.dumps(read))
    mistaken(filled)
    assert filled("restore", backup, "--yes").code == 0
    assert json.loads(filled.book.read_text())["recipes"] == {"1": {"soup": "leek"}}


def test_a_dry_run_shows_and_changes_nothing(filled: CommandLine, backups: Path) -> None:
    backup = backed_up(filled)
    mistaken(filled)
    before = filled.book.read_bytes()
    answer = filled("restore", backup, "--dry-run")
    assert (answer.code, len(answer.out.splitlines())) == (0, 5)
    assert "Nothing was restored: this was a dry run." in answer.err
    found = filled("restore", backup, "--dry-run", "--json").json
    assert {key: found[key] for key in ("back", "gone", "changed")} == {
        "back": {"contacts": 1, "interactions": 1},
        "gone": {"contacts": 1},
        "changed": {"contacts": 1},
    }
    assert filled.book.read_bytes() == before
    assert not list(backups.glob("book.before-restore-*"))


def test_without_a_terminal_and_without_yes_nothing_is_restored_and_it_is_said_how(filled: CommandLine) -> None:
    backup = backed_up(filled)
    mistaken(filled)
    before = filled.book.read_bytes()
    answer = filled("restore", backup)
    assert answer.code == 2
    assert "--yes restores without asking" in answer.err
    assert "would come back" in answer.out
    assert filled.book.read_bytes() == before


def test_of_many_ten_are_named(filled: CommandLine) -> None:
    backup = backed_up(filled)
    filled.fill(*(person(f"p{number:02}", f"Person {number:02}") for number in range(25)))
    answer = filled("restore", backup, "--dry-run")
    (line,) = (line for line in answer.out.splitlines() if "would go" in line)
    assert line == f"  would go: 25 contacts: {', '.join(f'Person {n:02}' for n in range(10))} and 15 more"


def test_what_one_says_of_oneself_comes_back(filled: CommandLine) -> None:
    filled.fill(Me(uid="me", name="Camille"))
    backup = backed_up(filled)
    assert filled("me", "--name", "Somebody").code == 0
    assert "would be as before: what you say of yourself\n" in filled("restore", backup, "--yes").out
    assert [one["name"] for one in filled.stored("me")] == ["Camille"]


def test_a_day_means_its_newest_backup(filled: CommandLine) -> None:
    as_of(backed_up(filled), "book-2026-03-12.json")
    mistaken(filled)
    as_of(backed_up(filled), "book.saved-20260312-170000.json")
    filled.fill(person("later", "Later"))
    answer = filled("restore", "2026-03-12", "--dry-run")
    assert answer.out.splitlines() == [
        "The backup of Thu 12 Mar 2026, 17:00, against the book as it is now:",
        "  would go: 1 contact: Later",
    ]


@pytest.mark.parametrize(
    ("which", "why"),
    [
        ("2026-03-13", "There is no backup of Fri 13 Mar 2026. There are some of 2026-03-12."),
        ("2026-02-30", "2026-02-30 is no day of the calendar."),
        ("nothing.json", 'There is no backup "nothing.json": a day such as 2026-03-12 was expected, or a file.'),
        ("1999-12-31", "There are some of 2026-03-12."),
        (".", ". is no file"),
    ],
)
def test_what_is_no_backup_is_told(filled: CommandLine, backups: Path, which: str, why: str) -> None:
    as_of(backed_up(filled), "book-2026-03-12.json")
    for other in backups.iterdir():
        if other.name != "book-2026-03-12.json":
            other.unlink()
    answer = filled("restore", which, "--yes")
    assert (answer.code, answer.out) == (1, "")
    assert why in answer.err


def test_a_backup_is_known_by_its_name_alone(filled: CommandLine) -> None:
    backup = backed_up(filled)
    mistaken(filled)
    assert filled("restore", backup.name, "--yes").code == 0


def test_the_book_itself_and_an_export_are_no_backups(filled: CommandLine, tmp_path: Path) -> None:
    assert "belongs to the book itself" in filled("restore", filled.book, "--yes").err
    export = tmp_path / "export.json"
    assert filled("export", "-o", export).code == 0
    answer = filled("restore", export, "--yes")
    assert (answer.code, answer.err) == (1, "export.json is an export: restore takes a book, or a backup of one.\n")


def test_a_backup_of_a_newer_version_is_told(filled: CommandLine) -> None:
    backup = backed_up(filled)
    backup.write_text(backup.read_text().replace('"schema":1', '"schema":99'))
    before = filled.book.read_bytes()
    answer = filled("restore", backup, "--yes")
    assert answer.code == 1
    assert "was written by a newer Relcraft" in answer.err
    assert filled.book.read_bytes() == before


def test_a_damaged_backup_is_told(filled: CommandLine) -> None:
    backup = backed_up(filled)
    whole = backup.read_bytes()
    backup.write_bytes(whole.replace(b"Grace Kelly", b"Grace KelLy"))
    answer = filled("restore", backup, "--dry-run")
    assert answer.code == 0
    assert "is not as Relcraft wrote it: something changed or damaged it since." in answer.err
    assert "would be as before: 1 contact: Grace Kelly (name)" in answer.out
    backup.write_bytes(whole[:-100])
    assert filled("restore", backup, "--yes").code == 1


def test_a_book_that_is_write_protected_is_told(filled: CommandLine, backups: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    backup = backed_up(filled)
    mistaken(filled)
    filled.book.chmod(0o400)
    answer = filled("restore", backup, "--yes")
    assert answer.code == 1
    assert "write-protected" in answer.err
    assert not list(backups.glob("book.before-restore-*"))


def test_a_restore_without_room_for_the_present_changes_nothing(
    filled: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from relcraft.cli import backups as module

    backup = backed_up(filled)
    mistaken(filled)
    before = tables(filled.book)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "save_new", full)
    answer = filled("restore", backup, "--yes")
    assert answer.code == 1
    assert "the disk is full" in answer.err
    assert tables(filled.book) == before


def test_a_restore_too_large_for_undo_says_the_way_back(filled: CommandLine, backups: Path) -> None:
    backup = backed_up(filled)
    filled.fill(*(person(f"p{number}", f"P{number}", notes="x" * 100_000) for number in range(45)))
    present = tables(filled.book)
    answer = filled("restore", backup, "--yes")
    (saved,) = backups.glob("book.before-restore-*.json")
    assert f"It is too much to be undone later: relcraft restore {saved.name} is the way back." in answer.err
    assert filled("undo").code == 1
    assert filled("restore", saved.name, "--yes").code == 0
    assert words(tables(filled.book)) == words(present)


def test_another_open_program_sees_a_restore_as_any_change(filled: CommandLine) -> None:
    backup = backed_up(filled)
    mistaken(filled)
    with book_at(filled.book, at_noon()) as book:
        assert book.get("contacts", "kelly") is None
        assert filled("restore", backup, "--yes").code == 0
        assert book.look_for_news()
        assert book.contact("kelly").name == "Grace Kelly"
        assert book.get("contacts", "new") is None
        assert book.history.last_done().title.startswith("restore of the backup")
        book.undo()
        assert book.get("contacts", "kelly") is None


# Where the book cannot be read


def test_a_damaged_book_is_kept_aside_and_the_backup_put_in_its_place(filled: CommandLine, backups: Path) -> None:
    then = tables(filled.book)
    backup = as_of(backed_up(filled), "book-2026-03-12.json")
    damaged = filled.book.read_bytes()[:-300]
    filled.book.write_bytes(damaged)
    assert filled("list", "contacts").code == 1
    answer = filled("restore", "2026-03-12")
    assert answer.code == 2, "nobody can be asked"
    assert "What is there now would be kept under another name." in answer.out
    assert filled.book.read_bytes() == damaged
    answer = filled("restore", "2026-03-12", "--yes")
    assert answer.code == 0, answer.err
    assert "book.json cannot be read as JSON" in answer.out
    assert "In its place there would be the backup of Thu 12 Mar 2026: 5 contacts" in answer.out
    (aside,) = filled.book.parent.glob("book.damaged-*.json")
    assert f"What was there is kept in {aside}." in answer.err
    assert aside.read_bytes() == damaged
    assert tables(filled.book) == then
    assert backup.exists()
    assert filled("check").code == 0
    assert filled("list", "contacts").code == 0


def test_a_book_that_is_gone_comes_back_with_its_last_changes(filled: CommandLine) -> None:
    then = tables(filled.book)
    backup = backed_up(filled)
    filled.book.unlink()
    answer = filled("restore", backup, "--yes")
    assert answer.code == 0, answer.err
    assert "There is no book at" in answer.out
    assert tables(filled.book) == then
    assert "filled" in filled("undo", "--list").out


def test_a_dry_run_leaves_a_damaged_book_as_it_is(filled: CommandLine) -> None:
    backup = backed_up(filled)
    filled.book.write_bytes(b"{")
    answer = filled("restore", backup, "--dry-run")
    assert (answer.code, filled.book.read_bytes()) == (0, b"{")
    assert filled("restore", backup, "--dry-run", "--json").json["instead_of"].startswith("book.json cannot be read")


def test_a_folder_in_the_place_of_the_book_is_told(filled: CommandLine) -> None:
    backup = backed_up(filled)
    filled.book.unlink()
    filled.book.mkdir()
    answer = filled("restore", backup, "--yes")
    assert answer.code == 1
    assert "it is a folder" in answer.err


# Sealed


@pytest.fixture(autouse=True)
def _sealed_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seal with little work: that it takes a second is held elsewhere."""
    for command in ("backups", "exporting"):
        monkeypatch.setattr(f"relcraft.cli.{command}.seal", age_v1.sealed)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text("correct horse\nand a line that is no part of it\n")
    return path


def test_a_sealed_backup_is_sealed_and_restored(filled: CommandLine, backups: Path, secret: Path) -> None:
    then = tables(filled.book)
    answer = filled("backup", "--encrypt", "--passphrase-file", secret, "--json")
    assert answer.code == 0, answer.err
    path = Path(answer.json["path"])
    assert path.name.endswith(".json.age")
    assert is_sealed(path.read_bytes())
    assert [one.name for one in backups.iterdir() if b"Grace" in one.read_bytes()] == [
        one.name for one in backups.iterdir() if one.name.startswith("book-")
    ], "nothing unsealed beside it but the copies of days"
    assert json.loads(unseal(path.read_bytes(), "correct horse"))["contacts"].keys() == {"1", "2", "3", "4", "5"}
    mistaken(filled)
    wrong = filled("restore", path, "--yes", "--passphrase-file", "-", stdin=b"wrong\n")
    assert wrong.code == 1
    assert "that is another passphrase" in wrong.err
    answer = filled("restore", path.name, "--yes", "--passphrase-file", "-", stdin=b"correct horse\n")
    assert answer.code == 0, answer.err
    assert words(tables(filled.book)) == words(then)


def test_a_sealed_export_is_sealed(filled: CommandLine, tmp_path: Path, secret: Path) -> None:
    plain, closed = tmp_path / "plain.json", tmp_path / "closed.json.age"
    assert filled("export", "-o", plain).code == 0
    answer = filled("export", "--encrypt", "--passphrase-file", secret, "-o", closed)
    assert (answer.code, answer.err) == (0, f"12 records written to {closed}.\n")
    assert is_sealed(closed.read_bytes())
    assert unseal(closed.read_bytes(), "correct horse") == plain.read_bytes()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o600
    assert filled("export", "--passphrase-file", secret).code == 2


def test_without_a_terminal_no_passphrase_is_asked_for(filled: CommandLine, backups: Path) -> None:
    answer = filled("backup", "--encrypt")
    assert (answer.code, answer.out) == (1, "")
    assert "--passphrase-file FILE reads it from a file" in answer.err
    assert not list(backups.glob("book.saved-*"))


@pytest.mark.parametrize(
    ("stdin", "why"),
    [
        (b"", "The passphrase in the standard input is empty"),
        (b"\nsecond line", "The passphrase in the standard input is empty"),
        (b"\xff\xfe\n", "no text in UTF-8"),
        (b"x" * 20_000, "too long"),
    ],
)
def test_what_is_no_passphrase_is_told(filled: CommandLine, stdin: bytes, why: str) -> None:
    answer = filled("backup", "--encrypt", "--passphrase-file", "-", stdin=stdin)
    assert (answer.code, answer.out) == (1, "")
    assert why in answer.err


def test_a_passphrase_file_that_is_not_there_is_told(filled: CommandLine, tmp_path: Path) -> None:
    answer = filled("backup", "--encrypt", "--passphrase-file", tmp_path / "none")
    assert answer.code == 1
    assert "none could not be read: no such file or directory." in answer.err


# The shell


def test_the_shell_completes_days_and_names(filled: CommandLine) -> None:
    as_of(backed_up(filled), "book-2026-03-12.json")
    completing = ShellComplete(program, {}, "relcraft", "_RELCRAFT_COMPLETE")
    words = ["--data-file", str(filled.book), "restore"]
    assert [one.value for one in completing.get_completions(words, "2026-03")] == ["2026-03-12"]
    assert [one.value for one in completing.get_completions(words, "book-2026-03")] == ["book-2026-03-12.json"]
