"""The second versions of a book that lie beside it on the disk: found, read, and put aside once their content is in."""

import re
import stat
from collections.abc import Sequence
from pathlib import Path

from relcraft.domain.changes import Op
from relcraft.domain.contents import Contents, Key, Tombstone
from relcraft.domain.copies import Copy, conflict_copies
from relcraft.domain.documents import Document
from relcraft.domain.errors import BadBook, NotKept
from relcraft.domain.records import ME
from relcraft.domain.tombstones import TOMBSTONES, read
from relcraft.store.files import Files, in_words, make_folders, read_path, sync_folder, write_new
from relcraft.store.journal import parse_journal
from relcraft.store.naming import unused
from relcraft.store.other import read_contents
from relcraft.store.place import Place
from relcraft.store.recent import ops_of
from relcraft.store.snapshot import FORMAT, Identity, identity_of

ASIDE = "merged"
"""The folder in that of the backups where copies go whose content is in the book."""

_UID = re.compile(rb'"uid":\s*"([^"]+)"')


class FolderCopies:
    """The versions that lie beside the book at `path`."""

    def __init__(self, path: Path, backups: Path, files: Files | None = None) -> None:
        self._files = files or Files()
        self._place = Place.of(path)
        self._backups = backups
        self._seen: tuple[int, int] | None = None
        self._waiting: tuple[Copy, ...] = ()
        self._books: dict[Path, tuple[Identity, bool]] = {}
        """Whether a file of a name that says little is a version of this book, and what was seen of it then."""

    def waiting(self) -> Sequence[Copy]:
        """Return those that are there now, by name. Cheap: the folder is read only when it changed."""
        try:
            status = self._files.stat(self._place.folder)
        except OSError:
            return ()
        seen = None if status is None else (status.st_ino, status.st_mtime_ns)
        if seen is None or seen != self._seen:
            self._waiting, self._seen = self._look(), seen
        return self._waiting

    def _look(self) -> tuple[Copy, ...]:
        try:
            names = self._files.names(self._place.folder)
        except OSError:
            return ()
        found = conflict_copies(names, self._place.book.name, self._place.folder)
        return tuple(copy for copy in found if self._is_one(copy))

    def _is_one(self, copy: Copy) -> bool:
        """Whether a copy is a file that can be one; of a name that says little, whether it has what this book has."""
        try:
            status = self._files.stat(copy.path)
            if status is None or not stat.S_ISREG(status.st_mode) or self._files.is_link(copy.path):
                return False
            return copy.certain or self._is_version(copy.path, identity_of(status))
        except OSError:
            return False

    def _is_version(self, path: Path, identity: Identity) -> bool:
        """Whether a book with a record of ours is in a file: looked up once, and again when it changed.

        Somebody may keep two books in one folder, which have nothing to do with each other. Raises `OSError`.
        """
        known = self._books.get(path)
        if known is None or known[0] != identity:
            data = read_path(self._files, path)
            known = self._books[path] = identity, FORMAT.encode() in data and not self._uids().isdisjoint(_uids(data))
        return known[1]

    def _uids(self) -> set[bytes]:
        return _uids(read_path(self._files, self._place.book))

    def read(self, copy: Copy) -> Contents:
        """Return what a version says; nothing is written. Raises `BadBook`."""
        if not copy.of_journal:
            return read_contents(copy.path, self._files)
        try:
            data = read_path(self._files, copy.path)
        except OSError as error:
            raise BadBook(f"{copy.name} could not be read: {in_words(error)}.") from error
        return journal_contents(data, copy.name)

    def put_aside(self, copy: Copy) -> Path:
        """Move a version whose content is in the book, durably, to the backups; return where it is. Raises `NotKept`.

        Nothing that is there is overwritten, and at every moment the version is in at least one of the two places.
        """
        files, folder = self._files, self._backups / ASIDE
        try:
            make_folders(files, folder)
            data = read_path(files, copy.path)
            name = unused(files, folder, copy.path.stem, copy.path.suffix) + copy.path.suffix
            write_new(files, folder / name, data)
            sync_folder(files, folder)
            files.unlink(copy.path)
            sync_folder(files, copy.path.parent)
        except OSError as error:
            raise NotKept(
                f"{copy.name} could not be put aside: {in_words(error)}. What it says is in the book."
            ) from error
        return folder / name


def _uids(data: bytes) -> set[bytes]:
    """Return the uids of the records in a file; what somebody says of themselves has the same in every book."""
    return set(_UID.findall(data)) - {ME.encode()}


def journal_contents(data: bytes, name: str) -> Contents:
    """Return what a journal alone says: the records that it touched, and how they came to be so. Raises `BadBook`."""
    content = parse_journal(data, name)
    if content.header is None:
        raise BadBook(f"{name} is no journal of a book: it was left as it is.")
    history: list[Op] = []
    last: dict[Key, Document | None] = {}
    tombstones: dict[Key, Tombstone] = {}
    for entry in content.entries:
        for op in ops_of(entry.ops):
            history.append(op)
            last[op.table, op.uid] = op.after
        for row in entry.ops:
            if row.table == TOMBSTONES and (laid := read(row.after or row.before or {})) is not None:
                tombstones.pop(laid[0], None)
                if row.after is not None:
                    tombstones.update((laid,))
    tables: dict[str, dict[str, Document]] = {}
    for (table, uid), document in last.items():
        if document is not None:
            tables.setdefault(table, {})[uid] = document
    return Contents(name, tables, tombstones, history)
