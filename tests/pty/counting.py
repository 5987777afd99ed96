"""Counts the keys that common things take, in a real terminal on the sample book.

Usage: python -m tests.pty.counting
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from relcraft.sample import sample_records
from relcraft.store import write_book
from tests.books import TODAY
from tests.pty.keys import Hand
from tests.pty.terminal import Terminal


def log_a_coffee(hand: Hand) -> None:
    """A coffee with two people yesterday, an introduction received, a follow-up on Friday."""
    hand.press("a")
    hand.see("esc leave")
    hand.type("coffee w/ Marit, Yaw yesterday <intro !fri send the map")
    hand.see("! Fri 27 Nov")
    hand.press("enter")
    hand.see("Saved")


def draft_and_send(hand: Hand) -> None:
    """An ask of who is selected, with its chance, noted as asked."""
    hand.press("A")
    hand.see("Room to ask")
    hand.type("a word to your editor")
    hand.press(*["tab"] * 6, "6")
    hand.see("of 10, 60 %")
    hand.press("ctrl+s")
    hand.see("Asked: ask to")


def ask_in_a_line(hand: Hand) -> None:
    """The same in one line, without a chance."""
    hand.press("a")
    hand.see("esc leave")
    hand.type("?advice@marit:a word to your editor")
    hand.see("? ask Marit Solvang")
    hand.press("enter")
    hand.see("Saved")


def let_rest(hand: Hand) -> None:
    """The ask under the cursor comes to rest: on Asks, from People."""
    hand.press("3")
    hand.see("Ended")
    hand.press("l")
    hand.terminal.wait_until_drawn()
    hand.press("X")
    hand.see("rest")


def brief(hand: Hand) -> None:
    """The brief on a person found by name."""
    hand.press("p")
    hand.terminal.wait_until_drawn()
    hand.type("mar")
    hand.terminal.wait_until_drawn()
    hand.press("enter")
    hand.see("Marit Solvang")
    hand.press("b")
    hand.see("esc close")


def path(hand: Hand) -> None:
    """The ways to an organisation."""
    hand.press("6")
    hand.see("To  ")
    hand.type("fenm")
    hand.terminal.wait_until_drawn()
    hand.press("enter")
    hand.see("way")


TASKS: tuple[Callable[[Hand], None], ...] = (log_a_coffee, draft_and_send, ask_in_a_line, let_rest, brief, path)


def count(task: Callable[[Hand], None]) -> int:
    """Do one task in a program of its own, and return how many keys it took."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.json"
        write_book(book, sample_records(TODAY))
        environment = {**os.environ, "HOME": folder}
        with Terminal(
            ("--data-file", book, "--today", TODAY.isoformat()), environment=environment, columns=100, rows=30
        ) as terminal:
            hand = Hand(terminal)
            hand.see("6 Paths")
            terminal.wait_until_drawn()
            task(hand)
            return hand.presses


def main() -> None:
    """Count them all."""
    for task in TASKS:
        sys.stdout.write(f"{count(task):>4}  {(task.__doc__ or '').rstrip('.')}\n")


if __name__ == "__main__":
    main()
