"""The form of a tie."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from relcraft.book import ties
from relcraft.book.open import Book
from relcraft.domain.records import Tie
from relcraft.domain.words import TieStrength
from relcraft.tui.forms import fields, people
from relcraft.tui.forms.fields import Field
from relcraft.tui.forms.form import Form


class TieForm(Form[Tie]):
    """Notes that two contacts know each other: those in `about`, or one of them and somebody else."""

    FIELDS: ClassVar[tuple[Field, ...]] = (
        people.person("first", "Who", missing="Who is it? A name is needed."),
        people.person("second", "Knows", missing="Whom do they know? A name is needed."),
        fields.choice("strength", "How well", TieStrength, hint="strong: friends, or they worked together"),
    )

    def __init__(self, book: Book, tie: Tie | None = None, *, about: Sequence[str] = ()) -> None:
        first, second = (*about, "", "")[:2]
        record = tie or Tie(uid="", first=first, second=second)
        named = tuple(uid for uid in (record.first, record.second) if uid)
        super().__init__(book, record, title="They know each other", add=_add, people=named, doubts=_doubts)


def _add(book: Book, record: Tie) -> Tie:
    return ties.add_tie(book, record.first, record.second, record.strength)


def _doubts(record: Tie) -> Mapping[str, str]:
    return {"second": "A tie is between two people."} if record.first == record.second else {}
