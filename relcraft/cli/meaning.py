"""What is meant on the command line: one of a few known words, one ask, one introduction, one goal."""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

import click

from relcraft.book.open import Book
from relcraft.cli.asking import contact_called
from relcraft.cli.listing_asks import ask_told, introduction_told
from relcraft.domain.errors import NotFound, NotUnique
from relcraft.domain.introducing import state_of
from relcraft.domain.records import Ask, Contact, Goal, Introduction
from relcraft.domain.room import what_told
from relcraft.domain.steps import a_kind
from relcraft.domain.telling import tell_choice, tell_list
from relcraft.domain.text import clean_line, fold
from relcraft.domain.words import ExchangeKind, GoalState

E = TypeVar("E", bound=StrEnum)
_MOST_NAMED = 8


def word_of(words: Iterable[E], said: str, what: str) -> E:
    """Return the one of `words` that was said: whole, or by the beginning of it, or of a word in it.

    "in-person" and "in person" are one. `what` is what to call it. Raises `UsageError`.
    """
    known = list(words)
    asked = fold(said).replace("-", " ").strip()
    found = [each for each in known if each == asked]
    found = found or [each for each in known if asked and each.startswith(asked)]
    found = found or [each for each in known if asked and any(part.startswith(asked) for part in each.split())]
    if len(found) == 1:
        return found[0]
    if found:
        raise click.UsageError(f'"{clean_line(said)}" could be {tell_choice(found)}: more letters were expected.')
    raise click.UsageError(f'"{clean_line(said)}" is no {what}: one of {", ".join(known)} was expected.')


def the_ask(
    book: Book, who: str, fits: Callable[[Ask], bool], *, kind: ExchangeKind | None = None, told: str = "fits"
) -> Ask:
    """Return the one ask that is meant by `who`: a contact, or the ask's own uid.

    Of several with that contact it is the one that `fits`, which `told` says in words; where there is one alone, it is
    that. Raises `NotFound`, and `NotUnique` with those that it could be.
    """
    known = book.get("asks", clean_line(who))
    if isinstance(known, Ask):
        return known
    contact = contact_called(book, who)
    asks = [ask for ask in book.with_contact(Ask, contact.uid) if kind in (None, ask.kind)]
    narrowed = "" if kind is None else f" for {a_kind(kind)}"
    if not asks:
        raise NotFound(f"No ask{narrowed} with {contact.name} is in the book.")
    fitting = [ask for ask in asks if fits(ask)]
    if len(asks) > 1 and not fitting:
        raise NotFound(f"No ask{narrowed} with {contact.name} {told}. With them: {_listed(book, asks)}.")
    if len(fitting) > 1:
        which = f"Which ask{narrowed} with {contact.name}: {_either(book, fitting)}?"
        raise NotUnique(f"{which} --kind tells some apart; the id at the end can stand for the name.")
    return (fitting or asks)[0]


def _either(book: Book, asks: Sequence[Ask]) -> str:
    return _choice(_told(book, asks))


def _listed(book: Book, asks: Sequence[Ask]) -> str:
    return _row(_told(book, asks))


def _row(told: Sequence[str]) -> str:
    return tell_list(list(map(clean_line, told)), most=_MOST_NAMED)


def _told(book: Book, asks: Sequence[Ask]) -> list[str]:
    return [f"{ask.kind}, {what_told(ask)} ({ask_told(book, ask)}; {ask.uid})" for ask in asks]


def _choice(told: Sequence[str]) -> str:
    shown = list(map(clean_line, told[:_MOST_NAMED]))
    return tell_choice([*shown, f"{len(told) - _MOST_NAMED} more"] if len(told) > _MOST_NAMED else shown)


def the_introduction(
    book: Book, who: str, other: str, fits: Callable[[Introduction], bool], *, told: str
) -> Introduction:
    """Return the one introduction that is meant by one or two of its people, or by its own uid; else as `the_ask`."""
    known = book.get("introductions", clean_line(who))
    if isinstance(known, Introduction):
        return known
    people = [contact_called(book, each) for each in (who, other) if each]
    names = " and ".join(person.name for person in people)
    found = [each for each in book.with_contact(Introduction, people[0].uid) if _has_all(each, people)]
    if not found:
        raise NotFound(f"No introduction with {names} is in the book.")
    fitting = [each for each in found if fits(each)]
    named = [f"{introduction_told(book, each)} ({state_of(each)}; {each.uid})" for each in fitting or found]
    if len(found) > 1 and not fitting:
        raise NotFound(f"No introduction with {names} {told}. With them: {_row(named)}.")
    if len(fitting) > 1:
        raise NotUnique(f"Which introduction: {_choice(named)}? The id at the end can stand for the name.")
    return (fitting or found)[0]


def _has_all(introduction: Introduction, people: Iterable[Contact]) -> bool:
    members = {introduction.broker, introduction.first, introduction.second}
    return all(person.uid in members for person in people)


def the_goal(book: Book, said: str, *states: GoalState) -> Goal:
    """Return the one goal in whose words or kind every word of `said` is found, or that has it as its uid.

    Of several it is the one in one of `states`; of several of these, the one whose words are just `said`. Raises
    `NotFound`, and `NotUnique` with those that it could be.
    """
    known = book.get("goals", clean_line(said))
    if isinstance(known, Goal):
        return known
    wanted = fold(said).split()
    found = [goal for goal in book.all(Goal) if all(word in fold(f"{goal.words} {goal.kind}") for word in wanted)]
    fitting = [goal for goal in found if goal.state in states] or found
    same = [goal for goal in fitting if fold(goal.words).split() == wanted]
    fitting = same if len(same) == 1 else fitting
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        could = _choice([f'"{goal.words or goal.kind}" ({goal.state}; {goal.uid})' for goal in fitting])
        raise NotUnique(f'"{clean_line(said)}" could be {could}.')
    there = [f'"{goal.words or goal.kind}"' for goal in book.all(Goal)]
    raise NotFound(f'No goal answers to "{clean_line(said)}".' + (f" There is: {_row(there)}." if there else ""))
