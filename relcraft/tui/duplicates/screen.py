"""The screen of those who may be one person, beside what both say: one key a pair; and of what waits to be placed."""

from asyncio import sleep
from collections.abc import Container, Sequence
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container as Box
from textual.content import Content
from textual.widget import Widget

from relcraft.book.duplicates import certain, is_counted, keep_apart, look_on, unite, unite_certain
from relcraft.book.open import Book
from relcraft.book.placing import Waiting, drop, place
from relcraft.domain.changes import Change, Op
from relcraft.domain.duplicates import Candidate
from relcraft.domain.errors import BadInput
from relcraft.domain.telling import tell_count, tell_list
from relcraft.tui.choosing import ChoicePicker
from relcraft.tui.commands import REGISTRY
from relcraft.tui.duplicates.both_pane import BothPane, Pair
from relcraft.tui.duplicates.pair_list import PairList, key_of, name_of
from relcraft.tui.duplicates.whose import NEW, whose
from relcraft.tui.registry import key_shown
from relcraft.tui.rows import RowList
from relcraft.tui.tabs import Away
from relcraft.tui.telling import entitle, errors_told, tell

_OF_A_PAIR = frozenset({"two-people", "other-stays"})
_OF_WHAT_WAITS = frozenset({"somebody-new", "drop-unplaced"})
_TOLD_IN_FRAMES = frozenset({"open", "import", "about-me"})
_DO, _LEAVE = "do", "leave"
_AT_A_TIME = 250
"""Contacts of a large book that are looked at between two frames."""
_MOST_NAMES = 12


class DuplicatesScreen(Away, inherit_bindings=False):
    """Pairs that may be one person, and beside them what both say. No tab has it: a key opens it from each."""

    TAB = "duplicates"
    AUTO_FOCUS = "#pairs"
    CSS_PATH: ClassVar[str | PurePath | list[str | PurePath] | None] = "duplicates.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("away"), *REGISTRY.bindings("duplicates")]

    def body(self) -> ComposeResult:
        """Lay out the pairs, and what both of one say."""
        self._settled: set[str] = set()
        with Box(id="duplicates"):
            yield PairList(self.book)
            yield BothPane(self.book)

    # What there is

    @property
    def pairs(self) -> PairList:
        """What is to be looked at."""
        return self.query_one(PairList)

    @property
    def pane(self) -> BothPane:
        """What both say."""
        return self.query_one(BothPane)

    @property
    def home(self) -> PairList:
        """What is to be looked at."""
        return self.pairs

    @property
    def scope(self) -> str:
        """Everywhere the same."""
        return "duplicates"

    @property
    def heard(self) -> Sequence[str]:
        """The keys that add are left to the tabs."""
        return (self.scope, "rows", "away", "app")

    def parts(self) -> Sequence[Widget]:
        """Return the pairs, and what both say."""
        return [self.pairs, self.pane]

    def people(self) -> Sequence[str]:
        """Return the two, who stays first; or whom what waits may be about."""
        one = self.pairs.selected
        if isinstance(one, Waiting):
            return one.choices
        pair = self.pane.pair
        return () if pair is None else (pair.stays, pair.goes)

    @property
    def senseless(self) -> Container[str]:
        """What makes no sense for what is selected."""
        gone = set(_TOLD_IN_FRAMES) if self.people() else _TOLD_IN_FRAMES | {"open-contact"}
        one = self.pairs.selected
        if one is None:
            return gone | _OF_A_PAIR | _OF_WHAT_WAITS | {"same-person", "all-certain"}
        gone |= _OF_A_PAIR | {"same-person"} if isinstance(one, Waiting) else _OF_WHAT_WAITS
        return gone if any(_is_sure(line.one) for line in self.pairs.items) else gone | {"all-certain"}

    # Showing

    def refill(self) -> None:
        """Show what is so now; what the user settled here and undid is gone to."""
        back = self._settled.copy()
        self.pairs.refill(go_to=back)
        self._settled.difference_update(self.pairs.keys)
        entitle(self.pairs, Content(self.pairs.told))
        self._show_one()
        if not is_counted(self.book):
            self.run_worker(self._look(), group="look", exclusive=True)

    async def _look(self) -> None:
        """Look for pairs in a large book, a little between two frames, and show them."""
        while (share := look_on(self.book, _AT_A_TIME)) < 1:
            self.pairs.looked(share)
            entitle(self.pairs, Content(self.pairs.told))
            await sleep(0)
        self.refill_soon()

    def book_changed(self, ops: Sequence[Op]) -> None:
        """Follow at once, so that no key is about a pair that went."""
        if not self.is_laid_out or self.app.screen_stack[:1] != [self]:
            super().book_changed(ops)
            return
        self.refill()
        self.show_place()
        self.show_waiting()

    @on(RowList.Highlighted, "#pairs")
    def _another(self) -> None:
        self._show_one()
        self.show_place()

    @on(RowList.Highlighted, "#both")
    def _another_line(self, event: RowList.Highlighted) -> None:
        event.stop()

    def _show_one(self) -> None:
        one = self.pairs.selected
        self.pane.show_one(one)
        entitle(self.pane, Content(_title_of(self.book, one)))

    def show_place(self) -> None:
        """Bring footer and frames in step with where the user is."""
        super().show_place()
        if self.is_laid_out:
            waits = isinstance(self.pairs.selected, Waiting)
            self.pane.border_subtitle = Content(f"{self._key('same-person')} says whose it is" if waits else "")

    # Saying what is so

    def action_same_person(self) -> None:
        """Make the two one; or ask whose it is that waits."""
        self.need_writing()
        one = self._selected()
        if isinstance(one, Waiting):
            self._ask_whose(one)
        else:
            pair = self._pair()
            self._done(one, unite(self.book, pair.stays, pair.goes))

    def action_two_people(self) -> None:
        """Keep the two apart."""
        self.need_writing()
        pair = self._pair()
        self._done(pair.candidate, keep_apart(self.book, pair.stays, pair.goes))

    def action_other_stays(self) -> None:
        """Let the other one stay."""
        self.pane.swap(self._pair().candidate)

    def action_all_certain(self) -> None:
        """Make all pairs one of which it is sure, after a question."""
        self.need_writing()
        sure = certain(self.book)
        if not sure:
            raise BadInput("There is no pair of which it is sure: the name and an address, phone or link agree.")
        pairs = tell_count(len(sure), "pair")
        names = [name_of(self.book, uid) for uid in dict.fromkeys(sure.values())]
        lines = [
            f"In {pairs} the name agrees and an address, phone or link with it, and nothing is against it:",
            f"{tell_list(names, _MOST_NAMES)}.",
        ]
        question = ChoicePicker("All that is sure", [(_DO, f"Make {pairs} one"), (_LEAVE, "Leave them")], lines)

        def chosen(answer: str) -> None:
            if answer == _DO:
                self._tell(unite_certain(self.book))

        self.ask(question, chosen)

    def _ask_whose(self, one: Waiting) -> None:
        def chosen(answer: str) -> None:
            self._done(one, place(self.book, one.uid, None if answer == NEW else answer))

        self.ask(whose(self.book, one), chosen)

    def action_somebody_new(self) -> None:
        """Add somebody new for what waits."""
        self.need_writing()
        one = self._waits()
        self._done(one, place(self.book, one.uid, None))

    def action_drop_unplaced(self) -> None:
        """Drop what waits."""
        self.need_writing()
        one = self._waits()
        self._done(one, drop(self.book, one.uid))

    def _selected(self) -> Candidate | Waiting:
        one = self.pairs.selected
        if one is None:
            raise BadInput(self.pairs.told_nothing)
        return one

    def _pair(self) -> Pair:
        """Return the two that the user sees. Raises `BadInput` where there is no pair."""
        one, pair = self._selected(), self.pane.pair
        if isinstance(one, Waiting):
            raise BadInput(f"This waits for its person: {self._key('same-person')} chooses whose it is.")
        if pair is None or pair.candidate.pair != one.pair:
            raise BadInput("One of the two is no longer in the book.")
        return pair

    def _waits(self) -> Waiting:
        one = self._selected()
        if isinstance(one, Waiting):
            return one
        raise BadInput("These are two in the book: nothing waits to be placed here.")

    def _done(self, one: Candidate | Waiting, change: Change) -> None:
        self._settled.add(key_of(one))
        self._tell(change)

    def _tell(self, change: Change) -> None:
        tell(self, f"{change.title}. {self._key('undo')} takes it back")

    def _key(self, command: str) -> str:
        return key_shown(self.registry[command].keys[0])

    @on(RowList.Selected, "#pairs")
    def _opened(self) -> None:
        with errors_told(self):
            self.action_same_person()

    @on(RowList.Selected, "#both")
    def _opened_beside(self, event: RowList.Selected) -> None:
        event.stop()

    # Leaving

    def action_leave_tab(self) -> None:
        """Go back one level: to the pairs, or to the tab from which the user came."""
        if self.pane.has_focus:
            self.pairs.focus()
        else:
            self.action_leave_duplicates()

    def action_leave_duplicates(self) -> None:
        """Go back to the tab from which the user came."""
        self.relcraft.open_tab(self.relcraft.last_tab)


def _is_sure(one: Candidate | Waiting) -> bool:
    return isinstance(one, Candidate) and one.is_certain


def _title_of(book: Book, one: Candidate | Waiting | None) -> str:
    match one:
        case None:
            return "Both"
        case Waiting():
            return f"{one.name}: {one.thing}"
        case _:
            return " / ".join(dict.fromkeys(name_of(book, uid) for uid in one.pair))
