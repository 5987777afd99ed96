"""What stands twice in a file at rest, of which readers of JSON keep the last and drop the other without a word."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from relcraft.domain.documents import Document
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.store.lazy import Documents
from relcraft.store.rows import OWN_TABLES

_DOCUMENTS = re.compile(rb'"[0-9]+"\s*:\s*\{')
"""How a document begins; no text can hold it, because a quote in a text is escaped."""
_Pairs = list[tuple[str, Any]]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Doubled(Value):
    """A file in which something stands twice."""

    tables: dict[str, dict[str, Document]]
    """All of its tables, with each document: of two with one id the earlier one has another, higher than all."""
    told: tuple[str, ...]
    """What stands twice, a sentence each."""


def may_be_doubled(data: bytes, kept: dict[str, Documents], others: int) -> bool:
    """Whether more documents begin in `data` than `kept` has, and `others` beside: rarely without anything twice."""
    documents = sum(map(len, kept.values())) + others
    if data.count(b"{") <= 1 + len(kept) + documents:  # no more objects than there have to be: that is counted at once
        return False
    return len(_DOCUMENTS.findall(data)) > documents


def doubled(data: bytes, name: str) -> Doubled | None:
    """Return what the JSON in `data`, which is a book called `name`, says with all that stands twice; None: nothing."""
    found: dict[int, tuple[Any, _Pairs]] = {}

    def object_of(pairs: _Pairs) -> Any:
        known = dict(pairs)
        if len(known) < len(pairs):
            found[id(known)] = known, pairs
        return known

    try:
        root = json.loads(data, object_pairs_hook=object_of)
    except RecursionError:  # it nests deeper than this reader goes, and another one went
        return None
    if not found:
        return None
    told: list[str] = []

    def pairs_of(value: Any) -> _Pairs:
        _, pairs = found.pop(id(value), (None, None))
        return list(value.items()) if pairs is None else pairs

    tables: dict[str, dict[str, Document]] = {}
    earlier: list[tuple[str, str, Any]] = []
    for table, documents in pairs_of(root):
        here = tables.setdefault(table, {})
        for row, document in pairs_of(documents) if isinstance(documents, dict) else ():
            if row in here and here[row] != document and table not in OWN_TABLES:
                earlier.append((table, row, here[row]))
            here[row] = document
    for table, row, document in earlier:
        following = str(max(map(int, tables[table])) + 1)
        tables[table][following] = document
        told.append(f"{clean_line(table)} {row} stands twice in {name}: both are kept, the first as {following}.")
    told += _fields_told(found.values(), name)
    return Doubled(tables, tuple(told))


def _fields_told(found: Any, name: str) -> Iterator[str]:
    for _, pairs in found:
        for field, times in Counter(key for key, _ in pairs).items():
            if times > 1:
                yield f'"{clean_line(field)[:40]}" stands twice in one place of {name}: the last one counts.'
