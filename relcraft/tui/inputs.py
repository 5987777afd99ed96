"""Fields to type in that let no control character through to the terminal, however it comes in."""

from textual import events
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import Input, TextArea

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


class TextInput(TextArea):
    """Several lines of text."""

    def edit(self, edit: Edit) -> EditResult:
        """Put text in, of which only what can be shown is kept."""
        edit.text = clean(edit.text)
        return super().edit(edit)
