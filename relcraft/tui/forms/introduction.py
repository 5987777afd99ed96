"""The form of an introduction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from relcraft.book import introductions
from relcraft.book.open import Book
from relcraft.domain.introducing import state_of
from relcraft.domain.records import Introduction
from relcraft.domain.words import IntroductionState
from relcraft.tui.forms import fields, people
from relcraft.tui.forms.fields import Field
from relcraft.tui.forms.form import Form
from relcraft.tui.forms.people import NEW_NAME


class IntroductionForm(Form[Introduction]):
    """Begins an introduction of those in `about`, or edits one: by the user, of two others, or by one, to the user."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        people.person("first", "Who"),
        people.person_or_new("second", "Meets", missing="Whom do they meet? A name is needed."),
        people.person("broker", "Through"),
        fields.line("text", "What for", hint="what each could have from the other"),
        fields.line("outcome", "What came of it"),
    )

    def __init__(self, book: Book, introduction: Introduction | None = None, *, about: Sequence[str] = ()) -> None:
        first, second = (*about, "", "")[:2]
        record = introduction or Introduction(uid="", first=first or None, second=second)
        title = "Introduction" if introduction else "Who meets whom? Leave out yourself: who introduces you is through"
        named = tuple(uid for uid in (record.broker, record.first, record.second) if uid)
        super().__init__(book, record, title=title, add=_begin, people=named, doubts=_Doubts(introduction))


def _begin(book: Book, record: Introduction) -> Introduction:
    if record.second.startswith(NEW_NAME):
        return introductions.begin_with_new(book, replace(record, second=""), record.second.removeprefix(NEW_NAME))
    return introductions.begin(book, record)


class _Doubts:
    """What stands against an introduction as it was typed."""

    def __init__(self, old: Introduction | None) -> None:
        self._old = old

    def __call__(self, record: Introduction) -> Mapping[str, str]:
        people = (record.broker, record.first, record.second)
        if self._old is not None and people != (self._old.broker, self._old.first, self._old.second):
            if state_of(self._old) is not IntroductionState.IDEA:
                return {"second": "Somebody agreed to this one already: another introduction begins with i."}
            if record.second.startswith(NEW_NAME):
                return {"second": "Somebody new is added first: n on People."}
        if record.broker is None and record.first is None:
            return {"first": "Who is it? Or, where somebody introduces you: through whom?"}
        if record.broker is not None and record.first is not None:
            return {"broker": "You bring them together, or one introduces you: leave out Who, or Through."}
        return {} if len(set(people)) == len(people) else {"second": "That is the same person twice."}
