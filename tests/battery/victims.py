"""Programs that are there to be killed: what each does to a book, telling before and after what it is about."""

import os
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.book.restoring import keep_restore, plan_restore
from relcraft.domain.changes import Op, put
from relcraft.domain.contents import Contents, Tombstone
from relcraft.domain.documents import to_document, write_instant
from relcraft.domain.records import Contact, Record
from relcraft.formats.reading import read_bytes
from relcraft.store import open_store
from relcraft.store.files import Files
from relcraft.store.keeper import BookFile
from relcraft.store.opening import write_book
from relcraft.store.other import read_contents
from relcraft.store.restoring import put_in_place
from relcraft.store.rows import Data
from relcraft.store.saving import read_file
from relcraft.sync.merging import keep_merge, plan_merge
from tests.store.changes import NOW, crashed

COUNTER = "counter"
BACKUP, DAMAGED = "the-backup.json", b'{"contacts": {"1": {"name": "Ada", "notes": "cut o'
PEOPLE_IN_BACKUP = ("backup-0", "backup-1")
IMPORTED = 12


@dataclass(slots=True)
class Victim:
    """One program: where its book is, and how it says what it does."""

    path: Path
    files: Files
    run: str
    """What its changes are called by."""
    say: Callable[[str], None]
    number: int = 0

    def opened(self, **options: Any) -> Book:
        """Open the book."""
        keeper = open_store(self.path, **{"now": lambda: NOW, "files": self.files, **options})
        return Book(keeper, lambda: NOW)

    def tag(self) -> str:
        """Return the name of the next change."""
        self.number += 1
        return f"{self.run}-{self.number}"

    def adding(self, tag: str, done: Callable[[], object]) -> None:
        """Do what adds everybody of `tag`; say it before and after."""
        self.say(f"+{tag}")
        done()
        self.say(".")

    def change(self, book: Book) -> None:
        """Make one change: the two halves of a pair, and a counter that names it."""
        tag = self.tag()

        def changed() -> None:
            with book.alone():  # the counter is another program's too
                book.change(tag, *counted(book, tag), *(put(None, one) for one in people(tag, 2)))

        self.adding(tag, changed)


def people(tag: str, size: int) -> Iterable[Contact]:
    """Yield those who come together or not at all."""
    for number in range(size):
        yield Contact(uid=f"{tag}-{number}", name=f"{tag} {number} of {size}", notes="x" * (number * 700))


def counted(book: Book, tag: str) -> Iterable[Op]:
    """Yield the op that lets the counter name `tag`."""
    old = book.get("contacts", COUNTER)
    yield put(old if isinstance(old, Record) else None, Contact(uid=COUNTER, name="Counter", notes=tag))


# What they do, until they are killed


def opening(victim: Victim) -> None:
    """Start again and again, on a journal that waits or on none."""
    for number in count():
        book = victim.opened()
        victim.change(book)
        keeper = book._keeper
        if number % 2 and isinstance(keeper, BookFile):
            crashed(keeper)
        else:
            book.close()


def changing(victim: Victim) -> None:
    """Change after change."""
    book = victim.opened()
    while True:
        victim.change(book)


def folding(victim: Victim) -> None:
    """A fold after every other change."""
    book = victim.opened()
    while True:
        victim.change(book)
        victim.change(book)
        book.fold()


def importing(victim: Victim) -> None:
    """Import cards, each time all of them as one change."""
    book = victim.opened()
    while True:
        tag = victim.tag()
        cards = "".join(
            f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{tag} {number} of {IMPORTED}\r\n"
            f"EMAIL:{tag}.{number}@example.org\r\nEND:VCARD\r\n"
            for number in range(IMPORTED)
        )
        rows = read_bytes(cards.encode(), f"{tag}.vcf")

        def imported(tag: str = tag, rows: Any = rows) -> None:
            keep_import(book, plan_import(book, rows, tag))

        victim.adding(tag, imported)
        if victim.number % 3 == 0:
            book.fold()


def migrating(victim: Victim) -> None:
    """Open a book of an older version, change it, and bring it up to date with that."""
    book = victim.opened(migrations=(give_everybody_a_shape,), backups=victim.path.with_name("backups"))
    while True:
        victim.change(book)
        book.fold()


def give_everybody_a_shape(tables: Data) -> None:
    for row, document in tables.get("contacts", {}).items():
        tables["contacts"][row] = {**document, "shape": "round"}


def backing_up(victim: Victim) -> None:
    """A new day with every fold: the copy of the day, and the old ones thinned out."""
    days = count(os.getpid() % 300)
    book = victim.opened(now=lambda: NOW + timedelta(days=next(days)), backups=victim.path.with_name("backups"))
    while True:
        victim.change(book)
        book.fold()


def restoring(victim: Victim) -> None:
    """Go back to a backup, change something, go back."""
    theirs = read_contents(victim.path.with_name(BACKUP))
    book = victim.opened()
    while True:
        victim.change(book)
        victim.say("=" + " ".join(PEOPLE_IN_BACKUP))
        keep_restore(book, plan_restore(book, theirs, "the backup"))
        victim.say(".")
        if victim.number % 2:
            book.fold()


def merging(victim: Victim) -> None:
    """Take in another version of the book: some come, and those who came the last time were deleted there."""
    book, gone = victim.opened(), ""
    while True:
        tag = victim.tag()
        theirs = Contents(
            "theirs.json",
            {"contacts": {one.uid: to_document(one) for one in people(tag, 3)}},
            {("contacts", one.uid): Tombstone(write_instant(NOW)) for one in (people(gone, 3) if gone else ())},
        )
        victim.say(f"+{tag} -{gone}" if gone else f"+{tag}")
        keep_merge(book, plan_merge(book, theirs))
        victim.say(".")
        gone = tag
        if victim.number % 3 == 0:
            book.fold()


def putting_back(victim: Victim) -> None:
    """Put a backup in the place of a book that cannot be read, then use it."""
    victim.say("=" + " ".join(PEOPLE_IN_BACKUP))
    put_in_place(victim.files, victim.path, read_file(victim.path.with_name(BACKUP)), NOW)
    victim.say(".")
    changing(victim)


def write_backup(folder: Path) -> None:
    """Write the backup that is restored."""
    write_book(folder / BACKUP, [one for tag in PEOPLE_IN_BACKUP for one in people(tag, 2)])


def waiting(victim: Victim) -> None:
    """Take the lock, and do nothing any more."""
    book = victim.opened()
    victim.change(book)
    with book.alone():
        victim.say("?")
        signal.pause()


DEEDS: dict[str, Callable[[Victim], None]] = {
    "opening": opening,
    "changing": changing,
    "folding": folding,
    "importing": importing,
    "migrating": migrating,
    "backing up": backing_up,
    "restoring": restoring,
    "merging": merging,
    "restoring a damaged book": putting_back,
    "two programs": folding,
    "holding the lock": waiting,
}


# What a program must not do: the battery has to see it


def saying_too_early(victim: Victim) -> None:
    """Say that a change is saved before it is."""
    book = victim.opened()
    while True:
        tag = victim.tag()
        victim.adding(tag, lambda: None)
        book.change(tag, *(put(None, one) for one in people(tag, 2)))


def saving_by_halves(victim: Victim) -> None:
    """Save one half of a pair, then the other."""
    book = victim.opened()

    def halves(tag: str) -> None:
        for one in people(tag, 2):
            book.change(tag, put(None, one))

    while True:
        tag = victim.tag()
        victim.adding(tag, lambda tag=tag: halves(tag))  # type: ignore[misc]  # the default is what binds it


MUTANTS: dict[str, Callable[[Victim], None]] = {
    "saying too early": saying_too_early,
    "saving by halves": saving_by_halves,
}


def live(deed: Callable[[Victim], None], victim: Victim) -> None:
    """Do it until killed; what goes wrong is said, and no code of the parent is ever run."""
    try:
        deed(victim)
    except BaseException as error:  # noqa: BLE001 - the parent reads it
        with suppress(OSError):
            victim.say(f"!{type(error).__name__}: {error}".replace("\n", " "))
    finally:
        os._exit(1)
