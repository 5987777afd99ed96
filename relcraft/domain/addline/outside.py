"""Reading what stands outside the parts of a line: kind, people, date, time, and the text that is left."""

from collections.abc import Sequence

from relcraft.domain.addline.kinds import KindWord, kind_at
from relcraft.domain.addline.lexing import Token
from relcraft.domain.addline.looks import words
from relcraft.domain.addline.parsed import Chip, Mention, Role, Span
from relcraft.domain.addline.people import People, Place
from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.dates import Date, Time, leading_day, leading_time
from relcraft.domain.words import MANNER, Initiator, Manner

_NOT_ITS_DAY = words("until till since by before after from every each than half")
"""After these a day belongs to the text: "away until friday"."""
_JOINING = words("to for from with about of by on at and or as than like saw see met asked told re re:")
_LEFT_OVER = " -–—:;,.&"
_TO, _FROM, _WITH, _SIGN = "to", "from", "with", "w/"
_DAY_WORDS = 7


class Outside:
    """One reading of the words outside the parts, run by run; afterwards its attributes say what was found."""

    def __init__(self, people: People, today: Date, customs: Customs = USUAL_CUSTOMS) -> None:
        self._people = people
        self._today = today
        self._customs = customs
        self.kind: KindWord | None = None
        self.initiator = Initiator.BOTH
        self.day: Date | None = None
        self.day_span: Span | None = None
        self.time: Time | None = None
        self.mentions: list[Mention] = []
        self.chips: list[Chip] = []
        self._words: list[str] = []
        self._kept_to = -1
        self._cut = False
        self._with_open = False
        self._with_closed = False
        self._with_used = False
        self._people_just_named = False

    @property
    def summary(self) -> str:
        """The text that is left."""
        text = " ".join(self._words)
        return unquoted(text.lstrip(_LEFT_OVER) if self._cut else text)

    def read(self, runs: Sequence[Sequence[Token]]) -> None:
        """Read every run of words, in the order of the line."""
        for tokens in runs:
            at = 0
            while at < len(tokens):
                taken = self._taken(tokens, at)
                self._cut = self._cut or bool(taken)
                if not taken:
                    self._keep(tokens[at])
                    self._with_closed = self._with_closed or self._people_just_named
                at += taken or 1

    def _keep(self, token: Token) -> None:
        """Leave a word in the text, without a space where none was typed."""
        if token.start == self._kept_to:
            self._words[-1] += token.text
        else:
            self._words.append(token.text)
        self._kept_to = token.end

    def _taken(self, tokens: Sequence[Token], at: int) -> int:
        """Return how many words at `at` became something else than text."""
        token = tokens[at]
        if token.quoted:
            return 0
        if token.text[0] == "@":
            return self._at_sign(tokens, at)
        taken = self._day(tokens, at) or self._time(tokens, at)
        if not taken and not self._words and self.kind is None:
            taken = self._kind(tokens, at)
        if not taken and token.lower in (_WITH, _SIGN):
            taken = self._with(tokens, at)
        return taken

    def _kind(self, tokens: Sequence[Token], at: int) -> int:
        kind = kind_at(tokens[at:])
        if kind is None:
            return 0
        self.kind, self.initiator = kind, kind.initiator
        self._with_open = True
        self.chips.append(Chip(Span(tokens[at].start, tokens[at + kind.count - 1].end), Role.KIND))
        return kind.count + self._right_after(kind, tokens, at + kind.count)

    def _right_after(self, kind: KindWord, tokens: Sequence[Token], at: int) -> int:
        """Take the people named right after the kind; "to" and "from" say who began it."""
        if at >= len(tokens) or tokens[at - 1].tail not in ("", ":"):
            return 0
        word = tokens[at].lower
        spoken_to = word in (_TO, _FROM) and MANNER[kind.kind] in (Manner.WRITTEN, Manner.SPOKEN)
        place = Place.AFTER_VERB if kind.takes_people or spoken_to else Place.AFTER_NOUN
        named, after = self._people.row(tokens, at + spoken_to, place)
        self.mentions += named
        if after <= at + spoken_to:
            return 0
        if word == _FROM:
            self.initiator = Initiator.THEM
        elif MANNER[kind.kind] is Manner.WRITTEN or (spoken_to and not kind.takes_people):
            self.initiator = Initiator.ME
        self._people_just_named = True
        return after - at

    def _with(self, tokens: Sequence[Token], at: int) -> int:
        """Take the people after the first "with" that follows kind or date, or after the first "w/" anywhere.

        Once people stood right after the kind, only a "with" that goes on from there names more.
        """
        sign = tokens[at].lower == _SIGN
        if self._with_used or not (sign or (self._with_open and not self._with_closed)):
            return 0
        self._with_used = True
        named, after = self._people.row(tokens, at + 1, Place.AFTER_SIGN if sign else Place.AFTER_WITH)
        self.mentions += named
        return after - at if after > at + 1 else 0

    def _at_sign(self, tokens: Sequence[Token], at: int) -> int:
        taken = self._people.one(tokens, at, Place.AT)
        if taken is None:
            return 0
        self.mentions.append(taken.mention)
        after = at + taken.count
        if taken.count and stays_in_text(self._words, self._goes_on(tokens, after)):
            self._words.append(taken.mention.text + tokens[after - 1].tail)
        return taken.count

    def _goes_on(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether text follows, and not a date or another person."""
        if at >= len(tokens) or tokens[at].text[0] == "@":
            return False
        words = [token.text for token in tokens[at : at + _DAY_WORDS]]
        day = leading_day(words, self._today, ahead=False, customs=self._customs)
        return day is None and leading_time(words) is None

    def _day(self, tokens: Sequence[Token], at: int) -> int:
        if self.day is not None or (self._words and self._words[-1].lower() in _NOT_ITS_DAY):
            return 0
        words = [token.text for token in tokens[at : at + _DAY_WORDS]]
        running = bool(self._words) or not self._cut
        found = leading_day(words, self._today, ahead=False, running=running, customs=self._customs)
        if found is None:
            return 0
        self.day = found[0]
        self.day_span = Span(tokens[at].start, tokens[at + found[1] - 1].end)
        self.chips.append(Chip(self.day_span, Role.DATE))
        self._with_open = True
        return found[1]

    def _time(self, tokens: Sequence[Token], at: int) -> int:
        found = None if self.time is not None else leading_time([token.text for token in tokens[at : at + 3]])
        if found is None:
            return 0
        self.time = found[0]
        self.chips.append(Chip(Span(tokens[at].start, tokens[at + found[1] - 1].end), Role.DATE))
        return found[1]


def stays_in_text(before: Sequence[str], goes_on: bool) -> bool:  # noqa: FBT001  # said by its place
    """Whether a name after an @ is needed by the sentence around it: "send it to @grace", "saw @raj there"."""
    return bool(before) and (goes_on or before[-1].lower() in _JOINING)


def unquoted(text: str) -> str:
    """Return `text` without the quotes around the whole of it, which only said that it is text."""
    whole = len(text) > 2 and text[0] + text[-1] in ('""', "“”") and not set(text[1:-1]) & set('"“”')
    return text[1:-1].strip() if whole else text
