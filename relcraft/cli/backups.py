"""The command `backup`: the whole book as one more file, and the list of the backups that there are."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from relcraft.cli.clock import present
from relcraft.cli.options import as_json
from relcraft.cli.passphrases import new_passphrase, passphrase_file_option, refuse_terminal
from relcraft.cli.settings import Settings
from relcraft.cli.terminal import say, say_bytes, say_json, say_json_bytes, say_table, tell
from relcraft.cli.wiring import Start
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.errors import BadBook, BadInput, NotFound
from relcraft.domain.labels import tell_records
from relcraft.domain.telling import tell_count
from relcraft.domain.value import Value
from relcraft.formats.sealing import seal
from relcraft.store.backups import BEFORE_RESTORE, SAVED, Backup, backups_in, name_for, save_new
from relcraft.store.files import Files, in_words, make_folders
from relcraft.store.place import Place
from relcraft.store.reading import Reading
from relcraft.store.saving import read_file, rendered

_PATH = click.Path(path_type=Path, readable=False, allow_dash=True)
_STDOUT = Path("-")
_KINDS = {"daily": "as the day began", SAVED: "made by you", BEFORE_RESTORE: "before a restore", "as-found": "as found"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Look(Value):
    """What a glance into a backup says."""

    size: int
    """Bytes."""
    people: int | None
    """How many contacts are in it; None where nobody can tell."""
    trouble: str = ""
    """Why it cannot be read, or is not as it was written, in a sentence; empty where all is well."""
    readable: bool | None = True
    """None: a passphrase opens it."""


@click.command(short_help="Save the whole book as one more file, or list such files.")
@click.option(
    "-o", "--output", metavar="FILE", type=_PATH, help="The new file; without it, one beside the other backups."
)
@click.option("--encrypt", is_flag=True, help="Seal it with a passphrase, in the age format.")
@passphrase_file_option
@click.option("--list", "listed", is_flag=True, help="List the backups that there are; nothing is written.")
@as_json
@click.pass_obj
def backup(
    start: Start, output: Path | None, passphrase_file: Path | None, *, encrypt: bool, listed: bool, json: bool
) -> None:
    """Save everything in the book as one more file: a book of its own, which `relcraft restore` goes back to.

    One is also made on each day on which the book changes: of the last 7 days, 5 weeks and 12 months one is kept.
    Those that you make stay until you delete them.

    Example: relcraft backup --list
    """
    if listed and (output or encrypt or passphrase_file):
        raise click.UsageError("--list shows the backups and writes none: it stands alone.")
    if passphrase_file and not encrypt:
        raise click.UsageError("--passphrase-file says with what to seal: --encrypt is missing.")
    if encrypt and output == _STDOUT:
        refuse_terminal()
    settings = start.settings()
    if listed:
        list_backups(settings, json=json)
        return
    reading = _present(settings.data_file)
    data = rendered(reading)
    if encrypt:
        data = seal(data, new_passphrase(passphrase_file))
    if output == _STDOUT:
        (say_json_bytes if sys.stdout.isatty() else say_bytes)(data)
        return
    path = save_present(settings, data, output=output, sealed=encrypt)
    if json:
        say_json({"path": str(path), "size": len(data), "sealed": encrypt})
    else:
        say(str(path))
    tell(f"Everything up to now is in it: {counted(reading)}.")


def _present(path: Path) -> Reading:
    reading = read_file(path)
    if reading.snapshot is None:
        raise NotFound(f"There is no book at {path} yet: there is nothing to save.")
    for remark in reading.remarks:
        tell(remark)
    return reading


def save_present(
    settings: Settings, data: bytes, *, kind: str = SAVED, output: Path | None = None, sealed: bool = False
) -> Path:
    """Write `data`, which is the book as it is now, to a new file, durably; return its path. Raises `BadInput`."""
    files, book = Files(), Place.of(settings.data_file).book
    try:
        if output is None:
            make_folders(files, settings.backups)
            path = name_for(files, settings.backups, book, kind, present(), sealed=sealed)
        else:
            path = _new(output, settings.data_file)
        save_new(files, path, data)
    except FileExistsError as error:
        raise BadInput(f"{output or settings.backups} is there already: nothing was written.") from error
    except OSError as error:
        raise BadInput(
            f"The backup could not be written to {output or settings.backups}: {in_words(error)}."
        ) from error
    return path.absolute()


def _new(output: Path, book: Path) -> Path:
    """Return where a file is to be made that the user named. Raises `BadInput`."""
    path = Path(os.path.realpath(output))
    if Place.of(book).has(path):
        raise BadInput(f"{output} belongs to the book itself: another file was expected.")
    if not path.parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}: nothing was written.")
    if path.is_dir():
        raise BadInput(f"{output} is a folder: a file was expected.")
    return path


def counted(reading: Reading) -> str:
    """Return how many records of each kind were read, in words."""
    tables = reading.rows.tables.items()
    return tell_records((name, len(rows)) for name, rows in tables if not name.startswith("_")) or "nothing in it yet"


def list_backups(settings: Settings, *, json: bool) -> None:
    """Write which backups there are, the newest first. Raises `BadInput`."""
    looks = [(one, look_at(one)) for one in known_backups(settings)]
    if json:
        say_json({"backups": [_as_json(one, look) for one, look in looks]})
    elif looks:
        say_table([_row(one, look) for one, look in looks])
    else:
        tell(f"There is no backup in {settings.backups} yet. relcraft backup makes one.")


def known_backups(settings: Settings) -> list[Backup]:
    """Return the backups that there are, the newest first. Raises `BadInput`."""
    try:
        return backups_in(Files(), settings.backups, Place.of(settings.data_file).book)
    except OSError as error:
        raise BadInput(f"The folder {settings.backups} could not be read: {in_words(error)}.") from error


def look_at(backup: Backup) -> Look:
    """Read a backup, and say whether that can be done."""
    size = 0
    try:
        size = backup.path.stat().st_size
        if backup.sealed:
            return Look(size, None, readable=None)
        reading = read_file(backup.path)
    except BadBook as error:
        return Look(size, None, str(error), readable=False)
    except OSError as error:
        return Look(size, None, f"{backup.path.name} could not be read: {in_words(error)}.", readable=False)
    people = len(reading.rows.tables.get("contacts", ()))
    return Look(size, people, changed_since(reading, backup.path.name))


def changed_since(reading: Reading, name: str) -> str:
    """Return a sentence where a backup is not as Relcraft wrote it; empty where it is, or nobody can tell."""
    if reading.snapshot is None or reading.snapshot.as_written is not False:
        return ""
    return f"{name} is not as Relcraft wrote it: something changed or damaged it since."


def told_kind(backup: Backup) -> str:
    """Return why a backup was made."""
    return _KINDS.get(backup.kind, "before an update" if backup.kind.startswith("schema-") else backup.kind)


def told_moment(moment: datetime, *, daily: bool) -> str:
    """Return of when a backup is: "Thu 12 Mar 2026", with the time of day where it was made at one."""
    day = tell_day_fully(moment.date())
    return day if daily else f"{day}, {moment:%H:%M}"


def _row(backup: Backup, look: Look) -> tuple[str, ...]:
    people = "" if look.people is None else tell_count(look.people, "contact")
    state = "sealed with a passphrase" if look.readable is None else look.trouble
    moment = told_moment(backup.moment, daily=backup.kind == "daily")
    return moment, told_kind(backup), _told_size(look.size), people, backup.path.name, state


def _told_size(size: int) -> str:
    for limit, unit, digits in ((1e6, "kB", 1), (1e9, "MB", 1)):
        if size < limit:
            return f"{size / (limit / 1e3):.{digits}f} {unit}"
    return f"{size / 1e9:.1f} GB"


def _as_json(backup: Backup, look: Look) -> dict[str, object]:
    return {
        "name": backup.path.name,
        "path": str(backup.path.absolute()),
        "day": backup.day.isoformat(),
        "at": None if backup.kind == "daily" else backup.moment.isoformat(),
        "kind": backup.kind,
        "size": look.size,
        "people": look.people,
        "sealed": backup.sealed,
        "readable": look.readable,
        "trouble": look.trouble or None,
    }


def days_of(backups: Iterable[Backup]) -> list[str]:
    """Return the days of which there are backups, as one types them, each once."""
    return list(dict.fromkeys(backup.day.isoformat() for backup in backups))
