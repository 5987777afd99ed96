"""The Conflicts screen: what waits for a look, the two sides of it, and one key a side."""

from collections.abc import Container, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container as Box
from textual.content import Content
from textual.widget import Widget

from relcraft.book.sides import Sides, keep_here, sides_of, take_there
from relcraft.domain.changes import Change, Op
from relcraft.domain.documents import TABLE_OF
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact, OtherSide
from relcraft.sync.copies import Copy
from relcraft.tui.commands import REGISTRY
from relcraft.tui.conflicts.bringing_in import bring_in
from relcraft.tui.conflicts.side_pane import SidePane
from relcraft.tui.conflicts.waiting_list import NOTHING_WAITS, WaitingList
from relcraft.tui.registry import key_shown
from relcraft.tui.rows import RowList
from relcraft.tui.tabs import Away
from relcraft.tui.telling import entitle, errors_told, tell

_CONFLICTS = TABLE_OF[OtherSide]
_OF_A_CONFLICT = frozenset({"keep-here", "take-there"})
_NAMING = ("contact", "first", "second")
"""The fields of a record that name one contact."""
_TOLD_IN_FRAMES = frozenset({"open", "import", "about-me"})


class ConflictsScreen(Away, inherit_bindings=False):
    """What waits, and beside it the two sides of what is under the cursor. No tab has it: a key opens it from each."""

    TAB = "conflicts"
    AUTO_FOCUS = "#waiting"
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "conflicts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("away"), *REGISTRY.bindings("conflicts")]

    def body(self) -> ComposeResult:
        """Lay out what waits, and the sides of one."""
        self._settled: set[str] = set()
        with Box(id="conflicts"):
            yield WaitingList(self.book)
            yield SidePane(self.book)

    # What there is

    @property
    def waiting(self) -> WaitingList:
        """What waits."""
        return self.query_one(WaitingList)

    @property
    def pane(self) -> SidePane:
        """The two sides of one."""
        return self.query_one(SidePane)

    @property
    def home(self) -> WaitingList:
        """What waits."""
        return self.waiting

    @property
    def scope(self) -> str:
        """Everywhere the same."""
        return "conflicts"

    @property
    def heard(self) -> Sequence[str]:
        """The keys that add are left to the tabs."""
        return (self.scope, "rows", "away", "app")

    def parts(self) -> Sequence[Widget]:
        """Return what waits, and its sides."""
        return [self.waiting, self.pane]

    def people(self) -> Sequence[str]:
        """Return whom the selected conflict is about, as long as they are in the book."""
        sides = self.pane.sides
        record = None if sides is None else sides.here or sides.there
        if isinstance(record, Contact):
            named: Sequence[str | None] = (record.uid,)
        else:
            named = (*getattr(record, "contacts", ()), *(getattr(record, name, None) for name in _NAMING))
        return [uid for uid in named if uid is not None and self.book.get("contacts", uid) is not None]

    @property
    def senseless(self) -> Container[str]:
        """What there is no conflict for, or no person."""
        gone = set(_TOLD_IN_FRAMES) if self.people() else _TOLD_IN_FRAMES | {"open-contact"}
        return gone if self.waiting.conflict is not None else gone | _OF_A_CONFLICT

    # Showing

    def refill(self) -> None:
        """Show what is so now."""
        self._refill()

    def _refill(self, *, go_to: str | None = None) -> None:
        self.waiting.refill(self.relcraft.copies_waiting, go_to=go_to)
        entitle(self.waiting, Content(self.waiting.told))
        self._show_one()

    def book_changed(self, ops: Sequence[Op]) -> None:
        """Follow at once, so that no key is about a conflict that went; what the user settled and undid is gone to."""
        if not self.is_laid_out or self.app.screen_stack[:1] != [self]:
            super().book_changed(ops)
            return
        back = [op.uid for op in ops if op.table == _CONFLICTS and op.before is None and op.uid in self._settled]
        self._settled.difference_update(back)
        self._refill(go_to=back[0] if back else None)
        self.show_place()
        self.show_waiting()

    def on_screen_resume(self) -> None:
        """Catch up with the book and with what a sync program left beside it."""
        self.refill_soon()
        super().on_screen_resume()

    @on(RowList.Highlighted, "#waiting")
    def _another(self) -> None:
        self._show_one()
        self.show_place()

    @on(RowList.Highlighted, "#sides")
    def _another_line(self, event: RowList.Highlighted) -> None:
        event.stop()

    def _show_one(self) -> None:
        """Show the sides of what is under the cursor."""
        conflict = self.waiting.conflict
        one = self.waiting.left_copy if conflict is None else sides_of(self.book, conflict)
        self.pane.show_one(one)
        entitle(self.pane, Content(_title_of(one)))

    def show_place(self) -> None:
        """Bring footer and frames in step with where the user is."""
        super().show_place()
        if self.is_laid_out:
            self.waiting.border_subtitle = Content("enter bring it in" if self.waiting.left_copy else "")
            self.pane.border_subtitle = Content(self._told())

    def _told(self) -> str:
        """Return what the two keys do here, where the footer does not say it."""
        sides = self.pane.sides
        if sides is None or (sides.here is not None and sides.there is not None):
            return ""
        keep, take = (key_shown(self.registry[command].keys[0]) for command in ("keep-here", "take-there"))
        if sides.trouble:
            return f"{keep} drop it"
        if sides.here is None:
            return f"{keep} it stays deleted  {take} bring it back"
        return f"{keep} it stays  {take} delete it here too"

    # Settling

    def action_keep_here(self) -> None:
        """Keep what is here."""
        sides = self._selected()
        self._tell(sides, keep_here(self.book, sides.uid, seen=sides))

    def action_take_there(self) -> None:
        """Take what is on the other side."""
        sides = self._selected()
        self._tell(sides, take_there(self.book, sides.uid, seen=sides))

    def _selected(self) -> Sides:
        """Return the conflict that the user sees. Raises `BadInput` where there is none."""
        self.need_writing()
        conflict = self.waiting.conflict
        if conflict is None:
            raise BadInput("This is a copy: enter brings it in." if self.waiting.left_copy else NOTHING_WAITS)
        sides = self.pane.sides
        return sides if sides is not None and sides.uid == conflict else sides_of(self.book, conflict)

    def _tell(self, sides: Sides, change: Change) -> None:
        self._settled.add(sides.uid)
        undo = key_shown(self.registry["undo"].keys[0])
        tell(self, f"{change.title}. {undo} takes it back")

    # Copies

    @on(RowList.Selected, "#waiting")
    def _opened(self) -> None:
        copy = self.waiting.left_copy
        if copy is not None:
            with errors_told(self):
                bring_in(self, copy)
        elif self.waiting.conflict is not None:
            self.pane.focus()

    @on(RowList.Selected, "#sides")
    def _opened_beside(self, event: RowList.Selected) -> None:
        event.stop()

    # Leaving

    def action_leave_tab(self) -> None:
        """Go back one level: to what waits, or to the tab from which the user came."""
        if self.pane.has_focus:
            self.waiting.focus()
        else:
            self.action_leave_conflicts()

    def action_leave_conflicts(self) -> None:
        """Go back to the tab from which the user came."""
        self.relcraft.open_tab(self.relcraft.last_tab)


def _title_of(one: Sides | Copy | None) -> str:
    match one:
        case None:
            return "Two sides"
        case Sides():
            return one.title
        case _:
            return f"{one.program} left a copy"
