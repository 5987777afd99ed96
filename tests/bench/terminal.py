"""A program on a pseudo-terminal, timed to the last byte that it sends."""

import fcntl
import os
import select
import struct
import subprocess
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

QUIET = 0.3
"""Seconds without a byte after which an answer counts as complete; not part of the measured time."""


class Terminal:
    """Starts a program on a pty of a given size and presses keys; leaves it killed."""

    def __init__(self, words: list[str], *, columns: int = 140, lines: int = 40, cwd: Path | None = None) -> None:
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        self.started = time.perf_counter()
        self._process = subprocess.Popen(  # the caller names the program
            words, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=cwd, start_new_session=True
        )
        os.close(theirs)
        self.seen = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def wait_for(self, text: str, *, seconds: float = 60) -> float:
        """Return the seconds from the start until `text` was on its way to the screen."""
        while text.encode() not in self.seen:
            if time.perf_counter() - self.started > seconds or self._take(1.0) is None:
                raise TimeoutError(f"{text!r} never came; the last bytes: {self.seen[-2000:]!r}")
        return time.perf_counter() - self.started

    def settle(self) -> None:
        """Wait until the program says nothing any more."""
        while self._take(QUIET):
            pass

    def press(self, keys: str) -> float:
        """Return the seconds from the key until the last byte of the answer. Raises where there was none."""
        self.seen = b""
        pressed = time.perf_counter()
        os.write(self._ours, keys.encode())
        last = 0.0
        while self._take(QUIET):
            last = time.perf_counter() - pressed
        if not last:
            raise TimeoutError(f"{keys!r} changed nothing on the screen")
        return last

    def send(self, keys: str) -> None:
        """Press keys without waiting."""
        os.write(self._ours, keys.encode())

    def _take(self, seconds: float) -> bytes | None:
        ready, _, _ = select.select([self._ours], [], [], seconds)
        if not ready:
            return b"" if self._process.poll() is None else None
        try:
            taken = os.read(self._ours, 1 << 16)
        except OSError:  # Linux says so when the program has gone
            return None
        self.seen += taken
        return taken
