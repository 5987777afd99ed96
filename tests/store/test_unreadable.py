"""Files that are no book, or not one of this version: told in one line, and left as they are."""

import json
from pathlib import Path

import pytest

from relcraft.domain.errors import BadBook, NotKept, ReadOnly
from relcraft.domain.records import Contact
from tests.store.changes import ADA, GRACE, a_book, adding, all_files, journal_of, names, opened

LINUS = Contact(uid="linus", name="Linus")
META = {"1": {"format": "relcraft-book", "schema": 1, "seq": 3}}
UNREADABLE = {
    "empty": (b"", "is empty"),
    "blank": (b" \n ", "is empty"),
    "cut off": (b'{"contacts": {"1": {"uid": "ada", "na', "cannot be read as JSON"),
    "no JSON": (b"Dear diary, today", "something else stands in line 1, column 1; perhaps the file was cut off"),
    "another encoding": (
        '{"contacts": {"1": {"name": "Zoë"}}}'.encode("latin-1"),
        "cannot be read as JSON: it is written in another encoding",
    ),
    "two versions that git could not merge": (
        b'{"contacts": {\n<<<<<<< HEAD\n"1": {"uid":"ada"}\n=======\n"1": {"uid":"bo"}\n>>>>>>> laptop\n}}',
        "two versions of it stand in it, as git leaves them",
    ),
    "zeros": (b"\0" * 200, "cannot be read as JSON"),
    "far too deep": (b"[" * 200_000, "cannot be read as JSON"),
    "a list": (b"[1, 2]", "it is a list"),
    "a text": (b'"contacts"', "it is a text"),
    "null": (b"null", "it is null"),
    "a package": (b'{"name": "app", "dependencies": {}}', "belongs|no book"),
    "settings": (b'{"editor": {"1": {}}, "theme": {}}', "belongs to another program"),
    "another program's TinyDB": (b'{"_default": {"1": {"todo": "milk"}}}', "belongs to another program"),
    "named keys": (b'{"contacts": {"ada": {"name": "Ada"}}}', "numbers from 1 on"),
    "keys with zeros": (b'{"contacts": {"01": {"name": "Ada"}}}', "numbers from 1 on"),
    "no documents": (b'{"contacts": {"1": "Ada"}}', "no document"),
    "a table that is a list": (b'{"contacts": [{"name": "Ada"}]}', "a table of documents was expected"),
    "another format": (
        b'{"contacts": {}, "_meta": {"1": {"format": "other", "schema": 1, "seq": 1}}}',
        "another program",
    ),
    "no numbers": (
        b'{"contacts": {}, "_meta": {"1": {"format": "relcraft-book", "schema": "x", "seq": 1}}}',
        "damaged",
    ),
}


@pytest.mark.parametrize("kind", list(UNREADABLE))
def test_what_is_no_book_is_told_in_one_line_and_left_as_it_is(path: Path, kind: str) -> None:
    data, told = UNREADABLE[kind]
    path.write_bytes(data)
    with pytest.raises(BadBook, match=told) as error:
        opened(path, backups=path.parent / "backups")
    assert "book.json" in str(error.value)
    assert "\n" not in str(error.value)
    assert all_files(path.parent) == {"book.json": data}


def test_a_book_cut_off_anywhere_is_never_taken_for_an_empty_one(path: Path) -> None:
    with a_book(path, ADA, GRACE):
        pass
    whole = path.read_bytes()
    for size in range(len(whole.rstrip()) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(BadBook):
            opened(path)
        assert path.read_bytes() == whole[:size]


def test_a_newer_book_can_be_read_and_not_changed(path: Path) -> None:
    document = {"uid": "ada", "name": "Ada", "aura": "blue"}
    text = json.dumps({"contacts": {"1": document}, "_meta": {"1": {**META["1"], "schema": 9}}})
    path.write_text(text)
    book = opened(path, backups=path.parent / "backups")
    assert names(book) == ["Ada"]
    assert "newer Relcraft" in book.read_only
    with pytest.raises(ReadOnly, match="newer Relcraft"):
        book.keep(adding(GRACE))
    book.fold()
    book.close()
    assert all_files(path.parent) == {"book.json": text.encode()}


def test_a_folder_in_the_place_of_the_file_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(BadBook, match=r"book\.json could not be read: it is a folder"):
        opened(path)


def test_a_file_that_becomes_unreadable_while_open_is_told_once_and_nothing_is_lost(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        rest = path.read_bytes()
        path.write_bytes(rest[:40])
        assert book.news() == ()  # perhaps somebody is still writing
        with pytest.raises(BadBook, match="cannot be read as JSON"):
            book.news()
        assert book.news() == ()
        assert "cannot be read as JSON" in book.read_only
        with pytest.raises(ReadOnly, match="Nothing was saved"):
            book.keep(adding(GRACE))
        assert path.read_bytes() == rest[:40]
        path.write_bytes(rest)
        assert book.news() == ()
        assert book.read_only == ""
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]


def test_a_folder_that_goes_out_of_reach_while_open_is_told_once_and_comes_back(path: Path) -> None:
    folder = path.parent / "kept"
    with a_book(folder / path.name, ADA) as book:
        book.keep(adding(GRACE))
        aside = folder.rename(path.parent / "aside")
        folder.write_text("a file in the place of the folder")
        assert book.news() == ()
        with pytest.raises(BadBook, match="a part of its path is no folder"):
            book.news()
        folder.unlink()
        aside.rename(folder)
        assert book.news() == ()
        assert book.read_only == ""
    assert names(opened(folder / path.name)) == ["Ada Lovelace", "Grace Hopper"]


@pytest.mark.parametrize("waiting", [False, True])
def test_a_book_that_is_gone_while_open_is_no_empty_one_and_goes_on_when_it_is_back(
    path: Path, *, waiting: bool
) -> None:
    folder = path.parent / "kept"
    with a_book(folder / path.name, ADA) as book:
        if waiting:
            book.keep(adding(GRACE))
        aside = folder.rename(path.parent / "aside")
        assert book.news() == ()
        with pytest.raises(BadBook, match="is gone"):
            book.news()
        assert "is gone" in book.read_only
        with pytest.raises(NotKept):
            book.keep(adding(GRACE))
        assert not folder.exists()
        aside.rename(folder)
        assert book.news() == ()
        assert book.read_only == ""
        book.keep(adding(LINUS))
    expected = ["Ada Lovelace", *(["Grace Hopper"] if waiting else []), "Linus"]
    assert names(opened(folder / path.name)) == expected


def test_what_waits_in_a_journal_that_was_deleted_with_its_book_goes_into_the_book_that_comes_back(path: Path) -> None:
    with a_book(path, ADA) as book:
        rest = path.read_bytes()
        book.keep(adding(GRACE))
        path.unlink()
        journal_of(path).unlink()
        assert book.news() == ()
        path.write_bytes(rest)
        assert book.news() == ()
        assert names(book) == ["Ada Lovelace", "Grace Hopper"]
    assert names(opened(path)) == ["Ada Lovelace", "Grace Hopper"]


def test_a_book_that_a_newer_version_takes_over_while_open_is_only_read_from_then_on(path: Path) -> None:
    with a_book(path, ADA) as book:
        content = json.loads(path.read_text())
        content["_meta"]["1"].update(schema=2, seq=9)
        content["contacts"]["1"]["name"] = "Augusta Ada"
        path.write_text(json.dumps(content))
        with pytest.raises(ReadOnly, match="newer Relcraft"):
            book.keep(adding(GRACE))
        assert "newer Relcraft" in book.read_only
        assert names(book) == ["Augusta Ada"]
