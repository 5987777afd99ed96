"""Filters with figures beyond all measure."""

import pytest

from relcraft.domain.words import Circle
from tests.books import TODAY, a_book, met, person


@pytest.mark.parametrize(("days", "found"), [("0", 0), ("007", 1), ("9" * 12, 1), ("9" * 5000, 1), ("0" * 5000, 0)])
def test_people_due_within_any_number_of_days_are_found(days: str, found: int) -> None:
    book = a_book(person("ada", "Ada", circle=Circle.INNER), met("i", TODAY, "ada"))
    assert len(book.search(f"due:{days}")) == found
