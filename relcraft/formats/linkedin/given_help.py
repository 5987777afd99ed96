"""Recommendations and endorsements, given and received: exchanges in their direction.

What is pending was not taken yet, and a newer archive brings it once it was. A hidden recommendation was written
nevertheless and counts; a hidden endorsement, a click that its receiver does not show, does not.
"""

import re
from collections.abc import Iterator

from relcraft.domain.incoming import How, IncomingRecord, Row, Skipped
from relcraft.domain.records import Exchange
from relcraft.domain.text import fold
from relcraft.domain.words import Direction, ExchangeKind
from relcraft.formats.linkedin.days import read_connected_on
from relcraft.formats.linkedin.people import full_name, person, somebody_in
from relcraft.formats.linkedin.sheets import Entry, Sheet

_DIRECTION = re.compile(r"given|received", re.IGNORECASE)
_NO_NAME = "is of a hidden member: LinkedIn gives no name"
_LONGEST_SKILL = 80
_MOST_TOLD = 40


def read_recommendations(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield each recommendation. Given and received ones have the same columns: the file's name tells them apart."""
    direction = _direction(sheet.file_name)
    for entry in sheet.entries():
        if isinstance(entry, Skipped):
            yield entry
        elif direction is None:
            yield Skipped(
                entry.where,
                "is a recommendation that you gave or that you received: the name of the file has to say which, "
                "as Recommendations_Given.csv and Recommendations_Received.csv do",
            )
        else:
            yield _recommendation(entry, direction)


def read_endorsements(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield each endorsement of a skill."""
    direction = Direction.RECEIVED if sheet.has("endorserfirstname") else Direction.GIVEN
    for entry in sheet.entries():
        yield entry if isinstance(entry, Skipped) else _endorsement(entry, direction)


def _direction(file_name: str) -> Direction | None:
    """Return the direction that the last part of a file's name says."""
    said = _DIRECTION.findall(re.split(r"/|: ", file_name)[-1])
    return Direction(said[-1].lower()) if said else None


def _recommendation(entry: Entry, direction: Direction) -> Row:
    name = full_name(entry.cell("firstname"), entry.cell("lastname"))
    if not name:
        return Skipped(entry.where, _NO_NAME)
    status = entry.cell("status").upper()
    if status not in ("", "VISIBLE", "ACCEPTED", "HIDDEN"):
        return Skipped(entry.where, _not_taken("a recommendation", status))
    said = entry.cell("creationdate", "createddate")
    day = read_connected_on(said)
    if day is None:
        return Skipped(entry.where, _no_day(said))
    record = Exchange(
        uid="",
        date=day,
        direction=direction,
        kind=ExchangeKind.RECOMMENDATION,
        contact="",
        text=entry.text("text", "body"),
        sources=(f"linkedin:recommendation:{direction}:{somebody_in(name)}:{day}",),
    )
    whom = person(name, organisation=entry.cell("company"), role=entry.cell("jobtitle", "title"))
    notes = ("is hidden on the profile; it was written nevertheless, and counts",) if status == "HIDDEN" else ()
    return IncomingRecord(record, (whom,), entry.where, notes)


def _endorsement(entry: Entry, direction: Direction) -> Row:
    who = "endorser" if direction is Direction.RECEIVED else "endorsee"
    name = full_name(entry.cell(f"{who}firstname"), entry.cell(f"{who}lastname"))
    if not name:
        return Skipped(entry.where, _NO_NAME)
    status = entry.cell("endorsementstatus", "status").upper()
    if status not in ("", "VISIBLE", "ACCEPTED"):
        return Skipped(entry.where, _not_taken("an endorsement", status))
    said = entry.cell("endorsementdate", "date")
    day = read_connected_on(said)
    if day is None:
        return Skipped(entry.where, _no_day(said))
    skill = entry.cell("skillname")
    record = Exchange(
        uid="",
        date=day,
        direction=direction,
        kind=ExchangeKind.ENDORSEMENT,
        contact="",
        text=skill,
        sources=(f"linkedin:endorsement:{direction}:{somebody_in(name)}:{day}:{fold(skill)[:_LONGEST_SKILL]}",),
    )
    return IncomingRecord(record, (person(name, entry.cell(f"{who}publicurl")),), entry.where)


def _not_taken(what: str, status: str) -> str:
    if status == "PENDING":
        return f"is {what} that is pending: a newer archive brings it once it was accepted"
    if status == "HIDDEN":
        return f"is {what} that whoever received it hides"
    return f'is {what} of the status "{status[:_MOST_TOLD]}", which is neither accepted nor visible'


def _no_day(said: str) -> str:
    if not said:
        return "has no date"
    return f'has the date "{said[:_MOST_TOLD]}", which cannot be read: 08 Feb 2026 was expected'
