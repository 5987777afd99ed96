"""Pictures of Today, Asks, Balance, Paths and the brief, on the sample book, at both sizes."""

from collections.abc import Callable, Sequence

import pytest
from textual.app import App

from relcraft.tui.app import RelcraftApp
from tests.pictures import sample_book, without_remote_fonts
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
        pytest.param(SMALL, "terminal", ("2",), id="today-small"),
        pytest.param(LARGE, "paper", ("2", "m", "j"), id="today-large"),
        pytest.param(SMALL, "ink", ("3", "l"), id="asks-small"),
        pytest.param(LARGE, "paper", ("3",), id="asks-large"),
        pytest.param(SMALL, "terminal", ("4",), id="balance-small"),
        pytest.param(LARGE, "ink", ("4", "tab"), id="balance-large"),
        pytest.param(SMALL, "paper", ("6", *"fenmark", "enter"), id="paths-small"),
        pytest.param(SMALL, "plain", ("p", *"marit sol", "enter", "b"), id="brief-small"),
    ],
)
def test_the_tabs_look_as_they_did(
    snap_compare: Compare, size: tuple[int, int], theme: str, keys: Sequence[str]
) -> None:
    assert snap_compare(RelcraftApp(sample_book(), theme=theme), terminal_size=size, run_before=pressing(*keys))
