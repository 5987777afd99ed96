"""Programs that run beside the battery until it kills them, and what they said until then."""

import os
import select
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from relcraft.store.files import Files
from tests.battery import victims
from tests.battery.victims import DEEDS, MUTANTS, Victim

PATIENCE = 5.0
"""Seconds after which another program is not at once any more: the machine may be busy."""


@dataclass(slots=True)
class Account:
    """What one program said of its book."""

    saved: frozenset[str]
    tried: frozenset[str] | None = None
    changes: int = 0
    said: list[str] = field(default_factory=list)
    """What went wrong, and what else it said."""

    def take(self, line: str) -> None:
        """Go on by one thing that it said."""
        if line.startswith("+"):
            more, fewer = (frozenset(one[1:] for one in line.split() if one[0] == sign) for sign in "+-")
            self.tried = (self.saved | more) - fewer
        elif line.startswith("="):
            self.tried = frozenset(line[1:].split())
        elif line == ".":
            assert self.tried is not None
            self.saved, self.tried = self.tried, None
            self.changes += 1
        else:
            self.said.append(line)


class Program:
    """A fork that does something to a book until it is killed."""

    def __init__(self, deed: str, path: Path, files: Files, run: str, saved: frozenset[str]) -> None:
        ours, theirs = os.pipe()
        self.account = Account(saved)
        self._rest = b""
        self._ours = ours
        self.pid = os.fork()
        if not self.pid:
            os.close(ours)
            victims.live((DEEDS | MUTANTS)[deed], Victim(path, files, run, lambda line: _say(theirs, line)))
        os.close(theirs)

    def listen(self, seconds: float, until: str = "") -> bool:
        """Take in what it says for so long, or `until` it says that; return whether it still lives then."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and select.select([self._ours], [], [], left)[0]:
            data = os.read(self._ours, 65_536)
            if not data:
                return False
            *lines, self._rest = (self._rest + data).split(b"\n")
            for line in lines:
                self.account.take(line.decode())
            if until and until in self.account.said:
                break
        return True

    def kill(self) -> Account:
        """Kill it, if it still lives; return all that it said."""
        os.kill(self.pid, signal.SIGKILL)
        while self.listen(PATIENCE):
            pass
        os.close(self._ours)
        _, status = os.waitpid(self.pid, 0)
        if not os.WIFSIGNALED(status):
            self.account.said.append(f"!it ended by itself: {status}")
        return self.account


def _say(fd: int, line: str) -> None:
    os.write(fd, f"{line}\n".encode())
