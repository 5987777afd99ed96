"""Who knows whom among the contacts, as far as it was recorded."""

from dataclasses import replace

from relcraft.book.alone import alone
from relcraft.book.checking import check
from relcraft.book.naming import names_of, title_of
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain.changes import Op, put
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Tie
from relcraft.domain.words import TieOrigin, TieStrength


def ties_of(book: Book, contact: str) -> list[Tie]:
    """Return the recorded ties of a contact, in no order."""
    return book.with_contact(Tie, contact)


def tie_between(book: Book, first: str, second: str) -> Tie | None:
    """Return the recorded tie between two contacts, whichever of them it names first."""
    return next((tie for tie in ties_of(book, first) if {tie.first, tie.second} == {first, second}), None)


@alone
def add_tie(book: Book, first: str, second: str, strength: TieStrength = TieStrength.ORDINARY) -> Tie:
    """Note that two contacts know each other; where that is known, only how well they do changes."""
    known = tie_between(book, first, second)
    if known is None:
        tie = stamped(book, Tie(uid="", first=first, second=second, strength=strength))
        check(book, tie)
        book.change(title_of(book, tie), put(None, tie))
        return tie
    if known.strength is strength:
        raise BadInput(f"That {names_of(book, (first, second))} know each other is noted already, as {strength}.")
    tie = touched(book, replace(known, strength=strength))
    book.change(f"{title_of(book, tie)}: {strength}", put(known, tie))
    return tie


def introduced_ops(book: Book, first: str, second: str) -> list[Op]:
    """Return the op that notes a tie which an introduction made; none where the two are tied already."""
    if tie_between(book, first, second) is not None:
        return []
    return [put(None, stamped(book, Tie(uid="", first=first, second=second, origin=TieOrigin.INTRODUCTION)))]
