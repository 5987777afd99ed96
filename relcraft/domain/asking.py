"""The life of an ask: which state may follow on which, how long an answer is awaited, and when it counts as rested."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from relcraft.domain.dates import tell_day_fully, tell_short
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, AskStep, Date
from relcraft.domain.rules import Patience
from relcraft.domain.telling import tell_ago, tell_choice
from relcraft.domain.words import AskDirection, AskState

OUTGOING: Mapping[AskState, frozenset[AskState]] = {
    AskState.DRAFT: frozenset({AskState.ASKED}),
    AskState.ASKED: frozenset(
        {AskState.ASKED, AskState.AGREED, AskState.HELPED, AskState.DECLINED, AskState.RESTED},
    ),
    AskState.AGREED: frozenset({AskState.AGREED, AskState.HELPED, AskState.DECLINED, AskState.RESTED}),
    AskState.HELPED: frozenset({AskState.THANKED}),
    AskState.THANKED: frozenset(),
    AskState.DECLINED: frozenset({AskState.ASKED, AskState.AGREED, AskState.HELPED}),
    AskState.RESTED: frozenset({AskState.ASKED, AskState.AGREED, AskState.HELPED}),
}
"""What may follow on each state of the user's own asks. A state that follows on itself names a later day."""

INCOMING: Mapping[AskState, frozenset[AskState]] = {
    AskState.RECEIVED: frozenset(
        {AskState.RECEIVED, AskState.AGREED, AskState.HELPED, AskState.DECLINED, AskState.RESTED},
    ),
    AskState.AGREED: frozenset({AskState.AGREED, AskState.HELPED, AskState.DECLINED, AskState.RESTED}),
    AskState.HELPED: frozenset(),
    AskState.DECLINED: frozenset({AskState.AGREED, AskState.HELPED}),
    AskState.RESTED: frozenset({AskState.AGREED, AskState.HELPED}),
}
"""What may follow on each state of an ask that came to the user. A state that follows on itself names a later day."""

_TABLES = {AskDirection.OUTGOING: OUTGOING, AskDirection.INCOMING: INCOMING}
_FIRST = {
    AskDirection.OUTGOING: (AskState.DRAFT, AskState.ASKED),
    AskDirection.INCOMING: (AskState.RECEIVED,),
}
_WAITING = frozenset({AskState.ASKED, AskState.AGREED})
_OPEN = frozenset({AskState.ASKED, AskState.RECEIVED, AskState.AGREED})
_CLOSED = frozenset({AskState.DECLINED, AskState.RESTED})
_YES = frozenset({AskState.HELPED, AskState.THANKED})
_DAY = timedelta(days=1)


def begun(direction: AskDirection, state: AskState, on: Date) -> tuple[AskStep, ...]:
    """Return the steps of a new ask. Raises `BadInput` where no ask of this direction begins so."""
    if state not in _FIRST[direction]:
        raise BadInput(f"An {direction} ask begins as {tell_choice(_FIRST[direction])}, not as {state}.")
    return (AskStep(state, on),)


def following(ask: Ask | AskDirection, state: AskState) -> frozenset[AskState]:
    """Return what may follow on `state` in asks of this direction."""
    direction = ask if isinstance(ask, AskDirection) else ask.direction
    return _TABLES[direction].get(state, frozenset())


def state_of(ask: Ask, today: Date, patience: Patience) -> AskState:
    """Return where an ask stands: its last step, or rested where the dates say so."""
    return _stored(settled(ask, today, patience))


def moved(ask: Ask, state: AskState, on: Date, until: Date | None = None) -> Ask:
    """Return the ask one step further; `until` is the day that was named where an answer is to come later.

    Raises `BadInput` where its table has no such step, or where the days make no sense. Of derived rest it knows
    nothing: `settled` comes first.
    """
    now = _stored(ask)
    if state not in following(ask, now):
        raise BadInput(_no_such_step(ask, now, state))
    _not_before_last(ask, on)
    if until is None:
        if state is now:
            raise BadInput(f"It is {now} already: the day that was named for later was expected.")
    elif state not in _OPEN:
        raise BadInput(f"A later day can be named with {tell_choice(sorted(_OPEN))}, not with {state}.")
    elif until < on:
        raise BadInput(f"{tell_day_fully(until)} is before {tell_day_fully(on)}, when it was named.")
    return replace(ask, steps=(*ask.steps, AskStep(state, on, until)))


def nudged(ask: Ask, on: Date) -> Ask:
    """Return the ask with a nudge on a day. Raises `BadInput` where none is open: one for each asking is enough."""
    if ask.direction is AskDirection.INCOMING or _stored(ask) not in _WAITING:
        raise BadInput("Only an ask that waits for an answer can be nudged.")
    if not may_nudge(ask):
        raise BadInput(f"It was nudged on {tell_day_fully(ask.nudges[-1])} already, and once is enough.")
    _not_before_last(ask, on)
    return replace(ask, nudges=(*ask.nudges, on))


def stepped_back(ask: Ask) -> Ask:
    """Return the ask without its last step, and without the nudges of an asking that this step began.

    Raises `BadInput` where it is the first step.
    """
    if len(ask.steps) < 2:
        raise BadInput("That is its first step; d deletes an ask.")
    nudges = ask.nudges
    if _asking_begins(ask) == len(ask.steps) - 1:
        nudges = tuple(day for day in nudges if day < ask.steps[-1].date)
    return replace(ask, steps=ask.steps[:-1], nudges=nudges)


def settled(ask: Ask, today: Date, patience: Patience) -> Ask:
    """Return the ask as its dates have it: where a second silence has passed, with the step to rested."""
    wait = waits_until(ask, patience)
    if wait is None or today <= wait or may_nudge(ask):
        return ask
    return replace(ask, steps=(*ask.steps, AskStep(AskState.RESTED, wait + _DAY)))


def waits_until(ask: Ask, patience: Patience) -> Date | None:
    """Return the last day of patience with an ask of the user's that waits for an answer; None for all others."""
    state = _stored(ask)
    if ask.direction is AskDirection.INCOMING or state not in _WAITING:
        return None
    last = ask.steps[-1]
    days = patience.asked if state is AskState.ASKED else patience.agreed
    since = max(day for day in (last.date, last.until, *ask.nudges[-1:]) if day is not None)
    return since + timedelta(days=min(days, (Date.max - since).days))


def is_silent(ask: Ask, today: Date, patience: Patience) -> bool:
    """Tell whether patience has run out for the first time: one nudge is open, or rest."""
    wait = waits_until(ask, patience)
    return wait is not None and today > wait and may_nudge(ask)


def may_nudge(ask: Ask) -> bool:
    """Tell whether a nudge is open: it waits for an answer, and had none since it was asked (or asked again)."""
    if ask.direction is AskDirection.INCOMING or _stored(ask) not in _WAITING:
        return False
    since = asking_since(ask)
    return since is not None and not any(day >= since for day in ask.nudges)


def asked_on(ask: Ask) -> Date | None:
    """Return when it was first asked; None for a draft."""
    return next((step.date for step in ask.steps if step.state in {AskState.ASKED, AskState.RECEIVED}), None)


def asking_since(ask: Ask) -> Date | None:
    """Return when it was asked, or reopened, for the last time; None for a draft."""
    return None if asked_on(ask) is None else ask.steps[_asking_begins(ask)].date


def is_open(ask: Ask, today: Date, patience: Patience) -> bool:
    """Tell whether an answer or the help itself is still to come."""
    return state_of(ask, today, patience) in _OPEN


def said_yes(ask: Ask) -> bool:
    """Tell whether it led to help."""
    return _stored(ask) in _YES


def tell_ask(ask: Ask, name: str, today: Date, patience: Patience) -> str:
    """Return where an ask stands in one line; `name` is what to call the other one."""
    ask = settled(ask, today, patience)
    if not ask.steps:
        return str(_stored(ask))
    last = ask.steps[-1]
    if last.state is AskState.RESTED:
        return f"resting since {tell_short(last.date, today)}"
    if ask.direction is AskDirection.INCOMING:
        return _tell_incoming(last, name, today)
    if last.state in _WAITING:
        return _tell_waiting(ask, name, today, patience)
    when = _ago(last.date, today)
    return {
        AskState.DRAFT: f"drafted {when}",
        AskState.HELPED: f"helped {when}: a line of thanks to {name}",
        AskState.THANKED: f"thanked {when}",
        AskState.DECLINED: f"{name} said no {when}",
    }.get(last.state, f"{last.state} {when}")


def _tell_incoming(last: AskStep, name: str, today: Date) -> str:
    when = _ago(last.date, today)
    later = f", for {tell_short(last.until, today)}" if last.until is not None else ""
    return {
        AskState.RECEIVED: f"you said later{later}" if later else f"{name} asked {when}",
        AskState.AGREED: f"you said yes {when}{later}",
        AskState.HELPED: f"you helped {when}",
        AskState.DECLINED: f"you said no {when}",
    }.get(last.state, f"{last.state} {when}")


def _tell_waiting(ask: Ask, name: str, today: Date, patience: Patience) -> str:
    last = ask.steps[-1]
    told = f"{last.state} {_ago(last.date, today)}"
    if is_silent(ask, today, patience):
        return f"{told}, no answer yet: nudge once, or let it rest"
    if last.until is not None and last.until >= today and last.until > last.date:
        said = "said yes, for" if last.state is AskState.AGREED else "named"
        return f"{name} {said} {tell_short(last.until, today)}"
    if ask.nudges and ask.nudges[-1] >= last.date:
        told = f"nudged {_ago(ask.nudges[-1], today)}"
    wait = waits_until(ask, patience)
    return told if wait is None else f"{told}, patience until {tell_short(wait, today)}"


def _ago(day: Date, today: Date) -> str:
    away = (today - day).days
    return tell_ago(away) if 0 <= away < 32 else f"on {tell_short(day, today)}"


def _stored(ask: Ask) -> AskState:
    """Return the state of the last step; of an ask without any, the first of its direction."""
    return ask.steps[-1].state if ask.steps else _FIRST[ask.direction][0]


def _asking_begins(ask: Ask) -> int:
    """Return the place of the step from which on it waits: the last one that opened or reopened it."""
    begins = 0
    states = [step.state for step in ask.steps]
    for at, (before, state) in enumerate(pairwise(states), 1):
        if state in _OPEN and (before in _CLOSED or before is AskState.DRAFT):
            begins = at
    return begins


def _not_before_last(ask: Ask, on: Date) -> None:
    """Raise `BadInput` where a day is before what came last."""
    last = max((ask.steps[-1].date if ask.steps else on, *ask.nudges[-1:]))
    if on < last:
        raise BadInput(f"{tell_day_fully(on)} is before the last step, on {tell_day_fully(last)}.")


def _no_such_step(ask: Ask, now: AskState, state: AskState) -> str:
    may = [each for each in AskState if each in following(ask, now)]
    if not may:
        return f"From {now} nothing follows, so not {state} either."
    return f"From {now} to {state} is no step: {tell_choice(may)} was expected."
