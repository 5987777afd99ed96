"""Which formats can be read, what each of them promises, and which of them a file is of."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from relcraft.domain.errors import BadInput
from relcraft.domain.incoming import USUAL, How, Myself, Row
from relcraft.domain.text import clean_line
from relcraft.formats.calendar import Calendar
from relcraft.formats.contacts_csv import ContactsCsv
from relcraft.formats.friends_md import Friends
from relcraft.formats.ldif import Ldif
from relcraft.formats.linkedin import LinkedIn
from relcraft.formats.mail.mbox import Mbox
from relcraft.formats.mail.message import Message
from relcraft.formats.monica import Monica
from relcraft.formats.others import other_formats
from relcraft.formats.tables import AnyTable, Column, GoogleCsv, OutlookCsv, ThunderbirdCsv
from relcraft.formats.vcard import VCard
from relcraft.formats.whatsapp import WhatsApp


@runtime_checkable
class Format(Protocol):
    """One kind of file that people and records come in. No method raises for any bytes at all."""

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

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield a row for each record: what it says, or why it was skipped; each with `file_name` and its line."""


@runtime_checkable
class TellsWhoIAm(Protocol):
    """A format some of whose files say who the user is, for all files that are read with them."""

    def myself(self, data: bytes) -> Myself:
        """Return what a file says of the user; nothing where it says nothing."""


@runtime_checkable
class NeedsMyAddresses(Protocol):
    """A format that cannot be read without knowing which names or addresses are the user's own."""

    def likely_mine(self, data: bytes) -> Sequence[tuple[str, int]]:
        """Return the addresses (or names) in a file that may be the user's own, each with how often it is there."""


@runtime_checkable
class GuessesColumns(Protocol):
    """A format of tables whose columns are guessed, and may be said otherwise by `How.columns`."""

    def guessed(self, data: bytes, how: How) -> Sequence[Column]:
        """Return what each column is taken for."""


FORMATS: tuple[Format, ...] = (
    Mbox(),
    Message(),
    Calendar(),
    VCard(),
    WhatsApp(),
    Monica(),
    Friends(),
    LinkedIn(),
    ContactsCsv(),
    Ldif(),
    GoogleCsv(),
    OutlookCsv(),
    ThunderbirdCsv(),
)
"""Our own, asked in this order: what is unmistakable first."""
LAST: tuple[Format, ...] = (AnyTable(),)
"""Asked after those of other packages: any table at all."""


def formats() -> tuple[Format, ...]:
    """Return every format, ours and those of other packages; of two with one name ours counts."""
    ours = {known.name for known in (*FORMATS, *LAST)}
    others = (other for other in other_formats()[0] if other.name not in ours)
    return (*FORMATS, *others, *LAST)


def format_named(name: str) -> Format:
    """Return the format that a user calls `name`. Raises `BadInput`, which lists the known ones."""
    for known in formats():
        if known.name == name:
            return known
    names = ", ".join(known.name for known in formats())
    raise BadInput(f'"{clean_line(name)}" is no format that can be imported: {names} can.')


def format_of(head: bytes) -> Format | None:
    """Return the format of a file that begins with `head`; None where no format recognises it."""
    likely = (known for known in formats() if known.recognises(head))
    found = next(likely, None)
    if isinstance(found, VCard) and not found.begins(head):
        return next(likely, found)  # a table in a note of which a card stands is a table
    return found
