"""The command `merge`: another version of the book brought into it, by the user or by git."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.cli.clock import present
from relcraft.cli.inputs import STDIN_TOLD, as_file
from relcraft.cli.options import as_json
from relcraft.cli.passphrases import asking, passphrase_file_option
from relcraft.cli.settings import Settings
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.changes import Change
from relcraft.domain.copies import Copy
from relcraft.domain.documents import TABLES
from relcraft.domain.errors import BadBook, BadInput, NotKept, ReadOnly
from relcraft.domain.telling import tell_count, tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.store.copies import FolderCopies
from relcraft.store.other import contents_of, read_contents
from relcraft.store.place import Place
from relcraft.store.recent import is_kept_whole
from relcraft.sync.merging import MergePlan, keep_merge, plan_merge

if TYPE_CHECKING:
    from relcraft.book.open import Book
    from relcraft.domain.contents import Contents

_MOST_NAMES = 10
_OF_OTHERS = frozenset({".csv", ".vcf", ".vcard", ".zip"})
_FILE = click.Path(path_type=Path, readable=False)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Source(Value):
    """What is brought in."""

    contents: "Contents"
    copy: Copy | None = None
    """Where it was left by another program: it is put aside afterwards."""


@click.command(short_help="Bring in what another laptop's book says.")
@click.argument("others", nargs=-1, type=_FILE, metavar="[OTHER]...")
@click.option("--dry-run", is_flag=True, help="Show what would come in, and change nothing.")
@click.option("--git", "as_git", is_flag=True, help="As git asks: BASE OURS THEIRS, and the result goes into OURS.")
@passphrase_file_option
@as_json
@click.pass_context
def merge(
    ctx: click.Context,
    others: tuple[Path, ...],
    passphrase_file: Path | None,
    *,
    dry_run: bool,
    as_git: bool,
    json: bool,
) -> None:
    """Bring what other versions of the book say into it, as one change each that relcraft undo takes back.

    Nothing is asked and nothing is lost: edits of different fields come together, of two that clash the later one
    stands, and the other waits in relcraft conflicts. Deleted stays deleted. Without OTHER, the versions come in that
    Syncthing, Dropbox and the like left beside the book; they are put aside afterwards. With - it is read from the
    standard input: ssh laptop relcraft backup -o - | relcraft merge -

    For git, in the folder of the book: a line in .gitattributes, a command on each machine; and, so that only the
    book travels, what is a machine's own into .gitignore, one a line.

    \b
      .gitattributes  book.json merge=relcraft
      .gitignore      backups/  *.journal  *.lock
      git config merge.relcraft.driver "relcraft merge --git %O %A %B"

    Example: relcraft merge ~/laptop/book.json
    """
    if as_git:
        if len(others) != 3 or dry_run or json:
            raise click.UsageError("--git takes the files BASE OURS THEIRS, and nothing else.")
        _merge_for_git(*others)
        return
    start: Start = ctx.obj
    settings = start.settings()
    copies = FolderCopies(settings.data_file, settings.backups)
    unread: list[str] = []
    sources = [_named(settings.data_file, as_file(ctx, path), passphrase_file) for path in others]
    if not others:
        sources = list(_left_beside(copies, unread))
    done: list[tuple[MergePlan, Change | None]] = []
    if sources:
        with open_book(start) as book:
            if book.read_only and not dry_run:
                raise ReadOnly(book.read_only)
            for source in sources:
                plan = plan_merge(book, source.contents)
                if source.copy is not None and not source.copy.certain and plan.nothing_new:
                    tell(f"{source.copy.name} has nothing new: it was left where it is.")
                    continue
                done.append((plan, None if dry_run else bring_in(book, plan, settings)))
                if source.copy is not None and not dry_run:
                    _put_aside(copies, source.copy)
    _tell(done, json=json, dry_run=dry_run)
    for sentence in unread:
        tell(sentence)
    if not sources and not unread:
        tell(f"No second version lies beside {settings.data_file.name}: nothing to bring in.")
    if unread:
        ctx.exit(1)


def _named(book: Path, path: Path, passphrase_file: Path | None) -> _Source:
    """Read a version that the user named. Raises `BadBook`, `BadInput`."""
    from relcraft.formats.sealing import is_sealed, read_sealed  # noqa: PLC0415 - most merges open nothing sealed
    from relcraft.store.files import Files  # noqa: PLC0415 - as above
    from relcraft.store.reading import check_kind  # noqa: PLC0415 - as above
    from relcraft.store.saving import is_export, read_data  # noqa: PLC0415 - as above

    if Place.of(book).has(path):
        raise BadInput(f"{path} is the book itself: another version of it was expected.")
    if path.suffix.lower() in _OF_OTHERS:
        raise BadInput(f"{path} is no book: relcraft import takes people in from vCards, CSV files and archives.")
    try:
        check_kind(Files(), path)  # a pipe would keep one waiting
        with path.open("rb") as opened:
            sealed = is_sealed(opened.read(100))
    except FileNotFoundError:
        sealed = False
    except OSError as error:
        raise BadBook(f"{path} could not be read: {str(error.strerror or error).lower()}.") from error
    if sealed:
        data = read_sealed(path, asking(passphrase_file, path.name))
        return _Source(contents_of(read_data(data, path.name), _called(path)))
    try:
        return _Source(replace(read_contents(path), name=_called(path)))
    except BadBook as error:
        if path.exists() and is_export(path.read_bytes()):
            raise BadInput(
                f"{path} is an export: relcraft import takes it in. A book, or a backup of one, was expected."
            ) from error
        raise


def _called(path: Path) -> str:
    return STDIN_TOLD if path.name == STDIN_TOLD else str(path)


def _left_beside(copies: FolderCopies, unread: list[str]) -> Iterator[_Source]:
    """Yield the versions that other programs left beside the book; what cannot be read is told and stays."""
    for copy in copies.waiting():
        try:
            yield _Source(copies.read(copy), copy)
        except BadBook as error:
            unread.append(str(error))


def bring_in(book: "Book", plan: MergePlan, settings: Settings) -> Change | None:
    """Bring in one version; where that will be too much to be undone, the book is saved as it is before."""
    there = Place.of(settings.data_file).book.exists()
    if there and not is_kept_whole(Change(title="", ops=plan.ops, at=book.now)):
        from relcraft.cli.backups import save_present  # noqa: PLC0415 - most merges need none
        from relcraft.store.saving import read_file, rendered  # noqa: PLC0415 - as above

        saved = save_present(settings, rendered(read_file(settings.data_file)))
        tell(f"It is too much to be undone later. The book as it was is kept in {saved}: relcraft restore {saved.name}")
    return keep_merge(book, plan)


def _put_aside(copies: FolderCopies, copy: Copy) -> None:
    try:
        tell(f"{copy.name} is in, and kept in {copies.put_aside(copy)}.")
    except NotKept as error:
        tell(str(error))


def _tell(done: Sequence[tuple[MergePlan, Change | None]], *, json: bool, dry_run: bool) -> None:
    if json:
        say_json({"merges": [plan.report() for plan, _change in done]})
    else:
        for plan, _change in done:
            _say(plan)
    for plan, _change in done:
        _tell_strangers(plan)
    if dry_run:
        tell("Nothing was written: this was a dry run.")
        return
    changes = [change for _plan, change in done if change is not None]
    if changes and all(map(is_kept_whole, changes)):
        tell("relcraft undo takes it back.")
    if waiting := sum(len(plan.conflicts) for plan, _change in done):
        tell(f"{tell_count(waiting, 'conflict')} to look at: relcraft conflicts")


def _tell_strangers(plan: MergePlan) -> None:
    """Tell of tables that are no business of Relcraft: no rule brings them in."""
    strangers = [clean_line(table) for table, rows in plan.theirs.tables.items() if rows and table not in TABLES]
    if strangers:
        name = clean_line(plan.theirs.name)
        tell(f"{name} also has tables that Relcraft does not know ({tell_list(strangers)}): they stay there alone.")


def _say(plan: MergePlan) -> None:
    say(f"{clean_line(plan.theirs.name)}: {plan.summary}.")
    for what, names in (
        ("comes in", plan.coming),
        ("changes", plan.changing),
        ("is deleted", plan.going),
        ("to look at", plan.conflicts),
        ("may be here already", plan.twice),
    ):
        for name in names[:_MOST_NAMES]:
            say(f"  {what}: {name}")
        if len(names) > _MOST_NAMES:
            say(f"  {what}: {len(names) - _MOST_NAMES} more")


def _merge_for_git(base: Path, ours: Path, theirs: Path) -> None:
    from relcraft.store.uniting import unite_files  # noqa: PLC0415 - git alone needs it

    outcome = unite_files(base, ours, theirs, present())
    if outcome.conflicts:
        tell(f"{tell_count(len(outcome.conflicts), 'conflict')} to look at: relcraft conflicts")
