"""The line at the top (where one is, which day it is) and the line at the bottom (the keys that work here)."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from relcraft.domain.dates import tell_day_fully
from relcraft.domain.records import Date
from relcraft.tui.registry import Command, Registry, key_shown

_NAME = "Relcraft"
_GAP = 2
MOST_KEYS = 7
"""How many keys the footer shows at most."""


class TitleBar(Widget):
    """The program's name, the tabs, what waits for a look, and the day."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"bar--tab", "bar--name"}  # noqa: RUF012  # Textual reads it from the class
    DEFAULT_CSS = """
    TitleBar {
        height: 1;
        text-wrap: nowrap;
        color: $quiet;
        text-style: $quiet-style;
        & > .bar--name { text-style: not dim bold; color: $cursor-bar; }
        & > .bar--tab { text-style: not dim bold; color: $foreground; }
    }
    """

    class Chosen(Message):
        """The user clicked on a tab."""

        def __init__(self, command_id: str) -> None:
            super().__init__()
            self.command_id = command_id

    def __init__(self, registry: Registry, tabs: Sequence[str], here: str, today: Date) -> None:
        """`tabs` are the ids of the commands that open them, `here` the one that is open."""
        super().__init__()
        self._tabs = [registry[tab] for tab in tabs]
        self._here = here
        self._registry = registry
        self._marks: Sequence[tuple[str, Sequence[str]]] = ()
        self.today = today

    def show_day(self, today: Date) -> None:
        """Show another day."""
        self.today = today
        self.refresh()

    def show_waiting(self, marks: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Say that something waits: by the command that shows it, in the longest of its words that has room."""
        if marks != self._marks:
            self._marks = marks
            self.refresh()

    def _waits(self) -> list[list[tuple[Command, str]]]:
        """Return what waits, in fewer and fewer words."""
        most = max((len(words) for _command, words in self._marks), default=1)
        return [
            [
                (command := self._registry[name], f"{key_shown(command.keys[0])} {words[min(level, len(words) - 1)]}")
                for name, words in self._marks
            ]
            for level in range(most)
        ]

    def _right(self, left: int) -> tuple[int, list[tuple[Command, str]], str]:
        """Return what waits and the day, as much as there is room for beside `left` cells, and where they begin.

        Rather less is told of the day than of what waits.
        """
        full = tell_day_fully(self.today)
        days = (full, full.rpartition(" ")[0], "")
        for waits, day in ((waits, day) for waits in self._waits() for day in days):
            width = cell_len("  ".join(filter(None, (*(text for _command, text in waits), day))))
            begins = max(left + _GAP, self.size.width - 1 - width)
            if begins + width <= self.size.width:
                return begins, waits, day
        return left, [], ""

    def _placed(self) -> list[tuple[int, Command, str]]:
        """Return the tabs with where each begins; where not all fit, those that are not open show their key alone."""
        told = [f"{key_shown(tab.keys[0])} {tab.title}" for tab in self._tabs]
        if sum(cell_len(each) + 2 for each in told) + len(_NAME) > self.size.width:
            told = [
                text if tab.id == self._here else key_shown(tab.keys[0])
                for tab, text in zip(self._tabs, told, strict=True)
            ]
        placed, at = [], 1 + len(_NAME) + 2
        for tab, text in zip(self._tabs, told, strict=True):
            placed.append((at, tab, text))
            at += cell_len(text) + 2
        return placed

    def render(self) -> Content:
        """Return the line, the day at its right: in full where there is room."""
        name, here = self.get_visual_style("bar--name"), self.get_visual_style("bar--tab")
        left = Content.assemble(" ", (_NAME, name))
        for _at, tab, text in self._placed():
            left = Content.assemble(left, "  ", (text, here) if tab.id == self._here else text)
        begins, waits, day = self._right(left.cell_length)
        line = Content.assemble(left, " " * (begins - left.cell_length))
        for command, text in waits:
            gap = "  " if day or command is not waits[-1][0] else ""
            line = Content.assemble(line, (text, here) if self._here == command.id else text, gap)
        return Content.assemble(line, day)

    def on_click(self, event: events.Click) -> None:
        """Open the tab that was clicked on, or what waits."""
        at, _tab, text = self._placed()[-1]
        begins, waits, _day = self._right(at + cell_len(text))
        for command, told in waits:
            if begins <= event.x < begins + cell_len(told):
                self.post_message(self.Chosen(command.id))
            begins += cell_len(told) + _GAP
        for at, tab, text in self._placed():
            if at <= event.x < at + cell_len(text):
                self.post_message(self.Chosen(tab.id))


class Banner(Widget):
    """One line that says what book this is, where it is not the user's own."""

    DEFAULT_CSS = """
    Banner { height: 1; text-wrap: nowrap; padding: 0 1; color: $cursor-bar; text-style: bold; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self) -> Content:
        """Return the line."""
        return Content(self._text)


class KeyBar(Widget):
    """The keys that work where the user is. A click on one runs it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"bar--key"}  # noqa: RUF012  # Textual reads it from the class
    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        text-wrap: nowrap;
        color: $quiet;
        text-style: $quiet-style;
        & > .bar--key { text-style: not dim bold; color: $cursor-bar; }
    }
    """

    class Pressed(Message):
        """The user clicked on a command."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def __init__(self) -> None:
        super().__init__()
        self._commands: Sequence[tuple[Command, str]] = ()

    def show(self, commands: Sequence[tuple[Command, str]]) -> None:
        """Show these commands with their labels; the last stays when not all fit."""
        if commands != self._commands:
            self._commands = commands
            self.refresh()

    def _fitting(self) -> list[tuple[int, int, Command, str]]:
        """Return the commands that fit with their first and last cell; the last one is always among them."""
        chosen = list(self._commands[:MOST_KEYS])
        if len(self._commands) > MOST_KEYS:
            chosen[-1] = self._commands[-1]
        while len(chosen) > 1 and sum(map(_width, chosen)) + 1 > self.size.width:
            del chosen[-2]
        placed, x = [], 1
        for command, label in chosen:
            placed.append((x, x + _width((command, label)) - 2, command, label))
            x = placed[-1][1] + 2
        return placed

    def render(self) -> Content:
        """Return the line."""
        key = self.get_visual_style("bar--key")
        content = Content(" ")
        for _first, _last, command, label in self._fitting():
            content = Content.assemble(content, (key_shown(command.keys[0]), key), f" {label}  ")
        return content

    def on_click(self, event: events.Click) -> None:
        """Run what was clicked on."""
        for first, last, command, _label in self._fitting():
            if first <= event.x < last:
                self.post_message(self.Pressed(command))


def _width(entry: tuple[Command, str]) -> int:
    command, label = entry
    return cell_len(key_shown(command.keys[0])) + 1 + cell_len(label) + 2
