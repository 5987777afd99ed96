"""Changes to keep, and the files they are kept in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from relcraft.domain.changes import Change, Op, drop, put
from relcraft.domain.records import Contact
from relcraft.store import open_store
from relcraft.store.keeper import BookFile

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)

ADA = Contact(uid="ada", name="Ada Lovelace")
GRACE = Contact(uid="grace", name="Grace Hopper")


def opened(path: Path, **options: Any) -> BookFile:
    return open_store(path, **{"now": lambda: NOW, **options})


@contextmanager
def a_book(path: Path, *contacts: Contact, **options: Any) -> Iterator[BookFile]:
    """An open book with these contacts, all of them at rest."""
    book = opened(path, **options)
    if contacts:
        book.keep(change(*(put(None, contact) for contact in contacts)))
        book.fold()
    try:
        yield book
    finally:
        book.close()


def change(*ops: Op, title: str = "a change") -> Change:
    return Change(title=title, ops=ops, at=NOW)


def adding(*contacts: Contact) -> Change:
    return change(*(put(None, contact) for contact in contacts))


def editing(old: Contact, new: Contact) -> Change:
    return change(put(old, new))


def deleting(*contacts: Contact) -> Change:
    return change(*(drop(contact) for contact in contacts))


def names(book: BookFile) -> list[str]:
    return sorted(document["name"] for document in book.load().get("contacts", {}).values())


def at_rest(path: Path) -> dict[str, list[dict[str, Any]]]:
    """What stock TinyDB finds in the file."""
    with TinyDB(path, encoding="utf-8") as database:
        return {table: [dict(document) for document in database.table(table)] for table in database.tables()}


def names_at_rest(path: Path) -> list[str]:
    return sorted(document["name"] for document in at_rest(path).get("contacts", []))


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + ".journal")


def crashed(book: BookFile) -> None:
    """Let go of the files without folding, as a program does that is killed."""
    storage = book._storage
    if storage._state.journal is not None:
        storage._state.journal.close()
        storage._state.journal = None
    storage._state.elsewhere = None
    storage._lock.close()


def all_files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
