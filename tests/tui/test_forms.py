"""The forms: what is typed, what is told, and what is stored."""

from datetime import date, time
from typing import Any

import pytest
from textual.pilot import Pilot

from relcraft.book import verbs
from relcraft.book.memory import MemoryKeeper
from relcraft.book.port import Kept
from relcraft.domain.changes import Change
from relcraft.domain.errors import NotKept
from relcraft.domain.records import Birthday, Contact, Exchange, FollowUp, Interaction
from relcraft.domain.words import Circle, Direction, ExchangeKind, Gain, Initiator, InteractionKind, Size
from relcraft.tui.app import RelcraftApp
from relcraft.tui.forms import ContactForm, ExchangeForm, FollowUpForm, InteractionForm
from relcraft.tui.forms.form import Form
from relcraft.tui.forms.row import FormRow
from relcraft.tui.themes import THEMES
from tests.tui.widget_host import HOSTILE, NOW, TODAY, Host, a_book, paste_text, seen, type_text, usual_people


def row(form: Form[Any], name: str) -> FormRow:
    return form.query_one(f"#row-{name}", FormRow)


async def go_to(pilot: Pilot[None], name: str) -> None:
    pilot.app.screen.query_one(f"#field-{name}").focus()
    await pilot.pause()


async def retype(pilot: Pilot[None], name: str, text: str) -> None:
    await go_to(pilot, name)
    await pilot.press("end", "ctrl+u")
    await paste_text(pilot, text)


async def test_a_new_contact_is_stored_with_all_that_was_typed() -> None:
    book = a_book()
    typed = {
        "name": "Lee Chen", "nicknames": "Lee, Chenny", "organisation": "Acme", "role": "data", "cadence_days": "6w",
        "tags": "#work, deep sea", "can_offer": "a talk", "looking_for": "\"CV, compilers\", speakers",
        "met_how": "at the meetup", "met_on": "last fri", "introduced_by": "ada", "emails": "lee@acme.org",
        "phones": "+49 30 1234567", "urls": "example.org/lee", "city": "Berlin", "time_zone": "Europe/Berlin",
        "birthday": "12 mar", "notes": "likes tea",
    }  # fmt: skip
    async with Host(ContactForm(book)).run_test() as pilot:
        for name, text in typed.items():
            await go_to(pilot, name)
            await paste_text(pilot, text)
        await go_to(pilot, "circle")
        await pilot.press("c")
        await go_to(pilot, "do_not_disturb")
        await pilot.press("right")
        await pilot.press("ctrl+s")
        stored = next(one for one in book.contacts() if one.name == "Lee Chen")
        assert pilot.app.answers == [stored]  # type: ignore[attr-defined]  # the host's own attribute
    assert stored.uid
    assert stored.created == NOW
    assert (stored.nicknames, stored.organisation, stored.role) == (("Lee", "Chenny"), "Acme", "data")
    assert (stored.circle, stored.cadence_days, stored.do_not_disturb) == (Circle.CLOSE, 42, True)
    assert (stored.tags, stored.can_offer) == (("work", "deep-sea"), ("a talk",))
    assert stored.looking_for == ("CV, compilers", "speakers")
    assert (stored.met_how, stored.met_on, stored.introduced_by) == ("at the meetup", date(2026, 11, 20), "ada")
    assert (stored.emails, stored.phones) == (("lee@acme.org",), ("+49 30 1234567",))
    assert (stored.urls, stored.city, stored.time_zone) == (("example.org/lee",), "Berlin", "Europe/Berlin")
    assert (stored.birthday, stored.notes) == (Birthday(3, 12), "likes tea")


async def test_editing_changes_only_what_the_user_changed() -> None:
    old = Contact(
        uid="old", name="Old  Friend", emails=("not an address",), nicknames=(" odd ",), vcard=("BEGIN:VCARD",),
        sources=("linkedin:1",), extra={"x-new": [1]}, time_zone="Nowhere/Land", archived=True, notes="a\n\nb\n",
    )  # fmt: skip
    book = a_book(old)
    before = book.contact("old")
    async with Host(ContactForm(book, before)).run_test() as pilot:
        await retype(pilot, "city", "Lyon")
        await pilot.press("ctrl+s")
    after = book.contact("old")
    assert after.city == "Lyon"
    changed = {name for name in Contact.__dataclass_fields__ if getattr(before, name) != getattr(after, name)}
    assert changed <= {"city", "updated"}
    assert after.extra == {"x-new": [1]}


async def test_saving_an_untouched_form_makes_no_change() -> None:
    book = a_book()
    changes: list[object] = []
    book.subscribe(changes.append)
    async with Host(ContactForm(book, book.contact("ada"))).run_test() as pilot:
        await pilot.press("ctrl+s")
        assert pilot.app.answers == [book.contact("ada")]  # type: ignore[attr-defined]  # the host's own attribute
    assert changes == []


async def test_every_bad_field_is_told_beside_it_and_nothing_is_lost() -> None:
    book = a_book()
    form = ContactForm(book)
    async with Host(form).run_test() as pilot:
        await retype(pilot, "met_on", "13 foo")
        await retype(pilot, "emails", "ada")
        await retype(pilot, "city", "Lyon")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert form.focused is form.query_one("#field-name")
        assert "A contact needs a name." in row(form, "name").wrong
        assert "is no day" in row(form, "met_on").wrong
        assert "is no e-mail address" in row(form, "emails").wrong
        assert row(form, "city").wrong == ""
        assert (row(form, "met_on").text, row(form, "city").text) == ("13 foo", "Lyon")
        assert "3 fields" in form.word
        await type_text(pilot, "Lee")
        await retype(pilot, "met_on", "yesterday")
        await retype(pilot, "emails", "lee@acme.org")
        await pilot.press("ctrl+s")
    stored = next(one for one in book.contacts() if one.name == "Lee")
    assert (stored.city, stored.met_on, stored.emails) == ("Lyon", date(2026, 11, 21), ("lee@acme.org",))


async def test_a_day_echoes_what_it_means_while_it_is_typed() -> None:
    form = InteractionForm(a_book(), about=("ada",))
    async with Host(form).run_test() as pilot:
        assert row(form, "date").meaning == "Sun 22 Nov 2026, today"
        await go_to(pilot, "date")
        await type_text(pilot, "last fri")
        assert row(form, "date").text == "last fri", "the first letter takes the place of the day that stood there"
        assert row(form, "date").meaning == "Fri 20 Nov 2026"


async def test_an_interaction_is_stored_with_whom_was_selected() -> None:
    book = a_book()
    form = InteractionForm(book, about=("ada",))
    async with Host(form).run_test() as pilot:
        assert row(form, "contacts").text == "Ada Lovelace"
        await retype(pilot, "contacts", "ada, alan")
        await pilot.press("escape")
        await go_to(pilot, "kind")
        await pilot.press("l", "l")
        await retype(pilot, "date", "yesterday")
        await retype(pilot, "time", "2pm")
        await go_to(pilot, "initiator")
        await pilot.press("t")
        await retype(pilot, "summary", "her talk")
        await pilot.press("enter")
        await type_text(pilot, "and tea")
        await retype(pilot, "tags", "work")
        await pilot.press("ctrl+s")
    stored = book.interactions_with("alan")[0]
    assert stored.contacts == ("ada", "alan")
    assert (stored.kind, stored.date, stored.time) == (InteractionKind.LETTER, date(2026, 11, 21), time(14))
    assert (stored.initiator, stored.summary, stored.tags) == (Initiator.THEM, "her talk\nand tea", ("work",))


async def test_an_ambiguous_name_is_asked_and_never_saved() -> None:
    book = a_book()
    form = InteractionForm(book)
    async with Host(form).run_test() as pilot:
        await type_text(pilot, "grace")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "Which grace? Grace Hopper (Navy) or Grace Hopper (Yale)" in row(form, "contacts").wrong
        assert book.count(Interaction) == 0
        await pilot.press("end", "x", "backspace", "down", "enter")
        assert row(form, "contacts").text == "Grace Hopper (Yale)"
        await pilot.press("ctrl+s")
    assert [one.contacts for one in book.all(Interaction)] == [("yale",)]


async def test_enter_takes_whom_the_begun_name_could_mean() -> None:
    form = InteractionForm(a_book())
    async with Host(form).run_test() as pilot:
        await type_text(pilot, "al")
        await pilot.press("enter")
        await type_text(pilot, ", count")
        await pilot.press("enter")
        assert row(form, "contacts").text == "Alan Turing, Ada Lovelace"
        await pilot.press("enter")
        assert form.focused is form.query_one("#field-kind")


async def test_a_click_takes_a_person_from_the_list() -> None:
    form = InteractionForm(a_book())
    async with Host(form).run_test() as pilot:
        await type_text(pilot, "grace")
        await pilot.pause()
        await pilot.click("#row-contacts Offers", offset=(3, 1))
        await pilot.pause()
        assert row(form, "contacts").text == "Grace Hopper (Yale)"
        assert form.focused is form.query_one("#field-contacts")


async def test_an_exchange_is_stored() -> None:
    book = a_book()
    form = ExchangeForm(book, about="ada")
    async with Host(form).run_test() as pilot:
        await go_to(pilot, "direction")
        await pilot.press("right")
        await go_to(pilot, "kind")
        await pilot.press("r", "r")
        await go_to(pilot, "size")
        await pilot.press("b")
        await retype(pilot, "date", "12 mar")
        await retype(pilot, "text", "to Acme")
        await retype(pilot, "gains", "felt, learned")
        await retype(pilot, "thanked_on", "yesterday")
        await pilot.press("ctrl+s")
    stored = book.exchanges_with("ada")[0]
    assert (stored.direction, stored.kind, stored.size) == (Direction.RECEIVED, ExchangeKind.REFERRAL, Size.BIG)
    assert (stored.date, stored.text) == (date(2026, 3, 12), "to Acme")
    assert (stored.gains, stored.thanked_on) == ((Gain.FELT_GOOD, Gain.LEARNED), date(2026, 11, 21))
    assert stored.outcome_told_on is None


async def test_thanks_before_the_help_are_told_beside_the_day() -> None:
    book = a_book()
    form = ExchangeForm(book, about="ada")
    async with Host(form).run_test() as pilot:
        await retype(pilot, "thanked_on", "yesterday")
        await pilot.press("ctrl+s")
        assert "before the exchange itself, on Sun 22 Nov 2026" in row(form, "thanked_on").wrong
    assert book.count(Exchange) == 0


async def test_a_follow_up_is_stored_for_the_coming_day() -> None:
    book = a_book()
    async with Host(FollowUpForm(book, about="ada")).run_test() as pilot:
        await type_text(pilot, "send slides")
        await retype(pilot, "date", "fri")
        await pilot.press("ctrl+s")
    stored = book.follow_ups_with("ada")[0]
    assert (stored.text, stored.date, stored.done_on) == ("send slides", date(2026, 11, 27), None)


async def test_a_follow_up_can_be_done_without_a_text() -> None:
    book = a_book()
    old = verbs.add_follow_up(book, FollowUp(uid="", date=TODAY, contact="ada"))
    async with Host(FollowUpForm(book, old)).run_test() as pilot:
        await retype(pilot, "done_on", "today")
        await pilot.press("ctrl+s")
    assert book.follow_up(old.uid).done_on == TODAY


async def test_esc_leaves_an_untouched_form_at_once() -> None:
    host = Host(ContactForm(a_book()))
    async with host.run_test() as pilot:
        await pilot.press("escape")
        assert host.answers == [None]


async def test_esc_asks_once_before_typed_text_goes() -> None:
    book = a_book()
    form = ContactForm(book)
    host = Host(form)
    async with host.run_test() as pilot:
        await type_text(pilot, "Lee")
        await pilot.press("escape")
        assert host.answers == []
        assert "Not saved: name. esc again leaves" in form.word
        await type_text(pilot, "!")
        assert form.word == "", "typing on takes the question back"
        await pilot.press("escape")
        assert host.answers == []
        await pilot.press("escape")
        assert host.answers == [None]
    assert len(book.contacts()) == len(usual_people())


async def test_down_up_tab_and_enter_move_between_the_fields() -> None:
    form = ContactForm(a_book())
    async with Host(form).run_test() as pilot:
        moves = [("down", "nicknames"), ("tab", "organisation"), ("enter", "role"), ("down", "circle")]
        moves += [("down", "cadence_days"), ("up", "circle"), ("shift+tab", "role"), ("up", "organisation")]
        for key, name in moves:
            await pilot.press(key)
            assert form.focused is form.query_one(f"#field-{name}"), key
        await go_to(pilot, "notes")
        await type_text(pilot, "a")
        await pilot.press("enter", "up")
        assert form.focused is form.query_one("#field-notes")
        await pilot.press("up")
        assert form.focused is form.query_one("#field-do_not_disturb")


async def test_the_mouse_saves_leaves_and_chooses() -> None:
    book = a_book()
    host = Host(ContactForm(book, book.contact("ada")))
    async with host.run_test(size=(80, 40)) as pilot:
        await pilot.click("#field-circle", offset=(18, 0))
        await pilot.click("#form-save")
        await pilot.pause()
        assert len(host.answers) == 1
    assert book.contact("ada").circle is Circle.CLOSE


async def test_what_could_not_be_kept_is_told_and_the_form_stays() -> None:
    class Full(MemoryKeeper):
        full = False

        def keep(self, change: Change) -> Kept:
            if self.full:
                raise NotKept("The disk is full [/].")
            return super().keep(change)

    keeper = Full()
    book = a_book(keeper=keeper)
    form = ContactForm(book)
    async with Host(form).run_test() as pilot:
        await type_text(pilot, "Lee")
        keeper.full = True
        await pilot.press("ctrl+s")
        assert form.word == "Not saved: The disk is full [/]."
        assert row(form, "name").text == "Lee"
        keeper.full = False
        await pilot.press("ctrl+s")
    assert [one.name for one in book.contacts()][-1] == "Lee"


async def test_a_conflict_shows_what_became_of_the_field_and_a_second_save_keeps_mine() -> None:
    book = a_book()
    form = ContactForm(book, book.contact("ada"))
    async with Host(form).run_test() as pilot:
        await retype(pilot, "city", "Lyon")
        verbs.edit(book, old := book.contact("ada"), _replaced(old, city="Paris", role="poet"))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert 'It became "Paris" meanwhile' in row(form, "city").wrong
        assert row(form, "role").text == "poet"
        assert row(form, "city").text == "Lyon"
        assert "Not saved yet" in form.word
        await pilot.press("ctrl+s")
    assert (book.contact("ada").city, book.contact("ada").role) == ("Lyon", "poet")


async def test_a_record_deleted_meanwhile_is_told() -> None:
    book = a_book()
    old = verbs.add_follow_up(book, FollowUp(uid="", date=TODAY, contact="ada", text="call"))
    form = FollowUpForm(book, old)
    async with Host(form).run_test() as pilot:
        await type_text(pilot, " her")
        verbs.delete(book, [old.uid])
        await pilot.press("ctrl+s")
        assert "deleted meanwhile" in form.word
        assert row(form, "text").text == "call her"


async def test_names_in_a_form_are_letters() -> None:
    book = a_book()
    form = InteractionForm(book, about=("hostile",))
    async with Host(form).run_test() as pilot:
        assert HOSTILE in seen(pilot.app)
        await pilot.press("end")
        await type_text(pilot, ", [/]")
        await pilot.pause()
        assert form.query_one("#row-contacts Offers").display
        assert f"▌{HOSTILE}" in seen(pilot.app)
    async with Host(ContactForm(book, book.contact("hostile"))).run_test() as pilot:
        assert seen(pilot.app).count(HOSTILE) == 2, "in the title and in the field"
        assert "[b]Evil[/b]" in seen(pilot.app)


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_over_the_people_screen_each_field_is_one_line_in_every_theme(theme: str) -> None:
    book = a_book()
    app = RelcraftApp(book, theme=theme)
    async with app.run_test(size=(80, 24)) as pilot:
        for form in (ContactForm(book), InteractionForm(book), ExchangeForm(book), FollowUpForm(book)):
            app.push_screen(form)
            await pilot.pause()
            rows = {each.field.name: each.region.height for each in form.query(FormRow) if each.id != "row-summary"}
            assert set(rows.values()) <= {1, 2}, rows
            await pilot.press("escape")


async def test_pasted_control_characters_never_reach_the_terminal() -> None:
    book = a_book()
    form = ContactForm(book)
    async with Host(form).run_test() as pilot:
        await paste_text(pilot, "Le\x1b[31me\x9b\u202e\r\nChen\r\n")
        assert row(form, "name").text == "Le[31me Chen", "and no pasted line is dropped"
        await go_to(pilot, "notes")
        await paste_text(pilot, "a\x1b]0;x\x07\r\nb")
        assert row(form, "notes").text == "a]0;x\nb"
        await pilot.pause()
        assert "\x1b" not in seen(pilot.app)
        await pilot.press("ctrl+s")
    assert ("Le[31me Chen", "a]0;x\nb") in [(one.name, one.notes) for one in book.contacts()]


async def test_the_form_of_a_person_fits_and_scrolls_on_a_small_screen() -> None:
    form = ContactForm(a_book())
    async with Host(form).run_test(size=(80, 24)) as pilot:
        await go_to(pilot, "notes")
        await type_text(pilot, "a")
        await pilot.press(*["enter"] * 5)
        await pilot.pause()
        assert "Save" in seen(pilot.app)
        assert "Notes" in seen(pilot.app)


def _replaced(old: Contact, **values: Any) -> Contact:
    from dataclasses import replace

    return replace(old, **values)
