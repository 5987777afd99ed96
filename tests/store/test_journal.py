"""The journal beside the file: what waits in it is there, and what is wrong with it is told."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.changes import Turn
from relcraft.domain.errors import BadBook
from relcraft.domain.records import Contact
from relcraft.store.journal import Entry, Header, entry_line, guarded, parse_journal
from relcraft.store.rows import RowOp
from tests.store.changes import (
    ADA,
    GRACE,
    a_book,
    adding,
    all_files,
    crashed,
    deleting,
    editing,
    journal_of,
    names,
    names_at_rest,
    opened,
)

LINUS = Contact(uid="linus", name="Linus")


@pytest.fixture
def waiting(path: Path) -> Path:
    """A book whose file has Ada, and in whose journal Grace and Linus wait."""
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        book.keep(adding(LINUS))
        crashed(book)
    return path


def lines_of(path: Path) -> list[bytes]:
    return journal_of(path).read_bytes().splitlines(keepends=True)


def test_a_change_waits_in_the_journal_until_the_fold(path: Path) -> None:
    with a_book(path, ADA) as book:
        rest = path.read_bytes()
        book.keep(adding(GRACE))
        assert path.read_bytes() == rest
        assert b"Grace Hopper" in journal_of(path).read_bytes()
        book.fold()
        assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper"]
        assert not journal_of(path).exists()


def test_the_journal_says_what_it_continues_and_what_was_done(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(editing(ADA, replace(ADA, city="London")))
        header, line = [json.loads(line.split(b" ", 1)[1]) for line in lines_of(path)]
        assert (header["seq"], header["size"]) == (1, path.stat().st_size)
        assert (line["seq"], line["at"], line["title"]) == (2, "2026-03-12T14:30:00.000000Z", "a change")
        ada = {"uid": "ada", "name": "Ada Lovelace"}
        assert line["ops"] == [["contacts", 1, ada, {**ada, "city": "London"}]]


def test_after_a_crash_everything_that_was_kept_is_there(waiting: Path) -> None:
    with a_book(waiting) as book:
        assert names(book) == ["Ada Lovelace", "Grace Hopper", "Linus"]
        assert book.remarks == ()
        book.keep(deleting(GRACE))
    assert names_at_rest(waiting) == ["Ada Lovelace", "Linus"]


def test_a_crash_between_the_new_file_and_the_end_of_the_journal_does_nothing_twice(waiting: Path) -> None:
    kept = journal_of(waiting).read_bytes()
    with a_book(waiting) as book:
        book.keep(deleting(LINUS))
        kept = journal_of(waiting).read_bytes()
    rest = waiting.read_bytes()
    journal_of(waiting).write_bytes(kept)
    with a_book(waiting) as book:
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
        book.keep(adding(LINUS))
        crashed(book)
    with a_book(waiting) as book:
        assert names(book) == ["Ada Lovelace", "Grace Hopper", "Linus"]
    assert waiting.read_bytes() != rest


def test_a_journal_without_a_name_is_harmless_when_all_of_it_is_in_the_file(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(editing(ADA, replace(ADA, city="London")))
        book.keep(editing(replace(ADA, city="London"), replace(ADA, city="Paris")))
    line, _ = entry_line(1, "", "", [RowOp("contacts", 1, None, {"uid": "ada", "name": "Somebody else"})])
    journal_of(path).write_bytes(Header(0, 9, 9).line() + line)
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace"]


def test_a_torn_last_line_is_told_and_left_to_who_writes_next(waiting: Path) -> None:
    whole = journal_of(waiting).read_bytes()
    last = lines_of(waiting)[-1]
    for torn in (last[:1], last[:-1], last[: len(last) // 2], b"\0" * 40, last.replace(b"Linus", b"L\0\0us")):
        journal_of(waiting).write_bytes(whole[: -len(last)] + torn)
        before = all_files(waiting.parent)
        book = opened(waiting)
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
        assert len(book.remarks) == 1
        assert "cut short" in book.remarks[0]
        assert all_files(waiting.parent) == before
        book.keep(editing(ADA, replace(ADA, city="London")))
        assert not parse_journal(journal_of(waiting).read_bytes(), "it").torn
        crashed(book)
        book = opened(waiting)
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
        assert book.load()["contacts"]["ada"]["city"] == "London"
        crashed(book)
        waiting.write_bytes(before[waiting.name])


def test_a_journal_cut_short_in_its_first_line_holds_nothing(waiting: Path) -> None:
    header = lines_of(waiting)[0]
    for torn in (b"", header[:10], header):
        journal_of(waiting).write_bytes(torn)
        book = opened(waiting)
        assert names(book) == ["Ada Lovelace"]
        book.keep(adding(GRACE))
        crashed(book)
        book = opened(waiting)
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
        crashed(book)


def damaged(lines: list[bytes]) -> dict[str, list[bytes]]:
    flipped = lines[1].replace(b"Grace", b"Grbce")
    return {
        "a bad line before a good one": [lines[0], flipped, lines[2]],
        "a bad first line": [lines[0].replace(b"crc", b"crd"), *lines[1:]],
        "a line gone": [lines[0], lines[2]],
        "the first line gone": lines[1:],
        "a line twice": [lines[0], lines[1], lines[1], lines[2]],
        "two bad last lines": [lines[0], flipped, lines[2][:-5]],
        "a line of zeros within": [lines[0], b"\0" * 20 + b"\n", *lines[1:]],
    }


@pytest.mark.parametrize("damage", list(damaged([b"", b"", b""])))
def test_a_damaged_journal_is_refused_and_every_file_left(waiting: Path, damage: str) -> None:
    journal_of(waiting).write_bytes(b"".join(damaged(lines_of(waiting))[damage]))
    before = all_files(waiting.parent)
    with pytest.raises(BadBook, match=r"book\.json\.journal") as told:
        opened(waiting)
    assert "\n" not in str(told.value)
    assert all_files(waiting.parent) == before


def test_a_journal_without_its_file_is_refused(waiting: Path) -> None:
    waiting.unlink()
    before = all_files(waiting.parent)
    with pytest.raises(BadBook, match=r"book\.json is missing"):
        opened(waiting)
    assert all_files(waiting.parent) == before


def test_a_copy_of_both_files_is_the_whole_book(waiting: Path, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "book.json"
    copy.parent.mkdir()
    shutil.copy(waiting, copy)
    shutil.copy(journal_of(waiting), journal_of(copy))
    with a_book(copy) as book:
        assert names(book) == ["Ada Lovelace", "Grace Hopper", "Linus"]


def test_an_ordinary_change_says_nothing_of_undo_and_what_a_later_version_says_is_read() -> None:
    line, _ = entry_line(8, "then", "title", [])
    assert b"turn" not in line
    later = {"seq": 8, "at": "then", "title": "title", "turn": "sideways", "ops": [], "aura": "blue"}
    content = parse_journal(Header(7, 8, 9, "me").line() + guarded(later), "it")
    assert content.entries == (Entry(8, "then", "title", (), Turn.MADE),)


DOCUMENTS = st.none() | st.dictionaries(
    st.text(), st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text() | st.lists(st.text()), max_size=4
)
OPS = st.lists(st.builds(RowOp, st.text(), st.none() | st.integers(1, 10**9), DOCUMENTS, DOCUMENTS), max_size=3)


@given(st.lists(st.tuples(OPS, st.sampled_from(Turn)), max_size=4), st.data())
def test_what_is_written_is_read_and_any_beginning_of_it_is_a_beginning(
    changes: list[tuple[list[RowOp], Turn]], data: st.DataObject
) -> None:
    journal, entries = Header(7, 8, 9, "me").line(), []
    for seq, (ops, turn) in enumerate(changes, start=8):
        line, stored = entry_line(seq, "then", "title", ops, turn)
        assert stored == Entry(seq, "then", "title", tuple(ops), turn)
        journal += line
        entries.append(stored)
    content = parse_journal(journal, "it")
    assert (content.header, content.entries, content.torn) == (Header(7, 8, 9, "me"), tuple(entries), False)
    part = journal[: data.draw(st.integers(0, len(journal)))]
    content = parse_journal(part, "it")
    assert content.entries == tuple(entries[: len(content.entries)])
    assert content.end <= len(part)
    assert content.torn == (content.end < len(part))
