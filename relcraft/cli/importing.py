"""The command `import`: people from other programs."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.book.importing import ImportPlan, keep_import, plan_import
from relcraft.cli.options import as_json
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book

if TYPE_CHECKING:
    from relcraft.formats.reading import Handed

_PATH = click.Path(path_type=Path, allow_dash=True)
_STDIN = Path("-")


class FormatName(click.ParamType[str]):
    """One of the formats that can be imported; they are loaded when one is asked for, not for a list of commands."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - as click calls it
        """Return the known names, as the help shows them."""
        return f"[{'|'.join(self._names())}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return a known name as it is; fail with all of them for another one."""
        if value not in self._names():
            self.fail(f'"{value}" is no format that can be imported: {" and ".join(self._names())} are.', param, ctx)
        return value

    @staticmethod
    def _names() -> list[str]:
        from relcraft.formats.registry import FORMATS  # noqa: PLC0415 - see above

        return [known.name for known in FORMATS]


@click.command("import", short_help="Take in people from LinkedIn or vCards.")
@click.argument("paths", nargs=-1, required=True, type=_PATH, metavar="PATH...")
@click.option(
    "--format",
    "format_name",
    type=FormatName(),
    help="What the files are; without it, that is seen by their content.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@as_json
@click.pass_context
def import_(ctx: click.Context, paths: Sequence[Path], format_name: str | None, *, dry_run: bool, json: bool) -> None:
    """Take in people from LinkedIn's archive or its Connections.csv, from vCards, and from our own CSV.

    Files, zip archives and folders; - reads the standard input. What you wrote stays, empty fields are filled, lists
    grow, and a second import changes nothing.

    Example: relcraft import ~/Downloads/Connections.csv
    """
    from relcraft.formats.reading import read_paths  # noqa: PLC0415 - `relcraft --help` reads no file

    start: Start = ctx.obj
    if _STDIN in paths and len(paths) > 1:
        raise click.UsageError("- reads the standard input, and stands alone: import files and folders by themselves.")
    rows = _from_input(format_name) if list(paths) == [_STDIN] else read_paths(paths, format_name)
    with open_book(start) as book:
        read = list(rows)  # before the book is held: a slow disk keeps no other program waiting
        with nullcontext() if dry_run else book.alone():
            plan = plan_import(book, read, rows.origin)
            if not dry_run:
                keep_import(book, plan)
    if json:
        say_json(plan.report(rows.format))
    else:
        _say_report(plan)
    if dry_run:
        tell("Nothing was written: this was a dry run.")
    if len(plan.skipped) == plan.read:
        tell("Nobody could be taken in.")
        ctx.exit(1)


def _from_input(format_name: str | None) -> "Handed":
    """Return the rows of the standard input, of which no more is read than of a file."""
    from relcraft.formats.reading import MAX_BYTES, read_bytes  # noqa: PLC0415 - as above

    return read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "the standard input", format_name)


def _say_report(plan: ImportPlan) -> None:
    counts = (
        ("added", len(plan.added)),
        ("updated", plan.rows_updated),
        ("unchanged", plan.rows_unchanged),
        ("skipped", len(plan.skipped)),
        ("ambiguous", len(plan.ambiguous)),
    )
    say(f"{plan.read} read: {', '.join(f'{count} {what}' for what, count in counts)}")
    for skipped in plan.skipped:
        say(f"skipped: {skipped.where}: {skipped.why}")
    for what, told in (("ambiguous", plan.ambiguous), ("may be twice", plan.possible_duplicates), ("note", plan.notes)):
        for one in told:
            say(f"{what}: {one.where}: {one.name}: {one.why}")
