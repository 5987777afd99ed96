"""Which step may follow on which, what the days of an ask mean, and how it is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain import asking
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, AskStep, Date
from relcraft.domain.rules import Patience
from relcraft.domain.words import AskDirection, AskState, ExchangeKind

D, A, R, G = AskState.DRAFT, AskState.ASKED, AskState.RECEIVED, AskState.AGREED
H, T, N, Z = AskState.HELPED, AskState.THANKED, AskState.DECLINED, AskState.RESTED
OUT, IN = AskDirection.OUTGOING, AskDirection.INCOMING
PATIENCE = Patience()

ALLOWED = {
    OUT: {
        D: {A},
        A: {A, G, H, N, Z},
        G: {G, H, N, Z},
        H: {T},
        T: set(),
        N: {A, G, H},
        Z: {A, G, H},
        R: set(),
    },
    IN: {
        R: {R, G, H, N, Z},
        G: {G, H, N, Z},
        H: set(),
        N: {G, H},
        Z: {G, H},
        D: set(),
        A: set(),
        T: set(),
    },
}
"""The life of an ask as it was meant, written down a second time."""


def nov(day: int) -> Date:
    return Date(2026, 11, day)


def an_ask(
    *steps: AskStep | tuple[AskState, Date], direction: AskDirection = OUT, nudges: tuple[Date, ...] = ()
) -> Ask:
    """Return an ask that went through these steps."""
    walked = tuple(step if isinstance(step, AskStep) else AskStep(*step) for step in steps)
    return Ask(uid="a", direction=direction, contact="grace", kind=ExchangeKind.ADVICE, steps=walked, nudges=nudges)


# The table


@pytest.mark.parametrize("to", AskState)
@pytest.mark.parametrize("before", AskState)
@pytest.mark.parametrize("direction", AskDirection)
def test_a_step_is_there_where_the_table_has_it_and_nowhere_else(
    direction: AskDirection, before: AskState, to: AskState
) -> None:
    ask = an_ask((before, nov(1)), direction=direction)
    later = nov(20) if to is before else None
    if to in ALLOWED[direction][before]:
        assert asking.moved(ask, to, nov(2), later).steps == (*ask.steps, AskStep(to, nov(2), later))
    else:
        with pytest.raises(BadInput):
            asking.moved(ask, to, nov(2), later)


def test_the_tables_hold_what_was_meant() -> None:
    for direction in AskDirection:
        assert {state: set(asking.following(direction, state)) for state in AskState} == ALLOWED[direction]
    assert set(asking.OUTGOING) == {D, A, G, H, T, N, Z}
    assert set(asking.INCOMING) == {R, G, H, N, Z}
    assert asking.following(an_ask((D, nov(1))), A) == asking.OUTGOING[A]


@pytest.mark.parametrize("state", AskState)
@pytest.mark.parametrize("direction", AskDirection)
def test_an_ask_begins_in_few_ways(direction: AskDirection, state: AskState) -> None:
    if state in {OUT: {D, A}, IN: {R}}[direction]:
        assert asking.begun(direction, state, nov(1)) == (AskStep(state, nov(1)),)
    else:
        with pytest.raises(BadInput, match=f"An {direction} ask begins as .*, not as {state}"):
            asking.begun(direction, state, nov(1))


def test_what_may_follow_is_named() -> None:
    with pytest.raises(BadInput, match=r"From draft to helped is no step: asked was expected\."):
        asking.moved(an_ask((D, nov(1))), H, nov(2))
    with pytest.raises(BadInput, match=r"From declined to thanked is no step: asked, agreed or helped was expected\."):
        asking.moved(an_ask((A, nov(1)), (N, nov(2))), T, nov(3))
    with pytest.raises(BadInput, match="From thanked nothing follows"):
        asking.moved(an_ask((T, nov(1))), A, nov(2))


@given(st.sampled_from(AskDirection), st.lists(st.tuples(st.sampled_from(AskState), st.integers(0, 40)), max_size=12))
def test_no_walk_leaves_the_table(direction: AskDirection, tries: list[tuple[AskState, int]]) -> None:
    ask = an_ask((R if direction is IN else D, nov(1)), direction=direction)
    day = nov(1)
    for state, days in tries:
        day += timedelta(days=days)
        before = asking.settled(ask, day, PATIENCE)
        try:
            ask = asking.moved(before, state, day, day if state is before.steps[-1].state else None)
        except BadInput:
            assert state not in ALLOWED[direction][before.steps[-1].state]
        if asking.is_silent(ask, day, PATIENCE):
            ask = asking.nudged(ask, day)
    for one, two in zip(ask.steps, ask.steps[1:], strict=False):
        assert two.state in ALLOWED[direction][one.state]
        assert one.date <= two.date


# Days


def test_a_step_is_not_before_the_last_one() -> None:
    ask = an_ask((A, nov(10)))
    assert asking.moved(ask, G, nov(10)).steps[-1] == AskStep(G, nov(10))
    with pytest.raises(BadInput, match="Mon 9 Nov 2026 is before the last step, on Tue 10 Nov 2026"):
        asking.moved(ask, G, nov(9))
    with pytest.raises(BadInput, match="before the last step, on Thu 12 Nov 2026"):
        asking.moved(asking.nudged(ask, nov(12)), G, nov(11))


def test_call_me_next_week_needs_the_day_that_was_named() -> None:
    ask = an_ask((A, nov(10)))
    later = asking.moved(ask, A, nov(12), nov(17))
    assert later.steps == (AskStep(A, nov(10)), AskStep(A, nov(12), nov(17)))
    with pytest.raises(BadInput, match="the day that was named"):
        asking.moved(ask, A, nov(12))
    with pytest.raises(BadInput, match="Wed 11 Nov 2026 is before Thu 12 Nov 2026"):
        asking.moved(ask, A, nov(12), nov(11))
    with pytest.raises(BadInput, match="agreed, asked or received, not with declined"):
        asking.moved(ask, N, nov(12), nov(17))
    assert asking.moved(ask, G, nov(12), nov(17)).steps[-1].until == nov(17)


@pytest.mark.parametrize(
    ("ask", "until"),
    [
        (an_ask((D, nov(1))), None),
        (an_ask((A, nov(1))), nov(15)),
        (an_ask((D, Date(2026, 1, 1)), (A, nov(1))), nov(15)),
        (an_ask((A, nov(1)), (G, nov(3))), nov(24)),
        (an_ask((A, nov(1)), AskStep(A, nov(3), nov(10))), nov(24)),
        (an_ask((A, nov(1)), AskStep(G, nov(3), nov(9))), nov(30)),
        (an_ask((A, nov(1)), nudges=(nov(16),)), nov(30)),
        (an_ask((A, nov(1)), AskStep(A, nov(3), nov(20)), nudges=(nov(16),)), Date(2026, 12, 4)),
        (an_ask((A, nov(1)), (H, nov(3))), None),
        (an_ask((A, nov(1)), (Z, nov(3))), None),
        (an_ask((R, nov(1)), direction=IN), None),
        (an_ask((R, nov(1)), (G, nov(2)), direction=IN), None),
        (an_ask((A, Date.max)), Date.max),
    ],
)
def test_patience_lasts_from_the_latest_of_step_named_day_and_nudge(ask: Ask, until: Date | None) -> None:
    assert asking.waits_until(ask, PATIENCE) == until


def test_patience_is_a_setting() -> None:
    short = Patience(asked=3, agreed=5)
    assert asking.waits_until(an_ask((A, nov(1))), short) == nov(4)
    assert asking.waits_until(an_ask((A, nov(1)), (G, nov(1))), short) == nov(6)


def test_silence_begins_on_the_day_after_patience_ends() -> None:
    ask = an_ask((A, nov(1)))
    assert not asking.is_silent(ask, nov(15), PATIENCE)
    assert asking.is_silent(ask, nov(16), PATIENCE)
    assert asking.state_of(ask, Date(2030, 1, 1), PATIENCE) is A, "one silence alone is no rest"
    assert asking.is_open(ask, Date(2030, 1, 1), PATIENCE)


def test_a_named_day_moves_the_silence() -> None:
    ask = asking.moved(an_ask((A, nov(1))), A, nov(2), nov(12))
    assert not asking.is_silent(ask, nov(26), PATIENCE)
    assert asking.is_silent(ask, nov(27), PATIENCE)


def test_a_second_silence_is_rest_from_the_day_after() -> None:
    """Asked on 1 Nov; silent from the 16th; nudged on the 18th; 14 days more end on 2 Dec; it rests on 3 Dec."""
    ask = asking.nudged(an_ask((A, nov(1))), nov(18))
    last, rest = Date(2026, 12, 2), Date(2026, 12, 3)
    assert asking.state_of(ask, last, PATIENCE) is A
    assert asking.settled(ask, last, PATIENCE) == ask
    for today in (rest, Date(2027, 6, 1)):
        assert asking.state_of(ask, today, PATIENCE) is Z
        assert asking.settled(ask, today, PATIENCE).steps == (AskStep(A, nov(1)), AskStep(Z, rest))
        assert not asking.is_silent(ask, today, PATIENCE)
        assert not asking.is_open(ask, today, PATIENCE)


def test_after_a_yes_the_second_silence_is_rest_as_well() -> None:
    """Nudged on 18 Nov, a yes on the 20th: 21 days of patience end on 11 Dec, and no second nudge is open."""
    ask = asking.moved(asking.nudged(an_ask((A, nov(1))), nov(18)), G, nov(20))
    assert not asking.may_nudge(ask)
    assert asking.state_of(ask, Date(2026, 12, 11), PATIENCE) is G
    assert asking.settled(ask, Date(2026, 12, 12), PATIENCE).steps[-1] == AskStep(Z, Date(2026, 12, 12))


def test_an_incoming_ask_never_rests_by_itself() -> None:
    for ask in (an_ask((R, nov(1)), direction=IN), an_ask((R, nov(1)), (G, nov(2)), direction=IN)):
        assert asking.state_of(ask, Date(2036, 1, 1), PATIENCE) is ask.steps[-1].state
        assert not asking.is_silent(ask, Date(2036, 1, 1), PATIENCE)
        assert asking.is_open(ask, Date(2036, 1, 1), PATIENCE)
        with pytest.raises(BadInput, match="Only an ask that waits"):
            asking.nudged(ask, nov(20))


# The nudge


def test_one_nudge_is_open_for_each_asking() -> None:
    ask = asking.nudged(an_ask((A, nov(1))), nov(16))
    with pytest.raises(BadInput, match="It was nudged on Mon 16 Nov 2026 already"):
        asking.nudged(ask, nov(20))
    deferred = asking.moved(ask, A, nov(18), nov(25))
    assert not asking.may_nudge(deferred), "a named day is the same asking"
    closed = asking.moved(deferred, N, nov(26))
    assert not asking.may_nudge(closed)
    again = asking.moved(closed, A, nov(28))
    assert asking.may_nudge(again)
    assert asking.nudged(again, nov(29)).nudges == (nov(16), nov(29))


@pytest.mark.parametrize("state", [D, H, T, N, Z])
def test_what_waits_for_no_answer_cannot_be_nudged(state: AskState) -> None:
    with pytest.raises(BadInput, match="Only an ask that waits"):
        asking.nudged(an_ask((state, nov(1))), nov(2))


def test_a_nudge_is_not_before_the_asking() -> None:
    with pytest.raises(BadInput, match="before the last step"):
        asking.nudged(an_ask((A, nov(5))), nov(4))


# Back, and what an ask says of itself


def test_a_step_back_takes_the_nudge_of_the_asking_along() -> None:
    ask = asking.nudged(an_ask((D, nov(1)), (A, nov(2))), nov(20))
    assert asking.stepped_back(asking.moved(ask, G, nov(21))) == ask
    assert asking.stepped_back(ask) == an_ask((D, nov(1)))
    reopened = asking.nudged(asking.moved(asking.moved(ask, Z, nov(21)), A, nov(22)), nov(23))
    assert asking.stepped_back(reopened) == asking.moved(ask, Z, nov(21))
    with pytest.raises(BadInput, match="first step"):
        asking.stepped_back(an_ask((A, nov(2))))


def test_when_it_was_asked_and_reopened() -> None:
    ask = an_ask((D, nov(1)), (A, nov(2)), AskStep(A, nov(3), nov(9)), (N, nov(10)), (G, nov(12)), (H, nov(14)))
    assert asking.asked_on(ask) == nov(2)
    assert asking.asking_since(ask) == nov(12)
    assert asking.asking_since(replace(ask, steps=ask.steps[:3])) == nov(2)
    assert asking.asked_on(an_ask((D, nov(1)))) is None
    assert asking.asking_since(an_ask((D, nov(1)))) is None
    assert asking.asked_on(an_ask((R, nov(4)), direction=IN)) == nov(4)


def test_a_yes_is_help_that_came() -> None:
    assert [state for state in AskState if asking.said_yes(an_ask((state, nov(1))))] == [H, T]


def test_an_ask_without_steps_is_where_it_begins() -> None:
    assert asking.state_of(an_ask(), nov(1), PATIENCE) is D
    assert asking.state_of(an_ask(direction=IN), nov(1), PATIENCE) is R
    assert asking.tell_ask(an_ask(), "Grace", nov(1), PATIENCE) == "draft"
    assert asking.waits_until(an_ask(), PATIENCE) is None
    assert asking.moved(an_ask(), A, nov(2)).steps == (AskStep(A, nov(2)),)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (an_ask((D, nov(18))), "drafted 4 days ago"),
        (an_ask((A, nov(16))), "asked 6 days ago, patience until Mon 30 Nov"),
        (an_ask((A, nov(22))), "asked today, patience until Sun 6 Dec"),
        (an_ask((A, nov(1))), "asked 21 days ago, no answer yet: nudge once, or let it rest"),
        (an_ask((A, nov(1)), nudges=(nov(21),)), "nudged yesterday, patience until Sat 5 Dec"),
        (an_ask((A, nov(16)), AskStep(A, nov(20), Date(2026, 12, 1))), "Grace named Tue 1 Dec"),
        (an_ask((A, nov(1)), AskStep(A, nov(22), nov(22))), "asked today, patience until Sun 6 Dec"),
        (an_ask((A, nov(10)), AskStep(A, nov(12), nov(20))), "asked 10 days ago, patience until Fri 4 Dec"),
        (an_ask((A, nov(16)), (G, nov(20))), "agreed 2 days ago, patience until Fri 11 Dec"),
        (an_ask((A, nov(16)), AskStep(G, nov(20), nov(27))), "Grace said yes, for Fri 27 Nov"),
        (an_ask((A, nov(16)), (H, nov(20))), "helped 2 days ago: a line of thanks to Grace"),
        (an_ask((H, nov(16)), (T, nov(20))), "thanked 2 days ago"),
        (an_ask((A, nov(16)), (N, nov(20))), "Grace said no 2 days ago"),
        (an_ask((A, nov(1)), (Z, nov(14))), "resting since Sat 14 Nov"),
        (an_ask((A, Date(2026, 10, 1)), nudges=(Date(2026, 10, 16),)), "resting since Sat 31 Oct"),
        (an_ask((A, nov(1)), (N, Date(2025, 3, 4))), "Grace said no on Tue 4 Mar 2025"),
        (an_ask((R, nov(20)), direction=IN), "Grace asked 2 days ago"),
        (an_ask((R, nov(1)), AskStep(R, nov(20), nov(27)), direction=IN), "you said later, for Fri 27 Nov"),
        (an_ask((R, nov(1)), (G, nov(20)), direction=IN), "you said yes 2 days ago"),
        (an_ask((R, nov(1)), AskStep(G, nov(20), nov(27)), direction=IN), "you said yes 2 days ago, for Fri 27 Nov"),
        (an_ask((R, nov(1)), (H, nov(20)), direction=IN), "you helped 2 days ago"),
        (an_ask((R, nov(1)), (N, nov(20)), direction=IN), "you said no 2 days ago"),
        (an_ask((R, nov(1)), (Z, nov(20)), direction=IN), "resting since Fri 20 Nov"),
    ],
)
def test_where_an_ask_stands_is_one_line(ask: Ask, told: str) -> None:
    assert asking.tell_ask(ask, "Grace", nov(22), PATIENCE) == told
