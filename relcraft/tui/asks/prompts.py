"""The lines in which a step of an ask or of an introduction is completed: a day, to whom, how it went."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from relcraft.book.open import Book
from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.errors import BadInput, NotKept
from relcraft.domain.records import Contact, Date
from relcraft.domain.text import clean_line
from relcraft.tui.finder import found_people
from relcraft.tui.forms.days import echo_day, read_one_day
from relcraft.tui.forms.people import label_of
from relcraft.tui.prompts import LinePrompt
from relcraft.tui.tabs import Tab

_SPANS = (("next week", 7), ("in two weeks", 14), ("in four weeks", 28))
"""What is offered for later, and the days until then."""
_SHOWN = 8
_CSS = "../dialogs.tcss"
_NEW = "new: "
_NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Whom:
    """To whom an introduction led: a contact, whose uid is empty where they are new; None: nobody need be named."""

    contact: Contact | None


class DayPrompt(LinePrompt[Date]):
    """Asks for a day from today on."""

    CSS_PATH = _CSS

    def __init__(self, title: str, today: Date, customs: Customs = USUAL_CUSTOMS) -> None:
        super().__init__(title, "fri, next week, 27 nov")
        self._today = today
        self._customs = customs

    def answer(self, text: str) -> Date:
        """Return the day."""
        if not clean_line(text):
            raise BadInput("Which day? fri, next week or 27 nov was expected.")
        day = read_one_day(text, self._today, ahead=True, customs=self._customs)
        if day < self._today:
            raise BadInput(f"{tell_day_fully(day)} has passed: a day from today on was expected.")
        return day

    def meaning(self, text: str) -> str:
        """Say the day in full."""
        return echo_day(self.answer(text), self._today)

    def offers(self, text: str) -> Sequence[tuple[str, str]]:
        """Return a few days, while nothing is typed."""
        if clean_line(text):
            return ()
        days = [(label, self._today + timedelta(days=ahead)) for label, ahead in _SPANS]
        return [(f"{label:<15}{tell_day_fully(day)}", day.isoformat()) for label, day in days]


class OutcomePrompt(LinePrompt[str]):
    """Asks how something went; nothing is an answer, too."""

    CSS_PATH = _CSS

    def answer(self, text: str) -> str:
        """Return what was said."""
        return clean_line(text)

    def meaning(self, text: str) -> str:  # noqa: ARG002  # words mean what they say
        """Say nothing: the words stand there."""
        return ""

    def offers(self, text: str) -> Sequence[tuple[str, str]]:
        """Return that nothing need be said, while nothing is typed."""
        return () if clean_line(text) else [("nothing to add", "")]


def ask_outcome(tab: Tab, title: str, hint: str, then: Callable[[str], None], text: str = "") -> None:
    """Ask how something went, and go on with what was said; where that could not be kept, it stands there again."""

    def said(outcome: str) -> None:
        try:
            then(outcome)
        except NotKept:
            if outcome:
                ask_outcome(tab, title, hint, then, outcome)
            raise

    tab.ask(OutcomePrompt(title, hint, text), said)


class WhomPrompt(LinePrompt[Whom]):
    """Asks to whom an introduction led."""

    CSS_PATH = _CSS

    def __init__(self, book: Book, broker: Contact) -> None:
        super().__init__(f"To whom did {clean_line(broker.name)} introduce you?", "a name; a new one is added")
        self._book = book
        self._broker = broker
        self._labels: dict[str, Contact] = {}

    def answer(self, text: str) -> Whom:
        """Return who that is."""
        said = clean_line(text)
        if said == _NOBODY:
            return Whom(None)
        if said in self._labels:
            return Whom(self._labels[said])
        if said.startswith(_NEW):
            return self._new(said.removeprefix(_NEW))
        named = [each for each in self._book.named(said) if each.uid != self._broker.uid]
        if len(named) == 1:
            return Whom(named[0])
        if named or self._book.near(said):
            raise BadInput(f"Who is {said}? The arrows choose one of those below.")
        return self._new(said)

    def _new(self, name: str) -> Whom:
        if not clean_line(name):
            raise BadInput("A name was expected.")
        return Whom(Contact(uid="", name=clean_line(name)))

    def meaning(self, text: str) -> str:
        """Say whether that is somebody known."""
        found = self.answer(text).contact
        if found is None:
            return ""
        return label_of(found, self._book) if found.uid else f"new contact: {found.name}"

    def offers(self, text: str) -> Sequence[tuple[str, str]]:
        """Return whom the text finds, and that it is somebody new; without a text, that nobody need be named."""
        said = clean_line(text)
        if not said:
            return [("nobody to name: the help alone", _NOBODY)]
        people, _count = found_people(self._book, said)
        self._labels = {label_of(each, self._book): each for each in people[:_SHOWN] if each.uid != self._broker.uid}
        offered = [(label, label) for label in self._labels]
        return [*offered, (f"new contact: {said}", f"{_NEW}{said}")] if offered else []
