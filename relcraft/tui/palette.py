"""The palette: every command by its name, the best match first; enter runs it."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from relcraft.domain.text import clean_line, fold
from relcraft.tui.inputs import LineInput
from relcraft.tui.registry import Command, Registry
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import fit

_KEY_WIDTH = 14
_TITLE_WIDTH = 22
NOT_RUN = frozenset({"help", "palette", "filter-keep", "filter-clear"})
"""Commands that make no sense from a list of commands."""


class CommandRows(RowList[Command | str]):
    """Commands as rows; a text among them is a heading."""

    def key_of(self, item: Command | str) -> str:
        """A command is known by its id."""
        return item if isinstance(item, str) else item.id

    def can_select(self, item: Command | str) -> bool:
        """Headings are read only."""
        return isinstance(item, Command)

    def draw(self, item: Command | str, width: int) -> Pieces:
        """Return the keys, the title, and as much of the sentence as there is room for."""
        if isinstance(item, str):
            return [(item, "heading")]
        rest = max(0, width - _KEY_WIDTH - _TITLE_WIDTH)
        return [
            (fit(item.shown, _KEY_WIDTH), "strong"),
            (fit(item.title, _TITLE_WIDTH), ""),
            (fit(item.help, rest), "quiet"),
        ]


class CommandSearch(ModalScreen[str | None]):
    """A line to type in, and below it the commands that match; dismisses the id of the one to run."""

    TITLE_TOLD = "Commands"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave", show=False),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", "move(10)", "Further", show=False),
        Binding("pageup", "move(-10)", "Back", show=False),
    ]

    def __init__(self, registry: Registry) -> None:
        super().__init__()
        self.registry = registry

    def compose(self) -> ComposeResult:
        """Lay out the line and the commands."""
        with Vertical(classes="commands"):
            yield LineInput(placeholder="type to search", compact=True)
            rows = CommandRows(empty="No command is called that.")
            rows.can_focus = False
            yield rows
            yield Static("", classes="sentence", markup=False)

    def on_mount(self) -> None:
        """Show all."""
        window = self.query_one(".commands")
        window.border_title = Content(self.TITLE_TOLD)
        window.border_subtitle = Content("enter run   esc leave")
        self._show("")

    def found(self, text: str) -> Sequence[Command | str]:
        """Return the commands that match `text`, best first."""
        wanted = fold(clean_line(text))
        runnable = [command for command in self.registry if command.id not in NOT_RUN]
        ranked = [
            (rank, place, command) for place, command in enumerate(runnable) if (rank := _rank(command, wanted)) < 4
        ]
        return [command for _rank_, _place, command in sorted(ranked, key=lambda one: one[:2])]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, text: str) -> None:
        rows = self.query_one(CommandRows)
        rows.cursor = 0
        rows.show(self.found(text))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        rows = self.query_one(CommandRows)
        rows.move_to(rows.cursor + by)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._run()

    @on(RowList.Highlighted)
    def _highlighted(self, event: RowList.Highlighted) -> None:
        event.stop()
        command = self.query_one(CommandRows).current
        self.query_one(".sentence", Static).update(command.help if isinstance(command, Command) else "")

    @on(RowList.Selected)
    def _double_clicked(self, event: RowList.Selected) -> None:
        event.stop()
        self._run()

    def _run(self) -> None:
        command = self.query_one(CommandRows).current
        if isinstance(command, Command):
            self.dismiss(command.id)


def _rank(command: Command, wanted: str) -> int:
    """Return how well a command matches, 0 best; 4 is no match."""
    title = fold(command.title)
    if wanted in command.keys or title.startswith(wanted):
        return 0
    if any(word.startswith(wanted) for word in title.split()):
        return 1
    if wanted in title:
        return 2
    return 3 if all(word in fold(command.help) for word in wanted.split()) else 4


class Palette(CommandSearch):
    """All commands in one list."""
