"""The days of an event that repeats: found by dateutil, up to a last day, with bounds that no rule can pass."""

from collections import deque
from collections.abc import Iterator
from datetime import date, datetime

MOST_DAYS = 500
"""Of an event that repeats more often the last ones count."""
_MOST_STEPS = 500_000
"""How far all rules of a file are followed: a rule that fits no day is sought to the year 9999."""
_STEPS_A_YEAR = 48
_BY_DAYS = frozenset({"FREQ", "INTERVAL", "BYDAY", "WKST"})
_BY_MONTHS = _BY_DAYS | {"BYMONTHDAY", "BYMONTH", "BYSETPOS"}
_ENDS = frozenset({"COUNT", "UNTIL"})
_KNOWN = {"DAILY": _BY_DAYS, "WEEKLY": _BY_DAYS, "MONTHLY": _BY_MONTHS, "YEARLY": _BY_MONTHS}
_WEEKDAYS = frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"})
_LONGEST = 300
_MOST_INTERVAL = 1000


class Repeats:
    """Follows the rules of one file."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def days(self, rule: str, start: date, last: date | None) -> list[date] | None:
        """Return the days of a rule from `start` to `last`, the first of them always, at most the last `MOST_DAYS`.

        Without `last` a rule has to end by itself. None where it is not followed: by the hour, in ways that are no
        calendar's, or without an end.
        """
        said = _said(rule)
        if said is None or (last is None and not said.keys() & _ENDS):
            return None
        until = _until(said.get("UNTIL", ""))
        count = _number(said.get("COUNT", ""))
        if "UNTIL" in said and until is None:
            return None
        end = min(each for each in (until, last, date.max) if each is not None)
        found: deque[date] = deque([start], MOST_DAYS)
        for number, day in enumerate(self._matching(said, start), start=2):
            if day > end or (count and number > count):
                return list(found)
            found.append(day)
        return list(found) if self._left > 0 else None

    def _matching(self, said: dict[str, str], start: date) -> Iterator[date]:
        """Yield the days after `start` that fit a rule, until the steps are used up."""
        from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; few files need it

        bare = ";".join(f"{name}={value}" for name, value in said.items() if name not in _ENDS)
        by_months = said["FREQ"] in ("MONTHLY", "YEARLY")
        year = start.year
        if self._left <= 0:
            return
        try:
            for moment in rrulestr(bare, dtstart=datetime(start.year, start.month, start.day)):  # noqa: DTZ001 - a day
                self._left -= 1 + (_STEPS_A_YEAR * (moment.year - year) if by_months else 0)
                year = moment.year
                if moment.date() > start:
                    yield moment.date()
                if self._left <= 0:
                    return
        except (ValueError, TypeError, OverflowError, IndexError):
            return
        self._left -= _STEPS_A_YEAR * (date.max.year - year) if by_months else 0


def _said(rule: str) -> dict[str, str] | None:
    """Return the parts of a rule that can be followed without end; None for any other."""
    pairs = [part.strip().upper().partition("=") for part in rule[: _LONGEST + 1].split(";") if part.strip()]
    said = {name: value for name, _, value in pairs}
    freq = said.get("FREQ", "")
    interval = _number(said.get("INTERVAL", "1"))
    if len(rule) > _LONGEST or freq not in _KNOWN or not said.keys() <= _KNOWN[freq] | _ENDS:
        return None
    if not 1 <= interval <= _MOST_INTERVAL:
        return None
    if freq in ("DAILY", "WEEKLY") and "BYDAY" in said:
        days = said["BYDAY"].split(",")
        if not set(days) <= _WEEKDAYS or (freq == "DAILY" and interval != 1):
            return None
    return said


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _until(text: str) -> date | None:
    try:
        return datetime.strptime(text[:8], "%Y%m%d").date()  # noqa: DTZ007 - a day
    except ValueError:
        return None
