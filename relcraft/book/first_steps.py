"""Moves towards an ask: a draft to send, and somebody to begin with for a goal."""

from collections.abc import Iterable, Iterator

from relcraft.book.holding import after, goal_day, is_dropped, is_held
from relcraft.book.occasions import person
from relcraft.book.open import Book
from relcraft.book.room import room
from relcraft.book.supporters import who_could_help
from relcraft.domain.asking import settled
from relcraft.domain.dates import tell_when
from relcraft.domain.fitting import cut
from relcraft.domain.moves import Act, Choice, Move, MoveKind
from relcraft.domain.records import Ask, Contact, Goal
from relcraft.domain.room import RoomKind
from relcraft.domain.steps import a_kind, first_name
from relcraft.domain.telling import tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, AskState, GoalState

_OUT = frozenset({AskState.ASKED, AskState.AGREED})
_NOT_NOW = frozenset({RoomKind.PEACE, RoomKind.WAIT})
_MOST_COLUMNS = 40
_NO_DATE = float("inf")


def drafts(book: Book, asks: Iterable[Ask]) -> Iterator[Move]:
    """Yield a move for each draft, those that miss nothing first; none where the room says peace or wait."""
    for ask in asks:
        contact = person(book, ask.contact)
        is_draft = bool(ask.steps) and ask.steps[-1].state is AskState.DRAFT
        if contact is None or not is_draft or room(book, ask.contact).kind in _NOT_NOW:
            continue
        missing = missing_told(ask, contact)
        begun = tell_when(ask.steps[-1].date, book.today)
        what = cut(clean_line(ask.what), _MOST_COLUMNS)
        yield Move(
            kind=MoveKind.DRAFT,
            key=_draft_key(ask),
            title=f"Ask {contact.name}: {what}" if what else f"Ask {contact.name} for {a_kind(ask.kind)}",
            reason=f"drafted {begun} · {missing or 'it only needs sending'}",
            contact=ask.contact,
            record=ask.uid,
            rank=(1.0 if missing else 0.0, ask.steps[-1].date.toordinal()),
            choices=(Choice(Act.ASKED, "I asked"), Choice(Act.DRAFT, "go on with the draft")),
        )


def missing_told(ask: Ask, contact: Contact) -> str:
    """Return which of the lines that help most a draft does not have yet; empty where it has all of them."""
    name = first_name(contact)
    lines = (
        (ask.what, "what you ask for"),
        (ask.why_them, f"why {name}"),
        (ask.in_it_for_them, f"what is in it for {name}"),
        (ask.easy_way_out, "an easy way out"),
    )
    missing = [line for text, line in lines if not text.strip()]
    return f"still open: {tell_list(missing, len(missing))}" if missing else ""


def beginnings(book: Book, asks: Iterable[Ask]) -> Iterator[Move]:
    """Yield a move for each open goal that no draft or ask of the user's serves now: whom to begin with, and why."""
    served = {ask.goal for ask in asks if _is_out(book, ask)}
    for goal in book.all(Goal):
        if goal.state is GoalState.OPEN and goal.uid not in served and not is_held(book, goal_day(goal.uid)):
            yield _beginning(book, goal)


def _is_out(book: Book, ask: Ask) -> bool:
    """Tell whether an ask of the user's goes on by itself, or as a draft that Today may still suggest to send."""
    steps = settled(ask, book.today, book.rules.patience).steps
    if ask.direction is AskDirection.INCOMING or not steps:
        return False
    if steps[-1].state is AskState.DRAFT:
        contact = person(book, ask.contact)
        return contact is not None and not contact.do_not_disturb and not is_dropped(book, _draft_key(ask))
    return steps[-1].state in _OUT


def _draft_key(ask: Ask) -> str:
    return f"draft:{ask.uid}"


def _beginning(book: Book, goal: Goal) -> Move:
    """Return the move of a goal: the first one who could help, of whom nothing was dropped; or the goal alone."""
    words = cut(clean_line(goal.words) or str(goal.kind), _MOST_COLUMNS)
    spends = ((goal_day(goal.uid), after(book.today, 1)),)
    rank = (_NO_DATE if goal.target_date is None else goal.target_date.toordinal(),)
    for each in who_could_help(book, goal):
        key = f"goal:{goal.uid}:{each.contact}"
        helper = person(book, each.contact)
        if helper is None or is_held(book, key) or each.room.kind in _NOT_NOW:
            continue
        because = " · ".join(each.reasons[:2])
        return Move(
            kind=MoveKind.GOAL,
            key=key,
            title=f'Begin "{words}" with {helper.name}',
            reason=f"no ask is out for it · {because}" if because else "no ask is out for it",
            contact=helper.uid,
            record=goal.uid,
            rank=rank,
            choices=(Choice(Act.DRAFT, f"draft an ask to {helper.name}"),),
            spends=spends,
        )
    return Move(
        kind=MoveKind.GOAL,
        key=f"goal:{goal.uid}",
        title=f'Find somebody for "{words}"',
        reason="no ask is out for it · who knows somebody, or something, about it?",
        contact=None,
        record=goal.uid,
        rank=rank,
        choices=(Choice(Act.DRAFT, "draft an ask"),),
        spends=spends,
    )
