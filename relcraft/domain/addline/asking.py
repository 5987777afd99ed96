"""What an add line leaves open, as sentences; and going through the people that a name could be."""

from collections.abc import Sequence

from relcraft.domain.addline.parsed import (
    LEAVE_OPEN,
    Candidate,
    Choices,
    Closing,
    Mention,
    ParsedExchange,
    ParsedLine,
    PersonState,
    Span,
)
from relcraft.domain.telling import tell_choice
from relcraft.domain.words import Direction

_MOST_NAMES = 5
_NOWHERE = Span(0, 0)


def questions_of(parsed: ParsedLine) -> tuple[str, ...]:
    """Return what stops a line from being saved, each a sentence; none where all is clear."""
    asked = [_whom(mention) for mention in parsed.mentions if mention.is_question]
    asked += [_of_whom(exchange) for exchange in parsed.exchanges if exchange.who is None]
    asked += [
        f"Nobody is named who is asked for the {ask.kind}: ?{ask.kind}@grace." for ask in parsed.asks if ask.who is None
    ]
    if parsed.cadence_days and not parsed.people:
        asked.append("Nobody is named for the cadence: every 6w @grace.")
    if parsed.tags and not parsed.people and parsed.interaction is None:
        asked.append(f"Nobody is named for the tag: #{parsed.tags[0]} @grace.")
    parts = parsed.exchanges or parsed.asks or parsed.follow_ups
    if not (parsed.interaction or parts or parsed.tags or parsed.cadence_days or parsed.new_people):
        asked.append("Nothing to save yet: say what took place, as in: coffee with Grace yesterday.")
    return tuple(dict.fromkeys(asked))


def names_of(candidates: Sequence[Candidate]) -> str:
    """Return the candidates in a row: "Grace Hopper or Grace Kelly"; namesakes with what tells them apart."""
    names = [candidate.name for candidate in candidates]
    names = [
        f"{candidate.name} ({candidate.detail})"
        if candidate.detail and names.count(candidate.name) > 1
        else candidate.name
        for candidate in candidates
    ]
    if len(names) > _MOST_NAMES:
        names = [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1} more"]
    return tell_choice(names)


def next_choice(parsed: ParsedLine, choices: Choices, cursor: int | None = None) -> dict[str, str]:
    """Return the choices after one more `tab`: another person for a name, or whether an ask is closed.

    That is the name at the `cursor`; else the first name that is a question; else the ask at the cursor; else the last
    with a choice. The choices go round; without anything to choose they stay as they are.
    """
    names = list(parsed.doubtful)
    closings = [exchange for exchange in parsed.closings if exchange.span]
    everything: list[Mention | ParsedExchange] = [*names, *closings]
    everything.sort(key=lambda one: one.span or _NOWHERE)
    if not everything:
        return dict(choices)
    here = [one for one in everything if one.span and cursor is not None and one.span.start <= cursor <= one.span.end]
    first_of: tuple[Sequence[Mention | ParsedExchange], ...] = (
        [one for one in here if isinstance(one, Mention)],
        [one for one in names if one.is_question],
        here,
        everything[-1:],
    )
    return {**choices, **_after(next(found[0] for found in first_of if found), choices)}


def _after(about: Mention | ParsedExchange, choices: Choices) -> dict[str, str]:
    """Return what one more `tab` chooses. An ask that is to be closed again has the choice of nothing."""
    if isinstance(about, ParsedExchange):
        return _other_of(about.closing) if about.closing else {}
    chosen = choices.get(about.key)
    at = about.options.index(chosen) + 1 if chosen in about.options else 0
    return {about.key: about.options[at % len(about.options)]}


def _other_of(closing: Closing) -> dict[str, str]:
    return {closing.key: "" if closing.leaves_open else LEAVE_OPEN}


def _whom(mention: Mention) -> str:
    if mention.state is PersonState.AMBIGUOUS:
        return f'"{mention.text}" could be {names_of(mention.candidates)}.'
    if not mention.candidates:
        return f'Nobody here is called "{mention.text}"; in quotes it is somebody new.'
    return f'Nobody here is called "{mention.text}": is it {names_of(mention.candidates)}, or (in quotes) somebody new?'


def _of_whom(exchange: ParsedExchange) -> str:
    if exchange.direction is Direction.GIVEN:
        return f"Nobody is named who was given the {exchange.kind}: >{exchange.kind}@grace."
    return f"Nobody is named who gave the {exchange.kind}: <{exchange.kind}@grace."
