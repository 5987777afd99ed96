"""A change of a book: a title, and each touched record before and after; and what of it can be undone."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from relcraft.domain.documents import TABLE_OF, Document, to_document
from relcraft.domain.records import Record
from relcraft.domain.value import Value

DEPTH = 200
"""How many changes can be undone."""
Step = TypeVar("Step")


class Turn(StrEnum):
    """Whether a change is one of its own, or takes the last one back, or makes the one again that was last undone."""

    MADE = ""
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Op(Value):
    """One record of a change: `before` is None where it is new, `after` is None where it goes."""

    table: str
    uid: str
    before: Document | None
    after: Document | None
    turn: Turn = field(default=Turn.MADE, compare=False)
    """In what is known of the past: whether an undo or a redo did it."""
    at: str = field(default="", compare=False)
    """In what is known of the past: the moment of it, as `write_instant` writes it; empty where nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Change(Value):
    """One step that a user can undo. `ops` has each record at most once."""

    title: str
    """What was done, as a toast says it: "coffee with Grace"."""
    ops: tuple[Op, ...]
    at: datetime
    """UTC."""
    turn: Turn = Turn.MADE

    def turned_round(self, title: str, at: datetime) -> "Change":
        """Return the change that takes this one back."""
        ops = tuple(replace(op, before=op.after, after=op.before) for op in reversed(self.ops))
        return Change(title=title, ops=ops, at=at, turn=Turn.UNDO)

    def again(self, title: str, at: datetime) -> "Change":
        """Return the change that makes this one again after it was taken back."""
        return Change(title=title, ops=self.ops, at=at, turn=Turn.REDO)


class Steps(Generic[Step]):
    """The two stacks that follow from what was made, undone and redone, in the order in which that happened."""

    def __init__(self) -> None:
        self.done: list[Step] = []
        """What an undo takes back, the next one last."""
        self.undone: list[Step] = []
        """What a redo makes again, the next one last."""

    def take(self, turn: Turn, step: Step) -> None:
        """Go on by one: a step that was made ends what could be redone, and what is older than `DEPTH`."""
        if turn is Turn.MADE:
            self.done.append(step)
            del self.done[:-DEPTH]
            self.undone.clear()
        elif turn is Turn.UNDO and self.done:
            self.undone.append(self.done.pop())
        elif turn is Turn.REDO and self.undone:
            self.done.append(self.undone.pop())


def put(old: Record | None, new: Record) -> Op:
    """Return the op that stores `new` in the place of `old` (None: it is a new record)."""
    return Op(TABLE_OF[type(new)], new.uid, None if old is None else to_document(old), to_document(new))


def drop(old: Record) -> Op:
    """Return the op that deletes `old`."""
    return Op(TABLE_OF[type(old)], old.uid, to_document(old), None)
