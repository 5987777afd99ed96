"""A disk that refuses: nothing is half kept, and the user hears why."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from relcraft.domain.errors import NotKept, ReadOnly
from relcraft.domain.records import Contact
from relcraft.store.files import Files
from tests.store.changes import ADA, GRACE, a_book, adding, crashed, journal_of, names, names_at_rest, opened

LINUS = Contact(uid="linus", name="Linus")


class FailingFiles(Files):
    """Files whose operations fail from the moment on that `broken` names them."""

    def __init__(self) -> None:
        self.broken: dict[str, int] = {}
        self.room: int | None = None
        """Bytes that still go onto the disk."""

    def _check(self, operation: str) -> None:
        if operation in self.broken:
            number = self.broken[operation]
            raise OSError(number, os.strerror(number))

    def write(self, fd: int, data: bytes) -> int:
        self._check("write")
        if self.room is None:
            return super().write(fd, data)
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = super().write(fd, data[: self.room])
        self.room -= taken
        return taken

    def sync_data(self, fd: int) -> None:
        self._check("sync_data")
        super().sync_data(fd)

    def sync(self, fd: int) -> None:
        self._check("sync")
        super().sync(fd)

    def replace(self, source: Path, target: Path) -> None:
        self._check("replace")
        super().replace(source, target)

    def truncate(self, fd: int, size: int) -> None:
        self._check("truncate")
        super().truncate(fd, size)

    def open(self, path: Path, flags: int) -> int:
        if flags & os.O_CREAT:
            self._check("create")
        return super().open(path, flags)


@pytest.fixture
def disk() -> FailingFiles:
    return FailingFiles()


@pytest.mark.parametrize("room", [0, 1, 100])
def test_a_full_disk_keeps_nothing_of_the_change_and_the_next_one_works(
    path: Path, disk: FailingFiles, room: int
) -> None:
    with a_book(path, ADA, files=disk) as book:
        book.keep(adding(GRACE))
        before = journal_of(path).read_bytes()
        disk.room = room
        with pytest.raises(NotKept, match=r"book\.json could not be saved: the disk is full") as error:
            book.keep(adding(LINUS))
        assert not isinstance(error.value, ReadOnly)
        assert journal_of(path).read_bytes() == before
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
        assert book.read_only == ""
        disk.room = None
        book.keep(adding(LINUS))
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper", "Linus"]


@pytest.mark.parametrize("room", [0, 40, 150])
def test_a_full_disk_at_the_first_change_leaves_no_half_file(path: Path, disk: FailingFiles, room: int) -> None:
    with a_book(path, files=disk) as book:
        disk.room = room
        with pytest.raises(NotKept, match="the disk is full"):
            book.keep(adding(ADA))
        assert not journal_of(path).exists()
        disk.room = None
        other = opened(path)
        assert names(other) == []
        other.close()
        book.keep(adding(GRACE))
    assert names_at_rest(path) == ["Grace Hopper"]


def test_a_full_disk_while_folding_leaves_file_and_journal_as_they_were(path: Path, disk: FailingFiles) -> None:
    with a_book(path, ADA, files=disk) as book:
        book.keep(adding(GRACE))
        before = path.read_bytes(), journal_of(path).read_bytes()
        disk.room = 30
        with pytest.raises(NotKept, match="the disk is full"):
            book.fold()
        assert (path.read_bytes(), journal_of(path).read_bytes()) == before
        assert not path.with_name("book.json.tmp").exists()
        disk.room = None
        book.keep(adding(LINUS))
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper", "Linus"]


def test_a_fold_that_fails_is_not_tried_every_second(path: Path, disk: FailingFiles) -> None:
    with a_book(path, ADA, files=disk) as book:
        book.keep(adding(GRACE))
        disk.room = 0
        assert not book.maybe_fold(100.0)
        with pytest.raises(NotKept):
            book.maybe_fold(103.0)
        assert not book.maybe_fold(200.0)
        disk.room = None
        book.keep(adding(LINUS))
        assert not book.maybe_fold(300.0)
        assert book.maybe_fold(302.0)


BREAKS: dict[str, Callable[[Any], None]] = {
    "a change": lambda book: book.keep(adding(LINUS)),
    "a fold": lambda book: book.fold(),
}


@pytest.mark.parametrize("broken", ["sync_data", "sync"])
def test_after_a_failed_sync_nothing_more_is_written(path: Path, disk: FailingFiles, broken: str) -> None:
    with a_book(path, ADA, files=disk) as book:
        book.keep(adding(GRACE))
        disk.broken = {broken: errno.EIO}
        with pytest.raises(ReadOnly, match="The disk did not confirm"):
            BREAKS["a change" if broken == "sync_data" else "a fold"](book)
        disk.broken = {}
        assert "The disk did not confirm" in book.read_only
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
        before = path.read_bytes(), journal_of(path).read_bytes()
        with pytest.raises(ReadOnly):
            book.keep(adding(LINUS))
        book.fold()
        assert (path.read_bytes(), journal_of(path).read_bytes()) == before
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]


def test_a_line_that_can_neither_be_finished_nor_cut_ends_the_writing(path: Path, disk: FailingFiles) -> None:
    with a_book(path, ADA, files=disk) as book:
        book.keep(adding(GRACE))
        disk.room, disk.broken = 20, {"truncate": errno.EIO}
        with pytest.raises(ReadOnly, match="The disk did not confirm"):
            book.keep(adding(LINUS))
        disk.room, disk.broken = None, {}
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
        book.keep(adding(LINUS))
        assert names(book) == ["Ada Lovelace", "Grace Hopper", "Linus"]


@pytest.mark.parametrize("moment", ["write", "sync_data", "after"])
def test_an_interrupted_change_is_there_or_not_and_the_next_one_works(
    path: Path, disk: FailingFiles, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_book(path, ADA, files=disk) as book:
        book.keep(adding(GRACE))
        with monkeypatch.context() as patch:
            target = book._storage.rows if moment == "after" else disk
            patch.setattr(target, "apply" if moment == "after" else moment, interrupt)
            with pytest.raises(KeyboardInterrupt):
                book.keep(adding(Contact(uid="maybe", name="Maybe")))
        book.keep(adding(LINUS))
        crashed(book)
    expected = ["Ada Lovelace", "Grace Hopper", "Linus", *(["Maybe"] if moment == "after" else [])]
    with a_book(path) as book:
        assert names(book) == expected


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("operation", ["create", "replace"])
def test_a_folder_that_refuses_new_files_is_told(path: Path, disk: FailingFiles, operation: str) -> None:
    with a_book(path, ADA, files=disk) as book:
        book.keep(adding(GRACE))
        disk.broken = {operation: errno.EACCES}
        with pytest.raises(NotKept, match="it is not allowed"):
            book.fold()
        disk.broken = {}
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper"]


def test_a_backup_that_cannot_be_written_is_told_and_stops_nothing(path: Path) -> None:
    in_the_way = path.parent / "backups"
    in_the_way.write_text("no folder")
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
    book = opened(path, backups=in_the_way)
    book.keep(adding(LINUS))
    book.close()
    assert any("backup" in remark for remark in book.remarks)
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper", "Linus"]
