"""The config file of a screen in a real terminal: what is no good is told in words, and the terminal stays whole."""

from pathlib import Path

import pytest

from tests.pty.conftest import Desk


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"[rules]\nmoves = 0\n", "line 2, is 0"),
        (b"[keys]\nundo = 'a'\n", 'for "undo" (Undo)'),
        (b"\x1b[31m\xff\x00[[[", "no text in UTF-8"),
    ],
)
def test_a_config_file_that_cannot_be_used_opens_no_screen(
    desk: Desk, tmp_path: Path, content: bytes, told: str
) -> None:
    config = tmp_path / "config.toml"
    config.write_bytes(content)
    terminal = desk.open("--config", str(config), columns=300)
    assert terminal.ended() == 3
    terminal.wait_until_drawn()
    assert told in terminal.shown
    assert b"\x1b[?1049h" not in terminal.raw
    assert b"Traceback" not in terminal.raw
    assert terminal.modes() == terminal.modes_before


def test_ones_own_theme_and_key_are_there_from_the_start_and_what_is_read_over_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('theme = "dusk"\nmoves = 5\n[keys]\nquit = "w"\nadd-line = "q"\n[themes.dusk]\nbase = "ink"\n')
    terminal = desk.open("--config", str(config))
    terminal.wait_for("q add")
    terminal.wait_for('"moves" in')
    terminal.press("w")
    assert terminal.ended() == 0
    before = terminal.raw[: terminal.raw.index(b"\x1b[?1049h")]
    assert b"did you mean moves, below [rules]?" in before, "it stands in the shell as well, once the screen is left"
