"""Taking a line apart: what stands after sigils, and what is left outside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from relcraft.domain.addline.kinds import exchange_kind
from relcraft.domain.addline.lexing import Token, unglued
from relcraft.domain.addline.parsed import Chip, Role, Span
from relcraft.domain.dates import leading_cadence
from relcraft.domain.words import Direction, ExchangeKind, Size

_HELP = re.compile(r'([<>?])([A-Za-z]+)([+-]?)(?:@("[^"]+"|“[^”]+”|[^:]+?)([+-]?))?(?:(:)|$)')
_TAG = re.compile(r"#([^\W\d_][\w/-]*)[.,;:!?)]*")
_DIRECTION = {">": Direction.GIVEN, "<": Direction.RECEIVED, "?": None}
_SIZE = {"+": Size.BIG, "-": Size.SMALL, "": Size.NORMAL}
_QUOTES = '"“'


@dataclass(slots=True)
class HelpPart:
    """`>kind`, `<kind` or `?kind`, with its text if a colon follows."""

    direction: Direction | None
    """None: it is asked for."""
    kind: ExchangeKind
    size: Size
    who: Token | None
    """Whom the part itself names after an @."""
    has_text: bool
    start: int
    end: int
    words: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class FollowUpPart:
    """`!text`."""

    start: int
    end: int
    words: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """A line taken apart."""

    outside: list[list[Token]] = field(default_factory=list)
    """What is in no part: runs of words that stand together."""
    texts: list[HelpPart | FollowUpPart] = field(default_factory=list)
    """Exchanges, asks and follow-ups, in the order of the line."""
    tags: list[str] = field(default_factory=list)
    cadence_days: int | None = None
    chips: list[Chip] = field(default_factory=list)
    """Of tags and cadence."""


def taken_apart(tokens: Sequence[Token]) -> Parts:
    """Return the parts of a line. The text of a part goes on up to the next part; a tag and a cadence end it, too."""
    parts = Parts()
    into: HelpPart | FollowUpPart | list[Token] | None = None
    at = 0
    while at < len(tokens):
        token = tokens[at]
        opened = _opened(token)
        marked = 0 if opened else _marked(parts, tokens[at : at + 3], in_text=isinstance(into, HelpPart | FollowUpPart))
        at += marked or 1
        if opened:
            parts.texts.append(opened)
            into = opened if isinstance(opened, FollowUpPart) or opened.has_text else None
        elif marked:
            into = None
        elif isinstance(into, HelpPart | FollowUpPart):
            into.words.append(token)
            into.end = token.end
        else:
            if into is None:
                into = []
                parts.outside.append(into)
            into += unglued(token)
    return parts


def _opened(token: Token) -> HelpPart | FollowUpPart | None:
    """Return the part that begins with this word, or None."""
    text = token.text
    if text[0] == "!" and len(text) > 1 and (text[1].isalnum() or text[1] in _QUOTES):
        return FollowUpPart(token.start, token.end, [token.after(1)])
    match = _HELP.match(text)
    kind = exchange_kind(match[2]) if match else None
    if match is None or kind is None:
        return None
    who = Token(match[4], token.start + match.start(4), token.start + match.end(4)) if match[4] else None
    words = [token.after(match.end())] if match.end() < len(text) else []
    return HelpPart(
        _DIRECTION[match[1]],
        kind,
        _SIZE[match[3] or match[5] or ""],
        who,
        bool(match[6]),
        token.start,
        token.end,
        words,
    )


def _marked(parts: Parts, tokens: Sequence[Token], *, in_text: bool) -> int:
    """Take a tag or a cadence off the start of `tokens` and return how many words that took: 0 where there is none.

    A line has one cadence. In the text of a part it is only "every 6w": "every 2 weeks" may be the text's own.
    """
    tag = _TAG.fullmatch(tokens[0].text)
    cadence = None if parts.cadence_days else leading_cadence([token.text for token in tokens], glued=in_text)
    if tag:
        if tag[1].lower() not in (known.lower() for known in parts.tags):
            parts.tags.append(tag[1])
        count = 1
    elif cadence:
        parts.cadence_days, count = cadence
    else:
        return 0
    parts.chips.append(Chip(Span(tokens[0].start, tokens[count - 1].end), Role.TAG if tag else Role.CADENCE))
    return count
