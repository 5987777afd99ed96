"""What of the open book belongs in a calendar: open follow-ups and late ones done, birthdays, plans."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from relcraft.book.holding import FOR_GOOD
from relcraft.book.naming import interaction_told, names_of
from relcraft.book.occasions import person
from relcraft.book.open import Book
from relcraft.book.port import Text, Texts
from relcraft.book.promises import in_peace_until
from relcraft.domain.agenda import Anniversary, Item, Plan, Promise
from relcraft.domain.records import BEGINNING, Contact, Date, FollowUp, Interaction
from relcraft.domain.steps import next_birthday
from relcraft.domain.text import clean_line

KEPT = timedelta(days=30)
"""How long a calendar shows what was done, and plans whose day has passed."""


def agenda(book: Book) -> Iterator[Item]:
    """Yield what a calendar shows today. The same book gives the same items in the same order, all of that day."""
    yield from sorted(_promises(book), key=lambda each: each.uid)
    yield from sorted(map(_anniversary, celebrated(book)), key=lambda each: each.uid)
    yield from sorted(_plans(book), key=lambda each: each.uid)


def celebrated(book: Book) -> list[Contact]:
    """Return the contacts with a birthday, without those who are archived or left in peace."""
    return [each for each in book.contacts() if each.birthday is not None and not each.do_not_disturb]


def birthdays_ahead(book: Book, days: int) -> list[tuple[Date, Contact]]:
    """Return the birthdays of today and so many days after it, each with its day, soonest first."""
    last = book.today + timedelta(days=days)
    coming = [(next_birthday(each.birthday, book.today), each) for each in celebrated(book) if each.birthday]
    return sorted(((day, each) for day, each in coming if day <= last), key=lambda one: (one[0], one[1].name))


def promises_ahead(book: Book, days: int) -> list[FollowUp]:
    """Return the open follow-ups of tomorrow and so many days from today, dated when they come up, soonest first."""
    last = book.today + timedelta(days=days)
    found = []
    for uid, (done,) in book.columns(FollowUp, done_on=Text):
        if done is None:
            each = book.follow_up(uid)
            found.append(replace(each, date=max(each.date, in_peace_until(book, each) or each.date)))
    return sorted((each for each in found if book.today < each.date <= last), key=lambda each: (each.date, each.text))


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


def promise_told(book: Book, promise: FollowUp) -> str:
    """Return what was promised and for whom: "send the paper · Grace Hopper"."""
    contact = person(book, promise.contact)
    text = clean_line(promise.text)
    if contact is None:
        return text or "Something that you promised"
    return f"{text} · {contact.name}" if text else f"A word with {contact.name}"


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
