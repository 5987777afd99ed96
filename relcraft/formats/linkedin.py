"""LinkedIn's `Connections.csv`, in each of the shapes that it has had over the years.

A connection on a network alone is no way in: the day of connecting is kept as `connected_on` in the contact's
`extra`, never as how or when we met.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import StringIO

from relcraft.domain.identity import link_key
from relcraft.domain.incoming import Incoming, Row, Skipped
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line, fold
from relcraft.formats.decoding import decode_text

_HEADER_WITHIN_LINES = 40
_RECORD_WITHIN_LINES = 20
"""A record longer than this is a quotation mark that was never closed."""
_SEPARATORS = ",;\t"
_NEEDED = {"firstname", "lastname", "connectedon"}
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_CLOCK = r"(?:,?[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?(?:\s*(?:UTC|Z))?)?"
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})" + _CLOCK, re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})" + _CLOCK, re.IGNORECASE)
_NAMED_MONTH = re.compile(
    r"(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3})[a-z]*\.?,?[ -](?P<year>\d{4}|\d{2})" + _CLOCK, re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the people begin, and in which column each field stands."""

    line_index: int
    separator: str
    columns: dict[str, int]
    width: int
    """Columns of the header row."""


class LinkedIn:
    """Reads the connections of a LinkedIn archive."""

    name = "linkedin"
    title = "LinkedIn connections (Connections.csv)"

    def recognises(self, head: bytes) -> bool:
        """Whether a row among the first lines names the columns of a connections file."""
        return _find_header(_lines(decode_text(head))) is not None

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` yields: one a line."""
        return data.count(b"\n") or data.count(b"\r")

    def read(self, data: bytes, file_name: str) -> Iterator[Row]:
        """Yield each connection; hidden members and rows that cannot be read are skipped, with line and reason."""
        lines = _lines(decode_text(data))
        header = _find_header(lines)
        if header is None:
            yield Skipped(file_name, "has no header row: First Name, Last Name, ..., Connected On was expected")
            return
        for line, cells in _records(lines, header):
            where = f"{file_name}, line {line}"
            if cells is None:
                yield Skipped(
                    where, "a quotation mark in this line is never closed, so its columns cannot be told apart"
                )
            elif any(clean_line(cell) for cell in cells[header.width :]):
                yield Skipped(where, f"has {len(cells)} columns where the header has {header.width}")
            else:
                yield _row(cells, header, where)


def read_connected_on(text: str) -> date | None:
    """Return the day of `08 Feb 2026`, `2/8/2026` (month first), `2/8/26, 2:37 PM` or `2026/02/08 16:02:04 UTC`.

    None where it is none of these.
    """
    for pattern in (_YEAR_FIRST, _MONTH_FIRST, _NAMED_MONTH):
        match = pattern.fullmatch(text)
        if match is None:
            continue
        month, year = match["month"], int(match["year"])
        number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
        try:
            return date(year + 2000 if year < 100 else year, number, int(match["day"]))
        except ValueError:
            return None
    return None


def _lines(text: str) -> list[str]:
    """Return the physical lines with their ends; only CR, LF and CRLF end a line."""
    return list(StringIO(text, newline=""))


def _find_header(lines: list[str]) -> _Header | None:
    for index, line in enumerate(lines[:_HEADER_WITHIN_LINES]):
        for separator in _SEPARATORS:
            try:
                cells = next(csv.reader([line], delimiter=separator), [])
            except csv.Error:
                continue
            columns: dict[str, int] = {}
            for position, cell in enumerate(cells):
                columns.setdefault(re.sub(r"[\W_]", "", fold(cell)), position)
            if columns.keys() >= _NEEDED:
                return _Header(index, separator, columns, len(cells))
    return None


def _records(lines: list[str], header: _Header) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the number of each record's first line and its cells; None for cells that cannot be told apart."""
    index = header.line_index + 1
    while index < len(lines):
        reader = csv.reader(lines[index : index + _RECORD_WITHIN_LINES], delimiter=header.separator, strict=True)
        try:
            cells: list[str] | None = next(reader)
            taken = reader.line_num
        except csv.Error:
            cells, taken = _forgiving(lines[index], header.separator), 1
        if cells is None or cells:
            yield index + 1, cells
        index += taken


def _forgiving(line: str, separator: str) -> list[str] | None:
    """Return the cells of one line with stray quotation marks, where these come in pairs."""
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line], delimiter=separator))
    except csv.Error:
        return None


def _row(cells: list[str], header: _Header, where: str) -> Row:
    def cell(*names: str) -> str:
        positions = [header.columns[name] for name in names if name in header.columns]
        return next((clean_line(cells[position]) for position in positions if position < len(cells)), "")

    name = clean_line(f"{cell('firstname')} {cell('lastname')}")
    if not name:
        return Skipped(where, "is a hidden member: LinkedIn gives no name")
    emails = tuple(part for part in re.split(r"[\s,;]+", cell("emailaddress", "email")) if "@" in part)
    url, company, connected = cell("url", "profileurl"), cell("company"), cell("connectedon")
    day = read_connected_on(connected)
    contact = Contact(
        uid="",
        name=name,
        organisation=company,
        role=cell("position"),
        emails=emails,
        urls=(url,) if url else (),
        tags=tuple(filter(None, (part.strip(" #") for part in re.split(r"[,;]", cell("tags"))))),
        sources=(_key(name, company, emails, url),),
        extra={} if day is None else {"connected_on": day.isoformat()},
    )
    if connected and day is None:
        note = (
            f'"{connected[:40]}" is no date that can be read: 08 Feb 2026 was expected. The contact is kept without it'
        )
        return Incoming(contact, where, (note,))
    return Incoming(contact, where)


def _key(name: str, company: str, emails: tuple[str, ...], url: str) -> str:
    """Return the key that a second import finds this person by: the profile, else what else is known."""
    if url:
        return f"linkedin:{link_key(url)}"
    if emails:
        return f"linkedin:{fold(emails[0])}:{fold(name)}"
    return f"linkedin:{sha256(fold(f'{name}|{company}').encode()).hexdigest()[:24]}"
