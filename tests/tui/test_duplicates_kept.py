"""What is settled on the screen of doubles, in the file: undo restores it exactly, and two people stay two for good."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from relcraft.book.duplicates import candidates
from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.cli.wiring import book_at
from relcraft.domain.changes import put
from relcraft.domain.documents import TABLES
from relcraft.domain.records import Apart, Unplaced
from relcraft.formats.reading import read_paths
from relcraft.tui.app import RelcraftApp
from relcraft.tui.duplicates.pair_list import PairList
from tests.books import at_noon
from tests.doubles import twice_here

_CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:{phone}\r\nNOTE:{note}\r\nEND:VCARD\r\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A book in a file: pairs, what hangs on them, and a recommendation of one of two Kims."""
    here = tmp_path / "book.json"
    doubles = twice_here()
    with book_at(here, at_noon()) as book:
        found = (doubles.get(table, each["uid"]) for table, every in doubles.documents() for each in every)
        book.change("filled", *(put(None, record) for record in found if record is not None))
    return here


def tables(path: Path) -> dict[str, Any]:
    """Return all records that a file holds."""
    whole = json.loads(path.read_text("utf-8"))
    return {name: _by_uid(whole.get(name, {})) for name in TABLES}


def _by_uid(table: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {document["uid"]: document for document in table.values()}


async def pressed(path: Path, *keys: str) -> list[str]:
    """Open the program over a file, press keys on the screen of doubles, end; return what it listed in the end."""
    with book_at(path, at_noon()) as book:
        app = RelcraftApp(book)
        async with app.run_test() as pilot:
            await pilot.pause()
            await _press(pilot, "S", *keys)
            pairs = app.screen.query_one(PairList)
            return list(pairs.keys)


async def _press(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


@pytest.mark.parametrize(
    "keys",
    [("j", "x"), ("j", "j", "s", "x"), ("G", "d"), ("A", "m"), ("x", "2"), ("n",), ("X",)],
    ids=" ".join,
)
async def test_u_restores_every_table_of_the_file_also_after_a_restart(path: Path, keys: Sequence[str]) -> None:
    before = tables(path)
    await pressed(path, *keys, "u", "U")
    assert tables(path) != before
    await pressed(path, "u")
    assert tables(path) == before


async def test_two_people_stay_two_after_a_restart_and_however_often_their_files_come_again(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    phone, old = tmp_path / "phone.vcf", tmp_path / "old.vcf"
    phone.write_text(_CARD.format(name="Kim Lee", phone="555 0100", note="new phone"), "utf-8", newline="")
    old.write_text(_CARD.format(name="Kim Lee", phone="555 0199", note="old phone"), "utf-8", newline="")

    def bring_in(book: Book) -> None:
        for file in (phone, old):
            reading = read_paths([file])
            keep_import(book, plan_import(book, list(reading), reading.origin))

    with book_at(path, at_noon()) as book:
        bring_in(book)
        assert len(candidates(book)) == 1
    assert await pressed(path, "d") == []
    for _ in range(2):
        with book_at(path, at_noon()) as book:
            bring_in(book)
            assert (candidates(book), len(book.contacts()), book.count(Apart)) == ([], 2, 1)
            assert book.count(Unplaced) == 0
    phone.write_text(_CARD.format(name="Kim Lee", phone="+1 555 0100", note="newer phone"), "utf-8", newline="")
    with book_at(path, at_noon()) as book:
        bring_in(book)
        assert {frozenset(one.pair) for one in candidates(book)}.isdisjoint(
            {frozenset((each.first, each.second)) for each in book.all(Apart)}
        )
