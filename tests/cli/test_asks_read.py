"""Reading asks, introductions, goals and ties from the shell: list, show, the brief, export."""

import json
from dataclasses import replace

import pytest

from relcraft.domain.records import Ask, AskStep, Goal, Introduction, IntroductionStep, Me, Tie
from relcraft.domain.words import (
    AskDirection,
    AskState,
    Channel,
    ExchangeKind,
    GoalKind,
    GoalState,
    IntroductionState,
    TieStrength,
)
from tests.books import person
from tests.cli.conftest import CommandLine, day

MINE = Ask(
    uid="mine",
    direction=AskDirection.OUTGOING,
    contact="hopper",
    kind=ExchangeKind.REFERRAL,
    what="Acme data team",
    channel=Channel.CALL,
    goal="g1",
    steps=(AskStep(AskState.ASKED, day("2026-11-17")),),
)
THEIRS = Ask(
    uid="theirs",
    direction=AskDirection.INCOMING,
    contact="raj",
    kind=ExchangeKind.FEEDBACK,
    what="a look at the slides",
    steps=(AskStep(AskState.RECEIVED, day("2026-11-21")),),
)
ENDED = replace(
    MINE,
    uid="ended",
    contact="ada",
    goal=None,
    steps=(AskStep(AskState.ASKED, day("2026-01-01")), AskStep(AskState.DECLINED, day("2026-01-02"))),
)
INTRODUCTION = Introduction(
    uid="intro",
    first="ada",
    second="raj",
    text="compilers",
    steps=(IntroductionStep(IntroductionState.FIRST_AGREED, day("2026-11-20")),),
)
TO_ME = Introduction(
    uid="to-me",
    broker="hopper",
    second="kelly",
    steps=(IntroductionStep(IntroductionState.TOLD, day("2026-06-01")),),
)


@pytest.fixture
def busy(filled: CommandLine) -> CommandLine:
    filled.fill(
        MINE,
        THEIRS,
        ENDED,
        INTRODUCTION,
        TO_ME,
        Goal(uid="g1", kind=GoalKind.HIRED, words="a job with data", target_date=day("2027-03-01")),
        Goal(
            uid="g2",
            kind=GoalKind.OTHER,
            words="the talk",
            state=GoalState.REACHED,
            ended_on=day("2026-05-05"),
            chain=("ada", "raj"),
            told=("ada",),
        ),
        Tie(uid="t1", first="hopper", second="kelly", strength=TieStrength.STRONG),
        Me(uid="me", name="Sam"),
    )
    return filled


def test_asks_are_listed_newest_first_with_where_they_stand(busy: CommandLine) -> None:
    rows = busy("list", "asks").out.splitlines()
    assert rows[0].split("  ")[0] == "Sat"
    assert "from Raj Patel" in rows[0]
    assert "Raj asked 2 days ago" in rows[0]
    assert "to Grace Hopper" in rows[1]
    assert "patience until Tue 1 Dec" in rows[1]
    told = busy("list", "asks", "--json").json["asks"]
    assert [(each["uid"], each["state"]) for each in told] == [
        ("theirs", "received"),
        ("mine", "asked"),
        ("ended", "declined"),
    ]
    assert told[1]["waits_until"] == "2026-12-01"
    assert told[1]["contact_name"] == "Grace Hopper"
    assert told[1]["steps"] == [{"state": "asked", "date": "2026-11-17"}]
    assert told[1]["channel"] == "call"
    assert told[1]["chance"] is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["open"], ["theirs", "mine"]),
        (["open", "outgoing"], ["mine"]),
        (["incoming"], ["theirs"]),
        (["declined"], ["ended"]),
        (["acme", "hopper"], ["mine"]),
        (["nothing-like-it"], []),
    ],
)
def test_a_filter_narrows_the_asks(busy: CommandLine, words: list[str], found: list[str]) -> None:
    assert [each["uid"] for each in busy("list", "asks", *words, "--json").json["asks"]] == found


def test_introductions_say_whose_turn_it_is(busy: CommandLine) -> None:
    rows = busy("list", "introductions").out.splitlines()
    assert "Ada Lovelace and Raj Patel" in rows[0]
    assert "Ada has said yes. Ask Raj" in rows[0]
    assert "you to Grace Kelly, by Grace Hopper" in rows[1]
    (under_way,) = busy("list", "introductions", "open", "--json").json["introductions"]
    assert under_way["contact_names"] == ["Ada Lovelace", "Raj Patel"]
    assert (under_way["broker_name"], under_way["state"]) == (None, "first agreed")
    told = busy("list", "introductions", "--json").json["introductions"][1]
    assert (told["broker_name"], told["contact_names"]) == ("Grace Hopper", [None, "Grace Kelly"])


def test_goals_come_with_their_asks_and_those_behind_them(busy: CommandLine) -> None:
    rows = busy("list", "goals").out.splitlines()
    assert rows[0].startswith("open     by 1 Mar")
    assert rows[1].endswith("thanks to Ada Lovelace, Raj Patel")
    first, second = busy("list", "goals", "--json").json["goals"]
    assert (first["asks"], first["target_date"]) == (["mine"], "2027-03-01")
    assert (second["chain_names"], second["untold"]) == (["Ada Lovelace", "Raj Patel"], ["raj"])


def test_ties_are_listed_with_how_well_they_know_each_other(busy: CommandLine) -> None:
    assert busy("list", "ties").out == "Grace Hopper  Grace Kelly  strong  by hand\n"
    (tie,) = busy("list", "ties", "kelly", "--json").json["ties"]
    assert (tie["contact_names"], tie["strength"]) == (["Grace Hopper", "Grace Kelly"], "strong")


@pytest.mark.parametrize("what", ["asks", "introductions", "goals", "ties"])
def test_where_there_is_none_it_is_said_beside_the_results(relcraft: CommandLine, what: str) -> None:
    answer = relcraft("list", what)
    assert (answer.code, answer.out, answer.err) == (0, "", "Nothing here yet.\n")
    assert relcraft("list", what, "--json").json == {what: []}


def test_a_person_is_shown_with_the_room_to_ask_and_what_is_under_way(busy: CommandLine) -> None:
    lines = busy("show", "hopper").out.splitlines()
    assert any(line.startswith("room to ask: wait · you asked for") for line in lines)
    assert any("?  referral" in line and "asked 6 days ago" in line for line in lines)
    assert any("introduction" in line and "you to Grace Kelly" in line for line in lines)
    (shown,) = busy("show", "hopper", "--json").json["contacts"]
    assert shown["room_to_ask"]["kind"] == "wait"
    assert shown["room_to_ask"]["record"] == "mine"
    assert [each["uid"] for each in shown["asks"]] == ["mine"]
    assert [each["uid"] for each in shown["introductions"]] == ["to-me"]
    assert [each["uid"] for each in shown["ties"]] == ["t1"]


def test_the_brief_fits_one_screen_and_stores_nothing(busy: CommandLine) -> None:
    before = busy.book.read_bytes()
    answer = busy("show", "hopper", "--brief")
    lines = answer.out.splitlines()
    assert lines[0] == "Grace Hopper · Navy · close"
    assert lines[1].startswith("last contact  coffee Fri 20 Nov 2026, 3 days ago")
    assert any(line.startswith("open asks     ") for line in lines)
    assert len(lines) <= 20
    assert all(len(line) <= 78 for line in lines)
    (told,) = busy("show", "hopper", "--brief", "--json").json["briefs"]
    assert told["contact_name"] == "Grace Hopper"
    assert told["parts"][0]["heading"] == "last contact"
    assert busy.book.read_bytes() == before


def test_all_and_the_brief_do_not_go_together(busy: CommandLine) -> None:
    assert busy("show", "hopper", "--brief", "--all").code == 2


def test_an_export_has_every_table(busy: CommandLine) -> None:
    whole = json.loads(busy("export").out)
    assert {table: len(whole[table]) for table in ("asks", "introductions", "goals", "ties", "me")} == {
        "asks": 3,
        "introductions": 2,
        "goals": 2,
        "ties": 1,
        "me": 1,
    }
    counted = busy("check", "--json").json["records"]
    assert (counted["asks"], counted["ties"], counted["me"]) == (3, 1, 1)
    target = busy.book.parent / "out.json"
    assert (
        f"{sum(map(len, (v for v in whole.values() if isinstance(v, list))))} records"
        in busy("export", "-o", target).err
    )


def test_what_one_could_give_another_is_listed(relcraft: CommandLine) -> None:
    assert relcraft("list", "matches").code == 0
    relcraft.fill(
        person("radia", "Radia Perlman", looking_for=("speakers on compilers",)),
        person("linus", "Linus Tor", can_offer=("talks on compilers",)),
    )
    told = "Linus Tor  can offer talks on compilers  Radia Perlman looks for speakers on compilers\n"
    assert relcraft("list", "matches").out == told
    assert relcraft("list", "matches", "RADIA").out == told
    assert relcraft("list", "matches", "grace").out == ""
    (match,) = relcraft("list", "matches", "--json").json["matches"]
    assert (match["giver"], match["taker"], match["offered"]) == ("linus", "radia", "talks on compilers")
