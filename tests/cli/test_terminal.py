"""What commands write to a terminal."""

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.cli.terminal import say, say_json, say_table, shared_out, tell
from relcraft.domain.fitting import cell_width, cut

HOSTILE = "a\x1b[31mb\x9b2Jc\u202ed\x7fe\u2028f\x00g"


def test_no_control_character_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say(HOSTILE)
    tell(HOSTILE)
    say_table([[HOSTILE, "x"]])
    out, err = capsys.readouterr()
    assert out == "a[31mb2Jcde\nfg\na[31mb2Jcde fg  x\n"
    assert err == "a[31mb2Jcde\nfg\n"


@given(st.text())
def test_json_says_every_character_and_none_that_a_terminal_acts_upon(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        written = _written(patch, text)
    assert json.loads(written) == {"text": text}
    assert not any(ord(char) < 32 and char != "\n" for char in written)
    assert not any(0x7F <= ord(char) <= 0x9F for char in written)
    assert not set(written) & set(
        "\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\u206f\ufeff\U000e0001\U000e007f"
    )


def _written(patch: pytest.MonkeyPatch, text: object) -> str:
    from io import BytesIO, TextIOWrapper

    taken = BytesIO()
    patch.setattr("sys.stdout", TextIOWrapper(taken, encoding="utf-8"))
    say_json({"text": text})
    return taken.getvalue().decode()


@pytest.mark.parametrize("odd", [2**70, "\ud800"])
def test_json_says_what_other_programs_wrote_into_a_book(odd: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(_written(monkeypatch, odd)) == {"text": odd}


def test_columns_stand_one_under_another_in_every_script(capsys: pytest.CaptureFixture[str]) -> None:
    say_table([["高瀬", "a"], ["Ada", "b"], ["e\u0301", "c"]])
    lines = capsys.readouterr().out.splitlines()
    assert [cell_width(line) for line in lines] == [7 - 2 + 2, 7 - 2 + 2, 7 - 2 + 2]


def test_one_very_long_cell_fills_no_other_row_with_spaces(capsys: pytest.CaptureFixture[str]) -> None:
    say_table([["x" * 1000, "a"], ["Ada", "b"]])
    assert capsys.readouterr().out == f"{'x' * 1000}  a\nAda{' ' * 57}  b\n"


def test_an_empty_column_takes_no_room(capsys: pytest.CaptureFixture[str]) -> None:
    say_table([["Ada", "", "x"], ["Bo", "", ""]])
    assert capsys.readouterr().out == "Ada  x\nBo\n"


def test_on_a_terminal_a_long_cell_never_hides_the_other_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    say_table([["Ada", "A company of a very long name indeed", "warm"], ["Grace", "Navy", "fresh"]], indent="  ")
    assert capsys.readouterr().out == (
        "  Ada    A company of a very l...  warm\n  Grace  Navy                      fresh\n"
    )


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(0, 120))
def test_columns_share_the_room_and_none_grows(widths: list[int], room: int) -> None:
    shared = shared_out(room, widths)
    assert all(new <= old for new, old in zip(shared, widths, strict=True))
    if sum(widths) <= room:
        assert shared == widths
    elif room >= 8 * len(widths):
        assert sum(shared) <= room
        assert all(new >= min(old, 8) for new, old in zip(shared, widths, strict=True))


@given(st.text(alphabet=st.characters(blacklist_categories=["Cc", "Cs"])), st.integers(4, 40))
def test_what_is_cut_fits(text: str, room: int) -> None:
    assert cell_width(cut(text, room)) <= room


def test_a_letter_that_the_terminal_has_not_is_shown_as_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO, TextIOWrapper

    taken = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(taken, encoding="ascii"))
    say("Zoë")
    sys.stdout.flush()
    assert taken.getvalue() == b"Zo\\xeb\n"
