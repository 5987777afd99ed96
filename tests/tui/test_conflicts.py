"""The Conflicts screen: what waits, the two sides of it, one key a side, and the copies that a sync program left."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from relcraft.book import verbs
from relcraft.book.one_moment import OneMoment
from relcraft.book.open import Book
from relcraft.book.shelf import Shelf
from relcraft.book.sides import keep_here, waiting
from relcraft.domain.changes import put
from relcraft.domain.records import OtherSide
from relcraft.store.opening import open_store
from relcraft.tui.app import RelcraftApp
from relcraft.tui.bars import TitleBar
from relcraft.tui.commands import REGISTRY
from relcraft.tui.conflicts.screen import ConflictsScreen
from relcraft.tui.conflicts.side_pane import SidePane
from relcraft.tui.conflicts.waiting_list import WaitingList
from relcraft.tui.themes import THEMES
from relcraft.tui.waits import words_of
from tests.books import NOON, TODAY, a_book, a_keeper, at_noon, met, person
from tests.conflicts import days_ago, deleted, differently
from tests.tui.widget_host import HOSTILE, seen, told

ADA = person("ada", "Ada Lovelace", organisation="Acme", tags=("maths",), updated=days_ago(1), created=days_ago(90))
NAVY = replace(ADA, organisation="Navy", tags=("maths", "sea"))
GRACE = person("grace", "Grace Hopper", city="New York")
COFFEE = met("coffee", TODAY, "grace", summary="her talk")
TALK = replace(COFFEE, summary="her talk, the lab")
SIDES = (differently(NAVY, days=1), differently(TALK, days=2), deleted(GRACE, days=3))

EARLIER = days_ago(2).replace(hour=days_ago(2).hour - 5, minute=5)
"""Five to six hours before noon, two days ago."""


@pytest.fixture
def book() -> Book:
    """Ada, Grace and a coffee, of each of which the other side says something else, the latest first in this order."""
    return a_book(ADA, GRACE, COFFEE, *SIDES)


def titles(app: RelcraftApp) -> list[str]:
    """Return what the list says, line by line."""
    rows = app.screen.query_one(WaitingList)
    return ["".join(text for text, _style in rows.draw(line, 60)).strip() for line in rows.items]


def pane(app: RelcraftApp) -> list[str]:
    """Return what the pane says, line by line."""
    return ["".join(text for text, _style in line.pieces).rstrip() for line in app.screen.query_one(SidePane).items]


def uids(book: Book) -> list[str]:
    return [sides.uid for sides in waiting(book)]


def stored(book: Book) -> dict[str, dict[str, Any]]:
    return {table: {each["uid"]: each for each in documents} for table, documents in book.documents()}


# The bar, and the way there and back


def test_the_bar_says_quietly_how_much_waits_and_says_less_where_there_is_no_room() -> None:
    assert words_of(0, 0) == ()
    assert words_of(1, 0) == ("1 conflict waits", "1 conflict", "1 waits", "1")
    assert words_of(2, 0) == ("2 conflicts wait", "2 conflicts", "2 wait", "2")
    assert words_of(0, 1) == ("1 copy waits", "1 copy", "1 waits", "1")
    assert words_of(2, 3) == ("2 conflicts and 3 copies wait", "5 wait", "5")


@pytest.mark.parametrize(
    ("width", "said"),
    [(140, "C 3 conflicts wait  Mon 23 Nov 2026"), (80, "  C 3 conflicts"), (60, "C 3 conflicts"), (40, "C 3")],
)
async def test_every_tab_says_in_its_bar_that_something_waits(book: Book, width: int, said: str) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        assert said in seen(app).splitlines()[0]
        for key in "23456":
            await pilot.press(key)
            await pilot.pause()
            assert said in seen(app).splitlines()[0]


async def test_where_nothing_waits_the_bar_is_silent_and_the_key_says_so() -> None:
    app = RelcraftApp(a_book(ADA))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "conflict" not in seen(app)
        await pilot.press("C")
        assert told(app) == ["Nothing waits: no conflict, and no copy beside the book."]
        assert app.current_mode == "tab-people"


@pytest.mark.parametrize(("tab", "back"), [("1", "escape"), ("2", "escape"), ("3", "q"), ("4", "escape"), ("6", "q")])
async def test_one_key_leads_there_from_every_tab_and_one_back(book: Book, tab: str, back: str) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press(tab)
        if tab == "6":
            await pilot.press("escape")
        here = app.current_mode
        await pilot.press("C")
        assert isinstance(app.screen, ConflictsScreen)
        await pilot.press(back)
        assert app.current_mode == here


async def test_tabs_and_the_keys_beside_them_work_from_there(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("3", "C", "right_square_bracket")
        assert app.current_mode == "tab-everyone"
        await pilot.press("C", "left_square_bracket")
        assert app.current_mode == "tab-asks"
        await pilot.press("C", "2")
        assert app.current_mode == "tab-today"
        await pilot.press("C", "o")
        assert app.current_mode == "tab-people"
        assert app.people.contacts.current == "ada"
        await pilot.press("C", "j", "o")
        assert app.people.contacts.current == "grace"


async def test_a_click_on_the_bar_opens_what_waits(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 24)) as pilot:
        await pilot.pause()
        at = seen(app).splitlines()[0].index("C 3 conflicts")
        await pilot.click(TitleBar, offset=(at - 1, 0))
        assert app.current_mode == "tab-people"
        await pilot.click(TitleBar, offset=(at + 4, 0))
        await pilot.pause()
        assert isinstance(app.screen, ConflictsScreen)
        await pilot.click(TitleBar, offset=(25, 0))
        await pilot.pause()
        assert app.current_mode == "tab-today"


async def test_the_palette_opens_it_and_only_tells_the_keys_that_settle(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await app.run_command("take-there")
        await pilot.pause()
        assert isinstance(app.screen, ConflictsScreen)
        assert told(app) == ["Take what is there: t does that here, with what is selected."]
        assert len(uids(book)) == 3
        await app.run_command("take-there")
        await pilot.pause()
        assert len(uids(book)) == 2
        await app.run_command("add-line")
        await pilot.pause()
        assert app.current_mode == "tab-people"


# What is shown


async def test_the_list_says_who_and_when_and_the_pane_what_differs(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert titles(app) == [
            "Ada Lovelace", "here yesterday, there yesterday",
            "coffee with Grace Hopper", "here long ago, there Sat",
            "Grace Hopper", "here long ago, gone Fri",
        ]  # fmt: skip
        assert pane(app) == [
            "Here is what stands in the book, there",
            "the version that waits beside it.",
            "",
            "Here: changed yesterday",
            "There: changed yesterday",
            "",
            "Organisation",
            "here   + Acme",
            "there  + Navy",
            "",
            "Tags",
            "here     maths",
            "there    maths",
            "       + sea",
            "",
        ]
        shown = seen(app)
        assert "x keep here  t take there" in shown
        assert "Waiting · 3" in shown


async def test_two_changes_of_one_day_are_told_apart_by_the_time() -> None:
    here, there = replace(ADA, updated=days_ago(2)), replace(differently(NAVY, days=2), updated=EARLIER)
    app = RelcraftApp(a_book(here, there))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert titles(app)[1] == "Sat: here 12:00, there 07:05"
        assert pane(app)[3:5] == ["Here: changed on Saturday at 12:00", "There: changed on Saturday at 07:05"]


async def test_two_changes_of_today_are_told_apart_in_the_narrowest_list() -> None:
    there = replace(differently(NAVY), updated=days_ago(0))
    app = RelcraftApp(a_book(replace(ADA, updated=days_ago(0).replace(second=7)), there))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert "here 12:00:07, there 12:00:00" in seen(app)


async def test_on_a_wide_terminal_the_sides_stand_beside_each_other(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        lines = pane(app)
        assert lines[0] == "Here is what stands in the book, there the version that waits beside it."
        assert " ".join(lines[2].split()) == "Here: changed yesterday There: changed yesterday"
        (line,) = [line for line in lines if line.startswith("Organisation")]
        assert line.split() == ["Organisation", "+", "Acme", "+", "Navy"]


async def test_a_deletion_is_shown_as_one_and_says_what_goes_with_it(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C", "G")
        await pilot.pause()
        lines = pane(app)
        assert lines[3:5] == ["Here: changed on a day that nobody noted", "There: deleted on Friday"]
        assert "Name              Grace Hopper" in lines
        assert "Deleting this person takes along 1 entry with nobody else." in " ".join(lines)
        assert "x it stays  t delete it here too" in seen(app)


async def test_what_was_deleted_here_says_that_it_can_come_back() -> None:
    app = RelcraftApp(a_book(ADA, differently(person("lena", "Lena Gast"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert titles(app) == ["Lena Gast", "gone here, there Fri"]
        assert "x it stays deleted  t bring it back" in seen(app)
        await pilot.press("o")
        assert told(app) == ["Nobody is selected. p finds a person, n on People adds one."]


@pytest.mark.parametrize(
    ("size", "theme"), zip([(80, 24), (140, 40), (60, 20), (30, 12)], [theme.name for theme in THEMES], strict=True)
)
async def test_it_is_drawn_in_every_size_and_theme(book: Book, size: tuple[int, int], theme: str) -> None:
    app = RelcraftApp(book, theme=theme)
    async with app.run_test(size=size) as pilot:
        await pilot.press("C", "j", "tab", "j", "tab", "G", "t")
        await pilot.pause()
        assert len(uids(book)) == 2


async def test_without_colour_what_is_new_is_still_marked(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = RelcraftApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert "+ Navy" in seen(app)
        assert "  maths" in seen(app)


async def test_the_footer_stays_within_the_line_and_tells_what_makes_sense(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert seen(app).splitlines()[-1].strip() == "x keep here  t take there  q back  o contact  u undo  ? help"
        await pilot.press("x", "x", "x")
        await pilot.pause()
        assert seen(app).splitlines()[-1].strip() == "q back  u undo  ? help"


async def test_long_sides_are_gone_through_and_said_in_short() -> None:
    many = "\n".join(f"line {number}" for number in range(40))
    one = replace(ADA, notes=f"{many}\nmine")
    other = replace(ADA, notes=f"{many}\nyours\nand yours")
    app = RelcraftApp(a_book(one, differently(other), differently(replace(GRACE, city="Bath"))))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C", "g")
        await pilot.pause()
        rows = app.screen.query_one(WaitingList)
        if "Ada" not in titles(app)[0]:
            await pilot.press("j")
            await pilot.pause()
        assert [line.strip() for line in pane(app)[7:12]] == [
            "here   + mine",
            "and 40 lines that both sides say",
            "there  + yours",
            "+ and yours",
            "and 40 lines that both sides say",
        ]
        await pilot.press("enter")
        sides = app.screen.query_one(SidePane)
        assert sides.has_focus
        await pilot.press("j", "j")
        assert sides.cursor == 2
        await pilot.press("escape")
        assert rows.has_focus
        assert isinstance(app.screen, ConflictsScreen)


# One key a side


async def test_x_keeps_what_is_here_says_so_and_shows_the_next(book: Book) -> None:
    before = stored(book)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("C", "x")
        await pilot.pause()
        assert told(app) == ["Ada Lovelace stays as it is here. u takes it back."]
        assert book.contact("ada") == ADA
        assert uids(book) == [SIDES[1].uid, SIDES[2].uid]
        assert "coffee with Grace Hopper" in str(app.screen.query_one(SidePane).border_title)
        assert "C 2 conflicts" in seen(app)
        await pilot.press("u")
        await pilot.pause()
        assert stored(book) == before
        assert app.screen.query_one(WaitingList).conflict == SIDES[0].uid
        assert "C 3 conflicts" in seen(app)


async def test_t_takes_what_is_there_says_so_and_shows_the_next(book: Book) -> None:
    before = stored(book)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("C", "j", "t")
        await pilot.pause()
        assert told(app) == ["Coffee with Grace Hopper as on the other side. u takes it back."]
        assert book.interaction("coffee").summary == "her talk, the lab"
        assert app.screen.query_one(WaitingList).conflict == SIDES[2].uid
        await pilot.press("u", "U")
        await pilot.pause()
        assert book.interaction("coffee").summary == "her talk, the lab"
        await pilot.press("u")
        assert stored(book) == before


async def test_a_burst_settles_one_after_the_other_and_undo_in_it_goes_back_to_its_own(book: Book) -> None:
    before = stored(book)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("C", "t", "u", "x", "t", "t")
        await pilot.pause()
        assert uids(book) == []
        assert book.contact("ada").organisation == "Acme"
        assert book.get("interactions", "coffee") is None
        assert book.get("contacts", "grace") is None
        assert "Nothing waits. esc goes back." in " ".join(seen(app).split())
        await pilot.press("u", "u", "u")
        await pilot.pause()
        assert stored(book) == before


async def test_when_the_last_is_settled_the_screen_says_so_and_esc_goes_back(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("2", "C", "x", "x", "x")
        await pilot.pause()
        assert "Nothing waits. esc goes back." in seen(app)
        assert "conflict" not in seen(app).splitlines()[0]
        await pilot.press("x", "t", "enter", "j", "tab", "o")
        assert told(app)[-3:-1] == ["Nothing waits.", "Nothing waits."]
        await pilot.press("escape", "escape")
        assert app.current_mode == "tab-today"


async def test_the_mouse_chooses_and_the_footer_settles(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        await pilot.pause()
        await pilot.click(WaitingList, offset=(5, 3))
        await pilot.pause()
        assert app.screen.query_one(WaitingList).conflict == SIDES[1].uid
        await pilot.click("KeyBar", offset=(3, 0))
        await pilot.pause()
        assert uids(book) == [SIDES[0].uid, SIDES[2].uid]


async def test_where_nothing_can_be_saved_the_keys_say_why() -> None:
    keeper = a_keeper(ADA, SIDES[0])
    keeper.read_only = "The disk takes nothing any more."
    app = RelcraftApp(Book(keeper, at_noon()))
    async with app.run_test() as pilot:
        await pilot.press("C", "x", "t")
        await pilot.pause()
        assert told(app)[-2:] == ["The disk takes nothing any more."] * 2
        assert len(uids(app.book)) == 1


async def test_the_users_own_keys_are_told_and_work(book: Book) -> None:
    registry = REGISTRY.with_keymap({"keep-here": ["f6"], "take-there": ["f7"], "conflicts": ["w"]})
    app = RelcraftApp(book, registry=registry)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "w 3 conflicts" in seen(app)
        await pilot.press("w", "G")
        await pilot.pause()
        assert "f6 it stays  f7 delete it here too" in seen(app)
        await pilot.press("f7")
        assert book.get("contacts", "grace") is None


# Others at the book


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    """One book in two programs."""
    ticks = count()

    def now() -> datetime:
        return NOON.astimezone(UTC) + timedelta(microseconds=next(ticks))

    one = Book(open_store(tmp_path / "book.json", now=now), now)
    one.change("filled", *(put(None, each) for each in (ADA, GRACE, COFFEE, *SIDES)))
    other = Book(open_store(tmp_path / "book.json", now=now), now)
    yield one, other
    one.close()
    other.close()


async def news(app: RelcraftApp, pilot: Pilot[str]) -> None:
    """Let the program look for news."""
    app._tick()
    await pilot.pause()


async def test_a_conflict_that_another_program_settled_goes_and_a_new_one_comes(two: tuple[Book, Book]) -> None:
    book, other = two
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("C", "j")
        keep_here(other, SIDES[0].uid)
        await news(app, pilot)
        rows = app.screen.query_one(WaitingList)
        assert rows.conflict == SIDES[1].uid
        assert len(rows.items) == 4
        third = differently(replace(GRACE, city="Bath"), days=0)
        other.change("merged", put(None, third))
        await news(app, pilot)
        assert titles(app)[0] == "Grace Hopper"
        assert rows.conflict == SIDES[1].uid, "the cursor stays on what the user looks at"
        keep_here(other, SIDES[1].uid)
        await news(app, pilot)
        assert rows.conflict == SIDES[2].uid


async def test_what_another_program_changed_is_looked_at_again_before_a_side_is_taken(two: tuple[Book, Book]) -> None:
    book, other = two
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("C")
        await pilot.pause()
        verbs.edit(other, other.contact("ada"), replace(other.contact("ada"), city="Bath"))
        await pilot.press("t")
        await pilot.pause()
        assert told(app) == ["Ada Lovelace was changed by another program meanwhile: look at it again."]
        assert book.contact("ada").city == "Bath"
        assert any("Bath" in line for line in pane(app))
        await pilot.press("t")
        await pilot.pause()
        assert book.contact("ada").organisation == "Navy"


async def test_what_another_program_settled_meanwhile_is_told(two: tuple[Book, Book]) -> None:
    book, other = two
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("C")
        await pilot.pause()
        keep_here(other, SIDES[0].uid)
        await pilot.press("t")
        await pilot.pause()
        assert told(app) == ["That is no longer in the book."]
        assert book.contact("ada").organisation == "Acme"
        assert app.screen.query_one(WaitingList).conflict == SIDES[1].uid


async def test_conflicts_that_come_while_another_tab_is_seen_are_in_its_bar_and_on_the_screen(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C", "escape")
        book.change("merged", put(None, differently(replace(GRACE, city="Bath"), days=0)))
        await pilot.pause()
        assert "C 4 conflicts" in seen(app)
        await pilot.press("C")
        await pilot.pause()
        assert len(titles(app)) == 8


async def test_midnight_turns_the_days_of_the_list(book: Book) -> None:
    now = book.now
    book.clock = OneMoment(lambda: now)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("C")
        now += timedelta(days=1)
        await news(app, pilot)
        assert titles(app)[1] == "here Sun, there Sun"


# Hostile


@pytest.mark.parametrize(
    "document",
    [
        {"uid": "ada", "name": HOSTILE, "tags": [HOSTILE], "notes": f"\x1b]0;x\x07{HOSTILE}\n\u202eyes", HOSTILE: 1},
        {"uid": "ada", "name": "x" * 5_000, "notes": "\n" * 500 + "y " * 5_000},
        {"uid": "ada", "steps": {"a": [1, 2, {"b": None}]}},
        {"uid": "ada", "name": "\u202e\x1b"},
        [HOSTILE],
        "text",
        7,
    ],
)
async def test_nothing_that_the_other_side_says_is_more_than_text(document: Any) -> None:
    keeper = a_keeper(ADA, GRACE)
    keeper.tables["conflicts"] = {
        "x1": {"uid": "x1", "table": "contacts", "of": "ada", "document": document},
        "x2": {"uid": "x2", "table": HOSTILE, "of": HOSTILE, "document": document},
        "x3": {"uid": "x3", "table": "contacts", "of": HOSTILE, "document": document},
    }
    app = RelcraftApp(Book(keeper, at_noon()))
    for size in ((80, 24), (140, 40)):
        async with app.run_test(size=size) as pilot:
            await pilot.press("C", "j", "j", "g", "tab", "G", "tab")
            await pilot.pause()
            assert not {"\x1b", "\u202e", "\x07"} & set(seen(app))
            assert app.is_running
        app = RelcraftApp(Book(keeper, at_noon()))
    async with app.run_test() as pilot:
        await pilot.press("C", "x", "x", "x")
        await pilot.pause()
        assert app.book.count(OtherSide) == 0
        assert app.book.contact("ada") == ADA
        assert app.is_running


async def test_many_conflicts_cost_a_key_no_more_than_few(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [person(f"p{number}", f"Person {number}") for number in range(500)]
    book = a_book(*people, *(differently(replace(each, city="Bath")) for each in people))
    app = RelcraftApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C")
        app._tick()  # who may be in the book twice is looked for once, on a tick
        await pilot.pause()
        read: list[str] = []
        original = Shelf.__getitem__

        def counted(shelf: Shelf[Any], uid: str) -> Any:
            read.append(uid)
            return original(shelf, uid)

        monkeypatch.setattr(Shelf, "__getitem__", counted)
        await pilot.press("j")
        await pilot.pause()
        assert 0 < len(read) < 200, "what is drawn is what is seen"
