"""The life of an introduction: which state may follow on which, and whose turn it is."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from relcraft.domain.dates import tell_day_fully
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Date, Introduction, IntroductionStep
from relcraft.domain.telling import tell_choice
from relcraft.domain.words import IntroductionState

TABLE: Mapping[IntroductionState, frozenset[IntroductionState]] = {
    IntroductionState.IDEA: frozenset({IntroductionState.FIRST_AGREED, IntroductionState.RESTED}),
    IntroductionState.FIRST_AGREED: frozenset({IntroductionState.BOTH_AGREED, IntroductionState.RESTED}),
    IntroductionState.BOTH_AGREED: frozenset({IntroductionState.MADE, IntroductionState.RESTED}),
    IntroductionState.MADE: frozenset({IntroductionState.MET, IntroductionState.TOLD}),
    IntroductionState.MET: frozenset({IntroductionState.TOLD}),
    IntroductionState.TOLD: frozenset(),
    IntroductionState.RESTED: frozenset({IntroductionState.IDEA}),
}
"""What may follow on each state. Nobody is introduced who has not agreed."""
WAY = (
    IntroductionState.IDEA,
    IntroductionState.FIRST_AGREED,
    IntroductionState.BOTH_AGREED,
    IntroductionState.MADE,
)
"""The states that lead to the introduction itself, in order. It may be noted from any of them on."""
DONE = frozenset({IntroductionState.MADE, IntroductionState.MET, IntroductionState.TOLD})
"""The states in which the two were brought together."""


def state_of(introduction: Introduction) -> IntroductionState:
    """Return where an introduction stands."""
    return introduction.steps[-1].state if introduction.steps else IntroductionState.IDEA


def is_open(introduction: Introduction) -> bool:
    """Whether something is still to be said or heard: it neither rests nor was its outcome told."""
    return state_of(introduction) not in {IntroductionState.RESTED, IntroductionState.TOLD}


def made_on(introduction: Introduction) -> Date | None:
    """Return the day on which the two were brought together; None where they were not."""
    return next((step.date for step in introduction.steps if step.state in DONE), None)


def begun(state: IntroductionState, on: Date) -> tuple[IntroductionStep, ...]:
    """Return the first step of an introduction that is noted in `state`. Raises `BadInput`: it begins on the `WAY`."""
    if state not in WAY:
        raise BadInput(f'An introduction does not begin with "{state}": {tell_choice(WAY)} was expected.')
    return (IntroductionStep(state, on),)


def moved(introduction: Introduction, state: IntroductionState, on: Date) -> Introduction:
    """Return the introduction one step further, dated `on`.

    Raises `BadInput` where the table has no such step, or `on` is before the last one; the message says what may be.
    """
    here = state_of(introduction)
    if state not in TABLE[here]:
        following = [each for each in IntroductionState if each in TABLE[here]]
        expected = f"{tell_choice(following)} was expected" if following else "nothing more is to be done"
        raise BadInput(f'"{state}" does not follow on "{here}": {expected}.')
    last = introduction.steps[-1].date if introduction.steps else on
    if on < last:
        raise BadInput(f'"{state}" on {tell_day_fully(on)} is before "{here}", on {tell_day_fully(last)}.')
    return replace(introduction, steps=(*introduction.steps, IntroductionStep(state, on)))


def brought_together(introduction: Introduction, on: Date) -> Introduction:
    """Return the introduction as made, through each state before that, all dated `on`; one that is made as it is.

    For news that skip a step: who was introduced has agreed. Raises `BadInput` as `moved` does.
    """
    if state_of(introduction) is IntroductionState.RESTED:
        introduction = moved(introduction, IntroductionState.IDEA, on)
    for here, following in pairwise(WAY):
        if state_of(introduction) is here:
            introduction = moved(introduction, following, on)
    return introduction


def next_step_told(introduction: Introduction, *, broker: str = "", first: str = "", second: str) -> str:
    """Return whose turn it is, in one sentence; empty once the outcome was told.

    `broker`, `first` and `second` are what to call them; the one who is the user needs no name.
    """
    told = _BY_ME if introduction.broker is None else _TO_ME
    return told.get(state_of(introduction), "").format(broker=broker, first=first, second=second)


_REST = "In peace. It can be taken up again whenever you wish."
_BY_ME = {
    IntroductionState.IDEA: "Ask {first} whether an introduction to {second} is welcome.",
    IntroductionState.FIRST_AGREED: "{first} has said yes. Ask {second} whether an introduction to {first} is welcome.",
    IntroductionState.BOTH_AGREED: "Both have said yes: introduce {first} and {second}.",
    IntroductionState.MADE: "Hear from {first} or {second} whether they have met.",
    IntroductionState.MET: "{first} and {second} have met: hear how it went.",
    IntroductionState.RESTED: _REST,
}
_TO_ME = {
    IntroductionState.IDEA: "Tell {broker} whether you would like to meet {second}.",
    IntroductionState.FIRST_AGREED: "You have said yes. {broker} asks {second} now.",
    IntroductionState.BOTH_AGREED: "Both of you have said yes: {broker} introduces you to {second}.",
    IntroductionState.MADE: "Meet {second}, and tell {broker} how it went.",
    IntroductionState.MET: "You and {second} have met: tell {broker} how it went.",
    IntroductionState.RESTED: _REST,
}
