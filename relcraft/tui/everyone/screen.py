"""The Balance screen: everyone by frequency, and capital by month and kind; one filter narrows all of it."""

from collections.abc import Container, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container as Box
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from relcraft.book.capital import MONTHS, Line, capital, everyone, explain_capital, together
from relcraft.domain.errors import BadInput
from relcraft.domain.explaining import Figure, explain
from relcraft.domain.records import Contact
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.tui.adding import AwayTab
from relcraft.tui.commands import REGISTRY
from relcraft.tui.everyone.people import Balances, Columns, SortBy, in_order
from relcraft.tui.everyone.plots import CapitalPane
from relcraft.tui.inputs import LineInput
from relcraft.tui.rows import RowList
from relcraft.tui.telling import entitle, errors_told, tell

_FIGURES = (Figure.FREQUENCY, Figure.TWO_WAY, Figure.STANDING, Figure.LEAN, Figure.GAINS)
_NOBODY = (
    "Nothing was exchanged yet. On People, {gave} notes what you gave, {got} what you got: an introduction, advice, "
    "a lead. Here it stands who gave what, and how often."
)
_NOBODY_FOUND = "Nobody with an exchange answers to that filter. esc shows everybody again."


class EveryoneFilter(LineInput):
    """The line in which the filter is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "keep", "Keep", show=False),
        Binding("escape", "clear", "Clear", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            id="everyone-filter", placeholder="name, #tag, org:, circle:, lean:", compact=True, select_on_focus=False
        )

    def action_keep(self) -> None:
        """Go to the list, with the filter kept."""
        self.screen.query_one(Balances).focus()

    def action_clear(self) -> None:
        """Show everybody again."""
        self.value = ""
        self.screen.query_one(Balances).focus()


class EveryoneScreen(AwayTab):
    """People and plots. Every figure explains itself."""

    TAB = "tab-everyone"
    AUTO_FOCUS = "#balances"
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "everyone.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("everyone")]

    _sort = SortBy.OFTEN
    _uids: list[str] | None = None

    def body(self) -> ComposeResult:
        """Lay out the people and the plots."""
        with Box(id="everyone"):
            with Vertical(id="circle-of-people"):
                yield Columns()
                yield Balances()
                yield EveryoneFilter()
            yield CapitalPane(self.book)

    @property
    def balances(self) -> Balances:
        """The people."""
        return self.query_one(Balances)

    @property
    def home(self) -> Balances:
        """The people."""
        return self.balances

    @property
    def scope(self) -> str:
        """Everywhere the same."""
        return "everyone"

    @property
    def typing(self) -> bool:
        """Whether the filter is typed."""
        return isinstance(self.focused, EveryoneFilter)

    def parts(self) -> Sequence[Widget]:
        """Return people and plots."""
        return [self.balances, self.query_one(CapitalPane)]

    def people(self) -> Sequence[str]:
        """Return who is under the cursor."""
        line = self.balances.current
        return [] if line is None else [line.contact.uid]

    @property
    def senseless(self) -> Container[str]:
        """Where nobody is shown there is nothing to explain, to sort or to open."""
        if self.balances.items:
            return ()
        return {"explain-everyone", "sort-everyone", "open", "open-contact"} | (
            set() if self._uids is not None else {"filter-everyone"}
        )

    def refill(self) -> None:
        """Show what is so now."""
        wanted = self.query_one(EveryoneFilter).value
        self._uids = self.book.search(wanted) if clean_line(wanted) else None
        lines = in_order(everyone(self.book, self._uids), self._sort)
        self.balances.empty = _NOBODY if self._uids is None else _NOBODY_FOUND
        at = self.balances.current
        self.balances.show(lines, stay_on=None if at is None else at.contact.uid)
        self.query_one(Columns).display = bool(lines)
        self.query_one(CapitalPane).show_capital(capital(self.book, uids=self._uids))
        self._entitle(lines)

    def _entitle(self, lines: Sequence[Line]) -> None:
        frequency, two_way = together(lines)
        told = "" if two_way is None else f" · two-way {100 * two_way:.0f} %"
        frame = self.query_one("#circle-of-people")
        who = "Everyone" if self._uids is None else "Filtered"
        often = f"{tell_count(frequency, 'exchange')} in a year"
        entitle(frame, Content(f"{who} · {len(lines)} · {often}{told}"))
        frame.border_subtitle = Content(f"by {self._sort.value}")
        pane = self.query_one(CapitalPane)
        entitle(pane, Content(f"Capital of {MONTHS} months"))
        pane.border_subtitle = Content("undecayed: kind × size")

    # Keys

    @on(RowList.Selected, "#balances")
    def _open_person(self) -> None:
        with errors_told(self):
            self.action_open_contact()

    @on(RowList.Selected, "#capital")
    def _open_figure(self) -> None:
        with errors_told(self):
            self.action_explain_everyone()

    def action_explain_everyone(self) -> None:
        """Tell how the figure under the cursor, or the row of a person, came about."""
        from relcraft.tui.explanation import Explanation  # noqa: PLC0415  # needed by this key alone

        self.app.push_screen(Explanation(*self._explained()))

    def _explained(self) -> tuple[str, Sequence[str]]:
        """Return what is selected, and sentences about it. Raises `BadInput` where that is nothing."""
        pane = self.query_one(CapitalPane)
        if not pane.has_focus:
            title, told = self._person_explained()
        elif pane.figure is None:
            raise BadInput("There is nothing to explain yet: nothing was exchanged in these months.")
        else:
            title, told = str(pane.figure).capitalize(), explain_capital(self.book, pane.figure, uids=self._uids)
        return title, [each[:1].upper() + each[1:] for each in told]

    def _person_explained(self) -> tuple[str, tuple[str, ...]]:
        person: Contact = self.book.contact(self.somebody()[0])
        exchanges = self.book.exchanges_with(person.uid)
        told = [
            sentence
            for figure in _FIGURES
            for sentence in explain(figure, exchanges, self.book.today, self.book.weights)
        ]
        return person.name, tuple(dict.fromkeys(told))

    def action_sort_everyone(self) -> None:
        """Go on to the next order."""
        orders = list(SortBy)
        self._sort = orders[(orders.index(self._sort) + 1) % len(orders)]
        self.balances.cursor = 0
        self.balances.show(())
        self.refill()

    def action_filter_everyone(self) -> None:
        """Type a filter."""
        self.query_one(EveryoneFilter).add_class("-holds").focus()
        self.show_place()

    @on(Input.Changed, "#everyone-filter")
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self.refill_soon()

    def action_leave_tab(self) -> None:
        """Go back one level: from the plots, out of the filter, to People."""
        line = self.query_one(EveryoneFilter)
        if self.balances.has_focus and line.value:
            line.value = ""
        else:
            super().action_leave_tab()

    def show_place(self) -> None:
        """Keep the filter line in sight while it holds."""
        super().show_place()
        for line in self.query(EveryoneFilter):
            line.set_class(bool(line.value) or line.has_focus, "-holds")

    def action_copy_here(self) -> None:
        """Copy what is selected, with how it came about. Raises `BadInput` where that is nothing."""
        title, told = self._explained()
        self.app.copy_to_clipboard("\n".join([title, *(f"{each}." for each in told)]))
        tell(self, f"Copied: {title}")
