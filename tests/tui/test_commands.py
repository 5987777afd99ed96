"""The registry of commands: what every key does, and that no key does two things."""

from itertools import combinations

import pytest
from textual.screen import Screen

from relcraft.domain.errors import BadInput
from relcraft.tui.adding import Adding
from relcraft.tui.app import RelcraftApp
from relcraft.tui.asks.screen import AsksScreen
from relcraft.tui.bars import MOST_KEYS, KeyBar
from relcraft.tui.commands import REGISTRY
from relcraft.tui.conflicts.screen import ConflictsScreen
from relcraft.tui.duplicates.screen import DuplicatesScreen
from relcraft.tui.everyone.screen import EveryoneScreen
from relcraft.tui.goals.screen import GoalsScreen
from relcraft.tui.help import Help
from relcraft.tui.palette import CommandRows
from relcraft.tui.paths.screen import PathsScreen
from relcraft.tui.people.contact_list import ContactList
from relcraft.tui.people.panes import FilterLine, Panes
from relcraft.tui.people.screen import PeopleScreen
from relcraft.tui.people.timeline import Timeline
from relcraft.tui.registry import CHAINS, Command, Registry, key_table
from relcraft.tui.rows import RowList
from relcraft.tui.tabs import Away, Tab
from relcraft.tui.today.screen import TodayScreen
from tests.books import a_book, person
from tests.tui.widget_host import seen, type_text

OWNERS: dict[str, type] = {
    "tab": Adding,
    "away": Away,
    "today": TodayScreen,
    "asks": AsksScreen,
    "everyone": EveryoneScreen,
    "goals": GoalsScreen,
    "paths": PathsScreen,
    "rows": RowList,
    "people": PeopleScreen,
    "contacts": PeopleScreen,
    "timeline": PeopleScreen,
    "filter": FilterLine,
    "app": RelcraftApp,
    "conflicts": ConflictsScreen,
    "duplicates": DuplicatesScreen,
}


@pytest.mark.parametrize("command", REGISTRY, ids=lambda command: command.id)
def test_every_command_is_done_by_somebody(command: Command) -> None:
    name = command.action.rpartition(".")[2].partition("(")[0]
    assert callable(getattr(OWNERS[command.scope], f"action_{name}"))


def test_every_command_is_bound_where_it_is_heard() -> None:
    hearers = {*OWNERS.values(), ContactList, Timeline, Tab, Panes}
    bound = {binding.id for hearer in hearers for binding in hearer.__dict__.get("BINDINGS", ())}
    assert bound == {command.id for command in REGISTRY}


async def test_every_command_is_in_the_help() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada")))
    async with app.run_test() as pilot:
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        rows = app.screen.query_one(CommandRows)
        assert {item.id for item in rows.items if isinstance(item, Command)} == {command.id for command in REGISTRY}
        await type_text(pilot, "archive")
        await pilot.pause()
        assert "Archive" in seen(app)


def test_every_command_is_in_the_table_of_the_readme() -> None:
    table = key_table(REGISTRY)
    for command in REGISTRY:
        assert command.help.replace("|", "\\|") in table
    assert "| `j` `↓` | One row down. |" in table


def test_every_help_is_a_sentence_and_no_label_is_long() -> None:
    for command in REGISTRY:
        assert command.help.endswith("."), command.id
        assert max(len(command.label), len(command.label_marked)) <= 10, command.id


def test_a_key_with_two_meanings_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match=r'The key x is for "snooze" \(Snooze\) and for "done" \(Done\)'):
        REGISTRY.with_keymap({"snooze": ["x"]})
    for chain in CHAINS:
        heard = [command for command in REGISTRY if command.scope in chain]
        assert not any(set(one.keys) & set(other.keys) for one, other in combinations(heard, 2))


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ({"fly": ["x"]}, 'The key map names "fly", and there is no command of that name.'),
        ({"undo": []}, 'The key map gives "undo" no key.'),
        ({"undo": ["ctrl+"]}, 'The key map gives "undo" the key "ctrl+": one like x, ctrl+x or f5 was expected.'),
    ],
)
def test_a_key_map_that_makes_no_sense_is_refused_in_a_sentence(overrides: dict[str, list[str]], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        REGISTRY.with_keymap(overrides)
    assert str(refused.value) == said


async def test_the_users_own_keys_work_and_are_the_ones_shown() -> None:
    registry = REGISTRY.with_keymap({"archive": ["ctrl+x", "F5"], "add-line": ["w"]})
    book = a_book(person("ada", "Ada"), person("alan", "Alan"))
    app = RelcraftApp(book, registry=registry)
    async with app.run_test() as pilot:
        assert "w add" in seen(app)
        await pilot.press("d", "f5")
        assert [contact.uid for contact in book.contacts()] == ["alan"]
        await pilot.press("ctrl+x")
        assert not book.contacts()


async def test_the_footer_shows_seven_keys_at_most_and_all_that_fit() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada")))
    async with app.run_test(size=(140, 30)) as pilot:
        bar = app.screen.query_one(KeyBar)
        assert len(bar._fitting()) == MOST_KEYS
        await pilot.resize_terminal(30, 20)
        await pilot.pause()
        fitting = bar._fitting()
        assert 1 < len(fitting) < MOST_KEYS
        assert fitting[-1][2].id == "help"
        assert fitting[-1][1] <= 30


async def test_keys_and_palette_do_nothing_below_a_question() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada")))
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        screens: list[Screen[object]] = list(app.screen_stack)
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert app.screen_stack == screens


def test_a_registry_keeps_one_command_of_each_name() -> None:
    twice = Registry([REGISTRY["undo"], REGISTRY["undo"]])
    assert len(twice) == 1
