"""A terminal to run the program in: what it shows, what came in as bytes, and how it was left."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

_PATIENCE = 20.0
"""Seconds after which what a test waits for will not come any more."""


class Terminal:
    """One pseudo-terminal with one program in it, which is ended with the terminal."""

    def __init__(
        self,
        arguments: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
        instead: str = "",
    ) -> None:
        """Start `relcraft` with these arguments, or with `instead` a Python program that has them."""

        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.raw = bytearray()
        """All that the program wrote."""
        self._ours, self._theirs = os.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes_before = termios.tcgetattr(self._theirs)
        self.program = subprocess.Popen(
            [sys.executable, *(["-c", instead] if instead else ["-m", "relcraft"]), *map(str, arguments)],
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env={**environment, "TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(rows)},
            start_new_session=True,
            preexec_fn=self._take_the_terminal,  # noqa: PLW1509 - these tests run no other thread
        )

    def _take_the_terminal(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # tests that run in the background have it ignored
        fcntl.ioctl(self._theirs, termios.TIOCSCTTY, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        if self._ours >= 0:
            self.hang_up()

    @property
    def shown(self) -> str:
        """What is on the screen, a line each."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def modes(self) -> list[Any]:
        """Return the modes of the terminal as they are now."""
        return termios.tcgetattr(self._theirs)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._ours, keys.encode())

    def wait_for(self, text: str, *, gone: bool = False, patience: float = _PATIENCE) -> None:
        """Return when `text` stands on the screen (`gone`: no longer does)."""
        until = time.monotonic() + patience
        while (text in self.shown) is gone:
            if not self._take_in(until):
                raise AssertionError(f"{text!r} {'stays' if gone else 'does not come'}; the screen shows\n{self.shown}")

    def wait_until_drawn(self) -> None:
        """Return when the program waits for a key: it has drawn, and has nothing more to say for a moment."""
        while self._take_in(time.monotonic() + 0.3):
            pass

    def _take_in(self, until: float) -> bool:
        """Take in what comes next; return whether anything came in time."""
        ready, _, _ = select.select([self._ours], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        data = os.read(self._ours, 65_536)
        self.raw += data
        self._stream.feed(data)
        return True

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self.program.send_signal(number)

    def hang_up(self) -> None:
        """Take the terminal away, as a closed window does."""
        os.close(self._theirs)
        os.close(self._ours)
        self._ours = self._theirs = -1

    def ended(self) -> int:
        """Wait for the program's end and return its exit code."""
        until = time.monotonic() + _PATIENCE
        while self.program.poll() is None:
            if time.monotonic() > until:
                raise AssertionError(f"It does not end; the screen shows\n{self.shown if self._ours >= 0 else ''}")
            if self._ours >= 0:
                self._take_in(time.monotonic() + 0.05)
            else:
                self.program.wait(timeout=_PATIENCE)
        while self._ours >= 0 and self._take_in(time.monotonic()):
            pass
        return self.program.returncode
