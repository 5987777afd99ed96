"""Owns the small language in which the sample's stories are written, and reads it into records.

    = Full Name                                   a person, then `key: value` lines about them
    900 coffee me [Other Name]: text #tag         what took place 900 days ago, who began it, who else was there
    +5@12:30 lunch both: text                     a plan, five days ahead, with its time
      < advice big (learned) thanked 2 told 40: text    help received, thanked 2 and its outcome told 40 days later
      ! 7 done 6: text                            something promised there for 7 days later, done 6 days later
    800 > gift: text                              help given on a day of its own
    ~ 20                                          this person stays in peace for 20 days more
    kept: 690                                     the day on which an address book brought this person
    knows: Other Name (strong); Third Name        two who know each other

Help and promises that are indented hang on the interaction above them. Asks, introductions, goals and the user stand in
the lines that `relcraft.sample.lives` reads.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from typing import Any

from relcraft.domain.errors import BadInput
from relcraft.domain.records import (
    Ask,
    Birthday,
    Contact,
    Date,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Introduction,
    Me,
    Record,
    Snooze,
    Tie,
    Time,
)
from relcraft.domain.text import fold
from relcraft.domain.words import (
    Circle,
    Direction,
    ExchangeKind,
    Gain,
    Initiator,
    InteractionKind,
    Size,
    TieStrength,
)
from relcraft.sample import lives
from relcraft.sample.calendar import BOOK_AGE_DAYS, Calendar
from relcraft.sample.joining import joined

_EVENT = re.compile(
    r"(?P<when>\+?\d+)(@(?P<time>\d\d:\d\d))? (?P<kind>[a-z]+) (?P<who>me|them|both)"
    r"( \[(?P<others>[^]]+)\])?: (?P<text>.+?)(?P<tags>( #[\w-]+)*)"
)
_HELP = re.compile(
    r"((?P<when>\d+)| ) (?P<way>[<>]) (?P<kind>[a-z]+)( (?P<size>small|big))?( \((?P<gains>[^)]+)\))?"
    r"( thanked (?P<thanked>\d+))?( told (?P<told>\d+))?: (?P<text>.+)"
)
_PROMISE = re.compile(r"((?P<when>\+?\d+)| ) ! (?P<due>\d+)( done (?P<done>\d+))?: (?P<text>.+)")
_PEACE = re.compile(r"~ (?P<days>\d+)")
_FACT = re.compile(r"(?P<key>[a-z]+): (?P<value>.+)")
_KNOWS = re.compile(r"knows: (?P<names>.+)")
_KNOWN = re.compile(r"(?P<name>[^(]+?)( \((?P<strength>[a-z]+)\))?")
_BIRTHDAY = re.compile(r"in (?P<ahead>\d+)|(?P<month>\d\d)-(?P<day>\d\d)( aged (?P<age>\d+))?")


def read_scripts(scripts: Iterable[str], today: Date) -> tuple[Record, ...]:
    """Return the records that the scripts tell, contacts first. Raises `BadInput` with the line that cannot be read."""
    lines = [line for script in scripts for line in script.splitlines() if line.strip()]
    reader = _Reader(Calendar(today), _uids(lines))
    for line in lines:
        reader.read(line)
    return reader.records()


def _uids(lines: Iterable[str]) -> dict[str, str]:
    """Return a readable uid for each person's name, numbered in the order of the scripts."""
    names = [line.removeprefix("= ") for line in lines if line.startswith("= ")]
    return {name: f"sample-{number:03d}{_slug(name)}" for number, name in enumerate(names, 1)}


def _slug(name: str) -> str:
    """Return the Latin letters of a name as `-two-words`; nothing where it has none."""
    return "".join(f"-{word}" for word in re.findall(r"[a-z]+", fold(name).replace("ø", "o").replace("'", "")))


def _halves(first: str, second: str) -> Callable[[str], dict[str, Any]]:
    """Return a reader of `a | b` into two fields; the second may be left out."""

    def read(value: str) -> dict[str, Any]:
        left, _, right = (part.strip() for part in value.partition("|"))
        return {first: left, second: right}

    return read


_FACTS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "circle": lambda value: {"circle": Circle(value)},
    "every": lambda value: {"cadence_days": int(value)},
    "works": _halves("organisation", "role"),
    "city": _halves("city", "time_zone"),
    "sort": lambda value: {"sort_name": value},
    "nick": lambda value: {"nicknames": lives.listed(value)},
    "email": lambda value: {"emails": lives.listed(value)},
    "phone": lambda value: {"phones": lives.listed(value)},
    "url": lambda value: {"urls": lives.listed(value)},
    "tags": lambda value: {"tags": lives.listed(value)},
    "offers": lambda value: {"can_offer": lives.listed(value)},
    "seeks": lambda value: {"looking_for": lives.listed(value)},
    "notes": lambda value: {"notes": value},
    "archived": lambda value: {"archived": value == "yes"},
    "peace": lambda value: {"do_not_disturb": value == "yes"},
}
"""What each key of a person's lines says, apart from those that need a date or another person."""


@dataclass(slots=True)
class _Reader:
    """Reads line by line; knows the person and the interaction that the next line hangs on."""

    calendar: Calendar
    uids: Mapping[str, str]
    people: dict[str, Contact] = field(default_factory=dict)
    others: list[Record] = field(default_factory=list)
    person: str = ""
    subject: Me | Goal | None = None
    """Whom or what the facts are about, where that is no person of the book."""
    life: Ask | Introduction | None = None
    """What the next line may say more of."""
    last: Interaction | None = None
    counts: dict[str, int] = field(default_factory=dict)

    def read(self, line: str) -> None:
        """Take in one line. Raises `BadInput`."""
        if line.startswith("= "):
            return self._begin(line.removeprefix("= "))
        for pattern, take in (
            (_EVENT, self._event),
            (_HELP, self._help),
            (_PROMISE, self._promise),
            (_PEACE, self._peace),
            (lives.ASK, self._ask),
            (lives.INTRODUCTION, self._introduction),
            (lives.MANNER, self._manner),
            (lives.DETAIL, self._detail),
            (lives.GOAL, self._goal),
            (lives.THE_USER, self._me),
            (_KNOWS, self._ties),
            (_FACT, self._fact if self.subject is None else self._say_more),
        ):
            if found := pattern.fullmatch(line):
                try:
                    return take(found)
                except (KeyError, ValueError, TypeError) as error:
                    raise BadInput(f'The sample line "{line}" names something unknown: {error}') from error
        raise BadInput(f'The sample line "{line}" is no person, fact, interaction, help, promise, ask or goal.')

    def records(self) -> tuple[Record, ...]:
        """Return all that was read: people in their order, then the rest by day of writing down."""
        self._end()
        told = joined(self.others)
        return (*self.people.values(), *sorted(told, key=lambda record: record.created))

    def _end(self) -> None:
        """Keep what the lines above told of the user, of a goal, or of an ask or introduction."""
        self.others += [record for record in (self.subject, self.life) if record is not None]
        self.subject, self.life = None, None

    def _begin(self, name: str) -> None:
        if self.uids[name] in self.people:
            raise BadInput(f"The sample tells of two people called {name}.")
        self._end()
        self.person, self.last, self.counts = self.uids[name], None, {}
        moment = self.calendar.written_on(self.calendar.ago(BOOK_AGE_DAYS))
        self.people[self.person] = Contact(uid=self.person, name=name, created=moment, updated=moment)

    def _fact(self, found: re.Match[str]) -> None:
        key, value = found["key"], found["value"]
        known: dict[str, Any]
        if key == "met":
            days, _, how = value.partition(" | ")
            met_on = self.calendar.ago(int(days))
            moment = self.calendar.written_on(met_on)
            known = {"met_on": met_on, "met_how": how, "created": moment, "updated": moment}
        elif key == "kept":
            moment = self.calendar.written_on(self.calendar.ago(int(value)))
            known = {"created": moment, "updated": moment}
        elif key == "through":
            known = {"introduced_by": self.uids[value]}
        elif key == "birthday":
            known = {"birthday": self._birthday(value)}
        else:
            known = _FACTS[key](value)
        self.people[self.person] = replace(self.people[self.person], **known)

    def _say_more(self, found: re.Match[str]) -> None:
        """Take in a fact about the user or about a goal."""
        match self.subject:
            case Me():
                self.subject = lives.told_of_me(self.subject, found["key"], found["value"])
            case Goal():
                self.subject = lives.told_of_goal(
                    self.subject, found["key"], found["value"], uids=self.uids, calendar=self.calendar
                )

    def _ties(self, found: re.Match[str]) -> None:
        """Take in whom a person knows: `Other Name (strong); Third Name`."""
        written = self.people[self.person].created
        for each in lives.listed(found["names"]):
            known = _KNOWN.fullmatch(each)
            if not known:
                raise ValueError(each)
            strength = TieStrength(known["strength"] or "ordinary")
            first, second = self.person, self.uids[known["name"]]
            uid = self._next_uid("t")
            self.others.append(
                Tie(uid=uid, first=first, second=second, strength=strength, created=written, updated=written)
            )

    def _me(self, found: re.Match[str]) -> None:
        self._end()
        self.subject = lives.me_of(found, self.calendar)

    def _goal(self, found: re.Match[str]) -> None:
        self._end()
        self.subject = lives.goal_of(found)

    def _ask(self, found: re.Match[str]) -> None:
        self._end()
        self.life = lives.ask_of(found, uid=self._next_uid("a"), contact=self.person, calendar=self.calendar)

    def _introduction(self, found: re.Match[str]) -> None:
        self._end()
        uid, other = self._next_uid("n"), self.uids[found["name"]]
        self.life = lives.introduction_of(found, uid=uid, person=self.person, other=other, calendar=self.calendar)

    def _manner(self, found: re.Match[str]) -> None:
        self.life = lives.asked_so(self._life_above(), found, self.uids)

    def _detail(self, found: re.Match[str]) -> None:
        self.life = lives.detailed(self._life_above(), found)

    def _life_above(self) -> Ask | Introduction:
        if self.life is None:
            raise ValueError("these words say more of an ask or an introduction above them")
        return self.life

    def _birthday(self, value: str) -> Birthday:
        """Read `03-12`, `03-12 aged 44` (this year) or `in 4`, which is days ahead and leaves the year open."""
        found = _BIRTHDAY.fullmatch(value)
        if not found:
            raise ValueError(value)
        if found["ahead"]:
            coming = self.calendar.today + timedelta(int(found["ahead"]))
            return Birthday(coming.month, coming.day)
        year = self.calendar.today.year - int(found["age"]) if found["age"] else None
        return Birthday(int(found["month"]), int(found["day"]), year)

    def _event(self, found: re.Match[str]) -> None:
        date = self.calendar.day(found["when"])
        others = found["others"].split(", ") if found["others"] else []
        moment = self.calendar.written_on(date)
        self.last = Interaction(
            uid=self._next_uid("i"),
            date=date,
            time=_clock_time(found["time"]),
            kind=InteractionKind(found["kind"]),
            contacts=(self.person, *(self.uids[name] for name in others)),
            initiator=Initiator(found["who"]),
            summary=found["text"],
            tags=tuple(found["tags"].replace("#", "").split()),
            created=moment,
            updated=moment,
        )
        self.others.append(self.last)

    def _help(self, found: re.Match[str]) -> None:
        date, interaction = self._hung_on(found["when"])
        thanked, told = (date + timedelta(int(found[key])) if found[key] else None for key in ("thanked", "told"))
        self.others.append(
            Exchange(
                uid=self._next_uid("x"),
                date=date,
                direction=Direction.GIVEN if found["way"] == ">" else Direction.RECEIVED,
                kind=ExchangeKind(found["kind"]),
                size=Size(found["size"] or "normal"),
                contact=self.person,
                text=found["text"],
                gains=tuple(map(Gain, found["gains"].split(", "))) if found["gains"] else (),
                thanked_on=thanked,
                outcome_told_on=told,
                interaction=interaction,
                created=self.calendar.written_on(date),
                updated=self.calendar.written_on(max(date, thanked or date, told or date)),
            )
        )

    def _promise(self, found: re.Match[str]) -> None:
        date, interaction = self._hung_on(found["when"])
        done = date + timedelta(int(found["done"])) if found["done"] else None
        self.others.append(
            FollowUp(
                uid=self._next_uid("f"),
                date=date + timedelta(int(found["due"])),
                contact=self.person,
                text=found["text"],
                done_on=done,
                interaction=interaction,
                created=self.calendar.written_on(date),
                updated=self.calendar.written_on(done or date),
            )
        )

    def _peace(self, found: re.Match[str]) -> None:
        until, moment = (
            self.calendar.today + timedelta(int(found["days"])),
            self.calendar.written_on(self.calendar.today),
        )
        snooze = Snooze(uid=self._next_uid("z"), of=self.person, until=until, created=moment, updated=moment)
        self.others.append(snooze)

    def _hung_on(self, when: str | None) -> tuple[Date, str | None]:
        """Return the day of help or a promise, and the interaction above it where the line names no day of its own."""
        if when:
            return self.calendar.day(when), None
        if self.last is None:
            raise ValueError("an indented line hangs on an interaction of the same person")
        return self.last.date, self.last.uid

    def _next_uid(self, letter: str) -> str:
        """Return such as `sample-007-i12`, counted by person and kind of record."""
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return f"{self.person[: len('sample-000')]}-{letter}{self.counts[letter]:02d}"


def _clock_time(text: str | None) -> Time | None:
    return time.fromisoformat(text) if text else None
