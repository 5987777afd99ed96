"""The command `restore`: back to a backup, told beforehand, and undone as every change is."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.book.restoring import RestorePlan, keep_restore, plan_restore
from relcraft.cli.backups import (
    changed_since,
    counted,
    days_of,
    known_backups,
    list_backups,
    save_present,
    told_moment,
)
from relcraft.cli.clock import present
from relcraft.cli.inputs import STDIN, STDIN_TOLD, as_file
from relcraft.cli.options import as_json
from relcraft.cli.passphrases import asking, passphrase_file_option
from relcraft.cli.settings import Settings
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.dates import read_day, tell_day_fully
from relcraft.domain.errors import BadBook, BadInput, NotFound, ReadOnly
from relcraft.domain.telling import tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.formats.sealing import is_sealed, read_sealed
from relcraft.store.backups import BEFORE_RESTORE, Backup
from relcraft.store.files import Files
from relcraft.store.other import contents_of
from relcraft.store.place import Place
from relcraft.store.reading import Reading
from relcraft.store.recent import is_kept_whole
from relcraft.store.restoring import put_in_place
from relcraft.store.saving import is_export, read_data, read_file, rendered

if TYPE_CHECKING:
    from relcraft.book.open import Book

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOST_DAYS = 10
_VERBS = {"gone": "would go", "changed": "would be as before", "back": "would come back"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Source(Value):
    """What is restored."""

    path: Path
    called: str
    """How a sentence calls it: "the backup of Thu 12 Mar 2026"."""
    reading: Reading


def _known_names(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Return the days and names of backups that begin so, for the shell."""
    said = ctx.find_root().params
    backups = known_backups(Start(data_file=said.get("data_file"), config=said.get("config")).settings())
    names = (*days_of(backups), *(backup.path.name for backup in backups))
    return [name for name in names if name.startswith(begun)]


@click.command(short_help="Go back to a backup, after a look at what would change.")
@click.argument("which", metavar="[DAY|FILE]", required=False, shell_complete=_known_names)
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@passphrase_file_option
@as_json
@click.pass_context
def restore(
    ctx: click.Context, which: str | None, passphrase_file: Path | None, *, dry_run: bool, yes: bool, json: bool
) -> None:
    """Go back to the backup of a day, or to one in a file (-: the standard input); without either, list the backups.

    It shows first what would go, change and come back, and asks. The present is backed up before, and the restore is
    one change: relcraft undo takes it back. A book that cannot be read is kept under another name.

    Example: relcraft restore
    """
    start: Start = ctx.obj
    settings = start.settings()
    if which is None:
        _list(settings, json=json, alone=not (dry_run or yes or passphrase_file))
        return
    path, called = (as_file(ctx, STDIN), STDIN_TOLD) if which == str(STDIN) else _chosen(settings, which)
    source = _read(path, called, passphrase_file)
    for remark in (changed_since(source.reading, source.path.name), *source.reading.remarks):
        if remark:
            tell(remark)
    asked = _Asking(yes=yes, dry_run=dry_run, json=json)
    trouble = _trouble(settings.data_file)
    if trouble is None:
        done = _restore_through(start, settings, source, asked)
    else:
        done = _put_back(settings, source, trouble, asked)
    if not done:
        ctx.exit(1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class _Asking(Value):
    """Whether a restore is made once its preview was shown."""

    yes: bool
    dry_run: bool
    json: bool

    def agreed(self) -> bool:
        """Ask, unless that was answered on the command line. Raises `UsageError` where nobody can be asked."""
        if self.yes:
            return True
        if not sys.stdin.isatty():
            raise click.UsageError(
                "There is no terminal to ask on: --yes restores without asking, --dry-run only shows what would change."
            )
        if click.confirm("Restore it?", default=False, err=True):
            return True
        tell("Nothing was restored.")
        return False


def _list(settings: Settings, *, json: bool, alone: bool) -> None:
    if not alone:
        raise click.UsageError("Which backup? A day such as 2026-03-12 was expected, or a file.")
    list_backups(settings, json=json)
    if not json and known_backups(settings):
        tell(
            "relcraft restore DAY goes back to the latest one of that day, and the name of a file to that one, after a "
            "look at what would change."
        )


# Which


def _chosen(settings: Settings, which: str) -> tuple[Path, str]:
    """Return the file that is meant, and how it is called. Raises `NotFound`, `BadInput`."""
    backups = known_backups(settings)
    if _ISO_DAY.fullmatch(which):
        return _of_day(backups, _day(which))
    path = Path(which)
    if not path.exists() and path.name == which:
        path = settings.backups / which
    if path.exists():
        if Place.of(settings.data_file).has(path):
            raise BadInput(f"{which} belongs to the book itself: a backup was expected.")
        known = next((backup for backup in backups if backup.path.absolute() == path.absolute()), None)
        return path, f"the backup {clean_line(path.name)}" if known is None else _called(known)
    if day := read_day(clean_line(which), present().date(), ahead=False, customs=settings.rules.customs):
        return _of_day(backups, day)
    raise NotFound(f'There is no backup "{clean_line(which)}": a day such as 2026-03-12 was expected, or a file.')


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text} is no day of the calendar.") from None


def _of_day(backups: list[Backup], day: date) -> tuple[Path, str]:
    found = next((backup for backup in backups if backup.day == day), None)
    if found is not None:
        return found.path, _called(found)
    days = days_of(backups)
    known = f"There are some of {tell_list(days, _MOST_DAYS)}." if days else "There are none yet."
    raise NotFound(f"There is no backup of {tell_day_fully(day)}. {known}")


def _called(backup: Backup) -> str:
    return f"the backup of {told_moment(backup.moment, daily=backup.kind == 'daily')}"


def _read(path: Path, called: str, passphrase_file: Path | None) -> Source:
    """Read what is to be restored. Raises `BadInput`, `BadBook`."""
    if not path.is_file():
        raise BadInput(f"{path} is no file: a book or a backup of one was expected.")
    try:
        with path.open("rb") as opened:
            sealed = is_sealed(opened.read(100))
        if sealed:
            reading = read_data(read_sealed(path, asking(passphrase_file, path.name)), path.name)
        else:
            reading = _read_plain(path)
    except OSError as error:
        raise BadInput(f"{path} could not be read: {str(error.strerror or error).lower()}.") from error
    contents_of(reading, path.name)  # tells what a newer version wrote
    return Source(path, called, reading)


def _read_plain(path: Path) -> Reading:
    try:
        return read_file(path)
    except BadBook as error:
        if is_export(path.read_bytes()):
            raise BadInput(f"{path.name} is an export: restore takes a book, or a backup of one.") from error
        raise


# Into a book that can be read


def _trouble(path: Path) -> str | None:
    """Return why the book cannot be read, empty where there is none; None where it can be."""
    try:
        reading = read_file(path)
    except BadBook as error:
        return str(error)
    return "" if reading.snapshot is None else None


def _restore_through(start: Start, settings: Settings, source: Source, asked: _Asking) -> bool:
    """Restore as one change of the open book; return whether that was done, or there was nothing to do."""
    with open_book(start) as book:
        if book.read_only and not asked.dry_run:
            raise ReadOnly(book.read_only)
        plan = plan_restore(book, contents_of(source.reading, source.path.name), source.called)
        _show(plan, asked)
        if not plan.ops or asked.dry_run:
            return True
        if not asked.agreed():
            return False
        _keep(book, plan, lambda: _save_first(settings))
    return True


def _show(plan: RestorePlan, asked: _Asking) -> None:
    if asked.json:
        say_json({"from": plan.called, **plan.report()})
    elif plan.ops:
        say(f"{plan.called[0].upper()}{plan.called[1:]}, against the book as it is now:")
        for told in plan.told:
            say(f"  {_VERBS[told.what]}: {told}")
    if not plan.ops:
        tell(f"The book says the same as {plan.called}: there is nothing to restore.")
    elif asked.dry_run:
        tell("Nothing was restored: this was a dry run.")


def _save_first(settings: Settings) -> Path:
    return save_present(settings, rendered(read_file(settings.data_file)), kind=BEFORE_RESTORE)


def _keep(book: "Book", plan: RestorePlan, save: Callable[[], Path]) -> None:
    saved: list[Path] = []
    change = keep_restore(book, plan, lambda: saved.append(save()))
    if change is None:
        return
    tell(f"Restored: {plan.called}. The book as it was before is kept in {saved[0]}.")
    if is_kept_whole(change):
        tell("relcraft undo takes the restore back.")
    else:
        tell(f"It is too much to be undone later: relcraft restore {saved[0].name} is the way back.")


# In the place of one that cannot


def _put_back(settings: Settings, source: Source, trouble: str, asked: _Asking) -> bool:
    """Put the backup in the place of a book that cannot be read or is not there; return whether that was done."""
    path = settings.data_file
    if asked.json:
        say_json({"from": source.called, "instead_of": trouble or None})
    else:
        say(trouble or f"There is no book at {path}.")
        say(f"In its place there would be {source.called}: {counted(source.reading)}.")
        if trouble:
            say("What is there now would be kept under another name.")
    if asked.dry_run:
        tell("Nothing was restored: this was a dry run.")
        return True
    if not asked.agreed():
        return False
    kept = put_in_place(Files(), path, source.reading, present())
    tell(f"Restored: {source.called}.")
    for one in kept:
        tell(f"What was there is kept in {one}.")
    return True
