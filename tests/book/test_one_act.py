"""One act of help is one exchange: told by an ask, an introduction and a line, in every order."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest

from relcraft.book import asks, introductions, verbs
from relcraft.book.adding import add_line, read_line
from relcraft.book.one_act import named_in
from relcraft.book.open import Book
from relcraft.domain.addline.preview import preview
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Ask, Contact, Exchange, Introduction
from relcraft.domain.words import AskDirection, AskState, ExchangeKind, IntroductionState
from tests.books import TODAY, a_book, person

WEEK_AGO = TODAY - timedelta(days=7)
MADE = IntroductionState.MADE


@pytest.fixture
def book() -> Book:
    return a_book(
        person("ada", "Ada Lovelace"),
        person("dana", "Dana Fox"),
        person("lee", "Lee Chan"),
        person("raj", "Raj Patel"),
    )


def asked(
    book: Book, kind: ExchangeKind = ExchangeKind.INTRODUCTION, target: str | None = None, what: str = "who knows data?"
) -> str:
    ask = Ask(uid="", direction=AskDirection.OUTGOING, contact="dana", kind=kind, what=what, target=target)
    return asks.add_asked(book, ask, WEEK_AGO).uid


def say(book: Book, line: str) -> None:
    add_line(book, read_line(book, line), allow_new=True)


def made_to_me(book: Book, second: str = "lee") -> None:
    introductions.begin(book, Introduction(uid="", broker="dana", second=second), state=MADE)


def help_of(book: Book, contact: str) -> list[Exchange]:
    return book.exchanges_with(contact)


def ask_helped(book: Book) -> None:
    """Note that the ask was helped, where nothing that was told before did so."""
    (ask,) = book.all(Ask)
    if asks.state(book, ask) is AskState.ASKED:
        asks.move(book, ask.uid, AskState.HELPED)


TELLINGS: dict[str, Callable[[Book], object]] = {
    "ask": ask_helped,
    "introduction": lambda book: introductions.begin(
        book, Introduction(uid="", broker="dana", second="lee"), state=MADE
    ),
    "line": lambda book: say(book, "coffee with Dana yesterday <intro:Lee"),
}


@pytest.mark.parametrize("order", list(permutations(TELLINGS)))
@pytest.mark.parametrize("target", ["lee", None])
def test_an_introduction_told_three_times_is_one_exchange_that_links_to_all(
    book: Book, order: tuple[str, ...], target: str | None
) -> None:
    asked(book, target=target, what="a word with Lee")
    for name in order:
        try:
            TELLINGS[name](book)
        except BadInput:
            assert name == "introduction", "only what is in the book already is refused"
            assert target == "lee"
    (act,) = help_of(book, "dana")
    assert act.ask is not None
    assert act.introduction is not None
    assert act.interaction is not None


@pytest.mark.parametrize("text", ["", ":Lee", ":Lee for the data job"])
def test_an_introduction_noted_the_day_after_its_line_is_the_same_act(book: Book, text: str) -> None:
    say(book, f"coffee with Dana yesterday <intro{text}")
    made_to_me(book)
    (act,) = help_of(book, "dana")
    assert (act.introduction is not None, act.interaction is not None) == (True, True)


def test_an_introduction_to_somebody_else_is_another_act(book: Book) -> None:
    say(book, "coffee with Dana <intro:Lee for the data job")
    made_to_me(book, "raj")
    assert len(help_of(book, "dana")) == 2
    say(book, "call with Dana <intro:Ada")
    assert len(help_of(book, "dana")) == 3


def test_an_introduction_by_me_told_in_a_line_as_well_is_one_act_for_each(book: Book) -> None:
    introductions.begin(book, Introduction(uid="", first="ada", second="lee"), state=MADE)
    say(book, "coffee with Ada >intro:Lee")
    assert [len(help_of(book, who)) for who in ("ada", "lee")] == [1, 1]


@pytest.mark.parametrize("introduced_first", [True, False])
def test_an_introduction_that_was_asked_of_me_is_one_act_for_who_asked(book: Book, introduced_first: bool) -> None:
    wish = Ask(
        uid="",
        direction=AskDirection.INCOMING,
        contact="ada",
        kind=ExchangeKind.INTRODUCTION,
        what="somebody like Lee",
    )
    ask = asks.add_incoming(book, wish, WEEK_AGO)
    steps: list[Callable[[], object]] = [
        lambda: introductions.begin(book, Introduction(uid="", first="ada", second="lee"), state=MADE),
        lambda: asks.move(book, ask.uid, AskState.HELPED),
    ]
    for step in steps if introduced_first else steps[::-1]:
        step()
    (act,) = help_of(book, "ada")
    assert act.ask == ask.uid
    assert act.introduction is not None
    assert len(help_of(book, "lee")) == 1


def test_help_of_an_ask_told_again_in_a_line_is_one_act_on_that_conversation(book: Book) -> None:
    uid = asked(book, ExchangeKind.ADVICE, what="career choices")
    asks.move(book, uid, AskState.HELPED)
    line = "coffee with Dana <advice+:choices of a career"
    assert "the advice received from Dana Fox is noted already: it stays one" in preview(read_line(book, line))
    say(book, line)
    (act,) = help_of(book, "dana")
    assert (act.ask, act.size, act.interaction is not None) == (uid, "big", True)
    book.undo()
    (act,) = help_of(book, "dana")
    assert (act.size, act.interaction) == ("normal", None)


@pytest.mark.parametrize("line", ["coffee with Dana <advice:pizza ovens", "coffee with Dana yesterday <advice"])
def test_other_help_in_a_line_is_another_act(book: Book, line: str) -> None:
    asks.move(book, asked(book, ExchangeKind.ADVICE, what="career choices"), AskState.HELPED)
    say(book, line)
    assert len(help_of(book, "dana")) == 2


def test_help_that_closes_another_ask_is_another_act(book: Book) -> None:
    asks.move(book, asked(book, ExchangeKind.ADVICE, what="career choices"), AskState.HELPED)
    other = asked(book, ExchangeKind.ADVICE, what="what to earn")
    say(book, "coffee with Dana <advice")
    assert len(help_of(book, "dana")) == 2
    assert asks.state(book, book.one(Ask, other)) is AskState.HELPED


def test_an_introduction_left_when_its_ask_was_taken_back_is_the_act_that_a_line_tells(book: Book) -> None:
    uid = asked(book, target="lee")
    asks.move(book, uid, AskState.HELPED)
    asks.take_back(book, uid)
    say(book, "coffee with Dana <intro:Lee")
    (act,) = help_of(book, "dana")
    assert act.ask == uid


def test_who_a_text_names_in_passing(book: Book) -> None:
    verbs.add_contact(book, Contact(uid="wong", name="Lee Wong", nicknames=("Wongster",)))
    assert named_in(book, "Lee for the data job") == {"lee", "wong"}
    assert named_in(book, "a word with Lee Wong, about data") == {"wong"}
    assert named_in(book, "Wongster") == {"wong"}
    assert named_in(book, "the data team at Acme") == frozenset()
    assert named_in(book, "mia from Acme", Contact(uid="mia", name="Mia Stone")) == {"mia"}
