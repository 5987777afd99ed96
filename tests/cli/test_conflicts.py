"""The command `conflicts`: what two sides say differently is listed in words, and settled by number or uid."""

from dataclasses import replace

import pytest

from relcraft.cli.wiring import book_at
from tests.books import TODAY, at_noon, met, person
from tests.cli.conftest import CommandLine
from tests.conflicts import days_ago, deleted, differently, saying

ADA = person("ada", "Ada Lovelace", organisation="Acme", updated=days_ago(1))
NAVY = replace(ADA, organisation="Navy", tags=("sea",), updated=days_ago(3))
COFFEE = met("coffee", TODAY, "ada")


@pytest.fixture
def merged(relcraft: CommandLine) -> CommandLine:
    """A command line over a book in which four conflicts wait."""
    relcraft.fill(
        ADA,
        COFFEE,
        differently(NAVY, days=3),
        deleted(COFFEE, days=5),
        differently(person("raj", "Raj Patel"), days=7),
        saying("moons", "x", {"a": 1}, days=400, uid="0dd0" * 8),
    )
    return relcraft


def test_what_waits_is_listed_in_words_with_both_sides(merged: CommandLine) -> None:
    answer = merged("conflicts")
    assert answer.code == 0
    assert answer.out == (
        "1. Ada Lovelace (person): changed here yesterday, changed there on Friday\n"
        "   Organisation: here Acme | there Navy\n"
        "   Tags: here nothing | there sea\n"
        "2. coffee with Ada Lovelace (interaction): "
        "changed here on a day that nobody noted, deleted there on Wednesday\n"
        "   With: Ada Lovelace\n"
        "   What: coffee\n"
        "   Day: Mon 23 Nov\n"
        "3. Raj Patel (person): deleted here, changed there 7 days ago\n"
        "   Name: Raj Patel\n"
        "4. Something unreadable (not known here): "
        "It is of a kind that this version does not know: moons. --keep drops it.\n"
    )
    assert answer.err == (
        "Here is what stands in the book, there the version that waits beside it. relcraft conflicts --keep N keeps "
        "what is here, --take N takes what is there.\n"
    )


def test_where_nothing_waits_that_is_said(filled: CommandLine) -> None:
    answer = filled("conflicts")
    assert (answer.code, answer.out, answer.err) == (0, "", "Nothing waits: no conflict is in the book.\n")
    assert filled("conflicts", "--json").json == {"conflicts": [], "count": 0}
    answer = filled("conflicts", "--keep", "1")
    assert (answer.code, answer.err) == (
        1, 'No conflict answers to "1": nothing waits: no conflict is in the book.\n'
    )  # fmt: skip
    assert filled("conflicts", "--keep", "all").code == 1


def test_as_json_each_side_is_told_whole(merged: CommandLine) -> None:
    answer = merged("conflicts", "--json").json
    assert answer["count"] == 4
    first, second, third, fourth = answer["conflicts"]
    assert (first["number"], first["table"], first["of"]) == (1, "contacts", "ada")
    assert (first["here_changed"], first["there_changed"]) == ("2026-11-22", "2026-11-20")
    assert first["fields"][0] == {
        "field": "organisation",
        "called": "Organisation",
        "here": ["Acme"],
        "there": ["Navy"],
    }
    assert (first["here"]["organisation"], first["there"]["organisation"]) == ("Acme", "Navy")
    assert [(each["here_deleted"], each["there_deleted"]) for each in (first, second, third, fourth)] == [
        (False, False), (False, True), (True, False), (False, False),
    ]  # fmt: skip
    assert fourth["trouble"]


def test_a_side_is_taken_or_kept_by_number(merged: CommandLine) -> None:
    answer = merged("conflicts", "--take", "1")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err == "Ada Lovelace as on the other side. 3 conflicts left: relcraft conflicts\n"
    assert [each["organisation"] for each in merged.stored("contacts")] == ["Navy"]
    answer = merged("conflicts", "--keep", "3")
    assert answer.err == "What cannot be read here is dropped. 2 conflicts left: relcraft conflicts\n"
    merged("conflicts", "--take", "1")
    assert merged.stored("interactions") == []
    answer = merged("conflicts", "--keep", "1")
    assert answer.err == "Raj Patel stays deleted.\n"
    assert merged.stored("conflicts") == []


def test_a_side_is_taken_or_kept_by_the_beginning_of_its_uid(merged: CommandLine) -> None:
    uid = differently(NAVY).uid
    assert merged("conflicts", "--keep", uid[:6]).code == 0
    assert uid not in {each["uid"] for each in merged.stored("conflicts")}
    assert merged("conflicts", "--take", "0dd0").code == 1
    assert merged("conflicts", "--keep", "0DD0").code == 0


def test_all_can_be_kept_and_undone_in_one(merged: CommandLine) -> None:
    before = merged.stored("conflicts")
    answer = merged("conflicts", "--keep", "all")
    assert (answer.code, answer.err) == (0, "4 conflicts settled: everything stays as it is here.\n")
    assert merged.stored("conflicts") == []
    with book_at(merged.book, at_noon()) as book:
        book.undo()
    assert sorted(each["uid"] for each in merged.stored("conflicts")) == sorted(each["uid"] for each in before)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--keep", "9"), 1, 'No conflict answers to "9": 1 to 4 was expected, or the beginning of a uid.'),
        (("--keep", "0"), 1, 'No conflict answers to "0": 1 to 4'),
        (("--take", "²"), 1, 'No conflict answers to "²"'),
        (("--take", "9" * 40), 1, "No conflict answers to"),
        (("--take", "4"), 1, "It can only be dropped."),
        (("--keep", "1", "--take", "2"), 2, "One of --keep and --take at a time."),
        (("--keep", "1", "--json"), 2, "--json is for the list"),
        (("--take", "all"), 2, "--take takes one at a time; --keep all keeps everything as it is here."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    merged: CommandLine, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = merged("conflicts", *words)
    assert answer.code == code
    assert said in answer.err
    assert len(merged.stored("conflicts")) == 4


def test_uids_that_begin_alike_are_told_apart(relcraft: CommandLine) -> None:
    relcraft.fill(ADA, saying("contacts", "ada", None, uid="abcd1"), saying("contacts", "ada", {}, uid="abcd2"))
    answer = relcraft("conflicts", "--keep", "abcd")
    assert answer.code == 1
    assert "abcd1 (Ada Lovelace) or abcd2 (Ada Lovelace)" in answer.err or "abcd2 (Ada Lovelace) or abcd1" in answer.err


def test_a_hostile_side_reaches_the_terminal_as_text(relcraft: CommandLine) -> None:
    relcraft.fill(ADA, saying("contacts", "ada", {"uid": "ada", "name": "\x1b[31mAda\u202e", "x\x1by": "\x07"}))
    out = relcraft("conflicts").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "xy: here nothing | there" in out
