"""The Paths screen: from a typed name to the ways there, and from a way to the ask that begins it."""

import time
from datetime import timedelta

import pytest

from relcraft.book import asks, verbs
from relcraft.book.open import Book
from relcraft.domain.records import Ask, AskStep, Contact, Goal, Interaction, Record, Tie
from relcraft.domain.words import AskDirection, AskState, Circle, ExchangeKind, GoalKind, InteractionKind, TieStrength
from relcraft.tui.app import RelcraftApp
from relcraft.tui.composer import Composer
from relcraft.tui.forms import TieForm
from relcraft.tui.offers import Offers
from relcraft.tui.paths.screen import PathsScreen
from tests.books import TODAY, a_book, met, person
from tests.tui.conftest import ago
from tests.tui.widget_host import HOSTILE, focused_pane, seen, told

SIZES = [(80, 24), (140, 40), (60, 20)]
HIRED = Goal(uid="goal", kind=GoalKind.HIRED, words="a job with data")


def records() -> list[Record]:
    """Return Grace, and Alan, who was asked for something: they know Dana and Lee at Acme; Raj is connected only."""
    asked = AskStep(AskState.ASKED, ago(3))
    return [
        person("grace", "Grace Hopper", organisation="Navy", circle=Circle.ACTIVE),
        person("alan", "Alan Turing", circle=Circle.ACTIVE),
        person("dana", "Dana Fox", organisation="Acme", role="data"),
        person("lee", "Lee Chen", organisation="Acme"),
        person("araj", "Raj Patel", organisation="Acme"),
        person("ada", "Ada Lovelace", organisation="Bolt"),
        *(met(f"g{days}", ago(days), "grace") for days in (2, 30)),
        met("a", ago(5), "alan"),
        Tie(uid="t1", first="grace", second="dana"),
        Tie(uid="t2", first="alan", second="lee", strength=TieStrength.STRONG),
        Ask(
            uid="open",
            direction=AskDirection.OUTGOING,
            contact="alan",
            kind=ExchangeKind.ADVICE,
            what="time",
            steps=(asked,),
        ),
    ]


@pytest.fixture
def book() -> Book:
    """The records above."""
    return a_book(*records())


def paths_of(app: RelcraftApp) -> PathsScreen:
    screen = app.current_tab
    assert isinstance(screen, PathsScreen)
    return screen


def ways_shown(app: RelcraftApp) -> list[str]:
    """Return the ways as they are shown, a line each."""
    return [line.text for line in paths_of(app).home.items if line.leads]


@pytest.mark.parametrize("size", SIZES)
async def test_a_typed_organisation_shows_three_ways_with_the_weakest_link_by_name(
    book: Book, size: tuple[int, int]
) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=size) as pilot:
        await pilot.press("6")
        await pilot.pause()
        assert "Whom would you like to reach?" in seen(app)
        await pilot.press(*"acm")
        await pilot.pause()
        assert "Acme  organisation · 3 people" in seen(app)
        await pilot.press("enter")
        await pilot.pause()
        shown = seen(app)
        assert ways_shown(app) == [
            "you ═ Grace ─ Dana Fox (Acme, data)",
            "you ─ Alan ═ Lee Chen (Acme)",
            "you ╌ Raj Patel (Acme)",
        ]
        said = " ".join(line.text.strip() for line in paths_of(app).home.items)
        assert focused_pane(app) == "ways"
    assert "3 ways to Acme" in shown
    assert "weakest: Grace–Dana, they know each other, as you noted" in said
    assert "Alan: an ask is open, wait for it" in said
    assert "you are connected, and nothing between you is noted yet" in said
    assert "Link by link" in shown


async def test_the_links_of_the_way_under_the_cursor_are_told_one_by_one(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("6", *"acme", "enter")
        await pilot.pause()
        shown = seen(app)
        assert "═ you and Grace Hopper: last in touch" in shown
        assert "─ Grace Hopper and Dana Fox: they know each other" in shown
        assert "the weakest link" in shown
        assert "To ask Grace Hopper · go ahead" in shown
        await pilot.press("j")
        await pilot.pause()
        assert "To ask Alan Turing · wait" in seen(app)


async def test_enter_on_a_way_drafts_the_ask_to_its_first_person_for_the_only_goal() -> None:
    app = RelcraftApp(book := a_book(*records(), HIRED))
    async with app.run_test() as pilot:
        await pilot.press("6", *"acme", "enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Composer)
        assert "Ask Grace Hopper · introduction" in seen(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        [ask] = book.with_contact(Ask, "grace")
        assert (ask.kind, ask.target, ask.what) == (
            ExchangeKind.INTRODUCTION,
            "dana",
            "an introduction to Dana Fox (Acme)",
        )
        assert ask.goal == "goal"
        assert asks.state(book, ask) is AskState.ASKED
        assert any("an ask is open" in line.text for line in paths_of(app).home.items if line.way), "the ways follow"


async def test_a_way_of_one_link_drafts_an_ask_for_advice_and_no_goal_is_guessed() -> None:
    other = Goal(uid="other", kind=GoalKind.OTHER, words="a boat")
    app = RelcraftApp(book := a_book(*records(), HIRED, other))
    async with app.run_test() as pilot:
        await pilot.press("6", *"acme", "enter", "G", "enter")
        await pilot.pause()
        assert "Ask Raj Patel · advice" in seen(app)
        await pilot.press(*"fifteen minutes", "ctrl+s")
        await pilot.pause()
        [ask] = book.with_contact(Ask, "araj")
        assert (ask.kind, ask.target, ask.goal, ask.what) == (ExchangeKind.ADVICE, None, None, "fifteen minutes")


async def test_a_draft_for_the_same_introduction_is_gone_on_with(book: Book) -> None:
    draft = asks.save_draft(
        book,
        Ask(
            uid="",
            direction=AskDirection.OUTGOING,
            contact="grace",
            kind=ExchangeKind.INTRODUCTION,
            what="a word with Dana",
            target="dana",
        ),
    )
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6", *"dana fox", "enter")
        while "Grace" not in ways_shown(app)[paths_of(app).home.cursor // 3]:
            await pilot.press("j")
        await pilot.press("enter")
        await pilot.pause()
        assert "a word with Dana" in seen(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert [ask.uid for ask in book.with_contact(Ask, "grace")] == [draft.uid]


async def test_a_person_is_offered_by_any_part_of_the_name_and_arrows_mark_another(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6", *"acm", "down", "down")
        await pilot.pause()
        offers = paths_of(app).query_one(Offers)
        assert offers.highlighted == 2
        name = str(offers.get_option_at_index(2).prompt)
        await pilot.press("enter")
        await pilot.pause()
        assert paths_of(app).line.value in name
        assert paths_of(app).line.value in ("Dana Fox", "Lee Chen", "Raj Patel")


async def test_a_shared_employer_is_a_hint_and_says_so() -> None:
    app = RelcraftApp(
        a_book(
            person("ann", "Ann Able", organisation="Orbit"),
            person("bob", "Bob Baker", organisation="Orbit"),
            met("m", ago(2), "ann"),
        )
    )
    async with app.run_test() as pilot:
        await pilot.press("6", *"bob", "enter")
        await pilot.pause()
        assert ways_shown(app) == ["you ╌ Bob Baker (Orbit)", "you ─ Ann ? Bob Baker (Orbit)"]
        assert "both are at Orbit: a hint" in seen(app)


async def test_slash_goes_back_to_the_line_and_esc_goes_back_level_by_level(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6", *"acme", "enter", "slash")
        assert focused_pane(app) == "target"
        await pilot.press(*"da")
        assert paths_of(app).line.value == "da", "what stood there is typed over"
        await pilot.press("escape")
        await pilot.pause()
        assert focused_pane(app) == "ways"
        assert paths_of(app).line.value == "Acme", "the line says again what the ways lead to"
        assert len(ways_shown(app)) == 3
        await pilot.press("tab")
        assert focused_pane(app) == "target"
        await pilot.press("tab", "escape")
        assert app.current_mode == "tab-people"


async def test_what_nobody_answers_to_is_said_with_what_could_help(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6", *"zork")
        await pilot.pause()
        shown = seen(app)
        assert 'Nobody and no organisation in the book answers to "zork".' in shown
        assert "enter leaves the line" in shown
        await pilot.press("enter")
        assert focused_pane(app) == "ways"
        await pilot.press("enter", "y", "o")
        assert any("There is no way here yet: / to whom." in each for each in told(app))
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, TieForm)
        await pilot.press("escape", "slash", "escape")
        await pilot.pause()
        assert "Whom would you like to reach?" in seen(app)
        await pilot.press("escape")
        assert app.current_mode == "tab-people"


async def test_an_organisation_that_nobody_leads_to_is_told() -> None:
    app = RelcraftApp(a_book(person("shy", "Shy One", organisation="Quiet Ltd", do_not_disturb=True)))
    async with app.run_test() as pilot:
        await pilot.press("6", *"quiet", "enter")
        await pilot.pause()
        assert "No way to Quiet Ltd" in seen(app)
        assert "No way of at most 4 links leads to Quiet Ltd yet." in seen(app)


async def test_the_keys_of_tabs_work_from_a_line_that_nobody_asked_for(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6", "1")
        assert app.current_mode == "tab-people"
        await pilot.press("6", "right_square_bracket")
        assert app.current_mode == "tab-people", "the next one after the last"
        await pilot.press("6", *"a1")
        assert paths_of(app).line.value == "a1"
        await pilot.press("escape", "tab", "slash", "3", "M")
        assert app.current_mode == "tab-paths"
        assert paths_of(app).line.value == "3M", "an organisation may begin with a digit"


async def test_o_opens_the_first_person_and_y_copies_the_way(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6", *"acme", "enter", "y")
        assert app.clipboard.startswith("you ═ Grace ─ Dana Fox (Acme, data)\nweakest: Grace–Dana")
        await pilot.press("o")
        await pilot.pause()
        assert app.current_mode == "tab-people"
        assert app.people.contacts.current == "grace"


async def test_a_tie_that_is_noted_shows_as_a_way_at_once(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6", *"ada", "enter")
        await pilot.pause()
        assert ways_shown(app) == ["you ╌ Ada Lovelace (Bolt)"]
        await pilot.press("t", *"grace", "ctrl+s")
        await pilot.pause()
        assert book.count(Tie) == 3
        assert "you ═ Grace ─ Ada Lovelace (Bolt)" in ways_shown(app)
        await pilot.press("u")
        await pilot.pause()
        assert ways_shown(app) == ["you ╌ Ada Lovelace (Bolt)"]


async def test_somebody_who_is_deleted_meanwhile_is_no_target_any_more(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6", *"ada", "enter")
        await pilot.pause()
        verbs.archive(book, ["ada"])
        verbs.delete_for_good(book, "ada")
        await pilot.pause()
        assert ways_shown(app) == []
        assert "Whom would you like to reach?" in seen(app)


async def test_another_screen_can_ask_for_a_target(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("6")
        paths_of(app).show_target("lee chen")
        await pilot.pause()
        assert ways_shown(app)[0] == "you ─ Alan ═ Lee Chen (Acme)"
        paths_of(app).show_target("nobody at all")
        await pilot.pause()
        assert ways_shown(app) == []
        assert focused_pane(app) == "target"
        early = PathsScreen(book)
        early.show_target("acme")
        await app.push_screen(early)
        await pilot.pause()
        assert "3 ways to Acme" in seen(app)


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_are_shown_as_text(size: tuple[int, int]) -> None:
    people = [
        person("bad", HOSTILE, organisation="{text} [b]Evil[/b]"),
        person("wide", "高瀬 ちひろ" * 9, organisation="高" * 90),
        person("escape", "\x1b[31mred\x07", organisation="\x1b]0;x\x07"),
    ]
    app = RelcraftApp(a_book(*people, met("m", ago(2), "bad", "wide", "escape")))
    async with app.run_test(size=size) as pilot:
        await pilot.press("6")
        for name in ("evil", "高瀬", "red", "[/]", "{text}", "{0}"):
            paths_of(app).show_target(name)
            await pilot.pause()
            if focused_pane(app) == "target":
                await pilot.press("enter")
                await pilot.pause()
            assert focused_pane(app) == "ways"
            assert "\x1b" not in seen(app)
            await pilot.press("j", "y", "slash")
        paths_of(app).show_target(HOSTILE)
        await pilot.pause()
        assert "[/] [red]x[/red]" in seen(app)
        assert app.is_running


async def test_a_book_of_ten_thousand_people_answers_each_key_quickly() -> None:
    people = [Contact(uid=f"c{n}", name=f"Person {n}", organisation=f"Org {n % 900}") for n in range(10_000)]
    shared = [
        Interaction(
            uid=f"i{n}",
            date=TODAY - timedelta(days=n % 900),
            kind=InteractionKind.LUNCH,
            contacts=(f"c{n % 997}", f"c{n * 7 % 10_000}"),
        )
        for n in range(20_000)
    ]
    app = RelcraftApp(a_book(*people, *shared))
    async with app.run_test() as pilot:
        await pilot.press("6", "o")
        await pilot.pause()
        times = []
        for key in "rg 5":
            began = time.process_time()
            await pilot.press("space" if key == " " else key)
            times.append(time.process_time() - began)
        assert min(times) < 0.5, "a few hundredths of a second of work where nothing else runs"
        await pilot.press("enter")
        await pilot.pause()
        assert len(ways_shown(app)) == 3


@pytest.mark.parametrize("size", SIZES)
async def test_a_book_without_people_is_calm(size: tuple[int, int]) -> None:
    app = RelcraftApp(a_book(HIRED))
    async with app.run_test(size=size) as pilot:
        await pilot.press("6", "enter", "x", "enter", "j", "G", "enter", "y", "o", "tab", "escape")
        await pilot.pause()
        assert "Whom would you like to reach?" in seen(app)
        await pilot.press("escape")
        assert app.current_mode == "tab-people"
