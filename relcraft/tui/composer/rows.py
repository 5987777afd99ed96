"""The rows of an ask's fields that a usual form has not: a digit, and what holds one back."""

from textual import events

from relcraft.domain.text import fold
from relcraft.tui.forms.entries import ChoiceEntry, LineEntry, NoteEntry
from relcraft.tui.forms.fields import Setting
from relcraft.tui.forms.row import FormRow


class DigitEntry(LineEntry):
    """One digit from 1 to 9: another one takes its place."""

    def validate_value(self, value: str) -> str:
        """Keep the last digit."""
        return "".join(char for char in value if char in "123456789")[-1:]


class FearEntry(ChoiceEntry):
    """One of a few sentences: a letter jumps to the next in which a word begins with it."""

    def on_key(self, event: events.Key) -> None:
        """Jump: s to "I would look silly"."""
        if event.character is None or not event.character.isalpha():
            return
        at = self._options.index(self.word)
        further = (*self._options[at + 1 :], *self._options[: at + 1])
        self.word = next((each for each in further if _begins(each, event.character)), self.word)
        event.prevent_default()
        event.stop()


def _begins(sentence: str, letter: str) -> bool:
    return any(word.startswith(fold(letter)) for word in fold(sentence).split())


class AskRow(FormRow):
    """One field of an ask."""

    def _entry(self, setting: Setting) -> LineEntry | NoteEntry | ChoiceEntry:
        field = self.field
        if field.name == "chance":
            return DigitEntry(compact=True, select_on_focus=True, id=f"field-{field.name}")
        if field.name == "fear":
            return FearEntry(field.options, id=f"field-{field.name}")
        return super()._entry(setting)
