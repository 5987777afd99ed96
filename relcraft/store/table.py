"""The TinyDB table of a book: every stock method, on documents in memory, storing only what changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, cast

from tinydb.queries import QueryLike
from tinydb.table import Document as TinyDocument
from tinydb.table import Table

from relcraft.domain.documents import Document
from relcraft.store.encoding import copied
from relcraft.store.rows import RowOp
from relcraft.store.storage import BookStorage


class _Copies(Mapping[str, Document]):
    """The documents of one table, each copied as it is handed out."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def __getitem__(self, row: str) -> Document:
        return cast("Document", copied(self._documents[row]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


class _Edit(MutableMapping[int, Document]):
    """One table while it is changed: what nobody touches is not even copied."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._old = documents
        self._new: dict[int, Document | None] = {}

    def __getitem__(self, row: int) -> Document:
        if row not in self._new:
            self._new[row] = copied(self._old[str(row)])
        document = self._new[row]
        if document is None:
            raise KeyError(row)
        return document

    def __setitem__(self, row: int, document: Document) -> None:
        self._new[row] = document

    def __delitem__(self, row: int) -> None:
        if row not in self:
            raise KeyError(row)
        self._new[row] = None

    def __contains__(self, row: object) -> bool:
        if isinstance(row, int) and row in self._new:
            return self._new[row] is not None
        return str(row) in self._old

    def __iter__(self) -> Iterator[int]:
        for row in map(int, self._old):
            if row in self:
                yield row
        for row, document in self._new.items():
            if document is not None and str(row) not in self._old:
                yield row

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Drop every document."""
        self._new = dict.fromkeys(map(int, self._old))

    def ops(self, table: str) -> Iterator[RowOp]:
        """Yield what was done."""
        for row, document in self._new.items():
            before = self._old.get(str(row))
            after = None if document is None else copied(document)
            if after != before:
                yield RowOp(table, row, before, after)


class BookTable(Table):
    """A table of a book. Documents go in and come out as copies; ids are never used again.

    Changes within one call are one transaction: all of it is stored, or nothing. Raises `NotKept`.
    """

    def __init__(self, storage: BookStorage, name: str, **options: Any) -> None:
        self._book = storage
        self._seen = storage.version
        self._following = 0
        super().__init__(storage, name, **options)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document and return its id."""
        with self._book.transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents and return their ids: all of them, or none."""
        with self._book.transaction():
            return super().insert_multiple(documents)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update the documents that match, or insert `document`; return the ids."""
        with self._book.transaction():
            return super().upsert(document, cond)

    def search(self, cond: QueryLike) -> list[TinyDocument]:
        """Return the documents that match, what other programs wrote included."""
        self._look()
        return super().search(cond)

    def _look(self) -> None:
        self._book.look()
        if self._seen != self._book.version:
            self._seen = self._book.version
            self.clear_cache()

    def _documents(self) -> Mapping[str, Document]:
        return self._book.rows.tables.get(self.name, {})

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        self._look()
        return cast("dict[str, Mapping[str, Any]]", _Copies(self._documents()))

    def _get_next_id(self) -> int:
        """Return an id that no document had. Only called inside a transaction."""
        following = max(self._following, self._book.rows.next_id(self.name))
        self._following = following + 1
        return following

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._book.transaction():
            there = self.name in self._book.rows.tables
            edit = _Edit(self._documents())
            updater(cast("dict[int, Mapping[str, Any]]", edit))
            made = [] if there else [RowOp(self.name, None, None, {})]
            self._book.commit([*made, *edit.ops(self.name)], "TinyDB")
        self.clear_cache()
