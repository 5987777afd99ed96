"""What was taken back on one laptop stays so when another brings it again, whatever was done since."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

from tinydb import TinyDB, where

from relcraft.book.open import Book
from relcraft.book.sides import keep_here, take_there, waiting_uids
from relcraft.book.verbs import add_contact, add_follow_up, add_tag, delete, edit, finish
from relcraft.domain.changes import drop, put
from relcraft.domain.records import Contact, FollowUp, OtherSide, SyncedCard
from relcraft.domain.uniting import united
from relcraft.store.opening import open_store
from relcraft.store.other import read_contents
from relcraft.sync.merging import keep_merge, plan_merge
from tests.books import TODAY


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with closing(Book(open_store(path, now=lambda: moment), lambda: moment)) as book:
        yield book


def merged(path: Path, other: Path) -> None:
    with opened(path) as book:
        keep_merge(book, plan_merge(book, read_contents(other)))


def together(here: Path, there: Path) -> None:
    """Bring both in until both say the same."""
    for _ in range(2):
        merged(there, here)
        merged(here, there)


def test_an_undo_stands_though_other_changes_were_made_since(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
        edit(book, ada, replace(ada, city="Paris"))
    merged(there, here)
    with opened(here) as book:
        book.undo()
        add_contact(book, Contact(uid="", name="Grace"))
    with opened(here) as book:
        add_contact(book, Contact(uid="", name="Linus"))
    merged(here, there)
    merged(there, here)
    for path in (here, there):
        with opened(path) as book:
            assert (book.contact(ada.uid).city, book.count(Contact), book.count(OtherSide)) == ("", 3, 0)


def test_what_was_deleted_and_came_back_stays_though_other_changes_were_made_since(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        promise = add_follow_up(book, FollowUp(uid="", date=TODAY, text="the book"))
        delete(book, [promise.uid])
    merged(there, here)
    with opened(here) as book:
        book.undo()
        add_contact(book, Contact(uid="", name="Grace"))
    merged(here, there)
    merged(there, here)
    for path in (here, there):
        with opened(path) as book:
            assert [one.text for one in book.all(FollowUp)] == ["the book"]
            assert book.count(OtherSide) == 0


def test_a_redo_stands_where_the_other_saw_the_undo(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
        edit(book, ada, replace(ada, city="Paris"))
    merged(there, here)
    with opened(here) as book:
        book.undo()
    merged(there, here)
    with opened(here) as book:
        book.redo()
    merged(there, here)
    with opened(there) as book:
        assert (book.contact(ada.uid).city, book.count(OtherSide)) == ("Paris", 0)


def test_a_merge_that_was_undone_and_is_made_again_asks_again(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    merged(there, here)
    for path, city in ((there, "Rome"), (here, "Lyon"), (here, "Paris")):
        with opened(path) as book:
            edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city=city))
    merged(here, there)
    with opened(here) as book:
        assert book.count(OtherSide) == 1
        book.undo()
        assert book.count(OtherSide) == 0
    merged(here, there)
    with opened(here) as book:
        assert {book.contact(ada.uid).city, *(str((one.document or {})["city"]) for one in book.all(OtherSide))} == {
            "Paris",
            "Rome",
        }


def test_what_is_deleted_again_after_a_deletion_was_taken_back_stays_deleted(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(there) as book:
        promise = add_follow_up(book, FollowUp(uid="", date=TODAY, text="the book"))
    merged(here, there)
    with opened(there) as book:
        delete(book, [promise.uid])
        book.undo()
    merged(here, there)
    with opened(here) as book:
        delete(book, [promise.uid])
    merged(there, here)
    merged(here, there)
    for path in (here, there):
        with opened(path) as book:
            assert (book.count(FollowUp), book.count(OtherSide)) == (0, 0)


def test_what_a_settled_conflict_said_is_kept_where_settling_it_was_taken_back_after_others_knew(
    tmp_path: Path,
) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    merged(there, here)
    for path, city in ((there, "Rome"), (here, "Paris")):
        with opened(path) as book:
            edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city=city))
    merged(here, there)
    with opened(here) as book:
        take_there(book, waiting_uids(book)[0])
    merged(there, here)
    with opened(here) as book:
        book.undo()
    together(here, there)
    for path in (here, there):
        with opened(path) as book:
            said = {book.contact(ada.uid).city, *(str((one.document or {})["city"]) for one in book.all(OtherSide))}
            assert said == {"Paris", "Rome"}


def test_what_is_done_again_after_that_was_taken_back_is_done(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        promise = add_follow_up(book, FollowUp(uid="", date=TODAY, text="the book"))
    merged(there, here)
    with opened(there) as book:
        finish(book, promise.uid, TODAY)
        book.undo()
    merged(here, there)
    with opened(here) as book:
        finish(book, promise.uid, TODAY)
        edit(book, book.follow_up(promise.uid), replace(book.follow_up(promise.uid), text="the other book"))
    together(here, there)
    for path in (here, there):
        with opened(path) as book:
            assert [(one.text, one.done_on) for one in book.all(FollowUp)] == [("the other book", TODAY)]
            assert book.count(OtherSide) == 0


def test_an_undo_after_that_of_a_merge_takes_back_no_more_than_before(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    merged(there, here)
    with opened(there) as book:
        edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), notes="met in Paris"))
    with opened(here) as book:
        add_tag(book, [ada.uid], "friend")
    merged(there, here)
    with opened(there) as book:
        book.undo()
        book.undo()
        assert (book.contact(ada.uid).notes, book.contact(ada.uid).tags) == ("", ())
    together(here, there)
    for path in (here, there):
        with opened(path) as book:
            assert (book.contact(ada.uid).notes, book.contact(ada.uid).tags, book.count(OtherSide)) == ("", (), 0)


def test_another_programs_edit_that_was_taken_from_the_other_side_stays(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    merged(there, here)
    with opened(here) as book:
        edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city="Paris"))
    with TinyDB(there, encoding="utf-8") as database:
        database.table("contacts").update({"city": "Rome"}, where("uid") == ada.uid)
    merged(here, there)
    merged(there, here)
    with opened(here) as book:
        for uid in waiting_uids(book):
            take_there(book, uid)
        city = book.contact(ada.uid).city
        add_tag(book, [ada.uid], "friend")
    together(here, there)
    for path in (here, there):
        with opened(path) as book:
            assert (book.contact(ada.uid).city, book.contact(ada.uid).tags) == (city, ("friend",))
            assert book.count(OtherSide) == 0


def test_a_record_of_one_machine_that_an_undo_put_back_does_not_travel(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    card = SyncedCard(uid="card", folder="phone", contact="ada")
    with opened(there) as book:
        book.change("in step", put(None, card))
        book.change("no longer", drop(card))
        book.undo()
    merged(here, there)
    with opened(here) as book:
        assert book.count(SyncedCard) == 0


def test_what_was_edited_and_taken_back_is_nothing_new_to_others(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    merged(there, here)
    with opened(here) as book:
        edit(book, ada, replace(ada, city="Paris"))
        book.undo()
    with opened(there) as book:
        plan = plan_merge(book, read_contents(here))
        assert (plan.nothing_new, plan.summary, plan.changing) == (True, "nothing new", ())
        assert keep_merge(book, plan) is None


def test_what_is_deleted_after_an_undo_stays_deleted_where_the_other_had_taken_a_merge_back(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        promise = add_follow_up(book, FollowUp(uid="", date=TODAY, text="the book"))
    merged(there, here)
    with opened(there) as book:
        book.undo()
    with opened(here) as book:
        edit(book, book.follow_up(promise.uid), replace(book.follow_up(promise.uid), text="the red book"))
    together(here, there)
    with opened(here) as book:
        edit(book, book.follow_up(promise.uid), replace(book.follow_up(promise.uid), text="the blue book"))
        book.undo()
        delete(book, [promise.uid])
    together(here, there)
    for path in (here, there):
        with opened(path) as book:
            assert book.count(FollowUp) == 0


def test_a_merge_changes_nothing_twice_where_settling_and_an_earlier_merge_were_taken_back(tmp_path: Path) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    with opened(here) as book:
        ada = add_contact(book, Contact(uid="", name="Ada"))
    merged(there, here)
    for path, city in ((there, "Paris"), (here, "Rome")):
        with opened(path) as book:
            edit(book, book.contact(ada.uid), replace(book.contact(ada.uid), city=city))
    merged(there, here)
    copy(there, here)
    with opened(there) as book:
        keep_here(book, waiting_uids(book)[0])
        book.undo()
        book.undo()
    merged(here, there)
    merged(there, here)
    with opened(there) as book:
        assert united(book.contents(), read_contents(here)).nothing_new
