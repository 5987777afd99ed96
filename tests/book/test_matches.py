"""Give first: who can offer what another one looks for."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book import verbs
from relcraft.book.matches import MOST_GIVERS, Matching, matches, matches_for
from relcraft.book.ties import add_tie
from relcraft.domain.changes import put
from relcraft.domain.records import Introduction, IntroductionStep, Me, Tie
from relcraft.domain.words import IntroductionState, TieStrength
from tests.books import TODAY, a_book, met, person

ADA = person("ada", "Ada", looking_for=("speakers",))
LINUS = person("linus", "Linus", can_offer=("talks about compilers", "tea"))
ME = Me(uid="me", can_offer=("a talk on tides",))


def pairs(found: list[Matching]) -> list[tuple[str | None, str]]:
    return [(each.giver, each.taker) for each in found]


def test_one_looks_for_what_another_one_offers() -> None:
    (found,) = matches(a_book(ADA, LINUS))
    assert (found.giver, found.taker, found.wanted, found.offered) == (
        "linus",
        "ada",
        "speakers",
        "talks about compilers",
    )
    assert 0 < found.score <= 1


def test_i_can_give_too() -> None:
    assert pairs(matches(a_book(ADA, LINUS, ME))) == [(None, "ada"), ("linus", "ada")]


def test_nobody_gives_to_themselves() -> None:
    assert matches(a_book(replace(ADA, can_offer=("talks",)))) == []


@pytest.mark.parametrize("fields", [{"do_not_disturb": True}, {"archived": True}])
def test_who_is_in_peace_is_no_part_of_it(fields: dict[str, bool]) -> None:
    still = [(replace(ADA, **fields), LINUS), (ADA, replace(LINUS, **fields))]  # type: ignore[arg-type]  # fields of a contact
    for records in still:
        book = a_book(*records)
        assert matches(book) == []
        assert matches_for(book, "ada") == matches_for(book, "linus") == []


def test_those_who_know_each_other_come_later_and_the_better_they_do_the_later() -> None:
    scores = []
    for strength in (None, *TieStrength):
        known = () if strength is None else (Tie(uid="t", first="ada", second="linus", strength=strength),)
        (found,) = matches(a_book(ADA, LINUS, *known))
        scores.append(found.score)
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_those_who_were_often_together_know_each_other() -> None:
    (apart,) = matches(a_book(ADA, LINUS))
    (together,) = matches(a_book(ADA, LINUS, *(met(f"m{at}", TODAY, "ada", "linus") for at in range(5))))
    assert together.score == apart.score / 4


@pytest.mark.parametrize("state", IntroductionState)
@pytest.mark.parametrize(("first", "second"), [("ada", "linus"), ("linus", "ada")])
def test_who_was_introduced_is_left_out(state: IntroductionState, first: str, second: str) -> None:
    made = Introduction(uid="i", first=first, second=second, steps=(IntroductionStep(state, TODAY),))
    book = a_book(ADA, LINUS, made)
    assert matches(book) == matches_for(book, "ada") == []


def test_a_taker_hears_of_three_at_most_and_of_me() -> None:
    givers = [person(uid, f"N{uid}", can_offer=(f"talks {at}",)) for at, uid in enumerate("abcdef")]
    assert pairs(matches(a_book(ADA, ME, *givers))) == [(None, "ada"), ("a", "ada"), ("b", "ada"), ("c", "ada")]
    assert MOST_GIVERS == 3


def test_i_am_named_beside_three_who_fit_better() -> None:
    givers = [person(uid, f"N{uid}", can_offer=("speakers",)) for uid in "abcdef"]
    assert (None, "ada") in pairs(matches(a_book(ADA, ME, *givers)))


def test_a_contact_hears_of_both_ways() -> None:
    ada = replace(ADA, can_offer=("proofreading",))
    bo = person("bo", "Bo", looking_for=("somebody to proofread a thesis", "an editor"))
    assert pairs(matches_for(a_book(ada, LINUS, bo), "ada")) == [("ada", "bo"), ("linus", "ada")]


def test_the_next_look_knows_of_each_change() -> None:
    book = a_book(ADA, LINUS)
    (before,) = matches(book)
    add_tie(book, "ada", "linus", TieStrength.STRONG)
    assert [each.score for each in matches(book)] == [before.score / 4]
    book.undo()
    verbs.log_interaction(book, replace(met("", TODAY, "ada", "linus")))
    assert matches(book)[0].score < before.score
    book.undo()
    book.change("offers no more", put(LINUS, replace(LINUS, can_offer=())))
    assert matches(book) == []
    book.undo()
    assert matches(book) == [before]


WORDS = ("talks", "a flat in Rome", "tea", "python lessons", "lessons")


@settings(max_examples=60)
@given(st.lists(st.tuples(*(st.sets(st.sampled_from(WORDS), max_size=2) for _side in "ab")), max_size=7))
def test_what_one_hears_of_is_what_all_hear_of(book_of: list[tuple[set[str], set[str]]]) -> None:
    contacts = [
        person(f"p{at}", f"P{at}", can_offer=tuple(sorted(offers)), looking_for=tuple(sorted(wants)))
        for at, (offers, wants) in enumerate(book_of)
    ]
    book = a_book(*contacts, ME)
    found = matches(book)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert len(set(pairs(found))) == len(found)
    for each in found:
        assert each in matches_for(book, each.taker)
        assert each.giver is None or (each.giver, each.taker) in pairs(matches_for(book, each.giver))
