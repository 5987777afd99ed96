"""Ways to a person or an organisation: whom a text names, the best paths there, and each of them in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from relcraft.book.acquaintance import ME, acquaintance, folded
from relcraft.book.open import Book
from relcraft.domain.paths import Link, Way, best_ways
from relcraft.domain.records import Contact
from relcraft.domain.steps import first_name
from relcraft.domain.telling import tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value

HINT = 0.05
"""What a shared employer counts: less than any tie that somebody noted, even a halved one."""
STRONG_FROM, ORDINARY_FROM = 0.75, 0.45
SIGNS = {"strong": "═", "ordinary": "─", "weak": "╌", "hint": "?"}
"""What stands between two people of a way, by how good the link is."""
ORGANISATION = "org:"
"""What a text begins with that names an organisation and no contact."""
_LEAST_LETTERS = 2
"""A beginning of an organisation's name that is shorter names none."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Target(Value):
    """Where a way leads: to a contact, or to whoever works at an organisation."""

    name: str
    contact: str | None = None
    """The uid; None for an organisation."""


# Finding


def find_target(book: Book, text: str) -> list[Target]:
    """Return the contacts and organisations that `text` names.

    Whole names come alone, organisations after contacts; else whatever begins with it does, by any of its words.
    After "org:" it names organisations only, as in the filter.
    """
    wanted = folded(text)
    people = book.named(text)
    if wanted.startswith(ORGANISATION):
        wanted, people = wanted.removeprefix(ORGANISATION).strip(' "'), ()
    spelled = acquaintance(book).spelled
    exact = [each for each in people if folded(each.name) == wanted]
    if exact or wanted in spelled:
        places = [spelled[wanted]] if wanted in spelled else []
        return [*_as_targets(exact), *map(Target, places)]
    known = len(wanted) >= _LEAST_LETTERS
    places = [name for place, name in spelled.items() if known and f" {wanted}" in f" {place}"]
    return [*_as_targets(people), *map(Target, sorted(places))]


def _as_targets(people: Sequence[Contact]) -> list[Target]:
    return [Target(clean_line(each.name), each.uid) for each in people]


def ways(book: Book, target: Target) -> list[Way]:
    """Return the best three ways to a target. Raises `NotFound` where the contact is no longer in the book."""
    return ways_to_organisation(book, target.name) if target.contact is None else ways_to(book, target.contact)


def ways_to(book: Book, target: str) -> list[Way]:
    """Return the best three ways from the user (`ME`) to a contact, each through another first person.

    Raises `NotFound`. Who works where the target works may be the last link: a hint, weaker than whatever is noted.
    """
    contact = book.contact(target)
    known = acquaintance(book)
    at, place = clean_line(contact.organisation), folded(contact.organisation)
    why = f"both are at {at}: a hint, nobody noted that they know each other"
    hints = [Link(other, target, HINT, why, hint=True) for other in known.colleagues.get(place, ()) if other != target]
    if place and place == folded(book.me.organisation):
        own = f"you are at {at} as well: a hint, nothing between you is noted"
        hints.append(Link(ME, target, HINT, own, hint=True))
    return best_ways(known.graph.joined(hints), ME, (target,))


def ways_to_organisation(book: Book, name: str) -> list[Way]:
    """Return the best three ways to anybody who works there, but for who is archived or to be left in peace."""
    known = acquaintance(book)
    inside = [uid for uid in known.colleagues.get(folded(name), ()) if not book.contact(uid).do_not_disturb]
    return best_ways(known.graph, ME, inside)


# In words


def tell_way(book: Book, way: Way) -> Sequence[str]:
    """Return a way in words: the chain, its weakest link with what that rests on, and what else to know, if anything.

    "you ═ Grace ─ Dana Fox (Acme, data)", "weakest: Grace–Dana, met once", "Grace: an ask is open, wait for it".
    """
    names = {ME: "you"} | {uid: _called(book, uid) for uid in way.people}
    chain = "".join(f" {sign_of(link)} {names[link.second]}" for link in way.links[:-1])
    last = way.links[-1]
    told = f"you{chain} {sign_of(last)} {_fully(book, last.second)}"
    return told, _weakest_told(way, names), *_remarks(book, way, names)


def sign_of(link: Link) -> str:
    """Return what stands for a link in a chain."""
    if link.hint:
        return SIGNS["hint"]
    return SIGNS["strong" if link.weight >= STRONG_FROM else "ordinary" if link.weight >= ORDINARY_FROM else "weak"]


def _weakest_told(way: Way, names: dict[str, str]) -> str:
    weakest = way.weakest
    if len(way.links) == 1:
        return weakest.why
    return f"weakest: {names[weakest.first]}–{names[weakest.second]}, {weakest.why}"


def _remarks(book: Book, way: Way, names: dict[str, str]) -> list[str]:
    busy = [uid for uid in way.people if uid in acquaintance(book).busy]
    told = [f"{tell_list([names[uid] for uid in busy], most=4)}: an ask is open, wait for it"] if busy else []
    if book.contact(way.people[-1]).do_not_disturb:
        told.append(f"{names[way.people[-1]]} is to be left in peace")
    return told


def _called(book: Book, uid: str) -> str:
    """Return a short name for somebody on a way: the first name, where it is that of one contact only."""
    contact = book.contact(uid)
    first = first_name(contact)
    return first if len(book.named(first)) == 1 else clean_line(contact.name)


def _fully(book: Book, uid: str) -> str:
    contact = book.contact(uid)
    where = ", ".join(filter(None, (clean_line(contact.organisation), clean_line(contact.role))))
    return clean_line(contact.name) + (f" ({where})" if where else "")
