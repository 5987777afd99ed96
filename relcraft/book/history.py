"""What can be undone and redone, by whichever program it was made, and whenever."""

from collections.abc import Iterable, Sequence

from relcraft.domain.changes import Change, Steps
from relcraft.domain.errors import NotFound


class History:
    """The changes of a book, as far back as they are known."""

    def __init__(self, changes: Iterable[Change]) -> None:
        """`changes` are told oldest first, with those that undo and redo others."""
        self._steps: Steps[Change] = Steps()
        for change in changes:
            self._steps.take(change.turn, change)

    @property
    def done(self) -> Sequence[Change]:
        """What undo takes back, the next one first; what was too large to be kept has no ops."""
        return self._steps.done[::-1]

    @property
    def undone(self) -> Sequence[Change]:
        """What redo makes again, the next one first."""
        return self._steps.undone[::-1]

    def last_done(self) -> Change:
        """Return the change that an undo takes back. Raises `NotFound`."""
        return _last(self._steps.done, "undo")

    def last_undone(self) -> Change:
        """Return the change that a redo makes again. Raises `NotFound`."""
        return _last(self._steps.undone, "redo")


def _last(changes: list[Change], verb: str) -> Change:
    if not changes:
        raise NotFound(f"Nothing to {verb}.")
    if not changes[-1].ops:
        raise NotFound(f'Nothing to {verb}: "{changes[-1].title}" was too much to be kept for that.')
    return changes[-1]
