"""What of a text fits into some columns."""

from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.fitting import cell_width, cut, wrapped


def test_lines_break_between_words() -> None:
    assert wrapped("she looks for two speakers", 10) == ["she looks", "for two", "speakers"]
    assert wrapped("", 10) == []
    assert wrapped("unpronounceable word", 10) == ["unprono...", "word"]


def test_wide_letters_take_two_columns() -> None:
    assert wrapped("李伟 李伟 李伟", 9) == ["李伟 李伟", "李伟"]
    assert cut("李伟李伟", 6) == "李..."


@given(st.text(), st.integers(3, 40))
def test_no_line_is_wider_than_the_room(text: str, room: int) -> None:
    assert all(cell_width(line) <= room for line in wrapped(text, room))


@given(st.text(alphabet="ab \n", max_size=80))
def test_no_word_is_lost(text: str) -> None:
    assert " ".join(wrapped(text, 80)).split() == text.split()
