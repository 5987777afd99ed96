"""What an import reads: people as another program knows them, and what could not be used, each with its place."""

from dataclasses import dataclass

from relcraft.domain.records import Contact


@dataclass(frozen=True, slots=True)
class Incoming:
    """One person read from a file. `contact.uid` is empty; `contact.sources` holds the keys the file knows them by."""

    contact: Contact
    where: str
    """File and line, as told to the user: "Connections.csv, line 12"."""
    notes: tuple[str, ...] = ()
    """What of the record could not be used, though the person could: a sentence each."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """One record of a file that gives no contact."""

    where: str
    why: str


Row = Incoming | Skipped
