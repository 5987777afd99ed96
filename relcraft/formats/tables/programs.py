"""The tables of address books as formats: Google Contacts, Outlook, Thunderbird, and any other.

One record is one row below the header that says anything. What a column is follows from its header and from what
stands in it (`guessing`); `How.columns` corrects that. A row is known again by its name and its first address or phone.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from relcraft.domain.incoming import USUAL, How, Row, Skipped
from relcraft.domain.text import clean_line
from relcraft.formats.cells import lined, records
from relcraft.formats.contacts_csv import ContactsCsv
from relcraft.formats.decoding import decode_text
from relcraft.formats.tables.days import tell_order
from relcraft.formats.tables.fields import squashed
from relcraft.formats.tables.guessing import Column, Shape, corrected, guess, shape_of, wrongly_said
from relcraft.formats.tables.people import People

_HEAD_BYTES = 8 * 1024
"""How much decides whether a file is a table: a header of Google has 3 KB."""
_NO_TABLE = ("#", "|", "<", "{", "[", "BEGIN:", "From ", "dn:", "version:", ">")
"""What other kinds of text begin with."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How UTF-16 begins."""
_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 4
_GOOGLE = (
    {"givenname", "familyname", "groupmembership"},
    {"givenname", "familyname", "email1type"},
    {"givenname", "familyname", "phone1type"},
    {"givenname", "familyname", "yominame"},
    {"firstname", "lastname", "phoneticfirstname"},
    {"firstname", "lastname", "email1label"},
    {"firstname", "lastname", "phone1label"},
    {"labels", "email1value"},
)
_OUTLOOK = (
    {"emailaddress", "email2address"},
    {"firstname", "lastname", "businessphone"},
    {"firstname", "lastname", "businessstreet"},
    {"emailadresse", "email2adresse"},
    {"vorname", "nachname", "telefongeschaftlich"},
    {"adressedemessagerie", "adressedemessagerie2"},
    {"prenom", "nom", "telephonebureau"},
    {"apellidos", "direcciondecorreoelectronico2"},
    {"nombre", "apellidos", "telefonodeltrabajo"},
)
_THUNDERBIRD = (
    {"displayname", "primaryemail"},
    {"firstname", "lastname", "primaryemail"},
    {"anzeigename", "primareemailadresse"},
    {"nomaafficher", "premiereadresseelectronique"},
    {"nomaafficher", "adresseelectroniqueprincipale"},
    {"nombreenpantalla", "direcciondecorreoelectronicoprincipal"},
)
"""Headers, squashed, of which one set tells the program."""


class _Table:
    """What all tables have in common."""

    name: str
    title: str
    _source: str

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` yields: one a line."""
        return data.count(b"\n") or data.count(b"\r")

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield the person of each row; a row without a name, or with cells beyond the header's, is skipped."""
        wrong = wrongly_said(how.columns)
        text = lined(decode_text(data))
        shape = shape_of(text)
        if wrong or shape is None:
            yield Skipped(
                file_name,
                wrong or "is no table of people: a header with a column of names or e-mail addresses is missing",
            )
            return
        columns = corrected(shape.columns, how.columns)
        people = People(columns, self._source, day_first=_day_first(text, shape, columns, how))
        for record in islice(records(text, shape.separator), shape.skipped, None):
            yield people.row(record, f"{file_name}, line {record.line}")


class _ProgramsTable(_Table):
    """A table that is known by its header."""

    _headers: tuple[set[str], ...]

    def recognises(self, head: bytes) -> bool:
        """Whether the header is one that the program writes, in one of the languages known here."""
        shape = _shape(head)
        if shape is None:
            return False
        headers = {squashed(header) for header in shape.headers}
        return any(wanted <= headers for wanted in self._headers)


class GoogleCsv(_ProgramsTable):
    """Reads the CSV of Google Contacts, with its old header ("Given Name") and its new one ("First Name", "Labels")."""

    name = "google-csv"
    title = "Google Contacts (CSV)"
    _source = "google"
    _headers = _GOOGLE


class OutlookCsv(_ProgramsTable):
    """Reads the CSV of Outlook and Outlook.com: English, German, French and Spanish."""

    name = "outlook-csv"
    title = "Outlook contacts (CSV)"
    _source = "outlook"
    _headers = _OUTLOOK


class ThunderbirdCsv(_ProgramsTable):
    """Reads the CSV and the tab-separated text of Thunderbird: English, German, French and Spanish."""

    name = "thunderbird-csv"
    title = "Thunderbird address book (CSV)"
    _source = "thunderbird"
    _headers = _THUNDERBIRD


class AnyTable(_Table):
    """Reads any other table of people, by guess; and Relcraft's own, if asked for by name."""

    name = "csv"
    title = "any table of people (CSV or TSV)"
    _source = "csv"

    def recognises(self, head: bytes) -> bool:
        """Whether this is a table with a column of names or e-mail addresses."""
        return _shape(head) is not None

    def guessed(self, data: bytes, how: How) -> Sequence[Column]:
        """Return what each column is taken for, corrected as the user said."""
        return guess(data, how.columns)

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield the person of each row, as of other tables; Relcraft's own CSV is read as such."""
        own = ContactsCsv()
        reader = own.read if own.recognises(data[: 64 * 1024]) and not how.columns else super().read
        return reader(data, file_name, how)


def _shape(head: bytes) -> Shape | None:
    if head[:2] not in _WIDE and len(_NO_TEXT.findall(head, 0, 1024)) > _MOST_CONTROLS:
        return None
    return _shape_of_head(_whole_lines(head[:_HEAD_BYTES]))


@lru_cache(maxsize=8)
def _shape_of_head(head: bytes) -> Shape | None:
    """Return how the table that begins with `head` is built; None for other text, and for what is no text.

    Remembered: four formats ask in turn.
    """
    text = lined(decode_text(head))
    if text.lstrip().startswith(_NO_TABLE) or "\x00" in text or not text.strip():
        return None
    return shape_of(text)


def _whole_lines(head: bytes) -> bytes:
    """Return `head` without what may be half a line, or half a character, at its end."""
    end = head.rfind(b"\n") + 1
    return head[:end] if len(head) == _HEAD_BYTES and end > _HEAD_BYTES // 4 and head[:2] not in _WIDE else head


def _day_first(text: str, shape: Shape, columns: tuple[Column, ...], how: How) -> bool | None:
    """Return whether days in this file put the day first, as its rows tell for certain, else as the user says."""
    where = [at for at, column in enumerate(columns) if column.field in ("birthday", "met_on")]
    if not where:
        return how.day_first
    rows = islice(records(text, shape.separator), shape.skipped, None)
    told = tell_order(clean_line(row.cells[at]) for row in rows for at in where if at < len(row.cells))
    return how.day_first if told is None else told
