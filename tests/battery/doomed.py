"""Files whose user is killed at one call of the disk."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from relcraft.store.files import Files

T = TypeVar("T")


class Doomed(Files):
    """The real files, whose user is killed at one call: before it, after it, or in the middle of a write."""

    def __init__(self, at_call: int, moment: str) -> None:
        """`at_call`: how many calls are made before; 0: it comes from outside."""
        self._left = at_call
        self._moment = moment

    def _last(self) -> bool:
        self._left -= 1
        return self._left == 0

    def _do(self, call: Callable[[], T]) -> T:
        last = self._last()
        if last and self._moment != "after":
            die()
        result = call()
        if last:
            die()
        return result

    def open(self, path: Path, flags: int) -> int:
        return self._do(lambda: Files.open(self, path, flags))

    def read(self, fd: int, offset: int, size: int) -> bytes:
        return self._do(lambda: Files.read(self, fd, offset, size))

    def write(self, fd: int, data: bytes) -> int:
        if self._left == 1 and self._moment == "half":
            super().write(fd, data[: len(data) // 2])
        return self._do(lambda: Files.write(self, fd, data))

    def truncate(self, fd: int, size: int) -> None:
        self._do(lambda: Files.truncate(self, fd, size))

    def sync_data(self, fd: int) -> None:
        self._do(lambda: Files.sync_data(self, fd))

    def sync(self, fd: int) -> None:
        self._do(lambda: Files.sync(self, fd))

    def replace(self, source: Path, target: Path) -> None:
        self._do(lambda: Files.replace(self, source, target))

    def unlink(self, path: Path) -> None:
        self._do(lambda: Files.unlink(self, path))

    def mkdir(self, path: Path) -> None:
        self._do(lambda: Files.mkdir(self, path))

    def lock(self, fd: int) -> bool:
        return self._do(lambda: Files.lock(self, fd))

    def unlock(self, fd: int) -> None:
        self._do(lambda: Files.unlock(self, fd))


def die() -> None:
    """End at once, as by the power switch of the program."""
    os.kill(os.getpid(), signal.SIGKILL)
