"""Introductions in both directions, through their verbs: what each stores, and that it is stored once."""

import copy
from dataclasses import replace
from datetime import date, timedelta

import pytest

from relcraft.book import asks, introductions, verbs
from relcraft.book.open import Book
from relcraft.book.repeating import repeat
from relcraft.book.ties import add_tie
from relcraft.domain.asking import begun
from relcraft.domain.changes import put
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.records import Ask, AskStep, Contact, Exchange, Introduction, IntroductionStep, Tie
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Direction,
    ExchangeKind,
    IntroductionState,
    TieOrigin,
)
from tests.books import TODAY, a_book, got, person

WEEK_AGO = TODAY - timedelta(days=7)
BY_ME = Introduction(uid="", first="ada", second="lee", text="compilers")
TO_ME = Introduction(uid="", broker="dana", second="lee")
WAY = (IntroductionState.FIRST_AGREED, IntroductionState.BOTH_AGREED, IntroductionState.MADE)


@pytest.fixture
def book() -> Book:
    return a_book(
        person("ada", "Ada Lovelace"),
        person("dana", "Dana Fox"),
        person("lee", "Lee Chan"),
        person("raj", "Raj Patel"),
    )


def everything(book: Book) -> dict[str, list[dict[str, object]]]:
    """Return all that is kept, by table."""
    return {
        table: sorted((copy.deepcopy(dict(one)) for one in documents), key=lambda one: str(one["uid"]))
        for table, documents in book.documents()
    }


def an_ask(state: AskState = AskState.ASKED, **fields: object) -> Ask:
    ask = Ask(
        uid="ask",
        direction=AskDirection.OUTGOING,
        contact="dana",
        kind=ExchangeKind.INTRODUCTION,
        what="a word with Lee",
        target="lee",
        steps=(AskStep(state, WEEK_AGO),),
    )
    return replace(ask, **fields)  # type: ignore[arg-type]  # the fields are the caller's


def store(book: Book, *records: Ask | Exchange | Introduction | Contact) -> None:
    book.change("records", *(put(None, record) for record in records))


def make(book: Book, introduction: Introduction) -> Introduction:
    for state in WAY:
        introductions.move(book, introduction.uid, state)
    return book.one(Introduction, introduction.uid)


# By the user


def test_an_idea_writes_nothing_but_itself(book: Book) -> None:
    idea = introductions.begin(book, BY_ME)
    assert idea.steps == (IntroductionStep(IntroductionState.IDEA, TODAY),)
    assert book.history.last_done().title == "introduction of Ada and Lee"
    assert book.history.last_done().ops == (put(None, idea),)
    for state in WAY[:2]:
        assert len(introductions.move(book, idea.uid, state).ops) == 1


def test_an_introduction_by_me_is_one_act_given_to_each_and_one_tie(book: Book) -> None:
    made = make(book, introductions.begin(book, BY_ME))
    for uid, text in (("ada", "Lee Chan: compilers"), ("lee", "Ada Lovelace: compilers")):
        (act,) = book.exchanges_with(uid)
        assert (act.direction, act.kind, act.date) == (Direction.GIVEN, ExchangeKind.INTRODUCTION, TODAY)
        assert (act.introduction, act.ask, act.text) == (made.uid, None, text)
    (tie,) = book.all(Tie)
    assert ({tie.first, tie.second}, tie.origin) == ({"ada", "lee"}, TieOrigin.INTRODUCTION)
    assert [book.contact(uid).introduced_by for uid in ("ada", "lee")] == [None, None]
    assert book.history.last_done().title == "introduction of Ada and Lee: made"
    assert len(book.history.last_done().ops) == 4


def test_one_step_back_restores_the_book_exactly(book: Book) -> None:
    idea = introductions.begin(book, BY_ME)
    for state in (*WAY, IntroductionState.MET, IntroductionState.TOLD):
        before = everything(book)
        introductions.move(book, idea.uid, state)
        after = everything(book)
        book.undo()
        assert everything(book) == before
        book.redo()
        assert everything(book) == after


def test_what_was_made_is_not_made_twice(book: Book) -> None:
    made = make(book, introductions.begin(book, BY_ME))
    with pytest.raises(BadInput, match='"made" does not follow on "made"'):
        introductions.move(book, made.uid, IntroductionState.MADE)
    with pytest.raises(BadInput, match=r"The introduction of Ada and Lee is in the book already \(made\)"):
        introductions.begin(book, replace(BY_ME, first="lee", second="ada"), state=IntroductionState.MADE)
    assert book.count(Exchange) == 2


def test_what_rests_is_taken_up_again_once(book: Book) -> None:
    idea = introductions.begin(book, BY_ME)
    introductions.move(book, idea.uid, IntroductionState.RESTED)
    other = introductions.begin(book, BY_ME)
    with pytest.raises(BadInput, match="go on with that one"):
        introductions.move(book, idea.uid, IntroductionState.IDEA)
    verbs.delete(book, [other.uid])
    introductions.move(book, idea.uid, IntroductionState.IDEA)
    make(book, idea)
    assert book.count(Exchange) == 2


def test_a_tie_from_either_end_is_enough(book: Book) -> None:
    tie = add_tie(book, "lee", "ada")
    make(book, introductions.begin(book, BY_ME))
    assert list(book.all(Tie)) == [tie]


def test_an_introduction_that_has_been_made_is_noted_at_once(book: Book) -> None:
    made = introductions.begin(book, BY_ME, state=IntroductionState.MADE, on=WEEK_AGO)
    assert made.steps == (IntroductionStep(IntroductionState.MADE, WEEK_AGO),)
    assert [act.date for uid in ("ada", "lee") for act in book.exchanges_with(uid)] == [WEEK_AGO, WEEK_AGO]
    assert book.count(Tie) == 1
    book.undo()
    assert everything(book) == everything(a_book(*(book.contact(uid) for uid in ("ada", "dana", "lee", "raj"))))


def test_what_a_line_said_of_it_before_is_linked_and_not_written_again(book: Book) -> None:
    idea = introductions.begin(book, BY_ME, on=WEEK_AGO)
    line = Exchange(
        uid="line", date=TODAY, direction=Direction.GIVEN, kind=ExchangeKind.INTRODUCTION, contact="ada", text="Lee"
    )
    store(book, line, replace(line, uid="other", contact="lee", text="Raj"))
    make(book, idea)
    (act,) = book.exchanges_with("ada")
    assert (act.uid, act.text, act.introduction) == ("line", "Lee", idea.uid)
    assert {act.uid: act.introduction for act in book.exchanges_with("lee")}["other"] is None
    assert book.count(Exchange) == 3


# To the user


def test_an_introduction_to_me_is_one_act_received_a_tie_and_whom_it_came_from(book: Book) -> None:
    made = make(book, introductions.begin(book, TO_ME))
    (act,) = book.exchanges_with("dana")
    assert (act.direction, act.introduction, act.ask, act.text) == (Direction.RECEIVED, made.uid, None, "Lee Chan")
    assert book.exchanges_with("lee") == []
    (tie,) = book.all(Tie)
    assert {tie.first, tie.second} == {"dana", "lee"}
    assert book.contact("lee").introduced_by == "dana"


def test_who_introduced_somebody_first_stays_that(book: Book) -> None:
    verbs.edit(book, book.contact("lee"), replace(book.contact("lee"), introduced_by="raj"))
    make(book, introductions.begin(book, TO_ME))
    assert book.contact("lee").introduced_by == "raj"


def test_an_introduction_made_is_the_ask_helped_and_one_act(book: Book) -> None:
    store(book, an_ask())
    begun_one = introductions.begin(book, TO_ME)
    assert begun_one.ask == "ask"
    introductions.move(book, begun_one.uid, IntroductionState.FIRST_AGREED)
    introductions.move(book, begun_one.uid, IntroductionState.BOTH_AGREED)
    before = everything(book)
    change = introductions.move(book, begun_one.uid, IntroductionState.MADE)
    assert sorted(op.table for op in change.ops) == ["asks", "contacts", "exchanges", "introductions", "ties"]
    ask = book.one(Ask, "ask")
    assert ask.steps[-1] == AskStep(AskState.HELPED, TODAY)
    (act,) = book.exchanges_with("dana")
    assert (act.ask, act.introduction) == ("ask", begun_one.uid)
    assert asks.exchange_of(book, ask) == act
    book.undo()
    assert everything(book) == before


def test_an_ask_that_counts_as_rested_is_helped_after_all(book: Book) -> None:
    long_ago = TODAY - timedelta(days=80)
    store(book, an_ask(steps=begun(AskDirection.OUTGOING, AskState.ASKED, long_ago), nudges=(long_ago,)))
    introductions.begin(book, TO_ME, state=IntroductionState.MADE)
    steps = [step.state for step in book.one(Ask, "ask").steps]
    assert steps == [AskState.ASKED, AskState.RESTED, AskState.HELPED]


def test_a_draft_has_not_led_to_an_introduction(book: Book) -> None:
    store(book, an_ask(AskState.DRAFT))
    made = introductions.begin(book, replace(TO_ME, ask="ask"), state=IntroductionState.MADE)
    assert [step.state for step in book.one(Ask, "ask").steps] == [AskState.DRAFT]
    assert [act.ask for act in book.exchanges_with("dana")] == [None]
    assert introductions.open_introductions(book) == [made]


def test_an_ask_for_another_introduction_stays_open(book: Book) -> None:
    store(book, an_ask(target="raj"), an_ask(uid="incoming", direction=AskDirection.INCOMING))
    assert introductions.begin(book, TO_ME, state=IntroductionState.MADE).ask is None
    assert len(book.one(Ask, "ask").steps) == 1


def test_a_line_about_it_is_the_one_act(book: Book) -> None:
    store(book, an_ask(), replace(got("line", TODAY, "dana", ExchangeKind.INTRODUCTION), text="Lee"))
    store(book, got("before", WEEK_AGO - timedelta(days=1), "dana", ExchangeKind.INTRODUCTION))
    store(book, replace(got("raj", TODAY, "dana", ExchangeKind.INTRODUCTION), text="Raj Patel"))
    made = introductions.begin(book, TO_ME, state=IntroductionState.MADE)
    links = {act.uid: (act.ask, act.introduction) for act in book.exchanges_with("dana")}
    assert links == {"line": ("ask", made.uid), "before": (None, None), "raj": (None, None)}


# Through an ask


def test_an_ask_helped_makes_the_introduction_in_the_same_change(book: Book) -> None:
    store(book, an_ask())
    before = everything(book)
    change = asks.move(book, "ask", AskState.HELPED)
    assert sorted(op.table for op in change.ops) == ["asks", "contacts", "exchanges", "introductions", "ties"]
    (made,) = book.all(Introduction)
    assert (made.broker, made.first, made.second, made.ask) == ("dana", None, "lee", "ask")
    assert made.steps == (IntroductionStep(IntroductionState.MADE, TODAY),)
    (act,) = book.exchanges_with("dana")
    assert (act.ask, act.introduction, act.text) == ("ask", made.uid, "a word with Lee")
    assert book.contact("lee").introduced_by == "dana"
    book.undo()
    assert everything(book) == before


@pytest.mark.parametrize("state", [IntroductionState.IDEA, *WAY[:2], IntroductionState.RESTED])
def test_an_introduction_under_way_goes_on_when_its_ask_is_helped(book: Book, state: IntroductionState) -> None:
    store(book, an_ask(), replace(TO_ME, uid="way", steps=(IntroductionStep(state, WEEK_AGO),)))
    asks.move(book, "ask", AskState.HELPED)
    (made,) = book.all(Introduction)
    assert (made.uid, made.ask, made.steps[-1]) == ("way", "ask", IntroductionStep(IntroductionState.MADE, TODAY))
    assert book.count(Exchange) == 1


def test_an_introduction_that_was_made_is_the_answer_to_its_ask(book: Book) -> None:
    made = introductions.begin(book, TO_ME, state=IntroductionState.MADE)
    store(book, an_ask())
    asks.move(book, "ask", AskState.HELPED)
    assert [each.uid for each in book.all(Introduction)] == [made.uid]
    (act,) = book.exchanges_with("dana")
    assert (act.ask, act.introduction) == ("ask", made.uid)
    assert book.count(Tie) == 1


def test_an_earlier_introduction_is_not_the_answer(book: Book) -> None:
    introductions.begin(book, TO_ME, state=IntroductionState.MADE, on=date(2025, 3, 4))
    store(book, an_ask())
    asks.move(book, "ask", AskState.HELPED)
    assert (book.count(Introduction), book.count(Exchange), book.count(Tie)) == (2, 2, 1)


def test_help_taken_back_and_given_again_is_still_one_act(book: Book) -> None:
    store(book, an_ask())
    asks.move(book, "ask", AskState.HELPED)
    asks.take_back(book, "ask")
    asks.move(book, "ask", AskState.HELPED)
    (act,) = book.exchanges_with("dana")
    (made,) = book.all(Introduction)
    assert (act.ask, act.introduction) == ("ask", made.uid)


def test_the_act_hangs_on_the_conversation_in_which_it_took_place(book: Book) -> None:
    ops = introductions.made_through(book, an_ask(), TODAY, interaction="coffee")
    (act,) = [op.after for op in ops if op.table == "exchanges"]
    assert act is not None
    assert act["interaction"] == "coffee"


def test_a_line_that_closes_the_ask_carries_the_links(book: Book) -> None:
    store(book, an_ask())
    act, ops = introductions.made_with(book, book.one(Ask, "ask"), got("", TODAY, "dana"), TODAY)
    (made,) = [op for op in ops if op.table == "introductions"]
    assert (act.ask, act.introduction) == ("ask", made.uid)
    assert sorted(op.table for op in ops) == ["contacts", "introductions", "ties"]


def test_an_ask_without_a_target_makes_nothing(book: Book) -> None:
    with pytest.raises(BadInput, match="names nobody"):
        introductions.made_through(book, an_ask(target=None), TODAY)


# Somebody new


def test_somebody_new_is_added_in_the_same_change(book: Book) -> None:
    before = everything(book)
    made = introductions.begin_with_new(book, replace(TO_ME, second=""), "  Mina  Okoye ", organisation="Acme")
    mina = book.contact(made.second)
    assert (mina.name, mina.organisation, mina.introduced_by) == ("Mina Okoye", "Acme", None)
    assert book.history.last_done().title == "introduction of Mina Okoye"
    book.undo()
    assert everything(book) == before


@pytest.mark.parametrize("introduction", [BY_ME, TO_ME])
def test_somebody_new_may_be_introduced_already(book: Book, introduction: Introduction) -> None:
    before = everything(book)
    made = introductions.begin_with_new(
        book, replace(introduction, second=""), "Mina Okoye", state=IntroductionState.MADE
    )
    mina = book.contact(made.second)
    assert mina.introduced_by == made.broker
    assert (book.count(Exchange), book.count(Tie)) == ((2, 1) if made.broker is None else (1, 1))
    book.undo()
    assert everything(book) == before


def test_somebody_new_needs_a_name_and_somebody_to_meet(book: Book) -> None:
    with pytest.raises(BadInput, match="needs a name"):
        introductions.begin_with_new(book, replace(BY_ME, second=""), "  ")
    with pytest.raises(BadInput, match="between three"):
        introductions.begin_with_new(book, Introduction(uid="", second=""), "Mina Okoye")
    assert book.count(Contact) == 4


# What is refused


@pytest.mark.parametrize(
    ("introduction", "told"),
    [
        (Introduction(uid="", first="ada", second="ada"), "between three"),
        (Introduction(uid="", second="ada"), "between three"),
        (Introduction(uid="", broker="dana", second="dana"), "between three"),
        (Introduction(uid="", broker="dana", first="ada", second="lee"), "by you, of two others, or by one of them"),
        (Introduction(uid="", first="ada", second="nobody"), "no longer in the book"),
    ],
)
def test_an_introduction_is_by_me_or_to_me(book: Book, introduction: Introduction, told: str) -> None:
    with pytest.raises(BadInput, match=told):
        introductions.begin(book, introduction)
    assert book.count(Introduction) == 0


def test_nothing_is_noted_for_a_day_ahead(book: Book) -> None:
    with pytest.raises(BadInput, match="Tue 24 Nov 2026 is ahead"):
        introductions.begin(book, BY_ME, on=TODAY + timedelta(days=1))
    idea = introductions.begin(book, BY_ME)
    with pytest.raises(BadInput, match="is ahead"):
        introductions.move(book, idea.uid, IntroductionState.FIRST_AGREED, on=TODAY + timedelta(days=1))
    with pytest.raises(NotFound):
        introductions.move(book, "nothing", IntroductionState.FIRST_AGREED)


# Afterwards


def test_the_broker_hears_how_it_went(book: Book) -> None:
    made = introductions.begin(book, TO_ME, state=IntroductionState.MADE, on=WEEK_AGO)
    assert introductions.next_step(book, made) == "Meet Lee, and tell Dana how it went."
    introductions.outcome(book, made.uid, "we write a paper")
    told = book.one(Introduction, made.uid)
    assert (told.outcome, told.steps[-1]) == ("we write a paper", IntroductionStep(IntroductionState.TOLD, TODAY))
    assert [act.outcome_told_on for act in book.exchanges_with("dana")] == [TODAY]
    assert introductions.open_introductions(book) == []
    assert introductions.next_step(book, told) == ""


def test_how_it_went_can_be_put_in_better_words(book: Book) -> None:
    made = introductions.begin(book, BY_ME, state=IntroductionState.MADE, on=WEEK_AGO)
    introductions.outcome(book, made.uid, "they met", on=WEEK_AGO)
    introductions.outcome(book, made.uid, "they met, and founded a firm")
    told = book.one(Introduction, made.uid)
    assert (told.outcome, len(told.steps)) == ("they met, and founded a firm", 2)
    with pytest.raises(BadInput, match='"outcome told" does not follow on "idea"'):
        introductions.outcome(book, introductions.begin(book, TO_ME).uid, "too early")


def test_what_waits_longest_stands_first(book: Book) -> None:
    newer = introductions.begin(book, BY_ME)
    older = introductions.begin(book, TO_ME, on=WEEK_AGO)
    resting = introductions.begin(book, replace(BY_ME, second="raj"))
    introductions.move(book, resting.uid, IntroductionState.RESTED)
    assert [each.uid for each in introductions.open_introductions(book)] == [older.uid, newer.uid]
    assert introductions.next_step(book, newer) == "Ask Ada whether an introduction to Lee is welcome."


def test_an_introduction_is_not_repeated_with_somebody_else(book: Book) -> None:
    begun = introductions.begin(book, BY_ME, state=IntroductionState.MADE)
    with pytest.raises(BadInput, match="Nothing was added yet that could be repeated"):
        repeat(book, book.history.last_done(), ["raj"])
    assert [each.uid for each in book.all(Introduction)] == [begun.uid]
