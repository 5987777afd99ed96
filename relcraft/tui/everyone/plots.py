"""Capital as lines: the sums, a plot by month around an axis, bars by kind, and what was paid forward."""

from collections.abc import Sequence
from dataclasses import dataclass

from relcraft.book.capital import MONTHS, Capital, CapitalFigure, KindSum
from relcraft.book.naming import names_of
from relcraft.book.open import Book
from relcraft.domain.balance import Month
from relcraft.domain.telling import tell_count, tell_figure
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import across, fit, wrap

_MONTHS = "JFMAMJJASOND"
_LABEL = 17
_NUMBER = 6
_TALLEST = 6
_LOWEST = 2
_RISING = " ▁▂▃▄▅▆▇█"
_HANGING = " ▔▀█"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class PlotLine:
    """One line, and the figure that it is part of."""

    pieces: Pieces = ()
    figure: CapitalFigure | None = None
    leads: bool = False
    """Whether the cursor may stand on it: the first line of a figure."""


_GAP = PlotLine()


class CapitalPane(RowList[PlotLine]):
    """The lines about capital, made anew for each size."""

    def __init__(self, book: Book) -> None:
        super().__init__(
            id="capital", empty=f"Nothing in these {MONTHS} months. What you give and get is plotted here."
        )
        self._book = book
        self._capital: Capital | None = None

    def key_of(self, item: PlotLine) -> str:
        """A line is known by its figure."""
        return item.figure or ""

    def can_select(self, item: PlotLine) -> bool:
        """The cursor stands on the first line of each figure."""
        return item.leads

    def draw(self, item: PlotLine, width: int) -> Pieces:  # noqa: ARG002  # the lines were made for this width
        """Return the line."""
        return item.pieces

    @property
    def figure(self) -> CapitalFigure | None:
        """The figure under the cursor."""
        return None if self.current is None else self.current.figure

    def _scroll_to_cursor(self) -> None:
        """Keep the whole figure in sight, not its first line alone."""
        super()._scroll_to_cursor()
        last = self.cursor
        while last + 1 < len(self.items) and self.items[last + 1].figure == self.figure:
            last += 1
        below = last - self.size.height + 1
        if self.size.height > 0 and below > self.scroll_offset.y:
            self.scroll_to(y=min(self.cursor, below), animate=False, force=True)

    def show_capital(self, capital: Capital) -> None:
        """Show other sums."""
        self._capital = capital
        self.lay_out()

    def lay_out(self) -> None:
        """Make the lines anew, for the room that there is."""
        if self._capital is None or not self._capital.kinds:
            self.show(())
            return
        width = max(24, self.size.width - 3)
        self.show(lines_of(self._book, self._capital, width, self.size.height), stay_on=self.figure)

    def on_resize(self) -> None:
        """Fit the plots to the new room."""
        self.lay_out()


def lines_of(book: Book, sums: Capital, width: int, height: int) -> list[PlotLine]:
    """Return the lines of all figures; the plot by month takes the height that is left over, from 2 to 6 a side."""
    others = [*_sums(sums, width), *_kinds(sums.kinds, width), *_forward(book, sums, width)]
    tall = min(_TALLEST, max(_LOWEST, (height - len(others) - 4) // 2))
    first, rest = others[:2], others[2:]
    return [*first, *_months(sums.months, width, tall), _GAP, *rest]


def _sums(sums: Capital, width: int) -> list[PlotLine]:
    most = max(sums.earned, sums.drawn)
    lines = []
    for word, total, style, figure in (
        ("earned", sums.earned, "given", CapitalFigure.EARNED),
        ("drawn", sums.drawn, "received", CapitalFigure.DRAWN),
    ):
        room = max(1, width - _LABEL - _NUMBER)
        pieces = [
            (fit(word, _LABEL), "strong"),
            (fit(across(total, most, room), room), style),
            (f"{total:>{_NUMBER}.1f}", ""),
        ]
        lines.append(PlotLine(pieces, figure, leads=True))
    return lines


def _months(months: Sequence[Month], width: int, tall: int) -> list[PlotLine]:
    """Return the plot: what was earned stands on the axis, what was drawn hangs from it."""
    each = max(1, min(4, (width - _LABEL) // max(1, len(months))))
    bar = max(1, each - 1)
    most = max((max(month.given, month.received) for month in months), default=0.0)
    lines = []
    for level in range(tall - 1, -1, -1):
        row = "".join(_filled(month.given, most, tall, level, _RISING) * bar + " " * (each - bar) for month in months)
        label = "by month" if level == tall - 1 else ""
        lines.append(
            PlotLine([(fit(label, _LABEL), "strong"), (row, "given")], CapitalFigure.MONTHS, leads=level == tall - 1)
        )
    names = "".join(_MONTHS[month.month - 1].ljust(each) for month in months)
    lines.append(PlotLine([(" " * _LABEL, ""), (names, "quiet")], CapitalFigure.MONTHS))
    for level in range(tall):
        row = "".join(
            _filled(month.received, most, tall, level, _HANGING) * bar + " " * (each - bar) for month in months
        )
        lines.append(PlotLine([(" " * _LABEL, ""), (row, "received")], CapitalFigure.MONTHS))
    return lines


def _filled(value: float, most: float, tall: int, level: int, signs: str) -> str:
    """Return the sign of one cell: as full as a bar of `value` is at this level above (below) the axis."""
    if value <= 0 or most <= 0:
        return " "
    steps = len(signs) - 1
    lit = max(1, round(value / most * tall * steps)) - level * steps
    return signs[max(0, min(steps, lit))]


def _kinds(kinds: Sequence[KindSum], width: int) -> list[PlotLine]:
    most = max(max(each.earned, each.drawn) for each in kinds)
    side = max(2, (width - _LABEL - 2 * _NUMBER - 1) // 2)
    lines = [PlotLine([("by kind", "strong")], CapitalFigure.KINDS, leads=True)]
    for each in kinds:
        pieces = [
            (fit(f"  {each.kind}", _LABEL), ""),
            (f"{each.earned:>{_NUMBER - 1}.1f} ", ""),
            (across(each.earned, most, side).rjust(side), "given"),
            ("│", "quiet"),
            (across(each.drawn, most, side).ljust(side), "received"),
            (f"{each.drawn:>{_NUMBER - 1}.1f}", ""),
        ]
        lines.append(PlotLine(pieces, CapitalFigure.KINDS))
    return [*lines, _GAP]


def _forward(book: Book, sums: Capital, width: int) -> list[PlotLine]:
    named = [names_of(book, (uid,)) for uid in sums.forward_to[:_NAMED]]
    more = len(sums.forward_to) - len(named)
    to = ", ".join([*named, *([f"{more} more"] if more > 0 else [])])
    told = f"{tell_figure(sums.forward)} to {tell_count(len(sums.forward_to), 'contact')}" if named else "nothing yet"
    first = [(fit("paid forward", _LABEL), "strong"), (told, "given")]
    lines = [PlotLine(first, CapitalFigure.PAID_FORWARD, leads=True)]
    if to:
        lines += [
            PlotLine([(" " * _LABEL, ""), (line, "quiet")], CapitalFigure.PAID_FORWARD)
            for line in wrap(to, max(8, width - _LABEL))
        ]
    return lines
