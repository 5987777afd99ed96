"""The iCalendar format, outwards: follow-ups as to-dos, birthdays and plans as events, by the icalendar library.

The same items give the same bytes, and every item keeps its UID: a program that reads them again finds what it knew.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from relcraft.domain.agenda import Anniversary, Item, Plan, Promise

if TYPE_CHECKING:
    from icalendar import Calendar, Component

_PROGRAM = "-//Relcraft//Relcraft//EN"
_YEARLESS = 1972
"""Where birthdays without a year begin: a leap year, and one that no calendar program takes for too early."""
_NOON = time(12, tzinfo=UTC)
"""A to-do is completed at a moment; at this one it is the same day nearly everywhere."""


def export_ics(items: Iterable[Item]) -> bytes:
    """Return one calendar with all of the items."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Relcraft")
    for item in items:
        calendar.add_component(_component(item))
    return _written(calendar)


def export_items(items: Iterable[Item]) -> dict[str, bytes]:
    """Return a calendar for each item, by its UID: what a folder with one file an item holds."""
    return {item.uid: _alone(item) for item in items}


def _alone(item: Item) -> bytes:
    calendar = _calendar()
    calendar.add_component(_component(item))
    return _written(calendar)


def _written(calendar: "Calendar") -> bytes:
    return bytes(calendar.to_ical(sorted=False))


def _calendar() -> "Calendar":
    from icalendar import Calendar  # noqa: PLC0415 - it takes as long to load as all the rest of a command

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PROGRAM)
    return calendar


def _component(item: Item) -> "Component":
    match item:
        case Promise():
            component = _to_do(item)
        case Anniversary():
            component = _birthday(item)
        case Plan():
            component = _plan(item)
        case _:
            raise AssertionError(f"A {type(item).__name__} has no place in a calendar.")
    component.add("uid", item.uid)
    component.add("summary", item.title)
    changed = item.updated.astimezone(UTC).replace(microsecond=0)
    component.add("dtstamp", changed)  # what RFC 5545 says of it where nothing is sent to anybody
    component.add("last-modified", changed)
    return component


def _to_do(item: Promise) -> "Component":
    from icalendar import Todo  # noqa: PLC0415 - as above

    to_do = Todo()
    to_do.add("due", item.due)
    if item.done_on is None:
        to_do.add("status", "NEEDS-ACTION")
    else:
        to_do.add("status", "COMPLETED")
        to_do.add("percent-complete", 100)
        to_do.add("completed", datetime.combine(item.done_on, _NOON))
    return to_do


def _birthday(item: Anniversary) -> "Component":
    from icalendar import Event  # noqa: PLC0415 - as above

    event, born = Event(), item.birthday
    event.add("dtstart", date(_YEARLESS if born.year is None else born.year, born.month, born.day))
    last_of_february = {"bymonth": 2, "bymonthday": -1} if (born.month, born.day) == (2, 29) else {}
    event.add("rrule", {"freq": "yearly", **last_of_february})
    event.add("transp", "TRANSPARENT")
    event.add("categories", ["Birthday"])
    return event


def _plan(item: Plan) -> "Component":
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("dtstart", item.day if item.time is None else _moment(item.day, item.time, item.zone))
    if item.text:
        event.add("description", item.text)
    return event


def _moment(day: date, at: time, zone: str) -> datetime:
    """Return a moment in UTC where its zone is known; else that time on the wall, wherever the user is."""
    wall = datetime.combine(day, at.replace(tzinfo=None, second=0, microsecond=0))
    try:
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if zone else wall
    except (KeyError, ValueError, OSError, OverflowError):  # how zoneinfo says that there is no such zone
        return wall
