"""The moment of hesitation: what the user hears, and in which order, when something holds them back from asking."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from relcraft.domain.calibration import CHANNEL_TOLD, FEWEST, Calibration, calibrate, ended, tell_share
from relcraft.domain.dates import tell_when
from relcraft.domain.evidence import cited, warned
from relcraft.domain.records import Ask, Contact, Date
from relcraft.domain.rules import Patience
from relcraft.domain.steps import first_name
from relcraft.domain.telling import tell_choice
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.domain.words import CHANNEL_KIND, MANNER, Channel, ExchangeKind, Fear, GoalKind, Manner


class HintKind(StrEnum):
    """What a hint is, in the order in which hints come."""

    PATH = "path"
    """An honest warning, and the way through somebody who knows both, in the place of encouragement."""
    RECORD = "record"
    """What people like this answered so far."""
    WARM_UP = "warm-up"
    """A two-minute message to somebody easy, with no ask in it."""
    SMALLER = "smaller"
    """A smaller form of the ask."""
    CITED = "cited"
    """One line of a study, with its source."""


WARM_UP_KEY = "w"
SMALLER_KEY = "s"
PATH_KEY = "p"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hint(Value):
    """One thing that helps at the moment of hesitation."""

    kind: HintKind
    text: str
    """A sentence, or a few."""
    contact: str | None = None
    """The uid of whom it is about, for a warm-up and a path."""
    key: str = ""
    """The letter that does what it offers; empty where it offers nothing to do."""


# The user's own record


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OwnRecord(Value):
    """How asks like one at hand went so far."""

    where: str
    """What they have in common, as a sentence ends: "by call or in person", "for advice"; empty: nothing."""
    calibration: Calibration
    each_another: bool
    """Whether each of them was to another person."""

    @property
    def told(self) -> str:
        """The record in plain words; what was expected comes beside it from five asks on."""
        n, yes = self.calibration.n, self.calibration.yes
        where = f" {self.where}" if self.where else " so far"
        if n == 1:
            said = (
                f"The one person you asked{where} said yes." if yes else f"You asked one person{where}, without a yes."
            )
        elif self.each_another:
            said = f"Of {n} people you asked{where}, {yes or 'none'} said yes."
        else:
            said = f"Of {n} asks{where}, {yes or 'none'} had a yes."
        return f"{said}{self._expected_told() or self._few_told()}"

    def _expected_told(self) -> str:
        known = self.calibration
        if known.expected is None or known.share is None or min(known.n, known.expected_of) < FEWEST:
            return ""
        return f" You expected {tell_share(known.expected)}; it was {tell_share(known.share)}."

    def _few_told(self) -> str:
        known = self.calibration
        return " That is too few to tell anything." if known.n < FEWEST and not known.yes else ""


def own_record(ask: Ask, asks: Iterable[Ask], today: Date, patience: Patience) -> OwnRecord | None:
    """Return how asks like `ask` went: by the same manner of channel, else of the same kind, else all; None: none yet.

    Only outgoing asks that ended count, and never `ask` itself.
    """
    over = [each for each in ended(asks, today, patience) if not ask.uid or each.uid != ask.uid]
    if ask.channel is not None:
        spoken = _is_spoken(ask.channel)
        alike = [each for each in over if each.channel is not None and _is_spoken(each.channel) == spoken]
        if alike:
            return _record(_channels_told(alike), alike, today, patience)
    alike = [each for each in over if each.kind is ask.kind]
    if alike:
        return _record(f"for {_ASKED_FOR[ask.kind]}", alike, today, patience)
    return _record("", over, today, patience) if over else None


def _is_spoken(channel: Channel) -> bool:
    """Tell whether both speak to each other: in a meeting or a call, not in something written."""
    return MANNER[CHANNEL_KIND[channel]] is not Manner.WRITTEN


def _channels_told(asks: Iterable[Ask]) -> str:
    known = {ask.channel for ask in asks}
    return tell_choice([CHANNEL_TOLD[channel] for channel in _CHANNELS_IN_WORDS if channel in known])


def _record(where: str, asks: list[Ask], today: Date, patience: Patience) -> OwnRecord:
    return OwnRecord(
        where=where,
        calibration=calibrate(asks, today, patience),
        each_another=len({ask.contact for ask in asks}) == len(asks),
    )


_CHANNELS_IN_WORDS = (
    Channel.CALL, Channel.VIDEO, Channel.IN_PERSON, Channel.EMAIL, Channel.MESSAGE, Channel.LETTER
)  # fmt: skip
_ASKED_FOR = {
    **{kind: kind.value for kind in ExchangeKind},
    **{
        kind: f"{article} {kind}"
        for article, kinds in {
            "a": (ExchangeKind.LEAD, ExchangeKind.RECOMMENDATION, ExchangeKind.REFERRAL, ExchangeKind.GIFT),
            "an": (ExchangeKind.INTRODUCTION, ExchangeKind.ENDORSEMENT),
        }.items()
        for kind in kinds
    },
    ExchangeKind.OTHER: "other things",
}

# A smaller form of the ask

_SMALLER: dict[ExchangeKind, tuple[ExchangeKind, str, str]] = {
    ExchangeKind.REFERRAL: (ExchangeKind.ADVICE, "fifteen minutes about", "your work"),
    ExchangeKind.RECOMMENDATION: (ExchangeKind.FEEDBACK, "your honest view of", "my work"),
    ExchangeKind.ENDORSEMENT: (ExchangeKind.FEEDBACK, "one line on what you make of", "my work"),
    ExchangeKind.INTRODUCTION: (ExchangeKind.INFORMATION, "a few words about", "who could be right for this"),
    ExchangeKind.LEAD: (ExchangeKind.INFORMATION, "a tip on where to look for", "such a thing"),
    ExchangeKind.HELP: (ExchangeKind.ADVICE, "ten minutes of advice on", "how to begin"),
    ExchangeKind.GIFT: (ExchangeKind.INFORMATION, "a tip on where to find", "such a thing"),
    ExchangeKind.ADVICE: (ExchangeKind.INFORMATION, "one short answer about", "something you know well"),
    ExchangeKind.FEEDBACK: (ExchangeKind.FEEDBACK, "one thing you would change about", "my work"),
    ExchangeKind.INFORMATION: (ExchangeKind.INFORMATION, "one short answer about", "something you know well"),
    ExchangeKind.OTHER: (ExchangeKind.ADVICE, "ten minutes of advice on", "how to begin"),
}
"""By kind: the kind that is smaller, how it begins, and what it is about where the ask names nothing."""
_BEGINNINGS = tuple(begin for _kind, begin, _about in _SMALLER.values())
_ASK_WORD = re.compile(
    rf"(?:(?:an?|the|your|some|any|a\s+bit\s+of)\s+)?(?:{'|'.join(ExchangeKind)}|intro|reference|tip|view)"
    r"(?:\s+(?:for|to|on|about|at|of|with|in|from|regarding)\s+|\s*$)",
    re.IGNORECASE,
)
"""What only says that something is asked for: "a referral for", "help with"."""
_HELP_ME = re.compile(r"help\s+me\s+(?:to\s+)?", re.IGNORECASE)


def smaller(ask: Ask) -> Ask:
    """Return a smaller form of an ask, or the ask itself where it is small already.

    A referral becomes fifteen minutes about the team, a recommendation an honest view. An introduction becomes a few
    words about the one to be met, so that it has no target any more.
    """
    what = clean_line(ask.what)
    if what.startswith(_BEGINNINGS):
        return ask
    kind, begin, about = _SMALLER[ask.kind]
    return replace(ask, kind=kind, what=f"{begin} {_topic(what) or about}", target=None)


def _topic(what: str) -> str:
    """Return what an ask is about, without the words that only say that something is asked for."""
    how = _HELP_ME.match(what)
    if how is not None and how.end() < len(what):
        return f"how to {what[how.end() :]}"
    said = _ASK_WORD.match(what)
    return what if said is None else what[said.end() :]


# All of it, in order


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class WarmUp(Value):
    """Somebody easy to write to, and the last day with a word between you."""

    contact: Contact
    last: Date

    def told(self, today: Date) -> str:
        """Return the offer of a message without an ask in it."""
        spoke = f"you were in touch {tell_when(self.last, today)}"
        return f"warm up first: two lines to {first_name(self.contact)} ({spoke}), no ask in it"


def hesitate(
    ask: Ask,
    contact: Contact | None,
    *,
    stranger: bool,
    dormant: bool,
    goal: GoalKind | None,
    record: OwnRecord | None,
    warm_up: WarmUp | None,
    less: Ask,
    today: Date,
) -> tuple[Hint, ...]:
    """Return what the user hears about the fear of `ask`, in the fixed order; nothing where there is no fear.

    An e-mail to a stranger gets the honest warning first, whatever the fear, and no figures that encourage.
    `record`: how asks like it went; `warm_up`: whom to write to first; `less`: the smaller form of the ask.
    """
    warning = _warning(ask, contact, stranger=stranger)
    if ask.fear is None or ask.fear is Fear.NOTHING:
        return warning
    steps = [*warning]
    if record is not None and not warning:
        steps.append(Hint(HintKind.RECORD, record.told))
    if warm_up is not None:
        steps.append(Hint(HintKind.WARM_UP, warm_up.told(today), warm_up.contact.uid, WARM_UP_KEY))
    if less != ask:
        steps.append(Hint(HintKind.SMALLER, f"ask for something smaller: {less.what}", key=SMALLER_KEY))
    finding = cited(ask.fear, channel=ask.channel, stranger=stranger, dormant=dormant, goal=goal)
    if finding is not None and not warning:
        steps.append(Hint(HintKind.CITED, finding.told))
    return tuple(steps)


def _warning(ask: Ask, contact: Contact | None, *, stranger: bool) -> tuple[Hint, ...]:
    finding = warned(ask.channel, stranger=stranger)
    if finding is None:
        return ()
    name = "this person" if contact is None else first_name(contact)
    text = (
        f"You have no interaction with {name} noted yet. {finding.told} A call, a meeting or an introduction works far "
        f"better: look for somebody who knows you both."
    )
    return (Hint(HintKind.PATH, text, None if contact is None else contact.uid, PATH_KEY),)
