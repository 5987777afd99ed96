"""Goals: the chain of people behind one that is reached, who of them heard, and the user's own record."""

import copy
from dataclasses import replace
from datetime import date, timedelta

import pytest

from relcraft.book import asks, goals, introductions, verbs
from relcraft.book.open import Book
from relcraft.domain.changes import put
from relcraft.domain.errors import BadInput
from relcraft.domain.records import ME, Ask, AskStep, Exchange, Goal, Introduction, Me, Record
from relcraft.domain.words import (
    AskDirection,
    AskState,
    ExchangeKind,
    GoalKind,
    GoalState,
    IntroductionState,
)
from tests.books import TODAY, a_book, got, person

JOB = Goal(uid="", kind=GoalKind.HIRED, words="a data job")


@pytest.fixture
def book() -> Book:
    return a_book(
        person("ada", "Ada Lovelace"),
        person("dana", "Dana Fox"),
        person("lee", "Lee Chan", introduced_by="dana"),
        person("raj", "Raj Patel"),
    )


def everything(book: Book) -> dict[str, list[dict[str, object]]]:
    """Return all that is kept, by table."""
    return {
        table: sorted((copy.deepcopy(dict(one)) for one in documents), key=lambda one: str(one["uid"]))
        for table, documents in book.documents()
    }


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def store(book: Book, *records: Record) -> None:
    book.change("records", *(put(None, record) for record in records))


def an_ask(uid: str, contact: str, goal: Goal, *steps: tuple[AskState, int], **fields: object) -> Ask:
    """Return an outgoing ask that serves a goal and came to each state so many days ago."""
    ask = Ask(
        uid=uid,
        direction=AskDirection.OUTGOING,
        contact=contact,
        kind=ExchangeKind.REFERRAL,
        goal=goal.uid,
        steps=tuple(AskStep(state, ago(days)) for state, days in steps),
    )
    return replace(ask, **fields)  # type: ignore[arg-type]  # the fields are the caller's


def test_a_goal_needs_words(book: Book) -> None:
    with pytest.raises(BadInput, match="a few words of yours"):
        goals.add_goal(book, Goal(uid="", kind=GoalKind.HIRED))
    goal = goals.add_goal(book, JOB)
    assert book.one(Goal, goal.uid) == goal
    assert book.history.last_done().title == 'goal "a data job"'


def test_from_an_introduction_to_the_goal_the_chain_names_both_people(book: Book) -> None:
    verbs.edit(book, book.contact("lee"), replace(book.contact("lee"), introduced_by=None))
    goal = goals.add_goal(book, JOB)
    for_lee = Ask(
        uid="",
        direction=AskDirection.OUTGOING,
        contact="dana",
        kind=ExchangeKind.INTRODUCTION,
        what="a word with Lee",
        target="lee",
        goal=goal.uid,
    )
    first = asks.add_asked(book, for_lee, ago(20))
    asks.move(book, first.uid, AskState.AGREED, on=ago(16))
    made = introductions.begin(
        book,
        Introduction(uid="", broker="dana", second="lee", ask=first.uid),
        state=IntroductionState.BOTH_AGREED,
        on=ago(15),
    )
    introductions.move(book, made.uid, IntroductionState.MADE, on=ago(14))
    assert book.one(Ask, first.uid).steps[-1] == AskStep(AskState.HELPED, ago(14))
    referral = Ask(
        uid="", direction=AskDirection.OUTGOING, contact="lee", kind=ExchangeKind.REFERRAL, what="Acme", goal=goal.uid
    )
    second = asks.add_asked(book, referral, ago(10))
    asks.move(book, second.uid, AskState.HELPED, on=ago(5))
    asks.move(book, second.uid, AskState.THANKED, on=ago(4))
    goals.reach(book, goal.uid, outcome="hired at Acme")
    reached = book.one(Goal, goal.uid)
    assert (reached.state, reached.ended_on, reached.outcome) == (GoalState.REACHED, TODAY, "hired at Acme")
    assert reached.chain == ("dana", "lee")
    assert goals.untold(reached) == ["dana", "lee"]
    assert book.count(Exchange) == 2
    before = everything(book)
    goals.tell(book, goal.uid, "dana")
    assert [act.outcome_told_on for act in book.exchanges_with("dana")] == [TODAY]
    assert [act.outcome_told_on for act in book.exchanges_with("lee")] == [None]
    assert book.one(Introduction, made.uid).steps[-1].state is IntroductionState.TOLD
    assert goals.untold(book.one(Goal, goal.uid)) == ["lee"]
    assert book.history.last_done().title == 'Dana Fox told of goal "a data job"'
    book.undo()
    assert everything(book) == before


def test_whom_two_asks_reached_stands_once_where_the_older_help_was(book: Book) -> None:
    goal = goals.add_goal(book, JOB)
    store(
        book,
        an_ask("1", "ada", goal, (AskState.ASKED, 9), (AskState.HELPED, 3)),
        an_ask("2", "raj", goal, (AskState.ASKED, 30), (AskState.HELPED, 5), (AskState.THANKED, 1)),
        an_ask("3", "ada", goal, (AskState.ASKED, 12), (AskState.HELPED, 8)),
    )
    assert goals.chain(book, goal) == ("ada", "raj")
    assert [ask.uid for ask in goals.asks_of(book, goal.uid)] == ["2", "3", "1"]


def test_only_who_said_yes_is_in_the_chain(book: Book) -> None:
    goal, other = goals.add_goal(book, JOB), goals.add_goal(book, replace(JOB, words="another"))
    store(
        book,
        an_ask("agreed", "raj", goal, (AskState.ASKED, 9), (AskState.AGREED, 3)),
        an_ask("declined", "ada", goal, (AskState.ASKED, 9), (AskState.DECLINED, 3)),
        an_ask("draft", "ada", goal, (AskState.DRAFT, 9)),
        an_ask("rested", "ada", goal, (AskState.AGREED, 90), nudges=(ago(60),)),
        an_ask("other", "ada", other, (AskState.ASKED, 9), (AskState.HELPED, 3)),
        an_ask("incoming", "ada", goal, (AskState.HELPED, 3), direction=AskDirection.INCOMING),
    )
    assert goals.chain(book, goal) == ("raj",)


def test_who_introduced_somebody_stands_before_them_all_the_way_up(book: Book) -> None:
    verbs.edit(book, book.contact("dana"), replace(book.contact("dana"), introduced_by="raj"))
    goal = goals.add_goal(book, JOB)
    store(book, an_ask("1", "lee", goal, (AskState.HELPED, 5)), an_ask("2", "ada", goal, (AskState.HELPED, 9)))
    assert goals.chain(book, goal) == ("ada", "raj", "dana", "lee")


def test_the_broker_stands_where_the_introduction_was(book: Book) -> None:
    introductions.begin(
        book, Introduction(uid="", broker="raj", second="lee"), state=IntroductionState.MADE, on=ago(20)
    )
    goal = goals.add_goal(book, JOB)
    store(book, an_ask("1", "lee", goal, (AskState.HELPED, 5)), an_ask("2", "ada", goal, (AskState.HELPED, 9)))
    assert goals.chain(book, goal) == ("raj", "ada", "dana", "lee")


def test_an_introduction_that_was_never_made_led_nowhere(book: Book) -> None:
    introductions.begin(book, Introduction(uid="", broker="raj", second="lee"), on=ago(20))
    goal = goals.add_goal(book, JOB)
    store(book, an_ask("1", "lee", goal, (AskState.HELPED, 5)))
    assert goals.chain(book, goal) == ("dana", "lee")


def test_two_who_introduced_each_other_go_round_once(book: Book) -> None:
    verbs.edit(book, book.contact("dana"), replace(book.contact("dana"), introduced_by="lee"))
    goal = goals.add_goal(book, JOB)
    store(book, an_ask("1", "lee", goal, (AskState.HELPED, 5)))
    assert goals.chain(book, goal) == ("dana", "lee")


def test_a_goal_without_asks_was_reached_alone(book: Book) -> None:
    goal = goals.add_goal(book, JOB)
    goals.reach(book, goal.uid, on=ago(3))
    reached = book.one(Goal, goal.uid)
    assert (reached.chain, reached.ended_on, goals.untold(reached)) == ((), ago(3), [])


def test_telling_tells_of_help_for_this_goal_alone(book: Book) -> None:
    goal = goals.add_goal(book, JOB)
    helped = ((AskState.ASKED, 9), (AskState.HELPED, 5))
    store(
        book,
        an_ask("1", "raj", goal, *helped),
        replace(got("this", ago(5), "raj"), ask="1"),
        replace(got("told", ago(5), "raj"), ask="1", outcome_told_on=ago(2)),
        got("else", ago(5), "raj"),
    )
    goals.reach(book, goal.uid)
    goals.tell(book, goal.uid, "raj", on=ago(1))
    told = {act.uid: act.outcome_told_on for act in book.exchanges_with("raj")}
    assert told == {"this": ago(1), "told": ago(2), "else": None}
    with pytest.raises(BadInput, match="Raj Patel has heard of it already"):
        goals.tell(book, goal.uid, "raj")
    with pytest.raises(BadInput, match="Ada Lovelace is not in the chain"):
        goals.tell(book, goal.uid, "ada")


def test_a_goal_taken_up_again_is_open_and_its_next_end_is_news(book: Book) -> None:
    goal = goals.add_goal(book, JOB)
    store(book, an_ask("1", "raj", goal, (AskState.HELPED, 5)))
    goals.reach(book, goal.uid, outcome="hired")
    goals.tell(book, goal.uid, "raj")
    before = everything(book)
    goals.reopen(book, goal.uid)
    again = book.one(Goal, goal.uid)
    assert replace(again, updated=goal.updated) == goal
    with pytest.raises(BadInput, match="open already"):
        goals.reopen(book, goal.uid)
    book.undo()
    assert everything(book) == before
    book.redo()
    goals.reach(book, goal.uid)
    assert goals.untold(book.one(Goal, goal.uid)) == ["raj"]


def test_a_goal_is_let_go_in_peace_and_may_be_reached_after_all(book: Book) -> None:
    goal = goals.add_goal(book, JOB)
    goals.let_go(book, goal.uid, outcome="I would rather teach", on=ago(2))
    rested = book.one(Goal, goal.uid)
    assert (rested.state, rested.ended_on, rested.outcome) == (GoalState.LET_GO, ago(2), "I would rather teach")
    with pytest.raises(BadInput, match='The goal "a data job" is let go already'):
        goals.let_go(book, goal.uid)
    goals.reach(book, goal.uid)
    assert book.one(Goal, goal.uid).ended_on == TODAY
    with pytest.raises(BadInput, match='The goal "a data job" is reached already'):
        goals.reach(book, goal.uid)
    with pytest.raises(BadInput, match="is ahead"):
        goals.reach(book, goal.uid, on=TODAY + timedelta(days=1))


def test_what_i_say_of_myself_is_one_record(book: Book) -> None:
    before = everything(book)
    said = goals.set_me(book, Me(uid="", name=" Kim  Park ", can_offer=("SQL", " "), looking_for=("a mentor",)))
    assert book.me == said
    assert (said.uid, said.name, said.can_offer) == (ME, "Kim Park", ("SQL",))
    again = goals.set_me(book, replace(book.me, organisation="Acme"))
    assert (again.created, again.organisation, book.count(Me)) == (said.created, "Acme", 1)
    book.undo()
    assert book.me == said
    book.undo()
    assert everything(book) == before
    assert book.me == Me(uid=ME)
