"""The screen of those who may be one person: one key a pair, the next comes at once, and undo comes back to it."""

import re
from itertools import count
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from relcraft.book.duplicates import candidates, keep_apart, unite
from relcraft.book.open import Book
from relcraft.book.placing import waiting
from relcraft.domain.records import Apart, Contact, Exchange, Unplaced
from relcraft.tui.app import RelcraftApp
from relcraft.tui.arriving.importing import ImportScreen
from relcraft.tui.bars import KeyBar, TitleBar
from relcraft.tui.duplicates.both_pane import BothPane
from relcraft.tui.duplicates.pair_list import PairList
from relcraft.tui.duplicates.screen import DuplicatesScreen
from relcraft.tui.people.screen import PeopleScreen
from tests.books import a_book, person
from tests.doubles import twice_here


@pytest.fixture
def book() -> Book:
    return twice_here()


def screen_of(app: RelcraftApp) -> DuplicatesScreen:
    assert isinstance(app.screen, DuplicatesScreen)
    return app.screen


def listed(app: RelcraftApp) -> list[str]:
    """Return the first lines of what is listed."""
    pairs = screen_of(app).query_one(PairList)
    return ["".join(text for text, _ in pairs.draw(item, 60)).strip() for item in pairs.items if item.first]


def pane(app: RelcraftApp) -> str:
    """Return what the right side says."""
    lines = screen_of(app).query_one(BothPane).items
    return "\n".join("".join(text for text, _ in line.pieces).rstrip() for line in lines)


def footer(app: RelcraftApp) -> str:
    return str(app.screen.query_one(KeyBar).render())


def bar(app: RelcraftApp) -> str:
    return str(app.screen.query_one(TitleBar).render())


def told(app: RelcraftApp) -> list[str]:
    return [each.message for each in app._notifications]


async def opened(pilot: Pilot[str], *keys: str) -> None:
    await pilot.pause()
    await pilot.press("S", *keys)
    await pilot.pause()


async def test_s_shows_what_waits_first_then_pairs_the_surest_first(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await opened(pilot)
        assert listed(app) == [
            "Kim Lee: recommendation received",
            "Ken Sato / Ken Satō",
            "Marit Solvang / Solvang, Marit",
            "Zoë Müller / Zoe Mueller",
            "Kim Lee",
        ]
        assert "Recommendations_Received.csv, line 2" in pane(app)
        assert "  Kim Lee · Acme · kim@acme.example" in pane(app)
        await pilot.press("j", "j")
        said = pane(app)
        assert "= the same name, written in another way" in said
        assert "= the address marit@tidewater.example" in said.casefold()
        assert "Stays" in said.split("\n")[3]
        assert "S 3 pairs and 1 to place" in bar(app)


async def test_x_makes_the_two_one_and_the_next_pair_comes_at_once(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "j", "j", "x")
        assert "Marit Solvang / Solvang, Marit" not in listed(app)
        assert book.get("contacts", "solvang") is None
        one = book.contact("marit")
        assert one.phones == ("+47 22 55 01 00",)
        assert len(book.timeline("marit")) == 3
        selected = screen_of(app).query_one(PairList).selected
        assert selected is not None
        assert "Zoë Müller" in pane(app)
        assert told(app)[-1] == "Solvang, Marit is Marit Solvang, made one. u takes it back."


async def test_u_brings_both_back_and_goes_to_them(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "j", "j", "x", "G", "u")
        assert book.get("contacts", "solvang") is not None
        assert "Marit Solvang" in pane(app)


async def test_s_lets_the_other_one_stay(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "j", "j", "s")
        heads = next(line for line in pane(app).split("\n") if line.startswith("Name"))
        assert heads.index("Solvang, Marit") < heads.rindex("Marit Solvang")
        await pilot.press("enter")
        await pilot.pause()
        assert book.get("contacts", "marit") is None
        assert book.contact("solvang").nicknames == ("Marit Solvang",)


async def test_d_keeps_the_two_apart_for_good(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "G", "d")
        assert [(each.first, each.second) for each in book.all(Apart)] == [("kim1", "kim2")]
        assert "Kim Lee" not in listed(app)
        assert told(app)[-1] == "Two people called Kim Lee. u takes it back."


async def test_all_that_is_sure_is_made_one_after_a_question_that_tells_how_many(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "A", "escape")
        assert len(book.contacts()) == 9
        await pilot.press("A", "m")
        await pilot.pause()
        assert len(book.contacts()) == 7
        assert listed(app) == ["Kim Lee: recommendation received", "Zoë Müller / Zoe Mueller", "Kim Lee"]
        await pilot.press("A")
        await pilot.pause()
        assert told(app)[-1].startswith("There is no pair of which it is sure")
        assert "all sure" not in footer(app)
        await pilot.press("u")
        await pilot.pause()
        assert len(book.contacts()) == 9


@pytest.mark.parametrize(("key", "whose"), [("1", "kim1"), ("2", "kim2")])
async def test_a_number_says_whose_it_is_that_waits(book: Book, key: str, whose: str) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "x", key)
        assert [each.contact for each in book.all(Exchange) if each.text] == [whose]
        assert book.count(Unplaced) == 0
        await pilot.press("u")
        await pilot.pause()
        assert listed(app)[0] == "Kim Lee: recommendation received"


@pytest.mark.parametrize("keys", [("n",), ("x", "n")])
async def test_n_says_that_it_is_somebody_new(book: Book, keys: tuple[str, ...]) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, *keys)
        assert len([each for each in book.contacts() if each.name == "Kim Lee"]) == 3
        assert book.count(Unplaced) == 0


async def test_capital_x_drops_what_waits(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "X")
        assert (book.count(Unplaced), len(waiting(book))) == (0, 0)
        assert all(not each.text for each in book.all(Exchange))


async def test_a_key_that_makes_no_sense_for_what_is_selected_says_so(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "d")
        assert told(app)[-1] == "This waits for its person: x chooses whose it is."
        assert ("two people" in footer(app), "new person" in footer(app)) == (False, True)
        await pilot.press("j", "n", "X")
        await pilot.pause()
        assert told(app)[-1] == "These are two in the book: nothing waits to be placed here."
        assert ("two people" in footer(app), "new person" in footer(app)) == (True, False)
        assert len(book.contacts()) == 9


async def test_where_nobody_is_twice_that_is_said() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada Lovelace")))
    async with app.run_test() as pilot:
        await pilot.press("S")
        await pilot.pause()
        assert isinstance(app.screen, PeopleScreen)
        assert told(app)[-1].startswith("Nobody is in the book twice")


async def test_the_last_pair_leaves_an_empty_list_and_esc_leads_back() -> None:
    app = RelcraftApp(a_book(person("a", "Ada Lovelace"), person("b", "Ada Lovelace")))
    async with app.run_test() as pilot:
        await opened(pilot, "x")
        assert listed(app) == []
        assert pane(app) == ""
        for key in ("x", "d", "s", "n", "X"):
            await pilot.press(key)
        await pilot.pause()
        assert told(app)[-1] == "Nobody is here twice."
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, PeopleScreen)


async def test_o_opens_who_stays_and_q_goes_back(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("2")
        await opened(pilot, "q")
        assert app.current_mode == "tab-today"
        await opened(pilot, "j", "j", "o")
        assert app.current_mode == "tab-people"


async def test_another_program_settles_a_pair_and_the_screen_follows(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "j", "j")
        unite(book, "solvang", "marit")
        keep_apart(book, "kim1", "kim2")
        assert listed(app) == ["Kim Lee: recommendation received", "Ken Sato / Ken Satō", "Zoë Müller / Zoe Mueller"]
        await pilot.press("x")
        await pilot.pause()
        assert {each.name for each in book.contacts()} >= {"Ken Sato", "Ken Satō", "Kim Lee"}


async def test_the_mark_in_the_bar_comes_by_itself_and_a_click_opens_the_screen(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        for _ in count():
            if "3 pairs" in bar(app):
                break
            await pilot.pause(0.05)
        at = bar(app).index("S 3 pairs")
        await pilot.click(TitleBar, offset=(at + 1, 0))
        await pilot.pause()
        assert isinstance(app.screen, DuplicatesScreen)


async def test_pairs_that_hardly_are_one_make_no_mark() -> None:
    book = a_book(person("a", "John A. Smith"), person("b", "John B. Smith"))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        assert len(candidates(book)) == 1
        await pilot.press("S")
        await pilot.pause()
        assert bar(app).rstrip().endswith("Nov") or "S " not in bar(app)


async def test_after_an_import_s_leads_here(tmp_path: Path) -> None:
    card = tmp_path / "kim.vcf"
    card.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Kim Lee\r\nEND:VCARD\r\n", "utf-8")
    app = RelcraftApp(a_book(person("kim", "Kim Lee")))
    async with app.run_test() as pilot:
        await pilot.pause()
        importing = ImportScreen(app.book)
        app.people.ask(importing, app.imported)
        await pilot.pause()
        importing.query_one(Input).value = str(card)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "S 1 pair" in str(importing.query_one(".dialog").border_subtitle)
        await pilot.press("S")
        await pilot.pause()
        await pilot.pause()
        assert listed(app) == ["Kim Lee"]


async def test_nothing_is_made_one_where_nothing_can_be_saved(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot, "j")
        monkeypatch.setattr(Book, "read_only", "This book is open for reading only.")
        await pilot.press("x", "d", "A")
        await pilot.pause()
        assert told(app)[-1] == "This book is open for reading only."
        assert book.count(Contact) == 9


async def test_in_a_large_book_the_screen_opens_at_once_says_how_far_it_looked_and_follows_meanwhile(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relcraft.tui.waits._COUNTED_AT_ONCE", 3)
    monkeypatch.setattr("relcraft.tui.waits._AT_A_TIME", 1)
    monkeypatch.setattr("relcraft.tui.duplicates.screen._AT_A_TIME", 1)
    seen: list[tuple[str, str]] = []
    looked = PairList.looked

    def look(pairs: PairList, share: float) -> None:
        looked(pairs, share)
        seen.append((pairs.told, pairs.told_nothing))
        if len(seen) == 2:
            unite(book, "ken1", "ken2")

    monkeypatch.setattr(PairList, "looked", look)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await opened(pilot)
        for _ in count():
            if len(listed(app)) > 1:
                break
            await pilot.pause(0.01)
        assert listed(app)[1:] == ["Marit Solvang / Solvang, Marit", "Zoë Müller / Zoe Mueller", "Kim Lee"]
    assert re.fullmatch(r"Looking · \d+%", seen[0][0])
    assert seen[0][1] == "Still looking for people who are here twice."


async def test_in_a_large_book_the_mark_in_the_bar_comes_by_and_by(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relcraft.tui.waits._COUNTED_AT_ONCE", 3)
    monkeypatch.setattr("relcraft.tui.waits._AT_A_TIME", 5)
    app = RelcraftApp(book)
    async with app.run_test(size=(120, 30)) as pilot:
        for _ in range(6):
            await pilot.pause()
            assert isinstance(app.screen, PeopleScreen)
            app._tick()
        assert "S 3 pairs and 1 to place" in bar(app)
