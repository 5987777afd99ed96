"""The export comes in again: an empty book that takes it in exports the same bytes."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.domain.documents import TABLE_OF, Document, to_document
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact, OtherSide, SyncedCard
from relcraft.domain.versions import conflict_of
from relcraft.formats.relcraft_json import export_json, is_export, read_export
from relcraft.sync.merging import keep_merge, plan_merge
from tests.books import NOON, a_book, at_noon, person
from tests.domain.test_documents import RECORDS

Tables = dict[str, dict[str, Document]]


def tables_of(records: list[object]) -> Tables:
    tables: Tables = {}
    for record in records:
        document = to_document(record)  # type: ignore[arg-type]  # a record of any kind
        table = TABLE_OF[type(record)]  # type: ignore[index]  # as above
        tables.setdefault(table, {})[document["uid"]] = document
    return tables


def out(book: Book) -> bytes:
    return export_json(book.documents())


def brought_in(data: bytes) -> Book:
    """Return an empty book that took an export in."""
    book = a_book()
    keep_merge(book, plan_merge(book, read_export(data, "all.json").contents))
    return book


HERE = (OtherSide, SyncedCard)
"""What is no record of its own: conflicts follow from others, and the state of a sync is of one machine."""
ALL = st.lists(st.one_of(*(kind for table, kind in RECORDS.items() if table not in HERE)), max_size=4)


@settings(max_examples=100)
@given(ALL)
def test_out_and_in_again_gives_the_same_bytes(records: list[object]) -> None:
    data = out(Book(MemoryKeeper(tables_of(records)), at_noon()))
    assert is_export(data)
    assert not read_export(data, "all.json").skipped
    assert out(brought_in(data)) == data


@pytest.mark.parametrize("value", [2**70, -(2**70), 1.5, 1e300, "\u2028", "\ud800", {"\ud800": [None, True]}])
def test_whatever_another_program_stored_comes_back_through_an_export(value: object) -> None:
    ada = {**to_document(person("a", "Ada")), "odd": value, "birthday": "unreadable"}
    data = out(Book(MemoryKeeper({"contacts": {"a": ada}}), at_noon()))
    assert out(brought_in(data)) == data


def test_conflicts_that_wait_come_in_as_well() -> None:
    ada = to_document(person("a", "Ada", city="Paris"))
    other = conflict_of("contacts", "a", {**ada, "city": "London"}, NOON.isoformat(), ("city",))
    data = out(Book(MemoryKeeper({"contacts": {"a": ada}, "conflicts": {str(other["uid"]): other}}), at_noon()))
    assert out(brought_in(data)) == data


def test_a_second_time_nothing_is_new() -> None:
    data = out(a_book(person("a", "Ada"), person("z", "Zoë")))
    book = brought_in(data)
    assert plan_merge(book, read_export(data, "all.json").contents).nothing_new
    assert [each.name for each in book.all(Contact)] == ["Ada", "Zoë"]


def test_what_is_no_record_is_told_with_its_place() -> None:
    whole = {
        "format": "relcraft",
        "schema": 1,
        "contacts": [{"uid": "a", "name": "Ada"}, 3, {"name": "x"}, {"uid": "a"}],
        "spells": [{"uid": "s"}],
        "exchanges": "none",
        "synced_cards": [{"uid": "s"}],
    }
    export = read_export(json.dumps(whole).encode(), "all.json")
    assert [(each.where, each.why) for each in export.skipped] == [
        ("all.json, contacts, number 2", "is no record: an object with a uid was expected"),
        ("all.json, contacts, number 3", "is no record: an object with a uid was expected"),
        ("all.json, contacts, number 4", "has the uid of a record before it"),
        ("all.json, spells, number 1", "is of a kind that this Relcraft does not know"),
        ("all.json, exchanges", "is no record: an object with a uid was expected"),
        ("all.json, synced_cards, number 1", "is what another machine noted for itself"),
    ]
    assert export.contents.tables["contacts"] == {"a": {"uid": "a", "name": "Ada"}}


def test_an_export_of_a_newer_relcraft_is_refused_by_name() -> None:
    with pytest.raises(BadInput, match=r"all\.json was written by another Relcraft: its schema is 2"):
        read_export(b'{"format": "relcraft", "schema": 2, "contacts": []}', "all.json")


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_an_export_or_told(data: bytes) -> None:
    for whole in (data, b'{"format": "relcraft", "schema": 1, "contacts": [' + data + b"]}"):
        is_export(whole)
        with suppress(BadInput):
            read_export(whole, "all.json")
