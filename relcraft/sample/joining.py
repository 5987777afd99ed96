"""Owns what the stories leave unsaid: which exchange answers which ask or introduction, and the ties that follow."""

from collections.abc import Iterable
from dataclasses import replace

from relcraft.domain.errors import BadInput
from relcraft.domain.introducing import made_on
from relcraft.domain.records import Ask, Date, Exchange, Introduction, Record, Tie
from relcraft.domain.words import AskDirection, AskState, Direction, ExchangeKind, TieOrigin

_HELP = {AskDirection.OUTGOING: Direction.RECEIVED, AskDirection.INCOMING: Direction.GIVEN}


def joined(records: Iterable[Record]) -> list[Record]:
    """Return the records with each help linked to what it answers, and a tie for each two who were introduced.

    Raises `BadInput` where an ask was helped, or an introduction made, and no exchange of that day tells of it.
    """
    kept = {record.uid: record for record in records}
    for ask in [record for record in kept.values() if isinstance(record, Ask)]:
        _join_ask(kept, ask)
    for introduction in [record for record in kept.values() if isinstance(record, Introduction)]:
        on = made_on(introduction)
        if on is not None:
            _join_introduction(kept, introduction, on)
    return list(kept.values())


def _join_ask(kept: dict[str, Record], ask: Ask) -> None:
    on = next((step.date for step in ask.steps if step.state is AskState.HELPED), None)
    if on is None:
        return
    help_ = _help_of(kept, ask.contact, _HELP[ask.direction], ask.kind, on)
    if help_ is None:
        raise BadInput(f'The sample tells of no help on the day when the ask "{ask.what}" was helped.')
    kept[help_.uid] = replace(help_, ask=ask.uid)


def _join_introduction(kept: dict[str, Record], introduction: Introduction, on: Date) -> None:
    """Link the exchange with the broker, or those with the two whom the user introduced; and note who knows whom."""
    first = introduction.first or introduction.broker or ""
    by_me = introduction.broker is None
    for contact in (first, introduction.second) if by_me else (first,):
        direction = Direction.GIVEN if by_me else Direction.RECEIVED
        help_ = _help_of(kept, contact, direction, ExchangeKind.INTRODUCTION, on)
        if help_ is None:
            raise BadInput(f'The sample tells of no help on the day of the introduction "{introduction.text}".')
        kept[help_.uid] = replace(help_, introduction=introduction.uid)
        kept[introduction.uid] = introduction if by_me else replace(introduction, ask=help_.ask)
    ties = (record for record in kept.values() if isinstance(record, Tie))
    if not any({tie.first, tie.second} == {first, introduction.second} for tie in ties):
        tie = Tie(
            uid=f"{introduction.uid}-tie",
            first=first,
            second=introduction.second,
            origin=TieOrigin.INTRODUCTION,
            created=introduction.created,
            updated=introduction.created,
        )
        kept[tie.uid] = tie


def _help_of(
    kept: dict[str, Record], contact: str, direction: Direction, kind: ExchangeKind, on: Date
) -> Exchange | None:
    """Return the one exchange like this that answers nothing else yet, or None."""
    for record in kept.values():
        if isinstance(record, Exchange) and record.introduction is None:
            asked = record.ask is not None and kind is not ExchangeKind.INTRODUCTION
            if not asked and (record.contact, record.direction, record.kind, record.date) == (
                contact,
                direction,
                kind,
                on,
            ):
                return record
    return None
