"""Cells that a spreadsheet would run get a guard, and the guard comes off again exactly."""

import re

import pytest
from hypothesis import given, settings

from relcraft.formats.formulas import guarded, unguarded
from tests.fuzz.answers import in_time
from tests.fuzz.texts import texts

READ_OVER = ' \t\r\n"“”\u00a0\u200b\u2060\u00ad'
DANGEROUS = "=+-@|%＝＋－＠﹣−\t\r\n"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("+49 30 1234", "'+49 30 1234"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("  -2+3", "'  -2+3"),
        ('"=1+1"', '\'"=1+1"'),
        ("＝1", "'＝1"),
        ("\tx", "'\tx"),
        ("'=1", "''=1"),
        ("'hello", "'hello"),
        ("--03-12", "'--03-12"),
        ("+49 1; +49 2", "'+49 1;' +49 2"),
        ("Notes:\n- tea\n- go", "Notes:\n'- tea\n'- go"),
        ("a-b, c = d; e", "a-b, c = d; e"),
        ("ada@example.org", "ada@example.org"),
        ("", ""),
    ],
)
def test_a_cell_that_would_run_is_guarded_and_any_other_is_as_it_was(text: str, cell: str) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


@settings(deadline=None)
@given(texts(60))
def test_the_guard_comes_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(deadline=None)
@given(texts(60))
def test_no_cell_begins_as_a_formula_whatever_the_separator_is(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(tuple(DANGEROUS))
    for part in re.split("[;\t\r\n]", cell):
        assert not part.lstrip(READ_OVER).startswith(tuple("=+-@|%＝＋－＠﹣−"))


@pytest.mark.parametrize("sign", ["'", '"', ";", "\n", " ", "=", "';", "\n'", "=;", "\u200b"])
def test_a_hundred_thousand_signs_take_no_second(sign: str) -> None:
    many = sign * (100_000 // len(sign))
    for text in (many, many + "=", "a" + many):
        assert in_time(unguarded, in_time(guarded, text)) == text
