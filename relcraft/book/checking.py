"""What a record must be before it is stored."""

from collections.abc import Callable, Iterable
from typing import Any

from relcraft.book.open import Book
from relcraft.domain.dates import tell_day_fully
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, Contact, Exchange, FollowUp, Goal, Interaction, Introduction, Record, Tie
from relcraft.domain.text import clean_line


def check(book: Book, record: Record) -> None:
    """Raise `BadInput` where a record cannot be stored as it is."""
    checked = _CHECKS.get(type(record))
    if checked is not None:
        checked(book, record)


def _contact(_book: Book, record: Contact) -> None:
    if not clean_line(record.name):
        raise BadInput("A contact needs a name.")
    if record.cadence_days is not None and not 0 <= record.cadence_days <= 36_500:
        raise BadInput("A cadence is a number of days from 0 (never due) to 36500.")


def _interaction(book: Book, record: Interaction) -> None:
    _all_known(book, record.contacts)


def _exchange(book: Book, record: Exchange) -> None:
    _all_known(book, (record.contact,))
    for moment, on in (("Thanked", record.thanked_on), ("Outcome told", record.outcome_told_on)):
        if on is not None and on < record.date:
            told = f"{moment} on {tell_day_fully(on)} is before the exchange itself"
            raise BadInput(f"{told}, on {tell_day_fully(record.date)}.")


def _follow_up(book: Book, record: FollowUp) -> None:
    _all_known(book, (record.contact,))


def _ask(book: Book, record: Ask) -> None:
    _all_known(book, (record.contact, record.target))
    if record.contact == record.target:
        raise BadInput("An introduction is asked of one person, to another one.")


def _introduction(book: Book, record: Introduction) -> None:
    people = (record.broker, record.first, record.second)
    _all_known(book, people)
    if len(set(people)) < len(people):
        raise BadInput("An introduction is between three: who introduces, and the two who meet.")


def _tie(book: Book, record: Tie) -> None:
    _all_known(book, (record.first, record.second))
    if record.first == record.second:
        raise BadInput("A tie is between two people.")


def _goal(_book: Book, record: Goal) -> None:
    if not clean_line(record.words):
        raise BadInput("A goal needs a few words of yours.")


def _all_known(book: Book, uids: Iterable[str | None]) -> None:
    if any(uid is not None and book.get("contacts", uid) is None for uid in uids):
        raise BadInput("That contact is no longer in the book.")


_CHECKS: dict[type[Record], Callable[[Book, Any], None]] = {
    Contact: _contact,
    Interaction: _interaction,
    Exchange: _exchange,
    FollowUp: _follow_up,
    Ask: _ask,
    Introduction: _introduction,
    Tie: _tie,
    Goal: _goal,
}
