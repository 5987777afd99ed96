"""The contact list: who there is, how warm each relationship is, filtered and sorted."""

from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from relcraft.book.open import Book
from relcraft.book.searching import Order
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line
from relcraft.domain.warmth import Warmth, WarmthReading
from relcraft.tui.commands import REGISTRY
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import STEPS, fit, steps

_WORD_WIDTH = max(map(len, Warmth))
_SORTED_BY = {
    Order.DUE: "due first",
    Order.NAME: "by name",
    Order.LAST_CONTACT: "last contact first",
    Order.FREQUENCY: "most often first",
}
_NOBODY = "Nobody here yet. {new-contact} adds a person, {import} imports."
_ALL_ARCHIVED = "Everybody is in the archive. {show-archive} shows it, {new-contact} adds a person."
_TAKES = {
    "due": "nothing, a number of days or a word such as cooling",
    "circle": "inner, close, active, wider, distant or none",
    "lean": "even, given, received or nothing",
}
"""What stands after these words of a filter."""
_NAMELESS = "(no name)"
"""Stands where an edit by hand left none: a row without letters could not be told from an empty one."""
_ASKS = frozenset({Warmth.DUE, Warmth.COOLING, Warmth.DORMANT})


def _word(reading: WarmthReading) -> str:
    """Return the state, or, where that would ask for something, that it is left in peace."""
    return "snoozed" if reading.snoozed_until is not None and reading.state in _ASKS else str(reading.state)


class ContactList(RowList[str]):
    """The contacts as rows. The items are uids; a contact is read when its row is drawn."""

    scope = "contacts"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("contacts")]

    def __init__(self, book: Book) -> None:
        super().__init__(id="contacts", empty=_NOBODY)
        self._book = book
        self._total = 0
        self.order = Order.DUE
        self.filter = ""
        self.archive = False

    def key_of(self, item: str) -> str:
        """A uid is its own key."""
        return item

    def draw(self, item: str, width: int) -> Pieces:
        """Return name, warmth in a word, and its bar."""
        reading = self._book.warmth(item)
        name = fit(clean_line(self._book.contact(item).name) or _NAMELESS, width - _WORD_WIDTH - STEPS - 2)
        style = "strong" if reading.is_due else "quiet" if reading.bars == 0 else ""
        return [(f"{name} ", ""), (f"{_word(reading):<{_WORD_WIDTH}} {steps(reading.bars)}", style)]

    def on_mount(self) -> None:
        """Show everybody."""
        self.refill()

    def refill(self, *, stay_on: str | None = None) -> None:
        """Ask the book who is to be shown, in which order; the cursor stays on `stay_on`, else on who it was on."""
        everybody = self._book.search("", archived=True) if self.archive else []
        if self.archive or self.filter:
            found = self._book.search(self.filter, archived=self.archive) if self.filter else everybody
            items = self._book.ordered(found, by=self.order)
        else:
            items = self._book.ordered(by=self.order)
        self._total = len(everybody) if self.archive else len(items) if not self.filter else self._total
        self.empty = self._empty_words()
        self.keep_marks(items)
        self.show(items, stay_on=stay_on or self.current)

    def _empty_words(self) -> str:
        if self.filter:
            nobody = f'Nobody answers to "{self.filter}".'
            return " ".join((nobody, *self._filter_hints(), "esc shows everybody again."))
        if self.archive:
            return "The archive is empty. {show-archive} goes back."
        return _ALL_ARCHIVED if self._book.count(Contact) else _NOBODY

    def _filter_hints(self) -> list[str]:
        """Say what the words of the filter take that narrow down in a way of their own."""
        begun = dict.fromkeys(word.partition(":")[0].lower() for word in self.filter.split() if ":" in word)
        return [f"{name}: takes {_TAKES[name]}." for name in begun if name in _TAKES]

    def filter_by(self, text: str) -> None:
        """Show only who meets the filter; the cursor goes to the first."""
        if clean_line(text) == self.filter:
            return
        self.filter = clean_line(text)
        self.cursor = 0
        self.refill(stay_on="")

    def sort_next(self) -> None:
        """Go on to the next order; the cursor stays on its contact."""
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.refill()

    def title(self, width: int) -> Content:
        """Return what the pane's title says in `width` cells: how many there are, and, with room, in which order."""
        count = f"{len(self.items)} of {self._total}" if self.filter else f"{len(self.items)}"
        parts = ["Archive" if self.archive else "People", count]
        if self.marks:
            parts.append(f"{len(self.marks)} marked")
        told = " · ".join(parts)
        ordered = f"{told} · {_SORTED_BY[self.order]}"
        return Content(ordered if len(ordered) <= width else told)
