"""Matching: what one looks for is what another one offers, by whole words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.matching import likeness, match, stem_of, stems


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("speakers", "gives talks"),
        ("speakers for the spring meetup", "talks about compilers"),
        ("a job as data engineer", "data engineering roles"),
        ("Python developers", "python developer"),
        ("a flat in Berlin", "apartment in Berlin"),
        ("investors for climate startups", "knows investors in Paris"),
        ("somebody to mentor her", "coaching"),
        ("hiring", "knows recruiters"),
        ("a programming course", "courses in programming"),
        ("traducción", "TRADUCCION"),
        ("C++", "C++ compilers"),
        ("advice", "advice on anything"),
        ("翻訳", "翻訳"),
    ],
)
def test_what_is_offered_is_what_is_wanted(wanted: str, offered: str) -> None:
    found = match([wanted], [offered])
    assert found is not None
    assert (found.wanted, found.offered) == (wanted, offered)
    assert 0 < found.score <= 1


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("art", "party planning"),
        ("Go", "Google ads"),
        ("AI", "a paid internship"),
        ("C", "C++"),
        ("C#", "C"),
        ("R", "rowing"),
        ("car", "career advice"),
        ("care", "career"),
        ("news", "new friends"),
        ("machine learning", "machine shop"),
        ("advice on tax", "advice on compilers"),
        ("help with a move", "help with grants"),
        ("a job in Rome", "a flat in Rome"),
        ("the", "the"),
        ("", ""),
        ("somebody who can", "somebody who can"),
    ],
)
def test_no_false_friends(wanted: str, offered: str) -> None:
    assert match([wanted], [offered]) is None


def test_the_best_of_several_is_named() -> None:
    found = match(["a flat", "python lessons"], ["lessons", "python lessons for beginners", "tea"])
    assert found is not None
    assert (found.wanted, found.offered) == ("python lessons", "python lessons for beginners")


def test_of_equals_the_first_by_its_words_is_named_whatever_their_order() -> None:
    assert match(["tea", "bread"], ["bread", "tea"]) == match(["bread", "tea"], ["tea", "bread"])


def test_the_same_words_are_a_whole_match_and_more_words_a_lesser_one() -> None:
    assert likeness("python lessons", "Lessons, Python!") == 1
    assert likeness("python lessons", "python lessons in the evening by the sea") < 1


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("speakers", "speak"),
        ("companies", "company"),
        ("classes", "class"),
        ("coaches", "coach"),
        ("business", "business"),
        ("running", "run"),
        ("selling", "sell"),
        ("engineers", "engineer"),
        ("engineering", "engineer"),
        ("ring", "ring"),
        ("bus", "bus"),
        ("go", "go"),
        ("ads", "ads"),
    ],
)
def test_endings_come_off_and_short_words_stay(word: str, stem: str) -> None:
    assert stem_of(word) == stem


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_mutual_and_never_above_one(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1.0
    assert likeness(one, one) == (1.0 if stems(one) else 0.0)
