"""The first screen of a new book: three ways to begin."""

from enum import StrEnum
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option


class Beginning(StrEnum):
    """How to begin."""

    IMPORT = "import"
    ADD = "add"
    SAMPLE = "sample"


_WAYS = {
    "i": (Beginning.IMPORT, "import the people you have", "LinkedIn, a phone, any address book"),
    "n": (Beginning.ADD, "add the first person", "a name is enough"),
    "l": (Beginning.SAMPLE, "look around a sample", "your own book stays empty"),
}


class Welcome(ModalScreen[Beginning | None]):
    """Greets, and asks how to begin; dismisses None for "not now"."""

    CSS_PATH = "arriving.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Not now"),
        Binding("q", "app.quit", "Quit", show=False),
        Binding("j", "move(1)", "Next", show=False),
        Binding("k", "move(-1)", "Before", show=False),
        *(Binding(key, f"take('{key}')", way[1], show=False) for key, way in _WAYS.items()),
    ]

    def __init__(self, place: str) -> None:
        """`place` is where the book will be kept, as the user reads it."""
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """Lay out the greeting and the ways to begin."""
        with Vertical(classes="dialog"):
            yield Static(
                Content(
                    "Relcraft remembers people and what passed between you, shows how give and take stand, "
                    "and makes the next small step easy."
                ),
                classes="greeting",
            )
            yield OptionList(*(Option(_line(key)) for key in _WAYS), markup=False, compact=True)
            kept = f"Your book will be one file, on this computer alone:\n{self._place}" if self._place else ""
            yield Static(Content(kept), classes="kept")

    def on_mount(self) -> None:
        """Say the keys."""
        window = self.query_one(".dialog")
        window.border_title = Content("Welcome")
        window.border_subtitle = Content("a letter, or enter   esc not now   q quit")

    def action_take(self, key: str) -> None:
        """Begin in the way of a key."""
        self.dismiss(_WAYS[key][0])

    def action_move(self, by: int) -> None:
        """Mark the next way, or the one before."""
        ways = self.query_one(OptionList)
        ways.highlighted = min(max((ways.highlighted or 0) + by, 0), ways.option_count - 1)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(list(_WAYS.values())[event.option_index][0])


def _line(key: str) -> Content:
    _way, what, beside = _WAYS[key]
    return Content.assemble((key, "bold"), f"  {what:<28}", (beside, "dim"))
