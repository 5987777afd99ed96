"""The advisory lock of a book, held for one transaction or one fold."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from relcraft.domain.errors import NotKept
from relcraft.store.files import Files
from relcraft.store.place import Place

PATIENCE_SECONDS = 10.0
"""How long one waits for another program, where nobody says otherwise: its fold of a large book takes one or two."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.000_2, 0.01
_UNKNOWN = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL})
"""What a disk answers on which nothing can be locked."""


class Busy(NotKept):
    """Another program holds the lock, for longer than one waits."""


class NoLocks(OSError):
    """Nothing can be locked on this disk."""


class Lock:
    """The lock of one book. Its file stays where it is: removing it would let two programs hold it."""

    def __init__(self, files: Files, place: Place, patience: float | None = None) -> None:
        """`patience`: the seconds that one waits; None: as long as is usual."""
        self._files = files
        self._place = place
        self._patience = patience
        self._fd = -1

    @property
    def there(self) -> bool:
        """Whether anybody ever locked this book."""
        return self._fd >= 0 or self._files.stat(self._place.lock) is not None

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock; `patience` goes before that of the lock.

        Raises `Busy` where another program does not let go of it, `NoLocks` where there are none, and `OSError`.
        """
        if patience is None:
            patience = PATIENCE_SECONDS if self._patience is None else self._patience
        self._take(patience)
        try:
            yield
        finally:
            self._let_go()

    def _let_go(self) -> None:
        try:
            self._files.unlock(self._fd)
        except OSError:
            self.close()  # which lets go of it as well: what was done under the lock is done

    def _take(self, patience: float) -> None:
        waited, pause = 0.0, _FIRST_PAUSE
        while not self._try():
            if waited > patience:
                name = self._place.book.name
                raise Busy(f"Another program is busy with {name} and does not finish: try again in a moment.")
            self._files.wait(pause)
            waited += pause
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def _try(self) -> bool:
        if self._fd < 0:
            self._fd = self._files.open(self._place.lock, os.O_RDWR | os.O_CREAT)
        if not self._lock():
            return False
        try:
            linked = self._files.fstat(self._fd).st_nlink
        except BaseException:
            self.close()  # or it would stay locked
            raise
        if linked:
            return True
        self.close()  # somebody removed the file: others lock the one that is there now
        return False

    def _lock(self) -> bool:
        try:
            return self._files.lock(self._fd)
        except OSError as error:
            if error.errno in _UNKNOWN:
                raise NoLocks(error.errno, "nothing can be locked there") from error
            raise

    def close(self) -> None:
        """Let go of the lock's file."""
        if self._fd >= 0:
            self._files.close(self._fd)
            self._fd = -1
