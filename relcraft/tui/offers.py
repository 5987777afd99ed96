"""A short list of what can be taken, under a line where one types: the marked one has a bar at its left."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from relcraft.tui.signs import CURSOR


class Offers(OptionList):
    """Lines of which one can be marked and taken. It leaves the keys to the line above it, unless it is alone."""

    DEFAULT_CSS = """
    Offers {
        height: auto;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, *, alone: bool = False) -> None:
        super().__init__(markup=False, compact=True)
        self.can_focus = alone
        self._offered: list[Content] = []
        self._barred: int | None = None

    def offer(self, lines: Iterable[Content], *, marked: int | None = 0) -> None:
        """Show `lines`, with one of them marked or (None) none."""
        self._offered = list(lines)
        self._barred = None
        self.set_options(Option(Content.assemble(" ", line)) for line in self._offered)
        self.highlighted = marked if self._offered else None

    def move(self, by: int) -> None:
        """Mark another line, `by` lines further; at the ends it stays. Where none is marked, the first comes first."""
        at = -1 if self.highlighted is None else self.highlighted
        if self._offered:
            self.highlighted = min(max(at + by, 0), len(self._offered) - 1)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Draw the bar where the mark is."""
        if self._barred is not None and self._barred < len(self._offered):
            self._draw(self._barred, " ")
        self._barred = highlighted
        if highlighted is not None:
            self._draw(highlighted, CURSOR)
        super().watch_highlighted(highlighted)

    def _draw(self, index: int, bar: str) -> None:
        self.replace_option_prompt_at_index(index, Content.assemble(bar, self._offered[index]))
