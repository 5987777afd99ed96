"""The commands `undo` and `redo`: the last changes of the book taken back, and made again."""

from collections.abc import Sequence

import click

from relcraft.book.open import Book
from relcraft.cli.options import as_json
from relcraft.cli.terminal import say_json, say_table, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.changes import Change
from relcraft.domain.dates import tell_short
from relcraft.domain.text import clean_line

_FIRST = 20
"""How many changes a list shows."""


@click.command(short_help="Take the last change back.")
@click.option("--list", "listed", is_flag=True, help=f"Show the last {_FIRST} changes that can be taken back.")
@as_json
@click.pass_obj
def undo(start: Start, *, listed: bool, json: bool) -> None:
    """Take the last change of the book back, whoever made it: the screen, a command, an import, a restore.

    The last 200 changes can be taken back, one after the other, also after a restart.

    Example: relcraft undo --list
    """
    with open_book(start) as book:
        if listed:
            _list(book, book.history.done, "undo", json=json)
        else:
            _tell(book.undo(), json=json)


@click.command(short_help="Make a change again that was taken back.")
@click.option("--list", "listed", is_flag=True, help=f"Show the last {_FIRST} changes that can be made again.")
@as_json
@click.pass_obj
def redo(start: Start, *, listed: bool, json: bool) -> None:
    """Make the change again that was last taken back, as long as no other one was made since.

    Example: relcraft redo --list
    """
    with open_book(start) as book:
        if listed:
            _list(book, book.history.undone, "redo", json=json)
        else:
            _tell(book.redo(), json=json)


def _tell(change: Change, *, json: bool) -> None:
    if json:
        say_json({"title": change.title, "records": len(change.ops)})
    tell(f"{clean_line(change.title)}.")


def _list(book: Book, changes: Sequence[Change], verb: str, *, json: bool) -> None:
    shown = changes[:_FIRST]
    if json:
        say_json({"changes": [_as_json(change) for change in shown]})
    elif shown:
        say_table([_row(book, change) for change in shown])
    else:
        tell(f"Nothing to {verb}.")


def _as_json(change: Change) -> dict[str, object]:
    return {"title": change.title, "at": change.at.isoformat(), "records": len(change.ops), "whole": bool(change.ops)}


def _row(book: Book, change: Change) -> tuple[str, ...]:
    at = change.at.astimezone(book.now.tzinfo)
    moment = f"{tell_short(at.date(), book.today)}, {at:%H:%M}"
    return moment, clean_line(change.title), "" if change.ops else "too much to be kept"
