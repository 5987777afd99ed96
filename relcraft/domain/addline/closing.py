"""Which of the user's asks the help in an add line answers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from relcraft.domain.addline.parsed import LEAVE_OPEN, Choices, Closing, ParsedExchange, ParsedLine
from relcraft.domain.directory import Directory
from relcraft.domain.errors import NotFound
from relcraft.domain.matching import stems
from relcraft.domain.records import Ask, Date
from relcraft.domain.text import fold
from relcraft.domain.words import Direction, ExchangeKind

Answerable = Callable[[str, ExchangeKind], Sequence[Ask]]
"""Tells the asks to a contact, by uid, that help of a kind from them would answer: the newest first."""


def with_closings(parsed: ParsedLine, directory: Directory, answerable: Answerable, choices: Choices) -> ParsedLine:
    """Return a line whose help names the asks that it answers, each ask once. A plan answers none."""
    if parsed.date > parsed.today:
        return parsed
    taken: list[Ask] = []
    exchanges = []
    for exchange in parsed.exchanges:
        asks = _answered(exchange, directory, answerable, parsed)
        ask = next((one for one in asks if not any(_same_help(one, other) for other in taken)), None)
        if ask is not None:
            taken.append(ask)
            closing = Closing(ask.uid, ask.kind, ask.what)
            leaves_open = choices.get(closing.key) == LEAVE_OPEN
            exchanges.append(replace(exchange, closing=replace(closing, leaves_open=leaves_open)))
        else:
            exchanges.append(exchange)
    return replace(parsed, exchanges=tuple(exchanges))


def _answered(
    exchange: ParsedExchange, directory: Directory, answerable: Answerable, parsed: ParsedLine
) -> Iterable[Ask]:
    """Return the asks that stood open by then and that this help answers: those that its text is about come first."""
    who = exchange.who.uid if exchange.who else None
    if exchange.direction is not Direction.RECEIVED or who is None:
        return ()
    asks = [ask for ask in answerable(who, exchange.kind) if _last_day(ask) <= parsed.date]
    aimed = [ask for ask in asks if ask.target is not None and _names(exchange.text, ask.target, directory)]
    said = stems(exchange.text)
    others = [ask for ask in asks if ask.target is None or not exchange.text]
    return (*aimed, *sorted(others, key=lambda ask: -len(said & stems(ask.what))))


def _same_help(one: Ask, other: Ask) -> bool:
    """Whether one act of help answers both: they are one ask, or for one introduction."""
    same_target = one.target is not None and one.target == other.target
    return one.uid == other.uid or (same_target and one.contact == other.contact)


def _last_day(ask: Ask) -> Date:
    """Return the day of what came last in an ask: no help before it answers it."""
    return max((*(step.date for step in ask.steps), *ask.nudges), default=Date.max)


def _names(text: str, target: str, directory: Directory) -> bool:
    """Whether a text names a contact, by the whole name, a nickname or a word of the name."""
    try:
        contact = directory.contact(target)
    except NotFound:
        return False
    words = " ".join(fold(text).replace(",", " ").split())
    known = {fold(contact.name), *fold(contact.name).split(), *map(fold, contact.nicknames)}
    return any(f" {name} " in f" {words} " for name in known if len(name) > 1)
