"""What all tabs share: the bars around them, the book that they follow, and the questions that they ask."""

from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from relcraft.book.naming import names_of
from relcraft.book.open import Book
from relcraft.domain.changes import Op
from relcraft.domain.errors import BadInput, ReadOnly
from relcraft.domain.records import Contact
from relcraft.tui.bars import Banner, KeyBar, TitleBar
from relcraft.tui.commands import REGISTRY
from relcraft.tui.registry import Registry
from relcraft.tui.telling import errors_told

if TYPE_CHECKING:
    from relcraft.tui.app import RelcraftApp

A = TypeVar("A")

TABS = ("tab-people", "tab-today", "tab-asks", "tab-everyone", "tab-goals", "tab-paths")
"""The commands that open the tabs, in their order."""
OF_SOMEBODY = frozenset({"ask", "asked-of-me", "gave", "got", "introduce", "log-today", "open", "open-contact", "tie"})
"""The commands that are about somebody: the footer leaves them out while nobody is in the book."""


class Tab(Screen[None]):
    """One of the screens that the number keys open. It follows the book while it is seen, and catches up when it is.

    A subclass says what stands between the bars (`body`), whom its commands are about (`people`), shows what is so now
    (`refill`), and names the scope of its keys (`scope`) and the command that opens it (`TAB`).
    """

    TAB: ClassVar[str]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-two"), (120, "-three")]  # noqa: RUF012  # Textual says no ClassVar
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("tab")]
    TOLD_ELSEWHERE: ClassVar[frozenset[str]] = frozenset()
    """The commands that work here, too, and are told on the tab where they are at home."""

    def __init__(self, book: Book, *, banner: str = "", registry: Registry = REGISTRY) -> None:
        super().__init__()
        self.book = book
        self.registry = registry
        self._banner = banner
        self._stop_listening: Callable[[], None] | None = None
        self._stale = False
        self._refill_waits = False

    # What a subclass says

    def body(self) -> ComposeResult:
        """Lay out what stands between the bars."""
        raise NotImplementedError

    def people(self) -> Sequence[str]:
        """Return the uids of whom a command is about; empty where that is nobody."""
        raise NotImplementedError

    def refill(self) -> None:
        """Show what is so now."""
        raise NotImplementedError

    @property
    def scope(self) -> str:
        """The scope whose keys are heard where the user is."""
        raise NotImplementedError

    @property
    def home(self) -> Widget:
        """The widget that the user comes back to from a line or a form."""
        raise NotImplementedError

    def clear_marks(self) -> None:
        """Take marks off after a command: there are none, unless a subclass knows better."""

    @property
    def senseless(self) -> Container[str]:
        """The commands that would do nothing where the user is: the footer leaves them out."""
        return ()

    # What all have

    @property
    def relcraft(self) -> "RelcraftApp":
        """The app, as ours."""
        return self.app  # type: ignore[return-value]  # no other app shows a tab

    def compose(self) -> ComposeResult:
        """Lay out the bars and what stands between them."""
        yield TitleBar(self.registry, TABS, self.TAB, self.book.today)
        if self._banner:
            yield Banner(self._banner)
        yield from self.body()
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to follow the book, once: Textual calls this by itself, also where a subclass has called it."""
        if self._stop_listening is not None or not self.is_laid_out:
            return
        self._stop_listening = self.book.subscribe(self.book_changed)
        self.refill()
        self.show_place()
        self.show_waiting()

    @property
    def is_laid_out(self) -> bool:
        """Whether its parts are there: not where the program ends while it is being opened, or after that."""
        return self.is_attached and bool(self.query(KeyBar))

    @property
    def _is_seen(self) -> bool:
        """Whether it is the tab in front, below any window."""
        return self.app.screen_stack[:1] == [self]

    def on_unmount(self) -> None:
        """Stop following the book."""
        if self._stop_listening is not None:
            self._stop_listening()

    def book_changed(self, _ops: Sequence[Op]) -> None:
        """Show what changed when the keys that wait are done; a tab that is not seen waits until it is."""
        if not self.is_laid_out:
            return
        self._stale = True
        if self._is_seen:
            self.refill_soon()

    def refill_soon(self) -> None:
        """Show what is so now when the keys that wait are done: a burst of them costs one look."""
        self._stale = True
        if not self._refill_waits:
            self._refill_waits = True
            self.call_after_refresh(self._refill_now)

    def _refill_now(self) -> None:
        self._refill_waits = False
        if self._stale and self.is_laid_out:
            self._stale = False
            self.refill()
            self.show_place()
            self.show_waiting()

    def on_screen_resume(self) -> None:
        """Catch up with the book, and say which keys work."""
        if self._stale:
            self._refill_now()
        self.show_place()
        self.show_waiting()

    def day_turned(self) -> None:
        """Show everything as of the new day."""
        for bar in self.query(TitleBar):
            bar.show_day(self.book.today)
        self._stale = True
        if self.is_laid_out and self._is_seen:
            self.refill_soon()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002  # People looks at it
        """Say which keys work now."""
        self.show_place()

    def show_place(self) -> None:
        """Bring the footer in step with where the user is."""
        if not self.is_laid_out:
            return
        bar = self.query_one(KeyBar)
        bar.set_class(self.typing, "-hidden")
        senseless = self.senseless
        elsewhere = self.TOLD_ELSEWHERE | (frozenset() if self.has_somebody else OF_SOMEBODY)
        keys = self.registry.footer(self.heard)
        bar.show([entry for entry in keys if entry[0].id not in senseless and entry[0].id not in elsewhere])

    def show_waiting(self) -> None:
        """Say in the bar what waits for a look."""
        for bar in self.query(TitleBar):
            bar.show_waiting(self.relcraft.marks)

    @property
    def heard(self) -> Sequence[str]:
        """The scopes whose keys are heard where the user is, nearest first."""
        return (self.scope, "rows", "away", "tab", "app")

    @property
    def has_somebody(self) -> bool:
        """Whether anybody is in the book."""
        return self.book.count(Contact) > 0

    @property
    def typing(self) -> bool:
        """Whether a line is open at the foot that tells its own keys."""
        return False

    def named(self, uids: Iterable[str]) -> str:
        """Return people as a title names them."""
        return names_of(self.book, list(uids))

    def ask(self, question: ModalScreen[A | None], then: Callable[[A], None]) -> None:
        """Show a form or a question, and go on with what was answered; not where the user left it."""

        def answered(answer: A | None) -> None:
            if answer is not None:
                with errors_told(self):
                    then(answer)

        self.app.push_screen(question, answered)

    def need_writing(self) -> None:
        """Raise `ReadOnly` where nothing can be saved: said before somebody types, not after."""
        if self.book.read_only:
            raise ReadOnly(self.book.read_only)

    def need_somebody(self) -> None:
        """Raise `BadInput` where nobody is in the book yet: said before somebody types, not after."""
        if not self.has_somebody:
            raise BadInput(
                "Nobody is in the book yet, and this is about somebody. {new-contact} on People adds a person."
            )

    def somebody(self) -> Sequence[str]:
        """Return whom a command is about. Raises `BadInput` where that is nobody."""
        people = self.people()
        if not people:
            raise BadInput("Nobody is selected. {find-person} finds a person, {new-contact} on People adds one.")
        return people

    def action_quit(self) -> None:
        """Quit."""
        self.app.exit()


class Away(Tab):
    """A tab other than People."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("away")]
    TOLD_ELSEWHERE: ClassVar[frozenset[str]] = frozenset({"gave", "got", "log-today"})

    def parts(self) -> Sequence[Widget]:
        """Return the parts of the screen that the user goes through, in their order."""
        return [self.home]

    def _step(self, by: int) -> None:
        parts = self.parts()
        at = next((place for place, part in enumerate(parts) if part.has_focus or part.has_focus_within), 0)
        parts[(at + by) % len(parts)].focus()

    def action_next_part(self) -> None:
        """Go to the next part of the screen."""
        self._step(1)

    def action_previous_part(self) -> None:
        """Go to the part before."""
        self._step(-1)

    def action_part_right(self) -> None:
        """Go to the right: to the next part, where a subclass knows nothing nearer."""
        self.action_next_part()

    def action_part_left(self) -> None:
        """Go to the left: to the part before, where a subclass knows nothing nearer."""
        self.action_previous_part()

    def action_leave_tab(self) -> None:
        """Go back one level: to the first part, or to People."""
        if self.home.has_focus:
            self.relcraft.open_tab("tab-people")
        else:
            self.home.focus()

    def action_open_contact(self) -> None:
        """Go to the contact of what is selected."""
        self.relcraft.show_person(self.somebody()[0])

    @property
    def template_here(self) -> str:
        """The name of the message template that fits what is selected."""
        return "ask"

    def action_edit_template(self) -> None:
        """Edit a message template in the user's own editor."""
        from relcraft.tui.templating import choose_template  # noqa: PLC0415  # needed by this key alone

        choose_template(self, self.template_here)

    def action_copy_here(self) -> None:
        """Copy what is selected. Raises `BadInput` where there is nothing to copy."""
        raise BadInput("There is nothing to copy here.")
