"""How people and records are named in titles and toasts."""

from collections.abc import Callable, Sequence
from typing import Any

from relcraft.book.open import Book
from relcraft.domain.asking import tell_ask
from relcraft.domain.introducing import state_of
from relcraft.domain.records import (
    Apart,
    Ask,
    Contact,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Introduction,
    Me,
    Record,
    SyncedCard,
    Tie,
    Unplaced,
)
from relcraft.domain.steps import a_kind, first_name
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskDirection, Direction, InteractionKind, IntroductionState


def names_of(book: Book, uids: Sequence[str]) -> str:
    """Return the contacts as a title names them: "Grace Hopper", "Grace and Raj", "Grace and 3 others"."""
    return names_told([record for uid in uids if isinstance(record := book.get("contacts", uid), Contact)]) or "nobody"


def names_told(people: Sequence[Contact]) -> str:
    """Return people as `names_of` does; nobody: empty."""
    if len(people) < 2:
        return people[0].name if people else ""
    first = first_name(people[0])
    return f"{first} and {first_name(people[1])}" if len(people) == 2 else f"{first} and {len(people) - 1} others"


def interaction_told(kind: InteractionKind, names: str) -> str:
    """Return an interaction as a toast names it: "coffee with Grace Hopper"; with nobody, its kind."""
    return f"{kind} {'about' if kind is InteractionKind.NOTE else 'with'} {names}" if names else str(kind)


def title_of(book: Book, record: Record) -> str:
    """Return a record as a toast names it: "coffee with Grace Hopper"."""
    told = _TITLES.get(type(record))
    return "a snooze" if told is None else told(book, record)


def _interaction(book: Book, record: Interaction) -> str:
    return interaction_told(record.kind, names_of(book, record.contacts) if record.contacts else "")


def _apart(book: Book, record: Apart) -> str:
    names = [names_of(book, (uid,)) for uid in (record.first, record.second)]
    return f"{names[0]} and {names[1]}, who are two"


def _unplaced(_book: Book, record: Unplaced) -> str:
    name = clean_line(str((record.person or {}).get("name", "")))
    return f"what {record.where or 'a file'} says of {name or 'somebody'}"


def _exchange(book: Book, record: Exchange) -> str:
    way = "to" if record.direction is Direction.GIVEN else "from"
    return f"{record.kind} {record.direction} {way} {names_of(book, (record.contact,))}"


def _ask(book: Book, record: Ask) -> str:
    way = "to" if record.direction is AskDirection.OUTGOING else "from"
    return f"ask {way} {names_of(book, (record.contact,))} for {a_kind(record.kind)}"


def _introduction(book: Book, record: Introduction) -> str:
    return f"introduction of {names_of(book, [uid for uid in (record.first, record.second) if uid is not None])}"


def ask_told(book: Book, ask: Ask) -> str:
    """Return what an ask is about and where it stands: "the data team at Acme · asked 6 days ago"."""
    other = book.get("contacts", ask.contact)
    name = first_name(other) if isinstance(other, Contact) else "they"
    return " · ".join(filter(None, (clean_line(ask.what), tell_ask(ask, name, book.today, book.rules.patience))))


def introduction_told(book: Book, introduction: Introduction) -> str:
    """Return who meets whom and where that stands: "Ada and Lee · Ada agreed"."""
    first, second = (
        "you" if uid is None else names_of(book, (uid,)) for uid in (introduction.first, introduction.second)
    )
    by = "" if introduction.broker is None else f"by {names_of(book, (introduction.broker,))}"
    state = state_of(introduction)
    stands = f"{first} agreed" if state is IntroductionState.FIRST_AGREED else str(state)
    return " · ".join(filter(None, (f"{first} and {second}", by, stands, clean_line(introduction.text))))


_TITLES: dict[type[Record], Callable[[Book, Any], str]] = {
    Contact: lambda _book, record: record.name,
    Interaction: _interaction,
    Exchange: _exchange,
    FollowUp: lambda _book, record: f'follow-up "{record.text}"' if record.text else "a follow-up",
    Ask: _ask,
    Introduction: _introduction,
    Goal: lambda _book, record: f'goal "{record.words or record.kind}"',
    Tie: lambda book, record: f"tie between {names_of(book, (record.first, record.second))}",
    Me: lambda _book, _record: "what you say of yourself",
    Apart: _apart,
    Unplaced: _unplaced,
    SyncedCard: lambda book, record: f"the card of {names_of(book, (record.contact,))}",
}
