"""Pictures of the Conflicts screen: the sides above each other, beside each other, and one that was deleted."""

from collections.abc import Callable, Sequence

import pytest
from textual.app import App

from relcraft.domain.contents import Contents
from relcraft.tui.app import RelcraftApp
from tests.conflicts import CopiesBeside, two_laptops
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
        pytest.param(SMALL, "ink", ("C", "j"), id="small"),
        pytest.param(SMALL, "plain", ("C", "j", "j"), id="small-deleted"),
        pytest.param(LARGE, "paper", ("C", "j", "j", "j", "j"), id="large"),
    ],
)
def test_conflicts_look_as_they_did(
    snap_compare: Compare, size: tuple[int, int], theme: str, keys: Sequence[str]
) -> None:
    copies = CopiesBeside(Contents(name="book.sync-conflict-20261120-143000-ABCDEFG.json"))
    app = RelcraftApp(two_laptops(), theme=theme, copies=copies)
    assert snap_compare(app, terminal_size=size, run_before=pressing(*keys))
