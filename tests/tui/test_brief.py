"""The brief before a meeting: all on one screen, as text, until a key closes it."""

import pytest

from relcraft.book.brief import HEADING_WIDTH, brief
from relcraft.book.open import Book
from relcraft.domain.records import Contact
from relcraft.domain.words import Circle, ExchangeKind
from relcraft.tui.app import RelcraftApp
from relcraft.tui.brief import BriefScreen
from tests.books import a_book, gave, got, met, person, promised
from tests.pictures import sample_book
from tests.tui.conftest import ago
from tests.tui.widget_host import HOSTILE, seen

SIZES = [(80, 24), (140, 40), (60, 20), (30, 10)]


@pytest.mark.parametrize("size", SIZES[:2])
async def test_b_shows_all_that_matters_on_one_screen(book: Book, size: tuple[int, int]) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=size) as pilot:
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(app.screen, BriefScreen)
        shown = seen(app)
        assert app.screen.query_one("#brief").max_scroll_y == 0
    assert "─ Grace Hopper · Navy" in shown
    for part in brief(book, "grace").parts:
        assert f"{part.heading:{HEADING_WIDTH}}{part.lines[0]}" in shown
        assert all(line in shown for line in part.lines)
    assert "send slides" in shown
    assert "speakers" in shown


@pytest.mark.parametrize("key", ["escape", "b", "enter", "q"])
async def test_a_key_closes_it(book: Book, key: str) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("b", key)
        await pilot.pause()
        assert not isinstance(app.screen, BriefScreen)
        assert app.is_running


async def test_y_copies_it_as_text(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("b", "y")
        assert isinstance(app.screen, BriefScreen), "it stays"
    lines = app.clipboard.splitlines()
    assert lines[0].startswith("Grace Hopper · Navy")
    assert any(line.startswith("looking for: speakers") for line in lines)


@pytest.mark.parametrize("size", SIZES)
async def test_the_fullest_brief_is_read_to_its_end_on_any_terminal(size: tuple[int, int]) -> None:
    app = RelcraftApp(a_book(*full_records()))
    async with app.run_test(size=size) as pilot:
        await pilot.press("b")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, BriefScreen)
        window = screen.query_one("#brief")
        assert (window.max_scroll_y == 0) == (size[0] >= 80)
        pages = seen(app)
        for _page in range(20):
            await pilot.press("space")
            await pilot.pause()
            pages += seen(app)
        assert window.scroll_y == window.max_scroll_y
        for part in brief(app.book, "full").parts:
            assert part.heading in pages
            assert part.lines[-1].split()[-1] in pages
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert window.size.width == 78


def full_records() -> list[Contact]:
    """Return one contact of whom everything is known at length."""
    words = " ".join(f"word{number}" for number in range(80))
    full = person(
        "full",
        HOSTILE,
        organisation="[b]Evil[/b]",
        role="\x1b[31mRed",
        circle=Circle.CLOSE,
        looking_for=(words, "[/]"),
        can_offer=(words,),
        met_how=words,
        notes=words,
    )
    things = [
        *(met(f"m{days}", ago(days), "full", summary=words) for days in (3, 9)),
        *(promised(f"p{days}", ago(days), "full", words) for days in range(9)),
        *(gave(f"g{days}", ago(days), "full", ExchangeKind.LEAD) for days in range(5)),
        *(got(f"r{days}", ago(days), "full", ExchangeKind.REFERRAL) for days in range(5)),
    ]
    return [full, *things]  # type: ignore[list-item]  # records of all kinds fill a book


async def test_every_contact_of_the_sample_has_a_brief_that_fits() -> None:
    app = RelcraftApp(sample_book())
    async with app.run_test(size=(80, 24)) as pilot:
        for contact in app.book.contacts()[::6]:
            await app.push_screen(BriefScreen(app.book, contact.uid))
            await pilot.pause()
            assert app.screen.query_one("#brief").max_scroll_y == 0
            assert contact.name.split()[0] in seen(app)
            await pilot.press("escape")
