"""How the bar says that something waits for a look: quietly, and in as many words as there is room for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from relcraft.domain.records import Contact, Unplaced
from relcraft.domain.telling import tell_count
from relcraft.tui.telling import tell

if TYPE_CHECKING:
    from relcraft.book.open import Book
    from relcraft.tui.app import RelcraftApp

Mark = tuple[str, Sequence[str]]
"""The command that shows what waits, and how much that is, in fewer and fewer words."""
_COUNTED_AT_ONCE = 3_000
"""Contacts up to which nobody notices that those who may be one person are looked for."""
_AT_A_TIME = 400
"""Contacts of a larger book that are looked at in one go: a fiftieth of a second."""


def words_of(conflicts: int, copies: int) -> Sequence[str]:
    """Return how much waits, in fewer and fewer words: "2 conflicts wait", "2 conflicts", "2"; none: nothing does."""
    if not conflicts and not copies:
        return ()
    counts = [tell_count(conflicts, "conflict")] if conflicts else []
    counts += ["1 copy" if copies == 1 else f"{copies} copies"] if copies else []
    waiting = conflicts + copies
    verb = "waits" if waiting == 1 else "wait"
    told = f"{' and '.join(counts)} {verb}", f"{waiting} {verb}", str(waiting)
    return told if len(counts) > 1 else (told[0], counts[0], *told[1:])


def count_soon(book: "Book") -> bool:
    """Look for those who may be one person, in a large book a little further; return whether that ended just now."""
    from relcraft.book.duplicates import candidates, is_counted, look_on  # noqa: PLC0415  # not before the first frame

    if is_counted(book):
        return False
    if book.count(Contact) > _COUNTED_AT_ONCE:
        return look_on(book, _AT_A_TIME) == 1
    candidates(book)
    return True


def pairs_told(book: "Book") -> Sequence[str]:
    """Return how many pairs may be one person, and how much waits to be placed; pairs that hardly are do not count.

    Until they were looked for, only what waits to be placed.
    """
    from relcraft.book.duplicates import candidates, is_counted  # noqa: PLC0415  # as above
    from relcraft.domain.duplicates import Strength  # noqa: PLC0415  # as above

    pairs = 0
    if is_counted(book):
        pairs = sum(one.strength is not Strength.UNLIKELY for one in candidates(book))
    unplaced = book.count(Unplaced)
    if not pairs and not unplaced:
        return ()
    counts = [tell_count(pairs, "pair")] if pairs else []
    counts += [f"{unplaced} to place"] if unplaced else []
    return tuple(dict.fromkeys((" and ".join(counts), str(pairs + unplaced))))


def open_duplicates(app: "RelcraftApp") -> None:
    """Show who may be one person, and what waits to be placed; or say that nothing does."""
    from relcraft.book.duplicates import candidates, is_counted  # noqa: PLC0415  # as above

    count_soon(app.book)
    if not is_counted(app.book) or candidates(app.book) or app.book.count(Unplaced):
        app.open_tab("duplicates")
    else:
        tell(app, "Nobody is in the book twice, as far as it can be seen, and nothing waits to be placed")
