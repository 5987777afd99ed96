"""The clock of an open book, which may be held for a look at many records: all of it is of one moment then."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in the user's own zone."""


class OneMoment:
    """A clock that goes on, but for while somebody holds it: who asks a thousand times then asks the system once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moment: datetime | None = None

    def __call__(self) -> datetime:
        """Return the present moment; while it is held, the one at which that began."""
        return self._moment or self._clock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the clock, so that a look at the book is of one day, also at midnight. May be nested."""
        before, self._moment = self._moment, self()
        try:
            yield
        finally:
            self._moment = before
