"""Three laptops that edit, delete, take back, settle and merge in any order: nothing is lost, and both ways agree."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relcraft.domain.contents import Contents, Key
from relcraft.domain.documents import Document
from relcraft.domain.merging import STAMPS
from relcraft.domain.pasts import Pasts
from relcraft.domain.tombstones import CONFLICTS
from relcraft.domain.uniting import united
from relcraft.domain.versions import version_of
from tests.domain.books import joined, moment, said_by
from tests.domain.laptops import Laptop

SKEW = (0, 15, 30)
"""By how much the clocks of the three are apart."""
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(("city", "city", "role", "delete", "undo", "merge", "merge", "settle", "forget")),
        st.integers(0, 2),
    ),
    max_size=12,
)


def do(laptops: list[Laptop], number: int, step: tuple[int, str, int]) -> None:
    """Do one step where it can be done."""
    who, what, choice = step
    laptop, at = laptops[who], number + SKEW[who]
    there = laptop.book.tables.get("contacts", {})
    waiting = sorted(laptop.book.tables.get(CONFLICTS, {}))
    if what in ("city", "role"):
        laptop.edit("ada", at, **{what: f"{what} {choice}"})
    elif what == "delete" and "ada" in there:
        laptop.delete("ada", at)
    elif what == "undo" and laptop.book.history and laptop.book.history[-1].table == "contacts":
        last = laptop.book.history[-1]
        if there.get("ada") == last.after and last.before != last.after:
            laptop.undo(at)
    elif what == "merge":
        laptop.merge(laptops[choice])
    elif what == "settle" and waiting:
        laptop.delete(waiting[choice % len(waiting)], at, table=CONFLICTS)
    elif what == "forget":
        laptop.without_history()


def lived(steps: list[tuple[int, str, int]]) -> list[Laptop]:
    """The laptops after all that."""
    start = Laptop().edit("ada", 0)
    laptops = [start.copy() for _ in range(3)]
    for number, step in enumerate(steps, 1):
        do(laptops, number, step)
    return laptops


def known_to(book: Contents, version: str) -> bool:
    """Whether a book had a version, or settled it."""
    path = Pasts(book.history).path(("contacts", "ada"), book.tables.get("contacts", {}).get("ada"))
    return (
        version in path.documents
        or (CONFLICTS, version) in book.tombstones
        or version in {tombstone.of for tombstone in book.tombstones.values()}
        or version in book.tables.get(CONFLICTS, {})
    )


def is_kept(mine: Contents, other: Contents, both: Contents) -> bool:
    """Whether what Ada is in `mine` is in the union, or older than what the other has."""
    ada = mine.tables.get("contacts", {}).get("ada")
    if ada is None:
        return True
    version, now = version_of("contacts", "ada", ada), both.tables.get("contacts", {}).get("ada")
    if version in both.tables.get(CONFLICTS, {}) or known_to(other, version):
        return True
    if now is None:
        return False
    mine_were = Pasts(mine.history).path(("contacts", "ada"), ada).documents
    others_were = Pasts(other.history).path(("contacts", "ada"), other.tables.get("contacts", {}).get("ada")).documents
    older = [one for one in (*mine_were.values(), *others_were.values()) if one is not None]
    return all(
        now.get(name) == value or any(one.get(name) == value for one in older if one != ada)
        for name, value in ada.items()
        if name not in ("created", "updated")
    )


def words_of(book: Contents) -> dict[Key, Document]:
    """What a book says, whenever that was written: who took something back has the moment of it in the past alone."""
    records = said_by(book)[0].items()
    return {key: {name: value for name, value in one.items() if name not in STAMPS} for key, one in records}


def both_ways_agree_and_nothing_is_lost(steps: list[tuple[int, str, int]]) -> None:
    laptops = lived(steps)
    for one, other in ((0, 1), (1, 2), (0, 2)):
        mine, their = laptops[one].book, laptops[other].book
        both, turned = joined(mine, their), joined(their, mine)
        assert words_of(both) == words_of(turned)
        assert said_by(joined(both, turned))[0] == said_by(joined(turned, both))[0]
        assert united(both, their).ops == ()
        assert united(both, mine).ops == ()
        assert is_kept(mine, their, both)
        assert is_kept(their, mine, both)


def run(examples: int) -> None:
    settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=examples < 1000
    )(given(STEPS)(both_ways_agree_and_nothing_is_lost))()


def test_laptops_that_know_their_pasts() -> None:
    run(300)


@pytest.mark.long
def test_laptops_that_know_their_pasts_long() -> None:
    run(5_000)


def test_a_deletion_by_a_clock_that_is_behind_is_later_than_what_it_deleted() -> None:
    behind = Laptop().edit("ada", 50)
    ahead = behind.copy()
    behind.delete("ada", 1)
    assert behind.tombstones["ada"].when > str(ahead.book.tables["contacts"]["ada"]["updated"])
    for one, other in ((behind.copy(), ahead.copy()), (ahead.copy(), behind.copy())):
        one.without_history().merge(other.without_history())
        assert one.record("ada") is None
        assert one.conflicts == []


def test_git_merges_know_what_was_taken_back_since_the_base() -> None:
    base = Laptop().edit("ada", 0, city="London")
    ours, theirs = base.copy().edit("ada", 1, city="Paris"), base.copy()
    theirs.merge(ours)
    ours.undo()
    assert joined(theirs.book, ours.book, base.book).tables["contacts"]["ada"]["city"] == "London"


def test_who_went_on_from_a_version_and_back_to_an_older_one_is_ahead() -> None:
    here = Laptop().edit("ada", 0, city="London").edit("ada", 1, city="Paris")
    there = here.copy().edit("ada", 2, city="Rome").edit("ada", 3, city="London").edit("ada", 4, role="Countess")
    for one, other in ((here.copy(), there), (there.copy(), here)):
        one.merge(other)
        assert one.record("ada") == {"name": "Ada", "city": "London", "role": "Countess"}
        assert one.conflicts == []


def test_who_takes_a_record_in_for_the_first_time_knows_its_older_versions() -> None:
    first, second, third = Laptop().edit("ada", 0), Laptop(), Laptop()
    second.merge(first)
    first.edit("ada", 1, city="Paris")
    third.merge(first)
    third.merge(second)
    assert third.record("ada") == {"name": "Ada", "city": "Paris"}
    assert third.conflicts == []
    first.delete("ada", 2)
    fourth = Laptop()
    fourth.merge(first)
    fourth.merge(second)
    assert fourth.record("ada") is None
    assert fourth.conflicts == []


def test_an_op_that_was_brought_in_a_second_time_is_no_step() -> None:
    once = Laptop().edit("ada", 0).edit("ada", 1, city="Paris").delete("ada", 2)
    twice = replace(once.book, history=(*once.book.history, *once.book.history[1:]))
    assert Pasts(twice.history).path(("contacts", "ada"), None) == Pasts(once.book.history).path(
        ("contacts", "ada"), None
    )


def test_an_older_version_that_was_written_anew_is_not_behind_who_went_through_it_before() -> None:
    there = Laptop().edit("ada", 0)
    here = there.copy()
    there.edit("ada", 1, city="Paris")
    old = here.book.tables["contacts"]["ada"]
    here.merge(there)
    here.undo(2).keep("contacts", "ada", there.book.tables["contacts"]["ada"], 3)
    there.keep("contacts", "ada", {**old, "updated": moment(4)})
    for one, other in ((here.copy(), there), (there.copy(), here)):
        one.merge(other)
        assert one.record("ada") == {"name": "Ada"}
        assert one.conflicts == []


def test_what_came_back_stays_where_others_had_taken_an_edit_back_before_they_saw_the_deletion() -> None:
    here = Laptop().edit("ada", 0)
    there = here.copy()
    old = here.book.tables["contacts"]["ada"]
    here.edit("ada", 1, city="Paris").undo(2)
    there.delete("ada", 3)
    here.merge(there)
    there.keep("contacts", "ada", {**old, "updated": moment(4)})
    for one, other in ((here.copy(), there), (there.copy(), here)):
        one.merge(other)
        assert one.record("ada") == {"name": "Ada"}
        assert one.conflicts == []


def test_what_lost_in_one_merge_and_came_in_by_another_is_kept_to_be_looked_at() -> None:
    start = Laptop().edit("ada", 0)
    first, second = start.copy().edit("ada", 1, city="Paris"), start.copy().edit("ada", 9, city="Rome")
    third = start.copy().edit("ada", 3, role="Countess")
    third.merge(first)
    first.merge(second)
    for _ in range(2):
        first.merge(third)
        second.merge(first)
        third.merge(second)
    for laptop in (first, second, third):
        assert laptop.record("ada") == {"name": "Ada", "city": "Rome", "role": "Countess"}
        assert [(said or {})["city"] for _, said in laptop.conflicts] == ["Paris"]  # type: ignore[index]  # a document
