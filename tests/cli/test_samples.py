"""One command over each folder of files that other programs wrote: the sums add up, and a second run brings nothing."""

import pytest

from tests.cli.conftest import CommandLine
from tests.samples import FOLDERS, SAMPLES, tallied

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample files of other programs are not here: ../shared/data"
)
_ME = {
    "mail": ("santa@northpole.example.org", "xxxx@localhost"),
    "whatsapp": ("John",),
    "ics": ("jqpublic@example.com",),
}
"""Who the user is in the files of a folder."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_command_brings_a_whole_folder_in_and_a_second_one_nothing(relcraft: CommandLine, folder: str) -> None:
    mine = [each for one in _ME.get(folder, ()) for each in ("--me", one)]
    first, second = (relcraft("import", SAMPLES / folder, *mine, "--json") for _ in range(2))
    assert (first.code, second.code) == (0, 0)
    assert "Traceback" not in first.err
    for said in (first.json, second.json):
        parts = said["added"] + said["updated"] + said["unchanged"] + len(said["skipped"]) + len(said["ambiguous"])
        assert said["read"] == parts
        assert all(row["where"] and row["why"] for row in said["skipped"])
    assert first.json["added"] > 0
    assert (second.json["added"], second.json["updated"], second.json["made"]) == (0, 0, {})
    assert second.json["read"] == first.json["read"]


def test_each_file_by_itself_adds_up_and_comes_in_once() -> None:
    for name, one in tallied():
        assert one.read == one.added + one.updated + one.unchanged + one.ambiguous + sum(one.skipped.values()), name
        assert one.again == 0, name
