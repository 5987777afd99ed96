"""The steps at the moment of hesitation: a warm-up first, a smaller ask, another way to the person."""

from collections.abc import Sequence
from dataclasses import replace

from textual import on

from relcraft.book import courage, ways
from relcraft.book.first_ask import first_ask
from relcraft.book.open import Book
from relcraft.domain.changes import Change
from relcraft.domain.composing import Templates
from relcraft.domain.errors import BadInput
from relcraft.domain.hesitation import PATH_KEY, SMALLER_KEY, WARM_UP_KEY
from relcraft.domain.paths import Way
from relcraft.domain.records import Ask, Contact
from relcraft.domain.steps import first_name
from relcraft.tui.composer.arrangement import Arrangement
from relcraft.tui.composer.hesitation import HesitationPanel, Line
from relcraft.tui.telling import errors_told, keyed, tell

BACK_KEY = "u"
_NO_WAY = "Nobody is known who could introduce you: a tie or an introduction that you record shows a way."
_BEGINS = "The number begins an ask for an introduction; this draft is still here afterwards."


class Hesitating(Arrangement):
    """Takes the steps among the hints. Each can be taken back with u."""

    def __init__(self, book: Book, ask: Ask, *, templates: Templates) -> None:
        super().__init__(book, ask, templates=templates)
        self.warm_up: tuple[Contact, str] | None = None
        """Whom a warm-up is open for, and its message."""
        self._ways: Sequence[Way] = ()
        self._before: dict[str, str] = {}
        """The texts that a smaller ask took the place of."""
        self._after: dict[str, str] = {}
        """The texts that took their place."""
        self._logged: Change | None = None

    def show_hints(self) -> None:
        """Show the hints; what a step opened is closed."""
        self.warm_up, self._ways = None, ()
        if self._before and not self._is_smaller:
            self._before, self.step_told = {}, None
        super().show_hints()

    @on(HesitationPanel.Left)
    def _left(self, event: HesitationPanel.Left) -> None:
        event.stop()
        self.show_hints()

    @on(HesitationPanel.Taken)
    def _taken(self, event: HesitationPanel.Taken) -> None:
        event.stop()
        with errors_told(self):
            if self._ways:
                self._ask_first_of(self._ways[int(event.key) - 1])
            elif event.key == WARM_UP_KEY:
                self._warm_up()
            elif event.key == SMALLER_KEY:
                self._make_whole() if self._is_smaller else self._make_smaller()
            elif event.key == PATH_KEY:
                self._show_ways()
            elif event.key == BACK_KEY:
                self._take_back()

    @on(HesitationPanel.TakenBack)
    def _taken_back(self, event: HesitationPanel.TakenBack) -> None:
        event.stop()
        with errors_told(self):
            self._take_back()

    def _take_back(self) -> None:
        if self._is_smaller:
            self._make_whole()
        elif self._logged is not None:
            self._unlog(self._logged)

    # A warm-up first

    def _warm_up(self) -> None:
        """Show the two lines to an easy contact; once more, log them."""
        if self.warm_up is not None:
            contact, _text = self.warm_up
            self._logged, self._before = courage.log_warm_up(self.book, contact.uid), {}
            self.step_told = Line(
                f"logged: a message to {contact.name}, today; {keyed(self, '{undo}')} takes that back", BACK_KEY
            )
            self.hint(anew=True)
            return
        uid = next((hint.contact for hint in self.hints if hint.key == WARM_UP_KEY), None)
        contact = self.book.contact(uid or "")
        text = courage.message(self.book, self.templates, "warm-up", contact.uid)
        sent = f"when it is sent: log a message to {first_name(contact)} today"
        lines = [Line(text), Line(sent, WARM_UP_KEY), Line("f2 copies the two lines, esc goes back", quiet=True)]
        self.panel.show(f"Two lines to {contact.name}, no ask in them", lines, within=True)
        self.warm_up = (contact, text)

    def _unlog(self, change: Change) -> None:
        last = self.book.history.last_done()
        if (last.title, last.at) != (change.title, change.at):
            raise BadInput("Something else was changed since: {undo} on the first screen goes back one by one.")
        self.step_told, self._logged = Line(self.book.undo().title), None
        self.hint(anew=True)

    # Something smaller

    def _make_smaller(self) -> None:
        before = self.sheet.take(courage.smaller(self.sheet.ask))
        if not before:
            raise BadInput("This is a small ask already.")
        self._before, self._logged = before, None
        self._after = {name: self.sheet.texts[name] for name in before}
        self.step_told = Line("smaller now; s once more brings back what was there", SMALLER_KEY)
        self._show_replaced(before)

    @property
    def _is_smaller(self) -> bool:
        """Whether the smaller ask stands there as it was made."""
        return bool(self._before) and all(self.sheet.texts[name] == text for name, text in self._after.items())

    def _make_whole(self) -> None:
        before, self._before = self._before, {}
        self.sheet.texts.update(before)
        self.step_told = None
        self._show_replaced(before)

    def _show_replaced(self, names: dict[str, str]) -> None:
        self.say_rows(names)
        self.hint(anew=True)

    # Another way

    def _show_ways(self) -> None:
        """Show how to get to whom is asked through others."""
        contact = self.sheet.contact
        if contact is None:
            return
        found = [way for way in ways.ways_to(self.book, contact.uid) if len(way.links) > 1]
        lines = [Line("\n".join(ways.tell_way(self.book, way)), str(number)) for number, way in enumerate(found, 1)]
        lines.append(Line(_BEGINS if found else _NO_WAY, quiet=True))
        self.panel.show(f"Ways to {contact.name}", [*lines, Line("esc goes back", quiet=True)], within=True)
        self._ways = found

    def _ask_first_of(self, way: Way) -> None:
        """Open an ask for an introduction, to the first person of a way."""
        contact = self.sheet.contact
        if contact is None:
            return
        ask = first_ask(self.book, way)
        ask = replace(ask, goal=ask.goal or self.sheet.ask.goal)

        def answered(stored: Ask | None) -> None:
            if stored is not None:
                tell(self, f"Back at the ask to {contact.name}")

        self.app.push_screen(type(self)(self.book, ask, templates=self.templates), answered)
