"""The finder: a person from anywhere, by a few letters."""

from collections.abc import Sequence
from heapq import nsmallest
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from relcraft.book.open import Book
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line, fold
from relcraft.tui.inputs import LineInput
from relcraft.tui.offers import Offers

SHOWN = 50
"""How many people are offered at most."""


def found_people(book: Book, text: str) -> tuple[Sequence[Contact], int]:
    """Return whom `text` finds, best first, at most `SHOWN`, and how many there are in all.

    First whom it names, then in whose name a word begins so, then who has it anywhere; else who is called nearly so.
    """
    wanted = fold(clean_line(text))
    if not wanted:
        uids = book.ordered()
        return [book.contact(uid) for uid in uids[:SHOWN]], len(uids)
    people = {contact.uid: contact for contact in book.named(wanted)}
    people.update((uid, book.contact(uid)) for uid in book.search(wanted))
    if not people:
        near = book.near(wanted)
        return near, len(near)

    best = nsmallest(SHOWN, people.values(), key=lambda contact: (_rank(contact, wanted), fold(contact.name)))
    return best, len(people)


def _rank(contact: Contact, wanted: str) -> int:
    name = fold(contact.name)
    if name.startswith(wanted):
        return 0
    if f" {wanted}" in name or any(fold(nickname).startswith(wanted) for nickname in contact.nicknames):
        return 1
    if wanted in name:
        return 2
    return 3 if wanted in fold(contact.organisation) else 4


def told(contact: Contact) -> Content:
    """Return a person as one line: the name, and what tells them from a namesake."""
    marks = [clean_line(mark) for mark in (*contact.nicknames[:1], contact.role, contact.organisation, contact.city)]
    if contact.archived:
        marks.append("archived")
    beside = " · ".join(filter(None, marks))
    return Content.assemble(clean_line(contact.name), (f"  {beside}" if beside else "", "dim"))


class Finder(ModalScreen[str | None]):
    """Finds a person as the user types; dismisses the uid, or None."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave"),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", "move(10)", "Further", show=False),
        Binding("pageup", "move(-10)", "Back", show=False),
    ]

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._book = book
        self._uids: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out where to type and whom that finds."""
        with Vertical(classes="dialog"):
            yield LineInput(placeholder="name, nickname or organisation", compact=True)
            yield Offers()
            yield Static("", classes="said", markup=False)

    def on_mount(self) -> None:
        """Offer those who are due first."""
        window = self.query_one(".dialog")
        window.border_title = Content("Find a person")
        window.border_subtitle = Content("enter go   esc leave")
        self._offer("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._offer(event.value)

    def _offer(self, text: str) -> None:
        people, count = found_people(self._book, text)
        self._uids = [contact.uid for contact in people]
        self.query_one(Offers).offer(map(told, people))
        if not people:
            said = "Nobody answers to that." if clean_line(text) else "Nobody here yet."
        else:
            said = f"{len(people)} of {count}: one more letter finds fewer" if count > len(people) else ""
        line = self.query_one(".said", Static)
        line.update(Content(said))
        line.display = bool(said)

    def action_move(self, by: int) -> None:
        """Mark a person further down or up."""
        self.query_one(Offers).move(by)

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        event.stop()
        marked = self.query_one(Offers).highlighted
        if marked is not None:
            self.dismiss(self._uids[marked])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._uids[event.option_index])
