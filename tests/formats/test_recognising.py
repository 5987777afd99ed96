"""Every file that other programs wrote is taken by one format, the one it is of, by what is in it."""

from pathlib import Path

import pytest

from relcraft.formats.reading import HEAD_BYTES
from relcraft.formats.registry import formats
from tests.formats.rows import SAMPLES

_MEANT = {
    "csv-contacts/releases-comm-central": "thunderbird-csv",
    "csv-contacts/roundcubemail__gmail": "google-csv",
    "csv-contacts/roundcubemail__outlook": "outlook-csv",
    "csv-contacts/roundcubemail__email": "csv",
    "friends-md/": "friends",
    "ics/notmuch__text-calendar.eml": "mail",
    "ics/": "calendar",
    "linkedin/": "linkedin",
    "mail/enron-graph__sample-small.csv": None,
    "mail/maildir": "mail",
    "mail/": "mbox",
    "monica/": "monica",
    "vcard/": "vcard",
    "whatsapp/": "whatsapp",
}
"""Which format a sample is of, by how its path begins; the first that fits. Where its module is not there, nobody's."""


def samples() -> list[Path]:
    found = (path for path in SAMPLES.rglob("*") if path.is_file()) if SAMPLES.is_dir() else ()
    return sorted(path for path in found if path.name != "SOURCES.md" and path.parent != SAMPLES)


def meant(path: Path) -> str | None:
    place = str(path.relative_to(SAMPLES))
    if path.suffix == ".vcf":
        return "vcard"
    return next((name for begin, name in _MEANT.items() if place.startswith(begin)), None)


@pytest.mark.skipif(not samples(), reason="the sample files of other programs are not here: ../shared/data")
@pytest.mark.parametrize("path", samples(), ids=lambda path: str(path.relative_to(SAMPLES)))
def test_a_file_of_another_program_is_taken_by_the_format_that_it_is_of(path: Path) -> None:
    head = path.read_bytes()[:HEAD_BYTES]
    known = {each.name for each in formats()}
    first = next((each.name for each in formats() if each.recognises(head)), None)
    wanted = meant(path)
    assert first == (wanted if wanted in known else first if first == "csv" else None)
