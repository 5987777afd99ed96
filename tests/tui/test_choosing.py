"""A question with a few answers, each with a key of its own."""

import pytest

from relcraft.tui.choosing import ChoicePicker
from tests.tui.widget_host import HOSTILE, Host, seen

CHOICES = [("nudge", "nudge once"), ("rest", "let it rest"), ("next", "next week"), ("jump", "jump"), ("bad", HOSTILE)]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (("n",), "nudge"),
        (("l",), "rest"),
        (("w",), "next"),
        (("j", "enter"), "rest"),
        (("j", "j", "k", "enter"), "rest"),
        (("down", "down", "enter"), "next"),
        (("u",), "jump"),
        (("escape",), None),
        (("enter",), "nudge"),
    ],
)
async def test_each_answer_has_a_key(keys: tuple[str, ...], answer: str | None) -> None:
    host = Host(ChoicePicker("What became of it?", CHOICES, ["Asked 16 days ago."]))
    async with host.run_test() as pilot:
        await pilot.pause()
        shown = seen(host)
        assert "What became of it?" in shown
        assert "Asked 16 days ago." in shown
        assert "n  nudge once" in shown
        assert "[red]x[/red]" in shown
        await pilot.press(*keys)
        await pilot.pause()
    assert host.answers == [answer]


async def test_more_answers_of_one_letter_have_numbers() -> None:
    host = Host(ChoicePicker("", [(str(number), "aa") for number in range(3)]))
    async with host.run_test() as pilot:
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
    assert host.answers == ["2"]
