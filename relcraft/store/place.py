"""Where the files of one book are."""

import os
from dataclasses import dataclass
from pathlib import Path

from relcraft.domain.value import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Place(Value):
    """The paths of one book; symbolic links are followed, so that every name of a book leads to the same journal."""

    book: Path
    journal: Path
    lock: Path
    temporary: Path

    @classmethod
    def of(cls, path: Path) -> "Place":
        """Return the place of the book at `path`, which need not exist."""
        real = Path(os.path.realpath(path))
        journal, lock, temporary = (real.with_name(real.name + end) for end in (".journal", ".lock", ".tmp"))
        return cls(real, journal, lock, temporary)

    def has(self, path: Path) -> bool:
        """Whether `path`, under whatever name, is one of the files of the book."""
        return Path(os.path.realpath(path)) in (self.book, self.journal, self.lock, self.temporary)

    @property
    def folder(self) -> Path:
        """The folder in which all of them are."""
        return self.book.parent
