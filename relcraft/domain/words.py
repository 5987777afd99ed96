"""The closed vocabularies of a book: circles, kinds, directions, sizes."""

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
