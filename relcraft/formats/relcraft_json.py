"""Relcraft's own export: everything that a book keeps, as one JSON object, out and in again."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from relcraft.domain.contents import Contents
from relcraft.domain.documents import OF_ONE_MACHINE, TABLES, Document
from relcraft.domain.errors import BadInput
from relcraft.domain.incoming import Skipped
from relcraft.domain.text import clean_line

EXPORT_FORMAT = "relcraft"
EXPORT_SCHEMA = 1
_HEAD = ("format", "schema")
_SIGN = b'"relcraft"'


@dataclass(frozen=True, slots=True)
class Export:
    """What an export says, and what of it is no record."""

    contents: Contents
    skipped: tuple[Skipped, ...]


def export_json(tables: Iterable[tuple[str, Iterable[Document]]]) -> bytes:
    """Return `{"format", "schema", "contacts": [...], ...}`: each table's records sorted by uid, keys sorted.

    The same book always gives the same bytes. What is of one machine alone stays on it.
    """
    whole: dict[str, object] = {"format": EXPORT_FORMAT, "schema": EXPORT_SCHEMA}
    for table, documents in tables:
        if table in OF_ONE_MACHINE:
            continue
        whole[table] = sorted(documents, key=lambda document: str(document.get("uid", "")))
    try:
        return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        # Whole numbers of more than 64 bits, which another program may have written: slower, and as exact.
        return (json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=True) + "\n").encode()


def is_export(data: bytes) -> bool:
    """Whether `data` is what `export_json` wrote, whatever became of it since. Raises nothing."""
    return _SIGN in data and _is_export(_root(data))


def read_export(data: bytes, name: str) -> Export:
    """Return what the export called `name` says, to be brought in as another version of the book.

    Raises `BadInput` for what is no export, or one of a newer Relcraft.
    """
    root = _root(data)
    if not _is_export(root):
        raise BadInput(f"{name} is no export of Relcraft, or it is damaged: one whole JSON object was expected.")
    if root.get("schema") != EXPORT_SCHEMA:
        raise BadInput(f"{name} was written by another Relcraft: its schema is {clean_line(str(root.get('schema')))}.")
    tables: dict[str, dict[str, Document]] = {}
    skipped: list[Skipped] = []
    for table, records in root.items():
        if table in _HEAD:
            continue
        there = tables.setdefault(table, {})
        for where, document in _placed(records, f"{name}, {clean_line(table)}"):
            why = _why_not(table, document, there)
            if why:
                skipped.append(Skipped(where, why))
            else:
                there[document["uid"]] = document
    return Export(Contents(name, {table: tables[table] for table in tables if table in TABLES}), tuple(skipped))


def _root(data: bytes) -> dict[str, Any]:
    """Return the object that a file is; an empty one for anything else. Numbers stay exact, however long."""
    try:
        root = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return root if isinstance(root, dict) else {}


def _is_export(root: Mapping[str, Any]) -> bool:
    return root.get("format") == EXPORT_FORMAT and isinstance(root.get("contacts"), list)


def _placed(records: Any, where: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(records, list):
        yield where, None
        return
    yield from ((f"{where}, number {number}", record) for number, record in enumerate(records, start=1))


def _why_not(table: str, document: Any, there: Mapping[str, Document]) -> str:
    if table not in TABLES:
        return "is of a kind that this Relcraft does not know"
    if table in OF_ONE_MACHINE:
        return "is what another machine noted for itself"
    if not isinstance(document, dict) or not isinstance(document.get("uid"), str) or not document["uid"]:
        return "is no record: an object with a uid was expected"
    return "has the uid of a record before it" if document["uid"] in there else ""
