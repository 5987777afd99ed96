"""The honest mirror: what the user expected of their asks beside what people answered."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from relcraft.domain.asking import said_yes, settled, state_of
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, Date
from relcraft.domain.rules import Patience
from relcraft.domain.value import Value
from relcraft.domain.words import AskDirection, AskState, Channel, Circle, ExchangeKind

FEWEST = 5
"""Asks that ended, from which on a share is told: fewer say nothing."""
_Z = 1.959963984540054
"""The normal deviate that 95 % lie within."""
ENDED = frozenset({AskState.HELPED, AskState.THANKED, AskState.DECLINED, AskState.RESTED})
G = TypeVar("G")


def wilson(yes: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of Wilson (1927) for a share of `yes` in `n`. Raises `BadInput` where it is no share."""
    if not 0 <= yes <= n or n < 1:
        raise BadInput(f"{yes} of {n} is no share.")
    square = _Z * _Z
    middle = (yes + square / 2) / (n + square)
    half = _Z * math.sqrt(yes * (n - yes) / n + square / 4) / (n + square)
    return (0.0 if yes == 0 else middle - half, 1.0 if yes == n else middle + half)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Calibration(Value):
    """How asks that ended went, beside what was expected of them."""

    n: int
    """Outgoing asks that ended: helped, thanked, declined or rested."""
    yes: int
    """Those of them that were helped or thanked."""
    low: float | None
    """The lower end of the 95 % interval of the share of yes, from 0 to 1; None where `n` is 0."""
    high: float | None
    """The upper end."""
    expected: float | None
    """The mean chance, from 0 to 1, over those of them that have one; None where none has."""
    expected_of: int
    """How many have one."""
    sure_then_silence: int
    """Those of them that were agreed, and then rested."""

    @property
    def share(self) -> float | None:
        """The share of yes, from 0 to 1."""
        return self.yes / self.n if self.n else None


def ended(asks: Iterable[Ask], today: Date, patience: Patience) -> list[Ask]:
    """Return the outgoing asks among `asks` that ended by today, each with the rest that its dates tell of."""
    return [
        settled(ask, today, patience)
        for ask in asks
        if ask.direction is AskDirection.OUTGOING and state_of(ask, today, patience) in ENDED
    ]


def calibrate(asks: Iterable[Ask], today: Date, patience: Patience) -> Calibration:
    """Return how the outgoing asks among `asks` went that ended by today."""
    return _calibrated(ended(asks, today, patience))


def _calibrated(asks: list[Ask]) -> Calibration:
    chances = [ask.chance for ask in asks if ask.chance is not None]
    yes = sum(said_yes(ask) for ask in asks)
    low, high = wilson(yes, len(asks)) if asks else (None, None)
    return Calibration(
        n=len(asks),
        yes=yes,
        low=low,
        high=high,
        expected=sum(chances) / len(chances) / 100 if chances else None,
        expected_of=len(chances),
        sure_then_silence=sum(_was_sure_then_silence(ask) for ask in asks),
    )


def _was_sure_then_silence(ask: Ask) -> bool:
    return [step.state for step in ask.steps[-2:]] == [AskState.AGREED, AskState.RESTED]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Calibrations(Value):
    """The calibration of all asks that ended, and of each group of them that has any, in the order of the words."""

    all: Calibration
    by_channel: Mapping[Channel | None, Calibration]
    """None: how it was asked is not noted."""
    by_kind: Mapping[ExchangeKind, Calibration]
    by_circle: Mapping[Circle | None, Calibration]
    """By the circle that the contact is in today; None: in no circle."""


def calibrations(
    asks: Iterable[Ask], circle_of: Callable[[str], Circle | None], today: Date, patience: Patience
) -> Calibrations:
    """Return the calibration of all asks and of each group; `circle_of` tells the circle of a contact's uid."""
    over = ended(asks, today, patience)
    return Calibrations(
        all=_calibrated(over),
        by_channel=_grouped(over, lambda ask: ask.channel, (*Channel, None)),
        by_kind=_grouped(over, lambda ask: ask.kind, tuple(ExchangeKind)),
        by_circle=_grouped(over, lambda ask: circle_of(ask.contact), (*Circle, None)),
    )


def _grouped(asks: list[Ask], group_of: Callable[[Ask], G], groups: Iterable[G]) -> dict[G, Calibration]:
    of: dict[G, list[Ask]] = {}
    for ask in asks:
        of.setdefault(group_of(ask), []).append(ask)
    return {group: _calibrated(of[group]) for group in groups if group in of}


def told(calibration: Calibration) -> str:
    """Return "you expected 35 %, 62 % said yes (8 of 13)"; empty below five asks. Tells where not all had a chance."""
    if calibration.n < FEWEST or calibration.share is None:
        return ""
    yes = f"{tell_share(calibration.share)} said yes ({tell_of(calibration)})"
    if calibration.expected is None:
        return yes
    fewer = "" if calibration.expected_of == calibration.n else f" (said for {calibration.expected_of})"
    return f"you expected {tell_share(calibration.expected)}{fewer}, {yes}"


def interval_told(calibration: Calibration) -> str:
    """Return how sure the share is: "anything from 36 to 82 % would fit that (95 %)"; empty below five asks."""
    if calibration.n < FEWEST or calibration.low is None or calibration.high is None:
        return ""
    low = tell_share(calibration.low).removesuffix(" %")
    return f"anything from {low} to {tell_share(calibration.high)} would fit that (95 %)"


def silence_told(calibration: Calibration) -> str:
    """Return "2 said sure, and then it stayed quiet", which is an answer too; empty below five asks or without any."""
    count = calibration.sure_then_silence
    if calibration.n < FEWEST or not count:
        return ""
    return f"{count} said sure, and then it stayed quiet: that is an answer too"


def tell_of(calibration: Calibration) -> str:
    """Return "8 of 13"."""
    return f"{calibration.yes} of {calibration.n}"


def tell_share(share: float) -> str:
    """Return a share from 0 to 1 in whole per cent, halves upwards: "62 %"."""
    return f"{math.floor(share * 100 + 0.5 + 1e-9)} %"


CHANNEL_TOLD: Mapping[Channel, str] = {
    Channel.IN_PERSON: "in person",
    Channel.CALL: "by call",
    Channel.VIDEO: "by video",
    Channel.MESSAGE: "by message",
    Channel.EMAIL: "by e-mail",
    Channel.LETTER: "by letter",
}
"""How each channel is told in a sentence."""
