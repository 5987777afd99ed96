"""What is written for the calendar."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from relcraft.book.agenda import agenda
from relcraft.domain.agenda import Plan, Promise
from relcraft.domain.records import Birthday, Contact, FollowUp, Interaction, Record, Snooze
from relcraft.domain.words import InteractionKind
from relcraft.formats.ics import export_ics, export_items
from tests.books import TODAY, a_book, person, promised

CHANGED = datetime(2026, 3, 1, 8, 30, 15, 999, tzinfo=UTC)


def written(*records: Record) -> str:
    return export_ics(agenda(a_book(*records))).decode()


def read(text: bytes | str, kind: str | None = None) -> list[Any]:
    """Return the components of a calendar; their types say less than the standard does."""
    return list(Calendar.from_ical(text).walk(kind))


def lunch(**fields: object) -> Interaction:
    plan = Interaction(uid="i", date=TODAY.replace(day=27), kind=InteractionKind.LUNCH, contacts=("ada",))
    return replace(plan, **fields)  # type: ignore[arg-type]  # the fields are the caller's


def test_the_same_book_gives_the_same_bytes() -> None:
    records = (person("a", "Ada", birthday=Birthday(3, 1, 1980)), promised("f", TODAY, "a", "x"), lunch())
    assert written(*records) == written(*reversed(records))


def test_a_follow_up_is_a_to_do_with_for_whom_and_by_when() -> None:
    follow_up = FollowUp(uid="f", date=TODAY, contact="ada", text="send it", updated=CHANGED)
    (todo,) = read(written(person("ada", "Ada Lovelace"), follow_up), "VTODO")
    assert str(todo["SUMMARY"]) == "send it · Ada Lovelace"
    assert todo["DUE"].dt == TODAY
    assert todo["LAST-MODIFIED"].dt == todo["DTSTAMP"].dt == datetime(2026, 3, 1, 8, 30, 15, tzinfo=UTC)
    assert str(todo["UID"]) == "follow-up-f@relcraft"


def test_a_snooze_puts_a_to_do_off_and_one_for_good_takes_it_away() -> None:
    later = Snooze(uid="s", of="f", until=TODAY.replace(day=30), updated=CHANGED)
    (todo,) = read(written(promised("f", TODAY, None, "x"), later), "VTODO")
    assert (todo["DUE"].dt, todo["DTSTAMP"].dt) == (TODAY.replace(day=30), CHANGED.replace(microsecond=0))
    assert "VTODO" not in written(promised("f", TODAY, None, "x"), replace(later, until=TODAY.max))


def test_what_was_done_stays_for_thirty_days() -> None:
    done = FollowUp(uid="f", date=TODAY, text="x", done_on=TODAY.replace(month=10, day=24))
    assert "STATUS:COMPLETED\r\nPERCENT-COMPLETE:100\r\nCOMPLETED:20261024T120000Z" in written(done)
    assert "VTODO" not in written(replace(done, done_on=TODAY.replace(month=10, day=23)))


def test_a_birthday_without_a_year_begins_in_a_leap_year_and_29_february_is_the_last_of_february() -> None:
    told = written(person("a", "Ada", birthday=Birthday(2, 29)))
    assert "DTSTART;VALUE=DATE:19720229\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2\r\n" in told
    told = written(person("a", "Ada", birthday=Birthday(12, 10, 1815)))
    assert "DTSTART;VALUE=DATE:18151210\r\nRRULE:FREQ=YEARLY\r\n" in told
    assert "1815" not in told.partition("SUMMARY")[2], "an age in the text would be wrong next year"


def test_who_is_archived_or_left_in_peace_has_no_birthday_in_the_calendar() -> None:
    born = Birthday(3, 1)
    assert "VEVENT" not in written(person("a", "A", birthday=born, archived=True))
    assert "VEVENT" not in written(person("a", "A", birthday=born, do_not_disturb=True))


def test_a_plan_is_an_event_and_what_took_place_or_was_imported_is_none() -> None:
    ada = person("ada", "Ada Lovelace")
    at = {"time": time(14, 30), "zone": "Europe/Berlin", "summary": "the engine"}
    (event,) = read(written(ada, lunch(**at)), "VEVENT")
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == ("Lunch with Ada Lovelace", "the engine")
    assert event["DTSTART"].dt == datetime(2026, 11, 27, 13, 30, tzinfo=UTC)
    assert "DTSTART:20261127T143000\r\n" in written(ada, lunch(time=time(14, 30)))
    assert "VEVENT" not in written(ada, lunch(date=TODAY, created=datetime(2026, 11, 23, 9, tzinfo=UTC)))
    assert "VEVENT" in written(ada, lunch(date=TODAY, created=datetime(2026, 11, 20, 9, tzinfo=UTC)))
    assert "VEVENT" not in written(ada, lunch(sources=("ics:x",)))


@given(st.text(), st.text(), st.text(max_size=20), st.times())
def test_any_text_is_a_calendar_that_says_the_same_text(title: str, uid: str, zone: str, at: time) -> None:
    contact = Contact(uid="", name=title)
    from relcraft.domain.documents import from_document, to_document

    name = from_document(Contact, to_document(contact)).name  # as it is once it is in a book
    promise = Promise(of=uid.encode("utf-8", "replace").decode(), title=name, updated=CHANGED, due=TODAY)
    plan = Plan(of="p", title=name, updated=CHANGED, day=TODAY, time=at, zone=zone)
    todo, event = read(export_ics([promise, plan]))[1:]
    assert str(todo["SUMMARY"]) == str(event["SUMMARY"]) == name
    assert {str(todo["UID"]), str(event["UID"])} == set(export_items([promise, plan]))
    assert "/" not in str(todo["UID"])
