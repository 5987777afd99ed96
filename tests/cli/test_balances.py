"""The balance of everybody, capital, and the mirror of one's asks."""

from dataclasses import replace

import pytest

from relcraft.domain.records import Ask, AskStep, Chance, Record
from relcraft.domain.words import AskDirection, AskState, Channel, ExchangeKind, Size
from tests.books import gave, got, person
from tests.cli.conftest import CommandLine, day


@pytest.fixture
def village(relcraft: CommandLine) -> CommandLine:
    relcraft.fill(
        person("ada", "Ada Lovelace", tags=("work",)),
        person("raj", "Raj Patel"),
        gave("e1", day("2026-11-02"), "ada"),
        got("e2", day("2026-10-12"), "ada", ExchangeKind.INTRODUCTION),
        replace(gave("e3", day("2025-11-20"), "raj", ExchangeKind.REFERRAL), size=Size.BIG),
    )
    return relcraft


def ended(number: int, state: AskState, channel: Channel = Channel.EMAIL, chance: int = 30) -> Ask:
    return Ask(
        uid=f"a{number}",
        direction=AskDirection.OUTGOING,
        contact="ada",
        kind=ExchangeKind.ADVICE,
        channel=channel,
        chance=Chance(chance),
        steps=(AskStep(AskState.ASKED, day("2026-01-10")), AskStep(state, day("2026-01-20"))),
    )


def some_asks(count: int, yes: int) -> list[Record]:
    return [ended(number, AskState.HELPED if number < yes else AskState.DECLINED) for number in range(count)]


def test_capital_comes_by_month_and_by_kind_with_who_was_helped_without_return(village: CommandLine) -> None:
    lines = village("balance", "--months", "13").out.splitlines()
    assert "since Nov 2025 · earned 7 · drawn 2 · paid forward 6 (to Raj Patel)" in lines
    assert "  Nov 2025  earned 6" in lines
    assert "  Oct 2026            drawn 2" in lines
    assert "  introduction            drawn 2" in lines
    assert lines[-2].startswith("Ada Lovelace  2 in a year  two-way ")
    assert lines[-1].startswith("Raj Patel     0 in a year")


def test_capital_as_json_has_as_many_months_as_asked_for(village: CommandLine) -> None:
    told = village("balance", "--months", "3", "--json").json
    assert told["capital"]["since"] == "2026-09-01"
    assert told["capital"]["months"] == [
        {"month": "2026-09", "earned": 0, "drawn": 0},
        {"month": "2026-10", "earned": 0, "drawn": 2},
        {"month": "2026-11", "earned": 1, "drawn": 0},
    ]
    assert told["capital"]["kinds"][0] == {"kind": "introduction", "earned": 0, "drawn": 2}
    assert [each["contact_name"] for each in told["balances"]] == ["Ada Lovelace", "Raj Patel"]


def test_a_filter_narrows_all_of_it(village: CommandLine) -> None:
    told = village("balance", "--filter", "tag:work", "--months", "24", "--json").json
    assert [each["contact"] for each in told["balances"]] == ["ada"]
    assert (told["total"]["count"], told["capital"]["earned"], told["capital"]["paid_forward"]) == (2, 1, 0)
    assert "with those" in village("balance", "--filter", "nobody").err


def test_capital_explains_itself(village: CommandLine) -> None:
    out = village("balance", "--explain", "--months", "13").out
    assert "paid forward is what was given from Sat 1 Nov 2025" in out
    told = village("balance", "--explain", "--json").json["explanations"]
    assert {"frequency", "two-way", "earned", "drawn", "kinds", "paid forward"} <= set(told)


@pytest.mark.parametrize(
    "words", [("ada", "--months", "3"), ("ada", "--filter", "x"), ("--calibration", "ada"), ("--months", "0")]
)
def test_options_that_do_not_go_together_are_wrong_usage(village: CommandLine, words: tuple[str, ...]) -> None:
    assert village("balance", *words).code == 2


def test_what_was_expected_stands_beside_what_came(village: CommandLine) -> None:
    village.fill(*some_asks(6, 4))
    answer = village("balance", "--calibration")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "You expected 30 %, 67 % said yes (4 of 6)."
    assert lines[1] == "Anything from 30 to 90 % would fit that (95 %)."
    assert any(line.startswith("channel: by e-mail") for line in lines)
    told = village("balance", "--calibration", "--json").json["calibrations"]
    assert (told[0]["by"], told[0]["n"], told[0]["yes"], told[0]["expected"]) == ("all", 6, 4, 0.3)
    assert [(each["by"], each["group"]) for each in told[1:]] == [
        ("channel", "email"),
        ("kind", "advice"),
        ("circle", None),
    ]


def test_few_asks_say_nothing_yet(village: CommandLine) -> None:
    assert village("balance", "--calibration").err.startswith("No ask has ended yet.")
    village.fill(*some_asks(4, 4))
    answer = village("balance", "--calibration")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("4 asks came to an end so far.")
    told = village("balance", "--calibration", "--json").json["calibrations"]
    assert (told[0]["n"], told[0]["yes"], told[0]["share"]) == (4, None, None)
