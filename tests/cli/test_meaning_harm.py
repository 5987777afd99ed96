"""Names, books and files that mean harm: nothing of them is run, written elsewhere, or keeps anybody waiting."""

import os
import subprocess
from pathlib import Path

import pytest

from relcraft.cli import inputs
from relcraft.cli.templates import FolderTemplates
from tests.books import person
from tests.cli.conftest import CommandLine
from tests.cli.test_completing import BASH, said_by

NAMES = ("$(touch ran)", "`touch ran`", 'a "b" c', "it's $HOME", "back\\slash\\", "wow!!", "semi;touch ran;", "x\ty")
PLAIN = [name.replace("\t", " ") for name in NAMES]


@pytest.fixture
def named(relcraft: CommandLine) -> CommandLine:
    """A command line over a book with names that a shell would run."""
    relcraft.fill(*(person(f"u{at}", f"Kim {name}") for at, name in enumerate(NAMES)))
    return relcraft


@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_bash_runs_nothing_of_a_name_that_it_completed(named: CommandLine, tmp_path: Path, quote: str) -> None:
    words = ["relcraft", "--data-file", str(named.book), "show", f"{quote}Kim"]
    offered = said_by("bash", BASH, words, 4)
    assert len(offered) == len(NAMES)
    line = " ".join(f"{quote}{each}{quote}" for each in offered)
    ran = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {line}"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert sorted(ran.stdout.splitlines()) == sorted(f"Kim {name}" for name in PLAIN)
    assert not (tmp_path / "ran").exists()


PLAIN_UIDS = ("../../away", "/tmp/away", ".hidden", "..", "a\nNOTE:more")
UIDS = (*PLAIN_UIDS, "a\r\nNOTE:more", "half\ud800", "\0")


@pytest.fixture
def from_elsewhere(relcraft: CommandLine) -> CommandLine:
    """A command line over a book whose uids are no names for files."""
    relcraft.fill(*(person(uid, f"Kim {at}", birthday=None) for at, uid in enumerate(UIDS)))
    return relcraft


def test_a_sync_writes_into_its_folder_alone_whatever_the_uids_are(from_elsewhere: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "er" / "cards"
    folder.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    assert from_elsewhere("sync", folder).code == 0
    new = {path for path in set(tmp_path.rglob("*")) - before if from_elsewhere.book.parent not in path.parents}
    assert {path.parent for path in new} == {folder}
    assert len(new) == len(PLAIN_UIDS)
    assert {path.suffix for path in new} == {".vcf"}
    assert b"NOTE:more" not in {line for path in new for line in path.read_bytes().splitlines()}
    again = from_elsewhere("sync", folder, "--json")
    assert again.json["in_step"] == len(PLAIN_UIDS)
    assert [each["file"] for each in again.json["left"]] == ["Kim 5", "Kim 6", "Kim 7"]


@pytest.mark.parametrize("form", ["vcard3", "vcard4", "csv", "friends", "json", "ics"])
def test_such_a_book_is_exported_all_the_same(from_elsewhere: CommandLine, form: str) -> None:
    answer = from_elsewhere("export", "--format", form)
    assert (answer.code, answer.err) == (0, "")
    assert "NOTE:more" not in answer.out.splitlines()


def test_a_config_file_that_is_a_pipe_keeps_nobody_waiting(relcraft: CommandLine, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    answer = relcraft("--config", tmp_path / "pipe", "list", "contacts")
    assert (answer.code, answer.out, answer.err) == (3, "", f"The config file {tmp_path}/pipe is no file.\n")
    assert relcraft("--config", "/dev/null", "list", "contacts").code == 0


def test_another_version_that_is_a_pipe_or_endless_keeps_nobody_waiting(
    filled: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    answer = filled("merge", tmp_path / "pipe")
    assert (answer.code, answer.err) == (1, "pipe could not be read: it is a pipe, and a file was expected.\n")
    with (tmp_path / "vast.json").open("wb") as vast:
        vast.truncate(5_000_000_000)
    assert filled("merge", tmp_path / "vast.json").err.startswith("vast.json has 5.0 GB, and at most 1 GB can be read")
    monkeypatch.setattr(inputs, "_MOST_BYTES", 1000)
    answer = filled("merge", "-", stdin=b"x" * 1001)
    assert (answer.code, answer.err) == (1, "The standard input has more than 1e-06 GB: it was not read.\n")
    assert "more than" not in filled("merge", "-", stdin=b"x" * 1000).err


def test_what_a_config_file_and_templates_say_is_for_the_user_alone(relcraft: CommandLine, tmp_path: Path) -> None:
    config = tmp_path / "some" / "where" / "config.toml"
    before = os.umask(0o022)
    try:
        assert relcraft.plain("--config", config, "config", "--init").code == 0
        FolderTemplates(config.parent / "templates").store("ask", "Hello")
    finally:
        os.umask(before)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "some").rglob("*")}
    assert modes == {"where": "0o700", "config.toml": "0o600", "templates": "0o700", "ask.txt": "0o600"}


def test_of_a_text_with_several_addresses_each_stands_alone(relcraft: CommandLine) -> None:
    relcraft.fill(
        person(
            "k", "Kim", emails=('"Lee, Kim" <kim@x.example>, boss@x.example', "a@b.example\nBcc: c@d.example", "none")
        ),
        person("q", "Quinn", emails=('"quinn quick"@x.example',)),
    )
    lines = relcraft("email", "--aerc", "x.example").out.splitlines()
    assert lines == [
        "kim@x.example\tKim",
        "boss@x.example\tKim",
        "a@b.example\tKim",
        "c@d.example\tKim",
        '"quinn quick"@x.example\tQuinn',
    ]


CARD_IN_IT = "Hi\nBEGIN:VCARD\nVERSION:3.0\nFN:Mallory\nEND:VCARD\n"


@pytest.mark.parametrize(
    "table",
    [
        f'Name,Given Name,Family Name,Notes,E-mail 1 - Value\nKim Lee,Kim,Lee,"{CARD_IN_IT}",kim@x.example\n',
        f'Nom;Courriel;Remarque\nKim Lee;kim@x.example;"{CARD_IN_IT}"\n',
    ],
)
def test_a_card_in_a_note_of_a_table_brings_nobody(relcraft: CommandLine, tmp_path: Path, table: str) -> None:
    (tmp_path / "people.csv").write_text(table, "utf-8")
    assert relcraft("import", tmp_path / "people.csv").code == 0
    assert [each["name"] for each in relcraft.stored("contacts")] == ["Kim Lee"]


def test_an_export_as_csv_comes_in_again_whatever_the_notes_say(relcraft: CommandLine, tmp_path: Path) -> None:
    relcraft.fill(person("k", "Kim Lee", notes=CARD_IN_IT), person("q", "Quinn", notes="### Friends:\n- x"))
    exported = tmp_path / "people.csv"
    exported.write_text(relcraft("export", "--format", "csv").out, "utf-8")
    again = relcraft.plain("--data-file", tmp_path / "again.json", "import", exported, "--json")
    assert (again.json["format"], again.json["added"]) == ("relcraft-csv", 2)


@pytest.mark.parametrize(
    "hidden",
    [
        ("X-A:a\nEND:VCARD\nBEGIN:VCARD\nFN:Mallory",),
        ("END:VCARD", "BEGIN:VCARD", "VERSION:3.0", "FN:Mallory"),
        ("X-A:a\nFN:Mallory",),
    ],
)
def test_no_second_card_hides_in_the_lines_of_one(relcraft: CommandLine, hidden: tuple[str, ...]) -> None:
    lines = ("BEGIN:VCARD", "VERSION:3.0", "FN:Kim Lee", *hidden, "END:VCARD")
    relcraft.fill(person("k", "Kim Lee", vcard=lines))
    assert "FN:Mallory" not in relcraft("export", "--format", "vcard3").out.splitlines()


def test_a_line_without_an_end_is_told_and_the_others_are_added(filled: CommandLine) -> None:
    long = b"x" * 3_000_000
    answer = filled("add", "-", "--json", stdin=b"coffee with Raj\n" + long + b"\nlunch with Ada\n" + long)
    assert (answer.code, answer.json["saved"]) == (1, 2)
    assert answer.json["refused"] == [
        {"line": number, "why": "This line is longer than 1024 kilobytes."} for number in (2, 4)
    ]


def test_what_may_not_be_read_is_no_wrong_usage(filled: CommandLine, tmp_path: Path) -> None:
    config, cards = tmp_path / "config.toml", tmp_path / "cards"
    config.touch()
    cards.mkdir()
    for path in (config, cards, filled.book):
        path.chmod(0)
    if os.access(config, os.R_OK):
        pytest.skip("the superuser may read every file")
    answer = filled("--config", config, "list", "contacts")
    assert (answer.code, answer.err) == (3, f"The config file {config} cannot be opened: Permission denied.\n")
    for arguments in (("list", "contacts"), ("email", "grace"), ("digest", "--short"), ("export",)):
        answer = filled(*arguments)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.endswith("could not be read: it is not allowed.\n")
    filled.book.chmod(0o600)
    assert filled("sync", cards).code == 1
    answer = filled("import", config)
    assert (answer.code, "config.toml: cannot be read" in answer.out) == (1, True)
    cards.chmod(0o700)
