"""A backup put in the place of a book that cannot be read, or is gone; what was there is kept beside it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from relcraft.domain.errors import BadBook, Conflict, NotKept
from relcraft.store.files import Files, in_words, make_folders, read_path, sync_folder, write_new
from relcraft.store.journal import unguarded
from relcraft.store.locking import Lock
from relcraft.store.migrations import MIGRATIONS
from relcraft.store.naming import name_at, unused
from relcraft.store.place import Place
from relcraft.store.reading import Reading, check_kind, read_book
from relcraft.store.saving import rendered


def put_in_place(files: Files, path: Path, backup: Reading, now: datetime) -> tuple[Path, ...]:
    """Make `backup` the book at `path`, where none can be read; return where what was there is kept.

    After a crash at any moment there is either what was there or the backup, whole; and once the backup is there,
    what was there is on the disk under another name. Raises `Conflict` where a book can be read there, `BadBook` where
    something else than a file stands there, `NotKept`: then everything is as before.
    """
    place = Place.of(path)
    try:
        make_folders(files, place.folder)
        lock = Lock(files, place)
        try:
            with lock.held():
                _check_unreadable(files, place)
                return _put_in_place(files, place, backup, now)
        finally:
            lock.close()
    except (OSError, MemoryError) as error:
        raise NotKept(f"{place.book.name} could not be restored: {in_words(error)}. Nothing was changed.") from error


def _check_unreadable(files: Files, place: Place) -> None:
    check_kind(files, place.book)
    check_kind(files, place.journal)
    try:
        found = read_book(files, place, MIGRATIONS)
    except BadBook:
        return
    if found.journal is not None:
        found.journal.close()
    if found.snapshot is not None:
        raise Conflict(f"{place.book.name} can be read again: nothing was restored. Look again.")


def _put_in_place(files: Files, place: Place, backup: Reading, now: datetime) -> tuple[Path, ...]:
    journal = b"" if files.stat(place.journal) is None else read_path(files, place.journal)
    seq, name = _last_of(journal)
    files.unlink(place.temporary)
    made: list[Path] = []
    with _removed_on_failure(files, made):
        write_new(files, place.temporary, rendered(backup, seq=seq, folded=name))
        made.append(place.temporary)
        kept = _keep_aside(files, place, now, made)
        files.replace(place.temporary, place.book)
    try:
        sync_folder(files, place.folder)
        # The journal goes last. Until then it is either known to be in the book already, or as unreadable as before.
        if files.stat(place.journal) is not None:
            files.unlink(place.journal)
            sync_folder(files, place.folder)
    except (OSError, MemoryError) as error:
        raise NotKept(
            f"{place.book.name} is the backup now, but the disk did not confirm that ({in_words(error)}): "
            "look at it with relcraft check before you go on."
        ) from error
    return kept


def _last_of(journal: bytes) -> tuple[int, str]:
    """Return the highest number of a transaction in a journal that may be damaged, and the journal's own name."""
    said = [one for line in journal.split(b"\n") if (one := unguarded(line)) is not None]
    numbers = (one.get("seq") for one in said)
    name = str(said[0].get("name", "")) if said else ""
    return max((number for number in numbers if type(number) is int), default=0), name


@contextmanager
def _removed_on_failure(files: Files, made: list[Path]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in made:
            with suppress(OSError):  # the failure is what is told
                files.unlink(path)
        raise


def _keep_aside(files: Files, place: Place, now: datetime, made: list[Path]) -> tuple[Path, ...]:
    """Keep book and journal under other names, durably: copies, so that no moment is without a book in its place."""
    name = unused(files, place.folder, name_at(place.book, "damaged", now), ".json", ".json.journal")
    kept = [
        (source, place.folder / f"{name}{ending}")
        for source, ending in ((place.book, ".json"), (place.journal, ".json.journal"))
        if files.stat(source) is not None
    ]
    for source, target in kept:
        write_new(files, target, read_path(files, source))
        made.append(target)
    sync_folder(files, place.folder)
    return tuple(target for _source, target in kept)
