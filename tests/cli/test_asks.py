"""The command `ask`, down to what is stored."""

from typing import Any

import pytest

from relcraft.domain.records import Goal
from relcraft.domain.words import GoalKind
from tests.cli.conftest import CommandLine


def the_ask(relcraft: CommandLine) -> dict[str, Any]:
    (ask,) = relcraft.stored("asks")
    return ask


def test_a_draft_keeps_all_that_is_said_of_it(filled: CommandLine) -> None:
    filled.fill(Goal(uid="g1", kind=GoalKind.HIRED, words="a job with data"))
    answer = filled(
        *("ask", "add", "grace hopper", "intro", "to", "the", "data", "team", "--why", "she was there"),
        *("--in-it", "thanks", "--way-out", "no need to answer", "--by", "in-person", "--chance", "3"),
        *("--goal", "job", "--fear", "impose", "--to", "raj"),
    )
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "Saved: ask to Grace Hopper for an introduction: drafted today.\n"
    ask = the_ask(filled)
    assert {key: ask[key] for key in ask if key not in {"uid", "created", "updated"}} == {
        "direction": "outgoing",
        "contact": "hopper",
        "kind": "introduction",
        "what": "to the data team",
        "why_them": "she was there",
        "in_it_for_them": "thanks",
        "easy_way_out": "no need to answer",
        "channel": "in person",
        "goal": "g1",
        "target": "raj",
        "chance": 30,
        "fear": "impose",
        "steps": [{"state": "draft", "date": "2026-11-23"}],
    }


def test_adding_is_meant_where_no_other_word_is(filled: CommandLine) -> None:
    assert filled("ask", "ada", "advice", "on engines", "--asked", "--on", "yesterday", "--chance", "85").code == 0
    ask = the_ask(filled)
    assert ask["steps"] == [{"state": "asked", "date": "2026-11-22"}]
    assert (ask["what"], ask["chance"]) == ("on engines", 85)


def test_what_somebody_asks_of_one_is_received_and_promises_nothing(filled: CommandLine) -> None:
    answer = filled("ask", "add", "raj", "feedback", "on his slides", "--from-them", "--on", "2026-11-20")
    assert answer.err == "Saved: ask from Raj Patel for feedback: Raj asked 3 days ago.\n"
    assert the_ask(filled)["steps"] == [{"state": "received", "date": "2026-11-20"}]
    assert len(filled.stored("follow_ups")) == 2, "those that were there before"
    assert filled("ask", "move", "raj", "agreed", "--promise", "fri", "--text", "look at page 3").code == 0
    promise = filled.stored("follow_ups")[-1]
    assert (promise["date"], promise["text"], promise["contact"]) == ("2026-11-27", "look at page 3", "raj")


def test_the_life_of_an_ask_from_draft_to_thanks(filled: CommandLine) -> None:
    filled("ask", "add", "ada", "lead", "a lead")
    assert filled("ask", "move", "ada", "asked", "--on", "yesterday").code == 1, "the draft is of today"
    assert filled("ask", "move", "ada", "asked").code == 0
    assert filled("ask", "move", "ada", "asked", "--until", "next week", "--log", "call").code == 0
    assert the_ask(filled)["steps"][-1] == {"state": "asked", "date": "2026-11-23", "until": "2026-11-30"}
    assert filled.stored("interactions")[-1]["kind"] == "call"
    assert filled("ask", "move", "ada", "helped").code == 0
    given = filled.stored("exchanges")[-1]
    assert (given["direction"], given["kind"], given["ask"]) == ("received", "lead", the_ask(filled)["uid"])
    answer = filled("ask", "move", "ada", "thanked")
    assert answer.err == "Saved: ask to Ada Lovelace for a lead: thanked.\n"
    assert filled.stored("exchanges")[-1]["thanked_on"] == "2026-11-23"
    assert filled("ask", "move", "ada", "declined").err == "From thanked nothing follows, so not declined either.\n"


def test_a_step_can_be_taken_back_with_what_it_wrote(filled: CommandLine) -> None:
    filled("ask", "add", "ada", "lead", "--asked")
    before = filled.stored("exchanges")
    filled("ask", "move", "ada", "helped")
    assert len(filled.stored("exchanges")) == len(before) + 1
    assert filled("ask", "back", "ada").code == 0
    assert filled.stored("exchanges") == before
    assert [step["state"] for step in the_ask(filled)["steps"]] == ["asked"]
    assert filled("ask", "back", "ada").code == 1


def test_one_nudge_is_open(filled: CommandLine) -> None:
    filled("ask", "add", "ada", "lead", "--asked", "--on", "2026-11-01")
    assert filled("ask", "nudge", "ada", "--log", "message").err == "Saved: ask to Ada Lovelace for a lead: nudged.\n"
    assert the_ask(filled)["nudges"] == ["2026-11-23"]
    answer = filled("ask", "nudge", "ada")
    assert answer.code == 1
    assert "once is enough" in answer.err


def test_of_several_asks_it_is_the_one_that_can_go_there_and_else_a_question(filled: CommandLine) -> None:
    filled("ask", "add", "ada", "lead", "one thing", "--asked")
    filled("ask", "add", "ada", "advice", "another thing")
    assert filled("ask", "move", "ada", "agreed").code == 0
    states = {ask["kind"]: ask["steps"][-1]["state"] for ask in filled.stored("asks")}
    assert states == {"lead": "agreed", "advice": "draft"}
    filled("ask", "move", "ada", "asked")
    answer = filled("ask", "move", "ada", "rested")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("Which ask with Ada Lovelace: ")
    assert '"one thing" (agreed today' in answer.err
    assert filled("ask", "move", "ada", "rested", "--kind", "advice").code == 0
    uid = next(ask["uid"] for ask in filled.stored("asks") if ask["kind"] == "lead")
    assert uid in answer.err
    assert filled("ask", "move", uid, "declined").code == 0
    assert {ask["steps"][-1]["state"] for ask in filled.stored("asks")} == {"declined", "rested"}
    answer = filled("ask", "move", "ada", "thanked")
    assert 'No ask with Ada Lovelace can go on to "thanked" now. With them: advice' in answer.err


def test_help_can_lead_to_somebody_new(filled: CommandLine) -> None:
    filled("ask", "add", "ada", "introduction", "to somebody at Acme", "--asked")
    refused = filled("ask", "move", "ada", "helped", "--to", "Lee Chen")
    assert (refused.code, refused.err) == (1, 'Nobody in the book is called "Lee Chen". With --new they are added.\n')
    assert filled("ask", "move", "ada", "helped", "--to", "Lee Chen", "--new").code == 0
    lee = next(contact for contact in filled.stored("contacts") if contact["name"] == "Lee Chen")
    assert lee["introduced_by"] == "ada"
    assert the_ask(filled)["target"] == lee["uid"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "grace", "lead"), 1, '"grace" could be Grace Hopper or Grace Kelly.'),
        (("add", "nobody", "lead"), 1, 'Nobody in the book is called "nobody".'),
        (("add", "ada", "favour"), 2, '"favour" is no kind of help: one of information, advice'),
        (("add", "ada", "re"), 2, '"re" could be recommendation or referral: more letters were expected.'),
        (("add", "ada", "lead", "--by", "pigeon"), 2, '"pigeon" is no channel: one of in person, call'),
        (("add", "ada", "lead", "--fear", "x"), 2, "one of look silly, impose"),
        (("add", "ada", "lead", "--goal", "moon"), 1, 'No goal answers to "moon".'),
        (("add", "ada", "lead", "--chance", "0"), 2, "--chance"),
        (("add", "ada", "lead", "--on", "yesterday"), 2, "--on goes with --asked"),
        (("add", "ada", "lead", "--asked", "--on", "someday"), 2, '"someday" is no day'),
        (("add", "ada", "lead", "--asked", "--on", "2027-01-01"), 1, "is ahead"),
        (("add", "ada", "lead", "--to", "raj"), 2, "--to goes with an ask for an introduction"),
        (("add", "ada", "lead", "--from-them", "--chance", "3"), 2, "not --from-them"),
        (("move", "ada", "declined", "--text", "no time"), 2, "--text goes with --log or --promise"),
        (("add", "ada", "intro", "--to", "ada"), 1, "asked of one person, to another one"),
        (("move", "raj", "agreed"), 1, "No ask with Raj Patel is in the book."),
        (("move", "raj", "draft"), 2, "is no state of an ask"),
        (("move", "ada", "agreed", "--kind", "lead"), 1, "No ask for a lead with Ada Lovelace is in the book."),
        (("nudge", "raj"), 1, "No ask with Raj Patel is in the book."),
        (("add", "ada"), 2, "Missing argument"),
        (("add", "ada\udcff", "lead"), 2, "no text in UTF-8"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    filled: CommandLine, words: tuple[str, ...], code: int, told: str
) -> None:
    before = filled.book.read_bytes()
    answer = filled("ask", *words)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert filled.book.read_bytes() == before
