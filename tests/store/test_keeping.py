"""What every keeper promises to the open book: the same over memory and over the file."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from relcraft.book.memory import MemoryKeeper
from relcraft.book.port import Keeper
from relcraft.domain.changes import Steps, drop, put
from relcraft.domain.errors import Conflict
from relcraft.domain.records import Contact
from tests.store.changes import ADA, GRACE, adding, change, deleting, editing, opened

Reopen = Callable[[], Keeper]


@pytest.fixture(params=["memory", "file"])
def keeper(request: pytest.FixtureRequest, path: Path) -> Iterator[Keeper]:
    made: Keeper = MemoryKeeper() if request.param == "memory" else opened(path)
    yield made
    made.close()


def test_a_new_book_is_empty_and_can_be_written(keeper: Keeper) -> None:
    assert not any(keeper.load().values())
    assert keeper.read_only == ""
    assert keeper.news() == ()


def test_what_is_kept_is_there(keeper: Keeper) -> None:
    kept = keeper.keep(adding(ADA, GRACE))
    assert [op.uid for op in kept.ops] == ["ada", "grace"]
    assert kept.news == ()
    assert keeper.load()["contacts"]["grace"]["name"] == "Grace Hopper"


def test_an_edit_takes_the_place_of_what_was_there(keeper: Keeper) -> None:
    keeper.keep(adding(ADA))
    keeper.keep(editing(ADA, replace(ADA, city="London")))
    assert keeper.load()["contacts"] == {"ada": {"uid": "ada", "name": "Ada Lovelace", "city": "London"}}


def test_a_deletion_can_be_taken_back_and_made_again(keeper: Keeper) -> None:
    keeper.keep(adding(ADA))
    done = deleting(ADA)
    for _ in range(3):
        keeper.keep(done)
        assert "ada" not in keeper.load()["contacts"]
        keeper.keep(done.turned_round("Undone", done.at))
        assert keeper.load()["contacts"]["ada"]["name"] == "Ada Lovelace"


def test_a_change_of_a_record_that_is_not_there_is_refused_as_a_whole(keeper: Keeper) -> None:
    with pytest.raises(Conflict):
        keeper.keep(change(put(None, GRACE), put(ADA, replace(ADA, city="London"))))
    assert not keeper.load().get("contacts")


def test_a_change_of_a_field_that_is_no_longer_as_it_was_read_is_refused_as_a_whole(keeper: Keeper) -> None:
    keeper.keep(adding(ADA))
    keeper.keep(editing(ADA, replace(ADA, city="London")))
    with pytest.raises(Conflict):
        keeper.keep(change(put(None, GRACE), put(ADA, replace(ADA, city="Paris"))))
    with pytest.raises(Conflict):
        keeper.keep(change(drop(ADA), put(None, GRACE)))
    assert list(keeper.load()["contacts"]) == ["ada"]
    assert keeper.load()["contacts"]["ada"]["city"] == "London"


def test_two_edits_of_different_fields_are_put_together(keeper: Keeper) -> None:
    keeper.keep(adding(ADA))
    keeper.keep(editing(ADA, replace(ADA, city="London")))
    kept = keeper.keep(editing(ADA, replace(ADA, role="Countess")))
    both = {"uid": "ada", "name": "Ada Lovelace", "city": "London", "role": "Countess"}
    assert kept.ops[0].after == both
    assert kept.ops[0].before == {"uid": "ada", "name": "Ada Lovelace", "city": "London"}
    assert keeper.load()["contacts"]["ada"] == both


def test_a_document_that_is_kept_is_not_the_callers_own(keeper: Keeper) -> None:
    done = adding(Contact(uid="ada", name="Ada", extra={"shoes": ["left"]}))
    keeper.keep(done)
    after = done.ops[0].after
    assert after is not None
    after["shoes"].append("right")
    assert keeper.load()["contacts"]["ada"]["shoes"] == ["left"]


def test_a_change_of_nothing_keeps_nothing(keeper: Keeper) -> None:
    assert keeper.keep(change()).ops == ()


def test_folding_twice_leaves_what_was_kept(keeper: Keeper) -> None:
    keeper.keep(adding(ADA))
    keeper.fold()
    keeper.fold()
    assert list(keeper.load()["contacts"]) == ["ada"]


def test_the_history_leads_to_what_can_be_undone_and_redone(keeper: Keeper) -> None:
    done = adding(ADA)
    keeper.keep(done)
    keeper.keep(adding(GRACE))
    keeper.keep(done.turned_round("Undone", done.at))
    keeper.fold()
    keeper.keep(change())  # nothing
    turns: Steps[str] = Steps()
    for one in keeper.history():
        turns.take(one.turn, one.ops[0].uid if one.ops else "")
    assert (turns.done, turns.undone) == (["ada"], ["grace"])
