"""Pick your fifteen: after an import, the few people who matter get a circle, one key each."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.book.searching import Order
from relcraft.domain.dates import tell_cadence
from relcraft.domain.errors import RelcraftError
from relcraft.domain.records import Contact
from relcraft.domain.words import CADENCE_DAYS, Circle
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import fit

ENOUGH = 15
_KEYS = {circle[0]: circle for circle in Circle}
_CIRCLE_WIDTH = 8
_LEAST_NAME = 20


class Candidates(RowList[str]):
    """People by uid, each with organisation and circle."""

    def __init__(self, book: Book) -> None:
        super().__init__(empty="Nobody has that in the name, organisation, tags or notes. esc shows all again.")
        self._book = book

    def key_of(self, item: str) -> str:
        """Return the uid."""
        return item

    def draw(self, item: str, width: int) -> Pieces:
        """Return name, organisation and circle."""
        contact = self._book.get("contacts", item)
        if not isinstance(contact, Contact):  # another program deleted it, and the list is not asked anew yet
            return ()
        beside = width - _CIRCLE_WIDTH - 3
        name = max(_LEAST_NAME, beside * 2 // 5)
        return (
            (fit(contact.name, name), "strong" if contact.circle else ""),
            ("  ", ""),
            (fit(" · ".join(filter(None, (contact.role, contact.organisation))), max(0, beside - name)), "quiet"),
            (" ", ""),
            (fit(contact.circle or "", _CIRCLE_WIDTH), "given"),
        )


class PickFifteen(ModalScreen[None]):
    """Shows people, and sets the circle of the one under the cursor (or of those marked) with one key."""

    CSS_PATH = "arriving.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Done"),
        Binding("slash", "filter", "Filter", show=False),
        Binding("space", "mark", "Mark", show=False),
        Binding("n", "circle('')", "No circle", show=False),
        Binding("u", "undo", "Undo", show=False),
        *(Binding(key, f"circle('{circle}')", circle, show=False) for key, circle in _KEYS.items()),
    ]

    def __init__(self, book: Book, people: Sequence[str] = ()) -> None:
        """`people` are the uids to choose from; none: everybody."""
        super().__init__()
        self._book = book
        self._people = frozenset(people)
        self._picked: dict[str, None] = {}

    def compose(self) -> ComposeResult:
        """Lay out the question, the filter and the people."""
        with Vertical(classes="dialog -tall"):
            yield Static("", id="question", markup=False)
            yield Input(placeholder="name, organisation, tag", compact=True)
            yield Candidates(self._book)
            yield Static("", id="picked", markup=False)

    def on_mount(self) -> None:
        """Show everybody, by name."""
        window = self.query_one(".dialog")
        window.border_title = Content("Pick your fifteen")
        window.border_subtitle = Content("i c a w d a circle   n none   / filter   u undo   enter done")
        self.query_one("#question", Static).update(
            Content(
                "Who matters to you? A circle says how often you want to be in touch:\n"
                + _circles_told(self._book.rules.cadences)
            )
        )
        self.query_one(Input).display = False
        self.query_one(Candidates).focus()
        self._show()

    def _show(self) -> None:
        text = self.query_one(Input).value
        found = self._book.search(text)
        if self._people:
            found = [uid for uid in found if uid in self._people]
        people = self.query_one(Candidates)
        people.show(self._book.ordered(found, by=Order.NAME))
        self._count()

    def _count(self) -> None:
        picked = len(self._picked)
        said = f"{picked} picked" if picked else "Nobody picked yet: a handful is enough to begin with"
        more = "; that is a good number to begin with" if picked >= ENOUGH else ""
        self.query_one("#picked", Static).update(Content(said + more))

    def action_circle(self, name: str) -> None:
        """Set the circle, and go on to the next person."""
        people = self.query_one(Candidates)
        circle = Circle(name) if name else None
        try:
            chosen = [uid for uid in people.chosen if self._book.contact(uid).circle is not circle]
            if chosen:
                verbs.set_circle(self._book, chosen, circle)
        except RelcraftError as error:
            self.notify(str(error), severity="error", markup=False)
            people.keep_marks(uid for uid in people.marks if self._book.get("contacts", uid) is not None)
            self._show()
            return
        for uid in people.chosen:
            self._picked.pop(uid, None)
            if circle is not None:
                self._picked[uid] = None
        marked = people.clear_marks()
        people.redraw()
        if not marked:
            people.action_down()
        self._count()

    def action_mark(self) -> None:
        """Mark the person, and go on."""
        people = self.query_one(Candidates)
        people.toggle_mark()
        people.action_down()

    def action_undo(self) -> None:
        """Take the last circle back."""
        if not self._picked:
            return
        try:
            change = self._book.undo()
        except RelcraftError as error:
            self.notify(str(error), severity="error", markup=False)
            return
        for op in change.ops:
            if self._book.get("contacts", op.uid) is None or self._book.contact(op.uid).circle is None:
                self._picked.pop(op.uid, None)
        self._show()

    def action_filter(self) -> None:
        """Ask what to filter by."""
        field = self.query_one(Input)
        field.display = True
        field.focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(Candidates).focus()

    @on(RowList.Selected)
    def _entered(self, event: RowList.Selected) -> None:
        event.stop()
        self.dismiss(None)

    def action_back(self) -> None:
        """Clear the filter; from there, leave."""
        field = self.query_one(Input)
        if field.display:
            field.value = ""
            field.display = False
            self.query_one(Candidates).focus()
        else:
            self.dismiss(None)


def _circles_told(cadences: Mapping[Circle, int]) -> str:
    """Return what the circles mean: in words for the usual ones, in days for the user's own."""
    if cadences == CADENCE_DAYS:
        return "inner weekly, close monthly, active every quarter, wider twice a year, distant once."
    told = (f"{circle} {tell_cadence(days) if days else 'never'}" for circle, days in cadences.items())
    return f"{', '.join(told)}."
