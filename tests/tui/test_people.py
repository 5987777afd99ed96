"""The People screen: each key down to what is stored, and what is seen."""

import pytest

from relcraft.book.open import Book
from relcraft.tui.app import RelcraftApp
from relcraft.tui.explanation import Explanation
from relcraft.tui.finder import Finder
from relcraft.tui.forms import ExchangeForm, FollowUpForm, InteractionForm
from relcraft.tui.help import Help
from relcraft.tui.people.panes import FilterLine
from tests.books import TODAY, a_book, person
from tests.tui.widget_host import focused_pane, names, seen, type_text


async def test_the_panes_tell_of_the_selected_contact(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        shown, listed = seen(app), names(app)
    assert listed == ["Grace Hopper", "Alan Turing", "Radia Perlman"]
    assert "People · 3 · due first" in shown
    assert "Grace Hopper · close · every 30 days" in shown
    assert "2 exchanges in a year · two-way" in shown
    assert "they have given more: a good moment to" in shown
    assert "CV, compilers, sea" in shown
    assert "yesterday▮! follow-up" in shown, "the day of a follow-up that has come is marked"
    assert "about the talk · with Alan" in shown
    assert "Promised for Sun 22 Nov 2026: send" in shown, "the pane ends in the next small step"


async def test_j_and_k_go_through_the_contacts_and_the_details_follow(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        assert app.people.timeline.contact == "alan"
        assert app.people.balance.contact == "alan"
        await pilot.press("j", "j", "k", "k")
        await pilot.pause()
        assert app.people.timeline.contact == "grace"


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        (("G",), 99), (("end",), 99), (("G", "g"), 0), (("end", "home"), 0), (("ctrl+d",), 10), (("pagedown",), 20),
        (("G", "ctrl+u"), 89), (("G", "pageup"), 79), (("down", "down", "up"), 1),
    ],
)  # fmt: skip
async def test_the_moving_keys_go_by_page_and_to_the_ends(keys: tuple[str, ...], at: int) -> None:
    app = RelcraftApp(a_book(*(person(f"p{number:02}", f"Person {number:02}") for number in range(100))))
    async with app.run_test(size=(80, 25)) as pilot:
        await pilot.press(*keys)
        assert app.people.contacts.cursor == at


@pytest.mark.parametrize("size", [(140, 40), (80, 24), (60, 20)])
async def test_l_and_h_and_tab_go_between_the_panes(book: Book, size: tuple[int, int]) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=size) as pilot:
        for key, pane in (("l", "timeline"), ("tab", "balance"), ("h", "timeline"), ("shift+tab", "contacts")):
            await pilot.press(key)
            assert app.screen.focused is app.people.query_one(f"#{pane}")
            assert app.people.query_one(f"#{pane}").region.area > 0, "the pane with the focus is seen"


async def test_enter_opens_the_timeline_then_the_entry_and_esc_goes_back(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert focused_pane(app) == "timeline"
        opened = []
        for _entry in range(len(app.people.timeline.items)):
            await pilot.press("enter")
            await pilot.pause()
            opened.append(type(app.screen))
            await pilot.press("escape", "j")
            await pilot.pause()
        assert opened == [FollowUpForm, FollowUpForm, ExchangeForm, InteractionForm, ExchangeForm, InteractionForm]
        await pilot.press("escape")
        assert focused_pane(app) == "contacts"


async def test_a_resize_keeps_the_cursor_and_arranges_the_panes(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("j")
        panes = [app.people.query_one(f"#{name}") for name in ("people", "story", "balance")]
        for width, height, seen_panes, beside in ((140, 40, 3, True), (100, 30, 3, False), (60, 20, 1, False)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            assert sum(pane.display and pane.region.area > 0 for pane in panes) == seen_panes
            assert (panes[1].region.y == panes[2].region.y and seen_panes == 3) is beside
            assert app.people.contacts.cursor == 1


# Filter and sort


async def test_slash_filters_as_one_types_and_esc_shows_everybody_again(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("slash", "a", "c", "m")
        await pilot.pause()
        assert names(app) == ["Alan Turing"], "by organisation"
        await pilot.pause()
        assert "1 of 3" in seen(app)
        assert app.people.timeline.contact == "alan"
        await pilot.press("escape")
        await pilot.pause()
        assert len(names(app)) == 3
        assert app.screen.focused is app.people.contacts


async def test_enter_keeps_the_filter_and_esc_in_the_list_clears_it(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("slash")
        await type_text(pilot, "#comp")
        await pilot.press("enter")
        assert app.screen.focused is app.people.contacts
        assert names(app) == ["Grace Hopper"]
        await pilot.press("escape")
        await pilot.pause()
        assert len(names(app)) == 3
        assert app.people.query_one(FilterLine).value == ""


async def test_a_filter_without_matches_names_the_way_back(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("slash", "x", "y", "z")
        await pilot.pause()
        assert 'Nobody answers to "xyz".' in seen(app)
        assert "Nobody is selected." in seen(app)


async def test_a_filter_word_without_matches_says_what_it_takes(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("slash")
        await type_text(pilot, "lean:x")
        await pilot.pause()
        assert "takes" in seen(app)
        await pilot.press("backspace", *"received")
        await pilot.pause()
        assert "takes" not in seen(app)


async def test_s_goes_through_the_orders_and_stays_on_the_contact(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        orders = []
        for _press in range(4):
            orders.append((app.people.contacts.order.value, names(app)[0], app.people.contacts.current))
            await pilot.press("s")
    assert orders == [
        ("due", "Grace Hopper", "grace"),
        ("name", "Alan Turing", "grace"),
        ("last contact", "Alan Turing", "grace"),
        ("frequency", "Grace Hopper", "grace"),
    ]


# Explaining, copying, finding


async def test_equals_explains_the_contact_and_a_figure_of_the_balance(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("equals_sign")
        await pilot.pause()
        assert isinstance(app.screen, Explanation)
        assert "Last contact: coffee on Wed 14 Oct 2026, 40 days ago" in seen(app)
        await pilot.press("escape", "h", "j", "equals_sign")
        await pilot.pause()
        assert "Given is 0.96, from 1 exchange: kind × size × age" in seen(app)


async def test_y_copies_the_address_or_the_entry(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("y")
        assert app.clipboard == "grace@navy.example"
        await pilot.press("l", "G", "y")
        assert app.clipboard == "2026-09-24 call about the talk · with Alan"
        await pilot.press("escape", "G", "y")
        assert app.clipboard == "Radia Perlman"


async def test_p_goes_to_a_person_whatever_filter_holds(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("slash", *"alan", "enter", "p")
        await pilot.pause()
        assert isinstance(app.screen, Finder)
        await pilot.press(*"radia", "enter")
        await pilot.pause()
        assert app.people.contacts.current == "radia"
        assert app.people.timeline.contact == "radia"


async def test_the_help_is_searched_and_runs_what_it_finds(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, Help)
        await pilot.press(*"in touch", "enter")
        await pilot.pause()
        await pilot.press("ctrl+p", *"archi", "enter")
        await pilot.pause()
    assert book.interactions_with("grace")[0].date == TODAY
    assert book.contact("grace").archived


# The mouse


async def test_a_click_selects_and_a_click_on_a_key_runs_it(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.click("#contacts", offset=(5, 2))
        assert app.people.contacts.current == "radia"
        await pilot.click("KeyBar", offset=(25, 0))
        await pilot.pause()
        assert book.interactions_with("radia")[0].date == TODAY
        await pilot.click("#timeline", offset=(5, 0), times=2)
        await pilot.pause()
        assert isinstance(app.screen, InteractionForm)
