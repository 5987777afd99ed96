"""Give first: what one contact looks for against what another one, or the user, can offer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from relcraft.book.acquaintance import BETWEEN, acquaintance
from relcraft.book.acquaintance import is_at_hand as acquaintance_is_at_hand
from relcraft.book.derived import Derived, until_changed
from relcraft.book.open import Book
from relcraft.book.shared import is_shared
from relcraft.domain.changes import Op
from relcraft.domain.documents import TABLE_OF
from relcraft.domain.matching import Match, likeness, stems
from relcraft.domain.records import Contact, Interaction, Introduction, Me, Tie
from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value
from relcraft.domain.words import TieStrength

MOST_GIVERS = 3
"""How many contacts are named to one who looks for something: more would be a list and no suggestion."""
_MOST_TRIED = 50
"""How many who offer the same in the same words are looked at for one taker."""
_KNOWN_SHARE = {TieStrength.WEAK: 0.8, TieStrength.ORDINARY: 0.5, TieStrength.STRONG: 0.25}
"""What is left of a score where the two know each other already, by how well."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Matching(Value):
    """One who can offer what another one looks for."""

    giver: str | None
    """The uid of a contact; None: the user."""
    taker: str
    """The uid of the contact who looks for it."""
    wanted: str
    """In the words of who looks for it."""
    offered: str
    """In the words of who offers it."""
    score: float
    """From 0 to 1: how well it fits, less where the two know each other already."""


_Who = dict[str, list[str | None]]
"""The uids of contacts by the words that they use; None is the user."""


@dataclass(slots=True)
class _Supply:
    """What is wanted and offered in the whole book, each phrase once."""

    wants: dict[str, list[str]] = field(default_factory=dict)
    offers: _Who = field(default_factory=dict)
    fitting: dict[str, list[Match]] = field(default_factory=dict)
    """What is offered for each phrase that is wanted, best first."""
    apart: frozenset[tuple[str, str]] = frozenset()
    """Who was brought together already, or is about to be: both ways round."""


def matches(book: Book) -> list[Matching]:
    """Return who could give what to whom, best first: the user and at most three contacts for each taker.

    Who is archived or to be left in peace is no part of it, nor are two between whom an introduction is recorded.
    """
    return list(_MATCHES.of(book))


def _matches(book: Book) -> tuple[Matching, ...]:
    supply = _SUPPLY.of(book)
    takers: dict[str, list[str]] = {}
    for phrase in supply.fitting:
        for taker in supply.wants[phrase]:
            takers.setdefault(taker, []).append(phrase)
    found = (each for taker, phrases in takers.items() for each in _for_taker(book, supply, taker, phrases))
    return tuple(_sorted(found))


def is_at_hand(book: Book) -> bool:
    """Tell whether `matches_for` answers at once; else it reads the whole book before."""
    return _SUPPLY.is_at_hand(book) and (not _SUPPLY.of(book).fitting or acquaintance_is_at_hand(book))


def matches_for(book: Book, contact: str) -> list[Matching]:
    """Return what others could give to a contact, and what the contact could give to others; best first."""
    supply = _SUPPLY.of(book)
    person = book.contact(contact)
    if person.archived or person.do_not_disturb:
        return []
    received = _for_taker(book, supply, contact, [phrase for phrase in person.looking_for if phrase in supply.fitting])
    mine = set(person.can_offer)
    given: dict[str, Matching] = {}
    for phrase, found in supply.fitting.items() if mine else ():
        fit = next((each for each in found if each.offered in mine), None)
        for taker in supply.wants[phrase] if fit is not None else ():
            if fit is not None and (matching := _between(book, supply, contact, taker, fit)) is not None:
                given[taker] = max(matching, given.get(taker, matching), key=lambda each: each.score)
    return _sorted([*received, *given.values()])


def _sorted(found: Iterable[Matching]) -> list[Matching]:
    return sorted(found, key=lambda each: (-each.score, each.giver is not None, each.giver or "", each.taker))


def _for_taker(book: Book, supply: _Supply, taker: str, phrases: Iterable[str]) -> list[Matching]:
    """Return the best match of a taker with the user, and with each of the best three contacts."""
    best: dict[str | None, Matching] = {}
    in_full: set[str] = set()
    for fit in sorted((fit for phrase in phrases for fit in supply.fitting[phrase]), key=_rank):
        for giver in supply.offers[fit.offered][:_MOST_TRIED]:
            if giver is not None and len(in_full) == MOST_GIVERS:
                break  # nobody after them can be better; the user comes first among those who offer
            matching = _between(book, supply, giver, taker, fit)
            if matching is not None:
                best[giver] = max(best.get(giver, matching), matching, key=lambda each: each.score)
                if giver is not None and matching.score == fit.score:
                    in_full.add(giver)
    from_me = best.pop(None, None)
    return [*([] if from_me is None else [from_me]), *_sorted(best.values())[:MOST_GIVERS]]


def _between(book: Book, supply: _Supply, giver: str | None, taker: str, fit: Match) -> Matching | None:
    """Return the matching of two, or None where it is one person, or the two were brought together already."""
    if giver == taker or (giver or "", taker) in supply.apart:
        return None
    share = 1.0
    if giver is not None and (link := acquaintance(book).graph.link(giver, taker)) is not None:
        share = next(left for strength, left in _KNOWN_SHARE.items() if link.weight <= BETWEEN[strength])
    return Matching(giver, taker, fit.wanted, fit.offered, fit.score * share)


def _rank(fit: Match) -> tuple[float, str, str]:
    return -fit.score, fit.wanted, fit.offered


# What the book wants and offers


def _supply(book: Book) -> _Supply:
    made = [(each.first, each.second) for each in book.all(Introduction) if each.first is not None]
    supply = _Supply(apart=frozenset([*made, *((second, first) for first, second in made)]))
    supply.offers = {phrase: [None] for phrase in book.me.can_offer if stems(phrase)}
    for contact in sorted(book.all(Contact), key=lambda each: (fold(clean_line(each.name)), each.uid)):
        if contact.archived or contact.do_not_disturb:
            continue
        for phrase in dict.fromkeys(contact.looking_for):
            supply.wants.setdefault(phrase, []).append(contact.uid)
        for phrase in dict.fromkeys(contact.can_offer):
            supply.offers.setdefault(phrase, []).append(contact.uid)
    by_stem: dict[str, list[str]] = {}
    for phrase in supply.offers:
        for stem in stems(phrase):
            by_stem.setdefault(stem, []).append(phrase)
    for wanted in supply.wants:
        if found := sorted(_fitting(wanted, by_stem), key=_rank):
            supply.fitting[wanted] = found
    return supply


def _fitting(wanted: str, by_stem: dict[str, list[str]]) -> Iterator[Match]:
    """Yield the offers that fit; only those that share a word are looked at."""
    rivals = dict.fromkeys(phrase for stem in stems(wanted) for phrase in by_stem.get(stem, ()))
    for offered in rivals:
        if (score := likeness(wanted, offered)) > 0:
            yield Match(score, wanted, offered)


_SUPPLY = Derived(_supply, until_changed(Contact, Introduction, Me))


def _as_they_were(_known: tuple[Matching, ...], op: Op) -> bool:
    """Tell whether an op leaves who offers what, and who knows whom, as it was."""
    if op.table == TABLE_OF[Interaction]:
        return not any(document is not None and is_shared(document) for document in (op.before, op.after))
    return op.table not in _RESTS_ON


_RESTS_ON = frozenset(TABLE_OF[kind] for kind in (Contact, Introduction, Me, Tie))
_MATCHES = Derived(_matches, _as_they_were)
