"""The closed vocabularies of a book: circles, kinds, directions, sizes, states."""

from enum import Enum, StrEnum


class Circle(StrEnum):
    """How near a contact is; sets the default cadence."""

    INNER = "inner"
    CLOSE = "close"
    ACTIVE = "active"
    WIDER = "wider"
    DISTANT = "distant"


CADENCE_DAYS = {Circle.INNER: 7, Circle.CLOSE: 30, Circle.ACTIVE: 90, Circle.WIDER: 180, Circle.DISTANT: 365}
"""Default days between two contacts, by circle."""


class Manner(Enum):
    """How an interaction came to pass, which decides whom it warms."""

    MET = "met in person"
    SPOKEN = "spoken"
    WRITTEN = "written"
    NOTE = "a note"


class InteractionKind(StrEnum):
    """What took place."""

    COFFEE = "coffee"
    LUNCH = "lunch"
    DINNER = "dinner"
    DRINKS = "drinks"
    MEETING = "meeting"
    EVENT = "event"
    VISIT = "visit"
    CALL = "call"
    VIDEO = "video"
    EMAIL = "email"
    MESSAGE = "message"
    LETTER = "letter"
    NOTE = "note"


_SPOKEN = frozenset({InteractionKind.CALL, InteractionKind.VIDEO})
_WRITTEN = frozenset({InteractionKind.EMAIL, InteractionKind.MESSAGE, InteractionKind.LETTER})
MANNER = {
    kind: Manner.SPOKEN
    if kind in _SPOKEN
    else Manner.WRITTEN
    if kind in _WRITTEN
    else Manner.NOTE
    if kind is InteractionKind.NOTE
    else Manner.MET
    for kind in InteractionKind
}


class Initiator(StrEnum):
    """Who began an interaction."""

    ME = "me"
    THEM = "them"
    BOTH = "both"


class Direction(StrEnum):
    """Which way an act of help went, seen from the user."""

    GIVEN = "given"
    RECEIVED = "received"


class ExchangeKind(StrEnum):
    """What kind of help it was."""

    INFORMATION = "information"
    ADVICE = "advice"
    FEEDBACK = "feedback"
    HELP = "help"
    INTRODUCTION = "introduction"
    LEAD = "lead"
    RECOMMENDATION = "recommendation"
    REFERRAL = "referral"
    ENDORSEMENT = "endorsement"
    GIFT = "gift"
    OTHER = "other"


class Size(StrEnum):
    """How much help it was."""

    SMALL = "small"
    NORMAL = "normal"
    BIG = "big"


class Gain(StrEnum):
    """What the one who helped had from it."""

    FELT_GOOD = "felt good"
    LOOKED_GOOD = "looked good"
    GAINED_CREDIT = "gained credit"
    LEARNED = "learned"


class AskDirection(StrEnum):
    """Who asks whom."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"


class AskState(StrEnum):
    """Where an ask stands. `DRAFT` and `THANKED` are of outgoing ones alone, `RECEIVED` of incoming ones."""

    DRAFT = "draft"
    ASKED = "asked"
    RECEIVED = "received"
    AGREED = "agreed"
    HELPED = "helped"
    THANKED = "thanked"
    DECLINED = "declined"
    RESTED = "rested"
    """No answer, or none needed: closed in peace."""


class Channel(StrEnum):
    """How an ask is made."""

    IN_PERSON = "in person"
    CALL = "call"
    VIDEO = "video"
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"


CHANNEL_KIND = {
    Channel.IN_PERSON: InteractionKind.MEETING,
    Channel.CALL: InteractionKind.CALL,
    Channel.VIDEO: InteractionKind.VIDEO,
    Channel.MESSAGE: InteractionKind.MESSAGE,
    Channel.EMAIL: InteractionKind.EMAIL,
    Channel.LETTER: InteractionKind.LETTER,
}
"""The interaction that an answer by each channel is."""


class Fear(StrEnum):
    """What holds somebody back from asking."""

    LOOK_SILLY = "look silly"
    IMPOSE = "impose"
    USING_PEOPLE = "using people"
    REFUSED_BEFORE = "refused before"
    TOO_LONG = "too long"
    NOTHING = "nothing"


class GoalKind(StrEnum):
    """The ends that a book serves."""

    CAREER = "choose a career"
    SWITCH = "switch"
    HIRED = "get hired"
    PROMOTED = "get promoted"
    OTHER = "other"


class GoalState(StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let go"


class IntroductionState(StrEnum):
    """Where an introduction stands. Each side agrees before it is made."""

    IDEA = "idea"
    FIRST_AGREED = "first agreed"
    BOTH_AGREED = "both agreed"
    MADE = "made"
    MET = "met"
    TOLD = "outcome told"
    RESTED = "rested"
    """Not now, or never: closed in peace."""


class TieStrength(StrEnum):
    """How well two contacts know each other."""

    WEAK = "weak"
    ORDINARY = "ordinary"
    STRONG = "strong"


class TieOrigin(StrEnum):
    """Where a recorded tie comes from."""

    BY_HAND = "by hand"
    INTRODUCTION = "introduction"
