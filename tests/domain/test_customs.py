"""On which day a week begins, and what comes first in 3/4/2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.addline import parse
from relcraft.domain.customs import USUAL_CUSTOMS, WEEKDAYS, Customs
from relcraft.domain.dates import leading_day, read_day
from relcraft.domain.errors import BadInput
from relcraft.domain.rules import USUAL_RULES, Rules
from relcraft.domain.words import CADENCE_DAYS, Circle
from relcraft.tui.forms.days import parse_birthday, read_one_day
from tests.books import TODAY, a_book, person

SUNDAY = Customs(week_start=6)
DAY_FIRST = Customs(day_first=True)
MONTH_FIRST = Customs(day_first=False)
A_SUNDAY = date(2026, 11, 22)


@given(st.dates(), st.integers(0, 6))
def test_a_week_holds_each_weekday_once_and_begins_on_the_day_that_was_said(day: date, start: int) -> None:
    customs = Customs(week_start=start)
    began = customs.week_began(day)
    assert began <= day <= began + min(timedelta(days=6), date.max - began)
    assert began == date.min or began.weekday() == start
    ahead = [customs.in_week_of(day, weekday) for weekday in range(7)]
    assert sorted(ahead) == list(range(min(ahead), min(ahead) + 7))
    assert customs.left_of_week(day) == max(ahead)
    assert ahead[day.weekday()] == 0


@pytest.mark.parametrize(
    ("customs", "said", "today", "means"),
    [
        (USUAL_CUSTOMS, "this fri", A_SUNDAY, date(2026, 11, 20)),
        (SUNDAY, "this fri", A_SUNDAY, date(2026, 11, 27)),
        (USUAL_CUSTOMS, "this sun", TODAY, date(2026, 11, 29)),
        (SUNDAY, "this sun", TODAY, date(2026, 11, 22)),
        (USUAL_CUSTOMS, "this week", TODAY, date(2026, 11, 29)),
        (SUNDAY, "this week", TODAY, date(2026, 11, 28)),
        (USUAL_CUSTOMS, "this week", A_SUNDAY, A_SUNDAY),
        (SUNDAY, "this week", A_SUNDAY, date(2026, 11, 28)),
        (SUNDAY, "next week", TODAY, date(2026, 11, 30)),
    ],
)
def test_this_week_is_the_week_that_the_user_lives_in(customs: Customs, said: str, today: date, means: date) -> None:
    assert read_day(said, today, ahead=True, customs=customs) == means


@given(st.dates(date(1, 1, 15), date(9999, 12, 1)), st.integers(0, 6))
def test_next_week_is_in_the_next_week_wherever_that_begins(today: date, start: int) -> None:
    customs = Customs(week_start=start)
    following = read_day("next week", today, ahead=True, customs=customs)
    assert following is not None
    assert customs.week_began(following) == customs.week_began(today) + timedelta(days=7)


@pytest.mark.parametrize(
    ("said", "day_first", "month_first"),
    [
        ("3/4/2026", date(2026, 4, 3), date(2026, 3, 4)),
        ("3.4.2026", date(2026, 4, 3), date(2026, 3, 4)),
        ("03-04-2026", date(2026, 4, 3), date(2026, 3, 4)),
        ("3/4/26", date(2026, 4, 3), date(2026, 3, 4)),
        ("3/4/90", date(1990, 4, 3), date(1990, 3, 4)),
        ("3/4", date(2026, 4, 3), date(2026, 3, 4)),
        ("13/4/2026", date(2026, 4, 13), None),
        ("4/13/2026", None, date(2026, 4, 13)),
        ("24/7", None, None),
        ("1/2/3", None, None),
        ("3.4", None, None),
        ("31/11/2026", None, None),
        ("3/4-2026", None, None),
    ],
)
def test_a_day_in_numbers_is_one_only_when_it_is_said_what_comes_first(
    said: str, day_first: date | None, month_first: date | None
) -> None:
    assert read_day(said, TODAY, ahead=False) is None
    assert read_day(said, TODAY, ahead=False, customs=DAY_FIRST) == day_first
    assert read_day(said, TODAY, ahead=False, customs=MONTH_FIRST) == month_first


def test_two_numbers_without_a_year_are_a_day_only_where_no_text_stands_before() -> None:
    for words, running, taken in (
        (["3/4"], False, 1),
        (["3/4"], True, None),
        (["on", "3/4"], True, 2),
        (["3/4/2026"], True, 1),
    ):
        found = leading_day(words, TODAY, ahead=False, running=running, customs=DAY_FIRST)
        assert (found and found[1]) == taken


@pytest.mark.parametrize(
    ("line", "customs", "day", "summary"),
    [
        ("coffee with Ada 3/4", DAY_FIRST, date(2026, 4, 3), ""),
        ("coffee with Ada 3/4", MONTH_FIRST, date(2026, 3, 4), ""),
        ("coffee with Ada 3/4", USUAL_CUSTOMS, TODAY, "3/4"),
        ("coffee with Ada 3/11/2026 re: CV", DAY_FIRST, date(2026, 11, 3), "re: CV"),
        ("coffee with Ada, who has read 3/4 of it", DAY_FIRST, TODAY, "who has read 3/4 of it"),
    ],
)
def test_the_add_line_reads_days_in_numbers_as_the_user_writes_them(
    line: str, customs: Customs, day: date, summary: str
) -> None:
    parsed = parse(line, a_book(person("ada", "Ada")), TODAY, customs=customs)
    assert (parsed.date, parsed.summary) == (day, summary)


def test_a_follow_up_reads_a_day_in_numbers_at_either_end() -> None:
    book = a_book(person("ada", "Ada"))
    for line in ("met Ada !3/12 send the paper", "met Ada !send the paper 3/12/2026"):
        (promised,) = parse(line, book, TODAY, customs=DAY_FIRST).follow_ups
        assert (promised.date, promised.text) == (date(2026, 12, 3), "send the paper")


def test_the_forms_read_days_in_numbers() -> None:
    assert read_one_day("3/12", TODAY, ahead=True, customs=DAY_FIRST) == date(2026, 12, 3)
    assert str(parse_birthday("3/12/1990", TODAY, DAY_FIRST)) == "1990-12-03"
    assert str(parse_birthday("3/12", TODAY, MONTH_FIRST)) == "--03-12"
    with pytest.raises(BadInput):
        parse_birthday("3/12", TODAY)


def test_a_week_begins_on_one_of_seven_days() -> None:
    assert [Customs(week_start=at).week_start for at in range(len(WEEKDAYS))] == list(range(7))
    for at in (-1, 7):
        with pytest.raises(BadInput):
            Customs(week_start=at)


def test_a_cadence_out_of_bounds_is_refused_with_its_circle() -> None:
    assert USUAL_RULES.cadences == CADENCE_DAYS
    for days in (-1, 3651):
        with pytest.raises(BadInput, match="circle inner"):
            Rules(cadences={**CADENCE_DAYS, Circle.INNER: days})
    with pytest.raises(BadInput, match="circle distant is missing"):
        Rules(cadences={circle: 7 for circle in Circle if circle is not Circle.DISTANT})
    assert hash(Rules()) == hash(USUAL_RULES)
