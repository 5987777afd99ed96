"""Relcraft's own CSV of contacts, for spreadsheets: written by `export --format csv`, and read back.

UTF-8, RFC 4180, one contact a row under a header that names the fields. The items of a list stand in one cell with a
semicolon between them, those that need it in quotes; all but the notes are of one line. A cell that a spreadsheet would
run has a guard (`formulas`). Original vCard lines, keys of imports and moments of change are in the JSON export alone.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from io import StringIO
from itertools import islice
from typing import Any

from relcraft.domain.documents import from_document, problems, to_document
from relcraft.domain.identity import name_key, own_key
from relcraft.domain.incoming import USUAL, How, Incoming, Row, Skipped
from relcraft.domain.records import Contact
from relcraft.domain.text import clean, clean_line, fold
from relcraft.formats.cells import lined, records
from relcraft.formats.decoding import decode_text
from relcraft.formats.formulas import guarded, unguarded

COLUMNS = (
    *("name", "sort_name", "nicknames", "organisation", "role", "emails", "phones", "urls", "city", "time_zone"),
    *("birthday", "tags", "circle", "cadence_days", "met_how", "met_on", "introduced_by", "can_offer", "looking_for"),
    *("notes", "archived", "do_not_disturb", "uid"),
)
"""The fields, in the order of the columns. `introduced_by` is a uid of this file."""
_LISTS = frozenset({"nicknames", "emails", "phones", "urls", "tags", "can_offer", "looking_for"})
_FLAGS = frozenset({"archived", "do_not_disturb"})
_SAID = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_NEEDED = frozenset({"uid", "name"})
_LEAST_KNOWN = 3
"""Columns of a header that is ours, whatever a user took out or put in."""
_SEPARATORS = ",;\t"
_MOST_DIGITS = 6
_LONGEST_UID = 100
_ITEM = re.compile(r'[ \t]*+(?:"((?:[^"]++|"")*+)"[ \t]*+|([^";\n]*+))([^;\n]*+)([;\n]|\Z)')
_PLAIN_ITEM = re.compile(r'(?!["\s])[^;\n]*[^;\s]', re.DOTALL)


def contacts_csv(contacts: Iterable[Contact]) -> bytes:
    """Return the file: contacts by uid, so that the same book always gives the same bytes."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for contact in sorted(contacts, key=lambda each: each.uid):
        document = to_document(replace(contact, extra={}))
        writer.writerow([guarded(clean(_cell(document.get(name)))) for name in COLUMNS])
    return written.getvalue().encode("utf-8", "replace")


class ContactsCsv:
    """Reads back the CSV that Relcraft wrote, also after a spreadsheet saved it with other separators."""

    name = "relcraft-csv"
    title = "Relcraft's own CSV (export --format csv)"

    def recognises(self, head: bytes) -> bool:
        """Whether the first row names our columns: uid, name and others."""
        return _find_header(lined(decode_text(head))) is not None

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` yields: one a line."""
        return data.count(b"\n") or data.count(b"\r")

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:  # noqa: ARG002 - as formats are read
        """Yield the contact of each row; a row without a name, or with cells beyond the header's, is skipped."""
        text = lined(decode_text(data))
        header = _find_header(text)
        if header is None:
            yield Skipped(file_name, "has no header row that names at least uid, name and one more of our columns")
            return
        separator, columns, width = header
        for record in islice(records(text, separator), 1, None):
            where = f"{file_name}, line {record.line}"
            if any(map(clean_line, record.cells[width:])):
                yield Skipped(where, f"has {len(record.cells)} columns where the header has {width}")
            else:
                cells = {name: record.cells[at] for name, at in columns.items() if at < len(record.cells)}
                yield _row({name: unguarded(clean(cell)) for name, cell in cells.items()}, where)


def _find_header(text: str) -> tuple[str, dict[str, int], int] | None:
    """Return the separator, the column of each known field, and how many columns there are; None without a header."""
    first = text.lstrip("\n").partition("\n")[0]
    for separator in _SEPARATORS:
        record = next(records(first, separator), None)
        columns: dict[str, int] = {}
        for at, cell in enumerate(record.cells if record else ()):
            name = fold(clean_line(unguarded(cell)))
            if name in COLUMNS:
                columns.setdefault(name, at)
        if columns.keys() >= _NEEDED and len(columns) >= _LEAST_KNOWN and record is not None:
            return separator, columns, len(record.cells)
    return None


def _row(cells: dict[str, str], where: str) -> Row:
    if not clean_line(cells.get("name", "")):
        return Skipped(where, "has no name")
    uid = clean_line(cells.pop("uid", ""))
    document = {name: value for name, cell in cells.items() if (value := _value(name, cell)) not in ("", [])}
    wrong = [f"{problem}. The contact is kept without it" for problem in problems(Contact, {**document, "uid": ""})]
    contact = from_document(Contact, {**document, "uid": ""})
    return Incoming(replace(contact, extra={}, sources=(_key(contact, uid),)), where, tuple(wrong))


def _key(contact: Contact, uid: str) -> str:
    """Return the key that this contact is found by: its uid; of a row that was added by hand, what else is known."""
    if uid:
        return own_key(uid if len(uid) <= _LONGEST_UID else sha256(uid.encode()).hexdigest())
    known = "|".join((name_key(contact.name) or contact.name, *contact.emails, *contact.phones, contact.organisation))
    return f"csv:{sha256(known.encode()).hexdigest()[:24]}"


def _cell(value: Any) -> str:
    """Return one field of a document as the text of a cell."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            items = (clean_line(item) for item in value)
            return "; ".join(item if _PLAIN_ITEM.fullmatch(item) else _quoted(item) for item in items if item)
    return str(value)


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'


def _value(name: str, cell: str) -> Any:
    """Return the text of a cell as a field of a document; as it is where it is none of these."""
    if name == "notes":
        return cell
    if name in _LISTS:
        return list(filter(None, map(clean_line, _items(cell))))
    plain = clean_line(cell)
    if name in _FLAGS:
        return _SAID.get(plain.lower(), plain)
    if name == "cadence_days" and plain.isascii() and plain.isdecimal() and len(plain) <= _MOST_DIGITS:
        return int(plain)
    return plain


def _items(cell: str) -> Iterator[str]:
    """Yield the items of a list: by semicolons or, typed by hand, line by line."""
    for match in _ITEM.finditer(cell):
        quoted, bare, rest, _end = match.groups()
        yield (bare if quoted is None else quoted.replace('""', '"')) + rest
