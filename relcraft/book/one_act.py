"""One act of help is one exchange, however often it is told: which exchange of the book is the act at hand."""

import re
from collections.abc import Iterable
from datetime import timedelta

from relcraft.book.open import Book
from relcraft.domain.matching import likeness
from relcraft.domain.records import Ask, Contact, Date, Exchange, Introduction
from relcraft.domain.text import clean_line, fold
from relcraft.domain.words import ExchangeKind

NAMED_WITHIN = timedelta(days=30)
"""How far apart two tellings of one introduction are dated at most, where both name who was met."""
UNNAMED_WITHIN = timedelta(days=7)
"""The same where one of them names nobody."""
_WORD = re.compile(r"\w[\w'’-]*")


def named_in(book: Book, text: str, new: Contact | None = None) -> frozenset[str]:
    """Return the uids of the contacts whom a text names in passing: by a word of their name, or a nickname.

    Of two who share a name, the one of whom more is said. `new` is somebody who may not be in the book yet.
    """
    said = {fold(word): word for word in _WORD.findall(clean_line(text))}
    found: dict[str, set[str]] = {}
    for word, spelled in said.items():
        people = book.named(spelled) if len(word) > 1 and not spelled.islower() else ()
        for person in people:
            if word in _names(person):
                found.setdefault(person.uid, set()).add(word)
    if new is not None and (words := _names(new) & said.keys()):
        found.setdefault(new.uid, set()).update(words)
    return frozenset(uid for uid, words in found.items() if not any(words < others for others in found.values()))


def _names(person: Contact) -> set[str]:
    words = {fold(word) for name in (person.name, *person.nicknames) for word in _WORD.findall(clean_line(name))}
    return {word for word in words if len(word) > 1}


# An introduction that is made, and what was told of it before


def untold_introduction(
    book: Book, acts: Iterable[Exchange], to: Contact, since: Date, *, asked: bool
) -> Exchange | None:
    """Return the one of `acts` that is an introduction to `to`, and that no introduction of the book is yet.

    `since`: when it was begun, or (`asked`) asked for: with an ask, nothing before that is the answer.
    """
    unnamed = None
    for act in acts:
        if act.kind is not ExchangeKind.INTRODUCTION or act.introduction is not None or not _may_lead(book, act, to):
            continue
        named = named_in(book, act.text, to)
        first = since if asked else _before(since, NAMED_WITHIN if named else UNNAMED_WITHIN)
        if not first <= act.date <= book.today:
            continue
        if to.uid in named:
            return act
        if not named and unnamed is None:
            unnamed = act
    return unnamed


def _may_lead(book: Book, act: Exchange, to: Contact) -> bool:
    """Tell whether the ask that an act answers, if any, may have led to `to`."""
    ask = book.get("asks", act.ask or "")
    return not isinstance(ask, Ask) or ask.target in (None, to.uid)


def _before(day: Date, span: timedelta) -> Date:
    return day - min(span, day - Date.min)


# A line that tells of what an ask or an introduction has told before


def told_before(book: Book, act: Exchange, taken: Iterable[str] = (), *, answers: bool = False) -> Exchange | None:
    """Return the exchange by which an ask or an introduction has told of `act`, which a line tells again; or None.

    It hangs on no conversation yet, is not in `taken`, and answers no ask where the line `answers` another one. Help is
    the same on one day and about the same thing; an introduction is the same within a month, where both name who was
    met.
    """
    for known in book.exchanges_with(act.contact):
        linked = (known.ask is not None and not answers) or (known.ask is None and known.introduction is not None)
        if (known.direction, known.kind, linked) != (act.direction, act.kind, True):
            continue
        if known.interaction is None and known.uid not in taken and _is_same(book, known, act):
            return known
    return None


def _is_same(book: Book, known: Exchange, act: Exchange) -> bool:
    if act.kind is ExchangeKind.INTRODUCTION and (named := named_in(book, act.text)):
        return not named.isdisjoint(_met_in(book, known)) and abs(known.date - act.date) <= NAMED_WITHIN
    return known.date == act.date and _says_the_same(known.text, act.text)


def _met_in(book: Book, known: Exchange) -> set[str]:
    """Return the uids of those whom an introduction in the book was to."""
    met = set(named_in(book, known.text))
    made, ask = book.get("introductions", known.introduction or ""), book.get("asks", known.ask or "")
    if isinstance(made, Introduction):
        met |= {uid for uid in (made.first, made.second) if uid is not None}
    if isinstance(ask, Ask) and ask.target is not None:
        met.add(ask.target)
    return met - {known.contact}


def _says_the_same(one: str, other: str) -> bool:
    ours, theirs = fold(clean_line(one)), fold(clean_line(other))
    return not ours or not theirs or ours == theirs or likeness(one, other) > 0
