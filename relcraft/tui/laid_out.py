"""A pane of lines that are laid out for the width that there is, and gone through while it has the focus."""

from collections.abc import Iterable
from typing import NamedTuple

from relcraft.tui.rows import Pieces, RowList

_LEAST = 10


class PaneLine(NamedTuple):
    """One line of a pane."""

    place: int
    pieces: Pieces


class LaidOutPane(RowList[PaneLine]):
    """Shows the lines that `lines_for` makes of what is shown: anew for each width."""

    def lines_for(self, width: int) -> Iterable[Pieces]:
        """Return all lines, each at most so many cells wide."""
        raise NotImplementedError

    def key_of(self, item: PaneLine) -> str:
        """A line is known by its place."""
        return str(item.place)

    def can_select(self, item: PaneLine) -> bool:  # noqa: ARG002  # all alike
        """The cursor is of use only where its keys are heard."""
        return self.has_focus

    def draw(self, item: PaneLine, width: int) -> Pieces:  # noqa: ARG002  # laid out for that width already
        """Return the line."""
        return item.pieces

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self.lay_out()

    def lay_out(self, *, from_the_top: bool = False) -> None:
        """Make the lines anew, for the width that there is."""
        if from_the_top:
            self.cursor = 0
            self.scroll_to(y=0, animate=False, force=True)
        width = max(_LEAST, self.size.width - 3)
        self.show([PaneLine(place, pieces) for place, pieces in enumerate(self.lines_for(width))])
