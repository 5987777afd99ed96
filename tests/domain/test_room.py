"""Room to ask, by worked examples: what fits the moment, and the reason that is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.balance import balance
from relcraft.domain.records import Ask, AskStep, Contact, Date, Exchange, Interaction
from relcraft.domain.room import Room, RoomKind, room_to_ask
from relcraft.domain.rules import Patience
from relcraft.domain.warmth import last_contact, read_warmth
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    Direction,
    ExchangeKind,
    Gain,
    Size,
)
from tests.books import TODAY, met

GRACE = Contact(uid="grace", name="Grace Hopper", circle=Circle.CLOSE)
STRANGER = Contact(uid="grace", name="Grace Hopper")
A_DAY = timedelta(days=1)


def ago(days: int) -> Date:
    return TODAY - timedelta(days=days)


def ask(*steps: tuple[AskState, int], what: str = "", uid: str = "ask", nudged: Sequence[int] = ()) -> Ask:
    """Return an ask for a referral that went through these states, so many days ago each."""
    return Ask(
        uid=uid,
        direction=AskDirection.OUTGOING,
        contact="grace",
        kind=ExchangeKind.REFERRAL,
        what=what,
        steps=tuple(AskStep(state, ago(days)) for state, days in steps),
        nudges=tuple(map(ago, nudged)),
    )


def got(days: int, kind: ExchangeKind = ExchangeKind.ADVICE, uid: str = "", **fields: object) -> Exchange:
    exchange = Exchange(
        uid=uid or f"got{days}", date=ago(days), direction=Direction.RECEIVED, kind=kind, contact="grace"
    )
    return replace(exchange, **fields)  # type: ignore[arg-type]  # the fields are the caller's


def gave(days: int) -> Exchange:
    return replace(got(days, uid=f"gave{days}"), direction=Direction.GIVEN)


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is known of Grace, and the room that follows."""

    kind: RoomKind
    reason: str
    contact: Contact = GRACE
    asks: Sequence[Ask] = ()
    exchanges: Sequence[Exchange] = ()
    met: Sequence[Interaction] = field(default_factory=lambda: (met("coffee", ago(3), "grace"),))
    way_in: bool = True
    until: Date | None = None


ASKED, AGREED, HELPED, THANKED = AskState.ASKED, AskState.AGREED, AskState.HELPED, AskState.THANKED
DECLINED, RESTED, DRAFT = AskState.DECLINED, AskState.RESTED, AskState.DRAFT
REFERRAL, INTRO = ExchangeKind.REFERRAL, ExchangeKind.INTRODUCTION

CASES = {
    "somebody set to be left in peace, before all else": Case(
        contact=replace(GRACE, do_not_disturb=True),
        asks=[ask((ASKED, 3))],
        kind=RoomKind.PEACE,
        reason="you set Grace to be left in peace",
    ),
    "an ask that is out": Case(
        asks=[ask((ASKED, 6))],
        kind=RoomKind.WAIT,
        reason="you asked for a referral on Tuesday · patience until Tue 1 Dec",
        until=Date(2026, 12, 1),
    ),
    "an ask that is out, in the user's words": Case(
        asks=[ask((DRAFT, 9), (ASKED, 1), what="a place in\nthe data team")],
        kind=RoomKind.WAIT,
        reason='you asked for "a place in the data team" yesterday · patience until Sun 6 Dec',
        until=Date(2026, 12, 6),
    ),
    "an ask with a long text": Case(
        asks=[ask((ASKED, 0), what="a word with the people who look after the data team of the whole company")],
        kind=RoomKind.WAIT,
        reason='you asked for "a word with the people who look after the..." today · patience until Mon 7 Dec',
        until=Date(2026, 12, 7),
    ),
    "an ask they said yes to": Case(
        asks=[ask((ASKED, 20), (AGREED, 2))],
        kind=RoomKind.WAIT,
        reason="Grace said yes to a referral on Saturday · patience until Sat 12 Dec",
        until=Date(2026, 12, 12),
    ),
    "an ask whose patience has run out": Case(
        asks=[ask((ASKED, 16))],
        kind=RoomKind.WAIT,
        reason="you asked for a referral 2 weeks ago · nudge once, or let it rest, before another ask",
    ),
    "an ask that was nudged": Case(
        asks=[ask((ASKED, 16), nudged=[1])],
        kind=RoomKind.WAIT,
        reason="you asked for a referral 2 weeks ago · patience until Sun 6 Dec",
        until=Date(2026, 12, 6),
    ),
    "an ask that rests since a second silence": Case(
        asks=[ask((ASKED, 40), nudged=[20])],
        kind=RoomKind.WAIT,
        reason="a referral rests since Wed 18 Nov · in peace until Fri 18 Dec",
        until=Date(2026, 12, 18),
    ),
    "an ask that was let rest 29 days ago": Case(
        asks=[ask((ASKED, 50), (RESTED, 29))],
        kind=RoomKind.WAIT,
        reason="a referral rests since Sun 25 Oct · in peace until Tue 24 Nov",
        until=Date(2026, 11, 24),
    ),
    "an ask that was let rest 30 days ago": Case(
        asks=[ask((ASKED, 50), (RESTED, 30))],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "an open ask beside one that was declined": Case(
        asks=[ask((ASKED, 50), (DECLINED, 2), uid="old"), ask((ASKED, 5))],
        kind=RoomKind.WAIT,
        reason="you asked for a referral on Wednesday · patience until Wed 2 Dec",
        until=Date(2026, 12, 2),
    ),
    "a draft alone": Case(
        asks=[ask((DRAFT, 5))], kind=RoomKind.GO, reason="last in touch on Friday · nothing stands in the way"
    ),
    "an ask of theirs": Case(
        asks=[replace(ask((AskState.RECEIVED, 5)), direction=AskDirection.INCOMING)],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "an ask that was helped": Case(
        asks=[ask((ASKED, 50), (HELPED, 40), what="the data team")],
        exchanges=[got(40, REFERRAL, ask="ask", sources=("x",))],
        kind=RoomKind.THANK,
        reason='Grace helped you with "the data team" in October · a line of thanks comes first',
    ),
    "an ask that was helped, and thanked on the exchange": Case(
        asks=[ask((ASKED, 50), (HELPED, 40))],
        exchanges=[got(40, REFERRAL, ask="ask", thanked_on=ago(38))],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "an ask that was helped and thanked": Case(
        asks=[ask((ASKED, 20), (HELPED, 10), (THANKED, 9))],
        exchanges=[got(10, REFERRAL, ask="ask", thanked_on=ago(9))],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "an introduction not thanked for": Case(
        exchanges=[got(4, INTRO)],
        kind=RoomKind.THANK,
        reason="Grace gave you an introduction on Thursday · a line of thanks comes first",
    ),
    "an introduction 30 days ago": Case(
        exchanges=[got(30, INTRO)],
        kind=RoomKind.THANK,
        reason="Grace gave you an introduction 4 weeks ago · a line of thanks comes first",
    ),
    "an introduction 31 days ago": Case(
        exchanges=[got(31, INTRO)],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "an introduction that came with an import": Case(
        exchanges=[got(4, INTRO, sources=("file",))],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "a small kind of help": Case(
        exchanges=[got(4, ExchangeKind.ADVICE)],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "a no 29 days ago": Case(
        asks=[ask((ASKED, 35), (DECLINED, 29))],
        kind=RoomKind.SMALLER,
        reason="Grace said no to a referral 4 weeks ago · something smaller may fit",
        until=Date(2026, 11, 24),
    ),
    "a no 30 days ago": Case(
        asks=[ask((ASKED, 35), (DECLINED, 30))],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "a no, and help that was not thanked for": Case(
        asks=[ask((ASKED, 35), (DECLINED, 5))],
        exchanges=[got(8, REFERRAL)],
        kind=RoomKind.THANK,
        reason="Grace gave you a referral 8 days ago · a line of thanks comes first",
    ),
    "a connection on a network alone": Case(
        contact=replace(STRANGER, sources=("linkedin:grace",)),
        met=(),
        way_in=False,
        kind=RoomKind.WAY_IN,
        reason="you are connected with Grace, and nothing passed between you yet · somebody between, or a call",
    ),
    "somebody of whom nothing is noted": Case(
        contact=STRANGER,
        met=(),
        way_in=False,
        kind=RoomKind.WAY_IN,
        reason="nothing is noted between you and Grace yet · somebody between, or a call",
    ),
    "three times helped in a row": Case(
        exchanges=[got(day) for day in (40, 50, 60)],
        kind=RoomKind.GIVE,
        reason="the last three times Grace helped you · find out what Grace is looking for",
    ),
    "three times helped in a row by somebody who looks for something": Case(
        contact=replace(GRACE, looking_for=("speakers", "a flat")),
        exchanges=[gave(90), *(got(day) for day in (40, 50, 60)), got(70, REFERRAL)],
        kind=RoomKind.GIVE,
        reason="the last three times Grace helped you · Grace is looking for speakers and a flat",
    ),
    "three times helped, the last thanked and told the outcome": Case(
        exchanges=[got(40, thanked_on=ago(39), outcome_told_on=ago(10)), got(50), got(60)],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "three times helped, the last thanked alone": Case(
        exchanges=[got(40, thanked_on=ago(39)), got(50), got(60)],
        kind=RoomKind.GIVE,
        reason="the last three times Grace helped you · find out what Grace is looking for",
    ),
    "three times helped, and it was worth it to them": Case(
        exchanges=[got(40, gains=(Gain.FELT_GOOD,)), got(50), got(60)],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "three times helped with little": Case(
        exchanges=[got(day, size=Size.SMALL) for day in (40, 50, 60)],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "helped twice after having given": Case(
        exchanges=[got(40, REFERRAL, size=Size.BIG), got(50), gave(60)],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "help that is planned": Case(
        exchanges=[got(-3), got(40, REFERRAL), got(50, REFERRAL)],
        kind=RoomKind.GO,
        reason="last in touch on Friday · nothing stands in the way",
    ),
    "a warm one of whom no conversation is noted": Case(
        met=(),
        kind=RoomKind.WARM_UP,
        reason="no conversation with Grace is noted yet · two lines with no ask in them",
    ),
    "one that is cooling": Case(
        met=[met("coffee", ago(61), "grace")],
        kind=RoomKind.WARM_UP,
        reason="last in touch in September · two lines with no ask in them first",
    ),
    "one that is due": Case(
        met=[met("coffee", ago(60), "grace")],
        kind=RoomKind.GO,
        reason="last in touch in September · nothing stands in the way",
    ),
    "one of years ago": Case(
        contact=replace(STRANGER, met_how="at school"),
        met=[met("coffee", Date(2023, 11, 23), "grace")],
        kind=RoomKind.WARM_UP,
        reason="last in touch in November 2023 · two lines with no ask in them, and they are worth it",
    ),
    "one who was given more": Case(
        exchanges=[gave(100)], kind=RoomKind.GO, reason="last in touch on Friday · you have given more"
    ),
    "one who looks for something": Case(
        contact=replace(GRACE, looking_for=("speakers",)),
        kind=RoomKind.GO,
        reason="last in touch on Friday · Grace is looking for speakers",
    ),
    "one without any circle, met three days ago": Case(
        contact=STRANGER, kind=RoomKind.GO, reason="last in touch on Friday · nothing stands in the way"
    ),
}


def room_of(case: Case) -> Room:
    return room_to_ask(
        case.contact,
        asks=case.asks,
        exchanges=case.exchanges,
        has_way_in=case.way_in,
        reading=read_warmth(case.contact, last_contact(case.met, TODAY), TODAY),
        balance=balance(case.exchanges, TODAY),
        today=TODAY,
        patience=Patience(),
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_room_and_its_reason(case: Case) -> None:
    room = room_of(case)
    assert (room.kind, room.reason, room.until) == (case.kind, case.reason, case.until)


@pytest.mark.parametrize("kind", RoomKind)
def test_the_examples_show_every_room(kind: RoomKind) -> None:
    assert any(case.kind is kind for case in CASES.values())


@given(
    st.lists(st.sampled_from([one for case in CASES.values() for one in case.asks]), max_size=3),
    st.lists(st.sampled_from([one for case in CASES.values() for one in case.exchanges]), max_size=5),
    st.randoms(),
)
def test_the_order_of_asks_and_exchanges_does_not_count(
    asks: list[Ask], exchanges: list[Exchange], dice: Random
) -> None:
    asks = [replace(one, uid=str(at)) for at, one in enumerate(asks)]
    exchanges = [replace(one, uid=str(at)) for at, one in enumerate(exchanges)]
    case = Case(kind=RoomKind.GO, reason="", asks=asks, exchanges=exchanges)
    mixed = replace(case, asks=dice.sample(asks, len(asks)), exchanges=dice.sample(exchanges, len(exchanges)))
    assert room_of(mixed) == room_of(case)


def test_patience_is_a_setting() -> None:
    room = room_to_ask(
        GRACE,
        asks=[ask((ASKED, 16))],
        exchanges=[],
        has_way_in=True,
        reading=read_warmth(GRACE, None, TODAY),
        balance=balance([], TODAY),
        today=TODAY,
        patience=Patience(asked=30),
    )
    assert (room.kind, room.until, room.record) == (RoomKind.WAIT, ago(16) + 30 * A_DAY, "ask")


@pytest.mark.parametrize("state", [AskState.RESTED, AskState.DECLINED])
def test_what_ends_at_the_end_of_the_calendar_leaves_its_mark_until_then(state: AskState) -> None:
    steps = (AskStep(ASKED, Date(9999, 12, 1)), AskStep(state, Date(9999, 12, 20)))
    room = room_to_ask(
        GRACE,
        asks=[replace(ask((ASKED, 1)), steps=steps)],
        exchanges=[],
        has_way_in=True,
        reading=read_warmth(GRACE, None, Date.max),
        balance=balance([], Date.max),
        today=Date.max,
        patience=Patience(),
    )
    assert room.until == Date.max
