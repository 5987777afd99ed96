"""Which formats can be read, and what each of them promises."""

from collections.abc import Iterator
from typing import Protocol

from relcraft.domain.errors import BadInput
from relcraft.domain.incoming import Row
from relcraft.formats.contacts_csv import ContactsCsv
from relcraft.formats.linkedin import LinkedIn
from relcraft.formats.vcard import VCard


class Format(Protocol):
    """One kind of file that people come in. No method raises for any bytes at all."""

    @property
    def name(self) -> str:
        """What the user types: --format vcard."""

    @property
    def title(self) -> str:
        """What the user reads."""

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with `head` is of this format; the file's name does not count."""

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` will yield: for a progress bar."""

    def read(self, data: bytes, file_name: str) -> Iterator[Row]:
        """Yield a row for each record: who it is, or why it was skipped; each with `file_name` and its line."""


FORMATS: tuple[Format, ...] = (VCard(), LinkedIn(), ContactsCsv())
"""Asked in this order."""


def format_named(name: str) -> Format:
    """Return the format that a user calls `name`. Raises `BadInput`, which lists the known ones."""
    for known in FORMATS:
        if known.name == name:
            return known
    raise BadInput(f'"{name}" is no format that can be imported: {", ".join(known.name for known in FORMATS)} can.')


def format_of(head: bytes) -> Format | None:
    """Return the format of a file that begins with `head`; None where no format recognises it."""
    return next((known for known in FORMATS if known.recognises(head)), None)
