"""What differs from country to country in days: on which one a week begins, and what comes first in 3/4/2026."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from relcraft.domain.errors import BadInput
from relcraft.domain.value import Value

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = re.compile(r"([0-9]{1,2})(?:/([0-9]{1,2})|([-/.])([0-9]{1,2})\3([0-9]{4}|[0-9]{2}))")
_NO_DAYS = frozenset({"24/7"})
"""What is said of other things than days."""
_YEARS_AHEAD = 20
"""How far ahead a year of two figures may be; beyond that the century before is meant."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Customs(Value):
    """How the user counts weeks and writes days in numbers. Raises `BadInput` for a day that no week has."""

    week_start: int = 0
    """The day on which a week begins: 0 is Monday, 6 Sunday."""
    day_first: bool | None = None
    """Whether 3/4 is in April; None: nobody said so, and then it is no day at all."""

    def __post_init__(self) -> None:
        if not 0 <= self.week_start < len(WEEKDAYS):
            raise BadInput(f"A week cannot begin on day {self.week_start}: 0 (Monday) to 6 (Sunday) was expected.")

    def week_began(self, day: date) -> date:
        """Return the day on which the week of `day` began."""
        since = (day.weekday() - self.week_start) % len(WEEKDAYS)
        return day - timedelta(days=min(since, (day - date.min).days))

    def in_week_of(self, day: date, weekday: int) -> int:
        """Return how many days from `day` it is to a weekday (0 is Monday) of the same week; below 0: it was before."""
        return (weekday - self.week_start) % len(WEEKDAYS) - (day.weekday() - self.week_start) % len(WEEKDAYS)

    def left_of_week(self, day: date) -> int:
        """Return how many days there are from `day` to the last one of its week."""
        return self.in_week_of(day, (self.week_start - 1) % len(WEEKDAYS))

    def numbered(self, word: str, today: date) -> tuple[int | None, int, int] | None:
        """Return year (None where none is said), month and day of a day in numbers: "3/4", "3/4/2026", "3.4.26".

        None for anything else, and always where nobody said what comes first.
        """
        match = _NUMBERS.fullmatch(word) if self.day_first is not None and word not in _NO_DAYS else None
        if match is None:
            return None
        first, second = int(match[1]), int(match[2] or match[4])
        day, month = (first, second) if self.day_first else (second, first)
        return _year(match[5], today) if match[5] else None, month, day


def _year(figures: str, today: date) -> int:
    if len(figures) > 2:
        return int(figures)
    year = today.year // 100 * 100 + int(figures)
    return year if year <= today.year + _YEARS_AHEAD else year - 100


USUAL_CUSTOMS = Customs()
