"""The app over time and at its edges: news, midnight, quitting, bugs, text from outside, empty books, colours."""

from dataclasses import replace
from datetime import timedelta

import pytest

from relcraft.book import verbs
from relcraft.book.one_moment import OneMoment
from relcraft.book.open import Book
from relcraft.domain.records import Interaction
from relcraft.domain.words import InteractionKind
from relcraft.tui.app import SAMPLE, RelcraftApp
from relcraft.tui.arriving.fifteen import PickFifteen
from relcraft.tui.arriving.importing import Imported, ImportScreen
from relcraft.tui.arriving.welcome import Welcome
from relcraft.tui.forms import ContactForm
from relcraft.tui.people.screen import PeopleScreen
from tests.books import TODAY, a_book
from tests.tui.widget_host import HOSTILE, seen, told


async def test_what_another_program_wrote_is_shown_and_the_cursor_stays(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("j")
        verbs.log_interaction(book, Interaction(uid="", date=TODAY, kind=InteractionKind.CALL, contacts=("grace",)))
        await pilot.pause()
        assert app.people.contacts.current == "alan"
        assert book.warmth("grace").bars == 4
        assert "fresh" in seen(app).splitlines()[2]


async def test_the_add_line_stays_open_when_another_program_deletes_whom_it_is_about(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("a", "x")
        assert "about Grace" not in seen(app)
        verbs.archive(book, ["grace"])
        verbs.delete_for_good(book, "grace")
        await pilot.press("backspace")
        await pilot.pause()
        assert "about Grace" not in seen(app)
        assert app.is_running


async def test_somebody_who_was_deleted_while_one_picks_the_fifteen_is_told(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        app.push_screen(PickFifteen(book))
        await pilot.pause()
        verbs.archive(book, ["alan"])
        verbs.delete_for_good(book, "alan")
        await pilot.resize_terminal(100, 30)
        await pilot.press("c")
        await pilot.pause()
        assert told(app) == ["That is no longer in the book."]
        assert "Alan Turing" not in seen(app)
        await pilot.press("c")
        await pilot.pause()
        assert book.contact("grace").circle == "close"
        assert "1 picked" in seen(app)


async def test_midnight_turns_the_day_in_a_program_left_open(book: Book) -> None:
    now = book.now
    book.clock = OneMoment(lambda: now)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        assert "Mon 23 Nov" in seen(app)
        now += timedelta(days=60)
        app._tick()
        await pilot.pause()
        shown = seen(app)
        assert "Fri 22 Jan" in shown
        assert "cooling" in shown


async def test_q_quits_and_ctrl_q_quits_while_one_types(book: Book) -> None:
    for keys in (("q",), ("slash", "a", "ctrl+q"), ("n", "ctrl+q")):
        app = RelcraftApp(book)
        async with app.run_test() as pilot:
            await pilot.press(*keys)
            await pilot.pause()
            assert not app.is_running
        assert app.return_code == 0


async def test_a_bug_ends_the_app_with_a_code_and_without_private_values(
    book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_pane: object) -> None:
        secret = "a private note"
        raise RuntimeError(len(secret))

    monkeypatch.setattr("relcraft.tui.people.screen.PeopleScreen.action_sort", broken)
    app = RelcraftApp(book)
    with pytest.raises(RuntimeError):
        async with app.run_test() as pilot:
            await pilot.press("s")
    assert app.return_code == 1
    said = capsys.readouterr().err
    assert "RuntimeError" in said
    assert "locals" not in said


# Text is text, and empty panes


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_brackets_in_a_name_are_letters_everywhere(book: Book, size: tuple[int, int]) -> None:
    verbs.edit(book, book.contact("grace"), replace(book.contact("grace"), name=HOSTILE, notes=HOSTILE))
    app = RelcraftApp(book)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert "In touch today: [/] [red]x[/red]" in seen(app)
        await pilot.press("s", "g")
        assert "[/] [red]x[/red" in seen(app)
        await pilot.press("p", "escape", "e", "escape", "equals_sign")
        await pilot.pause()
        assert "[/] [red]x[/red] [@click=app.bell]y[/]" in seen(app)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (60, 20)])
async def test_an_empty_book_names_the_key_to_press(size: tuple[int, int]) -> None:
    app = RelcraftApp(a_book())
    async with app.run_test(size=size) as pilot:
        for _layer in range(2):
            await pilot.press("escape")
        app.people.contacts.focus()
        await pilot.pause()
        assert "Nobody here yet. n adds a" in seen(app)
        for key in ("d", "e", "E", "x", "y", "z", "c", "o", "equals_sign", "space", "v", "D", "j", "G"):
            await pilot.press(key)
        assert app.is_running


@pytest.mark.parametrize(("key", "shown"), [("i", ImportScreen), ("n", ContactForm), ("escape", PeopleScreen)])
async def test_an_empty_book_asks_how_to_begin(key: str, shown: type) -> None:
    app = RelcraftApp(a_book(), place="~/people/book.json")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Welcome)
        assert "~/people/book.json" in seen(app)
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, shown)


async def test_the_sample_is_asked_for_from_the_first_screen() -> None:
    app = RelcraftApp(a_book())
    async with app.run_test() as pilot:
        await pilot.press("l")
        await pilot.pause()
    assert app.return_value == SAMPLE


async def test_upper_i_imports_and_lands_on_choosing_who_matters(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("I")
        await pilot.pause()
        assert isinstance(app.screen, ImportScreen)
        app.screen.dismiss(Imported(title="import of people.vcf", added=("radia",)))
        await pilot.pause()
        assert isinstance(app.screen, PickFifteen)
        assert told(app) == []


async def test_a_book_that_cannot_be_written_says_why_at_once(book: Book) -> None:
    book._keeper.read_only = "book.json is open for reading only."  # type: ignore[misc]  # the one in memory may be set
    app = RelcraftApp(book)
    async with app.run_test():
        assert told(app) == ["book.json is open for reading only."]


async def test_no_colour_is_drawn_where_the_user_wants_none(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = RelcraftApp(book, theme="ink")
    async with app.run_test() as pilot:
        await pilot.press("space", "slash")
        await pilot.pause()
        colours = set()
        for strip in app.screen._compositor.render_strips():
            for segment in strip:
                if segment.style is not None:
                    colours |= {segment.style.color, segment.style.bgcolor}
    assert {colour.name for colour in colours if colour is not None} == {"default"}


async def test_the_themes_are_gone_through(book: Book) -> None:
    app = RelcraftApp(book, theme="paper")
    async with app.run_test() as pilot:
        await pilot.press("T")
        assert app.theme == "ink"
    assert RelcraftApp(book, theme="no such theme").theme == "terminal"
