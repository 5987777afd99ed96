"""Formats that other packages offer: found by their entry points, and never trusted not to fail."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from relcraft.domain.documents import TABLE_OF
from relcraft.domain.incoming import USUAL, How, Incoming, IncomingRecord, Row, Skipped
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line

GROUP = "relcraft.formats"
"""The group of entry points under which a package offers a format: an object, or a class without arguments."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A format of another package: whatever it raises is a skipped row, and what it yields is a row or told."""

    name: str
    title: str
    inner: Any

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with `head` is of this format; False where it fails."""
        try:
            return bool(self.inner.recognises(head))
        except (Exception, SystemExit):  # noqa: BLE001 - another package's code may raise anything: another has its turn
            return False

    def expected_rows(self, data: bytes) -> int:
        """About how many rows there are; one where the format fails to tell."""
        try:
            return int(self.inner.expected_rows(data))
        except (Exception, SystemExit):  # noqa: BLE001 - as above; it is for a progress bar alone
            return 1

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield its rows; where it fails, what came so far is kept and the failure is a skipped row."""
        try:
            for row in self.inner.read(data, file_name, how):
                yield row if _is_row(row) else self._failed(file_name, row)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - as above, and told
            yield self._failed(file_name, error)

    def _failed(self, file_name: str, error: object) -> Skipped:
        return Skipped(file_name, f"could not be read on: the format {self.name} failed ({type(error).__name__})")


def _is_row(row: object) -> bool:
    """Whether what a format yields is a row, with somebody or something in it."""
    if isinstance(row, IncomingRecord):
        return type(row.record) in TABLE_OF and all(isinstance(each, Contact) for each in row.people)
    return isinstance(row, Skipped) or (isinstance(row, Incoming) and isinstance(row.contact, Contact))


@cache
def other_formats() -> tuple[tuple[Guarded, ...], tuple[str, ...]]:
    """Return the formats of other packages by name, and a sentence for each that cannot be used."""
    found: list[Guarded] = []
    broken: list[str] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        made = _made(entry)
        if isinstance(made, str):
            broken.append(made)
        else:
            found.append(made)
    return tuple(found), tuple(broken)


def _made(entry: EntryPoint) -> Guarded | str:
    name = clean_line(entry.name)
    try:
        offered = entry.load()
        inner = offered() if isinstance(offered, type) else offered
        return Guarded(clean_line(str(inner.name)), clean_line(str(inner.title)), inner)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - another package's code may raise anything: told, and left out
        return f"The format {name} of another package cannot be used ({type(error).__name__})."
