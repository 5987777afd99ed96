"""Whom the words of a line name: known people, somebody new, or a question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from relcraft.domain.addline.lexing import Token
from relcraft.domain.addline.looks import ALSO_NAMES, AND, SMALL_WORDS, capitals_of, end_of, words_of
from relcraft.domain.addline.parsed import AS_TEXT, NEW, Candidate, Choices, Mention, PersonState, Span
from relcraft.domain.customs import USUAL_CUSTOMS, Customs
from relcraft.domain.dates import Date, leading_cadence, leading_day, leading_time
from relcraft.domain.directory import Directory
from relcraft.domain.errors import NotFound
from relcraft.domain.records import Contact
from relcraft.domain.text import fold
from relcraft.domain.value import Value

_MOST_WORDS = 5
"""Of a known name."""
_LEAST_LOWER = 3
"""Letters with which the beginning of a name may be written small."""
_LEAST_NEAR = 4
_MOST_CANDIDATES = 9


class Place(Enum):
    """Where a name stands, which decides what may be one."""

    AFTER_NOUN = "after coffee, event, call"
    AFTER_VERB = "after met, called, or in a list of names"
    AFTER_WITH = "after with"
    AFTER_SIGN = "after w/"
    AT = "after @"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Taken(Value):
    """A mention, and how many words it takes; 0: they stay text."""

    mention: Mention
    count: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Guess(Value):
    """Whom the first `count` words of a run name."""

    contacts: tuple[Contact, ...]
    count: int


class _Run:
    """The words that may belong to one name, and where it stands."""

    def __init__(self, tokens: Sequence[Token], place: Place, start: int) -> None:
        self.words = words_of(tokens)
        self.place = place
        self._tokens = tokens
        self._start = start

    def part(self, count: int) -> tuple[str, Span]:
        """Return the first `count` words as text, and where they stand."""
        return " ".join(self.words[:count]), Span(self._start, end_of(self._tokens[count - 1]))


class People:
    """Reads names by a directory, by what the user chose and by who is selected."""

    def __init__(
        self,
        directory: Directory,
        today: Date,
        about: Sequence[str],
        choices: Choices,
        customs: Customs = USUAL_CUSTOMS,
    ) -> None:
        self._directory = directory
        self._today = today
        self._customs = customs
        self._about = about
        self._choices = choices
        self._named: dict[str, tuple[Contact, ...]] = {}

    def one(self, tokens: Sequence[Token], at: int, place: Place) -> Taken | None:
        """Return the person whose name begins at `tokens[at]`, or None where no name can stand there."""
        if at >= len(tokens):
            return None
        token = tokens[at]
        if token.text[0] == "@" and len(token.text) > 1:
            named = token.after(1)
            if named.quoted:
                return self._quoted(named, Place.AT)
            return self._named_by(_Run([named, *tokens[at + 1 : at + _MOST_WORDS]], Place.AT, token.start))
        if token.quoted:
            return self._quoted(token, place)
        return self._named_by(_Run(tokens[at : at + _MOST_WORDS + 1], place, token.start))

    def row(self, tokens: Sequence[Token], at: int, place: Place) -> tuple[list[Mention], int]:
        """Return the people of a list that begins at `tokens[at]` (commas, "and"), and where the line goes on."""
        found: list[Mention] = []
        after = at
        while (taken := self.one(tokens, at, place)) is not None:
            found.append(taken.mention)
            if not taken.count:
                break
            after = at + taken.count
            tail = tokens[after - 1].tail
            at = after
            if tail not in ("", ","):
                break
            separated = tail == "," or (at < len(tokens) and tokens[at].text == ",")
            at += 1 if separated and not tail else 0
            if at < len(tokens) and tokens[at].text.lower() in AND:
                separated = True
                at += 1
            if not separated:
                break
            place = Place.AFTER_VERB
        return found, after

    def named_by_part(self, token: Token) -> Mention:
        """Return whom `<intro@raj` names: nobody known is a question there, since the part needs somebody."""
        taken = self.one([token], 0, Place.AT) if token.quoted else self._named_by(_Run([token], Place.AT, token.start))
        if taken is not None and taken.mention.state is not PersonState.UNCONFIRMED:
            return taken.mention
        name = token.core or token.text
        return self._decided(name, Span(token.start, token.end), PersonState.NEAR, self._near(name), (NEW,))

    def assumed(self) -> list[Mention]:
        """Return who is selected, for a line that names nobody. Who was deleted meanwhile is no longer selected."""
        found = []
        for uid in self._about:
            try:
                name = self._directory.contact(uid).name
            except NotFound:
                continue
            found.append(Mention(text=name, span=None, state=PersonState.KNOWN, name=name, uid=uid))
        return found

    def _quoted(self, token: Token, place: Place) -> Taken | None:
        name = " ".join(token.core.split())
        if not name:
            return None
        span = Span(token.start, token.end - len(token.tail))
        known = self._known(name)
        if known:
            return Taken(self._answered(name, span, known), 1)
        if place is Place.AFTER_NOUN:
            return None
        return Taken(Mention(text=name, span=span, state=PersonState.NEW, name=name), 1)

    def _named_by(self, run: _Run) -> Taken | None:
        if not run.words:
            return None
        until = self._before_date(run)
        known = self._longest_known(run, until)
        capitals = capitals_of(run.words[:until])
        if known and known.count >= capitals:
            return self._taken(self._answered(*run.part(known.count), known.contacts), known.count)
        if run.place is Place.AT and not known:
            named = any(char.isalnum() for char in run.words[0])
            return self._unsure(run, max(capitals, 1)) if named else None
        if capitals:
            return self._unknown(run, capitals, known)
        if (
            run.place is Place.AFTER_SIGN
            and until
            and run.words[0].isalpha()
            and run.words[0].lower() not in SMALL_WORDS
        ):
            return self._unsure(run, 1)
        return None

    def _before_date(self, run: _Run) -> int:
        """Return how many words stand before a date, a time or a cadence; what follows an @ is no date."""
        for at in range(1 if run.place is Place.AT else 0, len(run.words)):
            rest = run.words[at:]
            day = leading_day(rest, self._today, ahead=False, running=at > 0, customs=self._customs)
            if day or leading_time(rest) or leading_cadence(rest):
                return at
        return len(run.words)

    def _longest_known(self, run: _Run, until: int) -> _Guess | None:
        """Return the longest known name at the start; over a date only a whole name, and only after "with"."""
        for count in range(min(len(run.words), _MOST_WORDS), 0, -1):
            over_date = count > until
            if over_date and run.place in (Place.AFTER_NOUN, Place.AFTER_VERB):
                continue
            if run.words[count - 1] in SMALL_WORDS or (
                count == 1 and len(run.words[0]) == 1 and run.words[0].isascii()
            ):
                continue
            contacts = self._known(run.part(count)[0])
            if contacts and _fits(contacts, run.words[:count], run.place, whole=over_date):
                return _Guess(contacts, count)
        return None

    def _known(self, text: str) -> tuple[Contact, ...]:
        known = self._named.get(text)
        if known is None:
            known = self._named[text] = tuple(self._directory.named(text))
        return known

    def _near(self, text: str) -> tuple[Contact, ...]:
        return tuple(self._directory.near(text))

    def _answered(self, text: str, span: Span, contacts: tuple[Contact, ...]) -> Mention:
        state = PersonState.KNOWN if len(contacts) == 1 else PersonState.AMBIGUOUS
        return self._decided(text, span, state, contacts, (NEW,) if len(contacts) > 1 else ())

    def _unknown(self, run: _Run, capitals: int, known: _Guess | None) -> Taken:
        """Return what a capitalised name that nobody has is: new, nearly somebody's, or ("Grace Kelly" where there is
        only Grace Hopper) either.
        """
        text, span = run.part(capitals)
        shorter = known.contacts if known else ()
        near = tuple(one for one in self._near(text) if one not in shorter)
        noun = run.place is Place.AFTER_NOUN
        if not (near or shorter):
            if noun:
                return self._unsure(run, capitals, near=False)
            return Taken(self._decided(text, span, PersonState.NEW, (), (NEW,)), capitals)
        mention = self._decided(text, span, PersonState.NEAR, (*shorter, *near), (NEW, AS_TEXT) if noun else (NEW,))
        if known and mention.uid in {one.uid for one in known.contacts}:
            mention = replace(mention, span=run.part(known.count)[1])
            return self._taken(mention, known.count)
        return self._taken(mention, capitals)

    def _unsure(self, run: _Run, count: int, *, near: bool = True) -> Taken:
        """Return a name that stays text until the user says that it is somebody new; a near miss is a question."""
        text, span = run.part(count)
        near = near and len(text) >= _LEAST_NEAR and not text.endswith(("'s", "’s"))
        contacts = self._near(text) if near else ()
        state = PersonState.NEAR if contacts else PersonState.UNCONFIRMED
        return self._taken(self._decided(text, span, state, contacts, (NEW, AS_TEXT)), count)

    @staticmethod
    def _taken(mention: Mention, count: int) -> Taken:
        return Taken(mention, 0 if mention.state is PersonState.UNCONFIRMED else count)

    def _decided(
        self, text: str, span: Span, state: PersonState, contacts: Sequence[Contact], extra: tuple[str, ...]
    ) -> Mention:
        """Return the mention as the user chose, or undecided. Who is selected is the first candidate."""
        ranked = sorted(contacts, key=lambda one: one.uid not in self._about)[:_MOST_CANDIDATES]
        candidates = tuple(Candidate(one.uid, one.name, _detail(one)) for one in ranked)
        options = (*(one.uid for one in candidates), *extra)
        mention = Mention(text=text, span=span, state=state, name=text, candidates=candidates, options=options)
        chosen = self._choices.get(mention.key)
        if state is PersonState.KNOWN:
            chosen = candidates[0].uid
        if chosen not in options:
            return mention
        names = {one.uid: one.name for one in candidates}
        states = {NEW: PersonState.NEW, AS_TEXT: PersonState.UNCONFIRMED}
        return replace(
            mention,
            state=states.get(chosen, PersonState.KNOWN),
            name=names.get(chosen, text),
            uid=chosen if chosen in names else None,
        )


def _detail(contact: Contact) -> str:
    return contact.organisation or contact.city or next(iter((*contact.emails, *contact.phones)), "")


def _fits(contacts: Sequence[Contact], words: Sequence[str], place: Place, *, whole: bool) -> bool:
    """Whether words that the directory answers to stand for a name here, and not for themselves."""
    text = fold(" ".join(words))
    one = contacts[0]
    own = {fold(one.name), *fold(one.name).split(), *map(fold, one.nicknames)}
    exact = text in own
    small = words[0][0].islower()
    if whole or exact:
        plain_word = small and len(words) == 1 and place is Place.AFTER_NOUN and text in ALSO_NAMES
        return exact and not plain_word
    if any(word.lower() in SMALL_WORDS for word in words):
        return False
    if place is Place.AT:
        return len(words) == 1 or not any(word[0].islower() for word in words[1:])
    if small:
        after_with = place in (Place.AFTER_WITH, Place.AFTER_SIGN)
        return after_with and len(words) == 1 and len(text) >= _LEAST_LOWER and len(contacts) == 1
    return not any(word[0].islower() for word in words)
