"""The one exchange in which an ask is helped, however it was told: written, found, linked, thanked, taken back."""

from collections.abc import Iterator
from dataclasses import replace

from relcraft.book.checking import check
from relcraft.book.introductions import made_through, made_with
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain.asking import asking_since
from relcraft.domain.changes import Op, drop, put
from relcraft.domain.records import Ask, Contact, Date, Exchange
from relcraft.domain.words import AskDirection, AskState, Direction, ExchangeKind

_HELP = {AskDirection.OUTGOING: Direction.RECEIVED, AskDirection.INCOMING: Direction.GIVEN}


def exchange_of(book: Book, ask: Ask) -> Exchange | None:
    """Return the one exchange in which an ask was helped, or None."""
    return next((one for one in book.exchanges_with(ask.contact) if one.ask == ask.uid), None)


def help_ops(book: Book, ask: Ask, interaction: str | None, second: Contact | None = None) -> list[Op]:
    """Return the ops that record the help of an ask whose last step is that it was helped.

    An exchange that hangs on nothing yet hangs on `interaction` then. `second`: the target, who may be new.
    """
    on = ask.steps[-1].date
    if _leads_to_introduction(ask):
        return made_through(book, ask, on, interaction=interaction, second=second)
    known = exchange_of(book, ask) or _untold_help(book, ask, on)
    if known is None:
        return [put(None, stamped(book, replace(_help_of(ask), interaction=interaction)))]
    linked = replace(known, ask=ask.uid, interaction=known.interaction or interaction)
    return [] if linked == known else [put(known, touched(book, linked))]


def linked(book: Book, ask: Ask, exchange: Exchange) -> tuple[Exchange, list[Op]]:
    """Return an exchange that the caller stores, linked to the helped ask that it answers, and what comes with it."""
    answering = replace(exchange, ask=ask.uid)
    if not _leads_to_introduction(ask):
        return answering, []
    return made_with(book, ask, answering, ask.steps[-1].date)


def thanks_ops(book: Book, ask: Ask) -> Iterator[Op]:
    """Yield what notes on the exchange that it was thanked for, on the day of the last step; earlier thanks stand."""
    known = exchange_of(book, ask)
    if known is not None and known.thanked_on is None:
        thanked = replace(known, thanked_on=ask.steps[-1].date)
        check(book, thanked)
        yield put(known, touched(book, thanked))


def taken_back_ops(book: Book, ask: Ask) -> Iterator[Op]:
    """Yield what becomes of the exchange when the last step of `ask` is taken back.

    Thanks of that day go. Help goes where it is as the step wrote it; anything else stays, and answers no ask.
    """
    step = ask.steps[-1]
    known = exchange_of(book, ask)
    if known is None:
        return
    if step.state is AskState.THANKED and known.thanked_on == step.date:
        yield put(known, touched(book, replace(known, thanked_on=None)))
    elif step.state is AskState.HELPED:
        yield drop(known) if _is_as_written(known, ask) else put(known, touched(book, replace(known, ask=None)))


def _is_as_written(exchange: Exchange, ask: Ask) -> bool:
    """Whether an exchange says nothing but what the last step of the ask wrote, and was not there before that."""
    written = replace(
        _help_of(ask),
        uid=exchange.uid,
        created=exchange.created,
        updated=exchange.updated,
        interaction=exchange.interaction,
    )
    # What was there before was touched when it was linked; thanks that were taken back touched it as well.
    return exchange == written and (exchange.created == exchange.updated or bool(ask.what))


def _help_of(ask: Ask) -> Exchange:
    """Return the exchange that an ask writes when its last step says that it was helped."""
    return Exchange(
        uid="",
        date=ask.steps[-1].date,
        direction=_HELP[ask.direction],
        kind=ask.kind,
        contact=ask.contact,
        text=ask.what,
        ask=ask.uid,
    )


def _untold_help(book: Book, ask: Ask, on: Date) -> Exchange | None:
    """Return the newest exchange that is this help, stored before anybody said that it answers the ask."""
    since = asking_since(ask)
    sought = (_HELP[ask.direction], ask.kind, None)
    for one in book.exchanges_with(ask.contact):
        if (one.direction, one.kind, one.ask) == sought and since is not None and since <= one.date <= on:
            return one
    return None


def _leads_to_introduction(ask: Ask) -> bool:
    outgoing = ask.direction is AskDirection.OUTGOING
    return outgoing and ask.kind is ExchangeKind.INTRODUCTION and ask.target is not None
