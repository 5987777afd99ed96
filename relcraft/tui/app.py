"""The app: the frame around the screens. It ticks, tells errors in one place, and keeps crashes private."""

from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segments
from textual import on
from textual.actions import ActionParseResult
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.filter import LineFilter, Monochrome, NoColor
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen
from textual.theme import Theme

from relcraft.book.open import Book
from relcraft.domain.composing import BUILT_IN, Templates
from relcraft.domain.errors import BadInput, RelcraftError
from relcraft.domain.incoming import NOBODY, Myself
from relcraft.domain.records import OtherSide
from relcraft.tui.bars import KeyBar, TitleBar
from relcraft.tui.commands import REGISTRY
from relcraft.tui.people.screen import PeopleScreen
from relcraft.tui.places import AT_ONCE, TAB_OF, TAB_SCREENS
from relcraft.tui.registry import Command, Registry, key_shown
from relcraft.tui.tabs import TABS, Tab
from relcraft.tui.telling import errors_told, tell, tell_error
from relcraft.tui.themes import PLAIN, THEMES, tokens_of
from relcraft.tui.turns import KeysInTurn
from relcraft.tui.waits import Mark, count_soon, open_duplicates, pairs_told, words_of

if TYPE_CHECKING:
    from relcraft.sync.copies import Copies, Copy
    from relcraft.tui.arriving.importing import Imported

_TICK_SECONDS = 1.0
_TOAST_SECONDS = 4.0
_READ_SECONDS = 12.0


SAMPLE = "sample"
"""What the app returns where the user chose to look around the sample."""


class RelcraftApp(KeysInTurn[str]):
    """Relcraft in the terminal, on a book that somebody opened, folds when it is time, and will close.

    `banner` stands under the title where the book is not the user's own. `place` is where the book is kept, as the user
    reads it; `copies` are those that sync programs leave beside it. `theme` is a theme's name, an unknown one the
    default; `themes` are the user's own, and `me` is who they are in other programs' files; `remarks` are told at the
    beginning. `return_code` is 0 after a quit and 1 after a crash; the app returns `SAMPLE` where that is to be shown
    next.
    """

    TITLE = "Relcraft"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "people/people.tcss"]
    ENABLE_COMMAND_PALETTE = False
    DEFAULT_MODE = TABS[0]
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("app")]

    def __init__(
        self,
        book: Book,
        *,
        banner: str = "",
        place: str = "",
        theme: str = "",
        registry: Registry = REGISTRY,
        templates: Templates = BUILT_IN,
        copies: "Copies | None" = None,
        themes: Sequence[Theme] = (),
        me: Myself = NOBODY,
        remarks: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.book = book
        self.copies = copies
        self.copies_waiting: Sequence[Copy] = ()
        """As of the last look."""
        self.last_tab = TABS[0]
        """The tab from which the user came to what is no tab."""
        self.registry = registry
        self.templates = templates
        """The user's own messages."""
        self.people = PeopleScreen(book, banner=banner, registry=registry)
        """The screen at the root of all others."""
        self._banner = banner
        self._place = place
        for tab in TAB_SCREENS:
            self.add_mode(tab, partial(self._new_tab, tab))
        self._day = book.today
        self._remarks_told = 0
        for each in (*THEMES, *themes):
            self.register_theme(each)
        usual = theme if theme in self.available_themes else THEMES[0].name
        self._turns = list(dict.fromkeys([*(each.name for each in (*THEMES, *themes)), usual]))
        self.me = me
        """Who the user is in other programs' files, as far as their settings say."""
        self._remarks = remarks
        self.theme = PLAIN.name if self.no_color else usual
        if self.no_color:
            self._filters: list[LineFilter] = [
                NoColor() if isinstance(one, Monochrome) else one for one in self._filters
            ]
        if registry is not REGISTRY:
            self.set_keymap(registry.keymap())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own tokens, as they are in a theme that does not set them."""
        return dict(tokens_of(self.current_theme))

    def get_default_screen(self) -> PeopleScreen:
        """Begin with the people."""
        return self.people

    def on_mount(self) -> None:
        """Begin to tick; on a book without anything, ask how to begin."""
        # Only now: from Python 3.12 on, Textual lays out the first screen of a known mode before that is on its stack.
        self.add_mode(TABS[0], lambda: self.people)
        self.set_interval(_TICK_SECONDS, self._tick)
        for remark in self._remarks:
            self.notify(remark, severity="warning", timeout=_READ_SECONDS)
        if self.book.read_only:
            self.notify(self.book.read_only, severity="warning", timeout=_READ_SECONDS)
        elif self.book.is_empty:
            self._welcome()

    def on_app_focus(self) -> None:
        """Look for news at once when the user comes back."""
        self._tick()

    def _tick(self) -> None:
        """Show what other programs wrote, what happened to the file, and the new day after midnight."""
        if not self.screen_stack:
            return  # nothing is shown any more: the program ends
        with errors_told(self):
            self.book.look_for_news()
            remarks = self.book.remarks
            for remark in remarks[self._remarks_told :]:
                self.notify(remark, severity="warning", timeout=_READ_SECONDS)
            self._remarks_told = len(remarks)
            if self.book.today != self._day:
                self._day = self.book.today
                self.book.turn_day()
                for tab in self.tabs():
                    tab.day_turned()
            self.look_for_copies()
            if count_soon(self.book):
                self.current_tab.show_waiting()

    def look_for_copies(self) -> None:
        """Look whether a sync program left a copy beside the book, and say so in the bar."""
        waiting = () if self.copies is None else tuple(self.copies.waiting())
        if waiting != self.copies_waiting:
            self.copies_waiting = waiting
            if self.current_mode in TABS:
                self.current_tab.show_waiting()
            else:
                self.current_tab.refill_soon()

    @property
    def waiting_told(self) -> Sequence[str]:
        """What waits for a look, in fewer and fewer words; empty where nothing does."""
        return words_of(self.book.count(OtherSide), len(self.copies_waiting))

    @property
    def marks(self) -> Sequence[Mark]:
        """What the bar says of all that waits: the command that shows it, and the words."""
        told = (("conflicts", self.waiting_told), ("duplicates", pairs_told(self.book)))
        return [(command, words) for command, words in told if words]

    # Errors

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key says; what went wrong and can be told in a sentence is told in a toast."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except RelcraftError as error:
            tell_error(self, error)
            return True

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002  # what is told may hold a contact's name
    ) -> None:
        """Show a toast, as text and never as markup."""
        super().notify(message, title=title, severity=severity, timeout=timeout or _TOAST_SECONDS, markup=False)

    def _fatal_error(self) -> None:
        """End after a bug with a traceback that shows no values: they are private."""
        from rich.traceback import Traceback  # noqa: PLC0415  # loads a highlighter, and no run should need it

        self.bell()
        traceback = Traceback(show_locals=False, width=None, suppress=["textual"])
        self._exit_renderables.append(Segments(self.console.render(traceback, self.console.options)))
        self._close_messages_no_wait()

    # Beginning

    def _welcome(self) -> None:
        from relcraft.tui.arriving.welcome import Beginning, Welcome  # noqa: PLC0415  # once in the life of a book

        def begin(how: Beginning) -> None:
            match how:
                case Beginning.IMPORT:
                    self.action_import()
                case Beginning.ADD:
                    self.people.action_new_contact()
                case Beginning.SAMPLE:
                    self.exit(SAMPLE)

        self.people.ask(Welcome(self._place), begin)

    def action_import(self) -> None:
        """Import people, then choose those who matter."""
        from relcraft.tui.arriving.importing import ImportScreen  # noqa: PLC0415  # needed by this key alone

        self.people.need_writing()
        self.open_tab("tab-people")
        self.people.ask(ImportScreen(self.book, me=self.me), self.imported)

    def imported(self, came: "Imported") -> None:
        """Go on after an import: to who may be there twice, to those who matter, or back."""
        from relcraft.tui.arriving.fifteen import PickFifteen  # noqa: PLC0415  # as above

        if came.to_look_at:
            self.call_later(self.action_duplicates)
        elif came.added:
            self.push_screen(PickFifteen(self.book, came.added))
        else:
            tell(self, f"{came.title}. {key_shown(self.registry['undo'].keys[0])} takes the import back")

    # Tabs

    def _new_tab(self, tab: str) -> Tab:
        module, name = TAB_SCREENS[tab]
        screen = getattr(import_module(module), name)(self.book, banner=self._banner, registry=self.registry)
        assert isinstance(screen, Tab)  # noqa: S101  # a slip in the table above, not in what a user typed
        return screen

    def tabs(self) -> list[Tab]:
        """Return the tabs that were opened so far."""
        return [stack[0] for stack in self._screen_stacks.values() if stack and isinstance(stack[0], Tab)]

    @property
    def current_tab(self) -> Tab:
        """The tab in which the user is, below any window."""
        tab = self.screen_stack[0]
        assert isinstance(tab, Tab)  # noqa: S101  # nothing else is ever at the root
        return tab

    def open_tab(self, tab: str) -> None:
        """Show a tab, by the id of the command that opens it; not while a window waits for an answer."""
        if len(self.screen_stack) == 1:
            if self.current_mode in TABS:
                self.last_tab = self.current_mode
            self.switch_mode(tab)

    def show_person(self, uid: str) -> None:
        """Show a contact on People."""
        self.open_tab("tab-people")
        self.people.go_to(uid)

    @on(TitleBar.Chosen)
    async def _tab_clicked(self, event: TitleBar.Chosen) -> None:
        await self.run_command(event.command_id)

    def action_open_tab(self, tab: str) -> None:
        """Show a tab."""
        self.open_tab(tab)

    def action_next_tab(self) -> None:
        """Go to the next tab, round the end."""
        self.open_tab(TABS[(TABS.index(self._tab_here) + 1) % len(TABS)])

    def action_previous_tab(self) -> None:
        """Go to the tab before."""
        self.open_tab(TABS[TABS.index(self._tab_here) - 1])

    @property
    def _tab_here(self) -> str:
        return self.current_mode if self.current_mode in TABS else self.last_tab

    def action_conflicts(self) -> None:
        """Show what waits for a look, or say that nothing does."""
        self.look_for_copies()
        if self.waiting_told:
            self.open_tab("conflicts")
        else:
            tell(self, "Nothing waits: no conflict, and no copy beside the book")

    def action_duplicates(self) -> None:
        """Show who may be one person, and what waits to be placed; or say that nothing does."""
        open_duplicates(self)

    # Commands of the whole program

    @on(KeyBar.Pressed)
    async def _key_clicked(self, event: KeyBar.Pressed) -> None:
        await self.run_command(event.command.id)

    async def run_command(self, command_id: str) -> None:
        """Do what a command's key would do: where the user is, or on the tab that the command is of.

        What would change at once something that is not seen only opens its tab, and the key is told.
        """
        command = self.registry[command_id]
        if command.scope == "tab" and self.current_mode not in TABS:
            self.open_tab(self.last_tab)
        if command.scope in TAB_OF and self.current_mode != TAB_OF[command.scope]:
            self.open_tab(TAB_OF[command.scope])
            if command.id in AT_ONCE:
                tell(self, f"{command.title}: {key_shown(command.keys[0])} does that here, with what is selected")
            else:
                self.call_after_refresh(self._run, command)
        else:
            with errors_told(self):  # no key was pressed, so nobody else tells
                await self._run(command)

    async def _run(self, command: Command) -> None:
        screen = self.screen
        focused = screen.focused if screen.focused is not None else screen
        if command.scope == "away" and self.current_mode == TABS[0]:
            raise BadInput(f'"{command.title}" is for the other tabs: 2 to 6 open them.')
        await self.run_action(command.action, focused if command.scope in ("rows", "filter") else screen)

    def action_undo(self) -> None:
        """Take the last change back."""
        tell(self, self.book.undo().title)

    def action_redo(self) -> None:
        """Make the undone change again."""
        tell(self, self.book.redo().title)

    def action_find_person(self) -> None:
        """Go to a person by any part of the name."""
        from relcraft.tui.finder import Finder  # noqa: PLC0415  # needed by this key alone

        self.current_tab.ask(Finder(self.book), self.show_person)

    def action_help(self) -> None:
        """Show all keys."""
        from relcraft.tui.help import Help  # noqa: PLC0415  # needed by this key alone

        self._choose_command(Help(self.registry))

    def action_palette(self) -> None:
        """Find a command by its name."""
        from relcraft.tui.palette import Palette  # noqa: PLC0415  # needed by this key alone

        self._choose_command(Palette(self.registry))

    def _choose_command(self, search: ModalScreen[str | None]) -> None:
        async def run(command_id: str | None) -> None:
            if command_id is not None:
                await self.run_command(command_id)

        self.push_screen(search, run)

    def action_about_me(self) -> None:
        """Let the user say what they can offer and look for."""
        from relcraft.tui.forms import MeForm  # noqa: PLC0415  # forms are built when one is opened

        self.current_tab.need_writing()
        self.current_tab.ask(MeForm(self.book), lambda _stored: tell(self, "Saved: what you say of yourself"))

    def action_next_theme(self) -> None:
        """Go on to the next theme."""
        self.theme = self._turns[(self._turns.index(self.theme) + 1) % len(self._turns)]
        tell(self, f'Theme: {self.theme}, until you quit; theme = "{self.theme}" in the config file keeps it')

    def action_quit_now(self) -> None:
        """Quit, wherever the user is."""
        self.exit()

    def action_help_quit(self) -> None:
        """Say how to quit: ctrl+c copies."""
        tell(self, f"{key_shown(self.registry['quit'].keys[0])} quits; ctrl+q quits from anywhere")
