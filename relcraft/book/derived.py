"""What is worked out from a whole book, and kept until a change of the book, or midnight, makes it another."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from relcraft.book.open import Book
from relcraft.domain.changes import Op
from relcraft.domain.documents import TABLE_OF
from relcraft.domain.records import Date, Record

T = TypeVar("T")
Follow = Callable[[T, Op], bool]
"""Brings a kept value in step with one op; returns whether it is good after that."""


class _Kept(Generic[T]):
    """The value of one book, which hears of its changes. It holds no book: a book that nobody uses may go."""

    def __init__(self, value: T, day: Date, follow: Follow[T]) -> None:
        self.value = value
        self.day = day
        self.is_good = True
        self._follow = follow

    def hear(self, ops: Sequence[Op]) -> None:
        """Take in a change."""
        for op in ops:
            self.is_good = self.is_good and self._follow(self.value, op)


class Derived(Generic[T]):
    """One value for each open book, worked out when somebody looks and it is not good any more."""

    def __init__(self, work_out: Callable[[Book], T], follow: Follow[T], *, of_a_day: bool = True) -> None:
        """`work_out` returns a value that holds no reference to the book; not `of_a_day`: midnight changes nothing."""
        self._work_out = work_out
        self._follow = follow
        self._of_a_day = of_a_day
        self._kept: WeakKeyDictionary[Book, _Kept[T]] = WeakKeyDictionary()

    def is_at_hand(self, book: Book) -> bool:
        """Tell whether the value can be had at once: whoever draws a screen may rather look after that."""
        kept = self._kept.get(book)
        return kept is not None and self._is_good(kept, book)

    def _is_good(self, kept: _Kept[T], book: Book) -> bool:
        return kept.is_good and (kept.day == book.today or not self._of_a_day)

    def of(self, book: Book) -> T:
        """Return the value as the book stands now."""
        kept = self._kept.get(book)
        if kept is None:
            kept = self._kept[book] = _Kept(self._work_out(book), book.today, self._follow)
            book.subscribe(kept.hear, first=True)  # before a screen that asks for the value as it hears of a change
        elif not self._is_good(kept, book):
            kept.value, kept.day, kept.is_good = self._work_out(book), book.today, True
        return kept.value


def until_changed(*kinds: type[Record]) -> Follow[object]:
    """Return what lets a value go when a record of one of these kinds changes."""
    tables = frozenset(TABLE_OF[kind] for kind in kinds)
    return lambda _value, op: op.table not in tables
