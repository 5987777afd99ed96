"""The panel of the moment of hesitation: what may be said to it, in order, and the steps that one key takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from relcraft.tui.signs import CURSOR, wrap

_INDENT = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the panel; with a key it is a step."""

    text: str
    key: str = ""
    quiet: bool = False


class HesitationPanel(VerticalScroll, can_focus=True):
    """Shows sentences and steps. Up and down go through the steps; enter, or its own key, takes one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hesitation--bar", "hesitation--key", "hesitation--quiet"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next step", show=False),
        Binding("up,k", "move(-1)", "Step before", show=False),
        Binding("enter", "take", "Take the step", show=False),
        Binding("escape", "back", "Back", show=False),
        Binding("u", "again", "Take back", show=False),
    ]

    class Taken(Message):
        """A step was taken."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class TakenBack(Message):
        """The last step is to be taken back."""

    class Left(Message):
        """What a step opened is to be closed."""

    def __init__(self) -> None:
        super().__init__(id="hesitation", classes="pane")
        self.lines: tuple[Line, ...] = ()
        """What is said, from the top."""
        self._within = False
        self._marked = 0
        self._tops: list[tuple[int, str]] = []

    def compose(self) -> ComposeResult:
        """Lay the text out."""
        yield Static("", markup=False)

    def show(self, title: str, lines: Sequence[Line], *, within: bool = False) -> None:
        """Show sentences and steps. `within`: a step opened them, and esc goes back to those before."""
        self.border_title = Content(f" {title} ")
        marked = self._steps[self._marked] if self._steps else ""
        self.lines = tuple(lines)
        self._within = within
        self.can_focus = not all(line.quiet for line in lines)
        self._marked = self._steps.index(marked) if marked in self._steps else 0
        self._draw()
        self.scroll_home(animate=False)

    def _drawn(self, line: Line, width: int, *, marked: bool) -> list[Content]:
        """Return a sentence broken into lines: the key of a step at its left, a bar before it where it is marked."""
        bar = (CURSOR if marked else " ", self.get_visual_style("hesitation--bar"))
        key = (f"{line.key:<{_INDENT - 1}}" if line.key else "", self.get_visual_style("hesitation--key"))
        style = self.get_visual_style("hesitation--quiet") if line.quiet else ""
        indent = " " * (1 + len(key[0]))
        first, *others = wrap(line.text, width + _INDENT - len(indent))
        return [
            Content.assemble(bar, key, (first, style)),
            *(Content.assemble(indent, (other, style)) for other in others),
        ]

    @property
    def _steps(self) -> list[str]:
        return [line.key for line in self.lines if line.key]

    def _draw(self) -> None:
        width = max(self.scrollable_content_region.width - _INDENT, 10)
        marked = self._steps[self._marked] if self.has_focus and self._steps else ""
        parts = [self._drawn(line, width, marked=bool(marked) and line.key == marked) for line in self.lines]
        apart = [Content("")] if sum(map(len, parts)) + len(parts) <= self.scrollable_content_region.height else []
        drawn: list[Content] = []
        self._tops = []
        for line, part in zip(self.lines, parts, strict=True):
            self._tops.append((len(drawn), line.key))
            drawn.extend((*part, *apart))
        self.query_one(Static).update(Content("\n").join(drawn))

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001  # the signature is Textual's
        """Mark the step that enter takes, while the user is here."""
        super().watch_has_focus(has_focus)
        if self.is_mounted:
            self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys that mean nothing here are the screen's."""
        if action == "move":
            return 0 <= self._marked + (1 if parameters == (1,) else -1) < len(self._steps) or self._scrolls(parameters)
        return self._within if action == "back" else True

    def _scrolls(self, parameters: tuple[object, ...]) -> bool:
        return self.scroll_y < self.max_scroll_y if parameters == (1,) else self.scroll_y > 0

    def action_move(self, by: int) -> None:
        """Mark the next step; where there is none, show what is below."""
        if 0 <= self._marked + by < len(self._steps):
            self._marked += by
            self._draw()
            top = next(top for top, key in self._tops if key == self._steps[self._marked])
            self.scroll_to(y=max(0, top - 1), animate=False)
        else:
            self.scroll_relative(y=by, animate=False)

    def action_take(self) -> None:
        """Take the marked step."""
        if self._steps:
            self.post_message(self.Taken(self._steps[self._marked]))

    def action_again(self) -> None:
        """Take the last step back."""
        self.post_message(self.TakenBack())

    def action_back(self) -> None:
        """Close what a step opened."""
        self.post_message(self.Left())

    def on_key(self, event: events.Key) -> None:
        """Take the step whose key this is."""
        if event.character is not None and event.character in self._steps:
            event.stop()
            self._marked = self._steps.index(event.character)
            self.post_message(self.Taken(event.character))

    def on_click(self, event: events.Click) -> None:
        """Take the step that was clicked."""
        y = event.screen_y - self.content_region.y + self.scroll_y
        above = [key for top, key in self._tops if top <= y]
        if above and above[-1]:
            self.post_message(self.Taken(above[-1]))
