"""One of the two books that become one: what it says, since when, how it came about, and what was settled in it."""

from collections.abc import Iterator, Mapping

from relcraft.domain.contents import Contents, Key
from relcraft.domain.documents import OF_ONE_MACHINE, TABLES, Document
from relcraft.domain.outcomes import State, state_of
from relcraft.domain.pasts import Pasts, Path
from relcraft.domain.tombstones import CONFLICTS
from relcraft.domain.versions import canonical, moment_of


class Half:
    """What one book knows. What an undo put back there is as of the undo, though its document says when it was made."""

    def __init__(self, book: Contents) -> None:
        self.book = book
        self.pasts = Pasts(book.history)
        self.back = dict(self._back())
        """What an undo or redo put back and stands: just after what it took the place of."""
        self.conflicts = {
            **book.tables.get(CONFLICTS, {}),
            **{uid: document for (table, uid), document in self.back.items() if table == CONFLICTS},
        }
        """The list of conflicts."""
        self.settled_by_name = dict(self._settled_by_name())
        """The conflicts that were settled, and up to what moment each was meant."""
        self.settled = dict(self.settled_by_name)
        """All versions that are not to come up again, and up to what moment each was meant."""
        for (table, _uid), tombstone in book.tombstones.items():
            if table != CONFLICTS and tombstone.of:
                self.settled[tombstone.of] = max(tombstone.when, self.settled.get(tombstone.of, ""))
        self.unsettled = self.waiting(self.settled)
        """The versions that wait as far as this book knows, by the record."""

    def _back(self) -> Iterator[tuple[Key, Document]]:
        for key in self.pasts.turned():
            now = self.book.tables.get(key[0], {}).get(key[1])
            dated = None if now is None else self.pasts.dated(key, now)
            if dated is not None and dated != now:
                yield key, dated

    def _settled_by_name(self) -> Iterator[tuple[str, str]]:
        for (table, uid), tombstone in self.book.tombstones.items():
            if table == CONFLICTS:
                yield uid, max(tombstone.when, self.pasts.left_at((table, uid)))

    def state(self, key: Key) -> State:
        """Return what the book says of a record, as of the undo that put it back where one did."""
        dated = self.back.get(key)
        return state_of(self.book, key) if dated is None else State(canonical(key[0], dated), None, dated)

    def known(self, path: Path, state: State) -> Iterator[str]:
        """Yield which versions of another's path somebody settled here who meant them as late as they are."""
        for version, document in path.documents.items():
            moment = state.moment if document is None else moment_of(document)
            if version in self.settled and self.settled[version] >= moment:
                yield version

    def waiting(self, *settled: Mapping[str, str]) -> dict[Key, set[str]]:
        """Return the versions that wait in the list of conflicts, by the record, but for those that were settled."""
        waiting: dict[Key, set[str]] = {}
        for uid, conflict in self.conflicts.items():
            if not any(uid in one and one[uid] >= moment_of(conflict) for one in settled):
                waiting.setdefault((str(conflict.get("table")), str(conflict.get("of"))), set()).add(uid)
        return waiting

    def of_records(self) -> Iterator[Key]:
        """Yield the records that are of another moment than their documents say, but for those of one machine alone."""
        return (key for key in self.back if key[0] in TABLES and key[0] not in OF_ONE_MACHINE | {CONFLICTS})
