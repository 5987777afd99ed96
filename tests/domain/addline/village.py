"""A small directory of people for the tests of the add line, and a compact way to write down what a line means."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from relcraft.domain.addline import Mention, ParsedAsk, ParsedExchange, ParsedFollowUp, ParsedLine, PersonState
from relcraft.domain.errors import NotFound
from relcraft.domain.records import Contact, Date
from relcraft.domain.text import clean_line, fold
from relcraft.domain.words import Direction, Initiator, Size

TODAY = Date(2026, 11, 22)
"""A Sunday."""


class FakeDirectory:
    """Answers names as the book does, by going through all its contacts; counts how often it is asked."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self.contacts = tuple(contacts)
        self.asked = 0

    def named(self, text: str) -> Sequence[Contact]:
        self.asked += 1
        name = fold(clean_line(text))
        if not name:
            return ()
        full = [one for one in self.contacts if fold(one.name) == name]
        short = [one for one in self.contacts if name in {fold(one.name).split()[0], *map(fold, one.nicknames)}]
        return full or short or [one for one in self.contacts if self._begins(one, name)]

    @staticmethod
    def _begins(contact: Contact, name: str) -> bool:
        whole = fold(contact.name)
        return any(word.startswith(name) for word in (whole, *whole.split(), *map(fold, contact.nicknames)))

    def near(self, text: str) -> Sequence[Contact]:
        self.asked += 1
        if self.named(text):
            return ()
        words = {word: one for one in self.contacts for word in (fold(one.name), fold(one.name).split()[0])}
        close = get_close_matches(fold(text), words, n=5, cutoff=0.79)
        return list({words[word].uid: words[word] for word in close}.values())

    def contact(self, uid: str) -> Contact:
        for one in self.contacts:
            if one.uid == uid:
                return one
        raise NotFound("That is no longer in the book.")


def a_person(name: str, *nicknames: str) -> Contact:
    return Contact(uid=fold(name).replace(" ", "-"), name=name, nicknames=nicknames)


VILLAGE = FakeDirectory(
    [
        a_person("Grace Hopper", "Amazing Grace"),
        a_person("Raj Patel"),
        a_person("Ada Lovelace", "Countess"),
        a_person("Alan Turing"),
        a_person("Radia Perlman"),
        a_person("Will Byers"),
        a_person("May Ling"),
        a_person("Mark Olsen"),
        a_person("April Jones"),
        a_person("Patrick O'Brien", "Paddy"),
        a_person("Dana Fox"),
        a_person("Dana Wolf"),
        a_person("李明"),
        a_person("Zoë Ångström"),
        a_person("Юрий Гагарин"),
        a_person("محمد علي"),
        a_person("Juan Carlos de la Cruz"),
        a_person("Vincent van Gogh"),
        a_person("🦊 Fox"),
        a_person("J. Random Hacker"),
        a_person("An Nguyen"),
    ]
)


def told(parsed: ParsedLine) -> str:
    """Return a reading in one line: `coffee 11-21 | Grace Hopper, Raj Patel | "re: Acme" | <introduction Ada`.

    A person is a name, `+Name` where new, `Name=A/B` where a question, `?Name` where it stays text until confirmed. A
    question that is not about a person is `??`.
    """
    pieces = [_head(parsed), ", ".join(_person(one) for one in parsed.people if one.span or parsed.interaction)]
    pieces += [f'"{parsed.summary}"' if parsed.summary else ""]
    pieces += [_exchange(exchange, parsed) for exchange in parsed.exchanges]
    pieces += [_ask(ask, parsed) for ask in parsed.asks]
    pieces += [_follow_up(follow_up, parsed) for follow_up in parsed.follow_ups]
    pieces += [f"#{tag}" for tag in parsed.tags]
    pieces += [f"every {parsed.cadence_days}" if parsed.cadence_days else ""]
    pieces += [_person(one) for one in parsed.mentions if one.state is PersonState.UNCONFIRMED]
    asked = sum(one.is_question for one in {each.key: each for each in parsed.mentions}.values())
    pieces += ["??"] * (len(parsed.questions) - asked)
    return " | ".join(filter(None, pieces))


def _head(parsed: ParsedLine) -> str:
    kind = parsed.interaction or ""
    if parsed.kind is not None and parsed.initiator is not Initiator.BOTH:
        kind += f"({parsed.initiator})"
    day = _day(parsed.said_date) if parsed.said_date else ""
    return " ".join(filter(None, (kind, day, f"{parsed.time:%H:%M}" if parsed.time else "")))


def _day(day: Date) -> str:
    return f"{day:%m-%d}" if day.year == TODAY.year else f"{day:%Y-%m-%d}"


def _person(mention: Mention) -> str:
    match mention.state:
        case PersonState.NEW:
            return f"+{mention.name}"
        case PersonState.UNCONFIRMED:
            return f"?{mention.name}"
        case PersonState.KNOWN:
            return mention.name
        case _:
            return f"{mention.text}={'/'.join(one.name for one in mention.candidates)}"


def _whose(who: Mention | None, parsed: ParsedLine) -> str:
    if who is None or (parsed.people and parsed.people[0].who == who.who):
        return ""
    return f"@{_person(who)}"


def _exchange(exchange: ParsedExchange, parsed: ParsedLine) -> str:
    sign = ">" if exchange.direction is Direction.GIVEN else "<"
    return sign + _help(exchange, parsed)


def _ask(ask: ParsedAsk, parsed: ParsedLine) -> str:
    return "?" + _help(ask, parsed)


def _help(part: ParsedExchange | ParsedAsk, parsed: ParsedLine) -> str:
    size = {Size.BIG: "+", Size.SMALL: "-", Size.NORMAL: ""}[part.size]
    text = f":{part.text}" if part.text else ""
    return f"{part.kind}{size}{_whose(part.who, parsed)}{text}"


def _follow_up(follow_up: ParsedFollowUp, parsed: ParsedLine) -> str:
    text = f" {follow_up.text}" if follow_up.text else ""
    return f"!{_day(follow_up.date)}{_whose(follow_up.who, parsed)}{text}"
