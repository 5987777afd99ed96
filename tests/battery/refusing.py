"""Files of which one call fails, or every call from one on: each kind of failure that a disk has."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from unittest import mock

from relcraft.store.files import Files

T = TypeVar("T")
CALLS = frozenset(
    {
        *("stat", "fstat", "open", "close", "read", "write", "truncate", "sync_data", "sync"),
        *("replace", "unlink", "mkdir", "names", "lock", "unlock"),
    }
)
"""Every call that can fail; `writable` only asks, and `wait` only waits."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to fail."""

    name: str
    number: int
    """The system's number of the failure; 0 where the call does not fail as such."""
    calls: frozenset[str] = CALLS
    """What can fail so."""

    def __str__(self) -> str:
        return self.name


FAILED_SYNC = Kind("failed fsync", errno.EIO, frozenset({"sync", "sync_data"}))
SHORT_WRITE = Kind("short write", 0, frozenset({"write"}))
SHORT_THEN_FULL = Kind("short write, then ENOSPC", errno.ENOSPC, frozenset({"write"}))
NO_MEMORY = Kind("no memory at a read", 0, frozenset({"read"}))
KINDS = (
    *(Kind(errno.errorcode[number], number) for number in (errno.EIO, errno.ENOSPC, errno.EDQUOT)),
    *(Kind(errno.errorcode[number], number) for number in (errno.EACCES, errno.EINTR, errno.EROFS)),
    FAILED_SYNC,
    SHORT_WRITE,
    SHORT_THEN_FULL,
    NO_MEMORY,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Which call fails, and how."""

    kind: Kind
    call: int
    """The k of the k-th call of those that can fail so, from 1 on."""
    lasting: bool
    """Whether every later one fails as well."""

    def __str__(self) -> str:
        return f"{self.kind.name} at call {self.call}{' and from then on' if self.lasting else ''}"


class RefusingFiles(Files):
    """The real files; where there is a `fault`, it befalls them."""

    def __init__(self, fault: Fault | None = None) -> None:
        self.fault = fault
        self.made: list[str] = []
        """The calls so far, by name."""
        self.befell = 0
        """How many calls failed, or did less than was asked for."""
        self._number = 0
        self._full_next = False

    @contextmanager
    def mended(self) -> Iterator[None]:
        """The disk as if nothing had ever been wrong with it."""
        fault, self.fault = self.fault, None
        try:
            yield
        finally:
            self.fault = fault

    def _fails(self, name: str) -> bool:
        if self.fault is None:
            return False
        self.made.append(name)
        if name not in self.fault.kind.calls:
            return False
        self._number += 1
        if self._number == self.fault.call or (self.fault.lasting and self._number > self.fault.call):
            self.befell += 1
            return True
        return False

    def _refuse(self) -> None:
        assert self.fault is not None
        if self.fault.kind.name == NO_MEMORY.name:
            raise MemoryError
        raise OSError(self.fault.kind.number, os.strerror(self.fault.kind.number))

    def _do(self, name: str, call: Callable[[], T]) -> T:
        if self._fails(name):
            self._refuse()
        return call()

    def stat(self, path: Path) -> os.stat_result | None:
        return self._do("stat", lambda: Files.stat(self, path))

    def fstat(self, fd: int) -> os.stat_result:
        return self._do("fstat", lambda: Files.fstat(self, fd))

    def open(self, path: Path, flags: int) -> int:
        return self._do("open", lambda: Files.open(self, path, flags))

    def close(self, fd: int) -> None:
        if not self._fails("close"):
            super().close(fd)
            return
        real = os.close

        def closes_and_fails(one: int) -> None:
            real(one)  # as Linux does: the file is closed whatever is said
            self._refuse()

        with mock.patch.object(os, "close", closes_and_fails):
            super().close(fd)

    def read(self, fd: int, offset: int, size: int) -> bytes:
        return self._do("read", lambda: Files.read(self, fd, offset, size))

    def write(self, fd: int, data: bytes) -> int:
        if self._full_next and self.fault is not None:
            self._full_next = False
            self._refuse()
        if not self._fails("write"):
            return super().write(fd, data)
        assert self.fault is not None
        if self.fault.kind.name not in (SHORT_WRITE.name, SHORT_THEN_FULL.name):
            self._refuse()
        self._full_next = self.fault.kind.name == SHORT_THEN_FULL.name and len(data) > 1
        return super().write(fd, data[: max(1, len(data) // 2)])

    def truncate(self, fd: int, size: int) -> None:
        self._do("truncate", lambda: Files.truncate(self, fd, size))

    def sync_data(self, fd: int) -> None:
        self._do("sync_data", lambda: Files.sync_data(self, fd))

    def sync(self, fd: int) -> None:
        self._do("sync", lambda: Files.sync(self, fd))

    def replace(self, source: Path, target: Path) -> None:
        self._do("replace", lambda: Files.replace(self, source, target))

    def unlink(self, path: Path) -> None:
        self._do("unlink", lambda: Files.unlink(self, path))

    def mkdir(self, path: Path) -> None:
        self._do("mkdir", lambda: Files.mkdir(self, path))

    def names(self, folder: Path) -> list[str]:
        return self._do("names", lambda: Files.names(self, folder))

    def lock(self, fd: int) -> bool:
        return self._do("lock", lambda: Files.lock(self, fd))

    def unlock(self, fd: int) -> None:
        self._do("unlock", lambda: Files.unlock(self, fd))
