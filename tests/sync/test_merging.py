"""Another version of the book brought into the open one: what is shown, and what is kept."""

from dataclasses import replace

from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, edit, log_interaction
from relcraft.domain.contents import Contents
from relcraft.domain.documents import to_document
from relcraft.domain.records import Contact, Interaction, OtherSide
from relcraft.domain.words import InteractionKind
from relcraft.sync.merging import keep_merge, plan_merge
from tests.books import NOON, TODAY, a_book, person
from tests.domain.laptops import Laptop

ADA, GRACE = person("ada", "Ada Lovelace"), person("grace", "Grace Hopper")


def other(*contacts: Contact) -> Contents:
    return Contents("laptop.json", {"contacts": {one.uid: to_document(one) for one in contacts}})


def test_a_plan_says_in_words_what_comes_in() -> None:
    book = a_book(ADA, GRACE)
    later = NOON.replace(hour=13)
    met = Interaction(uid="met", date=TODAY, kind=InteractionKind.COFFEE, contacts=("linus",), updated=later)
    theirs = other(replace(ADA, city="Paris", updated=later), GRACE, person("linus", "Linus"))
    theirs = replace(theirs, tables={**theirs.tables, "interactions": {"met": to_document(met)}})
    plan = plan_merge(book, theirs)
    assert plan.coming == ("Linus", "coffee with Linus")
    assert plan.changing == ("Ada Lovelace: city",)
    assert plan.conflicts == ("Ada Lovelace",)
    assert plan.summary == "2 come in, 1 changes, 1 conflict to look at"
    assert [one.name for one in book.contacts()] == ["Ada Lovelace", "Grace Hopper"]


def test_a_merge_is_one_change_and_one_undo() -> None:
    book = a_book(ADA)
    change = keep_merge(book, plan_merge(book, other(replace(ADA, city="Paris", updated=NOON), GRACE)))
    assert change is not None
    assert change.title == "merge of laptop.json"
    assert (book.contact("ada").city, book.count(Contact), book.count(OtherSide)) == ("Paris", 2, 1)
    book.undo()
    assert (book.contact("ada").city, book.count(Contact), book.count(OtherSide)) == ("", 1, 0)


def test_a_plan_is_made_anew_where_the_book_changed_since() -> None:
    book = a_book(ADA)
    theirs = other(ADA, GRACE)
    plan = plan_merge(book, theirs)
    edit(book, book.contact("ada"), replace(book.contact("ada"), role="Countess"))
    assert keep_merge(book, plan) is not None
    assert (book.contact("ada").role, book.count(Contact)) == ("Countess", 2)
    assert keep_merge(book, plan) is None


def test_a_merge_of_a_person_deleted_here_with_something_new_brings_them_back() -> None:
    book = Book(MemoryKeeper(), lambda: NOON)
    ada = add_contact(book, Contact(uid="", name="Ada Lovelace"))
    found = book.contents()
    there = Laptop(replace(found, tables={table: dict(documents) for table, documents in found.tables.items()}))
    there.edit("met", 1, table="interactions", contacts=[ada.uid], date="2026-03-12", kind="lunch")
    book.undo()
    plan = plan_merge(book, there.book)
    assert plan.coming == ("lunch with Ada Lovelace", "Ada Lovelace")
    assert keep_merge(book, plan) is not None
    assert [one.name for one in book.contacts()] == ["Ada Lovelace"]
    log_interaction(book, Interaction(uid="", date=TODAY, kind=InteractionKind.CALL, contacts=(ada.uid,)))


def test_who_may_be_here_already_is_told() -> None:
    book = a_book(ADA)
    plan = plan_merge(book, other(person("other", "lovelace, ada"), GRACE))
    assert plan.twice == ("lovelace, ada",)


def test_what_cannot_be_named_is_told_all_the_same() -> None:
    book = a_book()
    theirs = Contents("x.json", {"contacts": {"a": {"uid": "a"}}, "conflicts": {"b": {"uid": "b", "table": "moons"}}})
    plan = plan_merge(book, theirs)
    assert plan.coming == ("somebody without a name",)
    assert plan.conflicts == ("a record of a kind that is not known here",)
    assert keep_merge(book, plan) is not None
