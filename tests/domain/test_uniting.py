"""Laptops that share one book: what becomes of what both did, story by story."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from relcraft.domain.contents import Contents
from relcraft.domain.documents import Document
from relcraft.domain.uniting import united
from relcraft.domain.versions import conflict_of
from tests.domain.books import NO_BOOK, document, joined, moment, said_by
from tests.domain.laptops import Laptop

Does = Callable[[Laptop], object]


def nothing(_laptop: Laptop) -> None:
    """Leave it as it is."""


@dataclass(frozen=True)
class Story:
    """Two laptops start from one file with Ada in London; then each does something."""

    here: Does
    there: Does
    ada: Document | None
    """What both have in the end, stamps aside."""
    conflicts: tuple[object, ...] = ()
    """What waits to be looked at, as cities; None: that she was deleted."""


STORIES = {
    "nothing happens": Story(nothing, nothing, {"name": "Ada", "city": "London"}),
    "one laptop edits": Story(lambda b: b.edit("ada", 9, city="Paris"), nothing, {"name": "Ada", "city": "Paris"}),
    "one laptop edits, and its clock is an hour slow": Story(
        lambda b: b.edit("ada", 0, city="Paris"), nothing, {"name": "Ada", "city": "Paris"}
    ),
    "one laptop edits and takes it back": Story(
        lambda b: b.edit("ada", 9, city="Paris").undo(), nothing, {"name": "Ada", "city": "London"}
    ),
    "both edit another field": Story(
        lambda b: b.edit("ada", 8, city="Paris"),
        lambda b: b.edit("ada", 9, role="Countess"),
        {"name": "Ada", "city": "Paris", "role": "Countess"},
    ),
    "both edit another field, and one clock is an hour slow": Story(
        lambda b: b.edit("ada", 0, city="Paris"),
        lambda b: b.edit("ada", 9, role="Countess"),
        {"name": "Ada", "city": "Paris", "role": "Countess"},
    ),
    "both edit the same field": Story(
        lambda b: b.edit("ada", 8, city="Paris"),
        lambda b: b.edit("ada", 9, city="Rome"),
        {"name": "Ada", "city": "Rome"},
        ("Paris",),
    ),
    "both edit the same field to the same": Story(
        lambda b: b.edit("ada", 8, city="Paris"),
        lambda b: b.edit("ada", 9, city="Paris"),
        {"name": "Ada", "city": "Paris"},
    ),
    "both edit the same field and others": Story(
        lambda b: b.edit("ada", 8, city="Paris", role="Countess"),
        lambda b: b.edit("ada", 9, city="Rome", notes="met"),
        {"name": "Ada", "city": "Rome", "role": "Countess", "notes": "met"},
        ("Paris",),
    ),
    "one deletes, the other leaves her alone": Story(lambda b: b.delete("ada", 9), nothing, None),
    "one deletes by a slow clock, the other leaves her alone": Story(lambda b: b.delete("ada", 0), nothing, None),
    "one deletes, the other edits later": Story(
        lambda b: b.delete("ada", 8),
        lambda b: b.edit("ada", 9, city="Rome"),
        {"name": "Ada", "city": "Rome"},
        (None,),
    ),
    "one edits, the other deletes later": Story(
        lambda b: b.edit("ada", 8, city="Rome"), lambda b: b.delete("ada", 9), None, ("Rome",)
    ),
    "both delete": Story(lambda b: b.delete("ada", 8), lambda b: b.delete("ada", 9), None),
    "one deletes and takes it back": Story(
        lambda b: b.delete("ada", 9).undo(), nothing, {"name": "Ada", "city": "London"}
    ),
    "one takes back what both had, the other edits on": Story(
        lambda b: b.undo(), lambda b: b.edit("ada", 9, role="Countess"), {"name": "Ada", "role": "Countess"}
    ),
    "one takes back what both had": Story(lambda b: b.undo(), nothing, {"name": "Ada"}),
}


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("swapped", [False, True])
def test_two_laptops(name: str, swapped: bool) -> None:
    story = STORIES[name]
    start = Laptop().edit("ada", 1).edit("ada", 2, city="London")
    here, there = start.copy(), start.copy()
    story.here(here)
    story.there(there)
    one, other = (there, here) if swapped else (here, there)
    before = other.copy()
    one.merge(other)
    other.merge(one)
    for laptop in (one, other):
        assert laptop.record("ada") == story.ada
        assert [said and said["city"] for _, said in laptop.conflicts] == list(story.conflicts)  # type: ignore[index]  # a document
    assert united(one.book, before.book).nothing_new
    one.merge(other)  # who took something back learns the moment that others have of it
    assert said_by(one.book)[0] == said_by(other.book)[0]
    assert united(one.book, other.book).ops == ()
    assert united(one.book, before.book).nothing_new


def test_a_person_added_on_both_laptops_is_there_twice() -> None:
    here, there = Laptop().edit("ada1", 1, name="Ada"), Laptop().edit("ada2", 2, name="Ada")
    here.merge(there)
    assert here.record("ada1") == here.record("ada2") == {"name": "Ada"}
    assert here.conflicts == []


def test_what_two_laptops_say_of_oneself_without_a_common_past_is_a_conflict() -> None:
    here, there = Laptop().edit("me", 1, table="me", name="Me"), Laptop().edit("me", 2, table="me", name="Myself")
    here.merge(there)
    assert here.record("me", "me") == {"name": "Myself"}
    assert [of for of, _ in here.conflicts] == ["me"]


def test_three_laptops_in_a_chain_agree_without_a_conflict() -> None:
    first = Laptop().edit("ada", 1)
    second, third = first.copy(), first.copy()
    first.edit("ada", 2, city="Paris")
    second.edit("ada", 3, role="Countess")
    second.merge(first)
    third.edit("ada", 4, notes="met")
    third.merge(second)
    second.edit("ada", 5, role="Lady")
    third.merge(second)
    first.merge(third)
    assert first.record("ada") == {"name": "Ada", "city": "Paris", "role": "Lady", "notes": "met"}
    second.merge(first)
    for laptop in (first, second, third):
        assert laptop.conflicts == []
        assert laptop.record("ada") == first.record("ada")


def test_an_older_state_of_a_laptop_that_comes_late_changes_nothing() -> None:
    first = Laptop().edit("ada", 1)
    second = first.copy()
    older = second.edit("ada", 2, city="Paris").copy()
    second.edit("ada", 3, city="Rome")
    first.merge(second)
    assert first.merge(older).ops == ()
    third = Laptop()
    third.merge(first)
    assert third.merge(older).ops == ()
    assert third.record("ada") == {"name": "Ada", "city": "Rome"}


def test_edits_go_on_while_a_conflict_waits() -> None:
    first = Laptop().edit("ada", 1)
    second = first.copy()
    first.edit("ada", 3, city="Rome")
    second.edit("ada", 2, city="Paris")
    first.merge(second)
    second.edit("ada", 4, role="Countess")
    first.merge(second)
    assert first.record("ada") == {"name": "Ada", "city": "Rome", "role": "Countess"}
    assert [said and said["city"] for _, said in first.conflicts] == ["Paris"]  # type: ignore[index]  # a document


def test_a_conflict_knows_over_which_field_it_is_and_that_the_rest_came_together() -> None:
    first = Laptop().edit("ada", 1, city="London")
    second = first.copy()
    first.edit("ada", 3, city="Rome", role="Countess")
    second.edit("ada", 2, city="Paris", tags=["maths"])
    for laptop, other in ((first, second), (second, first)):
        laptop.merge(other)
        assert laptop.record("ada") == {"name": "Ada", "city": "Rome", "role": "Countess", "tags": ["maths"]}
        (conflict,) = laptop.book.tables["conflicts"].values()
        assert conflict["fields"] == ["city"]


def test_one_conflict_that_two_laptops_know_is_over_all_that_either_knows() -> None:
    said = {"uid": "ada", "name": "Ada", "city": "Paris", "role": "Countess"}
    other = Laptop().edit("ada", 9, city="Rome", role="Lady")
    one, two, three = (
        other.copy().keep("conflicts", "x", conflict_of("contacts", "ada", said, moment(2), fields))
        for fields in (["city"], ["role"], [])
    )
    for here, there, fields in (
        (one, two, ["city", "role"]),
        (two, one, ["city", "role"]),
        (one, one.copy(), ["city"]),
        (one, three, None),
        (three, two, None),
    ):
        merged = here.copy()
        merged.merge(there)
        (conflict,) = merged.book.tables["conflicts"].values()
        assert conflict.get("fields") == fields


def test_a_conflict_that_was_settled_does_not_come_up_again() -> None:
    first = Laptop().edit("ada", 1)
    second = first.copy()
    first.edit("ada", 3, city="Rome")
    second.edit("ada", 2, city="Paris")
    first.merge(second)
    (conflict,) = first.book.tables["conflicts"]
    first.delete(conflict, 4, table="conflicts")
    assert first.merge(second).ops == ()
    second.merge(first)
    assert second.record("ada") == {"name": "Ada", "city": "Rome"}
    assert second.conflicts == []


def test_a_deletion_is_remembered_by_who_never_had_the_record() -> None:
    first = Laptop().edit("ada", 1)
    late = first.copy()
    first.delete("ada", 2)
    second = Laptop()
    second.merge(first)
    assert second.merge(late).ops == ()
    assert second.record("ada") is None


def test_who_was_deleted_stays_where_the_other_laptop_has_something_new_with_them() -> None:
    start = Laptop().edit("ada", 1).edit("grace", 1)
    here, there = start.copy(), start.copy()
    here.delete("ada", 5).delete("grace", 5)
    there.edit("lunch", 4, table="interactions", contacts=["ada"], date="2026-03-12", kind="lunch")
    for one, other in ((here, there), (there, here)):
        one.merge(other)
        assert one.record("ada") == {"name": "Ada"}
        assert one.record("grace") is None
        assert one.record("lunch", "interactions") is not None
        assert one.conflicts == [("ada", None)]
    assert united(here.book, there.book).nothing_new


def test_what_hangs_on_what_stays_stays_as_well() -> None:
    start = Laptop().edit("ada", 1).edit("lunch", 1, table="interactions", contacts=["ada"])
    here, there = start.copy(), start.copy()
    here.delete("lunch", 5, table="interactions").delete("ada", 5)
    there.edit("gift", 4, table="exchanges", contact="ada", interaction="lunch")
    here.merge(there)
    assert here.record("lunch", "interactions") is not None
    assert here.record("ada") is not None


# A base, as git knows one


def book_of(**cities: str | None) -> Contents:
    found = {uid: document(uid, 1, city=city) for uid, city in cities.items() if city is not None}
    return Contents("", {"contacts": found})


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both", "conflicts"),
    [
        ("London", "London", "Paris", "Paris", 0),
        ("London", "Paris", "London", "Paris", 0),
        ("London", "Paris", "Paris", "Paris", 0),
        ("London", "Paris", "Rome", "Rome", 1),
        ("London", None, "London", None, 0),
        ("London", "London", None, None, 0),
        ("London", None, "Rome", "Rome", 1),
        ("London", None, None, None, 0),
        (None, None, "Rome", "Rome", 0),
        (None, "Paris", "Rome", "Rome", 1),
        (None, "Paris", None, "Paris", 0),
    ],
)
def test_a_base_decides_even_where_moments_do_not(
    base: str | None, ours: str | None, theirs: str | None, both: str | None, conflicts: int
) -> None:
    found = joined(book_of(ada=ours), book_of(ada=theirs), book_of(ada=base))
    ada = found.tables.get("contacts", {}).get("ada")
    assert (None if ada is None else ada["city"]) == both
    assert len(found.tables.get("conflicts", {})) == conflicts
    other = joined(book_of(ada=theirs), book_of(ada=ours), book_of(ada=base))
    assert said_by(other) == said_by(found)


def test_a_book_comes_into_an_empty_one_as_it_is() -> None:
    book = Laptop().edit("ada", 1).delete("ada", 2).edit("grace", 3).book
    assert said_by(joined(NO_BOOK, book)) == said_by(book)
    assert said_by(joined(book, NO_BOOK)) == said_by(book)


def test_the_moment_of_a_deletion_comes_along() -> None:
    here = Laptop()
    here.merge(Laptop().edit("ada", 1).delete("ada", 7))
    assert here.tombstones["ada"].when == moment(7)


def test_what_two_came_to_by_themselves_and_one_took_back_is_merged_once() -> None:
    first = Laptop().edit("ada", 1)
    second = first.copy()
    first.edit("ada", 2, city="Paris")
    second.edit("ada", 3, role="Countess").edit("ada", 4, city="Paris").undo()
    first.merge(second)
    assert first.merge(second).ops == ()
    assert first.record("ada") == {"name": "Ada", "role": "Countess", "city": "Paris"}


def test_a_merge_that_was_taken_back_on_one_laptop_is_taken_back_on_the_other() -> None:
    first = Laptop().edit("ada", 1)
    second = first.copy()
    first.edit("ada", 2, city="Paris")
    second.edit("ada", 3, role="Countess")
    first.merge(second)
    second.merge(first)
    second.undo()
    first.merge(second)
    assert first.record("ada") == second.record("ada") == {"name": "Ada", "role": "Countess"}
