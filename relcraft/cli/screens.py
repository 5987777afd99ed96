"""The way to the screens: a book and a terminal for them, and everything whole again however they are left."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import click

from relcraft.book.open import Book
from relcraft.cli.terminal import tell
from relcraft.cli.wiring import Start, book_at, open_book
from relcraft.domain.changes import put
from relcraft.domain.errors import RelcraftError

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""What asks a program to leave from outside; ctrl+c typed in the screen is a key, and no signal."""
_PATIENCE = 3.0
"""Seconds that the screen has to leave by itself after a signal: where the terminal is gone, it may wait forever."""
_BANNER = "A sample: invented people, kept nowhere"
_AFTERWARDS = "That was a sample, and nothing of it is kept. To start your own book: relcraft"


class NoTerminal(RelcraftError):
    """There is nothing to draw a screen on."""


def open_screens(start: Start) -> int:
    """Open the user's book on the screen; return the exit code when the user has left."""
    _need_terminal()
    with open_book(start) as book:
        return _run(book, "", last_resort=book.close)


@click.command(short_help="Look around a sample book.")
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Look around a sample book of invented people; nothing of it is kept.

    Example: relcraft demo
    """
    _need_terminal()
    start: Start = ctx.obj
    folder = Path(tempfile.mkdtemp(prefix="relcraft-demo-"))
    try:
        code = _run_sample(start, folder)
    finally:
        _remove(folder)
    if code == 0:
        tell(_AFTERWARDS)
    ctx.exit(code)


def _run_sample(start: Start, folder: Path) -> int:
    from relcraft.sample import sample_records  # noqa: PLC0415 - the stories, which the user's own book does without

    path, clock = folder / "sample.json", start.clock()
    with book_at(path, clock) as book:
        book.change("the sample", *(put(None, record) for record in sample_records(book.today)))
    with book_at(path, clock) as book:  # opened again, so that an undo never takes the sample away
        return _run(book, _BANNER, last_resort=lambda: _remove(folder))


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _need_terminal() -> None:
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is None or not stream.isatty():
            raise NoTerminal("The screen needs a terminal to draw on. relcraft --help lists what works without one.")


def _run(book: Book, banner: str, *, last_resort: Callable[[], None]) -> int:
    """Run the screens over `book`; return the exit code. `last_resort` tidies up where the terminal hangs."""
    from relcraft.tui.app import RelcraftApp  # noqa: PLC0415 - loads all of the interface

    app = RelcraftApp(book, banner=banner)

    def leave(number: int) -> None:
        book.fold()
        timer = Timer(_PATIENCE, _give_up, (128 + number, last_resort))
        timer.daemon = True
        timer.start()
        app.exit(return_code=128 + number)

    async def run_and_listen() -> None:
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, leave, number)
        await app.run_async()

    asyncio.run(run_and_listen())
    return app.return_code or 0


def _give_up(code: int, last_resort: Callable[[], None]) -> None:
    """End the program from outside its main thread, which waits for a terminal that is no longer there."""
    try:
        last_resort()
    finally:
        os._exit(code)
