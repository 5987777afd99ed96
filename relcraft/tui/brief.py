"""The brief before a meeting, as a window: what matters with one contact, on one screen."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from relcraft.book.brief import HEADING_WIDTH, WIDTH, Brief, brief
from relcraft.book.open import Book
from relcraft.tui.signs import fit, wrap
from relcraft.tui.telling import tell

_LEAST_BESIDE = 36
"""Cells for what a part says, below which its heading stands over it."""


class BriefScreen(ModalScreen[None]):
    """Shows the brief on a contact until a key closes it. Raises `NotFound` where there is no such contact."""

    CSS_PATH = "brief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,b,q", "dismiss", "Close"),
        Binding("y", "copy", "Copy"),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,space,ctrl+d", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False),
    ]

    def __init__(self, book: Book, uid: str) -> None:
        super().__init__()
        self._brief = brief(book, uid)

    def compose(self) -> ComposeResult:
        """Lay the parts out."""
        with VerticalScroll(id="brief", can_focus=False):
            yield Static("", markup=False)

    def on_mount(self) -> None:
        """Say whom it is about, and how to close."""
        window = self.query_one("#brief")
        window.border_title = Content(self._brief.name)
        window.border_subtitle = Content("y copy   esc close")
        self._lay_out(self.app.size.width)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width."""
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        """Show the parts on a screen so wide: a heading stands beside its lines, or over them where that is narrow."""
        room = min(WIDTH, width - 2)
        beside = room - HEADING_WIDTH >= _LEAST_BESIDE
        lines: list[Content] = []
        for part in self._brief.parts:
            said = [line for whole in part.lines for line in wrap(whole, room - (HEADING_WIDTH if beside else 2))]
            if beside:
                heads = [part.heading, *[""] * (len(said) - 1)]
                lines += [
                    Content.assemble((fit(head, HEADING_WIDTH), "bold"), line)
                    for head, line in zip(heads, said, strict=True)
                ]
            else:
                lines += [Content.assemble((part.heading, "bold")), *(Content(f"  {line}") for line in said)]
        self.query_one(Static).update(Content("\n").join(lines))

    def action_scroll(self, lines: int) -> None:
        """Move the parts by some lines."""
        self.query_one("#brief").scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Move the parts by some screens; a line stays in sight."""
        self.action_scroll(pages * max(1, self.query_one("#brief").size.height - 1))

    def action_copy(self) -> None:
        """Copy the brief as text."""
        self.app.copy_to_clipboard(as_text(self._brief))
        tell(self, f"Copied: the brief on {self._brief.name}")


def as_text(told: Brief) -> str:
    """Return a brief as plain text: the name, then each heading with its lines."""
    lines = [told.name]
    for part in told.parts:
        first, *more = part.lines
        lines.append(f"{part.heading}: {first}")
        lines += [f"  {line}" for line in more]
    return "\n".join(lines) + "\n"
