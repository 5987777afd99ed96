"""The records of a book, as frozen values. A change returns a new value.

Every record has a `uid` that is never used again, `created` and `updated` (UTC), `sources` (the keys that imports
know it by) and `extra` (fields that this version does not know, or cannot read, kept and written back).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Self

from relcraft.domain.errors import BadInput
from relcraft.domain.words import Circle, Direction, ExchangeKind, Gain, Initiator, InteractionKind, Size

Date = date
Time = time

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where nobody knows when a record was made."""

_BIRTHDAY = re.compile(r"(?:(\d{4})|-)-(\d{1,2})-(\d{1,2})", re.ASCII)
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True, order=True)
class Birthday:
    """A day of birth whose year may be unknown (`year` is None)."""

    month: int
    day: int
    year: int | None = None

    def __post_init__(self) -> None:
        try:
            date(_LEAP_YEAR if self.year is None else self.year, self.month, self.day)
        except ValueError as error:
            raise BadInput(f"{self} is no day of birth: {error}") from error

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `1990-03-12` or, without a year, `--03-12`. Raises `BadInput`."""
        match = _BIRTHDAY.fullmatch(text)
        if match is None:
            raise BadInput(f'"{text}" is no birthday: 1990-03-12 was expected, or --03-12 without the year')
        year, month, day = match.groups()
        return cls(int(month), int(day), None if year is None else int(year))

    def __str__(self) -> str:
        year = "-" if self.year is None else f"{self.year:04d}"
        return f"{year}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    uid: str
    created: datetime = BEGINNING
    """UTC, to the microsecond."""
    updated: datetime = BEGINNING
    """UTC, to the microsecond."""
    sources: tuple[str, ...] = ()
    """The keys under which imports know this record, so that a second import changes nothing."""
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
    """JSON values of fields that this version does not know or cannot read: kept, and written back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """A person."""

    name: str
    sort_name: str = ""
    """What to sort by, where that is not the name."""
    nicknames: tuple[str, ...] = ()
    organisation: str = ""
    role: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    city: str = ""
    time_zone: str = ""
    """An IANA name such as Europe/Berlin."""
    birthday: Birthday | None = None
    tags: tuple[str, ...] = ()
    """Without the #."""
    circle: Circle | None = None
    cadence_days: int | None = None
    """Days between two contacts; None: as the circle says; 0: never due."""
    met_how: str = ""
    met_on: Date | None = None
    introduced_by: str | None = None
    """The uid of a contact."""
    can_offer: tuple[str, ...] = ()
    looking_for: tuple[str, ...] = ()
    notes: str = ""
    archived: bool = False
    do_not_disturb: bool = False
    vcard: tuple[str, ...] = ()
    """The original lines, without line ends, if the contact came from a vCard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(Record):
    """Something that took place on a date, with any number of contacts. A date ahead is a plan."""

    date: Date
    kind: InteractionKind
    time: Time | None = None
    zone: str = ""
    """An IANA name; empty: the user's own."""
    contacts: tuple[str, ...] = ()
    """uids, the first named first."""
    initiator: Initiator = Initiator.BOTH
    summary: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange(Record):
    """One act of help, given or received."""

    date: Date
    direction: Direction
    kind: ExchangeKind
    size: Size = Size.NORMAL
    contact: str
    """The uid of the other one."""
    text: str = ""
    gains: tuple[Gain, ...] = ()
    """What the one who helped had from it."""
    thanked_on: Date | None = None
    outcome_told_on: Date | None = None
    interaction: str | None = None
    """The uid of the interaction in which it took place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Record):
    """Something promised for a date."""

    date: Date
    contact: str | None = None
    text: str = ""
    done_on: Date | None = None
    interaction: str | None = None
    """The uid of the interaction that it came from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze(Record):
    """Leaves a record in peace until a day: the due date moves, the history does not."""

    of: str
    """The uid of a contact or a follow-up."""
    until: Date
