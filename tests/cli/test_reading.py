"""The commands that read: list, show, balance."""

from dataclasses import replace
from typing import Any

import pytest

from relcraft.domain.words import Gain
from tests.books import gave, got, met, person
from tests.cli.conftest import CommandLine, day


def names(listed: Any) -> list[str]:
    return [each["name"] for each in listed["contacts"]]


def test_contacts_are_listed_by_name_one_a_line(filled: CommandLine) -> None:
    answer = filled("list", "contacts")
    assert answer.code == 0
    assert answer.err == ""
    assert [line.split("  ")[0] for line in answer.out.splitlines()] == [
        "Ada Lovelace",
        "Grace Hopper",
        "Grace Kelly",
        "Raj Patel",
    ]
    assert "Grace Hopper  Navy  close   fresh  Fri" in answer.out


def test_contacts_as_json_have_every_field_and_how_it_stands(filled: CommandLine) -> None:
    hopper = next(each for each in filled("list", "contacts", "--json").json["contacts"] if each["uid"] == "hopper")
    assert hopper["emails"] == ["grace@navy.example"]
    assert hopper["circle"] == "close"
    assert hopper["birthday"] is None
    assert hopper["tags"] == []
    assert hopper["archived"] is False
    assert hopper["warmth"] == "fresh"
    assert hopper["last_contact"] == "2026-11-20"
    assert hopper["due_on"] == "2026-12-20"
    assert hopper["balance"]["frequency"] == 2
    assert 0 < hopper["balance"]["two_way"] < 1
    assert hopper["balance"]["standing"] == "they have given more: a good moment to give"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["grace"], ["Grace Hopper", "Grace Kelly"]),
        (["grace", "org:navy"], ["Grace Hopper"]),
        (["tag:work"], ["Ada Lovelace"]),
        (["climbs"], ["Raj Patel"]),
        (["due:"], ["Ada Lovelace"]),
        (["circle:none"], ["Grace Kelly", "Raj Patel"]),
        (["--archived"], ["Old Friend"]),
        (["nobody"], []),
    ],
)
def test_a_filter_narrows_the_contacts(filled: CommandLine, words: list[str], found: list[str]) -> None:
    assert names(filled("list", "contacts", *words, "--json").json) == found


@pytest.mark.parametrize(
    ("order", "first"),
    [("name", "Ada Lovelace"), ("due", "Ada Lovelace"), ("frequency", "Grace Hopper")],
)
def test_contacts_are_sorted_as_asked(filled: CommandLine, order: str, first: str) -> None:
    assert names(filled("list", "contacts", "--sort", order, "--json").json)[0] == first


def test_the_last_contact_comes_first_where_asked(filled: CommandLine) -> None:
    listed = filled("list", "contacts", "--sort", "last-contact", "--json").json["contacts"]
    assert [each["last_contact"] for each in listed] == ["2026-11-20", "2026-11-20", "2026-08-01", None]


def test_interactions_are_listed_newest_first_with_their_people(filled: CommandLine) -> None:
    listed = filled("list", "interactions", "--json").json["interactions"]
    assert [each["uid"] for each in listed] == ["i3", "i1", "i2"]
    assert listed[1]["contact_names"] == ["Grace Hopper", "Raj Patel"]
    assert listed[1]["date"] == "2026-11-20"
    assert listed[1]["time"] is None
    assert filled("list", "interactions", "raj", "CV").out.split() == [
        *("Fri", "·", "coffee", "Grace", "Hopper,", "Raj", "Patel", "CV,", "compilers,", "sea")
    ]
    oldest = filled("list", "interactions", "--sort", "oldest", "--json").json["interactions"]
    assert [each["uid"] for each in oldest] == ["i2", "i1", "i3"]


def test_exchanges_are_listed_with_their_direction(filled: CommandLine) -> None:
    listed = filled("list", "exchanges", "received", "--json").json["exchanges"]
    assert [(each["uid"], each["kind"], each["contact_name"]) for each in listed] == [
        ("e2", "introduction", "Grace Hopper")
    ]
    assert filled("list", "exchanges").out.splitlines()[0] == "Fri     >  advice        Grace Hopper"


def test_follow_ups_are_listed_soonest_first_and_done_ones_only_when_asked(filled: CommandLine) -> None:
    listed = filled("list", "follow-ups", "--json").json["follow_ups"]
    assert [(each["uid"], each["contact_name"]) for each in listed] == [("f2", None), ("f1", "Grace Hopper")]
    assert "tomorrow" in filled("list", "follow-ups").out
    assert [each["uid"] for each in filled("list", "follow-ups", "--all", "--json").json["follow_ups"]] == ["f2", "f1"]


@pytest.mark.parametrize("what", ["contacts", "interactions", "exchanges", "follow-ups"])
def test_where_there_is_nothing_it_is_said_beside_the_results(relcraft: CommandLine, what: str) -> None:
    answer = relcraft("list", what)
    assert (answer.code, answer.out) == (0, "")
    assert "here yet" in answer.err
    assert relcraft("list", what, "--json").json == {what.replace("-", "_"): []}
    assert not relcraft.book.exists(), "looking makes no file"


def test_one_person_is_shown_with_all_that_hangs_on_them(filled: CommandLine) -> None:
    answer = filled("show", "grace", "hopper")
    assert answer.code == 0
    for part in (
        "Grace Hopper",
        "grace@navy.example",
        "2 exchanges in the last 12 months",
        "send the paper",
        "CV, com",
    ):
        assert part in answer.out
    (shown,) = filled("show", "hopper", "--json").json["contacts"]
    assert [each["uid"] for each in shown["interactions"]] == ["i1"]
    assert [each["uid"] for each in shown["exchanges"]] == ["e1", "e2"]
    assert [each["uid"] for each in shown["follow_ups"]] == ["f1"]


@pytest.mark.parametrize("who", ["countess", "ada", "Ada Lovelace", "lovel"])
def test_a_person_answers_to_every_name(filled: CommandLine, who: str) -> None:
    assert filled("show", who, "--json").json["contacts"][0]["uid"] == "ada"


def test_a_person_answers_to_an_address(filled: CommandLine) -> None:
    assert filled("show", "Grace@Navy.example", "--json").json["contacts"][0]["uid"] == "hopper"


def test_two_graces_are_a_question_with_both_names(filled: CommandLine) -> None:
    for command in ("show", "balance"):
        answer = filled(command, "grace")
        assert (answer.code, answer.out) == (1, "")
        assert answer.err == '"grace" could be Grace Hopper or Grace Kelly.\n'


def test_two_people_of_one_name_are_told_apart_by_what_can_be_asked_again(relcraft: CommandLine) -> None:
    relcraft.fill(person("a" * 32, "Li Wei", organisation="Acme"), person("b", "Li Wei", emails=("li@b.example",)))
    answer = relcraft("show", "li", "wei")
    assert answer.err == f'"li wei" could be Li Wei (Acme, {"a" * 32}) or Li Wei (li@b.example).\n'
    assert relcraft("show", "a" * 32).code == 0


def test_a_near_miss_is_offered(filled: CommandLine) -> None:
    answer = filled("show", "Ada Lovelase")
    assert answer.code == 1
    assert answer.err == 'Nobody in the book is called "Ada Lovelase". Did you mean Ada Lovelace?\n'


def test_a_long_timeline_is_cut_unless_all_of_it_is_asked_for(relcraft: CommandLine) -> None:
    relcraft.fill(person("ada", "Ada"), *(met(f"i{n}", day("2026-01-01"), "ada", summary=f"no {n}") for n in range(20)))
    assert "and 5 earlier" in relcraft("show", "ada").out
    assert relcraft("show", "ada", "--all").out.count("coffee") == 20


def test_the_balance_leads_with_frequency_and_two_wayness(filled: CommandLine) -> None:
    first, second = filled("balance", "hopper").out.splitlines()
    assert first.startswith("2 exchanges in the last 12 months · two-way ")
    assert second.startswith("given 1 · received 1.9")
    assert second.endswith("they have given more: a good moment to give")


def test_the_balance_tells_what_the_helpers_gained(relcraft: CommandLine) -> None:
    relcraft.fill(
        person("ada", "Ada Lovelace"),
        replace(got("x", day("2026-11-20"), "ada"), gains=(Gain.FELT_GOOD, Gain.LEARNED)),
        replace(got("y", day("2026-11-10"), "ada"), gains=(Gain.FELT_GOOD,)),
        replace(gave("z", day("2026-11-15"), "ada"), gains=(Gain.LOOKED_GOOD,)),
    )
    told = ["helping you, they felt good 2×, learned 1×", "helping them, you looked good 1×"]
    assert relcraft("balance", "ada").out.splitlines()[2:] == told
    assert "\n".join(told) in relcraft("show", "ada").out


def test_every_figure_of_a_balance_can_say_how_it_came_about(filled: CommandLine) -> None:
    told = filled("balance", "hopper", "--explain").out
    assert "two-way is twice the smaller sum over both" in told
    answer = filled("balance", "hopper", "--explain", "--json").json
    assert answer["explanations"]["given"][0].startswith("given is 1")


def test_the_balance_of_everybody_has_a_line_for_each(filled: CommandLine) -> None:
    answer = filled("balance")
    assert "Grace Hopper  2 in a year" in answer.out
    figures = filled("balance", "--json").json
    assert [each["contact_name"] for each in figures["balances"]] == ["Grace Hopper"]
    assert figures["total"]["count"] == 2
    assert len(figures["total"]["months"]) == 12


def test_a_balance_without_exchanges_says_so_beside_the_results(filled: CommandLine) -> None:
    answer = filled("balance", "raj")
    assert (answer.code, answer.err) == (0, "No help either way is in the book yet.\n")
    assert filled("balance", "raj", "--json").json["balances"][0]["standing"] == "nothing yet"
