"""Questions of one line or one key: a tag, a circle, a day to wait until."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar, Generic, Literal, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from relcraft.book.open import Book
from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.dates import tell_cadence, tell_day_fully, tell_span
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Date
from relcraft.domain.text import clean_line, fold
from relcraft.domain.words import CADENCE_DAYS, Circle
from relcraft.tui.forms.days import echo_day, read_one_day
from relcraft.tui.forms.fields import tag
from relcraft.tui.inputs import LineInput
from relcraft.tui.offers import Offers

_TAGS_SHOWN = 8
_SPANS = (7, 14, 28, 91, 182)
"""Days that are offered for a snooze."""

T = TypeVar("T")


class LinePrompt(ModalScreen[T | None], Generic[T]):
    """Asks for one line; below it stand offers, which up, down and enter, or a click, take. None when left."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave"),
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
    ]

    def __init__(self, title: str, hint: str, text: str = "") -> None:
        """`text` stands in the line to begin with."""
        super().__init__()
        self._title = title
        self._hint = hint
        self._text = text
        self._offered: Sequence[tuple[str, str]] = ()

    def answer(self, text: str) -> T:
        """Return what `text` means. Raises `BadInput`."""
        raise NotImplementedError

    def meaning(self, text: str) -> str:
        """Return what `text` means, in words. Raises `BadInput`."""
        raise NotImplementedError

    def offers(self, text: str) -> Sequence[tuple[str, str]]:
        """Return what is offered beside `text`: how it reads, and the text that it stands for."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the line, what it means, and the offers."""
        with Vertical(classes="dialog"):
            yield LineInput(self._text, placeholder=self._hint, compact=True, select_on_focus=False)
            yield Static("", classes="said", markup=False)
            yield Offers()

    def on_mount(self) -> None:
        """Say what is asked."""
        window = self.query_one(".dialog")
        window.border_title = Content(self._title)
        window.border_subtitle = Content("enter take it   esc leave")
        self._show(self._text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, text: str) -> None:
        self._offered = self.offers(text)
        offers = self.query_one(Offers)
        offers.offer((Content(label) for label, _text in self._offered), marked=None if clean_line(text) else 0)
        offers.display = bool(self._offered)
        try:
            self._say(self.meaning(text) if clean_line(text) else "")
        except BadInput:
            self._say("")  # it may not be typed to its end: enter tells

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        line = self.query_one(".said", Static)
        line.update(Content(f"! {sentence}" if wrong else sentence))
        line.set_class(wrong, "-wrong")
        line.display = bool(sentence)

    def action_move(self, by: int) -> None:
        """Mark the next offer, or the one before."""
        self.query_one(Offers).move(by)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        marked = self.query_one(Offers).highlighted
        self._take(event.value if marked is None else self._offered[marked][1])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._take(self._offered[event.option_index][1])

    def _take(self, text: str) -> None:
        try:
            self.dismiss(self.answer(text))
        except BadInput as bad:
            self._say(str(bad), wrong=True)


class TagPrompt(LinePrompt[str]):
    """Asks for a tag: dismisses `+tag`, or `-tag` to take it away."""

    def __init__(self, book: Book, people: str) -> None:
        super().__init__(f"Tag for {people}", "a tag; with - before it, it goes")
        self._tags = book.tags()

    def answer(self, text: str) -> str:
        """Return the sign and the tag."""
        line = clean_line(text)
        sign = "-" if line.startswith("-") else "+"
        return sign + tag(line.removeprefix("-").removeprefix("+").strip())

    def meaning(self, text: str) -> str:
        """Say which tag comes or goes."""
        said = self.answer(text)
        known = "" if said[1:] in self._tags else ", a new tag" if said[0] == "+" else ", which nobody has"
        return f"#{said[1:]} {'off' if said[0] == '-' else 'on'}{known}"

    def offers(self, text: str) -> Sequence[tuple[str, str]]:
        """Return the tags that begin like the text."""
        line = fold(clean_line(text))
        sign = "-" if line.startswith("-") else "+"
        begun = line.removeprefix("-").removeprefix("+").strip().removeprefix("#")
        found = [each for each in self._tags if fold(each).startswith(begun)]
        return [(f"{sign} #{each}", sign + each) for each in found[:_TAGS_SHOWN]]


class SnoozePrompt(LinePrompt[Date]):
    """Asks until when to leave somebody in peace: dismisses the day. A day that is not ahead ends a snooze."""

    def __init__(self, today: Date, people: str, customs: Customs = USUAL_CUSTOMS) -> None:
        super().__init__(f"Leave {people} in peace until", "next month, 12 jan, 2w; today ends it")
        self._today = today
        self._customs = customs

    def answer(self, text: str) -> Date:
        """Return the day."""
        if not clean_line(text):
            raise BadInput("Until when? 2w, next month or 12 jan was expected.")
        return read_one_day(text, self._today, ahead=True, customs=self._customs)

    def meaning(self, text: str) -> str:
        """Say the day in full."""
        day = self.answer(text)
        return f"until {echo_day(day, self._today)}" if day > self._today else "no longer snoozed"

    def offers(self, text: str) -> Sequence[tuple[str, str]]:
        """Return a few spans, while nothing is typed."""
        if clean_line(text):
            return ()
        days = [(days, self._today + timedelta(days=days)) for days in _SPANS]
        return [(f"{tell_span(ahead):<10}{tell_day_fully(day)}", day.isoformat()) for ahead, day in days]


_CIRCLE_KEYS: dict[str, Circle | Literal["none"]] = {**{circle[0]: circle for circle in Circle}, "n": "none"}


class CirclePicker(ModalScreen[Circle | Literal["none"] | None]):
    """Asks for a circle with one key: its first letter, or n for none. Arrows, enter and the mouse work too."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave"),
        *(Binding(key, f"take('{key}')", word, show=False) for key, word in _CIRCLE_KEYS.items()),
        Binding("j", "move(1)", "Next", show=False),
        Binding("k", "move(-1)", "Before", show=False),
    ]

    def __init__(self, people: str, cadences: Mapping[Circle, int] = CADENCE_DAYS) -> None:
        """`cadences` are the days that each circle means."""
        super().__init__()
        self._people = people
        self._cadences = cadences

    def compose(self) -> ComposeResult:
        """Lay out the circles, each with its key and how often it means."""
        with Vertical(classes="dialog"):
            yield Offers(alone=True)

    def on_mount(self) -> None:
        """Say who is asked about."""
        window = self.query_one(".dialog")
        window.border_title = Content(f"Circle of {self._people}")
        window.border_subtitle = Content("a letter takes it   esc leave")
        self.query_one(Offers).offer(_circle_line(key, self._cadences) for key in _CIRCLE_KEYS)

    def action_take(self, key: str) -> None:
        """Answer with the circle of a key."""
        self.dismiss(_CIRCLE_KEYS[key])

    def action_move(self, by: int) -> None:
        """Mark the next circle, or the one before."""
        self.query_one(Offers).move(by)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(list(_CIRCLE_KEYS.values())[event.option_index])


def _circle_line(key: str, cadences: Mapping[Circle, int]) -> Content:
    circle = _CIRCLE_KEYS[key]
    days = 0 if circle == "none" else cadences[Circle(circle)]
    means = tell_cadence(days) if days else "nothing is ever due"
    return Content.assemble((key, "bold"), f"  {circle:<8}  ", (means, "dim"))
