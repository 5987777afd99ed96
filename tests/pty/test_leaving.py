"""However the program is left, the terminal and the file are whole."""

import signal
from pathlib import Path

import pytest

from tests.pty.conftest import Desk

CRASHES = """
import sys
from relcraft.cli.main import run
from relcraft.tui.app import RelcraftApp

def tick(self):
    secret = "a private note"
    raise ZeroDivisionError

RelcraftApp._tick = tick
sys.exit(run())
"""


WRITES_MUCH_AS_IT_LEAVES = """
import sys
from relcraft.cli.main import run
from textual.drivers.linux_driver import LinuxDriver

leave = LinuxDriver.stop_application_mode

def leave_with_many_words(self):
    for number in range(200):
        self.write(str(number) * 1000)
    leave(self)

LinuxDriver.stop_application_mode = leave_with_many_words
sys.exit(run())
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_with_the_add_line_open_loses_nothing_that_was_saved(desk: Desk, number: signal.Signals) -> None:
    terminal = desk.open()
    terminal.wait_for("Grace Hopper")
    terminal.press("c")
    terminal.wait_for("message")
    terminal.press("a")
    terminal.wait_for("esc leave")
    terminal.press("half a line")
    terminal.wait_for("half a line")
    terminal.signal(number)
    assert terminal.ended() == 128 + number
    assert terminal.modes() == terminal.modes_before
    assert b"\x1b[?1049l" in terminal.raw, "the screen that was there before is back"
    assert b"Traceback" not in terminal.raw
    assert desk.at_rest
    assert len(desk.stored()["interactions"]) == 1


def test_a_signal_with_a_form_open_leaves_the_terminal_whole(desk: Desk) -> None:
    terminal = desk.open()
    terminal.wait_for("Grace Hopper")
    terminal.press("n")
    terminal.wait_until_drawn()
    terminal.press("Somebody")
    terminal.wait_for("Somebody")
    terminal.signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM
    assert terminal.modes() == terminal.modes_before
    assert len(desk.stored()["contacts"]) == 2


def test_a_closed_window_ends_the_program_and_folds(desk: Desk) -> None:
    terminal = desk.open()
    terminal.wait_for("Grace Hopper")
    terminal.press("c")
    terminal.wait_for("message")
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP
    assert desk.at_rest
    assert len(desk.stored()["interactions"]) == 1


def test_a_program_with_much_to_say_does_not_wait_for_a_window_that_is_closed(desk: Desk) -> None:
    terminal = desk.open(instead=WRITES_MUCH_AS_IT_LEAVES)
    terminal.wait_for("Grace Hopper")
    terminal.press("c")
    terminal.wait_for("message")
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP
    assert desk.at_rest


def test_a_crash_is_one_shows_no_values_and_leaves_terminal_and_file_whole(desk: Desk) -> None:
    terminal = desk.open(instead=CRASHES)
    terminal.wait_for("Grace Hopper")
    terminal.press("c")
    assert terminal.ended() == 1
    assert b"ZeroDivisionError" in terminal.raw
    assert b"locals" not in terminal.raw
    assert terminal.modes() == terminal.modes_before
    assert desk.at_rest


def test_a_demo_that_is_ended_from_outside_leaves_nothing_behind(desk: Desk) -> None:
    terminal = desk.open("demo")
    terminal.wait_for("Marit Solvang")
    terminal.signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM
    assert list(Path(desk.environment["TMPDIR"]).iterdir()) == []


@pytest.mark.parametrize("key", ["q", "\x11"])
def test_leaving_by_key_is_zero(desk: Desk, key: str) -> None:
    terminal = desk.open(columns=80, rows=24)
    terminal.wait_for("Grace Hopper")
    terminal.press(key)
    assert terminal.ended() == 0
    assert terminal.modes() == terminal.modes_before


def test_a_file_that_is_no_book_is_told_before_any_screen_is_drawn(desk: Desk) -> None:
    desk.book.write_text('{"contacts": {"1": {"na')
    terminal = desk.open()
    assert terminal.ended() == 1
    assert b"\x1b" not in terminal.raw
    assert terminal.raw.count(b"\n") == 1
    assert b"book.json" in terminal.raw
