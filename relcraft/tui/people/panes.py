"""The arrangement of the People screen: its three panes, who is selected, and the ways between them."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from relcraft.book.open import Book
from relcraft.domain.changes import Op
from relcraft.domain.records import Ask, Contact, FollowUp, Introduction
from relcraft.tui.adding import Adding
from relcraft.tui.bars import KeyBar
from relcraft.tui.commands import REGISTRY
from relcraft.tui.inputs import LineInput
from relcraft.tui.people.balance_pane import BalancePane
from relcraft.tui.people.contact_list import ContactList
from relcraft.tui.people.entry import Story
from relcraft.tui.people.timeline import Timeline
from relcraft.tui.registry import Registry
from relcraft.tui.rows import RowList
from relcraft.tui.tabs import OF_SOMEBODY
from relcraft.tui.telling import entitle

A = TypeVar("A")


class FilterLine(LineInput):
    """The line in which the filter of the contact list is typed."""

    scope = "filter"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("filter")]

    def __init__(self) -> None:
        super().__init__(
            id="filter", placeholder="name, #tag, org:, circle:, due:", compact=True, select_on_focus=False
        )

    def action_filter_keep(self) -> None:
        """Go to the list."""
        self.screen.query_one(ContactList).focus()

    def action_filter_clear(self) -> None:
        """Show everybody again, and go to the list."""
        self.value = ""
        self.screen.query_one(ContactList).focus()


class Panes(Adding):
    """Three panes, two or one, by the width of the terminal. The details follow the selected contact."""

    TAB = "tab-people"
    AUTO_FOCUS = "#contacts"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("people")]

    def __init__(self, book: Book, *, banner: str = "", registry: Registry = REGISTRY) -> None:
        super().__init__(book, banner=banner, registry=registry)
        self._details_wait = False

    def body(self) -> ComposeResult:
        """Lay out the panes."""
        with Horizontal(id="panes"):
            with Vertical(id="people"):
                yield ContactList(self.book)
                yield FilterLine()
            with Container(id="details"):
                yield Story(self.book)
                yield BalancePane(self.book)

    def on_mount(self) -> None:
        """Tell the keys in the frame; a tab begins to follow the book by itself."""
        if not self.is_laid_out:
            return
        self.query_one("#people").border_subtitle = Content(self.registry.told("filter", "sort", "mark"))
        self.query_one(Story).border_subtitle = Content(self.registry.told("brief", "introduce"))
        self.balance.border_subtitle = Content(self.registry.told("explain", "ask"))

    def refill(self) -> None:
        """Show who is selected by now; the list follows each change by itself."""
        self._show_details()

    # What there is

    @property
    def contacts(self) -> ContactList:
        """The contact list."""
        return self.query_one(ContactList)

    @property
    def timeline(self) -> Timeline:
        """The timeline of the selected contact."""
        return self.query_one(Timeline)

    @property
    def balance(self) -> BalancePane:
        """The balance with the selected contact."""
        return self.query_one(BalancePane)

    @property
    def pane(self) -> RowList[str] | Timeline | BalancePane:
        """The pane in which the user is."""
        focused = self.focused
        return focused if isinstance(focused, Timeline | BalancePane) else self.contacts

    @property
    def contact(self) -> Contact | None:
        """Who is selected; None where nobody is there."""
        uid = self.contacts.current
        found = None if uid is None else self.book.get("contacts", uid)
        return found if isinstance(found, Contact) else None

    @property
    def home(self) -> ContactList:
        """The contact list."""
        return self.contacts

    @property
    def scope(self) -> str:
        """The pane's, or the filter's."""
        return getattr(self.focused, "scope", "contacts") if isinstance(self.focused, Widget) else "contacts"

    def clear_marks(self) -> None:
        """Take the marks off the contacts."""
        self.contacts.clear_marks()

    def people(self) -> Sequence[str]:
        """Return the uids of whom a command is about: the marked ones, else who is selected."""
        return self.contacts.chosen

    def go_to(self, uid: str) -> None:
        """Select a contact, whatever filter holds."""
        contact = self.book.contact(uid)
        if contact.archived is not self.contacts.archive or uid not in self.contacts.items:
            self.contacts.archive = contact.archived
            self.query_one(FilterLine).value = ""
            self.contacts.filter = ""
            self.contacts.refill(stay_on=uid)
        else:
            self.contacts.show(self.contacts.items, stay_on=uid)
        self.show_place()

    # Following

    def book_changed(self, ops: Sequence[Op]) -> None:
        """Show what changed. Once for each change: the list is only asked anew, never rebuilt from records."""
        if not self.is_attached:
            return
        new = [op.uid for op in ops if op.table == "contacts" and op.before is None]
        self.contacts.refill(stay_on=new[0] if len(new) == 1 and not self.contacts.filter else None)
        self.show_details_soon()
        self.show_place()
        self.show_waiting()

    def day_turned(self) -> None:
        """Show everything as of the new day."""
        self.contacts.refill()
        super().day_turned()

    @on(RowList.Highlighted, "#contacts")
    def _another_contact(self) -> None:
        self.show_details_soon()

    @on(RowList.Highlighted, "#timeline")
    def _another_entry(self) -> None:
        self.query_one(Story).show_entry()
        self.show_place()

    def show_details_soon(self) -> None:
        """Bring timeline and balance in step when the keys that wait are done: holding j draws them once."""
        if not self._details_wait:
            self._details_wait = True
            self.call_after_refresh(self._show_details)

    def _show_details(self) -> None:
        self._details_wait = False
        contact = self.contact
        uid = None if contact is None else contact.uid
        self.timeline.show_contact(uid)
        self.query_one(Story).show_entry()
        self.balance.show_contact(uid)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say which keys work now; below 80 columns, show the pane that has the focus alone."""
        widget = event.widget
        at = widget.id if isinstance(widget, Timeline | BalancePane) else "contacts"
        for pane in ("contacts", "timeline", "balance"):
            self.set_class(pane == at, f"-at-{pane}")
        self.show_place()

    def on_resize(self) -> None:
        """Fit the titles to the new width."""
        self.call_after_refresh(self.show_place)

    def show_place(self) -> None:
        """Bring titles and footer in step with focus, marks and filter."""
        if not self.is_laid_out:
            return
        people = self.query_one("#people")
        entitle(people, self.contacts.title(people.size.width - 4))
        self.timeline.refresh_title()
        line = self.query_one(FilterLine)
        line.set_class(bool(self.contacts.filter) or self.focused is line, "-holds")
        scope = self.scope
        self.query_one(KeyBar).set_class(self.typing, "-hidden")
        scopes = ("filter",) if scope == "filter" else (scope, "rows", "people", "tab", "app")
        marked = scope != "filter" and bool(self.pane.marks)
        keys = self.registry.footer(scopes, marked=marked)
        senseless = {
            "done": not isinstance(self.timeline.record(), FollowUp | Ask | Introduction),
            "explain": self.pane is not self.balance,
            **dict.fromkeys(("circle", "tag", "log-today"), marked and self.pane is not self.contacts),
        }
        if not self.has_somebody:
            senseless |= dict.fromkeys((*OF_SOMEBODY, "edit", "filter"), True)
        self.query_one(KeyBar).show([entry for entry in keys if not senseless.get(entry[0].id)])

    # Ways

    def _panes(self) -> list[Widget]:
        return [self.contacts, self.timeline, self.balance]

    def _step(self, by: int) -> None:
        panes = self._panes()
        at = panes.index(self.pane) if self.pane in panes else 0
        panes[(at + by) % len(panes)].focus()

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._step(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self._step(-1)

    def action_back(self) -> None:
        """Go back one level: marks, filter, pane."""
        if self.pane.clear_marks():
            self.show_place()
        elif self.pane is not self.contacts:
            self.contacts.focus()
        elif self.contacts.filter:
            self.query_one(FilterLine).value = ""
        elif self.contacts.archive:
            self.show_archive(archived=False)

    # Finding

    def action_filter(self) -> None:
        """Type a filter."""
        self.query_one(FilterLine).add_class("-holds").focus()
        self.call_after_refresh(self.book.prepare_search)

    @on(Input.Changed, "#filter")
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self.contacts.filter_by(event.value)
        self.show_place()

    def action_sort(self) -> None:
        """Go on to the next order."""
        self.contacts.sort_next()
        self.show_place()

    def action_show_archive(self) -> None:
        """Show the archive, or everybody else again."""
        self.show_archive(archived=not self.contacts.archive)

    def show_archive(self, *, archived: bool) -> None:
        """Show the archive, or everybody else."""
        self.contacts.clear_marks()
        self.contacts.archive = archived
        self.query_one(FilterLine).value = ""
        self.contacts.filter = ""
        self.contacts.refill()
        self.contacts.focus()
        self.show_details_soon()
        self.show_place()

    # Marking

    def action_mark(self) -> None:
        """Mark the row, and go on to the next."""
        self.pane.toggle_mark()
        self.pane.action_down()
        self.show_place()

    def action_mark_range(self) -> None:
        """Mark up to here, or all."""
        self.pane.mark_up_to_cursor()
        self.show_place()
