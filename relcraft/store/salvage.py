"""What can still be read of a damaged file: whole documents of a book, whole transactions of a journal."""

import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, field, fields
from itertools import pairwise
from json import detect_encoding

from relcraft.domain.documents import TABLES, Document, problems
from relcraft.domain.errors import BadBook
from relcraft.domain.versions import moment_of
from relcraft.store.journal import Content, Entry, Header, parse_journal, unguarded
from relcraft.store.rows import OWN_TABLES

_KEY = re.compile(r'"((?:[^"\\\n]|\\.)*)"\s*:\s*(?=\{)')
"""Before an object: its name in the object around it."""
_ROW = re.compile(r"[1-9][0-9]*")
_LONGEST = 18
"""Digits of an id that every reader of JSON takes for a whole number."""
_NAMELESS = "unread"
"""The table for documents of which nobody can tell the table."""
_TABLE_BEGINS = re.compile(r'\{\s*(?:\}|"[0-9]+"\s*:\s*\{)')
_GUARDED = re.compile(rb'[0-9a-f]{8} \{"')
_decode = json.JSONDecoder().raw_decode


@dataclass(slots=True)
class Salvaged:
    """The documents of a book that are whole."""

    tables: dict[str, dict[str, Document]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    """What began and is not whole: where, and what it seems to be."""
    told: list[str] = field(default_factory=list)
    """What was understood otherwise than it stands there."""
    second: list[tuple[str, Document]] = field(default_factory=list)
    """Versions of records that are in `tables` as well, changed later there; with the table."""

    @property
    def records(self) -> int:
        """How many records of a book there are in it."""
        return sum(len(documents) for table, documents in self.tables.items() if table in TABLES)


def text_of(data: bytes) -> tuple[str, str]:
    """Return `data` as text, with a sign in the place of what cannot be read, and what had to be done for that."""
    encoding = detect_encoding(data[:4])
    try:
        return data.decode(encoding), "" if encoding.startswith("utf-8") else f"It was written in {encoding}."
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    if encoding == "utf-8" and all(ord(char) < 0x80 or char == "\ufffd" for char in text):
        return data.decode("cp1252", "replace"), "It was read as Windows-1252, not UTF-8."
    return text, "What is no UTF-8 in it was replaced by a sign (\ufffd)."


def salvage_book(data: bytes) -> Salvaged:
    """Return every whole document in `data`, whatever stands between them."""
    found = Salvaged()
    text, told = text_of(data)
    if told:
        found.told.append(told)
    table, at = "", 0
    while key := _KEY.search(text, at):
        name, at = key[1], key.end()
        if not _ROW.fullmatch(name):
            if name in TABLES or name in OWN_TABLES or _TABLE_BEGINS.match(text, at):
                table = _plain(name)
                found.tables.setdefault(table, {})
                at += 1
            continue
        try:
            document, end = _decode(text, at)
        except (ValueError, RecursionError):
            end = _line_end(text, at)
            if table not in OWN_TABLES:
                found.lost.append(_told_lost(text, key.start(), table, name))
        else:
            _take(found, table, name, document)
        at = end
    _name_tables(found)
    return found


def _plain(name: str) -> str:
    try:
        return str(json.loads(f'"{name}"'))
    except ValueError:
        return name


def _line_end(text: str, at: int) -> int:
    """Return where to go on after a document that is not whole: at the next line, or the next document in this one."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    following = re.compile(r'"[1-9][0-9]*"\s*:\s*\{').search(text, at, end)
    return end if following is None else following.start()


def _told_lost(text: str, at: int, table: str, row: str) -> str:
    line = text.count("\n", 0, at) + 1
    return f"{table or 'something'} {row} in line {line}"


def _take(found: Salvaged, table: str, row: str, document: Document) -> None:
    """Put a document where it belongs: into the table that it fits, where the name of its own is lost."""
    if table not in OWN_TABLES and (meant := table_of(table, document)) != table:
        if not found.told or meant not in found.told[-1]:
            found.told.append(f"{table or 'A nameless table'} has what belongs to {meant}: it was put there.")
        table = meant
    documents = found.tables.setdefault(table or _NAMELESS, {})
    if row in documents:
        other = documents[row]
        if other == document:
            return
        if table in TABLES and document.get("uid") and other.get("uid") == document.get("uid"):
            later, earlier = (other, document) if moment_of(other) > moment_of(document) else (document, other)
            documents[row] = later
            found.second.append((table, earlier))
            return
        if table not in OWN_TABLES:
            row = _free(documents)
    documents[row if len(row) <= _LONGEST else _free(documents)] = document


def _free(documents: dict[str, Document]) -> str:
    return str(max(map(int, documents), default=0) + 1)


def table_of(table: str, document: Document) -> str:
    """Return the table to which a document belongs that stands in `table`: another one only where that is certain."""
    if table in TABLES and _fits(table, document):
        return table
    fitting = [name for name in TABLES if _fits(name, document)]
    return fitting[0] if len(fitting) == 1 else table


def _fits(table: str, document: Document) -> bool:
    """Whether a document has every field that a record of `table` must have, and none that such a record has not."""
    shape = fields(TABLES[table])
    known = {one.name for one in shape}
    required = {one.name for one in shape if one.default is MISSING and one.default_factory is MISSING}
    return required <= document.keys() <= known and not problems(TABLES[table], document)


def _name_tables(found: Salvaged) -> None:
    """Empty tables of unknown name are none that anybody made."""
    for name in [name for name, documents in found.tables.items() if not documents and name not in TABLES]:
        del found.tables[name]


@dataclass(slots=True)
class SalvagedJournal:
    """The transactions of a journal that are whole."""

    header: Header | None = None
    entries: tuple[Entry, ...] = ()
    """By number."""
    lost: int = 0
    """How many lines, or parts of them, cannot be read."""
    missing: tuple[int, ...] = ()
    """The numbers that are missing between others."""


def salvage_journal(data: bytes) -> SalvagedJournal:
    """Return every whole transaction in `data`, and the header if it is whole."""
    found, entries = SalvagedJournal(), dict[int, Entry]()
    for line in data.split(b"\n"):
        for content in _said_in(line):
            if content is None:
                found.lost += 1
                continue
            found.header = found.header or content.header
            for entry in content.entries:
                entries.setdefault(entry.seq, entry)
    found.entries = tuple(entries[seq] for seq in sorted(entries))
    first = found.header.seq + 1 if found.header else min(entries, default=0)
    found.missing = tuple(seq for seq in range(first, max(entries, default=0)) if seq not in entries)
    return found


def _said_in(line: bytes) -> Iterator[Content | None]:
    """Yield what a line says, or the lines that became one; None for what cannot be read."""
    if not line:
        return
    if unguarded(line) is not None:
        yield _content_of(line)
        return
    starts = [match.start() for match in _GUARDED.finditer(line)]
    if not starts or starts[0] > 0:
        yield None
    for start, end in pairwise([*starts, len(line)]):
        part = line[start:end]
        yield next(
            (_content_of(part[:size]) for size in range(len(part), len(part) - 3, -1) if _whole(part[:size])), None
        )


def _whole(line: bytes) -> bool:
    return unguarded(line) is not None


def _content_of(line: bytes) -> Content | None:
    """Return what one whole line says, wherever it stands; None where it says nothing of a journal."""
    said = unguarded(line) or {}
    seq = said.get("seq")
    last = seq - 1 if type(seq) is int and "ops" in said else 0 if "folded" in said else None
    try:
        return parse_journal(line + b"\n", "", last)
    except BadBook:
        return None
