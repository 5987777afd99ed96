"""Backups: which days keep one, what is in it, that it is there before the file changes, and those made on purpose."""

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.errors import BadBook
from relcraft.store import saving
from relcraft.store.backups import BEFORE_RESTORE, SAVED, back_up, backups_in, kept, name_for, save_new
from relcraft.store.files import Files
from relcraft.store.place import Place
from relcraft.store.rows import Data
from relcraft.store.saving import is_export, read_data, read_file, rendered, saved
from tests.store.changes import (
    ADA,
    GRACE,
    NOW,
    a_book,
    adding,
    all_files,
    at_rest,
    crashed,
    deleting,
    editing,
    journal_of,
    names,
    names_at_rest,
    opened,
)

DAY = timedelta(days=1)
START = date(2024, 1, 1)


def rotated(days: Iterable[date], had: Iterable[date] = ()) -> list[set[date]]:
    """Return which backups are there after each of `days`, on which the book is changed."""
    there, states = set(had), []
    for day in days:
        there = kept(there | {day}, day)
        states.append(there)
    return states


def every_day(length: int) -> list[date]:
    return [START + DAY * number for number in range(length)]


TWO_YEARS = 731
PATTERNS: dict[str, Callable[[int], bool]] = {
    "every day": lambda number: True,
    "every other day": lambda number: number % 2 == 0,
    "on working days": lambda number: (START + DAY * number).weekday() < 5,
    "on Sundays": lambda number: (START + DAY * number).weekday() == 6,
    "once in three weeks": lambda number: number % 21 == 0,
    "once in two months": lambda number: number % 61 == 0,
    "with a journey of 100 days": lambda number: not 300 <= number < 400,
    "in the first and the last week": lambda number: number < 7 or number > TWO_YEARS - 7,
}


@pytest.mark.parametrize("used", PATTERNS)
def test_over_two_years_the_last_days_weeks_and_months_have_a_backup(used: str) -> None:
    days = [day for number, day in enumerate(every_day(TWO_YEARS)) if PATTERNS[used](number)]
    for at, (day, there) in enumerate(zip(days, rotated(days), strict=True)):
        past = days[: at + 1]
        assert there <= set(past)
        assert set(past[-7:]) <= there, "the last seven days of use"
        weeks = sorted({one.isocalendar()[:2] for one in past})[-5:]
        assert {one.isocalendar()[:2] for one in there} >= set(weeks), "one of each of the last five weeks of use"
        months = sorted({(one.year, one.month) for one in past})[-12:]
        assert {(one.year, one.month) for one in there} >= set(months), "one of each of the last twelve months of use"
        assert len(there) <= 7 + 5 + 12
        assert day in there, "today's"


def test_after_two_years_of_days_the_backups_are_these() -> None:
    there = sorted(rotated(every_day(TWO_YEARS))[-1])
    months = [date(2025, month, 1) + DAY * 27 for month in range(1, 12)]
    assert there[-7:] == [date(2025, 12, 25) + DAY * number for number in range(7)]
    assert {(day.year, day.month) for day in there[:-7]} == {(2025, month) for month in range(1, 13)}
    assert all(day >= least for day, least in zip(there, months, strict=False)), "the last ones of their months"
    assert len(there) == 7 + 3 + 11, "the week and the month of today are among the last days, and so is a Sunday"


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    before = rotated(every_day(60))[-1]
    back = [START + DAY * number for number in range(30, 60)]
    for there in rotated(back, before):
        assert before - {day for day in before if day <= there_day(there)} <= there
    assert rotated(back, before)[-1] >= before - set(back)


def there_day(there: set[date]) -> date:
    return max(there)


def test_a_clock_that_is_years_ahead_for_a_day_pushes_out_one_day_and_then_none() -> None:
    before = rotated(every_day(400))[-1]
    (wrong,) = rotated([date(2040, 5, 5)], before)
    assert date(2040, 5, 5) in wrong
    assert len(before - wrong) <= 3, "one day, one week, one month"
    right = [START + DAY * number for number in range(400, 500)]
    alone = rotated(right, before)[-1]
    assert rotated(right, wrong)[-1] == alone | {date(2040, 5, 5)}, "the wrong one stays and counts for nothing"


def test_backups_of_a_day_to_come_are_thinned_out_when_that_day_has_passed() -> None:
    early = {START + DAY * number for number in range(10, 40)}
    assert kept(early | {START}, START) == early | {START}
    later = START + DAY * 200
    assert len(kept(early | {later}, later)) <= 24


@given(st.sets(st.dates(date(2024, 1, 1), date(2026, 12, 31))), st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_no_backup_of_a_day_to_come_decides_over_one_that_was(days: set[date], today: date) -> None:
    past = {day for day in days if day <= today}
    assert kept(days, today) == kept(past, today) | (days - past)


def test_names_of_others_stay_where_they_are(path: Path) -> None:
    path.write_text("{}")
    backups = path.parent / "backups"
    backups.mkdir(0o700)
    for age in range(1, 100):
        (backups / f"book-{date(2026, 3, 12) - DAY * age}.json").write_text("{}")
    others = [
        "book-2020-13-01.json",
        "book-2020-01-01.json.bak",
        "book-2020-1-1.json",
        "book-٢٠٢٠-01-01.json",
        "Book-2020-01-01.json",
        "books-2020-01-01.json",
        "book-2-2020-01-01.json",
        "book-2020-01-01 (1).json",
        ".book-2020-01-01.json",
        "book.saved-20200101-120000.json",
        "book.before-restore-20200101-120000.json",
        "book.schema-1-20200101-120000.json",
        "notes.txt",
    ]
    for name in others:
        (backups / name).write_text("mine")
    assert back_up(Files(), Place.of(path), backups, date(2026, 3, 12)) == backups / "book-2026-03-12.json"
    left = {one.name for one in backups.iterdir()}
    assert set(others) <= left
    assert len(left - set(others)) <= 24


# What is in it


def test_the_backup_of_a_day_is_the_file_as_it_was_when_the_day_began(path: Path) -> None:
    backups = path.parent / "backups"
    with a_book(path, ADA):
        pass
    with a_book(path, backups=backups, now=lambda: NOW + DAY) as book:
        book.keep(adding(GRACE))
        assert not backups.exists(), "nothing changed in the file so far"
        book.fold()
        assert names_at_rest(backups / "book-2026-03-13.json") == ["Ada Lovelace"]
        book.keep(editing(ADA, replace(ADA, name="Ada King")))
        book.fold()
    assert names_at_rest(backups / "book-2026-03-13.json") == ["Ada Lovelace"]


def test_what_waits_in_the_journal_of_a_crash_is_in_the_file_and_in_the_next_backup(path: Path) -> None:
    backups = path.parent / "backups"
    with a_book(path, ADA):
        pass
    book = opened(path, backups=backups)
    book.keep(adding(GRACE))
    crashed(book)
    for days, there in ((1, ["Ada Lovelace"]), (2, ["Ada Lovelace", "Grace Hopper", "New 1"])):
        with a_book(path, backups=backups, now=lambda days=days: NOW + DAY * days) as book:
            book.keep(adding(replace(ADA, uid=f"new {days}", name=f"New {days}")))
        assert names_at_rest(backups / f"book-{NOW.date() + DAY * days}.json") == there
        assert "Grace Hopper" in names_at_rest(path)


class Watched(Files):
    """Files that say what was done, in order."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._names: dict[int, str] = {}

    def open(self, path: Path, flags: int) -> int:
        fd = super().open(path, flags)
        self._names[fd] = path.name
        return fd

    def sync(self, fd: int) -> None:
        super().sync(fd)
        self.calls.append(f"sync {self._names[fd]}")

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self.calls.append(f"replace {target.name}")


def test_the_backup_is_on_the_disk_before_the_file_changes(path: Path) -> None:
    with a_book(path, ADA):
        pass
    files = Watched()
    with a_book(path, backups=path.parent / "backups", files=files) as book:
        book.keep(adding(GRACE))
        files.calls.clear()
    del files.calls[:2]  # the folders above that of the backups
    wanted = ["sync .book.backup.tmp", "replace book-2026-03-12.json", "sync backups", "sync book.json.tmp"]
    assert files.calls[:5] == [*wanted, "replace book.json"]


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_backup_is_readable_for_its_owner_alone(path: Path, umask: int) -> None:
    with a_book(path, ADA):
        pass
    before = os.umask(umask)
    try:
        with a_book(path, backups=path.parent / "deep" / "backups") as book:
            book.keep(adding(GRACE))
        save_new(Files(), path.parent / "deep" / "backups" / "copy.json", b"{}")
    finally:
        os.umask(before)
    for folder in (path.parent / "deep", path.parent / "deep" / "backups"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    copies = list((path.parent / "deep" / "backups").iterdir())
    assert len(copies) == 2
    assert {stat.S_IMODE(one.stat().st_mode) for one in copies} == {0o600}


# Those made on purpose


def test_what_is_saved_has_everything_that_was_acknowledged(path: Path) -> None:
    assert saved(path) is None
    book = opened(path)
    book.keep(adding(ADA))
    book.keep(adding(GRACE))
    assert journal_of(path).exists()
    before = all_files(path.parent)
    data = saved(path)
    assert data is not None
    assert all_files(path.parent) == before, "the book itself is left alone"
    copy = path.with_name("copy.json")
    copy.write_bytes(data)
    book.keep(adding(replace(ADA, uid="later", name="Later")))
    assert names_at_rest(copy) == ["Ada Lovelace", "Grace Hopper"]
    with a_book(copy) as other:
        assert names(other) == ["Ada Lovelace", "Grace Hopper"]
        assert [change.title for change in other.history()] == ["a change", "a change"]
    book.close()


def test_what_is_saved_stands_in_for_the_book_whose_journal_still_waits(path: Path) -> None:
    book = opened(path)
    book.keep(adding(ADA))
    book.keep(editing(ADA, replace(ADA, city="London")))
    data = saved(path)
    assert data is not None
    crashed(book)
    path.write_bytes(data)  # a user copies the backup over the book, and the journal stays behind
    with a_book(path) as book:
        (document,) = book.load()["contacts"].values()
        assert (document["name"], document["city"]) == ("Ada Lovelace", "London")
        assert [change.title for change in book.history()] == ["a change", "a change"]


def test_what_is_saved_is_to_the_byte_what_a_fold_would_write(path: Path) -> None:
    with a_book(path, ADA) as book:
        book.keep(adding(GRACE))
        book.keep(deleting(ADA))
        data = saved(path)
        book.fold()
        assert path.read_bytes() == data
        assert saved(path) == data


def test_a_backup_of_an_older_schema_comes_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_book(path, ADA, GRACE):
        pass

    def surnames(tables: Data) -> None:
        for document in tables["contacts"].values():
            document["surname"] = document["name"].split()[-1]

    monkeypatch.setattr(saving, "MIGRATIONS", (surnames,))
    for reading in (read_file(path), read_data(path.read_bytes(), "book.json.age")):
        assert reading.schema == 2
        new = path.with_name("new.json")
        new.write_bytes(rendered(reading))
        assert [one["surname"] for one in at_rest(new)["contacts"]] == ["Lovelace", "Hopper"]
        with a_book(new, migrations=(surnames,)) as book:
            book.keep(adding(replace(ADA, uid="x")))
            assert not book.read_only


def test_the_journal_that_was_copied_beside_a_backup_is_in_it(path: Path) -> None:
    book = opened(path)
    book.keep(adding(ADA))
    book.fold()
    book.keep(adding(GRACE))
    crashed(book)
    copy = path.with_name("book.schema-1-20260312-143000.json")
    copy.write_bytes(path.read_bytes())
    journal_of(copy).write_bytes(journal_of(path).read_bytes())
    before = all_files(path.parent)
    assert sorted(read_file(copy).rows.by_uid("contacts")) == ["ada", "grace"]
    assert all_files(path.parent) == before


def test_a_backup_never_takes_the_place_of_another_file(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        save_new(Files(), path, b"{}")
    assert all_files(path.parent) == {"book.json": b"mine"}


class Refusing(Files):
    """A disk that refuses one kind of call."""

    def __init__(self, call: str) -> None:
        self.call = call

    def write(self, fd: int, data: bytes) -> int:
        if self.call == "half a write":
            super().write(fd, data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        return super().write(fd, data)

    def sync(self, fd: int) -> None:
        if self.call == "sync" or (self.call == "sync of the folder" and stat.S_ISDIR(os.fstat(fd).st_mode)):
            raise OSError(5, "Input/output error")
        super().sync(fd)

    def replace(self, source: Path, target: Path) -> None:
        if self.call == "replace":
            raise OSError(5, "Input/output error")
        super().replace(source, target)


@pytest.mark.parametrize("call", ["half a write", "sync", "replace", "sync of the folder"])
def test_a_backup_that_fails_leaves_nothing_behind(path: Path, call: str) -> None:
    with pytest.raises(OSError, match=r"left|output|failure"):
        save_new(Refusing(call), path, b"{}" * 1000)
    assert all_files(path.parent) == {}


def test_two_backups_of_one_second_have_names_of_their_own(tmp_path: Path) -> None:
    book = tmp_path / "book.json"
    for expected in ("book.saved-20260312-143000", "book.saved-20260312-143000-2", "book.saved-20260312-143000-3"):
        path = name_for(Files(), tmp_path, book, SAVED, NOW)
        save_new(Files(), path, b"{}")
        assert path.name == f"{expected}.json"
    assert name_for(Files(), tmp_path, book, SAVED, NOW, sealed=True).name == "book.saved-20260312-143000.json.age"


def test_backups_are_told_by_their_names_the_newest_first(tmp_path: Path) -> None:
    for name in (
        "book-2026-03-12.json",
        "book-2026-03-13.json",
        "book.saved-20260312-143000.json.age",
        "book.saved-20260312-143000-2.json",
        "book.before-restore-20260312-150000.json",
        "book.schema-1-20260311-150000.json",
        "book.schema-1-20260311-150000.json.journal",
        "book.saved-20261312-143000.json",
        "books-2026-03-12.json",
        "other.txt",
    ):
        (tmp_path / name).write_text("{}")
    found = backups_in(Files(), tmp_path, Path("book.json"))
    assert [(one.kind, one.moment, one.sealed) for one in found] == [
        ("daily", datetime(2026, 3, 13), False),
        (BEFORE_RESTORE, datetime(2026, 3, 12, 15), False),
        (SAVED, datetime(2026, 3, 12, 14, 30), True),
        (SAVED, datetime(2026, 3, 12, 14, 30), False),
        ("daily", datetime(2026, 3, 12), False),
        ("schema-1", datetime(2026, 3, 11, 15), False),
    ]
    assert backups_in(Files(), tmp_path / "none", Path("book.json")) == []


def test_a_book_is_read_from_its_bytes_as_from_its_file(path: Path) -> None:
    with a_book(path, ADA, GRACE):
        pass
    reading = read_data(path.read_bytes(), "book.json.age")
    assert sorted(reading.rows.by_uid("contacts")) == ["ada", "grace"]
    assert [one.title for one in reading.recent.changes()] == ["a change"]
    with pytest.raises(BadBook, match=r"book\.json\.age cannot be read as JSON"):
        read_data(path.read_bytes()[:-20], "book.json.age")


def test_an_export_is_known_as_one() -> None:
    assert is_export(b'{"format": "relcraft", "contacts": []}')
    assert not any(map(is_export, (b'{"contacts": {}}', b"[]", b"", b'{"format": "relcraft"}')))
