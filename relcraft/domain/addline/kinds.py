"""The words that say of what kind something is: at the head of a line, and after a sigil."""

from collections.abc import Sequence
from dataclasses import dataclass

from relcraft.domain.addline.lexing import Token
from relcraft.domain.addline.looks import words
from relcraft.domain.text import fold
from relcraft.domain.value import Value
from relcraft.domain.words import ExchangeKind, Initiator, InteractionKind

_K = InteractionKind
_NOUNS = {
    _K.COFFEE: "coffee coffees tea",
    _K.LUNCH: "lunch lunches lunched lunching brunch brunched",
    _K.DINNER: "dinner dinners dined dining supper",
    _K.DRINKS: "drinks drink drank drinking beer beers",
    _K.MEETING: "meeting meetings breakfast catchup catch-up",
    _K.EVENT: "event events conference meetup meet-up workshop party",
    _K.VISIT: "visit visits visiting visited",
    _K.CALL: "call calls calling phone chat",
    _K.VIDEO: "video videocall zoom zoomed facetime skype",
    _K.EMAIL: "email emails emailing e-mail e-mails mail mails",
    _K.MESSAGE: "message messages messaging text texts texting sms dm whatsapp",
    _K.LETTER: "letter letters postcard postcards",
    _K.NOTE: "note notes noted",
}
"""Right after these only known people are taken for people: "event PyCon" met nobody."""
_VERBS = {
    _K.MEETING: "met meet meets",
    _K.CALL: "spoke spoken chatted",
}
"""What one does with a person, who comes right after."""
_VERBS_OF_MINE = {
    _K.CALL: "called phoned rang telephoned",
    _K.VIDEO: "facetimed skyped",
    _K.EMAIL: "emailed e-mailed mailed",
    _K.MESSAGE: "messaged texted dmed dm'd pinged whatsapped wrote written",
}
"""The same, and the user began it."""
_PHRASES = {
    "met up": "met",
    "meet up": "meet",
    "meeting up": "meeting",
    "caught up": "met",
    "catch up": "met",
    "catching up": "met",
    "video call": "video",
    "video chat": "video",
    "phone call": "call",
}
_PAST = words(
    "met spoke rang wrote dined drank lunched brunched visited zoomed chatted called phoned telephoned facetimed "
    "skyped emailed e-mailed mailed messaged texted dmed dm'd pinged whatsapped noted caught"
)
_BEGINNINGS = words("i we had have having got grabbed took received sent went did")
_BETWEEN = words("had have got grabbed received sent for to a an the our my another some")
_MOST_BEFORE = 4
_TALKED = frozenset({"talked", "talking"})
"""Kinds only before "to" and "with": "talked about" is text."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class KindWord(Value):
    """The kind at the head of a line."""

    kind: InteractionKind
    count: int
    """How many words say it."""
    takes_people: bool = False
    """Whether an unknown capitalised name right after it is a person, as after "met"."""
    initiator: Initiator = Initiator.BOTH


def _table() -> dict[str, KindWord]:
    words: dict[str, KindWord] = {}
    for kind, said in _NOUNS.items():
        words |= {word: KindWord(kind, 1) for word in said.split()}
    for kind, said in _VERBS.items():
        words |= {word: KindWord(kind, 1, takes_people=True) for word in said.split()}
    for kind, said in _VERBS_OF_MINE.items():
        words |= {word: KindWord(kind, 1, takes_people=True, initiator=Initiator.ME) for word in said.split()}
    return words


_WORDS = _table()


def kind_at(tokens: Sequence[Token]) -> KindWord | None:
    """Return the kind that the first of `tokens` say: "coffee", "met", "had a call", "I wrote"; or None."""
    direct = _direct(tokens)
    if direct is not None or not tokens or tokens[0].lower not in _BEGINNINGS or tokens[0].tail:
        return direct
    count = 1
    while count < min(_MOST_BEFORE, len(tokens)) and tokens[count].lower in _BETWEEN and not tokens[count].tail:
        count += 1
    found = _direct(tokens[count:])
    before = tokens[count - 1].lower
    if found is None or (before in ("i", "we") and tokens[count].lower not in _PAST):
        return None
    mine = any(token.lower == "sent" for token in tokens[:count])
    initiator = Initiator.ME if mine else found.initiator
    return KindWord(found.kind, count + found.count, found.takes_people, initiator)


def _direct(tokens: Sequence[Token]) -> KindWord | None:
    if not tokens:
        return None
    first = fold(tokens[0].lower)
    second = tokens[1].lower if len(tokens) > 1 and not tokens[0].tail else ""
    if second == "off":  # "called off the meeting"
        return None
    phrase = _PHRASES.get(f"{first} {second}")
    if phrase is not None:
        word = _WORDS[phrase]
        return KindWord(word.kind, 2, word.takes_people, word.initiator)
    if first in _TALKED and second in ("to", "with", "w/"):
        return KindWord(InteractionKind.CALL, 1, takes_people=True)
    return _WORDS.get(first)


def exchange_kind(prefix: str) -> ExchangeKind | None:
    """Return the kind of help whose name alone begins with `prefix`, or None."""
    start = prefix.lower()
    found = [kind for kind in ExchangeKind if kind.startswith(start)] if start else []
    return found[0] if len(found) == 1 else None
