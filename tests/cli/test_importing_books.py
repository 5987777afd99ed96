"""`relcraft import` of our own files: an export, another book, a sealed one, by name or through a pipe."""

from pathlib import Path

import pytest

from relcraft.formats.relcraft_json import export_json
from tests import age_v1
from tests.books import TODAY, met, person
from tests.cli.conftest import CommandLine


@pytest.fixture
def exported(filled: CommandLine, tmp_path: Path) -> Path:
    """The export of a filled book."""
    path = tmp_path / "all.json"
    assert filled("export", "-o", path).code == 0
    return path


@pytest.fixture
def other(filled: CommandLine, tmp_path: Path) -> CommandLine:
    """A command line over another book, which is empty."""
    empty = CommandLine(filled._capsys, filled._patch, tmp_path / "other" / "book.json")
    assert empty("list", "contacts").code == 0
    return empty


def test_an_export_comes_in_whole_and_comes_out_byte_for_byte(other: CommandLine, exported: Path) -> None:
    report = other("import", exported, "--json").json
    assert (report["format"], report["read"], report["added"]) == ("relcraft", 12, 12)
    assert report["made"] == {"contacts": 5, "exchanges": 2, "follow_ups": 2, "interactions": 3}
    assert (report["updated"], report["unchanged"], report["skipped"], report["ambiguous"]) == (0, 0, [], [])
    out = exported.with_name("again.json")
    assert other("export", "-o", out).code == 0
    assert out.read_bytes() == exported.read_bytes()


def test_a_second_time_nothing_is_added_and_one_undo_takes_all_back(other: CommandLine, exported: Path) -> None:
    assert other("import", exported).out.startswith(
        "12 read: 12 added, 0 updated, 0 unchanged, 0 skipped, 0 ambiguous\nnew: 5 contacts, 2 exchanges, "
    )
    assert other("import", exported).out == "12 read: 0 added, 0 updated, 12 unchanged, 0 skipped, 0 ambiguous\n"
    assert other("undo").code == 0
    assert other.stored("contacts") == []


def test_a_dry_run_writes_nothing(other: CommandLine, exported: Path) -> None:
    answer = other("import", exported, "--dry-run")
    assert answer.out.startswith("12 read: 12 added")
    assert answer.err == "Nothing was written: this was a dry run.\n"
    assert other("list", "contacts", "--json").json == {"contacts": []}


def test_another_book_and_a_pipe_come_in_as_well(filled: CommandLine, other: CommandLine, exported: Path) -> None:
    assert other("import", filled.book, "--json").json["added"] == 12
    assert other("import", "-", "--json", stdin=exported.read_bytes()).json["unchanged"] == 12
    assert other("import", "-", "--json", stdin=filled.book.read_bytes()).json["unchanged"] == 12


def test_what_both_say_differently_is_told_and_waits(filled: CommandLine, other: CommandLine, exported: Path) -> None:
    other.fill(person("ada", "Ada King", updated=person("x", "x").updated.replace(year=2030)), met("new", TODAY, "ada"))
    answer = other("import", exported, "--json")
    assert [(one["name"], one["where"]) for one in answer.json["ambiguous"]] == [("Ada King", "all.json")]
    assert (answer.json["added"], answer.json["read"]) == (11, 12)
    assert answer.err == "1 conflict to look at: relcraft conflicts\n"
    assert "Ada Lovelace" in other("conflicts").out


def test_a_sealed_export_is_opened_with_its_passphrase(other: CommandLine, exported: Path, tmp_path: Path) -> None:
    sealed, secret = tmp_path / "all.json.age", tmp_path / "secret"
    sealed.write_bytes(age_v1.sealed(exported.read_bytes(), "correct horse"))
    secret.write_text("correct horse\n")
    assert other("import", sealed).code == 1
    assert other("import", sealed, "--passphrase-file", secret, "--json").json["added"] == 12


def test_a_sealed_file_of_another_program_is_opened_too(other: CommandLine, tmp_path: Path) -> None:
    sealed, secret = tmp_path / "friends.md.age", tmp_path / "secret"
    sealed.write_bytes(age_v1.sealed(b"### Friends:\n- Ada Lovelace\n", "correct horse"))
    secret.write_text("correct horse\n")
    report = other("import", sealed, "--passphrase-file", secret, "--json").json
    assert (report["format"], report["added"]) == ("friends", 1)


def test_a_book_stands_alone(other: CommandLine, exported: Path) -> None:
    answer = other("import", exported, exported)
    assert (answer.code, "stands alone: import it by itself" in answer.err) == (2, True)


def test_the_book_itself_is_refused_by_name(filled: CommandLine) -> None:
    answer = filled("import", filled.book)
    assert answer.code == 1
    assert "is the book itself" in answer.err


def test_a_damaged_export_is_told(other: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "half.json"
    path.write_bytes(export_json([("contacts", [{"uid": "a", "name": "Ada"}])])[:-20])
    answer = other("import", path)
    assert (answer.code, "Traceback" in answer.err) == (1, False)
    assert answer.out.startswith("1 read: 0 added")


def test_an_export_without_a_record_is_told(other: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    path.write_text('{"format": "relcraft", "schema": 1, "contacts": [{"name": "Ada"}]}')
    answer = other("import", path)
    assert (answer.code, answer.err) == (1, "Nothing could be taken in.\n")
    assert "skipped: none.json, contacts, number 1: is no record" in answer.out
