"""The components of an iCalendar file, with the lines on which they begin, and what their properties say.

Properties are read one by one by the icalendar library: one that is broken takes nothing else with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from relcraft.domain.text import clean, clean_line
from relcraft.formats.tables.people import turned_round

RECORDS = frozenset({"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"})
_WANTED = frozenset(
    {
        *("UID", "SUMMARY", "DTSTART", "DTSTAMP", "LAST-MODIFIED", "STATUS", "CATEGORIES"),
        *("ATTENDEE", "ORGANIZER", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
    }
)
_OF_CALENDAR = frozenset({"METHOD", "X-WR-TIMEZONE"})
_MOST_LINES = 2000
"""Properties of one component, and lines of one property: what is beyond is left out."""
_MOST_CHARS = 16_000
_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
_MAILTO = re.compile(r"mailto:([^\s<>\"';,:]{1,200}@[^\s<>\"';,:]{1,200})", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """One component of a calendar: its properties that are of use, unfolded."""

    kind: str
    line: int
    zone: str = ""
    """The time zone of the whole calendar, an IANA name, where it says one that is known."""
    method: str = ""
    complete: bool = False
    lines: dict[str, list[str]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the text of a property, on one line; empty where there is none or it cannot be read."""
        read = next((_parts(line) for line in self.lines.get(name, ())), None)
        return clean_line(read[1]) if read is not None else ""

    def moment(self, name: str) -> "Moment | None":
        """Return when a property says; None where it says nothing, or no date."""
        return next(iter(self.moments(name)), None)

    def moments(self, name: str) -> list["Moment"]:
        """Return every day that the properties of one name say, those that can be read."""
        found = []
        for line in self.lines.get(name, ()):
            read = _parts(line)
            if read is not None:
                params, value = read
                for each in value.split(",")[:_MOST_LINES]:
                    moment = _moment(each.partition("/")[0], params.get("TZID", ""), self.zone)
                    if moment is not None:
                        found.append(moment)
        return found

    def guests(self, name: str) -> list["Guest"]:
        """Return who stands in the properties of one name, ATTENDEE or ORGANIZER; nobody for one that is broken."""
        return list(map(_guest, self.lines.get(name, ())))


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time on the clock of a zone. `zone` is an IANA name, empty for wherever the user is."""

    day: date
    at: time | None = None
    zone: str = ""
    exact: datetime | None = None
    """The same with its zone, where that is known."""

    def day_in(self, zone: str) -> date:
        """Return the day that it is in another zone, as far as is known."""
        place = _zone_info(zone) if zone else None
        if self.exact is None or place is None:
            return self.day
        try:
            return self.exact.astimezone(place).date()
        except OverflowError:
            return self.day


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is asked to an event."""

    email: str
    name: str
    answer: str = ""
    """What they answered, in capitals: ACCEPTED, DECLINED, ..."""
    kind: str = ""
    """What they are, in capitals: INDIVIDUAL, ROOM, RESOURCE, ..."""
    role: str = ""


def parts_of(text: str) -> Iterator[Part]:
    """Yield the components that are records, in their order. What is within one, an alarm say, is left out."""
    part: Part | None = None
    inner, zone, method = 0, "", ""
    for number, line in _unfolded(text):
        name = _property_name(line)
        if name == "BEGIN":
            kind = line.partition(":")[2].strip().upper()
            if kind in RECORDS or kind == "VCALENDAR":
                if part is not None:
                    yield part
                part, inner = (Part(kind, number, zone, method), 0) if kind in RECORDS else (None, 0)
                zone, method = (zone, method) if kind in RECORDS else ("", "")
            else:
                inner += 1
        elif name == "END":
            kind = line.partition(":")[2].strip().upper()
            if part is not None and (kind in RECORDS or kind == "VCALENDAR"):
                part.complete = kind == part.kind
                yield part
                part, inner = None, 0
            else:
                inner = max(0, inner - 1)
        elif inner == 0 and part is not None and name in _WANTED:
            kept = part.lines.setdefault(name, [])
            if len(kept) < _MOST_LINES:
                kept.append(line)
        elif inner == 0 and part is None and name in _OF_CALENDAR:
            value = line.partition(":")[2].strip()
            zone, method = (known_zone(value), method) if name == "X-WR-TIMEZONE" else (zone, value.upper())
    if part is not None:
        yield part


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield the content lines with the number of their first line; empty lines between are left out."""
    begun, pieces, length = 0, list[str](), 0
    for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1):
        if not line.strip():
            continue
        if line[0] in " \t" and pieces:
            if length < _MOST_CHARS:
                pieces.append(line[1:])
                length += len(line)
            continue
        if pieces:
            yield begun, "".join(pieces)[:_MOST_CHARS]
        begun, pieces, length = number, [line], len(line)
    if pieces:
        yield begun, "".join(pieces)[:_MOST_CHARS]


def _property_name(line: str) -> str:
    match = _NAME.match(line.lstrip())
    return match[0].upper() if match else ""


def _parts(line: str) -> tuple[dict[str, str], str] | None:
    """Return the parameters and the value of a content line; None where it is broken."""
    name, colon, plain = line.partition(":")
    if colon and ";" not in name and "\\" not in plain:  # most are so plain that they need no parser
        return {}, plain
    from icalendar.parser import Contentline  # noqa: PLC0415 - it takes as long to load as all the rest of a command

    try:
        content = Contentline(clean(line).replace("\n", " "))  # type: ignore[no-untyped-call]  # as icalendar has it
        _name, params, value = content.parts()
    except (ValueError, AssertionError, IndexError, KeyError):
        return None
    return {str(key).upper(): _first(found) for key, found in params.items()}, str(value)


def _first(value: object) -> str:
    return str(next(iter(value), "")) if isinstance(value, list | tuple) else str(value)


def _moment(value: str, tzid: str, zone: str) -> Moment | None:
    from icalendar.prop import vDDDTypes  # noqa: PLC0415 - as above

    try:
        read = vDDDTypes.from_ical(value.strip())  # type: ignore[no-untyped-call]  # as above
    except (ValueError, KeyError, OverflowError, TypeError):
        return None
    if isinstance(read, datetime):
        if read.tzinfo is not None:
            return _in_zone(read.astimezone(UTC), zone)
        name = known_zone(tzid)
        place = _zone_info(name) if name else None
        exact = read.replace(tzinfo=place) if place is not None else None
        return Moment(read.date(), _minutes(read), name, exact)
    return Moment(read) if isinstance(read, date) else None


def _in_zone(moment: datetime, zone: str) -> Moment:
    """Return a moment of world time on the clocks of the calendar's zone, where it says one."""
    place = _zone_info(zone) if zone else None
    try:
        local = moment if place is None else moment.astimezone(place)
    except OverflowError:
        local, zone = moment, ""
    return Moment(local.date(), _minutes(local), zone or "UTC", moment)


def _minutes(moment: datetime) -> time:
    return time(moment.hour, moment.minute)


@lru_cache(maxsize=1000)
def known_zone(name: str) -> str:
    """Return the IANA name of a time zone, which programs write in several ways; empty for one that is not known."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - as above

    plain = name.strip().strip('"')[:200]
    plain = WINDOWS_TO_OLSON.get(plain, plain)
    pieces = plain.strip("/").split("/")
    for length in (len(pieces), 3, 2):  # "/mozilla.org/20050126_1/Europe/Berlin"
        tail = "/".join(pieces[-length:])
        if tail and _zone_info(tail) is not None:
            return tail
    return ""


@lru_cache(maxsize=1000)
def _zone_info(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # how zoneinfo says that there is no such zone
        return None


def _guest(line: str) -> Guest:
    read = _parts(line)
    if read is None:
        found = _MAILTO.search(line)
        return Guest(clean_line(found[1]) if found else "", "")
    params, value = read
    value = clean_line(value)
    bare = value if "@" in value and ":" not in value else ""  # some programs leave out mailto:
    email = unquote(value[7:]) if value[:7].lower() == "mailto:" else params.get("EMAIL", "") or bare
    email = "".join(clean_line(email).split())[:320]
    name = clean_line(params.get("CN", "")).strip("'\" ")[:120]
    if "@" not in email:
        email = name if "@" in name and " " not in name else ""
    said = [params.get(key, "").upper() for key in ("PARTSTAT", "CUTYPE", "ROLE")]
    return Guest(email, "" if "@" in name else turned_round(name), *said)
