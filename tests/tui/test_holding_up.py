"""What could go wrong on any tab is told in a sentence, loses nothing, and ends nothing."""

import asyncio
from dataclasses import replace

import pytest

from relcraft.book import goals, verbs
from relcraft.book.matches import is_at_hand
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.port import Kept
from relcraft.domain.changes import Change
from relcraft.domain.errors import NotKept
from relcraft.domain.records import Goal, Me
from relcraft.domain.words import GoalKind, GoalState
from relcraft.tui.app import RelcraftApp
from relcraft.tui.asks.prompts import OutcomePrompt
from relcraft.tui.commands import REGISTRY
from relcraft.tui.composer import Composer
from relcraft.tui.inputs import LineInput
from relcraft.tui.tabs import TABS
from tests.books import at_noon
from tests.tui.widget_host import seen, told, type_text

AWAY = [command.id for command in REGISTRY if command.scope == "away"]


class FullDisk(MemoryKeeper):
    """A keeper that keeps what it is given, until the disk is full."""

    full = False

    def keep(self, change: Change) -> Kept:
        """Store `change`, or say why not."""
        if self.full:
            raise NotKept("The disk is full.")
        return super().keep(change)


@pytest.fixture
def disk(book: Book) -> FullDisk:
    """The usual small book, on a disk that can be full."""
    tables = {name: {str(each["uid"]): each for each in documents} for name, documents in book.documents()}
    return FullDisk(tables)


@pytest.mark.parametrize("command_id", AWAY)
async def test_a_command_of_the_other_tabs_run_on_people_says_where_it_works(book: Book, command_id: str) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        app.action_palette()
        await pilot.pause()
        app.screen.dismiss(command_id)
        await pilot.pause()
        assert told(app) == [f'"{REGISTRY[command_id].title}" is for the other tabs: 2 to 6 open them.']


async def test_a_way_in_a_book_that_cannot_be_written_says_so(disk: FullDisk) -> None:
    disk.read_only = "The book is open for reading only."
    app = RelcraftApp(Book(disk, at_noon()))
    async with app.run_test() as pilot:
        await pilot.press("6")
        await type_text(pilot, "grace")
        await pilot.press("enter")
        app.clear_notifications()
        await pilot.press("enter")
        await pilot.pause()
        assert told(app) == ["The book is open for reading only."]
        assert not isinstance(app.screen, Composer)


async def test_somebody_who_went_a_moment_before_enter_is_told(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("4")
        await pilot.pause()
        screen = app.screen
        verbs.archive(book, ["grace"])
        verbs.delete_for_good(book, "grace")
        screen.balances.action_open()  # type: ignore[attr-defined]  # the tab that 4 opens
        await pilot.pause()
        assert len(told(app)) == 1
        assert app.current_mode == "tab-everyone"


async def test_what_came_of_a_goal_stands_there_again_where_it_could_not_be_kept(disk: FullDisk) -> None:
    book = Book(disk, at_noon())
    goal = goals.add_goal(book, Goal(uid="", kind=GoalKind.CAREER, words="a trade"))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("5", "x")
        await type_text(pilot, "a year at sea")
        disk.full = True
        await pilot.press("enter")
        await pilot.pause()
        assert told(app) == ["The disk is full."]
        assert isinstance(app.screen, OutcomePrompt)
        assert app.screen.query_one(LineInput).value == "a year at sea"
        disk.full = False
        await pilot.press("enter")
        await pilot.pause()
        stored = book.one(Goal, goal.uid)
        assert (stored.state, stored.outcome) == (GoalState.REACHED, "a year at sea")


async def test_a_match_is_looked_for_when_the_rest_is_on_the_screen(book: Book) -> None:
    goals.set_me(book, Me(uid="me", can_offer=("speakers",)))
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        assert "you could give them: speakers" in seen(app)
        grace = book.contact("grace")
        verbs.edit(book, grace, replace(grace, looking_for=()))
        assert not is_at_hand(book)
        await pilot.pause()
        await pilot.pause()
        assert "could give" not in seen(app)
        assert is_at_hand(book)


@pytest.mark.parametrize("tab", TABS)
async def test_a_burst_of_keys_ends_on_the_tab_of_the_last_of_them(book: Book, tab: str) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        for key in (*"654321", REGISTRY[tab].keys[0]):
            app.simulate_key(key)
        await pilot.pause()
        while app._patience is not None:
            await pilot.pause()
        assert app.current_mode == tab


@pytest.mark.parametrize("pauses", range(6))
async def test_the_program_ends_well_while_a_tab_is_being_opened_and_keys_wait(book: Book, pauses: int) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        for key in "6543265":
            app.simulate_key(key)
        for _ in range(pauses):
            await asyncio.sleep(0)
        app.exit()
        await pilot.pause()
    assert app.return_code == 0


@pytest.mark.parametrize(("tab", "command_id"), [("3", "archive"), ("1", "move-done"), ("1", "goal-let-go")])
async def test_what_changes_at_once_is_not_run_from_where_nobody_sees_what_it_would_change(
    book: Book, tab: str, command_id: str
) -> None:
    goals.add_goal(book, Goal(uid="", kind=GoalKind.CAREER, words="a trade"))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press(tab)
        await pilot.pause()
        before = [list(documents) for _name, documents in book.documents()]
        app.action_palette()
        await pilot.pause()
        app.screen.dismiss(command_id)
        await pilot.pause()
        await pilot.pause()
        assert [list(documents) for _name, documents in book.documents()] == before
        command = REGISTRY[command_id]
        assert told(app) == [f"{command.title}: {command.keys[0]} does that here, with what is selected."]


async def test_a_look_for_news_in_the_moment_of_leaving_harms_nothing(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.pause()
    assert not app.screen_stack
    verbs.add_tag(book, ["grace"], "sailing")  # who may be one person is looked for anew
    app._tick()
