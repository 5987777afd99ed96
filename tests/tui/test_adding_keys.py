"""The adding keys of the People screen, down to what is stored."""

from datetime import date, timedelta

import pytest

from relcraft.book.open import Book
from relcraft.domain.words import Direction
from relcraft.tui.add_line import AddLine
from relcraft.tui.app import RelcraftApp
from relcraft.tui.forms import ContactForm
from tests.books import TODAY
from tests.tui.widget_host import seen, told, type_text


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("a", "coffee yesterday", "interactions"),
        ("greater_than_sign", "advice", "exchanges"),
        ("less_than_sign", "lead", "exchanges"),
        ("f", "send it fri", "follow_ups"),
    ],
)
async def test_the_adding_keys_open_the_line_about_the_selected_contact(
    book: Book, key: str, typed: str, stored: str
) -> None:
    before = {entry.uid for entry in book.timeline("grace")}
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press(key)
        await type_text(pilot, typed)
        await pilot.press("enter")
        await pilot.pause()
        assert not app.people.query_one(AddLine).is_open
        assert app.screen.focused is app.people.contacts
    new = [entry for entry in book.timeline("grace") if entry.uid not in before]
    assert stored in {entry.table for entry in new}
    if stored == "exchanges":
        exchange = book.exchange(next(entry.uid for entry in new if entry.table == "exchanges"))
        way = Direction.GIVEN if key == "greater_than_sign" else Direction.RECEIVED
        assert (exchange.direction, exchange.contact) == (way, "grace")


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("greater_than_sign", "what did you give?"),
        ("less_than_sign", "what did you get?"),
        ("f", "what is promised, and for when?"),
    ],
)
async def test_a_sign_alone_says_what_may_follow_and_saves_nothing(book: Book, key: str, asked: str) -> None:
    before = list(book.timeline("grace"))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert asked in seen(app)
        assert "about Grace Hopper" in seen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert app.people.query_one(AddLine).is_open
        assert asked in seen(app)
    assert list(book.timeline("grace")) == before


async def test_esc_leaves_the_line_and_a_offers_it_again(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("l", "a", *"cof", "escape")
        await pilot.pause()
        assert app.screen.focused is app.people.timeline
        await pilot.press("a")
        await pilot.pause()
        assert app.people.query_one(AddLine).line == "cof"


async def test_c_logs_an_interaction_with_the_selected_contact_today(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("c")
        assert told(app) == ["In touch today: Grace Hopper."]
    newest = book.interactions_with("grace")[0]
    assert (newest.date, newest.contacts) == (TODAY, ("grace",))


async def test_c_logs_one_interaction_with_all_who_are_marked(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("space", "space", "c")
        assert not app.people.contacts.marks
    assert book.interactions_with("grace")[0].contacts == ("grace", "alan")


async def test_n_adds_a_contact_in_a_form_and_selects_it(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, ContactForm)
        await type_text(pilot, "Linus T")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Added: Linus T." in told(app)
        assert book.contact(app.people.contacts.current or "").name == "Linus T"


async def test_dot_repeats_the_last_add_for_the_selected_contact(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("full_stop")
        assert told(app) == ["Nothing was added yet that could be repeated."]
        await pilot.press("a")
        await type_text(pilot, "coffee yesterday re: her talk >advice !fri send it")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("G", "full_stop")
        assert app.people.contacts.current == "radia"
    (interaction,) = book.interactions_with("radia")
    (exchange,) = book.exchanges_with("radia")
    (follow_up,) = book.follow_ups_with("radia")
    assert (interaction.date, interaction.contacts) == (TODAY - timedelta(days=1), ("radia",))
    assert (exchange.contact, exchange.interaction) == ("radia", interaction.uid)
    assert (follow_up.date, follow_up.contact) == (date(2026, 11, 27), "radia")
    book.undo()
    assert not book.timeline("radia"), "a repeat is one change"
