"""The form of an interaction."""

from collections.abc import Sequence
from typing import ClassVar

from relcraft.book import naming, verbs
from relcraft.book.open import Book
from relcraft.domain.records import Interaction
from relcraft.domain.words import Initiator, InteractionKind
from relcraft.tui.forms import days, fields, people
from relcraft.tui.forms.fields import Field
from relcraft.tui.forms.form import Form


class InteractionForm(Form[Interaction]):
    """Edits an interaction, or adds one with the contacts in `about`."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        people.people("contacts", "With", missing="With whom? A name is needed, so that it can be found again."),
        fields.choice("kind", "What", InteractionKind),
        days.day("date", "Day", missing="On which day?"),
        days.clock("time", "Time"),
        fields.choice("initiator", "Who began it", Initiator),
        fields.note("summary", "About"),
        fields.several("tags", "Tags", hint="work, sailing", check=fields.tag),
    )

    def __init__(self, book: Book, interaction: Interaction | None = None, *, about: Sequence[str] = ()) -> None:
        record = interaction or Interaction(
            uid="", date=book.today, kind=InteractionKind.COFFEE, contacts=tuple(about), initiator=Initiator.BOTH
        )
        title = f"{record.kind} with {naming.names_of(book, record.contacts)}" if interaction else "New interaction"
        super().__init__(book, record, title=title, add=verbs.log_interaction, people=record.contacts)
