"""Copies of the file at rest in the folder of the backups: one a day, thinned out with age, and those made on purpose.

The backup of a day is the file at rest as it stood before the first fold of that day: the book as it was when the day
began. What waited in the journal at that moment is in the file that the fold writes, and so in the next backup.
A day is one of the real calendar, whatever day a user pretends.
"""

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from relcraft.domain.value import Value
from relcraft.store.files import Files, make_folders, read_path, sync_folder, write_new
from relcraft.store.naming import MOMENT, SEALED, name_at, unused
from relcraft.store.place import Place

DAILY, WEEKLY, MONTHLY = 7, 5, 12
"""How many days, weeks and months keep a backup."""
SAVED, BEFORE_RESTORE = "saved", "before-restore"
"""Kinds of backups that a user asked for, and that stay until the user deletes them."""
_OURS = re.compile(r"-(\d{4}-\d{2}-\d{2})\.json", re.ASCII)
_ON_PURPOSE = re.compile(r"\.([a-z][a-z-]*(?:-\d+)?)-(\d{8}-\d{6})(?:-\d+)?\.json(\.age)?", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Backup(Value):
    """One backup, by its name."""

    path: Path
    kind: str
    """`daily`, or why it was made: `saved`, `before-restore`, `schema-1`."""
    moment: datetime
    """When it was made, on the user's clock; of a daily one, the beginning of its day, which is what it shows."""
    sealed: bool = False
    """Whether a passphrase opens it."""

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return self.moment.date()


def backups_in(files: Files, folder: Path, book: Path) -> list[Backup]:
    """Return the backups of `book` in `folder`, the newest first. Raises `OSError`."""
    found = [one for name in files.names(folder) if (one := _backup_called(folder / name, book.stem)) is not None]
    return sorted(found, key=lambda one: (one.moment, one.path.name), reverse=True)


def lost_told(files: Files, folder: Path, place: Place) -> tuple[str, ...]:
    """Return what to say where the book is not there and backups of it are: that it can be had back; else nothing."""
    try:
        if files.stat(place.book) is not None or files.stat(place.journal) is not None:
            return ()
        if not backups_in(files, folder, place.book):
            return ()
    except OSError:
        return ()
    return (f"There is no {place.book.name}, and there are backups of one: relcraft restore brings it back.",)


def _backup_called(path: Path, stem: str) -> Backup | None:
    if not path.name.startswith(stem):
        return None
    rest = path.name[len(stem) :]
    try:
        if daily := _OURS.fullmatch(rest):
            return Backup(path, "daily", datetime.fromisoformat(daily[1]))
        if one := _ON_PURPOSE.fullmatch(rest):
            return Backup(path, one[1], datetime.strptime(one[2], MOMENT), bool(one[3]))  # noqa: DTZ007 - the user's own clock
    except ValueError:
        return None  # no day of the calendar: not a name that we gave
    return None


def back_up(files: Files, place: Place, folder: Path, today: date) -> Path | None:
    """Copy the file at rest into `folder` unless that was done today, and remove what is old; return the copy.

    The copy is durable when this returns. Raises `OSError`.
    """
    prefix = f"{place.book.stem}-"
    name = f"{prefix}{today.isoformat()}.json"
    if name in files.names(folder):
        return None
    copy = _copy(files, place, place.book, folder / name)
    days = dict(_days(files.names(folder), place.book.stem))
    for day in days.keys() - kept(days, today):
        files.unlink(folder / days[day])
    return copy


def back_up_before_migration(files: Files, place: Place, folder: Path, schema: int, now: datetime) -> Path:
    """Copy the file at rest, which has the older `schema`, and the journal that waits beside it. Raises `OSError`."""
    name = f"{name_at(place.book, f'schema-{schema}', now)}.json"
    if files.stat(place.journal) is not None:
        _copy(files, place, place.journal, folder / f"{name}.journal")
    return _copy(files, place, place.book, folder / name)


def _copy(files: Files, place: Place, source: Path, target: Path) -> Path:
    """Copy one of the files of the book, at once and durably; what a crash left under that name is replaced."""
    folder = target.parent
    make_folders(files, folder)
    temporary = folder / f".{place.book.stem}.backup.tmp"  # one for all: the next copy removes what a crash left
    files.unlink(temporary)
    write_new(files, temporary, read_path(files, source))
    files.replace(temporary, target)
    sync_folder(files, folder)
    return target


def _days(names: Iterable[str], stem: str) -> Iterable[tuple[date, str]]:
    for name in names:
        if name.startswith(stem) and (found := _OURS.fullmatch(name, len(stem))):
            try:
                yield date.fromisoformat(found[1]), name
            except ValueError:
                continue  # not a name that we gave


def kept(days: Iterable[date], today: date) -> set[date]:
    """Return which of `days` keep their backup: the last days, the last of each of the last weeks and months.

    Days after `today`, of a clock that was wrong, count for nothing: they push out no other, and stay.
    """
    days = set(days)
    newest_first = sorted((day for day in days if day <= today), reverse=True)
    weeks = {day.isocalendar()[:2]: day for day in reversed(newest_first)}
    months = {(day.year, day.month): day for day in reversed(newest_first)}
    ahead = {day for day in days if day > today}
    return {*ahead, *newest_first[:DAILY], *_last(weeks.values(), WEEKLY), *_last(months.values(), MONTHLY)}


def _last(days: Iterable[date], count: int) -> Sequence[date]:
    return sorted(days, reverse=True)[:count]


def name_for(files: Files, folder: Path, book: Path, kind: str, now: datetime, *, sealed: bool = False) -> Path:
    """Return the path of a new backup of `book`, made on purpose, that no other one has. Raises `OSError`."""
    ending = ".json" + (SEALED if sealed else "")
    return folder / (unused(files, folder, name_at(book, kind, now), ending) + ending)


def save_new(files: Files, path: Path, data: bytes) -> None:
    """Write a new file of mode 0600, durably and whole; none is left after a failure.

    Raises `FileExistsError` where there is one of that name, which stays as it is, and `OSError`.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    files.unlink(temporary)
    write_new(files, temporary, data)
    try:
        files.close(files.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW))
        try:
            files.replace(temporary, path)
            sync_folder(files, path.parent)
        except BaseException:
            with suppress(OSError):  # the failure is what is told
                files.unlink(path)
            raise
    except BaseException:
        with suppress(OSError):  # as above
            files.unlink(temporary)
        raise
