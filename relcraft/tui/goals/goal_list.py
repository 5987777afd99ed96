"""The list of goals: each in the user's words, with its kind, its day, and how many asks serve it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relcraft.book.goals_told import asks_counted, goal_words, goals_in_order, stands
from relcraft.book.open import Book
from relcraft.domain.records import Goal
from relcraft.domain.telling import tell_count
from relcraft.domain.words import GoalState
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import fit, wrap

NO_GOAL = "No goal yet. {new-goal} puts one into your own words."
_ONE_LINE = 64
"""From so many cells on, a goal and where it stands are on one line."""
_MOST_STANDS = 42
_BESIDE = 3
"""Cells that the cursor, the mark and the bar take."""
_HEADINGS = {GoalState.REACHED: "Reached", GoalState.LET_GO: "Let go"}


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One line of a goal: its words, or where it stands; without a goal, a heading."""

    goal: Goal | None
    text: str
    first: bool = False
    """Whether it is the line with the words, on which the cursor stands."""
    words: bool = False
    """Whether the words go on here."""


class GoalList(RowList[GoalLine]):
    """Goals as rows, open ones first."""

    def __init__(self, book: Book) -> None:
        super().__init__(id="goals", empty=NO_GOAL)
        self._book = book
        self._goals: Sequence[Goal] = ()
        self._asks: Mapping[str, int] = {}
        self._beside = 0

    def key_of(self, item: GoalLine) -> str:
        """The first line is known by its goal, any other by nothing that a cursor could stand on."""
        return item.goal.uid if item.goal is not None and item.first else ""

    def can_select(self, item: GoalLine) -> bool:
        """The cursor stands on the words."""
        return item.first

    def draw(self, item: GoalLine, width: int) -> Pieces:
        """Return the words, with where the goal stands beside them, or below them where there is no room."""
        if item.goal is None or not (item.first or item.words):
            return [(fit(item.text, width), "quiet")]
        style = "strong" if item.goal.state is GoalState.OPEN else ""
        if width < _ONE_LINE or item.words:
            return [(fit(item.text, width), style)]
        beside = self._beside
        return [(fit(item.text, width - beside - 2) + "  ", style), (fit(self._stands(item.goal), beside), "quiet")]

    @property
    def goal(self) -> Goal | None:
        """The goal under the cursor."""
        return None if self.current is None else self.current.goal

    def refill(self, *, stay_on: str | None = None) -> None:
        """Show the goals as they are now; the cursor stays on its goal, or goes to `stay_on`."""
        self._goals = goals_in_order(self._book)
        self._asks = asks_counted(self._book)
        self._beside = min(_MOST_STANDS, max((len(self._stands(goal)) for goal in self._goals), default=0))
        self.lay_out(stay_on=stay_on)

    def lay_out(self, *, stay_on: str | None = None) -> None:
        """Make the lines anew, for the width that there is."""
        lines: list[GoalLine] = []
        before = GoalState.OPEN
        narrow = self.size.width - _BESIDE < _ONE_LINE
        for goal in self._goals:
            if goal.state is not before:
                lines.append(GoalLine(None, _HEADINGS[goal.state]))
                before = goal.state
            lines += self._narrow(goal) if narrow else [GoalLine(goal, goal_words(goal), first=True)]
        here = None if self.goal is None else self.goal.uid
        self.set_class(len(lines) < 4, "-few")
        self.show(lines, stay_on=stay_on or here)

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self.lay_out()

    def _narrow(self, goal: Goal) -> list[GoalLine]:
        """Return the words of a goal on at most two lines, and below them where it stands."""
        first, *more = wrap(goal_words(goal), max(10, self.size.width - _BESIDE))
        below = [" ".join(more)] if more else []
        return [
            GoalLine(goal, first, first=True),
            *(GoalLine(goal, line, words=True) for line in below),
            GoalLine(goal, f"  {self._stands(goal)}"),
        ]

    def _stands(self, goal: Goal) -> str:
        asks = ""
        if goal.state is GoalState.OPEN:
            asks = tell_count(self._asks[goal.uid], "ask") if goal.uid in self._asks else "no ask yet"
        return " · ".join(filter(None, (str(goal.kind), stands(goal, self._book.today), asks)))

    @property
    def title(self) -> str:
        """What the frame says: how many goals are open."""
        open_ones = sum(goal.state is GoalState.OPEN for goal in self._goals)
        return f"Goals · {open_ones} open" if self._goals else "Goals"
