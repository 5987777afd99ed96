"""The program in a real terminal: what is typed is what is in the file."""

import re
import time
from pathlib import Path

from tests.books import TODAY, met, person
from tests.pty.conftest import Desk

HOSTILE = "[/] [red]x[/red] [@click=app.bell]y[/]\x1b]0;gone\x07\x9b2J\u202eend"
POINTER_SHAPE = re.compile("\x1b\\]22;[a-z-]*\x07")
"""What Textual itself says with a bell at its end."""
SHOWN = "[/] [red]x[/red] [@click=app.bell]y[/]]0;gone2Jend"


def test_a_line_typed_is_in_the_file_that_stock_tinydb_reads(desk: Desk) -> None:
    terminal = desk.open()
    terminal.wait_for("Grace Hopper")
    terminal.press("a")
    terminal.wait_for("esc leave")
    terminal.press("coffee w/ Grace yesterday re: her talk <intro:Ada !fri send slides")
    terminal.wait_for("! Fri 27 Nov")
    assert "coffee · Sun 22 Nov · Grace Hopper" in terminal.shown
    terminal.press("\r")
    terminal.wait_for("Saved")
    terminal.press("q")
    assert terminal.ended() == 0
    stored = desk.stored()
    (interaction,), (exchange,), (follow_up,) = (stored[each] for each in ("interactions", "exchanges", "follow_ups"))
    assert (interaction["date"], interaction["kind"], interaction["contacts"]) == ("2026-11-22", "coffee", ["grace"])
    assert (exchange["date"], exchange["direction"], exchange["kind"]) == ("2026-11-22", "received", "introduction")
    assert (follow_up["date"], follow_up["text"]) == ("2026-11-27", "send slides")
    assert desk.at_rest
    assert terminal.modes() == terminal.modes_before


def test_what_another_program_adds_is_shown_within_two_seconds_and_both_are_kept(desk: Desk) -> None:
    terminal = desk.open()
    terminal.wait_for("Grace Hopper")
    terminal.press("c")
    terminal.wait_for("message")
    added = desk.run("add", "called Ada yesterday about compilers")
    assert added.returncode == 0
    terminal.wait_for("compilers", patience=2.0)
    terminal.press("q")
    assert terminal.ended() == 0
    assert [each["kind"] for each in desk.stored()["interactions"]] == ["message", "call"]
    assert desk.at_rest


def test_the_file_is_brought_up_to_date_while_the_screen_is_open(desk: Desk) -> None:
    terminal = desk.open()
    terminal.wait_for("Grace Hopper")
    terminal.press("c")
    terminal.wait_for("message")
    journal, until = desk.book.with_name("book.json.journal"), time.monotonic() + 10
    assert journal.exists()
    while journal.exists():
        assert time.monotonic() < until
        terminal.wait_until_drawn()
    assert len(desk.stored()["interactions"]) == 1


def assert_harmless(raw: bytes) -> None:
    """No control character of the hostile name is in what the terminal got."""
    text = POINTER_SHAPE.sub("", raw.decode())
    assert "\x1b]0" not in text
    assert not set(text) & set("\x07\x9b\u202e")


def test_a_name_that_talks_to_terminals_is_shown_as_letters_on_every_screen(desk: Desk) -> None:
    desk.fill(person("x", HOSTILE), met("i", TODAY, "x", summary=f"{HOSTILE} said"))
    assert "\\u001b]0;gone\\u0007" in desk.book.read_text(), "the file does hold it"
    terminal = desk.open(columns=160, rows=40)
    terminal.wait_for(SHOWN[:20])
    terminal.press("p")
    terminal.wait_until_drawn()
    terminal.press("gone")
    terminal.wait_for(SHOWN)
    terminal.press("\r")
    terminal.wait_until_drawn()
    terminal.wait_for("coffee")
    terminal.press("c")
    terminal.wait_for("In touch today: [/]")
    terminal.press("e")
    terminal.wait_for("Nicknames")
    assert SHOWN in terminal.shown
    terminal.press("\x1b")
    terminal.wait_until_drawn()
    terminal.press("q")
    assert terminal.ended() == 0
    assert_harmless(bytes(terminal.raw))
    assert desk.stored()["interactions"][1]["contacts"] == ["x"]


def test_a_name_that_talks_to_terminals_is_harmless_in_every_command(desk: Desk) -> None:
    desk.fill(person("x", HOSTILE, notes=HOSTILE))
    assert "\\u001b]0;gone\\u0007" in desk.book.read_text(), "the file does hold it"
    for arguments in (["list", "contacts"], ["list", "contacts", "--json"], ["show", "x"], ["export"], ["check"]):
        terminal = desk.open(*arguments)
        assert terminal.ended() == 0
        assert_harmless(bytes(terminal.raw))


def test_the_demo_is_a_sample_under_a_banner_and_leaves_nothing_behind(desk: Desk) -> None:
    before = desk.book.read_bytes()
    terminal = desk.open("demo")
    terminal.wait_for("Marit Solvang")
    assert "sample" in terminal.shown
    terminal.press("c")
    terminal.wait_for("message")
    terminal.press("q")
    assert terminal.ended() == 0
    assert "To start your own book: relcraft" in terminal.raw.decode()
    assert desk.book.read_bytes() == before
    assert list(Path(desk.environment["TMPDIR"]).iterdir()) == []
