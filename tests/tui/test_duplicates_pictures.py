"""Pictures of the screen of those who may be one person: a pair, what waits to be placed, and whose it is."""

from collections.abc import Callable, Sequence

import pytest
from textual.app import App

from relcraft.tui.app import RelcraftApp
from tests.doubles import twice_here
from tests.pictures import without_remote_fonts
from tests.tui.test_people_pictures import pressing

Compare = Callable[..., bool]
SMALL, LARGE = (80, 24), (140, 40)


@pytest.fixture(autouse=True)
def _no_remote_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures name no font of another host."""
    monkeypatch.setattr(
        RelcraftApp, "export_screenshot", lambda app, **how: without_remote_fonts(App.export_screenshot(app, **how))
    )


@pytest.mark.parametrize(
    ("size", "theme", "keys"),
    [
        pytest.param(SMALL, "ink", ("S", "j", "j"), id="small"),
        pytest.param(SMALL, "plain", ("S",), id="small-to-place"),
        pytest.param(SMALL, "terminal", ("S", "x"), id="small-whose"),
        pytest.param(LARGE, "paper", ("S", "j", "j"), id="large"),
        pytest.param(LARGE, "ink", ("S", "G"), id="large-against"),
    ],
)
def test_duplicates_look_as_they_did(
    snap_compare: Compare, size: tuple[int, int], theme: str, keys: Sequence[str]
) -> None:
    app = RelcraftApp(twice_here(), theme=theme)
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))
