"""What somebody meets who writes a story for the sample book."""

from datetime import date, time

import pytest

from relcraft.domain.errors import BadInput
from relcraft.domain.records import (
    Ask,
    AskStep,
    Contact,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Introduction,
    IntroductionStep,
    Me,
    Snooze,
    Tie,
)
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    Direction,
    ExchangeKind,
    Fear,
    Gain,
    GoalKind,
    GoalState,
    Initiator,
    InteractionKind,
    IntroductionState,
    Size,
    TieOrigin,
    TieStrength,
)
from relcraft.sample.script import read_scripts

TODAY = date(2026, 3, 12)
STORY = """
= Ada Example
works: Some Lab | Head
birthday: 05-23 aged 36
met: 10 | a bus
10 coffee them [Søren Other]: Spoke of loops #work
  < advice big (felt good, learned) thanked 2 told 4: fewer loops
  ! 12 done 3: send the loop
+5@12:30 lunch both: Soup
4 > gift: a loop
~ 20
= Søren Other
"""


def test_a_story_becomes_records() -> None:
    ada, soren, coffee, advice, promise, gift, *rest = read_scripts([STORY], TODAY)
    assert isinstance(ada, Contact)
    assert (ada.uid, ada.role, str(ada.birthday)) == ("sample-001-ada-example", "Head", "1990-05-23")
    assert soren.uid == "sample-002-soren-other"
    assert isinstance(coffee, Interaction)
    assert (coffee.date, coffee.kind, coffee.initiator) == (
        date(2026, 3, 2),
        InteractionKind.COFFEE,
        Initiator.THEM,
    )
    assert (coffee.contacts, coffee.summary, coffee.tags) == ((ada.uid, soren.uid), "Spoke of loops", ("work",))
    assert isinstance(advice, Exchange)
    assert isinstance(promise, FollowUp)
    assert (promise.date, promise.done_on) == (date(2026, 3, 14), date(2026, 3, 5))
    assert isinstance(gift, Exchange)
    assert (gift.date, gift.direction, gift.interaction) == (date(2026, 3, 8), Direction.GIVEN, None)
    lunch = next(record for record in rest if isinstance(record, Interaction))
    assert (lunch.date, lunch.time) == (date(2026, 3, 17), time(12, 30))
    assert next(record for record in rest if isinstance(record, Snooze)).until == date(2026, 4, 1)


def test_help_keeps_its_size_its_gains_and_its_thanks() -> None:
    advice = next(record for record in read_scripts([STORY], TODAY) if isinstance(record, Exchange))
    assert (advice.kind, advice.size, advice.gains) == (
        ExchangeKind.ADVICE,
        Size.BIG,
        (Gain.FELT_GOOD, Gain.LEARNED),
    )
    assert (advice.thanked_on, advice.outcome_told_on) == (date(2026, 3, 4), date(2026, 3, 6))
    assert advice.interaction == "sample-001-i01"


@pytest.mark.parametrize(
    "line",
    [
        "12 coffee somebody: who began it?",
        "12 tea me: no such kind",
        "12 coffee me [Nobody Known]: with a stranger",
        "  > gift: hangs on nothing",
        "birthday: soon",
        "colour: blue",
        "knows: Nobody Known",
        "knows: Ada Example (very well)",
        "? advice forgotten 4: no such state",
        "& Nobody Known made 3: a stranger",
        "  why: says more of nothing",
        "  by call to Ada Example",
        "  by pigeon",
        "just words",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(BadInput, match=r"The sample line") as raised:
        read_scripts([f"= Ada Example\n{line}"], TODAY)
    assert line in str(raised.value)


def test_one_person_is_told_of_once() -> None:
    with pytest.raises(BadInput, match="two people called Ada"):
        read_scripts(["= Ada", "= Ada"], TODAY)


LIVES = """
= Ada Example
knows: Kim Third (strong)
? introduction draft 9 asked 8->6 nudged 5 helped 4: to Søren
  chance 30 by in person fear look silly for work to Søren Other
  why: you know Søren
  gain: a map
  out: a no is fine
&< Søren Other made 4 told 2: maps
  outcome: paid maps
4 < introduction: to Søren
?< advice received 3: how to begin
= Søren Other
& Kim Third idea 9 first 8 both 7 made 6: talk of boots
6 > introduction: to Kim
= Kim Third
6 > introduction: to Søren
@ Me Myself
works: A Lab
offers: boots; maps
seeks: rain
* work | get hired
words: Work with rain
since: 20
by: +30
reached: 1
outcome: a post
chain: Ada Example; Søren Other
told: Ada Example
"""


def test_a_life_is_told_step_by_step() -> None:
    records = read_scripts([LIVES], TODAY)
    ask, incoming = (record for record in records if isinstance(record, Ask))
    assert (ask.kind, ask.channel, ask.chance, ask.fear, ask.goal) == (
        ExchangeKind.INTRODUCTION,
        Channel.IN_PERSON,
        30,
        Fear.LOOK_SILLY,
        "sample-goal-work",
    )
    assert (ask.what, ask.why_them, ask.in_it_for_them, ask.easy_way_out) == (
        "to Søren",
        "you know Søren",
        "a map",
        "a no is fine",
    )
    assert ask.steps == (
        AskStep(AskState.DRAFT, date(2026, 3, 3)),
        AskStep(AskState.ASKED, date(2026, 3, 4), date(2026, 3, 6)),
        AskStep(AskState.HELPED, date(2026, 3, 8)),
    )
    assert ask.nudges == (date(2026, 3, 7),)
    assert (incoming.direction, incoming.target) == (AskDirection.INCOMING, None)


def test_help_that_was_asked_for_is_linked_and_not_told_twice() -> None:
    records = read_scripts([LIVES], TODAY)
    ask = next(record for record in records if isinstance(record, Ask))
    to_me, by_me = (record for record in sorted(records, key=str) if isinstance(record, Introduction))
    received, *given = (record for record in records if isinstance(record, Exchange))
    if received.ask is None:
        received, given = given[-1], [received, *given[:-1]]
    assert (received.ask, received.introduction, to_me.ask) == (ask.uid, to_me.uid, ask.uid)
    assert [each.introduction for each in given] == [by_me.uid, by_me.uid]
    assert (to_me.broker, to_me.first, to_me.outcome) == (ask.contact, None, "paid maps")
    assert by_me.steps[-1] == IntroductionStep(IntroductionState.MADE, date(2026, 3, 6))


def test_who_knows_whom_is_said_or_follows_from_introductions() -> None:
    ties = [record for record in read_scripts([LIVES], TODAY) if isinstance(record, Tie)]
    told = {(tie.first[-3:], tie.second[-5:], tie.strength, tie.origin) for tie in ties}
    assert told == {
        ("ple", "third", TieStrength.STRONG, TieOrigin.BY_HAND),
        ("ple", "other", TieStrength.ORDINARY, TieOrigin.INTRODUCTION),
        ("her", "third", TieStrength.ORDINARY, TieOrigin.INTRODUCTION),
    }


def test_the_user_and_a_goal_have_lines_of_their_own() -> None:
    records = read_scripts([LIVES], TODAY)
    me = next(record for record in records if isinstance(record, Me))
    goal = next(record for record in records if isinstance(record, Goal))
    assert (me.uid, me.name, me.organisation, me.can_offer, me.looking_for) == (
        "me",
        "Me Myself",
        "A Lab",
        ("boots", "maps"),
        ("rain",),
    )
    assert (goal.kind, goal.state, goal.words, goal.outcome) == (
        GoalKind.HIRED,
        GoalState.REACHED,
        "Work with rain",
        "a post",
    )
    assert (goal.target_date, goal.ended_on) == (date(2026, 4, 11), date(2026, 3, 11))
    assert (len(goal.chain), goal.told) == (2, goal.chain[:1])


@pytest.mark.parametrize(
    "story",
    [
        "= Ada\n? advice asked 4 helped 3: where to begin",
        "= Ada\n&< Kim made 3: maps\n= Kim",
        "= Ada\n? advice asked 4 helped 3: where to begin\n2 < advice: a day late",
    ],
)
def test_help_without_its_exchange_is_named(story: str) -> None:
    with pytest.raises(BadInput, match="tells of no help on the day"):
        read_scripts([story], TODAY)
