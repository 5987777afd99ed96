"""The command `today`: a few small moves with their reasons, and doing, dropping or snoozing one of them."""

from collections.abc import Sequence
from datetime import timedelta

import click

from relcraft.book.doing import do, drop, needs, snooze
from relcraft.book.open import Book
from relcraft.book.today import all_moves, today
from relcraft.cli.as_json import move_json
from relcraft.cli.days import day_ahead, on_option, past_day
from relcraft.cli.options import as_json
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.moves import Move
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.domain.words import Circle

_SNOOZE = timedelta(days=7)
_QUIET = "Nothing else asks for you today."
_WHICH = "NUMBER"


@click.command("today", short_help="Show a few small moves for today.")
@click.option("--all", "whole", is_flag=True, help="Every move; the numbers are those of this list.")
@click.option("--choices", is_flag=True, help="With what may be done with each.")
@click.option("--done", metavar=_WHICH, help="Note that this move was done.")
@click.option("--drop", "dropped", metavar=_WHICH, help="Take this move off for good: not now.")
@click.option(
    "--snooze", "snoozed", metavar=_WHICH, help="Leave this move for later; a week, unless --until says more."
)
@click.option("--choice", metavar="CHOICE", default="", help="What was done, where it was not the first choice.")
@click.option("--text", metavar="TEXT", default="", help="A few words about it; the circle, where one is chosen.")
@on_option
@click.option("--until", metavar="DAY", help='Until when to snooze: 2026-12-01, fri, "next week", 2w.')
@as_json
@click.pass_obj
def today_(
    start: Start,
    *,
    whole: bool,
    choices: bool,
    done: str | None,
    dropped: str | None,
    snoozed: str | None,
    choice: str,
    text: str,
    on: str | None,
    until: str | None,
    json: bool,
) -> None:
    """Show a few small moves for today, each with its reason, and act on one of them.

    NUMBER is that of the list, or the key that --json tells.

    Example: relcraft today --done 1
    """
    acts = [each for each in (done, dropped, snoozed) if each is not None]
    if len(acts) > 1 or (acts and (json or choices)):
        raise click.UsageError("One of --done, --drop and --snooze at a time, and without --json and --choices.")
    if done is None and (choice or text or on is not None):
        raise click.UsageError("--choice, --text and --on go with --done.")
    if snoozed is None and until is not None:
        raise click.UsageError("--until goes with --snooze.")
    with open_book(start) as book:
        every = all_moves(book)
        shown = every if whole else today(book)
        if done is not None:
            _do(book, _the_one(shown, every, done), choice, text, on)
        elif dropped is not None:
            tell(f"{drop(book, _the_one(shown, every, dropped)).title}.")
        elif snoozed is not None:
            day = day_ahead(book, until) or book.today + _SNOOZE
            tell(f"{snooze(book, _the_one(shown, every, snoozed), day).title}.")
        elif json:
            moves = [move_json(book, number, each) for number, each in enumerate(shown, 1)]
            say_json({"moves": moves, "count": len(every)})
        else:
            _say(shown, len(every), choices=choices)


def _say(moves: Sequence[Move], count: int, *, choices: bool) -> None:
    for number, each in enumerate(moves, 1):
        say(clean_line(f"{number}. {each.title}: {each.reason}"))
        for choice in each.choices if choices else ():
            say(f"   {choice.id}: {choice.label}")
    if not moves:
        tell(_QUIET)
    elif count > len(moves):
        tell(f"{tell_count(count, 'move')} in all: relcraft today --all")


def _the_one(shown: Sequence[Move], every: Sequence[Move], which: str) -> Move:
    """Return the move of that number, or of that key. Raises `NotFound`."""
    said = clean_line(which)
    if said.isdecimal():
        if not 1 <= int(said) <= len(shown):
            there = f"1 to {len(shown)}" if len(shown) > 1 else "1" if shown else ""
            expected = f"{there} was expected" if there else "nothing asks for you today"
            raise NotFound(f"There is no move {said}: {expected}.")
        return shown[int(said) - 1]
    found = next((each for each in every if each.key == said), None)
    if found is None:
        raise NotFound(f'No move of today has the key "{said}".')
    return found


def _do(book: Book, move: Move, choice: str, text: str, on: str | None) -> None:
    """Write what was done, and tell it."""
    if needs(move, choice) == "circle" and not text.strip():
        raise BadInput(f"Which circle? --text tells it: one of {', '.join(Circle)}.")
    change = do(book, move, choice, on=past_day(book, on), text=clean_line(text))
    tell(f"Done: {change.title}.")
