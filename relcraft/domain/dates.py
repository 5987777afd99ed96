"""Days as people say them: reading the phrases of a line, and telling a day back. The one user of pendulum.

Names are English and our own, so that no locale changes them. pendulum is loaded only where months are counted or a
time zone is asked for, since loading it takes longer than most commands.

Where a phrase leaves room, these are the choices:

- a bare weekday is the past one for what took place (today counts), and the coming one for what is promised (today
  does not: who means today says so);
- "last fri" is before today and "next fri" after it, at most a week away; "this fri" is the one of this week, which
  begins on Monday, unless the user's customs say otherwise;
- "12 mar" without a year is the nearest past one for what took place, the nearest coming one for what is promised;
  today counts for both. Within a month from today the coming one is meant all the same: on 23 November, dinner on
  "5 dec" is a plan;
- a promise reads "this week" (its last day), "next week", "next month" and "next year" (the same day of those), and no
  phrase that looks back ("3d ago" stays text);
- a weekday before a full date ("Fri 27 Nov") is read over: day and month count, and the echo shows the real weekday;
- a bare month and a bare number are never a date; nor is an all-number one other than 2026-03-12, unless the user's
  customs say whether day or month comes first: then "3/4/2026" is one, and "3/4" where no text stands before it.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.text import fold

Date = date
Time = time

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAY = {name.lower()[:length]: at for at, name in enumerate(_WEEKDAYS) for length in (3, len(name))}
_WEEKDAY |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_MONTH = {name.lower()[:length]: at for at, name in enumerate(_MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
_ALSO_WORDS = frozenset({"sat", "sun", "wed"})
"""Weekdays that are words, too: in running text they count only with a capital, or after "on", "last" or "next"."""
_UNIT = {
    **dict.fromkeys(("d", "day", "days"), "days"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "weeks"),
    **dict.fromkeys(("m", "mo", "mth", "mths", "month", "months"), "months"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "years"),
}
_DAYS_OF = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBER = {name: at for at, name in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1}
_NEAR_DAYS = {
    ("today",): 0,
    ("tonight",): 0,
    ("tomorrow",): 1,
    ("yesterday",): -1,
    ("last", "night"): -1,
    ("the", "day", "before", "yesterday"): -2,
    ("day", "before", "yesterday"): -2,
    ("the", "day", "after", "tomorrow"): 2,
    ("day", "after", "tomorrow"): 2,
}
_DAY_BEGINNINGS = frozenset({*(said[0] for said in _NEAR_DAYS), "on", "in", "last", "next", "this", "half"})
_ISO = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_DAY_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_GLUED_SPAN = re.compile(r"([0-9]{1,4})([a-z]+)")
_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)?")
_AFTER = ".,;:!?)"
_FARTHEST_DAYS = 36_500
_LEAP_CYCLE = 8
_SOON_DAYS = 31
"""How near ahead a day without a year must be to be meant although the line tells what took place."""
_RECENT_DAYS = 180

Found = tuple[Date, int]
"""A day, and how many words named it."""


def read_day(text: str, today: Date, *, ahead: bool, customs: Customs = USUAL_CUSTOMS) -> Date | None:
    """Return the day that the whole of `text` names, or None. `ahead`: it is something promised, not something past.

    A promise may also be a bare span: "2w" is in two weeks.
    """
    words = text.split()
    found = leading_day(words, today, ahead=ahead, customs=customs)
    if found is None and ahead:
        found = leading_day(["in", *words], today, ahead=True)
        words = ["in", *words]
    return found[0] if found is not None and found[1] == len(words) else None


def leading_day(
    words: Sequence[str], today: Date, *, ahead: bool, running: bool = False, customs: Customs = USUAL_CUSTOMS
) -> Found | None:
    """Return the day that the first of `words` name and how many they are, the longest reading, or None.

    `running`: the words stand in the middle of a text, where "sat", "sun", "wed" and "3/4" are more likely no days.
    """
    if not words or not _may_begin_a_day(words[0]):
        return None
    plain = tuple(fold(word) for word in words[:7])
    skip = 1 if plain[0] == "on" else 0
    rest = plain[skip:]
    in_text = running and not skip
    found = [_dated(rest, today, ahead=ahead), _in_numbers(rest, today, customs, ahead=ahead, in_text=in_text)]
    if not (in_text and plain[0].rstrip(_AFTER) in _ALSO_WORDS and words[0][0].islower()):
        found.append(_weekday(rest, today, customs, ahead=ahead))
    if not skip:
        found += [_near_day(rest, today, customs, ahead=ahead), _counted(rest, today, ahead=ahead)]
    best = max((reading for reading in found if reading), key=lambda reading: reading[1], default=None)
    return None if best is None else (best[0], best[1] + skip)


def leading_time(words: Sequence[str]) -> tuple[Time, int] | None:
    """Return the time of day that "at 14:30" or "at 2pm" at the start of `words` names, and how many words; or None."""
    if len(words) < 2 or words[0].lower() != "at":
        return None
    clock, count = words[1].lower().rstrip(_AFTER), 2
    if clock == words[1].lower() and len(words) > 2 and words[2].lower().rstrip(_AFTER) in ("am", "pm"):
        clock, count = clock + words[2].lower().rstrip(_AFTER), 3
    match = _CLOCK.fullmatch(clock)
    if match is None or not (match[2] or match[3]):
        return None
    hour = int(match[1])
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    minute = int(match[2] or 0)
    return (time(hour, minute), count) if hour < 24 and minute < 60 else None


def leading_cadence(words: Sequence[str], *, glued: bool = False) -> tuple[int, int] | None:
    """Return the days that "every 6w" or "every 2 weeks" at the start of `words` means, and how many words; or None.

    It takes a number in digits: "she runs every day" says nothing about a cadence. `glued`: "every 6w" alone counts.
    A month is 30 days, a year 365.
    """
    if len(words) < 2 or words[0].lower() != "every":
        return None
    span = _span(tuple(word.lower() for word in words[1:3]))
    if span is None or (glued and span[2] > 1) or not words[1][0].isdigit():
        return None
    number, unit, count = span
    days = number * _DAYS_OF[unit]
    return (days, count + 1) if 0 < days <= _FARTHEST_DAYS else None


def tell_day(day: Date, today: Date) -> str:
    """Return `day` in at most nine letters, as people say dates.

    today, yesterday, tomorrow; "Fri" for the last six days and "next Fri" for the next six; "12 Mar" in this year or
    within 180 days, unless that day comes again within a month; else "Mar 2024". Where it names one day, `read_day`
    with `ahead=day > today` reads that day back.
    """
    away = (day - today).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}.get(away)
    if near is not None:
        return near
    if abs(away) < 7:
        return ("next " if away > 0 else "") + _WEEKDAYS[day.weekday()][:3]
    if (day.year == today.year and away > _SOON_DAYS - 365) or abs(away) <= _RECENT_DAYS:
        return f"{day.day} {_MONTHS[day.month - 1][:3]}"
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def tell_day_fully(day: Date) -> str:
    """Return `day` with nothing left to guess: "Fri 27 Nov 2026"."""
    return f"{_WEEKDAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def tell_short(day: Date, today: Date) -> str:
    """Return `day` as an echo tells it: "Fri 27 Nov", with the year where it is not this year."""
    full = tell_day_fully(day)
    return full.rpartition(" ")[0] if day.year == today.year else full


def tell_when(day: Date, today: Date) -> str:
    """Return when a past `day` was, for a sentence: "last seen " + "yesterday", "on Friday", "3 weeks ago", "in March".

    Eleven months back and more, the month comes with its year. A day ahead is told as "on Fri 27 Nov".
    """
    ago = (today - day).days
    if ago < 0:
        return "tomorrow" if ago == -1 else f"on {tell_short(day, today)}"
    if ago < 2:
        return tell_day(day, today)
    if ago < 7:
        return f"on {_WEEKDAYS[day.weekday()]}"
    if ago < 32:
        return f"{tell_span(ago)} ago"
    month = _MONTHS[day.month - 1]
    return f"in {month}" if ago < 335 else f"in {month} {day.year}"


def tell_span(days: int) -> str:
    """Return a number of days in the unit that people would use: "1 day", "3 weeks", "5 months", "2 years"."""
    scales = ((14, 1, "day"), (61, 7, "week"), (700, 30.4, "month"))
    length, unit = next(((length, unit) for limit, length, unit in scales if days < limit), (365.25, "year"))
    number = round(days / length)
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def tell_cadence(days: int) -> str:
    """Return how often `days` means: "every 30 days", "every 6 weeks", "every day"; whole weeks are told in weeks."""
    if days >= 14 and days % 7 == 0:
        return f"every {days // 7} weeks"
    return "every week" if days == 7 else "every day" if days == 1 else f"every {days} days"


def time_in(zone: str, now: datetime) -> datetime | None:
    """Return `now` (aware) as the clocks show it in `zone` (an IANA name), or None where no such zone is known."""
    import pendulum  # noqa: PLC0415 - takes 40 ms, which few commands need
    from pendulum.tz.exceptions import InvalidTimezone  # noqa: PLC0415 - as above

    try:
        return now.astimezone(pendulum.timezone(zone)) if zone else None
    except (InvalidTimezone, ValueError, OSError):
        return None


def _may_begin_a_day(word: str) -> bool:
    if word[0].isdigit():
        return True
    plain = fold(word).rstrip(_AFTER)
    starts = plain in _WEEKDAY or plain in _MONTH or plain in _NUMBER
    return starts or plain in _DAY_BEGINNINGS


def _near_day(words: tuple[str, ...], today: Date, customs: Customs, *, ahead: bool) -> Found | None:
    """Read "today", "yesterday", "the day before yesterday"; for a promise also "this week" and "next week"."""
    for said in (_ended(words[:length]) for length in (4, 3, 2, 1)):
        days = _NEAR_DAYS.get(said)
        if days is not None and not (ahead and days < 0):
            return _moved(today, days, "days", len(said))
        if ahead and len(said) == 2 and said[0] == "next" and said[1] in ("week", "month", "year"):
            return _moved(today, 1, _UNIT[said[1]], 2)
        if ahead and said == ("this", "week"):
            return _moved(today, customs.left_of_week(today), "days", 2)
    return None


def _counted(words: tuple[str, ...], today: Date, *, ahead: bool) -> Found | None:
    """Read "3d ago", "two weeks ago", "half a year ago", "in 3 days"."""
    coming = words[0] == "in"
    span = _span(words[1:] if coming else words)
    if span is None:
        return None
    number, unit, count = span
    if coming:
        return _moved(today, number, unit, count + 1)
    if ahead or _ended(words[count : count + 1]) != ("ago",):
        return None
    return _moved(today, -number, unit, count + 1)


def _span(words: tuple[str, ...]) -> tuple[int, str, int] | None:
    """Read "3d", "3 days", "two weeks", "a couple of weeks", "half a year": number, unit, and how many words.

    Punctuation may end it.
    """
    ended = _ended(words[:1])
    if not ended:
        return None
    if _ended(words[:3]) == ("half", "a", "year"):
        return 6, "months", 3
    if words[:3] == ("a", "couple", "of"):
        unit = _UNIT.get("".join(_ended(words[3:4])))
        return None if unit is None else (2, unit, 4)
    match = _GLUED_SPAN.fullmatch(ended[0])
    if match and match[2] in _UNIT:
        return int(match[1]), _UNIT[match[2]], 1
    unit = _UNIT.get("".join(_ended(words[1:2])))
    number = int(words[0]) if re.fullmatch("[0-9]{1,4}", words[0]) else _NUMBER.get(words[0])
    return None if unit is None or number is None else (number, unit, 2)


def _weekday(words: tuple[str, ...], today: Date, customs: Customs, *, ahead: bool) -> Found | None:
    """Read "fri", "last fri", "next fri", "this fri"."""
    said = words[0] if words and words[0] in ("last", "next", "this") else ""
    at = 1 if said else 0
    weekday = _WEEKDAY.get("".join(_ended(words[at : at + 1])))
    if weekday is None or (ahead and said == "last"):
        return None
    back = (today.weekday() - weekday) % 7
    if said == "this":
        days = customs.in_week_of(today, weekday)
    elif said == "last":
        days = -(back or 7)
    elif said == "next" or ahead:
        days = 7 - back
    else:
        days = -back
    return _moved(today, days, "days", at + 1)


def _dated(words: tuple[str, ...], today: Date, *, ahead: bool) -> Found | None:
    """Read "2026-03-12", "12 mar", "12th of march 2026", "mar 12, 2026", each after a weekday or not."""
    weekday = 1 if len(words) > 2 and words[0].rstrip(",.") in _WEEKDAY else 0
    words = words[weekday:]
    said = _ended(words[:1])
    if said and _ISO.fullmatch(said[0]):
        year, month, day = map(int, said[0].split("-"))
        return _found(year, month, day, weekday + 1)
    read = _day_and_month(words)
    if read is None:
        return None
    day, month, count = read
    year_word = _ended(words[count : count + 1])
    if (
        year_word
        and re.fullmatch("[0-9]{4}", year_word[0])
        and words[count - 1].rstrip(",") == words[count - 1].rstrip(_AFTER)
    ):
        return _found(int(year_word[0]), month, day, weekday + count + 1)
    return _nearest(month, day, today, ahead=ahead, count=weekday + count)


def _in_numbers(words: tuple[str, ...], today: Date, customs: Customs, *, ahead: bool, in_text: bool) -> Found | None:
    """Read "3/4/2026" and, where no text stands before it, "3/4", in the order that the customs say."""
    said = customs.numbered("".join(_ended(words[:1])), today)
    if said is None or (in_text and said[0] is None):
        return None
    year, month, day = said
    return _nearest(month, day, today, ahead=ahead, count=1) if year is None else _found(year, month, day, 1)


def _day_and_month(words: tuple[str, ...]) -> tuple[int, int, int] | None:
    """Return day, month and how many words "12 mar", "12th of march" or "mar 12" are; "april 3 weeks" is neither."""
    of = 1 if len(words) > 2 and words[1] == "of" else 0
    first, second = words[0] if words else "", "".join(_ended(words[1 + of : 2 + of]))
    number = _DAY_NUMBER.fullmatch(first)
    if number and second in _MONTH:
        return int(number[1]), _MONTH[second], 2 + of
    number = _DAY_NUMBER.fullmatch(second)
    if number and not of and first.rstrip(".") in _MONTH and "".join(_ended(words[2:3])) not in _UNIT:
        return int(number[1]), _MONTH[first.rstrip(".")], 2
    return None


def _nearest(month: int, day: int, today: Date, *, ahead: bool, count: int) -> Found | None:
    coming = _on_side(month, day, today, step=1, count=count)
    if ahead or (coming is not None and (coming[0] - today).days <= _SOON_DAYS):
        return coming
    return _on_side(month, day, today, step=-1, count=count)


def _on_side(month: int, day: int, today: Date, *, step: int, count: int) -> Found | None:
    """Return the nearest such day from today on (`step` 1) or back (`step` -1)."""
    for years in range(_LEAP_CYCLE + 1):
        found = _found(today.year + step * years, month, day, count)
        if found and (found[0] >= today if step > 0 else found[0] <= today):
            return found
    return None


def _found(year: int, month: int, day: int, count: int) -> Found | None:
    try:
        return date(year, month, day), count
    except ValueError:
        return None


def _moved(today: Date, number: int, unit: str, count: int) -> Found | None:
    if unit in ("days", "weeks"):
        try:
            return today + timedelta(**{unit: number}), count
        except OverflowError:
            return None
    import pendulum  # noqa: PLC0415 - takes 40 ms, which few lines need

    try:
        moved = pendulum.date(today.year, today.month, today.day).add(**{unit: number})
    except (ValueError, OverflowError):
        return None
    return date(moved.year, moved.month, moved.day), count


def _ended(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return `words` without the punctuation after the last of them."""
    return (*words[:-1], words[-1].rstrip(_AFTER)) if words else ()
