"""The life of an introduction: its table, for all pairs of states, and whose turn it is."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.errors import BadInput
from relcraft.domain.introducing import (
    DONE,
    TABLE,
    WAY,
    begun,
    brought_together,
    is_open,
    made_on,
    moved,
    next_step_told,
    state_of,
)
from relcraft.domain.records import Introduction, IntroductionStep
from relcraft.domain.words import IntroductionState

DAY = date(2026, 11, 2)
FOLLOWING = {
    ("idea", "first agreed"),
    ("idea", "rested"),
    ("first agreed", "both agreed"),
    ("first agreed", "rested"),
    ("both agreed", "made"),
    ("both agreed", "rested"),
    ("made", "met"),
    ("made", "outcome told"),
    ("met", "outcome told"),
    ("rested", "idea"),
}


def an_introduction(*states: IntroductionState, by_me: bool = True) -> Introduction:
    steps = tuple(IntroductionStep(state, DAY) for state in states)
    broker, first = (None, "ada") if by_me else ("dana", None)
    return Introduction(uid="i", broker=broker, first=first, second="lee", steps=steps)


@pytest.mark.parametrize("here", IntroductionState)
@pytest.mark.parametrize("there", IntroductionState)
def test_every_pair_of_states_is_a_step_or_is_refused(here: IntroductionState, there: IntroductionState) -> None:
    introduction = an_introduction(here)
    if (here, there) in FOLLOWING:
        after = moved(introduction, there, DAY)
        assert state_of(after) is there
        assert after.steps == (*introduction.steps, IntroductionStep(there, DAY))
    else:
        with pytest.raises(BadInput, match=f'"{there}" does not follow on "{here}"'):
            moved(introduction, there, DAY)


def test_the_table_knows_every_state() -> None:
    assert set(TABLE) == set(IntroductionState)
    assert not TABLE[IntroductionState.TOLD]


def test_a_refused_step_says_what_may_follow() -> None:
    with pytest.raises(BadInput) as refused:
        moved(an_introduction(IntroductionState.IDEA), IntroductionState.MADE, DAY)
    assert str(refused.value) == '"made" does not follow on "idea": first agreed or rested was expected.'
    with pytest.raises(BadInput, match="nothing more is to be done"):
        moved(an_introduction(IntroductionState.TOLD), IntroductionState.MET, DAY)


def test_a_step_is_never_before_the_last_one() -> None:
    with pytest.raises(BadInput, match='"first agreed" on Sun 1 Nov 2026 is before "idea", on Mon 2 Nov 2026'):
        moved(an_introduction(IntroductionState.IDEA), IntroductionState.FIRST_AGREED, DAY - timedelta(days=1))


@pytest.mark.parametrize("state", IntroductionState)
def test_an_introduction_begins_on_the_way_to_being_made(state: IntroductionState) -> None:
    if state in WAY:
        assert begun(state, DAY) == (IntroductionStep(state, DAY),)
    else:
        with pytest.raises(BadInput, match="does not begin with"):
            begun(state, DAY)


@given(st.lists(st.sampled_from(list(IntroductionState)), max_size=20))
def test_nobody_is_introduced_who_has_not_agreed(wishes: list[IntroductionState]) -> None:
    introduction = an_introduction(IntroductionState.IDEA)
    for wish in wishes:
        try:
            introduction = moved(introduction, wish, DAY)
        except BadInput:
            assert wish not in TABLE[state_of(introduction)]
    states = [step.state for step in introduction.steps]
    if IntroductionState.MADE in states:
        at = states.index(IntroductionState.MADE)
        assert states[at - 2 : at] == [IntroductionState.FIRST_AGREED, IntroductionState.BOTH_AGREED]
        assert IntroductionState.RESTED not in states[at:]


@pytest.mark.parametrize("state", IntroductionState)
def test_news_that_skip_a_step_go_through_each_of_them(state: IntroductionState) -> None:
    before = an_introduction(state)
    after = brought_together(before, DAY + timedelta(days=3))
    assert state_of(after) in DONE
    steps = [step.state for step in after.steps]
    assert all(there in TABLE[here] for here, there in pairwise(steps))
    assert (after == before) is (state in DONE)


def test_what_is_told_or_rests_waits_for_nothing() -> None:
    waiting = {state for state in IntroductionState if is_open(an_introduction(state))}
    assert waiting == set(IntroductionState) - {IntroductionState.TOLD, IntroductionState.RESTED}


def test_the_day_of_the_introduction_is_the_one_on_which_it_was_made() -> None:
    assert made_on(an_introduction(IntroductionState.BOTH_AGREED)) is None
    made = an_introduction(IntroductionState.MADE)
    assert made_on(moved(made, IntroductionState.MET, DAY + timedelta(days=9))) == DAY


@pytest.mark.parametrize(
    ("state", "by_me", "to_me"),
    [
        (
            IntroductionState.IDEA,
            "Ask Ada whether an introduction to Lee is welcome.",
            "Tell Dana whether you would like to meet Lee.",
        ),
        (
            IntroductionState.FIRST_AGREED,
            "Ada has said yes. Ask Lee whether an introduction to Ada is welcome.",
            "You have said yes. Dana asks Lee now.",
        ),
        (
            IntroductionState.BOTH_AGREED,
            "Both have said yes: introduce Ada and Lee.",
            "Both of you have said yes: Dana introduces you to Lee.",
        ),
        (
            IntroductionState.MADE,
            "Hear from Ada or Lee whether they have met.",
            "Meet Lee, and tell Dana how it went.",
        ),
        (
            IntroductionState.MET,
            "Ada and Lee have met: hear how it went.",
            "You and Lee have met: tell Dana how it went.",
        ),
        (IntroductionState.TOLD, "", ""),
        (
            IntroductionState.RESTED,
            "In peace. It can be taken up again whenever you wish.",
            "In peace. It can be taken up again whenever you wish.",
        ),
    ],
)
def test_it_says_whose_turn_it_is(state: IntroductionState, by_me: str, to_me: str) -> None:
    assert next_step_told(an_introduction(state), first="Ada", second="Lee") == by_me
    assert next_step_told(an_introduction(state, by_me=False), broker="Dana", second="Lee") == to_me


def test_a_name_with_braces_is_told_as_it_is() -> None:
    told = next_step_told(an_introduction(IntroductionState.IDEA), first="{second}", second="Lee")
    assert told == "Ask {second} whether an introduction to Lee is welcome."
