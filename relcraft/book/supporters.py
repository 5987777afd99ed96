"""Who could help with a goal: the contacts for whom most speaks, with the reasons and the room to ask each."""

from dataclasses import dataclass

from relcraft.book.acquaintance import ME, acquaintance
from relcraft.book.derived import Derived, until_changed
from relcraft.book.open import Book
from relcraft.book.room import room
from relcraft.domain.documents import TABLES
from relcraft.domain.helping import Helping, Standing, Support
from relcraft.domain.records import Ask, Contact, Goal, Snooze
from relcraft.domain.room import Room
from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value
from relcraft.domain.words import AskDirection, AskState

MOST_SUPPORTERS = 20


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Supporter(Value):
    """Somebody who could help with a goal."""

    contact: str
    """A uid."""
    score: float
    """Above 0; for comparing only."""
    reasons: tuple[str, ...]
    """At least one, the one that counts most first."""
    room: Room
    """Whether the moment is good for asking them."""


def who_could_help(book: Book, goal: Goal, most: int = MOST_SUPPORTERS) -> list[Supporter]:
    """Return the contacts who could help with a goal, for whom most speaks first; nobody who is to be left in peace.

    At most `MOST_SUPPORTERS`. Looked for once until something changes but a snooze, which moves nobody's place.
    """
    found = _FOUND.of(book)
    if goal not in found:
        found[goal] = _looked_for(book, goal)
    return found[goal][:most]


def _looked_for(book: Book, goal: Goal) -> list[Supporter]:
    known, helping = acquaintance(book), Helping(goal, book.me)
    asked = {each.contact for each in book.all(Ask) if each.goal == goal.uid and _went_out(each)}
    found: list[tuple[Contact, Support]] = []
    for contact in book.all(Contact):
        standing = Standing(
            warmth=book.warmth(contact.uid).state,
            link=known.graph.near(ME)[contact.uid],
            has_open_ask=contact.uid in known.busy,
            asked_for_it=contact.uid in asked,
        )
        support = helping.support(contact, standing)
        if support is not None:
            found.append((contact, support))
    found.sort(key=lambda each: (-each[1].score, fold(clean_line(each[0].name)), each[0].uid))
    return [
        Supporter(contact.uid, support.score, support.reasons, room(book, contact.uid))
        for contact, support in found[:MOST_SUPPORTERS]
    ]


def _went_out(ask: Ask) -> bool:
    return ask.direction is AskDirection.OUTGOING and any(step.state is not AskState.DRAFT for step in ask.steps)


_FOUND: Derived[dict[Goal, list[Supporter]]] = Derived(
    lambda _book: {}, until_changed(*(kind for kind in TABLES.values() if kind is not Snooze))
)
