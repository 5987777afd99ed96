"""The round with a phone sees it when a sync does one thing wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from relcraft.formats.vcard_writing import rewritten
from relcraft.sync import card_file, vdir
from relcraft.sync.said import Said, Together, together
from tests.peers.carddav import played

Patch = pytest.MonkeyPatch


def _changes_lines(change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Callable[[Patch], None]:
    return lambda patch: patch.setattr(card_file, "rewritten", lambda *words: change(rewritten(*words)))


def _without_foreign(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if not line.startswith("X-"))


def _photo_on_one_line(lines: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for line in lines:
        if found and found[-1].startswith("PHOTO") and line.startswith(" "):
            found[-1] += line[1:]
        else:
            found.append(line)
    return tuple(found)


def _in_order(lines: tuple[str, ...]) -> tuple[str, ...]:
    folds = any(line.startswith(" ") for line in lines)
    return lines if folds else (lines[0], *sorted(lines[1:-1]), lines[-1])


def _the_later_wins(patch: Patch) -> None:
    def won(_base: Said | None, here: Said, there: Said, *, here_is_later: bool) -> Together:
        return Together(here if here_is_later else there)

    patch.setattr(vdir, "together", won)


def _the_other_word_is_not_kept(patch: Patch) -> None:
    patch.setattr(vdir._Sync, "_conflict", lambda *_words: iter(()))


def _without_a_past(patch: Patch) -> None:
    def joined(_base: Said | None, here: Said, there: Said, *, here_is_later: bool) -> Together:
        return together(None, here, there, here_is_later=here_is_later)

    patch.setattr(vdir, "together", joined)


def _deleted_here_stays_there(patch: Patch) -> None:
    patch.setattr(vdir._Sync, "_remove", lambda *_words: None)


def _deleted_there_is_made_again(patch: Patch) -> None:
    original: Any = vdir._Sync._without_card
    patch.setattr(vdir._Sync, "_without_card", lambda self, contact, _row: original(self, contact, None))


@pytest.mark.parametrize(
    ("break_it", "seen"),
    [
        (_changes_lines(_without_foreign), "foreign properties changed"),
        (_changes_lines(_photo_on_one_line), "foreign lines changed"),
        (_changes_lines(_in_order), "foreign lines changed"),
        (_the_later_wins, "lost"),
        (_the_other_word_is_not_kept, "no conflict where one is"),
        (_without_a_past, "conflicts where none is"),
        (_deleted_here_stays_there, "deleted, and back"),
        (_deleted_there_is_made_again, "deleted, and back"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_the_round_sees_a_sync_that_does_one_thing_wrong(
    tmp_path: Path, monkeypatch: Patch, break_it: Callable[[Patch], None], seen: str
) -> None:
    break_it(monkeypatch)
    _play, outcome = played(tmp_path / "all", 0, people=60)
    assert any(problem.startswith(seen) for problem in outcome.wrong())
