"""The rules of days over 400 years, after which the calendar begins again: 146,097 days, and every one is tried."""

import calendar
from collections import Counter
from datetime import date, timedelta

import pytest

from relcraft.domain.dates import read_day
from relcraft.domain.records import Birthday, Interaction
from relcraft.domain.steps import next_birthday
from relcraft.domain.warmth import last_contact
from relcraft.domain.words import InteractionKind

FIRST, DAYS = date(1900, 3, 1), 146_097


def every_day(step: int = 1) -> list[date]:
    return [FIRST + timedelta(days=at) for at in range(0, DAYS, step)]


def last_of_month(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@pytest.mark.parametrize(("month", "day"), [(2, 28), (2, 29), (3, 1), (12, 31), (1, 1), (7, 4)])
@pytest.mark.parametrize("year", [None, 1988])
def test_a_birthday_comes_once_in_every_year(month: int, day: int, year: int | None) -> None:
    birthday = Birthday(month, day, year)
    days = [today for today in every_day() if next_birthday(birthday, today) == today]
    assert Counter(today.year for today in days if 1901 <= today.year <= 2299) == dict.fromkeys(range(1901, 2300), 1)
    for today in days:
        leap = calendar.isleap(today.year)
        assert (today.month, today.day) == ((2, 28) if (month, day) == (2, 29) and not leap else (month, day))


def test_the_next_birthday_is_never_more_than_a_year_away_and_never_past() -> None:
    for today in every_day(step=7):
        for birthday in (Birthday(2, 29), Birthday(2, 28), Birthday(3, 1), Birthday(12, 31, 1960)):
            assert 0 <= (next_birthday(birthday, today) - today).days <= 366


def test_a_month_after_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    for today in every_day(step=5):
        for phrase, months in (("in 1 month", 1), ("in 6 months", 6), ("in 1 year", 12), ("in 4 years", 48)):
            year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
            expected = date(year, month + 1, min(today.day, last_of_month(year, month + 1)))
            assert read_day(phrase, today, ahead=True) == expected, (phrase, today)


def test_a_month_back_is_the_same_rule() -> None:
    for today in every_day(step=11):
        for phrase, months in (("1 month ago", 1), ("a year ago", 12)):
            year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
            expected = date(year, month + 1, min(today.day, last_of_month(year, month + 1)))
            assert read_day(phrase, today, ahead=False) == expected, (phrase, today)


def test_29_february_without_a_year_is_the_nearest_that_there_is() -> None:
    leap_days = [date(year, 2, 29) for year in range(1880, 2330) if calendar.isleap(year)]
    for today in every_day(step=13):
        coming = next(day for day in leap_days if day >= today)
        past = next(day for day in reversed(leap_days) if day <= today)
        assert read_day("29 feb", today, ahead=True) == coming
        expected = coming if (coming - today).days <= 31 else past
        assert read_day("29 feb", today, ahead=False) == expected


def test_29_february_of_a_year_without_it_is_no_day() -> None:
    for year in range(1900, 2301):
        read = read_day(f"29 feb {year}", date(2026, 3, 12), ahead=False)
        assert read == (date(year, 2, 29) if calendar.isleap(year) else None)


def test_weeks_are_seven_days_whatever_the_clocks_and_the_years_do() -> None:
    for today in every_day(step=17):
        assert read_day("in 2 weeks", today, ahead=True) == today + timedelta(days=14)
        assert read_day("next fri", today, ahead=True) == today + timedelta(days=(4 - today.weekday()) % 7 or 7)
        assert read_day("yesterday", today, ahead=False) == today - timedelta(days=1)


def test_what_is_dated_ahead_of_a_clock_that_went_back_waits_until_its_day_comes() -> None:
    met = [
        Interaction(uid=str(at), date=day, kind=InteractionKind.MEETING, contacts=("grace",))
        for at, day in enumerate((date(2026, 3, 1), date(2026, 3, 20)))
    ]
    for today, last in ((12, 1), (19, 1), (20, 20), (25, 20)):
        found = last_contact(met, date(2026, 3, today))
        assert found is not None
        assert found.on == date(2026, 3, last)
