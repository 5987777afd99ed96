"""The Goals screen: what the keys store, what is shown of a goal and its people, and how narrow it may become."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from relcraft.book import asks, goals, verbs
from relcraft.book.open import Book
from relcraft.book.supporters import Supporter, who_could_help
from relcraft.book.today import all_moves
from relcraft.domain.moves import MoveKind
from relcraft.domain.records import Ask, Goal, Me
from relcraft.domain.words import AskDirection, AskState, Circle, ExchangeKind, GoalKind, GoalState
from relcraft.tui.app import RelcraftApp
from relcraft.tui.choosing import ChoicePicker
from relcraft.tui.commands import REGISTRY
from relcraft.tui.composer import Composer
from relcraft.tui.forms import GoalForm
from relcraft.tui.goals.goal_list import NO_GOAL
from relcraft.tui.goals.screen import GoalsScreen
from relcraft.tui.telling import with_keys
from tests.books import TODAY, a_book, met, person
from tests.tui.widget_host import HOSTILE, seen, told, type_text


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def an_ask(contact: str, goal: Goal, **fields: Any) -> Ask:
    return Ask(
        uid="", direction=AskDirection.OUTGOING, contact=contact, goal=goal.uid,
        **{"kind": ExchangeKind.REFERRAL, "what": "a word to the data team", **fields},
    )  # fmt: skip


@pytest.fixture
def people() -> Book:
    """Grace, who is close and introduced Dana; Dana at Acme, a looser tie; Raj, of whom nothing is known."""
    return a_book(
        person("grace", "Grace Hopper", circle=Circle.CLOSE),
        person("dana", "Dana Fox", circle=Circle.WIDER, organisation="Acme", introduced_by="grace"),
        person("raj", "Raj Patel"),
        met("coffee", ago(10), "grace"),
        met("lunch", ago(60), "dana"),
    )


@pytest.fixture
def job(people: Book) -> Goal:
    return goals.add_goal(
        people, Goal(uid="", kind=GoalKind.HIRED, words="data job at Acme", target_date=date(2027, 3, 1))
    )


def one(book: Book, goal: Goal) -> Goal:
    return book.one(Goal, goal.uid)


async def opened(pilot: Pilot[Any], *keys: str) -> GoalsScreen:
    await pilot.press("5", *keys)
    await pilot.pause()
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, GoalsScreen)
    return screen


async def go_to(pilot: Pilot[Any], screen: GoalsScreen, key: str) -> None:
    """Put the cursor of the right part on an ask or a person."""
    screen.pane.focus()
    screen.pane.move_to(next(place for place, item in enumerate(screen.pane.items) if item.key == key))
    await pilot.pause()


# Goals


async def test_without_a_goal_the_screen_says_how_to_begin() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada Lovelace")))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        shown = seen(app)
        assert with_keys(REGISTRY, NO_GOAL) in shown
        assert "x reached" not in shown
        await pilot.press("x", "X", "e", "d", "y", "enter", "enter", "j")
        assert told(app) == ["There is no goal yet. n puts one into your own words."] * 5
        assert app.is_running


async def test_an_empty_book_shows_the_screen_too() -> None:
    app = RelcraftApp(a_book())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await opened(pilot)
        assert with_keys(REGISTRY, NO_GOAL) in seen(app)


async def test_n_puts_a_goal_into_words_and_the_cursor_goes_there(people: Book, job: Goal) -> None:
    app = RelcraftApp(people)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "n")
        assert isinstance(app.screen, GoalForm)
        await type_text(pilot, "lead a team")
        await pilot.press("tab", "o", "ctrl+s")
        await pilot.pause()
        new = next(goal for goal in people.all(Goal) if goal.uid != job.uid)
        assert (new.words, new.kind, new.state) == ("lead a team", GoalKind.OTHER, GoalState.OPEN)
        assert screen.goals.goal == new
        assert told(app)[-1] == 'Added: goal "lead a team".'
        await pilot.press("u")
        await pilot.pause()
        assert screen.goals.goal == job
    assert list(people.all(Goal)) == [job]


async def test_open_goals_stand_first_with_kind_day_and_asks(people: Book, job: Goal) -> None:
    asks.save_draft(people, an_ask("dana", job))
    reached = goals.add_goal(people, Goal(uid="", kind=GoalKind.CAREER, words="choose"))
    gone = goals.add_goal(people, Goal(uid="", kind=GoalKind.OTHER, words="sail"))
    later = goals.add_goal(people, Goal(uid="", kind=GoalKind.SWITCH, words="another field"))
    goals.reach(people, reached.uid, on=ago(1))
    goals.let_go(people, gone.uid)
    for size in ((80, 24), (140, 40)):
        app = RelcraftApp(people)
        async with app.run_test(size=size) as pilot:
            screen = await opened(pilot)
            rows = [item.goal.uid for item in screen.goals.items if item.goal is not None and item.first]
            assert rows == [job.uid, later.uid, reached.uid, gone.uid]
            shown = seen(app)
            for line in ("Goals · 2 open", "get hired · by 1 Mar · 1 ask", "switch · no ask yet", "reached yesterday"):
                assert line in shown
            assert shown.index("Reached") < shown.index("choose") < shown.index("Let go") < shown.index("sail")


async def test_e_edits_and_d_deletes_the_goal_while_its_asks_stay(people: Book, job: Goal) -> None:
    ask = asks.save_draft(people, an_ask("dana", job))
    app = RelcraftApp(people)
    async with app.run_test() as pilot:
        await opened(pilot, "e")
        await pilot.press("end", *" now", "ctrl+s")
        await pilot.pause()
        assert one(people, job).words == "data job at Acme now"
        await pilot.press("d")
        await pilot.pause()
        assert told(app)[-1] == 'Deleted goal "data job at Acme now"; its asks stay. u brings it back.'
        assert people.count(Goal) == 0
        assert people.one(Ask, ask.uid).goal is None
        await pilot.press("u")
        await pilot.pause()
    assert people.one(Ask, ask.uid).goal == job.uid


async def test_upper_x_lets_a_goal_go_and_opens_it_again(people: Book, job: Goal) -> None:
    app = RelcraftApp(people)
    async with app.run_test() as pilot:
        await opened(pilot, "X")
        assert (one(people, job).state, one(people, job).ended_on) == (GoalState.LET_GO, TODAY)
        await pilot.pause()
        assert "X open again" in seen(app)
        await pilot.press("X")
        assert one(people, job).state is GoalState.OPEN
        assert told(app)[-1] == 'Goal "data job at Acme": open again. u takes that back.'


# Reached


async def reached(pilot: Pilot[Any], book: Book, job: Goal) -> GoalsScreen:
    """Say on the screen that the goal is reached, through an ask that Dana helped with."""
    asked = asks.add_asked(book, an_ask("dana", job), ago(9))
    asks.move(book, asked.uid, AskState.HELPED, on=ago(5))
    screen = await opened(pilot, "x")
    await type_text(pilot, "hired at Acme")
    await pilot.press("enter")
    await pilot.pause()
    return screen


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_x_asks_what_came_of_it_and_names_who_led_there(people: Book, job: Goal, size: tuple[int, int]) -> None:
    app = RelcraftApp(people)
    async with app.run_test(size=size) as pilot:
        await reached(pilot, people, job)
        ended = one(people, job)
        assert (ended.state, ended.ended_on, ended.outcome) == (GoalState.REACHED, TODAY, "hired at Acme")
        assert ended.chain == ("grace", "dana")
        assert told(app)[-1] == "Reached. Grace and Dana led there: Today says whom to tell."
        assert [move.contact for move in all_moves(people) if move.kind is MoveKind.TELL] == ["grace", "dana"]
        await pilot.pause()
        shown = seen(app)
        assert "Reached on Mon 23 Nov 2026: hired at Acme" in shown
        assert "introduced you to Dana Fox" in shown
        assert "referral: a word to the data team" in shown
        assert shown.count("to tell") == 2
        assert "Who could help" not in shown
        await pilot.press("u")
        assert one(people, job) == job


async def test_leaving_the_question_leaves_the_goal_open_and_nothing_is_an_answer_too(people: Book, job: Goal) -> None:
    app = RelcraftApp(people)
    async with app.run_test() as pilot:
        await opened(pilot, "x")
        await pilot.press("escape")
        await pilot.pause()
        assert one(people, job).state is GoalState.OPEN
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert (one(people, job).state, one(people, job).outcome) == (GoalState.REACHED, "")
        assert told(app)[-1] == "Reached. Well done."
        await pilot.press("x")
        assert one(people, job).state is GoalState.OPEN


async def test_y_copies_the_news_and_enter_notes_that_somebody_heard_it(people: Book, job: Goal) -> None:
    app = RelcraftApp(people)
    async with app.run_test(size=(140, 40)) as pilot:
        screen = await reached(pilot, people, job)
        await go_to(pilot, screen, "chain:grace")
        await pilot.press("y")
        assert "Hi Grace," in app.clipboard
        assert "How it went: hired at Acme." in app.clipboard
        assert told(app)[-1] == "Copied: words to Grace Hopper."
        before = one(people, job)
        await pilot.press("enter")
        await pilot.pause()
        assert one(people, job).told == ("grace",)
        assert told(app)[-1] == 'Grace Hopper told of goal "data job at Acme".'
        assert seen(app).count("to tell") == 1
        await pilot.press("enter")
        await pilot.pause()
        assert told(app)[-1] == "Grace Hopper has heard of it already."
        await pilot.press("u")
        assert one(people, job) == before


# Asks and who could help


async def test_asks_stand_with_where_they_are_and_enter_opens_their_choices(people: Book, job: Goal) -> None:
    asked = asks.add_asked(people, an_ask("dana", job), ago(6))
    for size in ((80, 24), (140, 40)):
        app = RelcraftApp(people)
        async with app.run_test(size=size) as pilot:
            screen = await opened(pilot, "enter")
            assert screen.pane.has_focus
            shown = seen(app)
            assert "Dana Fox" in shown
            assert "referral: a word to the data team" in shown
            assert "asked 6 days ago, patience until Tue 1 Dec" in shown.replace("\n", " ")
            await go_to(pilot, screen, asked.uid)
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, ChoicePicker)


async def test_who_could_help_stands_with_reasons_and_enter_drafts_an_ask_for_the_goal(people: Book, job: Goal) -> None:
    for size in ((80, 24), (140, 40)):
        app = RelcraftApp(people)
        async with app.run_test(size=size) as pilot:
            screen = await opened(pilot)
            helpers = [item.contact for item in screen.pane.items if item.helper]
            assert helpers == [each.contact for each in who_could_help(people, job)]
            shown = seen(app)
            assert "is at Acme" in shown
            assert "go ahead" in shown
            await go_to(pilot, screen, "dana")
            assert "enter drafts an ask" in seen(app)
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, Composer)
    async with (app := RelcraftApp(people)).run_test() as pilot:
        screen = await opened(pilot)
        await go_to(pilot, screen, "dana")
        await pilot.press("enter")
        await pilot.pause()
        await type_text(pilot, "the data team")
        await pilot.press("escape")
        await pilot.pause()
    (draft,) = people.all(Ask)
    assert (draft.contact, draft.goal, draft.kind, draft.what) == (
        "dana", job.uid, ExchangeKind.REFERRAL, "the data team",
    )  # fmt: skip
    assert draft.steps[-1].state is AskState.DRAFT


async def test_upper_a_drafts_for_the_goal_of_the_selected_person_or_of_nobody_yet(
    people: Book, job: Goal, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafted: list[Ask] = []
    monkeypatch.setattr(GoalsScreen, "open_composer", lambda _screen, ask: drafted.append(ask))
    app = RelcraftApp(people)
    async with app.run_test() as pilot:
        screen = await opened(pilot, "A")
        await go_to(pilot, screen, "grace")
        await pilot.press("A")
        goals.let_go(people, job.uid)
        await pilot.pause()
        await pilot.press("A")
    advice, goal = ExchangeKind.ADVICE, job.uid
    assert [(ask.contact, ask.kind, ask.goal) for ask in drafted] == [
        ("", advice, goal), ("grace", advice, goal), ("", advice, None),
    ]  # fmt: skip


async def test_who_could_help_is_not_looked_for_on_each_key(
    people: Book, job: Goal, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def counted(book: Book, goal: Goal, most: int) -> Sequence[Supporter]:
        looked.append(goal.words)
        return who_could_help(book, goal, most)

    monkeypatch.setattr("relcraft.tui.goals.goal_pane.who_could_help", counted)
    goals.add_goal(people, Goal(uid="", kind=GoalKind.OTHER, words="sail"))
    app = RelcraftApp(people)
    async with app.run_test() as pilot:
        await opened(pilot, "j", "k", "j", "k", "enter", "j", "k")
        assert looked == ["data job at Acme", "sail"]
        await pilot.press("escape", "1", "5")
        await pilot.pause()
        assert looked == ["data job at Acme", "sail"], "nothing changed"
        verbs.in_touch_today(people, ["raj"])
        await pilot.pause()
        assert looked == ["data job at Acme", "sail", "data job at Acme"]


@pytest.mark.parametrize(
    ("kind", "asked", "source"),
    [
        (GoalKind.HIRED, ("grace",), "Rajkumar et al. 2022"),
        (GoalKind.SWITCH, ("grace",), "Rajkumar et al. 2022"),
        (GoalKind.SWITCH, ("grace", "dana"), ""),
        (GoalKind.SWITCH, (), ""),
        (GoalKind.PROMOTED, (), "Wolff & Moser 2009"),
        (GoalKind.OTHER, ("grace",), ""),
    ],
)
async def test_one_cited_line_where_it_fits_the_goal(
    people: Book, kind: GoalKind, asked: tuple[str, ...], source: str
) -> None:
    goal = goals.add_goal(people, Goal(uid="", kind=kind, words="onwards"))
    for uid in asked:
        asks.add_asked(people, an_ask(uid, goal), ago(6))
    app = RelcraftApp(people)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        line = screen.query_one("#finding")
        assert line.display is bool(source)
        assert not source or f"({source})" in " ".join(seen(app).split())


# Around


async def test_o_opens_the_contact_and_escape_goes_back_one_level(people: Book, job: Goal) -> None:
    app = RelcraftApp(people)
    async with app.run_test() as pilot:
        screen = await opened(pilot, "o")
        assert told(app)[-1] == "Nobody is selected. p finds a person, n on People adds one."
        await go_to(pilot, screen, "dana")
        await pilot.press("o")
        await pilot.pause()
        assert app.current_mode == "tab-people"
        assert app.people.people() == ["dana"]
        await pilot.press("5")
        await pilot.pause()
        assert app.current_mode == "tab-goals"
        await pilot.press("escape")
        assert screen.goals.has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "tab-people"


async def test_below_80_columns_one_part_is_seen_at_a_time(people: Book, job: Goal) -> None:
    app = RelcraftApp(people)
    async with app.run_test(size=(60, 20)) as pilot:
        await opened(pilot)
        assert "Who could help" not in seen(app)
        assert "by 1 Mar" in seen(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Who could help" in seen(app)
        assert "by 1 Mar" not in seen(app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_names_and_words_are_text_whatever_they_hold(size: tuple[int, int]) -> None:
    book = a_book(
        person("hostile", HOSTILE, circle=Circle.WIDER, organisation=HOSTILE, can_offer=(HOSTILE, "job referral")),
        met("lunch", ago(60), "hostile"),
    )
    goals.set_me(book, Me(uid="", name=HOSTILE))
    goal = goals.add_goal(book, Goal(uid="", kind=GoalKind.HIRED, words=HOSTILE))
    asked = asks.add_asked(book, an_ask("hostile", goal, what=HOSTILE), ago(9))
    app = RelcraftApp(book)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot)
        assert HOSTILE[:20] in seen(app)
        asks.move(book, asked.uid, AskState.HELPED)
        await pilot.press("x")
        await type_text(pilot, "[/]")
        await pilot.press("enter")
        await pilot.pause()
        await go_to(pilot, screen, "chain:hostile")
        await pilot.press("y", "enter")
        await pilot.pause()
        assert "[/]" in seen(app)
        assert HOSTILE in told(app)[-1]
    assert one(book, goal).told == ("hostile",)


async def test_an_ask_of_somebody_who_is_gone_is_still_shown(people: Book, job: Goal) -> None:
    asked = asks.add_asked(people, an_ask("raj", job), ago(6))
    app = RelcraftApp(a_book(*(each for each in people.contacts() if each.uid != "raj"), asked, job))
    async with app.run_test() as pilot:
        await opened(pilot)
        assert "somebody" in seen(app)


async def test_each_tab_hears_of_a_change_once(people: Book, job: Goal) -> None:
    app = RelcraftApp(people)
    async with app.run_test() as pilot:
        await pilot.press(*"23456")
        await pilot.pause()
        assert len(app.tabs()) == 6
        heard = [getattr(listener, "__self__", None) for listener in people._listeners]
        assert [heard.count(tab) for tab in app.tabs()] == [1] * 6
