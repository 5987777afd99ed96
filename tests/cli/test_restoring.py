"""The command `restore`: back to what a backup says, told beforehand."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from relcraft.book.restoring import keep_restore, plan_restore
from relcraft.cli.main import relcraft as program
from relcraft.cli.wiring import book_at
from relcraft.domain.changes import drop, put
from relcraft.domain.documents import to_document
from relcraft.domain.records import Me, OtherSide
from relcraft.store.other import read_contents
from tests.books import TODAY, at_noon, person
from tests.cli.conftest import CommandLine
from tests.cli.going_back import as_of, backed_up, mistaken, words
from tests.cli.test_undoing import tables


@pytest.fixture
def backups(relcraft: CommandLine) -> Path:
    return relcraft.book.parent / "backups"


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


@pytest.mark.parametrize("remembers", [True, False], ids=["with its last changes", "without"])
def test_a_merge_with_a_machine_that_has_the_mistake_leaves_what_was_restored(
    filled: CommandLine, tmp_path: Path, remembers: bool
) -> None:
    backup = backed_up(filled)
    mistaken(filled)
    other = json.loads(filled.book.read_text())
    if not remembers:
        del other["_changes"]
    (tmp_path / "laptop.json").write_text(json.dumps(other))
    with book_at(filled.book, lambda: at_noon()() + timedelta(hours=1)) as book:
        keep_restore(book, plan_restore(book, read_contents(backup), "it"))
    restored = words(tables(filled.book))
    assert filled("merge", tmp_path / "laptop.json").code == 0
    found = words(tables(filled.book))
    assert {table: found[table] for table in restored} == restored
    assert "new" not in found["contacts"]


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


def test_a_book_of_a_newer_version_is_left_as_it_is(filled: CommandLine, backups: Path) -> None:
    backup = backed_up(filled)
    mistaken(filled)
    filled.book.write_text(filled.book.read_text().replace('"schema":1', '"schema":99'))
    before = filled.book.read_bytes()
    answer = filled("restore", backup, "--yes")
    assert (answer.code, answer.out) == (1, "")
    assert "it can be read, and not changed" in answer.err
    assert filled.book.read_bytes() == before
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


# The shell


def test_the_shell_completes_days_and_names(filled: CommandLine) -> None:
    as_of(backed_up(filled), "book-2026-03-12.json")
    completing = ShellComplete(program, {}, "relcraft", "_RELCRAFT_COMPLETE")
    words = ["--data-file", str(filled.book), "restore"]
    assert [one.value for one in completing.get_completions(words, "2026-03")] == ["2026-03-12"]
    assert [one.value for one in completing.get_completions(words, "book-2026-03")] == ["book-2026-03-12.json"]
