"""Pictures of the Goals screen: an open goal on the small terminal, a reached one on the large one."""

from collections.abc import Callable
from datetime import date

import pytest
from textual.app import App
from textual.pilot import Pilot

from relcraft.book import asks, goals
from relcraft.book.open import Book
from relcraft.domain.records import Ask, Goal
from relcraft.domain.words import AskDirection, AskState, Circle, ExchangeKind, GoalKind
from relcraft.tui.app import RelcraftApp
from tests.books import TODAY, a_book, met, person
from tests.pictures import without_remote_fonts
from tests.tui.conftest import ago

Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def _no_remote_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures name no font of another host."""
    monkeypatch.setattr(
        RelcraftApp, "export_screenshot", lambda app, **how: without_remote_fonts(App.export_screenshot(app, **how))
    )


def a_book_with_goals() -> Book:
    """Return a book with one open goal, whose ask is out, and one that Dana and Grace led to."""
    book = a_book(
        person("grace", "Grace Hopper", circle=Circle.CLOSE),
        person("dana", "Dana Fox", circle=Circle.WIDER, organisation="Acme", introduced_by="grace"),
        met("coffee", ago(10), "grace"),
        met("lunch", ago(60), "dana"),
    )
    for words, day, done in (("data job at Acme", date(2027, 3, 1), False), ("choose a field", None, True)):
        goal = goals.add_goal(book, Goal(uid="", kind=GoalKind.HIRED, words=words, target_date=day))
        contact = "dana" if done else "grace"
        ask = Ask(uid="", direction=AskDirection.OUTGOING, contact=contact, kind=ExchangeKind.ADVICE, goal=goal.uid)
        asked = asks.add_asked(book, ask, ago(6))
        if done:
            asks.move(book, asked.uid, AskState.HELPED, on=ago(2))
            goals.reach(book, goal.uid, outcome="data it is", on=TODAY)
            goals.tell(book, goal.uid, "dana")
    return book


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [((80, 24), "terminal", ("5",)), ((140, 40), "paper", ("5", "j", "enter"))],
    ids=["small", "large"],
)
def test_the_goals_screen_looks_as_it_did(
    snap_compare: Compare, size: tuple[int, int], theme: str, keys: tuple[str, ...]
) -> None:
    async def press(pilot: Pilot[str]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    assert snap_compare(RelcraftApp(a_book_with_goals(), theme=theme), terminal_size=size, run_before=press)
