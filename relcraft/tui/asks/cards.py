"""Lists of cards of a few lines each, under headings: asks and introductions."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from relcraft.tui.asks.frames import KeyFrame
from relcraft.tui.rows import Pieces, RowList
from relcraft.tui.signs import CURSOR, fit, wrap

_RULE = "─"
HEADING = "heading"
"""The style of a line that says what the cards below it have in common."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card, as it is told."""

    text: str
    tail: str = ""
    """What stays whole when the line is cut."""
    style: str = "quiet"
    most: int = 1
    """How many lines it may take where it is longer."""


@dataclass(frozen=True, slots=True)
class Card:
    """An ask or an introduction; without a uid, a heading or space between others."""

    uid: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line on the screen."""

    uid: str
    text: str
    tail: str
    style: str
    first: bool
    """Whether the cursor stands here when it stands on the card."""


class CardList(RowList[CardLine], KeyFrame):
    """Cards as rows. The cursor stands on a whole card; where the user is elsewhere, it is not shown."""

    def __init__(self, *, empty: str, id: str) -> None:  # noqa: A002  # the name is Textual's
        super().__init__(empty=empty, id=id)
        self._cards: Sequence[Card] = ()

    # What is shown

    def key_of(self, item: CardLine) -> str:
        """A line is known by its card."""
        return item.uid

    def can_select(self, item: CardLine) -> bool:
        """The cursor stands on the first line of a card."""
        return item.first

    @property
    def uid(self) -> str:
        """The uid of the card under the cursor; empty where there is none."""
        return "" if self.current is None else self.current.uid

    def show_cards(self, cards: Sequence[Card], *, stay_on: str = "") -> None:
        """Show other cards; the cursor stays on the card `stay_on` where that is among them, else on its place."""
        self._cards = cards
        self._lay_out(stay_on)

    def _lay_out(self, stay_on: str) -> None:
        width = max(10, self.size.width - 2)
        self.show([line for card in self._cards for line in _lines_of(card, width)], stay_on=stay_on or None)

    def select(self, uid: str) -> bool:
        """Put the cursor on a card; return whether it is here."""
        place = next((place for place, line in enumerate(self.items) if line.first and line.uid == uid), None)
        if place is not None:
            self.move_to(place)
        return place is not None

    def draw(self, item: CardLine, width: int) -> Pieces:
        """Return a line: where it is too long, all but its tail is cut."""
        if item.style == HEADING:
            return [(fit(f"{item.text} ", min(width, cell_len(item.text) + 1)), HEADING), (_RULE * width, "scroll")]
        if not item.tail or cell_len(item.text + item.tail) <= width:
            return [(fit(item.text + item.tail, width), item.style)]
        room = max(0, width - cell_len(item.tail))
        return [(fit(fit(item.text, room).rstrip() + item.tail, width), item.style)]

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        self._lay_out(self.uid)

    # A card is several lines

    def _span(self, place: int) -> int:
        """Return how many lines the card has whose first line is at a place."""
        if place >= len(self.items):
            return 1
        uid = self.items[place].uid
        end = next((at for at in range(place + 1, len(self.items)) if self.items[at].uid != uid), len(self.items))
        return end - place

    def _line(self, y: int, width: int) -> Strip:
        place = y + self.scroll_offset.y
        if self.cursor < place < len(self.items) and self.items[place].uid and self.items[place].uid == self.uid:
            return self._draw(place, width, here=True)
        return super()._line(y, width)

    def _draw(self, place: int, width: int, *, here: bool) -> Strip:
        item = self.items[place]
        led = here and self.has_focus and bool(item.uid)
        of_row = ("row--cursor",) if led else ()
        style = self.get_visual_style(*of_row).rich_style
        segments = [Segment(CURSOR if led else " ", self.get_visual_style(*of_row, "row--bar").rich_style)]
        for text, name in self.draw(item, width - 1):
            segments.append(Segment(text, self.get_visual_style(*of_row, f"row--{name}").rich_style if name else style))
        return Strip(segments, sum(cell_len(segment.text) for segment in segments)).adjust_cell_length(width, style)

    def _refresh_row(self, place: int) -> None:
        self.refresh(Region(0, place - self.scroll_offset.y, self.size.width, self._span(place)))

    def _scroll_to_cursor(self) -> None:
        """Keep all of the card in sight, and the heading above it."""
        height = self.size.height
        if height <= 0:
            return
        headed = self.cursor > 0 and not self.items[self.cursor - 1].uid
        first = self.cursor - headed
        last = self.cursor + self._span(self.cursor) - 1
        top = self.scroll_offset.y
        if first < top or last - first >= height:
            self.scroll_to(y=first, animate=False, force=True)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the card where the user clicked; a double click opens it."""
        place = event.y - self.gutter.top + self.scroll_offset.y
        if 0 <= place < len(self.items) and self.items[place].uid:
            self.select(self.items[place].uid)
            if event.chain == 2:
                self.action_open()


def _lines_of(card: Card, width: int) -> Sequence[CardLine]:
    lines: list[CardLine] = []
    for line in card.lines:
        for text in _broken(line.text, width, line.most):
            lines.append(CardLine(card.uid, text, line.tail, line.style, first=bool(card.uid) and not lines))
    return lines


def _broken(text: str, width: int, most: int) -> Sequence[str]:
    """Return a text as at most so many lines, of which the last may be too long."""
    lines = wrap(text, width) if most > 1 else [text]
    return [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines
