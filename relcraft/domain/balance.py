"""The rules of balance: what an exchange weighs, and how give and take stand."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from relcraft.domain.errors import BadInput
from relcraft.domain.records import Date, Exchange
from relcraft.domain.value import Value
from relcraft.domain.words import Direction, ExchangeKind, Gain, Size

BASES: Mapping[ExchangeKind, float] = MappingProxyType(
    {
        ExchangeKind.INFORMATION: 1.0,
        ExchangeKind.ADVICE: 1.0,
        ExchangeKind.FEEDBACK: 1.0,
        ExchangeKind.GIFT: 1.0,
        ExchangeKind.OTHER: 1.0,
        ExchangeKind.HELP: 2.0,
        ExchangeKind.INTRODUCTION: 2.0,
        ExchangeKind.LEAD: 2.0,
        ExchangeKind.RECOMMENDATION: 3.0,
        ExchangeKind.REFERRAL: 3.0,
        ExchangeKind.ENDORSEMENT: 0.25,
    }
)
"""What an exchange of normal size weighs on its day, by kind."""
SIZE_FACTOR: Mapping[Size, float] = MappingProxyType({Size.SMALL: 0.5, Size.NORMAL: 1.0, Size.BIG: 2.0})
EVEN_WITHIN = 0.15
"""How much of the sum the difference may be where give and take still stand even."""
_MOST_BASE = 1000.0
_ROUNDING = 1 + 1e-9
_THANKS_DAYS = 30
_THANKS_BASE = 2.0


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Weights(Value):
    """What the user holds each kind of help to weigh. Raises `BadInput` where a setting makes no sense."""

    bases: Mapping[ExchangeKind, float] = field(default_factory=lambda: BASES, hash=False)
    """By kind, from 0 to 1000; a kind that is left out has its usual base."""
    half_life_days: int = 730
    """Days after which an exchange weighs half; at least 1."""

    def __post_init__(self) -> None:
        for kind, base in self.bases.items():
            if not 0 <= base <= _MOST_BASE:
                raise BadInput(f"The weight of {kind} is {base}: a number from 0 to {_MOST_BASE:g} was expected.")
        if self.half_life_days < 1:
            raise BadInput(f"The half-life is {self.half_life_days} days: 1 or more was expected.")

    def base(self, kind: ExchangeKind) -> float:
        """Return what an exchange of this kind and normal size weighs on its day."""
        return self.bases.get(kind, BASES[kind])

    def undecayed(self, exchange: Exchange) -> float:
        """Return base × size: what the exchange weighed on its day."""
        return self.base(exchange.kind) * SIZE_FACTOR[exchange.size]

    def decay(self, day: Date, today: Date) -> float:
        """Return the share of its weight that an exchange of `day` still has: 1 today, ½ after one half-life."""
        return math.exp2(-max(0, today.toordinal() - day.toordinal()) / self.half_life_days)


USUAL_WEIGHTS = Weights()


def weight(exchange: Exchange, today: Date, weights: Weights = USUAL_WEIGHTS) -> float:
    """Return base × size × decay; 0 for what is dated after today."""
    if exchange.date > today:
        return 0.0
    return weights.undecayed(exchange) * weights.decay(exchange.date, today)


class Standing(StrEnum):
    """How give and take stand, in the words shown on screen."""

    NOTHING_YET = "nothing yet"
    EVEN = "even"
    GIVEN_MORE = "you have given more"
    RECEIVED_MORE = "they have given more: a good moment to give"


def standing(given: float, received: float) -> Standing:
    """Return how two sums of weights (0 or more) stand."""
    if given <= 0 and received <= 0:
        return Standing.NOTHING_YET
    if given > 0 and received > 0 and abs(given - received) <= EVEN_WITHIN * (given + received) * _ROUNDING:
        return Standing.EVEN
    return Standing.GIVEN_MORE if given > received else Standing.RECEIVED_MORE


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Month(Value):
    """What was given and received in one calendar month: base × size, without decay."""

    year: int
    month: int
    given: float
    received: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Balance(Value):
    """How give and take stand on a day, with one contact or with all. What is dated later does not count."""

    given: float
    received: float
    lean: float
    """given − received."""
    frequency: int
    """Exchanges in the last 12 months."""
    two_way: float | None
    """From 0 (one way only) to 1 (as much either way); None where nothing has weight."""
    standing: Standing
    count: int
    """Exchanges of all years."""
    gains: Mapping[Direction, Mapping[Gain, int]]
    """How often those who helped gained what: the user where it was given, the others where it was received."""
    months: tuple[Month, ...]
    """The 12 calendar months up to this one, oldest first."""
    to_thank: Exchange | None = field(default=None, repr=False)
    """The latest help of base 2 or more, received in the last 30 days, typed in by hand and not thanked yet."""


def balance(exchanges: Iterable[Exchange], today: Date, weights: Weights = USUAL_WEIGHTS) -> Balance:
    """Return how give and take stand today over these exchanges, in any order."""
    past = [each for each in exchanges if each.date <= today]
    given, received = (_sum(past, direction, today, weights) for direction in Direction)
    return Balance(
        given=given,
        received=received,
        lean=given - received,
        frequency=sum(within_a_year(each.date, today) for each in past),
        two_way=two_wayness(given, received),
        standing=standing(given, received),
        count=len(past),
        gains={direction: _gains(past, direction) for direction in Direction},
        months=_months(past, today, weights),
        to_thank=max(
            (each for each in past if _asks_for_thanks(each, today, weights)),
            key=lambda each: (each.date, each.created, each.uid),
            default=None,
        ),
    )


def _sum(past: Iterable[Exchange], direction: Direction, today: Date, weights: Weights) -> float:
    return math.fsum(weight(each, today, weights) for each in past if each.direction is direction)


def two_wayness(given: float, received: float) -> float | None:
    """Return 0 (one way only) to 1 (as much either way) for two sums of weights; None where neither has weight."""
    return 2 * min(given, received) / (given + received) if given + received > 0 else None


def within_a_year(day: Date, today: Date) -> bool:
    """Tell whether a day that is past lies in the last 12 months; the same day a year ago does not."""
    return (day.year + 1, day.month, day.day) > (today.year, today.month, today.day)


def _gains(past: Iterable[Exchange], direction: Direction) -> dict[Gain, int]:
    gains = [gain for each in past if each.direction is direction for gain in each.gains]
    return {gain: gains.count(gain) for gain in Gain if gain in gains}


def _months(past: Iterable[Exchange], today: Date, weights: Weights) -> tuple[Month, ...]:
    this_month = today.year * 12 + today.month - 1
    sums: dict[int, dict[Direction, float]] = {}
    for each in past:
        number = each.date.year * 12 + each.date.month - 1
        if this_month - 12 < number <= this_month:
            both = sums.setdefault(number, {Direction.GIVEN: 0.0, Direction.RECEIVED: 0.0})
            both[each.direction] += weights.undecayed(each)
    months = list(_quiet_months(this_month))
    for number, both in sums.items():
        months[number - this_month - 1] = Month(number // 12, number % 12 + 1, *both.values())
    return tuple(months)


@cache
def _quiet_months(last: int) -> tuple[Month, ...]:
    """Return the 12 months up to `last` (12 × year + month − 1) in which nothing passed: most are, with most people."""
    return tuple(Month(number // 12, number % 12 + 1, 0.0, 0.0) for number in range(last - 11, last + 1))


def _asks_for_thanks(exchange: Exchange, today: Date, weights: Weights) -> bool:
    return (
        exchange.direction is Direction.RECEIVED
        and exchange.thanked_on is None
        and not exchange.sources
        and weights.base(exchange.kind) >= _THANKS_BASE
        and today - exchange.date <= timedelta(days=_THANKS_DAYS)
    )
