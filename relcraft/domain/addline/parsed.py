"""What an add line means: the frozen values that a reading of it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from relcraft.domain.records import Date, Time
from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value
from relcraft.domain.words import (
    CHANNEL_KIND,
    MANNER,
    Channel,
    Direction,
    ExchangeKind,
    Initiator,
    InteractionKind,
    Manner,
    Size,
)

NEW = "+new"
"""Chosen for a mention: it is somebody new. No uid looks like this."""
AS_TEXT = "-text"
"""Chosen for a mention: it names nobody and stays text."""
LEAVE_OPEN = "-open"
"""Chosen for an ask that the line would close: it stays open."""

Choices = Mapping[str, str]
"""What the user picked: by `Mention.key` a uid, `NEW` or `AS_TEXT`, which holds while the name is written so; by
`Closing.key` `LEAVE_OPEN`.
"""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands in the line as it was typed: from `start` up to but without `end`."""

    start: int
    end: int


class Role(Enum):
    """What a stretch of the line is, for showing it."""

    KIND = "kind"
    DATE = "date"
    PERSON = "person"
    NEW_PERSON = "new person"
    QUESTION = "question"
    EXCHANGE = "exchange"
    ASK = "ask"
    FOLLOW_UP = "follow-up"
    TAG = "tag"
    CADENCE = "cadence"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Chip(Value):
    """A stretch of the line that became something; what has no chip stays text."""

    span: Span
    role: Role


class PersonState(Enum):
    """How sure it is whom a mention names."""

    KNOWN = "known"
    NEW = "new"
    AMBIGUOUS = "ambiguous"
    """Several contacts answer to it: a question."""
    NEAR = "near"
    """Nobody answers to it, and somebody nearly does: a question."""
    UNCONFIRMED = "unconfirmed"
    """Nobody answers to it; it stays text, unless the user says that it is somebody new."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Candidate(Value):
    """A contact that a mention may name."""

    uid: str
    name: str
    detail: str = ""
    """What tells them from another of the same name: an organisation, a city or an address."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Mention(Value):
    """A person as the line names them."""

    text: str
    """As written, without sigil and quotes; of an assumed person the name."""
    span: Span | None
    """None: not written, but assumed."""
    state: PersonState
    name: str
    """The contact's name, or what was written."""
    uid: str | None = None
    """The contact's; None for everybody who is not `KNOWN`."""
    candidates: tuple[Candidate, ...] = ()
    options: tuple[str, ...] = ()
    """What may be chosen for it: uids of the candidates, `NEW`, `AS_TEXT`; with fewer than two there is no choice."""

    @property
    def key(self) -> str:
        """By which a choice knows this mention."""
        return fold(clean_line(self.text))

    @property
    def who(self) -> str:
        """The same for two mentions of one person."""
        return self.uid or f"{NEW} {fold(self.name)}"

    @property
    def is_question(self) -> bool:
        """Whether the line cannot be saved before the user says who this is."""
        return self.state in (PersonState.AMBIGUOUS, PersonState.NEAR)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Closing(Value):
    """An ask of the user's that an exchange answers."""

    ask: str
    """The uid."""
    kind: ExchangeKind
    what: str
    """What was asked for, in the user's words."""
    leaves_open: bool = False
    """Whether the user chose that the ask stays open."""

    @property
    def key(self) -> str:
        """By which a choice knows it. No name is folded to this."""
        return f"?{self.ask}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ParsedExchange(Value):
    """One act of help."""

    direction: Direction
    kind: ExchangeKind
    size: Size = Size.NORMAL
    text: str = ""
    who: Mention | None = None
    """None: the line names nobody, which is a question."""
    span: Span | None = None
    """Where it stands."""
    closing: Closing | None = None
    """The ask that it answers; None: there is none."""
    known: str = ""
    """The uid of the exchange by which an ask or an introduction told of it before; empty: it is new."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ParsedAsk(Value):
    """A request for help, by the user."""

    kind: ExchangeKind
    size: Size = Size.NORMAL
    """As written; how much help it is shows when it comes."""
    text: str = ""
    who: Mention | None = None
    """None: the line names nobody, which is a question."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ParsedFollowUp(Value):
    """Something promised."""

    date: Date
    text: str = ""
    who: Mention | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ParsedLine(Value):
    """What an add line means on a day. Without `questions` it can be saved."""

    line: str
    """Without control characters; spans count in the line as it was typed."""
    today: Date
    kind: InteractionKind | None = None
    """As the first word says; None: it says none."""
    initiator: Initiator = Initiator.BOTH
    said_date: Date | None = None
    """None: the line names no date."""
    date_span: Span | None = None
    time: Time | None = None
    people: tuple[Mention, ...] = ()
    """Who took part, the first named first; who is selected where nobody is named."""
    mentions: tuple[Mention, ...] = ()
    """Everybody whom the line names or may name, in the order of the line."""
    exchanges: tuple[ParsedExchange, ...] = ()
    asks: tuple[ParsedAsk, ...] = ()
    follow_ups: tuple[ParsedFollowUp, ...] = ()
    tags: tuple[str, ...] = ()
    cadence_days: int | None = None
    summary: str = ""
    chips: tuple[Chip, ...] = field(default=())
    """In the order of the line, none over another."""
    questions: tuple[str, ...] = ()
    """What stops it from being saved, each a sentence."""

    @property
    def date(self) -> Date:
        """The day of the interaction and of the exchanges: today, where none is named."""
        return self.said_date or self.today

    @property
    def interaction(self) -> InteractionKind | None:
        """The kind of the interaction that the line makes; None: it makes none, having no kind and no text."""
        return self.kind or (InteractionKind.NOTE if self.summary else None)

    @property
    def is_plan(self) -> bool:
        """Whether the interaction lies ahead."""
        return self.interaction is not None and self.date > self.today

    @property
    def channel(self) -> Channel | None:
        """How its asks are made, by its kind; None: it does not say."""
        if self.kind is None:
            return None
        if MANNER[self.kind] is Manner.MET:
            return Channel.IN_PERSON
        return next((channel for channel, kind in CHANNEL_KIND.items() if kind is self.kind), None)

    @property
    def makes_drafts(self) -> bool:
        """Whether its asks are drafts: its day lies ahead, and they are not asked yet."""
        return self.date > self.today

    @property
    def everybody(self) -> tuple[Mention, ...]:
        """Everybody whom saving the line concerns, once each: the people, then who else a part of it names."""
        helped = (exchange.who for exchange in self.exchanges)
        asked = (ask.who for ask in self.asks)
        promised = (promise.who for promise in self.follow_ups)
        found: dict[str, Mention] = {}
        for mention in (*self.people, *filter(None, (*helped, *asked, *promised))):
            found.setdefault(mention.who, mention)
        return tuple(found.values())

    @property
    def new_people(self) -> tuple[Mention, ...]:
        """Whom saving the line would add to the book."""
        return tuple(mention for mention in self.everybody if mention.state is PersonState.NEW)

    @property
    def doubtful(self) -> tuple[Mention, ...]:
        """The mentions that `tab` has a choice for, in the order of the line, once each."""
        choosable = (mention for mention in self.mentions if mention.is_question or len(mention.options) > 1)
        return tuple({mention.key: mention for mention in choosable}.values())

    @property
    def closings(self) -> tuple[ParsedExchange, ...]:
        """The exchanges that answer an ask, in the order of the line: `tab` leaves the ask open, or closes it."""
        return tuple(exchange for exchange in self.exchanges if exchange.closing)
