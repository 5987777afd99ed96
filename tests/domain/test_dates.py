"""Days as people say them."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.dates import (
    Date,
    leading_cadence,
    leading_day,
    leading_time,
    read_day,
    tell_cadence,
    tell_day,
    tell_day_fully,
    tell_short,
    tell_span,
    tell_when,
    time_in,
)

SUNDAY = Date(2026, 11, 22)
WEDNESDAY = Date(2026, 11, 18)
days = st.dates(min_value=Date(1900, 1, 1), max_value=Date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "past", "ahead"),
    [
        ("today", "2026-11-22", "2026-11-22"),
        ("tonight", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-21", None),
        ("last night", "2026-11-21", None),
        ("tomorrow", "2026-11-23", "2026-11-23"),
        ("the day before yesterday", "2026-11-20", None),
        ("day before yesterday", "2026-11-20", None),
        ("the day after tomorrow", "2026-11-24", "2026-11-24"),
        ("the day", None, None),
        ("half a year ago", "2026-05-22", None),
        ("in half a year", "2027-05-22", "2027-05-22"),
        ("half a day ago", None, None),
        ("a couple of weeks ago", "2026-11-08", None),
        ("a couple of people", None, None),
        ("3d ago", "2026-11-19", None),
        ("3 days ago", "2026-11-19", None),
        ("2 weeks ago", "2026-11-08", None),
        ("two weeks ago", "2026-11-08", None),
        ("a month ago", "2026-10-22", None),
        ("9 months ago", "2026-02-22", None),
        ("a year ago", "2025-11-22", None),
        ("in 3 days", "2026-11-25", "2026-11-25"),
        ("in a week", "2026-11-29", "2026-11-29"),
        ("in 2 months", "2027-01-22", "2027-01-22"),
        ("2w", None, "2026-12-06"),
        ("3 days", None, "2026-11-25"),
        ("next week", None, "2026-11-29"),
        ("next month", None, "2026-12-22"),
        ("12 mar", "2026-03-12", "2027-03-12"),
        ("mar 12", "2026-03-12", "2027-03-12"),
        ("12th of March", "2026-03-12", "2027-03-12"),
        ("on 1st june", "2026-06-01", "2027-06-01"),
        ("22 nov", "2026-11-22", "2026-11-22"),
        ("23 nov", "2026-11-23", "2026-11-23"),
        ("23 dec", "2026-12-23", "2026-12-23"),
        ("24 dec", "2025-12-24", "2026-12-24"),
        ("29 feb", "2024-02-29", "2028-02-29"),
        ("12 march 2026", "2026-03-12", "2026-03-12"),
        ("March 12, 2026", "2026-03-12", "2026-03-12"),
        ("2026-03-12", "2026-03-12", "2026-03-12"),
        ("Fri 27 Nov 2026", "2026-11-27", "2026-11-27"),
        ("yesterday,", "2026-11-21", None),
        ("march", None, None),
        ("may", None, None),
        ("12", None, None),
        ("2026", None, None),
        ("12.3.2026", None, None),
        ("12/3", None, None),
        ("24/7", None, None),
        ("31 feb", None, None),
        ("2026-02-30", None, None),
        ("9999 years ago", None, None),
        ("in 9999 years", None, None),
        ("april 3 weeks", None, None),
        ("², ago", None, None),
        ("", None, None),
        ("   ", None, None),
        ("someday", None, None),
    ],
)
def test_a_phrase_names_a_day(text: str, past: str | None, ahead: str | None) -> None:
    told = [
        day and day.isoformat() for day in (read_day(text, SUNDAY, ahead=False), read_day(text, SUNDAY, ahead=True))
    ]
    assert told == [past, ahead]


@pytest.mark.parametrize(
    ("text", "past", "ahead"),
    [
        ("wed", "2026-11-18", "2026-11-25"),
        ("Wednesday", "2026-11-18", "2026-11-25"),
        ("tue", "2026-11-17", "2026-11-24"),
        ("tues", "2026-11-17", "2026-11-24"),
        ("thu", "2026-11-12", "2026-11-19"),
        ("on thursday", "2026-11-12", "2026-11-19"),
        ("last wed", "2026-11-11", None),
        ("last thu", "2026-11-12", None),
        ("last tue", "2026-11-17", None),
        ("next wed", "2026-11-25", "2026-11-25"),
        ("next thu", "2026-11-19", "2026-11-19"),
        ("next tue", "2026-11-24", "2026-11-24"),
        ("this mon", "2026-11-16", "2026-11-16"),
        ("this sun", "2026-11-22", "2026-11-22"),
        ("sat", "2026-11-14", "2026-11-21"),
        ("next sunday", "2026-11-22", "2026-11-22"),
        ("weds", "2026-11-18", "2026-11-25"),
        ("wednesdays", None, None),
    ],
)
def test_on_a_wednesday_a_weekday_is(text: str, past: str, ahead: str | None) -> None:
    told = [read_day(text, WEDNESDAY, ahead=False), read_day(text, WEDNESDAY, ahead=True)]
    assert [day and day.isoformat() for day in told] == [past, ahead]


@given(days, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_at_most_a_week_away(today: Date, name: str) -> None:
    past, ahead = read_day(name, today, ahead=False), read_day(name, today, ahead=True)
    assert past is not None
    assert ahead is not None
    assert 0 <= (today - past).days < 7
    assert 0 < (ahead - today).days <= 7
    assert past.weekday() == ahead.weekday() == ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].index(name)


def test_words_that_are_also_weekdays_stay_words_in_running_text() -> None:
    assert leading_day(["sat", "outside"], SUNDAY, ahead=False, running=True) is None
    assert leading_day(["sun"], SUNDAY, ahead=False, running=True) is None
    assert leading_day(["Sat"], SUNDAY, ahead=False, running=True) == (Date(2026, 11, 21), 1)
    assert leading_day(["last", "sat"], SUNDAY, ahead=False, running=True) == (Date(2026, 11, 21), 2)
    assert leading_day(["friday"], SUNDAY, ahead=False, running=True) == (Date(2026, 11, 20), 1)


def test_the_longest_reading_counts() -> None:
    assert leading_day(["fri", "20", "nov", "2026", "at", "noon"], SUNDAY, ahead=False) == (Date(2026, 11, 20), 4)
    assert leading_day(["12", "mar,", "2026", "people"], SUNDAY, ahead=False) == (Date(2026, 3, 12), 3)
    assert leading_day(["12", "mar.", "2026", "people"], SUNDAY, ahead=False) == (Date(2026, 3, 12), 2)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("at 14:30", (time(14, 30), 2)),
        ("at 9:05, then", (time(9, 5), 2)),
        ("at 2pm", (time(14), 2)),
        ("at 2:30 pm", (time(14, 30), 3)),
        ("at 12am", (time(0), 2)),
        ("at 12pm", (time(12), 2)),
        ("at 14", None),
        ("at 25:00", None),
        ("at 13pm", None),
        ("at Acme", None),
        ("14:30", None),
        ("at", None),
    ],
)
def test_a_time_of_day_follows_at(text: str, read: tuple[time, int] | None) -> None:
    assert leading_time(text.split()) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("every 6w", (42, 2)),
        ("every 30 days", (30, 3)),
        ("every 2 months", (60, 3)),
        ("every 1y", (365, 2)),
        ("every day", None),
        ("every two weeks", None),
        ("every 0d", None),
        ("every 9999 years", None),
        ("every 6", None),
        ("every", None),
    ],
)
def test_a_cadence_takes_a_number(text: str, read: tuple[int, int] | None) -> None:
    assert leading_cadence(text.split()) == read


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-22", "today"),
        ("2026-11-21", "yesterday"),
        ("2026-11-23", "tomorrow"),
        ("2026-11-20", "Fri"),
        ("2026-11-16", "Mon"),
        ("2026-11-15", "15 Nov"),
        ("2026-11-27", "next Fri"),
        ("2026-11-29", "29 Nov"),
        ("2026-01-03", "3 Jan"),
        ("2027-01-03", "3 Jan"),
        ("2025-12-31", "Dec 2025"),
        ("2027-11-22", "Nov 2027"),
        ("2024-03-12", "Mar 2024"),
    ],
)
def test_a_day_is_told_as_people_say_it(day: str, told: str) -> None:
    assert tell_day(Date.fromisoformat(day), SUNDAY) == told


def test_in_january_last_december_has_no_year() -> None:
    assert tell_day(Date(2025, 12, 31), Date(2026, 1, 10)) == "31 Dec"


def test_a_day_is_told_in_full_and_for_an_echo() -> None:
    assert tell_day_fully(Date(2026, 11, 27)) == "Fri 27 Nov 2026"
    assert tell_short(Date(2026, 11, 27), SUNDAY) == "Fri 27 Nov"
    assert tell_short(Date(2025, 12, 3), SUNDAY) == "Wed 3 Dec 2025"


@given(days, days)
def test_a_day_that_was_told_in_full_is_read_back(day: Date, today: Date) -> None:
    for ahead in (True, False):
        assert read_day(tell_day_fully(day), today, ahead=ahead) == day


@given(days, st.integers(min_value=-180, max_value=180))
def test_a_near_day_that_was_told_is_read_back(today: Date, away: int) -> None:
    day = today + timedelta(days=away)
    told = tell_day(day, today)
    assert len(told) <= 9
    assert read_day(told, today, ahead=away > 0) == day


@given(st.text(max_size=30), st.booleans())
def test_no_text_breaks_the_reading_of_days(text: str, ahead: bool) -> None:
    day = read_day(text, SUNDAY, ahead=ahead)
    assert day is None or isinstance(day, Date)


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "on Friday"),
        (6, "on Monday"),
        (7, "7 days ago"),
        (20, "3 weeks ago"),
        (40, "in October"),
        (250, "in March"),
        (360, "in November 2025"),
        (900, "in June 2024"),
        (-1, "tomorrow"),
        (-5, "on Fri 27 Nov"),
    ],
)
def test_a_sentence_says_when_it_was(ago: int, told: str) -> None:
    assert tell_when(SUNDAY - timedelta(days=ago), SUNDAY) == told


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (21, "3 weeks"),
        (60, "9 weeks"),
        (61, "2 months"),
        (365, "12 months"),
        (699, "23 months"),
        (730, "2 years"),
        (3653, "10 years"),
    ],
)
def test_a_span_is_told_in_the_unit_that_fits(number: int, told: str) -> None:
    assert tell_span(number) == told


def test_a_cadence_is_told_as_it_is_typed() -> None:
    assert [tell_cadence(number) for number in (1, 7, 30, 42)] == [
        "every day",
        "every week",
        "every 30 days",
        "every 6 weeks",
    ]


def test_the_clocks_elsewhere() -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    berlin = time_in("Europe/Berlin", now)
    assert berlin is not None
    assert (berlin.hour, berlin.utcoffset()) == (13, timedelta(hours=1))


@pytest.mark.parametrize("zone", ["", "Middle/Earth", "../etc/passwd", "/etc/passwd", "Europe", "a\0b"])
def test_an_unknown_zone_has_no_clock(zone: str) -> None:
    assert time_in(zone, datetime(2026, 11, 22, tzinfo=UTC)) is None
