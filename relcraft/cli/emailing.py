"""The command `email`: addresses as mail programs ask for them while one types whom to write to."""

import re
from collections.abc import Iterator

import click

from relcraft.book.open import Book
from relcraft.cli.options import as_json, words_argument
from relcraft.cli.terminal import say, say_json
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.errors import NotFound
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line, fold
from relcraft.domain.warmth import Warmth

_WARMEST_FIRST = (Warmth.FRESH, Warmth.WARM, Warmth.DUE, Warmth.COOLING, Warmth.KNOWN, Warmth.DORMANT, Warmth.NEW)
_ADDRESS = re.compile(r"""(?:"[^"\\]*"|[^\s,;:<>()\[\]"\\@]+)@[^\s,;<>()"\\@]+""")
_NOBODY = "Nobody with an e-mail address in the book answers to that."


@click.command("email", short_help="Find e-mail addresses, for mutt and aerc.")
@words_argument("query", "QUERY", required=True, people=True)
@click.option("--aerc", is_flag=True, help="Addresses and names alone, without a first line that says how many.")
@as_json
@click.pass_context
def email(ctx: click.Context, query: str, *, aerc: bool, json: bool) -> None:
    """Find e-mail addresses by parts of names, organisations and addresses, the warmest people first.

    Also by tag:work, circle:close and such, as in: list contacts. Archived contacts are left out. One line each:
    address, name and organisation, with tabs between.

    \b
    mutt, in muttrc:        set query_command = "relcraft email -- %s"
    aerc, under [compose]:  address-book-cmd = relcraft email --aerc -- "%s"

    Example: relcraft email grace
    """
    start: Start = ctx.obj
    with open_book(start) as book:
        people = _people(book, query)
    found = [(contact, address) for contact in people for address in dict.fromkeys(_addresses(contact))]
    if json:
        say_json({"addresses": [_address_json(contact, address) for contact, address in found]})
        return
    if not found and aerc:
        raise NotFound(_NOBODY)
    if not aerc:  # mutt shows the first line as a message
        say(f"{len(found)} in Relcraft" if found else _NOBODY)
    for contact, address in found:
        fields = (address, contact.name) if aerc else (address, contact.name, contact.organisation)
        say("\t".join(clean_line(field) for field in fields))
    if not found:
        ctx.exit(1)


def _people(book: Book, query: str) -> list[Contact]:
    """Return whom every word of `query` meets, the warmest first, and by name."""
    words = fold(query).split()
    narrowing = [word for word in words if ":" in word]
    plain = [word for word in words if ":" not in word]
    among = {*book.search(" ".join(narrowing))} if narrowing else None
    found = [
        each
        for each in book.contacts()
        if each.emails and (among is None or each.uid in among) and all(map(fold("\n".join(_texts(each))).count, plain))
    ]
    return sorted(found, key=lambda each: (_WARMEST_FIRST.index(book.warmth(each.uid).state), fold(each.name)))


def _texts(contact: Contact) -> Iterator[str]:
    yield from (contact.name, contact.sort_name, contact.organisation, *contact.nicknames, *contact.emails)


def _addresses(contact: Contact) -> Iterator[str]:
    """Yield each address by itself: of a text that holds several, a letter would go to all of them."""
    for text in map(clean_line, contact.emails):
        yield from _ADDRESS.findall(text)


def _address_json(contact: Contact, address: str) -> dict[str, object]:
    return {
        "address": address,
        "contact": contact.uid,
        "contact_name": contact.name,
        "organisation": contact.organisation,
    }
