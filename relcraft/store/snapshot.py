"""The file at rest: what a readable book is, and how it is written, one document a line."""

import gc
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from relcraft.domain.documents import TABLES, Document
from relcraft.domain.errors import BadBook
from relcraft.domain.value import Value
from relcraft.store.doubles import Doubled, doubled, may_be_doubled
from relcraft.store.encoding import decode, encode
from relcraft.store.lazy import Documents, LazyDocuments, Tables, read_lazily
from relcraft.store.rows import CHANGES, META, Data
from relcraft.store.seal import LARGE, SEAL, blank, sealed, sums_meanwhile

FORMAT = "relcraft-book"
Identity = tuple[int, int, int, int]
"""Device, inode, size and time of change (ns): two files that agree in all of them are taken for the same."""
_ROWS = re.compile(r"(?:0|[1-9][0-9]{0,17}+)(?:\n(?:0|[1-9][0-9]{0,17}+))*+")
"""The keys of a table, one a line: numbers that every reader of JSON takes for whole ones."""
WAYS_OUT = (
    "It was left as it is: relcraft check --repair saves what can be read, relcraft restore brings a backup back."
)
"""Ends the sentence about the user's own book where that is damaged."""
_MARKS = (b"\n<<<<<<< ", b"\n=======", b"\n>>>>>>> ")
"""What git writes around two versions."""
_BACK = "relcraft restore brings a backup back"
_SMALL = 1_000_000
"""Bytes up to which a file that is not as Relcraft wrote it is looked through for fields that stand twice."""


def identity_of(status: os.stat_result) -> Identity:
    """Return what a file is recognised by."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Meta(Value):
    """What a book says of itself."""

    schema: int = 1
    seq: int = 0
    """The number of the last transaction that is in it."""
    folded: str = ""
    """The name of the journal that was written into it last."""
    next_ids: dict[str, int] = field(default_factory=dict)
    fresh: bool = False
    """Whether Relcraft made it and nothing was ever put into it."""
    seal: bool = True
    """Whether it names a checksum of the file."""
    others: Document = field(default_factory=dict)
    """What this version does not know, kept and written back."""

    def folded_with(self, seq: int, journal: str) -> "Meta":
        """Return what the next file at rest says, which has the journal of that name."""
        return replace(self, seq=seq, folded=journal, fresh=False, seal=True)

    def document(self) -> Document:
        """Return it as it stands in the file, but for the seal."""
        return {
            "format": FORMAT,
            "schema": self.schema,
            "seq": self.seq,
            "folded": self.folded,
            "next_ids": self.next_ids,
            **self.others,
        }


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Snapshot(Value):
    """Which file at rest was read or written."""

    identity: Identity
    size: int
    crc: int
    meta: Meta
    as_written: bool | None = True
    """Whether it is as Relcraft wrote it, by its own seal; None where it has none."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Parsed(Value):
    """The content of a file at rest."""

    tables: Data
    meta: Meta
    crc: int
    """Of the whole file."""
    as_written: bool | None
    """Whether the file is as Relcraft wrote it, by its own seal; None where it has none."""
    uids: dict[str, list[str]] = field(default_factory=dict)
    """Those of the documents of some tables, in their order, where they were found in passing."""
    changes: Any = None
    """What stands as the table of the last changes, unread."""
    twice: tuple[str, ...] = ()
    """What stands twice in the file, a sentence each."""


def parse(data: bytes, name: str) -> Parsed:
    """Read the bytes of the file called `name`. Raises `BadBook` with what is wrong and what was expected."""
    if not data or data.isspace():
        raise BadBook(f"{name} is empty: a book was expected. {_BACK}; or move the file away to begin anew.")
    with sums_meanwhile(data) as sums, without_collecting(len(data)):
        tables = read_lazily(data, CHANGES) or read_at_once(data, name)
        _check_shape(tables.documents, name)
    found, twice = sums(), tuple[str, ...]()
    all_of_it = None if found.fits else _doubled(data, tables, name)
    if all_of_it is not None:
        twice, unread = all_of_it.told, all_of_it.tables.pop(CHANGES, None)
        tables = Tables({**all_of_it.tables}, {}, unread)
        _check_shape(tables.documents, name)
    meta = _meta(tables.documents, name)
    as_written = False if found.fits is None and meta.seal else found.fits
    return Parsed(tables.documents, meta, found.crc, as_written, tables.uids, tables.unread, twice)


def _doubled(data: bytes, tables: Tables, name: str) -> Doubled | None:
    """Return all that `data` says where something stands twice in it: in a large file, where a document does."""
    others = len(tables.unread) if isinstance(tables.unread, dict) else 0
    return doubled(data, name) if len(data) < _SMALL or may_be_doubled(data, tables.documents, others) else None


def read_at_once(data: bytes, name: str) -> Tables:
    """Read every value in `data`. Raises `BadBook` where it is no JSON, or no object."""
    try:
        root = decode(data)
    except ValueError as error:
        raise BadBook(f"{name} cannot be read as JSON: {_what_stands_there(error, data)}. {WAYS_OUT}") from error
    if not isinstance(root, dict):
        raise BadBook(
            f"{name} is JSON, but no book: an object of tables was expected, and it is {_kind(root)}. {_BACK}."
        )
    unread = root.pop(CHANGES, None)
    return Tables(root, {}, unread)


def _what_stands_there(error: ValueError, data: bytes) -> str:
    if all(mark in data for mark in _MARKS):
        return (
            "two versions of it stand in it, as git leaves them where it could not merge (relcraft merge --help tells "
            "how it can)"
        )
    if isinstance(error, json.JSONDecodeError):
        where = f"line {error.lineno}, column {error.colno}"
        return f"something else stands in {where}; perhaps the file was cut off"
    if isinstance(error, UnicodeError):
        return "it is written in another encoding than UTF-8"
    return "a number in it has more digits than can be read"


def _kind(value: Any) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")


def _check_shape(root: dict[str, Any], name: str) -> None:
    for table, documents in root.items():
        if not isinstance(documents, dict | LazyDocuments):
            raise BadBook(
                f'{name} is JSON, but no book: a table of documents was expected under "{table}", '
                f"and it is {_kind(documents)}."
            )
        _check_table(table, documents, name)
    if not root.keys() & {META, *TABLES} and any(root.values()):
        raise BadBook(f"{name} belongs to another program: no table of a book ({', '.join(TABLES)}) is in it.")


def _check_table(table: str, documents: Documents, name: str) -> None:
    together = "\n".join(documents)
    if documents and not (_ROWS.fullmatch(together) and together.count("\n") == len(documents) - 1):
        raise BadBook(f'{name} is JSON, but no book: numbers from 1 on were expected as keys under "{table}".')
    if isinstance(documents, dict) and not set(map(type, documents.values())) <= {dict}:
        raise BadBook(f'{name} is JSON, but no book: something under "{table}" is no document.')


def _meta(root: dict[str, Any], name: str) -> Meta:
    """Take what the book says of itself out of its tables."""
    table = root.pop(META, None)
    if not table:
        return Meta(seal=False)
    said = next(iter(table.values()))
    schema, seq, folded, next_ids = (said.get(key) for key in ("schema", "seq", "folded", "next_ids"))
    if said.get("format") != FORMAT:
        raise BadBook(f'{name} belongs to another program: "{FORMAT}" was expected as its format.')
    if type(schema) is not int or schema < 1 or type(seq) is not int or seq < 0:
        raise BadBook(f'{name} is damaged: whole numbers were expected as schema and seq under "{META}".')
    known = {key: value for key, value in next_ids.items() if type(value) is int} if isinstance(next_ids, dict) else {}
    others = {key: value for key, value in said.items() if key not in Meta().document() and key != SEAL}
    fresh = not seq and not any(root.values())
    name_of_journal = folded if isinstance(folded, str) else ""
    return Meta(schema, seq, name_of_journal, known, fresh=fresh, seal=SEAL in said, others=others)


def render(tables: Data, meta: Meta) -> bytes:
    """Return the bytes of a file at rest: JSON that stock TinyDB opens, one document a line, sealed.

    A document that nobody changed keeps the bytes that it came in, unless those take several lines.
    """
    tables = {**tables, META: {"1": {**meta.document(), **blank()}}}
    data = _rendered(tables, on_one_line=False)
    breaks = len(tables) + sum(len(documents) + 1 for documents in tables.values() if documents)
    if data.count(b"\n") == breaks and b"\r" not in data:
        return sealed(data)
    return sealed(_rendered(tables, on_one_line=True))


def _rendered(tables: Data, *, on_one_line: bool) -> bytes:
    parts = [b"{"]
    for name, documents in tables.items():
        parts += encode(name), b": {\n" if documents else b": {"
        if isinstance(documents, LazyDocuments):
            rendered = documents.rendered(on_one_line=on_one_line)
        else:
            rendered = [encode(document) for document in documents.values()]
        for row, document in zip(documents, rendered, strict=True):
            parts += b'"', row.encode(), b'": ', document, b",\n"
        if documents:
            parts.pop()
        parts += b"\n}" if documents else b"}", b",\n"
    parts[-1] = b"}\n"
    return b"".join(parts)


@contextmanager
def without_collecting(size: int) -> Iterator[None]:
    """Read `size` bytes of documents without the collector of garbage, which has nothing to find in them."""
    if size < LARGE or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
