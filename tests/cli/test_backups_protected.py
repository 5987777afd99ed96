"""Backups of books that one may only read: seen by a user without rights."""

import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from relcraft.cli.wiring import book_at
from relcraft.domain.changes import put
from tests.books import at_noon, person
from tests.cli.conftest import CommandLine
from tests.cli.test_undoing import tables


@pytest.fixture
def backups(relcraft: CommandLine) -> Path:
    return relcraft.book.parent / "backups"


AS_NOBODY = """
import importlib, os, pkgutil, sys
import relcraft
from relcraft.cli.main import run

for found in pkgutil.walk_packages(relcraft.__path__, "relcraft."):  # before the rights go: the sources may be private
    if ".tui" not in found.name and not found.name.endswith(("__main__", "losable", "screens")):
        importlib.import_module(found.name)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[1]))
sys.exit(run(sys.argv[3:]))
"""


def as_nobody(*words: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run one command line as a user without rights: root may write everywhere."""
    nobody = pwd.getpwnam("nobody")
    arguments = [sys.executable, "-c", AS_NOBODY, str(nobody.pw_uid), str(nobody.pw_gid), *map(str, words)]
    return subprocess.run(arguments, capture_output=True, text=True, check=False, env={**os.environ, "HOME": "/"})


@pytest.fixture
def protected() -> Iterator[Path]:
    """A book that everybody may read and nobody but its owner may write, in a folder of that kind."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.json"
        with book_at(path, at_noon()) as book:
            book.change("filled", put(None, person("ada", "Ada Lovelace")))
        for one in (path, path.with_name("book.json.lock")):
            one.chmod(0o444)
        Path(folder).chmod(0o555)
        yield path
        Path(folder).chmod(0o755)


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """A folder in which a user without rights may write."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_a_book_that_one_may_only_read_is_backed_up_elsewhere(protected: Path, own_folder: Path) -> None:
    before = protected.read_bytes()
    done = as_nobody("--data-file", protected, "backup", "-o", own_folder / "copy.json")
    assert done.returncode == 0, done.stderr
    assert tables(own_folder / "copy.json") == tables(protected)
    done = as_nobody("--data-file", protected, "backup")
    assert (done.returncode, done.stdout) == (1, "")
    assert "The backup could not be written to" in done.stderr
    assert "it is not allowed" in done.stderr
    assert protected.read_bytes() == before


def test_into_a_book_that_one_may_only_read_nothing_is_restored(protected: Path, own_folder: Path) -> None:
    backup = own_folder / "backup.json"
    with book_at(backup, at_noon()) as book:
        book.change("filled", put(None, person("grace", "Grace Hopper")))
    backup.chmod(0o644)
    before = protected.read_bytes()
    done = as_nobody("--data-file", protected, "restore", backup, "--yes")
    assert done.returncode == 1
    assert "write-protected" in done.stderr
    done = as_nobody("--data-file", protected, "restore", backup, "--dry-run")
    assert (done.returncode, "would come back: 1 contact: Grace Hopper" in done.stdout) == (0, True)
    assert protected.read_bytes() == before


def test_a_damaged_book_in_a_folder_that_one_may_only_read_stays(protected: Path, own_folder: Path) -> None:
    backup = own_folder / "backup.json"
    with book_at(backup, at_noon()) as book:
        book.change("filled", put(None, person("grace", "Grace Hopper")))
    backup.chmod(0o644)
    protected.parent.chmod(0o755)
    protected.chmod(0o644)
    protected.write_text("{")
    protected.chmod(0o444)
    protected.parent.chmod(0o555)
    done = as_nobody("--data-file", protected, "restore", backup, "--yes")
    assert done.returncode == 1
    assert "Nothing was changed." in done.stderr
    assert {one.name for one in protected.parent.iterdir()} == {"book.json", "book.json.lock"}
    assert protected.read_text() == "{"
