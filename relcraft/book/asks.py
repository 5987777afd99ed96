"""The verbs of asks: each makes one change, in which what goes with a step (help, thanks, a log) comes as well.

A day that is not given is today, and none lies ahead. Each raises `BadInput` where the table of the ask has no such
step, and `NotFound` where the ask is no longer in the book. A step is taken on what all programs stored, while none of
them can store more: what was helped in one of them is not helped again in another.
"""

from dataclasses import replace

from relcraft.book import ask_help
from relcraft.book.alone import alone
from relcraft.book.checking import check
from relcraft.book.naming import names_of, title_of
from relcraft.book.open import Book
from relcraft.book.verbs import edit, stamped, touched
from relcraft.domain import asking
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, Contact, Date, Exchange, FollowUp, Interaction
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, AskState, ExchangeKind, Initiator, InteractionKind

_CLOSABLE = frozenset({AskState.ASKED, AskState.AGREED, AskState.RESTED})
exchange_of = ask_help.exchange_of


# Beginning


@alone
def save_draft(book: Book, ask: Ask) -> Ask:
    """Keep a draft: a new one where `ask.uid` is empty; else what it says is replaced, and its steps stay.

    Where it says nothing new, nothing changes.
    """
    check(book, ask)
    if not ask.uid:
        return _begin(book, ask, book.today, AskState.DRAFT)
    old = book.one(Ask, ask.uid)
    said = _with_life_of(old, ask)
    _refuse_other(book, old, said)
    if said == old:
        return old
    new = touched(book, said)
    book.change(f"{'draft' if _is_draft(old) else 'edit'} of {title_of(book, new)}", put(old, new))
    return new


@alone
def send(book: Book, ask: Ask, on: Date | None = None) -> Ask:
    """Note that a new ask, a draft, or one that was closed, was made (again), with what it says now."""
    check(book, ask)
    day = _past(book, on)
    if not ask.uid:
        return _begin(book, ask, day, AskState.ASKED)
    old = book.one(Ask, ask.uid)
    if ask.contact != old.contact and not _is_draft(old):
        raise BadInput(f"That one went to {names_of(book, (old.contact,))}: an ask to somebody else is another ask.")
    said = asking.settled(_with_life_of(old, ask), day, book.rules.patience)
    new = touched(book, asking.moved(said, AskState.ASKED, day))
    book.change(title_of(book, new), put(old, new))
    return new


@alone
def add_asked(book: Book, ask: Ask, on: Date | None = None) -> Ask:
    """Add an ask that was made on a day; `ask.uid` is empty."""
    check(book, ask)
    return _begin(book, ask, _past(book, on), AskState.ASKED)


@alone
def add_incoming(book: Book, ask: Ask, on: Date | None = None) -> Ask:
    """Add an ask that came to the user on a day; `ask.uid` is empty. It promises nothing."""
    check(book, ask)
    return _begin(book, ask, _past(book, on), AskState.RECEIVED)


def asked_ops(book: Book, ask: Ask, on: Date, state: AskState) -> tuple[Ask, list[Op]]:
    """Return a new ask that begins so, and the op that stores it, for a change that holds more; nothing is stored.

    A draft is of today at the latest. Who is asked may be a new contact of the same change.
    """
    day = min(on, book.today) if state is AskState.DRAFT else _past(book, on)
    new = stamped(book, replace(ask, uid="", steps=asking.begun(ask.direction, state, day), nudges=()))
    return new, [put(None, new)]


def _begin(book: Book, ask: Ask, on: Date, state: AskState) -> Ask:
    new, ops = asked_ops(book, ask, on, state)
    book.change(f"draft of {title_of(book, new)}" if state is AskState.DRAFT else title_of(book, new), *ops)
    return new


@alone
def edit_ask(book: Book, old: Ask, new: Ask) -> Change:
    """Put `new` in the place of `old`, as the user saw it. Where it stands is for the steps, not for an edit."""
    if (old.direction, old.steps, old.nudges) != (new.direction, new.steps, new.nudges):
        raise BadInput("Where an ask stands changes by its steps, not by an edit.")
    _refuse_other(book, old, new)
    return edit(book, old, new)


def _refuse_other(book: Book, old: Ask, new: Ask) -> None:
    """Raise `BadInput` where help would be somebody else's than who gave or got it."""
    if new.contact != old.contact and asking.said_yes(old):
        raise BadInput(
            f"The help of {names_of(book, (old.contact,))} is in the book already: take that step back first."
        )


def _with_life_of(old: Ask, said: Ask) -> Ask:
    """Return what is said now with the steps that are stored."""
    if said.direction is not old.direction:
        raise BadInput("An ask stays outgoing or incoming as it began.")
    return replace(said, steps=old.steps, nudges=old.nudges, created=old.created, updated=old.updated)


def _is_draft(ask: Ask) -> bool:
    return asking.asked_on(ask) is None


def _past(book: Book, on: Date | None) -> Date:
    """Return the day of a step. Raises `BadInput` where it lies ahead."""
    if on is not None and on > book.today:
        raise BadInput(f"{tell_day_fully(on)} is ahead: today or a day before was expected.")
    return book.today if on is None else on


# Going on


@alone
def move(
    book: Book,
    uid: str,
    state: AskState,
    *,
    on: Date | None = None,
    until: Date | None = None,
    log: InteractionKind | None = None,
    promise: Date | None = None,
    text: str = "",
    to: Contact | None = None,
) -> Change:
    """Bring an ask one step further, as `move_ops` says, in one change."""
    ask = book.one(Ask, uid)
    ops = move_ops(book, uid, state, on=on, until=until, log=log, promise=promise, text=text, to=to)
    later = f", for {tell_day_fully(until)}" if until is not None else ""
    return book.change(f"{title_of(book, ask)}: {state}{later}", *ops)


def move_ops(
    book: Book,
    uid: str,
    state: AskState,
    *,
    on: Date | None = None,
    until: Date | None = None,
    log: InteractionKind | None = None,
    promise: Date | None = None,
    text: str = "",
    to: Contact | None = None,
) -> list[Op]:
    """Return what bringing an ask one step further stores.

    `until`: the day that was named for later. `log`: the step was an interaction of this kind; `text` is what it was
    about. `promise`: the day for which the user promises what they agreed to; `text` is what. Help writes one
    exchange, or links the one that is there; of an introduction to somebody, the introduction comes with it. `to`: whom
    it led to, where the ask does not name them yet; a contact with the uid "" is added with it.
    """
    day = _past(book, on)
    old = book.one(Ask, uid)
    second = None if to is None else book.contact(to.uid) if to.uid else stamped(book, to)
    said = old if second is None else _leading_to(book, old, state, second)
    new = asking.moved(asking.settled(said, day, book.rules.patience), state, day, until)
    ops = [put(old, touched(book, new))]
    interaction = None
    if log is not None:
        mine = state is AskState.THANKED or (state is AskState.ASKED and until is None)
        interaction = _logged(book, new, log, Initiator.ME if mine else Initiator.THEM, text)
        ops.append(put(None, interaction))
    link = interaction.uid if interaction is not None else None
    if state is AskState.HELPED:
        ops.extend(ask_help.help_ops(book, new, link, second))
    elif state is AskState.THANKED:
        ops.extend(ask_help.thanks_ops(book, new))
    if promise is not None:
        ops.append(put(None, _promise(book, new, promise, text, link)))
    return ops


def _leading_to(book: Book, ask: Ask, state: AskState, second: Contact) -> Ask:
    """Return an ask for an introduction with whom that was to."""
    if (ask.direction, ask.kind, state) != (AskDirection.OUTGOING, ExchangeKind.INTRODUCTION, AskState.HELPED):
        raise BadInput("Somebody new comes with your own ask for an introduction, when that is helped.")
    if ask.target not in (None, second.uid):
        raise BadInput(f"It asks for an introduction to {names_of(book, (ask.target or '',))} already.")
    if second.uid == ask.contact:
        raise BadInput(f"An introduction to {second.name} comes from somebody else.")
    check(book, second)
    return replace(ask, target=second.uid)


@alone
def nudge(book: Book, uid: str, *, on: Date | None = None, log: InteractionKind | None = None) -> Change:
    """Note that the user asked once more. One nudge is open for each asking."""
    return book.change(f"{title_of(book, book.one(Ask, uid))}: nudged", *nudge_ops(book, uid, on=on, log=log))


def nudge_ops(book: Book, uid: str, *, on: Date | None = None, log: InteractionKind | None = None) -> list[Op]:
    """Return what a nudge stores; `log`: as an interaction of this kind, too."""
    day = _past(book, on)
    old = book.one(Ask, uid)
    new = asking.nudged(asking.settled(old, day, book.rules.patience), day)
    ops = [put(old, touched(book, new))]
    if log is not None:
        said = Interaction(uid="", date=day, kind=log, contacts=(new.contact,), initiator=Initiator.ME)
        ops.append(put(None, stamped(book, said)))
    return ops


def _logged(book: Book, ask: Ask, kind: InteractionKind, initiator: Initiator, text: str) -> Interaction:
    on = ask.steps[-1].date
    said = Interaction(uid="", date=on, kind=kind, contacts=(ask.contact,), initiator=initiator, summary=text)
    return stamped(book, said)


def _promise(book: Book, ask: Ask, on: Date, text: str, interaction: str | None) -> FollowUp:
    step = ask.steps[-1]
    if ask.direction is not AskDirection.INCOMING or step.state is not AskState.AGREED:
        raise BadInput("A promise goes with a yes to somebody's ask.")
    if on < step.date:
        raise BadInput(f"{tell_day_fully(on)} is before the yes itself, on {tell_day_fully(step.date)}.")
    what = clean_line(text) or clean_line(ask.what) or f"{ask.kind} for {names_of(book, (ask.contact,))}"
    return stamped(book, FollowUp(uid="", date=on, contact=ask.contact, text=what, interaction=interaction))


# Taking back


@alone
def take_back(book: Book, uid: str) -> Change:
    """Take the last step of an ask away, and the exchange that it wrote where nothing was added to that.

    Any other exchange stays, unlinked; so do what was logged or promised with the step, and a made introduction. Rest
    that follows from the dates alone is no step. Raises `BadInput` on the first step.
    """
    stored = book.one(Ask, uid)
    old = _without_derived_rest(book, stored)
    new = asking.stepped_back(old)
    taken = old.steps[-1].state
    ops = [put(stored, touched(book, new)), *ask_help.taken_back_ops(book, old)]
    return book.change(f"{title_of(book, stored)}: no longer {taken}", *ops)


def _without_derived_rest(book: Book, ask: Ask) -> Ask:
    """Return the ask without a last step that its dates would say again."""
    if len(ask.steps) < 2 or ask.steps[-1].state is not AskState.RESTED:
        return ask
    before = asking.stepped_back(ask)
    return before if asking.settled(before, book.today, book.rules.patience).steps == ask.steps else ask


# Closing from a line


def closable(book: Book, contact: str, kind: ExchangeKind, on: Date | None = None) -> Ask | None:
    """Return the first of `closable_all`, or None."""
    return next(iter(closable_all(book, contact, kind, on)), None)


def closable_all(book: Book, contact: str, kind: ExchangeKind, on: Date | None = None) -> list[Ask]:
    """Return the user's asks that help of this kind from this contact, on a day (None: today), would close.

    Those that wait for an answer go before those that rest; of each, the newest first.
    """
    day = book.today if on is None else on
    asks = [ask for ask in book.with_contact(Ask, contact) if _closes(book, ask, kind, day)]
    return sorted(asks, key=lambda ask: state(book, ask) is AskState.RESTED)


def _closes(book: Book, ask: Ask, kind: ExchangeKind, on: Date) -> bool:
    outgoing = ask.direction is AskDirection.OUTGOING and ask.kind is kind
    if not outgoing or state(book, ask) not in _CLOSABLE or on > book.today:
        return False
    return max((ask.steps[-1].date, *ask.nudges[-1:])) <= on


def close_ops(book: Book, ask: Ask, exchange: Exchange, on: Date) -> tuple[Exchange, list[Op]]:
    """Return `exchange` as it is to be stored, linked to the ask that it answers, and the ops that close that ask.

    The op that stores the exchange is the caller's. Nothing is stored here.
    """
    day = _past(book, on)
    new = asking.moved(asking.settled(ask, day, book.rules.patience), AskState.HELPED, day)
    linked, ops = ask_help.linked(book, new, exchange)
    return linked, [put(ask, touched(book, new)), *ops]


# Reading


def state(book: Book, ask: Ask) -> AskState:
    """Return where an ask stands today."""
    return asking.state_of(ask, book.today, book.rules.patience)


def open_asks(book: Book, contact: str | None = None) -> list[Ask]:
    """Return the asks, both ways, that wait for an answer or for the help itself: newest first for one contact."""
    asks = book.all(Ask) if contact is None else book.with_contact(Ask, contact)
    return [ask for ask in asks if asking.is_open(ask, book.today, book.rules.patience)]
