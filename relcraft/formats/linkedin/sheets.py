"""One table of a LinkedIn archive: its lines, its header row, and its records with the line that each begins on."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from relcraft.domain.incoming import Skipped
from relcraft.domain.text import clean, clean_line, fold

HEADER_WITHIN_LINES = 40
_SEPARATORS = ",;\t"
_LONGEST_HEADER = 4000
_SHORT_RECORD = 20
_LONG_RECORD = 5000
"""Lines of a message. A record longer than this is a quotation mark that was never closed."""
_SPARE_LINES = 200_000
"""Lines that may be looked at in vain; after that a record of more than `_SHORT_RECORD` lines is no record."""
_NOT_OF_A_NAME = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the records begin, and in which column each field stands."""

    line_index: int
    separator: str
    columns: Mapping[str, int]
    """By the header's name in small letters, without spaces: "firstname"."""
    width: int
    """Columns of the header row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a table."""

    where: str
    """File and line."""
    cells: Sequence[str]
    columns: Mapping[str, int]

    def cell(self, *names: str) -> str:
        """Return the first of these fields that is there and not empty, on one line."""
        return self._first(names, clean_line)

    def text(self, *names: str) -> str:
        """Return the first of these fields that is there and not empty, with its line breaks."""
        return self._first(names, lambda value: clean(value).strip())

    def _first(self, names: tuple[str, ...], cleaned: Callable[[str], str]) -> str:
        for name in names:
            position = self.columns.get(name)
            if position is not None and position < len(self.cells) and self.cells[position]:
                value = cleaned(self.cells[position])
                if value:
                    return value
        return ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its header found."""

    file_name: str
    lines: Sequence[str]
    header: Header
    long_records: bool = True
    """Whether a cell may hold a text of many lines."""

    def has(self, *names: str) -> bool:
        """Whether the header names each of these columns."""
        return self.header.columns.keys() >= set(names)

    def entries(self) -> Iterator[Entry | Skipped]:
        """Yield each record; one whose cells cannot be told apart is skipped, with line and reason."""
        width = self.header.width
        for line, cells in _records(self.lines, self.header, _LONG_RECORD if self.long_records else _SHORT_RECORD):
            where = f"{self.file_name}, line {line}"
            if cells is None:
                yield Skipped(
                    where, "a quotation mark in this line is never closed, so its columns cannot be told apart"
                )
            elif any(map(clean_line, cells[width:])):
                yield Skipped(where, f"has {len(cells)} columns where the header has {width}")
            else:
                yield Entry(where, cells, self.header.columns)


def physical_lines(text: str) -> list[str]:
    """Return the lines with their ends; only CR, LF and CRLF end a line."""
    return list(StringIO(text, newline=""))


def headers(lines: Sequence[str], within: int = HEADER_WITHIN_LINES) -> Iterator[Header]:
    """Yield what each of the first lines would be as a header row, by each separator that is in it."""
    for index, line in enumerate(lines[:within]):
        if len(line) > _LONGEST_HEADER or not line.strip():
            continue
        found = [separator for separator in _SEPARATORS if separator in line]
        for separator in found or _SEPARATORS[:1]:
            try:
                cells = next(csv.reader([line], delimiter=separator), [])
            except csv.Error:
                continue
            columns: dict[str, int] = {}
            for position, cell in enumerate(cells):
                columns.setdefault(_NOT_OF_A_NAME.sub("", fold(cell)), position)
            columns.pop("", None)
            yield Header(index, separator, columns, len(cells))


class _Tape:
    """Lines one after the other, at most `most` for one record."""

    def __init__(self, lines: Sequence[str], at: int) -> None:
        self.at = self.begun = at
        self.most = _SHORT_RECORD
        self._lines = lines

    def __iter__(self) -> "_Tape":
        return self

    def __next__(self) -> str:
        if self.at >= len(self._lines) or self.at - self.begun >= self.most:
            raise StopIteration
        self.at += 1
        return self._lines[self.at - 1]


def _records(lines: Sequence[str], header: Header, most: int) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the number of each record's first line and its cells; None for cells that cannot be told apart."""
    tape = _Tape(lines, header.line_index + 1)
    reader = csv.reader(tape, delimiter=header.separator, strict=True)
    spare = _SPARE_LINES
    while tape.at < len(lines):
        begun = tape.begun = tape.at
        tape.most = most if spare > 0 else _SHORT_RECORD
        try:
            cells: list[str] | None = next(reader)
        except (csv.Error, StopIteration):
            spare -= tape.at - begun
            cells = _forgiving(lines[begun], header.separator)
            tape.at = begun + 1
            reader = csv.reader(tape, delimiter=header.separator, strict=True)
        if cells is None or cells:
            yield begun + 1, cells


def _forgiving(line: str, separator: str) -> list[str] | None:
    """Return the cells of one line with stray quotation marks, where these come in pairs."""
    if line.count('"') % 2:
        return None
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return None
