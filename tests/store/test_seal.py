"""What a file at rest tells of itself: whether Relcraft wrote it, and whether something stands twice in it."""

import json
import os
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where

from relcraft.domain.errors import BadBook
from relcraft.domain.records import Contact
from relcraft.store.checking import check
from relcraft.store.doubles import doubled
from relcraft.store.seal import checksum_of_sealed, sums
from relcraft.store.snapshot import Meta, parse, render
from tests.store.changes import ADA, GRACE, a_book, adding, all_files, crashed, journal_of, names, opened

LINUS = Contact(uid="linus", name="Linus")


@given(st.text(max_size=20), st.integers(0, 2**40))
def test_what_was_rendered_is_as_written_and_its_checksum_is_known_at_once(name: str, seq: int) -> None:
    data = render({"contacts": {"1": {"uid": "a", "name": name}}}, Meta(seq=seq))
    found = parse(data, "book.json")
    assert found.as_written is True
    assert sums(data).crc == checksum_of_sealed(data) == crc32(data)
    assert render(found.tables, found.meta) == data


def test_a_change_by_something_else_is_seen_and_the_next_change_seals_again(path: Path) -> None:
    with a_book(path, ADA):
        pass
    with TinyDB(path, encoding="utf-8") as database:
        database.table("contacts").update({"city": "London"}, where("uid") == "ada")
    assert parse(path.read_bytes(), path.name).as_written is False
    with a_book(path, GRACE):
        pass
    assert parse(path.read_bytes(), path.name).as_written is True
    assert json.loads(path.read_bytes())["contacts"]["1"]["city"] == "London"


def test_a_book_without_a_seal_is_a_book() -> None:
    assert parse(b'{"contacts": {"1": {"uid": "ada"}}}', "book.json").as_written is None
    meta = b'{"contacts": {}, "_meta": {"1": {"format": "relcraft-book", "schema": 1, "seq": 0}}}'
    assert parse(meta, "book.json").meta.others == {}


def test_both_of_two_records_with_one_id_are_kept_and_the_file_as_it_was(path: Path) -> None:
    """As after a merge of text in which somebody kept both sides."""
    text = b'{"contacts": {\n"1": {"uid":"ada","name":"Ada"},\n"1": {"uid":"grace","name":"Grace"}\n}\n}\n'
    path.write_bytes(text)
    assert "contacts 1 stands twice in book.json: both are kept, the first as 2." in check(path).problems
    book = opened(path)
    assert names(book) == ["Ada", "Grace"]
    assert "contacts 1 stands twice" in book.remarks[0]
    book.keep(adding(LINUS))
    book.close()
    assert names(opened(path)) == ["Ada", "Grace", "Linus"]
    assert text in all_files(path.parent).values()
    assert check(path).whole


def test_nothing_is_doubled_in_a_book_that_says_everything_once() -> None:
    assert doubled(b'{"contacts": {"1": {"uid": "a", "extra": {"1": {"1": {}}}}}}', "book.json") is None


def test_a_file_changed_while_changes_wait_is_kept_as_it_was_found(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        crashed(book)
    damaged = path.read_bytes().replace(b"Ada Lovelace", b"Ada Lnvelace")
    path.write_bytes(damaged)
    again = opened(path, backups=path.parent / "backups")
    again.close()
    assert names(opened(path)) == ["Ada Lnvelace", "Grace Hopper"]
    assert damaged in all_files(path.parent / "backups").values()
    assert any("was changed by another program while changes" in remark for remark in again.remarks)
    assert any("as it was, it is in" in remark for remark in again.remarks)


def test_what_is_left_of_a_last_line_is_kept_when_the_book_goes_on(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        book.keep(adding(LINUS))
        crashed(book)
    lines = journal_of(path).read_bytes().splitlines(keepends=True)
    damaged = lines[-1].replace(b"Linus", b"Linas")
    journal_of(path).write_bytes(b"".join(lines[:-1]) + damaged)
    opened(path).close()
    assert names(opened(path)) == ["Ada Lovelace", "Grace Hopper"]
    assert damaged in all_files(path.parent).values()


@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "circle", "huge"])
def test_what_is_no_file_is_told_at_once(path: Path, kind: str) -> None:
    told = {"circle": "circle", "huge": r"has 3\.0 GB, and at most 1 GB", "device": "it is a device"}.get(kind, kind)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        os.mknod(path, 0o140600)
    elif kind == "device":
        path.symlink_to("/dev/null")
    elif kind == "circle":
        path.symlink_to(path.name)
    else:
        with path.open("wb") as sparse:
            sparse.truncate(3_000_000_000)
    with pytest.raises(BadBook, match=told):
        opened(path)


def test_the_name_of_a_file_cannot_act_upon_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "bo\x1b[31m\nok.json"
    path.write_text("[]")
    with pytest.raises(BadBook) as error:
        opened(path)
    assert str(error.value).isprintable()
    assert str(error.value).startswith("bo[31m ok.json is JSON, but no book")
