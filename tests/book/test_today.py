"""Today, by worked examples: which moves a book suggests and with which reason; and the laws of what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book import doing, verbs
from relcraft.book.open import Book
from relcraft.book.today import all_moves, today
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
)
from relcraft.domain.rules import Rules
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
from tests.books import TODAY, a_book, a_keeper, at_noon, met, person, promised

ADA = person("ada", "Ada Lovelace")
KEN = person("ken", "Ken Thompson")
LEE = person("lee", "Lee Chen")
KINDS = list(MoveKind)


def ago(days: int) -> Date:
    return TODAY - timedelta(days=days)


def ask(
    *steps: tuple[AskState, int], of: str = "ken", uid: str = "ask", until: int | None = None, **fields: object
) -> Ask:
    """Return an ask for advice that went through these states, so many days ago each; the last one with `until`."""
    told = [AskStep(state, ago(days)) for state, days in steps]
    if until is not None:
        told[-1] = replace(told[-1], until=ago(until))
    new = Ask(uid=uid, direction=AskDirection.OUTGOING, contact=of, kind=ExchangeKind.ADVICE, steps=tuple(told))
    return replace(new, **fields)  # type: ignore[arg-type]  # the fields are the caller's


def asked_of_me(*steps: tuple[AskState, int], until: int | None = None, what: str = "") -> Ask:
    return ask(*steps, until=until, what=what, direction=AskDirection.INCOMING)


def got(uid: str, days: int, who: str = "ada", **fields: object) -> Exchange:
    new = Exchange(uid=uid, date=ago(days), direction=Direction.RECEIVED, kind=ExchangeKind.LEAD, contact=who)
    return replace(new, **fields)  # type: ignore[arg-type]  # the fields are the caller's


def between(*steps: tuple[IntroductionState, int], broker: str | None = None, text: str = "") -> Introduction:
    """Return an introduction of Ada and Lee by the user, or (`broker`) of the user and Lee."""
    return Introduction(
        uid="intro",
        broker=broker,
        first="ada" if broker is None else None,
        second="lee",
        text=text,
        steps=tuple(IntroductionStep(state, ago(days)) for state, days in steps),
    )


def goal(state: GoalState = GoalState.OPEN, **fields: object) -> Goal:
    new = Goal(uid="goal", kind=GoalKind.HIRED, words="a place at Acme", state=state)
    return replace(new, **fields)  # type: ignore[arg-type]  # the fields are the caller's


def imported(uid: str, name: str, days: int = 1, **fields: object) -> Contact:
    new = Contact(uid=uid, name=name, sources=(f"file:{uid}",), created=datetime(2026, 11, 23 - days, 8, tzinfo=UTC))
    return replace(new, **fields)  # type: ignore[arg-type]  # the fields are the caller's


Told = tuple[MoveKind, str, str]


@dataclass(frozen=True)
class Case:
    """A book, and every move that it suggests: kind, title, reason."""

    records: Sequence[Record]
    moves: Sequence[Told] = field(default=())


K, S, AT = MoveKind, AskState, IntroductionState
CLOSE, INNER = Circle.CLOSE, Circle.INNER

CASES = {
    "an empty book": Case([]),
    "somebody met last week": Case([replace(ADA, circle=CLOSE), met("m", ago(6), "ada")]),
    # Bound to today
    "a birthday": Case(
        [replace(ADA, birthday=Birthday(11, 23, 1990)), met("m", ago(250), "ada")],
        [(K.BIRTHDAY, "Good wishes to Ada Lovelace", "a birthday today · last in touch in March · one line is plenty")],
    ),
    "a birthday of somebody never met": Case(
        [replace(ADA, birthday=Birthday(11, 23))],
        [(K.BIRTHDAY, "Good wishes to Ada Lovelace", "a birthday today · one line is plenty")],
    ),
    "a birthday yesterday": Case([replace(ADA, birthday=Birthday(11, 22))]),
    "a birthday of one in the archive": Case([replace(ADA, birthday=Birthday(11, 23), archived=True)]),
    "a birthday of one left in peace": Case([replace(ADA, birthday=Birthday(11, 23), do_not_disturb=True)]),
    "a birthday of one who is snoozed": Case(
        [replace(ADA, birthday=Birthday(11, 23)), Snooze(uid="s", of="ada", until=ago(-1))]
    ),
    "a promise of today": Case(
        [ADA, promised("p", TODAY, "ada", "send the paper")],
        [(K.PROMISED_TODAY, "Send the paper · Ada Lovelace", "you promised it for today")],
    ),
    "a promise without words": Case(
        [ADA, promised("p", TODAY, "ada")],
        [(K.PROMISED_TODAY, "A word with Ada Lovelace", "you promised it for today")],
    ),
    "a promise to nobody in particular": Case(
        [promised("p", TODAY, None, "Renew the passport.")],
        [(K.PROMISED_TODAY, "Renew the passport", "you promised it for today")],
    ),
    "a promise put off to today": Case(
        [ADA, promised("p", ago(5), "ada", "call"), Snooze(uid="s", of="p", until=TODAY)],
        [(K.PROMISED_TODAY, "Call · Ada Lovelace", "you promised it for Wed 18 Nov, and put it off to today")],
    ),
    "a promise of tomorrow": Case([ADA, promised("p", ago(-1), "ada", "call")]),
    "a promise that was kept": Case([ADA, replace(promised("p", TODAY, "ada", "call"), done_on=TODAY)]),
    "a day that they named": Case(
        [KEN, ask((S.ASKED, 6), until=0, what="the talk")],
        [(K.PROMISED_TODAY, "Ask Ken Thompson again", 'Ken named today when you asked for "the talk"')],
    ),
    "a day that they named, three days ago": Case(
        [KEN, ask((S.ASKED, 6), until=3)],
        [(K.PROMISE, "Ask Ken Thompson again", "Ken named Fri 20 Nov when you asked for advice")],
    ),
    "a day that they named, tomorrow": Case([KEN, ask((S.ASKED, 6), until=-1)]),
    # Thanks
    "a lead since Thursday": Case(
        [ADA, got("x", 4, text="Acme, data")],
        [(K.THANK, "Thank Ada Lovelace", "Ada gave you a lead on Thursday: Acme, data · two lines are plenty")],
    ),
    "an introduction since Thursday, and a promise with it": Case(
        [
            ADA,
            LEE,
            replace(between((AT.TOLD, 4), broker="ada")),
            got("x", 4, kind=ExchangeKind.INTRODUCTION, introduction="intro"),
            promised("p", ago(-4), "ada", "tell her how it went"),
        ],
        [
            (
                K.THANK,
                "Thank Ada Lovelace",
                "Ada introduced you to Lee Chen on Thursday · you promised: tell her how it went",
            )
        ],
    ),
    "a lead of 31 days ago": Case([ADA, got("x", 31)]),
    "a lead that was thanked": Case([ADA, got("x", 3, thanked_on=ago(2))]),
    "a lead from an import": Case([ADA, got("x", 3, sources=("file",))]),
    "advice of yesterday": Case([ADA, got("x", 1, kind=ExchangeKind.ADVICE)]),
    "an ask that was helped long ago": Case(
        [KEN, ask((S.ASKED, 90), (S.HELPED, 80)), got("x", 80, "ken", kind=ExchangeKind.ADVICE, ask="ask")],
        [(K.THANK, "Thank Ken Thompson", "Ken gave you advice in September · two lines are plenty")],
    ),
    "an ask that was helped, its exchange deleted": Case(
        [KEN, ask((S.ASKED, 9), (S.HELPED, 8), what="the talk")],
        [(K.THANK, "Thank Ken Thompson", 'Ken helped you with "the talk" 8 days ago · two lines are plenty')],
    ),
    "thanks to one in the archive": Case(
        [replace(ADA, archived=True), got("x", 0)],
        [(K.THANK, "Thank Ada Lovelace", "Ada gave you a lead today · two lines are plenty")],
    ),
    # Telling the outcome
    "a goal that was reached": Case(
        [ADA, KEN, goal(GoalState.REACHED, ended_on=ago(3), chain=("ken", "ada"), told=("ken",))],
        [
            (
                K.TELL,
                "Tell Ada Lovelace how it went",
                'you reached "a place at Acme" on Friday · Ada was part of the way',
            )
        ],
    ),
    "a goal that was let go": Case([ADA, goal(GoalState.LET_GO, ended_on=ago(3))]),
    "help thanked two weeks ago": Case(
        [KEN, ask((S.ASKED, 20), (S.HELPED, 15), (S.THANKED, 14)), got("x", 15, "ken", ask="ask", thanked_on=ago(14))],
        [
            (
                K.TELL,
                "Tell Ken Thompson what came of it",
                "Ken gave you a lead 2 weeks ago · Ken would like to hear how it went",
            )
        ],
    ),
    "help thanked last week": Case(
        [KEN, ask((S.ASKED, 20), (S.HELPED, 15), (S.THANKED, 13)), got("x", 15, "ken", ask="ask", thanked_on=ago(13))]
    ),
    "help thanked, and its outcome told": Case(
        [
            KEN,
            ask((S.ASKED, 20), (S.HELPED, 15), (S.THANKED, 14)),
            got("x", 15, "ken", ask="ask", thanked_on=ago(14), outcome_told_on=ago(1)),
        ]
    ),
    "you and somebody met through another": Case(
        [ADA, LEE, between((AT.MADE, 9), (AT.MET, 2), broker="ada")],
        [(K.TELL, "Tell Ada Lovelace how it went", "you and Lee met on Saturday · Ada introduced you")],
    ),
    "a coffee since somebody introduced you": Case(
        [ADA, LEE, between((AT.MADE, 9), broker="ada"), met("i", ago(3), "lee")],
        [(K.TELL, "Tell Ada Lovelace how it went", "you and Lee met on Friday · Ada introduced you")],
    ),
    "a message since somebody introduced you": Case(
        [ADA, LEE, between((AT.MADE, 9), broker="ada"), met("i", ago(3), "lee", kind=InteractionKind.MESSAGE)],
        [(K.INTRODUCTION, "Meet Lee Chen", "Ada introduced you 9 days ago")],
    ),
    # Earlier promises
    "a promise of last week": Case(
        [ADA, promised("p", ago(7), "ada", "send the paper")],
        [(K.PROMISE, "Send the paper · Ada Lovelace", "you promised it for Mon 16 Nov")],
    ),
    "a promise to one left in peace": Case(
        [replace(ADA, do_not_disturb=True), promised("p", ago(7), "ada", "send the paper")],
        [(K.PROMISE, "Send the paper · Ada Lovelace", "you promised it for Mon 16 Nov")],
    ),
    # Asks
    "an ask of two weeks ago": Case([KEN, ask((S.ASKED, 14))]),
    "an ask of sixteen days ago": Case(
        [KEN, ask((S.ASKED, 16))],
        [
            (
                K.SILENCE,
                "Nudge Ken Thompson once, or let it rest",
                "16 days without an answer about advice · one friendly nudge is still open, or peace",
            )
        ],
    ),
    "an ask that was agreed to, and nothing since": Case(
        [KEN, ask((S.ASKED, 30), (S.AGREED, 22), what="the talk")],
        [
            (
                K.SILENCE,
                "Nudge Ken Thompson once, or let it rest",
                '22 days since their yes about "the talk" · one friendly nudge is still open, or peace',
            )
        ],
    ),
    "an ask that was nudged and waits": Case([KEN, ask((S.ASKED, 20), nudges=(ago(4),))]),
    "an ask that rests since a second silence": Case([KEN, ask((S.ASKED, 40), nudges=(ago(20),))]),
    "an ask that was declined": Case([KEN, ask((S.ASKED, 20), (S.DECLINED, 1))]),
    "an ask of theirs": Case(
        [KEN, asked_of_me((S.RECEIVED, 3), what="the talk")],
        [
            (
                K.INCOMING,
                "Answer Ken Thompson",
                'Ken asked you for "the talk" on Friday · yes, no and peace are all fine answers',
            )
        ],
    ),
    "an ask of theirs for later": Case([KEN, asked_of_me((S.RECEIVED, 3), until=-2)]),
    "an ask of theirs for today": Case(
        [KEN, asked_of_me((S.RECEIVED, 3), until=0)],
        [(K.INCOMING, "Answer Ken Thompson", "you named today for advice · yes, no and peace are all fine answers")],
    ),
    "an ask of theirs that was agreed to": Case([KEN, asked_of_me((S.RECEIVED, 90), (S.AGREED, 80))]),
    # Introductions under way
    "an idea of an introduction": Case(
        [ADA, LEE, between((AT.IDEA, 1), text="compilers")],
        [
            (
                K.INTRODUCTION,
                "Ask Ada Lovelace about meeting Lee",
                "your idea yesterday: compilers · each side is asked first",
            )
        ],
    ),
    "one side agreed": Case(
        [ADA, LEE, between((AT.IDEA, 4), (AT.FIRST_AGREED, 2))],
        [(K.INTRODUCTION, "Ask Lee Chen about meeting Ada", "Ada said yes on Saturday")],
    ),
    "both agreed": Case(
        [ADA, LEE, between((AT.BOTH_AGREED, 0), text="compilers")],
        [(K.INTRODUCTION, "Introduce Ada Lovelace and Lee Chen", "both said yes, the last one today: compilers")],
    ),
    "introduced six days ago": Case([ADA, LEE, between((AT.MADE, 6))]),
    "introduced a week ago": Case(
        [ADA, LEE, between((AT.MADE, 7))],
        [(K.INTRODUCTION, "Hear from Ada Lovelace and Lee Chen", "you introduced them 7 days ago · have they met?")],
    ),
    "they met a week ago": Case(
        [ADA, LEE, between((AT.MET, 7))],
        [(K.INTRODUCTION, "Hear from Ada Lovelace and Lee Chen", "they met 7 days ago · how did it go?")],
    ),
    "somebody would introduce you": Case(
        [ADA, LEE, between((AT.IDEA, 0), broker="ada")],
        [(K.INTRODUCTION, "Tell Ada Lovelace about meeting Lee", "Ada thought of it today · yes and no are fine")],
    ),
    "somebody asks the other side": Case([ADA, LEE, between((AT.FIRST_AGREED, 0), broker="ada")]),
    "somebody introduced you": Case(
        [ADA, LEE, between((AT.MADE, 1), broker="ada")],
        [(K.INTRODUCTION, "Meet Lee Chen", "Ada introduced you yesterday")],
    ),
    "an introduction that rests": Case([ADA, LEE, between((AT.RESTED, 1))]),
    # Drafts and goals
    "a whole draft": Case(
        [KEN, ask((S.DRAFT, 4), what="the talk", why_them="x", in_it_for_them="y", easy_way_out="z")],
        [(K.DRAFT, "Ask Ken Thompson: the talk", "drafted on Thursday · it only needs sending")],
    ),
    "a draft that says what for": Case(
        [KEN, ask((S.DRAFT, 0), what="the talk", why_them="x")],
        [
            (
                K.DRAFT,
                "Ask Ken Thompson: the talk",
                "drafted today · still open: what is in it for Ken and an easy way out",
            )
        ],
    ),
    "an empty draft": Case(
        [KEN, ask((S.DRAFT, 0))],
        [
            (
                K.DRAFT,
                "Ask Ken Thompson for advice",
                "drafted today · still open: what you ask for, why Ken, what is in it for Ken and an easy way out",
            )
        ],
    ),
    "a draft to one left in peace": Case([replace(KEN, do_not_disturb=True), ask((S.DRAFT, 4))]),
    "a draft beside an ask that is out": Case([KEN, ask((S.DRAFT, 4)), ask((S.ASKED, 4), uid="out")]),
    "a goal of which nobody knows anything": Case(
        [goal()],
        [
            (
                K.GOAL,
                'Find somebody for "a place at Acme"',
                "no ask is out for it · who knows somebody, or something, about it?",
            )
        ],
    ),
    "a goal with an ask out": Case([goal(), KEN, ask((S.ASKED, 4), goal="goal")]),
    # Keeping in touch
    "one who is due": Case(
        [replace(ADA, circle=CLOSE), met("m", ago(40), "ada")],
        [(K.KEEP, "Write to Ada Lovelace", "last in touch in October · you wished every 30 days")],
    ),
    "one who is due and looks for something": Case(
        [replace(ADA, circle=CLOSE, looking_for=("speakers",)), met("m", ago(40), "ada")],
        [(K.KEEP, "Write to Ada Lovelace", "last in touch in October · Ada is looking for speakers")],
    ),
    "one who was written to": Case(
        [
            replace(ADA, circle=CLOSE),
            replace(met("m", ago(40), "ada", kind=InteractionKind.EMAIL), initiator=Initiator.ME),
        ],
        [(K.KEEP, "Write to Ada Lovelace", "you wrote in October · a call is another way, and peace is fine too")],
    ),
    "the inner circle before the distant one": Case(
        [
            replace(ADA, circle=Circle.DISTANT),
            replace(KEN, circle=INNER),
            met("m", ago(800), "ada"),
            met("n", ago(12), "ken"),
        ],
        [
            (K.KEEP, "Write to Ken Thompson", "last in touch 12 days ago · you wished every week"),
            (K.KEEP, "Write to Ada Lovelace", "last in touch in September 2024 · you wished every 365 days"),
        ],
    ),
    "one who is due and snoozed": Case(
        [replace(ADA, circle=CLOSE), met("m", ago(40), "ada"), Snooze(uid="s", of="ada", until=ago(-1))]
    ),
    "one who is due and left in peace": Case(
        [replace(ADA, circle=CLOSE, do_not_disturb=True), met("m", ago(40), "ada")]
    ),
    # Giving
    "what I can offer": Case(
        [replace(ADA, looking_for=("feedback on a CV",)), Me(uid=ME, can_offer=("CV feedback",))],
        [
            (
                K.GIVE,
                "Offer CV feedback to Ada Lovelace",
                "Ada is looking for feedback on a CV · you can offer it",
            )
        ],
    ),
    "what another can offer": Case(
        [replace(ADA, looking_for=("speakers",)), replace(KEN, can_offer=("talks",))],
        [
            (
                K.GIVE,
                "Introduce Ken Thompson and Ada Lovelace",
                "Ada is looking for speakers · Ken can offer talks",
            )
        ],
    ),
    "what one in the archive can offer": Case(
        [replace(ADA, looking_for=("speakers",)), replace(KEN, can_offer=("talks",), archived=True)]
    ),
    "what one can offer who was introduced already": Case(
        [
            replace(ADA, looking_for=("speakers",)),
            replace(KEN, can_offer=("talks",)),
            Introduction(uid="i", first="ken", second="ada", steps=(IntroductionStep(AT.RESTED, ago(3)),)),
        ]
    ),
    # Dormant, and imported
    "one of years ago": Case(
        [ADA, met("m", Date(2021, 3, 2), "ada")],
        [
            (
                K.DORMANT,
                "Say hello to Ada Lovelace",
                "last in touch in March 2021 · two lines with no ask in them · one such hello a week",
            )
        ],
    ),
    "one of years ago, in the archive": Case([replace(ADA, archived=True), met("m", Date(2021, 3, 2), "ada")]),
    "two of years ago, one of whom was met this week": Case(
        [ADA, KEN, *(met(f"m{uid}", Date(2021, 3, 2), uid) for uid in ("ada", "ken")), met("now", TODAY, "ken")]
    ),
    "one imported yesterday": Case(
        [imported("ada", "Ada Lovelace")],
        [
            (
                K.CIRCLE,
                "Choose a circle for Ada Lovelace",
                "imported yesterday · the last one without a circle",
            )
        ],
    ),
    "two imported, one of whom was met": Case(
        [imported("ada", "Ada Lovelace"), imported("ken", "Ken Thompson", 5), met("m", ago(100), "ken")],
        [
            (
                K.CIRCLE,
                "Choose a circle for Ken Thompson",
                "imported on Wednesday · last in touch in August · one of 2 without a circle, and one a day is plenty",
            )
        ],
    ),
    "one imported, with a circle": Case([imported("ada", "Ada Lovelace", circle=CLOSE)]),
    "one imported, never due": Case([imported("ada", "Ada Lovelace", cadence_days=0)]),
}


def told(moves: Sequence[Move]) -> list[Told]:
    return [(move.kind, move.title, move.reason) for move in moves]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_moves_and_their_reasons(case: Case) -> None:
    assert told(all_moves(a_book(*case.records))) == list(case.moves)


@pytest.mark.parametrize("kind", MoveKind)
def test_the_examples_show_every_kind(kind: MoveKind) -> None:
    assert any(move[0] is kind for case in CASES.values() for move in case.moves)


def test_a_goal_names_who_could_help_and_why() -> None:
    book = a_book(goal(), replace(ADA, can_offer=("a word at Acme",), organisation="Acme"), met("m", ago(5), "ada"))
    move = next(move for move in all_moves(book) if move.kind is MoveKind.GOAL)
    assert (move.contact, move.title) == ("ada", 'Begin "a place at Acme" with Ada Lovelace')
    assert move.reason.startswith("no ask is out for it · ")
    assert len(move.reason) > len("no ask is out for it · ")


# Laws

PEOPLE = tuple("abcdefgh")


@st.composite
def books(draw: st.DrawFn) -> Book:
    """Return a book of a few people, with much that waits."""
    people = [
        Contact(
            uid=uid,
            name=f"{uid.upper()}nn Test",
            circle=draw(st.sampled_from([None, *Circle])),
            birthday=draw(st.sampled_from([None, None, Birthday(11, 23)])),
            sources=draw(st.sampled_from([(), (f"file:{uid}",)])),
            archived=draw(st.integers(0, 9)) == 0,
            do_not_disturb=draw(st.integers(0, 9)) == 0,
            looking_for=draw(st.sampled_from([(), ("speakers",), ("a flat",)])),
            can_offer=draw(st.sampled_from([(), ("talks",), ("a room",)])),
        )
        for uid in PEOPLE
    ]
    days = st.integers(0, 2000).map(ago)
    who = st.sampled_from(PEOPLE)
    records: list[Record] = [*people, goal()]
    records += [met(f"met{at}", draw(days), draw(who)) for at in range(draw(st.integers(0, 12)))]
    records += [promised(f"p{at}", ago(draw(st.integers(-3, 9))), draw(who)) for at in range(draw(st.integers(0, 5)))]
    records += [got(f"x{at}", draw(st.integers(0, 40)), draw(who)) for at in range(draw(st.integers(0, 4)))]
    records += [draw(asks(f"ask{at}", who)) for at in range(draw(st.integers(0, 5)))]
    if draw(st.booleans()):
        pair = draw(st.permutations(PEOPLE))
        step = IntroductionStep(draw(st.sampled_from(IntroductionState)), ago(draw(st.integers(0, 20))))
        records.append(Introduction(uid="i", first=pair[0], second=pair[1], steps=(step,)))
    return Book(a_keeper(*records), at_noon(), Rules(moves=draw(st.integers(1, 6))))


@st.composite
def asks(draw: st.DrawFn, uid: str, who: st.SearchStrategy[str]) -> Ask:
    """Return an ask of one step or two, either way."""
    if draw(st.booleans()):
        return replace(asked_of_me((S.RECEIVED, draw(st.integers(0, 30)))), uid=uid, contact=draw(who))
    first = draw(st.sampled_from([S.DRAFT, S.ASKED]))
    then = draw(st.sampled_from([None, S.AGREED, S.HELPED, S.DECLINED, S.RESTED])) if first is S.ASKED else None
    steps = [(first, draw(st.integers(15, 40)))] + ([(then, draw(st.integers(0, 14)))] if then is not None else [])
    return ask(*steps, of=draw(who), uid=uid)


@given(books())
@settings(max_examples=60)
def test_today_shows_no_two_moves_for_one_contact_and_no_more_than_wanted(book: Book) -> None:
    shown = today(book)
    people = [uid for move in shown for uid in move.people]
    assert len(people) == len(set(people))
    assert len(shown) <= book.rules.moves
    assert all(move in all_moves(book) for move in shown)


@given(books())
@settings(max_examples=60)
def test_every_move_has_a_key_of_its_own_a_reason_and_a_choice(book: Book) -> None:
    moves = all_moves(book)
    assert len({move.key for move in moves}) == len(moves)
    assert all(move.reason and move.title and move.choices for move in moves)
    assert [move.kind for move in moves] == sorted((move.kind for move in moves), key=KINDS.index)
    assert all(len(move.reason.splitlines()) == 1 and "\n" not in move.title for move in moves)


@given(books())
@settings(max_examples=60)
def test_nothing_is_suggested_about_those_in_peace_but_promises_thanks_and_asks(book: Book) -> None:
    quiet = {
        *(MoveKind.BIRTHDAY, MoveKind.INTRODUCTION, MoveKind.GOAL, MoveKind.KEEP),
        *(MoveKind.GIVE, MoveKind.DORMANT, MoveKind.CIRCLE),
    }
    for move in all_moves(book):
        if move.kind in quiet:
            assert not any(book.contact(uid).archived or book.contact(uid).do_not_disturb for uid in move.people)


@given(books(), st.randoms())
@settings(max_examples=60)
def test_doing_a_move_takes_it_off_and_undo_restores_the_book_exactly(book: Book, dice: Random) -> None:
    moves = all_moves(book)
    if not moves:
        return
    move = dice.choice(moves)
    before = documents(book)
    choices = [
        each.id for each in move.choices if not (each.id == Act.DRAFT or doing.needs(move, each.id) == "composer")
    ]
    choice = dice.choice(choices) if choices else ""
    if not choice:
        return
    doing.do(book, move, choice, text="close" if choice == Act.CIRCLE else "")
    assert move.key not in {each.key for each in all_moves(book)}
    book.undo()
    assert documents(book) == before
    assert all_moves(book) == moves


@given(books(), st.randoms(), st.integers(1, 40))
@settings(max_examples=60)
def test_what_was_put_off_or_dropped_stays_away_and_undo_brings_it_back(book: Book, dice: Random, days: int) -> None:
    moves = all_moves(book)
    if not moves:
        return
    move = dice.choice(moves)
    until = ago(-days)
    doing.snooze(book, move, until)
    assert move.key not in {each.key for each in all_moves(book)}
    book.undo()
    assert all_moves(book) == moves
    doing.drop(book, move)
    assert move.key not in {each.key for each in all_moves(book)}
    book.undo()
    assert all_moves(book) == moves


def documents(book: Book) -> dict[str, list[dict[str, object]]]:
    return {
        name: sorted((dict(one) for one in some), key=lambda one: str(one["uid"])) for name, some in book.documents()
    }


def on_day(book: Book, day: Date) -> Book:
    """Return the same records on another day."""
    kept = [record for kind in (Contact, Interaction, FollowUp, Snooze) for record in book.all(kind)]
    return a_book(*kept, today=day)


# Quotas


def shown_kinds(book: Book) -> list[MoveKind]:
    return [move.kind for move in all_moves(book)]


def test_four_hundred_people_imported_yesterday_make_no_flood() -> None:
    crowd = [imported(f"c{at:03}", f"Person {at:03}") for at in range(400)]
    book = a_book(ADA, *crowd, promised("p", TODAY, "ada", "call"))
    assert shown_kinds(book) == [MoveKind.PROMISED_TODAY, MoveKind.CIRCLE]
    first = all_moves(book)[1]
    assert "one of 400 without a circle, and one a day is plenty" in first.reason
    doing.do(book, first, Act.CIRCLE, text="wider")
    assert shown_kinds(book) == [MoveKind.PROMISED_TODAY]
    tomorrow = on_day(book, ago(-1))
    assert shown_kinds(tomorrow).count(MoveKind.CIRCLE) == 1


@pytest.mark.parametrize("act", ["do", "snooze", "drop"])
def test_one_imported_contact_a_day_whatever_was_done_with_it(act: str) -> None:
    book = a_book(*(imported(f"c{at}", f"Person {at}") for at in range(3)))
    move = all_moves(book)[0]
    if act == "do":
        doing.do(book, move, Act.ARCHIVE)
    elif act == "snooze":
        doing.snooze(book, move, ago(-2))
    else:
        doing.drop(book, move)
    assert all_moves(book) == []
    later = all_moves(on_day(book, ago(-1)))
    assert [each.kind for each in later] == [MoveKind.CIRCLE]
    assert later[0].key != move.key


def dormant_book() -> Book:
    people = [person(f"d{at}", f"Person {at}") for at in range(6)]
    return a_book(*people, *(met(f"m{at}", Date(2020, 1, 1 + at), f"d{at}") for at in range(6)))


def test_one_dormant_contact_a_week_and_the_same_all_week() -> None:
    book = dormant_book()
    week = [all_moves(on_day(book, ago(-day))) for day in range(7)]
    assert all([move.kind for move in moves] == [MoveKind.DORMANT] for moves in week)
    assert len({moves[0].key for moves in week}) == 1


def test_another_dormant_contact_comes_in_other_weeks() -> None:
    book = dormant_book()
    assert len({all_moves(on_day(book, ago(-7 * week)))[0].key for week in range(8)}) > 1


@pytest.mark.parametrize("act", ["do", "snooze", "drop", "by another way"])
def test_no_second_dormant_contact_in_the_week(act: str) -> None:
    book = dormant_book()
    move = all_moves(book)[0]
    if act == "do":
        doing.do(book, move)
    elif act == "snooze":
        doing.snooze(book, move, ago(-2))
    elif act == "drop":
        doing.drop(book, move)
    else:
        verbs.in_touch_today(book, [move.contact or ""])
    assert all_moves(book) == []
    assert all_moves(on_day(book, ago(-6))) == []
    later = all_moves(on_day(book, ago(-7)))
    assert [each.kind for each in later] == [MoveKind.DORMANT]
    assert act == "snooze" or later[0].contact != move.contact


def test_three_stale_promises_hide_neither_a_birthday_nor_thanks() -> None:
    stale = [promised(f"p{at}", ago(9), uid, "call") for at, uid in enumerate(("ken", "lee", "raj"))]
    people = [replace(ADA, birthday=Birthday(11, 23)), KEN, LEE, person("raj", "Raj Patel"), person("mo", "Mo Diaz")]
    book = a_book(*people, *stale, got("x", 3, "mo"))
    assert [move.kind for move in today(book)] == [MoveKind.BIRTHDAY, MoveKind.THANK, MoveKind.PROMISE]


def test_how_many_moves_are_shown_is_a_setting() -> None:
    people = [person(f"d{at}", f"Person {at}") for at in range(9)]
    records = [*people, *(promised(f"p{at}", TODAY, f"d{at}") for at in range(9))]
    assert len(today(Book(a_keeper(*records), at_noon(), Rules(moves=5)))) == 5
    assert len(today(a_book(*records))) == 3
