"""What an add line leaves open, as sentences; and going through the people that a name could be."""

from collections.abc import Sequence

from relcraft.domain.addline.parsed import Candidate, Choices, Mention, ParsedExchange, ParsedLine, PersonState
from relcraft.domain.telling import tell_choice
from relcraft.domain.words import Direction

_MOST_NAMES = 5


def questions_of(parsed: ParsedLine) -> tuple[str, ...]:
    """Return what stops a line from being saved, each a sentence; none where all is clear."""
    asked = [_whom(mention) for mention in parsed.mentions if mention.is_question]
    asked += [_of_whom(exchange) for exchange in parsed.exchanges if exchange.who is None]
    if parsed.cadence_days and not parsed.people:
        asked.append("Nobody is named for the cadence: every 6w @grace.")
    if parsed.tags and not parsed.people and parsed.interaction is None:
        asked.append(f"Nobody is named for the tag: #{parsed.tags[0]} @grace.")
    makes = parsed.interaction or parsed.exchanges or parsed.follow_ups or parsed.tags or parsed.cadence_days
    if not (makes or parsed.new_people):
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
    """Return the choices after one more `tab`: another person for the name that it is about.

    That is the name at the `cursor`; else the first that is a question; else the last with a choice. The choices go
    round; without a doubtful name they stay as they are.
    """
    doubtful = parsed.doubtful
    if not doubtful:
        return dict(choices)
    here = [one for one in doubtful if one.span and cursor is not None and one.span.start <= cursor <= one.span.end]
    asked = [one for one in doubtful if one.is_question]
    mention = (here or asked or list(doubtful))[0 if here or asked else -1]
    chosen = choices.get(mention.key)
    at = mention.options.index(chosen) + 1 if chosen in mention.options else 0
    return {**choices, mention.key: mention.options[at % len(mention.options)]}


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
