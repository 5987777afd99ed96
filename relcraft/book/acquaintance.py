"""Who knows whom, as the book has it: the user's own links, and those between contacts, kept in step with changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from relcraft.book.asks import open_asks
from relcraft.book.derived import Derived
from relcraft.book.links import people_of
from relcraft.book.open import Book
from relcraft.book.room import has_way_in
from relcraft.book.shared import Pair, pair_of, pairs_in, shared_times
from relcraft.domain.changes import Op
from relcraft.domain.dates import tell_when
from relcraft.domain.documents import Document
from relcraft.domain.paths import Graph, Link
from relcraft.domain.records import Contact, Tie
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
BETWEEN = {TieStrength.WEAK: 0.3, TieStrength.ORDINARY: 0.5, TieStrength.STRONG: 0.8}
"""How likely one contact speaks to another, by how well they know each other; the weakest first."""
BUSY = 0.5
"""What is left of a link to somebody who is to speak for the user and has an open ask from the user."""
_STANDING = ("name", "organisation", "introduced_by", "archived", "do_not_disturb")
"""The fields of a contact on which more than the user's own link rests."""


@dataclass(slots=True, kw_only=True)
class Acquaintance:
    """Who knows whom, who has an open ask from the user, and who works where."""

    today: str
    graph: Graph
    busy: frozenset[str]
    closed: frozenset[str]
    """Who speaks for nobody: archived, or to be left in peace."""
    introduced: dict[Pair, str]
    """In words, who introduced whom to the user."""
    colleagues: dict[str, list[str]]
    """The uids of who is not archived, by organisation, folded."""
    spelled: dict[str, str]
    """How each organisation is written, by its folded name."""
    stale_people: set[str] = field(default_factory=set)
    stale_pairs: set[Pair] = field(default_factory=set)
    stale_asks: bool = False


def acquaintance(book: Book) -> Acquaintance:
    """Return who knows whom as the book stands now; quick where little changed since somebody last asked."""
    known = _ACQUAINTANCE.of(book)
    if known.stale_asks:
        known.busy = _busy(book)
        known.graph.set_brokering(_brokering(known.busy, known.closed))
    for uid in known.stale_people:
        contact = book.get("contacts", uid)
        if isinstance(contact, Contact):
            known.graph.set(_mine(book, contact))
    for pair in known.stale_pairs:
        ties = (tie for tie in book.with_contact(Tie, pair[0]) if pair_of(tie.first, tie.second) == pair)
        times = shared_times(book).get(pair, 0)
        known.graph.clear(*pair)
        if all(book.get("contacts", uid) is not None for uid in pair):
            known.graph.add(_between(pair, ties, times, known.introduced.get(pair, "")))
    known.stale_people.clear()
    known.stale_pairs.clear()
    known.stale_asks = False
    return known


def is_at_hand(book: Book) -> bool:
    """Tell whether who knows whom is known already; else somebody who asks waits until the whole book is read."""
    return _ACQUAINTANCE.is_at_hand(book)


def folded(organisation: str) -> str:
    """Return an organisation for comparing: case, accents and spaces do not count."""
    return fold(clean_line(organisation))


def strength_of(times: int) -> TieStrength:
    """Return how well two know each other who were together so often, in small company: once, a few times, more."""
    return TieStrength.STRONG if times >= 5 else TieStrength.ORDINARY if times >= 2 else TieStrength.WEAK


# From the whole book


def _acquaintance(book: Book) -> Acquaintance:
    contacts = {each.uid: each for each in book.all(Contact)}
    busy = _busy(book)
    closed = frozenset(each.uid for each in contacts.values() if each.archived or each.do_not_disturb)
    introduced = dict(_introduced(contacts))
    ties: dict[Pair, list[Tie]] = {}
    for tie in book.all(Tie):
        ties.setdefault(pair_of(tie.first, tie.second), []).append(tie)
    times = shared_times(book)
    graph = Graph((_mine(book, each) for each in contacts.values()), _brokering(busy, closed))
    for pair in dict.fromkeys((*ties, *times, *introduced)):
        if pair[0] in contacts and pair[1] in contacts:
            graph.add(_between(pair, ties.get(pair, ()), times.get(pair, 0), introduced.get(pair, "")))
    colleagues: dict[str, list[str]] = {}
    spelled: dict[str, str] = {}
    for each in sorted(contacts.values(), key=lambda each: (each.organisation, each.uid)):
        if not each.archived and (place := folded(each.organisation)):
            colleagues.setdefault(place, []).append(each.uid)
            spelled.setdefault(place, clean_line(each.organisation))
    return Acquaintance(
        today=book.today.isoformat(),
        graph=graph,
        busy=busy,
        closed=closed,
        introduced=introduced,
        colleagues=colleagues,
        spelled=spelled,
    )


def _busy(book: Book) -> frozenset[str]:
    return frozenset(ask.contact for ask in open_asks(book) if ask.direction is AskDirection.OUTGOING)


def _brokering(busy: Iterable[str], closed: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(busy, BUSY) | dict.fromkeys(closed, 0.0)


def _introduced(contacts: dict[str, Contact]) -> Iterator[tuple[Pair, str]]:
    for contact in contacts.values():
        broker = contacts.get(contact.introduced_by or "")
        if broker is not None:
            why = f"{clean_line(broker.name)} introduced you to {clean_line(contact.name)}"
            yield pair_of(broker.uid, contact.uid), why


def _mine(book: Book, contact: Contact) -> Link:
    reading = book.warmth(contact.uid)
    if reading.last is not None:
        when = tell_when(reading.last.on, book.today)
        seen = "last seen" if reading.state is Warmth.DORMANT else "last in touch"
        return Link(ME, contact.uid, MINE[reading.state], f"{seen} {when}")
    if has_way_in(book, contact):
        return Link(ME, contact.uid, MINE[Warmth.KNOWN], "you know each other, and no date of a contact is noted")
    return Link(ME, contact.uid, ONLY_CONNECTED, "you are connected, and nothing between you is noted yet")


def _between(pair: Pair, ties: Iterable[Tie], times: int, introduced: str) -> Link:
    """Return the link between two contacts. What was noted by hand stands, whatever else would follow."""
    rivals = [(BETWEEN[tie.strength], _tie_told(tie), tie.origin) for tie in ties]
    by_hand = [rival for rival in rivals if rival[2] is TieOrigin.BY_HAND]
    found = [rival[:2] for rival in by_hand or rivals]
    if not by_hand:
        if times:
            found.append((BETWEEN[strength_of(times)], "met once" if times == 1 else f"met {times} times"))
        if introduced:
            found.append((BETWEEN[TieStrength.ORDINARY], introduced))
    weight, why = max(found, default=(0.0, ""))
    return Link(*pair, weight, why)


def _tie_told(tie: Tie) -> str:
    how = {TieStrength.STRONG: " well", TieStrength.WEAK: " a little"}.get(tie.strength, "")
    since = "since an introduction" if tie.origin is TieOrigin.INTRODUCTION else "as you noted"
    return f"they know each other{how}, {since}"


# In step with changes


def _follow(known: Acquaintance, op: Op) -> bool:
    """Note what an op made stale; a contact that comes, goes or moves makes all of it stale."""
    for document in (op.before, op.after):
        if document is not None:
            _mark(known, op.table, document)
    return op.table != "contacts" or _stands(op.before, op.after)


def _mark(known: Acquaintance, table: str, document: Document) -> None:
    match table:
        case "asks":
            known.stale_asks = True
        case "ties":
            people = people_of(table, document)
            known.stale_pairs.update([pair_of(*people)] if len(people) == 2 else [])
        case "contacts":
            known.stale_people.add(str(document.get("uid")))
        case "interactions" | "exchanges" | "introductions":
            known.stale_people.update(people_of(table, document))
            if table == "interactions":
                known.stale_pairs.update(pairs_in(document, known.today))


def _stands(before: Document | None, after: Document | None) -> bool:
    if before is None or after is None:
        return False
    return all(before.get(field) == after.get(field) for field in _STANDING)


_ACQUAINTANCE = Derived(_acquaintance, _follow)
