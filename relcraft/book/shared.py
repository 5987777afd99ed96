"""How often two contacts were together in small company: what says, by itself, that they know each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from relcraft.book.derived import Derived
from relcraft.book.open import Book
from relcraft.book.port import Column, Text, Texts, texts, values_of
from relcraft.domain.changes import Op
from relcraft.domain.documents import TABLE_OF, Document
from relcraft.domain.records import Interaction
from relcraft.domain.words import InteractionKind

SMALL_COMPANY = 4
"""In an interaction of more contacts than this, two of them need not have spoken with each other."""
_NOTE = InteractionKind.NOTE.value
_FIELDS: Mapping[str, Column] = {"contacts": Texts, "date": Text, "kind": Text}
Pair = tuple[str, str]
"""Two uids, the smaller one first."""


@dataclass(slots=True)
class _Together:
    """The pairs that follow from the interactions up to a day, kept in step with each change."""

    today: str
    times: dict[Pair, int]

    def count(self, pairs: Iterable[Pair], step: int) -> None:
        """Count each pair `step` times more."""
        for pair in pairs:
            times = self.times.pop(pair, 0) + step
            if times > 0:
                self.times[pair] = times


def pair_of(one: str, other: str) -> Pair:
    """Return two uids as a pair."""
    return (one, other) if one <= other else (other, one)


def pairs_in(document: Document, today: str) -> Iterable[Pair]:
    """Return the pairs who were together in one interaction as it is kept."""
    people, day, kind = values_of(document, _FIELDS)
    return _pairs(people, day, kind, today)


def is_shared(document: Document) -> bool:
    """Tell whether an interaction as it is kept has several contacts."""
    return len(texts(document.get("contacts")) or ()) > 1


def _pairs(people: list[str] | None, day: str | None, kind: str | None, today: str) -> Iterable[Pair]:
    """Return the pairs who were together; none where it was a note, a plan, or an interaction of many."""
    if not people or len(people) < 2 or kind == _NOTE or day is None or day > today:
        return ()
    together = sorted(set(people))
    return combinations(together, 2) if len(together) <= SMALL_COMPANY else ()


def shared_times(book: Book) -> Mapping[Pair, int]:
    """Return how often each two contacts were together in small company, up to today."""
    return _TOGETHER.of(book).times


def _together(book: Book) -> _Together:
    known = _Together(book.today.isoformat(), {})
    for _uid, (people, day, kind) in book.columns(Interaction, **_FIELDS):
        known.count(_pairs(people, day, kind, known.today), 1)
    return known


def _follow(known: _Together, op: Op) -> bool:
    if op.table == TABLE_OF[Interaction]:
        for document, step in ((op.before, -1), (op.after, 1)):
            if document is not None:
                known.count(pairs_in(document, known.today), step)
    return True


_TOGETHER = Derived(_together, _follow)
