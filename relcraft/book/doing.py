"""Doing a move, putting it off and dropping it: each is one change, which undo takes back as a whole.

What each choice writes is told at `relcraft.domain.moves.Act`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from relcraft.book import asks, goals, introductions, verbs
from relcraft.book.alone import alone
from relcraft.book.checking import check
from relcraft.book.holding import FOR_GOOD, after, goal_day, hold_ops, is_held, spent_ops
from relcraft.book.introductions import noted_on
from relcraft.book.naming import names_of, title_of
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.errors import BadInput
from relcraft.domain.introducing import begun, state_of
from relcraft.domain.moves import Act, Move, MoveKind
from relcraft.domain.records import Ask, Contact, Date, Exchange, Goal, Interaction, Introduction
from relcraft.domain.value import Value
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Circle,
    ExchangeKind,
    GoalKind,
    Initiator,
    InteractionKind,
    IntroductionState,
)

ANSWER_DAYS = 7
"""How long somebody has who was asked about an introduction, before Today comes back to it."""
_SCREENS = {Act.CIRCLE: "circle", Act.INTRODUCE: "introduction", Act.DRAFT: "composer"}
_WORDED = frozenset({Act.WISHED, Act.WROTE, Act.OFFERED, Act.IN_TOUCH, Act.CALLED, Act.INTRODUCE, Act.CIRCLE})
"""The choices that keep words in every move that offers them."""
_ASK_FOR = {
    GoalKind.CAREER: ExchangeKind.INFORMATION,
    GoalKind.SWITCH: ExchangeKind.ADVICE,
    GoalKind.HIRED: ExchangeKind.REFERRAL,
    GoalKind.PROMOTED: ExchangeKind.FEEDBACK,
    GoalKind.OTHER: ExchangeKind.ADVICE,
}
"""What a draft for a goal asks for, until the user says what."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Deed(Value):
    """What is to be done: a choice of a move, on a day."""

    book: Book
    move: Move
    act: Act
    on: Date
    text: str

    def change(self, title: str, *ops: Op) -> Change:
        """Make the one change, in which what the move spends comes as well."""
        return self.book.change(title, *ops, *spent_ops(self.book, self.move))


def needs(move: Move, choice: str = "") -> str:
    """Return what a screen opens for a choice ("": the first): "composer", "circle", "introduction", or "" for none."""
    return _SCREENS.get(_chosen(move, choice), "")


def keeps_text(book: Book, move: Move, choice: str = "") -> bool:
    """Tell whether words that come with a choice ("": the first) are kept: on what it logs, begins or tells of."""
    act = _chosen(move, choice)
    if act is Act.TOLD:
        return isinstance(book.record(move.record), Introduction)
    if act is Act.MET:
        return move.kind is not MoveKind.INTRODUCTION
    return act in _WORDED or (act is Act.DRAFT and move.kind is MoveKind.GOAL)


@alone
def do(book: Book, move: Move, choice: str = "", *, on: Date | None = None, text: str = "") -> Change:
    """Write what was done with a move, on a day (None: today), in one change. `choice` "": the first of its choices.

    `text` is the circle's name for "circle"; of others, words about what was done. Raises `BadInput` where the move has
    no such choice, the day lies ahead, or the records do not allow it any more, and `NotFound` where they are gone.
    """
    if is_held(book, move.key):
        raise BadInput(f'"{move.title}" is off Today by now: it was done, put off or dropped.')
    deed = _Deed(book, move, _chosen(move, choice), noted_on(book, on), text.strip())
    return _DEEDS[move.kind](deed)


@alone
def snooze(book: Book, move: Move, until: Date) -> Change:
    """Leave a move in peace until a day. Raises `BadInput` where that is not ahead."""
    if until <= book.today:
        raise BadInput("A snooze ends on a day ahead.")
    spent = [op for key, day in move.spends for op in hold_ops(book, key, max(day, until) if _is_goal(move) else day)]
    return book.change(f"{move.title}: not before {tell_day_fully(until)}", *hold_ops(book, move.key, until), *spent)


@alone
def drop(book: Book, move: Move) -> Change:
    """Take a move off Today for good. What it comes from stays as it is."""
    return book.change(f"{move.title}: not now", *hold_ops(book, move.key, FOR_GOOD), *spent_ops(book, move))


def _is_goal(move: Move) -> bool:
    return move.kind is MoveKind.GOAL


def _chosen(move: Move, choice: str) -> Act:
    offered = [each.id for each in move.choices]
    wanted = choice or next(iter(offered), "")
    if wanted not in offered:
        raise BadInput(f'"{wanted}" is no choice of "{move.title}": {", ".join(offered) or "none"} was expected.')
    return Act(wanted)


# In touch

_LOGGED: Mapping[Act, tuple[InteractionKind, Initiator]] = {
    Act.WISHED: (InteractionKind.MESSAGE, Initiator.ME),
    Act.WROTE: (InteractionKind.MESSAGE, Initiator.ME),
    Act.OFFERED: (InteractionKind.MESSAGE, Initiator.ME),
    Act.IN_TOUCH: (InteractionKind.MESSAGE, Initiator.BOTH),
    Act.CALLED: (InteractionKind.CALL, Initiator.BOTH),
    Act.MET: (InteractionKind.MEETING, Initiator.BOTH),
}


def _log(deed: _Deed, text: str = "") -> tuple[str, Op]:
    kind, initiator = _LOGGED[deed.act]
    person = deed.book.contact(deed.move.contact or "")
    said = Interaction(
        uid="", date=deed.on, kind=kind, contacts=(person.uid,), initiator=initiator, summary=deed.text or text
    )
    new = stamped(deed.book, said)
    return title_of(deed.book, new), put(None, new)


def _in_touch(deed: _Deed) -> Change:
    return deed.change(*_log(deed))


def _wish(deed: _Deed) -> Change:
    title, logged = _log(deed, "birthday")
    return deed.change(title, logged, *hold_ops(deed.book, deed.move.key, after(deed.book.today, 1)))


def _keep(deed: _Deed) -> Change:
    """Log that the user was in touch; a day before the last contact changes no warmth, so the move is held as well."""
    title, logged = _log(deed)
    last = deed.book.warmth(deed.move.contact or "").last
    if last is not None and not deed.move.key.endswith(f":{last.on}"):
        raise BadInput(f"You were in touch on {tell_day_fully(last.on)} already; c and the add line log more.")
    held = hold_ops(deed.book, deed.move.key, FOR_GOOD) if last is not None and deed.on <= last.on else []
    return deed.change(title, logged, *held)


# Promises and asks


def _promise(deed: _Deed) -> Change:
    if deed.act is Act.DONE:
        return verbs.finish(deed.book, deed.move.record, deed.on)
    return _answer(deed)


_STATES: Mapping[Act, AskState] = {
    Act.REST: AskState.RESTED,
    Act.AGREED: AskState.AGREED,
    Act.DECLINED: AskState.DECLINED,
    Act.HELPED: AskState.HELPED,
    Act.ASKED: AskState.ASKED,
}


def _answer(deed: _Deed) -> Change:
    book, uid = deed.book, deed.move.record
    if deed.act is Act.NUDGE:
        return asks.nudge(book, uid, on=deed.on)
    again = deed.act is Act.ASKED
    return asks.move(book, uid, _STATES[deed.act], on=deed.on, until=deed.on if again else None, text=deed.text)


def _draft(deed: _Deed) -> Change:
    if deed.act is Act.DRAFT:
        raise BadInput("That draft is kept already: the composer goes on with it.")
    return asks.move(deed.book, deed.move.record, AskState.ASKED, on=deed.on)


def _begin(deed: _Deed) -> Change:
    """Keep a draft for a goal that says nothing yet but whom to ask and what for."""
    book, goal = deed.book, deed.book.one(Goal, deed.move.record)
    if deed.move.contact is None:
        raise BadInput("Whom to ask is still open: the composer begins with that.")
    if is_held(book, goal_day(goal.uid)):
        raise BadInput(f"Today has begun the {title_of(book, goal)} already; A begins another ask.")
    person = book.contact(deed.move.contact)
    ask = Ask(
        uid="",
        direction=AskDirection.OUTGOING,
        contact=person.uid,
        kind=_ASK_FOR[goal.kind],
        what=deed.text,
        goal=goal.uid,
    )
    new, ops = asks.asked_ops(book, ask, book.today, AskState.DRAFT)
    return deed.change(f"draft of {title_of(book, new)}", *ops)


# Thanks


def _thank(deed: _Deed) -> Change:
    """Note thanks on the exchange, and on the ask that led to it where that waits for thanks."""
    book, found = deed.book, deed.book.record(deed.move.record)
    ask = found if isinstance(found, Ask) else None
    if isinstance(found, Exchange) and found.ask is not None:
        led = book.get("asks", found.ask)
        ask = led if isinstance(led, Ask) else None
    if ask is not None and asks.state(book, ask) is AskState.HELPED and found in (ask, asks.exchange_of(book, ask)):
        return asks.move(book, ask.uid, AskState.THANKED, on=deed.on)
    help_got = book.exchange(deed.move.record)
    _refuse_again(help_got.thanked_on)
    return _note(
        deed, f"thanked {names_of(book, (help_got.contact,))}", help_got, replace(help_got, thanked_on=deed.on)
    )


def _tell(deed: _Deed) -> Change:
    book, found = deed.book, deed.book.record(deed.move.record)
    if isinstance(found, Goal):
        return goals.tell(book, found.uid, deed.move.contact or "", deed.on)
    if isinstance(found, Introduction):
        return _introduction(deed)
    help_got = book.exchange(deed.move.record)
    _refuse_again(help_got.outcome_told_on)
    title = f"{names_of(book, (help_got.contact,))} told what came of it"
    return _note(deed, title, help_got, replace(help_got, outcome_told_on=deed.on))


def _refuse_again(on: Date | None) -> None:
    if on is not None:
        raise BadInput(f"That is noted on {tell_day_fully(on)} already.")


def _note(deed: _Deed, title: str, old: Exchange, new: Exchange) -> Change:
    check(deed.book, new)
    return deed.change(title, put(old, touched(deed.book, new)))


# Introductions and gifts

_NEXT: Mapping[Act, IntroductionState] = {
    Act.REST: IntroductionState.RESTED,
    Act.MADE: IntroductionState.MADE,
    Act.MET: IntroductionState.MET,
}
_AGREED = {
    IntroductionState.IDEA: IntroductionState.FIRST_AGREED,
    IntroductionState.FIRST_AGREED: IntroductionState.BOTH_AGREED,
}


def _introduction(deed: _Deed) -> Change:
    book, introduction = deed.book, deed.book.one(Introduction, deed.move.record)
    if deed.act is Act.ASKED:
        asked = f"{title_of(book, introduction)}: {names_of(book, (deed.move.contact or '',))} was asked"
        return deed.change(asked, *hold_ops(book, deed.move.key, after(book.today, ANSWER_DAYS)))
    if deed.act is Act.TOLD:
        return introductions.outcome(book, introduction.uid, deed.text or introduction.outcome, deed.on)
    now = state_of(introduction)
    if not deed.move.key.startswith(f"introduction:{introduction.uid}:{now}:"):
        raise BadInput(f"The {title_of(book, introduction)} went on since: {now}.")
    state = _NEXT.get(deed.act) or _AGREED.get(now, IntroductionState.BOTH_AGREED)
    return introductions.move(book, introduction.uid, state, on=deed.on)


def _give(deed: _Deed) -> Change:
    book, move = deed.book, deed.move
    if deed.act is Act.OFFERED:
        title, logged = _log(deed, move.title)
        return deed.change(title, logged, *hold_ops(book, move.key, FOR_GOOD))
    if move.other is None or introductions.between(book, move.other, move.contact or ""):
        raise BadInput("The two are introduced, or about to be: Today has a move for that.")
    idea = Introduction(uid="", first=move.other, second=move.contact or "", text=deed.text)
    check(book, idea)
    new = stamped(book, replace(idea, steps=begun(IntroductionState.IDEA, deed.on)))
    return deed.change(title_of(book, new), put(None, new))


def _choose_circle(deed: _Deed) -> Change:
    """Set the circle that `text` names, or put the contact into the archive."""
    book = deed.book
    old: Contact = book.contact(deed.move.record)
    if deed.act is Act.ARCHIVE:
        return deed.change(f"{old.name} archived", put(old, touched(book, replace(old, archived=True))))
    try:
        circle = Circle(deed.text.lower())
    except ValueError:
        raise BadInput(f'"{deed.text}" is no circle: one of {", ".join(Circle)} was expected.') from None
    return deed.change(f"{old.name}: {circle} circle", put(old, touched(book, replace(old, circle=circle))))


_DEEDS: Mapping[MoveKind, Callable[[_Deed], Change]] = {
    MoveKind.BIRTHDAY: _wish,
    MoveKind.PROMISED_TODAY: _promise,
    MoveKind.PROMISE: _promise,
    MoveKind.THANK: _thank,
    MoveKind.TELL: _tell,
    MoveKind.SILENCE: _answer,
    MoveKind.INCOMING: _answer,
    MoveKind.INTRODUCTION: _introduction,
    MoveKind.DRAFT: _draft,
    MoveKind.GOAL: _begin,
    MoveKind.KEEP: _keep,
    MoveKind.GIVE: _give,
    MoveKind.DORMANT: _keep,
    MoveKind.CIRCLE: _choose_circle,
}
