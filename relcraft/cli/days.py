"""Days as a user writes them: 2026-03-12, "yesterday", "3d ago"; ahead: "fri", "next week", "2w"."""

import click

from relcraft.book.open import Book
from relcraft.domain.dates import read_day
from relcraft.domain.records import Date
from relcraft.domain.text import clean_line

on_option = click.option("--on", "on", metavar="DAY", help='When, if not today: 2026-03-12, yesterday, "3d ago".')


def past_day(book: Book, text: str | None) -> Date | None:
    """Return the day of something that took place; None where nothing was said. Raises `UsageError`."""
    return _day(book, text, ahead=False, such_as="2026-03-12, yesterday or 3d ago")


def day_ahead(book: Book, text: str | None) -> Date | None:
    """Return the day of something to come; None where nothing was said. Raises `UsageError`."""
    return _day(book, text, ahead=True, such_as="2026-12-01, fri, next week or 2w")


def _day(book: Book, text: str | None, *, ahead: bool, such_as: str) -> Date | None:
    if text is None:
        return None
    said = clean_line(text)
    day = read_day(said, book.today, ahead=ahead, customs=book.rules.customs) if said else None
    if day is None:
        is_behind = ahead and said and read_day(said, book.today, ahead=False, customs=book.rules.customs)
        what = "day ahead" if is_behind else "day"
        raise click.UsageError(f'"{said}" is no {what}: one such as {such_as} was expected.')
    return day
