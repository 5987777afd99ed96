"""What each verb of an ask stores, and that an undo leaves no trace of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book import asks, verbs
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.domain import asking
from relcraft.domain.changes import Change, put
from relcraft.domain.documents import Document, to_document
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.records import Ask, AskStep, Contact, Date, Exchange, FollowUp, Interaction, Introduction, Tie
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    Direction,
    ExchangeKind,
    Initiator,
    InteractionKind,
    IntroductionState,
    Size,
)

OUT, IN = AskDirection.OUTGOING, AskDirection.INCOMING
START = Date(2026, 11, 1)
State = dict[str, dict[str, Document]]


class Clock:
    """A clock that a test sets; each look is a microsecond later than the one before."""

    def __init__(self, today: Date) -> None:
        self.moment = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(microseconds=1)
        return self.moment

    def turn_to(self, today: Date) -> None:
        self.moment = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)


def nov(day: int) -> Date:
    return Date(2026, 11, day)


def a_book(clock: Callable[[], datetime]) -> Book:
    people = [
        Contact(uid="grace", name="Grace Hopper", circle=Circle.CLOSE),
        Contact(uid="raj", name="Raj Patel"),
        Contact(uid="lee", name="Lee Chen"),
    ]
    coffee = Interaction(uid="coffee", date=Date(2026, 10, 20), kind=InteractionKind.COFFEE, contacts=("grace",))
    help_given = Exchange(
        uid="old", date=Date(2026, 10, 20), direction=Direction.GIVEN, kind=ExchangeKind.LEAD, contact="grace"
    )
    return Book(
        MemoryKeeper(
            {
                "contacts": {one.uid: to_document(one) for one in people},
                "interactions": {"coffee": to_document(coffee)},
                "exchanges": {"old": to_document(help_given)},
            }
        ),
        clock,
    )


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def book(clock: Clock) -> Book:
    return a_book(clock)


def an_ask(
    direction: AskDirection = OUT,
    kind: ExchangeKind = ExchangeKind.ADVICE,
    what: str = "which team to join",
    target: str | None = None,
) -> Ask:
    return Ask(uid="", direction=direction, contact="grace", kind=kind, what=what, target=target)


def received(on: Date, text: str = "", kind: ExchangeKind = ExchangeKind.ADVICE) -> Exchange:
    return Exchange(uid="", date=on, direction=Direction.RECEIVED, kind=kind, contact="grace", text=text)


def stored(book: Book) -> State:
    return {name: {document["uid"]: document for document in documents} for name, documents in book.documents()}


def stands(book: Book, ask: Ask) -> AskState:
    return asks.state(book, book.one(Ask, ask.uid))


def of_ask(book: Book, ask: Ask) -> Exchange:
    """Return the exchange of an ask, of which there is exactly one."""
    (one,) = [each for each in book.all(Exchange) if each.ask == ask.uid]
    assert asks.exchange_of(book, book.one(Ask, ask.uid)) == one
    return one


def new_exchanges(book: Book) -> list[Exchange]:
    return [one for one in book.exchanges_with("grace") if one.uid != "old"]


# Beginning


def test_a_draft_is_kept_and_kept_again(book: Book, clock: Clock) -> None:
    draft = asks.save_draft(book, an_ask())
    assert book.one(Ask, draft.uid).steps == (AskStep(AskState.DRAFT, START),)
    clock.turn_to(nov(3))
    asks.save_draft(book, replace(draft, why_them="she knows them", steps=()))
    kept = book.one(Ask, draft.uid)
    assert (kept.why_them, kept.steps, kept.created) == ("she knows them", draft.steps, draft.created)
    assert kept.updated > kept.created
    assert book.history.last_done().title == "draft of ask to Grace Hopper for advice"


def test_a_draft_that_says_nothing_new_is_no_change(book: Book) -> None:
    draft = asks.save_draft(book, an_ask())
    before, last = stored(book), book.history.last_done()
    assert asks.save_draft(book, replace(draft, steps=())) == draft
    assert (stored(book), book.history.last_done()) == (before, last)


def test_a_draft_is_sent_with_what_it_says_now_in_one_change(book: Book, clock: Clock) -> None:
    draft = asks.save_draft(book, an_ask())
    clock.turn_to(nov(3))
    before = stored(book)
    asks.send(book, replace(draft, easy_way_out="no need to answer"))
    kept = book.one(Ask, draft.uid)
    assert kept.steps == (AskStep(AskState.DRAFT, START), AskStep(AskState.ASKED, nov(3)))
    assert kept.easy_way_out == "no need to answer"
    book.undo()
    assert stored(book) == before


def test_what_was_asked_is_added_on_its_day(book: Book, clock: Clock) -> None:
    clock.turn_to(nov(5))
    assert asks.send(book, an_ask()).steps == (AskStep(AskState.ASKED, nov(5)),)
    assert asks.add_asked(book, an_ask(), nov(2)).steps == (AskStep(AskState.ASKED, nov(2)),)
    assert asks.add_incoming(book, an_ask(IN), nov(4)).steps == (AskStep(AskState.RECEIVED, nov(4)),)
    assert book.count(Ask) == 3


def test_no_step_lies_ahead(book: Book) -> None:
    ask = asks.add_asked(book, an_ask())
    before = stored(book)
    for verb in (
        lambda: asks.send(book, an_ask(), nov(2)),
        lambda: asks.add_asked(book, an_ask(), nov(2)),
        lambda: asks.add_incoming(book, an_ask(IN), nov(2)),
        lambda: asks.move(book, ask.uid, AskState.AGREED, on=nov(2)),
        lambda: asks.nudge(book, ask.uid, on=nov(2)),
        lambda: asks.close_ops(book, ask, received(nov(2)), nov(2)),
    ):
        with pytest.raises(BadInput, match="Mon 2 Nov 2026 is ahead"):
            verb()
    assert stored(book) == before


def test_a_draft_for_a_day_ahead_is_of_today(book: Book) -> None:
    draft, ops = asks.asked_ops(book, an_ask(), nov(20), AskState.DRAFT)
    assert draft.steps == (AskStep(AskState.DRAFT, START),)
    assert book.count(Ask) == 0, "nothing is stored before the change"
    book.change("a line", *ops)
    assert book.one(Ask, draft.uid) == draft


def test_an_ask_of_one_direction_does_not_begin_as_the_other(book: Book) -> None:
    with pytest.raises(BadInput, match="An incoming ask begins as received"):
        asks.add_asked(book, an_ask(IN))
    with pytest.raises(BadInput, match="An outgoing ask begins as draft or asked"):
        asks.add_incoming(book, an_ask())
    draft = asks.save_draft(book, an_ask())
    with pytest.raises(BadInput, match="stays outgoing or incoming"):
        asks.save_draft(book, replace(draft, direction=IN))


def test_an_edit_leaves_the_steps_to_the_steps(book: Book) -> None:
    ask = asks.add_asked(book, an_ask())
    asks.edit_ask(book, ask, replace(ask, what="another thing"))
    edited = book.one(Ask, ask.uid)
    assert (edited.what, edited.steps) == ("another thing", ask.steps)
    with pytest.raises(BadInput, match="by its steps"):
        asks.edit_ask(book, edited, replace(edited, steps=()))
    asks.move(book, ask.uid, AskState.HELPED)
    helped = book.one(Ask, ask.uid)
    with pytest.raises(BadInput, match="help of Grace Hopper is in the book already"):
        asks.edit_ask(book, helped, replace(helped, contact="raj"))


def test_an_ask_that_went_out_goes_to_nobody_else(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    fixed = asks.save_draft(book, replace(ask, contact="raj"))
    assert fixed.contact == "raj", "a slip can be put right"
    clock.turn_to(nov(3))
    asks.move(book, ask.uid, AskState.DECLINED)
    with pytest.raises(BadInput, match="went to Raj Patel: an ask to somebody else is another ask"):
        asks.send(book, replace(book.one(Ask, ask.uid), contact="lee"))
    asks.move(book, ask.uid, AskState.HELPED)
    with pytest.raises(BadInput, match="The help of Raj Patel is in the book already"):
        asks.save_draft(book, replace(book.one(Ask, ask.uid), contact="lee"))


def test_an_ask_that_is_gone_is_told(book: Book) -> None:
    for verb in (
        lambda: asks.move(book, "none", AskState.ASKED),
        lambda: asks.nudge(book, "none"),
        lambda: asks.take_back(book, "none"),
        lambda: asks.send(book, replace(an_ask(), uid="none")),
    ):
        with pytest.raises(NotFound):
            verb()


# Silence, no, and rest


def standing(book: Book) -> tuple[object, ...]:
    """Return all that an ask might have left a mark on."""
    grace = book.contact("grace")
    return (
        book.balance("grace"),
        book.warmth("grace"),
        grace.circle,
        grace.cadence_days,
        book.interactions_with("grace"),
        book.exchanges_with("grace"),
        book.follow_ups_with("grace"),
    )


def test_asked_silence_nudge_silence_is_rest_and_leaves_no_mark(book: Book, clock: Clock) -> None:
    """Asked on 1 Nov: 14 days end on the 15th. Nudged on the 17th: 14 days end on 1 Dec. It rests from 2 Dec."""
    without = a_book(clock)
    ask = asks.add_asked(book, an_ask())
    clock.turn_to(nov(15))
    assert not asking.is_silent(book.one(Ask, ask.uid), book.today, book.rules.patience)
    clock.turn_to(nov(17))
    assert asking.is_silent(book.one(Ask, ask.uid), book.today, book.rules.patience)
    asks.nudge(book, ask.uid)
    for today, state in (
        (nov(17), AskState.ASKED),
        (Date(2026, 12, 1), AskState.ASKED),
        (Date(2026, 12, 2), AskState.RESTED),
        (Date(2027, 2, 1), AskState.RESTED),
    ):
        clock.turn_to(today)
        assert stands(book, ask) is state
        assert standing(book) == standing(without)
    assert book.one(Ask, ask.uid).steps == ask.steps, "what follows from the dates is not stored by itself"
    asks.move(book, ask.uid, AskState.ASKED)
    assert book.one(Ask, ask.uid).steps == (
        AskStep(AskState.ASKED, START),
        AskStep(AskState.RESTED, Date(2026, 12, 2)),
        AskStep(AskState.ASKED, Date(2027, 2, 1)),
    )


@pytest.mark.parametrize("state", [AskState.DECLINED, AskState.RESTED])
@pytest.mark.parametrize("agreed_first", [False, True])
def test_a_no_and_a_rest_leave_no_mark(book: Book, clock: Clock, state: AskState, agreed_first: bool) -> None:
    without = a_book(clock)
    ask = asks.add_asked(book, an_ask())
    if agreed_first:
        asks.move(book, ask.uid, AskState.AGREED)
    clock.turn_to(nov(9))
    asks.move(book, ask.uid, state)
    for today in (nov(9), Date(2027, 1, 1)):
        clock.turn_to(today)
        assert standing(book) == standing(without)
    assert asks.open_asks(book) == []


def test_a_late_yes_on_a_day_before_the_rest_is_no_reopening(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    clock.turn_to(nov(17))
    asks.nudge(book, ask.uid)
    clock.turn_to(Date(2026, 12, 20))
    assert stands(book, ask) is AskState.RESTED
    asks.move(book, ask.uid, AskState.AGREED, on=nov(28))
    assert [step.state for step in book.one(Ask, ask.uid).steps] == [AskState.ASKED, AskState.AGREED]


def test_call_me_next_week_moves_the_patience(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    clock.turn_to(nov(3))
    change = asks.move(book, ask.uid, AskState.ASKED, until=nov(10), log=InteractionKind.CALL, text="call me next week")
    assert change.title == "ask to Grace Hopper for advice: asked, for Tue 10 Nov 2026"
    kept = book.one(Ask, ask.uid)
    assert kept.steps[-1] == AskStep(AskState.ASKED, nov(3), nov(10))
    assert asking.waits_until(kept, book.rules.patience) == nov(24)
    call = book.interactions_with("grace")[0]
    assert (call.date, call.kind, call.initiator) == (nov(3), InteractionKind.CALL, Initiator.THEM)
    assert call.summary == "call me next week"


def test_a_nudge_is_there_once_and_logged_if_wished(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    clock.turn_to(nov(16))
    before = stored(book)
    asks.nudge(book, ask.uid, log=InteractionKind.EMAIL)
    assert book.one(Ask, ask.uid).nudges == (nov(16),)
    mail = book.interactions_with("grace")[0]
    assert (mail.kind, mail.initiator, mail.date) == (InteractionKind.EMAIL, Initiator.ME, nov(16))
    with pytest.raises(BadInput, match="once is enough"):
        asks.nudge(book, ask.uid)
    book.undo()
    assert stored(book) == before


# One act, one exchange


def test_help_writes_one_exchange_and_thanks_go_onto_it(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    clock.turn_to(nov(4))
    asks.move(book, ask.uid, AskState.HELPED, log=InteractionKind.CALL)
    one = of_ask(book, ask)
    assert (one.date, one.direction, one.kind, one.size) == (
        nov(4),
        Direction.RECEIVED,
        ExchangeKind.ADVICE,
        Size.NORMAL,
    )
    assert (one.text, one.thanked_on) == ("which team to join", None)
    assert book.interaction(one.interaction or "").kind is InteractionKind.CALL
    clock.turn_to(nov(6))
    asks.move(book, ask.uid, AskState.THANKED, log=InteractionKind.EMAIL)
    assert of_ask(book, ask).thanked_on == nov(6)
    assert book.interactions_with("grace")[0].initiator is Initiator.ME
    assert len(new_exchanges(book)) == 1


def test_help_that_was_typed_before_is_linked_and_not_written_again(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask(), START)
    clock.turn_to(nov(9))
    for other in (
        received(Date(2026, 10, 25), "before it was asked"),
        received(nov(3), "another kind", ExchangeKind.LEAD),
        replace(received(nov(3), "given"), direction=Direction.GIVEN),
        replace(received(nov(3), "somebody else"), contact="raj"),
        received(nov(8), "after the day of the help"),
    ):
        verbs.add_exchange(book, other)
    typed = verbs.add_exchange(book, received(nov(5), "go for compilers"))
    count = book.count(Exchange)
    asks.move(book, ask.uid, AskState.HELPED, on=nov(6), log=InteractionKind.CALL)
    assert book.count(Exchange) == count
    one = of_ask(book, ask)
    assert (one.uid, one.text, one.date) == (typed.uid, "go for compilers", nov(5))
    assert one.interaction is not None


def test_help_from_before_a_reopening_is_another_act(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    asks.move(book, ask.uid, AskState.DECLINED)
    clock.turn_to(nov(4))
    earlier = verbs.add_exchange(book, received(nov(4), "something else"))
    clock.turn_to(nov(20))
    asks.move(book, ask.uid, AskState.ASKED)
    asks.move(book, ask.uid, AskState.HELPED)
    assert of_ask(book, ask).uid != earlier.uid


@pytest.mark.parametrize("state", [AskState.ASKED, AskState.AGREED, AskState.RESTED])
def test_help_told_in_a_line_closes_the_ask(book: Book, clock: Clock, state: AskState) -> None:
    ask = asks.add_asked(book, an_ask())
    clock.turn_to(nov(3))
    if state is not AskState.ASKED:
        asks.move(book, ask.uid, state)
    open_ask = asks.closable(book, "grace", ExchangeKind.ADVICE)
    assert open_ask == book.one(Ask, ask.uid)
    linked, ops = asks.close_ops(book, open_ask, verbs.stamped(book, received(nov(3), "go for compilers")), nov(3))
    before = stored(book)
    book.change("a line", put(None, linked), *ops)
    assert stands(book, ask) is AskState.HELPED
    assert of_ask(book, ask).text == "go for compilers"
    assert asks.closable(book, "grace", ExchangeKind.ADVICE) is None
    assert len(new_exchanges(book)) == 1
    book.undo()
    assert stored(book) == before


def test_what_help_closes_is_the_newest_that_waits(book: Book, clock: Clock) -> None:
    clock.turn_to(nov(20))
    older, newer = (asks.add_asked(book, an_ask(what=what), on) for what, on in (("older", nov(2)), ("newer", nov(5))))
    resting = asks.add_asked(book, an_ask(what="resting"), nov(8))
    asks.move(book, resting.uid, AskState.RESTED, on=nov(9))
    for left_out in (an_ask(kind=ExchangeKind.LEAD), replace(an_ask(), contact="raj"), an_ask(IN)):
        verb = asks.add_incoming if left_out.direction is IN else asks.add_asked
        verb(book, left_out, nov(10))
    asks.save_draft(book, an_ask())
    declined = asks.add_asked(book, an_ask(), nov(11))
    asks.move(book, declined.uid, AskState.DECLINED)
    found = [ask.what for ask in asks.closable_all(book, "grace", ExchangeKind.ADVICE)]
    assert found == ["newer", "older", "resting"]
    assert asks.closable(book, "grace", ExchangeKind.ADVICE) == book.one(Ask, newer.uid)
    assert asks.closable(book, "grace", ExchangeKind.ADVICE, nov(3)) == book.one(Ask, older.uid)
    assert asks.closable(book, "grace", ExchangeKind.ADVICE, nov(1)) is None
    assert asks.closable(book, "grace", ExchangeKind.ADVICE, nov(21)) is None, "a plan answers nothing"


def test_an_introduction_that_was_asked_for_comes_whole_in_one_change(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask(kind=ExchangeKind.INTRODUCTION, what="to Lee", target="lee"))
    clock.turn_to(nov(8))
    before = stored(book)
    asks.move(book, ask.uid, AskState.HELPED, log=InteractionKind.EMAIL)
    (introduction,) = book.all(Introduction)
    assert (introduction.broker, introduction.first, introduction.second) == ("grace", None, "lee")
    assert introduction.ask == ask.uid
    assert introduction.steps[-1].state is IntroductionState.MADE
    one = of_ask(book, ask)
    assert (one.direction, one.contact, one.introduction) == (Direction.RECEIVED, "grace", introduction.uid)
    assert book.interaction(one.interaction or "").kind is InteractionKind.EMAIL
    assert book.contact("lee").introduced_by == "grace"
    assert [{tie.first, tie.second} for tie in book.all(Tie)] == [{"grace", "lee"}]
    assert len(new_exchanges(book)) == 1
    book.undo()
    assert stored(book) == before


def test_an_introduction_told_in_a_line_comes_whole_with_the_one_exchange(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask(kind=ExchangeKind.INTRODUCTION, target="lee"))
    clock.turn_to(nov(8))
    told = verbs.stamped(book, received(nov(8), "Lee", ExchangeKind.INTRODUCTION))
    linked, ops = asks.close_ops(book, book.one(Ask, ask.uid), told, nov(8))
    book.change("a line", put(None, linked), *ops)
    (introduction,) = book.all(Introduction)
    assert of_ask(book, ask).introduction == introduction.uid
    assert len(new_exchanges(book)) == 1
    assert book.contact("lee").introduced_by == "grace"


def test_an_introduction_asked_for_without_a_name_is_just_the_help(book: Book) -> None:
    ask = asks.add_asked(book, an_ask(kind=ExchangeKind.INTRODUCTION))
    asks.move(book, ask.uid, AskState.HELPED)
    assert of_ask(book, ask).kind is ExchangeKind.INTRODUCTION
    assert book.count(Introduction) == 0


# Incoming


def test_nothing_is_promised_or_rests_by_itself(book: Book, clock: Clock) -> None:
    without = a_book(clock)
    ask = asks.add_incoming(book, an_ask(IN))
    for state, until in ((AskState.RECEIVED, nov(10)), (AskState.AGREED, None), (AskState.DECLINED, None)):
        asks.move(book, ask.uid, state, until=until)
        assert standing(book) == standing(without)
        assert book.count(FollowUp) == 0
        clock.turn_to(Date(book.today.year + 1, 1, 1))
        assert stands(book, ask) is state
    asks.move(book, ask.uid, AskState.AGREED)
    clock.turn_to(Date(2040, 1, 1))
    assert stands(book, ask) is AskState.AGREED
    assert [one.uid for one in asks.open_asks(book, "grace")] == [ask.uid]


def test_a_yes_promises_what_the_user_says_and_when(book: Book) -> None:
    ask = asks.add_incoming(book, an_ask(IN, what="her talk"))
    asks.move(book, ask.uid, AskState.AGREED, promise=nov(6), log=InteractionKind.CALL)
    (promise,) = book.follow_ups_with("grace")
    assert (promise.date, promise.text, promise.done_on) == (nov(6), "her talk", None)
    assert promise.interaction == book.interactions_with("grace")[0].uid
    asks.move(book, ask.uid, AskState.AGREED, until=nov(9), promise=nov(9), text="send the slides")
    assert [one.text for one in book.follow_ups_with("grace")] == ["her talk", "send the slides"]


def test_a_promise_goes_with_nothing_but_a_yes(book: Book) -> None:
    incoming, outgoing = asks.add_incoming(book, an_ask(IN)), asks.add_asked(book, an_ask())
    for ask, state in ((incoming, AskState.DECLINED), (outgoing, AskState.AGREED)):
        with pytest.raises(BadInput, match="A promise goes with a yes"):
            asks.move(book, ask.uid, state, promise=nov(9))
    with pytest.raises(BadInput, match="before the yes itself"):
        asks.move(book, incoming.uid, AskState.AGREED, promise=Date(2026, 10, 1))
    assert book.count(FollowUp) == 0


def test_help_given_to_an_incoming_ask_is_one_exchange(book: Book, clock: Clock) -> None:
    ask = asks.add_incoming(book, an_ask(IN))
    clock.turn_to(nov(5))
    asks.move(book, ask.uid, AskState.HELPED)
    assert (of_ask(book, ask).direction, of_ask(book, ask).date) == (Direction.GIVEN, nov(5))
    another = asks.add_incoming(book, an_ask(IN))
    typed = verbs.add_exchange(book, replace(received(nov(5), "read her draft"), direction=Direction.GIVEN))
    asks.move(book, another.uid, AskState.HELPED)
    assert of_ask(book, another).uid == typed.uid
    assert len(new_exchanges(book)) == 2


# Taking back


def test_a_step_taken_back_takes_the_exchange_that_it_wrote(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    clock.turn_to(nov(4))
    asks.move(book, ask.uid, AskState.HELPED)
    asks.move(book, ask.uid, AskState.THANKED)
    asks.take_back(book, ask.uid)
    assert of_ask(book, ask).thanked_on is None
    assert asks.take_back(book, ask.uid).title == "ask to Grace Hopper for advice: no longer helped"
    assert new_exchanges(book) == []
    assert book.one(Ask, ask.uid).steps == ask.steps
    with pytest.raises(BadInput, match="first step"):
        asks.take_back(book, ask.uid)


def test_an_exchange_that_holds_more_stays_when_the_step_is_taken_back(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    asks.move(book, ask.uid, AskState.HELPED)
    one = of_ask(book, ask)
    verbs.edit(book, one, replace(one, size=Size.BIG))
    asks.take_back(book, ask.uid)
    (kept,) = new_exchanges(book)
    assert (kept.uid, kept.ask, kept.size) == (one.uid, None, Size.BIG)
    asks.move(book, ask.uid, AskState.HELPED)
    assert of_ask(book, ask).uid == one.uid, "and is linked again"


def test_an_exchange_that_was_typed_stays_when_the_step_is_taken_back(book: Book) -> None:
    ask = asks.add_asked(book, an_ask(what=""))
    typed = verbs.add_exchange(book, received(START))
    asks.move(book, ask.uid, AskState.HELPED)
    asks.take_back(book, ask.uid)
    (kept,) = new_exchanges(book)
    assert (kept.uid, kept.ask) == (typed.uid, None)


def test_a_made_introduction_stays_when_the_step_is_taken_back(book: Book) -> None:
    ask = asks.add_asked(book, an_ask(kind=ExchangeKind.INTRODUCTION, target="lee"))
    asks.move(book, ask.uid, AskState.HELPED)
    (made,) = new_exchanges(book)
    asks.take_back(book, ask.uid)
    assert stands(book, ask) is AskState.ASKED
    assert [one.uid for one in new_exchanges(book)] == [made.uid]
    asks.move(book, ask.uid, AskState.HELPED)
    assert of_ask(book, ask).uid == made.uid
    assert len(new_exchanges(book)) == book.count(Introduction) == 1


def test_rest_that_follows_from_the_dates_is_no_step_to_take_back(book: Book, clock: Clock) -> None:
    draft = asks.save_draft(book, an_ask())
    asks.send(book, draft)
    clock.turn_to(nov(17))
    asks.nudge(book, draft.uid)
    clock.turn_to(Date(2026, 12, 20))
    assert stands(book, draft) is AskState.RESTED
    asks.take_back(book, draft.uid)
    kept = book.one(Ask, draft.uid)
    assert (kept.steps, kept.nudges) == (draft.steps, ())
    book.undo()
    asks.move(book, draft.uid, AskState.DECLINED, on=nov(20))
    asks.take_back(book, draft.uid)
    assert len(book.one(Ask, draft.uid).steps) == 2
    asks.move(book, draft.uid, AskState.ASKED)
    asks.take_back(book, draft.uid)
    assert book.one(Ask, draft.uid).steps[-1] == AskStep(AskState.RESTED, Date(2026, 12, 2))
    asks.take_back(book, draft.uid)
    assert book.one(Ask, draft.uid).steps == draft.steps


def test_a_rest_that_the_user_chose_is_taken_back(book: Book, clock: Clock) -> None:
    ask = asks.add_asked(book, an_ask())
    clock.turn_to(nov(16))
    asks.move(book, ask.uid, AskState.RESTED)
    asks.take_back(book, ask.uid)
    assert stands(book, ask) is AskState.ASKED


# Laws


Verb = tuple[str, AskState, int, bool]
steps = st.lists(
    st.tuples(
        st.sampled_from(["move", "nudge", "back", "send", "edit", "typed", "close"]),
        st.sampled_from(AskState),
        st.integers(0, 30),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)


def run(book: Book, uid: str, verb: Verb) -> Change | None:
    """Do what `verb` says; whatever it raises must be for the user."""
    name, state, _days, flag = verb
    ask = book.one(Ask, uid)
    log = InteractionKind.CALL if flag else None
    if name == "move":
        now = asks.state(book, ask)
        promise = book.today if flag and ask.direction is IN and state is AskState.AGREED else None
        return asks.move(book, uid, state, until=book.today if state is now else None, log=log, promise=promise)
    if name == "nudge":
        return asks.nudge(book, uid, log=log)
    if name == "back":
        return asks.take_back(book, uid)
    if name == "send":
        asks.send(book, replace(ask, why_them="again"))
    elif name == "edit":
        return asks.edit_ask(book, ask, replace(ask, why_them=ask.why_them + "x"))
    elif name == "typed":
        verbs.add_exchange(book, received(book.today, "typed", ask.kind))
    elif (closable := asks.closable(book, "grace", ask.kind)) is not None:
        linked, ops = asks.close_ops(
            book, closable, verbs.stamped(book, received(book.today, "", ask.kind)), book.today
        )
        return book.change("a line", put(None, linked), *ops)
    else:
        return None
    return book.history.last_done()


@settings(deadline=None, max_examples=120)
@given(
    st.sampled_from([an_ask(), an_ask(IN), an_ask(kind=ExchangeKind.INTRODUCTION, target="lee")]), steps, st.booleans()
)
def test_no_verb_leaves_the_table_and_each_is_undone_without_a_trace(
    ask: Ask, walk: list[Verb], as_draft: bool
) -> None:
    clock = Clock(START)
    book = a_book(clock)
    begin = asks.add_incoming if ask.direction is IN else asks.save_draft if as_draft else asks.add_asked
    uid = begin(book, ask).uid
    for verb in walk:
        clock.turn_to(book.today + timedelta(days=verb[2]))
        before = stored(book)
        try:
            change = run(book, uid, verb)
        except BadInput:
            assert stored(book) == before
            continue
        after = stored(book)
        if change is not None:
            book.undo()
            assert stored(book) == before
            book.redo()
            assert stored(book) == after
        look_over(book, book.one(Ask, uid))


def look_over(book: Book, ask: Ask) -> None:
    """Check what holds of an ask at any time."""
    assert ask.steps[0].state in {AskState.DRAFT, AskState.ASKED, AskState.RECEIVED}
    for one, two in zip(ask.steps, ask.steps[1:], strict=False):
        assert two.state in asking.following(ask, one.state)
        assert one.date <= two.date <= book.today
    answers = [one for one in book.all(Exchange) if one.ask == ask.uid]
    assert len(answers) == (1 if asking.said_yes(ask) else 0), "one act, one exchange"
    reopened = sum(step.state in {AskState.DECLINED, AskState.RESTED} for step in ask.steps)
    assert len(ask.nudges) <= reopened + 1


# To whom it led


def test_an_introduction_to_somebody_new_comes_with_its_contact_in_one_change(book: Book) -> None:
    ask = asks.add_asked(book, an_ask(kind=ExchangeKind.INTRODUCTION, what="somebody at Acme"), START)
    before = stored(book)
    asks.move(book, ask.uid, AskState.HELPED, log=InteractionKind.CALL, to=Contact(uid="", name="Mina Park"))
    (mina,) = [each for each in book.all(Contact) if each.name == "Mina Park"]
    assert mina.introduced_by == "grace"
    assert book.one(Ask, ask.uid).target == mina.uid
    act = of_ask(book, ask)
    (introduction,) = book.all(Introduction)
    assert (introduction.broker, introduction.second, act.introduction) == ("grace", mina.uid, introduction.uid)
    assert act.interaction is not None
    book.undo()
    assert stored(book) == before


@pytest.mark.parametrize(
    ("kind", "target", "to"),
    [
        (ExchangeKind.ADVICE, None, Contact(uid="", name="Mina")),
        (ExchangeKind.INTRODUCTION, "raj", Contact(uid="", name="Mina")),
        (ExchangeKind.INTRODUCTION, None, Contact(uid="", name=" ")),
        (ExchangeKind.INTRODUCTION, None, Contact(uid="grace", name="Grace Hopper")),
    ],
)
def test_whom_it_led_to_is_said_of_an_introduction_that_names_nobody_else(
    book: Book, kind: ExchangeKind, target: str | None, to: Contact
) -> None:
    ask = asks.add_asked(book, an_ask(kind=kind, target=target), START)
    before = stored(book)
    with pytest.raises(BadInput):
        asks.move(book, ask.uid, AskState.HELPED, to=to)
    assert stored(book) == before
