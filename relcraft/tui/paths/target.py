"""The line in which one types whom to reach, and what is offered for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from relcraft.book.acquaintance import acquaintance, folded
from relcraft.book.open import Book
from relcraft.book.ways import Target, find_target
from relcraft.domain.text import clean_line
from relcraft.tui.finder import found_people, told
from relcraft.tui.inputs import LineInput

MOST_OFFERED = 30
"""How many people and organisations are offered at most."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody or some organisation that could be meant, and how it is shown."""

    target: Target
    shown: Content


def offers_for(book: Book, text: str) -> Sequence[Offer]:
    """Return what `text` could mean: whom and what it names first, then who has it anywhere."""
    if not clean_line(text):
        return ()
    named = list(islice(find_target(book, text), MOST_OFFERED))
    taken = {target.contact for target in named}
    others = [each for each in found_people(book, text)[0] if each.uid not in taken]
    targets = [*named, *(Target(clean_line(each.name), each.uid) for each in others)]
    return [Offer(target, _shown(book, target)) for target in targets[:MOST_OFFERED]]


def _shown(book: Book, target: Target) -> Content:
    if target.contact is not None:
        return told(book.contact(target.contact))
    count = len(acquaintance(book).colleagues.get(folded(target.name), ()))
    people = "1 person" if count == 1 else f"{count} people"
    return Content.assemble(target.name, (f"  organisation · {people}", "dim"))


class TargetLine(LineInput):
    """Where one types. While it is empty and nobody asked for it, the keys that go to other tabs still do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False),
        Binding("down", "mark(1)", "Next", show=False),
        Binding("up", "mark(-1)", "Before", show=False),
        Binding("pagedown", "mark(8)", "Further", show=False),
        Binding("pageup", "mark(-8)", "Before", show=False),
    ]

    class Left(Message):
        """The user leaves the line without taking anything."""

    class Passed(Message):
        """A key was pressed that is a command's here."""

        def __init__(self, command_id: str) -> None:
            super().__init__()
            self.command_id = command_id

    class Marked(Message):
        """The user goes to an offer further down or up."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, passing: Mapping[str, str]) -> None:
        """`passing` has the keys that are not typed into an empty line that nobody asked for, each with its command."""
        super().__init__(id="target", placeholder="a person or an organisation", compact=True)
        self._passing = passing
        self.asked_for = False
        """Whether the user asked for the line by its key: then all is typed."""

    async def _on_key(self, event: events.Key) -> None:
        command = None if self.value or self.asked_for else self._passing.get(event.character or "")
        if command is not None:
            event.stop()
            event.prevent_default()
            self.post_message(self.Passed(command))

    def on_blur(self) -> None:
        """Who comes back asks for it anew."""
        self.asked_for = False

    def action_leave(self) -> None:
        """Leave it."""
        self.post_message(self.Left())

    def action_mark(self, by: int) -> None:
        """Go to another offer."""
        self.post_message(self.Marked(by))
