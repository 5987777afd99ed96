"""Times the program on a pty and one durable change, each beside a floor measured in the same run.

Usage: python -m tests.bench.people_bench [CONTACTS [INTERACTIONS]]
Needs the program installed in the Python that runs this.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.store.opening import open_store
from tests.bench import big_book
from tests.bench.terminal import Terminal

RUNS = 5
KEYS = 15
BLOCKS = 4
CHANGES = 100
BACKSPACE = "\x7f"
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready to measure")
Empty().run()
"""
RELCRAFT = [sys.executable, "-m", "relcraft", "--today", "2026-11-23", "--data-file"]


def main(contacts: int = 10_000, interactions: int = 200_000) -> None:
    """Print one line a figure: the median, and the ratio to its floor."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        big, small = Path(folder, "big.json"), Path(folder, "small.json")
        big_book.write(big, contacts, interactions)
        big_book.write(small, 500, 10_000)
        print(f"{contacts} contacts, {interactions} interactions, {big.stat().st_size / 1e6:.0f} MB")
        first_frames(big)
        keys(big)
        for path in (small, big):
            durable_changes(path)
        commands(big)


def say(what: str, seconds: float, floor: float | None = None, floor_is: str = "") -> None:
    """Print one figure."""
    ratio = f"   {seconds / floor:5.2f} x {floor_is} ({floor * 1000:.2f} ms)" if floor else ""
    print(f"{what:46} {seconds * 1000:9.2f} ms{ratio}")


def median_start(words: list[str], text: str) -> float:
    """Return the median time from the start of a program until `text` is on its way to the screen."""
    times = []
    for _ in range(RUNS + 1):
        with Terminal(words) as terminal:
            times.append(terminal.wait_for(text))
    return statistics.median(times[1:])  # the first run may have to compile


def first_frames(big: Path) -> None:
    """Time the first frame of an empty app, of the sample book and of a big book."""
    empty = median_start([sys.executable, "-c", EMPTY_APP], "ready to measure")
    say("first frame, empty Textual app", empty)
    demo = [sys.executable, "-m", "relcraft", "--today", "2026-11-23", "demo"]
    say("first frame, sample book", median_start(demo, "due first"), empty, "an empty app")
    say("first frame, big book", median_start([*RELCRAFT, str(big)], "due first"), empty, "an empty app")


def keys(big: Path) -> None:
    """Time cursor keys and filter keys, to the last byte."""
    with Terminal([*RELCRAFT, str(big)]) as terminal:
        terminal.wait_for("due first")
        terminal.settle()
        say("cursor key", statistics.median(terminal.press("j") for _ in range(KEYS)))
        terminal.send("/")
        terminal.settle()
        typed = "".join(f"{word}{BACKSPACE * len(word)}" for word in ("rosa", "tran", "hall"))
        times = [terminal.press(key) for key in typed]
        say("filter key, median", statistics.median(times))
        say("filter key, slowest", max(times))


def durable_changes(path: Path) -> None:
    """Time consecutive durable changes through the book, beside append and fdatasync of the same bytes."""

    def clock() -> datetime:
        return datetime(2026, 11, 23, 12, tzinfo=UTC)

    book = Book(open_store(path, now=clock), clock)
    person = book.ordered()[0]
    first = timed(lambda: verbs.in_touch_today(book, [person]))
    journal = path.with_name(path.name + ".journal")
    before = journal.stat().st_size
    floor_file = os.open(path.with_name("floor"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    times, floors = [], []
    for _ in range(BLOCKS):  # of each several in a row, as they are made: disks answer alternating files otherwise
        times += [timed(lambda: verbs.in_touch_today(book, [person])) for _ in range(CHANGES)]
        line = b"x" * ((journal.stat().st_size - before) // len(times))
        floors += [timed(lambda: append(floor_file, line)) for _ in range(CHANGES)]  # noqa: B023  # called at once
    os.close(floor_file)
    floor = statistics.median(floors)
    label = f"{book.count(type(book.contact(person)))} contacts"
    say(f"one durable change, {label}", statistics.median(times), floor, "append + fdatasync")
    say("  the first one of a session", first)
    fold = timed(book.fold)
    say("  fold", fold)
    say("  the first one after a fold", timed(lambda: verbs.in_touch_today(book, [person])))
    book.close()


def timed(act: Callable[[], object]) -> float:
    """Return the seconds that `act` takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def append(file: int, line: bytes) -> None:
    """Append a line and wait until it is on the disk."""
    os.write(file, line)
    os.fdatasync(file)


def commands(big: Path) -> None:
    """Time `relcraft list contacts --json` as a whole process, beside bare Python."""
    bare, listing = [], []
    for _ in range(RUNS):
        bare.append(timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)))
        words = [*RELCRAFT, str(big), "list", "contacts", "--json"]
        started = time.perf_counter()
        done = subprocess.run(words, check=True, capture_output=True)
        listing.append(time.perf_counter() - started)
        assert json.loads(done.stdout)["contacts"]
    say("relcraft list contacts --json", statistics.median(listing), statistics.median(bare), "bare Python")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
