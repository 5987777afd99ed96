"""A program that ends between any two steps on the disk: nothing that was saved is lost, and nothing is half there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from relcraft.domain.changes import drop, put
from relcraft.domain.records import Contact
from relcraft.store.files import Files
from relcraft.store.keeper import BookFile
from tests.store.changes import ADA, GRACE, NOW, adding, at_rest, change, names_at_rest, opened

CHANGING = ("open", "write", "truncate", "sync_data", "sync", "replace", "unlink", "mkdir")
LINUS = Contact(uid="linus", name="Linus")


class Ended(BaseException):
    """The program is no more: nothing that it still does reaches the disk."""


def ending_after(steps: int, *, half_written: bool) -> Files:
    """Files that do so many steps and then none; where `half_written`, half of a write that comes last is done."""
    files, left = Files(), [steps]

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any) -> Any:
            left[0] -= 1
            if left[0] == -1 and name == "write" and half_written:
                real(arguments[0], arguments[1][: len(arguments[1]) // 2])
            if left[0] < 0:
                raise Ended
            return real(*arguments)

        return step

    for name in CHANGING:
        setattr(files, name, counted(name, getattr(files, name)))
    return files


def steps_of(book: BookFile, saved: list[str]) -> None:
    """Do a bit of everything; after each change that was reported as saved, `saved` says how the book is then."""
    ada = replace(ADA, city="London")
    book.keep(adding(ADA))
    saved[:] = ["Ada Lovelace"]
    book.keep(change(put(ADA, ada), put(None, GRACE), put(None, LINUS)))
    saved[:] = ["Ada Lovelace", "Grace Hopper", "Linus"]
    book.fold()
    book.keep(change(drop(GRACE), put(ada, replace(ada, name="Augusta"))))
    saved[:] = ["Augusta", "Linus"]
    book.keep(change(put(None, GRACE), drop(LINUS)))
    saved[:] = ["Augusta", "Grace Hopper"]
    book.close()


STATES = [
    [],
    ["Ada Lovelace"],
    ["Ada Lovelace", "Grace Hopper", "Linus"],
    ["Augusta", "Linus"],
    ["Augusta", "Grace Hopper"],
]


def ends_after(folder: Path, steps: int, *, half_written: bool) -> bool:
    """Let a program end after so many steps and check what the next one finds; return whether it was not done yet."""
    path, saved, ended = folder / "new" / "book.json", list[str](), False
    days = iter(range(1000))
    files = ending_after(steps, half_written=half_written)
    try:
        book = opened(path, files=files, backups=folder / "backups", now=lambda: NOW.replace(day=1 + next(days) % 28))
        steps_of(book, saved)
    except Ended:
        ended = True
    if path.exists():
        assert names_at_rest(path) in STATES  # stock TinyDB opens it, whatever waits in the journal
    found = opened(path)
    names = sorted(one["name"] for one in found.load().get("contacts", {}).values())
    assert names in STATES[STATES.index(saved) : STATES.index(saved) + 2]
    found.keep(adding(Contact(uid="next", name="Next")))
    found.close()
    assert names_at_rest(path) == sorted([*names, "Next"])
    dead = {one["uid"] for one in at_rest(path).get("_tombstones", [])}
    assert dead.isdisjoint(one["uid"] for one in at_rest(path)["contacts"])
    assert at_rest(path).get("conflicts", []) == []
    for backup in (folder / "backups").glob("book-*.json"):
        assert names_at_rest(backup) in STATES
    return ended


@pytest.mark.parametrize("half_written", [False, True])
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # who is no more closes nothing
def test_a_program_may_end_after_any_step_on_the_disk(tmp_path: Path, half_written: bool) -> None:
    steps = 0
    while ends_after(tmp_path / str(steps), steps, half_written=half_written):
        steps += 1
    assert steps > 60
