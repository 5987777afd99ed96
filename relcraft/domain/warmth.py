"""The rules of warmth: how warm a relationship is, and when the next word with a contact is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from relcraft.domain.dates import tell_day_fully
from relcraft.domain.records import Contact, Date, Interaction
from relcraft.domain.telling import tell_ago, tell_count, tell_figure, tell_list
from relcraft.domain.value import Value
from relcraft.domain.words import CADENCE_DAYS, MANNER, Circle, Initiator, InteractionKind, Manner

MOST_RECIPIENTS = 3
"""Something written to more people than this is a broadcast, which warms nobody."""
MOST_LATENESS = 3.0
"""Where lateness stops growing, so that one long silence does not push everything else out of sight."""
_DORMANT_YEARS = 3
_COOLING_CADENCES = 2


class Touch(Enum):
    """What an interaction does for the warmth between the user and everybody in it."""

    NOTHING = "warms nobody"
    ONE_WAY = "sets the date of the last contact, and is not answered yet"
    ANSWERED = "warms"


def _touch(kind: InteractionKind, initiator: Initiator) -> Touch:
    if MANNER[kind] is Manner.NOTE:
        return Touch.NOTHING
    return Touch.ONE_WAY if MANNER[kind] is Manner.WRITTEN and initiator is Initiator.ME else Touch.ANSWERED


_TOUCH = {(kind, initiator): _touch(kind, initiator) for kind in InteractionKind for initiator in Initiator}
_BROADCAST = {key: Touch.NOTHING if MANNER[key[0]] is Manner.WRITTEN else touched for key, touched in _TOUCH.items()}


def touch(kind: InteractionKind, initiator: Initiator, people: int) -> Touch:
    """Return what an interaction with `people` contacts does. Met or spoken warms everybody, written up to three."""
    return (_TOUCH if people <= MOST_RECIPIENTS else _BROADCAST)[kind, initiator]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LastContact(Value):
    """The last day with an interaction that warms."""

    on: Date
    answered: bool
    """False where all that took place on that day was written, and begun by the user."""


def last_contact(interactions: Iterable[Interaction], today: Date) -> LastContact | None:
    """Return the last contact among the interactions with one contact, in any order. Plans do not count."""
    on: Date | None = None
    answered = False
    for interaction in interactions:
        if interaction.date > today or (on is not None and interaction.date < on):
            continue
        touched = touch(interaction.kind, interaction.initiator, len(interaction.contacts))
        if touched is Touch.NOTHING:
            continue
        answered = touched is Touch.ANSWERED or (answered and on == interaction.date)
        on = interaction.date
    return None if on is None else LastContact(on=on, answered=answered)


def later_contact(one: LastContact | None, other: LastContact | None) -> LastContact | None:
    """Return the last contact among two heaps of interactions, from the last contact of each."""
    if one is None or other is None:
        return one or other
    if one.on == other.on:
        return one if one.answered else other
    return max(one, other, key=lambda last: last.on)


class Warmth(StrEnum):
    """How warm a relationship is. A heuristic, and labelled so."""

    NEW = "new"
    DORMANT = "dormant"
    COOLING = "cooling"
    DUE = "due"
    WARM = "warm"
    FRESH = "fresh"
    KNOWN = "known"


_BARS = {Warmth.FRESH: 4, Warmth.WARM: 3, Warmth.DUE: 2, Warmth.COOLING: 1}


def cadence_days(contact: Contact, by_circle: Mapping[Circle, int] = CADENCE_DAYS) -> int | None:
    """Return the days wanted between two contacts: the contact's own, else its circle's. None: never due."""
    if contact.cadence_days is not None:
        return contact.cadence_days or None
    return None if contact.circle is None else by_circle.get(contact.circle) or None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class WarmthReading(Value):
    """How warm the relationship with one contact is on a day, and how that came about.

    A snooze moves `due_on`, `is_due` and `lateness`. It leaves `state` and `days` as they are: they tell the history.
    """

    state: Warmth
    last: LastContact | None
    days: int | None
    """Days since the last contact; None where no date is known."""
    cadence_days: int | None
    """None: never due."""
    due_on: Date | None
    """The day by which the next contact is wanted: the last one plus the cadence, or the end of a later snooze."""
    lateness: float
    """Cadences since `due_on`, from 0 to 3."""
    is_due: bool
    """Whether more days than the cadence have gone by, and no snooze holds."""
    snoozed_until: Date | None
    """Until when it is left in peace; None where no snooze holds now."""
    circle: Circle | None
    own_cadence: bool
    """Whether the cadence (or "never") was set for this contact alone."""

    @property
    def bars(self) -> int:
        """How many of the four steps of warmth are shown: fresh 4, warm 3, due 2, cooling 1, others 0."""
        return _BARS.get(self.state, 0)

    def explain(self, interactions: Iterable[Interaction] = ()) -> tuple[str, ...]:
        """Return sentences that tell how the reading came about; the interactions give the kind of the last one."""
        sentences = [self._last_told(interactions), self._cadence_told(), self._state_told()]
        if self.cadence_days is not None and self.due_on is not None:
            sentences.append(f"the next contact is wanted by {tell_day_fully(self.due_on)}")
        if self.lateness > 0:
            capped = ", where it stops growing" if self.lateness >= MOST_LATENESS else ""
            sentences.append(f"sorted by {tell_figure(self.lateness)} cadences since that day{capped}")
        if self.snoozed_until is not None:
            sentences.append(
                f"snoozed until {tell_day_fully(self.snoozed_until)}: that moves the due date, not the history"
            )
        return tuple(sentences)

    def _last_told(self, interactions: Iterable[Interaction]) -> str:
        if self.last is None or self.days is None:
            return "last contact: no date is known (notes, plans and broadcasts do not count)"
        kinds = dict.fromkeys(
            each.kind.value
            for each in interactions
            if each.date == self.last.on and touch(each.kind, each.initiator, len(each.contacts)) is not Touch.NOTHING
        )
        kind = f"{tell_list(list(kinds))} on " if kinds else ""
        one_way = "" if self.last.answered else "; you wrote, and no answer is noted"
        return f"last contact: {kind}{tell_day_fully(self.last.on)}, {tell_ago(self.days)}{one_way}"

    def _cadence_told(self) -> str:
        if self.cadence_days is None:
            if self.own_cadence:
                return "never due, as you set for this contact"
            if self.circle is not None:
                return f"the circle {self.circle} has no cadence, so nothing is ever due"
            return "no circle and no cadence is set, so nothing is ever due"
        because = "as you set for this contact" if self.own_cadence else f"because the circle is {self.circle}"
        return f"every {tell_count(self.cadence_days, 'day')}, {because}"

    def _state_told(self) -> str:
        cadence = self.cadence_days or 0
        half = tell_figure(cadence / 2)
        if self.state is Warmth.WARM and self.days is not None and 2 * self.days < cadence:
            return f"warm is the most before an answer is noted; after one, less than {half} days is fresh"
        meaning = {
            Warmth.NEW: "no date of a contact is known",
            Warmth.DORMANT: "three years or more since the last contact",
            Warmth.COOLING: f"more than {tell_count(_COOLING_CADENCES * cadence, 'day')}, twice the cadence",
            Warmth.DUE: f"more than {tell_count(cadence, 'day')}",
            Warmth.WARM: f"from {half} to {tell_count(cadence, 'day')}",
            Warmth.FRESH: f"less than {half} days, half the cadence",
            Warmth.KNOWN: "a last contact, and no due date",
        }
        return f"{self.state} means: {meaning[self.state]}"


def read_warmth(
    contact: Contact,
    last: LastContact | None,
    today: Date,
    snoozed_until: Date | None = None,
    by_circle: Mapping[Circle, int] = CADENCE_DAYS,
) -> WarmthReading:
    """Return how warm the relationship with `contact` is today, given the last contact."""
    cadence = cadence_days(contact, by_circle)
    days = None if last is None else today.toordinal() - last.on.toordinal()
    holds = snoozed_until is not None and today < snoozed_until
    due_on = None
    if last is not None and cadence is not None:
        due_on = Date.fromordinal(min(last.on.toordinal() + cadence, Date.max.toordinal()))
        due_on = due_on if snoozed_until is None else max(due_on, snoozed_until)
    late = 0.0
    if due_on is not None and cadence is not None:
        late = min(MOST_LATENESS, max(0, today.toordinal() - due_on.toordinal()) / cadence)
    return WarmthReading(
        state=_state(last, days, cadence, today),
        last=last,
        days=days,
        cadence_days=cadence,
        due_on=due_on,
        lateness=late,
        is_due=days is not None and cadence is not None and days > cadence and not holds,
        snoozed_until=snoozed_until if holds else None,
        circle=contact.circle,
        own_cadence=contact.cadence_days is not None,
    )


def _state(last: LastContact | None, days: int | None, cadence: int | None, today: Date) -> Warmth:
    if last is None or days is None:
        return Warmth.NEW
    if _dormant(last.on, today):
        return Warmth.DORMANT
    if cadence is None:
        return Warmth.KNOWN
    if days > _COOLING_CADENCES * cadence:
        return Warmth.COOLING
    if days > cadence:
        return Warmth.DUE
    return Warmth.WARM if 2 * days >= cadence or not last.answered else Warmth.FRESH


def _dormant(last: Date, today: Date) -> bool:
    """Tell whether three years have gone by, to the day; from a 29 February they have on the 1 March."""
    return (today.year - _DORMANT_YEARS, today.month, today.day) >= (last.year, last.month, last.day)
