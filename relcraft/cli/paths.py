"""The command `path`: whom to ask for a way to a person or an organisation."""

from collections.abc import Sequence

import click

from relcraft.book import ways
from relcraft.book.open import Book
from relcraft.book.ways import Target
from relcraft.cli.as_json import name_of
from relcraft.cli.asking import contact_called, either
from relcraft.cli.options import as_json, words_argument
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.errors import NotFound, NotUnique
from relcraft.domain.paths import MOST_LINKS, Way
from relcraft.domain.telling import tell_choice
from relcraft.domain.text import clean_line

_INDENT = "  "
_MOST_NAMED = 8
_SIGNS_TOLD = "═ well · ─ fairly · ╌ a little · ? nobody noted it"

target_argument = words_argument("target", "TARGET", required=True, people=True)


@click.command(short_help="Show the ways to a person or an organisation.")
@target_argument
@as_json
@click.pass_obj
def path(start: Start, target: str, *, json: bool) -> None:
    """Show the best three ways to a person or an organisation, through people who know each other.

    The best one has the strongest weakest link. A person comes by name, e-mail address or uid; org:acme is always the
    organisation.

    Example: relcraft path acme
    """
    with open_book(start) as book:
        place = _target_called(book, target)
        found = ways.ways(book, place)
        if json:
            kind = "organisation" if place.contact is None else "contact"
            named = {"kind": kind, "contact": place.contact, "name": place.name}
            say_json({"target": named, "paths": [_way_json(book, way) for way in found]})
        elif found:
            for number, way in enumerate(found, 1):
                _say_way(book, number, way)
            tell(f"How well they know each other: {_SIGNS_TOLD}")
        if not found:
            raise NotFound(f"No way of at most {MOST_LINKS} links leads to {place.name} yet.")


def _target_called(book: Book, text: str) -> Target:
    """Return the one contact or organisation that `text` names. Raises `NotFound` or `NotUnique`."""
    found = ways.find_target(book, text)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotUnique(f'"{text}" could be {_either(book, found)}.')
    if text.casefold().startswith(ways.ORGANISATION):
        raise NotFound(f'Nobody in the book is at an organisation called "{text[len(ways.ORGANISATION) :].strip()}".')
    contact = contact_called(book, text, hint="No organisation is, either.")
    return Target(clean_line(contact.name), contact.uid)


def _either(book: Book, found: Sequence[Target]) -> str:
    people = [book.contact(each.contact) for each in found if each.contact is not None]
    places = [f"{each.name} (org:{each.name})" for each in found if each.contact is None]
    if not places:
        return either(people)
    named = [*(each.name for each in people), *places]
    shown = named[:_MOST_NAMED]
    return tell_choice([*shown, f"{len(named) - len(shown)} more"] if len(named) > len(shown) else shown)


def _say_way(book: Book, number: int, way: Way) -> None:
    chain, *remarks = ways.tell_way(book, way)
    say(f"{number}{_INDENT}{chain}")
    for remark in remarks:
        say(f"{_INDENT}{_INDENT} {remark}")


def _way_json(book: Book, way: Way) -> dict[str, object]:
    chain, *remarks = ways.tell_way(book, way)
    links = [
        {
            "from": link.first or None,
            "to": link.second,
            "weight": round(link.weight, 6),
            "why": link.why,
            "hint": link.hint,
        }
        for link in way.links
    ]
    return {
        "people": [{"contact": uid, "name": name_of(book, uid)} for uid in way.people],
        "links": links,
        "weakest": round(way.weakest.weight, 6),
        "strength": round(way.strength, 6),
        "told": chain,
        "remarks": remarks,
    }
