"""The People screen: each key down to what is stored, and what is seen."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from textual.app import App

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.changes import Change
from relcraft.domain.errors import NotKept
from relcraft.domain.records import Interaction
from relcraft.domain.words import Circle, Direction, InteractionKind
from relcraft.tui.add_line import AddLine
from relcraft.tui.app import SAMPLE, RelcraftApp
from relcraft.tui.arriving.fifteen import PickFifteen
from relcraft.tui.arriving.importing import Imported, ImportScreen
from relcraft.tui.arriving.welcome import Welcome
from relcraft.tui.explanation import Explanation
from relcraft.tui.finder import Finder
from relcraft.tui.forms import ContactForm, ExchangeForm, FollowUpForm, InteractionForm
from relcraft.tui.help import Help
from relcraft.tui.people.panes import FilterLine
from relcraft.tui.people.screen import PeopleScreen
from tests.books import TODAY, a_book, person
from tests.tui.widget_host import HOSTILE, seen, type_text


def told(app: App[Any]) -> list[str]:
    """Return what the toasts said."""
    return [notification.message for notification in app._notifications]


def names(app: RelcraftApp) -> list[str]:
    """Return who is listed, from the top."""
    return [app.book.contact(uid).name for uid in app.people.contacts.items]


def focused_pane(app: RelcraftApp) -> str | None:
    """Return the id of what has the focus."""
    return None if app.screen.focused is None else app.screen.focused.id


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
        panes = [app.people.query_one(f"#{name}") for name in ("people", "timeline", "balance")]
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


# Adding


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("a", "coffee yesterday", "interactions"),
        ("greater_than_sign", "advice", "exchanges"),
        ("less_than_sign", "lead", "exchanges"),
        ("f", "send it fri", "follow_ups"),
    ],
)
async def test_the_adding_keys_open_the_line_about_the_selected_contact(
    book: Book, key: str, typed: str, stored: str
) -> None:
    before = {entry.uid for entry in book.timeline("grace")}
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press(key)
        await type_text(pilot, typed)
        await pilot.press("enter")
        await pilot.pause()
        assert not app.people.query_one(AddLine).is_open
        assert app.screen.focused is app.people.contacts
    new = [entry for entry in book.timeline("grace") if entry.uid not in before]
    assert stored in {entry.table for entry in new}
    if stored == "exchanges":
        exchange = book.exchange(next(entry.uid for entry in new if entry.table == "exchanges"))
        way = Direction.GIVEN if key == "greater_than_sign" else Direction.RECEIVED
        assert (exchange.direction, exchange.contact) == (way, "grace")


async def test_esc_leaves_the_line_and_a_offers_it_again(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("l", "a", *"cof", "escape")
        await pilot.pause()
        assert app.screen.focused is app.people.timeline
        await pilot.press("a")
        await pilot.pause()
        assert app.people.query_one(AddLine).line == "cof"


async def test_c_logs_an_interaction_with_the_selected_contact_today(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("c")
        assert told(app) == ["In touch today: Grace Hopper."]
    newest = book.interactions_with("grace")[0]
    assert (newest.date, newest.contacts) == (TODAY, ("grace",))


async def test_c_logs_one_interaction_with_all_who_are_marked(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("space", "space", "c")
        assert not app.people.contacts.marks
    assert book.interactions_with("grace")[0].contacts == ("grace", "alan")


async def test_n_adds_a_contact_in_a_form_and_selects_it(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, ContactForm)
        await type_text(pilot, "Linus T")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Added: Linus T." in told(app)
        assert book.contact(app.people.contacts.current or "").name == "Linus T"


async def test_dot_repeats_the_last_add_for_the_selected_contact(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("full_stop")
        assert told(app) == ["Nothing was added yet that could be repeated."]
        await pilot.press("a")
        await type_text(pilot, "coffee yesterday re: her talk >advice !fri send it")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("G", "full_stop")
        assert app.people.contacts.current == "radia"
    (interaction,) = book.interactions_with("radia")
    (exchange,) = book.exchanges_with("radia")
    (follow_up,) = book.follow_ups_with("radia")
    assert (interaction.date, interaction.contacts) == (TODAY - timedelta(days=1), ("radia",))
    assert (exchange.contact, exchange.interaction) == ("radia", interaction.uid)
    assert (follow_up.date, follow_up.contact) == (date(2026, 11, 27), "radia")
    book.undo()
    assert not book.timeline("radia"), "a repeat is one change"


# Changing


async def test_e_edits_the_contact_in_a_form(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, ContactForm)
        await pilot.press("end", *" jr", "ctrl+s")
        await pilot.pause()
    assert book.contact("grace").name == "Grace Hopper jr"


@pytest.mark.parametrize(("pane", "was"), [("contacts", "Likes nanoseconds."), ("timeline", "CV, compilers, sea")])
async def test_upper_e_writes_the_note_in_the_users_own_editor(
    book: Book, monkeypatch: pytest.MonkeyPatch, pane: str, was: str
) -> None:
    shown = []

    def edit_text(_app: object, text: str, suffix: str = ".md") -> str:
        shown.append(text)
        return f"{text}\nAnd COBOL."

    monkeypatch.setattr("relcraft.tui.editor.edit_text", edit_text)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        if pane == "timeline":
            await pilot.press("l", "j", "j", "j")
        await pilot.press("E")
        await pilot.pause()
    assert shown == [was]
    stored = book.contact("grace").notes if pane == "contacts" else book.interaction("coffee").summary
    assert stored == f"{was}\nAnd COBOL."


async def test_space_marks_and_hash_tags_all_who_are_marked_in_one_change(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("space", "j", "space", "number_sign")
        await pilot.pause()
        await type_text(pilot, "sea")
        await pilot.press("enter")
        await pilot.pause()
        assert [book.contact(uid).tags for uid in ("grace", "alan", "radia")] == [("compilers", "sea"), (), ("sea",)]
        await pilot.press("u")
    assert book.contact("radia").tags == ()
    assert book.contact("grace").tags == ("compilers",)


async def test_v_marks_all_and_after_a_mark_up_to_the_cursor(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        contacts = app.people.contacts
        await pilot.press("v")
        assert list(contacts.marks) == ["grace", "alan", "radia"]
        await pilot.press("escape")
        assert not contacts.marks
        await pilot.press("g", "space", "v")
        assert list(contacts.marks) == ["grace", "alan"]
        await pilot.pause()
        assert "2 marked" in seen(app)


async def test_o_sets_the_circle_of_all_who_are_marked(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("v", "o")
        await pilot.pause()
        await pilot.press("i")
        await pilot.pause()
    assert {contact.circle for contact in book.contacts()} == {Circle.INNER}


async def test_z_leaves_the_contact_in_peace_until_a_day(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("z")
        await pilot.pause()
        await type_text(pilot, "2w")
        await pilot.press("enter")
        await pilot.pause()
    snooze = book.snooze_of("grace")
    assert snooze is not None
    assert snooze.until == TODAY + timedelta(days=14)


async def test_d_archives_at_once_and_u_and_upper_u_undo_and_redo(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("d")
        assert book.contact("grace").archived
        assert names(app) == ["Alan Turing", "Radia Perlman"]
        await pilot.press("u")
        assert not book.contact("grace").archived
        await pilot.press("U")
        assert book.contact("grace").archived
        assert told(app) == [
            "Grace Hopper archived. u takes that back.",
            "Undone: Grace Hopper archived.",
            "Redone: Grace Hopper archived.",
        ]


async def test_the_archive_shows_who_is_archived_and_gives_back_or_deletes_for_good(book: Book) -> None:
    verbs.archive(book, ["grace", "radia"])
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("D")
        assert told(app)[-1] == "Alan Turing is not archived; d archives first."
        await pilot.press("Z")
        await pilot.pause()
        assert names(app) == ["Grace Hopper", "Radia Perlman"]
        assert "Archive · 2" in seen(app)
        await pilot.press("d")
        assert not book.contact("grace").archived
        await pilot.press("D")
        assert book.get("contacts", "radia") is None
        await pilot.press("u", "escape")
        assert book.contact("radia").name == "Radia Perlman"
        assert names(app) == ["Grace Hopper", "Alan Turing"]


async def test_d_in_the_timeline_deletes_the_entry_and_u_brings_it_back(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("l", "G", "d")
        assert book.get("interactions", "call") is None
        assert told(app) == ["Deleted call with Grace and Alan. u brings it back."]
        await pilot.press("u")
        assert told(app)[-1] == "Undone: deleted call with Grace and Alan."
    assert book.interaction("call").summary == "about the talk"


async def test_marked_entries_are_deleted_in_one_change(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("l", "space", "space", "d")
        assert not book.follow_ups_with("grace")
        await pilot.press("u")
    assert len(book.follow_ups_with("grace")) == 2


async def test_x_notes_a_follow_up_as_done_and_x_again_opens_it(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("l", "j", "x")
        assert book.follow_up("slides").done_on == TODAY
        await pilot.press("x")
        assert book.follow_up("slides").done_on is None
        await pilot.press("G", "x")
        assert told(app)[-1] == "x is for a follow-up: a line with ! before it."


async def test_nothing_to_undo_is_said(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("u", "U")
        assert told(app) == ["Nothing to undo.", "Nothing to redo."]


async def test_what_could_not_be_kept_is_told_and_nothing_changes(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(change: Change) -> None:
        raise NotKept("The disk is full: nothing was saved.")

    monkeypatch.setattr(book._keeper, "keep", full)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("c")
        assert told(app) == ["The disk is full: nothing was saved."]
        assert app.is_running
    assert len(book.interactions_with("grace")) == 2


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
        await pilot.click("KeyBar", offset=(22, 0))
        await pilot.pause()
        assert book.interactions_with("radia")[0].date == TODAY
        await pilot.click("#timeline", offset=(5, 1), times=2)
        await pilot.pause()
        assert isinstance(app.screen, InteractionForm)


# News, days, quitting


async def test_what_another_program_wrote_is_shown_and_the_cursor_stays(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("j")
        verbs.log_interaction(book, Interaction(uid="", date=TODAY, kind=InteractionKind.CALL, contacts=("grace",)))
        await pilot.pause()
        assert app.people.contacts.current == "alan"
        assert book.warmth("grace").bars == 4
        assert "fresh" in seen(app).splitlines()[2]


async def test_midnight_turns_the_day_in_a_program_left_open(book: Book) -> None:
    now = book.now
    book._clock = lambda: now
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        assert "Mon 23 Nov 2026" in seen(app)
        now += timedelta(days=60)
        app._tick()
        await pilot.pause()
        shown = seen(app)
        assert "Fri 22 Jan 2027" in shown
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
        assert told(app) == ["Import of people.vcf. u takes the import back."]


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
