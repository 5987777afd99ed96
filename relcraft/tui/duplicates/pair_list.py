"""The list of what is to be looked at: what waits to be placed, then pairs that may be one person, two lines each."""

from collections.abc import Iterable
from typing import NamedTuple

from relcraft.book.duplicates import candidates, is_counted
from relcraft.book.open import Book
from relcraft.book.placing import Waiting, waiting
from relcraft.domain.duplicates import Candidate
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import fit

_NOTHING_LEFT = "Nobody is here twice."
_LOOKING = "Still looking for people who are here twice."


class PairLine(NamedTuple):
    """One line of a pair, or of something that waits. The cursor stands on the first."""

    key: str
    """What tells it from the others."""
    first: bool
    one: Candidate | Waiting


def key_of(one: Candidate | Waiting) -> str:
    """Return what tells a pair, or what waits, from the others."""
    return one.uid if isinstance(one, Waiting) else " ".join(one.pair)


class PairList(RowList[PairLine]):
    """What is to be looked at, as rows."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="pairs")
        self._book = book
        self._looked = 0.0

    def key_of(self, item: PairLine) -> str:
        """A line is known by its pair."""
        return item.key

    def can_select(self, item: PairLine) -> bool:
        """The cursor stands on the first line of each."""
        return item.first

    def draw(self, item: PairLine, width: int) -> Pieces:
        """Return the line: who, or why."""
        said = _who(self._book, item.one) if item.first else _why(item.one)
        return [(fit(said, width), "strong" if item.first else "quiet")]

    @property
    def selected(self) -> Candidate | Waiting | None:
        """What is under the cursor; None in an empty list."""
        return None if self.current is None else self.current.one

    @property
    def keys(self) -> list[str]:
        """What all that is listed is known by."""
        return [item.key for item in self.items if item.first]

    @property
    def told(self) -> str:
        """How much there is."""
        if not is_counted(self._book):
            return f"Looking · {self._looked:.0%}"
        count = len(self.items) // 2
        return f"Same person? · {count}" if count else "Same person?"

    @property
    def told_nothing(self) -> str:
        """What is so where nothing is listed."""
        return _NOTHING_LEFT if is_counted(self._book) else _LOOKING

    def looked(self, share: float) -> None:
        """Say how far the first look through a large book came."""
        self._looked = share

    def refill(self, *, go_to: Iterable[str] = ()) -> None:
        """Show what there is now. The cursor stays where it is, or on what comes next; or goes to one of `go_to`."""
        pairs = candidates(self._book) if is_counted(self._book) else ()
        every: list[Candidate | Waiting] = [*waiting(self._book), *pairs]
        lines = [PairLine(key_of(one), first, one) for one in every for first in (True, False)]
        wanted = set(go_to)
        self.empty = f"{self.told_nothing} esc goes back."
        back = next((line.key for line in lines if line.key in wanted), None)
        self.show(lines, stay_on=back or (None if self.current is None else self.current.key))


def _who(book: Book, one: Candidate | Waiting) -> str:
    if isinstance(one, Waiting):
        return f"{one.name}: {one.thing}"
    names = dict.fromkeys(name_of(book, uid) for uid in one.pair)
    return " / ".join(names)


def name_of(book: Book, uid: str) -> str:
    """Return the name of a contact on one line; empty where it went, and the list is about to follow."""
    contact = book.get("contacts", uid)
    return clean_line(contact.name) or "no name" if isinstance(contact, Contact) else ""


def _why(one: Candidate | Waiting) -> str:
    if isinstance(one, Waiting):
        return f"waits: one of {len(one.choices)}?" if len(one.choices) > 1 else "waits: whose is it?"
    said = f"{len(one.against)} against it" if one.against else f"{len(one.agrees)} for it"
    return f"{one.strength}: {said}"
