"""What is held back from Today: moves that were snoozed or dropped, people in peace, and quotas that are used up."""

from dataclasses import replace
from datetime import timedelta

from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain.changes import Op, drop, put
from relcraft.domain.moves import Move
from relcraft.domain.records import Contact, Date, Snooze

FOR_GOOD = Date.max


def goal_day(goal: str) -> str:
    """Return the quota of one suggestion a day for a goal."""
    return f"goal-day:{goal}"


def is_held(book: Book, key: str) -> bool:
    """Tell whether a snooze of this key (of a move, a quota, or a record) holds today."""
    return any(snooze.until > book.today or snooze.until == FOR_GOOD for snooze in book.snoozes_of(key))


def is_dropped(book: Book, key: str) -> bool:
    """Tell whether a move with this key was taken off Today for good."""
    return any(snooze.until == FOR_GOOD for snooze in book.snoozes_of(key))


def hold_ops(book: Book, key: str, until: Date) -> list[Op]:
    """Return what leaves one snooze of this key, until a day; a longer one stays as it is."""
    known = book.snoozes_of(key)
    if not known:
        return [put(None, stamped(book, Snooze(uid="", of=key, until=until)))]
    longest, *others = known
    longer = [] if longest.until >= until else [put(longest, touched(book, replace(longest, until=until)))]
    return [*longer, *map(drop, others)]


def spent_ops(book: Book, move: Move) -> list[Op]:
    """Return what uses up the quotas of a move."""
    return [op for key, until in move.spends for op in hold_ops(book, key, until)]


def in_peace(book: Book, contact: Contact) -> bool:
    """Tell whether nothing is to be suggested about a contact: archived, not to be disturbed, or snoozed."""
    return contact.archived or contact.do_not_disturb or is_held(book, contact.uid)


def after(day: Date, days: int) -> Date:
    """Return the day so many days later, or the last one of the calendar."""
    return day + timedelta(days=min(days, (Date.max - day).days))
