"""Second versions of a book, which programs that keep folders in step leave beside it: seen, read, put aside."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from relcraft.domain.contents import Contents
from relcraft.domain.copies import Copy, conflict_copies

__all__ = ["Copies", "Copy", "conflict_copies"]


class Copies(Protocol):
    """The versions that wait beside one book."""

    def waiting(self) -> Sequence[Copy]:
        """Return those that are there now, by name. Cheap: the folder is read only when it changed."""

    def read(self, copy: Copy) -> Contents:
        """Return what a version says; nothing is written. Raises `BadBook`."""

    def put_aside(self, copy: Copy) -> Path:
        """Move a version whose content is in the book, durably, to the backups; return where it is. Raises `NotKept`.

        Nothing that is there is overwritten.
        """
