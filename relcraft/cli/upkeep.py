"""The commands `locate` and `check`: where everything is, and whether the book is whole."""

import click

from relcraft.cli.options import as_json
from relcraft.cli.settings import config_path
from relcraft.cli.terminal import say, say_json, say_table, tell
from relcraft.cli.wiring import Start
from relcraft.domain.telling import tell_count


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
@as_json
@click.pass_context
def check(ctx: click.Context, *, json: bool) -> None:
    """Look whether the book is whole; nothing is changed.

    Example: relcraft check
    """
    from relcraft.store.checking import check as checked  # noqa: PLC0415 - `locate` reads no book

    start: Start = ctx.obj
    settings = start.settings()
    path = settings.data_file
    report = checked(path, settings.backups)
    if json:
        counts = dict(report.counts)
        say_json({"file": str(path), "problems": report.problems, "remarks": report.remarks, "records": counts})
    else:
        for problem in report.problems:
            say(problem)
        for remark in report.remarks:
            tell(remark)
        if report.whole:
            counted = ", ".join(_counted(table, count) for table, count in report.counts if count)
            say(f"{path} is whole: {counted or 'nothing in it yet'}.")
    ctx.exit(0 if report.whole else 1)


def _counted(table: str, count: int) -> str:
    """Return how many records a table has, in words; of oneself there is one page."""
    return "what you say of yourself" if table == "me" else tell_count(count, table.replace("_", "-").removesuffix("s"))
