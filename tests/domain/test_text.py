"""What text from outside may still hold once it is cleaned, and how texts compare."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.text import clean, clean_line, fold
from tests.fuzz.answers import in_time

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206f"
texts = st.text() | st.text(st.sampled_from("a \n\r\t\x00\x1b\x9b\u200d\u200c\ud800\ufeff\u2028é" + BIDI))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("O'Brien, C# & 24/7", "O'Brien, C# & 24/7"),
        ("[/] [red]x[/red] [@click=app.bell]y[/]", "[/] [red]x[/red] [@click=app.bell]y[/]"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31mred", "31mred"),
        ("bell\x07 and \x7f", "bell and "),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("tab\tstays", "tab\tstays"),
        ("ev\u202eil\u202c", "evil"),
        ("\ufeffname", "name"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("a\u2028b\u2029c\vd\fe", "a\nb\nc\nd\ne"),
        ("👩\u200d💻 at work", "👩\u200d💻 at work"),
        ("🏳️\u200d🌈", "🏳️\u200d🌈"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Zoe\u0308", "Zoe\u0308"),
        ("李小龙", "李小龙"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_cleaning(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Grace \n\t Hopper ", "Grace Hopper"),
        ("a\r\nb", "a b"),
        ("no\u00a0break", "no break"),
        ("\x1b\n", ""),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_cleaning_to_one_line(text: str, expected: str) -> None:
    assert clean_line(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "ZOE"),
        ("Łukasz", "łukasz"),
        ("Straße", "STRASSE"),
        ("ＡＢＣ", "abc"),
        ("Zoe\u0308", "Zoë"),
        ("İstanbul", "istanbul"),
        ("ΟΔΟΣ", "οδος"),
        ("𝐀𝐝𝐚", "ada"),
    ],
)
def test_case_accents_and_width_do_not_count(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(texts)
def test_nothing_that_steers_a_terminal_survives(text: str) -> None:
    for char in clean(text):
        assert char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
        assert char not in BIDI
    clean(text).encode("utf-8")


@given(texts)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(texts)
def test_one_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert line.splitlines() in ([], [line])


@given(st.text().filter(str.isprintable))
def test_printable_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text.swapcase()) == fold(text) or not text.isascii()


def test_tags_that_nobody_sees_are_removed() -> None:
    assert clean("Ada\U000e0001\U000e0041\U000e007f") == "Ada"


@pytest.mark.parametrize(
    "accents", ["\u0323\u0300", "\u0300\u0323", "\u0f73\u0f81", "\u0345\u0300", "e\u0323\u0300\u0345"]
)
def test_a_hundred_thousand_accents_take_no_second_and_fold_as_few_do(accents: str) -> None:
    assert in_time(fold, "Zoë" + accents * (100_000 // len(accents))) == "zoe" + fold(accents) * (
        100_000 // len(accents)
    )
