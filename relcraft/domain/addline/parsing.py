"""From an add line to what it means."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from relcraft.domain.addline.asking import questions_of
from relcraft.domain.addline.closing import Answerable, with_closings
from relcraft.domain.addline.lexing import CleanLine, cleaned, tokens_of
from relcraft.domain.addline.looks import words
from relcraft.domain.addline.outside import Outside, stays_in_text, unquoted
from relcraft.domain.addline.parsed import (
    Chip,
    Mention,
    ParsedAsk,
    ParsedExchange,
    ParsedFollowUp,
    ParsedLine,
    PersonState,
    Role,
    Span,
)
from relcraft.domain.addline.parts import FollowUpPart, HelpPart, Parts, taken_apart
from relcraft.domain.addline.people import People, Place
from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.dates import Date, leading_day, leading_time
from relcraft.domain.directory import Directory
from relcraft.domain.value import Value

UNDATED = timedelta(days=7)
"""When a follow-up without a date falls due."""
_NOT_THE_DAY = words("until till since before after from the every")
_DAY_WORDS = 7


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Act(Value):
    """A part, the words of its text, whom these name, and whose it is where the line says so."""

    part: HelpPart | FollowUpPart
    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    owner: Mention | None


def parse(
    line: str,
    directory: Directory,
    today: Date,
    *,
    about: Sequence[str] = (),
    choices: Mapping[str, str] | None = None,
    answerable: Answerable | None = None,
    customs: Customs = USUAL_CUSTOMS,
) -> ParsedLine:
    """Return what `line` means on `today`. It never raises: what is unclear is among the `questions`.

    `about` are the uids of who is selected, assumed where the line names nobody; `choices` is what the user picked so
    far. `answerable` tells which asks of the user's help would answer; None: there are none. `customs` say how the user
    writes days. The directory is asked for a few names only, however many contacts there are.
    """
    typed = cleaned(line)
    parts = taken_apart(tokens_of(typed.text))
    reader = People(directory, today, about, choices or {}, customs)
    outside = Outside(reader, today, customs)
    outside.read(parts.outside)
    acts = [_act(part, reader) for part in parts.texts]
    owners = [act.owner for act in acts if act.owner]
    named = [mention for mention in outside.mentions if mention.state is not PersonState.UNCONFIRMED]
    people = _once(named or reader.assumed() or owners)
    first = people[0] if people else None
    mentions = [*outside.mentions, *(mention for act in acts for mention in act.mentions), *owners]
    parsed = ParsedLine(
        line=typed.text,
        today=today,
        kind=outside.kind.kind if outside.kind else None,
        initiator=outside.initiator,
        said_date=outside.day,
        date_span=typed.typed(outside.day_span) if outside.day_span else None,
        time=outside.time,
        people=people,
        mentions=_in_order(mentions),
        exchanges=tuple(_exchanges(acts, first, typed)),
        asks=tuple(_asks(acts, first)),
        follow_ups=tuple(_follow_up(act, first, today, customs) for act in acts if isinstance(act.part, FollowUpPart)),
        tags=tuple(parts.tags),
        cadence_days=parts.cadence_days,
        summary=outside.summary,
    )
    if answerable is not None:
        parsed = with_closings(parsed, directory, answerable, choices or {})
    return _finished(parsed, typed, _chips(parts, outside))


def _finished(parsed: ParsedLine, typed: CleanLine, chips: Iterable[Chip]) -> ParsedLine:
    """Return `parsed` with its questions, and with every span counted in the line as typed."""
    placed = [Chip(typed.typed(chip.span), chip.role) for chip in chips]
    return replace(
        parsed,
        chips=tuple(sorted(placed, key=lambda chip: chip.span)),
        mentions=tuple(_placed(mention, typed) for mention in parsed.mentions),
        people=tuple(_placed(mention, typed) for mention in parsed.people),
        questions=questions_of(parsed),
    )


def _placed(mention: Mention, typed: CleanLine) -> Mention:
    return replace(mention, span=typed.typed(mention.span)) if mention.span and typed.places is not None else mention


def _once(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return each person once, where first named."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.who, mention)
    return tuple(found.values())


def _in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return what the line names as it stands there, each place once."""
    by_place = {mention.span: mention for mention in mentions if mention.span}
    return tuple(by_place[span] for span in sorted(by_place))


def _act(part: HelpPart | FollowUpPart, reader: People) -> _Act:
    """Return what a part says. A name after an @ says whose it is, and stays where the sentence needs it."""
    words: list[str] = []
    mentions: list[Mention] = []
    tokens, at = part.words, 0
    while at < len(tokens):
        token = tokens[at]
        taken = reader.one(tokens, at, Place.AT) if token.text[0] == "@" else None
        count = 1
        if taken is None:
            words.append(token.text)
        else:
            mentions.append(taken.mention)
            count = taken.count or 1
            if not taken.count:
                words.append(token.text)
            elif stays_in_text(words, goes_on=at + count < len(tokens)):
                words.append(taken.mention.text + tokens[at + count - 1].tail)
        at += count
    return _Act(part, tuple(words), tuple(mentions), _owner(part, mentions, reader))


def _owner(part: HelpPart | FollowUpPart, mentions: Sequence[Mention], reader: People) -> Mention | None:
    if isinstance(part, HelpPart) and part.who is not None:
        return reader.named_by_part(part.who)
    return next((mention for mention in mentions if mention.state is not PersonState.UNCONFIRMED), None)


def _exchanges(acts: Iterable[_Act], first: Mention | None, typed: CleanLine) -> Iterable[ParsedExchange]:
    for act in acts:
        part = act.part
        if isinstance(part, HelpPart) and part.direction is not None:
            yield ParsedExchange(
                direction=part.direction,
                kind=part.kind,
                size=part.size,
                text=unquoted(" ".join(act.words)),
                who=act.owner or first,
                span=typed.typed(Span(part.start, part.end)),
            )


def _asks(acts: Iterable[_Act], first: Mention | None) -> Iterable[ParsedAsk]:
    for act in acts:
        part = act.part
        if isinstance(part, HelpPart) and part.direction is None:
            text = unquoted(" ".join(act.words))
            yield ParsedAsk(kind=part.kind, size=part.size, text=text, who=act.owner or first)


def _follow_up(act: _Act, first: Mention | None, today: Date, customs: Customs) -> ParsedFollowUp:
    """Return the follow-up that `!text` is: its date stands at the start, else at the end, else it is in a week."""
    words = act.words
    found = leading_day(words, today, ahead=True, customs=customs)
    if found is not None:
        day, rest = found[0], words[found[1] :]
    else:
        day, rest = _dated_at_end(words, today, customs) or (today + UNDATED, words)
    return ParsedFollowUp(date=day, text=unquoted(" ".join(rest)), who=act.owner or first)


def _dated_at_end(words: tuple[str, ...], today: Date, customs: Customs) -> tuple[Date, tuple[str, ...]] | None:
    """Return the day at the end of a follow-up and the words without it; "at 14:30" after it stays text."""
    ends = [len(words)]
    ends += [at for at in (len(words) - 2, len(words) - 3) if at > 0 and _is_time(words[at:])]
    for end in ends:
        for start in range(max(0, end - _DAY_WORDS), end):
            found = leading_day(words[start:end], today, ahead=True, customs=customs)
            before = words[start - 1].lower() if start else ""
            if found is not None and found[1] == end - start and before not in _NOT_THE_DAY:
                kept = start - 1 if before == "by" else start
                return found[0], words[:kept] + words[end:]
    return None


def _is_time(words: Sequence[str]) -> bool:
    found = leading_time(words)
    return found is not None and found[1] == len(words)


def _chips(parts: Parts, outside: Outside) -> Iterable[Chip]:
    yield from parts.chips
    yield from outside.chips
    for mention in outside.mentions:
        if mention.span and mention.state is not PersonState.UNCONFIRMED:
            yield Chip(mention.span, _ROLES.get(mention.state, Role.QUESTION))
    for part in parts.texts:
        yield Chip(Span(part.start, part.end), _role(part))


def _role(part: HelpPart | FollowUpPart) -> Role:
    if isinstance(part, FollowUpPart):
        return Role.FOLLOW_UP
    return Role.ASK if part.direction is None else Role.EXCHANGE


_ROLES = {PersonState.KNOWN: Role.PERSON, PersonState.NEW: Role.NEW_PERSON}
