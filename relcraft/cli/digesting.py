"""What a digest tells: today's moves, and the birthdays and follow-ups of the days ahead."""

from collections.abc import Sequence
from dataclasses import dataclass

from relcraft.book.ahead import birthdays_ahead, promise_told, promises_ahead
from relcraft.book.open import Book
from relcraft.book.today import all_moves
from relcraft.cli.terminal import say
from relcraft.domain.dates import tell_day_fully, tell_short
from relcraft.domain.fitting import cut
from relcraft.domain.moves import Move, choose
from relcraft.domain.records import Contact, Date, FollowUp
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value

_AHEAD = 7
"""Days."""
_MOST_COLUMNS = 40
"""Of each of the three things in the one line."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Digest(Value):
    """What there is to tell."""

    moves: Sequence[Move]
    count: int
    """Of all moves."""
    birthdays: Sequence[tuple[Date, Contact]]
    """Of the days ahead: one of today is a move."""
    promises: Sequence[FollowUp]
    """Of the days ahead, each dated the day on which it comes up: those of today are moves."""


def digest_of(book: Book) -> Digest:
    """Return what there is to tell of `book` today."""
    with book.clock.held():
        moves = all_moves(book)
        ahead = [(day, each) for day, each in birthdays_ahead(book, _AHEAD) if day > book.today]
        return Digest(choose(moves, book.rules.moves), len(moves), ahead, promises_ahead(book, _AHEAD))


def say_digest(book: Book, told: Digest) -> None:
    """Write it in lines; nothing where there is nothing."""
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
            say(f"{tell_short(promise.date, book.today)}: {promise_told(book, promise)}")


def in_one_line(book: Book, told: Digest) -> str:
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
        parts.append(_first_of(promise_told(book, first), when, len(told.promises)))
    return " | ".join(parts)


def _first_of(told: str, when: str, count: int) -> str:
    """Return the first of so many, short enough for a prompt: "call Raj Fri 27 Nov (+2)"."""
    more = f"(+{count - 1})" if count > 1 else ""
    return " ".join(filter(None, (cut(clean_line(told), _MOST_COLUMNS), when, more)))


def digest_json(book: Book, told: Digest) -> dict[str, object]:
    """Return it for other programs."""
    from relcraft.cli.as_json import follow_up_json, move_json  # noqa: PLC0415 - the lines do without

    return {
        "moves": [move_json(book, number, each) for number, each in enumerate(told.moves, 1)],
        "count": told.count,
        "birthdays": [
            {"date": day, "contact": contact.uid, "contact_name": contact.name} for day, contact in told.birthdays
        ],
        "follow_ups": [follow_up_json(book, each) for each in told.promises],
    }
