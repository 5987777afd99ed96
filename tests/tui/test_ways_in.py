"""Every way into the screens for text, and that nothing a terminal would act upon is drawn."""

import json

import pytest
from textual import events

from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.tui.app import RelcraftApp
from tests.books import at_noon
from tests.fuzz.seeds import BOOKS
from tests.fuzz.texts import UNSAFE

_EVIL = "Evil\x1b]0;owned\x07\x1b[2J\x9b31m" + "".join(sign for sign in UNSAFE if sign not in "\n\r\t") + "End"
_SIZE = (140, 40)


def evil_book() -> Book:
    """Return a book whose every text is what another program should never have written."""
    tables: dict[str, dict[str, dict[str, object]]] = {}
    for table, rows in json.loads(BOOKS[0]).items():
        if table == "_meta":
            continue
        for document in rows.values():
            for key in ("name", "words", "text", "summary", "what", "notes", "organisation"):
                document[key] = _EVIL
            for key in ("tags", "looking_for", "can_offer", "nicknames", "emails"):
                document[key] = [_EVIL]
            tables.setdefault(table, {})[document["uid"]] = document
    return Book(MemoryKeeper(tables), at_noon())


def drawn(app: RelcraftApp) -> str:
    """Return what stands on the screen. Raises `AssertionError` for a sign that a terminal would act upon."""
    strips = app.screen._compositor.render_strips()
    text = "\n".join("".join(segment.text for segment in strip) for strip in strips)
    found = {sign for sign in text if sign in UNSAFE and sign != "\n"}
    assert not found, f"{sorted(map(ascii, found))} was drawn"
    return text


@pytest.mark.parametrize("keys", ["1?", "2=", "35", "4b", "6", "1e"])
async def test_records_of_a_book(keys: str) -> None:
    app = RelcraftApp(evil_book())
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.pause()
        assert "Evil" in drawn(app)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            drawn(app)


@pytest.mark.parametrize("key", ["a", "/", "p", "n", "I", "ctrl+p"])
async def test_what_is_pasted(key: str) -> None:
    app = RelcraftApp(evil_book())
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.press(key)
        await pilot.pause()
        app.post_message(events.Paste(_EVIL))
        await pilot.pause()
        drawn(app)
        await pilot.press("enter")
        await pilot.pause()
        drawn(app)
