"""Answering: what became of an ask or an introduction is asked for in a few keys, and stored in one change."""

from collections.abc import Callable
from functools import partial

from relcraft.book import asks, introductions
from relcraft.book.courage import message_for
from relcraft.book.naming import ask_told, names_of, title_of
from relcraft.domain import introducing
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, Contact, Date, Introduction
from relcraft.domain.text import clean_line
from relcraft.domain.words import (
    CHANNEL_KIND,
    AskDirection,
    AskState,
    ExchangeKind,
    InteractionKind,
    IntroductionState,
)
from relcraft.tui.adding import Adding
from relcraft.tui.asks.choices import Answer, choices_of
from relcraft.tui.asks.prompts import DayPrompt, WhomPrompt, ask_outcome
from relcraft.tui.choosing import ChoicePicker
from relcraft.tui.telling import errors_told, tell

_KINDS = (
    InteractionKind.CALL,
    InteractionKind.MESSAGE,
    InteractionKind.EMAIL,
    InteractionKind.COFFEE,
    InteractionKind.MEETING,
    InteractionKind.VIDEO,
    InteractionKind.LETTER,
)
"""How an answer comes, the most usual first."""
_NOT_LOGGED = "nothing to log"
_STATE = {
    Answer.SENT: AskState.ASKED,
    Answer.AGAIN: AskState.ASKED,
    Answer.YES: AskState.AGREED,
    Answer.HELPED: AskState.HELPED,
    Answer.NO: AskState.DECLINED,
    Answer.REST: AskState.RESTED,
    Answer.THANKED: AskState.THANKED,
}
_ANSWERS = frozenset({Answer.YES, Answer.HELPED, Answer.NO})
"""Those in which the two had a word with each other, which may be logged."""


def open_answer(tab: Adding, record: Ask | Introduction) -> None:
    """Ask what became of an ask or an introduction, and store that. Raises `BadInput` where nothing can follow."""
    tab.need_writing()
    choices = choices_of(tab.book, record)
    if not choices:
        raise BadInput(
            "That came to its end: nothing more is to be done. {ask-edit} edits it, {ask-delete} deletes it."
        )
    if isinstance(record, Introduction):
        line, take = introductions.next_step(tab.book, record), partial(move_introduction, tab, record)
    else:
        line, take = ask_told(tab.book, record), partial(answer, tab, record)
    title = title_of(tab.book, record)
    tab.ask(ChoicePicker(title[:1].upper() + title[1:], choices, [line]), take)


# Asks


def answer(tab: Adding, ask: Ask, choice: str) -> None:
    """Store what became of an ask, after what is still to be asked about that."""
    match choice:
        case Answer.COMPOSE:
            tab.open_composer(ask)
        case Answer.LATER:
            later(tab, ask)
        case Answer.PROMISE:
            _promise(tab, ask)
        case Answer.NUDGE:
            nudge(tab, ask)
        case _:
            step(tab, ask, _STATE[Answer(choice)], log=choice in _ANSWERS)


def step(tab: Adding, ask: Ask, state: AskState, *, log: bool) -> None:
    """Bring an ask to a state; before that, ask to whom an introduction led, and (`log`) how the answer came."""
    if state is AskState.HELPED and _leads_to_somebody(ask):
        tab.ask(
            WhomPrompt(tab.book, tab.book.contact(ask.contact)),
            lambda whom: _with_log(tab, ask, state, log=log, to=whom.contact),
        )
    else:
        _with_log(tab, ask, state, log=log)


def later(tab: Adding, ask: Ask) -> None:
    """Note the day that was named for an answer, or for the help itself."""
    state = asks.state(tab.book, ask)
    if state not in {AskState.ASKED, AskState.AGREED, AskState.RECEIVED}:
        raise BadInput("A later day is named while an answer, or the help itself, is still to come.")
    who = _name_of(tab, ask)
    mine = ask.direction is AskDirection.INCOMING
    title = f"Until when may {who} wait?" if mine else f"Which day did {who} name?"
    question = DayPrompt(title, tab.book.today, tab.book.rules.customs)
    tab.ask(question, lambda day: _with_log(tab, ask, state, log=True, until=day))


def nudge(tab: Adding, ask: Ask) -> None:
    """Note that the user asked once more."""
    tell(tab, f"Noted: {asks.nudge(tab.book, ask.uid).title}")


def _promise(tab: Adding, ask: Ask) -> None:
    """Say yes for a day, which is promised."""
    again = asks.state(tab.book, ask) is AskState.AGREED

    def promised(day: Date) -> None:
        _with_log(tab, ask, AskState.AGREED, log=not again, until=day if again else None, promise=day)

    title = f"For when do you promise it to {_name_of(tab, ask)}?"
    tab.ask(DayPrompt(title, tab.book.today, tab.book.rules.customs), promised)


def _with_log(
    tab: Adding,
    ask: Ask,
    state: AskState,
    *,
    log: bool,
    until: Date | None = None,
    promise: Date | None = None,
    to: Contact | None = None,
) -> None:
    """Store a step; where `log`, ask before that how the answer came. Leaving that question logs nothing."""

    def store(kind: InteractionKind | None) -> None:
        _store(tab, ask, state, log=kind, until=until, promise=promise, to=to)

    if log:
        _ask_how(tab, ask, store)
    else:
        store(None)


def _ask_how(tab: Adding, ask: Ask, then: Callable[[InteractionKind | None], None]) -> None:
    usual = [CHANNEL_KIND[ask.channel]] if ask.channel is not None else []
    kinds = [(kind.value, kind.value) for kind in dict.fromkeys((*usual, *_KINDS))]
    nothing = (_NOT_LOGGED, _NOT_LOGGED)
    choices = [*kinds, nothing] if usual else [nothing, *kinds]

    def chosen(kind: str | None) -> None:
        with errors_told(tab):
            then(InteractionKind(kind) if kind not in {None, _NOT_LOGGED} else None)

    lines = ["It counts as being in touch today. esc keeps the answer, and logs nothing."]
    tab.app.push_screen(ChoicePicker("How did the answer come?", choices, lines), chosen)


def _store(
    tab: Adding,
    ask: Ask,
    state: AskState,
    *,
    log: InteractionKind | None,
    until: Date | None,
    promise: Date | None,
    to: Contact | None,
) -> None:
    """Store a step in one change and say what was stored; a no to somebody brings kind words to copy."""
    kind_no = ask.direction is AskDirection.INCOMING and state is AskState.DECLINED
    words = message_for(tab.book, tab.relcraft.templates, ask, "no") if kind_no else ""
    text = ask.what if log is not None else ""
    change = asks.move(tab.book, ask.uid, state, log=log, until=until, promise=promise, text=text, to=to)
    if words:
        tab.app.copy_to_clipboard(words)
        tell(tab, f"Noted: {change.title}. Kind words are copied: paste them where you answer")
    elif to is not None and not to.uid:
        tell(tab, f"Noted: {change.title}. {to.name} is in the book now")
    else:
        tell(tab, f"Noted: {change.title}")


def _leads_to_somebody(ask: Ask) -> bool:
    """Whether it asks for an introduction and does not say to whom."""
    outgoing = ask.direction is AskDirection.OUTGOING
    return outgoing and ask.kind is ExchangeKind.INTRODUCTION and ask.target is None


def _name_of(tab: Adding, ask: Ask) -> str:
    return clean_line(names_of(tab.book, (ask.contact,)))


# Introductions


def move_introduction(tab: Adding, introduction: Introduction, state: str) -> None:
    """Take an introduction one step further; before its end, ask how it went."""
    if state == IntroductionState.TOLD:

        def told(outcome: str) -> None:
            tell(tab, f"Noted: {introductions.outcome(tab.book, introduction.uid, outcome).title}")

        ask_outcome(tab, "How did it go?", "in a few words", told)
    else:
        change = introductions.move(tab.book, introduction.uid, IntroductionState(state))
        tell(tab, f"Noted: {change.title}")


def next_of_introduction(introduction: Introduction) -> IntroductionState:
    """Return the state that usually follows. Raises `BadInput` where none does."""
    following = introducing.TABLE[introducing.state_of(introduction)] - {IntroductionState.RESTED}
    found = next((each for each in IntroductionState if each in following), None)
    if found is None:
        raise BadInput(
            "That came to its end: nothing more is to be done. {ask-edit} edits it, {ask-delete} deletes it."
        )
    return found
