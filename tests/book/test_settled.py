"""A conflict that was settled stays settled: whatever copy of either side is brought in again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.book.sides import keep_here, take_there, waiting
from relcraft.domain.changes import Change, put
from relcraft.domain.records import Contact, OtherSide
from relcraft.store.opening import open_store
from relcraft.store.other import read_contents
from relcraft.sync.merging import keep_merge, plan_merge
from tests.books import NOON, person

ADA = person("ada", "Ada Lovelace", organisation="Acme", updated=NOON, created=NOON)
Verb = Callable[[Book, str], Change]
Edit = Callable[[Book], object]


def organisation(name: str) -> Edit:
    def edit(book: Book) -> Change:
        old = book.contact("ada")
        return verbs.edit(book, old, replace(old, organisation=name))

    return edit


def gone(book: Book) -> object:
    verbs.archive(book, ["ada"])
    return verbs.delete_for_good(book, "ada")


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Callable[[str], Book]]:
    """What opens the book of a laptop; time goes on by an hour with each look at the clock."""
    ticks = count()
    opened: list[Book] = []

    def now() -> datetime:
        return NOON + timedelta(hours=next(ticks))

    def laptop(name: str) -> Book:
        opened.append(Book(open_store(tmp_path / name, now=now), now))
        return opened[-1]

    yield laptop
    for book in opened:
        book.close()


def as_it_is(book: Book) -> Contact | None:
    known = book.get("contacts", "ada")
    return known if isinstance(known, Contact) else None


@pytest.mark.parametrize("verb", [keep_here, take_there])
@pytest.mark.parametrize("here", [organisation("Acme Ltd"), gone], ids=["edited here", "deleted here"])
@pytest.mark.parametrize("there", [organisation("Navy"), gone], ids=["edited there", "deleted there"])
def test_what_was_settled_stays_settled_on_both_laptops(
    laptops: Callable[[str], Book], tmp_path: Path, verb: Verb, here: Edit, there: Edit
) -> None:
    one = laptops("one.json")
    one.change("Ada", put(None, ADA))
    one.fold()
    (tmp_path / "two.json").write_bytes((tmp_path / "one.json").read_bytes())
    two = laptops("two.json")
    there(two)
    here(one)
    for book in (one, two):
        book.fold()
    keep_merge(one, plan_merge(one, read_contents(tmp_path / "two.json")))
    if here is gone and there is gone:
        assert not waiting(one)
        return
    (sides,) = waiting(one)
    verb(one, sides.uid)
    settled = as_it_is(one)
    assert not waiting(one)
    again = plan_merge(one, read_contents(tmp_path / "two.json"))
    assert not again.conflicts
    keep_merge(one, again)
    assert (as_it_is(one), one.count(OtherSide)) == (settled, 0)

    one.fold()
    keep_merge(two, plan_merge(two, read_contents(tmp_path / "one.json")))
    assert (as_it_is(two), two.count(OtherSide)) == (settled, 0)
