"""Everything that one file of a book says, as values: what merging and restoring look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from relcraft.domain.changes import Op
from relcraft.domain.documents import Document
from relcraft.domain.value import Value

Key = tuple[str, str]
"""Table and uid of a record."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Tombstone(Value):
    """That a record was deleted."""

    when: str
    """The moment, as `write_instant` writes it."""
    of: str = ""
    """The version that was deleted (`domain.versions`); empty where that is not known."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Contents(Value):
    """What is in a book. Nobody may change a document of it."""

    name: str
    """What the file is called, for sentences."""
    tables: Mapping[str, Mapping[str, Document]] = field(default_factory=dict)
    """The documents by table and uid."""
    tombstones: Mapping[Key, Tombstone] = field(default_factory=dict)
    history: Sequence[Op] = ()
    """What is known of how its records came to be as they are, oldest first: undo and redo are ops as any other."""
