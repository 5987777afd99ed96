"""The story of two laptops and a sync program, in a real terminal: the copy it left comes in, each side by one key."""

from dataclasses import replace

from relcraft.book import verbs
from relcraft.cli.wiring import book_at
from relcraft.domain.records import Contact
from tests.books import at_noon
from tests.pty.conftest import Desk

COPY = "book.sync-conflict-20261122-143000-ABCDEFG.json"


def test_a_conflict_copy_is_seen_brought_in_looked_at_and_put_aside(desk: Desk) -> None:
    other = desk.book.parent / "elsewhere" / "book.json"
    other.parent.mkdir()
    other.write_bytes(desk.book.read_bytes())
    with book_at(other, at_noon()) as book:
        grace = book.contact("grace")
        verbs.edit(book, grace, replace(grace, city="Arlington"))
        verbs.add_contact(book, Contact(uid="", name="Lena Gast"))
    with book_at(desk.book, at_noon()) as book:
        grace = book.contact("grace")
        verbs.edit(book, grace, replace(grace, city="Boston"))
    terminal = desk.open(columns=100, rows=30)
    terminal.wait_for("Grace Hopper")
    (desk.book.parent / COPY).write_bytes(other.read_bytes())
    terminal.wait_for("C 1 copy", patience=4.0)
    terminal.press("C")
    terminal.wait_for("Syncthing left a copy")
    terminal.press("\r")
    terminal.wait_for("Comes in: Lena Gast")
    terminal.press("\r")
    terminal.wait_for("C 1 conflict")
    assert not (desk.book.parent / COPY).exists()
    terminal.wait_for("Arlington")
    here, there = ("Boston", "Arlington") if _city(desk) == "Boston" else ("Arlington", "Boston")
    terminal.press("t")
    terminal.wait_for("Nothing waits")
    terminal.press("u")
    terminal.wait_for("C 1 conflict")
    terminal.press("t")
    terminal.wait_for("Nothing waits")
    terminal.press("\x1b")
    terminal.wait_for("Lena Gast")
    terminal.press("q")
    assert terminal.ended() == 0
    assert here != _city(desk) == there
    assert [path.name for path in (desk.book.parent).rglob(COPY)] == [COPY], "it lies with the backups"
    assert desk.at_rest


def _city(desk: Desk) -> str:
    with book_at(desk.book, at_noon()) as book:
        return book.contact("grace").city
