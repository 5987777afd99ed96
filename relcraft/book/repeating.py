"""Doing again what was just added, with somebody else or on another day."""

from collections.abc import Sequence
from dataclasses import replace

from relcraft.book.alone import alone
from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.book.verbs import stamped
from relcraft.domain.changes import Change, put
from relcraft.domain.documents import TABLES, from_document
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, AskStep, Date, Exchange, FollowUp, Interaction, Record
from relcraft.domain.telling import tell_count


@alone
def repeat(book: Book, last: Change, contacts: Sequence[str]) -> Change:
    """Add again what `last` added, with `contacts` in the place of its people, dated as far from today as it was then.

    An interaction has all of them; an exchange, an ask (as it began) or a follow-up is added for each. What a line said
    of people or tags is no part of it, nor is an introduction: that was of those people alone. Raises `BadInput` where
    `last` added nothing that can be repeated, or nobody is selected.
    """
    if not contacts:
        raise BadInput("Nobody is selected.")
    added = [from_document(TABLES[op.table], op.after) for op in last.ops if op.before is None and op.after is not None]
    moved = (book.today - last.at.astimezone(book.now.tzinfo).date()).days
    again: list[Record] = []
    first: str | None = None
    for record in sorted(added, key=lambda one: not isinstance(one, Interaction)):
        plain = replace(record, uid="", sources=())
        match plain:
            case Interaction():
                new = stamped(book, replace(plain, date=_later(plain.date, moved), contacts=tuple(contacts)))
                first = new.uid
                again.append(new)
            case Exchange() if plain.introduction is None:
                fresh = replace(_unlinked(plain), date=_later(plain.date, moved), interaction=first)
                again.extend(stamped(book, replace(fresh, contact=uid)) for uid in contacts)
            case Ask():
                begun = replace(plain, steps=_first_step(plain, moved), nudges=())
                again.extend(stamped(book, _asked_of(begun, uid)) for uid in contacts)
            case FollowUp():
                open_again = replace(plain, date=_later(plain.date, moved), done_on=None, interaction=first)
                again.extend(stamped(book, replace(open_again, contact=uid)) for uid in contacts)
            case _:
                pass
    if not again:
        raise BadInput("Nothing was added yet that could be repeated.")
    title = title_of(book, again[0]) + (f" and {len(again) - 1} more" if len(again) > 1 else "")
    return book.change(title, *(put(None, record) for record in again))


def _unlinked(exchange: Exchange) -> Exchange:
    """Return help that is new: nobody was thanked for it yet, and it answers no ask."""
    return replace(exchange, thanked_on=None, outcome_told_on=None, ask=None, introduction=None)


def _asked_of(ask: Ask, contact: str) -> Ask:
    return replace(ask, contact=contact, target=None if ask.target == contact else ask.target)


def _first_step(ask: Ask, days: int) -> tuple[AskStep, ...]:
    return tuple(AskStep(step.state, _later(step.date, days)) for step in ask.steps[:1])


def _later(day: Date, days: int) -> Date:
    """Return `day` moved. Raises `BadInput` where the calendar ends before it."""
    try:
        return Date.fromordinal(day.toordinal() + days)
    except (ValueError, OverflowError):
        raise BadInput(f"The calendar ends before {day.year} can be moved by {tell_count(days, 'day')}.") from None
