"""Every way in, with any input: never an error of Python's, never a sign that a terminal acts upon, never a second."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.domain.documents import TABLES
from relcraft.domain.incoming import Incoming, IncomingRecord
from relcraft.formats.reading import read_bytes
from relcraft.store.checking import check
from tests.fuzz import seeds, targets
from tests.fuzz.answers import in_time
from tests.fuzz.long import main, run_all
from tests.fuzz.mutating import cases, odd_tables
from tests.fuzz.targets import TARGETS
from tests.fuzz.texts import texts

_NAMES = tuple(TARGETS)


@pytest.mark.parametrize("name", _NAMES)
def test_the_examples_are_good_ones(name: str) -> None:
    for data in TARGETS[name].seeds:
        TARGETS[name].run(data)
    if name in ("vcard", "linkedin", "csv"):
        rows = [row for data in TARGETS[name].seeds for row in read_bytes(data, "x", name)]
        assert any(isinstance(row, Incoming) for row in rows)
    if name in ("mail", "mbox", "whatsapp", "calendar"):
        rows = [row for data in TARGETS[name].seeds for row in read_bytes(data, "x", name, targets.KIM)]
        assert sum(isinstance(row, IncomingRecord) for row in rows) >= len(TARGETS[name].seeds)


def test_the_book_among_the_examples_has_something_of_everything() -> None:
    TARGETS["book"].run(seeds.BOOKS[0])
    report = check(targets.folder() / "book.json")
    assert report.problems == ()
    assert {table for table, _ in report.counts} == set(TABLES)


@pytest.mark.parametrize("name", _NAMES)
@settings(max_examples=30, deadline=None)
@given(data=st.one_of(st.binary(max_size=400), texts(200).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_at_all_are_answered(name: str, data: bytes) -> None:
    in_time(TARGETS[name].run, data)


@pytest.mark.parametrize("name", _NAMES)
@settings(max_examples=50, deadline=None)
@given(number=st.integers(0, 2**40))
def test_any_example_with_anything_done_to_it_is_answered(name: str, number: int) -> None:
    for data in cases(TARGETS[name], 1, range(number, number + 1)):
        in_time(TARGETS[name].run, data)


@settings(max_examples=80, deadline=None)
@given(number=st.integers(0, 2**40))
def test_a_book_whose_fields_hold_anything_is_shown(number: int) -> None:
    book = odd_tables(Random(number), json.loads(seeds.BOOKS[0]))
    documents: dict[str, dict[str, dict[str, object]]] = {}
    for table in TABLES:
        rows = book.get(table)
        for document in rows.values() if isinstance(rows, dict) else ():
            if isinstance(document, dict):
                uid = str(document.get("uid")) or "without"  # the store gives a uid to what has none
                documents.setdefault(table, {})[uid] = {**document, "uid": uid}
    in_time(targets.tables, documents)


def test_the_same_seed_makes_the_same_cases() -> None:
    first, second = (list(cases(TARGETS["vcard"], 5, range(20))) for _ in range(2))
    assert first == second
    assert first != list(cases(TARGETS["vcard"], 6, range(20)))


def test_a_finding_is_told_with_its_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.fuzz import long

    def breaks(_data: bytes) -> None:
        raise KeyError("gone")

    monkeypatch.setitem(TARGETS, "filter", targets.Target("filter", breaks, (b"abc",)))
    tally = long.run_some("filter", 1, 0, 3)
    assert (tally.cases, len(tally.findings)) == (3, 3)
    assert "KeyError: 'gone'" in tally.findings[0]


def test_the_command_prints_a_line_for_each_way_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--cases", "20", "--target", "filter"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in out] == [["way", "in", "cases"], ["filter", "20", "0"], ["all", "20", "0"]]


@pytest.mark.long
def test_a_hundred_thousand_cases_find_nothing() -> None:
    tallies = run_all(100_000, 1)
    assert [finding for tally in tallies for finding in tally.findings] == []
