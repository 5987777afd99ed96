"""The first minutes of a stranger, in a real terminal, on no book."""

from pathlib import Path

import pytest

from tests.pty.conftest import Desk

CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Amina,Okafor,https://www.linkedin.com/in/amina-example,amina@example.org,Tidewater Lab,Analyst,08 Feb 2026
Bruno,Keller,https://www.linkedin.com/in/bruno-example,,Nordlicht Energie,Engineer,12 Mar 2026
,,,,,,02 May 2026
"""


@pytest.fixture
def new_desk(desk: Desk) -> Desk:
    """A desk without a book, with a file in its downloads."""
    desk.book.unlink()
    downloads = Path(desk.environment["HOME"], "Downloads")
    downloads.mkdir()
    (downloads / "Connections.csv").write_text(CONNECTIONS, "utf-8")
    return desk


def test_from_no_book_through_an_import_and_a_line_to_a_file_that_tinydb_reads(new_desk: Desk) -> None:
    terminal = new_desk.open()
    terminal.wait_for("Welcome")
    terminal.press("i")
    terminal.wait_for("LinkedIn's data archive")
    terminal.press("Con\t\r")
    terminal.wait_for("2 would be added")
    terminal.press("\r")
    terminal.wait_for("2 added")
    terminal.press("\r")
    terminal.wait_for("Pick your fifteen")
    terminal.press("c")
    terminal.wait_for("1 picked")
    terminal.press("\r")
    terminal.wait_for("due first")
    terminal.press("a")
    terminal.wait_for("esc leave")
    terminal.press("called Bruno yesterday >advice:pricing !fri send the paper")
    terminal.wait_for("! Fri 27 Nov")
    terminal.press("\r")
    terminal.wait_for("Saved")
    terminal.press("q")
    assert terminal.ended() == 0
    stored = new_desk.stored()
    assert sorted(each["name"] for each in stored["contacts"]) == ["Amina Okafor", "Bruno Keller"]
    assert [each.get("circle") for each in stored["contacts"]].count("close") == 1
    bruno = next(each["uid"] for each in stored["contacts"] if each["name"] == "Bruno Keller")
    (interaction,), (exchange,), (follow_up,) = (stored[each] for each in ("interactions", "exchanges", "follow_ups"))
    assert (interaction["date"], interaction["kind"], interaction["contacts"]) == ("2026-11-22", "call", [bruno])
    assert (exchange["contact"], exchange["direction"], exchange["text"]) == (bruno, "given", "pricing")
    assert (follow_up["date"], follow_up["contact"]) == ("2026-11-27", bruno)
    assert new_desk.at_rest
    assert new_desk.book.stat().st_mode & 0o777 == 0o600


def test_looking_around_the_sample_makes_no_book(new_desk: Desk) -> None:
    terminal = new_desk.open()
    terminal.wait_for("Welcome")
    terminal.press("l")
    terminal.wait_for("Marit Solvang")
    assert "sample" in terminal.shown
    terminal.press("q")
    assert terminal.ended() == 0
    assert "To start your own book: relcraft" in terminal.raw.decode()
    assert not new_desk.book.exists()


def test_the_first_person_is_added_by_hand(new_desk: Desk) -> None:
    terminal = new_desk.open()
    terminal.wait_for("Welcome")
    terminal.press("n")
    terminal.wait_for("Name")
    terminal.press("Zoë O'Brien\x13")
    terminal.wait_for("People · 1")
    terminal.press("q")
    assert terminal.ended() == 0
    assert [each["name"] for each in new_desk.stored()["contacts"]] == ["Zoë O'Brien"]
