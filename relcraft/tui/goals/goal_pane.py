"""The pane of one goal: its asks and its people, each a row on which a key does something."""

from collections.abc import Sequence

from relcraft.book.open import Book
from relcraft.book.supporters import Supporter, who_could_help
from relcraft.domain.records import Goal
from relcraft.domain.words import GoalState
from relcraft.tui.goals.goal_lines import GoalEntry, GoalLines
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.telling import registry_of

MOST_HELPERS = 12
_BESIDE = 3
"""Cells that the cursor, the mark and the bar take."""


class GoalPane(RowList[GoalEntry]):
    """The asks and the people of a goal. Who could help is looked for once, until the book changes."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="goal", empty="The asks that serve a goal stand here, and who could help with it.")
        self._book = book
        self._goal: Goal | None = None
        self._known: dict[str, Sequence[Supporter]] = {}

    def key_of(self, item: GoalEntry) -> str:
        """A line is known by its ask or its person."""
        return item.key

    def can_select(self, item: GoalEntry) -> bool:
        """The cursor stands on asks and people."""
        return bool(item.key)

    def draw(self, item: GoalEntry, width: int) -> Pieces:  # noqa: ARG002  # laid out for that width already
        """Return the line."""
        return item.pieces

    @property
    def entry(self) -> GoalEntry | None:
        """What the cursor stands on: an ask or a person; None where there is neither."""
        return self.current if self.current is not None and self.current.key else None

    def forget(self) -> None:
        """Look anew for who could help: the book changed, or the day turned."""
        self._known.clear()

    def show_goal(self, goal: Goal | None) -> None:
        """Show what belongs to a goal; of another one than before, from the top."""
        if goal is None or self._goal is None or goal.uid != self._goal.uid:
            self.show([])
            self.cursor = 0
            self.scroll_to(y=0, animate=False, force=True)
        self._goal = goal
        self.lay_out()

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self.lay_out()

    def lay_out(self) -> None:
        """Make the lines anew, for the width that there is."""
        here = None if self.entry is None else self.entry.key
        goal = self._goal
        if goal is None:
            self.show([])
            return
        lines = GoalLines(self._book, goal, max(30, self.size.width - _BESIDE), registry_of(self))
        self.show(list(lines.all(self._helpers_of(goal))), stay_on=here)

    def _helpers_of(self, goal: Goal) -> Sequence[Supporter]:
        if goal.state is not GoalState.OPEN:
            return ()
        known = self._known.get(goal.uid)
        if known is None:
            known = self._known[goal.uid] = who_could_help(self._book, goal, MOST_HELPERS)
        return known
