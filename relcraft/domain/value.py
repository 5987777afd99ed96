"""What all values have in common: equal where their fields are, hashed by them, and told with them.

`dataclass` writes and compiles these methods anew for each class, which was an eighth of what a command takes to start:
those that commands load say `eq=False, repr=False`, and inherit them.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any


class Value:
    """A frozen dataclass that says `eq=False, repr=False`, and is equal, hashed and told as any other is."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is of the same class, and says the same."""
        if other.__class__ is not self.__class__:
            return NotImplemented
        kind: Any = self.__class__  # mypy takes no class that defines `__hash__` for hashable
        compared = _compared(kind)
        return bool(compared(self) == compared(other))

    def __hash__(self) -> int:
        """Return a number that values which are equal share."""
        kind: Any = self.__class__  # mypy takes no class that defines `__hash__` for hashable
        return hash(_hashed(kind)(self))

    @recursive_repr()
    def __repr__(self) -> str:
        """Return the value as it is written in Python."""
        told = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)  # type: ignore[arg-type]  # each that inherits this is a dataclass
        return f"{self.__class__.__qualname__}({', '.join(told)})"


@cache
def _compared(kind: type[Any]) -> Callable[[object], object]:
    """Return what takes of a value all that is compared."""
    return _taker([each.name for each in fields(kind) if each.compare])


@cache
def _hashed(kind: type[Any]) -> Callable[[object], object]:
    """Return what takes of a value all that is hashed."""
    return _taker([each.name for each in fields(kind) if (each.compare if each.hash is None else each.hash)])


def _taker(names: list[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()
