"""The words of an add line, each with its place; quoted stretches stay whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from relcraft.domain.addline.parsed import Span
from relcraft.domain.text import clean
from relcraft.domain.value import Value

_CLOSING = {'"': '"', "“": "”"}
_BEFORE_QUOTE = "@:!/"
_AFTER = ".,;:!?)"
_GLUE = re.compile(r'^[wW]/(?=[^\Wa-z_]|["“@])|(?<=[^\W\d_]),(?=[^\Wa-z\d_]|["“@])')


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Token(Value):
    """One word, or one quoted stretch with what is glued to it."""

    text: str
    start: int
    end: int

    @property
    def quoted(self) -> bool:
        """Whether it is a literal: nothing in it means anything."""
        closing = _CLOSING.get(self.text[0])
        return closing is not None and closing in self.text[1:]

    @property
    def core(self) -> str:
        """The word without the punctuation after it; of a quoted stretch what is in the quotes."""
        if self.quoted:
            return self.text[1 : self.text.index(_CLOSING[self.text[0]], 1)]
        return self.text.rstrip(_AFTER)

    @property
    def tail(self) -> str:
        """What follows the core: punctuation, and of a quoted stretch whatever is glued to its end."""
        if self.quoted:
            return self.text[self.text.index(_CLOSING[self.text[0]], 1) + 1 :]
        return self.text[len(self.core) :]

    @property
    def lower(self) -> str:
        """The core for comparing with words of ours; empty for a literal."""
        return "" if self.quoted else self.core.lower()

    def after(self, count: int) -> "Token":
        """Return the rest of it, without its first `count` characters."""
        return Token(self.text[count:], self.start + count, self.end)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CleanLine(Value):
    """A line without control characters, which remembers where each character stood."""

    text: str
    places: Sequence[int] | None
    """By position in `text` the position in the line as typed; None: they are the same."""

    def typed(self, span: Span) -> Span:
        """Return where in the line as typed a stretch of `text` stands."""
        if self.places is None or span.start >= span.end:
            return span
        return Span(self.places[span.start], self.places[span.end - 1] + 1)


def cleaned(line: str) -> CleanLine:
    """Return `line` without control characters, bidi overrides and lone surrogates."""
    if line.isprintable():
        return CleanLine(line, None)
    places = [place for place, char in enumerate(line) if clean(char)]
    return CleanLine("".join(clean(line[place]) for place in places), places)


def tokens_of(text: str) -> list[Token]:
    """Return the words of `text`. A quote opens before a word or after a sigil, and only where it is closed again."""
    tokens = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        end = _end_of_word(text, at)
        tokens.append(Token(text[at:end], at, end))
        at = end
    return tokens


def _end_of_word(text: str, start: int) -> int:
    at = start
    while at < len(text) and not text[at].isspace():
        closing = _CLOSING.get(text[at])
        if closing is not None and (at == start or text[at - 1] in _BEFORE_QUOTE):
            closed = text.find(closing, at + 1)
            if closed > at + 1:
                at = closed
        at += 1
    return at


def unglued(token: Token) -> list[Token]:
    """Return "w/Grace" and "Grace,Raj" as the words that they are when people are named; "w/o" is one."""
    if token.quoted:
        return [token]
    cuts = [match.end() for match in _GLUE.finditer(token.text)]
    edges = [0, *cuts, len(token.text)]
    return [Token(token.text[a:b], token.start + a, token.start + b) for a, b in pairwise(edges)]
