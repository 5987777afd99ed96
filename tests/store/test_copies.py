"""Second versions of a book beside it, on the disk."""

import os
from pathlib import Path

import pytest

from relcraft.domain.errors import BadBook, NotKept
from relcraft.store.copies import FolderCopies
from relcraft.store.files import Files
from tests.store.changes import ADA, GRACE, a_book, adding, crashed, deleting, journal_of, opened

NAME = "book.sync-conflict-20260312-143000-ABCDEFG.json"


def beside(path: Path, name: str, content: bytes) -> Path:
    made = path.with_name(name)
    made.write_bytes(content)
    return made


def book_of(path: Path) -> bytes:
    with a_book(path, ADA):
        pass
    return path.read_bytes()


class Counting(Files):
    def __init__(self) -> None:
        self.listed = 0
        self.read_bytes = 0

    def names(self, folder: Path) -> list[str]:
        self.listed += 1
        return super().names(folder)

    def read(self, fd: int, offset: int, size: int) -> bytes:
        data = super().read(fd, offset, size)
        self.read_bytes += len(data)
        return data


def test_the_folder_is_read_again_only_when_it_changed(path: Path, tmp_path: Path) -> None:
    book_of(path)
    files = Counting()
    copies = FolderCopies(path, tmp_path / "backups", files)
    for _ in range(5):
        assert copies.waiting() == ()
    assert files.listed == 1
    beside(path, NAME, b"{}")
    os.utime(path.parent, ns=(1, 1))
    assert [copy.name for copy in copies.waiting()] == [NAME]
    assert files.listed == 2


def test_of_a_name_that_says_little_the_content_tells(path: Path, tmp_path: Path) -> None:
    content = book_of(path)
    beside(path, "book (1).json", content)
    beside(path, "book 2.json", b'{"anything": "else"}')
    beside(path, "book-notes.json", b"")
    path.with_name("book 3.json").mkdir()
    path.with_name("book (2).json").symlink_to(path)
    found = FolderCopies(path, tmp_path / "backups").waiting()
    assert [copy.name for copy in found] == ["book (1).json"]


def test_what_is_in_a_copy_is_looked_at_once_however_often_the_folder_changes(path: Path, tmp_path: Path) -> None:
    copy = beside(path, "book-LAPTOP.json", book_of(path))
    files = Counting()
    copies = FolderCopies(path, tmp_path / "backups", files)
    for moment in range(1, 4):
        os.utime(path.parent, ns=(moment, moment))
        assert [one.name for one in copies.waiting()] == ["book-LAPTOP.json"]
    assert files.read_bytes == copy.stat().st_size + path.stat().st_size
    copy.write_bytes(b"{}")
    os.utime(path.parent, ns=(9, 9))
    assert copies.waiting() == ()


def test_another_book_in_the_same_folder_is_no_version_of_this_one(path: Path, tmp_path: Path) -> None:
    book_of(path)
    with a_book(path.with_name("book-work.json"), GRACE):
        pass
    assert FolderCopies(path, tmp_path / "backups").waiting() == ()


def test_a_folder_that_is_not_there_has_no_copies(tmp_path: Path) -> None:
    assert FolderCopies(tmp_path / "none" / "book.json", tmp_path / "backups").waiting() == ()


def test_a_copy_is_read_and_stays_as_it_is(path: Path, tmp_path: Path) -> None:
    copy = beside(path, NAME, book_of(path))
    copies = FolderCopies(path, tmp_path / "backups")
    (found,) = copies.waiting()
    before = sorted(path.parent.iterdir())
    assert list(copies.read(found).tables["contacts"]) == ["ada"]
    assert sorted(path.parent.iterdir()) == before
    copy.write_bytes(b"[]")
    with pytest.raises(BadBook, match=r"ABCDEFG\.json is JSON, but no book"):
        copies.read(found)


def test_a_copy_is_put_aside_and_overwrites_nothing(path: Path, tmp_path: Path) -> None:
    content = book_of(path)
    copies = FolderCopies(path, tmp_path / "backups")
    places = []
    for number in range(3):
        beside(path, NAME, content + b" " * number)
        (found,) = FolderCopies(path, tmp_path / "backups").waiting()
        places.append(copies.put_aside(found))
    stem = NAME.removesuffix(".json")
    assert [place.name for place in places] == [NAME, f"{stem}-2.json", f"{stem}-3.json"]
    assert [place.read_bytes() for place in places] == [content, content + b" ", content + b"  "]
    assert not path.with_name(NAME).exists()


def test_a_copy_that_cannot_be_put_aside_stays_and_is_told(path: Path, tmp_path: Path) -> None:
    copy = beside(path, NAME, book_of(path))
    (tmp_path / "backups").write_bytes(b"a file, no folder")
    copies = FolderCopies(path, tmp_path / "backups")
    with pytest.raises(NotKept, match="could not be put aside"):
        copies.put_aside(copies.waiting()[0])
    assert copy.exists()


def test_a_journal_alone_says_what_was_changed(path: Path, tmp_path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        book.keep(deleting(ADA))
        crashed(book)
    journal = journal_of(path)
    name = "book.json.sync-conflict-20260312-143000-ABCDEFG.journal"
    journal.rename(path.with_name(name))
    copies = FolderCopies(path, tmp_path / "backups")
    (found,) = copies.waiting()
    contents = copies.read(found)
    assert list(contents.tables["contacts"]) == ["grace"]
    assert list(contents.tombstones) == [("contacts", "ada")]
    assert [op.uid for op in contents.history] == ["grace", "ada"]
    opened(path).close()


def test_what_is_no_journal_is_told(path: Path, tmp_path: Path) -> None:
    book_of(path)
    beside(path, "book.json.sync-conflict-20260312-143000-ABCDEFG.journal", b"nothing of the kind\n")
    copies = FolderCopies(path, tmp_path / "backups")
    with pytest.raises(BadBook, match="journal"):
        copies.read(copies.waiting()[0])
