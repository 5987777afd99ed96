"""Copies of the file at rest: one a day, thinned out with age, and one before a migration."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from relcraft.store.files import Files, make_folders, read_path, sync_folder, write_new
from relcraft.store.place import Place

DAILY, WEEKLY, MONTHLY = 7, 5, 12
"""How many days, weeks and months keep a backup."""


def back_up(files: Files, place: Place, folder: Path, today: date) -> Path | None:
    """Copy the file at rest into `folder` unless that was done today, and remove what is old; return the copy.

    Raises `OSError`.
    """
    prefix = f"{place.book.stem}-"
    name = f"{prefix}{today.isoformat()}.json"
    if name in files.names(folder):
        return None
    copy = _copy(files, place.book, folder, name)
    days = dict(_days(files.names(folder), prefix))
    for day in days.keys() - kept(days):
        files.unlink(folder / days[day])
    return copy


def back_up_before_migration(files: Files, place: Place, folder: Path, schema: int, now: str) -> Path:
    """Copy the file at rest, which has the older `schema`, and the journal that waits beside it. Raises `OSError`."""
    name = f"{place.book.stem}.schema-{schema}-{now}.json"
    if files.stat(place.journal) is not None:
        _copy(files, place.journal, folder, f"{name}.journal")
    return _copy(files, place.book, folder, name)


def _copy(files: Files, source: Path, folder: Path, name: str) -> Path:
    """Put a copy of `source` into `folder`, at once and durably; one that was left there by a crash is replaced."""
    make_folders(files, folder)
    temporary = folder / f".{name}.tmp"
    files.unlink(temporary)
    write_new(files, temporary, read_path(files, source))
    files.replace(temporary, folder / name)
    sync_folder(files, folder)
    return folder / name


def _days(names: Iterable[str], prefix: str) -> Iterable[tuple[date, str]]:
    pattern = re.compile(re.escape(prefix) + r"(\d{4}-\d{2}-\d{2})\.json")
    for name in names:
        if found := pattern.fullmatch(name):
            try:
                yield date.fromisoformat(found[1]), name
            except ValueError:
                continue  # not a name that we gave


def kept(days: Iterable[date]) -> set[date]:
    """Return which of `days` keep their backup: the last days, the last of each of the last weeks and months."""
    newest_first = sorted(days, reverse=True)
    weeks = {day.isocalendar()[:2]: day for day in reversed(newest_first)}
    months = {(day.year, day.month): day for day in reversed(newest_first)}
    return {*newest_first[:DAILY], *_last(weeks.values(), WEEKLY), *_last(months.values(), MONTHLY)}


def _last(days: Iterable[date], count: int) -> Sequence[date]:
    return sorted(days, reverse=True)[:count]
