"""The commands `goal`, `me`, `introduce` and `tie`, down to what is stored."""

from typing import Any

import pytest

from tests.cli.conftest import CommandLine


def only(relcraft: CommandLine, table: str) -> dict[str, Any]:
    (record,) = relcraft.stored(table)
    return record


def test_a_goal_is_reached_with_those_behind_it_who_are_told(filled: CommandLine) -> None:
    answer = filled("goal", "add", "hired", "a", "job", "with", "data", "--by", "2027-03-01")
    assert (answer.code, answer.err) == (0, 'Saved: goal "a job with data".\n')
    goal = only(filled, "goals")
    assert (goal["kind"], goal["words"], goal["target_date"]) == ("get hired", "a job with data", "2027-03-01")
    filled("ask", "add", "ada", "referral", "--asked", "--goal", "job")
    filled("ask", "move", "ada", "helped")
    answer = filled("goal", "reach", "data", "--outcome", "I start in March")
    assert answer.code == 0
    assert "Behind it: Ada Lovelace." in answer.err
    goal = only(filled, "goals")
    assert (goal["state"], goal["outcome"], goal["chain"]) == ("reached", "I start in March", ["ada"])
    assert filled("goal", "tell", "ada", "--on", "2026-11-23").code == 0
    assert only(filled, "goals")["told"] == ["ada"]
    assert filled.stored("exchanges")[-1]["outcome_told_on"] == "2026-11-23"
    assert filled("goal", "tell", "ada").err == "Ada Lovelace is behind no goal that is still to be told of.\n"
    assert filled("goal", "reopen", "job").code == 0
    assert only(filled, "goals").get("state", "open") == "open"
    assert filled("goal", "let-go", "job", "--on", "yesterday").code == 0
    assert (only(filled, "goals")["state"], only(filled, "goals")["ended_on"]) == ("let go", "2026-11-22")


def test_of_several_goals_the_open_one_is_meant_and_else_it_is_a_question(filled: CommandLine) -> None:
    for words in ("a talk in May", "a talk in June"):
        filled("goal", "add", "other", words)
    answer = filled("goal", "reach", "talk")
    assert answer.code == 1
    assert '"a talk in May" (open; ' in answer.err
    assert filled("goal", "reach", "talk", "may").code == 0
    assert filled("goal", "reach", "talk").code == 0, "one is left that is open"
    assert [goal["state"] for goal in filled.stored("goals")] == ["reached", "reached"]


def test_the_whole_words_of_a_goal_win_over_a_part_of_others(filled: CommandLine) -> None:
    for words in ("a job", "a job with data"):
        filled("goal", "add", "hired", words)
    assert filled("goal", "let-go", "a", "job").code == 0
    assert {goal["words"]: goal.get("state") for goal in filled.stored("goals")} == {
        "a job": "let go",
        "a job with data": None,
    }


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "hired", "gold", "--by", "yesterday"), 2, '"yesterday" is no day ahead: one such as 2026-12-01'),
        (("add", "rich", "gold"), 2, "is no kind of goal: one of choose a career, switch"),
        (("add", "get", "gold"), 2, "could be get hired or get promoted"),
        (("add", "hired"), 2, "Missing argument"),
        (("reach", "moon"), 1, 'No goal answers to "moon".'),
        (("tell", "grace"), 1, "could be Grace Hopper or Grace Kelly"),
    ],
)
def test_a_goal_that_cannot_be_is_told(filled: CommandLine, words: tuple[str, ...], code: int, told: str) -> None:
    before = filled.book.read_bytes()
    answer = filled("goal", *words)
    assert answer.code == code
    assert told in answer.err
    assert filled.book.read_bytes() == before


def test_what_one_says_of_oneself_is_shown_and_set_field_by_field(filled: CommandLine) -> None:
    assert filled("me").err.startswith("Nothing yet")
    (nothing,) = filled("me", "--json").json["me"]
    assert (nothing["name"], nothing["created"]) == ("", None), "no moment is made up"
    assert filled("me", "--name", "Sam", "--can-offer", "talks", "--can-offer", "feedback").code == 0
    assert filled("me", "--organisation", "Acme").code == 0
    (said,) = filled("me", "--json").json["me"]
    assert (said["name"], said["organisation"], said["can_offer"]) == ("Sam", "Acme", ["talks", "feedback"])
    assert "can offer     talks, feedback" in filled("me").out.splitlines()
    assert filled("check").out.endswith("what you say of yourself.\n")
    filled("me", "--can-offer", "")
    assert "can_offer" not in only(filled, "me")
    assert filled("me", "--json", "--name", "x").code == 2


def test_two_people_are_introduced_step_by_step(filled: CommandLine) -> None:
    answer = filled("introduce", "ada", "raj patel", "--about", "engines")
    assert answer.code == 0
    assert "Ask Ada whether an introduction to Raj is welcome." in answer.err
    introduction = only(filled, "introductions")
    assert (introduction["first"], introduction["second"], introduction["text"]) == ("ada", "raj", "engines")
    assert filled("introduce", "move", "ada", "first-agreed").code == 0
    assert filled("introduce", "move", "raj", "made").err.startswith('"made" does not follow on "first agreed"')
    assert filled("introduce", "move", "raj", "both agreed").code == 0
    before = len(filled.stored("exchanges"))
    assert "Hear from Ada or Raj" in filled("introduce", "move", "raj", "made").err
    written = filled.stored("exchanges")[before:]
    assert sorted((each["contact"], each["direction"], each["kind"]) for each in written) == [
        ("ada", "given", "introduction"),
        ("raj", "given", "introduction"),
    ]
    assert {only(filled, "ties")["first"], only(filled, "ties")["second"]} == {"ada", "raj"}
    assert filled("introduce", "outcome", "ada", "they", "write", "together").code == 0
    assert only(filled, "introductions")["outcome"] == "they write together"


def test_an_introduction_to_me_by_somebody_may_be_to_somebody_new(filled: CommandLine) -> None:
    refused = filled("introduce", "Lee Chen", "--broker", "grace hopper")
    assert (refused.code, refused.err) == (1, 'Nobody in the book is called "Lee Chen". With --new they are added.\n')
    assert filled("introduce", "Lee Chen", "--broker", "grace hopper", "--new", "--state", "made").code == 0
    lee = next(contact for contact in filled.stored("contacts") if contact["name"] == "Lee Chen")
    assert lee["introduced_by"] == "hopper"
    assert only(filled, "introductions")["broker"] == "hopper"
    assert "first" not in only(filled, "introductions")


def test_several_introductions_of_one_are_a_question_until_the_other_is_named(filled: CommandLine) -> None:
    filled("introduce", "ada", "raj")
    filled("introduce", "ada", "grace kelly")
    answer = filled("introduce", "move", "ada", "rested")
    assert answer.code == 1
    assert "Which introduction: Ada Lovelace and " in answer.err
    assert filled("introduce", "move", "ada", "rested", "--with", "raj").code == 0
    assert filled("introduce", "move", "ada", "made").err.startswith(
        'No introduction with Ada Lovelace can go on to "made" now. With them: Ada Lovelace and '
    )


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("ada",), 2, "Two people were expected"),
        (("ada", "raj", "--broker", "grace kelly"), 2, "Two people were expected"),
        (("ada", "ada"), 1, "between three"),
        (("ada", "raj", "--state", "met"), 2, "is no state that an introduction begins in"),
        (("move", "ada", "made"), 1, "No introduction with Ada Lovelace is in the book."),
    ],
)
def test_an_introduction_that_cannot_be_is_told(
    filled: CommandLine, words: tuple[str, ...], code: int, told: str
) -> None:
    before = filled.book.read_bytes()
    answer = filled("introduce", *words)
    assert answer.code == code
    assert told in answer.err
    assert filled.book.read_bytes() == before


def test_who_knows_whom_is_noted_changed_and_taken_away(filled: CommandLine) -> None:
    assert filled("tie", "ada", "raj").err == "Saved: Ada Lovelace and Raj Patel know each other (ordinary).\n"
    assert filled("tie", "raj", "ada", "--strength", "strong").code == 0
    assert only(filled, "ties")["strength"] == "strong"
    assert filled("tie", "ada", "raj", "--strength", "mighty").code == 2
    assert filled("tie", "ada", "raj", "--remove").code == 0
    assert filled.stored("ties") == []
    assert filled("tie", "ada", "raj", "--remove").err == "No tie between Ada Lovelace and Raj Patel is noted.\n"
    assert filled("tie", "ada", "ada").code == 1
