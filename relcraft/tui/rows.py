"""A list of rows that draws only what is seen: the ground of the contact list, the timeline and the balance."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from relcraft.tui.commands import REGISTRY
from relcraft.tui.signs import CURSOR, CURSOR_ELSEWHERE, MARK, wrap
from relcraft.tui.telling import keyed

Pieces = Sequence[tuple[str, str]]
"""A row from left to right: text, and the name of its style ("" for the row's own, "quiet", "strong", "given", ...)."""
T = TypeVar("T")

_MOST_STRIPS = 1024
_SCROLL = "▐"


class RowList(ScrollView, Generic[T], can_focus=True):
    """Rows of one line each, with a cursor and marks. A key touches two lines, whatever the number of rows.

    Subclasses say how to draw an item (`draw`) and what tells it from the others (`key_of`).
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("rows")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--cursor",
        "row--bar",
        "row--marked",
        "row--quiet",
        "row--strong",
        "row--given",
        "row--received",
        "row--heading",
        "row--scroll",
    }
    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 0;
        background: transparent;
        & > .row--cursor { background: $cursor; text-style: $cursor-style; }
        & > .row--bar { color: $cursor-bar; text-style: bold; }
        & > .row--marked { text-style: bold; }
        & > .row--quiet { color: $quiet; text-style: $quiet-style; }
        & > .row--strong { text-style: bold; }
        & > .row--given { color: $given; }
        & > .row--received { color: $received; }
        & > .row--heading { color: $quiet; text-style: $quiet-style; }
        & > .row--scroll { color: $frame; }
        &:ansi > .row--cursor { background: ansi_default; }
    }
    """

    class Highlighted(Message):
        """The cursor came to stand on another item (or on none)."""

        def __init__(self, rows: "RowList[Any]") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "RowList[Any]":
            """The list."""
            return self.rows

    class Selected(Message):
        """An item was opened, by enter or a double click."""

        def __init__(self, rows: "RowList[Any]") -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> "RowList[Any]":
            """The list."""
            return self.rows

    def __init__(self, *, empty: str = "", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id, classes=classes)
        self.items: Sequence[T] = ()
        self.cursor = 0
        self.marks: dict[str, None] = {}
        self.empty = empty
        self._strips: dict[int, Strip] = {}
        self._drawn_width = 0
        self._told: str | None = None

    # What a subclass says

    def key_of(self, item: T) -> str:
        """Return what tells an item from the others, also after the list was built anew."""
        raise NotImplementedError

    def draw(self, item: T, width: int) -> Pieces:
        """Return an item's row, at most `width` cells wide."""
        raise NotImplementedError

    def can_select(self, item: T) -> bool:  # noqa: ARG002  # every item can, unless a subclass knows better
        """Tell whether the cursor may stand on an item."""
        return True

    # What is shown

    @property
    def current(self) -> T | None:
        """The item under the cursor; None in an empty list."""
        return self.items[self.cursor] if self.cursor < len(self.items) else None

    @property
    def chosen(self) -> list[str]:
        """The keys of what a command is about: of the marked items, else of the one under the cursor."""
        if self.marks:
            return list(self.marks)
        return [] if self.current is None else [self.key_of(self.current)]

    def show(self, items: Sequence[T], *, stay_on: str | None = None) -> None:
        """Show other items. The cursor stays on the item `stay_on` where that is among them, else on its place."""
        self.items = items
        place = self._place_of(stay_on)
        self.cursor = self._nearest(min(self.cursor, max(0, len(items) - 1)) if place is None else place)
        self._grow_to(max(len(items), 1))
        self.redraw()
        self._scroll_to_cursor()
        self._tell()

    def _grow_to(self, height: int) -> None:
        """Note how many lines there are. The bar is drawn by us, so the screen need not be laid out anew for that."""
        self.set_reactive(RowList.virtual_size, Size(0, height))
        last = max(0, height - self.size.height)
        if self.scroll_offset.y > last:
            self.scroll_to(y=last, animate=False, force=True)

    def _place_of(self, key: str | None) -> int | None:
        if key is None:
            return None
        if self.cursor < len(self.items) and self.key_of(self.items[self.cursor]) == key:
            return self.cursor
        return next((place for place, item in enumerate(self.items) if self.key_of(item) == key), None)

    def _nearest(self, place: int, *, down: bool = True) -> int:
        """Return the selectable place nearest to `place` in one direction, else in the other."""
        ways = (range(place, len(self.items)), range(min(place, len(self.items) - 1), -1, -1))
        for way in ways if down else ways[::-1]:
            for candidate in way:
                if self.can_select(self.items[candidate]):
                    return candidate
        return 0

    def redraw(self) -> None:
        """Draw every row anew: what it tells has changed."""
        self._strips.clear()
        self.refresh()

    def keep_marks(self, keys: Iterable[str]) -> None:
        """Drop the marks of all items but these."""
        known = set(keys)
        self.marks = {key: None for key in self.marks if key in known}

    def notify_style_update(self) -> None:
        """Draw with the new colours."""
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        """Fit the rows to the new width, and keep the cursor in sight."""
        self.redraw()
        self._scroll_to_cursor()

    def on_focus(self) -> None:
        """Show the cursor as one that keys move."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """Show the cursor as one that waits."""
        self._refresh_row(self.cursor)

    def render_line(self, y: int) -> Strip:
        """Return one line of the widget, drawn when it is first seen."""
        width = max(1, self.size.width - 1)
        return Strip.join([self._line(y, width), self._scroll_sign(y)])

    def _scroll_sign(self, y: int) -> Strip:
        """Return the last cell of a line: part of the bar that shows which rows are seen, where not all are."""
        height, count = self.size.height, len(self.items)
        lit = False
        if count > height > 0:
            length = max(1, height * height // count)
            start = self.scroll_offset.y * (height - length) // max(1, count - height)
            lit = start <= y < start + length
        style = self.get_visual_style("row--scroll").rich_style
        return Strip([Segment(_SCROLL if lit else " ", style)], 1)

    def _line(self, y: int, width: int) -> Strip:
        place = y + self.scroll_offset.y
        if width != self._drawn_width:
            self._drawn_width = width
            self._strips.clear()
        if place >= len(self.items):
            return self._blank(y, width)
        if place == self.cursor and self.can_select(self.items[place]):
            return self._draw(place, width, here=True)
        known = self._strips.get(place)
        if known is None:
            if len(self._strips) >= _MOST_STRIPS:
                self._strips.clear()
            known = self._strips[place] = self._draw(place, width, here=False)
        return known

    def _blank(self, y: int, width: int) -> Strip:
        style = self.visual_style.rich_style
        lines = wrap(keyed(self, self.empty), width - 2) if self.empty and not self.items else []
        if y < len(lines):
            quiet = self.get_visual_style("row--quiet").rich_style
            return Strip([Segment(" ", style), Segment(lines[y], quiet)]).adjust_cell_length(width, style)
        return Strip.blank(width, style)

    def _draw(self, place: int, width: int, *, here: bool) -> Strip:
        item = self.items[place]
        marked = self.key_of(item) in self.marks
        led = here and (self.has_focus or not self.can_focus)
        of_row = (*(("row--cursor",) if led else ()), *(("row--marked",) if marked else ()))
        style = self.get_visual_style(*of_row).rich_style
        bar = CURSOR if led else CURSOR_ELSEWHERE if here else " "
        segments = [
            Segment(bar, self.get_visual_style(*of_row, "row--bar").rich_style),
            Segment(MARK if marked else " ", style),
        ]
        for text, name in self.draw(item, width - 2):
            segments.append(Segment(text, self.get_visual_style(*of_row, f"row--{name}").rich_style if name else style))
        return Strip(segments, sum(cell_len(segment.text) for segment in segments)).adjust_cell_length(width, style)

    # Moving

    def _refresh_row(self, place: int) -> None:
        self.refresh(Region(0, place - self.scroll_offset.y, self.size.width, 1))

    def _scroll_to_cursor(self) -> None:
        height = self.size.height
        if height <= 0:
            return
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)

    def move_to(self, place: int) -> None:
        """Put the cursor on a place, or as near as the list goes."""
        if not self.items:
            return
        wanted = max(0, min(place, len(self.items) - 1))
        wanted = self._nearest(wanted, down=wanted >= self.cursor)
        if wanted == self.cursor:
            return
        before, self.cursor = self.cursor, wanted
        self._refresh_row(before)
        self._scroll_to_cursor()
        self._refresh_row(wanted)
        self._tell()

    def _tell(self) -> None:
        key = None if self.current is None else self.key_of(self.current)
        if key != self._told:
            self._told = key
            self.post_message(self.Highlighted(self))

    def action_down(self) -> None:
        """Go one row down."""
        self.move_to(self.cursor + 1)

    def action_up(self) -> None:
        """Go one row up."""
        self.move_to(self.cursor - 1)

    def action_top(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_bottom(self) -> None:
        """Go to the last row."""
        self.move_to(len(self.items) - 1)

    def action_half_down(self) -> None:
        """Go half a page down."""
        self.move_to(self.cursor + max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """Go half a page up."""
        self.move_to(self.cursor - max(1, self.size.height // 2))

    def action_a_page_down(self) -> None:
        """Go a page down."""
        self.move_to(self.cursor + max(1, self.size.height - 1))

    def action_a_page_up(self) -> None:
        """Go a page up."""
        self.move_to(self.cursor - max(1, self.size.height - 1))

    def action_open(self) -> None:
        """Open the item under the cursor."""
        if self.current is not None:
            self.post_message(self.Selected(self))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the user clicked; a double click opens."""
        place = event.y - self.gutter.top + self.scroll_offset.y
        if 0 <= place < len(self.items):
            self.move_to(place)
            if event.chain == 2:
                self.action_open()

    # Marking

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark off."""
        if self.current is not None:
            key = self.key_of(self.current)
            if key in self.marks:
                del self.marks[key]
            else:
                self.marks[key] = None
            self._forget(self.cursor)

    def mark_up_to_cursor(self) -> None:
        """Mark all from the row marked last up to the cursor; without a mark, all that are shown."""
        last = self._place_of(next(reversed(self.marks))) if self.marks else None
        between = range(len(self.items)) if last is None else range(min(last, self.cursor), max(last, self.cursor) + 1)
        self.marks.update((self.key_of(self.items[place]), None) for place in between)
        self.redraw()

    def clear_marks(self) -> bool:
        """Take all marks off; return whether there were any."""
        had = bool(self.marks)
        self.marks.clear()
        if had:
            self.redraw()
        return had

    def _forget(self, place: int) -> None:
        self._strips.pop(place, None)
        self._refresh_row(place)
