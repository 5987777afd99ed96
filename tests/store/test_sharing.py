"""Several programs that have one book open for writing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from relcraft.domain.changes import put
from relcraft.domain.errors import BadBook, Conflict
from relcraft.domain.records import Contact
from relcraft.store.files import Files
from tests.store.changes import (
    ADA,
    GRACE,
    a_book,
    adding,
    at_rest,
    change,
    deleting,
    editing,
    journal_of,
    names,
    names_at_rest,
    opened,
)

LINUS = Contact(uid="linus", name="Linus")


class CountingFiles(Files):
    def __init__(self) -> None:
        self.bytes_read = 0
        self.calls: list[str] = []
        self.open_files = 0

    def open(self, path: Path, flags: int) -> int:
        fd = super().open(path, flags)
        self.open_files += 1
        return fd

    def close(self, fd: int) -> None:
        super().close(fd)
        self.open_files -= 1

    def read(self, fd: int, offset: int, size: int) -> bytes:
        data = super().read(fd, offset, size)
        self.bytes_read += len(data)
        self.calls.append("read")
        return data

    def lock(self, fd: int) -> bool:
        self.calls.append("lock")
        return super().lock(fd)


def test_what_one_writes_is_news_to_the_other(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path) as other:
        one.keep(change(put(None, GRACE), put(ADA, replace(ADA, city="London"))))
        assert [(op.uid, op.before is None) for op in other.news()] == [("grace", True), ("ada", False)]
        assert other.news() == ()
        kept = other.keep(adding(LINUS))
        assert kept.news == ()
        assert [op.uid for op in one.keep(deleting(GRACE)).news] == ["linus"]
        assert [op.uid for op in other.news()] == ["grace"]
        assert names(one) == names(other) == ["Ada Lovelace", "Linus"]
    assert names_at_rest(path) == ["Ada Lovelace", "Linus"]


def test_a_first_change_of_two_new_books_makes_one(path: Path) -> None:
    with a_book(path) as one, a_book(path) as other:
        one.keep(adding(ADA))
        assert [op.uid for op in other.keep(adding(GRACE)).news] == ["ada"]
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper"]


def test_a_fold_by_one_is_nothing_new_to_the_other_and_not_read_again(path: Path) -> None:
    files = CountingFiles()
    with a_book(path, ADA) as one, a_book(path, files=files) as other:
        for name in "abc":
            one.keep(adding(Contact(uid=name, name=name)))
            one.fold()
            one.keep(adding(Contact(uid=name * 2, name=name)))
        assert len(other.news()) == 6
        one.keep(adding(GRACE))
        other.news()
        files.bytes_read = 0
        one.fold()
        one.keep(adding(LINUS))
        assert [op.uid for op in other.news()] == ["linus"]
        assert files.bytes_read < path.stat().st_size
        other.keep(deleting(LINUS))
        assert [op.uid for op in one.news()] == ["linus"]
    assert "Linus" not in names_at_rest(path)


def test_a_look_for_news_where_there_is_nothing_new_reads_and_locks_nothing(path: Path) -> None:
    files = CountingFiles()
    with a_book(path, ADA, files=files) as book, a_book(path) as other:
        book.keep(adding(GRACE))
        other.news()
        files.calls.clear()
        for _ in range(3):
            assert book.news() == ()
        assert files.calls == []


def test_a_journal_that_stays_damaged_costs_no_open_file_at_each_look(path: Path) -> None:
    files = CountingFiles()
    with a_book(path, ADA, files=files) as book, a_book(path) as other:
        other.keep(adding(GRACE))
        other.keep(adding(LINUS))
        whole = journal_of(path).read_bytes()
        header, *lines = whole.splitlines(keepends=True)
        journal_of(path).write_bytes(b"".join([header, b"x", *lines]))
        assert book.news() == ()
        with pytest.raises(BadBook, match="damaged in line 2"):
            book.news()
        before = files.open_files
        for _ in range(3):
            assert book.news() == ()
        assert files.open_files == before
        journal_of(path).write_bytes(whole)
        assert [op.uid for op in book.news()] == ["grace", "linus"]


def test_edits_of_different_fields_are_put_together(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path) as other:
        one.keep(editing(ADA, replace(ADA, city="London")))
        kept = other.keep(editing(ADA, replace(ADA, role="Countess")))
        merged = {"uid": "ada", "name": "Ada Lovelace", "city": "London", "role": "Countess"}
        assert [op.after for op in kept.news] == [{"uid": "ada", "name": "Ada Lovelace", "city": "London"}]
        assert [(op.before, op.after) for op in kept.ops] == [(kept.news[0].after, merged)]
    assert at_rest(path)["contacts"] == [merged]


def test_an_edit_of_the_same_field_names_the_record_and_keeps_nothing_of_the_change(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path) as other:
        one.keep(editing(ADA, replace(ADA, city="London")))
        with pytest.raises(Conflict, match=r'"Ada Lovelace" was changed by another program meanwhile \("City"\)'):
            other.keep(change(put(None, GRACE), put(ADA, replace(ADA, city="Paris"))))
        assert [op.uid for op in other.news()] == ["ada"]
        assert names(other) == ["Ada Lovelace"]
        assert other.load()["contacts"]["ada"]["city"] == "London"


def test_the_field_that_both_edited_is_named_in_the_users_words(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path) as other:
        one.keep(editing(ADA, replace(ADA, cadence_days=7, met_how="at a fair")))
        with pytest.raises(Conflict, match=r'"In touch every" and "How we met"'):
            other.keep(editing(ADA, replace(ADA, cadence_days=9, met_how="at work")))


def test_a_record_that_the_other_deleted_is_named(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path) as other:
        one.keep(deleting(ADA))
        with pytest.raises(Conflict, match='"Ada Lovelace" was deleted by another program'):
            other.keep(editing(ADA, replace(ADA, city="Paris")))
        assert other.keep(deleting(ADA)).ops == ()


def test_a_record_that_the_other_edited_is_not_deleted(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path) as other:
        one.keep(editing(ADA, replace(ADA, city="London")))
        with pytest.raises(Conflict, match="it was not deleted"):
            other.keep(deleting(ADA))
    assert names_at_rest(path) == ["Ada Lovelace"]


def test_removing_the_lock_file_lets_nobody_write_alone(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path) as other:
        one.keep(adding(GRACE))
        path.with_name("book.json.lock").unlink()
        other.keep(adding(LINUS))
        one.keep(editing(ADA, replace(ADA, city="London")))
        assert names(other) == names(one) == ["Ada Lovelace", "Grace Hopper", "Linus"]


def test_closing_after_the_other_folded_leaves_one_file(path: Path) -> None:
    with a_book(path, ADA) as one, a_book(path) as other:
        one.keep(adding(GRACE))
        other.keep(adding(LINUS))
    assert not journal_of(path).exists()
    assert sorted(one.name for one in path.parent.iterdir()) == ["book.json", "book.json.lock"]


WRITER = """
import sys
from pathlib import Path
from relcraft.domain.records import Contact
from tests.store.changes import adding, opened

path, name, count, fold_each = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
book = opened(path)
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    book.keep(adding(Contact(uid=f"{name}-{number}", name=f"{name} {number}")))
    if number % fold_each == fold_each - 1:
        book.fold()
print(len([uid for uid in book.load()["contacts"] if uid.startswith(name)]))
book.close()
"""


@pytest.mark.parametrize("fold_each", [10_000, 7])
def test_a_thousand_changes_from_two_programs_at_once_are_a_thousand_in_the_file(path: Path, fold_each: int) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name, "500", str(fold_each)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "other")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.communicate(timeout=120)[0] for writer in writers] == ["500\n", "500\n"]
    expected = sorted(f"{name} {number}" for name in ("one", "other") for number in range(500))
    assert names_at_rest(path) == expected
    (meta,) = at_rest(path)["_meta"]
    assert meta["seq"] == 1000
    book = opened(path)
    assert len(names(book)) == 1000
