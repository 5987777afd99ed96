"""The command `digest`: today and the week ahead in a few plain lines, for a timer's mail or the shell's prompt.

A prompt asks each time that it is drawn: what a line that is kept does not need is loaded late.
"""

import click

from relcraft.cli.options import as_json
from relcraft.cli.terminal import say, say_json
from relcraft.cli.wiring import Start, open_book


@click.command("digest", short_help="Tell of today and the week ahead, for a timer or a prompt.")
@click.option("--short", is_flag=True, help="One line, for the shell's prompt.")
@as_json
@click.pass_obj
def digest(start: Start, *, short: bool, json: bool) -> None:
    """Tell of today's moves, and of birthdays and follow-ups of the next seven days.

    Where there is nothing, nothing at all is written, and a timer sends no mail. The line of --short is kept in the
    cache folder, and told again at once as long as the book stays as it is.

    Example: relcraft digest
    """
    if short and json:
        raise click.UsageError("--short and --json do not go together.")
    if short:
        line = _short_line(start)
        if line:
            say(line)
        return
    from relcraft.cli.digesting import digest_json, digest_of, say_digest  # noqa: PLC0415 - a kept line does without

    with open_book(start) as book:
        told = digest_of(book)
        if json:
            say_json(digest_json(book, told))
        else:
            say_digest(book, told)


def _short_line(start: Start) -> str:
    from relcraft.cli.kept import Kept  # noqa: PLC0415 - the long one is not kept
    from relcraft.cli.settings import book_path, config_path  # noqa: PLC0415 - as above

    book_file = book_path(start.data_file, start.config)
    if not book_file.exists():
        return ""
    kept = Kept(book_file, config_path(start.config), "digest", str(start.clock()().date()))
    line = kept.read()
    if line is None:
        from relcraft.cli.digesting import digest_of, in_one_line  # noqa: PLC0415 - a kept line does without

        with open_book(start) as book:
            line = in_one_line(book, digest_of(book))
        kept.keep(line)
    return line
