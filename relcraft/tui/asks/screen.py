"""The Asks screen: the user's asks by where they stand, what is asked of them, introductions, and the honest mirror."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from relcraft.book import courage
from relcraft.book.open import Book
from relcraft.domain.records import Ask, Introduction
from relcraft.tui.asks import columns, told
from relcraft.tui.asks.acting import Acting
from relcraft.tui.asks.cards import CardList
from relcraft.tui.asks.choices import choices_of, next_told
from relcraft.tui.asks.columns import Column
from relcraft.tui.asks.frames import Stack
from relcraft.tui.asks.mirror import mirror_line, shorter
from relcraft.tui.commands import REGISTRY
from relcraft.tui.registry import Registry, key_shown
from relcraft.tui.rows import RowList
from relcraft.tui.telling import entitle

_WIDE = 120
"""Cells from which on the columns stand side by side."""
_EMPTY = {
    Column.DRAFT: "{ask} drafts an ask: of whom, what, and what is in it for them.",
    Column.ASKED: "{ask-done} on a draft: it is asked.",
    Column.AGREED: "A yes comes here.",
    Column.HELPED: "Help comes here, until thanks are said.",
    Column.ENDED: "What came to its end, well or in peace.",
}
_BEGINS = {"incoming": "asked-of-me", "introductions": "introduce"}
"""What begins a record of a part that is not the user's own asks."""
_NO_ASKS = (
    "Nothing asked yet. {ask} drafts an ask: of whom, what, what is in it for them, and an easy way out. "
    "Nothing is ever sent from here: you copy the message, or say it."
)
_NO_INCOMING = "Nobody waits for an answer of yours. {asked-of-me} notes what somebody asks of you."
_NO_INTRODUCTIONS = "No introduction is under way. {introduce} begins one: each side agrees first."


class AsksScreen(Acting):
    """Asks and introductions. From 120 columns on all is seen at once, below that one part at a time."""

    TAB = "tab-asks"
    AUTO_FOCUS = ""
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "asks.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("asks")]

    def __init__(self, book: Book, *, banner: str = "", registry: Registry = REGISTRY) -> None:
        super().__init__(book, banner=banner, registry=registry)
        self._outgoing: Mapping[Column, Sequence[Ask]] = dict.fromkeys(Column, ())
        self._column = Column.DRAFT
        self._mirror = ""
        self._others: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """Lay out the three parts, and the mirror at the foot."""
        with Container(id="asks"):
            with Horizontal(id="board"):
                for column in Column:
                    yield CardList(empty=_EMPTY[column], id=f"column-{column.lower()}")
            with Stack(id="stack"):
                yield Static("", id="strip", markup=False)
                yield CardList(empty=_NO_ASKS, id="stacked")
            with Container(id="beside"):
                yield CardList(empty=_NO_INCOMING, id="incoming")
                yield CardList(empty=_NO_INTRODUCTIONS, id="introductions")
        yield Static("", id="mirror", markup=False)

    def on_mount(self) -> None:
        """Begin where the first ask is."""
        super().on_mount()
        if not self.is_laid_out:
            return
        self._column = next((column for column in Column if self._outgoing[column]), Column.DRAFT)
        self.home.focus()

    # The parts

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= _WIDE

    def _list(self, name: str) -> CardList:
        return self.query_one(f"#{name}", CardList)

    def _column_list(self, column: Column) -> CardList:
        return self._list(f"column-{column.lower()}")

    @property
    def _stacked(self) -> CardList:
        return self._list("stacked")

    @property
    def home(self) -> CardList:
        """The column in which the user was last, or the one list."""
        return self._column_list(self._column) if self._is_wide else self._stacked

    @property
    def scope(self) -> str:
        """Everywhere the same."""
        return "asks"

    def parts(self) -> Sequence[Widget]:
        """Return the asks of the user, those that came, and the introductions."""
        return [self.home, self._list("incoming"), self._list("introductions")]

    @property
    def _here(self) -> CardList:
        return self.focused if isinstance(self.focused, CardList) else self.home

    @property
    def senseless(self) -> frozenset[str]:
        """The keys that would do nothing here, and those that the frame tells or that are about the user's own asks."""
        begins = _BEGINS.get(self._here.id or "")
        return super().senseless | ({"open"} if begins is None else {"open", "ask", "calibration", begins})

    @property
    def current(self) -> Ask | Introduction | None:
        """The record under the cursor."""
        uid = self._here.uid
        found = self.book.get("asks", uid) or self.book.get("introductions", uid)
        return found if isinstance(found, Ask | Introduction) else None

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the part where the user is."""
        here = event.widget.id or ""
        for part in ("incoming", "introductions"):
            self.set_class(here == part, f"-at-{part}")
        self._column = next((column for column in Column if here == f"column-{column.lower()}"), self._column)
        self._show_keys()
        super().on_descendant_focus(event)

    def on_resize(self) -> None:
        """Go on where the user is, in the columns or in the one list."""
        here = self.focused
        if isinstance(here, CardList) and here not in self.parts():
            uid = here.uid
            if self._is_wide:
                self._column = self._column_of(uid)
            self.home.select(uid)
            self.home.focus()
        self._show_keys()
        self._show_mirror()

    def _column_of(self, uid: str) -> Column:
        found = (column for column, asks in self._outgoing.items() if any(ask.uid == uid for ask in asks))
        return next(found, self._column)

    # What is shown

    def refill(self) -> None:
        """Show what is so now."""
        before = self._column_of(self._stacked.uid)
        self._outgoing = columns.outgoing(self.book)
        for column, asks in self._outgoing.items():
            cards = self._column_list(column)
            cards.show_cards(told.narrow_cards(self.book, column, asks), stay_on=cards.uid)
            entitle(cards, Content(f"{column} {len(asks)}"))
        stays = self._column_of(self._stacked.uid) is before
        self._stacked.show_cards(
            told.stacked_cards(self.book, self._outgoing), stay_on=self._stacked.uid if stays else ""
        )
        self._show_others()
        self._follow_card()
        self._show_strip()
        self._mirror = mirror_line(courage.calibration(self.book))
        self._show_mirror()

    def _show_others(self) -> None:
        """Show what came to the user, and the introductions; each frame of one part tells of the others."""
        groups, ways = columns.incoming(self.book), columns.introductions(self.book)
        counts = {
            "Asks": sum(map(len, self._outgoing.values())),
            "Incoming": len(groups[columns.Group.RECEIVED]) + len(groups[columns.Group.AGREED]),
            "Introductions": len(ways[columns.Way.BY_ME]) + len(ways[columns.Way.TO_ME]),
        }
        incoming, introductions = self._list("incoming"), self._list("introductions")
        incoming.show_cards(told.incoming_cards(self.book, groups), stay_on=incoming.uid)
        introductions.show_cards(told.introduction_cards(self.book, ways), stay_on=introductions.uid)
        titled = (self.query_one("#stack"), incoming, introductions)
        for widget, title in zip(titled, counts, strict=True):
            entitle(widget, Content(f"{title} {counts[title]}"))
            others = " · ".join(f"{other.lower()} {count}" for other, count in counts.items() if other != title)
            self._others[widget.id or ""] = others
        self._show_keys()

    def _show_keys(self) -> None:
        """Tell in the frame where the user is what enter does, and what tab leads to where that is not seen."""
        here = self._here
        begins = _BEGINS.get(here.id or "")
        keys = (*self._answers(), "" if begins is None else f"{key_shown(self.registry[begins].keys[0])} new")
        for widget in (*self.query(CardList), self.query_one(Stack)):
            framed = widget is here or (here is self._stacked and widget.id == "stack")
            others = "" if self._is_wide else f"tab {self._others.get(widget.id or '', '')}"
            widget.tell_keys((*keys, others) if framed else ())

    def _answers(self) -> Sequence[str]:
        """Say what the keys note about the record under the cursor; nothing where that came to its end."""
        record = self.current
        if record is None or not choices_of(self.book, record):
            return ()
        following = next_told(self.book, record)
        done = f"{key_shown(self.registry['ask-done'].keys[0])} {following}" if following else ""
        return done, f"{key_shown(self.registry['open'].keys[0])} answers"

    def _follow_card(self) -> None:
        """Go with the card that the user moves."""
        uid, self._follow = self._follow, ""
        if not uid or not self._stacked.select(uid):
            return
        column = self._column_of(uid)
        cards = self._column_list(column)
        cards.select(uid)
        if self._is_wide and self.focused is self.home:
            cards.focus()

    @on(RowList.Highlighted)
    def _another_card(self) -> None:
        self._show_strip()
        self._show_keys()
        self.show_place()

    def _show_strip(self) -> None:
        """Show how many asks stand where; the state of the one under the cursor in brackets."""
        here = self._column_of(self._stacked.uid) if self._stacked.uid else None
        states = (f"{column} {len(asks)}" for column, asks in self._outgoing.items())
        told_states = [
            (f"[{state}]" if column is here else f" {state} ", "bold" if column is here else "")
            for column, state in zip(Column, states, strict=True)
        ]
        self.query_one("#strip", Static).update(Content.assemble(*told_states))

    def _show_mirror(self) -> None:
        """Show what was expected beside what came of it, as much of it as fits."""
        forms = (self._mirror, shorter(self._mirror), self._mirror.partition(". ")[0] + ".")
        line = next((form for form in forms if cell_len(form) < self.app.size.width), forms[-1]) if self._mirror else ""
        mirror = self.query_one("#mirror", Static)
        mirror.update(Content(line))
        mirror.display = bool(line)

    # Going sideways

    def action_part_right(self) -> None:
        """Go to the next column or state; elsewhere to the next part."""
        if self._here is not self.home:
            self.action_next_part()
        elif self._is_wide:
            self._step_column(1)
        else:
            self._step_state(1)

    def action_part_left(self) -> None:
        """Go to the column or state before; elsewhere to the part before."""
        if self._here is not self.home:
            self.action_previous_part()
        elif self._is_wide:
            self._step_column(-1)
        else:
            self._step_state(-1)

    def _step_column(self, by: int) -> None:
        order = list(Column)
        at = min(max(order.index(self._column) + by, 0), len(order) - 1)
        self._column_list(order[at]).focus()

    def _step_state(self, by: int) -> None:
        """Go to the first ask of the next state that has any."""
        filled = [column for column in Column if self._outgoing[column]]
        if filled:
            at = min(max(filled.index(self._column_of(self._stacked.uid)) + by, 0), len(filled) - 1)
            self._stacked.select(self._outgoing[filled[at]][0].uid)
