"""What the cards of asks and introductions say."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from relcraft.book import introductions
from relcraft.book.naming import names_of
from relcraft.book.open import Book
from relcraft.domain import asking, introducing
from relcraft.domain.dates import tell_day, tell_span
from relcraft.domain.records import Ask, Contact, Date, Introduction
from relcraft.domain.steps import first_name
from relcraft.domain.telling import tell_ago
from relcraft.domain.text import clean_line
from relcraft.domain.words import AskState, IntroductionState
from relcraft.tui.asks.cards import HEADING, Card, Line
from relcraft.tui.asks.columns import Column, Group, Way

R = TypeVar("R", Ask, Introduction)
H = TypeVar("H", bound=str)
_SPACE = Card("", (Line(""),))
_ENDED = {AskState.THANKED: "thanked", AskState.RESTED: "rested", AskState.DECLINED: "no"}


# A column of the board


def narrow_cards(book: Book, column: Column, asks: Iterable[Ask]) -> list[Card]:
    """Return the cards of a column: what, who and for how long, and what is next."""
    card = _ended_card if column is Column.ENDED else _narrow_card
    return list(_spaced(card(book, ask) for ask in asks))


def _spaced(cards: Iterable[Card]) -> Iterator[Card]:
    for place, card in enumerate(cards):
        if place:
            yield _SPACE
        yield card


def _narrow_card(book: Book, ask: Ask) -> Card:
    next_line = _next(book, ask)
    return Card(
        ask.uid,
        (
            Line(_what(ask), style="strong", most=2),
            Line(names_of(book, (ask.contact,)), tail=f" · {_how_long(book, ask.steps[-1].date)}"),
            *([Line(next_line)] if next_line else []),
        ),
    )


def _ended_card(book: Book, ask: Ask) -> Card:
    last = ask.steps[-1]
    what = clean_line(ask.what) or str(ask.kind)
    when = f" · {tell_day(last.date, book.today)}"
    said = Line(f"{_ENDED.get(last.state, last.state)} · {what}", style="strong", most=2)
    return Card(ask.uid, (said, Line(names_of(book, (ask.contact,)), tail=when)))


def _what(ask: Ask) -> str:
    return " · ".join(filter(None, (ask.kind.capitalize(), clean_line(ask.what))))


def _how_long(book: Book, since: Date) -> str:
    days = (book.today - since).days
    return tell_span(days) if days > 0 else "today"


def _next(book: Book, ask: Ask) -> str:
    """Return what an ask waits for, in a few words."""
    last, patience = ask.steps[-1], book.rules.patience
    if last.state is AskState.DRAFT:
        return "" if ask.chance is None else f"chance {ask.chance // 10} of 10"
    if last.state is AskState.HELPED:
        return f"thank {_first_name(book, ask.contact)}"
    if asking.is_silent(ask, book.today, patience):
        return "nudge once, or rest"
    if last.until is not None and last.until >= book.today:
        day = tell_day(last.until, book.today)
        return f"for {day}" if last.state is AskState.AGREED else f"call again {day}"
    wait = asking.waits_until(ask, patience)
    return "" if wait is None else f"patience to {tell_day(wait, book.today)}"


def _first_name(book: Book, uid: str) -> str:
    contact = book.get("contacts", uid)
    return first_name(contact) if isinstance(contact, Contact) else "them"


# One list


def stacked_cards(book: Book, columns: Mapping[Column, Sequence[Ask]]) -> list[Card]:
    """Return all of the user's asks as one list, under a heading for each state that has any."""
    return _headed(columns, lambda ask: _wide_card(book, ask))


def incoming_cards(book: Book, groups: Mapping[Group, Sequence[Ask]]) -> list[Card]:
    """Return what was asked of the user as one list, with headings."""

    def card(ask: Ask) -> Card:
        what = clean_line(ask.what)
        said = f"{ask.kind}: {what}" if what else str(ask.kind)
        who = Line(f"{names_of(book, (ask.contact,))} · {said}", style="strong")
        return Card(ask.uid, (who, Line(_stands(book, ask))))

    return _headed(groups, card)


def introduction_cards(book: Book, ways: Mapping[Way, Sequence[Introduction]]) -> list[Card]:
    """Return the introductions as one list, with headings: who meets whom, where it stands, whose yes is next."""
    return _headed(ways, lambda each: _introduction_card(book, each))


def _headed(groups: Mapping[H, Sequence[R]], card: Callable[[R], Card]) -> list[Card]:
    cards: list[Card] = []
    for heading, records in groups.items():
        if records:
            cards.append(Card("", (Line(f"{heading} {len(records)}", style=HEADING),)))
            cards.extend(card(record) for record in records)
    return cards


def _wide_card(book: Book, ask: Ask) -> Card:
    stands = _stands(book, ask)
    if ask.steps[-1].state is AskState.DRAFT and ask.chance is not None:
        stands = f"{stands} · {_next(book, ask)}"
    return Card(
        ask.uid, (Line(_what(ask), style="strong"), Line(f"{names_of(book, (ask.contact,))} · {stands}", most=2))
    )


def _stands(book: Book, ask: Ask) -> str:
    return asking.tell_ask(ask, _first_name(book, ask.contact), book.today, book.rules.patience)


def _introduction_card(book: Book, introduction: Introduction) -> Card:
    by = "" if introduction.broker is None else f", by {names_of(book, (introduction.broker,))}"
    first = "You" if introduction.first is None else names_of(book, (introduction.first,))
    second = names_of(book, (introduction.second,))
    title = Line(f"{first} and {second}{by}", tail=f" · {_introduction_stands(book, introduction)}", style="strong")
    turn = introductions.next_step(book, introduction) or clean_line(introduction.outcome)
    return Card(introduction.uid, (title, *([Line(turn, most=2)] if turn else [])))


def _introduction_stands(book: Book, introduction: Introduction) -> str:
    state = introducing.state_of(introduction)
    who = "you" if introduction.first is None else _first_name(book, introduction.first)
    told = f"{who} said yes" if state is IntroductionState.FIRST_AGREED else str(state)
    if not introduction.steps:
        return told
    day = introduction.steps[-1].date
    days = (book.today - day).days
    return f"{told} {tell_ago(days)}" if 0 <= days < 14 else f"{told} {tell_day(day, book.today)}"
