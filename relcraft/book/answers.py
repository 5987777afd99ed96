"""Moves about asks that wait for an answer: the user's own, and those of others."""

from collections.abc import Iterable, Iterator

from relcraft.book.occasions import person
from relcraft.book.open import Book
from relcraft.domain.asking import is_silent, settled, waits_until
from relcraft.domain.dates import tell_short, tell_when
from relcraft.domain.moves import Act, Choice, Move, MoveKind
from relcraft.domain.records import Ask, AskStep, Contact, Date
from relcraft.domain.room import what_told
from relcraft.domain.steps import a_kind, first_name
from relcraft.domain.telling import tell_count
from relcraft.domain.words import AskDirection, AskState

_ANSWERS = (
    Choice(Act.AGREED, "they said yes"),
    Choice(Act.HELPED, "they helped"),
    Choice(Act.DECLINED, "they said no"),
)
_PEACE = Choice(Act.REST, "let it rest, in peace")
_NUDGE = Choice(Act.NUDGE, "I nudged, once")
_MINE = (
    Choice(Act.AGREED, "I said yes"),
    Choice(Act.HELPED, "I helped"),
    Choice(Act.DECLINED, "I said no, kindly"),
    _PEACE,
)


def answers(book: Book, asks: Iterable[Ask]) -> Iterator[Move]:
    """Yield a move for each ask whose patience has run out or whose named day has come, and each one to answer."""
    for stored in asks:
        ask = settled(stored, book.today, book.rules.patience)
        contact = person(book, ask.contact)
        if contact is None or not ask.steps:
            continue
        last = ask.steps[-1]
        if ask.direction is AskDirection.INCOMING:
            if last.state is AskState.RECEIVED and (last.until is None or last.until <= book.today):
                yield _incoming(ask, contact, last, book.today)
        elif is_silent(ask, book.today, book.rules.patience):
            yield _silence(book, ask, contact, last)
        elif _named_day_has_come(ask, last, book.today):
            yield _again(ask, contact, last, book.today)


def _silence(book: Book, ask: Ask, contact: Contact, last: AskStep) -> Move:
    since = max(last.date, last.until or last.date)
    days = (book.today - since).days
    told = (
        f"{tell_count(days, 'day')} since their yes"
        if last.state is AskState.AGREED
        else f"{tell_count(days, 'day')} without an answer"
    )
    return Move(
        kind=MoveKind.SILENCE,
        key=f"silence:{ask.uid}:{waits_until(ask, book.rules.patience)}",
        title=f"Nudge {contact.name} once, or let it rest",
        reason=f"{told} about {what_told(ask)} · one friendly nudge is still open, or peace",
        contact=contact.uid,
        record=ask.uid,
        rank=(-days,),
        choices=(_NUDGE, _PEACE, *_ANSWERS)
        if last.state is AskState.ASKED
        else (_NUDGE, _PEACE, *(each for each in _ANSWERS if each.id != Act.AGREED)),
    )


def _named_day_has_come(ask: Ask, last: AskStep, today: Date) -> bool:
    """Tell whether the day has come that they named instead of an answer, and nothing was said since."""
    if last.state is not AskState.ASKED or last.until is None or not last.date < last.until <= today:
        return False
    return not any(day >= last.until for day in ask.nudges)


def _again(ask: Ask, contact: Contact, last: AskStep, today: Date) -> Move:
    named = last.until or last.date
    day = "today" if named == today else tell_short(named, today)
    return Move(
        kind=MoveKind.PROMISED_TODAY if named == today else MoveKind.PROMISE,
        key=f"again:{ask.uid}:{named}",
        title=f"Ask {contact.name} again",
        reason=f"{first_name(contact)} named {day} when you asked for {what_told(ask)}",
        contact=contact.uid,
        record=ask.uid,
        rank=(-named.toordinal(),),
        choices=(Choice(Act.ASKED, "I asked again"), *_ANSWERS, _PEACE),
    )


def _incoming(ask: Ask, contact: Contact, last: AskStep, today: Date) -> Move:
    name = first_name(contact)
    about = what_told(ask) if ask.what.strip() else a_kind(ask.kind)
    told = (
        f"{name} asked you for {about} {tell_when(last.date, today)}"
        if last.until is None
        else f"you named {'today' if last.until == today else tell_short(last.until, today)} for {about}"
    )
    return Move(
        kind=MoveKind.INCOMING,
        key=f"incoming:{ask.uid}:{last.until or last.date}",
        title=f"Answer {contact.name}",
        reason=f"{told} · yes, no and peace are all fine answers",
        contact=contact.uid,
        record=ask.uid,
        rank=((last.until or last.date).toordinal(),),
        choices=_MINE,
    )
