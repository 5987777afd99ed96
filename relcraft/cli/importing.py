"""The command `import`: people from other programs."""

from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.book.importing import ImportPlan, keep_import, plan_import
from relcraft.cli.importing_books import STDIN, import_ours, read_whole
from relcraft.cli.importing_mine import know_me
from relcraft.cli.known_formats import FormatName, TellsFormats
from relcraft.cli.options import as_json
from relcraft.cli.passphrases import passphrase_file_option
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.incoming import How

if TYPE_CHECKING:
    from relcraft.formats.reading import Handed, Reading
    from relcraft.formats.tables import Column

_MANY, _FEW = 20, 3
"""Of more rows with one reason only so few are told one by one."""
_PATH = click.Path(path_type=Path, readable=False, allow_dash=True)


@click.command("import", cls=TellsFormats, short_help="Take in people, mail and chats from other programs.")
@click.argument("paths", nargs=-1, required=True, type=_PATH, metavar="PATH...")
@click.option(
    "--format",
    "format_name",
    type=FormatName(),
    metavar="FORMAT",
    help="What the files are; without it, that is seen by their content.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@click.option(
    "--me", "mine", multiple=True, metavar="ADDRESS", help="An address, name or number of your own, as in the files."
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADER=FIELD",
    help="What a column of a table is: --column Firma=organisation; HEADER= leaves it out.",
)
@click.option("--day-first/--month-first", "day_first", default=None, help="Whether 3/4/2026 is in April or in March.")
@passphrase_file_option
@as_json
@click.pass_context
def import_(
    ctx: click.Context,
    paths: Sequence[Path],
    format_name: str | None,
    *,
    dry_run: bool,
    mine: Sequence[str],
    columns: Sequence[str],
    day_first: bool | None,
    passphrase_file: Path | None,
    json: bool,
) -> None:
    """Take in people, and what passed between you, from the programs in which they are now.

    Files, zip archives and folders; - reads the standard input. What you wrote stays, empty fields are filled, lists
    grow, and a second import changes nothing. What fits several people waits until you say whom it means.

    Example: relcraft import ~/Downloads/Connections.csv
    """
    from relcraft.formats.reading import read_bytes, read_paths  # noqa: PLC0415 - `relcraft --help` reads no file

    start: Start = ctx.obj
    if STDIN in paths and len(paths) > 1:
        raise click.UsageError("- reads the standard input, and stands alone: import files and folders by themselves.")
    settings = start.settings()
    usual = settings.rules.customs.day_first
    how = How(columns=_columns(columns), day_first=usual if day_first is None else day_first)
    _tell_broken()
    whole = read_whole(paths, passphrase_file)
    if whole is not None and format_name is None and whole.is_ours:
        import_ours(ctx, start, whole, dry_run=dry_run, json=json)
        return
    rows: Handed | Reading = read_paths(paths, format_name, how=how)
    if whole is not None:
        rows = read_bytes(whole.data, whole.name, format_name, how)
    with open_book(start) as book:
        asked = know_me(book, rows, mine, settings.myself)
        read = list(rows)  # before the book is held: a slow disk keeps no other program waiting
        with nullcontext() if dry_run else book.alone():
            plan = plan_import(book, read, rows.origin)
            if not dry_run:
                keep_import(book, plan, asked)
    if json:
        say_json(plan.report(rows.format))
    else:
        _say_report(plan)
        _tell_columns(rows.look().columns)
    if dry_run:
        tell("Nothing was written: this was a dry run.")
    if len(plan.skipped) == plan.read:
        tell("Nobody could be taken in.")
        ctx.exit(1)


def _tell_broken() -> None:
    """Tell which formats of other packages cannot be used."""
    from relcraft.formats.others import other_formats  # noqa: PLC0415 - `relcraft --help` reads no file

    for sentence in other_formats()[1]:
        tell(sentence)


def _columns(said: Sequence[str]) -> dict[str, str]:
    """Return what the columns of a table are, by their headers."""
    for one in said:
        if "=" not in one:
            raise click.BadParameter(f'"{one}" says nothing: HEADER=FIELD was expected.', param_hint="--column")
    return {header.strip(): field.strip() for header, _, field in (one.rpartition("=") for one in said)}


def _tell_columns(columns: "Sequence[Column]") -> None:
    """Tell what the columns of a table were taken for, so that a wrong guess is seen and can be said otherwise."""
    if columns:
        told = (f"{one.header} is {one.field.replace('_', ' ') or 'left out'}" for one in columns)
        tell(f"Columns: {', '.join(told)}. --column HEADER=FIELD says otherwise.")


def _say_report(plan: ImportPlan) -> None:
    counts = (
        ("added", plan.rows_added),
        ("updated", plan.rows_updated),
        ("unchanged", plan.rows_unchanged),
        ("skipped", len(plan.skipped)),
        ("ambiguous", len(plan.ambiguous)),
    )
    say(f"{plan.read} read: {', '.join(f'{count} {what}' for what, count in counts)}")
    if set(plan.made) - {"contacts"}:
        say(f"new: {', '.join(f'{count} {table}' for table, count in plan.made.items())}")
    _say_rows("skipped", [(row.where, row.why) for row in plan.skipped])
    for what, told in (("ambiguous", plan.ambiguous), ("may be twice", plan.possible_duplicates), ("note", plan.notes)):
        _say_rows(what, [(f"{one.where}: {one.name}", one.why) for one in told])


def _say_rows(what: str, rows: Sequence[tuple[str, str]]) -> None:
    """Say each row with its reason; of very many with one reason the first few, and how many more there are."""
    counts = Counter(why for _where, why in rows)
    said: Counter[str] = Counter()
    for where, why in rows:
        said[why] += 1
        if counts[why] <= _MANY or said[why] <= _FEW:
            say(f"{what}: {where}: {why}")
        elif said[why] == counts[why]:
            say(f"{what}: {counts[why] - _FEW} more: {why} (--json tells each)")
