"""Being asked to end from outside: a command leaves as by an error, so that its book is folded and closed."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType

ENDINGS = (signal.SIGTERM, signal.SIGHUP)
"""What asks a program to end: somebody's `kill`, a shutdown, a closed window."""


class Ended(BaseException):
    """Somebody asked the program to end; `number` is the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def endings_heeded() -> Iterator[None]:
    """Raise `Ended` where the program is asked to end; afterwards all is as it was before."""
    if current_thread() is not main_thread():  # signals are its alone
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDINGS}
    heed_endings()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def heed_endings() -> None:
    """Raise `Ended` from now on; a signal that the program was started to overlook (`nohup`) stays overlooked."""
    for number in ENDINGS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def overlook_endings() -> None:
    """Let nothing interrupt what is left to do: it takes a moment."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def endings_put_off() -> Iterator[None]:
    """Raise `Ended` only at the end of what is done here."""
    asked: list[int] = []
    heeded = [number for number in ENDINGS if signal.getsignal(number) is _end]
    for number in heeded:
        signal.signal(number, lambda number, _frame: asked.append(number))
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, _end)
    if asked:
        _end(asked[0], None)


def _end(number: int, _frame: FrameType | None) -> None:
    overlook_endings()  # a window that closes sends both
    raise Ended(number)
