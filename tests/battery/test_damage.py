"""What damage the files of a book survive: each case opens, or is told, and nothing is lost without a word."""

import pytest

from tests.battery.damage import damaged, while_open
from tests.battery.small_book import small_book

_PARTS = 12
"""The default tests try two in so many cases, each in a test, so that several cores share them."""


@pytest.mark.parametrize("part", [0, 7])
def test_no_cut_flip_or_shuffle_of_a_small_book_or_its_journal_loses_anything_without_a_word(part: int) -> None:
    """A sample; every bit: pytest -n0 -m long <this file>."""
    tallies = damaged(long=False, part=part, parts=_PARTS)
    assert sum(tally.cases for tally in tallies.values()) > 7_000 // _PARTS
    assert [line for tally in tallies.values() for line in tally.first] == []


def test_files_damaged_while_the_book_is_open_crash_nothing_and_what_was_said_to_be_kept_is_kept() -> None:
    count, wrong = while_open(small_book(), 50)
    assert count > 120
    assert wrong == []


@pytest.mark.long
def test_no_bit_of_a_small_book_or_its_journal_can_change_without_a_word() -> None:
    tallies = damaged(long=True)
    assert sum(tally.cases for tally in tallies.values()) > 80_000
    assert [line for tally in tallies.values() for line in tally.first] == []
