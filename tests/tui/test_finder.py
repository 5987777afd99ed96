"""The finder and the explanation: a person from anywhere, and sentences in a window."""

from time import perf_counter

import pytest

from relcraft.book.memory import MemoryKeeper
from relcraft.domain.records import Contact
from relcraft.tui.explanation import Explanation
from relcraft.tui.finder import SHOWN, Finder, found_people
from relcraft.tui.offers import Offers
from tests.tui.widget_host import HOSTILE, Host, a_book, seen, type_text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("alan", "alan"),
        ("turing", "alan"),
        ("countess", "ada"),
        ("acme", "ada"),
        ("LOVEL", "ada"),
        ("yale", "yale"),
        ("alann turing", "alan"),
        ("[red]", "hostile"),
    ],
)
def test_a_person_is_found_by_name_nickname_organisation_and_nearly(text: str, first: str) -> None:
    people, _count = found_people(a_book(), text)
    assert people[0].uid == first


def test_a_name_that_begins_so_comes_before_one_that_only_has_it() -> None:
    book = a_book(
        Contact(uid="tag", name="Zoe", notes="met through lee"),
        Contact(uid="org", name="Bo", organisation="Lee & Sons"),
        Contact(uid="in", name="Kathleen"),
        Contact(uid="family", name="Ada Lee"),
        Contact(uid="first", name="Lee Chen"),
    )
    assert [one.uid for one in found_people(book, "lee")[0]] == ["first", "family", "in", "org", "tag"]


async def test_enter_answers_with_the_marked_person() -> None:
    host = Host(Finder(a_book()))
    async with host.run_test() as pilot:
        await type_text(pilot, "hopper")
        await pilot.press("down", "enter")
    assert host.answers == ["yale"]


async def test_esc_answers_nobody() -> None:
    host = Host(Finder(a_book()))
    async with host.run_test() as pilot:
        await type_text(pilot, "ada")
        await pilot.press("escape")
    assert host.answers == [None]


async def test_a_click_answers_with_the_person_under_it() -> None:
    host = Host(Finder(a_book()))
    async with host.run_test() as pilot:
        await type_text(pilot, "hopper")
        await pilot.pause()
        await pilot.click(Offers, offset=(2, 1))
    assert host.answers == ["yale"]


async def test_nobody_found_is_told_and_enter_does_nothing() -> None:
    host = Host(Finder(a_book()))
    async with host.run_test() as pilot:
        await type_text(pilot, "qqqq")
        await pilot.press("enter", "down", "up")
        assert "Nobody answers to that." in seen(host)
        assert host.answers == []


async def test_the_mark_is_a_bar_and_names_are_letters() -> None:
    host = Host(Finder(a_book()))
    async with host.run_test() as pilot:
        await type_text(pilot, "[")
        await pilot.pause()
        assert f"▌{HOSTILE}  [b]Evil[/b]" in seen(host)


async def test_ten_thousand_people_show_as_fifty_and_a_key_is_quick() -> None:
    keeper = MemoryKeeper(
        {"contacts": {f"u{at}": {"uid": f"u{at}", "name": f"Person {at} Name{at % 977}"} for at in range(10_000)}}
    )
    book = a_book(Contact(uid="g", name="Grace Hopper"), keeper=keeper)
    found_people(book, "")
    found_people(book, "x")
    started = perf_counter()
    for text in ("p", "pe", "per", "person 99", "grac", "hopper", "persn"):
        found_people(book, text)
    assert (perf_counter() - started) / 7 < 0.25
    host = Host(Finder(book))
    async with host.run_test() as pilot:
        await type_text(pilot, "person")
        await pilot.pause()
        assert host.screen.query_one(Offers).option_count == SHOWN
        assert "50 of 10000: one more letter finds fewer" in seen(host)


@pytest.mark.parametrize("key", ["escape", "enter", "="])
async def test_an_explanation_is_letters_and_a_key_closes_it(key: str) -> None:
    host = Host(Explanation(f"Two-way with {HOSTILE}", ["Given [/] 3.", "[red]Received[/red] 2."]))
    async with host.run_test() as pilot:
        shown = seen(host)
        assert f"Two-way with {HOSTILE}" in shown
        assert "Given [/] 3." in shown
        assert "[red]Received[/red] 2." in shown
        await type_text(pilot, key) if len(key) == 1 else await pilot.press(key)
    assert host.answers == [None]


async def test_a_long_explanation_scrolls() -> None:
    host = Host(Explanation("Given", [f"Sentence {at}." for at in range(40)]))
    async with host.run_test(size=(80, 24)) as pilot:
        assert "Sentence 39." not in seen(host)
        await pilot.press(*["pagedown"] * 9)
        await pilot.pause()
        assert "Sentence 39." in seen(host)
