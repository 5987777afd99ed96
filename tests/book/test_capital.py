"""The balance of everybody, and what was earned, drawn and paid forward."""

from dataclasses import replace

import pytest

from relcraft.book.capital import CapitalFigure, KindSum, capital, everyone, explain_capital, first_day, whole_balance
from relcraft.book.open import Book
from relcraft.domain.records import Date
from relcraft.domain.words import ExchangeKind, Size
from tests.books import TODAY, a_book, gave, got, person


def day(text: str) -> Date:
    return Date.fromisoformat(text)


@pytest.fixture
def book() -> Book:
    return a_book(
        person("ada", "Ada Lovelace"),
        person("grace", "Grace Hopper"),
        person("raj", "Raj Patel"),
        person("quiet", "Quiet One"),
        gave("e1", day("2026-11-02"), "ada"),
        got("e2", day("2026-10-12"), "ada", ExchangeKind.INTRODUCTION),
        replace(gave("e3", day("2026-10-20"), "raj", ExchangeKind.REFERRAL), size=Size.BIG),
        gave("e4", day("2025-11-30"), "raj"),
        got("e5", day("2020-01-01"), "grace", ExchangeKind.LEAD),
        gave("e6", day("2026-09-09"), "grace", ExchangeKind.FEEDBACK),
        gave("plan", day("2026-12-24"), "quiet", ExchangeKind.GIFT),
    )


def test_everybody_comes_by_how_often_and_then_how_two_way(book: Book) -> None:
    assert [(line.contact.uid, line.balance.frequency) for line in everyone(book)] == [
        ("ada", 2),
        ("raj", 2),
        ("grace", 1),
    ]


def test_who_is_filtered_out_is_in_no_figure(book: Book) -> None:
    assert [line.contact.uid for line in everyone(book, ["grace"])] == ["grace"]
    sums = capital(book, uids=["grace"])
    assert (sums.earned, sums.drawn, sums.forward) == (1, 0, 0)
    assert [each.kind for each in sums.kinds] == [ExchangeKind.FEEDBACK]
    assert whole_balance(book, ["grace"]).count == 2
    assert everyone(book, ["nobody"]) == []


def test_capital_is_base_times_size_without_decay_in_calendar_months(book: Book) -> None:
    sums = capital(book)
    assert sums.since == day("2025-12-01")
    assert (sums.earned, sums.drawn) == (1 + 6 + 1, 2)
    assert [(each.year, each.month) for each in sums.months][:: len(sums.months) - 1] == [(2025, 12), (2026, 11)]
    assert [(each.month, each.given, each.received) for each in sums.months if each.given or each.received] == [
        (9, 1, 0),
        (10, 6, 2),
        (11, 1, 0),
    ]
    assert sums.kinds == (
        KindSum(ExchangeKind.REFERRAL, 6, 0),
        KindSum(ExchangeKind.INTRODUCTION, 0, 2),
        KindSum(ExchangeKind.ADVICE, 1, 0),
        KindSum(ExchangeKind.FEEDBACK, 1, 0),
    )


def test_more_months_reach_further_back(book: Book) -> None:
    assert capital(book, months=13).earned == 9
    assert len(capital(book, months=1).months) == 1
    assert capital(book, months=1).earned == 1


@pytest.mark.parametrize(
    ("months", "first"), [(1, "2026-11-01"), (11, "2026-01-01"), (12, "2025-12-01"), (24, "2024-12-01")]
)
def test_the_months_begin_on_a_first(months: int, first: str) -> None:
    assert first_day(TODAY, months) == day(first)


def test_months_end_at_the_beginning_of_time() -> None:
    assert first_day(Date(1, 3, 1), 600) == Date(1, 1, 1)


def test_paid_forward_went_to_people_who_never_gave_back_in_any_year(book: Book) -> None:
    sums = capital(book)
    assert (sums.forward, sums.forward_to) == (6, ("raj",))


def test_every_figure_says_how_it_came_about(book: Book) -> None:
    earned = explain_capital(book, CapitalFigure.EARNED)
    assert earned[0] == "earned is what was given from Mon 1 Dec 2025 to Mon 23 Nov 2026: 8, from 3 exchanges"
    assert earned[2] == "referral to Raj Patel on Tue 20 Oct 2026: 3 × 2 = 6"
    assert explain_capital(book, CapitalFigure.DRAWN)[-1].startswith("introduction from Ada Lovelace on Mon 12 Oct")
    assert explain_capital(book, CapitalFigure.MONTHS)[-1] == "Nov 2026: earned 1, drawn 0"
    kinds = explain_capital(book, CapitalFigure.KINDS)
    assert kinds[1] == "referral: earned 6, drawn 0; one of normal size counts 3"
    forward = explain_capital(book, CapitalFigure.PAID_FORWARD)
    assert forward[1] == "6, to 1 contact, in 1 exchange"


def test_an_empty_book_explains_its_noughts() -> None:
    empty = a_book()
    assert capital(empty).earned == 0
    assert len(capital(empty).months) == 12
    for figure in CapitalFigure:
        assert explain_capital(empty, figure)
