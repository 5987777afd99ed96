"""Clocks that are put forward and back, zones that change, and days that some places never had."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from relcraft.cli.clock import present, shifted

Travel = Callable[[str], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Travel]:
    """Put the computer into another zone, as its owner's journey does."""
    former = os.environ.get("TZ")
    yield lambda zone: monkeypatch.setenv("TZ", zone)
    monkeypatch.undo()
    assert os.environ.get("TZ") == former
    time.tzset()


def test_a_program_that_is_open_on_a_journey_follows_the_zone(travel: Travel) -> None:
    travel("Pacific/Kiritimati")
    east = present()
    travel("Pacific/Pago_Pago")
    west = present()
    assert (east.utcoffset(), west.utcoffset()) == (timedelta(hours=14), timedelta(hours=-11))
    assert east.date() > west.date(), "25 hours lie between them: they never have the same day"
    assert west - east < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("zone", "wall", "moved"),
    [
        ("Europe/Berlin", "2026-03-28T02:30", "2026-03-29T03:30+02:00"),  # 2:00 to 3:00 is skipped
        ("Europe/Berlin", "2026-10-24T02:30", "2026-10-25T02:30+02:00"),  # 2:00 to 3:00 comes twice
        ("America/New_York", "2026-03-07T02:15", "2026-03-08T03:15-04:00"),
        ("America/New_York", "2026-10-31T01:15", "2026-11-01T01:15-04:00"),
        ("America/Sao_Paulo", "2018-11-03T00:30", "2018-11-04T01:30-02:00"),  # midnight itself is skipped
        ("Australia/Lord_Howe", "2026-10-03T02:10", "2026-10-04T02:40+11:00"),  # by half an hour
        ("Pacific/Apia", "2011-12-29T12:00", "2011-12-31T12:00+14:00"),  # the 30th never was
    ],
)
def test_the_same_time_on_the_next_day(zone: str, wall: str, moved: str, travel: Travel) -> None:
    travel(zone)
    present()
    assert shifted(datetime.fromisoformat(wall).astimezone(), timedelta(days=1)) == datetime.fromisoformat(moved)
    assert shifted(datetime.fromisoformat(wall).astimezone(), timedelta(days=1)).isoformat("T", "minutes") == moved


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"])
def test_every_day_of_twenty_years_can_be_pretended_at_any_hour(zone: str, travel: Travel) -> None:
    travel(zone)
    present()
    for day in range(7_300):
        wanted = date(2010, 1, 1) + timedelta(days=day)
        for hour in (0, 2, 12, 23):
            moment = shifted(datetime(2010, 1, 1, hour).astimezone(), timedelta(days=day))
            assert moment.date() == wanted, "every day was there in these places"


def test_no_part_of_the_program_reads_the_clock_but_this_one() -> None:
    house = Path(__file__).parents[2] / "relcraft"
    readers = {
        str(path.relative_to(house))
        for path in house.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("datetime.now(", "date.today(", "utcnow(", "time.time("))
    }
    assert readers == {"cli/clock.py"}
