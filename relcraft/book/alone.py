"""Verbs that decide by what is in the book and then write: no other program writes in between."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from relcraft.book.open import Book

P = ParamSpec("P")
R = TypeVar("R")


def alone(verb: Callable[Concatenate[Book, P], R]) -> Callable[Concatenate[Book, P], R]:
    """Run a verb on the book as it is now, while no other program can change it: what one did, none does twice.

    It then raises `NotKept` where another program does not finish with the file, and `ReadOnly`, beside its own.
    """

    @wraps(verb)
    def undisturbed(book: Book, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with book.alone():
            return verb(book, *args, **kwargs)

    return undisturbed
