"""The changing keys of the People screen, down to what is stored."""

from datetime import timedelta

import pytest

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.changes import Change
from relcraft.domain.errors import NotKept
from relcraft.domain.words import Circle
from relcraft.tui.app import RelcraftApp
from relcraft.tui.forms import ContactForm
from tests.books import TODAY
from tests.tui.widget_host import names, seen, told, type_text


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
        assert "snoozed ▮▮" in seen(app), "the row no longer says due"
    snooze = book.snooze_of("grace")
    assert snooze is not None
    assert snooze.until == TODAY + timedelta(days=14)


async def test_z_leaves_all_who_are_marked_in_peace_in_one_change(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("v", "z")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        until = {snooze.until for uid in ("grace", "alan", "radia") if (snooze := book.snooze_of(uid))}
        assert until == {TODAY + timedelta(days=7)}
        assert told(app)[-1] == "Grace and 2 others snoozed until Mon 30 Nov 2026."
        assert not app.people.contacts.marks
        await pilot.press("u")
    assert all(book.snooze_of(uid) is None for uid in ("grace", "alan", "radia"))


async def test_z_on_a_follow_up_lets_it_rest_and_its_row_says_so(book: Book) -> None:
    app = RelcraftApp(book)
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("l", "j", "z")
        await pilot.pause()
        assert 'Leave follow-up "send slides" in peace' in seen(app)
        await pilot.press(*"2w", "enter")
        await pilot.pause()
        await pilot.pause()
        snooze = book.snooze_of("slides")
        assert snooze is not None
        assert snooze.until == TODAY + timedelta(days=14)
        assert book.snooze_of("grace") is None
        shown = seen(app)
        assert "yesterday\u25ae" not in shown, "its day has not come while it rests"
        assert "in peace until 7 Dec" in shown
        assert "Promised for" not in shown
        await pilot.press("d")
    assert book.snooze_of("slides") is None, "no snooze of what is no longer there"


async def test_a_note_that_could_not_be_saved_is_offered_again(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def edit_text(_app: object, text: str) -> str:
        given.append(text)
        return text if "COBOL" in text else f"{text} And COBOL."

    def full(change: Change) -> None:
        raise NotKept("The disk is full.")

    monkeypatch.setattr("relcraft.tui.editor.edit_text", edit_text)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(book._keeper, "keep", full)
            await pilot.press("E")
            assert told(app) == ["The disk is full. What you wrote is kept: E opens it again."]
            await pilot.press("q")
            assert app.is_running
            assert told(app)[-1].startswith("A note is not saved yet")
        await pilot.press("E")
    assert given == ["Likes nanoseconds.", "Likes nanoseconds. And COBOL."]
    assert book.contact("grace").notes == "Likes nanoseconds. And COBOL."


async def test_a_note_about_what_was_deleted_meanwhile_goes_to_the_clipboard(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def edit_text(_app: object, text: str) -> str:
        verbs.delete(book, ["coffee"])
        return f"{text}, more"

    monkeypatch.setattr("relcraft.tui.editor.edit_text", edit_text)
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        await pilot.press("l", "j", "j", "j", "E")
        assert app.clipboard == "CV, compilers, sea, more"
        assert told(app)[-1].endswith("What you wrote is in the clipboard.")
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running


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
        assert told(app)[-1] == "x is for a follow-up (!), an ask (?) or an introduction (&)."


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
