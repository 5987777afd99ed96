"""The words that go with a move: the message that the user may copy before it is done."""

from relcraft.book.courage import between, message, message_for
from relcraft.book.open import Book
from relcraft.domain.composing import Templates
from relcraft.domain.errors import NotFound
from relcraft.domain.introducing import state_of
from relcraft.domain.moves import Move, MoveKind
from relcraft.domain.records import Ask, Contact, Exchange, Goal, Introduction
from relcraft.domain.words import ExchangeKind, IntroductionState

_PLAIN = {
    MoveKind.BIRTHDAY: "birthday",
    MoveKind.KEEP: "warm-up",
    MoveKind.DORMANT: "hello",
}
"""Templates that need nothing but the contact."""
_OF_ASKS = {MoveKind.DRAFT: "ask", MoveKind.SILENCE: "nudge", MoveKind.INCOMING: "no", MoveKind.THANK: "thanks"}
"""Templates about an ask."""


def words_for(book: Book, templates: Templates, move: Move) -> str:
    """Return the message that goes with a move, by the user's own template; empty where none does."""
    try:
        return _words(book, templates, move)
    except NotFound:
        return ""


TEMPLATE_OF = {
    **_PLAIN,
    **_OF_ASKS,
    MoveKind.TELL: "tell",
    MoveKind.GIVE: "offer",
    MoveKind.INTRODUCTION: "introduction",
    MoveKind.GOAL: "ask",
}
"""The template that is most like the words of a move, by its kind."""


def _words(book: Book, templates: Templates, move: Move) -> str:
    if move.contact is None:
        return ""
    if move.kind in _PLAIN:
        return message(book, templates, _PLAIN[move.kind], move.contact)
    if move.kind is MoveKind.GIVE:
        return _offer(book, templates, move)
    return _of_record(book, templates, move, move.contact)


def _of_record(book: Book, templates: Templates, move: Move, contact: str) -> str:
    record = book.record(move.record)
    match record:
        case Ask() if move.kind in _OF_ASKS:
            return message_for(book, templates, record, _OF_ASKS[move.kind])
        case Exchange():
            name = "thanks" if move.kind is MoveKind.THANK else "tell"
            return message(book, templates, name, contact, what=record.text or _plainly(record))
        case Goal() if move.kind is MoveKind.TELL:
            return message(book, templates, "tell", contact, what=record.words, outcome=record.outcome)
        case Introduction():
            return _introduction(book, templates, record)
        case _:
            return ""


def _plainly(exchange: Exchange) -> str:
    """Return help of which no more than its kind is noted."""
    return "your help" if exchange.kind in (ExchangeKind.HELP, ExchangeKind.OTHER) else f"your {exchange.kind}"


def _offer(book: Book, templates: Templates, move: Move) -> str:
    contact = book.contact(move.contact or "")
    wanted = ", ".join(contact.looking_for)
    if move.other is None:
        return message(book, templates, "offer", contact.uid, what=wanted)
    return between(book, templates, "introduction", contact.uid, move.other, what=wanted)


def _introduction(book: Book, templates: Templates, introduction: Introduction) -> str:
    if introduction.broker is not None or introduction.first is None:
        return ""
    state = state_of(introduction)
    one, other = introduction.first, introduction.second
    if state is IntroductionState.FIRST_AGREED:
        one, other = other, one
    if not all(isinstance(book.get("contacts", uid), Contact) for uid in (one, other)):
        return ""
    name = {
        IntroductionState.IDEA: "introduction",
        IntroductionState.FIRST_AGREED: "introduction",
        IntroductionState.BOTH_AGREED: "introduce",
    }.get(state, "")
    return between(book, templates, name, one, other, what=introduction.text) if name else ""
