"""Today: every move that the book suggests now, and the few that are shown."""

from collections.abc import Iterator

from relcraft.book.answers import answers
from relcraft.book.bringing_together import gifts, under_way
from relcraft.book.first_steps import beginnings, drafts
from relcraft.book.holding import is_held
from relcraft.book.occasions import birthdays, promised
from relcraft.book.open import Book
from relcraft.book.staying_in_touch import dormant, due, without_circle
from relcraft.book.thanks import tellings, thanks
from relcraft.domain.moves import Move, choose, in_order
from relcraft.domain.records import Ask


def all_moves(book: Book) -> list[Move]:
    """Return every move of today, in the order of their kinds; what was snoozed or dropped is left out."""
    with book.clock.held():
        return in_order(move for move in _suggested(book) if not is_held(book, move.key))


def today(book: Book) -> list[Move]:
    """Return the few moves that Today shows: at most as many as the user's rules say, at most one about a contact."""
    return choose(all_moves(book), book.rules.moves)


def _suggested(book: Book) -> Iterator[Move]:
    asks = tuple(book.all(Ask))
    yield from birthdays(book)
    yield from promised(book)
    yield from thanks(book, asks)
    yield from tellings(book, asks)
    yield from answers(book, asks)
    yield from under_way(book)
    yield from drafts(book, asks)
    yield from beginnings(book, asks)
    yield from due(book)
    yield from gifts(book)
    yield from dormant(book)
    yield from without_circle(book)
