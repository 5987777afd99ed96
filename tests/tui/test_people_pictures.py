"""Pictures of the People screen: on the small and the large terminal, in a dark and a light theme."""

from collections.abc import Callable, Sequence

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from relcraft.book.open import Book
from relcraft.tui.app import RelcraftApp
from tests.pictures import without_remote_fonts

Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def _no_remote_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures name no font of another host."""
    monkeypatch.setattr(
        RelcraftApp, "export_screenshot", lambda app, **how: without_remote_fonts(App.export_screenshot(app, **how))
    )


def pressing(*keys: str) -> Callable[[Pilot[str]], object]:
    """Return what presses keys before the picture is taken, and stops the cursor's blinking."""

    async def press(pilot: Pilot[str]) -> None:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        await pilot.pause()

    return press


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        ((80, 24), "terminal", ()),
        ((140, 40), "paper", ("l", "j")),
        ((80, 24), "ink", ("l", "tab")),
        ((60, 20), "plain", ("space", "v")),
        ((80, 24), "terminal", ("question_mark",)),
    ],
    ids=["small", "large", "balance", "narrow", "help"],
)
def test_the_people_screen_looks_as_it_did(
    book: Book, snap_compare: Compare, size: tuple[int, int], theme: str, keys: Sequence[str]
) -> None:
    app = RelcraftApp(book, theme=theme, banner="A sample book: nothing here is kept." if theme == "paper" else "")
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))
