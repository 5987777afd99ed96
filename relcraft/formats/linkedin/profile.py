"""Who the user is: `Profile.csv`, `Email Addresses.csv`, `PhoneNumbers.csv`. One record each."""

import re
from collections.abc import Iterator

from relcraft.domain.incoming import NOBODY, How, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import ME, Me
from relcraft.domain.text import clean_line
from relcraft.formats.linkedin.people import whole_link
from relcraft.formats.linkedin.sheets import Entry, Sheet

_OWN_LINK = re.compile(r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/in/[^\s,;\]\"']{1,200}", re.IGNORECASE)

_KEY = "linkedin:me"
"""Both files say something of one and the same."""


def read_profile(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield the name of the first row: it fills the user's own where that is empty."""
    entry = _first(sheet)
    name = "" if entry is None else _name(entry)
    if entry is None or not name:
        yield Skipped(sheet.file_name, "is a profile without a name")
    else:
        yield IncomingRecord(Me(uid=ME, name=name, sources=(_KEY,)), (), entry.where)


def myself_by_profile(sheet: Sheet) -> Myself:
    """Return the names of the profile, and its link where it is among the websites."""
    entry = _first(sheet)
    if entry is None:
        return NOBODY
    names = (_name(entry), _name(entry, "maidenname"))
    sites = entry.cell("publicprofileurl", "profileurl", "url"), entry.cell("websites")
    found = (whole_link(link) for site in sites for link in _OWN_LINK.findall(site))
    return Myself(names=tuple(dict.fromkeys(filter(None, names))), urls=tuple(dict.fromkeys(found)))


def read_addresses(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield the user's own addresses."""
    emails = _addresses(sheet)
    if emails:
        yield IncomingRecord(Me(uid=ME, emails=emails, sources=(_KEY,)), (), sheet.file_name)
    else:
        yield Skipped(sheet.file_name, "holds no address of yours that was confirmed")


def myself_by_addresses(sheet: Sheet) -> Myself:
    """Return the user's own addresses."""
    return Myself(emails=_addresses(sheet))


def read_phones(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield that the file is about the user alone."""
    yield Skipped(sheet.file_name, "holds no people, only your own phone numbers")


def myself_by_phones(sheet: Sheet) -> Myself:
    """Return the user's own phone numbers."""
    numbers = (entry.cell("number") for entry in sheet.entries() if isinstance(entry, Entry))
    return Myself(phones=tuple(dict.fromkeys(filter(None, numbers))))


def _first(sheet: Sheet) -> Entry | None:
    return next((entry for entry in sheet.entries() if isinstance(entry, Entry)), None)


def _name(entry: Entry, last: str = "lastname") -> str:
    family = entry.cell(last)
    return clean_line(f"{entry.cell('firstname')} {family}") if family or last == "lastname" else ""


def _addresses(sheet: Sheet) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            entry.cell("emailaddress")
            for entry in sheet.entries()
            if isinstance(entry, Entry) and "@" in entry.cell("emailaddress") and entry.cell("confirmed") != "No"
        )
    )
