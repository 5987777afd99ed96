"""A writer that is killed at any moment: what it said was saved is there, and no change is there by half.

`RELCRAFT_KILLS` sets how often; `pytest -m long tests/store/test_killing.py` does it 200 times.
"""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.store.changes import opened

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from relcraft.domain.changes import put
from relcraft.domain.records import Contact
from tests.store.changes import change, opened

path, run = Path(sys.argv[1]), sys.argv[2]
book = opened(path)
number = 0
while True:
    # Two new records and one edit: all of them, or none.
    before = Contact(uid="counter", name="Counter", notes=str(number - 1))
    after = replace(before, notes=str(number), extra={"run": run})
    if number == 0:
        known = book.load().get("contacts", {}).get("counter")
        first = put(None, after)
        first = first if known is None else type(first)(first.table, first.uid, known, first.after)
    else:
        first = put(replace(before, extra={"run": run}), after)
    pair = [put(None, Contact(uid=f"{run}-{number}-{half}", name="x" * (number % 40 * 40))) for half in "ab"]
    book.keep(change(first, *pair))
    print(number, flush=True)
    if number % 5 == 4:
        book.fold()
    number += 1
"""


def written_until_killed(path: Path, run: int, dice: random.Random) -> int:
    """Let a writer write and kill it; return the number of changes that it said were saved."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(run)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    seen = b"".join(writer.stdout.readline() for _ in range(dice.randrange(1, 12)))
    # Anywhere in the next few changes: each takes a fraction of a millisecond to some milliseconds.
    try:
        writer.wait(dice.random() * 0.012)
    except subprocess.TimeoutExpired:
        writer.send_signal(signal.SIGKILL)
    seen += writer.stdout.read()
    writer.stdout.close()
    assert writer.wait() == -signal.SIGKILL
    return seen.count(b"\n")


def check_after_kill(path: Path, acknowledged: dict[int, int]) -> None:
    """Check what is in the files, first as stock TinyDB sees it, then as the next program does."""
    with TinyDB(path, encoding="utf-8") as database:
        check_whole({one["uid"]: dict(one) for one in database.table("contacts")})
    book = opened(path)
    contacts = dict(book.load()["contacts"])
    check_whole(contacts)
    for run, count in acknowledged.items():
        missing = [number for number in range(count) if f"{run}-{number}-a" not in contacts]
        assert not missing, f"run {run} said that {count} changes were saved"
    if random.Random(len(contacts)).random() < 0.5:
        book.close()  # else the next writer finds the files as they are


def check_whole(contacts: dict[str, dict[str, object]]) -> None:
    firsts = {uid[:-2] for uid in contacts if uid.endswith("-a")}
    seconds = {uid[:-2] for uid in contacts if uid.endswith("-b")}
    assert firsts == seconds
    if (counter := contacts.get("counter")) is not None:
        run = str(counter["run"])
        numbers = [int(pair.split("-")[1]) for pair in firsts if pair.split("-")[0] == run]
        assert max(numbers) == int(str(counter["notes"]))


def acknowledged_under_kills(path: Path, kills: int) -> int:
    """Kill a writer so often and look each time; return how many changes were said to be saved, all of them found."""
    dice = random.Random(20260312)
    acknowledged: dict[int, int] = {}
    for run in range(kills):
        acknowledged[run] = written_until_killed(path, run, dice)
        check_after_kill(path, acknowledged)
    return sum(acknowledged.values())


def test_what_was_acknowledged_survives_kills_at_random_moments(path: Path) -> None:
    kills = int(os.environ.get("RELCRAFT_KILLS", "25"))
    assert acknowledged_under_kills(path, kills) >= kills


@pytest.mark.long
def test_what_was_acknowledged_survives_two_hundred_kills(path: Path) -> None:
    kills = int(os.environ.get("RELCRAFT_KILLS", "200"))
    assert acknowledged_under_kills(path, kills) >= kills
