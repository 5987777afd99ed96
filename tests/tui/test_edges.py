"""What nobody typed into these screens: bare terminals, books edited by hand or elsewhere, books not to be written."""

import os
import sys
from datetime import date
from pathlib import Path

import pexpect
import pytest

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.changes import Change
from relcraft.domain.errors import ReadOnly
from relcraft.domain.records import Birthday
from relcraft.tui.app import RelcraftApp
from relcraft.tui.forms import FollowUpForm
from tests.books import TODAY, a_book, gave, met, person, promised
from tests.tui.widget_host import names, seen, told


def test_a_terminal_that_draws_no_screens_is_told_so(tmp_path: Path) -> None:
    environment = {**os.environ, "TERM": "dumb", "HOME": str(tmp_path)}
    child = pexpect.spawn(sys.executable, ["-m", "relcraft", "demo"], env=environment, encoding="utf-8", timeout=30)
    try:
        child.expect("TERM=dumb says that this terminal draws no screens")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 1
    finally:
        child.close(force=True)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (20, 5)])
async def test_records_at_the_edge_of_what_there_is_are_shown(size: tuple[int, int]) -> None:
    crowd = [person(f"p{number}", f"Person {number}") for number in range(40)]
    app = RelcraftApp(
        a_book(
            person("long", "x" * 300, tags=tuple(f"tag{number}" for number in range(500)), notes="lorem " * 20_000),
            person("blank", "   "),
            person("old", "Old One", birthday=Birthday(month=2, day=28, year=1), met_on=date.min),
            *crowd,
            met("all", TODAY, *(one.uid for one in crowd), summary="word " * 20_000),
            met("first", date.min, "old"),
            met("last", date.max, "old"),
            gave("g", date.min, "old"),
            promised("f", date.max, "old"),
        )
    )
    async with app.run_test(size=size) as pilot:
        for uid in ("long", "blank", "old", "p0"):
            app.people.go_to(uid)
            await pilot.press("enter", "j", "equals_sign", "escape", "enter")
            await pilot.pause()
            await pilot.press("escape", "tab", "G", "equals_sign", "escape", "escape")
            await pilot.pause()
            assert app.people.contacts.has_focus
        assert app.is_running


async def test_a_contact_without_letters_in_the_name_is_still_a_row_to_see() -> None:
    app = RelcraftApp(a_book(person("blank", "  "), person("ada", "Ada")))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "(no name)" in seen(app)


async def test_a_book_of_which_all_are_archived_names_the_key_to_the_archive() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada", archived=True)))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Everybody is in the archive" in seen(app)
        await pilot.press("Z")
        assert names(app) == ["Ada"]


async def test_who_is_deleted_elsewhere_while_selected_leaves_the_next_one_selected(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        verbs.archive(book, ["grace"])
        verbs.delete_for_good(book, "grace")
        await pilot.pause()
        await pilot.pause()
        assert names(app) == ["Alan Turing", "Radia Perlman"]
        assert app.people.timeline.contact == "alan"
        await pilot.press("l", "e", "escape", "c")
        assert app.is_running


async def test_every_adding_and_changing_key_is_told_kindly_when_nothing_can_be_saved(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    why = "book.json was written by a newer Relcraft: it can be read here, and not changed."

    def refuse(_change: Change) -> None:
        raise ReadOnly(why)

    book._keeper.read_only = why  # type: ignore[misc]  # the one in memory may be set
    monkeypatch.setattr(book._keeper, "keep", refuse)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        keys = ("a", "c", "greater_than_sign", "less_than_sign", "f", "n", "I", "number_sign", "o", "z", "E", "d")
        for key in keys:
            app.clear_notifications()
            await pilot.press(key)
            await pilot.pause()
            assert told(app) == [why], key
            assert app.screen is app.people, key
        await pilot.press("l", "x")
        await pilot.press("d")
        assert told(app)[-2:] == [why, why]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, FollowUpForm), "what is there can still be read"
