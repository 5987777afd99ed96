"""The command `today`: a few small moves with their reasons, and doing, dropping or snoozing one of them.

A number means the same move in the short list and in the long one, which begins with the short one.
"""

from collections.abc import Sequence
from datetime import timedelta

import click

from relcraft.book.doing import do, drop, keeps_text, needs, snooze
from relcraft.book.open import Book
from relcraft.book.today import all_moves
from relcraft.cli.as_json import move_json
from relcraft.cli.days import day_ahead, on_option, past_day
from relcraft.cli.options import as_json, text_option
from relcraft.cli.plain import as_plain, is_plain, say_records
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.changes import Change
from relcraft.domain.errors import BadInput, NotFound, NotUnique
from relcraft.domain.moves import Move, choose
from relcraft.domain.telling import tell_choice, tell_count
from relcraft.domain.text import clean_line, fold
from relcraft.domain.words import Circle

_SNOOZE = timedelta(days=7)
_QUIET = "Nothing else asks for you today."
_WHICH = "MOVE"
_MOST_NAMED = 5
_LABELS = ("move", "what", "why", "choices")
_MOST_DIGITS = 9


@click.command("today", short_help="Show a few small moves for today.")
@click.option("--all", "whole", is_flag=True, help="Every move, the few of today first.")
@click.option("--choices", is_flag=True, help="With what may be done with each.")
@click.option("--done", metavar=_WHICH, help="Note that this move was done.")
@click.option("--drop", "dropped", metavar=_WHICH, help="Take this move off for good: not now.")
@click.option(
    "--snooze", "snoozed", metavar=_WHICH, help="Leave this move for later; a week, unless --until says more."
)
@text_option("--choice", "choice", "CHOICE", "What was done, where it was not the first choice.")
@text_option("--text", "text", "TEXT", "A few words about it; the circle, where one is chosen.")
@on_option
@click.option("--until", metavar="DAY", help='Until when to snooze: 2026-12-01, fri, "next week", 2w.')
@as_plain
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

    MOVE is its number, which is the same with and without --all; or a name in it; or, for scripts, the key that --json
    tells. Numbers change with each move that is done, and from day to day; names and keys do not.

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
        few = choose(every, book.rules.moves)
        numbered = [*few, *(each for each in every if each not in few)]
        if done is not None:
            one = _the_one(numbered, len(few), done)
            _tell_done(f"Done: {_do(book, one, choice, text, on).title}.", numbered, done)
        elif dropped is not None:
            one = _the_one(numbered, len(few), dropped)
            _tell_done(f"{drop(book, one).title}.", numbered, dropped)
        elif snoozed is not None:
            one = _the_one(numbered, len(few), snoozed)
            day = day_ahead(book, until) or book.today + _SNOOZE
            _tell_done(f"{snooze(book, one, day).title}.", numbered, snoozed)
        elif json:
            moves = [move_json(book, number, each) for number, each in enumerate(numbered if whole else few, 1)]
            say_json({"moves": moves, "count": len(every)})
        else:
            _say(numbered if whole else few, len(every), choices=choices)


def _say(moves: Sequence[Move], count: int, *, choices: bool) -> None:
    if is_plain():
        say_records([_told_plainly(number, each, choices=choices) for number, each in enumerate(moves, 1)], _LABELS)
    for number, each in enumerate(() if is_plain() else moves, 1):
        say(clean_line(f"{number}. {each.title}: {each.reason}"))
        for choice in each.choices if choices else ():
            say(f"   {choice.id}: {choice.label}")
    if not moves:
        tell(_QUIET)
    elif count > len(moves):
        tell(f"{tell_count(count, 'move')} in all: relcraft today --all")


def _told_plainly(number: int, move: Move, *, choices: bool) -> Sequence[str]:
    offered = ", ".join(f"{choice.id} ({choice.label})" for choice in move.choices)
    return str(number), move.title, move.reason, offered if choices else ""


def _tell_done(told: str, numbered: Sequence[Move], which: str) -> None:
    """Tell what was done; and, after a number, that those behind it moved up."""
    moved_up = clean_line(which).isdecimal() and int(which) < len(numbered)
    tell(f"{told} The others have new numbers: relcraft today" if moved_up else told)


def _the_one(numbered: Sequence[Move], few: int, which: str) -> Move:
    """Return the move of that number or key, or the one with these words: of the first `few`, else of all.

    Raises `NotFound`, and `NotUnique` with those that it could be.
    """
    said = clean_line(which)
    if said.isdecimal() and len(said) <= _MOST_DIGITS:
        if not 1 <= int(said) <= len(numbered):
            there = f"1 to {len(numbered)}" if len(numbered) > 1 else "1" if numbered else ""
            expected = f"{there} was expected" if there else "nothing asks for you today"
            raise NotFound(f"There is no move {said}: {expected}.")
        return numbered[int(said) - 1]
    words = fold(said).split()
    found = [each for each in numbered if each.key == said]
    found = found or [each for each in numbered[:few] if _has(each, words)]
    found = found or [each for each in numbered if _has(each, words)]
    if not found:
        raise NotFound(f'No move of today answers to "{said}": a number, a name in it or a key was expected.')
    if len(found) > 1:
        named = [f"{numbered.index(each) + 1}. {clean_line(each.title)}" for each in found]
        shown = [*named[:_MOST_NAMED], f"{len(named) - _MOST_NAMED} more"] if len(named) > _MOST_NAMED else named
        raise NotUnique(f'"{said}" could be {tell_choice(shown)}.')
    return found[0]


def _has(move: Move, words: Sequence[str]) -> bool:
    return bool(words) and all(word in fold(move.title) for word in words)


def _do(book: Book, move: Move, choice: str, text: str, on: str | None) -> Change:
    """Write what was done. Words that would be kept nowhere are refused, not lost."""
    chosen = choice.lower()
    if needs(move, chosen) == "circle" and not text:
        raise BadInput(f"Which circle? --text tells it: one of {', '.join(Circle)}.")
    if text and not keeps_text(book, move, chosen):
        raise BadInput(f'"{clean_line(move.title)}" keeps no words of yours: the same without --text was expected.')
    return do(book, move, chosen, on=past_day(book, on), text=text)
