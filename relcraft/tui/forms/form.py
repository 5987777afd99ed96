"""The form: rows for the fields of one record, told what is wrong beside each, saved by a verb, never lost silently."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.documents import TABLE_OF
from relcraft.domain.errors import BadInput, Conflict, NotKept
from relcraft.domain.records import Record
from relcraft.tui.forms.fields import Field, Setting
from relcraft.tui.forms.row import FormRow

R = TypeVar("R", bound=Record)

_FRAME_LINES = 3
"""The border and the buttons."""
_WORD_LINES = 2


def _no_doubts(_record: Record) -> Mapping[str, str]:
    return {}


class Form(ModalScreen[R | None], Generic[R]):
    """Edits one record, or makes a new one; dismisses the record as it is stored, or None when it was left.

    A field that the user does not touch keeps its value, whatever that is; so do those that the form does not show.
    `people` are the uids that the record names; `doubts` tells what is wrong between its fields, by field.
    """

    CSS_PATH = "form.tcss"
    FIELDS: ClassVar[tuple[Field, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save"),
        Binding("escape", "leave", "Leave"),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(
        self,
        book: Book,
        record: R,
        *,
        title: str,
        add: Callable[[Book, R], R],
        people: tuple[str, ...] = (),
        doubts: Callable[[R], Mapping[str, str]] = _no_doubts,
    ) -> None:
        super().__init__()
        self._book = book
        self._record = record
        self._add = add
        self._doubts = doubts
        self._title = title
        self._setting = Setting(now=book.now, directory=book, people=people, customs=book.rules.customs)
        self._printed = self._print(record)
        self._rows = {field.name: FormRow(field, self._setting, self._printed[field.name]) for field in self.FIELDS}
        self._warned = False

    @property
    def _is_new(self) -> bool:
        return not self._record.uid

    def _print(self, record: R) -> dict[str, str]:
        return {field.name: field.print(getattr(record, field.name), self._setting) for field in self.FIELDS}

    def compose(self) -> ComposeResult:
        """Lay out the rows, and below them what the form has to say."""
        with Vertical(id="form"):
            with VerticalScroll(id="form-rows", can_focus=False):
                yield from self._rows.values()
            yield Static("", id="form-word", markup=False)
            with Horizontal(id="form-doors"):
                yield Button("Save", id="form-save", compact=True, variant="primary")
                yield Button("Leave", id="form-leave", compact=True)
                yield Static("ctrl+s save   tab next   esc leave", id="form-keys", markup=False)

    def on_mount(self) -> None:
        """Say what the form is of, and start in its first field, or the first that needs something."""
        self.query_one("#form").border_title = Content(self._title)
        for row in self._rows.values():
            self._echo(row)
        first = next((row for row in self._rows.values() if row.field.missing and not row.text), None)
        (first or next(iter(self._rows.values()))).entry.focus()

    # What is typed

    @property
    def touched(self) -> tuple[str, ...]:
        """The names of the fields whose text is another than the record's, in their order."""
        return tuple(name for name, row in self._rows.items() if row.text != self._printed[name])

    @on(FormRow.Changed)
    def _changed(self, event: FormRow.Changed) -> None:
        event.stop()
        event.row.tell("")
        self._say("")
        self._warned = False
        self._echo(event.row)

    @on(FormRow.Done)
    def _done(self, event: FormRow.Done) -> None:
        event.stop()
        self.focus_next()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Tell what is wrong with a field as soon as it is left."""
        row = next((row for row in self._rows.values() if row.entry is event.widget), None)
        if row is not None and row.field.name in self.touched:
            _value, wrong = self._read(row)
            row.tell(wrong)

    def _echo(self, row: FormRow) -> None:
        """Show what the text of a field means, where it means something and does not say so itself."""
        meaning = ""
        if row.field.echo is not None and row.text:
            value, wrong = self._read(row)
            meaning = "" if wrong else row.field.echo(value, self._setting)
        row.echo("" if meaning == row.text else meaning)

    def _read(self, row: FormRow) -> tuple[Any, str]:
        """Return the value of a field and an empty text, or nothing and what is wrong."""
        try:
            return row.field.read(row.text, self._setting), ""
        except BadInput as bad:
            return None, str(bad)

    def _say(self, sentence: str) -> None:
        word = self.query_one("#form-word", Static)
        word.update(Content(sentence))
        word.display = bool(sentence)
        self._fit()

    def on_resize(self) -> None:
        """Leave room for the buttons below the rows."""
        self._fit()

    def _fit(self) -> None:
        below = _FRAME_LINES + (_WORD_LINES if self.word else 0)
        self.query_one("#form-rows").styles.max_height = max(1, self.size.height - below)

    @property
    def word(self) -> str:
        """What the form says as a whole; empty where it is silent."""
        return str(self.query_one("#form-word", Static).content)

    # Saving

    @on(Button.Pressed, "#form-save")
    def action_save(self) -> None:
        """Save, or show each field that is wrong and go to the first of them."""
        record = self._read_all()
        if record is None:
            return
        if not self._is_new and not self.touched:
            self.dismiss(self._record)
            return
        try:
            self.dismiss(self._store(record))
        except Conflict as conflict:
            self._rebase(str(conflict))
        except (BadInput, NotKept) as failed:
            self._say(f"Not saved: {failed}")

    def _store(self, record: R) -> R:
        if self._is_new:
            return self._add(self._book, record)
        verbs.edit(self._book, self._record, record)
        return cast("R", self._book.record(record.uid))

    def _read_all(self) -> R | None:
        """Return the record with what the user typed, or None where something is wrong, which is then told."""
        touched = self.touched
        values: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for name, row in self._rows.items():
            if name in touched or (self._is_new and row.field.missing):
                value, bad = self._read(row)
                if bad:
                    wrong[name] = bad
                elif name in touched:
                    values[name] = value
        record = replace(self._record, **values)
        if not wrong:
            wrong.update(self._doubts(record))
        for name, row in self._rows.items():
            row.tell(wrong.get(name, ""))
        if wrong:
            self._say(
                "Not saved yet: " + ("one field needs a look." if len(wrong) == 1 else f"{len(wrong)} fields do.")
            )
            self._rows[next(iter(wrong))].entry.focus()
            return None
        return record

    def _rebase(self, conflict: str) -> None:
        """Go on from the record as it is now: fields that the user did not touch follow it, typed ones stay."""
        self._book.look_for_news()
        now = self._book.get(TABLE_OF[type(self._record)], self._record.uid)
        if now is None:
            self._say("Not saved: this was deleted meanwhile. What you typed still stands here.")
            return
        touched = self.touched
        self._record = cast("R", now)
        before, self._printed = self._printed, self._print(self._record)
        both = []
        for name, row in self._rows.items():
            if name not in touched:
                row.say(self._printed[name])
                self._echo(row)
            elif self._printed[name] != before[name]:
                both.append(row)
                row.tell(f'It became "{self._printed[name]}" meanwhile; ctrl+s again keeps yours.')
        if both:
            both[0].entry.focus()
        self._say(f"Not saved yet: {conflict}")

    # Leaving

    @on(Button.Pressed, "#form-leave")
    def action_leave(self) -> None:
        """Leave; where something was typed, only when asked twice."""
        if not self.touched or self._warned:
            self.dismiss(None)
            return
        self._warned = True
        labels = [self._rows[name].field.label.lower() for name in self.touched]
        more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
        self._say(f"Not saved: {', '.join(labels[:3])}{more}. esc again leaves without it, ctrl+s saves.")
