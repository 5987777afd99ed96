"""Several programs on one book, seen on the screen."""

import time

import pytest

from relcraft.store.opening import open_store
from tests.battery.sharing import EDITS, now
from tests.books import person
from tests.pty.conftest import Desk

IN_TIME = 2.0
"""Seconds within which what another program did is on the screen."""


def test_two_screens_on_one_book_show_each_others_changes_within_two_seconds(desk: Desk) -> None:
    desk.fill(person("linus", "Linus"))
    one, other = desk.open(), desk.open()
    for screen in (one, other):
        screen.wait_for("Grace Hopper")
        screen.wait_until_drawn()
    for writes, looks, line in ((one, other, "met Wilma Quist"), (other, one, "met Zeno Abbot")):
        writes.press("a")
        writes.wait_for("esc leave")
        writes.press(f"{line}\r")
        writes.wait_for("esc leave", gone=True)
        looks.wait_for(line.removeprefix("met "), patience=IN_TIME)
    for screen in (one, other):
        screen.press("q")
        assert screen.ended() == 0
    names = {row["name"] for row in desk.stored()["contacts"]}
    assert {"Wilma Quist", "Zeno Abbot", "Grace Hopper"} <= names


@pytest.mark.parametrize("way", ["stock TinyDB", "a new file renamed", "truncated and written"])
def test_an_edit_from_outside_is_on_the_screen_within_two_seconds(desk: Desk, way: str) -> None:
    screen = desk.open()
    screen.wait_for("Grace Hopper")
    screen.press("c")  # something waits in the journal, or was folded a moment ago
    screen.wait_for("message")
    EDITS[way](desk.book, city="Paris")
    screen.wait_for("New Person", patience=IN_TIME)
    screen.press("q")
    assert screen.ended() == 0
    stored = desk.stored()
    assert len(stored["interactions"]) == 1
    assert next(row for row in stored["contacts"] if row["uid"] == "ada")["city"] == "Paris"


def test_a_program_that_does_not_finish_is_told_and_holds_up_the_screen_for_two_seconds(desk: Desk) -> None:
    screen = desk.open()
    screen.wait_for("Grace Hopper")
    screen.wait_until_drawn()
    busy = open_store(desk.book, now=now)
    with busy.alone():
        began = time.monotonic()
        screen.press("c")
        screen.wait_for("Another program is busy", patience=6)
        assert time.monotonic() - began < 4
        screen.press("?")
        screen.wait_for("esc", patience=IN_TIME)
        screen.press("\x1b")
    busy.close()
    screen.wait_until_drawn()
    screen.press("c")
    screen.wait_for("message")
    screen.press("q")
    assert screen.ended() == 0
    assert len(desk.stored()["interactions"]) == 1
