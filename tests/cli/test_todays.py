"""The moves of today from the shell, down to what is stored."""

from dataclasses import replace

import pytest

from relcraft.domain.records import Ask, AskStep, Birthday
from relcraft.domain.words import AskDirection, AskState, Circle, ExchangeKind
from tests.books import TODAY, got, met, person, promised
from tests.cli.conftest import CommandLine, day


@pytest.fixture
def morning(relcraft: CommandLine) -> CommandLine:
    """A birthday, thanks, a promise, an ask without an answer, and somebody who is due."""
    relcraft.fill(
        person("bob", "Bob Kahn", birthday=Birthday(TODAY.month, TODAY.day)),
        person("ada", "Ada Lovelace"),
        person("grace", "Grace Hopper"),
        person("ken", "Ken Thompson"),
        person("due", "Radia Perlman", circle=Circle.INNER),
        got("e1", day("2026-11-19"), "ada", ExchangeKind.INTRODUCTION),
        promised("f1", day("2026-11-20"), "grace", "send the paper"),
        Ask(
            uid="silent",
            direction=AskDirection.OUTGOING,
            contact="ken",
            kind=ExchangeKind.ADVICE,
            what="a word on pipes",
            steps=(AskStep(AskState.ASKED, day("2026-11-01")),),
        ),
        *(met(f"i{uid}", day("2026-11-10"), uid) for uid in ("bob", "ada", "grace", "ken", "due")),
    )
    return relcraft


def keys(relcraft: CommandLine, *more: str) -> list[str]:
    return [each["kind"] for each in relcraft("today", *more, "--json").json["moves"]]


def test_three_moves_come_as_plain_lines_with_their_reasons(morning: CommandLine) -> None:
    answer = morning("today")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "1. Good wishes to Bob Kahn",
        "2. Thank Ada Lovelace",
        lines[2].partition(":")[0],
    ]
    assert all(line.partition(": ")[2] for line in lines)
    assert len(lines) == 3
    assert "5 moves in all: relcraft today --all" in answer.err
    assert all(ord(char) < 0x2500 for char in answer.out), "no drawing, which a screen reader would spell out"


def test_all_of_them_come_on_demand_and_as_json(morning: CommandLine) -> None:
    assert len(morning("today", "--all").out.splitlines()) == 5
    assert morning("today", "--all").err == ""
    told = morning("today", "--json").json
    assert (len(told["moves"]), told["count"]) == (3, 5)
    first = told["moves"][0]
    assert (first["number"], first["contact_name"], first["kind"]) == (1, "Bob Kahn", "birthday")
    assert first["choices"][0]["id"] == "wished"
    assert "   wished: " in morning("today", "--choices").out


def test_a_day_with_nothing_is_calm_and_makes_no_file(relcraft: CommandLine) -> None:
    answer = relcraft("today")
    assert (answer.code, answer.out, answer.err) == (0, "", "Nothing else asks for you today.\n")
    assert relcraft("today", "--json").json == {"moves": [], "count": 0}
    assert not relcraft.book.exists()


def test_what_is_done_is_written(morning: CommandLine) -> None:
    answer = morning("today", "--done", "2")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith("Done: ")
    assert "Ada Lovelace" in answer.err
    (exchange,) = morning.stored("exchanges")
    assert exchange["thanked_on"] == "2026-11-23"
    assert "thank" not in keys(morning, "--all")


def test_another_choice_is_taken_on_its_day(morning: CommandLine) -> None:
    every = morning("today", "--all", "--json").json["moves"]
    silent = next(each for each in every if each["kind"] == "no answer yet")
    answer = morning("today", "--all", "--done", str(silent["number"]), "--choice", "rest", "--on", "yesterday")
    assert answer.code == 0
    (ask,) = morning.stored("asks")
    assert ask["steps"][-1] == {"state": "rested", "date": "2026-11-22"}


def test_a_move_can_be_named_by_its_key(morning: CommandLine) -> None:
    every = morning("today", "--all", "--json").json["moves"]
    promise = next(each for each in every if each["kind"] == "earlier promise")
    assert morning("today", "--done", promise["key"]).code == 0
    (follow_up,) = morning.stored("follow_ups")
    assert follow_up["done_on"] == "2026-11-23"


def test_a_number_is_the_same_move_in_the_short_list_and_in_the_long_one(morning: CommandLine) -> None:
    short, long = (morning("today", *more).out.splitlines() for more in ((), ("--all",)))
    assert long[: len(short)] == short
    for_programs = morning("today", "--all", "--json").json["moves"]
    assert [f"{each['number']}. {each['title']}: {each['reason']}" for each in for_programs] == long
    last = for_programs[-1]
    assert morning("today", "--drop", str(last["number"])).err == f"{last['title']}: not now.\n"


def test_a_move_can_be_named_by_a_name_in_it_which_no_other_move_takes_over(morning: CommandLine) -> None:
    assert morning("today", "--done", "ADA").code == 0
    answer = morning("today", "--done", "ada")
    assert (answer.code, answer.err) == (
        1,
        'No move of today answers to "ada": a number, a name in it or a key was expected.\n',
    )
    assert morning("today", "--done", "ken", "--choice", "Rest").code == 0, "one that only the long list has"


def test_a_name_that_several_moves_have_is_a_question(relcraft: CommandLine) -> None:
    relcraft.fill(person("ada", "Ada"), *(promised(f"f{n}", TODAY, None, f"call the bank {n}") for n in range(3)))
    answer = relcraft("today", "--done", "bank")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == '"bank" could be 1. Call the bank 0, 2. Call the bank 1 or 3. Call the bank 2.\n'
    assert relcraft("today", "--done", "bank 1").code == 0
    assert [each.get("done_on") for each in relcraft.stored("follow_ups")] == [None, "2026-11-23", None]


def test_after_a_number_it_says_that_the_others_moved_up(morning: CommandLine) -> None:
    assert morning("today", "--done", "1").err.endswith(". The others have new numbers: relcraft today\n")
    assert "new numbers" not in morning("today", "--done", "ada").err


def test_words_are_kept_with_what_is_logged(morning: CommandLine) -> None:
    assert morning("today", "--done", "bob", "--text", "many  happy returns").code == 0
    assert morning.stored("interactions")[-1]["summary"] == "many happy returns"


def test_a_wrong_choice_is_told_with_the_right_ones(morning: CommandLine) -> None:
    answer = morning("today", "--done", "1", "--choice", "sing")
    assert answer.code == 1
    assert "wished, called was expected" in answer.err


def test_a_dropped_move_does_not_come_back(morning: CommandLine) -> None:
    answer = morning("today", "--drop", "1")
    assert answer.err == "Good wishes to Bob Kahn: not now. The others have new numbers: relcraft today\n"
    assert "birthday" not in keys(morning, "--all")
    (snooze,) = morning.stored("snoozes")
    assert snooze["of"] == f"birthday:bob:{TODAY.year}"
    assert morning.stored("interactions")[0]["uid"] == "ibob", "nothing was logged"


def test_a_snoozed_move_waits_until_its_day(morning: CommandLine) -> None:
    answer = morning("today", "--snooze", "ada", "--until", "fri")
    assert answer.err == "Thank Ada Lovelace: not before Fri 27 Nov 2026.\n"
    assert "thank" not in keys(morning, "--all")
    assert morning.stored("snoozes")[0]["until"] == "2026-11-27"
    morning("today", "--snooze", "1")
    assert morning.stored("snoozes")[1]["until"] == "2026-11-30"


def test_a_circle_is_chosen_in_words(relcraft: CommandLine) -> None:
    relcraft.fill(replace(person("lee", "Lee Chen"), sources=("linkedin:lee",)))
    assert keys(relcraft) == ["choose a circle"]
    assert "Which circle? --text tells it: one of inner" in relcraft("today", "--done", "1").err
    assert relcraft("today", "--done", "1", "--text", "wider").code == 0
    assert relcraft.stored("contacts")[0]["circle"] == "wider"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--done", "9"), 1, "There is no move 9: 1 to 5 was expected."),
        (("--done", "0"), 1, "There is no move 0"),
        (("--drop", "thank:nobody"), 1, 'No move of today answers to "thank:nobody": a number'),
        (("--done", "1", "--drop", "2"), 2, "at a time"),
        (("--done", "1", "--json"), 2, "without --json"),
        (("--choice", "x"), 2, "go with --done"),
        (("--until", "fri"), 2, "goes with --snooze"),
        (("--done", "-1"), 1, 'answers to "-1"'),
        (("--done", "9" * 5000), 1, "No move of today answers to"),
        (("--done", " "), 1, 'answers to ""'),
        (("--done", "send", "--text", "by post"), 1, "keeps no words of yours"),
        (("--done", "1", "--text", "a\udcff"), 2, "no text in UTF-8"),
        (("--snooze", "1", "--until", "whenever"), 2, '"whenever" is no day'),
        (("--done", "2", "--on", "2027-01-01"), 1, "is ahead"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    morning: CommandLine, words: tuple[str, ...], code: int, told: str
) -> None:
    before = morning.book.read_bytes()
    answer = morning("today", *words)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert morning.book.read_bytes() == before
