"""The pane of the message: the words that the user may say or send, as they are written."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class MessagePane(VerticalScroll):
    """Shows the message."""

    def __init__(self) -> None:
        super().__init__(id="message", classes="pane")
        self.text = ""
        """The message as it stands."""

    def compose(self) -> ComposeResult:
        """Lay the text out."""
        yield Static("", markup=False)

    def on_mount(self) -> None:
        """Say what this is."""
        self.border_title = Content(" The message ")

    def show(self, text: str) -> None:
        """Show another message."""
        if text != self.text:
            self.text = text
            self.query_one(Static).update(Content(text))
            self.call_after_refresh(self._fit)

    def on_resize(self) -> None:
        """See whether all of it fits."""
        self._fit()

    def _fit(self) -> None:
        """Take the focus only where there is something to scroll."""
        self.can_focus = self.has_focus or self.max_scroll_y > 0
