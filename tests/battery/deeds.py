"""What a user does on a laptop, one deed at a time, through the verbs and the store that every user has."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, cast

from tinydb import TinyDB, where

from relcraft.book import asks, sides, verbs
from relcraft.book.goals import add_goal
from relcraft.book.one_moment import Clock
from relcraft.book.open import Book
from relcraft.book.port import Keeper
from relcraft.book.restoring import keep_restore, plan_restore
from relcraft.book.ties import add_tie
from relcraft.domain.contents import Contents
from relcraft.domain.errors import NotFound
from relcraft.domain.records import Ask, Contact, Exchange, FollowUp, Goal, Interaction, OtherSide, Record
from relcraft.domain.words import AskDirection, AskState, Direction, ExchangeKind, GoalKind, InteractionKind
from relcraft.store.opening import open_store
from relcraft.store.other import read_contents
from tests.battery.lineage import Said, said_by

_TEXTS: dict[str, tuple[str, ...]] = {
    "contacts": ("notes", "city", "organisation", "role"),
    "interactions": ("summary",),
    "exchanges": ("text",),
    "follow_ups": ("text",),
    "asks": ("what", "why_them"),
    "goals": ("words", "outcome"),
}


class _Numbered(Book):
    """A book whose new records have uids that come again in the same story."""

    def __init__(self, keeper: Keeper, clock: Clock, numbers: Iterator[str]) -> None:
        self._numbers = numbers
        super().__init__(keeper, clock)

    def new_uid(self) -> str:
        return next(self._numbers)


@dataclass(slots=True)
class Laptop:
    """One book in a file, and a clock that may be wrong."""

    path: Path
    clock: Callable[[], datetime]
    numbers: Iterator[str]
    known: frozenset[int] = frozenset()
    book: Book | None = None
    older: list[tuple[Contents, str]] = field(default_factory=list)
    """Backups."""

    def open(self) -> Book:
        """Return the book; it stays open."""
        if self.book is None:
            self.book = _Numbered(open_store(self.path, now=self.clock), self.clock, self.numbers)
        self.book.look_for_news()
        return self.book

    def close(self) -> None:
        """Fold and close."""
        if self.book is not None:
            self.book.close()
            self.book = None

    def crash(self) -> None:
        """Let go of the book without a fold."""
        self.book = None
        gc.collect(0)

    def said(self) -> Said:
        """Return what the file and its journal say."""
        return said_by(read_contents(self.path))


Token = Callable[[], str]
"""Returns a text that nobody typed before."""
Deed = Callable[[Token, Laptop, Random], str]
"""Does something on a laptop, and tells what."""


def _people(book: Book) -> list[Contact]:
    found = sorted(book.all(Contact), key=lambda one: one.uid)
    if not found:
        raise NotFound("nobody is there")
    return found


def _any(book: Book, random: Random, *kinds: type[Record]) -> Record:
    found = [one for kind in kinds for one in sorted(book.all(kind), key=lambda one: one.uid)]
    if not found:
        raise NotFound("nothing is there")
    return random.choice(found)


def add_contact(token: Token, laptop: Laptop, _random: Random) -> str:
    """Add somebody."""
    made = verbs.add_contact(laptop.open(), Contact(uid="", name=f"Ada {token()}"))
    return f"adds {made.uid}"


def edit(token: Token, laptop: Laptop, random: Random) -> str:
    """Type something into a field."""
    book = laptop.open()
    old = _any(book, random, Contact, Contact, Interaction, Exchange, FollowUp, Ask, Goal)
    table = next(name for name in _TEXTS if book.get(name, old.uid) is not None)
    name = random.choice(_TEXTS[table])
    new = cast("Any", replace)(old, **{name: token()})
    verbs.edit(book, old, new)
    return f"edits {name} of {old.uid}: {getattr(new, name)}"


def tag(token: Token, laptop: Laptop, random: Random) -> str:
    """Give somebody a tag, or take one away."""
    book = laptop.open()
    one = random.choice(_people(book))
    if one.tags and random.random() < 0.4:
        verbs.remove_tag(book, [one.uid], one.tags[0])
        return f"takes a tag off {one.uid}"
    verbs.add_tag(book, [one.uid], token())
    return f"tags {one.uid}"


def log(token: Token, laptop: Laptop, random: Random) -> str:
    """Log an interaction with two."""
    book = laptop.open()
    people = random.sample(_people(book), k=min(2, book.count(Contact)))
    said = Interaction(
        uid="",
        date=book.today,
        kind=InteractionKind.COFFEE,
        contacts=tuple(one.uid for one in people),
        summary=token(),
    )
    return f"logs {verbs.log_interaction(book, said).uid}"


def exchange(token: Token, laptop: Laptop, random: Random) -> str:
    """Note help."""
    book = laptop.open()
    who = random.choice(_people(book))
    met = random.choice([None, *(one.uid for one in book.interactions_with(who.uid))])
    said = Exchange(
        uid="",
        date=book.today,
        direction=random.choice(list(Direction)),
        kind=ExchangeKind.ADVICE,
        contact=who.uid,
        text=token(),
        interaction=met,
    )
    return f"notes {verbs.add_exchange(book, said).uid}"


def ask(token: Token, laptop: Laptop, random: Random) -> str:
    """Draft an ask, or go on with one."""
    book = laptop.open()
    known = sorted(book.all(Ask), key=lambda one: one.uid)
    if known and random.random() < 0.7:
        one = random.choice(known)
        state = random.choice([AskState.ASKED, AskState.AGREED, AskState.HELPED, AskState.THANKED, AskState.DECLINED])
        asks.move(book, one.uid, state)
        return f"moves {one.uid} to {state}"
    goal = random.choice([None, *sorted(one.uid for one in book.all(Goal))])
    said = Ask(
        uid="",
        direction=AskDirection.OUTGOING,
        contact=random.choice(_people(book)).uid,
        kind=ExchangeKind.ADVICE,
        what=token(),
        goal=goal,
    )
    return f"drafts {asks.save_draft(book, said).uid}"


def goal(token: Token, laptop: Laptop, _random: Random) -> str:
    """Add a goal."""
    return f"adds {add_goal(laptop.open(), Goal(uid='', kind=GoalKind.SWITCH, words=token())).uid}"


def tie(_token: Token, laptop: Laptop, random: Random) -> str:
    """Note that two know each other."""
    book = laptop.open()
    people = random.sample(_people(book), k=min(2, book.count(Contact)))
    if len(people) < 2:
        raise NotFound("only one is there")
    return f"ties {add_tie(book, people[0].uid, people[1].uid).uid}"


def follow_up(token: Token, laptop: Laptop, random: Random) -> str:
    """Promise something, or note that it was done or is open again."""
    book = laptop.open()
    known = sorted(book.all(FollowUp), key=lambda one: one.uid)
    if known and random.random() < 0.6:
        one = random.choice(known)
        if one.done_on is None:
            verbs.finish(book, one.uid, book.today)
            return f"finishes {one.uid}"
        verbs.reopen(book, one.uid)
        return f"reopens {one.uid}"
    who = random.choice(_people(book)).uid
    return f"promises {verbs.add_follow_up(book, FollowUp(uid='', date=book.today, contact=who, text=token())).uid}"


def archive(_token: Token, laptop: Laptop, random: Random) -> str:
    """Put somebody into the archive, or take them out of it."""
    book = laptop.open()
    one = random.choice(_people(book))
    verbs.archive(book, [one.uid], archived=not one.archived)
    return f"archives {one.uid}: {not one.archived}"


def delete(_token: Token, laptop: Laptop, random: Random) -> str:
    """Delete something."""
    book = laptop.open()
    old = _any(book, random, Interaction, Exchange, FollowUp, Ask, Goal)
    verbs.delete(book, [old.uid])
    return f"deletes {old.uid}"


def delete_for_good(_token: Token, laptop: Laptop, random: Random) -> str:
    """Delete somebody."""
    book = laptop.open()
    one = random.choice(_people(book))
    if not one.archived:
        verbs.archive(book, [one.uid])
    verbs.delete_for_good(book, one.uid)
    return f"deletes {one.uid} for good"


def undo(_token: Token, laptop: Laptop, _random: Random) -> str:
    """Take the last change back, a merge as well."""
    return laptop.open().undo().title


def redo(_token: Token, laptop: Laptop, _random: Random) -> str:
    """Make it again."""
    return laptop.open().redo().title


def restore(_token: Token, laptop: Laptop, random: Random) -> str:
    """Go back to a backup."""
    book = laptop.open()
    if not laptop.older:
        raise NotFound("no backup")
    theirs, called = random.choice(laptop.older)
    keep_restore(book, plan_restore(book, theirs, "a backup"))
    return f"restores {called or 'a backup'}"


def settle(_token: Token, laptop: Laptop, random: Random) -> str:
    """Settle a conflict."""
    book = laptop.open()
    waiting = sorted(one.uid for one in book.all(OtherSide))
    if not waiting:
        raise NotFound("none waits")
    uid = random.choice(waiting)
    verb = random.choice((sides.keep_here, sides.take_there))
    return verb(book, uid).title


def crash(_token: Token, laptop: Laptop, _random: Random) -> str:
    """Lose the program; the next one opens the book as it is."""
    laptop.open()
    laptop.crash()
    return "crash"


def close(_token: Token, laptop: Laptop, _random: Random) -> str:
    """Close the book."""
    laptop.close()
    return "close"


def outside(token: Token, laptop: Laptop, random: Random) -> str:
    """Edit the file with stock TinyDB, while the book is open or closed, but nothing waits."""
    book = laptop.open()
    old = random.choice(_people(book))
    if random.random() < 0.5:
        laptop.close()
    else:
        book.fold()
    with TinyDB(laptop.path, encoding="utf-8") as database:
        database.table("contacts").update({"city": token()}, where("uid") == old.uid)
    return f"outside edit of {old.uid}"


DEEDS: dict[str, Deed] = {
    "adds somebody": add_contact,
    "edits": edit,
    "tags": tag,
    "logs": log,
    "notes help": exchange,
    "asks": ask,
    "goal": goal,
    "tie": tie,
    "follow-up": follow_up,
    "archives": archive,
    "deletes": delete,
    "deletes for good": delete_for_good,
    "undo": undo,
    "redo": redo,
    "restores": restore,
    "settles": settle,
    "crash": crash,
    "closes": close,
    "outside edit": outside,
}
