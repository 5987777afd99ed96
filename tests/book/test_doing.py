"""Doing a move: what each choice writes, in one change that undo takes back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relcraft.book import doing
from relcraft.book.holding import is_held
from relcraft.book.open import Book
from relcraft.book.today import all_moves
from relcraft.domain.errors import BadInput
from relcraft.domain.moves import Act, Move, MoveKind
from relcraft.domain.records import (
    ME,
    Ask,
    AskStep,
    Birthday,
    Contact,
    Date,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Introduction,
    IntroductionStep,
    Me,
    Record,
    Snooze,
    Tie,
)
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    Direction,
    ExchangeKind,
    GoalKind,
    GoalState,
    Initiator,
    InteractionKind,
    IntroductionState,
)
from tests.books import TODAY, a_book, got, met, person, promised

ADA = person("ada", "Ada Lovelace")
KEN = person("ken", "Ken Thompson")
LEE = person("lee", "Lee Chen")


def ago(days: int) -> Date:
    return TODAY - timedelta(days=days)


def ask(*steps: tuple[AskState, int], direction: AskDirection = AskDirection.OUTGOING) -> Ask:
    return Ask(
        uid="ask",
        direction=direction,
        contact="ken",
        kind=ExchangeKind.ADVICE,
        what="the talk",
        steps=tuple(AskStep(state, ago(days)) for state, days in steps),
    )


def introduction(state: IntroductionState, days: int, broker: str | None = None) -> Introduction:
    first = "ada" if broker is None else None
    return Introduction(
        uid="intro", broker=broker, first=first, second="lee", steps=(IntroductionStep(state, ago(days)),)
    )


def only_move(book: Book, kind: MoveKind) -> Move:
    moves = [move for move in all_moves(book) if move.kind is kind]
    assert len(moves) == 1
    return moves[0]


def everything(book: Book) -> dict[str, list[dict[str, object]]]:
    return {name: sorted(map(dict, some), key=lambda document: str(document["uid"])) for name, some in book.documents()}


def done(kind: MoveKind, choice: str, *records: Record, on: Date | None = None, text: str = "") -> Book:
    """Return the book in which this choice of the one move of this kind was done, and undone once and redone."""
    book = a_book(*records)
    before = everything(book)
    doing.do(book, only_move(book, kind), choice, on=on, text=text)
    book.undo()
    assert everything(book) == before
    book.redo()
    return book


def state(book: Book) -> AskState:
    return book.one(Ask, "ask").steps[-1].state


def logged(book: Book) -> list[tuple[Date, InteractionKind, Initiator, tuple[str, ...], str]]:
    return [(each.date, each.kind, each.initiator, each.contacts, each.summary) for each in book.all(Interaction)]


# Bound to today


def test_good_wishes_are_a_message_and_the_birthday_is_over() -> None:
    book = done(MoveKind.BIRTHDAY, "", replace(ADA, birthday=Birthday(11, 23)))
    assert logged(book) == [(TODAY, InteractionKind.MESSAGE, Initiator.ME, ("ada",), "birthday")]
    assert all_moves(book) == []


def test_a_birthday_call_is_a_call() -> None:
    book = done(MoveKind.BIRTHDAY, Act.CALLED, replace(ADA, birthday=Birthday(11, 23)))
    assert logged(book) == [(TODAY, InteractionKind.CALL, Initiator.BOTH, ("ada",), "birthday")]


@pytest.mark.parametrize(("kind", "day"), [(MoveKind.PROMISED_TODAY, TODAY), (MoveKind.PROMISE, ago(4))])
def test_a_promise_is_done_on_the_day_that_is_said(kind: MoveKind, day: Date) -> None:
    assert done(kind, "", ADA, promised("p", day, "ada", "call")).follow_up("p").done_on == TODAY
    assert done(kind, "", ADA, promised("p", day, "ada", "call"), on=ago(1)).follow_up("p").done_on == ago(1)


@pytest.mark.parametrize(
    ("choice", "then"),
    [
        ("", AskState.ASKED),
        (Act.AGREED, AskState.AGREED),
        (Act.DECLINED, AskState.DECLINED),
        (Act.REST, AskState.RESTED),
        (Act.HELPED, AskState.HELPED),
    ],
)
def test_on_the_day_that_they_named_the_ask_goes_on(choice: str, then: AskState) -> None:
    named = replace(ask(), steps=(AskStep(AskState.ASKED, ago(6), until=TODAY),))
    book = done(MoveKind.PROMISED_TODAY, choice, KEN, named)
    assert (state(book), book.one(Ask, "ask").steps[-1].date) == (then, TODAY)
    assert MoveKind.PROMISED_TODAY not in {move.kind for move in all_moves(book)}


# Thanks


def test_thanks_stand_on_the_exchange() -> None:
    lead = got("x", ago(4), "ada", ExchangeKind.LEAD)
    book = done(MoveKind.THANK, "", ADA, lead, on=ago(1))
    assert book.exchange("x").thanked_on == ago(1)
    assert all_moves(book) == []


def test_thanks_for_an_ask_stand_on_both() -> None:
    lead = replace(got("x", ago(4), "ken"), ask="ask")
    book = done(MoveKind.THANK, "", KEN, ask((AskState.ASKED, 9), (AskState.HELPED, 4)), lead)
    assert (state(book), book.exchange("x").thanked_on) == (AskState.THANKED, TODAY)


def test_thanks_for_an_ask_whose_exchange_is_gone_stand_on_the_ask() -> None:
    assert state(done(MoveKind.THANK, "", KEN, ask((AskState.HELPED, 4)))) is AskState.THANKED


def test_thanks_before_the_help_are_refused_in_words() -> None:
    book = a_book(ADA, got("x", ago(4), "ada", ExchangeKind.LEAD))
    with pytest.raises(BadInput, match="before the exchange itself"):
        doing.do(book, only_move(book, MoveKind.THANK), on=ago(5))


def test_the_outcome_is_told_on_the_exchange() -> None:
    steps = ask((AskState.ASKED, 30), (AskState.HELPED, 25), (AskState.THANKED, 20))
    advice = replace(got("x", ago(25), "ken"), ask="ask", thanked_on=ago(20))
    assert done(MoveKind.TELL, "", KEN, steps, advice).exchange("x").outcome_told_on == TODAY


def test_who_was_behind_a_goal_is_told() -> None:
    reached = Goal(uid="goal", kind=GoalKind.HIRED, words="x", state=GoalState.REACHED, ended_on=ago(2), chain=("ada",))
    book = done(MoveKind.TELL, "", ADA, reached)
    assert book.one(Goal, "goal").told == ("ada",)
    assert all_moves(book) == []


def test_the_broker_is_told_how_it_went() -> None:
    book = done(MoveKind.TELL, "", ADA, LEE, introduction(IntroductionState.MET, 3, "ada"), text="a fine talk")
    told = book.one(Introduction, "intro")
    assert (told.steps[-1].state, told.outcome) == (IntroductionState.TOLD, "a fine talk")


# Asks


def test_a_nudge_is_noted_once() -> None:
    book = done(MoveKind.SILENCE, "", KEN, ask((AskState.ASKED, 20)))
    assert book.one(Ask, "ask").nudges == (TODAY,)
    assert all_moves(book) == []


@pytest.mark.parametrize(
    ("choice", "then"),
    [(Act.REST, AskState.RESTED), (Act.AGREED, AskState.AGREED), (Act.DECLINED, AskState.DECLINED)],
)
def test_after_a_silence_the_ask_rests_or_is_answered(choice: str, then: AskState) -> None:
    book = done(MoveKind.SILENCE, choice, KEN, ask((AskState.ASKED, 20)))
    assert state(book) is then
    assert all_moves(book) == []
    assert book.balance("ken").count == 0
    assert book.warmth("ken").last is None


def test_help_after_a_silence_is_one_exchange_and_asks_for_thanks() -> None:
    book = done(MoveKind.SILENCE, Act.HELPED, KEN, ask((AskState.ASKED, 20)))
    assert [(each.direction, each.ask) for each in book.all(Exchange)] == [(Direction.RECEIVED, "ask")]
    assert [move.kind for move in all_moves(book)] == [MoveKind.THANK]


@pytest.mark.parametrize(
    ("choice", "then", "given"),
    [
        ("", AskState.AGREED, 0),
        (Act.HELPED, AskState.HELPED, 1),
        (Act.DECLINED, AskState.DECLINED, 0),
        (Act.REST, AskState.RESTED, 0),
    ],
)
def test_an_ask_of_theirs_is_answered_and_nothing_is_promised_by_that(choice: str, then: AskState, given: int) -> None:
    book = done(MoveKind.INCOMING, choice, KEN, ask((AskState.RECEIVED, 3), direction=AskDirection.INCOMING))
    assert (state(book), book.count(Exchange), book.count(FollowUp)) == (then, given, 0)
    assert all_moves(book) == []


def test_a_draft_was_sent() -> None:
    book = done(MoveKind.DRAFT, "", KEN, ask((AskState.DRAFT, 3)))
    assert state(book) is AskState.ASKED
    assert book.count(Interaction) == 0


def test_going_on_with_a_draft_is_for_the_composer() -> None:
    book = a_book(KEN, ask((AskState.DRAFT, 3)))
    move = only_move(book, MoveKind.DRAFT)
    assert (doing.needs(move), doing.needs(move, Act.DRAFT)) == ("", "composer")
    with pytest.raises(BadInput, match="composer"):
        doing.do(book, move, Act.DRAFT)


def test_a_goal_begins_with_a_draft_for_who_could_help() -> None:
    goal = Goal(uid="goal", kind=GoalKind.HIRED, words="a place at Acme")
    ada = replace(ADA, can_offer=("a word at Acme",), organisation="Acme")
    book = done(MoveKind.GOAL, "", ada, met("m", ago(5), "ada"), goal)
    (draft,) = book.all(Ask)
    assert (draft.contact, draft.goal, draft.kind) == ("ada", "goal", ExchangeKind.REFERRAL)
    assert draft.steps == (AskStep(AskState.DRAFT, TODAY),)
    assert [move.kind for move in all_moves(book)] == [MoveKind.DRAFT]


def test_a_goal_that_was_put_off_suggests_nobody_else_meanwhile() -> None:
    goal = Goal(uid="goal", kind=GoalKind.HIRED, words="a place at Acme")
    people = [person(uid, uid, can_offer=("a word at Acme",), organisation="Acme") for uid in ("Abe", "Bea")]
    book = a_book(goal, *people, *(met(f"m{each.uid}", ago(5), each.uid) for each in people))
    move = only_move(book, MoveKind.GOAL)
    assert doing.needs(move) == "composer"
    doing.snooze(book, move, ago(-6))
    assert all_moves(book) == []
    kept = [*book.all(Contact), *book.all(Interaction), *book.all(Goal), *book.all(Snooze)]
    assert all_moves(a_book(*kept, today=ago(-5))) == []
    assert len(all_moves(a_book(*kept, today=ago(-6)))) == 1


def test_who_was_dropped_for_a_goal_makes_room_for_another_the_next_day() -> None:
    goal = Goal(uid="goal", kind=GoalKind.HIRED, words="a place at Acme")
    people = [person(uid, uid, can_offer=("a word at Acme",), organisation="Acme") for uid in ("Abe", "Bea")]
    book = a_book(goal, *people, *(met(f"m{each.uid}", ago(5), each.uid) for each in people))
    move = only_move(book, MoveKind.GOAL)
    doing.drop(book, move)
    kept = [*book.all(Contact), *book.all(Interaction), *book.all(Goal), *book.all(Snooze)]
    later = only_move(a_book(*kept, today=ago(-1)), MoveKind.GOAL)
    assert {move.contact, later.contact} == {"Abe", "Bea"}


def test_a_goal_whose_draft_was_dropped_begins_elsewhere() -> None:
    goal = Goal(uid="goal", kind=GoalKind.HIRED, words="x")
    book = a_book(KEN, goal, replace(ask((AskState.DRAFT, 3)), goal="goal"))
    doing.drop(book, only_move(book, MoveKind.DRAFT))
    assert [move.kind for move in all_moves(book)] == [MoveKind.GOAL]


def test_where_nobody_comes_to_mind_the_composer_begins_with_that() -> None:
    book = a_book(Goal(uid="goal", kind=GoalKind.HIRED, words="x"))
    with pytest.raises(BadInput, match="still open"):
        doing.do(book, only_move(book, MoveKind.GOAL))


# In touch


@pytest.mark.parametrize(
    ("choice", "kind", "initiator"),
    [
        ("", InteractionKind.MESSAGE, Initiator.ME),
        (Act.IN_TOUCH, InteractionKind.MESSAGE, Initiator.BOTH),
        (Act.CALLED, InteractionKind.CALL, Initiator.BOTH),
        (Act.MET, InteractionKind.MEETING, Initiator.BOTH),
    ],
)
@pytest.mark.parametrize("which", [MoveKind.KEEP, MoveKind.DORMANT])
def test_keeping_in_touch_is_logged_as_it_was(
    which: MoveKind, choice: str, kind: InteractionKind, initiator: Initiator
) -> None:
    day = ago(40) if which is MoveKind.KEEP else Date(2020, 1, 1)
    book = done(which, choice, replace(ADA, circle=Circle.CLOSE), met("m", day, "ada"), on=ago(1), text="hello")
    assert logged(book)[-1] == (ago(1), kind, initiator, ("ada",), "hello")
    assert all_moves(book) == []


def test_being_in_touch_on_a_day_before_the_last_one_takes_the_move_off_all_the_same() -> None:
    book = done(MoveKind.KEEP, "", replace(ADA, circle=Circle.CLOSE), met("m", ago(40), "ada"), on=ago(50))
    assert all_moves(book) == []


# Introductions and gifts


@pytest.mark.parametrize(
    ("now", "choice", "then"),
    [
        (IntroductionState.IDEA, Act.AGREED, IntroductionState.FIRST_AGREED),
        (IntroductionState.IDEA, Act.REST, IntroductionState.RESTED),
        (IntroductionState.FIRST_AGREED, Act.AGREED, IntroductionState.BOTH_AGREED),
        (IntroductionState.BOTH_AGREED, "", IntroductionState.MADE),
        (IntroductionState.BOTH_AGREED, Act.REST, IntroductionState.RESTED),
        (IntroductionState.MADE, "", IntroductionState.MET),
        (IntroductionState.MADE, Act.TOLD, IntroductionState.TOLD),
        (IntroductionState.MET, "", IntroductionState.TOLD),
    ],
)
def test_an_introduction_goes_on(now: IntroductionState, choice: str, then: IntroductionState) -> None:
    book = done(MoveKind.INTRODUCTION, choice, ADA, LEE, introduction(now, 9))
    assert book.one(Introduction, "intro").steps[-1] == IntroductionStep(then, TODAY)


@pytest.mark.parametrize(
    ("now", "choice", "then"),
    [
        (IntroductionState.IDEA, "", IntroductionState.FIRST_AGREED),
        (IntroductionState.IDEA, Act.REST, IntroductionState.RESTED),
        (IntroductionState.MADE, "", IntroductionState.MET),
        (IntroductionState.MADE, Act.TOLD, IntroductionState.TOLD),
    ],
)
def test_an_introduction_to_me_goes_on(now: IntroductionState, choice: str, then: IntroductionState) -> None:
    book = done(MoveKind.INTRODUCTION, choice, ADA, LEE, introduction(now, 9, "ada"))
    assert book.one(Introduction, "intro").steps[-1] == IntroductionStep(then, TODAY)


def test_an_introduction_that_was_made_is_help_for_both() -> None:
    book = done(MoveKind.INTRODUCTION, "", ADA, LEE, introduction(IntroductionState.BOTH_AGREED, 1))
    assert {(each.direction, each.contact) for each in book.all(Exchange)} == {
        (Direction.GIVEN, "ada"),
        (Direction.GIVEN, "lee"),
    }
    assert book.count(Tie) == 1


def test_who_was_asked_about_an_introduction_has_a_week() -> None:
    book = done(MoveKind.INTRODUCTION, "", ADA, LEE, introduction(IntroductionState.IDEA, 0))
    assert book.one(Introduction, "intro").steps[-1].state is IntroductionState.IDEA
    assert all_moves(book) == []
    kept = [*book.all(Contact), *book.all(Introduction), *book.all(Snooze)]
    assert all_moves(a_book(*kept, today=ago(-6))) == []
    assert len(all_moves(a_book(*kept, today=ago(-7)))) == 1


def test_an_offer_is_a_message_and_made_once() -> None:
    ada = replace(ADA, looking_for=("CV feedback",))
    book = done(MoveKind.GIVE, "", ada, Me(uid=ME, can_offer=("feedback on a CV",)))
    assert logged(book) == [
        (TODAY, InteractionKind.MESSAGE, Initiator.ME, ("ada",), "Offer feedback on a CV to Ada Lovelace")
    ]
    assert all_moves(book) == []


def test_two_who_fit_are_an_idea_of_an_introduction() -> None:
    people = (replace(ADA, looking_for=("speakers",)), replace(KEN, can_offer=("talks",)))
    move = only_move(a_book(*people), MoveKind.GIVE)
    assert doing.needs(move) == "introduction"
    book = done(MoveKind.GIVE, "", *people, text="a talk")
    (idea,) = book.all(Introduction)
    assert (idea.first, idea.second, idea.text) == ("ken", "ada", "a talk")
    assert [each.kind for each in all_moves(book)] == [MoveKind.INTRODUCTION]
    with pytest.raises(BadInput, match="about to be"):
        doing.do(book, move)


# Circles


def test_a_circle_is_set_by_its_name() -> None:
    raj = person("raj", "Raj Patel", sources=("file",))
    book = done(MoveKind.CIRCLE, "", raj, text="Wider")
    assert book.contact("raj").circle is Circle.WIDER
    assert is_held(book, "circle-day")


def test_an_imported_contact_goes_to_the_archive() -> None:
    raj = person("raj", "Raj Patel", sources=("file",))
    assert done(MoveKind.CIRCLE, Act.ARCHIVE, raj).contact("raj").archived


def test_a_circle_that_is_none_is_told() -> None:
    book = a_book(person("raj", "Raj Patel", sources=("file",)))
    move = only_move(book, MoveKind.CIRCLE)
    assert doing.needs(move) == "circle"
    with pytest.raises(BadInput, match="is no circle: one of inner, close, active, wider, distant was expected"):
        doing.do(book, move, text="friends")


# Any move


def test_a_choice_that_a_move_has_not_is_told_by_name() -> None:
    book = a_book(ADA, promised("p", TODAY, "ada"))
    with pytest.raises(BadInput, match='"nudge" is no choice of "A word with Ada Lovelace": done was expected'):
        doing.do(book, only_move(book, MoveKind.PROMISED_TODAY), Act.NUDGE)


def test_a_day_ahead_is_refused() -> None:
    book = a_book(ADA, promised("p", TODAY, "ada"))
    with pytest.raises(BadInput, match="is ahead"):
        doing.do(book, only_move(book, MoveKind.PROMISED_TODAY), on=ago(-1))


def test_a_move_is_put_off_to_a_day_ahead_only() -> None:
    book = a_book(ADA, promised("p", TODAY, "ada"))
    move = only_move(book, MoveKind.PROMISED_TODAY)
    with pytest.raises(BadInput, match="a day ahead"):
        doing.snooze(book, move, TODAY)
    doing.snooze(book, move, ago(-1))
    assert all_moves(book) == []
    kept = [*book.all(Contact), *book.all(FollowUp), *book.all(Snooze)]
    assert [each.kind for each in all_moves(a_book(*kept, today=ago(-1)))] == [MoveKind.PROMISE]


def test_what_was_dropped_stays_in_the_book() -> None:
    book = a_book(ADA, promised("p", TODAY, "ada", "call"))
    move = only_move(book, MoveKind.PROMISED_TODAY)
    assert doing.drop(book, move).title == "Call · Ada Lovelace: not now"
    assert all_moves(book) == []
    assert book.follow_up("p").done_on is None


def test_a_goal_is_kept_after_names_were_looked_up() -> None:
    book = a_book(ADA)
    assert book.named("Ada") == [ADA]
    from relcraft.book.goals import add_goal

    assert add_goal(book, Goal(uid="", kind=GoalKind.OTHER, words="x")).words == "x"


def test_what_was_dropped_stays_away_on_the_last_day_of_the_calendar() -> None:
    book = a_book(ADA, Goal(uid="g", kind=GoalKind.HIRED, words="a job"), today=Date.max)
    for move in all_moves(book):
        doing.drop(book, move)
    assert all_moves(book) == []


def test_a_longer_snooze_of_a_quota_stays() -> None:
    raj = person("raj", "Raj Patel", sources=("file",))
    book = a_book(raj, Snooze(uid="s", of="circle:raj", until=ago(-9)), person("mo", "Mo", sources=("file",)))
    move = only_move(book, MoveKind.CIRCLE)
    assert move.contact == "mo"
    doing.drop(book, move)
    assert {each.of: each.until for each in book.all(Snooze)} == {
        "circle:raj": ago(-9),
        "circle:mo": Date.max,
        "circle-day": ago(-1),
    }


def help_got(uid: str, days: int, who: str = "ada", **links: object) -> Exchange:
    new = Exchange(uid=uid, date=ago(days), direction=Direction.RECEIVED, kind=ExchangeKind.LEAD, contact=who)
    return replace(new, **links)  # type: ignore[arg-type]  # the fields are the caller's


# Pressed twice, before the list is drawn again


@pytest.mark.parametrize(
    ("records", "kind", "choice"),
    [
        ([replace(ADA, birthday=Birthday(TODAY.month, TODAY.day))], MoveKind.BIRTHDAY, "wished"),
        ([ADA, promised("p", TODAY, "ada")], MoveKind.PROMISED_TODAY, "done"),
        ([ADA, help_got("e", 3)], MoveKind.THANK, "thanked"),
        ([replace(ADA, circle=Circle.INNER), met("m", ago(30), "ada")], MoveKind.KEEP, "wrote"),
        ([ADA, LEE, introduction(IntroductionState.IDEA, 3)], MoveKind.INTRODUCTION, "agreed"),
        ([ADA, LEE, introduction(IntroductionState.IDEA, 3)], MoveKind.INTRODUCTION, "asked"),
        (
            [replace(ADA, can_offer=("job referral",)), Goal(uid="g", kind=GoalKind.HIRED, words="a job")],
            MoveKind.GOAL,
            "draft",
        ),
    ],
)
def test_what_is_done_twice_in_a_row_is_noted_once(records: list[Record], kind: MoveKind, choice: str) -> None:
    book = a_book(*records)
    move = only_move(book, kind)
    doing.do(book, move, choice)
    before = everything(book)
    with pytest.raises(BadInput):
        doing.do(book, move, choice)
    assert everything(book) == before


def test_help_that_was_thanked_on_the_exchange_alone_asks_for_its_outcome_later() -> None:
    helped = ask((AskState.ASKED, 60), (AskState.HELPED, 50))
    book = a_book(ADA, KEN, helped, help_got("e", 50, "ken", ask="ask", thanked_on=ago(40)))
    assert [move.kind for move in all_moves(book)] == [MoveKind.TELL]


def test_thanks_for_an_exchange_stand_on_it_where_it_went_to_another_contact() -> None:
    helped = ask((AskState.ASKED, 9), (AskState.HELPED, 5))
    book = a_book(ADA, KEN, helped, help_got("e", 5, "ada", ask="ask"))
    move = next(move for move in all_moves(book) if move.record == "e")
    doing.do(book, move)
    assert book.exchange("e").thanked_on == TODAY
