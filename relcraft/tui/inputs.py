"""A line to type in that lets no control character through to the terminal, however it comes in."""

from textual import events
from textual.widgets import Input

from relcraft.domain.text import clean


class LineInput(Input):
    """One line of text. Several pasted lines become one; none is dropped."""

    def validate_value(self, value: str) -> str:
        """Keep what can be shown."""
        return clean(value).replace("\n", " ").replace("\t", " ")

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = self.validate_value(event.text.strip("\r\n"))
        if self.selection.is_empty:
            self.insert_text_at_cursor(text)
        else:
            self.replace(text, *self.selection)
