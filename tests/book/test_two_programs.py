"""Two programs with one book open: what one of them noted is not noted again by the other, which has not looked yet."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from relcraft.book import asks, doing, goals, introductions, verbs
from relcraft.book.adding import add_line, read_line
from relcraft.book.open import Book
from relcraft.book.today import all_moves
from relcraft.domain.changes import put
from relcraft.domain.errors import BadInput, NotKept
from relcraft.domain.moves import Move, MoveKind
from relcraft.domain.records import Ask, AskStep, Exchange, FollowUp, Goal, Introduction, Record
from relcraft.domain.words import AskDirection, AskState, ExchangeKind, GoalKind, IntroductionState
from relcraft.store.opening import open_store
from tests.books import TODAY, person

LONG_AGO = TODAY - timedelta(days=30)
Both = tuple[Book, Book]


@pytest.fixture
def open_book(tmp_path: Path) -> Iterator[Callable[[], Book]]:
    ticks = count()
    opened: list[Book] = []

    def now() -> datetime:
        return datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) + timedelta(microseconds=next(ticks))

    def another() -> Book:
        opened.append(Book(open_store(tmp_path / "book.json", now=now), now))
        return opened[-1]

    yield another
    for book in opened:
        book.close()


def asked(kind: ExchangeKind = ExchangeKind.ADVICE, target: str | None = None) -> Ask:
    return Ask(
        uid="ask",
        direction=AskDirection.OUTGOING,
        contact="dana",
        kind=kind,
        target=target,
        steps=(AskStep(AskState.ASKED, LONG_AGO),),
    )


def two(open_book: Callable[[], Book], *records: Record) -> Both:
    """Return a book that is open twice, each with these records and read to the end."""
    people = (person("dana", "Dana Fox"), person("lee", "Lee Chan"))
    one = open_book()
    one.change("records", *(put(None, each) for each in (*people, *records)))
    other = open_book()
    all_moves(other)
    return one, other


def the_move(book: Book, kind: MoveKind) -> Move:
    return next(move for move in all_moves(book) if move.kind is kind)


@pytest.mark.parametrize("target", ["lee", None])
def test_help_is_one_exchange(open_book: Callable[[], Book], target: str | None) -> None:
    one, other = two(open_book, asked(ExchangeKind.INTRODUCTION, target))
    asks.move(one, "ask", AskState.HELPED)
    with pytest.raises(BadInput, match="From helped"):
        asks.move(other, "ask", AskState.HELPED)
    assert other.count(Exchange) == 1


def test_an_introduction_is_made_once(open_book: Callable[[], Book]) -> None:
    one, other = two(open_book)
    idea = introductions.begin(one, Introduction(uid="", first="dana", second="lee"))
    with pytest.raises(BadInput, match="in the book already"):
        introductions.begin(other, Introduction(uid="", first="dana", second="lee"))
    for state in (IntroductionState.FIRST_AGREED, IntroductionState.BOTH_AGREED, IntroductionState.MADE):
        introductions.move(one, idea.uid, state)
    with pytest.raises(BadInput, match="does not follow"):
        introductions.move(other, idea.uid, IntroductionState.MADE)
    assert other.count(Exchange) == 2


def test_a_line_that_was_read_before_the_ask_was_helped_closes_nothing(open_book: Callable[[], Book]) -> None:
    one, other = two(open_book, asked())
    line = read_line(other, "coffee with Dana <advice")
    asks.move(one, "ask", AskState.HELPED)
    with pytest.raises(BadInput, match="From helped"):
        add_line(other, line, allow_new=False)


def test_a_nudge_is_noted_once(open_book: Callable[[], Book]) -> None:
    one, other = two(open_book, asked())
    move = the_move(other, MoveKind.SILENCE)
    doing.do(one, move)
    with pytest.raises(BadInput, match="once is enough"):
        doing.do(other, move)


def test_a_promise_is_done_once(open_book: Callable[[], Book]) -> None:
    one, other = two(open_book, FollowUp(uid="p", date=TODAY, contact="dana", text="the paper"))
    move = the_move(other, MoveKind.PROMISED_TODAY)
    doing.do(one, move)
    with pytest.raises(BadInput, match="already"):
        doing.do(other, move)


def test_a_goal_is_reached_once(open_book: Callable[[], Book]) -> None:
    one, other = two(open_book)
    goal = goals.add_goal(one, Goal(uid="", kind=GoalKind.HIRED, words="a job"))
    goals.reach(one, goal.uid)
    with pytest.raises(BadInput, match="reached already"):
        goals.reach(other, goal.uid)


def test_a_snooze_of_a_promise_that_is_gone_does_no_harm(open_book: Callable[[], Book]) -> None:
    one, other = two(open_book, FollowUp(uid="p", date=TODAY, contact="dana", text="the paper"))
    move = the_move(other, MoveKind.PROMISED_TODAY)
    verbs.delete(one, ["p"])
    doing.snooze(other, move, TODAY + timedelta(days=2))
    other.look_for_news()
    assert all_moves(other) == []


def test_a_file_that_became_unreadable_takes_no_step(open_book: Callable[[], Book], tmp_path: Path) -> None:
    _one, other = two(open_book, asked())
    path = tmp_path / "book.json"
    other.fold()
    good = path.read_bytes()
    path.write_text("{")
    for _look in range(2):
        with pytest.raises(NotKept):
            asks.move(other, "ask", AskState.HELPED)
    assert other.count(Exchange) == 0
    path.write_bytes(good)
    asks.move(other, "ask", AskState.HELPED)
    assert other.count(Exchange) == 1
