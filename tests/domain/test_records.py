"""What a record holds to: birthdays that exist, values that do not change."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.errors import BadInput
from relcraft.domain.records import Birthday, Contact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1990-03-12", Birthday(3, 12, 1990)),
        ("--03-12", Birthday(3, 12)),
        ("--02-29", Birthday(2, 29)),
        ("2024-02-29", Birthday(2, 29, 2024)),
        ("0001-01-01", Birthday(1, 1, 1)),
        ("9999-12-31", Birthday(12, 31, 9999)),
    ],
)
def test_a_birthday_is_read_and_printed_alike(text: str, expected: Birthday) -> None:
    assert Birthday.parse(text) == expected
    assert str(expected) == text


def test_a_birthday_may_be_typed_without_zeros() -> None:
    assert str(Birthday.parse("1990-3-2")) == "1990-03-02"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "--",
        "---",
        "12 March",
        "1990-03",
        "1990-13-01",
        "1990-02-30",
        "2023-02-29",
        "--02-30",
        "0000-01-01",
        "10000-01-01",
        "-5-03-12",
        "1990-03-12-01",
        "1990-03-12T00:00:00",
        "1990-3-+2",
        "19_90-03-12",
        " 1990-03-12",
        "١٩٩٠-٠٣-١٢",
        "1" * 5000 + "-03-12",
    ],
)
def test_what_is_no_birthday_is_told(text: str) -> None:
    with pytest.raises(BadInput, match="birth"):
        Birthday.parse(text)


@pytest.mark.parametrize(("month", "day", "year"), [(0, 1, None), (13, 1, 1990), (2, 29, 2023), (1, 1, 0), (1, 1, -4)])
def test_a_day_that_is_not_in_the_calendar_is_no_birthday(month: int, day: int, year: int | None) -> None:
    with pytest.raises(BadInput):
        Birthday(month, day, year)


birthdays = st.builds(
    lambda day, known: Birthday(day.month, day.day, day.year if known else None), st.dates(), st.booleans()
)


@given(birthdays)
def test_printing_a_birthday_and_reading_it_gives_it_back(birthday: Birthday) -> None:
    assert Birthday.parse(str(birthday)) == birthday


@given(st.text() | st.text("0123456789-"))
def test_any_text_is_a_birthday_or_told(text: str) -> None:
    try:
        birthday = Birthday.parse(text)
    except BadInput:
        return
    assert Birthday.parse(str(birthday)) == birthday


@given(st.dates())
def test_every_day_can_be_a_birthday(day: date) -> None:
    assert str(Birthday(day.month, day.day, day.year)) == day.isoformat()


def test_a_record_does_not_change() -> None:
    contact = Contact(uid="ada", name="Ada Lovelace")
    with pytest.raises(FrozenInstanceError):
        contact.name = "Grace Hopper"  # type: ignore[misc]  # that it is refused is what is tested


def test_records_that_say_the_same_are_equal() -> None:
    assert Contact(uid="ada", name="Ada") == Contact(uid="ada", name="Ada")
    assert len({Contact(uid="ada", name="Ada"), Contact(uid="ada", name="Ada")}) == 1
