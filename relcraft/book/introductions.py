"""Introductions in both directions: begun, agreed by each side, made, and told of afterwards.

What was made is one act of help, however many records tell of it: an ask, an introduction, a line that says `<intro`.
A verb goes by what all programs stored, while none can store more: what one of them made is not made again in another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from relcraft.book.alone import alone
from relcraft.book.checking import check
from relcraft.book.making import Made
from relcraft.book.naming import names_told, title_of
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain import asking, introducing
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.errors import BadInput
from relcraft.domain.introducing import DONE, is_open, moved, next_step_told, state_of
from relcraft.domain.records import Ask, Contact, Date, Exchange, Introduction
from relcraft.domain.steps import first_name
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, AskState, Direction, IntroductionState


def noted_on(book: Book, on: Date | None) -> Date:
    """Return the day that something is noted on, None meaning today. Raises `BadInput` for a day ahead."""
    if on is not None and on > book.today:
        raise BadInput(f"{tell_day_fully(on)} is ahead: what has happened is noted, today or on a day before.")
    return book.today if on is None else on


# Beginning


@alone
def begin(
    book: Book,
    introduction: Introduction,
    *,
    state: IntroductionState = IntroductionState.IDEA,
    on: Date | None = None,
) -> Introduction:
    """Begin an introduction: by the user (`broker` None, `first` and `second` meet) or to them (`first` None).

    It may be noted as far along as "made". One that is under way already is not begun again: `BadInput`.
    """
    check(book, introduction)
    return _begin(book, introduction, book.contact(introduction.second), state, noted_on(book, on))


@alone
def begin_with_new(
    book: Book,
    introduction: Introduction,
    name: str,
    *,
    organisation: str = "",
    state: IntroductionState = IntroductionState.IDEA,
    on: Date | None = None,
) -> Introduction:
    """Begin an introduction whose `second` ("" as given) is not in the book yet: that contact is added with it."""
    person = stamped(book, Contact(uid="", name=clean_line(name), organisation=clean_line(organisation)))
    check(book, person)
    known = [book.contact(uid) for uid in (introduction.broker, introduction.first) if uid is not None]
    if len(known) != 1:
        raise BadInput("An introduction is between three: who introduces, and the two who meet.")
    return _begin(book, replace(introduction, second=person.uid), person, state, noted_on(book, on))


def _begin(book: Book, introduction: Introduction, second: Contact, state: IntroductionState, on: Date) -> Introduction:
    if introduction.broker is not None and introduction.first is not None:
        raise BadInput("An introduction is by you, of two others, or by one of them, to you.")
    _refuse_second(book, introduction)
    new = stamped(book, replace(introduction, steps=introducing.begun(state, on)))
    new = _with_ask(book, new)
    ops = Made(book=book, introduction=new, second=second, on=on).ops() if state is IntroductionState.MADE else []
    if book.get("contacts", second.uid) is None and not any(op.uid == second.uid for op in ops):
        ops.append(put(None, second))
    people = [second] if new.first is None else [book.contact(new.first), second]
    book.change(f"introduction of {names_told(people)}", put(None, new), *ops)
    return new


def between(book: Book, first: str | None, second: str) -> list[Introduction]:
    """Return the introductions that bring these two together, whoever makes them; `first` None: the user."""
    pair = {first, second}
    return [each for each in book.with_contact(Introduction, second) if {each.first, each.second} == pair]


def _same(book: Book, introduction: Introduction) -> Iterator[Introduction]:
    """Yield the other introductions of the same two by the same broker."""
    for each in between(book, introduction.first, introduction.second):
        if each.broker == introduction.broker and each.uid != introduction.uid:
            yield each


def _refuse_second(book: Book, introduction: Introduction) -> None:
    """Raise `BadInput` where the same introduction is under way or was made: it would be told twice."""
    for other in _same(book, introduction):
        state = state_of(other)
        if state is not IntroductionState.RESTED:
            raise BadInput(f"The {title_of(book, other)} is in the book already ({state}): go on with that one.")


def _with_ask(book: Book, introduction: Introduction) -> Introduction:
    """Return an introduction to the user with the ask that led to it, where one for just that is out or was helped."""
    if introduction.ask is not None or introduction.broker is None:
        return introduction
    led = (
        ask
        for ask in book.with_contact(Ask, introduction.broker)
        if (ask.direction, ask.target) == (AskDirection.OUTGOING, introduction.second)
        and not any(each.ask == ask.uid for each in book.with_contact(Introduction, introduction.second))
        and asking.state_of(ask, book.today, book.rules.patience) is not AskState.DRAFT
    )
    return replace(introduction, ask=next((ask.uid for ask in led), None))


# Going on


@alone
def move(book: Book, uid: str, state: IntroductionState, *, on: Date | None = None) -> Change:
    """Take an introduction one step further. Raises `BadInput` where its table has no such step.

    "made" writes, in the same change, one exchange given to each of the two and their tie; or, of one to the user, one
    exchange received from the broker, their tie with the new contact, whom they introduced, and the ask as helped.
    """
    title = title_of(book, book.one(Introduction, uid))
    return book.change(f"{title}: {state}", *move_ops(book, uid, state, on=on))


def move_ops(book: Book, uid: str, state: IntroductionState, *, on: Date | None = None) -> list[Op]:
    """Return what `move` stores, for a change that holds more."""
    day = noted_on(book, on)
    old = book.one(Introduction, uid)
    new = touched(book, moved(old, state, day))
    if state_of(old) is IntroductionState.RESTED:
        _refuse_second(book, old)
    made = Made(book=book, introduction=new, second=book.contact(new.second), on=day)
    return [put(old, new), *(made.ops() if state is IntroductionState.MADE else [])]


@alone
def outcome(book: Book, uid: str, text: str, on: Date | None = None) -> Change:
    """Note how an introduction went, and that it was told: to the broker, or by the two who met."""
    title = title_of(book, book.one(Introduction, uid))
    return book.change(f"{title}: {IntroductionState.TOLD}", *outcome_ops(book, uid, text, on))


def outcome_ops(book: Book, uid: str, text: str, on: Date | None = None) -> list[Op]:
    """Return what `outcome` stores, for a change that holds more."""
    day = noted_on(book, on)
    old = book.one(Introduction, uid)
    told = old if state_of(old) is IntroductionState.TOLD else moved(old, IntroductionState.TOLD, day)
    new = touched(book, replace(told, outcome=text.strip()))
    heard = [] if new.broker is None else book.exchanges_with(new.broker)
    return [put(old, new), *outcome_told(book, (each for each in heard if each.introduction == uid), day)]


def outcome_told(book: Book, exchanges: Iterable[Exchange], on: Date) -> list[Op]:
    """Return the ops which note that who gave this help heard on a day what came of it; who knew it, knew it before."""
    return [
        put(each, touched(book, replace(each, outcome_told_on=on)))
        for each in exchanges
        if each.direction is Direction.RECEIVED and each.outcome_told_on is None and each.date <= on
    ]


# Through an ask


def made_through(
    book: Book, ask: Ask, on: Date, *, interaction: str | None = None, second: Contact | None = None
) -> list[Op]:
    """Return what is stored beside `ask` when the introduction that it asked for, to its `target`, was made on a day.

    That is the introduction as made (one under way goes on, else it is noted), the one exchange, linked to both and to
    the `interaction` (one that was noted since the ask is linked, not written again), the tie, and who introduced the
    new contact. The ask itself is the caller's to move. Raises `BadInput` where it has no target. `second` is that
    contact, where it is not in the book yet: it is added.
    """
    made, ops = _made_through(book, ask, on, interaction, second)
    return [*ops, *made.ops()]


def made_with(book: Book, ask: Ask, exchange: Exchange, on: Date) -> tuple[Exchange, list[Op]]:
    """Return the same for an exchange that the caller stores: it, with its links, and the other ops."""
    made, ops = _made_through(book, ask, on, exchange.interaction)
    return made.linked(exchange), [*ops, *made.ops_beside()]


def _made_through(
    book: Book, ask: Ask, on: Date, interaction: str | None, second: Contact | None = None
) -> tuple[Made, list[Op]]:
    """Return the introduction that `ask` asked for, as made, and the op that stores it where it changes."""
    if ask.target is None:
        raise BadInput("That ask names nobody to be introduced to.")
    wanted = Introduction(uid="", broker=ask.contact, second=ask.target, text=ask.what, ask=ask.uid)
    old = min(
        (each for each in _same(book, wanted) if _answers(each, ask)),
        key=lambda each: (_NEARNESS[state_of(each)], each.ask is None),
        default=None,
    )
    if old is None:
        new = stamped(book, replace(wanted, steps=introducing.begun(IntroductionState.MADE, on)))
    else:
        new = introducing.brought_together(replace(old, ask=ask.uid), on)
    second = book.contact(ask.target) if second is None else second
    made = Made(book=book, introduction=new, second=second, on=on, asked=ask, interaction=interaction)
    return made, [] if new == old else [put(old, touched(book, new))]


def _answers(introduction: Introduction, ask: Ask) -> bool:
    """Whether an introduction of the same people is the one that was asked for, and not an earlier one."""
    if introduction.ask is not None:
        return introduction.ask == ask.uid
    made, asked = introducing.made_on(introduction), asking.asked_on(ask)
    return made is None or asked is None or made >= asked


_NEARNESS = {
    state: 2 if state is IntroductionState.RESTED else 1 if state in DONE else 0 for state in IntroductionState
}
"""Which of several introductions goes on: one under way, else one that was made, else one that rests."""


# Reading


def open_introductions(book: Book) -> list[Introduction]:
    """Return the introductions that neither rest nor were told the outcome of, the one that waits longest first."""
    waiting = [each for each in book.all(Introduction) if is_open(each)]
    return sorted(waiting, key=lambda each: (each.steps[-1].date if each.steps else each.created.date(), each.uid))


def next_step(book: Book, introduction: Introduction) -> str:
    """Return whose turn it is with an introduction, in one sentence; empty once the outcome was told."""
    broker, first, second = (
        first_name(found) if isinstance(found := book.get("contacts", uid or ""), Contact) else ""
        for uid in (introduction.broker, introduction.first, introduction.second)
    )
    return next_step_told(introduction, broker=broker, first=first, second=second)
