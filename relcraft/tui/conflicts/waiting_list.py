"""The list of what waits: copies that a sync program left beside the book, then conflicts, two lines each."""

from collections.abc import Sequence
from typing import NamedTuple

from relcraft.book.open import Book
from relcraft.book.sides import Sides, sides_of, waiting_uids
from relcraft.domain.dates import tell_day
from relcraft.domain.documents import TABLE_OF
from relcraft.domain.records import Date, OtherSide
from relcraft.domain.text import clean_line
from relcraft.sync.copies import Copy
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import fit

NOTHING_WAITS = "Nothing waits."
_CONFLICTS = TABLE_OF[OtherSide]


class WaitingLine(NamedTuple):
    """One line of something that waits. The cursor stands on the first."""

    key: str
    """What tells it from the others: the uid of a conflict, the path of a copy."""
    first: bool
    copy: Copy | None = None


class WaitingList(RowList[WaitingLine]):
    """What waits, as rows. A conflict is read when it is drawn."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="waiting", empty=f"{NOTHING_WAITS} esc goes back.")
        self._book = book

    def key_of(self, item: WaitingLine) -> str:
        """A line is known by what waits."""
        return item.key

    def can_select(self, item: WaitingLine) -> bool:
        """The cursor stands on the first line of each."""
        return item.first

    def draw(self, item: WaitingLine, width: int) -> Pieces:
        """Return the line: who or what, or when each side was changed."""
        if item.copy is not None:
            said = f"Copy by {clean_line(item.copy.program)}" if item.first else clean_line(item.copy.name)
        elif self._book.get(_CONFLICTS, item.key) is None:  # it went, and the list is about to follow
            said = ""
        else:
            sides = sides_of(self._book, item.key)
            said = sides.title if item.first else tell_days(sides, self._book.today)
        return [(fit(said, width), "strong" if item.first else "quiet")]

    @property
    def conflict(self) -> str | None:
        """What the conflict under the cursor is known by; None where none is."""
        line = self.current
        return None if line is None or line.copy is not None else line.key

    @property
    def left_copy(self) -> Copy | None:
        """The copy under the cursor; None where none is."""
        return None if self.current is None else self.current.copy

    @property
    def told(self) -> str:
        """How much waits."""
        count = len(self.items) // 2
        return f"Waiting · {count}" if count else "Waiting"

    def refill(self, copies: Sequence[Copy], *, go_to: str | None = None) -> None:
        """Show what waits now. The cursor stays where it is, or on what comes next; or goes to `go_to`."""
        lines = [WaitingLine(str(copy.path), first, copy) for copy in copies for first in (True, False)]
        lines += [WaitingLine(uid, first) for uid in waiting_uids(self._book) for first in (True, False)]
        self.show(lines, stay_on=go_to or (None if self.current is None else self.current.key))


def tell_days(sides: Sides, today: Date) -> str:
    """Return when each side was changed: "here Fri, there 12 Nov", "here Fri, gone 12 Nov", "gone here, there Fri".

    On one day, the times tell them apart: "Fri: here 08:58, gone 07:12", without the day where that is today.
    """
    if sides.trouble:
        return sides.thing
    if sides.times is not None:
        there = "gone" if sides.there is None else "there"
        day = "" if sides.here_on == today else f"{_day(sides.here_on, today)}: "
        return f"{day}here {sides.times[0]}, {there} {sides.times[1]}"
    here = "gone here" if sides.here is None else f"here {_day(sides.here_on, today)}"
    there = "gone" if sides.there is None else "there"
    return f"{here}, {there} {_day(sides.there_on, today)}"


def _day(day: Date | None, today: Date) -> str:
    return "long ago" if day is None else tell_day(day, today)
