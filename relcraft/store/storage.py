"""The TinyDB storage of a book: documents in memory, each transaction one durable line of the journal."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from relcraft.domain.changes import Change, Turn
from relcraft.domain.documents import write_instant
from relcraft.domain.errors import BadBook, NotKept, ReadOnly
from relcraft.store.backups import lost_told
from relcraft.store.completing import completed
from relcraft.store.encoding import copied
from relcraft.store.files import Files, SyncFailed, in_words, make_folders, sync_folder
from relcraft.store.folding import Folding, Overtaken
from relcraft.store.following import Following, Listener
from relcraft.store.journal import Header, Journal, entry_line
from relcraft.store.locking import Lock, NoLocks
from relcraft.store.migrations import MIGRATIONS, Migration
from relcraft.store.place import Place
from relcraft.store.reading import Reading
from relcraft.store.resolving import changes_between, resolved
from relcraft.store.rows import OWN_TABLES, Data, RowOp, Rows

SMALL = 8_000_000
"""Bytes up to which a file is folded soon after a change; a larger one when the journal passes a tenth of it."""


class BookStorage(Storage):
    """One book, shared with other programs: a transaction takes the lock, catches up, appends, and lets go."""

    def __init__(
        self,
        path: Path | str,
        *,
        now: Callable[[], datetime],
        backups: Path | None = None,
        files: Files | None = None,
        migrations: Sequence[Migration] = MIGRATIONS,
        patience: float | None = None,
    ) -> None:
        """Read the book. Raises `BadBook` where there is a file that is none; no file need be there.

        `patience`: how many seconds one waits for another program that writes; None: as long as is usual.
        """
        super().__init__()
        self._files = files or Files()
        self._place = Place.of(Path(path))
        self._lock = Lock(self._files, self._place, patience)
        self._folding = Folding(self._files, self._place, backups, now)
        self._now = now
        self._inside = False
        self._base: Data | None = None
        self._wrote = False
        self._broken = ""
        self._newest = 1 + len(migrations)
        try:
            self._following = Following(self._files, self._place, self._lock, migrations)
        except BaseException:
            self._lock.close()
            raise
        if backups is not None:
            self._state.remarks += lost_told(self._files, backups, self._place)
        self._protected = self._protection()

    # What is there

    @property
    def _state(self) -> Reading:
        return self._following.state

    @property
    def version(self) -> int:
        """Grows whenever a document changes."""
        return self._following.version

    @property
    def rows(self) -> Rows:
        """The documents, as of the last look. Nobody may change one."""
        return self._state.rows

    @property
    def remarks(self) -> tuple[str, ...]:
        """What happened to the files, in sentences."""
        return self._state.remarks + self._state.recent.remarks + self._folding.remarks

    @property
    def seq(self) -> int:
        """The number of the last transaction, as of the last look."""
        return self._state.seq

    def history(self) -> Sequence[Change]:
        """Return what leads to all that can be undone and redone, oldest first, as of the last look."""
        return self._state.recent.changes()

    @property
    def read_only(self) -> str:
        """Why nothing can be written; empty when it can."""
        return self._broken or self._following.unlockable or self._newer() or self._protected

    @property
    def waits(self) -> bool:
        """Whether the file at rest is not up to date."""
        return self._state.elsewhere is not None or self._state.journal is not None

    @property
    def fold_soon(self) -> bool:
        """Whether what waits is better folded now: always in a small file, in a large one from a tenth of it on."""
        state = self._state
        size = 0 if state.snapshot is None else state.snapshot.size
        return state.elsewhere is not None or (
            state.journal is not None and (size < SMALL or state.journal.end > size // 10)
        )

    # Looking

    def listen(self, listener: Listener) -> None:
        """Tell `listener` from now on what other programs wrote."""
        self._following.listen(listener)

    def look(self, patience: float | None = None) -> None:
        """Take in what other programs wrote; quick where they did not. Raises `BadBook`, `NotKept`.

        `patience`: how many seconds one waits for a program that is writing; None: as for writing.
        """
        if self._inside:
            return  # the transaction has everything already; a lock taken again would be let go of too early
        if self._protected:
            self._protected = self._protection()  # it may be over
        self._following.look(patience)

    # Writing

    @contextmanager
    def transaction(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock, with all that others wrote taken in; may be nested. Raises `NotKept`, `ReadOnly`."""
        if self.read_only:
            raise ReadOnly(self.read_only)
        if self._inside:
            with self._saving():
                yield
            return
        with self._saving():
            if self._state.snapshot is None:
                make_folders(self._files, self._place.folder)
            with self._lock.held(patience):
                self._inside = True
                try:
                    self._catch_up_to_write()
                    yield
                except MemoryError:
                    self._following.forget()  # as below
                    raise
                except Exception:
                    raise
                except BaseException:
                    self._following.forget()  # interrupted anywhere: the files are read again
                    raise
                finally:
                    self._inside = False

    def _catch_up_to_write(self) -> None:
        if self._state.journal is not None and not self._state.journal.appendable:
            self._following.forget()  # it is opened anew: perhaps it may be written by now
        try:
            self._following.catch_up()
        except BadBook as error:
            raise ReadOnly(f"Nothing was saved: {error}") from error
        if newer := self._newer():
            raise ReadOnly(newer)
        self._keep_tail()
        if self._state.unsettled:
            self._fold()

    def _keep_tail(self) -> None:
        """Keep what cannot be read at the end of the journal in a file of its own, and go on without it."""
        state = self._state
        tail = state.torn if state.journal is None else state.journal.tail()
        if tail:
            self._folding.keep_tail(tail)
            state.torn = b""
        if tail and state.journal is not None:
            state.journal.cut()
            state.marks = (state.marks[0], state.journal.mark())

    def commit(
        self, ops: Sequence[RowOp], title: str, at: datetime | None = None, turn: Turn = Turn.MADE
    ) -> tuple[RowOp, ...]:
        """Store `ops`, made on what is in `rows` now, durably and as a whole; return them as stored.

        Only inside a transaction. Raises `NotKept` and `OSError`: then nothing of it is stored.
        """
        if not ops:
            return ()
        state = self._state
        if state.snapshot is None:
            self._folding.fold(state)
        seq, when = state.seq + 1, write_instant(at or self._now())
        line, entry = entry_line(seq, when, title, completed(state.rows, ops, when, turn), turn)
        if state.journal is None:
            state.journal = self._begin(state, line, seq)
        else:
            if not state.journal.named:
                sync_folder(self._files, self._place.folder)
                state.journal.named = True
            state.journal.append(line, seq)
        for op in entry.ops:
            state.rows.apply(op)
        state.recent.take(entry)
        self._wrote, self._base = True, None
        state.seq = seq
        state.marks = (state.marks[0], state.journal.mark())
        self._following.version += 1
        return entry.ops

    def _begin(self, state: Reading, line: bytes, seq: int) -> Journal:
        """Begin a journal on the file at rest, in the place of one that has nothing to say."""
        if state.snapshot is None:
            raise FileNotFoundError(2, "there is no file at rest to continue")
        if not state.named:  # no journal may begin, nor a needless one go, before the file at rest is there to stay
            sync_folder(self._files, self._place.folder)
            state.named = True
        if state.marks[1] is not None:
            self._files.unlink(self._place.journal)
        snapshot = state.snapshot
        header = Header(snapshot.meta.seq, snapshot.size, snapshot.crc, os.urandom(8).hex())
        return Journal.begin(self._files, self._place.journal, header, line, seq)

    @contextmanager
    def _saving(self) -> Iterator[None]:
        name = self._place.book.name
        try:
            yield
        except SyncFailed as error:
            self._broken = (
                f"The disk did not confirm what was written for {name} ({in_words(error)}): "
                "nothing more is saved until the book is opened again."
            )
            raise ReadOnly(self._broken) from error
        except NoLocks as error:
            raise ReadOnly(self._following.note_no_locks()) from error
        except (OSError, MemoryError) as error:
            self._protected = self._protection()
            raise NotKept(f"{name} could not be saved: {in_words(error)}. What was saved before is safe.") from error

    def fold(self, patience: float | None = None) -> None:
        """Write the file at rest if anything waits. Raises `NotKept`: then the journal still has everything."""
        if self.read_only or not self.waits:
            return
        with self.transaction(patience):
            if self.waits:
                self._fold()

    def _fold(self) -> None:
        """Fold; where an editor changed the file while that went on, what it wrote is brought in first."""
        try:
            self._folding.fold(self._state)
        except Overtaken:
            self._catch_up_to_write()

    def close(self) -> None:
        """Fold, unless the file is large and only others wrote; then let go of all files."""
        try:
            if self._wrote or self.fold_soon:
                self.fold()
        finally:
            if self._state.journal is not None:
                self._state.journal.close()
                self._state.journal = None
            self._lock.close()

    # What TinyDB asks of a storage

    def read(self) -> dict[str, dict[str, Any]]:
        """Return a copy of all tables, as TinyDB has them."""
        self.look()
        self._base = base = self._as_they_are()
        return {name: {row: copied(one) for row, one in rows.items()} for name, rows in base.items()}

    def _as_they_are(self) -> Data:
        return {name: rows.copy() for name, rows in self.rows.tables.items() if name not in OWN_TABLES}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Store the difference between what `read` returned and `data`, as one transaction. Raises `NotKept`.

        What other programs wrote since that read stays. Where nothing was read since our last change, `data` is
        compared with what is there.
        """
        with self.transaction():
            base = self._as_they_are() if self._base is None else self._base
            self.commit(resolved(self.rows, changes_between(base, data)), "TinyDB")

    def _newer(self) -> str:
        if self._state.schema <= self._newest:
            return ""
        return (
            f"{self._place.book.name} was written by a newer Relcraft (its schema is {self._state.schema}, "
            f"and this one knows up to {self._newest}): it can be read, and not changed."
        )

    def _protection(self) -> str:
        book, folder = self._place.book, self._place.folder
        try:
            if self._files.stat(book) is not None and not self._files.writable(book):
                return f"{book.name} is write-protected: it can be read, and not changed."
            while self._files.stat(folder) is None:
                folder = folder.parent
        except OSError:
            return ""  # not known: the next change is refused where it has to be
        if self._files.writable(folder):
            return ""
        return f"Nothing can be saved in the folder {folder}: it is write-protected."
