"""What is told of goals: their order, what each of the chain did, and the ask to begin with."""

from datetime import date, timedelta

import pytest

from relcraft.book import asks, goals, introductions, verbs
from relcraft.book.goals_told import asks_counted, first_ask, goal_words, goals_in_order, part_in, stands, worth_knowing
from relcraft.book.open import Book
from relcraft.domain.errors import NotFound
from relcraft.domain.records import Ask, AskStep, Goal, Introduction
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    ExchangeKind,
    GoalKind,
    GoalState,
    IntroductionState,
)
from tests.books import TODAY, a_book, person

JOB = Goal(uid="", kind=GoalKind.HIRED, words="a data job at Acme Tides")


@pytest.fixture
def book() -> Book:
    return a_book(
        person("ada", "Ada Lovelace", circle=Circle.CLOSE),
        person("dana", "Dana Fox", organisation="Acme Tides"),
        person("lee", "Lee Chan", organisation="Other"),
    )


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def an_ask(contact: str, goal: Goal, kind: ExchangeKind = ExchangeKind.ADVICE, what: str = "") -> Ask:
    return Ask(uid="", direction=AskDirection.OUTGOING, contact=contact, kind=kind, what=what, goal=goal.uid)


def test_goals_stand_open_ones_by_their_day_then_by_the_latest_end(book: Book) -> None:
    states = {
        "no day": {},
        "soon": {"target_date": ago(-3)},
        "late": {"target_date": ago(-90)},
        "long ago": {"state": GoalState.REACHED, "ended_on": ago(400)},
        "lately": {"state": GoalState.REACHED, "ended_on": ago(4)},
        "gone": {"state": GoalState.LET_GO, "ended_on": ago(1)},
        "undated": {"state": GoalState.LET_GO},
    }
    for words, fields in states.items():
        goals.add_goal(book, Goal(uid="", kind=GoalKind.OTHER, words=words, **fields))  # type: ignore[arg-type]  # typed above by hand
    order = ["soon", "late", "no day", "lately", "long ago", "gone", "undated"]
    assert [goal.words for goal in goals_in_order(book)] == order


def test_where_a_goal_stands_is_told_shortly_and_fully() -> None:
    goal = Goal(uid="1", kind=GoalKind.OTHER, target_date=date(2027, 9, 19))
    assert (stands(goal, TODAY), stands(goal, TODAY, fully=True)) == ("by Sep 2027", "by Sun 19 Sep 2027")
    ended = Goal(uid="2", kind=GoalKind.OTHER, state=GoalState.REACHED, ended_on=ago(1))
    assert (stands(ended, TODAY), stands(ended, TODAY, fully=True)) == (
        "reached yesterday",
        "reached on Sun 22 Nov 2026",
    )
    assert stands(Goal(uid="3", kind=GoalKind.OTHER, state=GoalState.LET_GO), TODAY) == "let go"
    assert stands(Goal(uid="4", kind=GoalKind.OTHER), TODAY, fully=True) == ""
    assert goal_words(goal) == "other"


def test_asks_are_counted_by_their_goal(book: Book) -> None:
    job, other = goals.add_goal(book, JOB), goals.add_goal(book, JOB)
    for contact in ("ada", "dana"):
        asks.save_draft(book, an_ask(contact, job))
    assert asks_counted(book) == {job.uid: 2}
    assert other.uid not in asks_counted(book)


def test_each_of_the_chain_is_told_with_what_they_did(book: Book) -> None:
    goal = goals.add_goal(book, JOB)
    introductions.begin(
        book, Introduction(uid="", broker="dana", second="lee"), state=IntroductionState.MADE, on=ago(20)
    )
    for contact, what in (("lee", "the data team"), ("dana", ""), ("dana", "my CV")):
        asked = asks.add_asked(book, an_ask(contact, goal, ExchangeKind.REFERRAL, what), ago(10))
        asks.move(book, asked.uid, AskState.HELPED, on=ago(5))
    asks.add_asked(book, an_ask("ada", goal, what="still open"), ago(3))
    goals.reach(book, goal.uid)
    ended = book.one(Goal, goal.uid)
    assert part_in(book, ended, "lee") == "referral: the data team"
    assert part_in(book, ended, "dana") == "introduced you to Lee Chan · referral · referral: my CV"
    assert part_in(book, ended, "ada") == ""


def test_an_introduction_that_was_asked_for_is_told_once(book: Book) -> None:
    goal = goals.add_goal(book, JOB)
    wanted = Ask(
        uid="", direction=AskDirection.OUTGOING, contact="dana", kind=ExchangeKind.INTRODUCTION, target="lee",
        goal=goal.uid, what="a word with Lee",
    )  # fmt: skip
    asked = asks.add_asked(book, wanted, ago(10))
    asks.move(book, asked.uid, AskState.HELPED, on=ago(8))
    then = asks.add_asked(book, an_ask("lee", goal), ago(7))
    asks.move(book, then.uid, AskState.HELPED, on=ago(6))
    goals.reach(book, goal.uid)
    assert part_in(book, book.one(Goal, goal.uid), "dana") == "introduced you to Lee Chan"


def test_the_first_ask_is_a_referral_where_the_goal_names_where_they_work(book: Book) -> None:
    job = goals.add_goal(book, JOB)
    lead = goals.add_goal(book, Goal(uid="", kind=GoalKind.PROMOTED, words="lead a team at Acme Tides"))
    kinds = [first_ask(book, goal, uid).kind for goal in (job, lead) for uid in ("dana", "lee", "ada", "")]
    advice = ExchangeKind.ADVICE
    assert kinds == [ExchangeKind.REFERRAL, *[advice] * 7]
    assert first_ask(book, job, "dana").goal == job.uid
    with pytest.raises(NotFound):
        first_ask(book, job, "nobody")


def test_what_is_worth_knowing_goes_by_who_was_really_asked(book: Book) -> None:
    switch = goals.add_goal(book, Goal(uid="", kind=GoalKind.SWITCH, words="another field"))
    asks.save_draft(book, an_ask("dana", switch))
    assert worth_knowing(book, switch) is None
    asked = asks.add_asked(book, an_ask("ada", switch), ago(3))
    found = worth_knowing(book, switch)
    assert found is not None
    assert found.source == "Rajkumar et al. 2022"
    verbs.edit(
        book, asked, Ask(**{**{name: getattr(asked, name) for name in Ask.__dataclass_fields__}, "contact": "lee"})
    )
    assert worth_knowing(book, switch) is None
    assert book.one(Ask, asked.uid).steps == (AskStep(AskState.ASKED, ago(3)),)
    goals.reach(book, switch.uid)
    assert worth_knowing(book, book.one(Goal, switch.uid)) is None
