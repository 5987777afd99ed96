"""The lock of a book: who waits, for how long, and what is told where nothing can be locked."""

import errno
import time
from pathlib import Path

import pytest

from relcraft.domain.errors import NotKept, ReadOnly
from relcraft.store.files import Files
from tests.store.changes import ADA, GRACE, a_book, adding, all_files, at_rest, names, opened


class Waited(Files):
    """Files that note how long was waited, and wait no moment."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


class NothingLocks(Files):
    """A disk without locks."""

    def __init__(self, code: int) -> None:
        self._code = code

    def lock(self, fd: int) -> bool:
        raise OSError(self._code, "no locks here")


class NoLockFile(Files):
    """A folder in which the lock's file cannot be made."""

    def open(self, path: Path, flags: int) -> int:
        if path.name.endswith(".lock"):
            raise OSError(errno.EACCES, "not allowed")
        return super().open(path, flags)


@pytest.mark.parametrize(("patience", "seconds"), [(None, 10.0), (2.0, 2.0), (0.0, 0.0)])
def test_one_waits_as_long_as_was_said_and_then_says_so(path: Path, patience: float | None, seconds: float) -> None:
    files = Waited()
    with a_book(path, ADA) as one, a_book(path, files=files, patience=patience) as other:
        with one.alone():
            one.keep(adding(GRACE))
            with pytest.raises(NotKept, match=r"Another program is busy with book\.json .* try again in a moment"):
                other.keep(adding(GRACE))
        assert files.seconds == pytest.approx(seconds, abs=0.05)
        other.keep(adding(GRACE))
        assert names(other) == ["Ada Lovelace", "Grace Hopper"]


def test_a_look_and_a_fold_wait_for_nobody(path: Path) -> None:
    files = Waited()
    with a_book(path, ADA) as one, a_book(path, files=files) as other:
        other.news()
        with one.alone():
            one.keep(adding(GRACE))
            assert other.news() == ()
            assert not other.maybe_fold(0.0)
        assert files.seconds < 0.2
        assert [op.uid for op in other.news()] == ["grace"]


def test_a_fold_that_found_another_program_busy_is_due_again(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path, files=Waited()) as other:
        other.keep(adding(GRACE))
        assert not other.maybe_fold(0.0)
        with one.alone():
            assert not other.maybe_fold(3.0)
        assert not other.maybe_fold(4.0)
        assert other.maybe_fold(5.1)
    assert len(at_rest(path)["contacts"]) == 2


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_where_nothing_can_be_locked_a_book_is_read_and_not_changed(path: Path, code: int) -> None:
    with a_book(path, ADA):
        pass
    before = all_files(path.parent)
    with a_book(path, files=NothingLocks(code)) as book:
        assert names(book) == ["Ada Lovelace"]
        assert "Nothing can be locked on the disk that book.json is on" in book.read_only
        with pytest.raises(ReadOnly, match="on another disk it can"):
            book.keep(adding(GRACE))
        assert book.news() == ()
    assert all_files(path.parent) == before


def test_a_first_change_where_nothing_can_be_locked_is_refused_in_words(path: Path) -> None:
    book = opened(path, files=NothingLocks(errno.ENOLCK))
    with pytest.raises(ReadOnly, match="Nothing can be locked"):
        book.keep(adding(ADA))
    assert "Nothing can be locked" in book.read_only
    book.close()
    assert not path.exists()


def test_a_lock_file_that_cannot_be_made_is_told_in_words(path: Path) -> None:
    with a_book(path, ADA):
        pass
    path.with_name("book.json.lock").unlink()
    with a_book(path, files=NoLockFile()) as book:
        with pytest.raises(NotKept, match=r"book\.json could not be saved: it is not allowed"):
            book.keep(adding(GRACE))
        assert names(book) == ["Ada Lovelace"]


def test_who_waits_does_not_hold_up_the_computer(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path, patience=0.3) as other, one.alone():
        began, used = time.monotonic(), time.process_time()
        with pytest.raises(NotKept):
            other.keep(adding(GRACE))
        assert time.monotonic() - began < 5
        assert time.process_time() - used < 0.25
