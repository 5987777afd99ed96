"""What may follow on where an ask or an introduction stands, in plain words."""

from collections.abc import Sequence
from enum import StrEnum

from relcraft.book import asks
from relcraft.book.open import Book
from relcraft.domain import asking, introducing
from relcraft.domain.records import Ask, Contact, Introduction
from relcraft.domain.steps import first_name
from relcraft.domain.words import AskDirection, AskState, IntroductionState

Choices = Sequence[tuple[str, str]]
"""What can be chosen: an id, and what it says."""


class Answer(StrEnum):
    """What may become of an ask."""

    SENT = "sent"
    COMPOSE = "compose"
    AGAIN = "ask again"
    YES = "yes"
    PROMISE = "promise"
    LATER = "later"
    HELPED = "helped"
    NO = "no"
    NUDGE = "nudge"
    REST = "rest"
    THANKED = "thanked"


_LATER = (Answer.LATER, "call me next week, or another day")
_THEY_HELPED = (Answer.HELPED, "they helped")
_NUDGE = (Answer.NUDGE, "one friendly nudge")
_REST = (Answer.REST, "let it rest")
_AGAIN = ((Answer.AGAIN, "ask again"), (Answer.YES, "yes, after all"), _THEY_HELPED)
_OUTGOING: dict[AskState, Choices] = {
    AskState.DRAFT: ((Answer.SENT, "asked: it is on its way"), (Answer.COMPOSE, "go on with the draft")),
    AskState.ASKED: (
        (Answer.YES, "yes, they will help"),
        _LATER,
        _THEY_HELPED,
        (Answer.NO, "no, this time"),
        _NUDGE,
        _REST,
    ),
    AskState.AGREED: (_THEY_HELPED, _LATER, (Answer.NO, "no, after all"), _NUDGE, _REST),
    AskState.HELPED: ((Answer.THANKED, "thanks are said"),),
    AskState.DECLINED: _AGAIN,
    AskState.RESTED: _AGAIN,
}
_PROMISE = (Answer.PROMISE, "promise it for a day")
_NOT_NOW = (Answer.LATER, "not now, another day")
_KIND_NO = (Answer.NO, "no, with kind words to copy")
_I_HELPED = (Answer.HELPED, "I helped")
_YES_AFTER_ALL = ((Answer.YES, "yes, after all"), _I_HELPED)
_INCOMING: dict[AskState, Choices] = {
    AskState.RECEIVED: ((Answer.YES, "yes"), _PROMISE, _NOT_NOW, _KIND_NO, _I_HELPED, _REST),
    AskState.AGREED: (_I_HELPED, _PROMISE, _NOT_NOW, _KIND_NO, _REST),
    AskState.DECLINED: _YES_AFTER_ALL,
    AskState.RESTED: _YES_AFTER_ALL,
}


def choices_of(book: Book, record: Ask | Introduction) -> Choices:
    """Return what may follow on where a record stands today; empty where it came to its end."""
    return _of_introduction(book, record) if isinstance(record, Introduction) else _of_ask(book, record)


def next_told(book: Book, record: Ask | Introduction) -> str:
    """Return in a word or two what usually comes next for a record; empty where it came to its end."""
    if isinstance(record, Introduction):
        following = [choice for choice in _of_introduction(book, record) if choice[0] != IntroductionState.RESTED]
        return following[0][1].partition(":")[0] if following else ""
    state = asks.state(book, record)
    if state is AskState.DRAFT:
        return "asked"
    if state is AskState.HELPED:
        return "thanked" if record.direction is AskDirection.OUTGOING else ""
    if AskState.HELPED not in asking.following(record, state):
        return ""
    return "helped" if record.direction is AskDirection.OUTGOING else "I helped"


def _of_ask(book: Book, ask: Ask) -> Choices:
    table = _OUTGOING if ask.direction is AskDirection.OUTGOING else _INCOMING
    choices = table.get(asks.state(book, ask), ())
    return [choice for choice in choices if choice[0] is not Answer.NUDGE or asking.may_nudge(ask)]


def _of_introduction(book: Book, introduction: Introduction) -> Choices:
    state = introducing.state_of(introduction)
    following = [each for each in IntroductionState if each in introducing.TABLE[state]]
    return [(each, _introduction_told(book, introduction, each)) for each in following]


def _introduction_told(book: Book, introduction: Introduction, state: IntroductionState) -> str:
    mine = introduction.broker is None
    return {
        IntroductionState.IDEA: "take it up again",
        IntroductionState.FIRST_AGREED: f"yes from {_name(book, introduction.first)}" if mine else "yes, I say",
        IntroductionState.BOTH_AGREED: f"yes from {_name(book, introduction.second)}",
        IntroductionState.MADE: "introduced: both know of each other now",
        IntroductionState.MET: f"{'they' if mine else 'we'} have met",
        IntroductionState.TOLD: "heard how it went" if mine else "how it went is told",
        IntroductionState.RESTED: "let it rest",
    }[state]


def _name(book: Book, uid: str | None) -> str:
    contact = book.get("contacts", uid or "")
    return first_name(contact) if isinstance(contact, Contact) else "them"
