"""Keys typed in one burst do what they do when they are typed slowly."""

from textual import events
from textual.pilot import Pilot

from relcraft.tui.add_line import AddLine
from relcraft.tui.app import RelcraftApp
from relcraft.tui.forms import ContactForm
from tests.books import a_book, person


def type_at_once(app: RelcraftApp, text: str) -> None:
    for character in text:
        key = {"\r": "enter", "\x13": "ctrl+s", "/": "slash", " ": "space"}.get(character, character)
        app.post_message(events.Key(key, None if len(key) > 1 and key not in ("slash", "space") else character))


async def until_quiet(app: RelcraftApp, pilot: Pilot[str]) -> None:
    while app._patience is not None or app._waiting:
        await pilot.pause()
    await pilot.pause()


async def test_a_line_typed_in_one_burst_goes_into_the_line() -> None:
    book = a_book(person("ada", "Ada Lovelace"))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        type_at_once(app, "acoffee w/ ada\r")
        await until_quiet(app, pilot)
        assert not app.query_one(AddLine).is_open
    assert [(one.kind, one.contacts) for one in book.interactions_with("ada")] == [("coffee", ("ada",))]


async def test_a_form_saves_the_last_letter_too() -> None:
    book = a_book(person("ada", "Ada Lovelace"))
    app = RelcraftApp(book)
    async with app.run_test() as pilot:
        type_at_once(app, "nGrace Hopper\x13")
        await until_quiet(app, pilot)
        for _ in range(100):
            if not isinstance(app.screen, ContactForm):
                break
            await pilot.pause()
        assert not isinstance(app.screen, ContactForm)
    assert sorted(contact.name for contact in book.contacts()) == ["Ada Lovelace", "Grace Hopper"]


async def test_a_person_is_found_in_one_burst() -> None:
    app = RelcraftApp(a_book(person("ada", "Ada"), person("bob", "Bob"), person("cleo", "Cleo")))
    async with app.run_test() as pilot:
        type_at_once(app, "pcle\rc")
        await until_quiet(app, pilot)
        assert app.people.contact is not None
        assert app.people.contact.uid == "cleo"
        assert len(app.book.interactions_with("cleo")) == 1
