"""One user at a book whose disk refuses a call: what was acknowledged, what was told, and whether both are true."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from relcraft.book.open import Book
from relcraft.domain.changes import Change, Op, Turn, put
from relcraft.domain.documents import TABLES, Document
from relcraft.domain.errors import NotKept, ReadOnly, RelcraftError
from relcraft.domain.merging import STAMPS
from relcraft.domain.records import Contact
from relcraft.store import open_store
from relcraft.store.files import Files
from relcraft.store.migrations import MIGRATIONS, Migration
from relcraft.store.place import Place
from relcraft.store.reading import read_book
from tests.battery.refusing import FAILED_SYNC, Fault, RefusingFiles
from tests.store.changes import NOW

Shown = dict[str, dict[str, Document]]
History = list[tuple[str, tuple[Op, ...], Turn]]
NOT_CONFIRMED = "did not confirm"
_NO_WORDS = re.compile(r"Errno|Error|Exception|Traceback|\bNone\b|<|\bE[A-Z]{3,}\b|_[a-z]")
"""What no sentence for a user has in it."""
_LEFT_OUT = "conflicts"
"""What became of the side that was not taken is looked for by its words."""


class Over(Exception):
    """The user cannot go on: the book does not open."""


class Play:
    """A user who goes through a scene; `problems` has what did not hold."""

    def __init__(self, folder: Path, fault: Fault | None) -> None:
        self.folder = folder
        self.path = folder / "book.json"
        self.backups = folder / "backups"
        self.files = RefusingFiles(fault)
        self.fault = fault
        self.migrations: Sequence[Migration] = MIGRATIONS
        self.saved: Shown = {}
        """What was acknowledged, by table and uid."""
        self.words: list[str] = []
        """Texts that have to be somewhere in the folder at the end."""
        self.book: Book | None = None
        self.others: list[Book] = []
        self.told: list[str] = []
        self.problems: list[str] = []
        self.unknown = 0
        """How often the user was told that nobody knows whether a change was kept, and it was."""
        self._edited = False
        self._days = count()
        self._heard: Shown = {}

    # What a scene is made of

    def at_rest(self, *records: Contact) -> None:
        """Begin with a book in which these are."""
        book = self._healthy()
        book.change("before", *(put(None, one) for one in records))
        self.saved = shown(book)
        book.close()

    def open(self, backups: Path | None = None) -> None:
        """Start the program whose disk refuses; twice where it does not open. Raises `Over`."""
        for _ in range(2):
            with self._step("open"):
                keeper = open_store(
                    self.path, now=self._now, backups=backups, files=self.files, migrations=self.migrations
                )
                try:
                    book = Book(keeper, self._now)
                except RelcraftError:
                    keeper.close()
                    raise
                self.book, self._heard = book, shown(book)
                book.subscribe(self._hear)
                return
        raise Over

    def other(self) -> Book:
        """Return the book as opened by another program, whose disk is well."""
        book = self._healthy()
        self.others.append(book)
        return book

    def change(self, *ops: Op) -> bool:
        """Change something; return whether it was kept."""
        return self._changing(lambda book: book.change("a change", *ops), ops)

    def undo(self, *ops: Op) -> bool:
        """Undo, which is to do `ops`; return whether that was kept."""
        return self._changing(Book.undo, ops)

    def redo(self, *ops: Op) -> bool:
        """Redo, which is to do `ops`; return whether that was kept."""
        return self._changing(Book.redo, ops)

    def do(self, change: Callable[[Book], Change | None], ops: Sequence[Op]) -> bool:
        """Do what makes one change of `ops`; return whether that was kept."""
        return self._changing(change, ops)

    @property
    def user(self) -> Book:
        """The book as the user has it. Raises `Over` where it could not be opened."""
        if self.book is None:
            raise Over
        return self.book

    def by_other(self, book: Book, *ops: Op) -> None:
        """Let the other program change something."""
        self._acknowledge(book.change("a change by another", *ops))

    def edit(self, edit: Callable[[dict[str, dict[str, Document]]], None]) -> None:
        """Change the file as another program does that knows nothing of Relcraft."""
        tables = json.loads(self.path.read_bytes())
        edit(tables)
        self._edited = True
        self.path.write_text(json.dumps(tables), encoding="utf-8")

    def look(self) -> None:
        """Look for news."""
        with self._step("look", look=True):
            self.user.look_for_news()

    def fold(self) -> None:
        """Bring the file at rest up to date."""
        with self._step("fold"):
            self.user.fold()
            self._must_be_at_rest("folding", self.user)

    def close(self) -> None:
        """Leave."""
        book, self.book = self.user, None
        with self._step("close"):
            try:
                book.close()
            finally:
                self.told += self._new_remarks(book)
            self._must_be_at_rest("closing", book)

    # How it is judged

    @property
    def _journal(self) -> Path:
        return self.path.with_name(f"{self.path.name}.journal")

    def _now(self) -> Any:
        return NOW + timedelta(days=next(self._days) // 4)

    def _healthy(self) -> Book:
        return Book(open_store(self.path, now=lambda: NOW, migrations=self.migrations), lambda: NOW)

    def _hear(self, ops: Sequence[Op]) -> None:
        for op in ops:
            _put(self._heard, op)

    def _changing(self, change: Callable[[Book], Change | None], ops: Sequence[Op]) -> bool:
        befell, told = self.files.befell, len(self.told)
        with self._step("change", refused=ops):
            self._acknowledge(change(self.user))
            if self.fault is not None and self.fault.kind is FAILED_SYNC and self.files.befell > befell:
                self._must_have_told("a sync failed, and the change was acknowledged")
        return len(self.told) == told

    def _must_have_told(self, problem: str) -> None:
        if not self._new_remarks(self.user):
            self.problems.append(problem)

    def _acknowledge(self, change: Change | None) -> None:
        for op in () if change is None else change.ops:
            _put(self.saved, op)

    @contextmanager
    def _step(self, what: str, *, refused: Sequence[Op] = (), look: bool = False) -> Iterator[None]:
        befell = self.files.befell
        try:
            yield
        except Over:
            raise
        except RelcraftError as error:
            self._judge_words(what, str(error), befell)
            synced = self.fault is not None and self.fault.kind is FAILED_SYNC
            if synced and what in ("change", "fold") and self.book is not None and not self.book.read_only:
                self.problems.append(f"{what}: after a failed fsync it goes on: {error}")
        except Exception as error:  # noqa: BLE001 - whatever comes is what the battery looks for
            self.problems.append(f"{what}: {type(error).__name__}: {error}")
        if self.files.befell > befell or look:
            self._compare(what, refused)

    def _must_be_at_rest(self, what: str, book: Book) -> None:
        if not book.read_only and not self.others and self._journal.exists():
            found = self._with_stock_tinydb()
            if found != self._known():
                self.problems.append(f"{what} said nothing; stock TinyDB finds {_told(found)}")

    def _judge_words(self, what: str, sentence: str, befell: int) -> None:
        if self.files.befell == befell and not (self.book is not None and self.book.read_only):
            self.problems.append(f"{what}: refused though nothing failed: {sentence}")
        self._judge(what, sentence)
        self.told.append(sentence)

    def _judge(self, what: str, sentence: str) -> None:
        if _NO_WORDS.search(sentence.replace(str(self.folder), "")) or not sentence.endswith("."):
            self.problems.append(f"{what}: no sentence for a user: {sentence}")

    def _new_remarks(self, book: Book) -> list[str]:
        for remark in book.remarks:
            self._judge("remark", remark)
        return [remark for remark in book.remarks if remark not in self.told]

    def _compare(self, what: str, refused: Sequence[Op]) -> None:
        """Compare the disk with what was acknowledged, and what the user sees with the disk."""
        disk, history = on_disk(self.path, self.migrations)
        if disk != self._known():
            sure = self.book is None or NOT_CONFIRMED not in self.book.read_only
            after = {table: dict(documents) for table, documents in self.saved.items()}
            for op in refused:
                _put(after, _merged(op, after))
            if sure or _unstamped(disk) != _unstamped(self._known(after)):
                self.problems.append(f"{what}: the disk has {_told(disk)}; acknowledged is {_told(self._known())}")
                return
            self.saved = disk
            self.unknown += 1
            return
        if self.book is None:
            return
        if self.others or self._edited or self.unknown:
            with self.files.mended():
                self.book.look_for_news()
        seen = shown(self.book)
        if seen != disk:
            self.problems.append(f"{what}: the user sees {_told(seen)}, and the disk has {_told(disk)}")
        if self._known(self._heard) != seen:
            self.problems.append(f"{what}: the screens were told {_told(self._heard)}, and the book has {_told(seen)}")
        if history_of(self.book._keeper.history()) != history:
            self.problems.append(f"{what}: another history in memory than on the disk")

    def _known(self, tables: Shown | None = None) -> Shown:
        tables = self.saved if tables is None else tables
        return {name: dict(one) for name, one in tables.items() if one and name != _LEFT_OUT}

    # The end of every scene

    def end(self) -> None:
        """The disk is well again: the next change is kept, or the book says why not and another start mends it."""
        self.files.fault = None
        try:
            self._next_change()
            for other in self.others:
                other.close()
            self._another_start()
        except Exception as error:  # noqa: BLE001 - as above
            self.problems.append(f"at the end: {type(error).__name__}: {error}")
        self._look_at_rest()

    def _next_change(self) -> None:
        if self.book is None:
            return
        try:
            self._acknowledge(self.book.change("next", put(None, Contact(uid="next", name="Next"))))
        except ReadOnly as error:
            self._judge("next change", str(error))
            if not self.book.read_only:
                self.problems.append("the next change is refused, and the book does not say that it is read-only")
        except NotKept as error:
            self.problems.append(f"the next change is refused, and the disk is well: {error}")
        self.told += self._new_remarks(self.book)
        self.book.close()
        self.book = None

    def _another_start(self) -> None:
        book = self._healthy()
        if shown(book) != self._known():
            self.problems.append(f"another start sees {_told(shown(book))}; acknowledged is {_told(self._known())}")
        self._acknowledge(book.change("again", put(None, Contact(uid="again", name="Again"))))
        book.close()

    def _look_at_rest(self) -> None:
        found = self._with_stock_tinydb()
        if found != self._known():
            self.problems.append(f"stock TinyDB finds {_told(found)}; acknowledged is {_told(self._known())}")
        everything = b"".join(one.read_bytes() for one in sorted(self.folder.rglob("*")) if one.is_file())
        self.problems += [f"{word} is nowhere" for word in self.words if word.encode() not in everything]
        left = [one.name for one in self.path.parent.iterdir() if one.suffix == ".tmp" or one == self._journal]
        if left:
            self.problems.append(f"left behind: {left}")

    def _with_stock_tinydb(self) -> Shown:
        with TinyDB(self.path, encoding="utf-8") as database:
            found = {name: {one["uid"]: dict(one) for one in database.table(name)} for name in TABLES}
        return self._known(found)


def shown(book: Book) -> Shown:
    """Return what a book shows, by table and uid; the tables with something in them."""
    tables = {name: {str(one["uid"]): dict(one) for one in documents} for name, documents in book.documents()}
    return {name: one for name, one in tables.items() if one and name != _LEFT_OUT}


def history_of(changes: Sequence[Change]) -> History:
    """Return what can be undone and redone, to be compared."""
    return [(one.title, one.ops, one.turn) for one in changes]


def on_disk(path: Path, migrations: Sequence[Migration]) -> tuple[Shown, History]:
    """Return what a program that starts now finds, and what it can undo; nothing is written."""
    reading = read_book(Files(), Place.of(path), migrations)
    if reading.journal is not None:
        reading.journal.close()
    tables = {name: {str(one["uid"]): dict(one) for one in rows.values()} for name, rows in reading.rows.tables.items()}
    found = {name: one for name, one in tables.items() if one and name in TABLES and name != _LEFT_OUT}
    return found, history_of(reading.recent.changes())


def _put(tables: Shown, op: Op) -> None:
    if op.after is None:
        tables.get(op.table, {}).pop(op.uid, None)
    else:
        tables.setdefault(op.table, {})[op.uid] = op.after


def _unstamped(tables: Shown) -> Shown:
    """Return what records say, whenever that was written."""
    return {
        name: {uid: {field: value for field, value in one.items() if field not in STAMPS} for uid, one in rows.items()}
        for name, rows in tables.items()
    }


def _merged(op: Op, tables: Shown) -> Op:
    """Return what becomes of `op` where another program changed other fields of the record."""
    now = tables.get(op.table, {}).get(op.uid)
    if now is None or op.before is None or op.after is None:
        return op
    changed = {field: value for field, value in op.after.items() if op.before.get(field) != value}
    return Op(op.table, op.uid, now, {**now, **changed})


def _told(tables: Shown) -> str:
    return json.dumps(tables, sort_keys=True, default=str)[:300]
