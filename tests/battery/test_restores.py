"""Restoring over what cannot be read: no crash and no refusing disk loses what was there, or leaves half a backup."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from relcraft.domain.errors import BadBook, Conflict, NotKept
from relcraft.store.backups import save_new
from relcraft.store.files import Files
from relcraft.store.restoring import put_in_place
from relcraft.store.saving import read_file
from tests.battery.disk import Tree
from tests.battery.refusing import KINDS, SHORT_WRITE, Fault, Kind, RefusingFiles
from tests.battery.restores import DAMAGES, backup, crashed_restore, crashed_save, uncaught
from tests.battery.runs import BOOK, NOW
from tests.battery.states import FULL
from tests.store.changes import all_files, names_at_rest


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_crash_leaves_what_was_there_or_the_backup(damage: str) -> None:
    tally, _ = crashed_restore(damage)
    assert (tally.wrong, tally.first) == (0, "")
    assert tally.crashes > 40


def test_every_crash_leaves_a_saved_backup_whole_or_none() -> None:
    tally, _ = crashed_save()
    assert (tally.wrong, tally.first) == (0, "")


@pytest.mark.long
@pytest.mark.parametrize("damage", DAMAGES)
def test_every_crash_at_every_byte_leaves_what_was_there_or_the_backup(damage: str) -> None:
    tally, _ = crashed_restore(damage, FULL)
    assert (tally.wrong, tally.first) == (0, "")


def test_nothing_that_makes_a_restore_durable_could_be_left_out() -> None:
    assert uncaught() == set()


_FIRST = ("EIO", "ENOSPC", "failed fsync", "short write, then ENOSPC", "no memory at a read")
FAILURES = [
    pytest.param(kind, id=kind.name, marks=() if kind.name in _FIRST else pytest.mark.long)
    for kind in KINDS
    if kind is not SHORT_WRITE
]


def laid(tree: Tree, folder: Path) -> Path:
    """Lay the files of a scene into a real folder; return the path of the book."""
    for path, data in tree.items():
        if data is not None:
            (folder / Path(path).name).write_bytes(data)
    return folder / BOOK.name


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_restore_keeps_what_was_there_and_puts_the_backup_in_its_place(damage: str, tmp_path: Path) -> None:
    path = laid(DAMAGES[damage](), tmp_path)
    before = {name: data for name, data in all_files(tmp_path).items() if not name.endswith(".lock")}
    kept = put_in_place(Files(), path, backup(), NOW)
    assert {one.name for one in kept} == {f"book.damaged-20260312-143000{name.removeprefix('book')}" for name in before}
    after = all_files(tmp_path)
    assert all(after[f"book.damaged-20260312-143000{name.removeprefix('book')}"] == before[name] for name in before)
    assert names_at_rest(path) == ["Linus", "Raj"]
    assert not path.with_name("book.json.journal").exists()
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_two_restores_of_one_second_keep_both(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    for number in (1, 2):
        path.write_text("{" * number)
        put_in_place(Files(), path, backup(), NOW)
    kept = {name: data for name, data in all_files(tmp_path).items() if "damaged" in name}
    assert kept == {"book.damaged-20260312-143000.json": b"{", "book.damaged-20260312-143000-2.json": b"{{"}


def test_a_book_that_can_be_read_is_not_replaced(tmp_path: Path) -> None:
    path = laid(DAMAGES["a book that was cut off"](), tmp_path)
    put_in_place(Files(), path, backup(), NOW)
    before = all_files(tmp_path)
    with pytest.raises(Conflict, match="can be read again"):
        put_in_place(Files(), path, backup(), NOW)
    assert all_files(tmp_path) == before


def test_what_is_no_file_stays(tmp_path: Path) -> None:
    (tmp_path / "book.json").mkdir()
    with pytest.raises(BadBook, match="it is a folder"):
        put_in_place(Files(), tmp_path / "book.json", backup(), NOW)
    assert (tmp_path / "book.json").is_dir()


def faults(kind: Kind) -> Iterator[Fault]:
    return (Fault(kind, number, lasting) for number in count(1) for lasting in (False, True))


@pytest.mark.parametrize("kind", FAILURES)
def test_a_disk_that_refuses_a_call_leaves_what_was_there_or_the_backup(kind: Kind, tmp_path: Path) -> None:
    restored = backup()
    for number, fault in enumerate(faults(kind)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = laid(DAMAGES["a book that was cut off, and changes that wait"](), folder)
        before = all_files(folder)
        files = RefusingFiles(fault)
        told = ""
        try:
            put_in_place(files, path, restored, NOW)
        except (NotKept, BadBook) as error:
            told = str(error)
        after = all_files(folder)
        if not files.befell:
            assert told == ""
            break
        if told.endswith("Nothing was changed."):
            left = {name: data for name, data in after.items() if name in before}
            assert left == before, fault
        elif told:
            assert "is the backup now" in told or "could not be read" in told, fault
        if path.read_bytes() != before["book.json"]:
            assert names_at_rest(path) == ["Linus", "Raj"]
            assert before["book.json"] in [data for name, data in after.items() if "damaged" in name], fault
        with_journal = after.get("book.json.journal") == before["book.json.journal"]
        kept = [data for name, data in after.items() if "damaged" in name and name.endswith(".journal")]
        assert with_journal or before["book.json.journal"] in kept, fault


@pytest.mark.parametrize("kind", FAILURES)
def test_a_backup_that_a_disk_refuses_leaves_nothing_half(kind: Kind, tmp_path: Path) -> None:
    target = tmp_path
    for number, fault in enumerate(faults(kind)):
        target = tmp_path / str(number) / "copy.json"
        target.parent.mkdir()
        files = RefusingFiles(fault)
        try:
            save_new(files, target, b"whole" * 100)
        except (OSError, MemoryError):
            assert files.befell
        if not files.befell:
            break
        assert not target.exists() or target.read_bytes() in (b"whole" * 100, b""), fault
    assert target.read_bytes() == b"whole" * 100


def test_the_book_that_was_put_in_place_is_read_with_its_last_changes(tmp_path: Path) -> None:
    path = laid(DAMAGES["both damaged"](), tmp_path)
    put_in_place(Files(), path, backup(), NOW)
    assert [one.title for one in read_file(path).recent.changes()] == ["add raj"]
