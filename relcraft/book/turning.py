"""Undo and redo on the book as it is now: what of a change can be turned round, and what stays as it is."""

from dataclasses import replace

from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.domain.changes import Change, Op
from relcraft.domain.documents import TABLES, from_document
from relcraft.domain.errors import Conflict
from relcraft.domain.linking import newly_named

_MOST_NAMED = 3


def as_far_as_it_goes(book: Book, change: Change, title: str) -> Change:
    """Return an undo or redo, of the change called `title`, without the contacts who were changed outside the history.

    They are named in its title. Raises `Conflict` where another record was, or nothing else is left, and where it would
    say something of a contact who was deleted elsewhere.
    """
    stale = [op for op in change.ops if book.document(op.table, op.uid) != op.before]
    people = [op for op in stale if op.table == "contacts" and book.get(op.table, op.uid) is not None]
    if len(people) < len(stale) or (stale and len(stale) == len(change.ops)):
        name = _name_of(book, next((op for op in stale if op not in people), stale[0]))
        raise Conflict(
            f'"{title}" stays as it is: {name} was changed by another program since. '
            "What you wish to change of it can be changed by hand."
        )
    _refuse_gone(book, change, title)
    if not stale:
        return change
    names = ", ".join(_name_of(book, op) for op in stale[:_MOST_NAMED])
    more = f" and {len(stale) - _MOST_NAMED} more" if len(stale) > _MOST_NAMED else ""
    rest = tuple(op for op in change.ops if op not in stale)
    return replace(change, ops=rest, title=f"{change.title}; left as is, changed since: {names}{more}")


def _refuse_gone(book: Book, change: Change, title: str) -> None:
    coming = {(op.table, op.uid) for op in change.ops if op.after is not None}
    named = {key for op in change.ops for key in newly_named(op) if key[0] == "contacts" and key not in coming}
    absent = {key for key in named if book.get(*key) is None}
    if absent and not absent.isdisjoint(book.contents().tombstones):
        raise Conflict(f'"{title}" stays as it is: it is about somebody who is no longer in the book.')


def _name_of(book: Book, op: Op) -> str:
    record = book.get(op.table, op.uid) or from_document(TABLES[op.table], op.after or op.before or {})
    return title_of(book, record)
