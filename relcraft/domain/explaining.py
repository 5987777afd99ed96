"""How each figure of a balance came about, in sentences."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from relcraft.domain.balance import (
    EVEN_WITHIN,
    SIZE_FACTOR,
    USUAL_WEIGHTS,
    Balance,
    Standing,
    Weights,
    balance,
    weight,
    within_a_year,
)
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Date, Exchange
from relcraft.domain.telling import tell_ago, tell_count, tell_figure, tell_month
from relcraft.domain.text import clean_line
from relcraft.domain.words import Direction, Size

_NAMED = 4
"""How many exchanges an explanation names before it says how many more there are."""
_QUOTED = 60
"""How many characters of an exchange's text it shows."""


class Figure(StrEnum):
    """The figures of a balance that can say how they came about."""

    FREQUENCY = "frequency"
    TWO_WAY = "two-way"
    GIVEN = "given"
    RECEIVED = "received"
    LEAN = "lean"
    STANDING = "standing"
    GAINS = "gains"
    MONTHS = "months"


def explain(
    figure: str, exchanges: Iterable[Exchange], today: Date, weights: Weights = USUAL_WEIGHTS
) -> tuple[str, ...]:
    """Return sentences that tell how one `Figure` of `balance(exchanges, today, weights)` came about.

    They name the exchanges that made most of it. Raises `BadInput` for a figure that there is not.
    """
    try:
        known = Figure(figure)
    except ValueError as error:
        raise BadInput(f'"{figure}" is no figure of a balance: one of {", ".join(Figure)} was expected.') from error
    past = [each for each in exchanges if each.date <= today]
    return tuple(_EXPLAIN[known](past, today, weights))


_Explanation = Callable[[Sequence[Exchange], Date, Weights], list[str]]


def _explain_frequency(past: Sequence[Exchange], today: Date, _weights: Weights) -> list[str]:
    recent = sorted(
        (each for each in past if within_a_year(each.date, today)), key=lambda each: each.date, reverse=True
    )
    told = [f"{tell_count(len(recent), 'exchange')} in the 12 months up to {tell_day_fully(today)}"]
    told += [f"{each.kind} {each.direction} on {tell_day_fully(each.date)}{_quoted(each)}" for each in recent[:_NAMED]]
    return told + _more(len(recent) - _NAMED)


def _explain_two_way(past: Sequence[Exchange], today: Date, weights: Weights) -> list[str]:
    sums = balance(past, today, weights)
    if sums.two_way is None:
        return ["two-way needs a first exchange: nothing has passed between you yet"]
    smaller, total = tell_figure(min(sums.given, sums.received)), tell_figure(sums.given + sums.received)
    return [
        f"two-way is twice the smaller sum over both: 2 × {smaller} / {total} = {100 * sums.two_way:.0f} %",
        "0 % means all of it went one way, 100 % as much either way",
        *_sums_told(sums),
    ]


def _explain_lean(past: Sequence[Exchange], today: Date, weights: Weights) -> list[str]:
    sums = balance(past, today, weights)
    lean = f"{tell_figure(sums.given)} − {tell_figure(sums.received)}"
    return [f"lean is given − received: {lean} = {_signed(sums.lean)}", *_sums_told(sums)]


def _explain_standing(past: Sequence[Exchange], today: Date, weights: Weights) -> list[str]:
    sums = balance(past, today, weights)
    if sums.standing is Standing.NOTHING_YET:
        return [f"{sums.standing}: no exchange up to {tell_day_fully(today)} has weight"]
    share = abs(sums.lean) / (sums.given + sums.received)
    return [
        str(sums.standing),
        *_sums_told(sums),
        f"the two sums differ by {tell_figure(100 * share)} % of both together",
        f"even means that help went both ways, and that they differ by {100 * EVEN_WITHIN:.0f} % at most",
    ]


def _explain_gains(past: Sequence[Exchange], today: Date, weights: Weights) -> list[str]:
    gains = balance(past, today, weights).gains
    told = []
    for direction, who in ((Direction.RECEIVED, "those who helped you"), (Direction.GIVEN, "you, by helping,")):
        for gain, times in gains[direction].items():
            told.append(f"{who} {gain}: noted on {tell_count(times, 'exchange')}")
    return told or ["what the one who helped had from it is not noted on any exchange yet"]


def _explain_months(past: Sequence[Exchange], today: Date, weights: Weights) -> list[str]:
    told = ["each bar is a month: kind × size of its exchanges, as on their day"]
    for month in balance(past, today, weights).months:
        if month.given or month.received:
            amounts = f"given {tell_figure(month.given)}, received {tell_figure(month.received)}"
            told.append(f"{tell_month(month.year, month.month)}: {amounts}")
    return told


def _explain_sum(direction: Direction) -> _Explanation:
    def explanation(past: Sequence[Exchange], today: Date, weights: Weights) -> list[str]:
        ours = sorted(
            (each for each in past if each.direction is direction),
            key=lambda each: (weight(each, today, weights), each.date),
            reverse=True,
        )
        sums = balance(ours, today, weights)
        total = tell_figure(sums.given + sums.received)
        if not ours:
            return [f"{direction} is 0: no exchange is noted"]
        told = [
            f"{direction} is {total}, from {tell_count(len(ours), 'exchange')}: kind × size × age",
            *(_weight_told(each, today, weights) for each in ours[:_NAMED]),
            *_more(len(ours) - _NAMED),
        ]
        return [*told, f"an exchange weighs half after {tell_count(weights.half_life_days, 'day')}"]

    return explanation


_EXPLAIN: dict[Figure, _Explanation] = {
    Figure.FREQUENCY: _explain_frequency,
    Figure.TWO_WAY: _explain_two_way,
    Figure.GIVEN: _explain_sum(Direction.GIVEN),
    Figure.RECEIVED: _explain_sum(Direction.RECEIVED),
    Figure.LEAN: _explain_lean,
    Figure.STANDING: _explain_standing,
    Figure.GAINS: _explain_gains,
    Figure.MONTHS: _explain_months,
}


def _weight_told(each: Exchange, today: Date, weights: Weights) -> str:
    base, size = tell_figure(weights.base(each.kind)), tell_figure(SIZE_FACTOR[each.size])
    age = tell_figure(weights.decay(each.date, today))
    ago = tell_ago(today.toordinal() - each.date.toordinal())
    sized = "" if each.size is Size.NORMAL else f"{each.size} "
    product = f"{base} × {size} × {age} = {tell_figure(weight(each, today, weights))}"
    return f"{sized}{each.kind} on {tell_day_fully(each.date)}, {ago}{_quoted(each)}: {product}"


def _sums_told(sums: Balance) -> list[str]:
    both = f"given {tell_figure(sums.given)}, received {tell_figure(sums.received)}"
    return [f"{both}, from {tell_count(sums.count, 'exchange')}"]


def _quoted(exchange: Exchange) -> str:
    text = clean_line(exchange.text)
    if len(text) > _QUOTED:
        text = text[: _QUOTED - 3].rstrip() + "..."
    return f' "{text}"' if text else ""


def _more(count: int) -> list[str]:
    return [f"and {count} more"] if count > 0 else []


def _signed(figure: float) -> str:
    return f"{'−' if figure < 0 else '+' if figure > 0 else ''}{tell_figure(abs(figure))}"
