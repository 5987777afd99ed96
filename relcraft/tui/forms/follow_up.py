"""The form of a follow-up."""

from datetime import timedelta
from typing import ClassVar

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.records import FollowUp
from relcraft.tui.forms import days, fields, people
from relcraft.tui.forms.fields import Field
from relcraft.tui.forms.form import Form

_USUAL_DAYS = 7


class FollowUpForm(Form[FollowUp]):
    """Edits a follow-up, or adds one for the contact in `about`; without a day it is for a week from now."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        fields.line("text", "What", hint="what you promised", missing="What was promised?"),
        days.day("date", "Day", ahead=True, missing="For which day?"),
        people.person("contact", "For"),
        days.day("done_on", "Done on"),
    )

    def __init__(self, book: Book, follow_up: FollowUp | None = None, *, about: str | None = None) -> None:
        record = follow_up or FollowUp(uid="", date=book.today + timedelta(days=_USUAL_DAYS), contact=about)
        title = "Follow-up" if follow_up else "New follow-up"
        named = (record.contact,) if record.contact else ()
        super().__init__(book, record, title=title, add=verbs.add_follow_up, people=named)
