"""What of the open book belongs in a calendar: open follow-ups and late ones done, birthdays, plans."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from relcraft.book.ahead import celebrated, promise_told
from relcraft.book.holding import FOR_GOOD
from relcraft.book.naming import interaction_told, names_of
from relcraft.book.open import Book
from relcraft.book.port import Text, Texts
from relcraft.domain.agenda import Anniversary, Item, Plan, Promise
from relcraft.domain.records import BEGINNING, Contact, Date, FollowUp, Interaction
from relcraft.domain.text import clean_line

KEPT = timedelta(days=30)
"""How long a calendar shows what was done, and plans whose day has passed."""


def agenda(book: Book) -> Iterator[Item]:
    """Yield what a calendar shows today. The same book gives the same items in the same order, all of that day."""
    yield from sorted(_promises(book), key=lambda each: each.uid)
    yield from sorted(map(_anniversary, celebrated(book)), key=lambda each: each.uid)
    yield from sorted(_plans(book), key=lambda each: each.uid)


def _promises(book: Book) -> Iterator[Promise]:
    """Yield a promise for each follow-up that is open, or was done lately; a snooze puts it off, and one has no end."""
    since = book.today - KEPT
    for each in book.all(FollowUp):
        snooze = book.snooze_of(each.uid)
        if each.done_on is not None or snooze is None:
            due, updated = each.date, each.updated
        else:
            due, updated = max(each.date, snooze.until), max(each.updated, snooze.updated)
        if due != FOR_GOOD and (each.done_on is None or each.done_on >= since):
            told = promise_told(book, each)
            yield Promise(of=each.uid, title=told, updated=updated, due=due, done_on=each.done_on)


def _anniversary(contact: Contact) -> Anniversary:
    assert contact.birthday is not None  # noqa: S101 - those without one are none of `celebrated`
    told = f"Birthday of {clean_line(contact.name)}"
    return Anniversary(of=contact.uid, title=told, updated=contact.updated, birthday=contact.birthday)


def _plans(book: Book) -> Iterator[Plan]:
    """Yield what was noted before its day. What an import brought in is left out: it has its calendar already."""
    today, since = book.today, (book.today - KEPT).isoformat()
    for uid, (day, imported) in book.columns(Interaction, date=Text, sources=Texts):
        if imported or day is None or day < since:
            continue
        each = book.interaction(uid)
        if each.date > today or BEGINNING < each.created < _midnight(book, each.date):
            told = interaction_told(each.kind, names_of(book, each.contacts) if each.contacts else "")
            yield Plan(
                of=each.uid,
                title=f"{told[:1].upper()}{told[1:]}",
                updated=each.updated,
                day=each.date,
                time=each.time,
                zone=each.zone,
                text=each.summary,
            )


def _midnight(book: Book, day: Date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=book.now.tzinfo)
