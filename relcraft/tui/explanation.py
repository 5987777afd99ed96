"""A small window that says in sentences how something came about."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class Explanation(ModalScreen[None]):
    """Shows sentences, one paragraph each, until a key closes it."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,equals_sign,q", "dismiss", "Close"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space,ctrl+d", "scroll(10)", "Page down", show=False),
        Binding("pageup,ctrl+u", "scroll(-10)", "Page up", show=False),
    ]

    def __init__(self, title: str, sentences: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._sentences = tuple(sentences)

    def compose(self) -> ComposeResult:
        """Lay the sentences out."""
        with VerticalScroll(classes="dialog", can_focus=False):
            for sentence in self._sentences:
                yield Static(sentence, markup=False, classes="sentence")

    def on_mount(self) -> None:
        """Say what is explained, and how to close."""
        window = self.query_one(".dialog")
        window.border_title = Content(self._title)
        window.border_subtitle = Content("esc close")

    def action_scroll(self, lines: int) -> None:
        """Move the sentences by some lines."""
        self.query_one(".dialog").scroll_relative(y=lines, animate=False)
