"""Moves that say thanks, and that tell somebody what came of their help."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from relcraft.book.ask_help import exchange_of
from relcraft.book.goals import untold
from relcraft.book.occasions import person
from relcraft.book.open import Book
from relcraft.book.promises import promises
from relcraft.domain.asking import settled
from relcraft.domain.dates import tell_when
from relcraft.domain.fitting import cut
from relcraft.domain.moves import Act, Choice, Move, MoveKind
from relcraft.domain.records import Ask, Contact, Date, Exchange, Goal, Introduction
from relcraft.domain.room import what_told
from relcraft.domain.steps import a_kind, first_name
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, AskState, ExchangeKind, GoalState

TELL_AFTER_DAYS = 14
"""How long after thanks there may be something to tell."""
TELL_WITHIN_DAYS = 90
"""How long after thanks it is still news."""
THANKS_DAYS = 30
_THANKABLE = frozenset({AskState.HELPED, AskState.THANKED})
"""Where an ask stands whose help was thanked: on the ask, or on the exchange alone."""
_MOST_COLUMNS = 40
_THANKED = (Choice(Act.THANKED, "I said thanks"),)


def thanks(book: Book, asks: Iterable[Ask]) -> list[Move]:
    """Return a move for each ask that was helped and for other help of weight of the last 30 days, the latest first."""
    found = {move.key: move for move in _for_asks(book, asks)}
    for contact in dict.fromkeys(_helped_lately(book)):
        help_got = book.balance(contact).to_thank
        giver = person(book, contact)
        if help_got is not None and giver is not None:
            move = _thank(book, giver, help_got.date, help_got.uid, _help_told(book, giver, help_got))
            found.setdefault(move.key, move)
    return list(found.values())


def _for_asks(book: Book, asks: Iterable[Ask]) -> Iterator[Move]:
    for ask in asks:
        step = settled(ask, book.today, book.rules.patience).steps[-1:]
        contact = person(book, ask.contact)
        if (
            contact is None
            or ask.direction is AskDirection.INCOMING
            or not step
            or step[0].state is not AskState.HELPED
        ):
            continue
        help_got = exchange_of(book, ask)
        if help_got is not None and help_got.thanked_on is not None:
            continue
        when = tell_when(step[0].date, book.today)
        told = (
            f"{first_name(contact)} helped you with {what_told(ask)} {when}"
            if help_got is None
            else _help_told(book, contact, help_got)
        )
        yield _thank(book, contact, step[0].date, ask.uid if help_got is None else help_got.uid, told)


def _helped_lately(book: Book) -> Iterator[str]:
    """Yield the contacts of exchanges that may ask for thanks, by their columns alone."""
    first, last = (book.today - timedelta(days=THANKS_DAYS)).isoformat(), book.today.isoformat()
    fields = {"contact": str, "date": str, "direction": str, "thanked_on": str}
    for _uid, (contact, day, direction, thanked) in book.columns(Exchange, **fields):
        if contact and thanked is None and direction == "received" and day is not None and first <= day <= last:
            yield contact


def _thank(book: Book, contact: Contact, on: Date, record: str, told: str) -> Move:
    waiting = next((clean_line(each.text) for each in promises(book, contact.uid) if each.text.strip()), "")
    promise = f"you promised: {cut(waiting, _MOST_COLUMNS)}" if waiting else "two lines are plenty"
    return Move(
        kind=MoveKind.THANK,
        key=f"thank:{record}",
        title=f"Thank {contact.name}",
        reason=f"{told} · {promise}",
        contact=contact.uid,
        record=record,
        rank=(-on.toordinal(),),
        choices=_THANKED,
    )


def _help_told(book: Book, contact: Contact, help_got: Exchange) -> str:
    """Return what somebody did: "Ada introduced you to Lee on Thursday", "Ada gave you advice yesterday: the talk"."""
    name, when = first_name(contact), tell_when(help_got.date, book.today)
    if help_got.kind is ExchangeKind.INTRODUCTION and help_got.introduction is not None:
        made = book.get("introductions", help_got.introduction)
        met = person(book, made.second) if isinstance(made, Introduction) else None
        if met is not None:
            return f"{name} introduced you to {met.name} {when}"
    text = cut(clean_line(help_got.text), _MOST_COLUMNS)
    return f"{name} gave you {a_kind(help_got.kind)} {when}" + (f": {text}" if text else "")


def tellings(book: Book, asks: Iterable[Ask]) -> Iterator[Move]:
    """Yield a move for each of those behind a reached goal; and, once, for help that was thanked a while ago."""
    for goal in book.all(Goal):
        if goal.state is GoalState.REACHED:
            yield from _tell_of_goal(book, goal)
    for ask in asks:
        help_got = _to_tell_of(book, ask)
        contact = person(book, ask.contact)
        if help_got is not None and help_got.thanked_on is not None and contact is not None:
            name = first_name(contact)
            yield Move(
                kind=MoveKind.TELL,
                key=f"tell:{help_got.uid}",
                title=f"Tell {contact.name} what came of it",
                reason=f"{_help_told(book, contact, help_got)} · {name} would like to hear how it went",
                contact=contact.uid,
                record=help_got.uid,
                rank=(1.0, -help_got.thanked_on.toordinal()),
                choices=(Choice(Act.TOLD, "I told them"),),
            )


def _tell_of_goal(book: Book, goal: Goal) -> Iterator[Move]:
    ended = goal.ended_on or book.today
    for place, uid in enumerate(untold(goal)):
        contact = person(book, uid)
        if contact is None:
            continue
        words = cut(clean_line(goal.words) or str(goal.kind), _MOST_COLUMNS)
        yield Move(
            kind=MoveKind.TELL,
            key=f"tell:{goal.uid}:{uid}",
            title=f"Tell {contact.name} how it went",
            reason=f'you reached "{words}" {tell_when(ended, book.today)} · {first_name(contact)} was part of the way',
            contact=uid,
            record=goal.uid,
            rank=(0.0, -ended.toordinal(), place),
            choices=(Choice(Act.TOLD, "I told them"),),
        )


def _to_tell_of(book: Book, ask: Ask) -> Exchange | None:
    """Return the help of an ask whose outcome may be told by now. One that serves a goal waits for the goal's end."""
    if ask.direction is AskDirection.INCOMING or not ask.steps or ask.steps[-1].state not in _THANKABLE:
        return None
    goal = None if ask.goal is None else book.get("goals", ask.goal)
    if isinstance(goal, Goal) and goal.state is not GoalState.LET_GO:
        return None
    help_got = exchange_of(book, ask)
    if help_got is None or help_got.thanked_on is None or help_got.outcome_told_on is not None:
        return None
    since = (book.today - help_got.thanked_on).days
    return help_got if TELL_AFTER_DAYS <= since <= TELL_WITHIN_DAYS else None
