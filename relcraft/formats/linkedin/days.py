"""The days and times of a LinkedIn archive, in every way that its files have written them."""

import re
from datetime import date, time

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_CLOCK = (
    r"(?:,?[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?:\s*(?P<half>[AP]M))?"
    r"(?:\s*(?P<zone>UTC|Z))?)?"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})" + _CLOCK, re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})" + _CLOCK, re.IGNORECASE)
_NAMED_MONTH = re.compile(
    r"(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3})[a-z]*\.?,?[ -](?P<year>\d{4}|\d{2})" + _CLOCK, re.IGNORECASE
)
_LONGEST = 60
_NOON = 12


def read_connected_on(text: str) -> date | None:
    """Return the day of `08 Feb 2026`, `2/8/2026` (month first), `2/8/26, 2:37 PM` or `2026/02/08 16:02:04 UTC`.

    None where it is none of these.
    """
    match = _matched(text)
    return None if match is None else _day(match)


def read_moment(text: str) -> tuple[date, time | None, str] | None:
    """Return the day, the time and its zone ("UTC", or empty where the file does not say); None where there is no day.

    Without a zone the time is left out as well: nobody knows where that clock stood.
    """
    match = _matched(text)
    day = None if match is None else _day(match)
    if match is None or day is None:
        return None
    if match["hour"] is None or not match["zone"]:
        return day, None, ""
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % _NOON + (_NOON if match["half"].upper() == "PM" else 0)
    try:
        return day, time(hour, int(match["minute"])), "UTC"
    except ValueError:
        return day, None, ""


def _matched(text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    return _YEAR_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text) or _NAMED_MONTH.fullmatch(text)


def _day(match: re.Match[str]) -> date | None:
    month, year = match["month"], int(match["year"])
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    try:
        return date(year + 2000 if year < 100 else year, number, int(match["day"]))
    except ValueError:
        return None
