"""A laptop with a book on it, for stories about several: edits, deletions, undo, and merges of what another has."""

from dataclasses import replace
from typing import Self

from relcraft.domain.changes import Op, Turn
from relcraft.domain.contents import Contents, Tombstone
from relcraft.domain.documents import Document
from relcraft.domain.tombstones import CONFLICTS, laid
from relcraft.domain.uniting import United, united
from tests.domain.books import joined, moment, number_of


class Laptop:
    """One book; a moment is a number, and each step may say its own."""

    def __init__(self, book: Contents | None = None) -> None:
        self.book = book or Contents("book.json")

    def copy(self) -> "Laptop":
        """Another laptop with the same file."""
        return Laptop(self.book)

    def without_history(self) -> Self:
        """The same, as a program that knows nothing of changes writes it."""
        self.book = replace(self.book, history=())
        return self

    def keep(self, table: str, uid: str, after: Document | None, at: int = 0, turn: Turn = Turn.MADE) -> Self:
        """Store a document, or take it away."""
        tables = {name: dict(documents) for name, documents in self.book.tables.items()}
        tombstones = dict(self.book.tombstones)
        before = tables.get(table, {}).get(uid)
        if after is None:
            tables[table].pop(uid)
            tombstones[table, uid] = laid((table, uid), before, moment(at))
        else:
            tables.setdefault(table, {})[uid] = after
            tombstones.pop((table, uid), None)
        op = Op(table, uid, before, after, turn, moment(at) if turn is Turn.MADE else "")
        self.book = Contents(self.book.name, tables, tombstones, (*self.book.history, op))
        return self

    def edit(self, uid: str, at: int, *, table: str = "contacts", **fields: object) -> Self:
        """Change fields of a record, or add it."""
        before = self.book.tables.get(table, {}).get(uid, {"uid": uid, "name": uid.title()})
        former = before.get("updated")
        later = moment(at) if former is None else max(moment(at), moment(number_of(former) + 1))
        return self.keep(table, uid, {**before, **fields, "updated": later})

    def delete(self, uid: str, at: int, *, table: str = "contacts") -> Self:
        """Delete a record."""
        return self.keep(table, uid, None, at)

    def undo(self, at: int = 0) -> Self:
        """Take the last change of one record back."""
        last = self.book.history[-1]
        return self.keep(last.table, last.uid, last.before, at, Turn.UNDO)

    def merge(self, other: "Laptop") -> United:
        """Bring in what another has."""
        outcome = united(self.book, other.book)
        self.book = joined(self.book, other.book)
        return outcome

    def record(self, uid: str, table: str = "contacts") -> Document | None:
        """What the book has of a record, without its stamps."""
        found = self.book.tables.get(table, {}).get(uid)
        return None if found is None else {k: v for k, v in found.items() if k not in ("updated", "created", "uid")}

    @property
    def conflicts(self) -> list[tuple[str, object]]:
        """What waits to be looked at: of whom, and what the other side says."""
        found = self.book.tables.get(CONFLICTS, {}).values()
        return [(str(one["of"]), one.get("document")) for one in found]

    @property
    def tombstones(self) -> dict[str, Tombstone]:
        """The deleted records."""
        return {uid: one for (table, uid), one in self.book.tombstones.items() if table != CONFLICTS}
