"""What can be undone and redone: the changes of this session, newest last."""

from relcraft.domain.changes import Change
from relcraft.domain.errors import NotFound

DEPTH = 200
"""How many changes can be undone."""


class History:
    """Two stacks of changes. A new change empties the one of undone changes."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []

    def record(self, change: Change) -> None:
        """Take in a change that was made."""
        self._done.append(change)
        del self._done[:-DEPTH]
        self._undone.clear()

    def last_done(self) -> Change:
        """Return the change that an undo takes back. Raises `NotFound`."""
        if not self._done:
            raise NotFound("Nothing to undo.")
        return self._done[-1]

    def last_undone(self) -> Change:
        """Return the change that a redo makes again. Raises `NotFound`."""
        if not self._undone:
            raise NotFound("Nothing to redo.")
        return self._undone[-1]

    def undone(self) -> None:
        """Note that the last change was taken back."""
        self._undone.append(self._done.pop())

    def redone(self) -> None:
        """Note that the last undone change was made again."""
        self._done.append(self._undone.pop())
