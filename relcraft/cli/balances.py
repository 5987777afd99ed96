"""The command `balance`: how give and take stand, with one person or with everybody."""

from collections.abc import Iterable, Sequence

import click

from relcraft.book.open import Book
from relcraft.cli.as_json import balance_json
from relcraft.cli.asking import contact_called
from relcraft.cli.options import anyone_argument, as_json
from relcraft.cli.terminal import say, say_json, say_table, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.balance import Balance
from relcraft.domain.balance import balance as balance_of
from relcraft.domain.explaining import Figure, explain
from relcraft.domain.records import Contact, Exchange
from relcraft.domain.telling import tell_count, tell_figure
from relcraft.domain.words import Direction


@click.command(short_help="Show how give and take stand.")
@anyone_argument
@click.option("--explain", "explained", is_flag=True, help="Tell how each figure came about.")
@as_json
@click.pass_obj
def balance(start: Start, who: str, *, explained: bool, json: bool) -> None:
    """Show how give and take stand, with one person or with everybody.

    Example: relcraft balance grace --explain
    """
    with open_book(start) as book:
        contact = contact_called(book, who) if who else None
        exchanges = list(book.all(Exchange)) if contact is None else book.exchanges_with(contact.uid)
        standing = balance_of(exchanges, book.today, book.weights)
        people = _by_frequency(book) if contact is None else [contact]
        sentences = _explanations(book, exchanges) if explained else {}
        if json:
            whole = {"balances": [_contact_json(book, each) for each in people], "total": balance_json(standing)}
            say_json({**whole, "explanations": sentences} if explained else whole)
            return
        say_standing(standing)
        for figure, told in sentences.items():
            say(f"\n{figure}")
            for sentence in told:
                say(f"  {sentence}")
        if contact is None and not explained and people:
            say("")
            say_table([_row(each, book.balance(each.uid)) for each in people])
        if not exchanges:
            tell("No help either way is in the book yet.")


def _by_frequency(book: Book) -> list[Contact]:
    """Return everybody with whom something was exchanged, the liveliest first."""
    people = [each for each in book.all(Contact) if book.balance(each.uid).count]
    return sorted(people, key=lambda each: (-book.balance(each.uid).frequency, each.name))


def _explanations(book: Book, exchanges: Iterable[Exchange]) -> dict[str, Sequence[str]]:
    known = tuple(exchanges)
    return {str(figure): explain(figure, known, book.today, book.weights) for figure in Figure}


def _contact_json(book: Book, contact: Contact) -> dict[str, object]:
    return {"contact": contact.uid, "contact_name": contact.name, **balance_json(book.balance(contact.uid))}


def say_standing(standing: Balance) -> None:
    """Write how give and take stand: how often and how two-way first, then what leans, then what the helpers gained."""
    frequency = tell_count(standing.frequency, "exchange")
    say(f"{frequency} in the last 12 months{f' · {_two_way(standing)}' if standing.two_way is not None else ''}")
    if standing.count:
        sums = f"given {tell_figure(standing.given)} · received {tell_figure(standing.received)}"
        say(f"{sums} · {standing.standing}")
    for direction, who in ((Direction.RECEIVED, "helping you, they"), (Direction.GIVEN, "helping them, you")):
        gained = ", ".join(f"{gain} {times}×" for gain, times in standing.gains[direction].items())
        if gained:
            say(f"{who} {gained}")


def _row(contact: Contact, standing: Balance) -> Sequence[str]:
    return contact.name, f"{standing.frequency} in a year", _two_way(standing), standing.standing


def _two_way(standing: Balance) -> str:
    return "" if standing.two_way is None else f"two-way {100 * standing.two_way:.0f} %"
