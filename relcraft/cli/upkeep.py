"""The commands `locate` and `check`: where everything is, and whether the book is whole."""

import shlex
from datetime import datetime
from pathlib import Path

import click

from relcraft.cli.options import as_json
from relcraft.cli.settings import config_path
from relcraft.cli.terminal import say, say_json, say_table, tell
from relcraft.cli.wiring import Start
from relcraft.domain.text import clean_line


@click.command(short_help="Say where everything is.")
@click.argument("what", type=click.Choice(["data", "config", "backups"]), required=False)
@as_json
@click.pass_obj
def locate(start: Start, what: str | None, *, json: bool) -> None:
    """Say where the book, the config file or the backups are, whether or not they are there yet.

    Example: relcraft locate data
    """
    if what == "config":
        paths = {"config": config_path(start.config)}
    else:
        settings = start.settings()
        paths = {"data": settings.data_file, "config": settings.config, "backups": settings.backups}
    shown = {name: str(path.absolute()) for name, path in paths.items() if what in (None, name)}
    if json:
        say_json({"locations": [{"what": name, "path": path} for name, path in shown.items()]})
    elif what is not None:
        say(shown[what])
    else:
        say_table(list(shown.items()))


@click.command()
@click.option("--repair", "to_repair", is_flag=True, help="Save what can be read into a new file.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="The new file; usually beside the book.",
)
@as_json
@click.pass_context
def check(ctx: click.Context, output: Path | None, *, to_repair: bool, json: bool) -> None:
    """Look whether the book is whole; nothing is changed.

    With --repair all that can be read of a damaged book and its journal goes into a new file; the old ones stay.

    Example: relcraft check
    """
    from relcraft.domain.labels import tell_records  # noqa: PLC0415 - `locate` reads no book
    from relcraft.store.checking import check as checked  # noqa: PLC0415 - as above

    if output is not None and not to_repair:
        raise click.UsageError("-o names the file for --repair, and that was not asked for.")
    start: Start = ctx.obj
    settings = start.settings()
    path = settings.data_file
    report = checked(path, settings.backups)
    if to_repair and (output is not None or not report.whole):
        _repair(path, output, start.clock()(), json=json)
        return
    if json:
        counts = dict(report.counts)
        say_json({"file": str(path), "problems": report.problems, "remarks": report.remarks, "records": counts})
    else:
        for problem in report.problems:
            say(problem)
        for remark in report.remarks:
            tell(remark)
        if report.whole:
            say(clean_line(f"{path} is whole: {tell_records(report.counts) or 'nothing in it yet'}."))
    ctx.exit(0 if report.whole else 1)


def _repair(path: Path, output: Path | None, now: datetime, *, json: bool) -> None:
    """Write what can be saved, and tell what that is, what is not in it, and what to do next."""
    from relcraft.domain.labels import tell_records  # noqa: PLC0415 - as above
    from relcraft.store.repairing import repair, write_repaired  # noqa: PLC0415 - as above

    result = repair(path)
    where = write_repaired(result, path, output, now)
    if json:
        say_json(
            {
                "file": str(path),
                "repaired": str(where),
                "records": dict(result.saved),
                "mended": result.told,
                "lost": result.lost,
            }
        )
        return
    for sentence in (*result.told, *result.lost):
        tell(clean_line(sentence))
    say(clean_line(f"Saved into {where}: {tell_records(result.saved) or 'nothing'}."))
    tell(f"The damaged files are as they were. To go on with the repaired book: {_next_step(path, where, now)}")
    tell("Or, for a backup in its place: relcraft restore")


def _next_step(path: Path, where: Path, now: datetime) -> str:
    """Return the commands that put the repaired book in the place of the damaged one."""
    from relcraft.store.naming import name_at  # noqa: PLC0415 - as above
    from relcraft.store.place import Place  # noqa: PLC0415 - as above

    place = Place.of(path)
    aside = place.book.with_name(f"{name_at(place.book, 'damaged', now)}.json")
    moves = [(place.book, aside), (place.journal, aside.with_name(f"{aside.name}.journal"))]
    commands = [shlex.join(["mv", str(old), str(new)]) for old, new in moves if old.exists()]
    return clean_line("; ".join([*commands, shlex.join(["mv", str(where.absolute()), str(place.book)])]))
