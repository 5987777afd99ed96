"""The command `path`."""

import pytest

from relcraft.domain.records import Tie
from relcraft.domain.words import Circle, TieStrength
from tests.books import TODAY, met, person
from tests.cli.conftest import CommandLine


@pytest.fixture
def village(relcraft: CommandLine) -> CommandLine:
    """A command line over a book with a way to Acme."""
    relcraft.fill(
        person("grace", "Grace Hopper", circle=Circle.CLOSE),
        person("dana", "Dana Fox", organisation="Acme", role="data"),
        person("lee", "Lee Chen", organisation="Acme"),
        person("acme", "Acme Fan"),
        person("kelly", "Grace Kelly", organisation="Graceland"),
        met("m", TODAY, "grace"),
        Tie(uid="t", first="grace", second="dana", strength=TieStrength.STRONG),
    )
    return relcraft


def test_a_path_to_a_person_names_the_weakest_link(village: CommandLine) -> None:
    answer = village("path", "dana")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "1  you ═ Grace Hopper ═ Dana Fox (Acme, data)",
        "     weakest: Grace Hopper–Dana, they know each other well, as you noted",
        "2  you ╌ Dana Fox (Acme, data)",
        "     you are connected, and nothing between you is noted yet",
        "3  you ╌ Lee ? Dana Fox (Acme, data)",
        "     weakest: Lee–Dana, both are at Acme: a hint, nobody noted that they know each other",
    ]
    assert "═ well" in answer.err


def test_a_path_to_an_organisation(village: CommandLine) -> None:
    out = village("path", "acme").out.splitlines()
    assert out[0] == "1  you ═ Grace Hopper ═ Dana Fox (Acme, data)"
    assert village("path", "org:acme").out.splitlines() == out


def test_as_json(village: CommandLine) -> None:
    answer = village("path", "dana", "--json").json
    assert answer["target"] == {"kind": "contact", "contact": "dana", "name": "Dana Fox"}
    assert len(answer["paths"]) == 3
    best = answer["paths"][0]
    assert best["people"] == [{"contact": "grace", "name": "Grace Hopper"}, {"contact": "dana", "name": "Dana Fox"}]
    assert (best["weakest"], best["strength"]) == (0.8, 0.8)
    assert best["links"][0] == {"from": None, "to": "grace", "weight": 1.0, "why": "last in touch today", "hint": False}
    assert best["told"] == "you ═ Grace Hopper ═ Dana Fox (Acme, data)"
    assert answer["paths"][2]["links"][1]["hint"] is True


def test_a_name_of_several_names_them(village: CommandLine) -> None:
    answer = village("path", "grace")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == '"grace" could be Grace Hopper, Grace Kelly or Graceland (org:Graceland).\n'


def test_a_near_miss_is_a_question(village: CommandLine) -> None:
    answer = village("path", "Dena", "Fox")
    assert answer.code == 1
    assert "Did you mean Dana Fox?" in answer.err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("org:nowhere", 'Nobody in the book is at an organisation called "nowhere".'),
        ("nobody at all", 'Nobody in the book is called "nobody at all". No organisation is, either.'),
    ],
)
def test_what_is_not_in_the_book_is_not_found(village: CommandLine, text: str, told: str) -> None:
    answer = village("path", text)
    assert (answer.code, answer.out, answer.err) == (1, "", f"{told}\n")


def test_an_organisation_where_everybody_is_in_peace_has_no_way(relcraft: CommandLine) -> None:
    relcraft.fill(person("a", "Ann", organisation="Quiet", do_not_disturb=True))
    answer = relcraft("path", "quiet")
    assert (answer.code, answer.err) == (1, "No way of at most 4 links leads to Quiet yet.\n")
    for_programs = relcraft("path", "quiet", "--json")
    assert (for_programs.code, for_programs.json["paths"]) == (1, []), "found or not, whoever asks"


def test_without_a_target_it_says_what_was_expected(village: CommandLine) -> None:
    assert village("path").code == 2


def test_a_uid_names_a_contact(village: CommandLine) -> None:
    assert village("path", "lee", "--json").json["target"]["contact"] == "lee"
