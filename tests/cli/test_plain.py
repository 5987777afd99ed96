"""Plain lines, for screen readers."""

import re

import pytest

from relcraft.sample import sample_records
from tests.books import TODAY
from tests.cli.conftest import CommandLine

_LINE = re.compile(r"[^:]{1,60}: \S.*")
_DRAWN = re.compile(r"[\u2500-\u259f\u25a0-\u25ff▮·═─]|\S {2,}|\t")


@pytest.fixture
def sample(relcraft: CommandLine) -> CommandLine:
    """A command line over the sample book."""
    relcraft.fill(*sample_records(TODAY))
    return relcraft


COMMANDS = (
    "today --all",
    "today --choices",
    "list contacts",
    "list interactions",
    "list exchanges",
    "list follow-ups --all",
    "list asks",
    "list introductions",
    "list goals",
    "list ties",
    "list matches",
    "balance",
    "balance --explain",
    "balance --calibration",
)


def is_plainly_told(out: str) -> None:
    lines = [line for line in out.splitlines() if line]
    assert lines
    assert [line for line in lines if not _LINE.fullmatch(line)] == []
    assert [line for line in lines if _DRAWN.search(line)] == []


@pytest.mark.parametrize("words", COMMANDS)
def test_every_line_is_a_label_and_a_value(sample: CommandLine, words: str) -> None:
    answer = sample(*words.split(), "--plain")
    assert answer.code == 0
    is_plainly_told(answer.out)


def test_a_person_is_told_so_as_well(sample: CommandLine) -> None:
    for contact in sample("list", "contacts", "--json").json["contacts"][:15]:
        for more in ((), ("--brief",), ("--all",)):
            is_plainly_told(sample("show", contact["uid"], "--plain", *more).out)
        is_plainly_told(sample("balance", contact["uid"], "--explain", "--plain").out)


def test_signs_become_words(filled: CommandLine) -> None:
    told = filled("list", "exchanges", "--plain").out
    assert told.split("\n\n")[0] == "when: Fri\ndirection: given\nkind: advice\nwho: Grace Hopper"
    assert "state: planned" in filled("list", "interactions", "--plain").out
    shown = filled("show", "hopper", "--plain").out.splitlines()
    assert shown[0] == "name: Grace Hopper"
    assert "given: 1" in shown
    assert "e-mail: grace@navy.example" in shown


def test_the_environment_says_it_once_for_all(filled: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = filled("list", "contacts").out
    monkeypatch.setenv("RELCRAFT_PLAIN", "1")
    plain = filled("list", "contacts").out
    assert plain == filled("list", "contacts", "--plain").out != usual
    monkeypatch.setenv("RELCRAFT_PLAIN", "0")
    assert filled("list", "contacts").out == usual


def test_without_it_nothing_changes(filled: CommandLine) -> None:
    assert filled("today", "--plain", "--json").out == filled("today", "--json").out
