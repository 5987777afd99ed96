"""The command `ics`: follow-ups, birthdays and plans for the calendar, as a file or as a folder."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.cli.outputs import STDOUT, free_of_book, output_path, write_output
from relcraft.cli.terminal import tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.errors import BadInput
from relcraft.domain.telling import tell_count

if TYPE_CHECKING:
    from relcraft.domain.agenda import Item


@click.command("ics", short_help="Write follow-ups and birthdays for the calendar.")
@click.option("-o", "--output", type=output_path, default=STDOUT, help="A file, or a folder with one file an item.")
@click.pass_obj
def ics(start: Start, output: Path) -> None:
    """Write follow-ups as to-dos, birthdays and plans as events, for any calendar program.

    In a folder, as khal, todoman and vdirsyncer read it, what is no longer in the book goes, and what others put there
    stays. The calendar shows; it changes nothing in the book. What an import brought in is left out.

    Example: relcraft ics -o relcraft.ics
    """
    from relcraft.book.agenda import agenda  # noqa: PLC0415 - the help does without
    from relcraft.formats.ics import export_ics  # noqa: PLC0415 - as above

    free_of_book(start, output)
    with open_book(start) as book:
        items = list(agenda(book))
    if output.is_dir():
        _bring_up_to_date(output, items)
        return
    write_output(output, export_ics(items))
    if output != STDOUT:
        tell(f"{tell_count(len(items), 'item')} written to {output}.")


def _bring_up_to_date(folder: Path, items: "list[Item]") -> None:
    from relcraft.formats.ics import export_items  # noqa: PLC0415 - as above
    from relcraft.store.calendar_folder import bring_up_to_date  # noqa: PLC0415 - as above
    from relcraft.store.files import in_words  # noqa: PLC0415 - as above

    try:
        done = bring_up_to_date(folder, export_items(items))
    except OSError as error:
        raise BadInput(f"{folder} could not be brought up to date: {in_words(error)}.") from error
    tell(f"{folder}: {done.written} written, {done.removed} removed, {done.unchanged} as before.")
