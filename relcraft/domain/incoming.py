"""What an import reads: people and records as another program knows them, each with its place in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction, Me, Tie
from relcraft.domain.value import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Myself(Value):
    """Who "me" is in a file: what tells the user from everybody else. Names are told apart by `identity.name_key`."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()

    def joined(self, other: "Myself") -> "Myself":
        """Return what both say, each value once."""
        return Myself(
            tuple(dict.fromkeys((*self.names, *other.names))),
            tuple(dict.fromkeys((*self.emails, *other.emails))),
            tuple(dict.fromkeys((*self.phones, *other.phones))),
            tuple(dict.fromkeys((*self.urls, *other.urls))),
        )


NOBODY = Myself()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class How(Value):
    """What the user says about how to read a file."""

    me: Myself = NOBODY
    columns: Mapping[str, str] = field(default_factory=dict)
    """Of a table: the field that a column is, by its header as the file has it; "" leaves the column out."""
    day_first: bool | None = None
    """Whether 3/4/2026 is in April; None: the file tells, or the row is skipped."""


USUAL = How()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Incoming(Value):
    """One person read from a file. `contact.uid` is empty; `contact.sources` holds the keys the file knows them by."""

    contact: Contact
    where: str
    """File and line, as told to the user: "Connections.csv, line 12"."""
    notes: tuple[str, ...] = ()
    """What of the record could not be used, though the person could: a sentence each."""
    introducer: Contact | None = None
    """Through whom the user met them, named as `IncomingRecord.people` are."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IncomingRecord(Value):
    """Something read from a file that is about people, or about the user (`Me`).

    `record.uid` is empty, and so are its fields that lead to people; `record.sources` holds one key, which is the same
    whenever the same thing is read again. Rows of one key in one import are one record: what they say is put together.
    """

    record: Interaction | Exchange | FollowUp | Tie | Me
    people: tuple[Contact, ...]
    """Who it is about, as the file names them: an interaction's contacts, an exchange's one, a tie's two.

    As an incoming contact, with all that tells them from others: name, emails, phones, urls, sources, organisation.
    """
    where: str
    notes: tuple[str, ...] = ()
    adds_people: bool = True
    """Whether somebody whom the book does not know is added; else the row is skipped, or (an interaction of several)
    they are left out of it."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Skipped(Value):
    """One record of a file that gives nothing."""

    where: str
    why: str


Row = Incoming | IncomingRecord | Skipped
