"""Goals: what the user is after, who helped on the way there, and who heard how it went; and the user's own record."""

from collections.abc import Iterator
from dataclasses import replace

from relcraft.book.alone import alone
from relcraft.book.checking import check
from relcraft.book.introductions import between, noted_on, outcome_told
from relcraft.book.naming import names_of, title_of
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain import asking
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.errors import BadInput
from relcraft.domain.introducing import TABLE, made_on, moved, state_of
from relcraft.domain.records import ME, Ask, Contact, Date, Goal, Introduction, Me
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, AskState, GoalState, IntroductionState

_YES = frozenset({AskState.AGREED, AskState.HELPED, AskState.THANKED})
_HELP = frozenset({AskState.HELPED, AskState.THANKED})


# Changing


@alone
def add_goal(book: Book, goal: Goal) -> Goal:
    """Add a goal; `goal.uid` is empty."""
    check(book, goal)
    new = stamped(book, goal)
    book.change(title_of(book, new), put(None, new))
    return new


@alone
def reach(book: Book, uid: str, *, outcome: str = "", on: Date | None = None) -> Change:
    """Note that a goal was reached, with the chain of people whose help led there. Raises `BadInput` if it was."""
    day = noted_on(book, on)
    old = book.one(Goal, uid)
    if old.state is GoalState.REACHED:
        raise BadInput(f"The {title_of(book, old)} is reached already.")
    new = replace(
        old, state=GoalState.REACHED, ended_on=day, outcome=outcome.strip() or old.outcome, chain=chain(book, old)
    )
    return book.change(f"{title_of(book, old)}: reached", put(old, touched(book, new)))


@alone
def let_go(book: Book, uid: str, *, outcome: str = "", on: Date | None = None) -> Change:
    """Note that a goal is no longer one. Raises `BadInput` where it has ended already."""
    day = noted_on(book, on)
    old = book.one(Goal, uid)
    if old.state is not GoalState.OPEN:
        raise BadInput(f"The {title_of(book, old)} is {old.state} already.")
    new = replace(old, state=GoalState.LET_GO, ended_on=day, outcome=outcome.strip() or old.outcome)
    return book.change(f"{title_of(book, old)}: let go", put(old, touched(book, new)))


@alone
def reopen(book: Book, uid: str) -> Change:
    """Take a goal up again: its end, outcome and chain are no more, and a new end will be new news to everybody."""
    old = book.one(Goal, uid)
    if old.state is GoalState.OPEN:
        raise BadInput(f"The {title_of(book, old)} is open already.")
    new = replace(old, state=GoalState.OPEN, ended_on=None, outcome="", chain=(), told=())
    return book.change(f"{title_of(book, old)}: open again", put(old, touched(book, new)))


@alone
def tell(book: Book, goal_uid: str, contact: str, on: Date | None = None) -> Change:
    """Note that somebody of a goal's chain heard that it was reached, and so what came of each help that led there.

    Introductions that they made on the way are told of by that too.
    """
    ops = tell_ops(book, goal_uid, contact, on)
    return book.change(f"{names_of(book, (contact,))} told of {title_of(book, book.one(Goal, goal_uid))}", *ops)


def tell_ops(book: Book, goal_uid: str, contact: str, on: Date | None = None) -> list[Op]:
    """Return what `tell` stores, for a change that holds more."""
    day = noted_on(book, on)
    old = book.one(Goal, goal_uid)
    if contact not in untold(old):
        known = "has heard of it already" if contact in old.told else "is not in the chain of those who led there"
        raise BadInput(f"{names_of(book, (contact,))} {known}.")
    new = touched(book, replace(old, told=(*old.told, contact)))
    asks = {ask.uid for ask in asks_of(book, goal_uid)}
    made = _made_by(book, contact, old, asks)
    through = {each.uid for each in made}
    helps = (each for each in book.exchanges_with(contact) if each.ask in asks or each.introduction in through)
    return [put(old, new), *outcome_told(book, helps, day), *_introductions_told(book, made, day)]


@alone
def set_me(book: Book, me: Me) -> Me:
    """Store what the user says of themselves."""
    old = book.get("me", ME)
    said = replace(
        me,
        uid=ME,
        name=clean_line(me.name),
        organisation=clean_line(me.organisation),
        can_offer=tuple(filter(None, map(clean_line, me.can_offer))),
        looking_for=tuple(filter(None, map(clean_line, me.looking_for))),
    )
    new = stamped(book, said) if old is None else touched(book, replace(said, created=old.created))
    book.change(title_of(book, new), put(old, new))
    return new


# Reading


def asks_of(book: Book, goal_uid: str) -> list[Ask]:
    """Return the asks that serve a goal, the first one first."""
    serving = [ask for ask in book.all(Ask) if ask.goal == goal_uid]
    return sorted(serving, key=lambda ask: (ask.steps[0].date if ask.steps else ask.created.date(), ask.created))


def untold(goal: Goal) -> list[str]:
    """Return the uids of those in the chain who have not heard yet how it went."""
    return [uid for uid in goal.chain if uid not in goal.told]


def chain(book: Book, goal: Goal) -> tuple[str, ...]:
    """Return the uids of the contacts whose help led towards a goal, each once, the oldest help first.

    Those are who said yes to an ask that serves it; before each of them who introduced them to the user, and who
    introduced those. Whoever said yes and was silent since, or is no longer in the book, is not among them.
    """
    found: dict[str, tuple[Date, int]] = {}
    for ask in _said_yes(book, goal):
        for uid, when in _upward(book, ask.contact, _helped_on(ask)).items():
            found[uid] = min(when, found.get(uid, when))
    return tuple(sorted(found, key=lambda uid: found[uid]))


def _said_yes(book: Book, goal: Goal) -> Iterator[Ask]:
    for ask in asks_of(book, goal.uid):
        if ask.direction is AskDirection.OUTGOING and asking.state_of(ask, book.today, book.rules.patience) in _YES:
            yield ask


def _helped_on(ask: Ask) -> Date:
    """Return when an ask was helped, or agreed to where no help has come yet."""
    return next((step.date for step in ask.steps if step.state in _HELP), ask.steps[-1].date)


def _upward(book: Book, contact: str, on: Date) -> dict[str, tuple[Date, int]]:
    """Return a contact who helped on a day and each who led to them: an introduction's broker, or `introduced_by`.

    Each comes with the day of what they did (of the one they led to, where that is not known) and what puts who led
    before whom they led to.
    """
    found: dict[str, tuple[Date, int]] = {}
    waiting = [(contact, on, 0)]
    for uid, day, place in waiting:
        person = book.get("contacts", uid)
        if not isinstance(person, Contact) or uid in found:
            continue
        found[uid] = (day, place)
        led = {each.broker: made_on(each) or day for each in _made_to_me(book, uid) if each.broker is not None}
        if person.introduced_by is not None:
            led.setdefault(person.introduced_by, day)
        waiting.extend((broker, min(made, day), place - 1) for broker, made in led.items())
    return found


def _made_to_me(book: Book, contact: str) -> list[Introduction]:
    """Return the introductions that brought the user and a contact together, newest first."""
    return [each for each in between(book, None, contact) if each.broker is not None and made_on(each) is not None]


def _made_by(book: Book, broker: str, goal: Goal, asks: set[str]) -> list[Introduction]:
    """Return the introductions by which one of a goal's chain led the user on: to others in it, or as asked for it."""
    return [
        each
        for each in book.with_contact(Introduction, broker)
        if (each.broker, each.first) == (broker, None) and made_on(each) is not None
        if each.ask in asks or each.second in goal.chain
    ]


def _introductions_told(book: Book, made: list[Introduction], on: Date) -> list[Op]:
    """Return the ops which note of introductions that who made them heard on a day what came of them."""
    return [
        put(each, touched(book, moved(each, IntroductionState.TOLD, on)))
        for each in made
        if IntroductionState.TOLD in TABLE[state_of(each)] and each.steps[-1].date <= on
    ]
