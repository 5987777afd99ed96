"""The way to the screens: a book and a terminal for them, and both whole again however they are left."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.book.open import Book
from relcraft.cli.clock import Clock
from relcraft.cli.ending import heed_endings, overlook_endings
from relcraft.cli.settings import Settings
from relcraft.cli.templates import FolderTemplates
from relcraft.cli.terminal import tell
from relcraft.cli.wiring import Start, keeper_at
from relcraft.domain.errors import NotKept, RelcraftError
from relcraft.domain.text import clean_line
from relcraft.store import write_book

if TYPE_CHECKING:
    from relcraft.tui.app import RelcraftApp
    from relcraft.tui.registry import Registry

_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
"""What asks the program to leave from outside; ctrl+c typed into the screen is a key, and no signal."""
_BARE_TERMINALS = ("dumb", "unknown")
_BANNER = "A sample: invented people, kept nowhere"
_AFTERWARDS = "That was a sample, and nothing of it is kept. To start your own book: relcraft"
_PATIENCE_SECONDS = 2.0
"""How long the screen stands still for another program that is writing, before it says so."""
_MOST_REMARKS = 3
"""How many remarks on the config file the screen has room for."""
_LOOK_SECONDS = 1.0
"""How often it is asked whether the file had better be brought up to date now."""


class NoTerminal(RelcraftError):
    """There is nothing to draw a screen on."""


def open_screens(start: Start) -> int:
    """Open the user's book on the screen; return the exit code when the user has left."""
    _need_terminal()
    from relcraft.cli.keymap import registry_of  # noqa: PLC0415 - `demo` needs none, and `--help` neither

    settings, clock = start.settings(), start.clock()
    registry, unknown = registry_of(settings)
    for warning in unknown:
        tell(warning)
    code, to_sample = _run(settings.data_file, clock, (settings, registry, (*settings.warnings, *unknown)))
    return _look_around(clock) if to_sample else code


@click.command(short_help="Look around a sample book.")
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Look around a sample book of invented people; nothing of it is kept.

    Example: relcraft demo
    """
    _need_terminal()
    start: Start = ctx.obj
    ctx.exit(_look_around(start.clock()))


def _look_around(clock: Clock) -> int:
    """Open the sample book on the screen, and say afterwards how to start one's own; return the exit code."""
    folder = Path(tempfile.mkdtemp(prefix="relcraft-demo-"))
    try:
        code = _run_sample(folder / "sample.json", clock)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if code == 0:
        tell(_AFTERWARDS)
    return code


def _run_sample(path: Path, clock: Clock) -> int:
    from relcraft.sample import sample_records  # noqa: PLC0415 - the stories, which the user's own book does without

    write_book(path, sample_records(clock().date()))
    code, _to_sample = _run(path, clock, None)
    return code


def _need_terminal() -> None:
    for stream in (sys.__stdin__, sys.__stderr__):
        if stream is None or not stream.isatty():
            raise NoTerminal("The screen needs a terminal to draw on. relcraft --help lists what works without one.")
    if os.environ.get("TERM") in _BARE_TERMINALS:
        raise NoTerminal(
            f"TERM={os.environ['TERM']} says that this terminal draws no screens: xterm-256color was expected, say. "
            "relcraft --help lists what works without one."
        )


def _run(path: Path, clock: Clock, own: "tuple[Settings, Registry, Sequence[str]] | None") -> tuple[int, bool]:
    """Run the screens over the book at `path`; return the exit code, and whether the user wishes to see the sample.

    `own` is what `app_on` takes; without, it is the sample itself, and Relcraft as it comes. The book is folded and
    closed in every case.
    """
    from relcraft.cli.losable import LosableDriver  # noqa: PLC0415 - loads all of the interface
    from relcraft.tui.app import SAMPLE, RelcraftApp  # noqa: PLC0415 - as above

    with keeper_at(path, None if own is None else own[0].backups, _PATIENCE_SECONDS) as keeper:
        if own is None:
            app = RelcraftApp(Book(keeper, clock), banner=_BANNER, place=_place(path))
        else:
            app = app_on(Book(keeper, clock, own[0].rules), *own)
        app.driver_class = LosableDriver

        async def fold_when_due() -> None:
            while True:
                await asyncio.sleep(_LOOK_SECONDS)
                with suppress(NotKept):  # the journal has everything; closing tries again, and tells
                    keeper.maybe_fold(time.monotonic())

        async def run() -> None:
            loop = asyncio.get_running_loop()
            for number in _SIGNALS:
                loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))
            folding = asyncio.create_task(fold_when_due())
            try:
                await app.run_async()
            finally:
                folding.cancel()

        try:
            asyncio.run(run())
        finally:  # asyncio leaves signals to the system, which would end the program before its book is folded
            if app.return_code:
                overlook_endings()
            else:
                heed_endings()
    return app.return_code or 0, app.return_value == SAMPLE


def app_on(book: Book, settings: Settings, registry: "Registry", remarks: Sequence[str] = ()) -> "RelcraftApp":
    """Return the screens over the user's own book, as their settings have it; `remarks` are told as they open."""
    from relcraft.store.copies import FolderCopies  # noqa: PLC0415 - loads all of the interface, with the next
    from relcraft.tui.app import RelcraftApp  # noqa: PLC0415 - as above
    from relcraft.tui.themes import own_theme  # noqa: PLC0415 - as above

    return RelcraftApp(
        book,
        place=_place(settings.data_file),
        theme=settings.theme,
        themes=[own_theme(name, said) for name, said in settings.themes.items()],
        registry=registry,
        templates=FolderTemplates(settings.templates),
        copies=FolderCopies(settings.data_file, settings.backups),
        me=settings.myself,
        remarks=_told(remarks),
    )


def _told(remarks: Sequence[str]) -> Sequence[str]:
    """Return what is told as the screen opens: a few remarks as they are, and that there are more."""
    more = len(remarks) - _MOST_REMARKS
    told = [clean_line(remark) for remark in remarks[:_MOST_REMARKS]]
    return [*told, f"{more} more of these: relcraft config --check tells all."] if more > 0 else told


def _place(path: Path) -> str:
    """Return where a book is, as the user would write it."""
    home = Path.home()
    return clean_line(f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path))
