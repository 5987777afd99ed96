"""How long an answer takes, counted in processor time, which other programs do not lengthen."""

from collections.abc import Callable
from time import process_time
from typing import TypeVar

T = TypeVar("T")

LONGEST = 1.0
"""Seconds that an answer to any input may take."""


def in_time(action: Callable[..., T], *arguments: object) -> T:
    """Return what `action` answers. Raises `AssertionError` where that took longer than a second."""
    began = process_time()
    answer = action(*arguments)
    took = process_time() - began
    assert took < LONGEST, f"an answer took {took:.1f} s"
    return answer
