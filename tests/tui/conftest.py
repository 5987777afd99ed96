"""What tests of the People screen share: a small book, the app on it, and what it told."""

from datetime import date, timedelta

import pytest

from relcraft.book.open import Book
from relcraft.domain.records import Birthday
from relcraft.domain.words import Circle, ExchangeKind, InteractionKind
from tests.books import TODAY, a_book, gave, got, met, person, promised


@pytest.fixture(autouse=True)
def _usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours, whatever the environment of the tests says."""
    monkeypatch.delenv("NO_COLOR", raising=False)


def ago(days: int) -> date:
    """Return the day so many days before today."""
    return TODAY - timedelta(days=days)


@pytest.fixture
def book() -> Book:
    """Grace, who is due, Alan, who is fresh, and Radia, of whom nothing is known yet."""
    return a_book(
        person(
            "grace",
            "Grace Hopper",
            circle=Circle.CLOSE,
            organisation="Navy",
            emails=("grace@navy.example",),
            tags=("compilers",),
            looking_for=("speakers",),
            notes="Likes nanoseconds.",
            birthday=Birthday(month=12, day=9, year=1906),
        ),
        person("alan", "Alan Turing", circle=Circle.ACTIVE, organisation="Acme"),
        person("radia", "Radia Perlman"),
        met("coffee", ago(40), "grace", summary="CV, compilers, sea"),
        met("call", ago(60), "grace", "alan", kind=InteractionKind.CALL, summary="about the talk"),
        met("lunch", ago(3), "alan", kind=InteractionKind.LUNCH),
        gave("feedback", ago(40), "grace", ExchangeKind.FEEDBACK),
        got("intro", ago(11), "grace", ExchangeKind.INTRODUCTION),
        promised("slides", ago(1), "grace", "send slides"),
        promised("paper", date(2026, 12, 1), "grace", "send the paper"),
    )
