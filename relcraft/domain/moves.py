"""Moves: the suggestions of the Today screen, what may be done with each, and which few of many are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from relcraft.domain.records import Date
from relcraft.domain.value import Value

DORMANT_WEEK = "dormant-week"
"""The quota of one dormant contact a week, which begins on the day that the user's customs say."""
CIRCLE_DAY = "circle-day"
"""The quota of one imported contact a day."""
_IN_KEY = ":"
"""What parts the words of a key. No uid has it."""


class MoveKind(StrEnum):
    """What a move is about, in the order in which kinds have their turn."""

    BIRTHDAY = "birthday"
    PROMISED_TODAY = "promised for today"
    THANK = "thank"
    TELL = "tell the outcome"
    PROMISE = "earlier promise"
    SILENCE = "no answer yet"
    """An ask of the user's whose patience has run out."""
    INCOMING = "asked of you"
    INTRODUCTION = "introduction"
    """One that is under way."""
    DRAFT = "draft"
    GOAL = "goal"
    """One without an ask out."""
    KEEP = "keep in touch"
    GIVE = "give first"
    """What one looks for and another offers."""
    DORMANT = "dormant"
    """One contact a week."""
    CIRCLE = "choose a circle"
    """One imported contact a day."""


class Act(StrEnum):
    """Every choice that a move may offer: what somebody does with it, and what that writes.

    Each also spends what its move spends. "For good" is a snooze without an end of the move's key.
    """

    WISHED = "wished"
    """Good wishes went out: a message begun by the user; the birthday is over for this year."""
    CALLED = "called"
    """A call, both ways; a birthday is over for this year."""
    WROTE = "wrote"
    """A message begun by the user, not answered yet."""
    IN_TOUCH = "in-touch"
    """A message both ways."""
    MET = "met"
    """A meeting; of an introduction, that the two met."""
    DONE = "done"
    """A follow-up is done."""
    THANKED = "thanked"
    """Thanks were said: on the exchange and on the ask that led to it."""
    TOLD = "told"
    """The outcome was told: on the exchange, the introduction, or to one of those behind a goal."""
    NUDGE = "nudge"
    """The one friendly nudge went out."""
    REST = "rest"
    """An ask or an introduction is closed in peace."""
    AGREED = "agreed"
    """Yes was said to an ask, by whoever was asked; of an introduction, the next one agreed."""
    DECLINED = "declined"
    """No was said to an ask, by whoever was asked."""
    HELPED = "helped"
    """The help of an ask took place: its one exchange is written."""
    ASKED = "asked"
    """An ask went out, or again on the named day; of an introduction, one was asked, and has a week to answer."""
    DRAFT = "draft"
    """Opens the composer for this contact and goal; by itself it keeps an empty draft."""
    OFFERED = "offered"
    """Help was offered: a message begun by the user; the move is done for good."""
    INTRODUCE = "introduce"
    """Opens the form of an introduction; by itself it keeps one as an idea."""
    MADE = "made"
    """The introduction itself."""
    CIRCLE = "circle"
    """Opens the choice of a circle; its name is the text that the act takes."""
    ARCHIVE = "archive"
    """The contact is put into the archive."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Choice(Value):
    """One thing that may be done with a move."""

    id: str
    """An `Act`."""
    label: str
    """As a menu says it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Move(Value):
    """One suggestion, always with its reason."""

    kind: MoveKind
    key: str
    """Stable as long as it is the same suggestion: what a snooze is `of`."""
    title: str
    """What to do, in a few words."""
    reason: str
    """Why, in one line."""
    contact: str | None
    """The uid of who it is about; None where it is about nobody in the book."""
    record: str
    """The uid of the follow-up, exchange, ask, introduction, goal or contact that it comes from."""
    other: str | None = None
    """The uid of a second person, where there is one."""
    rank: tuple[float, ...] = ()
    """What comes first within its kind; the least first."""
    choices: tuple[Choice, ...] = ()
    """What may be done; the first one is what "done" means."""
    spends: tuple[tuple[str, Date], ...] = ()
    """Quotas that are used up when it is done, snoozed or dropped: the key of each, and until when."""

    @property
    def people(self) -> frozenset[str]:
        """The uids of those whom it is about."""
        return frozenset(uid for uid in (self.contact, self.other) if uid is not None)


def parts_of(key: str) -> frozenset[str]:
    """Return what the key of a move or a quota is made of: its kind, and the uids of what it is about."""
    return frozenset(key.split(_IN_KEY))


def key_with(key: str, into: Mapping[str, str]) -> str:
    """Return the key of a move, a quota or a record with other uids in the place of those in `into`."""
    return _IN_KEY.join(into.get(part, part) for part in key.split(_IN_KEY))


def is_key(of: str) -> bool:
    """Tell whether a snooze is of a move or a quota, and so of no record by its uid."""
    return _IN_KEY in of or of in {DORMANT_WEEK, CIRCLE_DAY}


_PLACE = {kind: place for place, kind in enumerate(MoveKind)}


def in_order(moves: Iterable[Move]) -> list[Move]:
    """Return moves by kind, and within a kind by rank."""
    return sorted(moves, key=lambda move: (_PLACE[move.kind], move.rank, move.title, move.key))


def choose(moves: Iterable[Move], most: int) -> list[Move]:
    """Return at most so many moves, in the order of their turns, no two about one contact.

    Each kind has one turn a round, so that no heap of one kind hides another.
    """
    waiting: dict[MoveKind, list[Move]] = {}
    for move in reversed(in_order(moves)):
        waiting.setdefault(move.kind, []).append(move)
    chosen: list[Move] = []
    taken: set[str] = set()
    while any(waiting.values()):
        for kind in MoveKind:
            if len(chosen) >= most:
                return chosen
            free = _next_free(waiting.get(kind, []), taken)
            if free is not None:
                chosen.append(free)
                taken |= free.people
    return chosen


def _next_free(heap: list[Move], taken: set[str]) -> Move | None:
    """Take moves off a heap (the first one is last) until one is about nobody who has a move already."""
    while heap:
        move = heap.pop()
        if not move.people & taken:
            return move
    return None
