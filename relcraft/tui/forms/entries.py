"""What one types or chooses in: a line, a note, one of a few words, names of contacts. All `say` and are `said`."""

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from relcraft.domain.text import fold
from relcraft.tui.forms.fields import Setting
from relcraft.tui.forms.people import completed, completions
from relcraft.tui.forms.text_input import TextInput
from relcraft.tui.inputs import LineInput
from relcraft.tui.offers import Offers
from relcraft.tui.signs import fit


class LineEntry(LineInput):
    """One line of text."""

    def said(self) -> str:
        """Return the text as it stands."""
        return self.value

    def say(self, text: str) -> None:
        """Put `text` in."""
        self.value = text


class NoteEntry(TextInput):
    """Several lines of text; moving up from the first or down from the last leaves it."""

    def said(self) -> str:
        """Return the text as it stands."""
        return self.text

    def say(self, text: str) -> None:
        """Put `text` in."""
        self.text = text

    def action_cursor_up(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  # the signature is Textual's
        """Move up; from the first line to the field before."""
        if self.cursor_at_first_line and not select:
            self.screen.focus_previous()
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  # the signature is Textual's
        """Move down; from the last line to the field after."""
        if self.cursor_at_last_line and not select:
            self.screen.focus_next()
        else:
            super().action_cursor_down(select)


class ChoiceEntry(Widget, can_focus=True):
    """One of a few words: left and right go through them; a letter jumps to the next that begins with it.

    Letters typed one after the other spell a word, as long as there is one that begins so: "ref" is referral.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Before", show=False),
        Binding("right,space", "turn(1)", "Next", show=False),
        Binding("enter", "done", "Done", show=False),
    ]

    word: reactive[str] = reactive("", init=False)

    class Changed(Message):
        """Another word was chosen."""

    class Done(Message):
        """The user is content with the word."""

    def __init__(self, options: tuple[str, ...], *, id: str) -> None:  # noqa: A002  # the name is Textual's
        super().__init__(id=id)
        self._options = options
        self._spelt = ""
        self.set_reactive(ChoiceEntry.word, options[0])

    def said(self) -> str:
        """Return the word that stands."""
        return self.word

    def say(self, text: str) -> None:
        """Choose `text`, or the first word where there is no such one."""
        self.word = text if text in self._options else self._options[0]

    def watch_word(self) -> None:
        """Tell that the word changed."""
        self.post_message(self.Changed())

    def render(self) -> Content:
        """Show all words where they fit, with the chosen one in brackets; else the chosen one alone."""
        before, after = ("[", "]") if not self.has_focus else ("<", ">")
        words = [f"{before}{each}{after}" if each == self.word else f" {each} " for each in self._options]
        if sum(map(len, words)) <= self.size.width:
            styles = ["bold" if each == self.word else "dim" for each in self._options]
            return Content.assemble(*zip(words, styles, strict=True))
        beside = f"  {self._place()}"
        word = fit(self.word, min(cell_len(self.word), max(1, self.size.width - len(beside) - 2))).rstrip()
        return Content.assemble((f"{before}{word}{after}", "bold"), (beside, "dim"))

    def _place(self) -> str:
        return f"{self._options.index(self.word) + 1} of {len(self._options)}"

    def action_turn(self, by: int) -> None:
        """Go `by` words further, round the end."""
        self._spelt = ""
        self.word = self._options[(self._options.index(self.word) + by) % len(self._options)]

    def action_done(self) -> None:
        """Leave for the next field."""
        self.post_message(self.Done())

    def on_key(self, event: events.Key) -> None:
        """Go to the word that is spelt, or to the next one that begins with the letter."""
        if event.character is None or not event.character.isalpha():
            return
        event.stop()
        letter = fold(event.character)
        at = self._options.index(self.word)
        further = (*self._options[at + 1 :], *self._options[: at + 1])
        spelt = [each for each in (self.word, *further) if fold(each).startswith(self._spelt + letter)]
        if self._spelt and spelt:
            self._spelt, self.word = self._spelt + letter, spelt[0]
        else:
            found = next((each for each in further if fold(each).startswith(letter)), None)
            self._spelt, self.word = ("", self.word) if found is None else (letter, found)

    def on_blur(self) -> None:
        """Begin to spell anew the next time."""
        self._spelt = ""

    def on_click(self, event: events.Click) -> None:
        """Choose the word that was clicked, or the next one where only one is shown."""
        start = 0
        if sum(len(each) + 2 for each in self._options) > self.size.width:
            self.action_turn(1)
            return
        for each in self._options:
            if start <= event.x < start + len(each) + 2:
                self.word = each
            start += len(each) + 2


class PeopleEntry(LineEntry):
    """Names of contacts: while one is typed, whom it could mean stands below; enter takes the marked one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "mark(1)", "Next", show=False),
        Binding("up", "mark(-1)", "Before", show=False),
        Binding("escape", "close", "Close", show=False),
    ]

    def __init__(self, setting: Setting, offers: Offers, *, id: str) -> None:  # noqa: A002  # the name is Textual's
        super().__init__(compact=True, select_on_focus=False, id=id)
        self._setting = setting
        self._offers = offers
        self._labels: list[str] = []

    def on_mount(self) -> None:
        """Nothing is offered at first."""
        self._offer([])

    def _offer(self, labels: list[str]) -> None:
        self._labels = labels
        self._offers.offer(map(Content, labels))
        self._offers.display = bool(labels)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of the list work only while it is open; otherwise they are the form's."""
        if action == "mark":
            at = (self._offers.highlighted or 0) + (1 if parameters == (1,) else -1)
            return 0 <= at < len(self._labels)
        return bool(self._labels) if action == "close" else True

    def action_mark(self, by: int) -> None:
        """Mark the next person."""
        self._offers.move(by)

    def action_close(self) -> None:
        """Close the list; the text stays."""
        self._offer([])

    async def action_submit(self) -> None:
        """Take the marked person; without a list, leave for the next field."""
        if self._labels:
            self.take(self._offers.highlighted or 0)
        else:
            await super().action_submit()

    def take(self, offer: int) -> None:
        """Put a whole name where the begun one stands."""
        text = completed(self.value, self._labels[offer])
        self._offer([])
        self.say(text)
        self.cursor_position = len(text)

    def suggest(self) -> None:
        """Offer whom the begun name could mean."""
        labels = completions(self.value, self._setting) if self.has_focus else []
        if labels != self._labels:
            self._offer(labels)

    def on_blur(self) -> None:
        """Leave no list behind."""
        self._offer([])
