"""The adding keys of the People screen; everything opens about whom is selected."""

from typing import TYPE_CHECKING

from textual.widget import Widget

from relcraft.book import verbs
from relcraft.book.repeating import repeat
from relcraft.domain.changes import Change
from relcraft.domain.errors import BadInput, ReadOnly
from relcraft.domain.records import Contact
from relcraft.tui.people.panes import Panes
from relcraft.tui.telling import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcraft.tui.add_line import AddLine


class Adding(Panes):
    """Adds to the book, in one line, with one key or in a form."""

    _last_add: Change | None = None
    _opened_in: Widget | None = None

    async def action_add_line(self) -> None:
        """Open the line; what was left in it is offered again."""
        await self._open_line("")

    async def action_gave(self) -> None:
        """Open the line with what was given to whom is selected."""
        await self._open_line(">")

    async def action_got(self) -> None:
        """Open the line with what was received from whom is selected."""
        await self._open_line("<")

    async def action_follow_up(self) -> None:
        """Open the line with a promise to whom is selected."""
        await self._open_line("!")

    @property
    def typing(self) -> bool:
        """Whether the line is open; it tells its own keys."""
        lines = self.query("AddLine")
        return bool(lines) and bool(lines.first().display)

    async def _open_line(self, line: str) -> None:
        from relcraft.tui.add_line import AddLine  # noqa: PLC0415  # the first frame does not need the grammar

        self.need_writing()
        about = self.people()
        self._opened_in = self.focused
        if not self.query(AddLine):
            await self.mount(AddLine(self.book))
        self.query_one(AddLine).open(line, about)

    def on_add_line_saved(self, event: "AddLine.Saved") -> None:
        """Say what is saved, and go on where the user was."""
        self._last_add = event.change
        self._leave_line()
        tell(self, f"Saved: {event.change.title}")

    def on_add_line_left(self) -> None:
        """Go on where the user was."""
        self._leave_line()

    def _leave_line(self) -> None:
        (self._opened_in or self.contacts).focus()
        self._show_place()

    def action_log_today(self) -> None:
        """Log that the user and whom is selected were in touch today."""
        people = self._somebody()
        verbs.in_touch_today(self.book, people)
        self._last_add = self.book.history.last_done()
        self.contacts.clear_marks()
        tell(self, f"In touch today: {self.named(people)}")

    def action_repeat(self) -> None:
        """Add again what was last added, for whom is selected."""
        if self._last_add is None:
            raise BadInput("Nothing was added yet that could be repeated.")
        change = repeat(self.book, self._last_add, self._somebody())
        tell(self, f"Saved again: {change.title}")

    def action_new_contact(self) -> None:
        """Add a person in a form."""
        from relcraft.tui.forms import ContactForm  # noqa: PLC0415  # forms are built when one is opened

        self.need_writing()

        def added(contact: Contact) -> None:
            self.go_to(contact.uid)
            tell(self, f"Added: {contact.name}")

        self.ask(ContactForm(self.book), added)

    def need_writing(self) -> None:
        """Raise `ReadOnly` where nothing can be saved: said before somebody types, not after."""
        if self.book.read_only:
            raise ReadOnly(self.book.read_only)

    def _somebody(self) -> "Sequence[str]":
        people = self.people()
        if not people:
            raise BadInput("Nobody is selected. n adds a person.")
        return people
