"""The documents of a book in memory, as the file has them: by table and TinyDB id, findable by uid."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from relcraft.domain import tombstones
from relcraft.domain.contents import Key, Tombstone
from relcraft.domain.documents import TABLES, Document
from relcraft.domain.value import Value
from relcraft.store.encoding import encode
from relcraft.store.lazy import Documents, LazyDocuments

META = "_meta"
TOMBSTONES = tombstones.TOMBSTONES
CHANGES = "_changes"
OWN_TABLES = frozenset({META, TOMBSTONES, CHANGES})
"""What the store keeps for itself."""

Data = dict[str, Documents]
"""Documents by table and id, as TinyDB writes them."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RowOp(Value):
    """One document of a transaction, before and after; None where it is not there."""

    table: str
    id: int | None
    """TinyDB's id; None: the table itself, which is made or dropped."""
    before: Document | None
    after: Document | None


def key_of(table: str, row: str, document: Document) -> str:
    """Return the name by which a document is found again, whatever its id."""
    uid = document.get("uid")
    if not isinstance(uid, str) or not uid:
        return f"#{row}"
    return tombstone_key(str(document.get("table")), uid) if table == TOMBSTONES else uid


def tombstone_key(table: str, uid: str) -> str:
    """Return the name by which the tombstone of a record is found."""
    return f"{table}/{uid}"


class Rows:
    """The documents of one book. A document in here is never changed, only replaced by another."""

    def __init__(self, tables: Data | None = None, next_ids: Mapping[str, int] | None = None) -> None:
        self.tables: Data = {} if tables is None else tables
        self._least = dict(next_ids or {})
        self._next: dict[str, int] = {}
        self._ids: dict[str, dict[str, str]] = {}
        self._uids: dict[str, Sequence[str]] = {}
        """Those of the documents of unread tables, in order, until their ids have to be known."""
        self._by_uid: dict[str, LazyDocuments] = {}
        """Unread tables by uid, until somebody takes them or changes something."""

    def at(self, table: str, row: int) -> Document | None:
        """Return the document of that id; None where there is none."""
        return self.tables.get(table, {}).get(str(row))

    def find(self, table: str, key: str) -> tuple[int, Document] | None:
        """Return id and document of the uid `key`; None where there is none."""
        row = self.ids(table).get(key)
        return None if row is None else (int(row), self.tables[table][row])

    def have(self, tables: Iterable[str], uid: str) -> bool:
        """Whether one of `tables` has the record `uid`."""
        return any(uid in self.ids(table) for table in tables)

    def ids(self, table: str) -> dict[str, str]:
        """Return the ids of a table by uid."""
        ids = self._ids.get(table)
        if ids is None and table in self._uids:
            ids = self._ids[table] = dict(zip(self._uids.pop(table), self.tables[table], strict=True))
        if ids is None:
            ids = {}
            for row, document in self.tables.get(table, {}).items():
                key = key_of(table, row, document)
                ids[f"#{row}" if key in ids else key] = row
            self._ids[table] = ids
        return ids

    def by_uid(self, table: str) -> Documents:
        """Return the documents of a table by uid, in a mapping of its own."""
        if table in self._by_uid:
            return self._by_uid.pop(table)
        documents, ids = self.tables.get(table, {}), self.ids(table)
        if isinstance(documents, LazyDocuments):
            return documents.named(ids.values(), ids)
        return {key: documents[row] for key, row in ids.items()}

    def next_id(self, table: str) -> int:
        """Return the id for a new document: one that no document of this table ever had."""
        if table not in self._next:
            highest = max(map(int, self.tables.get(table, ())), default=0)
            self._next[table] = max(highest + 1, self._least.get(table, 1))
        return self._next[table]

    def next_ids(self) -> dict[str, int]:
        """Return the next id of each table, to be kept beside the documents."""
        return {table: self.next_id(table) for table in sorted({*self.tables, *self._next, *self._least})}

    def apply(self, op: RowOp) -> None:
        """Do what `op` says."""
        self._by_uid.pop(op.table, None)
        if op.id is None:
            self._apply_to_table(op)
            return
        row = str(op.id)
        documents = self.tables.setdefault(op.table, {})
        self._next[op.table] = max(self.next_id(op.table), op.id + 1)
        ids = self.ids(op.table)
        old = documents.pop(row, None) if op.after is None else documents.get(row)
        if old is not None:
            key = key_of(op.table, row, old)
            ids.pop(key if ids.get(key) == row else f"#{row}", None)
        if op.after is not None:
            documents[row] = op.after
            key = key_of(op.table, row, op.after)
            ids[key if ids.get(key, row) == row else f"#{row}"] = row

    def _apply_to_table(self, op: RowOp) -> None:
        if op.after is not None:
            self.tables.setdefault(op.table, {})
            return
        self._least[op.table] = self.next_id(op.table)
        for known in (self.tables, self._ids, self._uids, self._next):
            known.pop(op.table, None)

    def adopt(self, uids: Mapping[str, Sequence[str]] | None = None) -> int:
        """Give a uid to each document of a record table that has none of its own; return to how many.

        It follows from the content, so that two programs which read the same file give the same one. `uids` are those
        of tables where they are known already, in the order of the documents.
        """
        return sum(self._adopt_in(table, (uids or {}).get(table)) for table in TABLES if table in self.tables)

    def _adopt_in(self, table: str, uids: Sequence[str] | None) -> int:
        documents, ids, adopted = self.tables[table], dict[str, str](), 0
        if uids is not None and isinstance(documents, LazyDocuments):
            by_uid = documents.named(documents, uids)
            if len(by_uid) == len(documents) and "" not in by_uid:
                self._by_uid[table], self._uids[table] = by_uid, uids
                return 0
        for row in list(documents):
            document = documents[row]
            uid = document.get("uid")
            if not isinstance(uid, str) or not uid or uid in ids:
                uid = uid_from(table, row, document)
                documents[row] = {**document, "uid": uid}
                adopted += 1
            ids[uid] = row
        self._ids[table] = ids
        return adopted


def uid_from(table: str, row: str, document: Document) -> str:
    """Return a uid that follows from where a document stands and what it says."""
    text = encode([table, row, sorted(document.items())])
    from hashlib import blake2b  # noqa: PLC0415  # only files of other hands have documents without uid

    return blake2b(text, digest_size=16).hexdigest()


def tombstones_in(rows: Rows) -> dict[Key, Tombstone]:
    """Return which records were deleted, and when."""
    found = map(tombstones.read, rows.tables.get(TOMBSTONES, {}).values())
    return dict(one for one in found if one is not None)


def difference(old: Rows, new: Rows) -> Iterator[RowOp]:
    """Yield what leads from `old` to `new`, the records matched by uid; where `new` has a record, the id is its id."""
    for table in [*old.tables, *(name for name in new.tables if name not in old.tables)]:
        before, after = old.by_uid(table), new.by_uid(table)
        for key in before:
            if key not in after:
                yield RowOp(table, int(old.ids(table)[key]), before[key], None)
        for key in after:
            if key not in before or not _same(key, before, after):
                yield RowOp(table, int(new.ids(table)[key]), before.get(key), after[key])


def _same(key: str, one: Documents, other: Documents) -> bool:
    return one.same(key, other) if isinstance(one, LazyDocuments) else one[key] == other[key]
