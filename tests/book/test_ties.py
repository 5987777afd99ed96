"""Ties that are noted by hand."""

import pytest

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.book.ties import add_tie, introduced_ops, tie_between, ties_of
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.records import Tie
from relcraft.domain.words import TieOrigin, TieStrength
from tests.books import a_book, person


@pytest.fixture
def book() -> Book:
    return a_book(person("ada", "Ada Lovelace"), person("lee", "Lee Chan"), person("raj", "Raj Patel"))


def test_a_tie_is_seen_from_both_ends(book: Book) -> None:
    tie = add_tie(book, "ada", "lee", TieStrength.STRONG)
    assert [ties_of(book, uid) for uid in ("ada", "lee", "raj")] == [[tie], [tie], []]
    assert tie_between(book, "lee", "ada") == tie_between(book, "ada", "lee") == tie
    assert (tie.origin, tie.strength) == (TieOrigin.BY_HAND, TieStrength.STRONG)
    assert book.history.last_done().title == "tie between Ada and Lee"


def test_the_same_tie_from_the_other_end_only_changes_how_strong_it_is(book: Book) -> None:
    tie = add_tie(book, "ada", "lee")
    again = add_tie(book, "lee", "ada", TieStrength.WEAK)
    assert (again.uid, again.strength, again.first) == (tie.uid, TieStrength.WEAK, "ada")
    assert list(book.all(Tie)) == [again]
    assert book.history.last_done().title == "tie between Ada and Lee: weak"


def test_a_tie_that_is_noted_already_is_told(book: Book) -> None:
    add_tie(book, "ada", "lee")
    with pytest.raises(BadInput, match="Ada and Lee know each other is noted already, as ordinary"):
        add_tie(book, "ada", "lee")
    add_tie(book, "lee", "raj")
    assert book.count(Tie) == 2


def test_nobody_is_tied_to_themselves_or_to_nobody(book: Book) -> None:
    add_tie(book, "ada", "lee")
    with pytest.raises(BadInput, match="between two people"):
        add_tie(book, "ada", "ada")
    with pytest.raises(BadInput, match="no longer in the book"):
        add_tie(book, "ada", "nobody")


def test_an_introduction_adds_no_second_tie(book: Book) -> None:
    assert [op.table for op in introduced_ops(book, "ada", "lee")] == ["ties"]
    add_tie(book, "ada", "lee")
    assert introduced_ops(book, "lee", "ada") == []


def test_a_tie_is_deleted_and_comes_back(book: Book) -> None:
    tie = add_tie(book, "ada", "lee")
    verbs.delete(book, [tie.uid])
    assert ties_of(book, "lee") == []
    with pytest.raises(NotFound):
        book.one(Tie, tie.uid)
    book.undo()
    assert ties_of(book, "lee") == [tie]
