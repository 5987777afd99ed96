"""Prompts: a tag, a circle, a day to wait until."""

from datetime import date

import pytest

from relcraft.domain.words import Circle
from relcraft.tui.prompts import CirclePicker, SnoozePrompt, TagPrompt
from tests.tui.widget_host import HOSTILE, TODAY, Host, a_book, seen, type_text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("work", "+work"), ("-work", "-work"), ("+ work", "+work"), ("#deep sea", "+deep-sea"), ("- #work", "-work")],
)
async def test_a_typed_tag_comes_or_with_a_minus_goes(typed: str, answer: str) -> None:
    host = Host(TagPrompt(a_book(), "Ada"))
    async with host.run_test() as pilot:
        await type_text(pilot, typed)
        await pilot.press("enter")
    assert host.answers == [answer]


async def test_a_known_tag_is_offered_and_taken() -> None:
    host = Host(TagPrompt(a_book(), HOSTILE))
    async with host.run_test() as pilot:
        shown = seen(host)
        assert f"Tag for {HOSTILE}" in shown
        assert "+ #[red]" in shown
        await type_text(pilot, "-sa")
        assert "#sa off, which nobody has" in seen(host)
        await pilot.press("down", "enter")
    assert host.answers == ["-sailing"]


async def test_no_tag_is_told() -> None:
    host = Host(TagPrompt(a_book(), "Ada"))
    async with host.run_test() as pilot:
        await type_text(pilot, "#")
        await pilot.press("enter")
        await pilot.pause()
        assert "! A tag needs a letter." in seen(host)
        await pilot.press("escape")
    assert host.answers == [None]


@pytest.mark.parametrize(
    ("key", "answer"), [*((circle[0], circle) for circle in Circle), ("n", "none"), ("escape", None)]
)
async def test_one_key_picks_a_circle(key: str, answer: Circle | str | None) -> None:
    host = Host(CirclePicker("Ada"))
    async with host.run_test() as pilot:
        await pilot.press(key)
    assert host.answers == [answer]


async def test_arrows_and_the_mouse_pick_a_circle() -> None:
    host = Host(CirclePicker(HOSTILE))
    async with host.run_test() as pilot:
        assert f"Circle of {HOSTILE}" in seen(host)
        await pilot.press("down", "down", "enter")
    assert host.answers == [Circle.ACTIVE]
    host = Host(CirclePicker("Ada"))
    async with host.run_test() as pilot:
        await pilot.click("Offers", offset=(3, 4))
    assert host.answers == [Circle.DISTANT]


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("2w", date(2026, 12, 6)),
        ("next month", date(2026, 12, 22)),
        ("12 jan", date(2027, 1, 12)),
        ("today", TODAY),
        ("2027-03-01", date(2027, 3, 1)),
    ],
)
async def test_a_snooze_lasts_until_the_day_typed(typed: str, until: date) -> None:
    host = Host(SnoozePrompt(TODAY, "Ada"))
    async with host.run_test() as pilot:
        await type_text(pilot, typed)
        await pilot.press("enter")
    assert host.answers == [until]


async def test_a_snooze_offers_spans_and_echoes_the_day() -> None:
    host = Host(SnoozePrompt(TODAY, HOSTILE))
    async with host.run_test() as pilot:
        assert f"Leave {HOSTILE} in peace until" in seen(host)
        await type_text(pilot, "fri")
        await pilot.pause()
        assert "until Fri 27 Nov 2026" in seen(host)
        await pilot.press("backspace", "backspace", "backspace", "down", "enter")
    assert host.answers == [date(2026, 12, 6)]


def test_a_span_that_is_offered_in_weeks_is_whole_weeks() -> None:
    told = {label[:10].strip(): date.fromisoformat(day) for label, day in SnoozePrompt(TODAY, "Ada").offers("")}
    assert (told["2 weeks"] - TODAY).days == 14
    assert (told["4 weeks"] - TODAY).days == 28


async def test_what_is_no_day_is_told_and_the_prompt_stays() -> None:
    host = Host(SnoozePrompt(TODAY, "Ada"))
    async with host.run_test() as pilot:
        await type_text(pilot, "soon")
        await pilot.press("enter")
        await pilot.pause()
        assert '"soon" is no day that can be read here' in seen(host)
    assert host.answers == []
