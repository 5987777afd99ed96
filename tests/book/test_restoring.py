"""Going back to a backup: the book says again what it said, undo says the opposite, and the preview tells both."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.restoring import keep_restore, plan_restore
from relcraft.book.verbs import add_contact, archive, delete_for_good, edit
from relcraft.domain.changes import put
from relcraft.domain.contents import Contents
from relcraft.domain.documents import TABLE_OF, Document, to_document, write_instant
from relcraft.domain.errors import Conflict
from relcraft.domain.records import Me, OtherSide, Record
from relcraft.domain.words import ExchangeKind
from tests.books import TODAY, a_book, at_noon, gave, met, person, promised

Tables = dict[str, dict[str, Document]]


def said(*records: Record) -> Contents:
    """Return what a backup with these records says."""
    tables: Tables = {}
    for record in records:
        tables.setdefault(TABLE_OF[type(record)], {})[record.uid] = to_document(record)
    return Contents("backup.json", tables)


def words(book: Book) -> Tables:
    """Return what a book says, without when it was written."""
    return {
        table: found
        for table, documents in book.documents()
        if (
            found := {
                str(one["uid"]): {field: value for field, value in one.items() if field not in ("created", "updated")}
                for one in documents
            }
        )
    }


ADA, GRACE = person("ada", "Ada Lovelace"), person("grace", "Grace Hopper", notes="Navy.")
THEN = (ADA, GRACE, met("i", TODAY, "ada", "grace"), gave("e", TODAY, "grace"), Me(uid="me", name="Camille"))


def test_a_restore_is_one_change_that_one_undo_takes_back() -> None:
    book = a_book(ADA, person("grace", "Grace Brewster"), person("new", "New"), promised("f", TODAY, "new", "x"))
    before = words(book)
    change = keep_restore(book, plan_restore(book, said(*THEN), "the backup of Thu 12 Mar 2026"))
    assert change is not None
    assert change.title == "restore of the backup of Thu 12 Mar 2026"
    assert words(book) == words(a_book(*THEN))
    book.undo()
    assert words(book) == before
    book.redo()
    assert words(book) == words(a_book(*THEN))


def test_the_preview_tells_what_goes_changes_and_comes_back_in_words() -> None:
    book = a_book(
        ADA,
        person("grace", "Grace Brewster"),
        person("new", "New"),
        promised("f", TODAY, "new", "send it"),
        gave("late", TODAY, "new", ExchangeKind.INTRODUCTION),
    )
    plan = plan_restore(book, said(*THEN), "it")
    assert [(one.what, str(one)) for one in plan.told] == [
        ("gone", "1 contact: New"),
        ("gone", "1 exchange: introduction given to New"),
        ("gone", '1 follow-up: follow-up "send it"'),
        ("changed", "1 contact: Grace Brewster (name, notes)"),
        ("back", "1 interaction: coffee with Ada and Grace"),
        ("back", "1 exchange: advice given to Grace Hopper"),
        ("back", "what you say of yourself"),
    ]
    assert plan.report() == {
        "gone": {"contacts": 1, "exchanges": 1, "follow_ups": 1},
        "changed": {"contacts": 1},
        "back": {"interactions": 1, "exchanges": 1, "me": 1},
    }


def test_a_plan_changes_nothing() -> None:
    book = a_book(ADA)
    before = words(book)
    plan_restore(book, said(*THEN), "it")
    assert words(book) == before


def test_where_the_book_says_the_same_there_is_nothing_to_do() -> None:
    book = a_book(*THEN)
    plan = plan_restore(book, said(*THEN), "it")
    assert (plan.ops, plan.told) == ((), ())
    assert keep_restore(book, plan, lambda: pytest.fail("nothing is to be done before it")) is None


def test_when_something_was_written_is_no_difference() -> None:
    document = {**to_document(ADA), "updated": "2020-01-01T00:00:00.000000Z", "created": "2020-01-01T00:00:00.000000Z"}
    assert plan_restore(a_book(ADA), Contents("b", {"contacts": {"ada": document}}), "it").ops == ()


def test_another_spelling_of_a_record_is_no_difference() -> None:
    document: dict[str, Any] = {"name": "Ada Lovelace", "uid": "ada", "tags": [], "archived": False}
    assert plan_restore(a_book(ADA), Contents("b", {"contacts": {"ada": document}}), "it").ops == ()


def test_a_book_that_changed_since_the_preview_is_not_restored() -> None:
    book = a_book(ADA)
    plan = plan_restore(book, said(*THEN), "it")
    book.change("meanwhile", put(None, person("late", "Late")))
    before = words(book)
    with pytest.raises(Conflict, match="nothing was restored"):
        keep_restore(book, plan, lambda: pytest.fail("nothing is done before it"))
    assert words(book) == before


def test_what_is_done_first_stops_a_restore_that_it_fails() -> None:
    book = a_book(ADA)
    before = words(book)

    def full() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        keep_restore(book, plan_restore(book, said(*THEN), "it"), full)
    assert words(book) == before


def test_what_a_restore_writes_has_the_moment_of_the_restore() -> None:
    book = a_book(ADA)
    keep_restore(book, plan_restore(book, said(*THEN), "it"))
    assert book.contact("grace").updated == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert book.contact("ada").updated == ADA.updated, "what was not touched has its own"


def test_conflicts_are_left_to_the_user() -> None:
    waits = OtherSide(uid="waits", table="contacts", of="ada")
    settled = OtherSide(uid="settled", table="contacts", of="grace")
    book = a_book(ADA, waits)
    keep_restore(book, plan_restore(book, said(*THEN, settled), "it"))
    assert set(words(book)["conflicts"]) == {"waits"}


def test_what_no_version_knows_comes_back_with_its_record() -> None:
    book = a_book(ADA)
    document = {**to_document(ADA), "shoe_size": 38}
    keep_restore(book, plan_restore(book, Contents("b", {"contacts": {"ada": document}}), "it"))
    assert words(book)["contacts"]["ada"]["shoe_size"] == 38


def test_a_record_without_a_readable_name_is_named_all_the_same() -> None:
    document: dict[str, Any] = {"uid": "x", "name": ["?"]}
    plan = plan_restore(a_book(), Contents("b", {"contacts": {"x": document}}), "it")
    assert [str(one) for one in plan.told] == ["1 contact: somebody without a name"]


PEOPLE = st.dictionaries(st.sampled_from("abcde"), st.text(st.characters(categories=["L"]), min_size=1, max_size=3))


@given(PEOPLE, PEOPLE)
def test_of_any_two_states_a_restore_leads_to_the_one_and_undo_to_the_other(
    now: dict[str, str], then: dict[str, str]
) -> None:
    book = a_book(*(person(uid, name) for uid, name in now.items()))
    backup = said(*(person(uid, name) for uid, name in then.items()))
    before = words(book)
    plan = plan_restore(book, backup, "it")
    assert sum(one.count for one in plan.told) == len(plan.ops) == len({op.uid for op in plan.ops})
    change = keep_restore(book, plan)
    assert {uid: one["name"] for uid, one in words(book).get("contacts", {}).items()} == then
    assert plan_restore(book, backup, "it").ops == ()
    if change is not None:
        book.undo()
    assert words(book) == before


def test_who_listens_hears_of_a_restore() -> None:
    book = Book(MemoryKeeper(), at_noon())
    book.change("one", put(None, ADA))
    heard: list[str] = []
    book.subscribe(lambda ops: heard.extend(op.uid for op in ops))
    keep_restore(book, plan_restore(book, said(GRACE), "it"))
    assert sorted(heard) == ["ada", "grace"]


def test_what_is_restored_is_later_than_what_was_there_though_the_clock_went_back() -> None:
    moment = [datetime(2026, 11, 23, 12, tzinfo=UTC)]
    book = Book(MemoryKeeper(), lambda: moment[0])
    ada, grace = (add_contact(book, person("", name)) for name in ("Ada", "Grace"))
    then = said(ada, grace)
    edit(book, ada, replace(ada, city="Paris"))
    archive(book, [grace.uid])
    delete_for_good(book, grace.uid)
    edited, deleted = book.contact(ada.uid).updated, book.contents().tombstones["contacts", grace.uid].when
    moment[0] = datetime(2026, 11, 23, 3, tzinfo=UTC)
    keep_restore(book, plan_restore(book, then, "a backup"))
    assert book.contact(ada.uid).updated > edited
    assert write_instant(book.contact(grace.uid).updated) > deleted
