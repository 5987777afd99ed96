"""Days in the cells of a table, in the order that the user or the other rows say.

With slashes or dashes 3/4/1990 is in March or in April: `day_first` says which; where it is None such a day is not
certain. Days with dots put the day first everywhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relcraft.domain.errors import BadInput
from relcraft.domain.records import Birthday
from relcraft.domain.text import fold

_MONTH_NAMES = (
    ("jan", "ene", "janv"),
    ("feb", "fev", "fevr"),
    ("mar", "mrz", "mars", "maerz"),
    ("apr", "avr", "abr", "avril"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aou", "ago", "aout"),
    ("sep", "sept"),
    ("oct", "okt"),
    ("nov",),
    ("dec", "dez", "dic"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_CLOCK = r"(?:[T ,]\s*\d{1,2}:\d{2}.*)?"
_YEAR_FIRST = re.compile(r"(?:(?P<year>\d{4})|-)[-/.]?(?P<month>\d{2})[-/.]?(?P<day>\d{2})" + _CLOCK, re.ASCII)
_LOOSE_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _CLOCK, re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})(?:\2\s?(\d{4}|\d{2})?)?" + _CLOCK, re.ASCII)
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?\s*(?:de\s+)?[- ]?\s*(?P<month>[a-z]{3,10})\.?"
    r"|(?P<month2>[a-z]{3,10})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)(?:,?[- ]\s*(?:de\s+)?(?P<year>\d{4}))?",
    re.ASCII,
)
_NO_YEARS = frozenset({0, 1604, 4501})
"""What programs write for a year that nobody told; 1 January 4501 is Outlook's "no day"."""
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Unclear:
    """A cell that is no day, or not certainly one."""

    why: str


def day_of(cell: str, *, day_first: bool | None) -> Birthday | Unclear | None:
    """Return the day that a cell says, its year None where it says none; None for an empty day such as 0/0/00."""
    text = cell.strip()
    if not text.strip("0/-. "):
        return None
    if text.startswith(("1/1/4501", "01/01/4501")):
        return None
    for pattern in (_YEAR_FIRST, _LOOSE_YEAR_FIRST):
        match = pattern.fullmatch(text)
        if match:
            return _day(int(match["year"] or 0), int(match["month"]), int(match["day"]), text)
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _by_order(numbers, text, day_first=day_first)
    named = _NAMED.fullmatch(fold(text)) if len(text) <= _LONGEST else None
    if named:
        month = _month(named["month"] or named["month2"])
        return _day(int(named["year"] or 0), month, int(named["day"] or named["day2"]), text)
    return _unreadable(text)


def parts_of(day: str, month: str, year: str) -> Birthday | Unclear | None:
    """Return the day of three cells, each with a number or empty; None without day and month."""
    if not day.strip("0 ") or not month.strip("0 "):
        return None
    if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in (day, month, year or "0")):
        return _unreadable(f"{year}-{month}-{day}")
    return _day(int(year or 0), int(month), int(day), f"{year}-{month}-{day}")


def tell_order(cells: Iterable[str]) -> bool | None:
    """Return whether the days in `cells` put the day first; None where none of them tells, or they disagree."""
    day_first = month_first = False
    for cell in cells:
        match = _NUMBERS.fullmatch(cell.strip())
        if match and match[2] != ".":
            day_first = day_first or int(match[1]) > 12 >= int(match[3])
            month_first = month_first or int(match[3]) > 12 >= int(match[1])
    return None if day_first == month_first else day_first


def whole_date(day: Birthday | Unclear | None) -> date | None:
    """Return a day as a date; None where it has no year."""
    if not isinstance(day, Birthday) or day.year is None:
        return None
    return date(day.year, day.month, day.day)


def _by_order(numbers: re.Match[str], text: str, *, day_first: bool | None) -> Birthday | Unclear:
    first, second = int(numbers[1]), int(numbers[3])
    year = int(numbers[4]) if numbers[4] and len(numbers[4]) == 4 else 0  # of two digits nobody knows the century
    if numbers[2] == "." or first == second or first > 12:
        return _day(year, second, first, text)
    if second > 12:
        return _day(year, first, second, text)
    if day_first is None:
        return Unclear(f'"{text[:_LONGEST]}" has the month first or the day first, which this file does not tell')
    return _day(year, second, first, text) if day_first else _day(year, first, second, text)


def _month(name: str) -> int:
    return _MONTHS.get(name[:4], 0) or _MONTHS.get(name[:3], 0)


def _day(year: int, month: int, day: int, text: str) -> Birthday | Unclear:
    try:
        return Birthday(month, day, None if year in _NO_YEARS else year)
    except BadInput:
        return _unreadable(text)


def _unreadable(text: str) -> Unclear:
    return Unclear(f'"{text[:_LONGEST]}" is no day that can be read: 1990-03-12 was expected')
