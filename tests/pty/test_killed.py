"""A program that is killed or asked to end in mid-edit: what it said was saved is there, and the terminal is whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal

ENDINGS = [signal.SIGTERM, signal.SIGHUP]
DRAFT = "An introduction to Somebody"
ALTERNATE_SCREEN_LEFT = b"\x1b[?1049l"


def touched(desk: Desk) -> Terminal:
    """A screen on which one change was acknowledged: somebody was in touch today."""
    terminal = desk.open()
    terminal.wait_for("Grace Hopper")
    terminal.press("c")
    terminal.wait_for("message")
    return terminal


def in_a_form(terminal: Terminal, _folder: Path) -> None:
    terminal.press("n")
    terminal.wait_until_drawn()
    terminal.press("Somebody")
    terminal.wait_for("Somebody")


def in_the_add_line(terminal: Terminal, _folder: Path) -> None:
    terminal.press("a")
    terminal.wait_for("esc leave")
    terminal.press("half a line")
    terminal.wait_for("half a line")


def in_the_composer(terminal: Terminal, _folder: Path) -> None:
    terminal.press("A")
    terminal.wait_until_drawn()
    terminal.press(DRAFT)
    terminal.wait_for(DRAFT)


def in_an_import(terminal: Terminal, folder: Path) -> None:
    cards = folder / "cards.vcf"
    cards.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Somebody Else\nEND:VCARD\n")
    terminal.press("I")
    terminal.wait_until_drawn()
    terminal.press(f"{cards}\r")
    terminal.wait_for("enter import")


def check_stored(desk: Desk, draft: str = "") -> None:
    """What was acknowledged is there, and nothing of what was only typed, but for the draft of an ask that was left."""
    stored = desk.stored()
    assert len(stored["interactions"]) == 1
    assert len(stored["contacts"]) == 2
    assert [ask["what"] for ask in stored.get("asks", [])] == ([draft] if draft else [])


@pytest.mark.parametrize("place", [in_a_form, in_the_composer])
def test_a_kill_in_mid_edit_loses_nothing_that_was_saved(
    desk: Desk, tmp_path: Path, place: Callable[[Terminal, Path], None]
) -> None:
    terminal = touched(desk)
    place(terminal, tmp_path)
    terminal.signal(signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL
    again = desk.open()
    again.wait_for("message")
    again.wait_until_drawn()
    assert "could not" not in again.shown
    assert "cut short" not in again.shown
    again.press("q")
    assert again.ended() == 0
    assert again.modes() == again.modes_before
    assert desk.at_rest
    check_stored(desk)


@pytest.mark.parametrize("place", [in_a_form, in_an_import])
def test_a_window_that_closes_in_mid_edit_loses_nothing_that_was_saved(
    desk: Desk, tmp_path: Path, place: Callable[[Terminal, Path], None]
) -> None:
    terminal = touched(desk)
    place(terminal, tmp_path)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP
    assert desk.at_rest
    check_stored(desk)


@pytest.mark.parametrize("place", [in_a_form, in_the_add_line, in_the_composer, in_an_import])
def test_a_program_asked_to_end_in_mid_edit_leaves_the_terminal_as_it_was(
    desk: Desk, tmp_path: Path, place: Callable[[Terminal, Path], None]
) -> None:
    terminal = touched(desk)
    place(terminal, tmp_path)
    terminal.signal(signal.SIGTERM)
    assert terminal.ended() == 128 + signal.SIGTERM
    assert terminal.modes() == terminal.modes_before
    assert ALTERNATE_SCREEN_LEFT in terminal.raw
    assert b"Traceback" not in terminal.raw
    assert desk.at_rest
    check_stored(desk, DRAFT if place is in_the_composer else "")


def test_a_second_request_to_end_does_not_hinder_the_first(desk: Desk) -> None:
    terminal = touched(desk)
    terminal.signal(signal.SIGTERM)
    terminal.signal(signal.SIGHUP)
    terminal.signal(signal.SIGTERM)
    assert terminal.ended() in (128 + signal.SIGTERM, 128 + signal.SIGHUP)
    assert terminal.modes() == terminal.modes_before
    assert desk.at_rest
    check_stored(desk)


SAVES_AND_GOES_ON = """
import signal, sys
from relcraft.book import open as book
from relcraft.cli.main import run

change = book.Book.change

def change_and_wait(self, title, *ops):
    change(self, title, *ops)
    sys.stdout.write("saved\\n")
    sys.stdout.flush()
    while True:
        signal.pause()

book.Book.change = change_and_wait
sys.exit(run())
"""


def started(desk: Desk, *arguments: str, instead: str = "", before: str = "") -> "subprocess.Popen[bytes]":
    """Start one command line, without a terminal."""
    program = ["-c", instead] if instead else ["-m", "relcraft"]
    return subprocess.Popen(
        [*before.split(), sys.executable, *program, *map(str, desk.arguments()), *arguments],
        env=dict(desk.environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("number", ENDINGS)
def test_a_command_that_is_asked_to_end_folds_what_it_saved_and_says_so(desk: Desk, number: signal.Signals) -> None:
    program = started(desk, "add", "coffee with Grace", instead=SAVES_AND_GOES_ON)
    assert program.stdout is not None
    assert program.stdout.readline() == b"saved\n"
    program.send_signal(number)
    _out, told = program.communicate()
    assert program.returncode == 128 + number
    assert told.decode() == "Ended from outside before it was done: what was saved by then is in the book.\n"
    assert desk.at_rest
    assert len(desk.stored()["interactions"]) == 1


AT_A_MOMENT = """
import os, signal, sys
from relcraft.cli.main import run
from relcraft.store.folding import Folding
from relcraft.tui.app import RelcraftApp

def asked_to_end_in(kind, name):
    real = getattr(kind, name)

    def asked(*arguments, **named):
        os.kill(os.getpid(), signal.SIGTERM)
        return real(*arguments, **named)

    setattr(kind, name, asked)

asked_to_end_in(*{"its start": (RelcraftApp, "__init__"), "its fold": (Folding, "_put")}[os.environ["MOMENT"]])
sys.exit(run())
"""


def test_a_screen_that_is_asked_to_end_before_it_is_drawn_draws_nothing(desk: Desk) -> None:
    desk = replace(desk, environment={**desk.environment, "MOMENT": "its start"})
    terminal = desk.open(instead=AT_A_MOMENT)
    assert terminal.ended() == 128 + signal.SIGTERM
    assert terminal.modes() == terminal.modes_before
    assert b"Traceback" not in terminal.raw
    assert b"\x1b[?1049h" not in terminal.raw


def test_who_is_asked_to_end_while_leaving_finishes_the_file_first(desk: Desk) -> None:
    desk = replace(desk, environment={**desk.environment, "MOMENT": "its fold"})
    program = started(desk, "add", "coffee with Grace", instead=AT_A_MOMENT)
    _out, told = program.communicate()
    assert program.returncode == 128 + signal.SIGTERM
    assert b"Traceback" not in told
    assert desk.at_rest
    assert len(desk.stored()["interactions"]) == 1


@pytest.mark.parametrize("number", ENDINGS)
def test_an_import_that_is_asked_to_end_takes_all_in_or_nobody(desk: Desk, number: signal.Signals) -> None:
    cards = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Somebody {one}\nEMAIL:p{one}@example.org\nEND:VCARD\n" for one in range(6_000)
    ).encode()
    program = started(desk, "import", "-")
    assert program.stdin is not None
    program.stdin.write(cards)
    program.stdin.flush()
    wait_until_it_reads(program.pid)
    program.stdin.close()  # it reads them for a second or so, and saves
    program.stdin = None
    program.send_signal(number)
    out, told = program.communicate()
    assert program.returncode in (128 + number, 0)
    assert b"Traceback" not in told
    assert (b"6000 read" in out) == (program.returncode == 0)
    assert desk.at_rest
    assert len(desk.stored()["contacts"]) in (2, 6_002)


def test_a_command_waiting_for_its_input_ends_when_asked_to(desk: Desk) -> None:
    program = started(desk, "import", "-")
    assert program.stdin is not None
    os.write(program.stdin.fileno(), b"BEGIN:VCARD\n")
    wait_until_it_reads(program.pid)
    program.send_signal(signal.SIGTERM)
    _out, told = program.communicate()
    assert program.returncode == 128 + signal.SIGTERM
    assert b"Traceback" not in told
    assert len(desk.stored()["contacts"]) == 2


def wait_until_it_reads(pid: int) -> None:
    """Return when the program took what was written to it."""
    import fcntl
    import termios

    with Path(f"/proc/{pid}/fd/0").open("rb", buffering=0) as pipe:
        while int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, b"\0" * 4), sys.byteorder):
            pass


def test_what_was_started_to_outlive_its_window_does(desk: Desk) -> None:
    program = started(desk, "add", "-", before="nohup")
    assert program.stdin is not None
    os.write(program.stdin.fileno(), b"coffee with Grace\n")
    wait_until_it_reads(program.pid)
    program.send_signal(signal.SIGHUP)
    program.communicate()
    assert program.returncode == 0
    assert len(desk.stored()["interactions"]) == 1
