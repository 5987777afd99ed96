"""Several lines to type in that let no control character through to the terminal, however it comes in."""

from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.widgets import TextArea

from relcraft.domain.text import clean


class TextInput(TextArea):
    """Several lines of text."""

    def edit(self, edit: Edit) -> EditResult:
        """Put text in, of which only what can be shown is kept."""
        edit.text = clean(edit.text)
        return super().edit(edit)
