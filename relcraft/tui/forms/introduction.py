"""The form of an introduction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from relcraft.book import introductions
from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.domain.errors import BadInput
from relcraft.domain.introducing import WAY, state_of
from relcraft.domain.records import Introduction, IntroductionStep
from relcraft.domain.text import fold
from relcraft.domain.words import IntroductionState
from relcraft.tui.forms import fields, people
from relcraft.tui.forms.fields import Field, Setting, Shape
from relcraft.tui.forms.form import Form
from relcraft.tui.forms.people import NEW_NAME

MYSELF = "me"
"""What is typed where the user is one of the two who meet."""


def _who() -> Field:
    """Return the field of who is asked first: a contact, or the user."""
    known = people.person("first", "Who")

    def parse(text: str, setting: Setting) -> str | None:
        if fold(text.strip()) == MYSELF:
            return None
        try:
            found: str | None = known.parse(text, setting)
        except BadInput as doubt:
            new = not setting.directory.named(text) and not setting.directory.near(text)
            raise BadInput(f"{doubt}{' Or name them as who is met.' if new else ''}") from doubt
        return found

    def told(value: Any, setting: Setting) -> str:
        return known.print(value, setting) if value else "you, whom somebody introduces"

    return replace(known, parse=parse, echo=told, hint=f"a name; {MYSELF}, where somebody introduces you")


def _so_far() -> Field:
    """Return the field of how far a new introduction has come: its first step, dated today."""

    def parse(text: str, setting: Setting) -> tuple[IntroductionStep, ...]:
        return (IntroductionStep(IntroductionState(text), setting.today),)

    def told(value: Any, _setting: Setting) -> str:
        return str(value[-1].state) if value else str(IntroductionState.IDEA)

    return Field(
        name="steps", label="So far", parse=parse, print=told, shape=Shape.CHOICE, options=tuple(map(str, WAY))
    )


class IntroductionForm(Form[Introduction]):
    """Begins an introduction of those in `about`, or edits one: by the user, of two others, or by one, to the user.

    Each side agrees before it is made; one that has come further already begins there.
    """

    FIELDS: ClassVar[tuple[Field, ...]] = (
        _who(),
        people.person_or_new("second", "Meets", missing="Whom do they meet? A name is needed."),
        replace(people.person("broker", "Through"), hint="who introduces you; empty where you bring them together"),
        _so_far(),
        fields.line("text", "What for", hint="what each could have from the other"),
        fields.line("outcome", "What came of it"),
    )

    def __init__(self, book: Book, introduction: Introduction | None = None, *, about: Sequence[str] = ()) -> None:
        first, second = (*about, "", "")[:2]
        record = introduction or Introduction(uid="", first=first or None, second=second)
        title = title_of(book, introduction) if introduction else "New introduction: each agrees first"
        named = tuple(uid for uid in (record.broker, record.first, record.second) if uid)
        super().__init__(book, record, title=title, add=_begin, people=named, doubts=_Doubts(introduction))

    def on_mount(self) -> None:
        """Show what there is to say: how far a new one has come, what came of an old one; that goes on elsewhere."""
        self.query_one("#row-outcome" if self._is_new else "#row-steps").display = False


def _begin(book: Book, record: Introduction) -> Introduction:
    state = state_of(record)
    bare = replace(record, steps=())
    if record.second.startswith(NEW_NAME):
        name = record.second.removeprefix(NEW_NAME)
        return introductions.begin_with_new(book, replace(bare, second=""), name, state=state)
    return introductions.begin(book, bare, state=state)


class _Doubts:
    """What stands against an introduction as it was typed."""

    def __init__(self, old: Introduction | None) -> None:
        self._old = old

    def __call__(self, record: Introduction) -> Mapping[str, str]:
        people = (record.broker, record.first, record.second)
        if self._old is not None and people != (self._old.broker, self._old.first, self._old.second):
            if state_of(self._old) is not IntroductionState.IDEA:
                return {"second": "Somebody agreed to this one already: begin another introduction."}
            if record.second.startswith(NEW_NAME):
                return {"second": "Somebody new is added first, on People."}
        if record.broker is None and record.first is None:
            return {"first": "Who meets them? Or, where that is you: through whom?"}
        if record.broker is not None and record.first is not None:
            return {
                "broker": f'Where somebody introduces you, Who is "{MYSELF}"; where you bring two together, nobody.'
            }
        return {} if len(set(people)) == len(people) else {"second": "That is the same person twice."}
