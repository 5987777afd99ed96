"""When the file at rest is written, what is copied before, and how older books come up to date."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.errors import NotKept
from relcraft.domain.records import Contact
from relcraft.store import storage
from relcraft.store.backups import kept
from relcraft.store.migrations import MIGRATIONS, SCHEMA, migrate
from relcraft.store.rows import Data
from tests.store.changes import (
    ADA,
    GRACE,
    NOW,
    a_book,
    adding,
    all_files,
    at_rest,
    crashed,
    editing,
    journal_of,
    names,
    names_at_rest,
    opened,
)

LINUS = Contact(uid="linus", name="Linus")

# Folding


def test_a_small_file_is_written_two_seconds_after_the_last_change(path: Path) -> None:
    with a_book(path, ADA) as book:
        assert not book.maybe_fold(10.0)
        book.keep(adding(GRACE))
        assert not book.maybe_fold(11.0)
        book.keep(adding(LINUS))
        assert not book.maybe_fold(12.5)
        assert not book.maybe_fold(14.4)
        assert book.maybe_fold(14.5)
        assert names_at_rest(path) == ["Ada Lovelace", "Grace Hopper", "Linus"]
        assert not book.maybe_fold(20.0)


def test_a_large_file_is_written_when_the_journal_passed_a_tenth_of_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_book(path, *(Contact(uid=f"p{number}", name="x" * 50) for number in range(100))) as book:
        monkeypatch.setattr(storage, "SMALL", 1000)
        book.keep(adding(ADA))
        assert not any(book.maybe_fold(float(second)) for second in range(10))
        reader = opened(path)
        reader.close()
        assert journal_of(path).exists()  # who only reads does not write a large file
        while journal_of(path).stat().st_size <= path.stat().st_size // 10:
            book.keep(editing(book_record(book.load()["contacts"]["ada"]), longer(book.load()["contacts"]["ada"])))
        assert not book.fold_due(100.0)
        assert book.maybe_fold(102.0)
        assert not journal_of(path).exists()
        book.keep(adding(GRACE))
    assert not journal_of(path).exists()  # at the end it always is


def book_record(document: dict[str, str]) -> Contact:
    return Contact(uid="ada", name=document["name"])


def longer(document: dict[str, str]) -> Contact:
    return Contact(uid="ada", name=document["name"] + "a")


def test_a_book_that_was_only_read_is_left_as_it_is(path: Path) -> None:
    path.write_text('{"contacts": {"1": {"name": "Ada"}}}')
    before = all_files(path.parent)
    book = opened(path, backups=path.parent / "backups")
    book.load()
    book.news()
    book.fold()
    book.close()
    assert all_files(path.parent) == before


# Backups


def test_the_first_fold_of_a_day_copies_the_file_as_it_stood(path: Path) -> None:
    backups = path.parent / "backups"
    day = {"now": NOW}
    for number, contact in enumerate((ADA, GRACE, LINUS)):
        day["now"] = NOW + timedelta(days=number)
        book = opened(path, backups=backups, now=lambda: day["now"])
        book.keep(adding(contact))
        book.fold()
        book.keep(editing(contact, replace(contact, city="London")))
        book.close()
    assert sorted(backup.name[5:15] for backup in backups.iterdir()) == ["2026-03-12", "2026-03-13", "2026-03-14"]
    assert names_at_rest(backups / "book-2026-03-13.json") == ["Ada Lovelace"]
    assert names_at_rest(backups / "book-2026-03-14.json") == ["Ada Lovelace", "Grace Hopper"]


def test_a_book_that_stock_tinydb_wrote_is_copied_before_the_first_change(path: Path) -> None:
    path.write_text('{"contacts": {"1": {"name": "Ada"}}}')
    with a_book(path, backups=path.parent / "backups") as book:
        book.keep(adding(GRACE))
    assert (path.parent / "backups" / "book-2026-03-12.json").read_text() == '{"contacts": {"1": {"name": "Ada"}}}'


def test_backups_of_two_years_become_days_weeks_and_months(path: Path) -> None:
    backups = path.parent / "backups"
    backups.mkdir()
    today = date(2026, 3, 12)
    for age in range(1, 730):
        (backups / f"book-{today - timedelta(days=age)}.json").write_text("{}")
    (backups / "book-of-recipes.json").write_text("mine")
    (backups / "other-2020-01-01.json").write_text("mine")
    with a_book(path, ADA, backups=backups) as book:
        book.keep(adding(GRACE))
    left = sorted(backup.name for backup in backups.iterdir())
    assert {"book-of-recipes.json", "other-2020-01-01.json"} <= set(left)
    days = [date.fromisoformat(name[5:15]) for name in left if name.startswith("book-2")]
    assert {today - timedelta(days=age) for age in range(7)} <= set(days)
    assert min(days) == date(2025, 4, 30)
    assert len(days) <= 7 + 5 + 12


@given(st.sets(st.dates(date(2020, 1, 1), date(2026, 1, 1))))
def test_thinning_out_backups_keeps_the_newest_and_is_done_at_once(days: set[date]) -> None:
    left = kept(days, date(2026, 1, 1))
    assert left <= days
    assert kept(left, date(2026, 1, 1)) == left
    assert len(left) <= 24
    assert set(sorted(days)[-7:]) <= left


# Migrations


def test_this_version_writes_the_schema_that_its_migrations_lead_to() -> None:
    assert len(MIGRATIONS) + 1 == SCHEMA


def surnames(tables: Data) -> None:
    for document in tables.get("contacts", {}).values():
        document["surname"] = document["name"].split()[-1]


def shouting(tables: Data) -> None:
    for document in tables.get("contacts", {}).values():
        document["surname"] = document["surname"].upper()


def test_migrations_run_in_order_from_the_schema_of_the_book() -> None:
    tables: Data = {"contacts": {"1": {"name": "Ada Lovelace"}}}
    assert migrate(tables, 1, (surnames, shouting)) == 3
    assert tables["contacts"]["1"]["surname"] == "LOVELACE"
    assert migrate(tables, 3, (surnames, shouting)) == 3
    assert migrate(tables, 9, (surnames, shouting)) == 9


def test_an_older_book_is_copied_with_its_journal_then_brought_up_to_date(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        crashed(book)
    before = all_files(path.parent)
    book = opened(path, migrations=(surnames, shouting))
    assert book.load()["contacts"]["grace"]["surname"] == "HOPPER"
    assert all_files(path.parent) == before
    book.keep(adding(LINUS))
    book.close()
    assert at_rest(path)["_meta"][0]["schema"] == 3
    assert {one["name"]: one.get("surname") for one in at_rest(path)["contacts"]} == {
        "Ada Lovelace": "LOVELACE",
        "Grace Hopper": "HOPPER",
        "Linus": None,
    }
    copy = path.parent / "book.schema-1-20260312-143000.json"
    assert copy.read_bytes() == before["book.json"]
    assert copy.with_name(copy.name + ".journal").read_bytes() == before["book.json.journal"]
    older = opened(path)
    assert "newer Relcraft" in older.read_only
    assert names(older) == ["Ada Lovelace", "Grace Hopper", "Linus"]
    older.close()


def test_a_migration_without_a_copy_does_not_happen(path: Path) -> None:
    with a_book(path, ADA):
        pass
    before = path.read_bytes()
    in_the_way = path.parent / "backups"
    in_the_way.write_text("no folder")
    book = opened(path, migrations=(surnames,), backups=in_the_way)
    with pytest.raises(NotKept):
        book.keep(adding(GRACE))
    assert path.read_bytes() == before


def test_the_day_of_a_backup_is_the_users_own(path: Path) -> None:
    with a_book(path, ADA):
        pass
    with a_book(path, backups=path.parent / "b", now=lambda: datetime(2026, 3, 13, 0, 30, tzinfo=UTC)) as book:
        book.keep(adding(GRACE))
    assert [one.name for one in (path.parent / "b").iterdir()] == ["book-2026-03-13.json"]
