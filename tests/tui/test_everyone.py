"""The Balance screen: each key down to what is seen, in a book of any size."""

import random
import re
import time
from datetime import timedelta

import pytest
from textual.widgets import Static

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.records import Contact, Exchange, Record
from relcraft.domain.words import Circle, Direction, ExchangeKind
from relcraft.tui.app import RelcraftApp
from relcraft.tui.everyone.plots import CapitalPane
from relcraft.tui.everyone.screen import EveryoneScreen
from relcraft.tui.explanation import Explanation
from tests.books import TODAY, a_book, gave, got, met, person
from tests.tui.conftest import ago
from tests.tui.widget_host import HOSTILE, focused_pane, seen, told

SIZES = [(80, 24), (140, 40), (60, 20)]


@pytest.fixture
def book() -> Book:
    """Ada, often and both ways; Ben, whom much was given; Cem, who gave much; Dora, nothing at all."""
    return a_book(
        person("ada", "Ada Lovelace", organisation="Acme", circle=Circle.CLOSE),
        person("ben", "Ben Bell", organisation="Bolt"),
        person("cem", "Cem Aydin", organisation="Acme"),
        person("dora", "Dora Maar", organisation="Acme"),
        gave("a1", ago(10), "ada", ExchangeKind.FEEDBACK),
        got("a2", ago(40), "ada", ExchangeKind.ADVICE),
        gave("a3", ago(70), "ada", ExchangeKind.ADVICE),
        gave("b1", ago(20), "ben", ExchangeKind.REFERRAL),
        gave("b2", ago(100), "ben", ExchangeKind.REFERRAL),
        got("c1", ago(30), "cem", ExchangeKind.INTRODUCTION),
        met("lunch", ago(3), "dora"),
    )


def everyone_of(app: RelcraftApp) -> EveryoneScreen:
    screen = app.current_tab
    assert isinstance(screen, EveryoneScreen)
    return screen


def listed(app: RelcraftApp) -> list[str]:
    """Return who is listed, from the top."""
    return [line.contact.name for line in everyone_of(app).balances.items]


def capital_of(app: RelcraftApp) -> CapitalPane:
    return everyone_of(app).query_one(CapitalPane)


def plotted(app: RelcraftApp) -> list[str]:
    """Return the lines about capital, from the top."""
    return ["".join(text for text, _style in line.pieces) for line in capital_of(app).items]


@pytest.mark.parametrize("size", SIZES)
async def test_everyone_comes_by_how_often_under_columns_that_say_what_they_are(
    book: Book, size: tuple[int, int]
) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=size) as pilot:
        await pilot.press("4")
        await pilot.pause()
        shown = seen(app)
        assert listed(app) == ["Ada Lovelace", "Ben Bell", "Cem Aydin"]
    assert "Everyone · 3 · 6 exchanges in a year · two-way" in shown
    assert "by how often" in shown
    lines = shown.split("\n")
    heads = next(line for line in lines if "a year" in line and "two-way" in line and "·" not in line)
    ada = next(line for line in lines if "Ada Lovelace" in line)
    assert heads.index("│", 20) == ada.index("│", 20), "the middle of the bars is under the middle of their names"
    assert re.search(r"Ada Lovelace +3 × +\d+ %", ada)
    assert re.search(r"earned +▇+ +8\.0", shown)
    assert re.search(r"drawn +▇+ +3\.0", shown)


async def test_s_goes_through_the_orders_and_tells_which(book: Book) -> None:
    app = RelcraftApp(book)
    orders = []
    async with app.run_test() as pilot:
        await pilot.press("4", "G")
        for _order in range(5):
            await pilot.press("s")
            await pilot.pause()
            label = re.search(r"by (how often|how two-way|you gave more|they gave more|name)", seen(app))
            assert label is not None
            orders.append((label[1], [name[:3] for name in listed(app)]))
            assert everyone_of(app).balances.cursor == 0, "another order begins at its top"
    assert orders == [
        ("how two-way", ["Ada", "Ben", "Cem"]),
        ("you gave more", ["Ben", "Ada", "Cem"]),
        ("they gave more", ["Cem", "Ada", "Ben"]),
        ("name", ["Ada", "Ben", "Cem"]),
        ("how often", ["Ada", "Ben", "Cem"]),
    ]


async def test_the_filter_narrows_people_and_plots_and_esc_shows_everybody_again(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("4", "slash", *"org:acme")
        await pilot.pause()
        assert listed(app) == ["Ada Lovelace", "Cem Aydin"]
        assert any(re.search(r"earned .* 2\.0$", line) for line in plotted(app))
        assert "Filtered · 2 · 4 exchanges" in seen(app)
        await pilot.press("enter")
        assert focused_pane(app) == "balances"
        assert "org:acme" in seen(app), "the filter that holds stays in sight"
        await pilot.press("escape")
        await pilot.pause()
        assert len(listed(app)) == 3
        assert "org:acme" not in seen(app)
        assert any(re.search(r"earned .* 8\.0$", line) for line in plotted(app))
        await pilot.press("escape")
        assert app.current_mode == "tab-people"


async def test_a_filter_that_finds_nobody_says_so(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("4", "slash", *"dora")
        await pilot.pause()
        assert "Nobody with an exchange answers to that filter." in seen(app)
        assert "Nothing in these 12 months." in seen(app)
        await pilot.press("escape")
        await pilot.pause()
        assert len(listed(app)) == 3


async def test_every_figure_explains_itself(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("4", "equals_sign")
        await pilot.pause()
        assert isinstance(app.screen, Explanation)
        shown = seen(app)
        assert "─ Ada Lovelace" in shown
        assert "3 exchanges in the 12 months up to Mon 23 Nov 2026" in shown
        await pilot.press("escape", "tab")
        for title, words in (
            ("Earned", "Earned is what was given from Mon 1 Dec 2025 to Mon 23 Nov 2026: 8"),
            ("Drawn", "Drawn is what was received"),
            ("Months", "Nov 2026: earned 4, drawn 0"),
            ("Kinds", "Referral: earned 6, drawn 0"),
            ("Paid forward", "people of whom nothing received is noted"),
        ):
            await pilot.press("enter" if title == "Drawn" else "equals_sign")
            await pilot.pause()
            assert title in seen(app)
            assert words in " ".join(str(each.content) for each in app.screen.query(Static))
            await pilot.press("escape", "j")


async def test_o_and_enter_open_the_person(book: Book) -> None:
    for key in ("o", "enter"):
        app = RelcraftApp(book)
        async with app.run_test() as pilot:
            await pilot.press("4", "j", key)
            await pilot.pause()
            assert app.current_mode == "tab-people"
            assert app.people.contacts.current == "ben"


async def test_the_keys_that_add_are_about_the_person_under_the_cursor(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("4", "j", "c")
        await pilot.pause()
        assert [each.date for each in book.interactions_with("ben")] == [TODAY]
        await pilot.press("less_than_sign", *"advice:on rivers", "enter")
        await pilot.pause()
        assert [(each.direction, each.text) for each in book.exchanges_with("ben")][:1] == [
            (Direction.RECEIVED, "on rivers")
        ]
        assert listed(app)[:2] == ["Ada Lovelace", "Ben Bell"]
        assert "7 exchanges in a year" in seen(app), "figures follow what is added"
        assert everyone_of(app).people() == ["ben"], "the cursor stays on the person"


async def test_y_copies_the_figures_with_how_they_came_about(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("4", "y")
        assert app.clipboard.startswith("Ada Lovelace\n3 exchanges in the 12 months")
        await pilot.press("tab", "y")
        assert app.clipboard.startswith("Earned\nEarned is what was given")


async def test_plots_are_drawn_anew_when_the_terminal_is_resized(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        small, narrow = plotted(app), listed_line(app, "Ben Bell")
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        large = plotted(app)
        await pilot.resize_terminal(110, 50)
        await pilot.pause()
        tall, wide = plotted(app), listed_line(app, "Ben Bell")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert plotted(app) == small
    assert height_of_months(small) == (2, 2)
    assert height_of_months(large) == (6, 6)
    assert small[0].count("▇") > large[0].count("▇"), "beside the list there is less room across"
    assert tall[0].count("▇") > small[0].count("▇")
    assert wide.count("▇") > narrow.count("▇") > 3


def listed_line(app: RelcraftApp, name: str) -> str:
    return next(line for line in seen(app).split("\n") if name in line and "×" in line)


def height_of_months(lines: list[str]) -> tuple[int, int]:
    """Return how many lines the plot by month has over and under its axis."""
    top = next(place for place, line in enumerate(lines) if line.startswith("by month"))
    axis = next(place for place, line in enumerate(lines) if line.split() == list("DJFMAMJJASON"))
    bottom = next(place for place, line in enumerate(lines) if line.startswith("by kind"))
    return axis - top, bottom - axis - 2


async def test_a_plot_by_month_stands_for_what_was_given_and_hangs_for_what_was_received(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        lines = plotted(app)
    axis = next(place for place, line in enumerate(lines) if line.split() == list("DJFMAMJJASON"))
    november = lines[axis].index("N")
    october = lines[axis].index("O")
    assert lines[axis - 1][november] == "█", "in November something was given"
    assert lines[axis + 1][november].isspace(), "and nothing received"
    assert lines[axis + 1][october] != " "


async def test_a_figure_of_several_lines_comes_into_sight_as_a_whole() -> None:
    kinds = list(ExchangeKind)[:7]
    app = RelcraftApp(
        a_book(person("ada", "Ada"), *(gave(f"g{kind}", ago(5), "ada", kind) for kind in kinds)),
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "tab", "j", "j", "j")
        await pilot.pause()
        shown = seen(app)
    assert all(f"  {kind}" in shown for kind in kinds)
    assert "▌ by kind" in shown


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_book_says_what_begins_it(size: tuple[int, int]) -> None:
    app = RelcraftApp(a_book(person("dora", "Dora Maar")))
    async with app.run_test(size=size) as pilot:
        await pilot.press("4")
        await pilot.pause()
        assert "Nothing was exchanged yet." in seen(app)
        await pilot.press("equals_sign", "o", "s", "y")
        await pilot.pause()
        assert any("Nobody is selected." in each for each in told(app))
        await pilot.press("tab", "equals_sign", "enter", "y", "G")
        await pilot.pause()
        assert app.is_running
        assert app.current_mode == "tab-everyone"
        assert any("nothing was exchanged in these months" in each for each in told(app))


async def test_what_is_older_than_the_plots_is_told_as_such() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada"), gave("old", ago(900), "ada")))
    async with app.run_test() as pilot:
        await pilot.press("4")
        await pilot.pause()
        assert listed(app) == ["Ada"]
        assert "Nothing in these 12 months." in seen(app)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_shown_as_text(size: tuple[int, int]) -> None:
    people = [
        person("bad", HOSTILE),
        person("wide", "高瀬 ちひろ" * 9),
        person("blank", "   "),
        person("long", "x" * 300),
        person("escape", "\x1b[31mred\x07"),
    ]
    exchanges = [gave(f"e{number}", ago(number), each.uid) for number, each in enumerate(people)]
    app = RelcraftApp(a_book(*people, *exchanges))
    async with app.run_test(size=size) as pilot:
        await pilot.press("4", "s", "s", "s", "s")
        await pilot.pause()
        shown = seen(app)
        assert "[/] [red]x[/red]" in shown
        assert "\x1b" not in shown
        assert len({len(line) for line in shown.split("\n") if "高" not in line}) == 1
        for _person in people:
            await pilot.press("equals_sign", "escape", "y", "j")
        await pilot.press("tab", "G", "equals_sign")
        await pilot.pause()
        assert isinstance(app.screen, Explanation)


async def test_a_filter_in_words_that_are_none_is_told_or_finds_nobody(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("4", "slash", *'circle:"[/]', "enter")
        await pilot.pause()
        assert app.is_running
        assert listed(app) == []


def a_large_book(contacts: int, exchanges: int) -> Book:
    """Return a book in which a few people have most of the exchanges."""
    chance = random.Random(7)
    records: list[Record] = [
        Contact(uid=f"c{number}", name=f"Person {number}", tags=("ten",) if number % 10 == 0 else ())
        for number in range(contacts)
    ]
    records += [
        Exchange(
            uid=f"e{number}",
            date=TODAY - timedelta(days=chance.randrange(3000)),
            direction=chance.choice(list(Direction)),
            kind=chance.choice(list(ExchangeKind)),
            contact=f"c{int(contacts * chance.random() ** 2)}",
        )
        for number in range(exchanges)
    ]
    return a_book(*records)


async def test_a_book_of_ten_thousand_people_is_shown_and_filtered_quickly() -> None:
    book = a_large_book(10_000, 50_000)
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("4")
        await pilot.pause()
        screen = everyone_of(app)
        assert len(screen.balances.items) > 9_000
        verbs.in_touch_today(book, ["c5"])
        times = []
        for _look in range(3):
            began = time.process_time()
            screen.refill()
            times.append(time.process_time() - began)
        assert min(times) < 0.6, "0.2 s of work where nothing else runs"
        await pilot.press("slash", *"#ten")
        await pilot.pause()
        assert 900 < len(screen.balances.items) <= 1_000
