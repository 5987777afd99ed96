"""When a follow-up comes up: on its own day, or when its snooze ends."""

from dataclasses import replace

from relcraft.book.open import Book
from relcraft.domain.records import Date, FollowUp


def in_peace_until(book: Book, promise: FollowUp) -> Date | None:
    """Return until when a follow-up is left in peace; None where no snooze holds, or it is done."""
    snooze = None if promise.done_on is not None else book.snooze_of(promise.uid)
    return snooze.until if snooze is not None and snooze.until > book.today else None


def has_come(book: Book, promise: FollowUp) -> bool:
    """Tell whether the day of an open follow-up has come, and no snooze holds it back."""
    return promise.done_on is None and promise.date <= book.today and in_peace_until(book, promise) is None


def promises(book: Book, contact: str) -> list[FollowUp]:
    """Return the open follow-ups for a contact, each dated the day on which it comes up, soonest first."""
    still_open = [promise for promise in book.follow_ups_with(contact) if promise.done_on is None]
    moved = [replace(one, date=max(one.date, in_peace_until(book, one) or one.date)) for one in still_open]
    return sorted(moved, key=lambda promise: promise.date)
