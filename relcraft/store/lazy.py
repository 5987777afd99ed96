"""Documents as the bytes that they came in, each read when somebody looks at it: a big book opens in a moment."""

import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import msgspec

from relcraft.book.port import Column, values_of
from relcraft.domain.documents import Document
from relcraft.domain.value import Value
from relcraft.store.encoding import decode, encode

_DEEP = 400
"""A book with a document of more brackets is read at once: how deep one may nest is for the reader of values to say."""
_DIGITS = 4_300
_LONG_NUMBER = re.compile(rb"[0-9]{%d}" % _DIGITS)
"""Python reads no whole number of more digits."""
_CHUNK = 1 << 20
"""Bytes of which the encoding is checked at once."""


class _Named(msgspec.Struct, gc=False):
    """What has to be known of every document."""

    uid: str


_pass_over = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]]).decode
_read_name = msgspec.json.Decoder(_Named).decode


class LazyDocuments(MutableMapping[str, Document]):
    """Documents by key. What nobody replaced stays the bytes that it came in, and is read anew by each who looks."""

    __slots__ = ("_kept",)

    def __init__(self, kept: dict[str, Any]) -> None:
        """`kept` holds documents, and `Raw` that is known to be JSON objects."""
        self._kept = kept

    def __getitem__(self, key: str) -> Document:
        kept = self._kept[key]
        return kept if type(kept) is dict else _read(kept)

    def __setitem__(self, key: str, document: Document) -> None:
        self._kept[key] = document

    def __delitem__(self, key: str) -> None:
        del self._kept[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def copy(self) -> "LazyDocuments":
        """Return a mapping of its own with the same documents, as unread as they are here."""
        return LazyDocuments(self._kept.copy())

    def named(self, keys: Iterable[str], names: Iterable[str]) -> "LazyDocuments":
        """Return the documents of `keys` under other names, in that order; of two with one name, the last."""
        kept = self._kept
        found = kept.values() if keys is self else map(kept.__getitem__, keys)
        return LazyDocuments(dict(zip(names, found, strict=True)))

    def same(self, key: str, other: Mapping[str, Document]) -> bool:
        """Tell whether `other` has an equal document under `key`. Both have one."""
        if isinstance(other, LazyDocuments):
            mine, theirs = self._kept[key], other._kept[key]
            if mine is theirs or (type(mine) is type(theirs) is msgspec.Raw and bytes(mine) == bytes(theirs)):
                return True
        return self[key] == other[key]

    def rendered(self, *, on_one_line: bool) -> list[bytes]:
        """Return each document as JSON: as it came in, unless it was replaced or has to be brought on one line."""
        return [
            encode(self[key]) if type(kept) is dict or (on_one_line and _has_line_break(kept)) else kept
            for key, kept in self._kept.items()
        ]

    def columns(self, **fields: Column) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield the key and the values of `fields` of each document; None where there is nothing of that kind."""
        optional = [(field, column | None, None) for field, column in fields.items()]
        read = msgspec.json.Decoder(msgspec.defstruct("Glance", optional, gc=False)).decode
        values = msgspec.structs.astuple
        for key, kept in self._kept.items():
            try:
                yield key, values(read(kept))
            except (TypeError, msgspec.DecodeError):  # it was replaced, or has something else in a field
                yield key, values_of(self[key], fields)


Documents = dict[str, Document] | LazyDocuments
"""The documents of one table, by id or uid."""


def _has_line_break(kept: msgspec.Raw) -> bool:
    text = bytes(kept)
    return b"\n" in text or b"\r" in text


def _read(kept: msgspec.Raw) -> Document:
    document: Document = decode(bytes(kept))
    return document


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tables(Value):
    """The tables of a book as they were read."""

    documents: dict[str, Documents]
    """By table and id."""
    uids: dict[str, list[str]]
    """The uids of the documents of a table, in order; not of a table where one has none."""
    unread: Any = None
    """What stands under the name of the table that nobody wished to have looked at."""


def read_lazily(data: bytes, unread: str = "") -> Tables | None:
    """Return the tables in `data`, all of which was checked to be JSON; None where that needs another reader.

    Documents stay unread in a table where every one is an object with a uid; those of the table `unread` may be
    anything that is JSON. None does not mean that `data` is wrong: whoever reads all of its values can say.
    """
    try:
        if not _is_utf8(data):
            return None
        passed = _pass_over(data)
        tables = Tables({}, {}, passed.pop(unread, None))
        if any(_any_deep(table.values()) for table in passed.values()):
            return None
        for name, table in passed.items():
            uids = _uids(table.values())
            if uids is None:
                tables.documents[name] = {row: decode(bytes(one)) for row, one in table.items()}
            else:
                tables.documents[name] = LazyDocuments(table)
                tables.uids[name] = uids
    except (ValueError, RecursionError):
        return None
    return tables


def _is_utf8(data: bytes) -> bool:
    """Tell what passing over documents does not check."""
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _any_deep(documents: Collection[msgspec.Raw]) -> bool:
    if max(map(len, documents), default=0) <= _DEEP:
        return False
    return any(_is_hard(bytes(document)) for document in documents if len(document) > _DEEP)


def _is_hard(text: bytes) -> bool:
    """Tell whether a document may be refused by whoever reads its values, though it is JSON."""
    return is_deep(text) or (len(text) > _DIGITS and _LONG_NUMBER.search(text) is not None)


def is_deep(text: bytes) -> bool:
    """Tell whether a document may nest deeper than every reader goes: whether it has that many brackets."""
    return len(text) > _DEEP and text.count(b"[") + text.count(b"{") > _DEEP


def _uids(documents: Iterable[msgspec.Raw]) -> list[str] | None:
    """Return the uids of documents; None where one is no object, or has none."""
    try:
        return [_read_name(document).uid for document in documents]
    except msgspec.DecodeError:
        return None
