"""Two versions of a book without a common past: it does not matter who brings in whom, how often, and in what order."""

from collections.abc import Callable
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relcraft.domain.contents import Contents, Key, Tombstone
from relcraft.domain.documents import Document
from relcraft.domain.tombstones import CONFLICTS
from relcraft.domain.uniting import united
from relcraft.domain.versions import moment_of, version_of
from tests.domain.books import NO_BOOK, document, joined, moment, other_side, said_by

UIDS = ("ada", "grace")
CITIES = ("", "London", "Paris")
TIMES = st.integers(0, 5)


@st.composite
def states(draw: st.DrawFn, uid: str) -> Contents:
    """A book with one record, or its tombstone, and perhaps versions that wait beside it or were settled."""
    key: Key = ("contacts", uid)
    said = st.sampled_from(CITIES)
    now = draw(TIMES)
    records: dict[str, Document] = {}
    tombstones: dict[Key, Tombstone] = {}
    here = ""
    if draw(st.booleans()):
        records[uid] = document(uid, now, city=draw(said))
        here = version_of(*key, records[uid])
    else:
        of = version_of(*key, document(uid, 0, city=draw(said))) if draw(st.booleans()) else ""
        tombstones[key] = Tombstone(moment(now), of)
    conflicts: dict[str, Document] = {}
    for city in draw(st.sets(said, max_size=2)):
        at = draw(st.integers(0, now))  # what waits is older than what stands
        version = document(uid, at, city=city)
        name = version_of(*key, version)
        if draw(st.booleans()):
            tombstones[CONFLICTS, name] = Tombstone(moment(at))
        elif name != here and ((dead := tombstones.get(key)) is None or dead.of != name):
            conflicts[name] = other_side("contacts", uid, at, version)
    if draw(st.booleans()) and not tombstones.get(key):
        gone = other_side("contacts", uid, draw(st.integers(0, now)), None)
        conflicts[gone["uid"]] = gone
    return Contents("", {"contacts": records, CONFLICTS: conflicts}, tombstones)


@st.composite
def books(draw: st.DrawFn) -> Contents:
    """A book as merges and users leave it."""
    book = NO_BOOK
    for uid in draw(st.lists(st.sampled_from(UIDS), max_size=3)):
        book = join(book, draw(states(uid)))
    return book


def alone(book: Contents) -> Contents:
    """The book without what is known of its past."""
    return Contents("", book.tables, book.tombstones)


def join(ours: Contents, theirs: Contents) -> Contents:
    return alone(joined(ours, theirs))


def who_brings_in_whom_does_not_matter(one: Contents, other: Contents) -> None:
    assert said_by(join(one, other)) == said_by(join(other, one))


def nor_in_what_order(one: Contents, other: Contents, third: Contents) -> None:
    outcomes = [said_by(join(join(a, b), c)) for a, b, c in permutations((one, other, third))]
    outcomes += [said_by(join(a, join(b, c))) for a, b, c in permutations((one, other, third))]
    assert all(outcome == outcomes[0] for outcome in outcomes)


def a_second_time_changes_nothing(one: Contents, other: Contents) -> None:
    both = join(one, other)
    for book in (one, other, both):
        assert united(both, book).nothing_new
    assert united(one, one).nothing_new


def nothing_is_lost(one: Contents, other: Contents) -> None:
    both = join(one, other)
    settled = {uid: t.when for (table, uid), t in both.tombstones.items() if table == CONFLICTS}
    for t in both.tombstones.values():
        settled[t.of] = max(settled.get(t.of, ""), t.when)
    for book in (one, other):
        for table, documents in book.tables.items():
            for uid, kept in documents.items():
                version = uid if table == CONFLICTS else version_of(table, uid, kept)
                record = str(kept["of"]) if table == CONFLICTS else uid
                now = both.tables.get("contacts", {}).get(record)
                assert (
                    version in both.tables.get(CONFLICTS, {})
                    or (now is not None and version_of("contacts", record, now) == version)
                    or settled.get(version, "") >= moment_of(kept)
                )


LAWS: dict[Callable[..., None], int] = {
    who_brings_in_whom_does_not_matter: 2,
    nor_in_what_order: 3,
    a_second_time_changes_nothing: 2,
    nothing_is_lost: 2,
}


def run(law: Callable[..., None], examples: int) -> None:
    checked = settings(
        max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=examples < 1000
    )
    checked(given(*(books() for _ in range(LAWS[law])))(law))()


@pytest.mark.parametrize("law", LAWS)
def test_merging_books_without_a_common_past(law: Callable[..., None]) -> None:
    """A few; 5,000 each: pytest -n0 -m long <this file>."""
    run(law, 60)


@pytest.mark.long
@pytest.mark.parametrize("law", LAWS)
def test_merging_books_without_a_common_past_long(law: Callable[..., None]) -> None:
    run(law, 5_000)
