"""Relcraft's own export: everything that a book keeps, as one JSON object."""

import json
from collections.abc import Iterable

import orjson

from relcraft.domain.documents import Document

EXPORT_FORMAT = "relcraft"
EXPORT_SCHEMA = 1


def export_json(tables: Iterable[tuple[str, Iterable[Document]]]) -> bytes:
    """Return `{"format", "schema", "contacts": [...], ...}`: each table's records sorted by uid, keys sorted.

    The same book always gives the same bytes.
    """
    whole: dict[str, object] = {"format": EXPORT_FORMAT, "schema": EXPORT_SCHEMA}
    for table, documents in tables:
        whole[table] = sorted(documents, key=lambda document: str(document.get("uid", "")))
    try:
        return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        # Whole numbers of more than 64 bits, which another program may have written: slower, and as exact.
        return (json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=True) + "\n").encode()
