"""The add line: one line to add anything, with an echo below of what will be saved."""

from collections.abc import Sequence
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from relcraft.book import adding
from relcraft.book.open import Book
from relcraft.domain.addline import Mention, ParsedLine, Role, next_choice, preview
from relcraft.domain.changes import Change
from relcraft.domain.errors import BadInput, NotFound, NotKept
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line
from relcraft.tui.forms.people import label_of
from relcraft.tui.inputs import LineInput

_KEYS = "enter save   tab next choice   esc leave, keep the line"
_EXAMPLE = "coffee with Grace yesterday re: her talk >feedback !fri send slides"
_KEPT_LINES = 20


class _Chips(Highlighter):
    """Shows in the line itself what became something."""

    def __init__(self, line: "AddLine") -> None:
        self._line = line

    def highlight(self, text: Text) -> None:
        parsed = self._line.parsed
        if parsed is None:
            return
        for chip in parsed.chips:
            style = self._line.get_component_rich_style(_STYLES.get(chip.role, "add-line--part"), partial=True)
            text.stylize(style, chip.span.start, chip.span.end)


_STYLES = {
    Role.PERSON: "add-line--person",
    Role.NEW_PERSON: "add-line--new",
    Role.QUESTION: "add-line--question",
    Role.KIND: "add-line--kind",
    Role.DATE: "add-line--date",
    Role.ASK: "add-line--ask",
}


_BEGUN = {
    ">": "what did you give? advice, feedback, help, intro, lead .. and a few words",
    "<": "what did you get? advice, feedback, help, intro, lead .. and a few words",
    "?": "what did you ask for? advice, feedback, help, intro, lead .. and a few words",
    "!": "what is promised, and for when? fri send the slides",
}
"""Lines that hold a sign alone, and what is asked then."""


class AddLine(Widget):
    """One line at the foot of a screen; hidden until it is opened. What is ambiguous is asked, never saved."""

    DEFAULT_CSS = """
    AddLine {
        dock: bottom;
        height: auto;
        display: none;
        background: $surface;
        border-top: solid $frame-focus;

        .line { height: 1; }
        .sign { width: 5; color: $accent; text-style: bold; }
        Input { width: 1fr; background: $panel; }
        .echo { height: auto; min-height: 2; max-height: 6; padding: 0 1 0 5; }
        .keys { height: 1; padding: 0 1; color: $quiet; }
        .add-line--person { color: $success; text-style: bold; }
        .add-line--new { color: $warning; text-style: bold underline; }
        .add-line--question { color: $error; text-style: bold reverse; }
        .add-line--kind { color: $primary; text-style: bold; }
        .add-line--date { color: $foreground; text-style: bold; }
        .add-line--ask { color: $accent; text-style: bold italic; }
        .add-line--part { color: $accent; text-style: bold; }
        .add-line--quiet { color: $quiet; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {*_STYLES.values(), "add-line--part", "add-line--quiet"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_choice", "Next choice", show=False),
        Binding("shift+tab", "next_choice", "Next choice", show=False),
        Binding("escape", "leave", "Leave", show=False),
        Binding("up", "recall(-1)", "Line before", show=False),
        Binding("down", "recall(1)", "Line after", show=False),
    ]

    class Saved(Message):
        """What the line said is kept."""

        def __init__(self, change: Change) -> None:
            super().__init__()
            self.change = change

    class Left(Message):
        """The line was left; what was typed is offered again."""

    def __init__(
        self,
        book: Book,
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002  # the name is Textual's
        classes: str | None = None,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes)
        self._book = book
        self._about: tuple[str, ...] = ()
        self._choices: dict[str, str] = {}
        self._kept: list[str] = []
        self._given = ""
        self._recalled = ""
        self.parsed: ParsedLine | None = None
        self.echo: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the line, what it means, and the keys."""
        with Horizontal(classes="line"):
            yield Static(" add", classes="sign", markup=False)
            yield LineInput(placeholder=_EXAMPLE, compact=True, select_on_focus=False, highlighter=_Chips(self))
        yield Static("", classes="echo", markup=False)
        yield Static(_KEYS, classes="keys", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether the line is shown."""
        return bool(self.display)

    @property
    def line(self) -> str:
        """What is typed."""
        return self._input.value

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    def open(self, line: str = "", about: Sequence[str] = ()) -> None:
        """Show the line, and in it `line`, or (where that is empty) what was left there last.

        `about` are the uids of whom it is about where it names nobody.
        """
        self._about = tuple(about)
        self._choices = {}
        self._given = line
        self.display = True
        self._recall(self._kept[-1] if self._kept and not line else "")
        self._input.focus()

    def _recall(self, kept: str) -> None:
        """Put a line in that was left, or (empty) the one that was given."""
        self._recalled = kept
        self._put(kept or self._given)

    def _put(self, line: str) -> None:
        field = self._input
        with field.prevent(Input.Changed):
            field.value = line
        field.cursor_position = len(line)
        self._read()

    def close(self) -> None:
        """Hide the line."""
        self.display = False
        self._put("")

    # Reading

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._read()

    def _parse(self) -> ParsedLine:
        return adding.read_line(self._book, self.line, about=self._about, choices=self._choices)

    def _read(self) -> None:
        self.parsed = self._parse()
        self._show()

    def _show(self, said: str = "", *, asked: bool = False) -> None:
        """Echo the line: what will be saved, then what is open. `said` comes before it; `asked`: enter was pressed."""
        parsed = self.parsed
        if parsed is None:
            return
        begun = _BEGUN.get(clean_line(parsed.line))
        if begun is not None:
            self._show_begun(begun, asked=asked)
            return
        empty = not clean_line(parsed.line)
        self.echo = () if empty and not asked else (*preview(parsed), *self._namesakes(parsed))
        lines: list[Content] = [self._styled(said, "add-line--question")] if said else []
        for told in self.echo:
            is_open = told in parsed.questions
            style = "add-line--question" if is_open and asked else "add-line--new" if is_open else ""
            lines.append(self._styled(f"? {told}" if is_open else told, style))
        if not lines:
            lines = [self._styled(self._who_is_meant(), "add-line--quiet")]
        self.query_one(".echo", Static).update(Content("\n").join(lines))
        self._input.refresh()

    def _show_begun(self, begun: str, *, asked: bool) -> None:
        """Say what may follow a sign that stands alone: it says nothing yet that could be saved."""
        self.echo = (begun,)
        style = "add-line--question" if asked else "add-line--quiet"
        lines = [self._styled(begun, style), self._styled(self._who_is_meant(), "add-line--quiet")]
        self.query_one(".echo", Static).update(Content("\n").join(lines))
        self._input.refresh()

    def _styled(self, text: str, component: str) -> Content:
        if not component:
            return Content(text)
        return Content.styled(text, self.get_visual_style(component))

    def _who_is_meant(self) -> str:
        known = (self._book.get("contacts", uid) for uid in self._about)
        people = [person.name for person in known if isinstance(person, Contact)]
        return f"about {', '.join(people)}, unless the line names somebody" if people else ""

    def _namesakes(self, parsed: ParsedLine) -> list[str]:
        """Say which of several people of one name is meant."""
        return [
            f"{mention.text} means {label_of(self._book.contact(mention.uid), self._book)}"
            for mention in parsed.doubtful
            if mention.uid is not None and _has_namesake(mention)
        ]

    # Keys

    def action_next_choice(self) -> None:
        """Take the next person whom the doubtful name at the cursor could mean; or leave the ask there open."""
        if self.parsed is not None:
            self._choices = next_choice(self.parsed, self._choices, self._input.cursor_position)
            self._read()

    def action_recall(self, by: int) -> None:
        """Go through the lines that were left."""
        if not self._kept:
            return
        at = self._kept.index(self._recalled) if self._recalled in self._kept else len(self._kept)
        lines = [*self._kept, ""]
        self._recall(lines[min(max(at + by, 0), len(self._kept))])

    def action_leave(self) -> None:
        """Close, and keep what was typed for the next time."""
        line = clean_line(self.line)
        if line != clean_line(self._given):
            self._forget(line)
            self._kept = [*self._kept, line][-_KEPT_LINES:] if line else self._kept
        self.close()
        self.post_message(self.Left())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        shown, self.parsed = self.parsed, self._parse()
        if self.parsed.questions or clean_line(self.line) in _BEGUN:
            self._show(asked=True)
        elif self.parsed != shown:
            self._show("Something changed meanwhile: look once more, then enter saves.")
        else:
            self._save(self.parsed)

    def _save(self, parsed: ParsedLine) -> None:
        try:
            change = adding.add_line(self._book, parsed, allow_new=True)
        except (BadInput, NotFound, NotKept) as failed:
            self._show(f"Not saved: {failed}")
            return
        self._forget(clean_line(self.line))
        self.close()
        self.post_message(self.Saved(change))

    def _forget(self, line: str) -> None:
        """Keep neither `line` nor what it was made of any longer."""
        self._kept = [kept for kept in self._kept if kept not in (line, self._recalled)]


def _has_namesake(mention: Mention) -> bool:
    return sum(one.name == mention.name for one in mention.candidates) > 1
