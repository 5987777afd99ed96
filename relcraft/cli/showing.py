"""The command `show`: one person, how it stands with them, and what took place."""

from collections.abc import Iterable, Sequence

import click

from relcraft.book.open import Book
from relcraft.book.promises import promises
from relcraft.cli.as_json import contact_json, exchange_json, follow_up_json, interaction_json, name_of
from relcraft.cli.asking import contact_called
from relcraft.cli.balances import say_standing
from relcraft.cli.listing import ARROW, SIZE_SIGN
from relcraft.cli.options import as_json, who_argument
from relcraft.cli.terminal import say, say_json, say_table
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.dates import tell_cadence, tell_day, tell_day_fully
from relcraft.domain.records import Birthday, Contact, Date, Exchange, FollowUp, Interaction
from relcraft.domain.steps import next_step
from relcraft.domain.text import clean_line

_INDENT = "  "
_FIRST = 15
"""How much of a timeline is shown before one asks for all of it."""


@click.command(short_help="Show one person, and what took place.")
@who_argument
@click.option("--all", "whole", is_flag=True, help=f"The whole timeline, not the latest {_FIRST} entries.")
@as_json
@click.pass_obj
def show(start: Start, who: str, *, whole: bool, json: bool) -> None:
    """Show one person, by name, nickname, the beginning of a name, or e-mail address.

    Example: relcraft show grace hopper
    """
    with open_book(start) as book:
        contact = contact_called(book, who)
        if json:
            say_json({"contacts": [_with_all(book, contact)]})
            return
        say(clean_line(contact.name))
        say_table(list(_facts(book, contact)), indent=_INDENT)
        _say_notes(contact)
        say("")
        say_standing(book.balance(contact.uid))
        waiting = promises(book, contact.uid)
        say(next_step(contact, book.warmth(contact.uid), book.balance(contact.uid), waiting, book.today))
        _say_timeline(book, contact, None if whole else _FIRST)


def _with_all(book: Book, contact: Contact) -> dict[str, object]:
    uid = contact.uid
    return {
        **contact_json(book, contact),
        "interactions": [interaction_json(book, each) for each in book.interactions_with(uid)],
        "exchanges": [exchange_json(book, each) for each in book.exchanges_with(uid)],
        "follow_ups": [follow_up_json(book, each) for each in book.follow_ups_with(uid)],
    }


def _facts(book: Book, contact: Contact) -> Iterable[tuple[str, str]]:
    """Yield what is known of a contact: what it is, and what was written down."""
    introduced_by = "" if contact.introduced_by is None else name_of(book, contact.introduced_by)
    met_on = "" if contact.met_on is None else tell_day_fully(contact.met_on)
    known = (
        ("warmth", _warmth_told(book, contact)),
        ("role", ", ".join(filter(None, (contact.role, contact.organisation)))),
        ("city", ", ".join(filter(None, (contact.city, contact.time_zone)))),
        ("nicknames", ", ".join(contact.nicknames)),
        ("e-mail", ", ".join(contact.emails)),
        ("phone", ", ".join(contact.phones)),
        ("web", ", ".join(contact.urls)),
        ("birthday", "" if contact.birthday is None else _birthday_told(contact.birthday)),
        ("tags", " ".join(f"#{tag}" for tag in contact.tags)),
        ("how we met", ", ".join(filter(None, (contact.met_how, met_on)))),
        ("introduced by", introduced_by),
        ("can offer", ", ".join(contact.can_offer)),
        ("looking for", ", ".join(contact.looking_for)),
    )
    return ((name, value) for name, value in known if value)


def _birthday_told(birthday: Birthday) -> str:
    _weekday, day, month, year = tell_day_fully(Date(birthday.year or 2000, birthday.month, birthday.day)).split()
    return f"{day} {month}" if birthday.year is None else f"{day} {month} {year}"


def _warmth_told(book: Book, contact: Contact) -> str:
    warmth = book.warmth(contact.uid)
    cadence = None if warmth.cadence_days is None else tell_cadence(warmth.cadence_days)
    last = None if warmth.last is None else f"last in touch {tell_day(warmth.last.on, book.today)}"
    archived = "archived" if contact.archived else None
    peace = "left in peace" if contact.do_not_disturb else None
    return " · ".join(filter(None, (contact.circle, cadence, warmth.state, last, archived, peace)))


def _say_notes(contact: Contact) -> None:
    if contact.notes.strip():
        say("")
        for line in contact.notes.strip().splitlines():
            say(f"{_INDENT}{line}".rstrip())


def _say_timeline(book: Book, contact: Contact, most: int | None) -> None:
    entries = book.timeline(contact.uid)
    shown = entries if most is None else entries[:most]
    if shown:
        say("")
        say_table([_entry_row(book, contact, entry.uid) for entry in shown], indent=_INDENT)
    if len(entries) > len(shown):
        say(f"{_INDENT}and {len(entries) - len(shown)} earlier; --all shows them")


def _entry_row(book: Book, contact: Contact, uid: str) -> Sequence[str]:
    match record := book.record(uid):
        case Interaction():
            others = [name_of(book, other) for other in record.contacts if other != contact.uid]
            told = " · ".join(filter(None, (record.summary, f"with {', '.join(others)}" if others else "")))
            return tell_day(record.date, book.today), "+" if record.date > book.today else "·", record.kind, told
        case Exchange():
            kind = f"{record.kind}{SIZE_SIGN[record.size]}"
            return tell_day(record.date, book.today), ARROW[record.direction], kind, record.text
        case FollowUp():
            done = "" if record.done_on is None else f"done {tell_day(record.done_on, book.today)}"
            return tell_day(record.date, book.today), "!", done, record.text
        case _:
            raise AssertionError(f"A {type(record).__name__} stands in no timeline.")
