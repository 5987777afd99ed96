"""The port through which a book's changes are kept: what the store promises to the open book."""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from relcraft.domain.changes import Change, Op
from relcraft.domain.contents import Key, Tombstone
from relcraft.domain.documents import Document
from relcraft.domain.value import Value

Documents = MutableMapping[str, Document]
"""The documents of one table by uid. The receiver may put others in their place, and must not change one."""
Tables = Mapping[str, Documents]


Text = str
Texts = list[str]
Column = type[Text] | type[Texts]
"""What is looked for in a field: a text, or the texts in a list."""


@runtime_checkable
class Columns(Protocol):
    """Documents that can tell a few fields of all of them without reading the rest."""

    def columns(self, **fields: Column) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield the uid and the values of `fields` of each document; None where there is nothing of that kind."""


def columns(documents: Documents, **fields: Column) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the uid and the values of `fields` of each document, by the quickest way that it has."""
    if isinstance(documents, Columns):
        return documents.columns(**fields)
    return ((uid, values_of(document, fields)) for uid, document in documents.items())


def values_of(document: Document, fields: Mapping[str, Column]) -> tuple[Any, ...]:
    """Return the values of `fields` of one document; None where there is nothing of that kind."""
    return tuple(_as(column, document.get(field)) for field, column in fields.items())


def _as(column: Column, value: Any) -> Text | Texts | None:
    if column is Text:
        return value if type(value) is str else None
    return texts(value)


def texts(value: Any) -> Texts | None:
    """Return the texts in a list; None where `value` is no list."""
    return [one for one in value if type(one) is str] if type(value) is list else None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Kept(Value):
    """What a keeper did with a change."""

    ops: tuple[Op, ...]
    """What was stored: the change's own ops, or the merge with another program's edit of the same record."""
    news: tuple[Op, ...] = field(default=())
    """What other programs stored since the last look, already in the file before this change."""


class Keeper(Protocol):
    """Keeps the documents of one book. Every method may raise a `RelcraftError` with a sentence for the user."""

    @property
    def read_only(self) -> str:
        """Why nothing can be written now; empty when it can."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What happened to the file and is worth telling the user, in sentences, oldest first."""

    def load(self) -> Tables:
        """Return everything that is kept, as of now."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep every other program from writing until the end; what they wrote before is in `news()`.

        May be nested. Raises `NotKept` where another program does not finish, and `ReadOnly`.
        """

    def keep(self, change: Change) -> Kept:
        """Store `change` as one transaction, durable when this returns. Raises `NotKept`: then nothing of it is stored.

        Raises `Conflict` where a record of it was changed by another program in the same fields, or deleted; and
        where `change` undoes or redoes another, and another program wrote since the last look. An op in the table
        `_tombstones` lays one: no other is made for that record.
        """

    def history(self) -> Sequence[Change]:
        """Return what leads to all that can be undone and redone, oldest first: every program's, as of the last look.

        One that was too large to be kept whole has no ops.
        """

    def tombstones(self) -> Mapping[Key, Tombstone]:
        """Return which records were deleted, as of the last look."""

    def news(self) -> tuple[Op, ...]:
        """Return what other programs changed since the last look, as ops from the old documents to the new."""

    def fold(self) -> None:
        """Bring the file at rest up to date, if anything waits; quick when nothing does."""

    def close(self) -> None:
        """Fold, and let go of the file."""
