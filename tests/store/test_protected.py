"""Files and folders that the user may not write: seen by a user without special rights."""

import os
import pwd
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.changes import ADA, GRACE, a_book, adding, all_files, crashed

READER = """
import os, sys
from pathlib import Path
from relcraft.domain.errors import RelcraftError
from tests.store.changes import GRACE, adding, names, opened  # before the rights go: the sources may be private

if os.geteuid() == 0:
    os.setgid(int(sys.argv[3]))
    os.setuid(int(sys.argv[2]))
try:
    book = opened(Path(sys.argv[1]))
    print(names(book))
    print(book.read_only)
    try:
        book.keep(adding(GRACE))
    except RelcraftError as error:
        print(error)
    book.news()
    book.close()
except RelcraftError as error:
    print(error)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def seen_by_somebody_else(path: Path) -> list[str]:
    nobody = pwd.getpwnam("nobody")
    arguments = [sys.executable, "-c", READER, str(path), str(nobody.pw_uid), str(nobody.pw_gid)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_book_in_a_protected_folder_opens_read_only(open_folder: Path) -> None:
    path = open_folder / "kept" / "book.json"
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        crashed(book)
    for file in path.parent.iterdir():
        file.chmod(0o444)
    path.parent.chmod(0o555)
    before = all_files(path.parent)
    said = seen_by_somebody_else(path)
    assert said[0] == "['Ada Lovelace', 'Grace Hopper']"
    assert "book.json is write-protected" in said[1]
    assert said[2] == said[1]
    path.chmod(0o666)
    said = seen_by_somebody_else(path)
    assert "folder" in said[1]
    assert "write-protected" in said[1]
    assert all_files(path.parent) == before
    path.parent.chmod(0o755)


def test_a_protected_file_in_a_writable_folder_is_not_replaced(open_folder: Path) -> None:
    folder = open_folder / "shared"
    path = folder / "book.json"
    with a_book(path, ADA):
        pass
    path.chmod(0o444)
    folder.chmod(0o777)
    (folder / "book.json.lock").unlink()
    before = all_files(folder)
    said = seen_by_somebody_else(path)
    assert "book.json is write-protected" in said[1]
    assert all_files(folder) == before


def test_a_new_book_where_nothing_may_be_written_is_told_at_once(open_folder: Path) -> None:
    folder = open_folder / "shut"
    folder.mkdir()
    folder.chmod(0o555)
    said = seen_by_somebody_else(folder / "new" / "book.json")
    assert said[0] == "[]"
    assert str(folder) in said[1]
    assert said[2] == said[1]


def test_a_book_of_somebody_else_is_told_to_be_out_of_reach(open_folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only another user's file cannot be read")
    path = open_folder / "private" / "book.json"
    with a_book(path, ADA):
        pass
    path.parent.chmod(0o755)
    assert seen_by_somebody_else(path) == ["book.json could not be read: it is not allowed."]
