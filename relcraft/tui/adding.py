"""The adding keys of every tab; everything opens about whom is selected."""

from typing import TYPE_CHECKING, Any

from textual.screen import ModalScreen
from textual.widget import Widget

from relcraft.book import verbs
from relcraft.book.naming import title_of
from relcraft.book.repeating import repeat
from relcraft.domain.changes import Change
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, Contact
from relcraft.domain.words import AskDirection, ExchangeKind
from relcraft.tui.tabs import Away, Tab
from relcraft.tui.telling import tell

if TYPE_CHECKING:
    from relcraft.tui.add_line import AddLine


class Adding(Tab):
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
        self.relcraft.clear_notifications()
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
        (self._opened_in or self.home).focus()
        self.show_place()

    def action_log_today(self) -> None:
        """Log that the user and whom is selected were in touch today."""
        people = self.somebody()
        verbs.in_touch_today(self.book, people)
        self._last_add = self.book.history.last_done()
        self.clear_marks()
        tell(self, f"In touch today: {self.named(people)}")

    def action_repeat(self) -> None:
        """Add again what was last added, for whom is selected."""
        if self._last_add is None:
            raise BadInput("Nothing was added yet that could be repeated.")
        change = repeat(self.book, self._last_add, self.somebody())
        tell(self, f"Saved again: {change.title}")

    def action_new_contact(self) -> None:
        """Add a person in a form."""
        from relcraft.tui.forms import ContactForm  # noqa: PLC0415  # forms are built when one is opened

        self.need_writing()

        def added(contact: Contact) -> None:
            self.relcraft.show_person(contact.uid)
            tell(self, f"Added: {contact.name}")

        self.ask(ContactForm(self.book), added)

    def action_ask(self) -> None:
        """Draft an ask of whom is selected; of nobody yet, where nobody is."""
        people = self.people()
        self.open_composer(
            Ask(
                uid="",
                direction=AskDirection.OUTGOING,
                contact=people[0] if people else "",
                kind=ExchangeKind.ADVICE,
            )
        )

    def open_composer(self, ask: Ask) -> None:
        """Draft an ask, or go on with one that was left as a draft."""
        from relcraft.tui.composer import Composer  # noqa: PLC0415  # needed by few keys

        self.need_writing()
        if not ask.contact:
            self.need_somebody()
        self.ask(Composer(self.book, ask, templates=self.relcraft.templates), lambda _stored: self.show_place())

    def action_asked_of_me(self) -> None:
        """Note what whom is selected asks of the user."""
        from relcraft.tui.asks.incoming import IncomingAskForm  # noqa: PLC0415  # forms are built when one is opened

        self.need_somebody()
        self._open_form(IncomingAskForm(self.book, about=self.people()))

    def action_introduce(self) -> None:
        """Begin an introduction of whom is selected."""
        from relcraft.tui.forms import IntroductionForm  # noqa: PLC0415  # forms are built when one is opened

        self._open_form(IntroductionForm(self.book, about=self.people()))

    def action_tie(self) -> None:
        """Note that whom is selected knows somebody else."""
        from relcraft.tui.forms import TieForm  # noqa: PLC0415  # forms are built when one is opened

        self.need_somebody()
        self._open_form(TieForm(self.book, about=self.people()))

    def _open_form(self, form: ModalScreen[Any]) -> None:
        """Open a form that stores by itself, and say what it stored."""
        self.need_writing()
        self.ask(form, lambda stored: tell(self, f"Saved: {title_of(self.book, stored)}"))

    def action_brief(self) -> None:
        """Show all that matters before a meeting with whom is selected."""
        from relcraft.tui.brief import BriefScreen  # noqa: PLC0415  # needed by this key alone

        self.app.push_screen(BriefScreen(self.book, self.somebody()[0]))


class AwayTab(Away, Adding):
    """A tab other than People: its own keys, and those that add."""
