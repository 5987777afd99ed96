"""The rules of room to ask: whether a moment is good for asking somebody, and what would make it so. Never a lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from relcraft.domain.asking import asking_since, settled, waits_until
from relcraft.domain.balance import Balance, Standing
from relcraft.domain.dates import tell_short, tell_when
from relcraft.domain.fitting import cut
from relcraft.domain.records import Ask, Contact, Date, Exchange
from relcraft.domain.rules import Patience
from relcraft.domain.steps import a_kind, first_name
from relcraft.domain.telling import tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.domain.warmth import Warmth, WarmthReading
from relcraft.domain.words import AskDirection, AskState, Direction

REST_DAYS = 30
"""How long an ask that rested, or a no, leaves its mark on the moment."""
LEAN = -2.5
"""The lean from which on it is time to give, where all was received of late."""
_LATE_EXCHANGES = 3
_ROUNDING = 1e-9
_MOST_COLUMNS = 44
"""What of a text has room beside a reason."""


class RoomKind(StrEnum):
    """What fits the moment, the first that applies."""

    PEACE = "leave in peace"
    WAIT = "wait"
    THANK = "thank first"
    SMALLER = "ask something smaller"
    WAY_IN = "find a way in"
    GIVE = "give first"
    WARM_UP = "warm up"
    GO = "go ahead"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Room(Value):
    """What fits the moment with one contact, and why."""

    kind: RoomKind
    reason: str
    """One line, without the kind."""
    until: Date | None = None
    """The day on which the reason passes by itself; None where it does not."""
    record: str = ""
    """The uid of the ask or exchange that is the reason; empty where none is."""


def room_to_ask(
    contact: Contact,
    *,
    asks: Iterable[Ask],
    exchanges: Iterable[Exchange],
    has_way_in: bool,
    reading: WarmthReading,
    balance: Balance,
    today: Date,
    patience: Patience,
) -> Room:
    """Return the room to ask `contact`: the first rule that applies, with its reason.

    `asks` and `exchanges` are those with this contact, in any order; incoming asks and drafts do not count.
    `has_way_in`: there was an interaction, an exchange, an introduction or a note of how they met, or a circle is set.
    """
    name = first_name(contact)
    mine = [settled(ask, today, patience) for ask in asks if ask.direction is AskDirection.OUTGOING and ask.steps]
    mine.sort(key=lambda ask: (ask.steps[-1].date, ask.uid), reverse=True)
    past = sorted((each for each in exchanges if each.date <= today), key=_when, reverse=True)
    rooms = (
        _peace(contact, name),
        _wait_for_answer(mine, name, today, patience),
        _wait_after_rest(mine, today),
        _thank_for_ask(mine, past, name, today),
        _thank_for_help(balance, name, today),
        _smaller(mine, name, today),
        None if has_way_in else Room(RoomKind.WAY_IN, _way_in_told(contact, name)),
        _give(contact, past, balance, name),
        _warm_up(reading, name, today),
    )
    return next((room for room in rooms if room is not None), None) or _go(contact, reading, balance, name, today)


def _when(exchange: Exchange) -> tuple[Date, object, str]:
    return exchange.date, exchange.created, exchange.uid


def _peace(contact: Contact, name: str) -> Room | None:
    return Room(RoomKind.PEACE, f"you set {name} to be left in peace") if contact.do_not_disturb else None


def _wait_for_answer(mine: Iterable[Ask], name: str, today: Date, patience: Patience) -> Room | None:
    for ask in mine:
        wait = waits_until(ask, patience)
        if wait is None:
            continue
        last = ask.steps[-1]
        if last.state is AskState.AGREED:
            out = f"{name} said yes to {what_told(ask)} {tell_when(last.date, today)}"
        else:
            out = f"you asked for {what_told(ask)} {tell_when(asking_since(ask) or last.date, today)}"
        if wait < today:
            return Room(RoomKind.WAIT, f"{out} · nudge once, or let it rest, before another ask", record=ask.uid)
        return Room(RoomKind.WAIT, f"{out} · patience until {tell_short(wait, today)}", wait, ask.uid)
    return None


def what_told(ask: Ask) -> str:
    """Return what an ask is about, in a sentence: its own words, quoted, or its kind: "a referral"."""
    what = cut(clean_line(ask.what), _MOST_COLUMNS)
    return f'"{what}"' if what else a_kind(ask.kind)


def _wait_after_rest(mine: Iterable[Ask], today: Date) -> Room | None:
    for ask in mine:
        rested = _ended_lately(ask, AskState.RESTED, today)
        if rested is not None:
            until = _after_rest(rested)
            reason = (
                f"{what_told(ask)} rests since {tell_short(rested, today)} · in peace until {tell_short(until, today)}"
            )
            return Room(RoomKind.WAIT, reason, until, ask.uid)
    return None


def _ended_lately(ask: Ask, state: AskState, today: Date) -> Date | None:
    """Return since when an ask is in `state`, where that is less than 30 days."""
    last = ask.steps[-1]
    return last.date if last.state is state and (today - last.date).days < REST_DAYS else None


def _after_rest(day: Date) -> Date:
    return day + min(timedelta(days=REST_DAYS), Date.max - day)


def _thank_for_ask(mine: Iterable[Ask], past: Iterable[Exchange], name: str, today: Date) -> Room | None:
    thanked = {each.ask for each in past if each.ask is not None and each.thanked_on is not None}
    for ask in mine:
        last = ask.steps[-1]
        if last.state is AskState.HELPED and ask.uid not in thanked:
            reason = f"{name} helped you with {what_told(ask)} {tell_when(last.date, today)}"
            return Room(RoomKind.THANK, f"{reason} · a line of thanks comes first", record=ask.uid)
    return None


def _thank_for_help(balance: Balance, name: str, today: Date) -> Room | None:
    help_got = balance.to_thank
    if help_got is None:
        return None
    reason = f"{name} gave you {a_kind(help_got.kind)} {tell_when(help_got.date, today)}"
    return Room(RoomKind.THANK, f"{reason} · a line of thanks comes first", record=help_got.uid)


def _smaller(mine: Iterable[Ask], name: str, today: Date) -> Room | None:
    for ask in mine:
        declined = _ended_lately(ask, AskState.DECLINED, today)
        if declined is not None:
            reason = f"{name} said no to {what_told(ask)} {tell_when(declined, today)} · something smaller may fit"
            return Room(RoomKind.SMALLER, reason, _after_rest(declined), ask.uid)
    return None


def _way_in_told(contact: Contact, name: str) -> str:
    if contact.sources:
        return f"you are connected with {name}, and nothing passed between you yet · somebody between, or a call"
    return f"nothing is noted between you and {name} yet · somebody between, or a call"


def _give(contact: Contact, past: Sequence[Exchange], balance: Balance, name: str) -> Room | None:
    late = past[:_LATE_EXCHANGES]
    if len(late) < _LATE_EXCHANGES or any(each.direction is Direction.GIVEN for each in late):
        return None
    last = late[0]
    if balance.lean > LEAN + _ROUNDING or last.gains or (last.thanked_on and last.outcome_told_on):
        return None
    wanted = _looks_for(contact)
    offer = f"{name} is looking for {wanted}" if wanted else f"find out what {name} is looking for"
    return Room(RoomKind.GIVE, f"the last three times {name} helped you · {offer}", record=last.uid)


def _looks_for(contact: Contact) -> str:
    wanted = [each for each in map(clean_line, contact.looking_for) if each]
    return tell_list(wanted) if wanted else ""


def _warm_up(reading: WarmthReading, name: str, today: Date) -> Room | None:
    if reading.last is None:
        return Room(RoomKind.WARM_UP, f"no conversation with {name} is noted yet · two lines with no ask in them")
    seen = f"last in touch {tell_when(reading.last.on, today)}"
    if reading.state is Warmth.DORMANT:
        return Room(RoomKind.WARM_UP, f"{seen} · two lines with no ask in them, and they are worth it")
    if reading.state is Warmth.COOLING:
        return Room(RoomKind.WARM_UP, f"{seen} · two lines with no ask in them first")
    return None


def _go(contact: Contact, reading: WarmthReading, balance: Balance, name: str, today: Date) -> Room:
    seen = "" if reading.last is None else f"last in touch {tell_when(reading.last.on, today)} · "
    if balance.standing is Standing.GIVEN_MORE:
        return Room(RoomKind.GO, f"{seen}you have given more")
    wanted = _looks_for(contact)
    return Room(RoomKind.GO, f"{seen}{name} is looking for {wanted}" if wanted else f"{seen}nothing stands in the way")
