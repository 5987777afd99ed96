"""The echo of an add line: what will be saved, in the words of the screens."""

from collections.abc import Iterable

from relcraft.domain.addline.asking import names_of
from relcraft.domain.addline.parsed import (
    Closing,
    Mention,
    ParsedAsk,
    ParsedExchange,
    ParsedFollowUp,
    ParsedLine,
    PersonState,
)
from relcraft.domain.addline.undated import like_a_day
from relcraft.domain.dates import tell_cadence, tell_short
from relcraft.domain.words import Channel, Direction, ExchangeKind, Size

_BETWEEN = " · "
_PLAIN = frozenset({ExchangeKind.INFORMATION, ExchangeKind.ADVICE, ExchangeKind.FEEDBACK, ExchangeKind.HELP})
"""Kinds that stand without an article."""


def preview(parsed: ParsedLine, *, keys: bool = True) -> tuple[str, ...]:
    """Return the lines below the input: the interaction and its people, what hangs on it, hints, then the questions.

    `keys`: `tab` is there to answer with; else a hint says what to write instead.
    """
    lines = [_BETWEEN.join(filter(None, _head(parsed))), _BETWEEN.join(_parts(parsed))]
    lines += [_closing(exchange.closing, keys=keys) for exchange in parsed.closings if exchange.closing]
    hints = [_hint(mention, keys=keys) for mention in parsed.mentions if mention.state is PersonState.UNCONFIRMED]
    hints += [_known(exchange) for exchange in parsed.exchanges if exchange.known]
    hints += [_SIZELESS for ask in parsed.asks if ask.size is not Size.NORMAL]
    return tuple(line for line in (*lines, *hints, _dated_today(parsed), *parsed.questions) if line)


_SIZELESS = "an ask has no size: + and - are for the help, when it comes"


def _known(exchange: ParsedExchange) -> str:
    way = "to" if exchange.direction is Direction.GIVEN else "from"
    who = f" {way} {exchange.who.name}" if exchange.who else ""
    kind = "help" if exchange.kind is ExchangeKind.OTHER else str(exchange.kind)
    return f"the {kind} {exchange.direction}{who} is noted already: it stays one"


def _closing(closing: Closing, *, keys: bool) -> str:
    ask = f'your ask "{closing.what}"' if closing.what else f"your ask for {_help(closing.kind)}"
    told = f"leaves {ask} open" if closing.leaves_open else f"closes {ask}"
    other = "close it" if closing.leaves_open else "leave it open"
    return f"{told} (tab: {other})" if keys else told


def _head(parsed: ParsedLine) -> Iterable[str]:
    kind = parsed.interaction
    if kind is not None:
        yield f"+ plan: {kind}" if parsed.is_plan else kind
    elif parsed.tags or parsed.cadence_days or parsed.new_people:
        yield _people(parsed)
    if kind is not None:
        yield _when(parsed)
        yield _people(parsed)
    yield from (f"#{tag}" for tag in parsed.tags)
    if parsed.cadence_days:
        yield tell_cadence(parsed.cadence_days)
    if parsed.summary:
        yield f'"{parsed.summary}"'


def _people(parsed: ParsedLine) -> str:
    return ", ".join(_person(mention) for mention in parsed.people)


def _when(parsed: ParsedLine) -> str:
    day = tell_short(parsed.date, parsed.today)
    return f"{day} {parsed.time:%H:%M}" if parsed.time else day


def _person(mention: Mention) -> str:
    """Return a person with what `tab` could make of the name."""
    match mention.state:
        case PersonState.NEW:
            return f"{mention.name} (new contact)"
        case PersonState.AMBIGUOUS:
            return f"{mention.text}? (tab: {names_of(mention.candidates)})"
        case PersonState.NEAR:
            return f"{mention.text}? (tab: {names_of(mention.candidates) if mention.candidates else 'new contact'})"
        case _ if len(mention.candidates) > 1:
            return f"{mention.name} (tab: {len(mention.candidates)} could be {mention.text})"
        case _:
            return mention.name


def _hint(mention: Mention, *, keys: bool) -> str:
    if len(mention.options) < 2:
        return ""
    return f'"{mention.text}" stays text ' + ("(tab: new contact)" if keys else f'(somebody new: @"{mention.text}")')


def _dated_today(parsed: ParsedLine) -> str:
    """Return a word about what looks like a day and is none, where the line is dated today for want of one."""
    stretch = like_a_day(parsed.summary) if parsed.said_date is None else ""
    return f'"{stretch}" stays text, and this is dated today (a day: 3d ago, 12 mar, 2026-03-12)' if stretch else ""


def _parts(parsed: ParsedLine) -> Iterable[str]:
    if parsed.exchanges and parsed.interaction is None:
        yield f"+ plan: {_when(parsed)}" if parsed.date > parsed.today else _when(parsed)
    yield from (_exchange(exchange, parsed) for exchange in parsed.exchanges)
    yield from (_ask(ask, parsed) for ask in parsed.asks)
    yield from (_follow_up(follow_up, parsed) for follow_up in parsed.follow_ups)


def _exchange(exchange: ParsedExchange, parsed: ParsedLine) -> str:
    given = exchange.direction is Direction.GIVEN
    size = "" if exchange.size is Size.NORMAL else f"{exchange.size} "
    who = _other(exchange.who, parsed)
    told = f"{'>' if given else '<'} {size}{exchange.kind} {exchange.direction}"
    told += f" {'to' if given else 'from'} {who}" if who else ""
    return told + (f' "{exchange.text}"' if exchange.text else "")


def _ask(ask: ParsedAsk, parsed: ParsedLine) -> str:
    who = _other(ask.who, parsed)
    told = f"? ask {who} for {_help(ask.kind)}" if who else f"? ask for {_help(ask.kind)}"
    told += f' "{ask.text}"' if ask.text else ""
    day = tell_short(parsed.date, parsed.today)
    if parsed.makes_drafts:
        return f"{told}{_BETWEEN}a draft: {day} lies ahead"
    return f"{told}{_BETWEEN}asked {day}{_by(parsed.channel)}"


def _help(kind: ExchangeKind) -> str:
    if kind is ExchangeKind.OTHER:
        return "something else"
    if kind in _PLAIN:
        return str(kind)
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _by(channel: Channel | None) -> str:
    if channel is None:
        return ""
    return f" {channel}" if channel is Channel.IN_PERSON else f" by {channel}"


def _follow_up(follow_up: ParsedFollowUp, parsed: ParsedLine) -> str:
    told = f"! {tell_short(follow_up.date, parsed.today)}"
    told += f' "{follow_up.text}"' if follow_up.text else ""
    who = _other(follow_up.who, parsed)
    return f"{told} for {who}" if who else told


def _other(who: Mention | None, parsed: ParsedLine) -> str:
    """Return whose a part is, where the line above does not say so already."""
    shown = parsed.people if parsed.interaction else ()
    if who is None or (len(shown) == 1 and shown[0].who == who.who):
        return ""
    return _person(who) if all(who.who != one.who for one in shown) else who.name
