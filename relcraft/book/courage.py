"""What the open book says at the moment of hesitation, and the words that it offers to copy."""

from relcraft.book.alone import alone
from relcraft.book.naming import interaction_told
from relcraft.book.open import Book
from relcraft.book.verbs import stamped
from relcraft.domain import hesitation
from relcraft.domain.asking import is_open
from relcraft.domain.calibration import Calibrations, calibrations
from relcraft.domain.changes import Change, put
from relcraft.domain.composing import Templates, values_of
from relcraft.domain.composing import between as between_two
from relcraft.domain.composing import message as composed
from relcraft.domain.hesitation import Hint, OwnRecord, WarmUp, hesitate, own_record
from relcraft.domain.records import Ask, Contact, Date, Goal, Interaction
from relcraft.domain.warmth import Warmth, WarmthReading
from relcraft.domain.words import (
    MANNER,
    AskDirection,
    Circle,
    GoalKind,
    Initiator,
    InteractionKind,
    Manner,
)

RECENT_DAYS = 60
"""Days since the last contact, up to which somebody is easy to write to."""
_EASY = {Circle.INNER: 0, Circle.CLOSE: 1, Circle.ACTIVE: 2}
"""The circles in which people are easy to write to, the easiest first."""


def hints(book: Book, ask: Ask) -> tuple[Hint, ...]:
    """Return what the user hears about the fear of an ask that they are drafting, in order.

    `ask` need not be stored, nor be to anybody yet (`contact` is empty). Nothing for an ask that came to the user.
    """
    if ask.direction is AskDirection.INCOMING:
        return ()
    contact = book.get("contacts", ask.contact)
    known = contact if isinstance(contact, Contact) else None
    return hesitate(
        ask,
        known,
        stranger=known is not None and is_stranger(book, known.uid),
        dormant=known is not None and book.warmth(known.uid).state is Warmth.DORMANT,
        goal=_goal_kind(book, ask),
        record=record_with_people_like(book, ask),
        warm_up=_warm_up(book, ask.contact),
        less=smaller(ask),
        today=book.today,
    )


def is_stranger(book: Book, contact: str) -> bool:
    """Tell whether there was no interaction with a contact yet. A note or a plan is none."""
    return not any(
        MANNER[each.kind] is not Manner.NOTE and each.date <= book.today for each in book.interactions_with(contact)
    )


def _goal_kind(book: Book, ask: Ask) -> GoalKind | None:
    goal = None if ask.goal is None else book.get("goals", ask.goal)
    return goal.kind if isinstance(goal, Goal) else None


def record_with_people_like(book: Book, ask: Ask) -> OwnRecord | None:
    """Return how asks like this one went: by the same manner of channel, else of the same kind, else all."""
    return own_record(ask, book.all(Ask), book.today, book.rules.patience)


def smaller(ask: Ask) -> Ask:
    """Return a smaller form of an ask, or the ask itself where it is small already."""
    return hesitation.smaller(ask)


def calibration(book: Book) -> Calibrations:
    """Return what was expected of the asks that ended beside how they went, in all and by group."""

    def circle_of(uid: str) -> Circle | None:
        contact = book.get("contacts", uid)
        return contact.circle if isinstance(contact, Contact) else None

    return calibrations(book.all(Ask), circle_of, book.today, book.rules.patience)


# The warm-up


def warm_up_contact(book: Book, not_this: str = "") -> Contact | None:
    """Return whom it is easy to write two lines to before an ask to `not_this`; None where nobody is.

    Somebody close, with whom the user was in touch both ways in the last two months but not today; nobody who is left
    in peace or with whom an ask is open. The closest first, then the one with the latest contact.
    """
    found = _warm_up(book, not_this)
    return None if found is None else found.contact


def _warm_up(book: Book, not_this: str) -> WarmUp | None:
    easy = [
        (_EASY[contact.circle], -reading.last.on.toordinal(), contact.name, contact.uid)
        for contact in book.contacts()
        if contact.circle in _EASY and contact.uid != not_this and not contact.do_not_disturb
        for reading in (book.warmth(contact.uid),)
        if reading.last is not None and _is_easy(reading)
    ]
    for _circle, day, _name, uid in sorted(easy):
        if not _has_open_ask(book, uid):
            return WarmUp(contact=book.contact(uid), last=Date.fromordinal(-day))
    return None


def _is_easy(reading: WarmthReading) -> bool:
    return (
        reading.last is not None
        and reading.last.answered
        and reading.snoozed_until is None
        and reading.days is not None
        and 0 < reading.days <= RECENT_DAYS
    )


def _has_open_ask(book: Book, contact: str) -> bool:
    return any(is_open(ask, book.today, book.rules.patience) for ask in book.with_contact(Ask, contact))


@alone
def log_warm_up(book: Book, contact: str) -> Change:
    """Log the two lines to a contact: a message that the user wrote today. Raises `NotFound`."""
    person = book.contact(contact)
    wrote = Interaction(
        uid="", date=book.today, kind=InteractionKind.MESSAGE, contacts=(contact,), initiator=Initiator.ME
    )
    return book.change(interaction_told(wrote.kind, person.name), put(None, stamped(book, wrote)))


# Words to copy


def message(book: Book, templates: Templates, name: str, contact: str, **values: str) -> str:
    """Return a message to a contact by the template `name`. Raises `NotFound`, and `BadInput` for an unknown name."""
    return composed(name, book.contact(contact), book.me, templates, **values)


def message_for(book: Book, templates: Templates, ask: Ask, name: str = "ask", **values: str) -> str:
    """Return a message about an ask: the ask itself, or another template ("nudge", "thanks", "no", "later").

    `values` go before what the ask says. Raises as `message` does.
    """
    return message(book, templates, name, ask.contact, **{**values_of(ask), **values})


def between(book: Book, templates: Templates, name: str, contact: str, other: str, **values: str) -> str:
    """Return a message of an introduction: "introduction" asks `contact`, "introduce" brings both together."""
    return between_two(name, book.contact(contact), book.contact(other), book.me, templates, **values)
