"""The records of a book, as frozen values. A change returns a new value.

Every record has a `uid` that is never used again, `created` and `updated` (UTC), `sources` (the keys that imports
know it by) and `extra` (fields that this version does not know, or cannot read, kept and written back).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NewType, Self

from relcraft.domain.errors import BadInput
from relcraft.domain.value import Value
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    Circle,
    Direction,
    ExchangeKind,
    Fear,
    Gain,
    GoalKind,
    GoalState,
    Initiator,
    InteractionKind,
    IntroductionState,
    Size,
    TieOrigin,
    TieStrength,
)

Date = date
Time = time

Chance = NewType("Chance", int)
"""Per cent, from 10 to 90."""

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Record(Value):
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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
    ask: str | None = None
    """The uid of the ask that it answers."""
    introduction: str | None = None
    """The uid of the introduction that it is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class FollowUp(Record):
    """Something promised for a date."""

    date: Date
    contact: str | None = None
    text: str = ""
    done_on: Date | None = None
    interaction: str | None = None
    """The uid of the interaction that it came from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Snooze(Record):
    """Leaves a record in peace until a day: the due date moves, the history does not."""

    of: str
    """The uid of a contact or a follow-up, or the key of a move on the Today screen."""
    until: Date


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AskStep(Value):
    """One step in the life of an ask: the state that it came to, and when."""

    state: AskState
    date: Date
    until: Date | None = None
    """The day that the other one named: "call me next week"."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Ask(Record):
    """A request for help. What may follow on what is the table in `relcraft.domain.asking`."""

    direction: AskDirection
    contact: str
    """The uid of who is asked, or asks."""
    kind: ExchangeKind
    what: str = ""
    why_them: str = ""
    in_it_for_them: str = ""
    easy_way_out: str = ""
    channel: Channel | None = None
    goal: str | None = None
    """The uid of the goal that it serves."""
    target: str | None = None
    """The uid of the contact to whom an introduction is asked for."""
    chance: Chance | None = None
    """What the user expected, in per cent from 10 to 90."""
    fear: Fear | None = None
    """What held the user back."""
    steps: tuple[AskStep, ...] = ()
    """Oldest first; the last one is where it stands, unless the dates say that it rests by now."""
    nudges: tuple[Date, ...] = ()
    """When it was asked once more, without an answer before."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class IntroductionStep(Value):
    """One step of an introduction: the state that it came to, and when."""

    state: IntroductionState
    date: Date


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Introduction(Record):
    """A broker brings two together. What may follow on what is the table in `relcraft.domain.introducing`."""

    broker: str | None = None
    """The uid of a contact; None: the user."""
    first: str | None = None
    """Who is asked first, by uid; None: the user, whom a contact introduces."""
    second: str
    """The uid of the other one."""
    text: str = ""
    """What for."""
    ask: str | None = None
    """The uid of the user's ask that led to it."""
    steps: tuple[IntroductionStep, ...] = ()
    """Oldest first; the last one is where it stands."""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Goal(Record):
    """One of the ends that people reach through others, in the user's own words."""

    kind: GoalKind
    words: str = ""
    state: GoalState = GoalState.OPEN
    target_date: Date | None = None
    ended_on: Date | None = None
    """When it was reached or let go."""
    outcome: str = ""
    chain: tuple[str, ...] = ()
    """The uids of the contacts whose help led there, set when it is reached."""
    told: tuple[str, ...] = ()
    """The uids of those in the chain who heard how it went."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Tie(Record):
    """Two contacts who know each other."""

    first: str
    second: str
    strength: TieStrength = TieStrength.ORDINARY
    origin: TieOrigin = TieOrigin.BY_HAND


ME = "me"
"""The uid of the one record about the user."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Me(Record):
    """What the user says of themselves: the name under messages, and what they can do for others."""

    name: str = ""
    organisation: str = ""
    can_offer: tuple[str, ...] = ()
    looking_for: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    """The user's own addresses: imports of mail and calendars tell by them who wrote to whom."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Apart(Record):
    """Two contacts that look like one person and are two: nobody asks about them again."""

    first: str
    """The uid of a contact, the smaller one."""
    second: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Unplaced(Record):
    """Something that an import read and that fits several people: it waits until the user says whose it is.

    `uid` follows from the key of what was read, so that a second import finds it waiting, or settled.
    """

    table: str
    """Where it belongs once it is placed: "contacts", "exchanges", ..."""
    document: dict[str, object] | None = field(default=None, hash=False)
    """What was read, as a document; of its fields that lead to people, those who are known are filled."""
    person: dict[str, object] | None = field(default=None, hash=False)
    """The person whom it is about, as the file names them: the document of a contact without a uid."""
    place: str = ""
    """The field of `document` that waits for this person, or empty where the document is the person."""
    where: str = ""
    """File and line."""
    why: str = ""
    """Why it could not be placed: a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SyncedCard(Record):
    """What a contact and a card in a folder said when they were last in step: what both are compared with."""

    folder: str
    """The key of the folder, which is one machine's own."""
    contact: str
    """The uid of the contact."""
    file: str = ""
    """The name of the card's file."""
    card: dict[str, object] | None = field(default=None, hash=False)
    """The fields that a card has, as both said them: JSON values by the field's name."""
    etag: str = ""
    """The hash of the file."""
    said: str = ""
    """The hash of what the contact said."""
    was: str = ""
    """The hash of the file that was to be written anew, while nobody knows whether it was; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OtherSide(Record):
    """What the other side of a conflict says: the version of a record that a merge did not take, to be looked at.

    The version that it took is the record itself. `uid` follows from what it says (`domain.versions`), so that two
    merges of the same books find the same one; `created` and `updated` are the moment of that version.
    """

    table: str
    """The table of the record."""
    of: str
    """The uid of the record."""
    document: dict[str, object] | None = field(default=None, hash=False)
    """The record as the other side has it; None: the other side deleted it."""
    fields: tuple[str, ...] = ()
    """What both sides changed, where that is known: the rest of both is together in the record. Empty: not known."""
