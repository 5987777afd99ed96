"""A row of a form: a label, an entry to type or choose in, what was understood, and what is wrong with it."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static, TextArea

from relcraft.tui.forms.entries import ChoiceEntry, LineEntry, NoteEntry, PeopleEntry
from relcraft.tui.forms.fields import Field, Setting, Shape
from relcraft.tui.offers import Offers


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
