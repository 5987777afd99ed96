"""The honest mirror, against cases worked by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.calibration import (
    Calibration,
    calibrate,
    calibrations,
    interval_told,
    silence_told,
    tell_share,
    told,
    wilson,
)
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, AskStep, Chance, Date
from relcraft.domain.rules import Patience
from relcraft.domain.words import AskDirection, AskState, Channel, Circle, ExchangeKind

TODAY = Date(2026, 11, 23)
LONG_AGO = Date(2026, 1, 10)
PATIENCE = Patience()
Z_SQUARED = 3.841458820694124
"""The 95 % point of chi-square with one degree of freedom, from its tables."""


def an_ask(
    uid: str,
    *states: AskState,
    chance: int | None = None,
    channel: Channel | None = None,
    kind: ExchangeKind = ExchangeKind.ADVICE,
    contact: str = "",
    direction: AskDirection = AskDirection.OUTGOING,
) -> Ask:
    steps = tuple(AskStep(state, LONG_AGO + timedelta(days=at)) for at, state in enumerate(states))
    return Ask(
        uid=uid,
        direction=direction,
        contact=contact or uid,
        kind=kind,
        channel=channel,
        chance=None if chance is None else Chance(chance),
        steps=steps,
    )


HELPED = (AskState.ASKED, AskState.AGREED, AskState.HELPED)
THANKED = (*HELPED, AskState.THANKED)
DECLINED = (AskState.ASKED, AskState.DECLINED)
RESTED = (AskState.ASKED, AskState.RESTED)
SURE = (AskState.ASKED, AskState.AGREED, AskState.RESTED)


def asks(yes: int, no: int, chance: int | None = None) -> list[Ask]:
    went = [HELPED] * yes + [DECLINED] * no
    return [an_ask(f"{at}", *states, chance=chance) for at, states in enumerate(went)]


def by_bisection(yes: int, n: int) -> tuple[float, float]:
    """Return the interval as Wilson defines it: where the share is as far off as 95 % of chance would have it."""
    share = yes / n

    def too_far(p: float) -> bool:
        return (share - p) ** 2 * n > Z_SQUARED * p * (1 - p)

    def edge(outside: float) -> float:
        inside = share
        if not too_far(outside):
            return outside
        for _ in range(200):
            middle = (outside + inside) / 2
            outside, inside = (middle, inside) if too_far(middle) else (outside, middle)
        return inside

    return edge(0.0), edge(1.0)


@pytest.mark.parametrize(
    ("yes", "n", "low", "high"), [(0, 5, 0.0, 0.4345), (5, 5, 0.5655, 1.0), (8, 13, 0.3552, 0.8229)]
)
def test_the_interval_is_wilsons_to_four_decimals(yes: int, n: int, low: float, high: float) -> None:
    assert tuple(round(bound, 4) for bound in wilson(yes, n)) == (low, high)
    found = calibrate(asks(yes, n - yes), TODAY, PATIENCE)
    assert (found.yes, found.n, found.low, found.high) == (yes, n, *wilson(yes, n))


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_the_one_that_its_definition_gives(case: tuple[int, int]) -> None:
    yes, n = case
    low, high = wilson(yes, n)
    assert (low, high) == pytest.approx(by_bisection(yes, n), abs=1e-7)
    assert 0 <= low <= yes / n <= high <= 1
    assert (low, high) == pytest.approx(tuple(1 - bound for bound in reversed(wilson(n - yes, n))))


@pytest.mark.parametrize(("yes", "n"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_share_has_no_interval(yes: int, n: int) -> None:
    with pytest.raises(BadInput, match=f"{yes} of {n} is no share"):
        wilson(yes, n)


def test_four_asks_say_nothing_and_five_do() -> None:
    four = calibrate(asks(1, 3, chance=50), TODAY, PATIENCE)
    assert (told(four), interval_told(four), silence_told(four)) == ("", "", "")
    five = calibrate(asks(0, 5, chance=50), TODAY, PATIENCE)
    assert told(five) == "you expected 50 %, 0 % said yes (0 of 5)"
    assert interval_told(five) == "anything from 0 to 43 % would fit that (95 %)"
    assert told(calibrate(asks(5, 0), TODAY, PATIENCE)) == "100 % said yes (5 of 5)"


def test_what_was_expected_is_told_beside_what_people_said() -> None:
    chances = [30] * 9 + [40, 50, 50, 45]
    over = [
        an_ask(str(at), *(THANKED if at % 2 else HELPED) if at < 8 else RESTED, chance=chance)
        for at, chance in enumerate(chances)
    ]
    assert sum(chances) / 13 == pytest.approx(35, abs=0.01)
    assert told(calibrate(over, TODAY, PATIENCE)) == "you expected 35 %, 62 % said yes (8 of 13)"


def test_what_was_expected_is_the_mean_over_the_asks_that_have_a_chance() -> None:
    over = [*asks(3, 0), an_ask("a", *DECLINED, chance=20), an_ask("b", *HELPED, chance=60)]
    found = calibrate(over, TODAY, PATIENCE)
    assert (found.expected, found.expected_of, found.n) == (0.4, 2, 5)
    assert told(found) == "you expected 40 % (said for 2), 80 % said yes (4 of 5)"


def test_sure_then_silence_is_counted_apart() -> None:
    found = calibrate([*asks(3, 0), an_ask("a", *SURE), an_ask("b", *SURE), an_ask("c", *RESTED)], TODAY, PATIENCE)
    assert (found.n, found.yes, found.sure_then_silence) == (6, 3, 2)
    assert silence_told(found) == "2 said sure, and then it stayed quiet: that is an answer too"


def test_a_rest_that_only_the_dates_tell_of_counts() -> None:
    agreed = an_ask("a", AskState.ASKED, AskState.AGREED)
    nudged = replace(agreed, nudges=(LONG_AGO + timedelta(days=40),))
    assert calibrate([agreed], TODAY, PATIENCE).n == 0
    found = calibrate([nudged], TODAY, PATIENCE)
    assert (found.n, found.yes, found.sure_then_silence) == (1, 0, 1)


def test_what_is_open_incoming_or_a_draft_does_not_count() -> None:
    over = [
        an_ask("a", AskState.DRAFT),
        an_ask("b", AskState.ASKED),
        an_ask("c", AskState.ASKED, AskState.AGREED),
        an_ask("d", *DECLINED, AskState.ASKED),
        an_ask("e", AskState.RECEIVED, AskState.HELPED, direction=AskDirection.INCOMING),
        an_ask("f", AskState.RECEIVED, AskState.DECLINED, direction=AskDirection.INCOMING),
    ]
    found = calibrate(over, TODAY, PATIENCE)
    assert found == Calibration(n=0, yes=0, low=None, high=None, expected=None, expected_of=0, sure_then_silence=0)
    assert (found.share, told(found), interval_told(found)) == (None, "", "")


def test_the_groups_are_by_channel_kind_and_circle() -> None:
    over = [
        an_ask("a", *HELPED, channel=Channel.CALL, kind=ExchangeKind.REFERRAL),
        an_ask("b", *DECLINED, channel=Channel.EMAIL),
        an_ask("c", *HELPED, channel=Channel.EMAIL),
        an_ask("d", *HELPED),
    ]
    circles = {"a": Circle.INNER, "b": Circle.WIDER, "c": Circle.INNER}
    found = calibrations(over, circles.get, TODAY, PATIENCE)
    assert found.all == calibrate(over, TODAY, PATIENCE)
    assert {group: (one.yes, one.n) for group, one in found.by_channel.items()} == {
        Channel.CALL: (1, 1),
        Channel.EMAIL: (1, 2),
        None: (1, 1),
    }
    assert {group: (one.yes, one.n) for group, one in found.by_kind.items()} == {
        ExchangeKind.ADVICE: (2, 3),
        ExchangeKind.REFERRAL: (1, 1),
    }
    assert {group: (one.yes, one.n) for group, one in found.by_circle.items()} == {
        Circle.INNER: (2, 2),
        Circle.WIDER: (0, 1),
        None: (1, 1),
    }


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (0.625, "63 %"), (0.545, "55 %"), (8 / 13, "62 %"), (1, "100 %")]
)
def test_shares_are_told_in_whole_per_cent(share: float, said: str) -> None:
    assert tell_share(share) == said
