"""Copies that a sync program left beside the book: seen in the bar, looked into, brought in, put aside."""

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from relcraft.book.open import Book
from relcraft.domain.contents import Contents
from relcraft.domain.documents import TABLE_OF, Document, to_document
from relcraft.domain.records import OtherSide, Record
from relcraft.tui.app import RelcraftApp
from relcraft.tui.choosing import ChoicePicker
from relcraft.tui.conflicts.screen import ConflictsScreen
from relcraft.tui.conflicts.waiting_list import WaitingList
from tests.books import a_book, a_keeper, at_noon, person
from tests.conflicts import CopiesBeside, days_ago, differently
from tests.tui.widget_host import HOSTILE, seen, told

NAME = "book.sync-conflict-20261120-143000-ABCDEFG.json"
ADA = person("ada", "Ada Lovelace", organisation="Acme", updated=days_ago(1), created=days_ago(90))
NAVY = replace(ADA, organisation="Navy", updated=days_ago(3))
LENA = person("lena", "Lena Gast", updated=days_ago(2), created=days_ago(2))


def a_copy(*records: Record, name: str = NAME) -> Contents:
    """Return a copy that says these records."""
    tables: dict[str, dict[str, Document]] = {}
    for record in records:
        tables.setdefault(TABLE_OF[type(record)], {})[record.uid] = to_document(record)
    return Contents(name=name, tables=tables)


async def settle(app: RelcraftApp, pilot: Pilot[str]) -> None:
    """Wait until a copy was read."""
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_bar_says_that_a_copy_waits_as_soon_as_it_is_there() -> None:
    copies = CopiesBeside()
    app = RelcraftApp(a_book(ADA), copies=copies)
    async with app.run_test(size=(140, 24)) as pilot:
        app._tick()
        await pilot.pause()
        assert "cop" not in seen(app).splitlines()[0]
        copies.contents = CopiesBeside(a_copy(ADA)).contents
        app._tick()
        await pilot.pause()
        assert "C 1 copy waits" in seen(app).splitlines()[0]
        await pilot.press("C")
        await pilot.pause()
        assert "Copy by Syncthing" in seen(app)
        assert NAME in seen(app)
        copies.contents = {}
        app._tick()
        await pilot.pause()
        assert "Nothing waits. esc goes back." in seen(app)


async def test_the_key_finds_a_copy_that_came_since_the_last_look() -> None:
    app = RelcraftApp(a_book(ADA), copies=CopiesBeside(a_copy(ADA)))
    async with app.run_test() as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert isinstance(app.screen, ConflictsScreen)
        assert "Copy by Syncthing" in seen(app)


async def test_enter_shows_what_a_copy_would_bring_and_brings_it_in() -> None:
    book, copies = a_book(ADA), CopiesBeside(a_copy(NAVY, LENA))
    app = RelcraftApp(book, copies=copies)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("C", "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, ChoicePicker)
        assert "Comes in: Lena Gast" in seen(app)
        assert "To look at: Ada Lovelace" in seen(app)
        assert book.get("contacts", "lena") is None
        await pilot.press("enter")
        await settle(app, pilot)
        assert book.contact("lena").name == "Lena Gast"
        assert book.contact("ada").organisation == "Acme"
        assert [copy.name for copy in copies.put] == [NAME]
        assert told(app)[-1] == (
            "Brought in: 1 comes in, 1 conflict to look at. u undoes it; the copy is put aside with the backups."
        )
        assert book.count(OtherSide) == 1
        assert app.screen.query_one(WaitingList).conflict is not None, "what it brought to look at comes next"
        await pilot.press("t")
        await pilot.pause()
        assert book.contact("ada").organisation == "Navy"
        await pilot.press("u", "u")
        await pilot.pause()
        assert book.get("contacts", "lena") is None
        assert book.contact("ada") == ADA


async def test_a_copy_can_be_left_where_it_is() -> None:
    book, copies = a_book(ADA), CopiesBeside(a_copy(LENA))
    app = RelcraftApp(book, copies=copies)
    async with app.run_test() as pilot:
        for key in ("escape", "l"):
            await pilot.press("C", "enter")
            await settle(app, pilot)
            await pilot.press(key)
            await settle(app, pilot)
            assert book.get("contacts", "lena") is None
            assert not copies.put
            assert "Copy by Syncthing" in seen(app)


async def test_a_copy_that_brings_nothing_new_is_only_put_aside() -> None:
    book, copies = a_book(ADA), CopiesBeside(a_copy(ADA))
    app = RelcraftApp(book, copies=copies)
    async with app.run_test() as pilot:
        await pilot.press("C", "enter")
        await settle(app, pilot)
        assert "Everything in it is in the book already." in seen(app)
        await pilot.press("enter")
        await settle(app, pilot)
        assert told(app)[-1] == "Nothing in it was new: the copy is put aside with the backups."
        assert copies.put
        assert "Nothing waits. esc goes back." in " ".join(seen(app).split())


async def test_a_copy_that_became_another_one_while_it_was_looked_at_comes_in_as_it_is_now() -> None:
    book, copies = a_book(ADA), CopiesBeside(a_copy(LENA))
    app = RelcraftApp(book, copies=copies)
    async with app.run_test() as pilot:
        await pilot.press("C", "enter")
        await settle(app, pilot)
        copies.contents = CopiesBeside(a_copy(LENA, person("raj", "Raj Patel"))).contents
        await pilot.press("enter")
        await settle(app, pilot)
        assert {contact.uid for contact in book.contacts()} == {"ada", "lena", "raj"}
        assert told(app)[-1].startswith("Brought in: 2 come in.")


async def test_a_copy_that_cannot_be_read_stays_and_says_why() -> None:
    copies = CopiesBeside(a_copy(ADA))
    copies.unreadable = f"{NAME} is no book."
    app = RelcraftApp(a_book(ADA), copies=copies)
    async with app.run_test() as pilot:
        await pilot.press("C", "enter")
        await settle(app, pilot)
        assert told(app)[-1] == f"{NAME} is no book."
        assert isinstance(app.screen, ConflictsScreen)
        assert not copies.put


async def test_a_copy_that_cannot_be_put_aside_is_in_the_book_all_the_same() -> None:
    book, copies = a_book(ADA), CopiesBeside(a_copy(LENA))
    copies.stuck = "The backups folder takes nothing."
    app = RelcraftApp(book, copies=copies)
    async with app.run_test() as pilot:
        await pilot.press("C", "enter")
        await settle(app, pilot)
        await pilot.press("enter")
        await settle(app, pilot)
        assert book.contact("lena").name == "Lena Gast"
        assert "The backups folder takes nothing." in told(app)
        assert told(app)[-1].endswith("u undoes it; the copy is still beside the book.")
        assert "Copy by Syncthing" in seen(app)


async def test_keys_of_conflicts_do_nothing_to_a_copy() -> None:
    copies = CopiesBeside(a_copy(LENA))
    app = RelcraftApp(a_book(ADA, differently(NAVY)), copies=copies)
    async with app.run_test() as pilot:
        await pilot.press("C", "g", "x", "t")
        await pilot.pause()
        assert told(app) == ["This is a copy: enter brings it in."] * 2
        assert app.book.count(OtherSide) == 1


async def test_where_nothing_can_be_saved_a_copy_is_not_read() -> None:
    keeper = a_keeper(ADA)
    keeper.read_only = "The disk takes nothing any more."
    app = RelcraftApp(Book(keeper, at_noon()), copies=CopiesBeside(a_copy(LENA)))
    async with app.run_test() as pilot:
        await pilot.press("C", "enter")
        await settle(app, pilot)
        assert told(app)[-1] == "The disk takes nothing any more."
        assert isinstance(app.screen, ConflictsScreen)


@pytest.mark.parametrize("name", [HOSTILE, "\x1b[31m\u202e.json", "x" * 300])
async def test_the_name_of_a_copy_is_text(name: str) -> None:
    app = RelcraftApp(a_book(ADA), copies=CopiesBeside(a_copy(replace(LENA, name=name), name=name.replace("/", ""))))
    async with app.run_test() as pilot:
        await pilot.press("C", "enter")
        await settle(app, pilot)
        assert not {"\x1b", "\u202e"} & set(seen(app))
        await pilot.press("enter")
        await settle(app, pilot)
        assert app.is_running
