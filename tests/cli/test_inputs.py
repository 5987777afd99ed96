"""Where a file is read, - is the standard input; where one is written, it is the standard output."""

import tempfile
from pathlib import Path

import pytest

from tests.books import person
from tests.cli.conftest import CommandLine


@pytest.fixture
def other(filled: CommandLine) -> bytes:
    """A version of the book in which somebody else was met."""
    before = filled.book.read_bytes()
    filled.fill(person("lee", "Lee Chen"))
    other = filled.book.read_bytes()
    filled.book.write_bytes(before)
    return other


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_another_version_is_merged_from_the_input(filled: CommandLine, other: bytes, spool: Path) -> None:
    answer = filled("merge", "-", "--json", stdin=other)
    assert (answer.code, answer.json["merges"][0]["other"]) == (0, "the standard input")
    assert answer.json["merges"][0]["added"] == ["Lee Chen"]
    assert filled("show", "lee").code == 0
    assert list(spool.iterdir()) == []


def test_a_backup_is_restored_from_the_input(filled: CommandLine, other: bytes, spool: Path) -> None:
    assert filled("restore", "-", stdin=other).code == 2, "nobody can be asked"
    answer = filled("restore", "-", "--yes", stdin=other)
    assert answer.code == 0
    assert "the standard input" in answer.out + answer.err
    assert filled("show", "lee").code == 0
    assert list(spool.iterdir()) == []


@pytest.mark.parametrize("command", ["merge", "restore"])
@pytest.mark.parametrize("data", [b"", b"no book", b"\xff\x00"])
def test_what_is_no_book_is_refused_in_words(filled: CommandLine, spool: Path, command: str, data: bytes) -> None:
    before = filled.book.read_bytes()
    answer = filled(command, "-", *(["--yes"] if command == "restore" else []), stdin=data)
    assert (answer.code, "the standard input" in answer.err) == (1, True), answer.err
    assert filled.book.read_bytes() == before
    assert list(spool.iterdir()) == []


def test_cards_are_imported_from_the_input(filled: CommandLine) -> None:
    card = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lee Chen\r\nEND:VCARD\r\n"
    assert filled("import", "-", "--json", stdin=card).json["added"] == 1


@pytest.mark.parametrize("words", [["export", "-o", "-"], ["backup", "-o", "-"], ["ics", "-o", "-"]])
def test_a_line_is_the_output_where_one_is_written(filled: CommandLine, words: list[str]) -> None:
    answer = filled(*words)
    assert (answer.code, bool(answer.out)) == (0, True)
