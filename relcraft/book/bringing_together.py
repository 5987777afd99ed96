"""Moves that bring people together, or somebody and what they look for: introductions under way, and gifts."""

from collections.abc import Iterator
from typing import NamedTuple

from relcraft.book.holding import in_peace
from relcraft.book.introductions import between, open_introductions
from relcraft.book.matches import Matching, matches
from relcraft.book.occasions import person
from relcraft.book.open import Book
from relcraft.domain.dates import tell_when
from relcraft.domain.fitting import cut
from relcraft.domain.introducing import state_of
from relcraft.domain.moves import Act, Choice, Move, MoveKind
from relcraft.domain.records import Contact, Date, Introduction
from relcraft.domain.steps import first_name
from relcraft.domain.text import clean_line
from relcraft.domain.words import MANNER, IntroductionState, Manner

MEET_WITHIN_DAYS = 7
"""How long two have to meet, or to say how it went, before the user hears from them."""
_MOST_COLUMNS = 40
_PEACE = Choice(Act.REST, "let it rest, in peace")
_HEARD = Choice(Act.TOLD, "I heard how it went")
_LATER = frozenset({IntroductionState.MADE, IntroductionState.MET})


class _Turn(NamedTuple):
    """What the user may do next for an introduction."""

    title: str
    reason: str
    contact: Contact
    """Whom to turn to."""
    other: Contact
    choices: tuple[Choice, ...]
    kind: MoveKind = MoveKind.INTRODUCTION


def under_way(book: Book) -> Iterator[Move]:
    """Yield a move for each introduction in which it is the user's turn.

    None where one of the two is archived or to be left in peace, but for telling who introduced them how it went.
    """
    for introduction in open_introductions(book):
        on = introduction.steps[-1].date if introduction.steps else book.today
        turn = _turn(book, introduction, on)
        if turn is not None and (turn.kind is MoveKind.TELL or not (_is_quiet(turn.contact) or _is_quiet(turn.other))):
            yield Move(
                kind=turn.kind,
                key=f"introduction:{introduction.uid}:{state_of(introduction)}:{on}",
                title=turn.title,
                reason=turn.reason,
                contact=turn.contact.uid,
                other=turn.other.uid,
                record=introduction.uid,
                rank=(0.0, -on.toordinal()) if turn.kind is MoveKind.TELL else (on.toordinal(),),
                choices=turn.choices,
            )


def _is_quiet(contact: Contact) -> bool:
    return contact.archived or contact.do_not_disturb


def _turn(book: Book, introduction: Introduction, on: Date) -> _Turn | None:
    second = person(book, introduction.second)
    known = person(book, introduction.first if introduction.broker is None else introduction.broker)
    if second is None or known is None:
        return None
    state, when = state_of(introduction), tell_when(on, book.today)
    if introduction.broker is not None:
        met = _in_touch_since(book, second, on) if state is IntroductionState.MADE else None
        if met is not None:
            state, when = IntroductionState.MET, tell_when(met, book.today)
        return _to_me(state, known, second, when)
    if state in _LATER and (book.today - on).days < MEET_WITHIN_DAYS:
        return None
    about = cut(clean_line(introduction.text), _MOST_COLUMNS)
    return _by_me(state, known, second, when, f": {about}" if about else "")


def _in_touch_since(book: Book, contact: Contact, day: Date) -> Date | None:
    """Return when the user first met or spoke with a contact since a day; None where no such day is noted."""
    days = [
        each.date
        for each in book.interactions_with(contact.uid)
        if day <= each.date <= book.today and MANNER[each.kind] in (Manner.MET, Manner.SPOKEN)
    ]
    return min(days, default=None)


def _by_me(state: IntroductionState, first: Contact, second: Contact, when: str, about: str) -> _Turn | None:
    one, other = first_name(first), first_name(second)
    match state:
        case IntroductionState.IDEA:
            reason = f"your idea {when}{about} · each side is asked first"
            return _Turn(f"Ask {first.name} about meeting {other}", reason, first, second, _asking(one))
        case IntroductionState.FIRST_AGREED:
            reason = f"{one} said yes {when}{about}"
            return _Turn(f"Ask {second.name} about meeting {one}", reason, second, first, _asking(other))
        case IntroductionState.BOTH_AGREED:
            reason = f"both said yes, the last one {when}{about}"
            choices = (Choice(Act.MADE, "I introduced them"), _PEACE)
            return _Turn(f"Introduce {first.name} and {second.name}", reason, first, second, choices)
        case IntroductionState.MADE:
            reason = f"you introduced them {when} · have they met?"
            choices = (Choice(Act.MET, "they met"), _HEARD)
            return _Turn(f"Hear from {first.name} and {second.name}", reason, first, second, choices)
        case IntroductionState.MET:
            reason = f"they met {when} · how did it go?"
            return _Turn(f"Hear from {first.name} and {second.name}", reason, first, second, (_HEARD,))
        case _:
            return None


def _asking(name: str) -> tuple[Choice, ...]:
    return Choice(Act.ASKED, f"I asked {name}: a week's time"), Choice(Act.AGREED, f"{name} said yes"), _PEACE


def _to_me(state: IntroductionState, broker: Contact, second: Contact, when: str) -> _Turn | None:
    """Return the user's turn; where both are asked and where the broker brings them together, it is the broker's."""
    who, other = first_name(broker), first_name(second)
    told = Choice(Act.TOLD, f"I told {who} how it went")
    match state:
        case IntroductionState.IDEA:
            reason = f"{who} thought of it {when} · yes and no are fine"
            choices = (Choice(Act.AGREED, "I said yes"), Choice(Act.REST, "not now, in peace"))
            return _Turn(f"Tell {broker.name} about meeting {other}", reason, broker, second, choices)
        case IntroductionState.MADE:
            choices = (Choice(Act.MET, "we met"), told)
            return _Turn(f"Meet {second.name}", f"{who} introduced you {when}", second, broker, choices)
        case IntroductionState.MET:
            reason = f"you and {other} met {when} · {who} introduced you"
            return _Turn(f"Tell {broker.name} how it went", reason, broker, second, (told,), MoveKind.TELL)
        case _:
            return None


def gifts(book: Book) -> Iterator[Move]:
    """Yield a move for each thing that somebody looks for and the user, or another contact, can offer; best first.

    Nobody in peace is part of one, nor are two between whom an introduction is known already.
    """
    for matching in matches(book):
        taker, giver = person(book, matching.taker), person(book, matching.giver)
        if taker is None or in_peace(book, taker):
            continue
        if matching.giver is None:
            yield _offer(matching, taker)
        elif giver is not None and not in_peace(book, giver) and not between(book, giver.uid, taker.uid):
            yield _introduce(matching, giver, taker)


def _offer(matching: Matching, taker: Contact) -> Move:
    return Move(
        kind=MoveKind.GIVE,
        key=_key(matching),
        title=f"Offer {cut(clean_line(matching.offered), _MOST_COLUMNS)} to {taker.name}",
        reason=f"{_wants(matching, taker)} · you can offer it",
        contact=taker.uid,
        record=taker.uid,
        rank=(-matching.score,),
        choices=(Choice(Act.OFFERED, "I offered it"),),
    )


def _introduce(matching: Matching, giver: Contact, taker: Contact) -> Move:
    offered = cut(clean_line(matching.offered), _MOST_COLUMNS)
    return Move(
        kind=MoveKind.GIVE,
        key=_key(matching),
        title=f"Introduce {giver.name} and {taker.name}",
        reason=f"{_wants(matching, taker)} · {first_name(giver)} can offer {offered}",
        contact=taker.uid,
        other=giver.uid,
        record=taker.uid,
        rank=(-matching.score,),
        choices=(Choice(Act.INTRODUCE, "begin the introduction"),),
    )


def _wants(matching: Matching, taker: Contact) -> str:
    return f"{first_name(taker)} is looking for {cut(clean_line(matching.wanted), _MOST_COLUMNS)}"


def _key(matching: Matching) -> str:
    what = f"{clean_line(matching.wanted)}|{clean_line(matching.offered)}".casefold()
    return f"give:{matching.giver or ''}:{matching.taker}:{what}"
