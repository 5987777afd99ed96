"""The arrangement of the composer: the fields, the message as it grows, the room to ask, and what helps to ask."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from relcraft.book import courage
from relcraft.book.asks import state
from relcraft.book.open import Book
from relcraft.book.room import room
from relcraft.domain.composing import Templates, ask_message
from relcraft.domain.hesitation import Hint
from relcraft.domain.records import Ask, Contact
from relcraft.domain.words import AskState, ExchangeKind, Fear
from relcraft.tui.composer.fields import FEARS
from relcraft.tui.composer.hesitation import HesitationPanel, Line
from relcraft.tui.composer.message import MessagePane
from relcraft.tui.composer.rows import AskRow
from relcraft.tui.composer.sheet import Sheet
from relcraft.tui.forms.row import FormRow

_WIDE = 120
_HINTED_BY = frozenset({"contact", "kind", "target", "channel", "goal", "fear"})
"""What decides about the hints at once; what is written does so when its field is left."""
_FRONTED_BY = frozenset({"contact", "channel", "fear"})
_BEGINNING = frozenset({AskState.DRAFT, AskState.DECLINED, AskState.RESTED})
_BESIDE = ("chance", "goal")
"""Two short fields that share a line."""
_CALM = (
    'Does something hold you back? Say so at "Holding me back", with left and right or a letter:',
    ", ".join(words for fear, words in FEARS.items() if fear is not Fear.NOTHING) + ".",
    "Your own record, a small step and what is known about it stand here then. Nothing is fine, too.",
)

_NOBODY_YET = Contact(uid="", name="...")


class Arrangement(ModalScreen[Ask | None]):
    """Shows an ask as it is typed, and all that follows from it."""

    CSS_PATH = ["../forms/form.tcss", "composer.tcss"]  # noqa: RUF012  # Textual says no ClassVar
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-usual"), (_WIDE, "-wide")]  # noqa: RUF012  # as above
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012  # as above
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "turn", "Message or steps"),
        Binding("down", "app.focus_next", "Next field", show=False),
        Binding("up", "app.focus_previous", "Field before", show=False),
    ]

    def __init__(self, book: Book, ask: Ask, *, templates: Templates) -> None:
        super().__init__()
        self.book = book
        self.templates = templates
        self.sheet = Sheet(book, ask)
        self.rows = {
            name: AskRow(field, self.sheet.setting, self.sheet.texts[name]) for name, field in self.sheet.fields.items()
        }
        self.hints: tuple[Hint, ...] = ()
        """What may help to ask, in its order."""
        self.step_told: Line | None = None
        """What the last step did, and how to take it back; stands above the hints."""
        self._hinted: Ask | None = None

    def compose(self) -> ComposeResult:
        """Lay out the fields, and the message and the steps below or beside them."""
        with Vertical(id="composer"):
            yield Static("", id="ask-room", markup=False)
            with Container(id="ask-body"):
                with VerticalScroll(id="ask-rows", can_focus=False):
                    for name, row in self.rows.items():
                        if name not in _BESIDE:
                            yield row
                        elif name == _BESIDE[0]:
                            yield Horizontal(
                                *(self.rows[each] for each in _BESIDE if each in self.rows), id="ask-beside"
                            )
                with Vertical(id="ask-panes"):
                    yield MessagePane()
                    yield HesitationPanel()
            yield Static("", id="ask-word", markup=False)

    def on_mount(self) -> None:
        """Show the ask as it is, and start in the first field that is empty."""
        self.say("")
        self.follow(self.rows)
        empty = (row for name, row in self.rows.items() if name in ("contact", "what", "why_them") and not row.text)
        next(empty, self.rows["what"]).entry.focus()

    @property
    def panel(self) -> HesitationPanel:
        """The panel of what may help to ask."""
        return self.query_one(HesitationPanel)

    # Following what is typed

    @on(FormRow.Changed)
    def _changed(self, event: FormRow.Changed) -> None:
        event.stop()
        name = event.row.field.name
        if self.sheet.texts[name] != event.row.text:
            self.sheet.texts[name] = event.row.text
            event.row.tell("")
            self.say("")
            self.follow((name,))

    def follow(self, names: Iterable[str]) -> None:
        """Show all that follows from the texts of these fields."""
        changed = set(names)
        for name in changed:
            self.rows[name].echo(self.sheet.meaning(name))
        if "contact" in changed or "contact" not in self.rows:
            self._offer_gain()
        if changed & {"contact", "kind"}:
            self._show_whom()
        self.show_message()
        if changed & _HINTED_BY:
            self.hint()
        if changed & _FRONTED_BY:
            self._front_what_helps()

    def say_rows(self, names: Iterable[str]) -> None:
        """Put the texts of these fields into their rows, and show what follows."""
        changed = tuple(names)
        for name in changed:
            self.rows[name].say(self.sheet.texts[name])
            self.rows[name].tell("")
        self.follow(changed)

    def _offer_gain(self) -> None:
        if self.sheet.offer_gain():
            self.rows["in_it_for_them"].say(self.sheet.texts["in_it_for_them"])

    @on(FormRow.Done)
    def _done(self, event: FormRow.Done) -> None:
        event.stop()
        self.focus_next()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show what there is to say where the user says what holds them back."""
        if event.widget is self.rows["fear"].entry:
            self._front(steps=True)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Tell what is wrong with a field as soon as it is left, and what it changes for the steps."""
        row = next((row for row in self.rows.values() if row.entry is event.widget), None)
        if row is self.rows["fear"]:
            self._front(steps=bool(self.hints))
        if row is not None and row.field.name in self.sheet.touched:
            row.tell(self.sheet.read(row.field.name)[1])
            self.hint()

    # Showing

    def _show_whom(self) -> None:
        """Show who is asked, for what kind of help, and the room to ask with its reason."""
        contact, ask = self.sheet.contact, self.sheet.ask
        self.query_one("#composer").border_title = Content(f"Ask {contact.name if contact else 'whom?'} · {ask.kind}")
        self.rows["target"].display = ask.kind is ExchangeKind.INTRODUCTION
        line = self.query_one("#ask-room", Static)
        line.display = contact is not None
        if contact is not None:
            there = room(self.book, contact.uid)
            line.update(Content.assemble(("Room to ask: ", "dim"), (f"{there.kind}", "bold"), f" · {there.reason}"))

    def show_message(self) -> None:
        """Show the message from the user's template, as far as it is written."""
        contact = self.sheet.contact or _NOBODY_YET
        self.query_one(MessagePane).show(ask_message(self.sheet.ask, contact, self.book.me, self.templates))

    def hint(self, *, anew: bool = False) -> None:
        """Bring the hints in step with the ask. `anew`: the book changed."""
        ask = self.sheet.ask
        if anew or ask != self._hinted:
            self._hinted = ask
            self.hints = courage.hints(self.book, ask)
            self.show_hints()

    def show_hints(self) -> None:
        """Show the hints."""
        fear = self.sheet.ask.fear
        lines = [self.step_told] if self.step_told is not None else []
        lines += [Line(hint.text, hint.key) for hint in self.hints]
        title = FEARS[fear] if fear not in (None, Fear.NOTHING) else "Before you ask"
        self.panel.show(title, lines or [Line(sentence, quiet=True) for sentence in _CALM])

    def say(self, sentence: str) -> None:
        """Say something that is about the whole; empty: nothing."""
        word = self.query_one("#ask-word", Static)
        word.update(Content(sentence))
        word.display = bool(sentence)

    @property
    def word(self) -> str:
        """What is said about the whole."""
        return str(self.query_one("#ask-word", Static).content)

    # Two panes in the room of one

    @property
    def at_steps(self) -> bool:
        """Whether the steps are in front of the message, where there is room for one of them."""
        return self.has_class("-steps")

    def _front(self, *, steps: bool) -> None:
        self.set_class(steps, "-steps")
        self._show_keys(self.size.width)

    def _front_what_helps(self) -> None:
        """Show the steps where there are any, and while the user chooses what holds them back; else the message."""
        self._front(steps=bool(self.hints) or self.focused is self.rows["fear"].entry)

    def action_turn(self) -> None:
        """Show the message instead of the steps, or the steps instead of the message."""
        self._front(steps=not self.at_steps)

    def on_resize(self, event: events.Resize) -> None:
        """Tell the keys that there is room for."""
        self._show_keys(event.size.width)

    @property
    def begins(self) -> bool:
        """Whether this is still to be asked, or asked anew; else what is said of it is only edited."""
        ask = self.sheet.ask
        return not ask.uid or state(self.book, ask) in _BEGINNING

    @property
    def is_draft(self) -> bool:
        """Whether this was never asked."""
        ask = self.sheet.ask
        return not ask.uid or state(self.book, ask) is AskState.DRAFT

    def _show_keys(self, width: int) -> None:
        turn = [] if width >= _WIDE else [f"f5 {'message' if self.at_steps else 'steps'}"]
        few = [
            "ctrl+s asked" if self.begins else "ctrl+s save",
            "esc keep draft" if self.is_draft else "esc keep",
        ]
        all_keys = ["f2 copy", "f3 template", "f4 mail", *turn, *few]
        told = ("   ".join(all_keys), "  ".join(all_keys), "   ".join([*turn, *few]), "  ".join(few))
        fitting = next((keys for keys in told if len(keys) <= width - 6), "")
        self.query_one("#composer").border_subtitle = Content(fitting)
