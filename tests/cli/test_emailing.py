"""The command `email`, as mail programs call it."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.books import met, person
from tests.cli.conftest import CommandLine, day


@pytest.fixture
def village(relcraft: CommandLine) -> CommandLine:
    """A command line over a book with people who have addresses."""
    relcraft.fill(
        person("cold", "Grace Abel", emails=("abel@x.example",)),
        person("warm", "Grace Hopper", emails=("grace@navy.example", "hopper@x.example"), organisation="US\tNavy"),
        person("kelly", "Grace Kelly", tags=("work",), emails=("kelly@x.example",)),
        person("none", "Grace Nobody"),
        person("gone", "Grace Gone", emails=("gone@x.example",), archived=True),
        met("i", day("2026-11-20"), "warm"),
    )
    return relcraft


def test_mutt_gets_a_line_of_words_and_then_address_name_and_more(village: CommandLine) -> None:
    answer = village("email", "grace")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "4 in Relcraft",
        "grace@navy.example\tGrace Hopper\tUS Navy",
        "hopper@x.example\tGrace Hopper\tUS Navy",
        "abel@x.example\tGrace Abel\t",
        "kelly@x.example\tGrace Kelly\t",
    ]


def test_aerc_gets_addresses_and_names_alone(village: CommandLine) -> None:
    assert (
        village("email", "--aerc", "HOPPER").out == "grace@navy.example\tGrace Hopper\nhopper@x.example\tGrace Hopper\n"
    )


@pytest.mark.parametrize("query", ["navy", "kel gra", "tag:work", "grace tag:work", "x.example kelly"])
def test_any_part_finds_and_every_word_must(village: CommandLine, query: str) -> None:
    found = village("email", query, "--json").json["addresses"]
    assert {each["contact"] for each in found} == ({"warm"} if query == "navy" else {"kelly"})


def test_nobody_is_told_as_such(village: CommandLine) -> None:
    told = "Nobody with an e-mail address in the book answers to that.\n"
    answer = village("email", "zoe")
    assert (answer.code, answer.out, answer.err) == (1, told, ""), "mutt shows the first line"
    answer = village("email", "--aerc", "zoe")
    assert (answer.code, answer.out, answer.err) == (1, "", told), "aerc would take it for an address"
    assert village("email", "zoe", "--json").json == {"addresses": []}


def _line_of(village: CommandLine, program: str) -> str:
    """Return the command that the help tells for a mail program, in a search path with this Relcraft."""
    found = re.search(rf"^ *{program}.* = (.+)$", village.plain("email", "--help").out, re.MULTILINE)
    assert found is not None
    return found[1].removeprefix('"').removesuffix('"') if program == "mutt" else found[1]


@pytest.mark.parametrize("query", ["grace hop", "hop'per", "$(touch gone) hopper", "-h"])
def test_the_lines_of_the_help_work_in_mutt_and_aerc(village: CommandLine, query: str, tmp_path: Path) -> None:
    calls = (
        [shlex.split(_line_of(village, "aerc").replace("%s", query))] if '"' not in query and "'" not in query else []
    )
    calls.append(["sh", "-c", _line_of(village, "mutt").replace("%s", shlex.quote(query))])  # mutt quotes it itself
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RELCRAFT_DATA_FILE": str(village.book),
    }
    for call in calls:
        ended = subprocess.run(call, capture_output=True, text=True, check=False, env=environment, cwd=tmp_path)
        assert (ended.returncode, "@" in ended.stdout) == ((0, True) if query == "grace hop" else (1, False)), call
        assert not (tmp_path / "gone").exists()
