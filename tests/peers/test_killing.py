"""`relcraft sync` is killed at any moment: the next sync makes it good, nobody is there twice, nothing is lost."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.peers.carddav import edit_book, edit_phone, fill, foreign_of
from tests.peers.outcome import Play, outcome_of
from tests.peers.server import Setup

_PEOPLE = 40
_LONGEST = 0.3
"""Seconds after which a first sync is killed at the latest; a later one takes half as long."""
_PROGRAM = """
import sys
import relcraft.cli.syncing, relcraft.book.open, relcraft.store, relcraft.formats.vcard
from relcraft.cli.main import run
print("ready", flush=True)
sys.exit(run(sys.argv[1:]))
"""
"""What `relcraft` runs, which says when it has been loaded and begins."""


class Doomed:
    """`relcraft sync` on our folder, in a process of its own."""

    def __init__(self, setup: Setup) -> None:
        empty = setup.book_file.with_name("none.toml")
        empty.touch()
        words: list[str | Path] = ["--data-file", setup.book_file, "--config", empty, "sync", setup.ours]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def is_killed(self, seconds: float) -> bool:
        """Kill it after so many seconds; return whether it was still at work."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._process.communicate(timeout=60)
        return self._process.returncode != 0


def a_play(place: Path, dice: Random) -> Play:
    play = Play(Setup.without_server(place), dice, _PEOPLE)
    fill(play)
    return play


def killed(place: Path, seed: int, *, first: bool) -> tuple[list[str], bool, bool]:
    """Kill a sync; return what is wrong after the next one, whether it was at work, and whether cards were written."""
    dice, longest = Random(seed), _LONGEST if first else _LONGEST / 2
    play = a_play(place, Random(seed))
    setup = play.setup
    before = foreign_of(setup)
    if not first:
        setup.relcraft()
        edit_phone(play)
        before = foreign_of(setup)
        edit_book(play)
    cards = _cards(setup)
    at_work = Doomed(setup).is_killed(dice.random() * longest)
    wrote = _cards(setup) != cards
    rounds = 1
    while not setup.round().quiet and rounds < 4:
        rounds += 1
    return outcome_of(play, before, rounds, 0).wrong(), at_work, wrote


def _cards(setup: Setup) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in setup.ours.glob("*.vcf")}


@pytest.mark.parametrize("seed", range(5))
def test_a_sync_that_is_killed_is_made_good_by_the_next_one(tmp_path: Path, seed: int) -> None:
    wrong, _at_work, _wrote = killed(tmp_path, seed, first=seed % 2 == 0)
    assert wrong == []


@pytest.mark.long
def test_thirty_syncs_that_are_killed_lose_nothing(tmp_path: Path) -> None:
    all_of_it = [killed(tmp_path / str(seed), seed, first=seed % 3 == 0) for seed in range(100, 130)]
    assert [wrong for wrong, _at_work, _wrote in all_of_it if wrong] == []
    at_work = sum(at_work for _wrong, at_work, _wrote in all_of_it)
    halfway = sum(at_work and wrote for _wrong, at_work, wrote in all_of_it)
    print(f"30 syncs: {at_work} killed at work, {halfway} of them after cards were written")
    assert at_work >= 15
    assert halfway >= 5
