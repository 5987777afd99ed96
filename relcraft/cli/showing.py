"""The command `show`: one person, how it stands with them, and what took place."""

from collections.abc import Iterable, Sequence

import click

from relcraft.book.links import Entry
from relcraft.book.open import Book
from relcraft.book.promises import promises
from relcraft.book.room import room
from relcraft.cli.as_json import (
    ask_json,
    contact_json,
    exchange_json,
    follow_up_json,
    interaction_json,
    introduction_json,
    name_of,
    room_json,
    tie_json,
)
from relcraft.cli.asking import contact_called
from relcraft.cli.balances import say_standing
from relcraft.cli.listing import ARROW, SIZE_SIGN
from relcraft.cli.listing_asks import ask_told, introduction_told
from relcraft.cli.options import as_json, who_argument
from relcraft.cli.plain import as_plain, is_plain, say_plain, say_records
from relcraft.cli.terminal import say, say_json, say_table
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.dates import tell_cadence, tell_day, tell_day_fully
from relcraft.domain.introducing import state_of
from relcraft.domain.records import (
    Ask,
    Birthday,
    Contact,
    Date,
    Exchange,
    FollowUp,
    Interaction,
    Introduction,
    Record,
    Tie,
)
from relcraft.domain.steps import next_step
from relcraft.domain.text import clean_line

_INDENT = "  "
_ENTRY = ("when", "what", "kind", "about")
"""What the columns of a timeline are called in plain lines."""
_FIRST = 15
"""How much of a timeline is shown before one asks for all of it."""


@click.command(short_help="Show one person, and what took place.")
@who_argument
@click.option("--all", "whole", is_flag=True, help=f"The whole timeline, not the latest {_FIRST} entries.")
@click.option("--brief", "short", is_flag=True, help="What matters before a meeting, on one screen.")
@as_plain
@as_json
@click.pass_obj
def show(start: Start, who: str, *, whole: bool, short: bool, json: bool) -> None:
    """Show one person, by name, nickname, the beginning of a name, or e-mail address.

    Example: relcraft show grace hopper --brief
    """
    if whole and short:
        raise click.UsageError("--all and --brief do not go together.")
    with open_book(start) as book:
        contact = contact_called(book, who)
        if short:
            _say_brief(book, contact, json=json)
            return
        if json:
            say_json({"contacts": [_with_all(book, contact)]})
            return
        if is_plain():
            _say_facts_plainly(book, contact)
        else:
            say(clean_line(contact.name))
            say_table(list(_facts(book, contact)), indent=_INDENT)
            _say_notes(contact)
            say("")
        say_standing(book.balance(contact.uid))
        found = room(book, contact.uid)
        waiting = promises(book, contact.uid)
        step = next_step(contact, book.warmth(contact.uid), book.balance(contact.uid), waiting, book.today)
        (say_plain if is_plain() else _say_labelled)("room to ask", f"{found.kind} · {found.reason}")
        if is_plain():
            say_plain("next step", step)
        else:
            say(step)
        _say_timeline(book, contact, None if whole else _FIRST)


def _say_labelled(label: str, value: str) -> None:
    say(f"{label}: {value}")


def _say_facts_plainly(book: Book, contact: Contact) -> None:
    say_plain("name", contact.name)
    for label, value in _facts(book, contact):
        say_plain(label, value)
    for line in contact.notes.splitlines():
        say_plain("note", line)


def _with_all(book: Book, contact: Contact) -> dict[str, object]:
    uid = contact.uid
    return {
        **contact_json(book, contact),
        "interactions": [interaction_json(book, each) for each in book.interactions_with(uid)],
        "exchanges": [exchange_json(book, each) for each in book.exchanges_with(uid)],
        "follow_ups": [follow_up_json(book, each) for each in book.follow_ups_with(uid)],
        "asks": [ask_json(book, each) for each in book.with_contact(Ask, uid)],
        "introductions": [introduction_json(book, each) for each in book.with_contact(Introduction, uid)],
        "ties": [tie_json(book, each) for each in book.with_contact(Tie, uid)],
        "room_to_ask": room_json(book, uid),
    }


def _say_brief(book: Book, contact: Contact, *, json: bool) -> None:
    from relcraft.book.brief import HEADING_WIDTH, brief  # noqa: PLC0415 - it looks at far more than the rest needs

    told = brief(book, contact.uid)
    if json:
        parts = [{"heading": part.heading, "lines": part.lines} for part in told.parts]
        say_json({"briefs": [{"contact": told.contact, "contact_name": contact.name, "parts": parts}]})
        return
    if is_plain():
        say_plain("name", told.name)
        for part in told.parts:
            for line in part.lines:
                say_plain(part.heading, line)
        return
    say(told.name)
    for part in told.parts:
        for heading, line in zip((part.heading, *[""] * len(part.lines)), part.lines, strict=False):
            say(f"{heading:<{HEADING_WIDTH}}{line}")


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
        rows = [_entry_row(book, contact, entry) for entry in shown]
        if is_plain():
            say_records(rows, _ENTRY)
        else:
            say_table(rows, indent=_INDENT)
    if len(entries) > len(shown):
        earlier = f"{len(entries) - len(shown)} earlier"
        if is_plain():
            say("")
            say_plain("more", f"{earlier}; --all tells them")
        else:
            say(f"{_INDENT}and {earlier}; --all shows them")


def _entry_row(book: Book, contact: Contact, entry: Entry) -> Sequence[str]:
    sign, kind, told = _entry_told(book, contact, book.record(entry.uid))
    return tell_day(entry.date, book.today), sign, kind, told


def _entry_told(book: Book, contact: Contact, record: Record) -> tuple[str, str, str]:
    """Return a record of a timeline as its sign, its kind and what it was about."""
    match record:
        case Interaction():
            others = [name_of(book, other) for other in record.contacts if other != contact.uid]
            told = _joined(record.summary, f"with {', '.join(others)}" if others else "")
            return "+" if record.date > book.today else "·", record.kind, told
        case Exchange():
            return ARROW[record.direction], f"{record.kind}{SIZE_SIGN[record.size]}", record.text
        case FollowUp():
            done = "" if record.done_on is None else f"done {tell_day(record.done_on, book.today)}"
            return "!", done, record.text
        case Ask():
            return "?", record.kind, _joined(ask_told(book, record), record.what)
        case Introduction():
            return "·", "introduction", _joined(str(state_of(record)), introduction_told(book, record), record.text)
        case _:
            raise AssertionError(f"A {type(record).__name__} stands in no timeline.")


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
