"""Who knows whom, as the book has it: the user's own links, and those between contacts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from relcraft.book.asks import open_asks
from relcraft.book.derived import Derived, until_changed
from relcraft.book.open import Book
from relcraft.book.room import has_way_in
from relcraft.book.shared import shared_times
from relcraft.domain.dates import tell_when
from relcraft.domain.paths import Graph, Link
from relcraft.domain.records import Ask, Contact, Exchange, Interaction, Introduction, Snooze, Tie
from relcraft.domain.text import clean_line, fold
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import AskDirection, TieOrigin, TieStrength

ME = ""
"""The user, as the source of every way."""
MINE = {
    Warmth.FRESH: 1.0,
    Warmth.WARM: 1.0,
    Warmth.DUE: 0.8,
    Warmth.COOLING: 0.6,
    Warmth.KNOWN: 0.5,
    Warmth.DORMANT: 0.4,
}
"""How likely a contact speaks for the user, by how warm the relationship is."""
ONLY_CONNECTED = 0.2
"""The same where nothing leads to them but that they stand in the book."""
BETWEEN = {TieStrength.STRONG: 0.8, TieStrength.ORDINARY: 0.5, TieStrength.WEAK: 0.3}
"""How likely one contact speaks to another, by how well they know each other."""
BUSY = 0.5
"""What is left of a link to somebody who is to speak for the user and has an open ask from the user."""


@dataclass(slots=True)
class Acquaintance:
    """Who knows whom, who has an open ask from the user, and who works where."""

    graph: Graph
    busy: frozenset[str]
    colleagues: dict[str, list[str]] = field(default_factory=dict)
    """The uids of who is not archived by organisation, folded."""
    spelled: dict[str, str] = field(default_factory=dict)
    """How each organisation is written, by its folded name."""


def acquaintance(book: Book) -> Acquaintance:
    """Return who knows whom as the book stands now; quick where nothing changed since somebody last asked."""
    return _ACQUAINTANCE.of(book)


def folded(organisation: str) -> str:
    """Return an organisation for comparing: case, accents and spaces do not count."""
    return fold(clean_line(organisation))


def _acquaintance(book: Book) -> Acquaintance:
    contacts = list(book.all(Contact))
    busy = frozenset(ask.contact for ask in open_asks(book) if ask.direction is AskDirection.OUTGOING)
    brokering = dict.fromkeys(busy, BUSY)
    brokering |= {each.uid: 0.0 for each in contacts if each.archived or each.do_not_disturb}
    links = [*(_mine(book, each) for each in contacts), *_between(book, {each.uid: each for each in contacts})]
    known = Acquaintance(Graph(links, brokering), busy)
    for each in sorted(contacts, key=lambda each: (each.organisation, each.uid)):
        if not each.archived and (place := folded(each.organisation)):
            known.colleagues.setdefault(place, []).append(each.uid)
            known.spelled.setdefault(place, clean_line(each.organisation))
    return known


def _mine(book: Book, contact: Contact) -> Link:
    reading = book.warmth(contact.uid)
    if reading.last is not None:
        when = tell_when(reading.last.on, book.today)
        seen = "last seen" if reading.state is Warmth.DORMANT else "last in touch"
        return Link(ME, contact.uid, MINE[reading.state], f"{seen} {when}")
    if has_way_in(book, contact):
        return Link(ME, contact.uid, MINE[Warmth.KNOWN], "you know each other, and no date of a contact is noted")
    return Link(ME, contact.uid, ONLY_CONNECTED, "you are connected, and nothing between you is noted yet")


def _between(book: Book, contacts: dict[str, Contact]) -> Iterable[Link]:
    """Yield the links between contacts. What was noted by hand stands, whatever else would follow."""
    noted = {_pair(tie.first, tie.second): tie for tie in book.all(Tie)}
    for tie in noted.values():
        if tie.first in contacts and tie.second in contacts:
            yield Link(tie.first, tie.second, BETWEEN[tie.strength], _tie_told(tie))
    by_hand = {pair for pair, tie in noted.items() if tie.origin is TieOrigin.BY_HAND}
    for pair, times in shared_times(book).items():
        if pair not in by_hand and pair[0] in contacts and pair[1] in contacts:
            yield Link(*pair, BETWEEN[strength_of(times)], "met once" if times == 1 else f"met {times} times")
    for contact in contacts.values():
        broker = contacts.get(contact.introduced_by or "")
        if broker is not None and _pair(broker.uid, contact.uid) not in by_hand:
            why = f"{clean_line(broker.name)} introduced you to {clean_line(contact.name)}"
            yield Link(broker.uid, contact.uid, BETWEEN[TieStrength.ORDINARY], why)


def strength_of(times: int) -> TieStrength:
    """Return how well two know each other who were together so often, in small company: once, a few times, more."""
    return TieStrength.STRONG if times >= 5 else TieStrength.ORDINARY if times >= 2 else TieStrength.WEAK


def _tie_told(tie: Tie) -> str:
    how = {TieStrength.STRONG: "well", TieStrength.WEAK: "a little"}.get(tie.strength, "")
    known = f"they know each other {how}".strip()
    return f"{known}, since an introduction" if tie.origin is TieOrigin.INTRODUCTION else f"{known}, as you noted"


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


_ACQUAINTANCE = Derived(_acquaintance, until_changed(Contact, Interaction, Exchange, Introduction, Ask, Tie, Snooze))
