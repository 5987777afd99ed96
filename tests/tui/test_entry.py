"""The entry strip: the entry under the cursor, whole, where the timeline has room for it."""

from dataclasses import replace
from datetime import time

import pytest

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.words import Gain, Initiator, Size
from relcraft.tui.app import RelcraftApp
from relcraft.tui.forms import FollowUpForm
from relcraft.tui.people.entry import EntryStrip
from tests.books import TODAY, a_book, met, person
from tests.tui.widget_host import HOSTILE, seen

LONG = "We talked about " + ", ".join(f"thing number {number}" for number in range(14)) + ", and the sea."


def strip_of(app: RelcraftApp) -> str:
    """Return what the strip shows."""
    return " ".join(app.people.query_one(EntryStrip).render().plain.split())


async def test_a_long_text_is_read_whole_under_the_timeline() -> None:
    whole = replace(
        met("m", TODAY, "ada", "bob", summary=LONG), time=time(14, 30), initiator=Initiator.THEM, tags=("sea",)
    )
    app = RelcraftApp(a_book(person("ada", "Ada Lovelace"), person("bob", "Bob Kahn"), whole))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        told = strip_of(app)
        assert "and the sea." in seen(app)
    assert told == f"Mon 23 Nov 2026, today · 14:30 · coffee · they began with Bob Kahn {LONG} #sea"


async def test_the_strip_follows_the_cursor_and_tells_what_the_entry_holds(book: Book) -> None:
    intro = book.exchange("intro")
    verbs.edit(
        book,
        intro,
        replace(
            intro, size=Size.BIG, gains=(Gain.LEARNED,), thanked_on=TODAY, outcome_told_on=TODAY, interaction="coffee",
            text="to Lee",
        ),
    )  # fmt: skip
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("l", "j")
        await pilot.pause()
        assert strip_of(app) == "Sun 22 Nov 2026, yesterday · follow-up send slides"
        await pilot.press("x")
        await pilot.pause()
        assert "done on Mon 23 Nov 2026" in strip_of(app)
        await pilot.press("j")
        await pilot.pause()
        assert strip_of(app) == (
            "Thu 12 Nov 2026 · introduction received · big help to Lee they learned thanked on Mon 23 Nov 2026 "
            "outcome told on Mon 23 Nov 2026 from the coffee with Grace Hopper on Wed 14 Oct 2026"
        )


async def test_a_double_click_on_the_strip_opens_the_entry(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        await pilot.click(EntryStrip, offset=(5, 2), times=2)
        await pilot.pause()
        assert isinstance(app.screen, FollowUpForm)


@pytest.mark.parametrize(("size", "shown"), [((80, 24), False), ((140, 40), True), ((80, 40), True), ((60, 24), True)])
async def test_the_strip_is_there_only_where_the_timeline_has_room(
    book: Book, size: tuple[int, int], shown: bool
) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=size) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert (app.people.query_one(EntryStrip).region.area > 0) is shown
        assert app.people.timeline.size.height >= 8


async def test_what_does_not_fit_says_how_to_see_it_and_brackets_are_letters() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada"), met("m", TODAY, "ada", summary=f"{HOSTILE}\n" + "word " * 20_000)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        shown = seen(app)
    assert HOSTILE in shown
    assert "enter shows all of it" in shown


async def test_nobody_selected_leaves_the_strip_empty() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada")))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert strip_of(app) == ""
