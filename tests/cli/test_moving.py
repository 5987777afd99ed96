"""The commands `import` and `export`, down to the file."""

import errno
import json
import stat
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from relcraft.store.files import Files
from tests.cli.conftest import CommandLine

CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
FN:Katherine Johnson\r
N:Johnson;Katherine;;;\r
EMAIL:katherine@nasa.example\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
TEL:+1 555 0100\r
END:VCARD\r
"""
LINKEDIN = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Mary,Jackson,https://www.linkedin.com/in/mary,mary@nasa.example,NASA,Engineer,08 Feb 2026
,,,,,,09 Feb 2026
"""


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    path = tmp_path / "people.vcf"
    path.write_text(CARDS, newline="")
    return path


@pytest.fixture
def connections(tmp_path: Path) -> Path:
    path = tmp_path / "Connections.csv"
    path.write_text(LINKEDIN)
    return path


def test_people_from_both_worlds_are_taken_in_and_a_second_import_changes_nothing(
    relcraft: CommandLine, cards: Path, connections: Path
) -> None:
    report = relcraft("import", "--json", cards, connections).json
    assert {key: report[key] for key in ("read", "added", "updated", "unchanged", "ambiguous")} == {
        "read": 4,
        "added": 2,
        "updated": 0,
        "unchanged": 0,
        "ambiguous": [],
    }
    assert "vcard" in report["format"]
    assert [set(each) >= {"where", "why"} for each in report["skipped"]] == [True, True]
    assert "people.vcf, line 7" in report["skipped"][0]["where"]
    assert [each["name"] for each in relcraft.stored("contacts")] == ["Katherine Johnson", "Mary Jackson"]
    before = relcraft.book.read_bytes()
    again = relcraft("import", "--json", cards, connections).json
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert relcraft.book.read_bytes() == before


def test_the_report_for_people_says_file_line_and_reason(relcraft: CommandLine, cards: Path) -> None:
    answer = relcraft("import", cards)
    first, second = answer.out.splitlines()
    assert first == "2 read: 1 added, 0 updated, 0 unchanged, 1 skipped, 0 ambiguous"
    assert second.startswith("skipped: people.vcf, line 7: ")
    assert answer.code == 0


def test_a_dry_run_writes_nothing(relcraft: CommandLine, cards: Path) -> None:
    answer = relcraft("import", "--dry-run", cards)
    assert "1 added" in answer.out
    assert "dry run" in answer.err
    assert not relcraft.book.exists()


def test_the_standard_input_can_be_imported(relcraft: CommandLine) -> None:
    report = relcraft("import", "--json", "-", stdin=CARDS.encode()).json
    assert (report["format"], report["added"]) == ("vcard", 1)


def test_the_standard_input_is_imported_alone(relcraft: CommandLine, cards: Path) -> None:
    answer = relcraft("import", "-", cards, stdin=CARDS.encode())
    assert (answer.code, answer.out) == (2, "")
    assert "stands alone" in answer.err
    assert not relcraft.book.exists()


def test_an_endless_input_is_read_no_further_than_a_file_would_be(
    relcraft: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relcraft.formats.reading.MAX_BYTES", 100)
    answer = relcraft("import", "-", stdin=CARDS.encode())
    assert answer.code == 1
    assert "the standard input: is larger than" in answer.out


def test_a_format_can_be_named(relcraft: CommandLine, cards: Path) -> None:
    assert relcraft("import", "--format", "vcard", cards).code == 0
    assert relcraft("import", "--format", "fax", cards).code == 2


def test_what_cannot_be_read_is_told_and_ends_with_one(relcraft: CommandLine, tmp_path: Path) -> None:
    noise = tmp_path / "noise.bin"
    noise.write_bytes(bytes(range(256)))
    answer = relcraft("import", noise, tmp_path / "missing.vcf", "--json")
    assert answer.code == 1
    assert [each["where"] for each in answer.json["skipped"]] == [str(tmp_path / "missing.vcf"), "noise.bin"]
    assert not relcraft.book.exists()


def test_the_whole_book_is_exported_to_the_output_or_a_private_file(filled: CommandLine, tmp_path: Path) -> None:
    shown = filled("export", "--format", "json").json
    assert {each["name"] for each in shown["contacts"]} >= {"Ada Lovelace", "Old Friend"}
    assert {len(shown[table]) for table in ("interactions", "exchanges", "follow_ups")} == {3, 2}
    target = tmp_path / "all.json"
    answer = filled("export", "-o", target)
    assert (answer.code, answer.out) == (0, "")
    assert json.loads(target.read_bytes()) == shown
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_an_export_never_lands_on_the_book_itself(filled: CommandLine) -> None:
    before = filled.book.read_bytes()
    link = filled.book.with_name("link.json")
    link.symlink_to(filled.book)
    for target in (filled.book, link, filled.book.with_name("book.json.journal")):
        answer = filled("export", "-o", target)
        assert answer.code == 1
        assert "belongs to the book itself" in answer.err
    assert filled.book.read_bytes() == before


def test_an_export_goes_through_a_pipe_that_is_named(filled: CommandLine) -> None:
    command = [sys.executable, "-m", "relcraft", "--data-file", str(filled.book), "export", "-o", "/dev/stdout"]
    assert len(json.loads(subprocess.check_output(command, stderr=subprocess.DEVNULL))["contacts"]) == 5


def test_an_export_into_a_folder_that_is_not_there_is_told(filled: CommandLine, tmp_path: Path) -> None:
    answer = filled("export", "-o", tmp_path / "none" / "all.json")
    assert (answer.code, answer.err) == (1, f"There is no folder {tmp_path / 'none'}: the file was not written.\n")


def test_an_export_that_cannot_be_written_names_the_file_that_was_asked_for(
    filled: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_files: Files, path: Path, _data: bytes) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("relcraft.store.whole_files.write_new", refuse)
    target = tmp_path / "all.json"
    answer = filled("export", "-o", target)
    assert (answer.code, answer.err) == (1, f"{target} could not be written: it is not allowed.\n")


def test_the_contacts_go_to_a_spreadsheet_and_come_back(filled: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "people.csv"
    answer = filled("export", "--format", "csv", "-o", target)
    assert (answer.code, answer.err) == (0, f"5 contacts written to {target}.\n")
    assert filled("export", "--format", "csv").out.encode() == target.read_bytes()
    report = filled("import", "--json", target).json
    assert (report["format"], report["read"], report["unchanged"]) == ("relcraft-csv", 5, 5)
    other = tmp_path / "other.json"
    taken = filled.plain("--data-file", other, "import", target)
    assert taken.out == "5 read: 5 added, 0 updated, 0 unchanged, 0 skipped, 0 ambiguous\n"


def test_the_archive_of_a_network_is_imported_as_it_came(relcraft: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "Basic_LinkedInDataExport.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("Connections.csv", LINKEDIN)
        archive.writestr("../Connections.csv", LINKEDIN)
    answer = relcraft("import", path)
    first, second, third = answer.out.splitlines()
    assert first == "3 read: 1 added, 0 updated, 0 unchanged, 2 skipped, 0 ambiguous"
    assert second.startswith("skipped: Basic_LinkedInDataExport.zip: Connections.csv, line 3: is a hidden member")
    assert third.endswith("../Connections.csv: has a name that leads out of the archive")
    report = relcraft("import", "--json", "-", stdin=path.read_bytes()).json
    assert (report["format"], report["unchanged"]) == ("linkedin", 1)
