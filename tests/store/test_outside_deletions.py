"""A file that another machine put in the place of ours, in which something is deleted that waits in our journal."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, add_follow_up, archive, delete, delete_for_good, edit
from relcraft.domain.contents import Contents
from relcraft.domain.pasts import Pasts
from relcraft.domain.records import Contact, FollowUp, OtherSide
from relcraft.store.checking import check
from relcraft.store.opening import open_store
from relcraft.store.other import read_contents
from relcraft.sync.merging import keep_merge, plan_merge
from tests.books import TODAY

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def book_at(path: Path) -> Book:
    return Book(open_store(path, now=lambda: NOW), lambda: NOW)


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    with closing(book_at(path)) as book:
        yield book


@pytest.fixture
def laptops(tmp_path: Path) -> tuple[Path, Path]:
    """Two laptops that were the same."""
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        add_contact(book, Contact(uid="", name="Ada"))
    shutil.copy(here, there)
    return here, there


def promise() -> FollowUp:
    return FollowUp(uid="", date=TODAY, text="the book")


def known(contents: Contents, uid: str) -> list[bool]:
    path = Pasts(contents.history).path(("follow_ups", uid), contents.tables.get("follow_ups", {}).get(uid))
    return [path.documents[version] is not None for version in path.versions]


def test_what_is_deleted_there_does_not_come_back_with_the_journal_that_added_it(laptops: tuple[Path, Path]) -> None:
    here, there = laptops
    ours = book_at(here)
    added = add_follow_up(ours, promise())
    with opened(there) as book:
        keep_merge(book, plan_merge(book, read_contents(here)))
        delete(book, [added.uid])
    shutil.copy(there, here)
    with opened(here) as book:
        assert (book.count(FollowUp), book.count(OtherSide)) == (0, 0)
        add_contact(book, Contact(uid="", name="Grace"))
    assert check(here).problems == ()


def test_what_the_journal_took_in_was_not_deleted_before(laptops: tuple[Path, Path]) -> None:
    here, there = laptops
    with opened(there) as book:
        added = add_follow_up(book, promise())
    ours = book_at(here)
    keep_merge(ours, plan_merge(ours, read_contents(there)))
    shutil.copy(there, here)
    assert known(read_contents(here), added.uid) == [True]


def test_an_undone_deletion_comes_back_with_the_journal(laptops: tuple[Path, Path]) -> None:
    here, _there = laptops
    with opened(here) as book:
        added = add_follow_up(book, promise())
        delete(book, [added.uid])
    ours = book_at(here)
    ours.undo()
    with here.open("a", encoding="utf-8") as outside:
        outside.write("\n")
    with opened(here) as book:
        assert [one.uid for one in book.all(FollowUp)] == [added.uid]
        add_contact(book, Contact(uid="", name="Grace"))
    assert check(here).problems == ()


def test_a_deletion_that_was_undone_and_done_again_in_the_journal_leaves_one_word(laptops: tuple[Path, Path]) -> None:
    here, there = laptops
    with opened(here) as book:
        added = add_follow_up(book, promise())
    ours = book_at(here)
    ours.undo()
    with opened(there) as book:
        keep_merge(book, plan_merge(book, read_contents(here)))
    ours.redo()
    shutil.copy(there, here)
    with opened(here) as book:
        assert [one.uid for one in book.all(FollowUp)] == [added.uid]
        add_contact(book, Contact(uid="", name="Grace"))
    assert check(here).problems == ()


def test_who_is_deleted_there_stays_while_the_journal_names_them(laptops: tuple[Path, Path]) -> None:
    here, there = laptops
    with opened(there) as book:
        ada = next(iter(book.contacts()))
        archive(book, [ada.uid])
        delete_for_good(book, ada.uid)
    ours = book_at(here)
    add_follow_up(ours, FollowUp(uid="", date=TODAY, text="the book", contact=ada.uid))
    shutil.copy(there, here)
    with opened(here) as book:
        assert [one.name for one in book.contacts(archived=True)] == ["Ada"]
        assert [(one.of, one.document) for one in book.all(OtherSide)] == [(ada.uid, None)]
        add_contact(book, Contact(uid="", name="Grace"))
    assert check(here).problems == ()


def test_an_edit_that_the_file_has_gone_on_from_is_not_asked_about(laptops: tuple[Path, Path]) -> None:
    here, there = laptops
    ours = book_at(here)
    ada = next(iter(ours.contacts()))
    edit(ours, ada, replace(ada, city="Paris"))
    with opened(there) as book:
        keep_merge(book, plan_merge(book, read_contents(here)))
        edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city="Rome"))
    shutil.copy(there, here)
    with opened(here) as book:
        assert (book.contact(ada.uid).city, book.count(OtherSide)) == ("Rome", 0)


def test_an_older_file_takes_nothing_away_that_was_there_before_the_journal(laptops: tuple[Path, Path]) -> None:
    here, there = laptops
    with opened(here) as book:
        ada = next(iter(book.contacts()))
        edit(book, ada, replace(ada, city="Paris"))
    ours = book_at(here)
    edit(ours, ours.contact(ada.uid), replace(ours.contact(ada.uid), role="Countess"))
    shutil.copy(there, here)
    with opened(here) as book:
        assert (book.contact(ada.uid).city, book.contact(ada.uid).role) == ("Paris", "Countess")


def test_who_is_named_there_stays_while_the_journal_deletes_them(laptops: tuple[Path, Path]) -> None:
    here, there = laptops
    with opened(there) as book:
        ada = next(iter(book.contacts()))
        add_follow_up(book, FollowUp(uid="", date=TODAY, text="the book", contact=ada.uid))
    ours = book_at(here)
    archive(ours, [ada.uid])
    delete_for_good(ours, ada.uid)
    shutil.copy(there, here)
    with opened(here) as book:
        assert [one.uid for one in (*book.contacts(), *book.contacts(archived=True))] == [ada.uid]
        assert [(one.of, one.document) for one in book.all(OtherSide)] == [(ada.uid, None)]
        add_contact(book, Contact(uid="", name="Grace"))
    assert check(here).problems == ()
