"""Backups and exports that are sealed with a passphrase."""

import json
import stat
from pathlib import Path

import pytest

from relcraft.formats.sealing import is_sealed, unseal
from tests import age_v1
from tests.cli.conftest import CommandLine
from tests.cli.going_back import mistaken, words
from tests.cli.test_undoing import tables


@pytest.fixture
def backups(relcraft: CommandLine) -> Path:
    return relcraft.book.parent / "backups"


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
