"""The one reader of the clock: the present moment, or one on a day that the user pretends."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

Clock = Callable[[], datetime]


def present() -> datetime:
    """Return now, aware, in the user's zone."""
    return datetime.now().astimezone()


def clock_on(day: date | None) -> Clock:
    """Return a clock; with `day` it shows that day and the present time of day, and goes on to the next at midnight."""
    if day is None:
        return present
    away = day - present().date()
    return lambda: shifted(present(), away)


def shifted(moment: datetime, by: timedelta) -> datetime:
    """Return `moment` moved by whole days, at the same time on the wall. Stops at the ends of the calendar."""
    try:
        return (moment.replace(tzinfo=None) + by).astimezone()
    except (OverflowError, ValueError):
        return moment
