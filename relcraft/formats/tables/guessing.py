"""Which column of a table is which field: by the headers, by what stands below them, and as the user corrects it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from relcraft.domain.text import clean, clean_line, fold
from relcraft.formats.cells import SEPARATORS, Record, lined, records
from relcraft.formats.decoding import decode_text
from relcraft.formats.formulas import unguarded
from relcraft.formats.tables.fields import FIELDS, LEFT_OUT, NAME_OR_PART, TITLE, field_of, squashed

EMAIL = re.compile(r"[^\s@<>,;:\"']+@[^\s@<>,;:\"']+\.[^\s@<>,;:\"']+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d(][\d\s()./-]{6,20}", re.ASCII)
_MARKED = re.compile(r"[+\s(/-]")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*", re.ASCII | re.DOTALL)
_FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:,? [^\W\d_][\w.'’-]*){1,3}")
_NO_WORDS = re.compile(r"[\W\d_]*|[0-9a-f]{8,}(?:-[0-9a-f]+)*|true|false|yes|no", re.IGNORECASE)
_SALUTATIONS = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "herr",
        "frau",
        "m",
        "mme",
        "mlle",
        "sr",
        "sra",
        "srta",
        "sir",
        "rev",
    )
)
_HEADER_WITHIN = 10
_SAMPLED = 200
_SHOWN = 3
_LONGEST_HEADER = 80
_LONGEST_CELL = 200
_MOST_COLUMNS = 2000
_LOOKED_AT = 32 * 1024
"""Characters that decide how a table is built."""
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, and what it is taken for."""

    header: str
    """As the file has it, on one line; "Column 2" in a file without a header."""
    field: str
    """One of `FIELDS`; empty: left out."""
    samples: tuple[str, ...] = ()
    """What stands in it, the first few values."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a table is built."""

    separator: str
    skipped: int
    """Records before the people: a line about the separator, what stands before the header, the header."""
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    named: int
    """Headers that are known words."""


def guess(data: bytes, columns: Mapping[str, str] | None = None) -> list[Column]:
    """Return what each column of a table is taken for, corrected by `columns` (header as the file has it -> field).

    Empty where the bytes are no table.
    """
    shape = shape_of(lined(decode_text(data)))
    return [] if shape is None else list(corrected(shape.columns, columns or {}))


def corrected(columns: Sequence[Column], said: Mapping[str, str]) -> tuple[Column, ...]:
    """Return `columns` as the user says they are; case and spaces around a header do not count."""
    plain = {fold(clean_line(header)): field for header, field in said.items()}
    return tuple(replace(each, field=plain.get(fold(each.header), each.field)) for each in columns)


def wrongly_said(said: Mapping[str, str]) -> str:
    """Return a sentence about the first field that the user named and that is none; empty where all are."""
    for header, field in said.items():
        if field and field not in FIELDS:
            known = ", ".join(FIELDS)
            return (
                f'cannot be read: "{clean_line(field)}", said of the column "{clean_line(header)}", is none of {known}'
            )
    return ""


def shape_of(text: str) -> Shape | None:
    """Return how the table in `lined` text is built; None where it is no table of people."""
    head = text[:_LOOKED_AT]
    told, skipped = _told_separator(head)
    found = [shape for each in (told or SEPARATORS) if (shape := _shape_with(head, each, skipped)) is not None]
    return max(found, key=lambda shape: (shape.named, len(shape.headers)), default=None)


def _told_separator(head: str) -> tuple[str, int]:
    """Return the separator that a spreadsheet wrote in the first line, and how many records that takes."""
    match = re.match(r'"?sep=([,;\t|])"?\n', head)
    return (match[1], 1) if match else ("", 0)


def _shape_with(head: str, separator: str, skipped: int) -> Shape | None:
    rows = list(islice(records(head, separator), skipped, _SAMPLED))
    if len(head) == _LOOKED_AT and len(rows) > 1:
        rows.pop()  # cut off
    if not rows or len(rows[0].cells) > _MOST_COLUMNS:
        return None
    known = [_known_headers(row.cells) for row in rows[:_HEADER_WITHIN]]
    at = next((index for index, count in enumerate(known) if count > 1), None)
    if at is None and len(rows[0].cells) == 1 and separator != SEPARATORS[0]:
        return None
    if at is None and (known[0] or not _looks_like_values(rows[0].cells)):
        at = 0
    if at is None:
        headers = [f"Column {number + 1}" for number in range(len(rows[0].cells))]
    else:
        headers = [clean_line(unguarded(cell)) for cell in rows[at].cells]
    body = rows if at is None else rows[at + 1 :]
    if not _may_be_a_table(headers, body, known[at] if at is not None else 0):
        return None
    columns = _columns(headers, body, known=at is not None)
    if not _tells_people(columns, headers, body, known[at] if at is not None else 0):
        return None
    count = skipped + (0 if at is None else at + 1)
    return Shape(separator, count, tuple(headers), columns, known[at] if at is not None else 0)


def _known_headers(cells: Sequence[str]) -> int:
    words = (clean_line(unguarded(cell)) for cell in cells if cell and len(cell) <= _LONGEST_HEADER)
    return sum(field_of(word) is not None and not EMAIL.search(word) for word in words if word)


def _looks_like_values(cells: Sequence[str]) -> bool:
    return any(EMAIL.fullmatch(cell.strip()) or _LINK.fullmatch(cell.strip()) for cell in cells)


def _may_be_a_table(headers: Sequence[str], rows: Sequence[Record], named: int) -> bool:
    """Whether the rows are as wide as the header, which text with commas seldom is; or two headers are known."""
    if any(len(header) > _LONGEST_CELL for header in headers):
        return False
    if named > 1:
        return True
    wide = sum(len(row.cells) == len(headers) for row in rows)
    with_address = sum(_looks_like_values(row.cells) for row in rows)
    return bool(rows) and wide * 2 >= len(rows) and (bool(named) or with_address >= len(rows) * _MOST)


def _tells_people(columns: Sequence[Column], headers: Sequence[str], rows: Sequence[Record], named: int) -> bool:
    """Whether a table says who people are: by at least a name or an address."""
    fields = {column.field for column in columns}
    if len(headers) == 1:
        return "emails" in fields and _most(EMAIL, _values(rows, 0))
    if not named and "emails" not in fields:
        return False
    return bool(fields & {"name", "first_name", "last_name", "emails"})


def _values(rows: Sequence[Record], at: int) -> list[str]:
    found = (clean_line(unguarded(clean(row.cells[at][:_LONGEST_CELL]))) for row in rows if at < len(row.cells))
    return [value for value in found if value]


def _columns(headers: Sequence[str], rows: Sequence[Record], *, known: bool) -> tuple[Column, ...]:
    """Return the columns, guessed by headers where there are any, then by values."""
    values = [_values(rows, at) for at in range(len(headers))]
    fields = [field_of(header) if known else None for header in headers]
    fields = [_checked(field, below) for field, below in zip(fields, values, strict=True)]
    fields = _decided(headers, fields, values)
    if not {"name", "first_name", "last_name"} & set(fields):
        at = next((at for at, field in enumerate(fields) if field is None and _are_names(values[at])), None)
        if at is not None:
            fields[at] = "name"
    return tuple(
        Column(header, _worth_keeping(below) if field is None else field, tuple(dict.fromkeys(below))[:_SHOWN])
        for header, field, below in zip(headers, fields, values, strict=True)
    )


def _checked(field: str | None, values: Sequence[str]) -> str | None:
    """Return the field of a column, seen what stands in it: addresses and links speak for themselves."""
    if not values:
        return field
    if field in (None, "name", NAME_OR_PART):
        if _most(EMAIL, values):
            return "emails"
        if field is None and _most(_LINK, values):
            return "urls"
        if field is None and _most(_PHONE, values) and not _most(_DATE, values):
            marked = sum(_MARKED.search(value) is not None for value in values)
            return "phones" if marked * 2 >= len(values) else None
    if field == "emails" and not any("@" in value for value in values):
        return None
    return field


def _most(pattern: re.Pattern[str], values: Sequence[str]) -> bool:
    return sum(pattern.fullmatch(value) is not None for value in values) >= len(values) * _MOST


def _are_names(values: Sequence[str]) -> bool:
    return len(values) > 1 and _most(_FULL_NAME, values) and len(set(values)) >= len(values) * _MOST


def _worth_keeping(values: Sequence[str]) -> str:
    """Return notes for a column of no field of ours that may say something in words; empty for numbers and marks."""
    if len(values) > 2 and len(set(values)) == 1:
        return LEFT_OUT
    return LEFT_OUT if values and _most(_NO_WORDS, values) else "notes"


def _decided(headers: Sequence[str], fields: list[str | None], values: Sequence[Sequence[str]]) -> list[str | None]:
    """Return the fields with those decided that only the other columns tell."""
    done = list(fields)
    if "birth_month" in done:
        done = ["birth_day" if field == "birthday" else field for field in done]
    for at, field in enumerate(done):
        if field == TITLE:
            done[at] = _title(headers, done, values, at)
        elif field == NAME_OR_PART:
            done[at] = _name_or_part(done, headers[at])
    return done


def _title(headers: Sequence[str], fields: Sequence[str | None], values: Sequence[Sequence[str]], at: int) -> str:
    """Return what a column "Title" is: notes ("Dr."), or the role where nothing else is."""
    twice = sum(squashed(header) == squashed(headers[at]) for header in headers) > 1
    if twice:
        return "notes" if TITLE in fields[at + 1 :] else "role"
    salutes = [value for value in values[at] if fold(value).strip(". ").split(".")[0].split(" ")[0] in _SALUTATIONS]
    return "notes" if "role" in fields or (values[at] and len(salutes) >= len(values[at]) * _MOST) else "role"


def _name_or_part(fields: Sequence[str | None], header: str) -> str:
    """Return what "Name" is: beside a first name the last, beside a last the first ("Nombre", "Apellidos")."""
    others = set(fields)
    if "first_name" in others and "last_name" not in others and "name" not in others:
        return "last_name"
    if "last_name" in others and "first_name" not in others and squashed(header) == "nombre":
        return "first_name"
    return "name"
