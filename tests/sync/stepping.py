"""What tests of a book and a folder in step do with both."""

from dataclasses import replace

from relcraft.book.open import Book
from relcraft.book.verbs import archive, delete_for_good, edit
from relcraft.domain.records import Contact
from relcraft.sync.folder import SyncReport
from relcraft.sync.vdir import sync
from tests.sync.card_folder import MemoryFolder


def the(book: Book, name: str) -> Contact:
    (found,) = (one for archived in (False, True) for one in book.contacts(archived=archived) if one.name == name)
    return found


def change(book: Book, name: str, **fields: object) -> None:
    old = the(book, name)
    edit(book, old, replace(old, **fields))  # type: ignore[arg-type]  # the fields are the test's


def gone(book: Book, uid: str) -> None:
    archive(book, [uid])
    delete_for_good(book, uid)


def ran(book: Book, folder: MemoryFolder) -> SyncReport:
    """Sync, and see that a second sync has nothing to do on either side."""
    report, _change = sync(book, folder)
    version, files, writes = book.version, dict(folder.files), list(folder.writes)
    again, second = sync(book, folder)
    assert again.quiet
    assert second is None
    assert (book.version, folder.files, folder.writes) == (version, files, writes)
    return report
