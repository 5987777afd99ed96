"""What is told of goals: their order, what each person behind one did, what is worth knowing, the ask to begin with."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from relcraft.book.goals import asks_of
from relcraft.book.open import Book
from relcraft.book.port import Text
from relcraft.domain import asking
from relcraft.domain.dates import tell_day, tell_day_fully
from relcraft.domain.evidence import Finding, about_goal
from relcraft.domain.introducing import made_on
from relcraft.domain.matching import stems
from relcraft.domain.records import Ask, Contact, Date, Goal, Introduction
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, AskState, Circle, ExchangeKind, GoalKind, GoalState

_ORDER = (GoalState.OPEN, GoalState.REACHED, GoalState.LET_GO)
_YES = frozenset({AskState.AGREED, AskState.HELPED, AskState.THANKED})
_CLOSE = frozenset({Circle.INNER, Circle.CLOSE})
_JOB = frozenset({GoalKind.HIRED, GoalKind.SWITCH})


def goals_in_order(book: Book) -> list[Goal]:
    """Return all goals: open ones by their target date, then those reached, then those let go, the latest first."""
    return sorted(book.all(Goal), key=lambda goal: (_ORDER.index(goal.state), *_when(goal), goal.created, goal.uid))


def _when(goal: Goal) -> tuple[int]:
    if goal.state is GoalState.OPEN:
        return ((goal.target_date or Date.max).toordinal(),)
    return (-(goal.ended_on or Date.min).toordinal(),)


def asks_counted(book: Book) -> Mapping[str, int]:
    """Return how many asks serve each goal, by its uid; it reads no ask."""
    return Counter(goal for _uid, (goal,) in book.columns(Ask, goal=Text) if goal is not None)


def goal_words(goal: Goal) -> str:
    """Return a goal in the user's words, else its kind."""
    return clean_line(goal.words) or str(goal.kind)


def stands(goal: Goal, today: Date, *, fully: bool = False) -> str:
    """Return where a goal stands: "by 1 Mar", "reached yesterday", "let go"; empty for an open one without a day.

    `fully`: with nothing left to guess, "by Mon 1 Mar 2027".
    """
    on = goal.target_date if goal.state is GoalState.OPEN else goal.ended_on
    said = "by" if goal.state is GoalState.OPEN else f"{goal.state} on" if fully else str(goal.state)
    if on is None:
        return "" if goal.state is GoalState.OPEN else str(goal.state)
    return f"{said} {tell_day_fully(on) if fully else tell_day(on, today)}"


def part_in(book: Book, goal: Goal, contact: str) -> str:
    """Return what somebody of a goal's chain did: "introduced you to Lee Chan", "referral: the data team at Acme"."""
    led_to = list(_led_to(book, goal, contact))
    helped = (
        f"{ask.kind}: {clean_line(ask.what)}" if clean_line(ask.what) else str(ask.kind)
        for ask in _said_yes(book, goal)
        if ask.contact == contact and ask.target not in led_to
    )
    met = (f"introduced you to {_name(book, uid)}" for uid in led_to)
    return " · ".join(dict.fromkeys((*met, *helped)))


def _led_to(book: Book, goal: Goal, broker: str) -> Iterator[str]:
    """Yield the others of the chain whom one of them introduced to the user."""
    made = {
        each.second
        for each in book.with_contact(Introduction, broker)
        if (each.broker, each.first) == (broker, None) and made_on(each) is not None
    }
    for uid in goal.chain:
        other = book.get("contacts", uid)
        if isinstance(other, Contact) and (uid in made or other.introduced_by == broker):
            yield uid


def _said_yes(book: Book, goal: Goal) -> Iterable[Ask]:
    asks = (ask for ask in asks_of(book, goal.uid) if ask.direction is AskDirection.OUTGOING)
    return (ask for ask in asks if asking.state_of(ask, book.today, book.rules.patience) in _YES)


def _name(book: Book, uid: str) -> str:
    other = book.get("contacts", uid)
    return clean_line(other.name) if isinstance(other, Contact) else "somebody"


def worth_knowing(book: Book, goal: Goal) -> Finding | None:
    """Return what a study found that fits an open goal, as it stands with whom was asked so far; None where none does.

    On the way to a job weak ties are worth a word where nobody but close contacts was asked.
    """
    if goal.state is not GoalState.OPEN:
        return None
    asked = {
        ask.contact
        for ask in asks_of(book, goal.uid)
        if ask.direction is AskDirection.OUTGOING and asking.asked_on(ask) is not None
    }
    people = (book.get("contacts", uid) for uid in asked)
    only_close = bool(asked) and all(isinstance(each, Contact) and each.circle in _CLOSE for each in people)
    return about_goal(goal.kind, only_close_asked=only_close)


def first_ask(book: Book, goal: Goal, contact: str = "") -> Ask:
    """Return the ask of a contact (empty: of nobody yet) to begin with for a goal, not stored yet. Raises `NotFound`.

    A referral, where the goal is a job and its words name where the contact works; else advice, which is easy to give.
    """
    works_at = stems(book.contact(contact).organisation) if contact else frozenset()
    named = bool(works_at) and works_at <= stems(goal.words)
    kind = ExchangeKind.REFERRAL if named and goal.kind in _JOB else ExchangeKind.ADVICE
    return Ask(uid="", direction=AskDirection.OUTGOING, contact=contact, kind=kind, goal=goal.uid)
