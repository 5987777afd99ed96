"""Documents that nobody looked at yet: the same documents, whoever reads them and when."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book.port import Column, Text, Texts, columns
from relcraft.domain.documents import Document
from relcraft.domain.errors import BadBook
from relcraft.store import snapshot
from relcraft.store.lazy import LazyDocuments
from relcraft.store.rows import RowOp, Rows, difference
from relcraft.store.snapshot import Meta, parse, render
from tests.store.changes import ADA, GRACE, a_book, adding

FIELDS = ("uid", "contacts", "date")
COLUMNS: dict[str, Column] = {"uid": Text, "contacts": Texts, "date": Text}
BOOK = (
    '{"contacts": {\n"1": {"uid":"a\\u00e9\\n","name":"Zoë 李","n":[1,-2.5e-3,0,true,false,null,{}]},\n'
    '"2": {"uid":"b", "tags" : ["x\\"\\\\"]}\n},\n'
    '"_meta": {\n"1": {"format":"relcraft-book","schema":1,"seq":2}\n}}\n'
).encode()

_texts = st.text(st.characters(exclude_categories=()), max_size=8)
_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)
_documents = st.dictionaries(st.sampled_from([*FIELDS, "name"]) | _texts, _values, max_size=5)
_named = st.builds(lambda document, uid: {**document, "uid": uid}, _documents, st.text(max_size=4))
_tables = st.dictionaries(st.integers(1, 99).map(str), _named | _documents, max_size=4) | st.dictionaries(
    st.integers(1, 99).map(str), _named, max_size=4
)
_books = st.dictionaries(st.sampled_from(["contacts", "interactions", "others"]), _tables).map(
    lambda tables: {"contacts": {}, **tables}
)


def plain(tables: Any) -> dict[str, dict[str, Document]]:
    return {name: dict(documents.items()) for name, documents in tables.items()}


def read_eagerly(data: bytes) -> dict[str, dict[str, Document]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "read_lazily", lambda data, unread: None)
        return plain(parse(data, "book.json").tables)


def verdict(read: Any, data: bytes) -> Any:
    """What a reader says of `data`: its documents, or the sentence with which it refuses."""
    try:
        return read(data)
    except BadBook as error:
        return str(error)


def read_unread(data: bytes) -> dict[str, dict[str, Document]]:
    return plain(parse(data, "book.json").tables)


@given(_books, st.sampled_from([None, 1]), st.booleans())
def test_any_book_says_the_same_read_late_or_at_once(book: Any, indent: int | None, ascii_only: bool) -> None:
    data = json.dumps(book, indent=indent, ensure_ascii=ascii_only).encode(errors="surrogatepass")
    late = verdict(read_unread, data)
    assert late == verdict(read_eagerly, data)
    if isinstance(late, dict):
        written = render(parse(data, "book.json").tables, Meta())
        assert plain(parse(written, "book.json").tables) == late
        assert written.count(b"\n") == sum(len(table) + 2 if table else 1 for table in book.values()) + 3


@given(st.dictionaries(st.integers(1, 99).map(str), _named, max_size=4), st.data())
def test_columns_tell_what_the_documents_say(table: Any, data: st.DataObject) -> None:
    documents = parse(json.dumps({"contacts": table}).encode(), "book.json").tables["contacts"]
    if table and data.draw(st.booleans()):
        documents[data.draw(st.sampled_from(sorted(table)))] = data.draw(_documents)
    plain = dict(documents.items())
    assert list(columns(documents, **COLUMNS)) == list(columns(plain, **COLUMNS))
    for (_row, values), document in zip(columns(documents, **COLUMNS), plain.values(), strict=True):
        for value, said, column in zip(values, map(document.get, FIELDS), COLUMNS.values(), strict=True):
            if column is Text:
                assert value == (said if isinstance(said, str) else None)
            else:
                assert value == ([one for one in said if isinstance(one, str)] if isinstance(said, list) else None)


def test_a_book_stays_unread_until_somebody_looks() -> None:
    assert isinstance(parse(BOOK, "book.json").tables["contacts"], LazyDocuments)


def test_a_flipped_bit_is_found_at_opening_or_is_no_damage_to_the_file() -> None:
    for place in range(len(BOOK)):
        for bit in range(8):
            data = BOOK[:place] + bytes([BOOK[place] ^ 1 << bit]) + BOOK[place + 1 :]
            assert verdict(read_unread, data) == verdict(read_eagerly, data), data


@pytest.mark.parametrize("end", range(0, len(BOOK) - 1, 3))
def test_a_book_that_was_cut_off_is_refused_at_opening(end: int) -> None:
    assert verdict(read_unread, BOOK[:end]) == verdict(read_eagerly, BOOK[:end])
    assert isinstance(verdict(read_unread, BOOK[:end]), str)


@pytest.mark.parametrize("depth", [3, 300, 700, 1_100, 5_000, 100_000])
def test_a_document_that_nests_too_deep_is_refused_at_opening(depth: int) -> None:
    data = b'{"contacts": {"1": {"uid":"ada","x":' + b"[" * depth + b"]" * depth + b"}}}"
    late, eager = verdict(read_unread, data), verdict(read_eagerly, data)
    assert isinstance(late, str) == isinstance(eager, str) == (depth > 1_000)


@pytest.mark.parametrize("name", ["Zoë", "Z" * 3_000_000 + "ë", "李" * 700_001])
def test_text_in_any_script_is_read_and_text_in_none_is_refused(name: str) -> None:
    data = json.dumps({"contacts": {"1": {"uid": "zoe", "name": name}}}, ensure_ascii=False).encode()
    assert read_unread(data)["contacts"]["1"]["name"] == name
    for broken in (data.replace("ë".encode(), b"\xc3"), data.replace("李".encode(), b"\xe6\x9d", 1)):
        assert broken == data or isinstance(verdict(read_unread, broken), str)


def test_two_documents_under_one_key_are_both_kept() -> None:
    data = b'{"contacts": {"1": {"uid":"a"}}, "contacts": {"2": {"uid":"b"}, "2": {"uid":"c","uid":"d"}}}'
    kept = {"contacts": {"1": {"uid": "a"}, "2": {"uid": "d"}, "3": {"uid": "b"}}}
    assert read_unread(data) == read_eagerly(data) == kept
    assert parse(data, "book.json").twice == (
        "contacts 2 stands twice in book.json: both are kept, the first as 3.",
        '"uid" stands twice in one place of book.json: the last one counts.',
    )


def test_the_file_at_rest_keeps_the_lines_of_documents_that_nobody_changed(path: Path) -> None:
    one_line = '{ "uid": "zoe",   "name": "Zo\\u00eb" }'
    path.write_text(f'{{"contacts": {{"1": {one_line}, "2": {{"uid": "raj",\n\r "name": "Raj"}}}}}}')
    with a_book(path) as book:
        book.keep(adding(ADA, GRACE))
    lines = path.read_text().split("\n")
    assert lines[1:3] == [f'"1": {one_line},', '"2": {"uid":"raj","name":"Raj"},']
    assert [line[:17] for line in lines[3:5]] == ['"3": {"uid":"ada"', '"4": {"uid":"grac']


def test_two_readings_differ_where_their_documents_do() -> None:
    def rows(*documents: str) -> Rows:
        table = ", ".join(f'"{row}": {document}' for row, document in enumerate(documents, 1))
        parsed = parse(f'{{"contacts": {{{table}}}}}'.encode(), "book.json")
        read = Rows(parsed.tables)
        read.adopt(parsed.uids)
        return read

    old = rows('{"uid":"a","name":"Ada"}', '{"uid":"b","name":"Bo"}', '{"uid":"c"}', '{"uid":"d"}')
    new = rows('{"name": "Ada", "uid": "a"}', '{"uid":"b","name":"Bob"}', '{"uid":"e"}', '{"uid":"d"}')
    assert list(difference(old, new)) == [
        RowOp("contacts", 3, {"uid": "c"}, None),
        RowOp("contacts", 2, {"uid": "b", "name": "Bo"}, {"uid": "b", "name": "Bob"}),
        RowOp("contacts", 3, None, {"uid": "e"}),
    ]


def test_what_the_book_holds_is_its_own(path: Path) -> None:
    with a_book(path, ADA, GRACE):
        pass
    with a_book(path) as book:
        tables = book.load()
        book.keep(adding(ADA.__class__(uid="raj", name="Raj")))
        assert list(tables["contacts"]) == ["ada", "grace"]
        del tables["contacts"]["ada"]
        assert list(book.load()["contacts"]) == ["ada", "grace", "raj"]
