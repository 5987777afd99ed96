"""The file at rest: what stock TinyDB and git find."""

import json
import os
from dataclasses import replace
from pathlib import Path

from tinydb import TinyDB, where

from relcraft.domain.documents import to_document
from relcraft.domain.records import Contact
from relcraft.domain.versions import version_of
from relcraft.store import write_book
from tests.store.changes import (
    ADA,
    GRACE,
    a_book,
    adding,
    at_rest,
    crashed,
    deleting,
    editing,
    journal_of,
    names,
    names_at_rest,
    opened,
)


def test_opening_a_book_that_is_not_there_makes_no_file(tmp_path: Path) -> None:
    book = opened(tmp_path / "new" / "book.json")
    assert book.load() == {}
    book.news()
    book.close()
    assert list(tmp_path.iterdir()) == []


def test_the_first_change_makes_folder_and_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deeper" / "book.json"
    book = opened(path)
    book.keep(adding(ADA))
    book.close()
    assert names_at_rest(path) == ["Ada Lovelace"]
    assert not journal_of(path).exists()


def test_a_book_written_at_once_is_like_one_that_was_kept_change_by_change(path: Path) -> None:
    with a_book(path, ADA, GRACE):
        pass
    at_once = path.with_name("at-once.json")
    write_book(at_once, (ADA, GRACE))
    assert at_rest(at_once)["contacts"] == at_rest(path)["contacts"]
    with a_book(at_once) as book:
        book.keep(deleting(GRACE))
    with a_book(at_once) as book:
        book.keep(adding(GRACE))
    assert list(json.loads(at_once.read_text())["contacts"]) == ["1", "3"]


def test_stock_tinydb_opens_reads_and_edits_a_book(path: Path) -> None:
    with a_book(path, ADA, GRACE):
        pass
    with TinyDB(path, encoding="utf-8") as database:
        contacts = database.table("contacts")
        contacts.update({"city": "London"}, where("uid") == "ada")
        contacts.insert({"uid": "linus", "name": "Linus"})
        contacts.remove(where("uid") == "grace")
    with a_book(path) as book:
        assert names(book) == ["Ada Lovelace", "Linus"]
        assert book.load()["contacts"]["ada"]["city"] == "London"
        book.keep(adding(GRACE))
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper", "Linus"]


def test_a_book_that_stock_tinydb_wrote_is_opened_and_its_records_get_uids(path: Path) -> None:
    with TinyDB(path, encoding="utf-8") as database:
        database.table("contacts").insert_multiple([{"name": "Zoë 🦊"}, {"name": "Ada", "uid": "ada"}, {"name": "Bo"}])
    before = path.read_bytes()
    with a_book(path) as book:
        uids = {document["name"]: uid for uid, document in book.load()["contacts"].items()}
        assert path.read_bytes() == before
        assert uids["Ada"] == "ada"
        other = opened(path)
        assert {document["name"]: uid for uid, document in other.load()["contacts"].items()} == uids
        other.close()
        assert book.keep(adding(GRACE)).ops
        crashed(book)
    assert {one["name"]: one["uid"] for one in at_rest(path)["contacts"]} == uids
    with a_book(path) as book:
        assert {one["name"]: one["uid"] for one in book.load()["contacts"].values()} == {
            **uids,
            "Grace Hopper": "grace",
        }


def test_two_documents_with_one_uid_are_both_there(path: Path) -> None:
    path.write_text(json.dumps({"contacts": {"1": {"uid": "ada", "name": "Ada"}, "2": {"uid": "ada", "name": "Eva"}}}))
    with a_book(path) as book:
        assert names(book) == ["Ada", "Eva"]
        book.keep(adding(GRACE))
    assert names_at_rest(path) == ["Ada", "Eva", "Grace Hopper"]
    assert len({one["uid"] for one in at_rest(path)["contacts"]}) == 3


def test_a_new_stock_file_is_an_empty_book(path: Path) -> None:
    for text in ("{}", '{"_default": {}}', '{"contacts": {}}'):
        path.write_text(text)
        with a_book(path) as book:
            assert names(book) == []


def test_one_document_stands_on_one_line(path: Path) -> None:
    with a_book(path, ADA, GRACE):
        pass
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == [
        '{"contacts": {',
        '"1": {"uid":"ada","name":"Ada Lovelace"},',
        '"2": {"uid":"grace","name":"Grace Hopper"}',
        "},",
    ]
    with a_book(path) as book:
        book.keep(editing(ADA, replace(ADA, city="London")))
    before = {line.rstrip(",") for line in lines}
    changed = [line for line in path.read_text(encoding="utf-8").splitlines() if line.rstrip(",") not in before]
    assert len(changed) == 3  # the document, the change for undo, and what the book says of itself


def test_what_the_book_says_of_itself_stands_under_meta(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
    (meta,) = at_rest(path)["_meta"]
    assert (meta["format"], meta["schema"], meta["seq"]) == ("relcraft-book", 1, 2)


def test_what_another_version_says_of_the_book_is_written_back(path: Path) -> None:
    meta = {"format": "relcraft-book", "schema": 1, "seq": 4, "mood": "good"}
    path.write_text(json.dumps({"contacts": {}, "asks": {"1": {"uid": "x"}}, "_meta": {"1": meta}}))
    with a_book(path) as book:
        book.keep(adding(ADA))
    assert at_rest(path)["_meta"][0]["mood"] == "good"
    assert at_rest(path)["_meta"][0]["seq"] == 5
    assert at_rest(path)["asks"] == [{"uid": "x"}]


def test_an_id_is_not_used_again_after_a_deletion(path: Path) -> None:
    with a_book(path, ADA, GRACE) as book:
        book.keep(deleting(GRACE))
    with a_book(path) as book:
        book.keep(adding(Contact(uid="linus", name="Linus")))
    with TinyDB(path, encoding="utf-8") as database:
        assert [one.doc_id for one in database.table("contacts")] == [1, 3]


def test_a_deletion_leaves_a_tombstone_that_its_undo_takes_away(path: Path) -> None:
    done = deleting(GRACE)
    with a_book(path, ADA, GRACE) as book:
        book.keep(done)
        assert "_tombstones" not in book.load()
        book.fold()
        assert at_rest(path)["_tombstones"] == [
            {
                "uid": "grace",
                "table": "contacts",
                "when": "2026-03-12T14:30:00.000000Z",
                "of": version_of("contacts", "grace", to_document(GRACE)),
            }
        ]
        book.keep(done.turned_round("Undone", done.at))
    assert at_rest(path)["_tombstones"] == []


def test_a_book_behind_a_symbolic_link_stays_behind_it(tmp_path: Path) -> None:
    real, link = tmp_path / "real" / "people.json", tmp_path / "book.json"
    real.parent.mkdir()
    link.symlink_to(real)
    with a_book(link, ADA) as book, a_book(real) as other:
        book.keep(adding(GRACE))
        assert names(other) == ["Ada Lovelace", "Grace Hopper"]
    assert link.is_symlink()
    assert names_at_rest(real) == ["Ada Lovelace", "Grace Hopper"]


def test_numbers_and_texts_that_json_libraries_disagree_about_come_back(path: Path) -> None:
    path.write_text(
        '{"contacts": {"1": {"uid": "odd", "name": "Odd", "half": "\\ud83d", "none": NaN, "deep": [null]}}}'
    )
    with a_book(path) as book:
        book.keep(adding(ADA))
    odd = at_rest(path)["contacts"][0]
    assert odd["half"] == "\ud83d"
    assert odd["none"] != odd["none"]
    assert odd["deep"] == [None]


def test_leftovers_of_a_crash_while_folding_are_in_nobodys_way(path: Path) -> None:
    with a_book(path, ADA) as book:
        path.with_name("book.json.tmp").write_text("half a fi")
        book.keep(adding(GRACE))
    assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper"]
    assert not path.with_name("book.json.tmp").exists()


def test_all_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    for umask in (0o000, 0o777):
        old = os.umask(umask)
        try:
            folder = tmp_path / f"new-{umask:o}"
            book = opened(folder / "book.json", backups=folder / "backups" / "book")
            book.keep(adding(ADA))
            modes = {path.name: path.stat().st_mode & 0o777 for path in folder.rglob("*")}
            book.close()
            book = opened(folder / "book.json", backups=folder / "backups" / "book")
            book.keep(adding(GRACE))
            book.close()
        finally:
            os.umask(old)
        modes |= {path.name: path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}
        folders = {folder.name: 0o700, "backups": 0o700, "book": 0o700}
        expected = ("book.json", "book.json.journal", "book.json.lock", "book-2026-03-12.json")
        assert modes == {**folders, **dict.fromkeys(expected, 0o600)}


def test_a_file_that_others_could_read_is_private_after_the_first_change(path: Path) -> None:
    path.write_text('{"contacts": {}}')
    path.chmod(0o644)
    with a_book(path) as book:
        book.keep(adding(ADA))
    assert path.stat().st_mode & 0o777 == 0o600
