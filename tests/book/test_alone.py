"""Several programs with one book: what one of them does on what is there is not crossed by another."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.domain.changes import put
from relcraft.domain.errors import NotKept, ReadOnly
from relcraft.domain.records import Contact
from relcraft.store.files import Files
from relcraft.store.opening import open_store
from tests.books import NOON, person


class HurriedFiles(Files):
    """Files whose waiting takes no time."""

    def wait(self, seconds: float) -> None:
        return


Opener = Callable[..., Book]


@pytest.fixture
def open_book(tmp_path: Path) -> Iterator[Opener]:
    ticks = count()
    opened: list[Book] = []

    def now() -> datetime:
        return NOON.astimezone(UTC) + timedelta(microseconds=next(ticks))

    def another(files: Files | None = None) -> Book:
        opened.append(Book(open_store(tmp_path / "book.json", now=now, files=files), now))
        return opened[-1]

    yield another
    for book in opened:
        book.close()


def add(book: Book, uid: str, name: str) -> None:
    book.change(name, put(None, person(uid, name)))


def test_what_others_wrote_is_there_before_anything_is_decided(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    heard: list[str] = []
    other.subscribe(lambda ops: heard.extend(op.uid for op in ops))
    add(one, "ada", "Ada Lovelace")
    with other.alone():
        assert heard == ["ada"]
        assert [each.name for each in other.named("Ada")] == ["Ada Lovelace"]


def test_nobody_writes_while_a_book_is_held_alone(open_book: Opener) -> None:
    one, other = open_book(), open_book(HurriedFiles())
    add(one, "ada", "Ada Lovelace")
    with one.alone():
        with pytest.raises(NotKept, match="Another program is busy with"):
            add(other, "lee", "Lee Chan")
        with one.alone():
            add(one, "grace", "Grace Hopper")
        one.fold()
        with pytest.raises(NotKept, match="busy"):
            add(other, "lee", "Lee Chan")
        add(one, "linus", "Linus")
        assert not one.look_for_news()
        with pytest.raises(NotKept, match="busy"):
            add(other, "lee", "Lee Chan")
    add(other, "lee", "Lee Chan")
    assert sorted(each.name for each in other.contacts()) == ["Ada Lovelace", "Grace Hopper", "Lee Chan", "Linus"]


def test_who_waits_goes_on_when_the_other_lets_go_and_sees_what_was_done(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    seen: list[int] = []

    def take_a_turn() -> None:
        with other.alone():
            seen.append(other.count(Contact))

    waiting = threading.Thread(target=take_a_turn)
    with one.alone():
        waiting.start()
        add(one, "ada", "Ada Lovelace")
        add(one, "lee", "Lee Chan")
        assert seen == []
    waiting.join(timeout=30)
    assert seen == [2]


def test_an_error_inside_lets_go(open_book: Opener) -> None:
    one, other = open_book(), open_book(HurriedFiles())
    with pytest.raises(KeyError), one.alone():
        raise KeyError("mine")
    with pytest.raises(KeyboardInterrupt), one.alone():
        raise KeyboardInterrupt
    add(other, "lee", "Lee Chan")
    assert one.look_for_news()


def test_a_book_that_cannot_be_written_is_not_held(open_book: Opener, tmp_path: Path) -> None:
    add(open_book(), "ada", "Ada Lovelace")
    other = open_book()
    other.fold()
    path = tmp_path / "book.json"
    whole = path.read_bytes()
    path.write_text("{")
    with pytest.raises(ReadOnly), other.alone():
        raise AssertionError("it was entered")
    path.write_bytes(whole)
    keeper = MemoryKeeper()
    keeper.read_only = "It is a picture of a book."
    with pytest.raises(ReadOnly, match="a picture"), Book(keeper, lambda: NOON).alone():
        raise AssertionError("it was entered")


def test_a_change_inside_that_fails_is_told_as_any_other(open_book: Opener, tmp_path: Path) -> None:
    class FullFiles(Files):
        full = False

        def write(self, fd: int, data: bytes) -> int:
            if self.full:
                raise OSError(28, "no space")
            return super().write(fd, data)

    files = FullFiles()
    book = open_book(files)
    add(book, "ada", "Ada Lovelace")
    with book.alone():
        files.full = True
        with pytest.raises(NotKept, match="the disk is full"):
            add(book, "lee", "Lee Chan")
        files.full = False
        add(book, "grace", "Grace Hopper")
    assert sorted(each.name for each in book.contacts()) == ["Ada Lovelace", "Grace Hopper"]
