"""Two sources with people in common and namesakes: who goes by what the screen shows takes nobody for another."""

from pathlib import Path

from tests.two_sources import made, walk


async def test_who_goes_by_what_is_shown_takes_nobody_for_another(tmp_path: Path) -> None:
    sources = made(common=40, same_name=5, alone=15)
    outcome = await walk(sources, tmp_path)
    assert (outcome.taken_for_one, outcome.still_two, outcome.lost) == (0, 0, 0)
    assert outcome.united_by_import + outcome.at_once + outcome.united == 40
    assert outcome.kept_apart == outcome.notes_of_two >= 5
    assert outcome.keys == 3 + outcome.united + outcome.kept_apart
