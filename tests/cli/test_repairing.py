"""`relcraft check --repair`: what can be saved goes into a new file, and the way on is told."""

import json
import shlex
import subprocess
from pathlib import Path

from tests.cli.conftest import CommandLine


def files_of(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file() and each.suffix != ".lock"}


def test_a_cut_book_is_saved_as_far_as_it_goes_and_the_commands_that_are_told_put_it_in_place(
    filled: CommandLine,
) -> None:
    whole = filled.book.read_bytes()
    cut = whole[: whole.index(b'"_changes"') - 30]
    filled.book.write_bytes(cut)
    checked = filled("check")
    assert checked.code == 1
    assert "relcraft check --repair saves that into a new file" in checked.err
    answer = filled("check", "--repair")
    assert answer.code == 0
    assert answer.out.startswith(f"Saved into {filled.book.parent}/book.repaired-")
    assert "5 contacts, 3 interactions, 2 exchanges" in answer.out
    assert files_of(filled.book.parent)["book.json"] == cut
    commands = answer.err.split("To go on with the repaired book: ")[1].splitlines()[0]
    for command in commands.split("; "):
        subprocess.run(shlex.split(command), check=True)
    assert filled("check").code == 0
    assert len(filled.stored("contacts")) == 5
    assert cut in files_of(filled.book.parent).values()


def test_a_repair_never_overwrites_and_its_name_can_be_said(filled: CommandLine, tmp_path: Path) -> None:
    target = tmp_path / "saved.json"
    assert filled("check", "--repair", "-o", target).code == 0
    assert target.read_bytes() == filled.book.read_bytes()
    assert target.stat().st_mode & 0o777 == 0o600
    answer = filled("check", "--repair", "-o", target)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == f"{target} is there already: nothing was written.\n"
    assert filled("check", "-o", target).code == 2


def test_a_whole_book_needs_no_repair(filled: CommandLine) -> None:
    before = files_of(filled.book.parent)
    answer = filled("check", "--repair")
    assert answer.code == 0
    assert "is whole" in answer.out
    assert files_of(filled.book.parent) == before


def test_a_repair_is_told_to_programs(filled: CommandLine) -> None:
    filled.book.write_bytes(filled.book.read_bytes()[:-20])
    answer = filled("check", "--repair", "--json")
    assert answer.json["records"]["contacts"] == 5
    assert answer.json["lost"] == []
    assert json.loads(Path(answer.json["repaired"]).read_bytes())["contacts"]


def test_nothing_of_a_book_is_nothing_to_repair(relcraft: CommandLine) -> None:
    relcraft.book.parent.mkdir()
    relcraft.book.write_bytes(b"[1, 2]")
    answer = relcraft("check", "--repair")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Nothing of a book can be read in book.json")
    assert files_of(relcraft.book.parent) == {"book.json": b"[1, 2]"}


def test_an_edit_from_outside_and_what_lies_beside_are_remarks(filled: CommandLine) -> None:
    filled.book.write_bytes(filled.book.read_bytes().replace(b"Ada Lovelace", b"Ada Lovelade"))
    filled.book.chmod(0o644)
    filled.book.with_name("book.json.tmp").write_bytes(b"{")
    filled.book.with_name("book.sync-conflict-20260312-143000-ABCDEFG.json").write_bytes(b"{}")
    answer = filled("check")
    assert answer.code == 0
    told = answer.err.splitlines()
    assert len(told) == 4
    assert "changed by something other than Relcraft" in told[0]
    assert "0644" in told[1]
    assert "book.json.tmp" in told[2]
    assert "Syncthing" in told[3]
