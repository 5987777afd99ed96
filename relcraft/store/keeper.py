"""The keeper of an open book, on its file."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from relcraft.book.port import Kept, Tables
from relcraft.domain.changes import Change, Op, Turn
from relcraft.domain.contents import Key, Tombstone
from relcraft.domain.errors import BadBook, Conflict, NotKept
from relcraft.store.locking import Busy
from relcraft.store.resolving import rows_of
from relcraft.store.rows import RowOp, key_of, tombstones_in
from relcraft.store.storage import BookStorage

REST_SECONDS = 2.0
"""How long a book is left alone after a change before its file is brought up to date."""
_LOOK_PATIENCE = 0.05
"""Seconds that one waits for another program where nothing is lost by coming back later."""


class BookFile:
    """Keeps one book in its file, beside other programs that do the same. Make one with `open_store`."""

    def __init__(self, storage: BookStorage) -> None:
        self._storage = storage
        self._news: list[Op] = []
        self._unreadable = ""
        self._unreadable_told = False
        self._rests_since: tuple[int, float] | None = None
        storage.listen(self._hear)

    def _hear(self, ops: Sequence[RowOp]) -> None:
        """Remember what other programs wrote, until the book asks."""
        for op in ops:
            document = op.after or op.before
            if op.id is not None and document is not None and not op.table.startswith("_"):
                self._news.append(Op(op.table, key_of(op.table, str(op.id), document), op.before, op.after))

    def _take_news(self) -> tuple[Op, ...]:
        news, self._news = tuple(self._news), []
        return news

    @property
    def read_only(self) -> str:
        """Why nothing can be written now; empty when it can."""
        return self._storage.read_only or self._unreadable

    @property
    def remarks(self) -> tuple[str, ...]:
        """What happened to the files and is worth telling the user, in sentences."""
        return self._storage.remarks

    def load(self) -> Tables:
        """Return everything that is kept, as of now: the documents by table and uid. Nobody may change one."""
        self._storage.look()
        self._news.clear()
        rows = self._storage.rows
        return {table: rows.by_uid(table) for table in rows.tables if not table.startswith("_")}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the book's lock: all that others wrote is in `news()`, and nothing of theirs comes until the end.

        May be nested. Raises `NotKept` where the lock cannot be had, and `ReadOnly`.
        """
        with self._storage.transaction():
            yield

    def keep(self, change: Change) -> Kept:
        """Store `change` as one transaction, durable when this returns. Raises `NotKept`: then nothing of it is stored.

        Raises `Conflict` where another program changed a record of it in the same fields, or deleted it; and where
        `change` undoes or redoes another, and there is a newer one by now.
        """
        seen = self._storage.seq
        with self._storage.transaction():
            if change.turn is not Turn.MADE and self._storage.seq != seen:
                raise Conflict("Another program changed the book at this moment: look at it, and try again.")
            pairs = tuple(rows_of(self._storage.rows, change.ops))
            stored = self._storage.commit([row for _, row in pairs], change.title, change.at, change.turn)
            ops = tuple(Op(op.table, op.uid, op.before, row.after) for (op, _), row in zip(pairs, stored, strict=False))
        return Kept(ops, self._take_news())

    def history(self) -> Sequence[Change]:
        """Return what leads to all that can be undone and redone, oldest first: every program's."""
        return self._storage.history()

    def tombstones(self) -> Mapping[Key, Tombstone]:
        """Return which records were deleted, as of the last look."""
        return tombstones_in(self._storage.rows)

    def news(self) -> tuple[Op, ...]:
        """Return what other programs changed since the last look, as ops from the old documents to the new.

        Raises `BadBook`, once, where the file became unreadable; what was read before stays.
        """
        try:
            self._storage.look(_LOOK_PATIENCE)
        except BadBook as error:
            # An editor that is still writing leaves half a file for a moment: the second look decides.
            if self._unreadable == str(error) and not self._unreadable_told:
                self._unreadable_told = True
                raise
            self._unreadable = str(error)
            return self._take_news()
        except NotKept:
            return self._take_news()  # another program is busy with the file: there is a next look
        self._unreadable, self._unreadable_told = "", False
        return self._take_news()

    def fold_due(self, now_monotonic: float) -> bool:
        """Whether the file at rest is better written now: asked every second or so, with a clock that never goes back.

        A small file is written 2 s after the last change, a large one when the journal has passed a tenth of it.
        """
        storage = self._storage
        if storage.read_only or not storage.fold_soon:
            return False
        if self._rests_since is None or self._rests_since[0] != storage.version:
            self._rests_since = (storage.version, now_monotonic)
        return now_monotonic - self._rests_since[1] >= REST_SECONDS

    def maybe_fold(self, now_monotonic: float) -> bool:
        """Fold if that is due; return whether it was. Raises `NotKept`, and then waits for another change.

        It does not wait for another program that is writing: then it is due again two seconds later.
        """
        if not self.fold_due(now_monotonic):
            return False
        self._rests_since = (self._storage.version, float("inf"))
        try:
            self._storage.fold(_LOOK_PATIENCE)
        except Busy:
            self._rests_since = (self._storage.version, now_monotonic)
            return False
        return True

    def fold(self) -> None:
        """Bring the file at rest up to date, if anything waits; quick when nothing does."""
        self._storage.fold()

    def close(self) -> None:
        """Fold, and let go of the file."""
        self._storage.close()
