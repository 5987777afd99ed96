"""The wiring: from what the user said before the command to an open book."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from relcraft.cli.clock import Clock, clock_on, present
from relcraft.cli.ending import endings_put_off
from relcraft.cli.settings import Settings, read_settings
from relcraft.cli.terminal import tell
from relcraft.domain.errors import NotKept
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value

if TYPE_CHECKING:
    from relcraft.book.open import Book
    from relcraft.domain.rules import Rules
    from relcraft.store.keeper import BookFile

_WAITING = "Nothing is lost: the changes wait in the journal beside it, and go into it the next time."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Start(Value):
    """What the user said before the command; each is None where nothing was said."""

    data_file: Path | None = None
    config: Path | None = None
    today: date | None = None
    _read: list[Settings] = field(default_factory=list, init=False, repr=False, compare=False)
    """The settings, once they were read: one file holds for the whole run."""

    def settings(self) -> Settings:
        """Return what holds, and tell, the first time, what of the config file was read over. Raises `BadSettings`."""
        if not self._read:
            self._read.append(read_settings(self.data_file, self.config))
            for warning in self._read[0].warnings:
                tell(warning)
        return self._read[0]

    def clock(self) -> Clock:
        """Return the clock of this run."""
        return clock_on(self.today)


@contextmanager
def open_book(start: Start) -> Iterator["Book"]:
    """Open the user's book; it is folded and closed in every case."""
    settings = start.settings()
    with book_at(settings.data_file, start.clock(), settings.backups, settings.rules) as book:
        yield book


@contextmanager
def book_at(path: Path, clock: Clock, backups: Path | None = None, rules: "Rules | None" = None) -> Iterator["Book"]:
    """Open the book at `path`, which need not be there; it is folded and closed in every case. `rules` None: usual."""
    from relcraft.book.open import Book  # noqa: PLC0415 - `locate` and `--help` open none
    from relcraft.domain.rules import USUAL_RULES  # noqa: PLC0415 - as above

    with keeper_at(path, backups) as keeper:
        yield Book(keeper, clock, rules or USUAL_RULES)


@contextmanager
def keeper_at(path: Path, backups: Path | None = None, patience: float | None = None) -> Iterator["BookFile"]:
    """Open the file of a book; it is folded and closed in every case, and what happened to it is told afterwards.

    Where it cannot be folded, that is told as well and is no failure: what was saved is in the journal, durably.
    `patience`: how many seconds a change waits for another program; None: as long as is usual.
    Backups go by the real calendar, whatever day the user pretends: no pretended one may push out a real one.
    Raises `BadBook` where there is a file that is no book.
    """
    from relcraft.store import open_store  # noqa: PLC0415 - as above
    from relcraft.store.place import Place  # noqa: PLC0415 - as above

    keeper = open_store(path, now=present, backups=backups, patience=patience)
    try:
        yield keeper
    finally:
        with endings_put_off():  # it takes a moment, and leaves the file up to date
            try:
                keeper.close()
            except NotKept as error:
                waiting = Place.of(path).journal.exists()
                tell(f"{error} {_WAITING}" if waiting else str(error))
        for remark in keeper.remarks:
            tell(clean_line(remark))
