"""Everyone with whom something was exchanged: how often, how two-way, and two bars from the middle."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from textual.content import Content
from textual.widget import Widget

from relcraft.book.capital import Line
from relcraft.domain.balance import Balance, Standing
from relcraft.domain.text import clean_line, fold
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import across, fit

_NAME = 20
_NAME_WIDE = 26
_WIDE = 74
"""From how many cells on there is room for words beside the bars."""
_WIDER = 90
"""From how many cells on there is room for long names."""
_OFTEN = 7
_TWO_WAY = 8
_WORDS = 15
_LEAD = 2
"""The cells of the cursor's bar and the mark before each row; one more is behind it, for the scroll bar."""
_TOLD = {
    Standing.NOTHING_YET: "",
    Standing.EVEN: "even",
    Standing.GIVEN_MORE: "you gave more",
    Standing.RECEIVED_MORE: "they gave more",
}


class SortBy(Enum):
    """What comes first."""

    OFTEN = "how often"
    TWO_WAY = "how two-way"
    GIVEN = "you gave more"
    RECEIVED = "they gave more"
    NAME = "name"


_KEYS: dict[SortBy, Callable[[Line], Any]] = {
    SortBy.TWO_WAY: lambda line: -(line.balance.two_way or 0),
    SortBy.GIVEN: lambda line: -line.balance.lean,
    SortBy.RECEIVED: lambda line: line.balance.lean,
    SortBy.NAME: lambda line: fold(line.contact.sort_name or line.contact.name),
}


def in_order(lines: Sequence[Line], by: SortBy) -> list[Line]:
    """Return the lines in an order; those that are equal in it stay by how often."""
    return sorted(lines, key=_KEYS[by]) if by in _KEYS else list(lines)


def _measured(width: int) -> tuple[int, int, int]:
    """Return the cells for the name, for each of the two bars, and for the words, in a row of `width`."""
    name = _NAME_WIDE if width >= _WIDER else _NAME
    words = _WORDS if width >= _WIDE else 0
    return name, max(1, (width - name - _OFTEN - _TWO_WAY - words - 1) // 2), words


class Columns(Widget):
    """One quiet line over the list that names its columns."""

    ALLOW_SELECT = False

    def render(self) -> Content:
        """Return the line, in step with the rows below."""
        name, side, _words = _measured(self.size.width - _LEAD - 1)
        left = f"{'':{_LEAD + name}}{'a year'.rjust(_OFTEN - 1)} {'two-way'.rjust(_TWO_WAY - 1)} "
        return Content(f"{left}{fit('given'.rjust(side), side)}│{fit('received', side)}")


class Balances(RowList[Line]):
    """People as rows. What was given grows to the left of the middle, what was received to the right."""

    def __init__(self) -> None:
        super().__init__(id="balances")
        self._most = 0.0

    def key_of(self, item: Line) -> str:
        """A row is known by its contact."""
        return item.contact.uid

    def show(self, items: Sequence[Line], *, stay_on: str | None = None) -> None:
        """Show other people; the longest bar of them fills its side."""
        self._most = max((max(each.balance.given, each.balance.received) for each in items), default=0.0)
        super().show(items, stay_on=stay_on)

    def draw(self, item: Line, width: int) -> Pieces:
        """Return the name, how often, how two-way, the bars, and the words where there is room."""
        name, side, words = _measured(width)
        balance = item.balance
        return [
            (fit(clean_line(item.contact.name), name), ""),
            (f"{balance.frequency:>3} × ".rjust(_OFTEN), "strong"),
            (_two_way(balance).rjust(_TWO_WAY - 1) + " ", ""),
            (across(balance.given, self._most, side).rjust(side), "given"),
            ("│", "quiet"),
            (across(balance.received, self._most, side).ljust(side), "received"),
            (f" {fit(_TOLD[balance.standing], words - 1)}" if words else "", "quiet"),
        ]


def _two_way(balance: Balance) -> str:
    return "" if balance.two_way is None else f"{100 * balance.two_way:.0f} %"
