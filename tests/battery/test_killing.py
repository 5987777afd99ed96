"""Programs that are killed at any moment: what they said was saved is there, and no change is there by half.

The killing is done by a process of its own, for it forks and has no threads.
"""

import re
import subprocess
import sys

import pytest

from tests.battery.victims import DEEDS, MUTANTS

_ROW = re.compile(r"(\S.*?) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)")


def killed(kills: int, *arguments: str) -> "tuple[int, dict[str, tuple[int, ...]], str]":
    """Return whether anything did not hold, and by deed: kills, acknowledged, lost, half, never said."""
    command = [sys.executable, "-m", "tests.battery.killing", str(kills), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    rows = [found for line in done.stdout.splitlines() if (found := _ROW.fullmatch(line))]
    tallies = {row[1]: tuple(map(int, row.groups()[1:])) for row in rows}
    return done.returncode, tallies, done.stdout + done.stderr


def check(kills: int) -> None:
    code, tallies, told = killed(kills)
    assert code == 0, told
    assert set(tallies) == {*DEEDS, "all"}
    made, acknowledged, *wrong = tallies["all"]
    assert made == kills
    assert acknowledged >= kills
    assert wrong == [0, 0, 0]


def test_a_hundred_kills_lose_nothing_that_was_acknowledged() -> None:
    check(100)


@pytest.mark.long
def test_ten_thousand_kills_lose_nothing_that_was_acknowledged() -> None:
    check(10_000)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_program_that_lies_is_found_out(mutant: str) -> None:
    code, tallies, _told = killed(25, "7", mutant)
    assert code == 1
    _made, _acknowledged, lost, half, _never_said = tallies["all"]
    assert (lost if mutant == "saying too early" else half) > 0
