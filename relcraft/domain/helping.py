"""Who could help with a goal: what speaks for one contact, in reasons that the user reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from relcraft.domain.matching import likeness, match, stems
from relcraft.domain.records import Contact, Goal, Me
from relcraft.domain.text import clean_line, fold
from relcraft.domain.value import Value
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import Circle, GoalKind

_USUAL: dict[GoalKind, tuple[str, ...]] = {
    GoalKind.CAREER: ("career advice", "mentor", "insight into a profession", "shadowing"),
    GoalKind.SWITCH: ("career advice", "job referral", "recruiting", "interview practice", "cv"),
    GoalKind.HIRED: ("job referral", "referral", "recruiting", "interview practice", "cv", "job openings"),
    GoalKind.PROMOTED: ("mentor", "leadership", "promotion", "salary negotiation", "feedback"),
    GoalKind.OTHER: (),
}
"""What helps with each end, whatever the user's own words for it."""
_LOOSER = frozenset({GoalKind.SWITCH, GoalKind.HIRED})
_OLDER = frozenset({GoalKind.CAREER, GoalKind.SWITCH})
_LOOSE = {Circle.ACTIVE: 0.75, Circle.WIDER: 1.5, Circle.DISTANT: 1.0}
"""What a looser tie counts for a change of job, by circle: moderately weak ones most."""
_LOOSE_WITHOUT_CIRCLE = 0.75
_OFFERS, _WORKS_THERE, _INSIDE, _OLD, _MUTUAL, _IN_TOUCH = 3.0, 3.0, 2.0, 1.5, 0.5, 0.5
_USUAL_SHARE = 0.6
"""What an offer of what usually helps counts beside one in the words of the goal."""
_ONCE_ASKED = 0.5
_BUSY = 0.5
_IN_TOUCH_FROM = 0.8
"""A link from the user that is at least so good is a reason by itself, if a small one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Standing(Value):
    """What the book knows of one contact, beside the record."""

    warmth: Warmth
    link: float
    """The weight of the user's own link, as in a path."""
    has_open_ask: bool
    """Whether an ask from the user is open."""
    asked_for_it: bool
    """Whether an ask for this goal went out already."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Support(Value):
    """How much speaks for asking somebody."""

    score: float
    """Above 0; for comparing only."""
    reasons: tuple[str, ...]
    """At least one, the one that counts most first; what speaks for waiting comes last."""


class Helping:
    """The rules of one goal: its words are read once, for all contacts."""

    def __init__(self, goal: Goal, me: Me) -> None:
        self._goal = goal
        self._me = me
        self._words = (goal.words,)
        self._stems = stems(goal.words)
        self._plain = f" {' '.join(fold(clean_line(goal.words)).split())} "
        self._own_place = fold(clean_line(me.organisation))

    def support(self, contact: Contact, standing: Standing) -> Support | None:
        """Return what speaks for asking a contact, or None: nothing does, or they are to be left in peace."""
        if contact.archived or contact.do_not_disturb:
            return None
        found = sorted((*self._fitting(contact), *self._by_tie(contact, standing)), key=lambda each: -each[0])
        if not found:
            return None
        score = sum(points for points, _reason in found)
        reasons = [reason for _points, reason in found]
        if standing.has_open_ask:
            score *= _BUSY
            reasons.append("an ask to them is open: wait for it")
        elif standing.asked_for_it:
            score *= _ONCE_ASKED
            reasons.append("was asked for it before")
        return Support(score, tuple(reasons))

    def _fitting(self, contact: Contact) -> Iterator[tuple[float, str]]:
        """Yield what a contact has that the goal is about."""
        offer = self._offer(contact)
        if offer is not None:
            yield offer
        place = fold(clean_line(contact.organisation))
        if place and place == self._own_place and self._goal.kind is GoalKind.PROMOTED:
            yield _INSIDE, f"is at {clean_line(contact.organisation)}, as you are"
        elif place and self._names(place):
            yield _WORKS_THERE, f"is at {clean_line(contact.organisation)}"
        likeness_of_role = likeness(contact.role, self._goal.words) if contact.role and self._stems else 0.0
        if likeness_of_role > 0:
            yield 1.5 * likeness_of_role, f"is {clean_line(contact.role)}"

    def _offer(self, contact: Contact) -> tuple[float, str] | None:
        if not contact.can_offer:
            return None
        own, usual = match(self._words, contact.can_offer), match(_USUAL[self._goal.kind], contact.can_offer)
        points = 0.0 if own is None else own.score
        best = own
        if usual is not None and usual.score * _USUAL_SHARE > points:
            points, best = usual.score * _USUAL_SHARE, usual
        return None if best is None else (_OFFERS * points, f"can offer {clean_line(best.offered)}")

    def _names(self, place: str) -> bool:
        """Tell whether the goal's words name an organisation, whole words only."""
        return f" {place} " in self._plain.translate(_NO_MARKS)

    def _by_tie(self, contact: Contact, standing: Standing) -> Iterator[tuple[float, str]]:
        """Yield what the relationship itself says, by the kind of goal."""
        is_dormant = standing.warmth is Warmth.DORMANT
        if self._goal.kind in _OLDER and is_dormant:
            yield _OLD, "an old tie: its advice is as useful, and newer to you (Levin et al. 2011)"
        elif self._goal.kind in _LOOSER and standing.warmth is not Warmth.NEW and not is_dormant:
            points = _LOOSE_WITHOUT_CIRCLE if contact.circle is None else _LOOSE.get(contact.circle, 0.0)
            if points:
                yield points, "a looser tie: those help most to change jobs (Rajkumar et al. 2022)"
        mutual = match(contact.looking_for, self._me.can_offer) if contact.looking_for else None
        if mutual is not None:
            yield _MUTUAL, f"looks for {clean_line(mutual.wanted)}, which you can offer"
        if standing.link >= _IN_TOUCH_FROM:
            yield _IN_TOUCH * standing.link, "you are in touch"


_NO_MARKS = str.maketrans(dict.fromkeys(".,;:!?()\"'", " "))
