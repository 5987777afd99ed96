"""The command `email`, as mail programs call it."""

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
