"""The forms of a goal, and of what the user says of themselves."""

from dataclasses import replace
from typing import ClassVar

from relcraft.book import goals
from relcraft.book.open import Book
from relcraft.domain.records import Goal, Me
from relcraft.domain.words import GoalKind
from relcraft.tui.forms import days, fields
from relcraft.tui.forms.fields import Field
from relcraft.tui.forms.form import Form


class GoalForm(Form[Goal]):
    """Edits a goal, or adds one."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        fields.line(
            "words", "In your words", hint="data engineer in Lisbon", missing="A goal needs a few words of yours."
        ),
        fields.choice("kind", "It is to", GoalKind),
        days.day("target_date", "By", ahead=True),
        fields.note("outcome", "What came of it"),
    )

    def __init__(self, book: Book, goal: Goal | None = None) -> None:
        record = goal or Goal(uid="", kind=GoalKind.HIRED)
        super().__init__(book, record, title="Goal" if goal else "New goal", add=goals.add_goal)

    def on_mount(self) -> None:
        """Ask what came of a goal only where it is one already."""
        self.query_one("#row-outcome").display = not self._is_new


class MeForm(Form[Me]):
    """Edits what the user says of themselves. It is matched with others, and stands under messages."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        fields.line("name", "Your name", hint="as it stands under a message"),
        fields.line("organisation", "Organisation"),
        fields.several("can_offer", "Can offer", hint="what you could help others with, by commas"),
        fields.several("looking_for", "Looking for", hint="what would help you, by commas"),
        fields.several("emails", "Own addresses", hint="mail and calendars tell by them who wrote to whom"),
    )

    def __init__(self, book: Book) -> None:
        known = book.get("me", book.me.uid) is not None
        record = book.me if known else replace(book.me, uid="")
        super().__init__(book, record, title="About you", add=goals.set_me)
