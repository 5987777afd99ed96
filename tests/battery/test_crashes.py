"""A crash between any two calls of the disk: all that was acknowledged is there, nothing by half, and the battery sees.

Here each disk is one of a bounded number; `python -m tests.battery.crashes` looks at all of them, and
`python -m tests.battery.mutants` looks for each mutant in every story.
"""

import pytest

from tests.battery.crashes import crashed, cut_off
from tests.battery.mutants import CAUGHT_BY, RULES, Mutant, caught_by, mutants, not_played, shown, sites
from tests.battery.protocols import PROTOCOLS, SEQUELS, Protocol, Sequel
from tests.battery.states import BOUNDED, FULL, SHORT
from tests.battery.writings import WRITINGS, written

STORIES: dict[str, Protocol | Sequel] = {story.name: story for story in (*PROTOCOLS, *SEQUELS)}


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.name)
def test_every_crash_leaves_all_that_was_acknowledged_and_nothing_by_half(protocol: Protocol) -> None:
    tally = crashed(protocol, BOUNDED)
    assert (tally.lost, tally.phantom, tally.unusable, tally.first) == (0, 0, 0, "")
    assert tally.crashes > tally.disks > tally.calls


@pytest.mark.parametrize("sequel", SEQUELS, ids=lambda sequel: sequel.name)
def test_who_goes_on_after_a_program_that_was_cut_off_loses_nothing_in_a_crash(sequel: Sequel) -> None:
    tally = cut_off(sequel, SHORT)
    assert (tally.lost, tally.phantom, tally.unusable, tally.first) == (0, 0, 0, "")
    assert tally.crashes > tally.disks > tally.calls


@pytest.mark.parametrize("name", WRITINGS)
def test_every_crash_leaves_what_is_written_beside_a_book_whole(name: str) -> None:
    found = written(name)
    assert found.problem == ""
    assert found.crashes > 10


@pytest.fixture(scope="module")
def places() -> set[str]:
    return sites()


def test_every_place_that_makes_something_durable_is_played(places: set[str]) -> None:
    assert not_played(places) == []


def known_for(mutant: Mutant) -> list[Protocol | Sequel]:
    return [STORIES[name] for name in (CAUGHT_BY[mutant.name],) if name in STORIES]


def test_leaving_out_any_one_place_that_makes_something_durable_is_caught(places: set[str]) -> None:
    left_out = [mutant for mutant in mutants(places) if mutant.left_out]
    assert {f"not made durable: {shown(place)}" for place in places} <= CAUGHT_BY.keys()
    missed = [mutant.name for mutant in left_out if not caught_by(mutant, known_for(mutant))[0]]
    assert missed == []
    assert len(left_out) >= 20


@pytest.mark.parametrize("mutant", RULES, ids=lambda mutant: mutant.name)
def test_a_store_that_does_one_thing_wrong_is_caught(mutant: Mutant) -> None:
    assert caught_by(mutant, known_for(mutant))[0] == CAUGHT_BY[mutant.name]


@pytest.mark.long
@pytest.mark.parametrize("name", STORIES)
def test_every_crash_at_every_byte_leaves_all_that_was_acknowledged(name: str) -> None:
    story = STORIES[name]
    tally = cut_off(story, BOUNDED) if isinstance(story, Sequel) else crashed(story, FULL)
    assert (tally.wrong, tally.first) == (0, "")
