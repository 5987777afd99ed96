"""Every method of TinyDB on a book does what it does on TinyDB's own storage."""

import copy
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import Query, TinyDB, operations, where
from tinydb.table import Document

from relcraft.domain.errors import ReadOnly
from relcraft.store.opening import BookDatabase, open_database
from tests.store.changes import NOW, journal_of

Step = Callable[[TinyDB], Any]


def outcome(database: TinyDB, step: Step) -> Any:
    """What a step returns or raises, with ids, comparable."""
    try:
        result = step(database)
    except (ValueError, RuntimeError, TypeError, KeyError, ZeroDivisionError) as error:
        return type(error), str(error)
    return plain(result)


def plain(value: Any) -> Any:
    if isinstance(value, Document):
        return value.doc_id, dict(value)
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value


def content(database: TinyDB) -> dict[str, Any]:
    return {name: plain(list(database.table(name))) for name in sorted(database.tables())}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[TinyDB, BookDatabase]]:
    stock = TinyDB(tmp_path / "stock.json", encoding="utf-8")
    ours = open_database(tmp_path / "ours.json", now=lambda: NOW)
    yield stock, ours
    stock.close()
    ours.close()


def things(database: TinyDB) -> Any:
    return database.table("things")


def fail(document: Any) -> None:
    document["n"] = 99
    raise ZeroDivisionError


SOME = [
    {"n": 1, "tags": ["a", {"deep": [1]}]},
    {"n": 2, "name": "Zoë 🦊"},
    {"n": 3, "none": None, "pair": (1, 2), 5: "five"},
]
STEPS: dict[str, list[Step]] = {
    "insert": [lambda db: things(db).insert({"n": 0}), lambda db: db.insert({"default": True}), len],
    "insert with an id": [
        lambda db: things(db).insert(Document({"n": 9}, doc_id=40)),
        lambda db: things(db).insert(Document({"n": 9}, doc_id=40)),
        lambda db: things(db).insert({"n": 10}),
    ],
    "insert what is no document": [lambda db: things(db).insert([1]), lambda db: things(db).insert({"x": object()})],
    "insert some with one that is none": [lambda db: things(db).insert_multiple([{"n": 5}, 7])],
    "insert with ids": [lambda db: things(db).insert_multiple([Document({"n": 5}, doc_id=7), {"n": 6}])],
    "search": [
        lambda db: things(db).search(where("n") > 1),
        lambda db: things(db).search(where("n") > 1),
        lambda db: things(db).search(Query().name.matches("Z.*")),
        lambda db: things(db).search(Query().tags.any(["a"])),
        lambda db: things(db).search(lambda document: document.get("n") == 3),
    ],
    "get": [
        lambda db: things(db).get(where("n") == 2),
        lambda db: things(db).get(doc_id=3),
        lambda db: things(db).get(doc_id=99),
        lambda db: things(db).get(doc_ids=[1, 3, 99]),
        lambda db: things(db).get(where("n") == 99),
        lambda db: things(db).get(),
    ],
    "contains and count": [
        lambda db: things(db).contains(where("n") == 2),
        lambda db: things(db).contains(doc_id=9),
        lambda db: things(db).contains(),
        lambda db: things(db).count(where("n") < 3),
        lambda db: len(things(db)),
        lambda db: things(db).all(),
        lambda db: list(iter(things(db))),
    ],
    "update": [
        lambda db: things(db).update({"n": 7}),
        lambda db: things(db).update({"m": [1]}, where("n") == 7),
        lambda db: things(db).update({"m": 2}, doc_ids=[1, 99]),
        lambda db: things(db).update({"m": 2}, where("n") == 99),
    ],
    "update with a function": [
        lambda db: things(db).update(operations.increment("n"), where("n") == 2),
        lambda db: things(db).update(operations.delete("tags"), doc_ids=[1]),
        lambda db: things(db).update(lambda document: document["tags"][1]["deep"].append(2), doc_ids=[1]),
        lambda db: things(db).update(fail),
    ],
    "update more at once": [
        lambda db: things(db).update_multiple(
            [({"x": 1}, where("n") == 1), (operations.set("x", 2), where("n") == 2), ({"y": 3}, where("n") > 1)]
        ),
    ],
    "upsert": [
        lambda db: things(db).upsert({"n": 2, "new": True}, where("n") == 2),
        lambda db: things(db).upsert({"n": 77}, where("n") == 77),
        lambda db: things(db).upsert(Document({"n": 5}, doc_id=3)),
        lambda db: things(db).upsert(Document({"n": 5}, doc_id=30)),
        lambda db: things(db).upsert({"n": 5}),
    ],
    "remove": [
        lambda db: things(db).remove(where("n") == 2),
        lambda db: things(db).remove(doc_ids=[1, 99]),
        lambda db: things(db).remove(where("n") == 99),
        lambda db: things(db).remove(),
        lambda db: things(db).insert({"n": 4}),
    ],
    "remove everything by condition": [lambda db: things(db).remove(where("n") > 0), lambda db: sorted(db.tables())],
    "truncate": [lambda db: things(db).truncate(), lambda db: sorted(db.tables())],
    "drop a table": [
        lambda db: db.table("other").insert({"kept": 1}),
        lambda db: db.drop_table("things"),
        lambda db: db.drop_table("nothing"),
        lambda db: sorted(db.tables()),
        lambda db: things(db).all(),
    ],
    "drop all": [lambda db: db.drop_tables(), lambda db: sorted(db.tables()), lambda db: db.insert({"n": 1})],
    "an empty table that is kept": [
        lambda db: len(db.table("void", persist_empty=True)),
        lambda db: sorted(db.tables()),
    ],
    "the cache": [
        lambda db: things(db).search(where("n") == 2),
        lambda db: things(db).update({"n": 2}),
        lambda db: things(db).search(where("n") == 2),
        lambda db: things(db).clear_cache(),
        lambda db: things(db).search(where("n") == 2),
    ],
}


@pytest.mark.parametrize("name", list(STEPS))
def test_a_method_does_what_it_does_in_stock_tinydb(
    pair: tuple[TinyDB, BookDatabase], name: str, tmp_path: Path
) -> None:
    stock, ours = pair
    for database in pair:
        things(database).insert_multiple(copy.deepcopy(SOME))
    for number, step in enumerate(STEPS[name]):
        assert outcome(ours, step) == outcome(stock, step), f"step {number}"
        assert content(ours) == content(stock), f"step {number}"
    expected = content(stock)
    again = open_database(tmp_path / "ours.json", now=lambda: NOW)  # before the fold: from the journal
    assert content(again) == expected
    ours.close()
    again.close()
    with TinyDB(tmp_path / "ours.json", encoding="utf-8") as read:
        found = content(read)
    assert {name: rows for name, rows in found.items() if name not in ("_meta", "_tombstones")} == expected


VALUES = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3) | st.lists(st.integers(0, 3), max_size=2)
DOCUMENTS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)
NUMBERED = st.tuples(st.integers(1, 6), DOCUMENTS)
ACTIONS = st.one_of(
    st.tuples(st.just("insert"), DOCUMENTS),
    st.tuples(st.just("insert_multiple"), st.lists(DOCUMENTS, max_size=3)),
    st.tuples(st.just("update"), NUMBERED),
    st.tuples(st.just("update_some"), NUMBERED),
    st.tuples(st.just("upsert"), NUMBERED),
    st.tuples(st.just("remove"), st.integers(1, 6)),
    st.tuples(st.just("search"), st.integers(1, 6)),
)


def act(database: TinyDB, action: tuple[str, Any]) -> Any:
    name, value = action
    table = database.table("things")
    if name == "update":
        return table.update(value[1], doc_ids=[value[0]])
    if name == "update_some":
        return table.update(value[1], where("a") == value[0])
    if name == "upsert":
        return table.upsert(value[1], where("b") == value[0])
    if name in ("remove", "search"):
        return getattr(table, name)(where("a") == value)
    return getattr(table, name)(value)


@settings(max_examples=40, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=12), fold_at=st.integers(0, 12))
def test_any_sequence_of_methods_leaves_the_same_documents(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, Any]], fold_at: int
) -> None:
    folder = tmp_path_factory.mktemp("pair")
    stock = TinyDB(folder / "stock.json", encoding="utf-8")
    ours = open_database(folder / "ours.json", now=lambda: NOW)
    for number, action in enumerate(actions):
        step = partial(act, action=action)
        assert outcome(ours, step) == outcome(stock, step)
        if number == fold_at:
            ours.close()
            ours = open_database(folder / "ours.json", now=lambda: NOW)
        assert content(ours) == content(stock)
    ours.close()
    with TinyDB(folder / "ours.json", encoding="utf-8") as read:
        found = {name: rows for name, rows in content(read).items() if name != "_meta"} if actions else {}
    assert found == content(stock)
    stock.close()


def test_documents_are_copied_at_the_border(pair: tuple[TinyDB, BookDatabase]) -> None:
    _, ours = pair
    mine = {"tags": ["a"]}
    ours.table("things").insert(mine)
    mine["tags"].append("b")
    for document in (
        ours.table("things").all()[0],
        ours.table("things").get(doc_id=1),
        ours.table("things").get(where("tags").exists()),
        ours.storage.read()["things"]["1"],  # type: ignore[index]  # it is a storage that has something
    ):
        document["tags"].append("c")  # type: ignore[index]  # it is a document
    assert ours.table("things").all() == [{"tags": ["a"]}]


def test_a_write_appends_one_line_and_leaves_the_file(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    with open_database(path, now=lambda: NOW) as database:
        database.table("contacts").insert({"name": "Ada"})
        rest, lines = path.read_bytes(), journal_of(path).read_bytes().count(b"\n")
        database.table("contacts").update({"city": "London"})
        assert path.read_bytes() == rest
        assert journal_of(path).read_bytes().count(b"\n") == lines + 1


def test_a_write_of_what_changes_nothing_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    with open_database(path, now=lambda: NOW) as database:
        database.table("contacts").insert({"name": "Ada"})
        waiting = journal_of(path).read_bytes()
        database.table("contacts").update({"name": "Ada"})
        data = database.storage.read()
        assert data is not None
        database.storage.write(data)
        assert journal_of(path).read_bytes() == waiting


def test_two_databases_share_a_book_and_give_no_id_twice(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    with open_database(path, now=lambda: NOW) as one, open_database(path, now=lambda: NOW) as other:
        ids = [database.table("things").insert({"n": 1}) for database in (one, other, one, other)]
        assert ids == [1, 2, 3, 4]
        assert one.table("things").count(where("n") == 1) == 4
        other.table("things").remove(doc_ids=[4])
        assert one.table("things").count(where("n") == 1) == 3
        assert one.table("things").insert({}) == 5


def test_what_another_wrote_since_a_read_survives_a_write_of_everything(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    with open_database(path, now=lambda: NOW) as one, open_database(path, now=lambda: NOW) as other:
        one.table("things").insert({"n": 1})
        data = one.storage.read()
        assert data is not None
        other.table("things").insert({"n": 2})
        data["things"]["1"]["n"] = 7
        one.storage.write(data)
        assert [document["n"] for document in other.table("things")] == [7, 2]


def test_a_newer_book_is_not_written_by_any_method(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    path.write_text('{"contacts": {}, "_meta": {"1": {"format": "relcraft-book", "schema": 99, "seq": 0}}}')
    with open_database(path, now=lambda: NOW) as database, pytest.raises(ReadOnly):
        database.table("contacts").insert({"name": "Ada"})
