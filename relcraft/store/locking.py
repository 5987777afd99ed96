"""The advisory lock of a book, held for one transaction or one fold."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from relcraft.domain.errors import NotKept
from relcraft.store.files import Files
from relcraft.store.place import Place

PATIENCE_SECONDS = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.000_2, 0.01


class Lock:
    """The lock of one book. Its file stays where it is: removing it would let two programs hold it."""

    def __init__(self, files: Files, place: Place) -> None:
        self._files = files
        self._place = place
        self._fd = -1

    @property
    def there(self) -> bool:
        """Whether anybody ever locked this book."""
        return self._fd >= 0 or self._files.stat(self._place.lock) is not None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises `NotKept` where another program does not let go of it, and `OSError`."""
        self._take()
        try:
            yield
        finally:
            self._files.unlock(self._fd)

    def _take(self) -> None:
        waited, pause = 0.0, _FIRST_PAUSE
        while not self._try():
            if waited > PATIENCE_SECONDS:
                raise NotKept(f"Another program is busy with {self._place.book.name} and does not finish.")
            self._files.wait(pause)
            waited += pause
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def _try(self) -> bool:
        if self._fd < 0:
            self._fd = self._files.open(self._place.lock, os.O_RDWR | os.O_CREAT)
        if not self._files.lock(self._fd):
            return False
        if self._files.fstat(self._fd).st_nlink:
            return True
        self.close()  # somebody removed the file: others lock the one that is there now
        return False

    def close(self) -> None:
        """Let go of the lock's file."""
        if self._fd >= 0:
            self._files.close(self._fd)
            self._fd = -1
