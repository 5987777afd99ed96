"""The Goals screen: what the user is after, the asks that serve it, who could help, and who led there."""

from collections.abc import Container, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container as Box
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from relcraft.book import goals, verbs
from relcraft.book.courage import message
from relcraft.book.goals_told import first_ask, goal_words, stands, worth_knowing
from relcraft.book.naming import ask_told, names_of, title_of
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Goal
from relcraft.domain.words import GoalState
from relcraft.tui.adding import AwayTab
from relcraft.tui.commands import REGISTRY
from relcraft.tui.goals.goal_lines import GoalEntry
from relcraft.tui.goals.goal_list import GoalList
from relcraft.tui.goals.goal_pane import GoalPane
from relcraft.tui.registry import key_shown
from relcraft.tui.rows import RowList
from relcraft.tui.telling import entitle, errors_told, tell

_OF_THE_LIST = frozenset({"new-goal", "goal-let-go", "goal-edit"})
"""Keys that the footer tells on the list of goals alone; they work beside it too."""
_OF_A_GOAL = frozenset({"goal-reached", "goal-let-go", "goal-edit", "open"})


class GoalsScreen(AwayTab):
    """The goals, and what belongs to the one under the cursor."""

    TAB = "tab-goals"
    AUTO_FOCUS = "#goals"
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "goals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("goals")]

    def body(self) -> ComposeResult:
        """Lay out the goals, and beside them one of them."""
        with Box(id="all-goals"):
            yield GoalList(self.book)
            with Vertical(id="of-goal"):
                yield GoalPane(self.book)
                yield Static("", id="finding", markup=False)

    # What there is

    @property
    def goals(self) -> GoalList:
        """The list of goals."""
        return self.query_one(GoalList)

    @property
    def pane(self) -> GoalPane:
        """What belongs to the goal under the cursor."""
        return self.query_one(GoalPane)

    @property
    def home(self) -> GoalList:
        """The list of goals."""
        return self.goals

    @property
    def scope(self) -> str:
        """Everywhere the same."""
        return "goals"

    def parts(self) -> Sequence[Widget]:
        """Return the goals, and what belongs to one."""
        return [self.goals, self.pane]

    @property
    def _entry(self) -> GoalEntry | None:
        """The ask or the person under the cursor, where the user is among them."""
        return self.pane.entry if self.pane.has_focus else None

    def people(self) -> Sequence[str]:
        """Return whom the selected line is about; nobody on the list of goals."""
        entry = self._entry
        return [] if entry is None or entry.contact is None else [entry.contact]

    @property
    def senseless(self) -> Container[str]:
        """What there is no goal or no person for; beside the list, the keys of the list."""
        gone: set[str] = set() if self.people() else {"open-contact", "log-today", "gave", "got"}
        goal = self.goals.goal
        if goal is None:
            return gone | _OF_A_GOAL
        if goal.state is not GoalState.OPEN:
            gone |= {"goal-let-go", "goal-reached"} if goal.state is GoalState.REACHED else {"goal-let-go"}
        return gone | _OF_THE_LIST if self.pane.has_focus else gone

    # Showing

    def refill(self) -> None:
        """Show what is so now."""
        self.pane.forget()
        self.goals.refill()
        entitle(self.goals, Content(self.goals.title))
        self._show_goal()

    @on(RowList.Highlighted, "#goals")
    def _another_goal(self) -> None:
        self.call_after_refresh(self._show_goal)

    @on(RowList.Highlighted, "#goal")
    def _another_entry(self) -> None:
        self.show_place()

    def _show_goal(self) -> None:
        goal = self.goals.goal
        self.pane.show_goal(goal)
        entitle(self.query_one("#of-goal"), Content("One goal" if goal is None else goal_words(goal)))
        finding = None if goal is None else worth_knowing(self.book, goal)
        line = self.query_one("#finding", Static)
        line.set_class(finding is None, "-none")
        line.update(Content("" if finding is None else finding.told))
        self.show_place()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say which keys work now; below 80 columns, show the part that has the focus alone."""
        if isinstance(event.widget, GoalList | GoalPane):
            self.set_class(event.widget is self.goals, "-at-goals")
            self.set_class(event.widget is self.pane, "-at-goal")
        self.show_place()

    def show_place(self) -> None:
        """Bring footer and frame in step with where the user is."""
        super().show_place()
        if self.is_attached and self.query(GoalPane):
            self.goals.border_subtitle = Content(self._told_of_goals())
            self.query_one("#of-goal").border_subtitle = Content(self._told_here())

    def _told_of_goals(self) -> str:
        """Return what keys do with the goals; one that has ended can be taken up again."""
        goal = self.goals.goal
        if goal is None or goal.state is GoalState.OPEN:
            return self.registry.told("new-goal") if goal is None else self.registry.told("new-goal", "goal-reached")
        again = "goal-reached" if goal.state is GoalState.REACHED else "goal-let-go"
        return f"{self.registry.told('new-goal')}  {key_shown(self.registry[again].keys[0])} open again"

    def _told_here(self) -> str:
        """Return what keys do with the selected line; where the user is not there, what the goal is, with its day."""
        entry, goal = self._entry, self.goals.goal
        if entry is None:
            return "" if goal is None else " · ".join(filter(None, (str(goal.kind), self._day_of(goal))))
        enter, copy = (key_shown(self.registry[each].keys[0]) for each in ("open", "copy-here"))
        if entry.in_chain:
            waits = goal is not None and entry.contact in goals.untold(goal)
            return (f"{enter} they heard of it  " if waits else "") + f"{copy} copies the news"
        does = "drafts an ask" if entry.helper else "what became of it"
        return f"{enter} {does}  {self.registry.told('open-contact')}" if entry.contact else f"{enter} {does}"

    def _day_of(self, goal: Goal) -> str:
        return stands(goal, self.book.today, fully=True)

    # Keys

    def _goal(self) -> Goal:
        goal = self.goals.goal
        if goal is None:
            raise BadInput("There is no goal yet. {new-goal} puts one into your own words.")
        return goal

    def action_new_goal(self) -> None:
        """Put a goal into words, in a form."""
        from relcraft.tui.forms import GoalForm  # noqa: PLC0415  # forms are built when one is opened

        self.need_writing()

        def added(goal: Goal) -> None:
            self.goals.refill(stay_on=goal.uid)
            tell(self, f"Added: {title_of(self.book, goal)}")

        self.ask(GoalForm(self.book), added)

    def action_goal_edit(self) -> None:
        """Edit the goal, in a form."""
        from relcraft.tui.forms import GoalForm  # noqa: PLC0415  # forms are built when one is opened

        goal = self._goal()
        self.need_writing()
        self.ask(GoalForm(self.book, goal), lambda stored: tell(self, f"Saved: {title_of(self.book, stored)}"))

    def action_goal_delete(self) -> None:
        """Delete the goal at once."""
        goal = self._goal()
        verbs.delete(self.book, [goal.uid])
        tell(self, f"Deleted {title_of(self.book, goal)}; its asks stay. {{undo}} brings it back")

    def action_goal_reached(self) -> None:
        """Note that the goal is reached, after asking what came of it; one that is reached is open again."""
        goal = self._goal()
        self.need_writing()
        if goal.state is GoalState.REACHED:
            tell(self, f"{goals.reopen(self.book, goal.uid).title}. {{undo}} takes that back")
            return
        from relcraft.tui.asks.prompts import ask_outcome  # noqa: PLC0415  # needed by few keys

        title, hint = f"Reached: {goal_words(goal)}", "what came of it, in a line"
        ask_outcome(self, title, hint, lambda outcome: self._reach(goal.uid, outcome))

    def _reach(self, uid: str, outcome: str) -> None:
        goals.reach(self.book, uid, outcome=outcome)
        chain = self.book.one(Goal, uid).chain
        led = f"{names_of(self.book, chain)} led there: Today says whom to tell" if chain else "Well done"
        tell(self, f"Reached. {led}")

    def action_goal_let_go(self) -> None:
        """Let the goal go; one that was let go is open again."""
        goal = self._goal()
        if goal.state is GoalState.LET_GO:
            change = goals.reopen(self.book, goal.uid)
        else:
            change = goals.let_go(self.book, goal.uid)
        tell(self, f"{change.title}. {{undo}} takes that back")

    def action_ask(self) -> None:
        """Draft an ask that serves the goal, of the selected person or of nobody yet."""
        goal = self.goals.goal
        if goal is None or goal.state is not GoalState.OPEN:
            super().action_ask()
        else:
            self.open_composer(first_ask(self.book, goal, *self.people()))

    @on(RowList.Selected, "#goals")
    def _open_goal(self) -> None:
        self.pane.focus()

    @on(RowList.Selected, "#goal")
    def _selected_entry(self) -> None:
        entry, goal = self.pane.entry, self.goals.goal
        if entry is not None and goal is not None:
            with errors_told(self):
                self._open_entry(goal, entry)

    def _open_entry(self, goal: Goal, entry: GoalEntry) -> None:
        if entry.ask is not None:
            from relcraft.tui.asks.answering import open_answer  # noqa: PLC0415  # needed by this key alone

            open_answer(self, entry.ask)
        elif entry.contact is not None and entry.in_chain:
            tell(self, goals.tell(self.book, goal.uid, entry.contact).title)
        elif entry.contact is not None:
            self.open_composer(first_ask(self.book, goal, entry.contact))

    def action_copy_here(self) -> None:
        """Copy the news for who led there, else the selected line."""
        goal, entry = self._goal(), self._entry
        if entry is None:
            self._copy(goal_words(goal), goal_words(goal))
        elif entry.ask is not None:
            told = ask_told(self.book, entry.ask)
            self._copy(told, told)
        elif entry.contact is not None and entry.in_chain:
            news = message(
                self.book, self.relcraft.templates, "tell", entry.contact, what=goal.words, outcome=goal.outcome
            )
            self._copy(news, f"words to {names_of(self.book, [entry.contact])}")
        elif entry.contact is not None:
            name = names_of(self.book, [entry.contact])
            self._copy(name, name)

    def _copy(self, text: str, told: str) -> None:
        self.app.copy_to_clipboard(text)
        tell(self, f"Copied: {told}")
