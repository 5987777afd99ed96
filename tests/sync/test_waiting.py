"""What waits stays to be looked at: in a journal whose file was replaced, and on the list after a step back."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from relcraft.book import sides
from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, archive, delete_for_good, edit
from relcraft.domain.records import Contact, OtherSide
from relcraft.store.opening import open_store
from relcraft.store.other import read_contents
from relcraft.sync.merging import keep_merge, plan_merge


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
