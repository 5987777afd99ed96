"""Calendars (iCalendar): whom the user met, called or had lunch with, by who was asked to an event.

One record is one event, task or other entry; of an event that repeats, each of its days up to the last day on which
anything in the file was changed (as much as the file knows of today), at most the last 500, or its first day where that
is ahead. An event with guests is an interaction with those who did not decline, without the user, rooms and other
things. Birthdays, tasks and what names nobody are skipped with the reason.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from relcraft.domain.agenda import HOST
from relcraft.domain.identity import email_key, name_key
from relcraft.domain.incoming import USUAL, How, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.text import clean_line
from relcraft.domain.words import Initiator, InteractionKind
from relcraft.formats.calendar_parts import Guest, Moment, Part, parts_of
from relcraft.formats.calendar_repeats import MOST_DAYS, Repeats
from relcraft.formats.decoding import decode_text
from relcraft.formats.mail.closeness import answers_nobody

_MOST_ADDED = 12
"""Guests of an event of whom none is added where they are more."""
_MOST_SUMMARY = 200
_BEGIN = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*BEGIN:(?:VCALENDAR|VEVENT|VTODO|VJOURNAL)\s", re.IGNORECASE)
_KINDS = (
    (InteractionKind.VIDEO, r"video|zoom|webex|facetime|skype|hangouts?|google meet|teams call"),
    (InteractionKind.CALL, r"call|phone|telephone|anruf|telefonat"),
    (InteractionKind.COFFEE, r"coffees?|tea|caf[eé]|kaffee"),
    (InteractionKind.LUNCH, r"lunch|brunch|mittagessen|déjeuner|almuerzo|pranzo"),
    (InteractionKind.DINNER, r"dinner|supper|abendessen|dîner|cena"),
    (InteractionKind.DRINKS, r"drinks?|beers?|pub|wine"),
)
_WORDS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _KINDS)
_BIRTHDAY = re.compile(
    r"birth-?day|anniversar|geburtstag|jahrestag|anniversaire|cumplea[nñ]os|aniversario|compleanno|verjaardag",
    re.IGNORECASE,
)
_THINGS = frozenset({"ROOM", "RESOURCE", "GROUP"})
_THINGS_HOSTS = re.compile(r"(?:.*\.)?(?:resource|group|group\.v|import)\.calendar\.google\.com|virtual", re.IGNORECASE)
_NO_GUESTS = ("DECLINED", "DELEGATED")
_ALSO_KNOWN = {
    "VTODO": "is a task, not something that took place",
    "VJOURNAL": "is an entry of a journal, which names nobody",
    "VFREEBUSY": "tells only when somebody is busy",
}
_BROKEN = "is not complete: its END line was expected"
_OURS = "was written by Relcraft, and is in the book already"
_IS_BIRTHDAY = "is a birthday or an anniversary: those are kept with the contact"
_CANCELLED = "was cancelled"
_I_DECLINED = "was declined by you"
_NO_DAY = "has no day that can be read: DTSTART was expected"
_NAMES_NOBODY = "names nobody"
_UNKNOWN_ME = "cannot be placed before it is known which addresses are your own: --me says so"
_NOT_FOLLOWED = "It repeats in a way that was not followed: its first day is kept"
_UNREADABLE_GUEST = "One of its guests cannot be read: ATTENDEE;CN=Ada:mailto:ada@example.org was expected"


class Calendar:
    """Reads the events of a calendar."""

    name = "calendar"
    title = "calendar (.ics)"

    def recognises(self, head: bytes) -> bool:
        """Whether the file begins as a calendar, or as one event or task."""
        return _BEGIN.match(head[:200] + b"\n") is not None

    def expected_rows(self, data: bytes) -> int:
        """About how many rows there are: one an entry."""
        return data.count(b"BEGIN:VEVENT") + data.count(b"BEGIN:VTODO") + 1

    def likely_mine(self, data: bytes) -> Sequence[tuple[str, int]]:
        """Return the addresses that are asked to most events: the user is asked to nearly all."""
        counts: Counter[str] = Counter()
        for part in parts_of(decode_text(data)):
            if _is_open(part):
                guests = (*part.guests("ATTENDEE"), *part.guests("ORGANIZER"))
                counts.update({email_key(each.email): 1 for each in guests if _is_person(each) and each.email})
        return counts.most_common(50)

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield a row for each entry, and for each day of one that repeats; with the line on which it begins."""
        parts = list(parts_of(decode_text(data)))
        if not parts:
            yield Skipped(file_name, "holds no event: BEGIN:VEVENT was expected")
            return
        events = _Events(parts, file_name, how.me)
        for part in parts:
            yield from events.rows(part)


class _Events:
    """The events of one file: what they say of each other, and who the user is."""

    def __init__(self, parts: Sequence[Part], file_name: str, me: Myself) -> None:
        self._file_name = file_name
        self._emails = frozenset(map(email_key, me.emails))
        self._names = frozenset(filter(None, map(name_key, me.names)))
        self._repeats = Repeats()
        repeating = any("RRULE" in part.lines for part in parts)
        stamps = (part.moment(name) for part in parts if repeating for name in ("DTSTAMP", "LAST-MODIFIED"))
        self._last = max((stamp.day for stamp in stamps if stamp is not None), default=None)
        self._moved: dict[str, list[Moment]] = {}
        for part in parts:
            moved = part.moment("RECURRENCE-ID") if "RECURRENCE-ID" in part.lines else None
            if moved is not None:
                self._moved.setdefault(part.text("UID"), []).append(moved)

    def rows(self, part: Part) -> Iterator[Row]:
        """Yield the rows of one entry."""
        where = f"{self._file_name}, line {part.line}"
        why = _why_not(part)
        if why:
            yield Skipped(where, why)
            return
        guests = _guests(part)
        mine = [guest for guest in guests if self._is_me(guest)]
        others = [guest for guest in guests if guest not in mine and guest.answer not in _NO_GUESTS]
        start = part.moment("DTSTART")
        if start is None:
            yield Skipped(where, _NO_DAY)
        elif any(guest.answer == "DECLINED" for guest in mine):
            yield Skipped(where, _I_DECLINED)
        elif not others:
            yield Skipped(where, _NAMES_NOBODY)
        elif not (self._emails or self._names):
            yield Skipped(where, _UNKNOWN_ME)
        else:
            yield from self._met(part, start, others, where)

    def _met(self, part: Part, start: Moment, others: Sequence[Guest], where: str) -> Iterator[Row]:
        summary = part.text("SUMMARY")[:_MOST_SUMMARY]
        met = Interaction(
            uid="",
            date=start.day,
            time=start.at,
            zone=start.zone if start.at is not None else "",
            kind=next((kind for kind, words in _WORDS if words.search(summary)), InteractionKind.MEETING),
            initiator=self._began(part),
            summary=summary,
        )
        people = tuple(map(_contact, others))
        days, notes = self._days(part, start)
        if any(not (guest.email or guest.name) for guest in part.guests("ATTENDEE")):
            notes = (*notes, _UNREADABLE_GUEST)
        for named, day in days:
            record = replace(met, date=day, sources=(f"calendar:{_name(part, start)}:{named.isoformat()}",))
            yield IncomingRecord(record, people, where, notes, adds_people=len(others) <= _MOST_ADDED)
        if not days:
            yield Skipped(where, "has no day left: each was moved or left out")

    def _began(self, part: Part) -> Initiator:
        organisers = part.guests("ORGANIZER")
        if not organisers:
            return Initiator.BOTH
        return Initiator.ME if self._is_me(organisers[0]) else Initiator.THEM

    def _is_me(self, guest: Guest) -> bool:
        return email_key(guest.email) in self._emails or name_key(guest.name) in self._names

    def _days(self, part: Part, start: Moment) -> tuple[list[tuple[date, date]], tuple[str, ...]]:
        """Return the days of an event, each with the one that names it: a single day that was moved keeps its name."""
        moved = part.moment("RECURRENCE-ID")
        if moved is not None:
            return [(moved.day_in(start.zone), start.day)], ()
        rules = part.lines.get("RRULE", ())
        found, notes = [start.day], list[str]()
        for line in rules[:1]:
            days = self._repeats.days(line.partition(":")[2], start.day, self._last)
            if days is None:
                notes.append(_NOT_FOLLOWED)
            else:
                found = days
        found += (more.day_in(start.zone) for more in part.moments("RDATE"))
        out = {each.day_in(start.zone) for each in part.moments("EXDATE")}
        if rules or "RDATE" in part.lines:
            out |= {each.day_in(start.zone) for each in self._moved.get(part.text("UID"), ())}
        left = sorted(set(found) - out)
        return [(day, day) for day in left[-MOST_DAYS:]], tuple(notes)


def _is_open(part: Part) -> bool:
    return not _why_not(part)


def _why_not(part: Part) -> str:
    """Return why an entry is no meeting of anybody; empty where it may be one."""
    if part.text("UID").endswith(HOST):
        return _OURS
    if part.kind in _ALSO_KNOWN:
        return _ALSO_KNOWN[part.kind]
    if not part.complete:
        return _BROKEN
    if part.method == "CANCEL" or part.text("STATUS").upper() == "CANCELLED":
        return _CANCELLED
    return _IS_BIRTHDAY if _is_birthday(part) else ""


def _is_birthday(part: Part) -> bool:
    """Whether a whole day, or a day with no guests, is somebody's birthday; a dinner on it is none."""
    if _BIRTHDAY.search(part.text("CATEGORIES")):
        return True
    if not (_BIRTHDAY.search(part.text("SUMMARY")) or _BIRTHDAY.search(part.text("UID"))):
        return False
    start = part.moment("DTSTART")
    return start is None or start.at is None or not any(map(_is_person, part.guests("ATTENDEE")))


def _is_person(guest: Guest) -> bool:
    host = guest.email.rpartition("@")[2]
    is_thing = guest.kind in _THINGS or guest.role == "NON-PARTICIPANT" or _THINGS_HOSTS.fullmatch(host[:200])
    return (
        bool(guest.email or guest.name)
        and not is_thing
        and not answers_nobody(guest.email)
        and guest.email != "unknownorganizer@calendar.google.com"
    )


def _guests(part: Part) -> list[Guest]:
    """Return everybody who was asked, and who asked them, each once."""
    found: dict[str, Guest] = {}
    for guest in (*part.guests("ATTENDEE"), *part.guests("ORGANIZER")):
        found.setdefault(email_key(guest.email) or name_key(guest.name), guest)
    return [guest for guest in found.values() if _is_person(guest)]


def _contact(guest: Guest) -> Contact:
    key = email_key(guest.email) or name_key(guest.name) or guest.name
    emails = (guest.email,) if guest.email else ()
    return Contact(uid="", name=guest.name or guest.email, emails=emails, sources=(f"calendar:{key}",))


def _name(part: Part, start: Moment) -> str:
    """Return the name of an event: its UID, or what else tells it where it has none."""
    uid = clean_line(part.text("UID"))
    if uid and len(uid) <= 120:
        return uid
    said = uid or f"{part.text('SUMMARY')}|{start.day}|{start.at}"
    return sha256(said.encode("utf-8", "replace")).hexdigest()[:32]
