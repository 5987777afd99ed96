"""What is in a book's files as of the last look, and how it is brought up to what other programs wrote since."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from relcraft.domain.errors import BadBook
from relcraft.store.files import Files, in_words, read_whole
from relcraft.store.journal import Content, Journal, parse_journal
from relcraft.store.locking import Lock, NoLocks
from relcraft.store.migrations import Migration
from relcraft.store.place import Place
from relcraft.store.reading import Reading, marks_of, open_journal, read_book
from relcraft.store.rows import RowOp, difference
from relcraft.store.snapshot import Identity, Snapshot

Listener = Callable[[Sequence[RowOp]], None]
"""Hears what other programs wrote."""


class Following:
    """One book as it was read, kept in step with its files. Nothing is written to them."""

    def __init__(self, files: Files, place: Place, lock: Lock, migrations: Sequence[Migration]) -> None:
        """Read the book. Raises `BadBook`."""
        self._files = files
        self._place = place
        self._lock = lock
        self._migrations = migrations
        self._heard: Listener | None = None
        self.unlockable = ""
        """Why the book cannot be locked, in a sentence; empty as long as nothing speaks against it."""
        self.version = 0
        """Grows whenever a document changes."""
        with self._reading(), self._lock_if_there():
            self.state = read_book(files, place, migrations)
            """What is there, as of the last look."""

    def listen(self, listener: Listener) -> None:
        """Tell `listener` from now on what other programs wrote."""
        self._heard = listener

    def forget(self) -> None:
        """See to it that the next look reads the files again."""
        self.state.marks = (None, None)

    def look(self, patience: float | None = None) -> None:
        """Take in what other programs wrote; quick where they did not. Raises `BadBook`, `NotKept`.

        `patience`: how many seconds one waits for a program that is writing; None: as for writing.
        """
        with self._reading():
            if marks_of(self._files, self._place) == self.state.marks:
                return
            with self._lock_if_there(patience):
                self.catch_up()

    def note_no_locks(self) -> str:
        """Note that the book cannot be locked, and return that in a sentence."""
        name = self._place.book.name
        self.unlockable = (
            f"Nothing can be locked on the disk that {name} is on, so that programs could not take turns: "
            "it can be read, and not changed. In a folder on another disk it can."
        )
        return self.unlockable

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (OSError, MemoryError) as error:
            raise BadBook(f"{self._place.book.name} could not be read: {in_words(error)}.") from error

    @contextmanager
    def _lock_if_there(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock while reading, unless nobody ever locked this book, or we may not, or there are no locks."""
        lock = self._lock
        with ExitStack() as held:
            if not self.unlockable and lock.there and self._files.writable(self._place.lock):
                try:
                    held.enter_context(lock.held(patience))
                except NoLocks:
                    self.note_no_locks()
            yield

    def catch_up(self) -> None:
        """Bring the documents up to what the files say. Raises `BadBook`: then they are as before."""
        state = self.state
        marks = marks_of(self._files, self._place)
        if marks == state.marks:
            return
        if state.journal is not None:
            self._follow(state, state.journal)
        if marks == state.marks:
            return
        if state.snapshot is None or marks[0] != state.snapshot.identity or not self._join(state, marks[1]):
            self._read_again(state)

    def _follow(self, state: Reading, journal: Journal) -> None:
        """Read on in the journal that we have open: it can be read to its end even when it was removed."""
        content = journal.read_on(self._place.journal.name)
        self._take(state, content)
        state.marks = (state.marks[0], journal.mark())
        if content.farewell is not None and state.snapshot is not None:
            farewell = content.farewell
            state.recent.settle()
            meta = state.snapshot.meta.folded_with(farewell.seq, journal.header.name)
            state.snapshot = Snapshot(farewell.identity, farewell.identity[2], farewell.crc, meta)
            state.named = True
            state.marks = (farewell.identity, None)
            state.journal = None
            journal.close()

    def _join(self, state: Reading, mark: Identity | None) -> bool:
        """Take in a journal that another program began on the file at rest that we know; False where it is none."""
        if state.journal is not None or state.snapshot is None or state.unsettled or mark is None:
            return False
        fd, appendable = open_journal(self._files, self._place)
        if fd < 0:
            return False
        try:
            content = parse_journal(read_whole(self._files, fd), self._place.journal.name)
            if content.header is not None and content.header.fits(state.snapshot):
                seq = state.seq + len(content.entries)
                state.journal = Journal(self._files, fd, content.header, content.end, seq, torn=content.torn)
                state.journal.appendable = appendable
        finally:
            if state.journal is None:
                self._files.close(fd)
        if state.journal is None:
            return False
        self._take(state, content)
        state.marks = (state.marks[0], state.journal.mark())
        return True

    def _take(self, state: Reading, content: Content) -> None:
        for entry in content.entries:
            for op in entry.ops:
                state.rows.apply(op)
            state.recent.take(entry)
            state.seq = entry.seq
            self._tell(entry.ops)

    def _read_again(self, state: Reading) -> None:
        """Read both files anew, and tell what is different in them. Raises `BadBook`: then all is as before."""
        new = read_book(self._files, self._place, self._migrations, orphan=state.journal)
        if new.snapshot is None and state.snapshot is not None:
            name = self._place.book.name
            raise BadBook(
                f"{name} is gone: it was moved or deleted while it was open. "
                "Put it back, or quit and go back to a backup: relcraft restore."
            )
        if self._heard is not None:
            self._tell(tuple(difference(state.rows, new.rows)))
        if state.journal is not None:
            state.journal.close()
        new.remarks = tuple(dict.fromkeys(state.remarks + new.remarks))
        self.state = new
        self.version += 1

    def _tell(self, ops: Sequence[RowOp]) -> None:
        self.version += 1
        if self._heard is not None:
            self._heard(ops)
