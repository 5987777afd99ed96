"""What somebody meets who writes a story for the sample book."""

from datetime import date, time

import pytest

from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction, Snooze
from relcraft.domain.words import Direction, ExchangeKind, Gain, Initiator, InteractionKind, Size
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
