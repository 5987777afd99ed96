"""A terminal that may be taken away: what is written afterwards is dropped, and nothing waits for it."""

from io import TextIOBase, TextIOWrapper
from typing import TextIO, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver


class Losable(TextIOBase):
    """A stream to a terminal. From the first write that fails on, it takes everything and does nothing with it.

    Textual writes in a thread of its own with a short queue. Were an error to end that thread, the program would wait
    forever for room in the queue, and neither leave nor bring its file up to date.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lost = False

    def write(self, text: str) -> int:
        """Write `text`, or drop it."""
        if not self._lost:
            try:
                return self._stream.write(text)
            except OSError:
                self._lost = True
        return len(text)

    def flush(self) -> None:
        """Send on what was written, or drop it."""
        if not self._lost:
            try:
                self._stream.flush()
            except OSError:
                self._lost = True

    def fileno(self) -> int:
        """Return the number of the stream."""
        return self._stream.fileno()

    def isatty(self) -> bool:
        """Return whether the stream is a terminal."""
        return self._stream.isatty()


class LosableDriver(LinuxDriver):
    """Textual's driver for a terminal, on a stream that may be lost."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = cast("TextIOWrapper", Losable(cast("TextIO", self._file)))
