"""What Relcraft writes for the calendar, read back by the programs that people use: khal and todoman."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from relcraft.book.agenda import agenda
from relcraft.domain.records import Birthday, FollowUp, Interaction, Record
from relcraft.domain.words import InteractionKind
from relcraft.formats.ics import export_ics, export_items
from relcraft.store.calendar_folder import bring_up_to_date
from tests.books import TODAY, a_book, person, promised

RECORDS: tuple[Record, ...] = (
    person("grace", "Grace Hopper", birthday=Birthday(12, 9, 1906)),
    person("ada", "Ada Lovelace", birthday=Birthday(12, 10, 1815)),
    person("lee", "Lee, the younger; Chen", birthday=Birthday(2, 29)),
    person("old", "Old Friend", birthday=Birthday(12, 1), archived=True),
    promised("f1", TODAY.replace(day=27), "grace", "send the paper; all of it, Ö"),
    promised("f2", TODAY.replace(day=25), None, "renew the passport"),
    FollowUp(uid="f3", date=TODAY.replace(day=20), text="water the plants", done_on=TODAY.replace(day=21)),
    Interaction(uid="i1", date=TODAY.replace(day=28), kind=InteractionKind.LUNCH, contacts=("grace", "ada")),
)
KHAL = """[calendars]
[[relcraft]]
path = {folder}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
[default]
default_calendar = relcraft
[sqlite]
path = {cache}
"""
TODOMAN = """path = "{folder}"
date_format = "%Y-%m-%d"
time_format = "%H:%M"
cache_path = "{cache}"
"""


class Programs:
    """khal and todoman over one folder, with settings and caches of their own."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "calendars" / "relcraft"
        self.folder.mkdir(parents=True)
        self._home = place / "home"
        self._home.mkdir()
        self._khal = place / "khal.conf"
        self._khal.write_text(KHAL.format(folder=self.folder, cache=place / "khal.db"))
        self._todoman = place / "todoman.py"
        self._todoman.write_text(TODOMAN.format(folder=self.folder, cache=place / "todoman.sqlite"))

    def khal(self, *words: str) -> str:
        """Return what khal says."""
        return self._said("khal", "-c", str(self._khal), *words)

    def todo(self, *words: str) -> str:
        """Return what todoman says."""
        return self._said("todo", "--config", str(self._todoman), *words)

    def _said(self, *command: str) -> str:
        program, *words = command
        kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
        ended = subprocess.run(
            [str(Path(sys.executable).with_name(program)), *words],
            capture_output=True,
            text=True,
            check=False,
            env={**kept, "HOME": str(self._home), "LC_ALL": "C.UTF-8"},
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def days(self, first: str, last: str) -> list[str]:
        """Return what khal shows from day to day: the day and the title of each event."""
        return self.khal("list", "-df", "", "-f", "{start-date} {title}", first, last).splitlines()


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    """The programs, with an empty folder."""
    return Programs(tmp_path)


def test_khal_shows_birthdays_and_plans_of_a_folder(programs: Programs) -> None:
    bring_up_to_date(programs.folder, export_items(agenda(a_book(*RECORDS))))
    assert programs.days("2026-11-23", "2026-12-31") == [
        "2026-11-28 Lunch with Grace and Ada",
        "2026-12-09 Birthday of Grace Hopper",
        "2026-12-10 Birthday of Ada Lovelace",
    ]


def test_khal_shows_a_birthday_of_29_february_every_year(programs: Programs) -> None:
    bring_up_to_date(programs.folder, export_items(agenda(a_book(*RECORDS))))
    name = "Birthday of Lee, the younger; Chen"
    assert programs.days("2027-02-20", "2027-03-02") == [f"2027-02-28 {name}"]
    assert programs.days("2028-02-20", "2028-03-02") == [f"2028-02-29 {name}"]


def test_todoman_lists_what_was_promised_and_what_was_done(programs: Programs) -> None:
    bring_up_to_date(programs.folder, export_items(agenda(a_book(*RECORDS))))
    waiting = sorted(programs.todo("list").splitlines(), key=lambda line: line[line.index("2026") :])
    assert len(waiting) == 2
    assert "2026-11-25" in waiting[0]
    assert "renew the passport" in waiting[0]
    assert "2026-11-27" in waiting[1]
    assert "send the paper; all of it, Ö · Grace Hopper" in waiting[1]
    assert "water the plants" in programs.todo("list", "--status", "COMPLETED")


def test_khal_imports_the_calendar_as_one_file_twice_and_has_it_once(programs: Programs, tmp_path: Path) -> None:
    calendar = tmp_path / "relcraft.ics"
    calendar.write_bytes(export_ics(agenda(a_book(*RECORDS[:3]))))
    for _ in range(2):
        programs.khal("import", "--batch", str(calendar))
    assert programs.days("2026-12-01", "2026-12-31") == [
        "2026-12-09 Birthday of Grace Hopper",
        "2026-12-10 Birthday of Ada Lovelace",
    ]


def test_what_is_done_in_the_book_leaves_the_list_of_todoman(programs: Programs) -> None:
    bring_up_to_date(programs.folder, export_items(agenda(a_book(*RECORDS))))
    assert "passport" in programs.todo("list")
    done = FollowUp(uid="f2", date=TODAY, text="renew the passport", done_on=TODAY)
    bring_up_to_date(programs.folder, export_items(agenda(a_book(*RECORDS[:5], done))))
    assert "passport" not in programs.todo("list")
    assert "water" not in programs.todo("list", "--status", "COMPLETED"), "what left the book leaves the folder"
