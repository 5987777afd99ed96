"""The command `digest`: today and the week ahead in a few plain lines, for a timer's mail or the shell's prompt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from relcraft.cli.options import as_json
from relcraft.cli.terminal import say, say_json
from relcraft.cli.wiring import Start, book_at
from relcraft.domain.dates import tell_day_fully, tell_short
from relcraft.domain.fitting import cut
from relcraft.domain.records import Contact, Date, FollowUp
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line

if TYPE_CHECKING:
    from relcraft.book.open import Book
    from relcraft.cli.settings import Settings
    from relcraft.domain.moves import Move

_AHEAD = 7
"""Days."""
_MOST_COLUMNS = 40
"""Of each of the three things in the one line."""


@dataclass(frozen=True, slots=True)
class _Digest:
    """What there is to tell."""

    moves: "Sequence[Move]"
    count: int
    """Of all moves."""
    birthdays: Sequence[tuple[Date, Contact]]
    """Of the days ahead: one of today is a move."""
    promises: Sequence[FollowUp]
    """Of the days ahead, each dated the day on which it comes up: those of today are moves."""


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
    settings = start.settings()
    if short:
        line = _short_line(start, settings)
        if line:
            say(line)
        return
    with book_at(settings.data_file, start.clock(), settings.backups, settings.rules) as book:
        told = _digest(book)
        if json:
            say_json(_json(book, told))
        else:
            _say(book, told)


def _short_line(start: Start, settings: "Settings") -> str:
    from relcraft.cli.kept import Kept  # noqa: PLC0415 - the prompt alone needs it

    if not settings.data_file.exists():
        return ""
    kept = Kept(settings, "digest", str(start.clock()().date()))
    line = kept.read()
    if line is None:
        with book_at(settings.data_file, start.clock(), settings.backups, settings.rules) as book:
            line = _in_one_line(book, _digest(book))
        kept.keep(line)
    return line


def _digest(book: "Book") -> _Digest:
    from relcraft.book.agenda import birthdays_ahead, promises_ahead  # noqa: PLC0415 - a kept line needs no book
    from relcraft.book.today import all_moves  # noqa: PLC0415 - as above
    from relcraft.domain.moves import choose  # noqa: PLC0415 - as above

    moves = all_moves(book)
    ahead = [(day, each) for day, each in birthdays_ahead(book, _AHEAD) if day > book.today]
    return _Digest(choose(moves, book.rules.moves), len(moves), ahead, promises_ahead(book, _AHEAD))


def _say(book: "Book", told: _Digest) -> None:
    if not (told.moves or told.birthdays or told.promises):
        return
    say(f"Relcraft, {tell_day_fully(book.today)}")
    if told.moves:
        say("\nToday")
        for number, each in enumerate(told.moves, 1):
            say(clean_line(f"{number}. {each.title}: {each.reason}"))
        if told.count > len(told.moves):
            say(f"{tell_count(told.count, 'move')} in all: relcraft today --all")
    if told.birthdays:
        say("\nBirthdays")
        for day, contact in told.birthdays:
            say(f"{tell_short(day, book.today)}: {clean_line(contact.name)}")
    if told.promises:
        say("\nPromised")
        for promise in told.promises:
            say(f"{tell_short(promise.date, book.today)}: {_promise_told(book, promise)}")


def _in_one_line(book: "Book", told: _Digest) -> str:
    """Return the first of each, and how many more; empty where there is nothing."""
    parts = []
    if told.moves:
        parts.append(_first_of(told.moves[0].title, "", len(told.moves)))
    if told.birthdays:
        day, contact = told.birthdays[0]
        parts.append(_first_of(f"birthday of {contact.name}", tell_short(day, book.today), len(told.birthdays)))
    if told.promises:
        first = told.promises[0]
        when = tell_short(first.date, book.today)
        parts.append(_first_of(_promise_told(book, first), when, len(told.promises)))
    return " | ".join(parts)


def _first_of(told: str, when: str, count: int) -> str:
    """Return the first of so many, short enough for a prompt: "call Raj Fri 27 Nov (+2)"."""
    more = f"(+{count - 1})" if count > 1 else ""
    return " ".join(filter(None, (cut(clean_line(told), _MOST_COLUMNS), when, more)))


def _promise_told(book: "Book", promise: FollowUp) -> str:
    from relcraft.book.agenda import promise_told  # noqa: PLC0415 - as above

    return promise_told(book, promise)


def _json(book: "Book", told: _Digest) -> dict[str, object]:
    from relcraft.cli.as_json import follow_up_json, move_json  # noqa: PLC0415 - as above

    return {
        "moves": [move_json(book, number, each) for number, each in enumerate(told.moves, 1)],
        "count": told.count,
        "birthdays": [
            {"date": day, "contact": contact.uid, "contact_name": contact.name} for day, contact in told.birthdays
        ],
        "follow_ups": [follow_up_json(book, each) for each in told.promises],
    }
