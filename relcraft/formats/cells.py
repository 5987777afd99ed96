"""Tables as text: records of cells with any separator, quoted as spreadsheets quote, each with its first line.

A quotation mark that is never closed is one of the text, and so is one whose other end is more than a hundred lines
away: then a mark was forgotten, and one record is spoiled instead of all that follow.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SEPARATORS = ",;\t|"
_LONGEST_CELL = 100
"""Lines."""
_CELLS = {
    separator: re.compile(
        rf'(?:"((?:[^"]++|"")*+)"|([^"{re.escape(separator)}\n]*+))([^{re.escape(separator)}\n]*+)'
        rf"([{re.escape(separator)}\n]|\Z)"
    )
    for separator in SEPARATORS
}
"""One cell and what ends it: quoted, else bare; what stands behind a closing quotation mark belongs to it."""
_BARE = {separator: re.compile(rf"[^{re.escape(separator)}\n]*+") for separator in SEPARATORS}


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a table."""

    line: int
    """That of the file in which it begins, from 1."""
    cells: Sequence[str]


def lined(text: str) -> str:
    """Return `text` with each line ended by a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def records(text: str, separator: str) -> Iterator[Record]:
    """Yield the records of `lined` text that say anything."""
    position, line = 0, 1
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        if text.find('"', position, end) < 0:
            cells, after, lines = text[position:end].split(separator), end + 1, 1
        else:
            cells, after = _record_of_one_line(text, position, end, separator) or _quoted_record(
                text, position, separator
            )
            lines = text.count("\n", position, after) or 1
        if any(cells):
            yield Record(line, cells)
        position, line = after, line + lines


def _record_of_one_line(text: str, position: int, end: int, separator: str) -> tuple[list[str], int] | None:
    """Return as `_quoted_record`, faster, where the quotation marks of one line come in pairs; else None."""
    if text.count('"', position, end) % 2:
        return None
    try:
        return next(csv.reader((text[position:end],), delimiter=separator)), end + 1
    except (csv.Error, StopIteration):
        return None


def _quoted_record(text: str, position: int, separator: str) -> tuple[list[str], int]:
    """Return the cells of the record at `position`, and where the next begins."""
    cells: list[str] = []
    while True:
        match = _CELLS[separator].match(text, position)
        assert match is not None  # noqa: S101 - an empty cell is one, so the pattern fits everywhere
        quoted, bare, rest, end = match.groups()
        position = match.end()
        if quoted is None:
            cells.append(bare + rest)
        elif quoted.count("\n") <= _LONGEST_CELL:
            cells.append(quoted.replace('""', '"') + rest)
        else:
            alone = _BARE[separator].match(text, match.start())
            assert alone is not None  # noqa: S101 - as above
            cells.append(alone[0])
            end = text[alone.end() : alone.end() + 1]
            position = alone.end() + len(end)
        if end != separator:
            return cells, position
