"""What `list` shows of people and of what took place: contacts, interactions, exchanges, follow-ups."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import click

from relcraft.book.open import Book
from relcraft.book.searching import Order
from relcraft.cli.as_json import contacts_json, exchange_json, follow_up_json, interaction_json, name_of
from relcraft.cli.options import as_json, filter_words
from relcraft.cli.plain import as_plain, is_plain, say_records
from relcraft.cli.terminal import say_json, say_table, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.dates import tell_day
from relcraft.domain.records import Contact, Date, Exchange, FollowUp, Interaction, Record
from relcraft.domain.text import fold
from relcraft.domain.warmth import WarmthReading
from relcraft.domain.words import Direction, Size

R = TypeVar("R", bound=Record)

_ORDERS = {"name": Order.NAME, "due": Order.DUE, "last-contact": Order.LAST_CONTACT, "frequency": Order.FREQUENCY}
_CONTACT = ("name", "organisation", "circle", "warmth", "last in touch", "tags")
_INTERACTION = ("when", "state", "kind", "with", "about")
_EXCHANGE = ("when", "direction", "kind", "who", "about")
_FOLLOW_UP = ("when", "state", "for", "done", "what")
"""What each column is called in plain lines."""
ARROW = {Direction.GIVEN: ">", Direction.RECEIVED: "<"}
SIZE_SIGN = {Size.SMALL: "-", Size.NORMAL: "", Size.BIG: "+"}


@click.command()
@filter_words
@click.option("--sort", type=click.Choice(list(_ORDERS)), default="name", show_default=True, help="What comes first.")
@click.option("--archived", is_flag=True, help="The archived ones instead.")
@as_plain
@as_json
@click.pass_obj
def contacts(start: Start, words: str, sort: str, *, archived: bool, json: bool) -> None:
    """List people.

    Words are looked for in names, organisations, tags and notes; due: tag:work circle:close lean:given org:acme narrow
    it further.

    Example: relcraft list contacts tag:work --sort last-contact
    """
    with open_book(start) as book:
        found = book.ordered(book.search(words, archived=archived), by=_ORDERS[sort])
        people = [book.contact(uid) for uid in found]
        if json:
            say_json({"contacts": list(contacts_json(book, people))})
        elif people:
            readings = book.readings
            say_found([_contact_row(each, readings.warmth(each.uid), readings.today) for each in people], _CONTACT)
        else:
            tell("Nobody in the book answers to that." if words else "Nobody here yet.")


def _contact_row(contact: Contact, warmth: WarmthReading, today: Date) -> Sequence[str]:
    last = tell_day(warmth.last.on, today) if warmth.last is not None else ""
    tags = " ".join(f"#{tag}" for tag in contact.tags)
    return contact.name, contact.organisation, contact.circle or "", warmth.state, last, tags


newest_or_oldest = click.option(
    "--sort", type=click.Choice(["newest", "oldest"]), default="newest", show_default=True, help="What comes first."
)


@click.command()
@filter_words
@newest_or_oldest
@as_plain
@as_json
@click.pass_obj
def interactions(start: Start, words: str, sort: str, *, json: bool) -> None:
    """List what took place, and plans.

    Words are looked for in names, kinds, tags and summaries.

    Example: relcraft list interactions coffee grace
    """

    def text_of(book: Book, each: Interaction) -> Iterable[str]:
        names = (name_of(book, uid) for uid in each.contacts)
        return each.date.isoformat(), each.kind, each.summary, *(f"#{tag}" for tag in each.tags), *names

    with open_book(start) as book:
        found = matching(book, Interaction, words, text_of)
        found.sort(key=lambda each: (each.date, each.created), reverse=sort == "newest")
        if json:
            say_json({"interactions": [interaction_json(book, each) for each in found]})
        else:
            today = book.today
            say_rows([_interaction_row(book, each, today) for each in found], words, _INTERACTION)


def _interaction_row(book: Book, interaction: Interaction, today: Date) -> Sequence[str]:
    names = ", ".join(name_of(book, uid) for uid in interaction.contacts)
    sign = "+" if interaction.date > today else "·"
    return tell_day(interaction.date, today), sign, interaction.kind, names, interaction.summary


@click.command()
@filter_words
@newest_or_oldest
@as_plain
@as_json
@click.pass_obj
def exchanges(start: Start, words: str, sort: str, *, json: bool) -> None:
    """List help given (>) and received (<).

    Words are looked for in names, kinds, directions and texts.

    Example: relcraft list exchanges received advice
    """

    def text_of(book: Book, each: Exchange) -> Iterable[str]:
        return each.date.isoformat(), each.kind, each.direction, each.text, name_of(book, each.contact)

    with open_book(start) as book:
        found = matching(book, Exchange, words, text_of)
        found.sort(key=lambda each: (each.date, each.created), reverse=sort == "newest")
        if json:
            say_json({"exchanges": [exchange_json(book, each) for each in found]})
        else:
            say_rows([_exchange_row(book, each) for each in found], words, _EXCHANGE)


def _exchange_row(book: Book, exchange: Exchange) -> Sequence[str]:
    day = tell_day(exchange.date, book.today)
    kind = f"{exchange.kind}{SIZE_SIGN[exchange.size]}"
    return day, ARROW[exchange.direction], kind, name_of(book, exchange.contact), exchange.text


@click.command("follow-ups")
@filter_words
@click.option(
    "--sort", type=click.Choice(["soonest", "latest"]), default="soonest", show_default=True, help="What comes first."
)
@click.option("--all", "done_too", is_flag=True, help="Those that are done, too.")
@as_plain
@as_json
@click.pass_obj
def follow_ups(start: Start, words: str, sort: str, *, done_too: bool, json: bool) -> None:
    """List what was promised for a date.

    Words are looked for in names and texts.

    Example: relcraft list follow-ups grace
    """

    def text_of(book: Book, each: FollowUp) -> Iterable[str]:
        return each.date.isoformat(), each.text, "" if each.contact is None else name_of(book, each.contact)

    with open_book(start) as book:
        found = [each for each in matching(book, FollowUp, words, text_of) if done_too or each.done_on is None]
        found.sort(key=lambda each: (each.date, each.created), reverse=sort == "latest")
        if json:
            say_json({"follow_ups": [follow_up_json(book, each) for each in found]})
        else:
            say_rows([_follow_up_row(book, each) for each in found], words, _FOLLOW_UP)


def _follow_up_row(book: Book, follow_up: FollowUp) -> Sequence[str]:
    name = "" if follow_up.contact is None else name_of(book, follow_up.contact)
    done = "" if follow_up.done_on is None else f"done {tell_day(follow_up.done_on, book.today)}"
    return tell_day(follow_up.date, book.today), "!", name, done, follow_up.text


def say_found(rows: Sequence[Sequence[str]], labels: Sequence[str], indent: str = "") -> None:
    """Write rows as a table, or with a label for each cell where plain lines were asked for."""
    if is_plain():
        say_records(rows, labels)
    else:
        say_table(rows, indent)


def matching(book: Book, kind: type[R], words: str, text_of: Callable[[Book, R], Iterable[str]]) -> list[R]:
    """Return the records in whose texts every word is found; case and accents do not count."""
    wanted = fold(words).split()
    if not wanted:
        return list(book.all(kind))
    return [each for each in book.all(kind) if _has(fold("\n".join(text_of(book, each))), wanted)]


def _has(text: str, wanted: Iterable[str]) -> bool:
    return all(word in text for word in wanted)


def say_rows(rows: Sequence[Sequence[str]], words: str, labels: Sequence[str]) -> None:
    """Write what was found by `words` (empty: everything) as a table, or tell that nothing was."""
    if rows:
        say_found(rows, labels)
    else:
        tell("Nothing in the book answers to that." if words else "Nothing here yet.")
