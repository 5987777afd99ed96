"""`relcraft export` in every format, down to what another program, or an empty book, reads of it."""

import json
import stat
from pathlib import Path

import pytest
from icalendar import Calendar

from relcraft.formats.sealing import unseal
from relcraft.store.page_folder import NOTED
from tests import age_v1
from tests.books import person
from tests.cli.conftest import PEOPLE, CommandLine

NAMES = sorted(contact.name for contact in PEOPLE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "people"


def beside(filled: CommandLine, name: str = "other") -> CommandLine:
    """Return a command line over another book, which is not there yet."""
    return CommandLine(filled._capsys, filled._patch, filled.book.parent.parent / name / "book.json")


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["json", "csv", "vcard3", "vcard4", "friends"])
def test_an_empty_book_that_takes_an_export_in_has_everybody(filled: CommandLine, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"all.{name}"
    answer = filled("export", "--format", name, "-o", target)
    told = "12 records" if name == "json" else "5 contacts"
    assert (answer.code, answer.out, answer.err) == (0, "", f"{told} written to {target}.\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert filled("export", "--format", name).out.encode().replace(b"\r\n", b"\n") == target.read_bytes().replace(
        b"\r\n", b"\n"
    )
    other = beside(filled)
    assert other("import", target).code == 0
    assert sorted(each["name"] for each in other.stored("contacts")) == NAMES


def test_friends_md_keeps_who_was_there(filled: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "friends.md"
    filled("export", "--format", "friends", "-o", target)
    assert "- 2026-11-20: Coffee with **Grace Hopper** and **Raj Patel**: CV, compilers, sea\n" in target.read_text()
    other = beside(filled)
    report = other("import", target, "--json").json
    assert report["made"] == {"contacts": 5, "interactions": 3}
    there = {each["name"]: each["uid"] for each in other.stored("contacts")}
    (talk,) = (each for each in other.stored("interactions") if each["summary"] == "CV, compilers, sea")
    assert (talk["kind"], set(talk["contacts"])) == ("coffee", {there["Grace Hopper"], there["Raj Patel"]})


def test_a_calendar_is_what_relcraft_ics_writes(filled: CommandLine) -> None:
    out = filled("export", "--format", "ics").out
    assert out == filled("ics").out
    assert [str(each["SUMMARY"]) for each in Calendar.from_ical(out).walk("VTODO")]


@pytest.mark.parametrize("name", ["vcard4", "friends", "ics"])
def test_every_one_file_can_be_sealed(
    filled: CommandLine, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relcraft.cli.exporting.seal", age_v1.sealed)
    plain, closed, secret = tmp_path / "plain", tmp_path / "closed.age", tmp_path / "secret"
    secret.write_text("correct horse\n")
    filled("export", "--format", name, "-o", plain)
    answer = filled("export", "--format", name, "--encrypt", "--passphrase-file", secret, "-o", closed)
    assert answer.code == 0, answer.err
    assert unseal(closed.read_bytes(), "correct horse") == plain.read_bytes()


def test_pages_come_into_a_folder_of_their_own(filled: CommandLine, folder: Path) -> None:
    answer = filled("export", "--format", "pages", "-o", folder)
    assert (answer.code, answer.err) == (0, f"{folder}: 5 written, 0 removed, 0 as before.\n")
    assert sorted(path.name for path in folder.glob("*.md")) == [f"{name}.md" for name in NAMES]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes(folder) == {0o600}
    page = (folder / "Grace Hopper.md").read_text()
    assert "- 2026-11-20 coffee with [Raj Patel](Raj%20Patel.md): CV, compilers, sea\n" in page
    assert "- 2026-10-12 received: introduction\n" in page
    assert "- [ ] 2026-11-27 send the paper\n" in page


def test_pages_are_kept_up_to_date_and_what_the_user_wrote_stays(filled: CommandLine, folder: Path) -> None:
    filled("export", "--format", "pages", "-o", folder)
    (folder / "Raj Patel.md").write_text("my own words")
    (folder / "own.md").write_text("mine")
    (folder / "New One.md").write_text("also mine")
    (folder / "Grace Kelly.md").unlink()
    filled.fill(person("new", "New One"), person("newer", "Newer One"))
    filled("add", "--new", "coffee with Ada yesterday")
    answer = filled("export", "--format", "pages", "-o", folder)
    assert answer.err == (
        f"{folder}: 3 written, 0 removed, 2 as before.\n"
        "Changed by hand, and left as they are: New One.md and Raj Patel.md.\n"
    )
    assert (folder / "Raj Patel.md").read_text() == "my own words"
    assert (folder / "New One.md").read_text() == "also mine"
    assert (folder / "own.md").read_text() == "mine"
    assert (folder / "Grace Kelly.md").exists()


def test_the_page_of_somebody_deleted_goes_unless_it_was_changed(filled: CommandLine, folder: Path) -> None:
    filled("export", "--format", "pages", "-o", folder)
    (folder / "Raj Patel.md").write_text("my own words")
    other = beside(filled)
    other.fill(person("ada", "Ada Lovelace"))
    answer = other("export", "--format", "pages", "-o", folder)
    assert answer.err == (
        f"{folder}: 1 written, 3 removed, 0 as before.\nChanged by hand, and left as they are: Raj Patel.md.\n"
    )
    assert sorted(path.name for path in folder.glob("*.md")) == ["Ada Lovelace.md", "Raj Patel.md"]
    assert "left as they are" not in other("export", "--format", "pages", "-o", folder).err


def test_pages_never_go_into_a_folder_with_files_of_the_user(filled: CommandLine, folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.md").write_text("mine")
    answer = filled("export", "--format", "pages", "-o", folder)
    assert (answer.code, "an empty folder, or a new one, was expected" in answer.err) == (1, True)
    assert [path.name for path in folder.iterdir()] == ["thesis.md"]


def test_a_link_in_the_folder_is_not_followed(filled: CommandLine, folder: Path, tmp_path: Path) -> None:
    filled("export", "--format", "pages", "-o", folder)
    outside = tmp_path / "outside"
    outside.write_text("mine")
    (folder / "Raj Patel.md").unlink()
    (folder / "Raj Patel.md").symlink_to(outside)
    assert "Raj Patel.md" in filled("export", "--format", "pages", "-o", folder).err
    assert outside.read_text() == "mine"


def test_a_note_of_pages_that_somebody_planted_reaches_nothing_outside(
    filled: CommandLine, folder: Path, tmp_path: Path
) -> None:
    filled("export", "--format", "pages", "-o", folder)
    outside = tmp_path / "outside"
    outside.write_text("")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    noted = json.loads((folder / NOTED).read_text())
    noted["pages"] = {**noted["pages"], "../outside": [empty], "..": [empty], "": [empty], "x": 3}
    (folder / NOTED).write_text(json.dumps(noted))
    assert filled("export", "--format", "pages", "-o", folder).err == f"{folder}: 0 written, 0 removed, 5 as before.\n"
    assert outside.exists()


@pytest.mark.parametrize("more", [(), ("-o", "-"), ("-o", "x", "--encrypt")])
def test_pages_need_a_folder_and_are_not_sealed(filled: CommandLine, more: tuple[str, ...]) -> None:
    assert filled("export", "--format", "pages", *more).code == 2
