"""Rows as tests ask for them: the people, the skips, and where the files of other programs lie."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from relcraft.domain.incoming import Incoming, Row, Skipped
from relcraft.domain.records import Contact

SAMPLES = Path(__file__).parents[2] / ".." / "shared" / "data"


def sample_folder(name: str) -> Path:
    """Return a folder of files that other programs wrote; skips the test where there is none."""
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip(f"the sample files of other programs are not here: {SAMPLES.name}/{name} beside the project")
    return folder


def people(rows: Iterable[Row]) -> list[Contact]:
    return [row.contact for row in rows if isinstance(row, Incoming)]


def skips(rows: Iterable[Row]) -> list[tuple[str, str]]:
    return [(row.where, row.why) for row in rows if isinstance(row, Skipped)]


def notes(rows: Iterable[Row]) -> list[str]:
    return [note for row in rows if isinstance(row, Incoming) for note in row.notes]
