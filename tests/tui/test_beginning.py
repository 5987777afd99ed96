"""What a first-time user meets: footers that fit an empty book, first steps on Today, and words that can be typed."""

import pytest

from relcraft.domain.records import Ask, AskStep, Goal, Me
from relcraft.domain.words import AskDirection, AskState, Circle, ExchangeKind, GoalKind
from relcraft.tui.app import RelcraftApp
from relcraft.tui.bars import KeyBar
from relcraft.tui.commands import REGISTRY
from relcraft.tui.forms.entries import ChoiceEntry
from relcraft.tui.today.beginning import beginnings
from tests.books import TODAY, a_book, got, met, person
from tests.tui.widget_host import seen, told

_GOAL = Goal(uid="job", kind=GoalKind.HIRED, words="a job in data")
_ME = Me(uid="me", can_offer=("maps",))


def keys_told(app: RelcraftApp) -> str:
    """Return the footer."""
    return app.screen.query_one(KeyBar).render().plain


def test_a_young_book_is_told_its_next_steps_two_at_a_time_and_one_in_use_none() -> None:
    def first_words(*records: object) -> list[str]:
        return [line.split(" ", 1)[0] for line in beginnings(a_book(*records), REGISTRY)]  # type: ignore[arg-type]  # records of any kind

    ada, close = person("ada", "Ada Lovelace"), person("ada", "Ada Lovelace", circle=Circle.CLOSE)
    once = met("m", TODAY, "ada")
    many = [met(f"m{each}", TODAY, "ada") for each in range(20)]
    assert first_words() == ["Nobody", "I"]
    assert first_words(ada) == ["a", "o"]
    assert first_words(ada, once) == ["o", "5"]
    assert first_words(close, once) == ["5", "M"]
    assert first_words(close, once, _GOAL, _ME) == []
    assert first_words(close, *many) == []
    assert [line[0] for line in beginnings(a_book(ada, once), REGISTRY, circle=False)] == ["5", "M"]


@pytest.mark.parametrize("tab", ["1", "2", "3", "4", "5"])
async def test_the_footer_of_an_empty_book_offers_nothing_that_is_about_somebody(tab: str) -> None:
    app = RelcraftApp(a_book())
    async with app.run_test() as pilot:
        await pilot.press("escape", tab)
        await pilot.pause()
        footer = keys_told(app)
        assert "a add" in footer
        assert "? help" in footer
        for about_somebody in ("A ask", "> gave", "< got", "c in touch", "i introduce", "o contact"):
            assert about_somebody not in footer


@pytest.mark.parametrize("key", ["A", "R", "t"])
async def test_what_is_about_somebody_says_at_once_where_nobody_is_there(key: str) -> None:
    app = RelcraftApp(a_book(_GOAL))
    async with app.run_test() as pilot:
        await pilot.press("5", key)
        await pilot.pause()
        assert app.screen is app.current_tab
        assert any("Nobody is in the book yet" in each for each in told(app))


async def test_today_says_what_x_does_and_tells_the_first_steps() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada Lovelace"), got("intro", TODAY, "ada", ExchangeKind.INTRODUCTION)))
    async with app.run_test() as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "x I said thanks" in seen(app)
        assert "5 puts a goal into your own words" in seen(app)
        assert "m all" not in keys_told(app)


async def test_the_frame_of_asks_says_what_x_notes() -> None:
    ask = Ask(
        uid="a",
        direction=AskDirection.OUTGOING,
        contact="ada",
        kind=ExchangeKind.LEAD,
        steps=(AskStep(AskState.ASKED, TODAY),),
    )
    app = RelcraftApp(a_book(person("ada", "Ada Lovelace"), ask))
    async with app.run_test() as pilot:
        await pilot.press("3")
        await pilot.pause()
        assert "x helped   enter answers" in seen(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "R new" in seen(app)


async def test_a_word_of_a_choice_can_be_typed() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada Lovelace")))
    async with app.run_test() as pilot:
        await pilot.press("A")
        await pilot.pause()
        kind = app.screen.query_one("#field-kind", ChoiceEntry)
        kind.focus()
        await pilot.press(*"referral")
        assert kind.said() == "referral"
        kind.say("advice")
        await pilot.press("left", "i")
        assert kind.said() == "introduction"
        await pilot.press("i")
        assert kind.said() == "information"
