"""Which table of the archive a file is, by the names of its columns: old ones, new ones, and those without people."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from relcraft.domain.identity import phone_key
from relcraft.domain.incoming import How, Myself, Row
from relcraft.domain.text import fold
from relcraft.formats.linkedin.connections import read_address_book, read_connections
from relcraft.formats.linkedin.given_help import read_endorsements, read_recommendations
from relcraft.formats.linkedin.invitations import myself_by_invitations, read_invitations
from relcraft.formats.linkedin.messages import read_messages
from relcraft.formats.linkedin.notes import read_notes
from relcraft.formats.linkedin.peopleless import WITHOUT_PEOPLE, NoPeople
from relcraft.formats.linkedin.profile import (
    myself_by_addresses,
    myself_by_phones,
    myself_by_profile,
    read_addresses,
    read_phones,
    read_profile,
)
from relcraft.formats.linkedin.sheets import HEADER_WITHIN_LINES, Header, Sheet, headers


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the archive."""

    needed: frozenset[str]
    """The columns that tell it; it may have others."""
    read: Callable[[Sheet, How], Iterator[Row]]
    myself: Callable[[Sheet], Myself] | None = None
    long_records: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A table, and the header that it was known by."""

    table: Table
    header: Header


def _table(
    needed: str,
    read: Callable[[Sheet, How], Iterator[Row]],
    myself: Callable[[Sheet], Myself] | None = None,
    *,
    long_records: bool = True,
) -> Table:
    return Table(frozenset(needed.split()), read, myself, long_records)


_TABLES = (
    _table("firstname lastname connectedon", read_connections, long_records=False),
    _table("conversationid from to date content", read_messages),
    _table("from to date subject content direction", read_messages),
    _table("from to sentat direction", read_invitations, myself_by_invitations),
    _table("firstname lastname jobtitle text creationdate", read_recommendations),
    _table("firstname lastname company title body createddate", read_recommendations),
    _table("skillname endorserfirstname endorserlastname", read_endorsements),
    _table("skillname endorseefirstname endorseelastname", read_endorsements),
    _table("firstname lastname headline summary", read_profile, myself_by_profile),
    _table("emailaddress confirmed primary", read_addresses, myself_by_addresses),
    _table("number extension iswhatsappnumber", read_phones, myself_by_phones),
    _table("connectionfirstname connectionlastname note createdon", read_notes),
    _table("source firstname lastname emails phonenumbers", read_address_book),
)
_PHONES = _table("extension number type", read_phones, myself_by_phones)
_EXACT = {_PHONES.needed: _PHONES}
_SIGNS = re.compile(
    r"first[ _]?name|conversation[ _]?id|sent[ _]?at|skill[ _]?name|email[ _]?address|direction|whatsapp", re.IGNORECASE
)
"""One of these stands in the header of each of `_TABLES`."""
_ROWS_LOOKED_AT = 50


def table_of(lines: Sequence[str]) -> Found | None:
    """Return the table whose header is among the first lines; None where it is none of the archive's."""
    for index, line in enumerate(lines[:HEADER_WITHIN_LINES]):
        if not _SIGNS.search(line):
            continue
        for header in headers((line,)):
            table = next((table for table in _TABLES if header.columns.keys() >= table.needed), None)
            if table is not None:
                return Found(table, _at(index, header))
    return _by_its_first_line(lines)


def _by_its_first_line(lines: Sequence[str]) -> Found | None:
    """Return a table whose header is nothing but the columns known of it: these are words that others use, too."""
    for index, line in enumerate(lines[:HEADER_WITHIN_LINES]):
        for header in headers((line,)):
            columns = frozenset(header.columns)
            table = _EXACT.get(columns) or _without_people(columns, lines[index + 1 : index + 1 + _ROWS_LOOKED_AT])
            return None if table is None else Found(table, _at(index, header))
    return None


def _without_people(columns: frozenset[str], rows: Sequence[str]) -> Table | None:
    for known in WITHOUT_PEOPLE:
        if known.is_it(columns):
            return None if known.is_numbered and _holds_phones(rows) else _skipping(known)
    return None


def _holds_phones(rows: Sequence[str]) -> bool:
    """Whether some row ends in a phone number: then it is no list of courses but of people."""
    return any(phone_key(fold(re.split(r"[,;\t]", row)[-1])) for row in rows)


def _skipping(known: NoPeople) -> Table:
    return Table(known.columns, lambda sheet, _how: iter((known.skipped(sheet.file_name),)))


def _at(index: int, header: Header) -> Header:
    return Header(index, header.separator, header.columns, header.width)
