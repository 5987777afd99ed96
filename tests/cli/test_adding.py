"""The command `add`, down to the file."""

import errno
import os
import subprocess
import sys

import pytest

from relcraft.book import verbs
from relcraft.cli.wiring import book_at
from tests.books import TODAY, at_noon, person
from tests.cli.conftest import CommandLine


def test_a_line_becomes_an_interaction_an_exchange_and_a_follow_up(filled: CommandLine) -> None:
    answer = filled("add", "coffee w/ Ada, Raj yesterday re: Acme <intro:Lee !fri send paper #work")
    assert (answer.code, answer.out) == (0, "")
    assert "Sun 22 Nov" in answer.err
    assert "Fri 27 Nov" in answer.err
    interaction = filled.stored("interactions")[-1]
    assert (interaction["date"], interaction["kind"]) == ("2026-11-22", "coffee")
    assert interaction["contacts"] == ["ada", "raj"]
    exchange = filled.stored("exchanges")[-1]
    assert (exchange["direction"], exchange["kind"], exchange["contact"]) == ("received", "introduction", "ada")
    follow_up = filled.stored("follow_ups")[-1]
    assert (follow_up["date"], follow_up["text"]) == ("2026-11-27", "send paper")
    assert not filled.book.with_name("book.json.journal").exists(), "a command folds as it exits"


def test_words_need_no_quotes(filled: CommandLine) -> None:
    assert filled("add", "called", "Raj", "yesterday").code == 0
    assert filled.stored("interactions")[-1]["contacts"] == ["raj"]


def test_two_graces_are_a_question_with_both_names_and_nothing_is_saved(filled: CommandLine) -> None:
    before = filled.book.read_bytes()
    answer = filled("add", "lunch with Grace")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == '"Grace" could be Grace Hopper or Grace Kelly.\n'
    assert filled.book.read_bytes() == before


def test_a_near_miss_is_a_question(filled: CommandLine) -> None:
    answer = filled("add", "--new", "lunch with Ada Lovelase")
    assert answer.code == 1
    assert "Ada Lovelace" in answer.err


def test_somebody_new_is_added_only_when_that_is_allowed(filled: CommandLine) -> None:
    refused = filled("add", "met Katherine Johnson")
    assert (refused.code, refused.err) == (
        1,
        "Not in the book yet: Katherine Johnson. With --new they are added.\n",
    )
    assert filled("add", "--new", "met Katherine Johnson").code == 0
    assert filled.stored("contacts")[-1]["name"] == "Katherine Johnson"


def test_a_dry_run_tells_and_saves_nothing(filled: CommandLine) -> None:
    before = filled.book.read_bytes()
    answer = filled("add", "--dry-run", "coffee with Ada yesterday >feedback")
    assert answer.code == 0
    assert answer.out == "coffee · Sun 22 Nov · Ada Lovelace\n> feedback given\n"
    assert "dry run" in answer.err
    assert filled.book.read_bytes() == before


def test_lines_from_the_input_are_each_on_their_own(filled: CommandLine) -> None:
    lines = b"called Raj yesterday\n\nlunch with Grace\n\xff\xfe\ncoffee with Ada >advice:on engines\r\n"
    answer = filled("add", "-", stdin=lines)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.splitlines() == [
        'line 3: "Grace" could be Grace Hopper or Grace Kelly.',
        "line 4: This is no text in UTF-8.",
        "2 lines saved, 2 not.",
    ]
    assert [each["contacts"] for each in filled.stored("interactions")[-2:]] == [["raj"], ["ada"]]
    assert filled.stored("exchanges")[-1]["text"] == "on engines"


def test_lines_from_the_input_that_are_all_good_end_well(filled: CommandLine) -> None:
    answer = filled("add", "-", stdin="\ufeffcalled Raj\nmet Ada\n".encode())
    assert (answer.code, answer.err) == (0, "2 lines saved.\n")


def test_a_dry_run_of_many_lines_tells_each(filled: CommandLine) -> None:
    answer = filled("add", "-", "--dry-run", stdin=b"called Raj\n")
    assert answer.out == "line 1: call · Mon 23 Nov · Raj Patel\n"
    assert len(filled.stored("interactions")) == 3


@pytest.mark.parametrize("line", ["", "   ", "every 6w"])
def test_a_line_that_says_nothing_is_refused_in_words(filled: CommandLine, line: str) -> None:
    answer = filled("add", line)
    assert answer.code == 1
    assert answer.err.count("\n") == 1


def test_what_a_line_hides_is_not_stored(filled: CommandLine) -> None:
    assert filled("add", "called Raj \x1b]0;x\x07 \u202e[red]hi[/red]").code == 0
    stored = filled.stored("interactions")[-1]["summary"]
    assert not set(stored) & set("\x1b\x07\u202e")
    assert "[red]hi[/red]" in stored


def test_a_line_about_nobody_says_how_to_name_somebody(filled: CommandLine) -> None:
    answer = filled("add", "Grace called me")
    assert answer.err.splitlines()[-1] == "  (nobody is named in it: @Name says whom it is about)"
    assert "contacts" not in filled.stored("interactions")[-1]
    assert "nobody" not in filled("add", "called Raj").err


def test_an_unknown_name_after_an_at_sign_can_be_said_to_be_somebody_new(filled: CommandLine) -> None:
    answer = filled("add", "coffee @Zoltan")
    assert '"Zoltan" stays text (somebody new: @"Zoltan")' in answer.err
    assert filled("add", "--new", 'coffee @"Zoltan"').code == 0
    assert filled.stored("contacts")[-1]["name"] == "Zoltan"


def test_what_was_typed_is_echoed_as_it_is_stored(filled: CommandLine) -> None:
    answer = filled("add", "called Raj see (tab: two)")
    assert '"see (tab: two)"' in answer.err
    assert filled.stored("interactions")[-1]["summary"] == "see (tab: two)"


def test_two_people_of_one_name_are_told_apart_by_an_address(relcraft: CommandLine) -> None:
    relcraft.fill(
        person("one", "Sam Lee", organisation="Acme", emails=("sam@acme.example",)),
        person("two", "Sam Lee", organisation="Navy", emails=("sam@navy.example",)),
    )
    asked = relcraft("add", "coffee with Sam Lee")
    assert (asked.code, asked.err) == (1, '"Sam Lee" could be Sam Lee (Acme) or Sam Lee (Navy).\n')
    assert relcraft("add", "coffee with Sam@navy.example yesterday").code == 0
    assert relcraft("add", "<advice@sam@acme.example:cv").code == 0
    assert relcraft.stored("interactions")[-1]["contacts"] == ["two"]
    assert relcraft.stored("exchanges")[-1]["contact"] == "one"


def test_who_types_lines_hears_how_to_end_and_what_each_became(filled: CommandLine) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "relcraft", "--data-file", str(filled.book), "--today", TODAY.isoformat()]
    with subprocess.Popen([*command, "add", "-"], stdin=theirs, stderr=subprocess.PIPE) as adding:
        os.close(theirs)
        os.write(ours, b"called Raj\n\x04")
        _out, told = adding.communicate(timeout=30)
    os.close(ours)
    assert told.decode().splitlines() == [
        "One line each; ctrl+d ends.",
        "line 1: call · Mon 23 Nov · Raj Patel",
        "1 line saved.",
    ]


def test_what_was_saved_is_told_as_saved_even_where_the_disk_has_no_room_for_the_whole_file(
    filled: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr("relcraft.store.files.Files.replace", full)
        answer = filled("add", "lunch with Raj")
    assert answer.code == 0
    assert "the disk is full" in answer.err
    assert "Nothing is lost" in answer.err
    assert "Saved:\n  lunch" in answer.err
    assert "lunch" not in {each["kind"] for each in filled.stored("interactions")}
    assert filled("list", "interactions").out.count("lunch") == 1
    assert "lunch" in {each["kind"] for each in filled.stored("interactions")}


def test_nothing_is_said_to_wait_where_somebody_deleted_the_book_and_its_journal(
    filled: CommandLine, capsys: pytest.CaptureFixture[str]
) -> None:
    with book_at(filled.book, at_noon()) as book:
        verbs.add_tag(book, ["raj"], "climbing")
        for file in (filled.book, filled.book.with_name("book.json.journal")):
            file.unlink()
    said = capsys.readouterr().err
    assert "is gone" in said
    assert "Nothing is lost" not in said


def test_an_ask_is_added_and_help_closes_it(filled: CommandLine) -> None:
    asked = filled("add", "coffee w/ Raj yesterday ?referral:Acme data team")
    assert asked.code == 0
    assert '? ask for a referral "Acme data team" · asked Sun 22 Nov in person' in asked.err
    tried = filled("add", "--dry-run", "<referral@raj")
    assert 'closes your ask "Acme data team"\n' in tried.out
    kept = filled("add", "--leave-open", "<referral@raj")
    assert 'leaves your ask "Acme data team" open\n' in kept.err
    assert [step["state"] for step in filled.stored("asks")[-1]["steps"]] == ["asked"]
    assert filled("add", "<referral@raj").code == 0
    ask = filled.stored("asks")[-1]
    assert [step["state"] for step in ask["steps"]] == ["asked", "helped"]
    assert filled.stored("exchanges")[-1]["ask"] == ask["uid"]


def test_an_ask_of_nobody_is_a_question(filled: CommandLine) -> None:
    answer = filled("add", "?advice:where to begin")
    assert (answer.code, answer.err) == (1, "Nobody is named who is asked for the advice: ?advice@grace.\n")


def test_lines_from_the_input_are_told_by_number_as_json(filled: CommandLine) -> None:
    answer = filled("add", "-", "--json", stdin=b"called Raj yesterday\n\nlunch with Grace\n\xff\n")
    assert (answer.code, answer.err) == (1, "")
    assert answer.json == {
        "saved": 1,
        "lines": [{"line": 1, "told": ["call · Sun 22 Nov · Raj Patel"]}],
        "refused": [
            {"line": 3, "why": '"Grace" could be Grace Hopper or Grace Kelly.'},
            {"line": 4, "why": "This is no text in UTF-8."},
        ],
    }
    assert len(filled.stored("interactions")) == 4


def test_one_line_is_told_as_json_too(filled: CommandLine) -> None:
    answer = filled("add", "called Raj yesterday", "--json", "--dry-run")
    assert answer.json["lines"] == [{"line": 1, "told": ["call · Sun 22 Nov · Raj Patel"]}]
    assert len(filled.stored("interactions")) == 3
