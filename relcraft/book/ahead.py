"""The days ahead: whose birthdays come, and which follow-ups."""

from dataclasses import replace
from datetime import timedelta

from relcraft.book.occasions import person
from relcraft.book.open import Book
from relcraft.book.port import Text
from relcraft.book.promises import in_peace_until
from relcraft.domain.records import Contact, Date, FollowUp
from relcraft.domain.steps import next_birthday
from relcraft.domain.text import clean_line


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


def promise_told(book: Book, promise: FollowUp) -> str:
    """Return what was promised and for whom: "send the paper · Grace Hopper"."""
    contact = person(book, promise.contact)
    text = clean_line(promise.text)
    if contact is None:
        return text or "Something that you promised"
    return f"{text} · {contact.name}" if text else f"A word with {contact.name}"
