"""The commands `undo` and `redo`: the last 200 changes, whoever made them, in one run after the other."""

import json
from pathlib import Path
from typing import Any

import pytest

from relcraft.cli.wiring import book_at
from relcraft.domain.changes import put
from tests.books import at_noon, person
from tests.cli.conftest import CommandLine
from tests.cli.test_undoing import tables

RUNS, EACH, DEPTH = 5, 50, 200


def test_of_250_changes_in_several_runs_the_last_200_are_undone_and_redone(relcraft: CommandLine) -> None:
    states: list[dict[str, dict[str, Any]]] = []
    for run in range(RUNS):
        with book_at(relcraft.book, at_noon()) as book:
            for number in range(EACH):
                uid = f"p{run}-{number}"
                book.change(f"added {uid}", put(None, person(uid, uid)))
        states.append(tables(relcraft.book))
    for _ in range(DEPTH // EACH):
        with book_at(relcraft.book, at_noon()) as book:
            for _ in range(EACH - 1):
                book.undo()
        assert relcraft("undo").code == 0, "the last one of fifty by the command"
        states.append(tables(relcraft.book))
    assert states[RUNS:] == [states[3], states[2], states[1], states[0]]
    answer = relcraft("undo")
    assert (answer.code, answer.err) == (1, "Nothing to undo.\n")
    for run in range(1, RUNS):
        with book_at(relcraft.book, at_noon()) as book:
            for _ in range(EACH - 1):
                book.redo()
        assert relcraft("redo").code == 0
        assert tables(relcraft.book) == states[run]
    answer = relcraft("redo")
    assert (answer.code, answer.err) == (1, "Nothing to redo.\n")


@pytest.mark.parametrize(
    "act",
    [
        ("add", "coffee with Ada today"),
        ("import", "people.vcf"),
        ("tie", "ada", "raj"),
        ("restore", "backup", "--yes"),
        ("merge", "other.json"),
    ],
    ids=lambda act: str(act[0]),
)
def test_one_command_takes_back_what_another_did(filled: CommandLine, tmp_path: Path, act: tuple[str, ...]) -> None:
    (tmp_path / "people.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Dana Fox\nEND:VCARD\n")
    backup = filled("backup").out.strip()
    filled.fill(person("late", "Late Comer"))
    with book_at(tmp_path / "other.json", at_noon()) as other:
        other.change("elsewhere", put(None, person("dana", "Dana Fox")))
    before = tables(filled.book)
    named = {"people.vcf": str(tmp_path / "people.vcf"), "backup": backup, "other.json": str(tmp_path / "other.json")}
    assert filled(*(named.get(word, word) for word in act)).code == 0
    after = tables(filled.book)
    assert after != before
    answer = filled("undo")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("Undone: ")
    assert tables(filled.book) == before
    answer = filled("redo")
    assert (answer.code, answer.err[:8]) == (0, "Redone: ")
    assert tables(filled.book) == after


def test_the_last_changes_are_listed_the_next_one_first(filled: CommandLine) -> None:
    for name in ("Nora", "Olaf", "Petra"):
        assert filled("add", "--new", f"coffee with {name}").code == 0
    assert filled("undo").code == 0
    lines = filled("undo", "--list").out.splitlines()
    assert "coffee with Olaf" in lines[0]
    assert lines[-1].endswith("filled")
    (again,) = filled("redo", "--list").out.splitlines()
    assert "coffee with Petra" in again
    found = filled("undo", "--list", "--json").json["changes"]
    assert [one["title"] for one in found][-1] == "filled"
    assert all(one["whole"] for one in found)
    before = filled.book.read_bytes()
    filled("undo", "--list")
    assert filled.book.read_bytes() == before, "a list changes nothing"


def test_a_list_of_nothing_says_so(relcraft: CommandLine) -> None:
    for verb in ("undo", "redo"):
        answer = relcraft(verb, "--list")
        assert (answer.code, answer.out, answer.err) == (0, "", f"Nothing to {verb}.\n")
    assert relcraft("undo", "--list", "--json").json == {"changes": []}


def test_what_was_undone_is_told_to_programs(filled: CommandLine) -> None:
    assert filled("undo", "--json").json == {"title": "Undone: filled", "records": 12}


def test_an_undo_leaves_what_another_program_changed_and_names_it(filled: CommandLine) -> None:
    assert filled("add", "--new", "coffee with Nora").code == 0
    read = json.loads(filled.book.read_text())
    (row,) = (row for row, one in read["contacts"].items() if one["name"] == "Nora")
    read["contacts"][row]["city"] = "Oslo"
    filled.book.write_text(json.dumps(read))
    assert "Nora" in filled("undo").err
    assert [one["city"] for one in filled.stored("contacts") if one["name"] == "Nora"] == ["Oslo"]
