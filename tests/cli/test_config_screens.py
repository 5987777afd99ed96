"""The config file on the screen: keys, themes, templates and cadences of one's own, and what of it was read over."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from textual.binding import Binding
from textual.screen import Screen

import relcraft.tui
from relcraft.book.open import Book
from relcraft.cli.keymap import registry_of
from relcraft.cli.screens import app_on
from relcraft.cli.settings import Settings, read_settings
from relcraft.domain.words import Circle
from relcraft.tui.app import RelcraftApp
from relcraft.tui.keys import OF_WINDOWS
from relcraft.tui.tabs import Tab
from relcraft.tui.themes import THEMES
from tests.books import TODAY, a_book, a_keeper, at_noon, met, person
from tests.tui.widget_host import seen, told, type_text

Opened = Callable[[str, Book], RelcraftApp]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Return what reads a config file and makes the screens as `relcraft` does."""

    def app(config: str, book: Book) -> RelcraftApp:
        settings = settings_of(tmp_path, config)
        registry, unknown = registry_of(settings)
        return app_on(book, settings, registry, (*settings.warnings, *unknown))

    return app


def settings_of(folder: Path, config: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(config, "utf-8")
    return read_settings(folder / "book.json", path, {})


async def test_a_key_of_ones_own_works_and_is_what_footer_help_and_sentences_name(opened: Opened) -> None:
    book = a_book(person("ada", "Ada"), person("alan", "Alan"))
    keys = '[keys]\nadd-line = "w"\narchive = "ctrl+x"\nundo = ["ctrl+z", "f9"]\nfilter = "ctrl+f"\nhelp = "f2"\n'
    app = opened(keys, book)
    async with app.run_test(size=(100, 30)) as pilot:
        assert "w add" in seen(app)
        assert "ctrl+f filter" in seen(app)
        await pilot.press("d", "u")
        assert len(book.contacts()) == 2, "the keys of before do nothing"
        await pilot.press("ctrl+x")
        assert [contact.uid for contact in book.contacts()] == ["alan"]
        assert told(app)[-1] == "Ada archived. ctrl+z takes that back."
        await pilot.press("f9")
        assert len(book.contacts()) == 2
        await pilot.press("f2")
        await pilot.pause()
        await type_text(pilot, "add in one")
        await pilot.pause()
        assert " w " in seen(app)
        await pilot.press("escape", "w")
        await pilot.pause()
        await type_text(pilot, "coffee with Alan")
        await pilot.press("enter")
        assert [entry.table for entry in book.timeline("alan")] == ["interactions"]


async def test_an_empty_list_names_the_users_keys(opened: Opened) -> None:
    app = opened('[keys]\nnew-contact = "+"\nimport = "f6"\n', a_book())
    async with app.run_test() as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert "Nobody here yet. + adds a" in seen(app)
        assert "person, f6 imports." in seen(app)
        await pilot.press("c")
        assert "+ on People adds one" in told(app)[-1]


def test_the_keys_that_windows_have_for_their_own_are_known() -> None:
    for found in walk_packages(relcraft.tui.__path__, "relcraft.tui."):
        import_module(found.name)
    windows: list[type[Screen[Any]]] = [Screen]
    found_keys: set[str] = set()
    for window in windows:
        windows += window.__subclasses__()
        keys = {key for binding in window.BINDINGS if isinstance(binding, Binding) for key in binding.key.split(",")}
        found_keys |= set() if issubclass(window, Tab) else keys
    assert {key for key in found_keys if key[0] == "f" and key[1:].isdigit()} == OF_WINDOWS


async def test_two_keys_that_are_swapped_do_each_others_work(opened: Opened) -> None:
    book = a_book(person("ada", "Ada"))
    app = opened('[keys]\nadd-line = "c"\nlog-today = "a"\n', book)
    async with app.run_test() as pilot:
        await pilot.press("a")
        assert [entry.table for entry in book.timeline("ada")] == ["interactions"]


async def test_a_theme_of_ones_own_is_what_is_drawn(opened: Opened) -> None:
    config = (
        'theme = "dusk"\n[themes.dusk]\nbase = "nord"\nreceived = "#ff77aa"\nframe = "#123456"\nprimary = "#abcdef"\n'
    )
    app = opened(config, a_book(person("ada", "Ada")))
    async with app.run_test() as pilot:
        assert app.theme == "dusk"
        variables = app.theme_variables
        assert (variables["received"], variables["frame"], variables["primary"]) == ("#ff77aa", "#123456", "#ABCDEF")
        assert variables["given"], "what the theme does not say is made of what it does"
        await pilot.press("T")
        assert app.theme == THEMES[0].name
    app = opened('theme = "nord"\n', a_book(person("ada", "Ada")))
    async with app.run_test():
        assert app.theme == "nord"


@pytest.mark.parametrize(("config", "moves"), [("", 3), ("[rules]\nmoves = 5\n", 5), ("[cadences]\ninner = 10\n", 0)])
async def test_cadences_and_moves_are_what_today_goes_by(
    opened: Opened, tmp_path: Path, config: str, moves: int
) -> None:
    people = [person(f"p{number}", f"Person {number}", circle=Circle.INNER) for number in range(6)]
    days = [met(f"i{number}", TODAY.replace(day=15), f"p{number}") for number in range(6)]
    book = Book(a_keeper(*people, *days), at_noon(), settings_of(tmp_path, config).rules)
    app = opened(config, book)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert seen(app).count("Write to Person") == moves


async def test_the_users_own_message_is_what_the_composer_begins_with(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "ask.txt").write_text("Ahoy {name}!\n", "utf-8")
    app = opened('[templates]\nfolder = "letters"\n', a_book(person("ada", "Ada")))
    assert app.templates.text("ask") == "Ahoy {name}!\n"


async def test_what_is_read_over_is_told_on_the_screen(opened: Opened) -> None:
    config = "mooves = 3\nx1 = 1\nx2 = 1\nx3 = 1\n[keys]\nunndo = 'x'\n"
    app = opened(config, a_book(person("ada", "Ada")))
    async with app.run_test():
        remarks = told(app)
        assert len(remarks) == 4
        assert '"mooves" in ' in remarks[0]
        assert "did you mean moves, below [rules]?" in remarks[0]
        assert remarks[3] == "2 more of these: relcraft config --check tells all."
