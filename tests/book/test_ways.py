"""Ways in a book: what each link rests on, who speaks for nobody, and how a way is told."""

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book import acquaintance, asks, ties, verbs
from relcraft.book.acquaintance import ME
from relcraft.book.open import Book
from relcraft.book.shared import shared_times
from relcraft.book.ways import Target, find_target, tell_way, ways, ways_to, ways_to_organisation
from relcraft.domain.changes import drop, put
from relcraft.domain.errors import NotFound
from relcraft.domain.paths import Way
from relcraft.domain.records import Ask, AskStep, Contact, Interaction, Me, Record, Tie
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    ExchangeKind,
    InteractionKind,
    TieOrigin,
    TieStrength,
)
from tests.books import TODAY, a_book, a_keeper, at_noon, got, met, person

GRACE = person("grace", "Grace Hopper", circle=Circle.CLOSE)
LEE = person("lee", "Lee Chen", organisation="Acme", role="data")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def tie(uid: str, first: str, second: str, strength: TieStrength = TieStrength.ORDINARY) -> Tie:
    return Tie(uid=uid, first=first, second=second, strength=strength)


def asked(contact: str, on: date = TODAY, direction: AskDirection = AskDirection.OUTGOING) -> Ask:
    state = AskState.ASKED if direction is AskDirection.OUTGOING else AskState.RECEIVED
    return Ask(
        uid=f"ask-{contact}",
        direction=direction,
        contact=contact,
        kind=ExchangeKind.ADVICE,
        steps=(AskStep(state, on),),
    )


def people(found: list[Way]) -> list[tuple[str, ...]]:
    return [way.people for way in found]


def weight_to(book: Book, uid: str) -> float:
    (way,) = (way for way in ways_to(book, uid) if way.people == (uid,))
    return way.strength


# My own links


@pytest.mark.parametrize(
    ("days", "circle", "weight"),
    [
        (0, Circle.CLOSE, 1.0),
        (20, Circle.CLOSE, 1.0),
        (31, Circle.CLOSE, 0.8),
        (61, Circle.CLOSE, 0.6),
        (400, None, 0.5),
        (1200, Circle.CLOSE, 0.4),
    ],
)
def test_my_link_is_as_good_as_the_relationship_is_warm(days: int, circle: Circle | None, weight: float) -> None:
    book = a_book(person("a", "Ada", circle=circle), met("m", ago(days), "a"))
    assert weight_to(book, "a") == weight


def test_one_who_is_only_connected_counts_little() -> None:
    book = a_book(person("a", "Ada", sources=("linkedin:ada",)))
    assert weight_to(book, "a") == 0.2
    assert tell_way(book, ways_to(book, "a")[0]) == (
        "you ╌ Ada",
        "you are connected, and nothing between you is noted yet",
    )


@pytest.mark.parametrize(
    "records",
    [
        (person("a", "Ada", circle=Circle.WIDER),),
        (person("a", "Ada", met_how="at the fair"),),
        (person("a", "Ada"), got("e", ago(5), "a")),
    ],
)
def test_one_whom_anything_leads_to_is_known(records: tuple[Record, ...]) -> None:
    assert weight_to(a_book(*records), "a") == 0.5


def test_a_plan_and_a_note_make_no_link() -> None:
    note = met("n", ago(3), "a", "b", kind=InteractionKind.NOTE)
    book = a_book(person("a", "Ada"), person("b", "Bo"), note, met("p", ago(-3), "a", "b"))
    assert people(ways_to(book, "a")) == [("a",)]
    assert weight_to(book, "a") == 0.2


# Links between others


@pytest.mark.parametrize(("strength", "weight"), [("strong", 0.8), ("ordinary", 0.5), ("weak", 0.3)])
def test_a_tie_counts_by_its_strength(strength: str, weight: float) -> None:
    book = a_book(GRACE, LEE, met("m", TODAY, "grace"), tie("t", "grace", "lee", TieStrength(strength)))
    way = ways_to(book, "lee")[0]
    assert (way.people, way.weakest.weight) == (("grace", "lee"), weight)


@pytest.mark.parametrize(("times", "weight"), [(1, 0.3), (2, 0.5), (4, 0.5), (5, 0.8)])
def test_who_was_together_in_small_company_knows_each_other(times: int, weight: float) -> None:
    book = a_book(*(person(uid, uid) for uid in "abcd"), *(met(f"m{at}", ago(at), *"abcd") for at in range(times)))
    link = acquaintance.acquaintance(book).graph.link("a", "d")
    assert link is not None
    assert (link.weight, link.why) == (weight, "met once" if times == 1 else f"met {times} times")


def test_a_crowd_is_no_company() -> None:
    book = a_book(*(person(uid, uid) for uid in "abcde"), met("m", TODAY, *"abcde"))
    assert shared_times(book) == {}


def test_what_was_noted_by_hand_stands_whatever_else_would_follow() -> None:
    meetings = [met(f"m{at}", ago(at), "grace", "lee") for at in range(6)]
    graph = acquaintance.acquaintance(a_book(GRACE, LEE, tie("t", "lee", "grace", TieStrength.WEAK), *meetings)).graph
    assert graph.near("grace")["lee"] == 0.3
    introduced = replace(tie("t", "lee", "grace"), origin=TieOrigin.INTRODUCTION)
    graph = acquaintance.acquaintance(a_book(GRACE, LEE, introduced, *meetings)).graph
    assert graph.near("grace")["lee"] == 0.8


def test_who_introduced_somebody_knows_them() -> None:
    book = a_book(GRACE, replace(LEE, introduced_by="grace"), met("m", TODAY, "grace"))
    direct, way = ways_to(book, "lee")
    assert (direct.people, direct.strength) == (("lee",), 0.5)
    assert (way.people, way.weakest.weight) == (("grace", "lee"), 0.5)
    assert way.weakest.why == "Grace Hopper introduced you to Lee Chen"


# Brokers


@pytest.mark.parametrize("fields", [{"do_not_disturb": True}, {"archived": True}])
def test_who_is_in_peace_speaks_for_nobody(fields: dict[str, bool]) -> None:
    records = (LEE, met("m", TODAY, "grace"), tie("t", "grace", "lee"))
    assert people(ways_to(a_book(GRACE, *records), "lee")) == [("grace", "lee"), ("lee",)]
    peaceful = a_book(replace(GRACE, **fields), *records)  # type: ignore[arg-type]  # fields of a contact
    assert people(ways_to(peaceful, "lee")) == [("lee",)]
    assert ways_to(peaceful, "grace")[0].people == ("grace",)


def test_a_broker_with_an_open_ask_counts_half_and_a_target_in_full() -> None:
    book = a_book(GRACE, LEE, met("m", TODAY, "grace"), tie("t", "grace", "lee"), asked("grace"))
    (way,) = (way for way in ways_to(book, "lee") if len(way.links) == 2)
    assert [link.weight for link in way.links] == [0.5, 0.5]
    assert weight_to(book, "grace") == 1.0
    assert "Grace: an ask is open, wait for it" in tell_way(book, way)


@pytest.mark.parametrize(
    "ask",
    [
        asked("grace", direction=AskDirection.INCOMING),
        replace(asked("grace"), steps=(AskStep(AskState.DRAFT, TODAY),)),
        replace(asked("grace"), steps=(AskStep(AskState.ASKED, ago(9)), AskStep(AskState.DECLINED, TODAY))),
        replace(asked("grace", ago(90)), nudges=(ago(60),)),
    ],
)
def test_an_ask_that_is_not_open_from_me_halves_nothing(ask: Ask) -> None:
    book = a_book(GRACE, LEE, met("m", TODAY, "grace"), tie("t", "grace", "lee"), ask)
    assert [link.weight for link in ways_to(book, "lee")[0].links] == [1.0, 0.5]


# Hints


def test_a_shared_employer_is_only_a_hint_below_every_tie_and_says_so() -> None:
    dana = person("dana", "Dana Fox", organisation="ACME ", circle=Circle.CLOSE)
    book = a_book(LEE, dana, met("m", TODAY, "dana"))
    direct, hinted = ways_to(book, "lee")
    assert direct.people == ("lee",)
    assert hinted.people == ("dana", "lee")
    assert hinted.weakest.hint
    chain, why = tell_way(book, hinted)
    assert chain == "you ═ Dana ? Lee Chen (Acme, data)"
    assert why == "weakest: Dana–Lee, both are at Acme: a hint, nobody noted that they know each other"


def test_a_real_tie_with_an_open_ask_still_beats_a_hint() -> None:
    dana = person("dana", "Dana Fox", organisation="Acme", circle=Circle.CLOSE)
    weak = person("weak", "Wu Wei")
    book = a_book(LEE, dana, weak, met("m", TODAY, "dana"), tie("t", "weak", "lee", TieStrength.WEAK), asked("weak"))
    assert people(ways_to(book, "lee")) == [("lee",), ("weak", "lee"), ("dana", "lee")]


def test_a_colleague_who_is_tied_to_the_target_is_no_hint() -> None:
    dana = person("dana", "Dana Fox", organisation="Acme")
    book = a_book(LEE, dana, met("m", TODAY, "dana"), tie("t", "dana", "lee", TieStrength.WEAK))
    assert not any(link.hint for way in ways_to(book, "lee") for link in way.links)


# Organisations


def test_a_way_to_an_organisation_ends_at_whoever_is_there() -> None:
    dana = person("dana", "Dana Fox", organisation="acmé", circle=Circle.CLOSE)
    gone = person("gone", "Gone By", organisation="Acme", archived=True)
    peace = person("peace", "Pea Ce", organisation="Acme", do_not_disturb=True)
    records = (
        GRACE,
        LEE,
        dana,
        gone,
        peace,
        met("m", TODAY, "grace"),
        met("m2", TODAY, "dana"),
        met("m3", TODAY, "gone"),
    )
    book = a_book(*records, met("m4", TODAY, "peace"), tie("t", "grace", "lee"))
    assert people(ways_to_organisation(book, "ACME")) == [("dana",), ("grace", "lee"), ("lee",)]
    assert ways_to_organisation(book, "Nowhere") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("acme", ["Acme"]),
        ("ac", ["Acme", "Acme Tools"]),
        ("tools", ["Acme Tools"]),
        ("lee", ["Lee Chen"]),
        ("Lee Chen", ["Lee Chen"]),
        ("gr", ["Grace Hopper", "Green & Co"]),
        ("org:gr", ["Green & Co"]),
        ('org:"acme tools"', ["Acme Tools"]),
        ("g", ["Grace Hopper"]),
        ("org:nowhere", []),
        ("nobody", []),
        ("", []),
    ],
)
def test_a_text_names_people_and_organisations(text: str, found: list[str]) -> None:
    book = a_book(
        GRACE, LEE, person("t", "Tom", organisation="Acme  Tools"), person("u", "Uma", organisation="Green & Co")
    )
    assert [target.name for target in find_target(book, text)] == found


def test_a_target_leads_to_its_ways() -> None:
    book = a_book(GRACE, LEE)
    assert people(ways(book, Target("Lee Chen", "lee"))) == [("lee",)]
    assert people(ways(book, Target("Acme"))) == [("lee",)]
    with pytest.raises(NotFound):
        ways(book, Target("gone", "gone"))


# In words


def test_a_way_is_told_with_its_weakest_link() -> None:
    alan = person("alan", "Alan Turing", circle=Circle.WIDER)
    book = a_book(
        GRACE, alan, LEE, met("m", ago(3), "grace"), tie("t", "grace", "alan"), met("n", ago(1300), "alan", "lee")
    )
    long = next(way for way in ways_to(book, "lee") if way.people == ("grace", "alan", "lee"))
    assert tell_way(book, long) == ("you ═ Grace ─ Alan ╌ Lee Chen (Acme, data)", "weakest: Alan–Lee, met once")


def test_two_of_one_first_name_are_told_apart() -> None:
    kelly = person("kelly", "Grace Kelly")
    book = a_book(GRACE, kelly, LEE, met("m", TODAY, "grace"), tie("t", "grace", "lee"))
    assert tell_way(book, ways_to(book, "lee")[0])[0] == "you ═ Grace Hopper ─ Lee Chen (Acme, data)"


def test_a_way_to_somebody_in_peace_says_so() -> None:
    book = a_book(replace(LEE, do_not_disturb=True))
    assert tell_way(book, ways_to(book, "lee")[0])[-1] == "Lee is to be left in peace"


# In step with changes


@contextmanager
def in_step(book: Book) -> Iterator[None]:
    """Check that what is kept is what a fresh look at the book says."""
    acquaintance.acquaintance(book)
    yield
    kept, fresh = acquaintance.acquaintance(book), acquaintance.acquaintance(a_book(*everything(book)))
    uids = [ME, *(each.uid for each in book.all(Contact))]
    for uid in uids:
        assert dict(kept.graph.near(uid)) == dict(fresh.graph.near(uid))
        assert [kept.graph.link(uid, other) for other in uids] == [fresh.graph.link(uid, other) for other in uids]
        assert kept.graph.entering(uid, ()) == fresh.graph.entering(uid, ())
    assert (kept.busy, kept.closed, kept.colleagues) == (fresh.busy, fresh.closed, fresh.colleagues)


def everything(book: Book) -> list[Record]:
    return [record for kind in (Contact, Interaction, Tie, Ask, Me) for record in book.all(kind)]


def test_the_next_way_knows_of_each_change_and_of_its_undo() -> None:
    book = a_book(GRACE, LEE, person("bo", "Bo", archived=True))
    steps = (
        lambda: book.change("met", put(None, met("m", TODAY, "grace", "lee"))),
        lambda: verbs.in_touch_today(book, ["grace"]),
        lambda: ties.add_tie(book, "grace", "lee", TieStrength.STRONG),
        lambda: verbs.delete(book, [ties.ties_of(book, "lee")[0].uid]),
        lambda: asks.add_asked(book, replace(asked("grace"), uid="", steps=())),
        lambda: book.change("moved", put(LEE, replace(LEE, organisation="Beta", introduced_by="grace"))),
        lambda: book.change("in peace", put(GRACE, replace(GRACE, do_not_disturb=True))),
        lambda: book.change("gone", drop(book.contact("lee"))),
    )
    for step in steps:
        with in_step(book):
            step()
    for _step in steps:
        with in_step(book):
            book.undo()
    for _step in steps:
        with in_step(book):
            book.redo()


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("abcde"), max_size=5), st.integers(-2, 2000), st.sampled_from(InteractionKind)
        ),
        max_size=12,
    )
)
def test_how_often_two_were_together_is_kept_in_step(kept: list[tuple[list[str], int, InteractionKind]]) -> None:
    book = a_book(*(person(uid, uid) for uid in "abcde"))
    assert shared_times(book) == {}
    for at, (who, days, kind) in enumerate(kept):
        with in_step(book):
            book.change("met", put(None, met(f"m{at}", ago(days), *who, kind=kind)))
    assert shared_times(book) == shared_times(a_book(*everything(book)))
    for _change in kept:
        book.undo()
    assert shared_times(book) == {}


def test_a_plan_counts_from_its_day_on() -> None:
    now = [TODAY]

    def clock() -> datetime:
        return at_noon(now[0])()

    book = Book(a_keeper(GRACE, LEE, met("m", ago(-2), "grace", "lee")), clock)
    assert people(ways_to(book, "lee")) == [("lee",)]
    now[0] = ago(-2)
    assert ("grace", "lee") in people(ways_to(book, "lee"))


def test_a_closed_book_is_let_go() -> None:
    book = a_book(GRACE, LEE)
    ways_to(book, "lee")
    there = weakref.ref(book)
    del book
    gc.collect()
    assert there() is None
