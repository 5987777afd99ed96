"""What the command line says of files that are no book, or one as nobody expects."""

from pathlib import Path

import pytest

from relcraft.domain.errors import BadBook
from relcraft.store.checking import check
from tests.battery.small_book import opened, records_of, small_book
from tests.battery.whole_files import answers, whole_files


def test_every_file_is_told_in_one_sentence_within_a_second_and_left_as_it_is(tmp_path: Path) -> None:
    found = list(answers(small_book(), tmp_path / "run"))
    assert len(found) > 250
    assert [answer for answer in found if answer.problem] == []


def test_a_name_that_a_terminal_would_act_upon_is_told_cleaned(tmp_path: Path) -> None:
    name = "bo\x1b[2J\nok\u202e.json"
    found = list(answers(small_book(), tmp_path / "run", name, ("empty", "a list", "a pipe", "an id twice", "NaN")))
    assert len(found) == 25
    assert [answer for answer in found if answer.problem] == []


def test_the_keeper_opens_or_refuses_each_of_them_by_name(tmp_path: Path) -> None:
    for file in whole_files(small_book()):
        path = tmp_path / "book.json"
        file.lay(path)
        if file.opens:
            keeper = opened(path)
            records_of(keeper)
            keeper.history()
            keeper.close()
        else:
            with pytest.raises(BadBook) as told:
                opened(path)
            assert path.name in str(told.value) or path.is_symlink()
            assert not check(path).whole
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "/dev/zero", "3 GB of nothing", "a link to itself"])
def test_what_stands_in_the_place_of_the_journal_is_told_at_once(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "book.json"
    path.write_bytes(small_book().book)
    file = next(file for file in whole_files(small_book()) if file.name == kind)
    if kind == "a link to itself":
        path.with_name("book.json.journal").symlink_to("book.json.journal")
    else:
        file.lay(path.with_name("book.json.journal"))
    with pytest.raises(BadBook):
        opened(path)
    assert not check(path).whole
