"""Another version of the book brought into the open one: shown beforehand, kept as one change."""

from dataclasses import dataclass

from relcraft.book.open import Book
from relcraft.domain.changes import Change, Op
from relcraft.domain.contents import Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What a merge will do."""

    theirs: Contents
    base: Contents | None
    ops: tuple[Op, ...]
    """Records and, in the table "_tombstones", what is remembered of deleted ones."""
    coming: tuple[str, ...]
    """What comes in, each as a sentence calls it."""
    changing: tuple[str, ...]
    """What is changed here."""
    going: tuple[str, ...]
    """What is deleted here."""
    conflicts: tuple[str, ...]
    """Of what the other side's version goes to the list of conflicts, to be looked at."""
    twice: tuple[str, ...] = ()
    """Who comes in and may be somebody who is here already, as a sentence."""

    @property
    def nothing_new(self) -> bool:
        """Whether everything of the other book is here already."""
        return not (self.coming or self.changing or self.going or self.conflicts)

    @property
    def summary(self) -> str:
        """The merge in one sentence, without its end: "3 come in, 1 is changed, 1 conflict to look at"."""
        raise NotImplementedError


def plan_merge(book: Book, theirs: Contents, base: Contents | None = None) -> MergePlan:
    """Return what bringing `theirs` in would do; the book stays as it is."""
    raise NotImplementedError


def keep_merge(book: Book, plan: MergePlan) -> Change | None:
    """Bring the other version in: one change, one undo. None where everything of it is here already.

    Where the book changed since the plan was made, it is made anew. Raises `NotKept` as every verb does.
    """
    raise NotImplementedError
