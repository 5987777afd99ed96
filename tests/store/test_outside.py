"""A file that is changed by something else than Relcraft, with and without changes that wait for it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where

from relcraft.domain.changes import Op, put
from relcraft.domain.records import Contact
from relcraft.store.keeper import BookFile
from tests.store.changes import (
    ADA,
    GRACE,
    a_book,
    adding,
    all_files,
    at_rest,
    change,
    crashed,
    deleting,
    editing,
    journal_of,
    names,
    names_at_rest,
    opened,
)

LINUS = Contact(uid="linus", name="Linus")


def by_hand(path: Path, *, city: str = "", remove: str = "", add: str = "") -> None:
    """Change the file with stock TinyDB, as a script of the user does."""
    with TinyDB(path, encoding="utf-8") as database:
        if city:
            database.table("contacts").update({"city": city}, where("uid") == "ada")
        if remove:
            database.table("contacts").remove(where("uid") == remove)
        if add:
            database.table("contacts").insert({"uid": add, "name": add.title()})


def conflicts(path: Path) -> list[dict[str, Any] | None]:
    """What waits in the book's list of conflicts: the versions that did not stand."""
    return [one.get("document") for one in at_rest(path).get("conflicts", [])]


def cities(path: Path) -> list[str]:
    return [one["city"] for one in conflicts(path) if one is not None]


def left_waiting(path: Path, book: BookFile) -> None:
    crashed(book)
    assert journal_of(path).exists()


def test_an_edit_by_stock_tinydb_is_news(path: Path) -> None:
    with a_book(path, ADA, GRACE) as book:
        by_hand(path, city="London", remove="grace", add="linus")
        news = {op.uid: op for op in book.news()}
        assert book.news() == ()
        assert news["grace"].after is None
        assert news["linus"].before is None
        assert news["ada"].before == {"uid": "ada", "name": "Ada Lovelace"}
        assert news["ada"].after == {"uid": "ada", "name": "Ada Lovelace", "city": "London"}
        assert names(book) == ["Ada Lovelace", "Linus"]
        kept = book.keep(editing(ADA, replace(ADA, role="Countess")))
        assert kept.ops[0].after == {"uid": "ada", "name": "Ada Lovelace", "city": "London", "role": "Countess"}
    assert names_at_rest(path) == ["Ada Lovelace", "Linus"]
    assert conflicts(path) == []


def test_changes_that_wait_are_done_on_a_file_that_was_changed_elsewhere(path: Path) -> None:
    with a_book(path, ADA, GRACE) as book:
        book.keep(change(put(None, LINUS), put(GRACE, replace(GRACE, role="Admiral"))))
        by_hand(path, city="London", add="dennis")
        book.news()
        assert names(book) == ["Ada Lovelace", "Dennis", "Grace Hopper", "Linus"]
    contacts = {one["uid"]: one for one in at_rest(path)["contacts"]}
    assert sorted(contacts) == ["ada", "dennis", "grace", "linus"]
    assert contacts["ada"]["city"] == "London"
    assert contacts["grace"]["role"] == "Admiral"
    assert conflicts(path) == []
    assert not journal_of(path).exists()


def test_the_same_after_a_crash(path: Path) -> None:
    with a_book(path, ADA, GRACE) as book:
        book.keep(adding(LINUS))
        book.keep(editing(ADA, replace(ADA, role="Countess")))
        book.keep(deleting(GRACE))
        left_waiting(path, book)
    by_hand(path, city="London", add="dennis")
    before = all_files(path.parent)
    book = opened(path)
    assert names(book) == ["Ada Lovelace", "Dennis", "Linus"]
    assert all_files(path.parent) == before
    book.fold()
    ada = book.load()["contacts"]["ada"]
    assert (ada["city"], ada["role"]) == ("London", "Countess")
    book.close()
    assert names_at_rest(path) == ["Ada Lovelace", "Dennis", "Linus"]
    assert [one["uid"] for one in at_rest(path)["_tombstones"]] == ["grace"]
    assert conflicts(path) == []
    assert not journal_of(path).exists()


def test_what_is_there_already_is_not_done_twice(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(editing(ADA, replace(ADA, city="London")))
        book.keep(adding(LINUS))
        left_waiting(path, book)
    by_hand(path, city="London", add="linus")
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace", "Linus"]
        book.keep(adding(GRACE))
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper", "Linus"]
    assert conflicts(path) == []


def test_the_same_field_changed_on_both_sides_keeps_both(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(editing(ADA, replace(ADA, city="London", role="Countess")))
        left_waiting(path, book)
    by_hand(path, city="Paris")
    with a_book(path) as book:
        book.fold()
        assert any('"Ada Lovelace" was changed twice' in remark for remark in book.remarks)
    (ada,) = at_rest(path)["contacts"]
    assert (ada["city"], ada["role"]) == ("Paris", "Countess")
    (conflict,) = at_rest(path)["conflicts"]
    assert (conflict["table"], conflict["of"]) == ("contacts", "ada")
    assert conflict["document"] == {"uid": "ada", "name": "Ada Lovelace", "city": "London", "role": "Countess"}
    assert not journal_of(path).exists()


def test_the_same_field_changed_on_both_sides_while_the_book_is_open_keeps_both_once(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(editing(ADA, replace(ADA, city="London")))
        by_hand(path, city="Paris")
        assert [op.after and op.after["city"] for op in book.news() if op.table == "contacts"] == ["Paris"]
        book.keep(adding(GRACE))
        assert cities(path) == ["London"]
    assert at_rest(path)["contacts"][0]["city"] == "Paris"
    assert len(conflicts(path)) == 1


def test_an_edit_of_what_was_removed_elsewhere_is_kept_beside(path: Path) -> None:
    with a_book(path, ADA, GRACE) as book:
        book.keep(editing(ADA, replace(ADA, city="London")))
        left_waiting(path, book)
    by_hand(path, remove="ada")
    with a_book(path) as book:
        assert names(book) == ["Grace Hopper"]
    assert cities(path) == ["London"]


def test_a_deletion_of_what_was_edited_elsewhere_is_not_done(path: Path) -> None:
    with a_book(path, ADA, GRACE) as book:
        book.keep(deleting(ADA))
        left_waiting(path, book)
    by_hand(path, city="Paris")
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
    assert conflicts(path) == [None]
    assert at_rest(path).get("_tombstones", []) == []


def test_two_conflicts_of_one_record_wait_side_by_side(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(editing(ADA, replace(ADA, city="London")))
        left_waiting(path, book)
    by_hand(path, city="Paris")
    with a_book(path) as book:
        book.fold()
        paris = replace(ADA, city="Paris")
        book.keep(editing(paris, replace(paris, city="Rome")))
        left_waiting(path, book)
    by_hand(path, city="Oslo")
    with a_book(path):
        pass
    assert cities(path) == ["London", "Rome"]
    assert at_rest(path)["contacts"][0]["city"] == "Oslo"


def test_a_conflict_that_was_settled_is_not_put_on_the_list_again(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(editing(ADA, replace(ADA, city="London")))
        left_waiting(path, book)
    waiting = journal_of(path).read_bytes()
    by_hand(path, city="Paris")
    with a_book(path) as book:
        ((uid, document),) = book.load()["conflicts"].items()
        book.keep(change(Op("conflicts", uid, document, None)))
    journal_of(path).write_bytes(waiting)
    path.write_bytes(path.read_bytes().replace(b'"folded":"', b'"folded":"x'))
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace"]
    assert conflicts(path) == []


def test_an_older_file_put_back_gets_the_changes_that_wait(path: Path) -> None:
    with a_book(path, ADA) as book:
        older = path.read_bytes()
        book.keep(adding(GRACE))
        book.fold()
        book.keep(adding(LINUS))
        left_waiting(path, book)
    path.write_bytes(older)
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace", "Linus"]


def test_a_newer_file_from_another_machine_gets_the_changes_that_wait(path: Path) -> None:
    with a_book(path, ADA) as book:
        start = path.read_bytes()
        book.keep(adding(LINUS))
        left_waiting(path, book)
    other = path.parent / "other" / "book.json"
    other.parent.mkdir()
    other.write_bytes(start)
    with a_book(other) as book:
        for number in range(9):
            book.keep(adding(Contact(uid=f"p{number}", name=f"P{number}")))
    path.write_bytes(other.read_bytes())
    with a_book(path) as book:
        assert len(names(book)) == 11
    assert "Linus" in names_at_rest(path)


def test_a_journal_removed_while_the_book_is_open_loses_nothing(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        journal_of(path).unlink()
        book.keep(adding(LINUS))
        assert names(book) == ["Ada Lovelace", "Grace Hopper", "Linus"]
        crashed(book)
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace", "Grace Hopper", "Linus"]


def test_file_and_journal_replaced_while_the_book_is_open_lose_nothing(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        journal_of(path).unlink()
        by_hand(path, city="London")
        news = book.news()
        assert [op.uid for op in news] == ["ada"]
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper"]


def test_a_file_removed_while_the_book_is_open_is_told_and_its_journal_stays(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        rest = path.read_bytes()
        path.unlink()
        book.news()
        assert "book.json is missing" in book.read_only
        assert b"Grace" in journal_of(path).read_bytes()
        path.write_bytes(rest)
        book.news()
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]


def test_a_different_spelling_of_the_same_record_is_no_conflict(path: Path) -> None:
    path.write_text(json.dumps({"contacts": {"1": {"name": "Ada\x1b[31m", "uid": "ada", "notes": "", "tags": []}}}))
    ada = Contact(uid="ada", name="Ada[31m")
    with a_book(path) as book:
        book.keep(editing(ada, replace(ada, city="London")))
        book.keep(editing(replace(ada, city="London"), replace(ada, city="Paris")))
    assert at_rest(path)["contacts"] == [{"uid": "ada", "name": "Ada[31m", "city": "Paris"}]
