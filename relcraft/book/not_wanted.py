"""What the user deleted, and what is not brought in again for that reason: not what an undo took back."""

from relcraft.book.open import Book
from relcraft.domain.changes import Op, Turn
from relcraft.domain.contents import Key


def not_wanted(book: Book) -> frozenset[Key]:
    """Return the table and uid of what was deleted, without what went because an import, or a placing, was undone.

    Who takes an import back may bring it in again. Of an undo that the book no longer remembers, nobody knows.
    """
    deleted = frozenset(book.tombstones())
    last: dict[Key, Op] = {}
    for op in book.contents().history if deleted else ():
        last[op.table, op.uid] = op
    return deleted - {key for key, op in last.items() if op.after is None and op.turn is Turn.UNDO}
