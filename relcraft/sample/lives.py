"""Owns the lines of the scripts about what has a life of its own (asks, introductions, goals), and about the user.

    ? introduction draft 9 asked 5 agreed 4->+3 nudged 2: what is asked for
      chance 30 by call fear impose for work to Other Name
      why: why them                     (and `gain:` what is in it for them, `out:` an easy way out)
    ?< lead received 12 declined 10: what somebody asks the user for
    & Other Name idea 40 first 38 both 37 made 36: the user introduces this person, asked first, to the other one
    &< Other Name made 36 met 30 told 9: this person introduces the other one to the user
      outcome: what came of it
    * work | get hired                  a goal by its key, then `words:`, `since:`, `by:`, `reached:`, `chain:`, `told:`
    @ Full Name                         the user, then `works:`, `offers:`, `seeks:`

Among the help of the day on which an ask was helped, or an introduction made, is the exchange that it was. A step is a
state and how many days ago it came; `->` is followed by the day that was named for later.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from relcraft.domain.records import ME, Ask, AskStep, Chance, Goal, Introduction, IntroductionStep, Me
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    ExchangeKind,
    Fear,
    GoalKind,
    GoalState,
    IntroductionState,
)
from relcraft.sample.calendar import BOOK_AGE_DAYS, Calendar

L = TypeVar("L", Ask, Introduction)

_STEPS = r"(?P<steps>( (?:{states}) \d+(?:->\+?\d+)?)+): (?P<text>.+)"
_NUDGED = "nudged"
_INTRODUCTION_STATES = {state.value.split()[0]: state for state in IntroductionState} | {"told": IntroductionState.TOLD}
ASK = re.compile(r"\?(?P<incoming><)? (?P<kind>[a-z]+)" + _STEPS.format(states="|".join((*AskState, _NUDGED))))
MANNER = re.compile(
    rf" ( chance (?P<chance>\d+))?( by (?P<by>{'|'.join(Channel)}))?( fear (?P<fear>{'|'.join(Fear)}))?"
    r"( for (?P<goal>[a-z]+))?( to (?P<target>[^:]+))?"
)
INTRODUCTION = re.compile(
    r"&(?P<to_me><)? (?P<name>[^:]+?)" + _STEPS.format(states="|".join(sorted(_INTRODUCTION_STATES)))
)
DETAIL = re.compile(r"  (?P<key>why|gain|out|outcome): (?P<text>.+)")
GOAL = re.compile(rf"\* (?P<key>[a-z]+) \| (?P<kind>{'|'.join(GoalKind)})")
THE_USER = re.compile(r"@ (?P<name>.+)")
_STEP = re.compile(r"(?P<state>[a-z]+) (?P<when>\d+)(?:->(?P<until>\+?\d+))?")
_DETAILS = {"why": "why_them", "gain": "in_it_for_them", "out": "easy_way_out", "outcome": "outcome"}


def goal_uid(key: str) -> str:
    """Return the uid of the goal that the scripts know by this key."""
    return f"sample-goal-{key}"


def ask_of(found: re.Match[str], *, uid: str, contact: str, calendar: Calendar) -> Ask:
    """Return the ask that a line tells. Raises `ValueError` where it names something unknown."""
    steps, nudges = [], []
    for step in _STEP.finditer(found["steps"]):
        day = calendar.day(step["when"])
        if step["state"] == _NUDGED:
            nudges.append(day)
        else:
            until = calendar.day(step["until"]) if step["until"] else None
            steps.append(AskStep(AskState(step["state"]), day, until))
    ask = Ask(
        uid=uid,
        direction=AskDirection.INCOMING if found["incoming"] else AskDirection.OUTGOING,
        contact=contact,
        kind=ExchangeKind(found["kind"]),
        what=found["text"],
        steps=tuple(steps),
        nudges=tuple(nudges),
    )
    days = [*(step.date for step in steps), *nudges]
    return _written(ask, calendar.written_on(min(days)), calendar.written_on(max(days)))


def asked_so(record: Ask | Introduction, found: re.Match[str], uids: Mapping[str, str]) -> Ask:
    """Return an ask with the line below it: the chance, how, the fear, the goal, to whom. Raises `TypeError`."""
    if not isinstance(record, Ask):
        raise TypeError("only an ask has a chance, a channel, a fear, a goal and a target")
    return replace(
        record,
        channel=Channel(found["by"]) if found["by"] else None,
        goal=goal_uid(found["goal"]) if found["goal"] else None,
        target=uids[found["target"]] if found["target"] else None,
        chance=Chance(int(found["chance"])) if found["chance"] else None,
        fear=Fear(found["fear"]) if found["fear"] else None,
    )


def introduction_of(found: re.Match[str], *, uid: str, person: str, other: str, calendar: Calendar) -> Introduction:
    """Return the introduction that a line tells: of `person` and `other`, or by `person` to the user."""
    steps = tuple(
        IntroductionStep(_INTRODUCTION_STATES[step["state"]], calendar.day(step["when"]))
        for step in _STEP.finditer(found["steps"])
    )
    introduction = Introduction(
        uid=uid,
        broker=person if found["to_me"] else None,
        first=None if found["to_me"] else person,
        second=other,
        text=found["text"],
        steps=steps,
    )
    return _written(introduction, calendar.written_on(steps[0].date), calendar.written_on(steps[-1].date))


def detailed(record: Ask | Introduction, found: re.Match[str]) -> Ask | Introduction:
    """Return an ask or introduction with what a line below says. Raises `TypeError` where it has no such field."""
    words: dict[str, Any] = {_DETAILS[found["key"]]: found["text"]}
    return replace(record, **words)


def goal_of(found: re.Match[str]) -> Goal:
    """Return the goal that a line begins."""
    return Goal(uid=goal_uid(found["key"]), kind=GoalKind(found["kind"]))


def told_of_goal(goal: Goal, key: str, value: str, *, uids: Mapping[str, str], calendar: Calendar) -> Goal:
    """Return a goal with one more line about it. Raises `KeyError` or `ValueError` where it cannot be read."""
    if key in ("words", "outcome"):
        words: dict[str, Any] = {key: value}
        return replace(goal, **words)
    if key in ("chain", "told"):
        known = goal.chain if key == "chain" else goal.told
        people: dict[str, Any] = {key: (*known, *(uids[name] for name in listed(value)))}
        return replace(goal, **people)
    day = calendar.day(value)
    moment = calendar.written_on(day)
    match key:
        case "since":
            return replace(goal, created=moment, updated=moment)
        case "by":
            return replace(goal, target_date=day)
        case "reached":
            return replace(goal, state=GoalState.REACHED, ended_on=day, updated=moment)
        case _:
            raise KeyError(key)


def me_of(found: re.Match[str], calendar: Calendar) -> Me:
    """Return what a line begins to say of the user."""
    moment = calendar.written_on(calendar.ago(BOOK_AGE_DAYS))
    return Me(uid=ME, name=found["name"], created=moment, updated=moment)


def told_of_me(me: Me, key: str, value: str) -> Me:
    """Return the user's own record with one more line. Raises `KeyError` where it has no such field."""
    field = {"works": "organisation", "offers": "can_offer", "seeks": "looking_for"}[key]
    said: dict[str, Any] = {field: value if key == "works" else listed(value)}
    return replace(me, **said)


def listed(value: str) -> tuple[str, ...]:
    """Return the parts of `a; b; c`."""
    return tuple(part.strip() for part in value.split(";"))


def _written(record: L, created: datetime, updated: datetime) -> L:
    return replace(record, created=created, updated=updated)
