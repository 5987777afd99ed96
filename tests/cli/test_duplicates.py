"""The commands `duplicates` and `unplaced`: who may be here twice is told, and settled by number, down to the file."""

import pytest

from relcraft.cli.wiring import book_at
from relcraft.domain.records import Record
from tests.books import at_noon
from tests.cli.conftest import CommandLine
from tests.cli.test_schema import fits
from tests.doubles import twice_here


@pytest.fixture
def twice(relcraft: CommandLine) -> CommandLine:
    """A command line over a book with four pairs, and a recommendation of one of two Kims."""
    book = twice_here()
    records: list[Record] = []
    for table, documents in book.documents():
        records += (found for each in documents if (found := book.get(table, each["uid"])) is not None)
    relcraft.fill(*records)
    return relcraft


def names(relcraft: CommandLine) -> list[str]:
    return sorted(each["name"] for each in relcraft.stored("contacts"))


def test_pairs_are_told_with_what_agrees_and_what_is_against_it(twice: CommandLine) -> None:
    answer = twice("duplicates")
    assert answer.code == 0
    assert answer.out.startswith(
        "1. surely: Ken Sato, Hoshi Works, ken@hoshi.example | Ken Satō, Osaka, ken@hoshi.example\n"
        "   = the same name, written in another way\n"
        "   = the address ken@hoshi.example\n"
        "2. surely: Marit Solvang, "
    )
    assert "4. hardly: Kim Lee, Acme, kim@acme.example | Kim Lee, Navy, Oslo\n" in answer.out
    assert answer.out.endswith("   ! other birthdays: 2 Jan 1980 and 5 Apr 1991\n")
    assert answer.err == (
        "relcraft duplicates --unite N makes a pair one, --apart N keeps it apart. "
        "2 pairs can be made one with --unite-all-certain.\n"
    )


def test_as_json_all_of_it_is_told(twice: CommandLine) -> None:
    said = twice("duplicates", "--json").json
    fits("duplicates", said)
    assert said["count"] == 4
    first = said["duplicates"][0]
    assert (first["number"], first["strength"], first["certain"]) == (1, "surely", True)
    assert {first["stays"], first["goes"]} == {"ken1", "ken2"}
    assert first["pair"] == "ken1+ken2"


def test_a_pair_is_made_one_and_undone(twice: CommandLine) -> None:
    answer = twice("duplicates", "--unite", "2")
    assert (answer.code, answer.out, answer.err) == (0, "", "Solvang, Marit is Marit Solvang, made one.\n")
    (marit,) = (each for each in twice.stored("contacts") if each["uid"] == "marit")
    assert marit["nicknames"] == ["Solvang, Marit"]
    assert {uid for each in twice.stored("interactions") for uid in each["contacts"]} == {"marit", "ada"}
    assert twice("undo").code == 0
    assert len(names(twice)) == 9


def test_the_second_one_may_stay_and_uids_may_stand_for_the_number(twice: CommandLine) -> None:
    assert twice("duplicates", "--unite", "solvang+marit", "--swap").code == 0
    assert "marit" not in {each["uid"] for each in twice.stored("contacts")}


def test_two_people_are_kept_apart_for_good(twice: CommandLine) -> None:
    answer = twice("duplicates", "--apart", "4")
    assert (answer.code, answer.err) == (0, "Two people called Kim Lee.\n")
    assert [(each["first"], each["second"]) for each in twice.stored("apart")] == [("kim1", "kim2")]
    assert "Kim" not in twice("duplicates").out


def test_all_that_is_sure_is_one_change(twice: CommandLine) -> None:
    answer = twice("duplicates", "--unite-all-certain")
    assert (answer.code, answer.err) == (0, "2 pairs made one: Ken and Marit.\n")
    assert len(names(twice)) == 7
    answer = twice("duplicates", "--unite-all-certain")
    assert (answer.code, answer.err) == (1, "There is no pair of which that is certain.\n")
    twice("undo")
    assert len(names(twice)) == 9


def test_where_nobody_is_twice_and_nothing_waits_that_is_said(filled: CommandLine) -> None:
    answer = filled("duplicates")
    assert (answer.code, answer.out, answer.err) == (0, "", "Nobody is in the book twice, as far as it can be seen.\n")
    assert filled("duplicates", "--json").json == {"duplicates": [], "count": 0}
    answer = filled("unplaced")
    assert (answer.code, answer.out, answer.err) == (0, "", "Nothing waits to be placed.\n")
    assert filled("unplaced", "--json").json == {"unplaced": [], "count": 0}
    assert filled("duplicates", "--unite", "1").code == filled("unplaced", "--drop", "1").code == 1


def test_what_waits_is_told_with_whom_it_may_be_about(twice: CommandLine) -> None:
    answer = twice("unplaced")
    assert answer.out == (
        "1. Kim Lee: recommendation received (Recommendations_Received.csv, line 2)\n"
        "   Mon 23 Nov\n"
        "   Kim listens first, then acts\n"
        "   a Kim Lee, Acme, kim@acme.example\n"
        "   b Kim Lee, Navy, Oslo\n"
    )
    said = twice("unplaced", "--json").json
    fits("unplaced", said)
    (one,) = said["unplaced"]
    assert [each["uid"] for each in one["may_be"]] == ["kim1", "kim2"]
    assert one["record"]["text"] == "Kim listens first, then acts"


@pytest.mark.parametrize(("who", "whose"), [("b", "kim2"), ("Ada Lovelace", "ada"), ("kim1", "kim1")])
def test_it_is_placed_by_letter_name_or_uid(twice: CommandLine, who: str, whose: str) -> None:
    answer = twice("unplaced", "--place", "1", *who.split(" "))
    assert answer.code == 0, answer.err
    assert [each["contact"] for each in twice.stored("exchanges") if each.get("text")] == [whose]
    assert twice.stored("unplaced") == []


def test_it_may_be_somebody_new_or_be_dropped(twice: CommandLine) -> None:
    uid = twice.stored("unplaced")[0]["uid"]
    assert twice("unplaced", "--new", uid[:8]).err == (
        "Recommendation received placed with somebody new, Kim Lee.\n"
    )  # fmt: skip
    assert names(twice).count("Kim Lee") == 3
    twice("undo")
    assert twice("unplaced", "--drop", "1").err == "Recommendation received of Kim Lee dropped.\n"
    assert (twice.stored("unplaced"), names(twice).count("Kim Lee")) == ([], 2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("duplicates", "--unite", "9"), 1, 'No pair answers to "9": 1 to 4 was expected'),
        (("duplicates", "--unite", "²"), 1, "No pair answers to"),
        (("duplicates", "--unite", "1", "--apart", "1"), 2, "One of --unite, --apart"),
        (("duplicates", "--unite", "1", "--json"), 2, "--json is for the list"),
        (("duplicates", "--swap"), 2, "--swap goes with --unite."),
        (("unplaced", "--place", "1"), 2, "--place N WHO"),
        (("unplaced", "ada"), 2, "--place N WHO"),
        (("unplaced", "--place", "1", "nobody"), 1, "nobody"),
        (("unplaced", "--place", "2", "ada"), 1, 'No entry answers to "2": 1 was expected'),
        (("unplaced", "--new", "1", "--drop", "1"), 2, "One of --place"),
        (("unplaced", "--drop", "1", "--json"), 2, "--json is for the list"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    twice: CommandLine, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = twice(*words)
    assert answer.code == code
    assert said in answer.err
    assert (len(twice.stored("contacts")), len(twice.stored("unplaced"))) == (9, 1)


def test_two_programs_have_the_same_numbers(twice: CommandLine) -> None:
    first = twice("duplicates", "--json").json
    with book_at(twice.book, at_noon()) as book:
        book.fold()
    assert twice("duplicates", "--json").json == first
