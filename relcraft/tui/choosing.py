"""A question with a few answers, each taken with one key: what became of an ask, what to do with a move."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from relcraft.tui.offers import Offers

_MOVING = frozenset("jk")
_KEYS = "123456789"


class ChoicePicker(ModalScreen[str | None]):
    """Shows answers, each with the key that takes it; arrows, enter and the mouse work too. None when left.

    A choice is an id and what it says. Its key is the first letter of what it says that no other has, else a number,
    unless `keys` gives one to each.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave"),
        Binding("j", "move(1)", "Next", show=False),
        Binding("k", "move(-1)", "Before", show=False),
    ]

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], lines: Sequence[str] = (), keys: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = dict(zip(keys or _keys([label for _id, label in choices]), choices, strict=True))
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Lay out what is asked, and the answers."""
        with Vertical(classes="dialog"):
            for line in self._lines:
                yield Static(line, classes="sentence", markup=False)
            yield Offers(alone=True)

    def on_mount(self) -> None:
        """Show the answers with their keys."""
        window = self.query_one(".dialog")
        window.border_title = Content(self._title)
        window.border_subtitle = Content("a key or enter takes it   esc leave")
        self.query_one(Offers).offer(
            Content.assemble((key, "bold"), f"  {label}") for key, (_id, label) in self._choices.items()
        )

    def on_key(self, event: events.Key) -> None:
        """Take the answer of a key."""
        if event.character is not None and event.character in self._choices:
            event.stop()
            self.dismiss(self._choices[event.character][0])

    def action_move(self, by: int) -> None:
        """Mark the next answer, or the one before."""
        self.query_one(Offers).move(by)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(list(self._choices.values())[event.option_index][0])


def _keys(labels: Sequence[str]) -> list[str]:
    """Return a key for each answer, none twice: the first free letter of its words, else the first free number."""
    taken: list[str] = []
    for label in labels:
        initials = [word[0].lower() for word in label.split() if word[0].isascii() and word[0].isalpha()]
        letters = [*initials, *(sign.lower() for sign in label if sign.isascii() and sign.isalpha()), *_KEYS]
        taken.append(next(key for key in letters if key not in taken and key not in _MOVING))
    return taken
