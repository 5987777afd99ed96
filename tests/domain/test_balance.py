"""How give and take stand, case by case, and the laws that hold for every book."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.balance import Balance, Month, Standing, Weights, balance, standing, weight, within_a_year
from relcraft.domain.errors import BadInput
from relcraft.domain.explaining import Figure, explain
from relcraft.domain.records import Exchange
from relcraft.domain.words import Direction, ExchangeKind, Gain, Size

TODAY = date(2026, 11, 23)
GIVEN, RECEIVED = Direction.GIVEN, Direction.RECEIVED
K = ExchangeKind


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def an(
    kind: ExchangeKind = K.HELP,
    direction: Direction = GIVEN,
    days: int = 0,
    size: Size = Size.NORMAL,
    text: str = "",
) -> Exchange:
    return Exchange(
        uid=f"{kind}{direction}{days}{size}",
        date=ago(days),
        direction=direction,
        kind=kind,
        size=size,
        contact="ada",
        text=text,
    )


def turned(exchange: Exchange) -> Exchange:
    return replace(exchange, direction=GIVEN if exchange.direction is RECEIVED else RECEIVED)


@pytest.mark.parametrize(
    ("kind", "size", "days", "expected"),
    [
        (K.INFORMATION, Size.NORMAL, 0, 1),
        (K.ADVICE, Size.NORMAL, 0, 1),
        (K.FEEDBACK, Size.NORMAL, 0, 1),
        (K.GIFT, Size.NORMAL, 0, 1),
        (K.OTHER, Size.NORMAL, 0, 1),
        (K.HELP, Size.NORMAL, 0, 2),
        (K.INTRODUCTION, Size.NORMAL, 0, 2),
        (K.LEAD, Size.NORMAL, 0, 2),
        (K.RECOMMENDATION, Size.NORMAL, 0, 3),
        (K.REFERRAL, Size.NORMAL, 0, 3),
        (K.ENDORSEMENT, Size.NORMAL, 0, 0.25),
        (K.REFERRAL, Size.SMALL, 0, 1.5),
        (K.REFERRAL, Size.BIG, 0, 6),
        (K.ENDORSEMENT, Size.SMALL, 0, 0.125),
        (K.HELP, Size.NORMAL, 730, 1),
        (K.HELP, Size.BIG, 730, 2),
        (K.HELP, Size.NORMAL, 1460, 0.5),
        (K.HELP, Size.NORMAL, 365, math.sqrt(2)),
        (K.HELP, Size.NORMAL, -1, 0),
        (K.HELP, Size.BIG, -400, 0),
    ],
)
def test_what_an_exchange_weighs(kind: ExchangeKind, size: Size, days: int, expected: float) -> None:
    assert weight(an(kind, days=days, size=size), TODAY) == pytest.approx(expected)


def test_bases_and_half_life_are_settings() -> None:
    mine = Weights(bases={K.GIFT: 5}, half_life_days=10)
    assert weight(an(K.GIFT, days=10), TODAY, mine) == pytest.approx(2.5)
    assert weight(an(K.REFERRAL), TODAY, mine) == 3


@pytest.mark.parametrize("base", [-1, math.nan, math.inf, 1001])
def test_a_base_that_makes_no_sense_is_refused(base: float) -> None:
    with pytest.raises(BadInput, match="weight of gift"):
        Weights(bases={K.GIFT: base})


def test_a_half_life_below_a_day_is_refused() -> None:
    with pytest.raises(BadInput, match="half-life is 0 days"):
        Weights(half_life_days=0)


def test_the_oldest_day_of_the_calendar_breaks_no_sum() -> None:
    oldest = replace(an(), date=date.min)
    assert 0 < weight(oldest, TODAY) < 1e-300
    assert weight(oldest, date.max, Weights(half_life_days=1)) == 0
    assert balance([oldest], date.max, Weights(half_life_days=1)).standing is Standing.NOTHING_YET


@pytest.mark.parametrize(
    ("out", "back", "expected"),
    [
        (0, 0, Standing.NOTHING_YET),
        (1, 0, Standing.GIVEN_MORE),
        (0, 1, Standing.RECEIVED_MORE),
        (1, 1, Standing.EVEN),
        (23, 17, Standing.EVEN),
        (17, 23, Standing.EVEN),
        (1.15, 0.85, Standing.EVEN),
        (23.1, 17, Standing.GIVEN_MORE),
        (17, 23.1, Standing.RECEIVED_MORE),
        (0.001, 0, Standing.GIVEN_MORE),
        (5e-324, 5e-324, Standing.EVEN),
        (3, 2, Standing.GIVEN_MORE),
        (2, 3, Standing.RECEIVED_MORE),
    ],
)
def test_the_words_for_how_it_stands(out: float, back: float, expected: Standing) -> None:
    assert standing(out, back) is expected


def test_the_words_on_screen() -> None:
    assert list(Standing) == [
        "nothing yet",
        "even",
        "you have given more",
        "they have given more: a good moment to give",
    ]


def test_a_first_look_has_nothing_yet() -> None:
    empty = balance([], TODAY)
    assert (empty.given, empty.received, empty.lean, empty.frequency, empty.count) == (0, 0, 0, 0, 0)
    assert (empty.two_way, empty.standing, empty.to_thank) == (None, Standing.NOTHING_YET, None)


def test_a_year_of_give_and_take() -> None:
    found = balance([an(K.REFERRAL), an(K.HELP, RECEIVED), an(K.ADVICE, RECEIVED, 730)], TODAY)
    assert (found.given, found.received, found.lean) == pytest.approx((3, 2.5, 0.5))
    assert found.two_way == pytest.approx(5 / 5.5)
    assert (found.frequency, found.count, found.standing) == (2, 3, Standing.EVEN)


@pytest.mark.parametrize(
    ("day", "today", "counts"),
    [
        (date(2026, 11, 23), TODAY, True),
        (date(2025, 11, 24), TODAY, True),
        (date(2025, 11, 23), TODAY, False),
        (date(2027, 2, 28), date(2028, 2, 29), False),
        (date(2027, 3, 1), date(2028, 2, 29), True),
        (date(2028, 2, 29), date(2029, 2, 28), True),
        (date(2028, 2, 29), date(2029, 3, 1), False),
        (date(9999, 1, 1), date(9999, 12, 31), True),
    ],
)
def test_what_lies_in_the_last_twelve_months(day: date, today: date, counts: bool) -> None:
    assert within_a_year(day, today) is counts


def test_what_is_dated_ahead_does_not_count_yet() -> None:
    assert balance([an(days=-1)], TODAY) == balance([], TODAY)
    assert balance([an(days=-1)], TODAY + timedelta(days=1)).count == 1


def test_the_months_end_with_this_one_and_do_not_decay() -> None:
    months = balance([an(K.REFERRAL, days=0), an(K.HELP, RECEIVED, 23, Size.BIG), an(K.HELP, days=400)], TODAY).months
    assert [(month.year, month.month) for month in months][:2] == [(2025, 12), (2026, 1)]
    assert months[-2:] == (Month(2026, 10, 0, 4), Month(2026, 11, 3, 0))
    assert sum(month.given + month.received for month in months) == 7


def test_in_january_the_months_begin_in_the_february_before() -> None:
    months = balance([], date(2027, 1, 5)).months
    assert [(month.year, month.month) for month in (months[0], months[-1])] == [(2026, 2), (2027, 1)]
    assert len(months) == 12


def test_what_those_who_helped_gained_is_counted_each_way() -> None:
    found = balance(
        [
            replace(an(), gains=(Gain.FELT_GOOD, Gain.LEARNED)),
            replace(an(days=3), gains=(Gain.FELT_GOOD,)),
            replace(an(direction=RECEIVED), gains=(Gain.LOOKED_GOOD,)),
            replace(an(direction=RECEIVED, days=-2), gains=(Gain.LOOKED_GOOD,)),
        ],
        TODAY,
    )
    assert found.gains == {GIVEN: {Gain.FELT_GOOD: 2, Gain.LEARNED: 1}, RECEIVED: {Gain.LOOKED_GOOD: 1}}


@pytest.mark.parametrize(
    ("exchange", "asks"),
    [
        (an(K.INTRODUCTION, RECEIVED, 0), True),
        (an(K.INTRODUCTION, RECEIVED, 30), True),
        (an(K.INTRODUCTION, RECEIVED, 31), False),
        (an(K.INTRODUCTION, RECEIVED, -1), False),
        (an(K.INTRODUCTION, GIVEN, 3), False),
        (an(K.ADVICE, RECEIVED, 3), False),
        (an(K.ADVICE, RECEIVED, 3, Size.BIG), False),
        (replace(an(K.REFERRAL, RECEIVED, 3), thanked_on=ago(1)), False),
        (replace(an(K.RECOMMENDATION, RECEIVED, 3), sources=("linkedin:x",)), False),
    ],
)
def test_which_help_waits_for_thanks(exchange: Exchange, asks: bool) -> None:
    assert balance([exchange], TODAY).to_thank == (exchange if asks else None)


def test_the_latest_help_is_thanked_first() -> None:
    older, latest = an(K.HELP, RECEIVED, 9), an(K.REFERRAL, RECEIVED, 2)
    assert balance([latest, older], TODAY).to_thank == latest


def test_given_names_the_exchanges_that_made_it() -> None:
    assert explain("given", [an(K.REFERRAL, days=1, text="data team"), an(K.HELP, days=730, size=Size.BIG)], TODAY) == (
        "given is 5, from 2 exchanges: kind × size × age",
        'referral on Sun 22 Nov 2026, yesterday "data team": 3 × 1 × 1 = 3',
        "big help on Sat 23 Nov 2024, 730 days ago: 2 × 2 × 0.5 = 2",
        "an exchange weighs half after 730 days",
    )


def test_received_names_the_biggest_and_counts_the_rest() -> None:
    told = explain(Figure.RECEIVED, [an(K.HELP, RECEIVED, days) for days in range(7)] + [an()], TODAY)
    assert told[0] == "received is 13.96, from 7 exchanges: kind × size × age"
    assert told[1] == "help on Mon 23 Nov 2026, today: 2 × 1 × 1 = 2"
    assert told[-2:] == ("and 3 more", "an exchange weighs half after 730 days")


def test_frequency_names_the_latest() -> None:
    told = explain("frequency", [an(days=3), an(K.LEAD, RECEIVED, 1), an(days=365), an(days=-5)], TODAY)
    assert told == (
        "2 exchanges in the 12 months up to Mon 23 Nov 2026",
        "lead received on Sun 22 Nov 2026",
        "help given on Fri 20 Nov 2026",
    )


def test_two_way_shows_its_sum() -> None:
    assert explain("two-way", [an(K.REFERRAL), an(K.ADVICE, RECEIVED)], TODAY) == (
        "two-way is twice the smaller sum over both: 2 × 1 / 4 = 50 %",
        "0 % means all of it went one way, 100 % as much either way",
        "given 3, received 1, from 2 exchanges",
    )


def test_lean_and_standing_show_their_sums() -> None:
    exchanges = [an(K.ADVICE), an(K.REFERRAL, RECEIVED)]
    assert explain("lean", exchanges, TODAY)[0] == "lean is given − received: 1 − 3 = −2"
    assert explain("standing", exchanges, TODAY) == (
        "they have given more: a good moment to give",
        "given 1, received 3, from 2 exchanges",
        "the two sums differ by 50 % of both together",
        "even means that help went both ways, and that they differ by 15 % at most",
    )


def test_gains_and_months_are_told() -> None:
    exchanges = [replace(an(direction=RECEIVED), gains=(Gain.LEARNED,)), replace(an(), gains=(Gain.FELT_GOOD,))]
    assert explain("gains", exchanges, TODAY) == (
        "those who helped you learned: noted on 1 exchange",
        "you, by helping, felt good: noted on 1 exchange",
    )
    assert explain("months", exchanges, TODAY)[1:] == ("Nov 2026: given 2, received 2",)


def test_a_long_text_is_shown_on_one_line_and_cut() -> None:
    told = explain("given", [an(text="one\ntwo " + "x" * 200)], TODAY)[1]
    assert '"one two xxx' in told
    assert "\n" not in told
    assert len(told) < 130


def test_a_figure_that_there_is_not_is_told() -> None:
    with pytest.raises(BadInput, match='"karma" is no figure'):
        explain("karma", [], TODAY)


dates = st.dates(date(2015, 1, 1), date(2030, 12, 31))
exchanges_of_any_kind = st.builds(
    Exchange,
    uid=st.uuids().map(str),
    created=st.just(datetime(2026, 1, 1, tzinfo=UTC)),
    date=dates,
    direction=st.sampled_from(Direction),
    kind=st.sampled_from(ExchangeKind),
    size=st.sampled_from(Size),
    contact=st.just("ada"),
    text=st.text(max_size=8),
    gains=st.lists(st.sampled_from(Gain), unique=True, max_size=2).map(tuple),
    thanked_on=st.none() | dates,
)
books = st.lists(exchanges_of_any_kind, max_size=10)
any_weights = st.builds(
    Weights,
    bases=st.dictionaries(st.sampled_from(ExchangeKind), st.floats(0, 1000), max_size=4),
    half_life_days=st.integers(1, 10_000),
)


@given(exchanges_of_any_kind, dates, st.integers(0, 3000), any_weights)
def test_a_weight_never_grows_with_age(exchange: Exchange, today: date, more: int, weights: Weights) -> None:
    on_its_day = weight(exchange, exchange.date, weights)
    younger = weight(exchange, max(today, exchange.date), weights)
    older = weight(exchange, max(today, exchange.date) + timedelta(days=more), weights)
    assert 0 <= older <= younger <= on_its_day == weights.undecayed(exchange)


@given(books, books, dates, any_weights)
def test_sums_add_up(some: list[Exchange], others: list[Exchange], today: date, weights: Weights) -> None:
    one, two, both = (balance(each, today, weights) for each in (some, others, some + others))
    assert both.given == pytest.approx(one.given + two.given)
    assert both.received == pytest.approx(one.received + two.received)
    assert (both.count, both.frequency) == (one.count + two.count, one.frequency + two.frequency)
    assert both.given == pytest.approx(
        sum(weight(each, today, weights) for each in some + others if each.direction is GIVEN)
    )


@given(books, dates, any_weights)
def test_a_balance_is_of_one_piece(exchanges: list[Exchange], today: date, weights: Weights) -> None:
    found = balance(exchanges, today, weights)
    assert found.lean == found.given - found.received
    assert found.two_way is None or 0 <= found.two_way <= 1
    assert (found.two_way is None) == (found.standing is Standing.NOTHING_YET)
    assert 0 <= found.frequency <= found.count <= len(exchanges)
    assert all(map(math.isfinite, (found.given, found.received, found.lean)))
    assert len(found.months) == 12


@given(books, dates, any_weights)
def test_swapping_directions_turns_the_lean_and_keeps_two_wayness(
    exchanges: list[Exchange], today: date, weights: Weights
) -> None:
    here, there = balance(exchanges, today, weights), balance(map(turned, exchanges), today, weights)
    assert (there.given, there.received, there.lean) == (here.received, here.given, -here.lean)
    assert (there.two_way, there.frequency, there.count) == (here.two_way, here.frequency, here.count)
    opposite = {Standing.GIVEN_MORE: Standing.RECEIVED_MORE, Standing.RECEIVED_MORE: Standing.GIVEN_MORE}
    assert there.standing is opposite.get(here.standing, here.standing)


@given(st.data(), books, dates)
def test_the_order_of_exchanges_does_not_matter(data: st.DataObject, exchanges: list[Exchange], today: date) -> None:
    assert balance(data.draw(st.permutations(exchanges)), today) == balance(exchanges, today)


@given(books, dates)
def test_the_bars_of_the_months_hold_what_took_place_in_them(exchanges: list[Exchange], today: date) -> None:
    found: Balance = balance(exchanges, today)
    first = date(found.months[0].year, found.months[0].month, 1)
    inside = [each for each in exchanges if first <= each.date <= today]
    assert sum(month.given + month.received for month in found.months) == pytest.approx(
        sum(map(Weights().undecayed, inside))
    )


@given(st.sampled_from(Figure), books, dates, any_weights)
def test_every_figure_can_say_how_it_came_about(
    figure: Figure, exchanges: list[Exchange], today: date, weights: Weights
) -> None:
    told = explain(figure, exchanges, today, weights)
    assert told
    assert all(line and "\n" not in line and "nan" not in line for line in told)
