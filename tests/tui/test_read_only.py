"""A book that cannot be written is told before anything can be typed."""

import pytest

from relcraft.domain.records import Ask, AskStep
from relcraft.domain.words import AskDirection, AskState, ExchangeKind
from relcraft.tui.app import RelcraftApp
from tests.books import TODAY, a_book, met, person

WHY = "book.json is write-protected: it can be read, and not changed."


@pytest.mark.parametrize(
    "key", ["e", "E", "a", "n", "c", "f", "greater_than_sign", "less_than_sign", "i", "t", "A", "I"]
)
async def test_no_form_opens_on_a_book_that_cannot_be_written(key: str) -> None:
    book = a_book(person("ada", "Ada Lovelace"), met("m", TODAY, "ada"))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        book._keeper.read_only = WHY  # type: ignore[misc]  # the one in memory may be set
        await pilot.press(key)
        await pilot.pause()
        assert app.screen is app.people
        assert WHY in [notice.message for notice in app._notifications]


async def test_neither_does_one_on_an_entry_of_the_timeline() -> None:
    book = a_book(person("ada", "Ada Lovelace"), met("m", TODAY, "ada"))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        book._keeper.read_only = WHY  # type: ignore[misc]  # the one in memory may be set
        await pilot.press("l", "e")
        await pilot.pause()
        assert app.screen is app.people
        assert WHY in [notice.message for notice in app._notifications]


@pytest.mark.parametrize("direction", AskDirection)
async def test_neither_does_one_on_an_ask(direction: AskDirection) -> None:
    state = AskState.RECEIVED if direction is AskDirection.INCOMING else AskState.ASKED
    steps = (AskStep(state, TODAY),)
    ask = Ask(uid="ask", contact="ada", kind=ExchangeKind.ADVICE, what="a word", direction=direction, steps=steps)
    app = RelcraftApp(a_book(person("ada", "Ada Lovelace"), ask))
    async with app.run_test() as pilot:
        app.book._keeper.read_only = WHY  # type: ignore[misc]  # the one in memory may be set
        await pilot.press("3", *(["tab"] if direction is AskDirection.INCOMING else []), "e")
        await pilot.pause()
        assert app.screen is app.current_tab
        assert WHY in [notice.message for notice in app._notifications]
