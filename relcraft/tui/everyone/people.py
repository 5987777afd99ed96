"""Everyone with whom something was exchanged: how often, how two-way, and two bars from the middle."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from relcraft.book.capital import Line
from relcraft.domain.balance import Balance, Standing
from relcraft.domain.text import clean_line, fold
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import across, fit

_NAME = 20
_NAME_WIDE = 26
_WIDE = 74
_OFTEN = 7
_TWO_WAY = 7
_WORDS = 15
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
        wide = width >= _WIDE
        name, words = (_NAME_WIDE, _WORDS) if wide else (_NAME, 0)
        side = max(1, (width - name - _OFTEN - _TWO_WAY - words - 3) // 2)
        balance = item.balance
        return [
            (fit(clean_line(item.contact.name), name), ""),
            (f"{balance.frequency:>3} × ".rjust(_OFTEN), "strong"),
            (_two_way(balance).rjust(_TWO_WAY - 1) + " ", ""),
            (across(balance.given, self._most, side).rjust(side), "given"),
            ("│", "quiet"),
            (across(balance.received, self._most, side).ljust(side), "received"),
            (f" {fit(_TOLD[balance.standing], words - 1)}" if wide else "", "quiet"),
        ]


def _two_way(balance: Balance) -> str:
    return "" if balance.two_way is None else f"{100 * balance.two_way:.0f} %"
