"""The ask with which a way begins: to its first person, for an introduction to the next one."""

from relcraft.book import asks
from relcraft.book.open import Book
from relcraft.domain.paths import Way
from relcraft.domain.records import Ask, Goal
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, AskState, ExchangeKind, GoalState


def first_ask(book: Book, way: Way) -> Ask:
    """Return the ask to the first person of a way: the draft of it that there is, else a new one, with the uid "".

    It is for an introduction to the next person; where the way is one link long, for advice. It serves the only open
    goal, where there is exactly one.
    """
    first, *others = way.people
    begun = _draft(book, first, others[0] if others else None)
    if begun is not None:
        return begun
    goals = [goal.uid for goal in book.all(Goal) if goal.state is GoalState.OPEN]
    return Ask(
        uid="",
        direction=AskDirection.OUTGOING,
        contact=first,
        kind=ExchangeKind.INTRODUCTION if others else ExchangeKind.ADVICE,
        what=f"an introduction to {_placed(book, others[0])}" if others else "",
        target=others[0] if others else None,
        goal=goals[0] if len(goals) == 1 else None,
    )


def _draft(book: Book, contact: str, target: str | None) -> Ask | None:
    """Return the newest draft to a contact for an introduction to `target`; None where there is none."""
    if target is None:
        return None
    drafts = (ask for ask in book.with_contact(Ask, contact) if asks.state(book, ask) is AskState.DRAFT)
    return next((ask for ask in drafts if ask.kind is ExchangeKind.INTRODUCTION and ask.target == target), None)


def _placed(book: Book, uid: str) -> str:
    """Return somebody's name with where they are: "Dana Fox (Acme)"."""
    contact = book.contact(uid)
    at = clean_line(contact.organisation)
    return f"{clean_line(contact.name)} ({at})" if at else clean_line(contact.name)
