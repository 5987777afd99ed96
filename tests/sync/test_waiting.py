"""What waits stays to be looked at: in a journal whose file was replaced, and on the list after a step back."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from relcraft.book import sides
from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, add_follow_up, archive, delete, delete_for_good, edit
from relcraft.domain.errors import Conflict
from relcraft.domain.records import Contact, FollowUp, OtherSide
from relcraft.store.opening import open_store
from relcraft.store.other import read_contents
from relcraft.sync.merging import keep_merge, plan_merge
from tests.books import TODAY


@contextmanager
def opened(path: Path, hour: int) -> Iterator[Book]:
    moment = datetime(2026, 3, 2, hour, tzinfo=UTC)
    with closing(Book(open_store(path, now=lambda: moment), lambda: moment)) as book:
        yield book


def merged(path: Path, other: Path, hour: int) -> None:
    with opened(path, hour) as book:
        keep_merge(book, plan_merge(book, read_contents(other)))


def test_an_edit_that_only_the_put_aside_copy_has_comes_in_though_a_change_made_on_it_waited(tmp_path: Path) -> None:
    here, there, aside = tmp_path / "here.json", tmp_path / "there.json", tmp_path / "aside.json"
    with opened(here, 9) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    shutil.copy(here, there)
    with opened(there, 12) as book:
        edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), role="Countess"))
    with opened(here, 10) as book:
        edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city="London"))
    with opened(here, 11) as book:
        edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), notes="poet"))
        shutil.copy(here, aside)
        shutil.copy(there, tmp_path / "new")
        (tmp_path / "new").replace(here)
    merged(here, aside, 13)
    with opened(here, 14) as book:
        found = book.contact(ada.uid)
        assert (found.role, found.city, found.notes, book.count(OtherSide)) == ("Countess", "London", "poet", 0)


def test_what_waits_again_after_an_undo_still_waits_after_the_next_merge(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here, 9) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    shutil.copy(here, there)
    with opened(here, 10) as book:
        edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city="London"))
    with opened(there, 11) as book:
        archive(book, [ada.uid])
        delete_for_good(book, ada.uid)
    merged(here, there, 12)
    with opened(here, 13) as book:
        [conflict] = sides.waiting_uids(book)
        sides.take_there(book, conflict)
        assert book.count(OtherSide) == 0
        book.undo()
        assert (book.count(Contact), sides.waiting_uids(book)) == (0, [conflict])
    merged(here, there, 14)
    merged(there, here, 15)
    for path in (here, there):
        with opened(path, 16) as book:
            assert (book.count(Contact), sides.waiting_uids(book)) == (0, [conflict])


def test_a_conflict_that_was_taken_stays_settled_though_the_record_was_edited_since(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here, 9) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    shutil.copy(here, there)
    for path, city in ((here, "London"), (there, "Paris")):
        with opened(path, 10 + (path == there)) as book:
            edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city=city))
    merged(here, there, 12)
    merged(there, here, 12)
    with opened(here, 13) as book:
        [conflict] = sides.waiting_uids(book)
        sides.take_there(book, conflict)
    with opened(here, 14) as book:
        edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city="Rome"))
    merged(there, here, 15)
    merged(here, there, 15)
    for path in (here, there):
        with opened(path, 16) as book:
            assert (book.contact(ada.uid).city, book.count(OtherSide)) == ("Rome", 0)


def test_an_undo_brings_back_nothing_about_somebody_who_was_deleted_elsewhere(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here, 9) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
        promise = add_follow_up(book, FollowUp(uid="", date=TODAY, contact=ada.uid, text="the book"))
    shutil.copy(here, there)
    with opened(there, 10) as book:
        archive(book, [ada.uid])
        delete_for_good(book, ada.uid)
    with opened(here, 11) as book:
        delete(book, [promise.uid])
        shutil.copy(there, tmp_path / "new")
        (tmp_path / "new").replace(here)
        book.look_for_news()
        with pytest.raises(Conflict, match="no longer in the book"):
            book.undo()
        assert (book.count(Contact), book.count(FollowUp)) == (0, 0)


def test_a_deletion_that_was_settled_twice_stays_settled(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here, 9) as book:
        promise = add_follow_up(book, FollowUp(uid="", date=TODAY, text="the book"))
    shutil.copy(here, there)
    for hour, text in ((10, "the blue book"), (14, "the red book")):
        with opened(here, hour) as book:
            delete(book, [promise.uid])
        with opened(there, hour + 1) as book:
            edit(book, book.one(FollowUp, promise.uid), replace(book.one(FollowUp, promise.uid), text=text))
        merged(here, there, hour + 2)
        merged(there, here, hour + 2)
        with opened(here, hour + 3) as book:
            [conflict] = sides.waiting_uids(book)
            sides.keep_here(book, conflict)
        merged(there, here, hour + 3)
        merged(here, there, hour + 3)
    for path in (here, there):
        with opened(path, 20) as book:
            assert (book.one(FollowUp, promise.uid).text, book.count(OtherSide)) == ("the red book", 0)
