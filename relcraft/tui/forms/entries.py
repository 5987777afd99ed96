"""The rows of a form: a label, an entry to type or choose in, what was understood, and what is wrong with it."""

from typing import ClassVar, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea

from relcraft.domain.text import fold
from relcraft.tui.forms.fields import Field, Setting, Shape
from relcraft.tui.forms.people import completed, completions
from relcraft.tui.inputs import LineInput, TextInput
from relcraft.tui.offers import Offers


class Entry(Protocol):
    """What every entry of a row offers."""

    def said(self) -> str:
        """Return the text as it stands."""

    def say(self, text: str) -> None:
        """Put `text` in."""


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
    """One of a few words: left and right go through them, a letter jumps to the next that begins with it."""

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
        return Content.assemble((f"{before}{self.word}{after}", "bold"), (f"  {self._place()}", "dim"))

    def _place(self) -> str:
        return f"{self._options.index(self.word) + 1} of {len(self._options)}"

    def action_turn(self, by: int) -> None:
        """Go `by` words further, round the end."""
        self.word = self._options[(self._options.index(self.word) + by) % len(self._options)]

    def action_done(self) -> None:
        """Leave for the next field."""
        self.post_message(self.Done())

    def on_key(self, event: events.Key) -> None:
        """Jump to the next word that begins with the letter."""
        if event.character is None or not event.character.isalpha():
            return
        at = self._options.index(self.word)
        further = (*self._options[at + 1 :], *self._options[: at + 1])
        self.word = next((each for each in further if each.startswith(fold(event.character))), self.word)
        event.stop()

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


class FormRow(Vertical):
    """One field on the screen."""

    class Changed(Message):
        """The text of the field changed."""

        def __init__(self, row: "FormRow") -> None:
            super().__init__()
            self.row = row

        @property
        def control(self) -> "FormRow":
            """The row."""
            return self.row

    class Done(Message):
        """The user is done with the field: the next one, please."""

    def __init__(self, field: Field, setting: Setting, text: str) -> None:
        super().__init__(id=f"row-{field.name}")
        self.field = field
        self._text = text
        self._offers = Offers()
        self.entry = self._entry(setting)
        self._echo = Static("", classes="echo", markup=False)
        self._wrong = Static("", classes="wrong", markup=False)

    def _entry(self, setting: Setting) -> LineEntry | NoteEntry | ChoiceEntry | PeopleEntry:
        match self.field.shape:
            case Shape.CHOICE:
                return ChoiceEntry(self.field.options, id=f"field-{self.field.name}")
            case Shape.NOTE:
                return NoteEntry(id=f"field-{self.field.name}", compact=True, highlight_cursor_line=False)
            case Shape.PEOPLE:
                return PeopleEntry(setting, self._offers, id=f"field-{self.field.name}")
            case Shape.LINE:
                return LineEntry(compact=True, select_on_focus=self.field.replaced, id=f"field-{self.field.name}")

    def compose(self) -> ComposeResult:
        """Lay the parts of the field out."""
        with Horizontal(classes="line"):
            yield Static(self.field.label, classes="label", markup=False)
            yield self.entry
            if self.field.echo is not None:
                yield self._echo
        if self.field.shape is Shape.PEOPLE:
            yield self._offers

    def on_mount(self) -> None:
        """Fill in the text that the record has."""
        self._echo.display = self._wrong.display = False
        if isinstance(self.entry, LineEntry):
            self.entry.placeholder = self.field.hint
        self.say(self._text)

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self.entry.said() if self.is_mounted else self._text

    def say(self, text: str) -> None:
        """Put `text` in, without telling anybody that it changed."""
        self._text = text
        with self.entry.prevent(Input.Changed, TextArea.Changed, ChoiceEntry.Changed):
            self.entry.say(text)

    def tell(self, wrong: str) -> None:
        """Show what is wrong with the field; nothing hides it."""
        if wrong and not self._wrong.is_attached:
            self.mount(self._wrong)
        self._wrong.update(Content(f"! {wrong}" if wrong else ""))
        self._wrong.display = bool(wrong)
        self.set_class(bool(wrong), "-wrong")

    def echo(self, meaning: str) -> None:
        """Show what was understood; nothing hides it."""
        self._echo.update(Content(meaning))
        self._echo.display = bool(meaning)

    @property
    def wrong(self) -> str:
        """What the field is told to be wrong with; empty where nothing is."""
        return str(self._wrong.content) if self._wrong.display else ""

    @property
    def meaning(self) -> str:
        """What the field shows as understood."""
        return str(self._echo.content) if self._echo.display else ""

    def on_descendant_focus(self) -> None:
        """Show that the user is here."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """Show that the user is elsewhere."""
        self.remove_class("-here")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(ChoiceEntry.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        if isinstance(self.entry, PeopleEntry):
            self.entry.suggest()
        self.post_message(self.Changed(self))

    @on(Input.Submitted)
    @on(ChoiceEntry.Done)
    def _done(self, event: Message) -> None:
        event.stop()
        self.post_message(self.Done())

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if isinstance(self.entry, PeopleEntry):
            self.entry.take(event.option_index)
            self.entry.focus()

    @on(OptionList.OptionHighlighted)
    def _marked(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
