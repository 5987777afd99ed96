"""The one reader of the clock: the present moment, or one on a day that the user pretends."""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

Clock = Callable[[], datetime]


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9998, 12, 31)
"""Between them every time zone has every moment, and the years around them."""


def present() -> datetime:
    """Return now, aware, in the user's zone, which may be another one than a moment ago: laptops travel."""
    time.tzset()
    return datetime.now().astimezone()


def clock_on(day: date | None) -> Clock:
    """Return a clock; with `day` it shows that day and the present time of day, and goes on to the next at midnight.

    `day` is from `FIRST_DAY` to `LAST_DAY`.
    """
    if day is None:
        return present
    away = day - present().date()
    return lambda: shifted(present(), away)


def shifted(moment: datetime, by: timedelta) -> datetime:
    """Return `moment` moved by whole days, at the same time on the wall.

    Where the clocks skip that time, it is as much later as they skip; where they show it twice, it is the first one.
    """
    wall = moment.replace(tzinfo=None, fold=0) + by
    first, second = wall.astimezone(), wall.replace(fold=1).astimezone()
    return first if first.replace(tzinfo=None) == wall else max(first, second)
