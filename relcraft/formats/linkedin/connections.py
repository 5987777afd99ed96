"""The people of an archive: `Connections.csv`, and the address book that was once uploaded (`Contacts.csv`).

A connection on a network alone is no way in: the day of connecting is kept as `connected_on` in the contact's
`extra`, never as how or when we met.
"""

import re
from collections.abc import Iterator

from relcraft.domain.incoming import How, Incoming, Row, Skipped
from relcraft.domain.records import Contact
from relcraft.formats.linkedin.days import read_connected_on
from relcraft.formats.linkedin.people import full_name, person_key
from relcraft.formats.linkedin.sheets import Entry, Sheet

_MOST_TOLD = 40


def read_connections(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield each connection; hidden members and rows that cannot be read are skipped, with line and reason."""
    for entry in sheet.entries():
        yield entry if isinstance(entry, Skipped) else _connection(entry)


def read_address_book(sheet: Sheet, _how: How) -> Iterator[Row]:
    """Yield each person of an address book that was uploaded; who has no name there is skipped."""
    for entry in sheet.entries():
        yield entry if isinstance(entry, Skipped) else _of_address_book(entry)


def _connection(entry: Entry) -> Row:
    name = full_name(entry.cell("firstname"), entry.cell("lastname"))
    if not name:
        return Skipped(entry.where, "is a hidden member: LinkedIn gives no name")
    emails = _emails(entry.cell("emailaddress", "email"))
    url, company, connected = entry.cell("url", "profileurl"), entry.cell("company"), entry.cell("connectedon")
    day = read_connected_on(connected)
    contact = Contact(
        uid="",
        name=name,
        organisation=company,
        role=entry.cell("position"),
        emails=emails,
        urls=(url,) if url else (),
        tags=tuple(filter(None, (part.strip(" #") for part in re.split(r"[,;]", entry.cell("tags"))))),
        sources=(person_key(name, company, emails, url),),
        extra={} if day is None else {"connected_on": day.isoformat()},
    )
    if connected and day is None:
        note = (
            f'"{connected[:_MOST_TOLD]}" is no date that can be read: 08 Feb 2026 was expected. '
            "The contact is kept without it"
        )
        return Incoming(contact, entry.where, (note,))
    return Incoming(contact, entry.where)


def _of_address_book(entry: Entry) -> Row:
    name = full_name(entry.cell("firstname"), entry.cell("lastname")) or entry.cell("fullname")
    if not name:
        return Skipped(entry.where, "has no name")
    emails = _emails(entry.cell("emails", "emailaddress"))
    company = entry.cell("companies", "company")
    contact = Contact(
        uid="",
        name=name,
        organisation=company,
        role=entry.cell("title"),
        emails=emails,
        phones=tuple(filter(None, map(str.strip, re.split(r"[,;]", entry.cell("phonenumbers"))))),
        sources=(person_key(name, company, emails, ""),),
    )
    return Incoming(contact, entry.where)


def _emails(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in re.split(r"[\s,;]+", text) if "@" in part))
