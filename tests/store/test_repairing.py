"""What can be saved of a damaged book: everything whole in it, in a new file that is a whole book."""

import json
from pathlib import Path
from typing import Any

import pytest

from relcraft.domain.documents import TABLES
from relcraft.domain.errors import BadBook, NotKept
from relcraft.store.checking import check
from relcraft.store.place import Place
from relcraft.store.repairing import Repair, put_together, repair, write_repaired
from tests.battery.small_book import NOW, SmallBook, documents_before, in_one_line, opened, records_of, small_book
from tests.store.changes import all_files

SMALL = small_book()


def lay(path: Path, book: bytes | None, journal: bytes | None = None) -> None:
    for one, data in ((path, book), (path.with_name("book.json.journal"), journal)):
        if data is None:
            one.unlink(missing_ok=True)
        else:
            one.write_bytes(data)
            one.chmod(0o600)


def repaired(path: Path, book: bytes | None, journal: bytes | None = None) -> tuple[Repair, dict[str, Any]]:
    """Return what became of damaged files: the repaired book, which passes a check, and its records by uid."""
    lay(path, book, journal)
    before = all_files(path.parent)
    result = repair(path)
    assert all_files(path.parent) == before
    other = path.parent / "repaired" / "other.json"
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(result.data)
    other.chmod(0o600)
    report = check(other)
    assert report.problems == ()
    assert not any("conflict" not in one for one in report.remarks)
    tables = json.loads(result.data)
    known = {table: rows.values() for table, rows in tables.items() if table in TABLES}
    found = {f"{table}/{one['uid']}": one for table, documents in known.items() for one in documents}
    other.unlink()
    return result, found


def all_of(small: SmallBook, after: int = 0) -> dict[str, Any]:
    return {f"{table}/{uid}": one for (table, uid), one in small.states[after].items() if table[0] != "_"}


def test_a_whole_book_repairs_to_the_same_book(path: Path) -> None:
    result, _ = repaired(path, SMALL.book)
    assert result.data == SMALL.book
    assert (result.told, result.lost) == ([], [])


def test_what_waits_is_in_the_repaired_book_and_can_be_undone_there(path: Path) -> None:
    result, found = repaired(path, SMALL.book, SMALL.journal)
    assert found == all_of(SMALL, 3)
    assert result.lost == []
    lay(path, result.data)
    assert [one.title for one in opened(path).history()][-3:] == ["Linus", "role", "done"]


@pytest.mark.parametrize("layout", ["a document a line", "all in one line"])
def test_wherever_a_book_is_cut_off_every_document_before_that_is_saved(path: Path, layout: str) -> None:
    whole = SMALL.book if layout == "a document a line" else in_one_line(SMALL.book)
    tables = json.loads(whole)
    for end in range(1, len(whole), 1 if layout == "a document a line" else 3):
        if not end % 97 and end > 300:
            repaired(path, whole[:end])
        try:
            found = json.loads(put_together(whole[:end], b"", Place.of(path)).data)
        except BadBook:  # nothing of a book is there yet
            found = {}
        before = documents_before(SMALL.book, end) if layout == "a document a line" else in_line_before(whole, end)
        for table, row in before:
            if not table.startswith("_"):
                assert found[table][row] == tables[table][row]


def in_line_before(whole: bytes, end: int) -> list[tuple[str, str]]:
    """Return table and id of each document that ends before `end`, of a book all in one line."""
    text, at, found = whole.decode(), 0, list[tuple[str, str]]()
    for table, rows in json.loads(text).items():
        at = text.index(f'"{table}": {{', at)
        for row, document in rows.items():
            said = f'"{row}": {json.dumps(document, ensure_ascii=False)}'
            at = text.index(said, at) + len(said)
            if len(text[:at].encode()) <= end:
                found.append((table, row))
    return found


def test_one_line_of_stock_tinydb_gives_back_what_is_whole(path: Path) -> None:
    line = in_one_line(SMALL.book)
    _, found = repaired(path, line[: line.index(b'"_changes"')])
    assert found == all_of(SMALL)


def test_a_book_with_the_marks_of_a_merge_in_it_keeps_both_sides(path: Path) -> None:
    ours = {"uid": "ada", "updated": "2026-03-02T00:00:00.000000Z", "name": "Ada", "city": "London"}
    theirs = {"uid": "ada", "updated": "2026-03-01T00:00:00.000000Z", "name": "Ada", "city": "Paris"}
    bo, eve = ({"uid": name.lower(), "name": name} for name in ("Bo", "Eve"))
    lines = [
        '{"contacts": {',
        "<<<<<<< HEAD",
        f'"1": {json.dumps(ours)},',
        f'"2": {json.dumps(bo)}',
        "=======",
        f'"1": {json.dumps(theirs)},',
        f'"2": {json.dumps(eve)}',
        ">>>>>>> laptop",
        "}}",
    ]
    result, found = repaired(path, "\n".join(lines).encode())
    assert found["contacts/ada"]["city"] == "London"
    assert {"contacts/bo", "contacts/eve"} <= found.keys()
    (side,) = (one for key, one in found.items() if key.startswith("conflicts/"))
    assert side["document"]["city"] == "Paris"
    assert result.told == ["Twice in book.json: 1 record; relcraft conflicts shows both sides."]


def test_a_damaged_document_is_told_with_its_line_and_comes_back_from_the_changes(path: Path) -> None:
    damaged = SMALL.book.replace(b'"name":"Grace Hopper","introduced_by"', b'"name"="Grace Hopper","introduced_by"', 1)
    result, found = repaired(path, damaged)
    assert "contacts 4 in line 5" in result.lost[0]
    assert found == all_of(SMALL)
    assert "1 record came from the changes that are kept for undo." in result.told


def test_who_is_lost_for_good_stands_as_a_contact_so_that_nothing_dangles(path: Path) -> None:
    tables = json.loads(SMALL.book)
    del tables["_changes"]
    damaged = json.dumps(tables).replace('"name": "Grace Hopper"', '"name"= "Grace Hopper"', 1)
    result, found = repaired(path, damaged.encode())
    assert found["contacts/grace"]["name"] == "Lost (grace)"
    assert found["follow_ups/paper"]["contact"] == "grace"
    assert any(told.startswith("1 person to whom records lead") for told in result.told)


def test_documents_under_a_damaged_name_go_where_they_belong(path: Path) -> None:
    for damaged in (
        SMALL.book.replace(b'"interactions": {', b'interactions": {', 1),
        SMALL.book.replace(b'"interactions": {', b'"inter\x00ctions": {', 1),
    ):
        _, found = repaired(path, damaged)
        assert found == all_of(SMALL)


@pytest.mark.parametrize("line", range(4))
def test_every_whole_transaction_of_a_damaged_journal_is_saved(path: Path, line: int) -> None:
    lines = SMALL.journal.splitlines(keepends=True)
    damaged = b"".join(one if at != line else one[:20] + b"?" + one[21:] for at, one in enumerate(lines))
    result, found = repaired(path, SMALL.book, damaged)
    assert ("contacts/linus" in found) == (line != 1)
    assert (found["contacts/ada"].get("role") == "Countess") == (line != 2)
    assert ("follow_ups/paper" in found) == (line == 3)
    assert "1 line of book.json.journal cannot be read, each of them one change." in result.lost


def test_lines_that_became_one_and_lines_in_another_order_are_all_read(path: Path) -> None:
    lines = SMALL.journal.splitlines(keepends=True)
    for damaged in (
        lines[0] + lines[1].rstrip(b"\n") + lines[2] + lines[3],
        lines[0] + lines[2] + lines[1] + lines[3] + lines[3],
        SMALL.journal[:-1] + b"\x0b",
    ):
        result, found = repaired(path, SMALL.book, damaged)
        assert found == all_of(SMALL, 3)
        assert result.lost == []


def test_a_journal_alone_gives_back_what_it_speaks_of(path: Path) -> None:
    _, found = repaired(path, None, SMALL.journal)
    assert found == {key: all_of(SMALL, 3)[key] for key in ("contacts/linus", "contacts/ada")}


def test_a_cut_book_and_its_journal_go_together(path: Path) -> None:
    cut = SMALL.book[: SMALL.book.index(b'"interactions"')]
    _, found = repaired(path, cut, SMALL.journal)
    assert found["contacts/linus"] == all_of(SMALL, 3)["contacts/linus"]
    assert found["contacts/ada"]["role"] == "Countess"
    assert found["contacts/zoe"]["city"] == "Genève"


def test_what_a_check_finds_wrong_is_put_right_and_nothing_thrown_away(path: Path) -> None:
    contacts = {
        "1": {"uid": "ada", "name": "Ada", "circle": "best"},
        "2": {"uid": "ada", "name": "Eva"},
        "7": {"name": "Bo", "introduced_by": "nobody"},
    }
    interactions = {"3": {"uid": "c", "date": "soon", "contacts": ["ada", "ghost"]}}
    exchange = {
        "uid": "e",
        "date": "2026-01-01",
        "direction": "given",
        "kind": "advice",
        "contact": "ada",
        "ask": "gone",
    }
    tombstones = {"1": {"uid": "ada", "table": "contacts", "when": "2026-01-01"}, "2": {"uid": 7}}
    tables = {
        "contacts": contacts,
        "interactions": interactions,
        "exchanges": {"1": exchange},
        "_tombstones": tombstones,
        "recipes": {"1": {"cake": "plum"}},
    }
    result, found = repaired(path, json.dumps(tables).encode())
    assert found["contacts/ada"]["unread_circle"] == "best"
    assert found["interactions/c"]["unread_date"] == "soon"
    assert found["interactions/c"]["contacts"] == ["ada", "ghost"]
    assert found["exchanges/e"]["unread_ask"] == "gone"
    assert found["contacts/ghost"]["name"] == "Lost (ghost)"
    assert {"Ada", "Eva", "Bo"} <= {one["name"] for key, one in found.items() if key.startswith("contacts/")}
    assert json.loads(result.data)["recipes"] == {"1": {"cake": "plum"}}


@pytest.mark.parametrize(("encoding", "told"), [("utf-16", ""), ("cp1252", "Windows-1252"), ("utf-8-sig", "")])
def test_a_book_in_another_encoding_is_read(path: Path, encoding: str, told: str) -> None:
    text = json.dumps({"contacts": {"1": {"uid": "zoe", "name": "Zoë"}}}, ensure_ascii=False)
    result, found = repaired(path, text.encode(encoding))
    assert found["contacts/zoe"]["name"] == "Zoë"
    assert told in " ".join(result.told)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"Dear diary", b"[" * 100_000, b'{"_default": {"1": {"todo": "milk"}}}'],
    ids=["empty", "a list", "words", "deep", "of another program"],
)
def test_where_nothing_of_a_book_is_there_none_is_made(path: Path, data: bytes) -> None:
    lay(path, data)
    with pytest.raises(BadBook, match="Nothing of a book"):
        repair(path)


def test_nothing_is_overwritten_by_a_repaired_book(path: Path) -> None:
    lay(path, SMALL.book)
    result = repair(path)
    with pytest.raises(NotKept, match="is there already"):
        write_repaired(result, path, path, NOW)
    beside = write_repaired(result, path, None, NOW)
    assert beside.name == "book.repaired-20260312-143000.json"
    assert beside.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotKept, match="is there already"):
        write_repaired(result, path, None, NOW)
    assert path.read_bytes() == SMALL.book


def test_the_repaired_book_in_the_place_of_the_damaged_one_takes_nothing_twice(path: Path) -> None:
    """The journal that it was made with may still be there."""
    result, _ = repaired(path, SMALL.book, SMALL.journal)
    lay(path, result.data, SMALL.journal)
    keeper = opened(path)
    assert records_of(keeper).keys() == SMALL.records.keys()
    assert keeper.remarks == ()
    keeper.close()
