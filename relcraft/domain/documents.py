"""Records as JSON objects, and back: the shape in which a book is kept.

Fields at their default are left out. A value that cannot be read stays in the record's `extra` and is written back.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime, time
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar, get_type_hints

from relcraft.domain.errors import BadInput
from relcraft.domain.records import (
    BEGINNING,
    Apart,
    Ask,
    AskStep,
    Birthday,
    Chance,
    Contact,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Introduction,
    IntroductionStep,
    Me,
    OtherSide,
    Record,
    Snooze,
    SyncedCard,
    Tie,
    Unplaced,
)
from relcraft.domain.text import clean
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

Document = dict[str, Any]
"""One record as JSON values: str, int, float, bool, None, list and dict."""

TABLES: dict[str, type[Record]] = {
    "contacts": Contact,
    "interactions": Interaction,
    "exchanges": Exchange,
    "follow_ups": FollowUp,
    "snoozes": Snooze,
    "asks": Ask,
    "introductions": Introduction,
    "goals": Goal,
    "ties": Tie,
    "me": Me,
    "apart": Apart,
    "unplaced": Unplaced,
    "synced_cards": SyncedCard,
    "conflicts": OtherSide,
}
OF_ONE_MACHINE = frozenset({"synced_cards"})
"""Tables that say something of this machine alone: they never come in from another book, nor go out to one."""
TABLE_OF: dict[type[Record], str] = {kind: table for table, kind in TABLES.items()}

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Codec(Value):
    """How one type of field is written and read; `read` raises ValueError, TypeError or BadInput."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    expected: str


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return clean(value)


def _texts(value: Any) -> tuple[str, ...]:
    if type(value) is not list:
        raise TypeError
    return tuple(map(_text, value))


def _whole_days(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 36_500:
        raise TypeError
    return value


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def _instant(value: Any) -> datetime:
    read = datetime.fromisoformat(value)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def write_instant(value: datetime) -> str:
    """Return a moment as it is stored: UTC, to the microsecond, of one length, so that text order is time order."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _object(value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise TypeError
    return value


def _chance(value: Any) -> Chance:
    if type(value) is not int or not 10 <= value <= 90:
        raise TypeError
    return Chance(value)


def _ask_step(value: Any) -> AskStep:
    until = value.get("until")
    return AskStep(
        AskState(value["state"]),
        date.fromisoformat(value["date"]),
        None if until is None else date.fromisoformat(until),
    )


def _ask_step_written(step: AskStep) -> Document:
    named = {} if step.until is None else {"until": step.until.isoformat()}
    return {"state": str(step.state), "date": step.date.isoformat(), **named}


def _introduction_step(value: Any) -> IntroductionStep:
    return IntroductionStep(IntroductionState(value["state"]), date.fromisoformat(value["date"]))


def _introduction_step_written(step: IntroductionStep) -> Document:
    return {"state": str(step.state), "date": step.date.isoformat()}


def _each(write: Callable[[Any], Any], read: Callable[[Any], Any], expected: str) -> "_Codec":
    """Return the codec of a list whose items are written and read so."""

    def read_all(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise TypeError
        return tuple(map(read, value))

    return _Codec(lambda items: list(map(write, items)), read_all, f"a list of {expected}")


def _words(enum: type[StrEnum]) -> _Codec:
    return _Codec(str, enum, "one of " + ", ".join(enum))


_ISO_DAY = _Codec(date.isoformat, date.fromisoformat, "a day such as 2026-03-12")
_CODECS: dict[Any, _Codec] = {
    str: _Codec(str, _text, "text"),
    str | None: _Codec(str, _text, "text"),
    tuple[str, ...]: _Codec(list, _texts, "a list of texts"),
    int | None: _Codec(int, _whole_days, "a whole number of days from 0 to 36500"),
    bool: _Codec(bool, _flag, "true or false"),
    datetime: _Codec(write_instant, _instant, "a moment such as 2026-03-12T14:30:00Z"),
    date: _ISO_DAY,
    date | None: _ISO_DAY,
    time | None: _Codec(lambda value: value.isoformat("minutes"), time.fromisoformat, "a time such as 14:30"),
    Birthday | None: _Codec(str, Birthday.parse, "a birthday such as 1990-03-12 or --03-12"),
    Circle | None: _words(Circle),
    InteractionKind: _words(InteractionKind),
    Initiator: _words(Initiator),
    Direction: _words(Direction),
    ExchangeKind: _words(ExchangeKind),
    Size: _words(Size),
    tuple[Gain, ...]: _Codec(list, lambda value: tuple(map(Gain, value)), "a list of " + ", ".join(Gain)),
    dict[str, object] | None: _Codec(dict, _object, "a record"),
    Chance | None: _Codec(int, _chance, "a whole number of per cent from 10 to 90"),
    AskDirection: _words(AskDirection),
    Channel | None: _words(Channel),
    Fear | None: _words(Fear),
    GoalKind: _words(GoalKind),
    GoalState: _words(GoalState),
    TieStrength: _words(TieStrength),
    TieOrigin: _words(TieOrigin),
    tuple[date, ...]: _each(date.isoformat, date.fromisoformat, "days such as 2026-03-12"),
    tuple[AskStep, ...]: _each(
        _ask_step_written, _ask_step, "steps with a state (" + ", ".join(AskState) + ") and a date"
    ),
    tuple[IntroductionStep, ...]: _each(
        _introduction_step_written,
        _introduction_step,
        "steps with a state (" + ", ".join(IntroductionState) + ") and a date",
    ),
}
_MEND: dict[Any, Any] = {
    str: "",
    date: BEGINNING.date(),
    InteractionKind: InteractionKind.NOTE,
    Direction: Direction.GIVEN,
    ExchangeKind: ExchangeKind.OTHER,
    AskDirection: AskDirection.OUTGOING,
    GoalKind: GoalKind.OTHER,
}
"""What stands in for a value that every record of its kind must have and this document has not."""


_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, BadInput)
"""What reading a value may raise."""

_Shape = dict[str, tuple[_Codec, Any, bool]]


def _shape_of(kind: type[Record]) -> _Shape:
    """Return codec, default and whether it is required, by field name."""
    hints = get_type_hints(kind)
    return {
        field.name: (
            _CODECS[hints[field.name]],
            _MEND.get(hints[field.name]) if field.default is MISSING else field.default,
            field.default is MISSING,
        )
        for field in fields(kind)
        if field.name != "extra"
    }


_SHAPES: dict[type[Record], _Shape] = {kind: _shape_of(kind) for kind in TABLES.values()}
_BLANKS: dict[type[Record], dict[str, Any]] = {
    kind: {name: default for name, (_codec, default, _required) in shape.items()} for kind, shape in _SHAPES.items()
}
"""The values of a document that says nothing."""
_SLOTS: dict[type[Record], list[tuple[str, Callable[[Any, Any], None]]]] = {
    kind: [(field.name, getattr(kind, field.name).__set__) for field in fields(kind)] for kind in TABLES.values()
}
"""How the fields of a new record are filled: a third quicker than by its constructor, which counts for 10,000."""

_VALUES: dict[type[Record], Callable[[Any], tuple[Any, ...]]] = {
    kind: attrgetter(*shape) for kind, shape in _SHAPES.items()
}
"""All values of a record at once, in the order of its shape."""


def to_document(record: Record) -> Document:
    """Return the document that `record` is kept as."""
    document = dict(record.extra)
    shape = _SHAPES[type(record)]
    for (name, (codec, default, required)), value in zip(shape.items(), _VALUES[type(record)](record), strict=True):
        if value is default and not required:
            continue
        if required and name in document and value == default:
            continue  # what stands in for an unreadable value never replaces it
        if required or value != default:
            document[name] = codec.write(value)
    return document


def from_document(kind: type[R], document: Mapping[str, Any]) -> R:
    """Return the record that `document` is: what cannot be read is at its default and stays in `extra`."""
    shape = _SHAPES[kind]
    known = _BLANKS[kind].copy()
    extra: dict[str, Any] = {}
    for name, value in document.items():
        entry = shape.get(name)
        if entry is None:
            extra[name] = value
            continue
        try:
            known[name] = entry[0].read(value)
        except _UNREADABLE:
            extra[name] = value
    known["extra"] = extra
    record = object.__new__(kind)
    for name, put in _SLOTS[kind]:
        put(record, known[name])
    return record


def problems(kind: type[Record], document: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each field of `document` that cannot be read or is missing; none if all is well."""
    found = []
    for name, (codec, _default, required) in _SHAPES[kind].items():
        if name not in document:
            if required:
                found.append(f"{name} is missing: {codec.expected} was expected")
            continue
        try:
            codec.read(document[name])
        except _UNREADABLE:
            found.append(f"{name} is {clean(repr(document[name]))[:60]}: {codec.expected} was expected")
    return found
