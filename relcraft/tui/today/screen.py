"""The Today screen: at most a few small moves, each with its reason, each done, dropped or snoozed with one key."""

from collections.abc import Container, Sequence
from datetime import timedelta
from enum import Enum
from pathlib import PurePath
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container as Box
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from relcraft.book import doing
from relcraft.book.naming import names_of
from relcraft.book.today import all_moves
from relcraft.book.wording import TEMPLATE_OF, words_for
from relcraft.domain.dates import tell_short
from relcraft.domain.errors import BadInput
from relcraft.domain.moves import Act, Move, MoveKind, choose
from relcraft.domain.records import Ask, Contact, Goal, Introduction
from relcraft.domain.words import AskDirection, ExchangeKind
from relcraft.tui.adding import AwayTab
from relcraft.tui.commands import REGISTRY
from relcraft.tui.registry import key_shown
from relcraft.tui.rows import RowList
from relcraft.tui.telling import entitle, tell
from relcraft.tui.today.beginning import beginnings
from relcraft.tui.today.move_list import MoveList

_SNOOZE_DAYS = 7
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


class View(Enum):
    """Which moves are shown."""

    FEW = "Today"
    ALL = "All moves"
    GIVE = "Give first"
    """What one looks for and another, or the user, can offer."""


class TodayScreen(AwayTab):
    """The moves of today, or all of them, and the words that go with the one under the cursor."""

    TAB = "tab-today"
    AUTO_FOCUS = "#moves"
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("today")]

    _view = View.FEW
    _gifts: Sequence[Move] = ()
    _every: Sequence[Move] = ()
    """Every move, as of the last look."""
    _more = False
    """Whether there are more moves than the few of today."""
    _count = 0

    def body(self) -> ComposeResult:
        """Lay out the moves and the words."""
        with Box(id="today"):
            yield MoveList(self.book)
            with VerticalScroll(id="words"):
                yield Static("", markup=False)

    def on_mount(self) -> None:
        """Tell the keys in the frames."""
        if not self.is_laid_out:
            return
        self.query_one("#words").border_title = Content("Words to begin with")
        self.query_one("#words").border_subtitle = Content(self.registry.told("copy-here"))
        super().on_mount()

    @property
    def moves(self) -> MoveList:
        """The list."""
        return self.query_one(MoveList)

    @property
    def home(self) -> MoveList:
        """The list."""
        return self.moves

    @property
    def scope(self) -> str:
        """Everywhere the same."""
        return "today"

    def parts(self) -> Sequence[Widget]:
        """Return the moves and, where there are any, the words."""
        words = self.query_one("#words")
        return [self.moves] if words.has_class("-none") else [self.moves, words]

    def people(self) -> Sequence[str]:
        """Return who the move under the cursor is about."""
        move = self.moves.move
        uids = () if move is None else (move.contact, move.other)
        return [uid for uid in uids if uid is not None and self.book.get("contacts", uid) is not None]

    @property
    def senseless(self) -> Container[str]:
        """Where there is no move, nothing can be done with one."""
        gone = set() if self._more or self._view is not View.FEW else {"all-moves"}
        if self.moves.move is None:
            return gone | {"move-done", "move-drop", "move-snooze", "open", "open-contact"}
        return gone if self.people() else gone | {"open-contact"}

    def refill(self) -> None:
        """Show what is so now."""
        self._every = all_moves(self.book)
        self._show_moves()

    def _show_moves(self) -> None:
        moves, few = self._every, choose(self._every, self.book.rules.moves)
        self._gifts = [move for move in moves if move.kind is MoveKind.GIVE]
        if self._view is View.GIVE and not self._gifts:
            self._view = View.FEW
        shown = {View.FEW: few, View.ALL: moves, View.GIVE: self._gifts}[self._view]
        self._more = len(moves) > len(few)
        self._count = len(moves)
        circle = any(move.kind is MoveKind.CIRCLE for move in moves)
        begin = () if self._more else beginnings(self.book, self.registry, circle=not circle)
        self.moves.show_moves(shown, begin)
        entitle(self.moves, Content(self._title(len(shown))))
        self._show_words()

    def _title(self, count: int) -> str:
        if not count:
            return "Today"
        if self._view is not View.FEW:
            return f"{self._view.value} · {count}"
        number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        return f"{number} small {'move' if count == 1 else 'moves'}"

    @on(RowList.Highlighted)
    def _another_move(self) -> None:
        self._show_words()
        self.show_place()

    def _show_keys(self) -> None:
        """Tell in the frame what the keys do with the move under the cursor."""
        move, told = self.moves.move, []
        if move is not None and move.choices and move.choices[0].label != self.registry["move-done"].label:
            told.append(f"{key_shown(self.registry['move-done'].keys[0])} {move.choices[0].label}")
        if move is not None and len(move.choices) > 1:
            told.append(f"{key_shown(self.registry['open'].keys[0])} choices")
        key = key_shown(self.registry["all-moves"].keys[0])
        if self._view is View.ALL and self._gifts:
            told.append(f"{key} give first · {len(self._gifts)}")
        elif self._view is not View.FEW:
            told.append(f"{key} only today's")
        elif self._more:
            told.append(f"{key} all moves · {self._count}")
        self.moves.border_subtitle = Content("   ".join(told))

    def _show_words(self) -> None:
        self._show_keys()
        move = self.moves.move
        words = "" if move is None else words_for(self.book, self.relcraft.templates, move)
        self.query_one("#words").set_class(not words, "-none")
        self.query_one("#words Static", Static).update(Content(words.rstrip()))

    # Keys

    def _move(self) -> Move:
        move = self.moves.move
        if move is None:
            raise BadInput("Nothing asks for you here. {ask} drafts an ask, {add-line} adds anything.")
        return move

    def action_move_done(self) -> None:
        """Do what the first choice of the move says."""
        self._do(self._move(), "")

    @on(RowList.Selected)
    def _choose(self) -> None:
        move = self.moves.move
        if move is None or not move.choices:
            return
        from relcraft.tui.choosing import ChoicePicker  # noqa: PLC0415  # needed by this key alone

        picker = ChoicePicker(move.title, [(choice.id, choice.label) for choice in move.choices], [move.reason])
        self.ask(picker, lambda choice: self._do(move, choice))

    def _do(self, move: Move, choice: str) -> None:
        self.need_writing()
        match doing.needs(move, choice):
            case "":
                tell(self, f"Noted: {doing.do(self.book, move, choice).title}")
            case "composer":
                self.open_composer(self._draft_for(move))
            case "circle":
                self._choose_circle(move, choice)
            case "introduction":
                self._introduce()
            case other:
                raise AssertionError(f"A move needs {other}, and no screen opens that.")

    def _draft_for(self, move: Move) -> Ask:
        record = self.book.record(move.record)
        if isinstance(record, Ask):
            return record
        return Ask(
            uid="",
            direction=AskDirection.OUTGOING,
            contact=move.contact or "",
            kind=ExchangeKind.ADVICE,
            goal=record.uid if isinstance(record, Goal) else None,
        )

    def _choose_circle(self, move: Move, choice: str) -> None:
        from relcraft.tui.prompts import CirclePicker  # noqa: PLC0415  # needed by few moves

        question: ModalScreen[Any] = CirclePicker(names_of(self.book, self.people()), self.book.rules.cadences)
        self.ask(
            question,
            lambda circle: tell(self, doing.do(self.book, move, choice or Act.CIRCLE, text=str(circle)).title),
        )

    def _introduce(self) -> None:
        from relcraft.tui.forms import IntroductionForm  # noqa: PLC0415  # forms are built when one is opened

        def begun(stored: Introduction) -> None:
            names = names_of(self.book, [uid for uid in (stored.first, stored.second) if uid])
            tell(self, f"An introduction is under way: {names}")

        self.ask(IntroductionForm(self.book, about=self.people()), begun)

    def action_move_drop(self) -> None:
        """Drop the move: for this occasion it does not come back."""
        tell(self, f"{doing.drop(self.book, self._move()).title}. {{undo}} brings it back")

    def action_move_snooze(self) -> None:
        """Leave the move in peace for a week."""
        until = self.book.today + timedelta(days=_SNOOZE_DAYS)
        doing.snooze(self.book, self._move(), until)
        tell(self, f"In peace until {tell_short(until, self.book.today)}")

    def action_all_moves(self) -> None:
        """Go on from the moves of today to all of them, then to those that give first, and back."""
        views = [view for view in View if view is not View.GIVE or self._gifts]
        self._view = views[(views.index(self._view) + 1) % len(views)]
        self._show_moves()
        self.show_place()

    @property
    def template_here(self) -> str:
        """The template of the words that stand beside the move."""
        move = self.moves.move
        return "hello" if move is None else TEMPLATE_OF.get(move.kind, "hello")

    def action_copy_here(self) -> None:
        """Copy the words that go with the move; where there are none, the move itself."""
        move = self._move()
        words = words_for(self.book, self.relcraft.templates, move)
        self.app.copy_to_clipboard(words or f"{move.title}: {move.reason}")
        about = self.book.get("contacts", move.contact or "")
        whom = f" to {about.name}" if isinstance(about, Contact) else ""
        tell(self, f"Copied: {f'words{whom}' if words else move.title}")
