"""The form of an exchange."""

from collections.abc import Mapping
from typing import ClassVar

from relcraft.book import naming, verbs
from relcraft.book.open import Book
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.records import Exchange
from relcraft.domain.words import Direction, ExchangeKind, Gain, Size
from relcraft.tui.forms import days, fields, people
from relcraft.tui.forms.fields import Field
from relcraft.tui.forms.form import Form


class ExchangeForm(Form[Exchange]):
    """Edits an exchange, or adds one with the contact in `about`."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        people.person("contact", "With", missing="With whom? A name is needed."),
        fields.choice("direction", "Direction", Direction),
        fields.choice("kind", "Kind", ExchangeKind),
        fields.choice("size", "Size", Size),
        days.day("date", "Day", missing="On which day?"),
        fields.line("text", "What it was"),
        fields.some_of("gains", "Giver's gain", Gain),
        days.day("thanked_on", "Thanked on"),
        days.day("outcome_told_on", "Outcome told on"),
    )

    def __init__(self, book: Book, exchange: Exchange | None = None, *, about: str | None = None) -> None:
        record = exchange or Exchange(
            uid="", date=book.today, direction=Direction.GIVEN, kind=ExchangeKind.HELP, contact=about or ""
        )
        title = naming.title_of(book, record) if exchange else "New exchange"
        named = (record.contact,) if record.contact else ()
        super().__init__(book, record, title=title, add=verbs.add_exchange, people=named, doubts=_doubts)


def _doubts(record: Exchange) -> Mapping[str, str]:
    """Thanks and outcome come after the help itself."""
    after = {"thanked_on": record.thanked_on, "outcome_told_on": record.outcome_told_on}
    return {
        name: f"This is before the exchange itself, on {tell_day_fully(record.date)}."
        for name, on in after.items()
        if on is not None and on < record.date
    }
