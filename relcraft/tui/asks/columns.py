"""Which asks and introductions stand where on the screen, in which order."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from relcraft.book import asks
from relcraft.book.introductions import open_introductions
from relcraft.book.open import Book
from relcraft.domain import asking, introducing
from relcraft.domain.records import Ask, Date, Introduction
from relcraft.domain.words import AskDirection, AskState


class Column(StrEnum):
    """Where an ask of the user's stands."""

    DRAFT = "Draft"
    ASKED = "Asked"
    AGREED = "Agreed"
    HELPED = "Helped"
    ENDED = "Ended"


class Group(StrEnum):
    """Where an ask stands that came to the user."""

    RECEIVED = "Waiting for a word from you"
    AGREED = "You said yes"
    CLOSED = "Closed"


class Way(StrEnum):
    """Who introduces, or that nothing is left to do."""

    BY_ME = "By you"
    TO_ME = "To you"
    CLOSED = "Closed"


_COLUMNS = {
    AskState.DRAFT: Column.DRAFT,
    AskState.ASKED: Column.ASKED,
    AskState.AGREED: Column.AGREED,
    AskState.HELPED: Column.HELPED,
}
_GROUPS = {AskState.RECEIVED: Group.RECEIVED, AskState.AGREED: Group.AGREED}


def outgoing(book: Book) -> Mapping[Column, list[Ask]]:
    """Return the user's own asks by where they stand, each as its dates have it.

    Drafts and what ended: newest first. What waits for an answer: whose patience ends first. Thanks: the oldest first.
    """
    columns: dict[Column, list[Ask]] = {column: [] for column in Column}
    for ask in _settled(book, AskDirection.OUTGOING):
        columns[_COLUMNS.get(asks.state(book, ask), Column.ENDED)].append(ask)
    for column in (Column.DRAFT, Column.ENDED):
        columns[column].sort(key=_last_date, reverse=True)
    for column in (Column.ASKED, Column.AGREED):
        columns[column].sort(key=lambda ask: asking.waits_until(ask, book.rules.patience) or Date.max)
    columns[Column.HELPED].sort(key=_last_date)
    return columns


def incoming(book: Book) -> Mapping[Group, list[Ask]]:
    """Return what was asked of the user: the longest wait first; what is closed, newest first."""
    groups: dict[Group, list[Ask]] = {group: [] for group in Group}
    for ask in _settled(book, AskDirection.INCOMING):
        groups[_GROUPS.get(asks.state(book, ask), Group.CLOSED)].append(ask)
    for group, found in groups.items():
        found.sort(key=_last_date, reverse=group is Group.CLOSED)
    return groups


def introductions(book: Book) -> Mapping[Way, list[Introduction]]:
    """Return the introductions: the longest wait first; those that rest or were told of, newest first."""
    open_ones = open_introductions(book)
    closed = [each for each in book.all(Introduction) if not introducing.is_open(each)]
    closed.sort(key=_last_date, reverse=True)
    return {
        Way.BY_ME: [each for each in open_ones if each.broker is None],
        Way.TO_ME: [each for each in open_ones if each.broker is not None],
        Way.CLOSED: closed,
    }


def _settled(book: Book, direction: AskDirection) -> Iterable[Ask]:
    for ask in book.all(Ask):
        if ask.direction is direction:
            yield asking.settled(ask, book.today, book.rules.patience)


def _last_date(record: Ask | Introduction) -> Date:
    return record.steps[-1].date if record.steps else record.created.date()
