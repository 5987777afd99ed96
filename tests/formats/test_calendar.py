"""Calendars: whom an event was with and when, also where it repeats; what is no meeting is told."""

import time as clock
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import USUAL, How, Incoming, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.warmth import Warmth
from relcraft.domain.words import Circle, Initiator, InteractionKind
from relcraft.formats.calendar import Calendar
from tests.books import a_book, person
from tests.formats.letters import KNOWN, ME, interactions, names, records
from tests.formats.rows import sample_folder, skips

ADA = "ATTENDEE;CN=Ada Lovelace;PARTSTAT=ACCEPTED:mailto:ada@x.example"
RAJ = "ATTENDEE;CN=Raj;PARTSTAT=NEEDS-ACTION:mailto:raj@x.example"
MINE = f"ATTENDEE;CN=Kim;PARTSTAT=ACCEPTED:mailto:{ME}"


def event(*lines: str, uid: str = "e1", start: str = "DTSTART;TZID=Europe/Berlin:20261102T093000") -> str:
    said = [f"UID:{uid}" if uid else "", start, *lines]
    return "\r\n".join(["BEGIN:VEVENT", *filter(None, said), "END:VEVENT", ""])


def calendar(*events: str, head: str = "") -> str:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{''.join(events)}END:VCALENDAR\r\n"


def read(text: str, how: How = KNOWN) -> list[Row]:
    return list(Calendar().read(text.encode("utf-8", "surrogateescape"), "c.ics", how))


def days(text: str) -> list[str]:
    return [met.date.isoformat() for met in interactions(read(text))]


def why(text: str) -> str:
    ((_where, said),) = skips(read(text))
    return said


def test_an_event_is_with_those_who_were_asked_but_me() -> None:
    (row,) = records(read(calendar(event("SUMMARY:Coffee\\, at last", ADA, MINE, RAJ))))
    (met,) = interactions([row])
    assert (met.date, met.time, met.zone, met.kind, met.summary) == (
        date(2026, 11, 2),
        time(9, 30),
        "Europe/Berlin",
        InteractionKind.COFFEE,
        "Coffee, at last",
    )
    assert (names(row), row.people[0].emails, row.adds_people) == (["Ada Lovelace", "Raj"], ("ada@x.example",), True)
    assert (row.where, met.sources) == ("c.ics, line 3", ("calendar:e1:2026-11-02",))


@pytest.mark.parametrize(
    ("start", "head", "expected"),
    [
        ("DTSTART;VALUE=DATE:20261102", "", (date(2026, 11, 2), None, "")),
        ("DTSTART:20261102", "", (date(2026, 11, 2), None, "")),
        ("DTSTART:20261102T093000", "", (date(2026, 11, 2), time(9, 30), "")),
        ("DTSTART:20261102T233000Z", "", (date(2026, 11, 2), time(23, 30), "UTC")),
        (
            "DTSTART:20261102T233000Z",
            "X-WR-TIMEZONE:Europe/Berlin\r\n",
            (date(2026, 11, 3), time(0, 30), "Europe/Berlin"),
        ),
        (
            "DTSTART;TZID=New Zealand Standard Time:20261102T093000",
            "",
            (date(2026, 11, 2), time(9, 30), "Pacific/Auckland"),
        ),
        (
            "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20261102T093000",
            "",
            (date(2026, 11, 2), time(9, 30), "Europe/Berlin"),
        ),
        ("DTSTART;TZID=Nowhere/Land:20261102T093000", "", (date(2026, 11, 2), time(9, 30), "")),
        ("DTSTART;TZID=../../etc/passwd:20261102T093000", "", (date(2026, 11, 2), time(9, 30), "")),
    ],
)
def test_the_time_is_that_on_the_clocks_of_the_event(
    start: str, head: str, expected: tuple[date, time | None, str]
) -> None:
    (met,) = interactions(read(calendar(event(ADA, start=start), head=head)))
    assert (met.date, met.time, met.zone) == expected


@pytest.mark.parametrize(
    ("summary", "kind"),
    [
        ("Team lunch", InteractionKind.LUNCH),
        ("Dinner @ Ada's", InteractionKind.DINNER),
        ("after-work drinks", InteractionKind.DRINKS),
        ("Call Ada", InteractionKind.CALL),
        ("Video call", InteractionKind.VIDEO),
        ("Zoom: planning", InteractionKind.VIDEO),
        ("Recall of products", InteractionKind.MEETING),
        ("", InteractionKind.MEETING),
    ],
)
def test_the_words_of_the_title_say_the_kind(summary: str, kind: InteractionKind) -> None:
    assert [met.kind for met in interactions(read(calendar(event(f"SUMMARY:{summary}", ADA))))] == [kind]


@pytest.mark.parametrize(
    ("organiser", "began"),
    [
        (f"ORGANIZER:mailto:{ME}", Initiator.ME),
        ("ORGANIZER;CN=Ada Lovelace:MAILTO:ada@x.example", Initiator.THEM),
        ("SEQUENCE:1", Initiator.BOTH),
    ],
)
def test_who_asked_began_it(organiser: str, began: Initiator) -> None:
    (row,) = records(read(calendar(event(organiser, ADA))))
    assert ([met.initiator for met in interactions([row])], names(row)) == ([began], ["Ada Lovelace"])


def test_a_guest_whose_family_name_comes_first_is_called_as_people_are() -> None:
    (row,) = records(read(calendar(event('ATTENDEE;CN="Lovelace, Ada":mailto:ada@x.example', MINE))))
    assert names(row) == ["Ada Lovelace"]


def test_an_address_counts_without_its_mailto_mine_too() -> None:
    (row,) = records(read(calendar(event("ATTENDEE;CN=Ada:ada@x.example", f"ATTENDEE;CN=Somebody:{ME}"))))
    assert [each.emails for each in row.people] == [("ada@x.example",)]


def test_rooms_programs_and_who_declined_are_nobody() -> None:
    lines = (
        "ATTENDEE;CUTYPE=ROOM;CN=Room 1:mailto:room1@x.example",
        "ATTENDEE;CN=Room 2:mailto:x@resource.calendar.google.com",
        "ATTENDEE;PARTSTAT=DECLINED;CN=Bo:mailto:bo@x.example",
        "ATTENDEE;ROLE=NON-PARTICIPANT;CN=Cy:mailto:cy@x.example",
        "ORGANIZER;CN=Bot:mailto:no-reply@x.example",
    )
    (row,) = records(read(calendar(event(*lines, ADA))))
    assert names(row) == ["Ada Lovelace"]
    assert why(calendar(event(*lines, MINE))) == "names nobody"


def test_of_a_large_event_nobody_is_added() -> None:
    crowd = [f"ATTENDEE:mailto:p{n}@x.example" for n in range(13)]
    assert [row.adds_people for row in records(read(calendar(event(*crowd[:12]), event(*crowd, uid="e2"))))] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (event("SUMMARY:Alone"), "names nobody"),
        (event(MINE), "names nobody"),
        (event(ADA, "STATUS:CANCELLED"), "was cancelled"),
        (event(ADA, MINE.replace("ACCEPTED", "DECLINED")), "was declined by you"),
        (event(ADA, "SUMMARY:Ada's birthday", start="DTSTART;VALUE=DATE:20261102"), "is a birthday"),
        (event("SUMMARY:Hochzeitstag", "CATEGORIES:Anniversary"), "is a birthday"),
        (event(ADA, uid="plan-7@relcraft"), "was written by Relcraft"),
        (event(ADA, start=""), "has no day that can be read"),
        (event(ADA, start="DTSTART:20261345T990000"), "has no day that can be read"),
        (event(ADA).replace("END:VEVENT\r\n", ""), "is not complete"),
        ("BEGIN:VTODO\r\nUID:x\r\nEND:VTODO\r\n", "is a task"),
        ("BEGIN:VJOURNAL\r\nUID:x\r\nEND:VJOURNAL\r\n", "is an entry of a journal"),
        ("BEGIN:VFREEBUSY\r\nUID:x\r\nEND:VFREEBUSY\r\n", "tells only when"),
        ("", "holds no event"),
    ],
)
def test_what_is_no_meeting_is_skipped_with_the_reason(text: str, reason: str) -> None:
    assert why(calendar(text)).startswith(reason)


def test_a_cancelling_invitation_is_no_meeting() -> None:
    assert why(calendar(event(ADA), head="METHOD:CANCEL\r\n")) == "was cancelled"


def test_a_birthday_dinner_is_a_dinner() -> None:
    (met,) = interactions(read(calendar(event(ADA, "SUMMARY:Birthday dinner"))))
    assert met.kind is InteractionKind.DINNER


def test_without_my_addresses_guests_are_not_placed_and_it_is_said_how_to_tell_them() -> None:
    ((_, said),) = skips(read(calendar(event(ADA)), USUAL))
    assert "--me" in said


def test_i_am_known_by_my_name_too() -> None:
    (row,) = records(read(calendar(event(ADA, MINE)), How(Myself(names=("kim",)))))
    assert names(row) == ["Ada Lovelace"]


STAMP = "DTSTAMP:20261120T100000Z"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("RRULE:FREQ=WEEKLY;COUNT=3", ["2026-11-02", "2026-11-09", "2026-11-16"]),
        ("RRULE:FREQ=WEEKLY", ["2026-11-02", "2026-11-09", "2026-11-16"]),
        ("RRULE:FREQ=WEEKLY;UNTIL=20261109T230000Z", ["2026-11-02", "2026-11-09"]),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=3", ["2026-11-02", "2026-11-04", "2026-11-09"]),
        ("RRULE:FREQ=WEEKLY\r\nEXDATE;TZID=Europe/Berlin:20261109T093000", ["2026-11-02", "2026-11-16"]),
        ("RDATE;TZID=Europe/Berlin:20261105T093000,20261107T093000", ["2026-11-02", "2026-11-05", "2026-11-07"]),
        ("RRULE:FREQ=DAILY;COUNT=2", ["2026-11-02", "2026-11-03"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO", ["2026-11-02"]),
        ("RRULE:FREQ=SECONDLY", ["2026-11-02"]),
        ("RRULE:FREQ=WEEKLY;BYHOUR=9", ["2026-11-02"]),
        ("RRULE:FREQ=FOO", ["2026-11-02"]),
        ("RRULE:nonsense", ["2026-11-02"]),
        ("RRULE:FREQ=YEARLY;INTERVAL=0", ["2026-11-02"]),
    ],
)
def test_an_event_that_repeats_counts_each_time_up_to_the_last_change_of_the_file(
    rule: str, expected: list[str]
) -> None:
    assert days(calendar(event(ADA, STAMP, rule))) == expected


def test_an_event_that_repeats_without_end_in_a_file_without_a_date_counts_once_and_that_is_told() -> None:
    (row,) = records(read(calendar(event(ADA, "RRULE:FREQ=WEEKLY"))))
    assert row.notes == ("It repeats in a way that was not followed: its first day is kept",)


def test_of_many_repeats_the_last_five_hundred_count() -> None:
    found = days(calendar(event(ADA, STAMP, "RRULE:FREQ=DAILY", start="DTSTART;VALUE=DATE:20000101")))
    assert (len(found), found[-1]) == (500, "2026-11-20")


def test_a_single_day_that_was_moved_counts_where_it_went_and_keeps_its_key() -> None:
    moved = event(ADA, "RECURRENCE-ID:20261109T083000Z", start="DTSTART;TZID=Europe/Berlin:20261111T100000")
    rows = read(calendar(event(ADA, STAMP, "RRULE:FREQ=WEEKLY;COUNT=3"), moved))
    assert [(met.date.isoformat(), met.sources[0][-10:]) for met in interactions(rows)] == [
        ("2026-11-02", "2026-11-02"),
        ("2026-11-16", "2026-11-16"),
        ("2026-11-11", "2026-11-09"),
    ]


def test_an_event_without_a_name_is_known_by_what_it_says() -> None:
    text = calendar(event(ADA, "SUMMARY:x", uid=""))
    keys = [met.sources for met in interactions(read(text)) + interactions(read(text))]
    assert keys[0] == keys[1]


def test_what_is_broken_takes_nothing_else_with_it() -> None:
    broken = event('ATTENDEE;CN="Ada:mailto:bo@x.example', "ATTENDEE;CN=:", "SUMMARY;X:fine", "RRULE", "\x00;;;", ADA)
    rows = read(calendar(event(ADA, start="DTSTART:soon"), broken, event(RAJ, uid="e3")))
    assert [names(row) for row in records(rows)] == [["bo@x.example", "Ada Lovelace"], ["Raj"]]
    assert any(note.startswith("One of its guests cannot be read") for note in records(rows)[0].notes)
    assert len(skips(rows)) == 1


def test_an_event_that_never_ends_leaves_the_next_one_whole() -> None:
    rows = read(calendar(event(ADA).replace("END:VEVENT\r\n", ""), event(RAJ, uid="e2")))
    assert [type(row) for row in rows] == [Skipped, IncomingRecord]


def test_an_alarm_within_an_event_adds_nobody() -> None:
    alarm = "BEGIN:VALARM\r\nATTENDEE:mailto:bo@x.example\r\nSUMMARY:Alarm\r\nEND:VALARM"
    (row,) = records(read(calendar(event(alarm, ADA))))
    assert names(row) == ["Ada Lovelace"]


def test_folded_lines_and_empty_lines_between_are_read() -> None:
    text = calendar(
        event(ADA.replace("Lovelace", "Love\r\n lace").replace("mailto:", "\r\n\r\n mailto:"), "SUMMARY\r\n :Tea")
    )
    (row,) = records(read(text))
    assert (names(row), row.people[0].emails, interactions([row])[0].summary) == (
        ["Ada Lovelace"],
        ("ada@x.example",),
        "Tea",
    )


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"BEGIN:VCALENDAR\r\n", True),
        (b"\xef\xbb\xbfBEGIN:VCALENDAR\nEND:VCALENDAR", True),
        (b"\r\nbegin:vevent\n", True),
        (b"BEGIN:VCARD\r\n", False),
        (b"BEGIN:VCALENDARS\r\n", False),
        (b"", False),
    ],
)
def test_a_calendar_is_known_by_its_first_line(head: bytes, is_one: bool) -> None:
    assert Calendar().recognises(head) is is_one


def test_the_likeliest_address_of_mine_is_asked_to_most_events() -> None:
    text = calendar(event(ADA, MINE), event(RAJ, MINE, uid="e2"), event("SUMMARY:x", uid="e3"))
    assert Calendar().likely_mine(text.encode())[0] == (ME, 2)


def bring(book: Book, text: str) -> dict[str, int]:
    plan = plan_import(book, read(text), "calendar")
    keep_import(book, plan)
    said = plan.report("")
    return {name: said[name] if isinstance(said[name], int) else len(said[name]) for name in said if name != "format"}


def test_a_calendar_warms_whom_i_met_and_comes_in_once() -> None:
    book = a_book(person("ada", "Ada Lovelace", emails=("ada@x.example",), circle=Circle.ACTIVE))
    text = calendar(
        event(ADA, MINE, STAMP, "SUMMARY:Lunch", "RRULE:FREQ=WEEKLY"),
        event(MINE, uid="e2"),
        event(RAJ, "STATUS:CANCELLED", uid="e3"),
    )
    said = bring(book, text)
    assert (said["read"], said["added"], said["skipped"]) == (5, 3, 2)
    assert [(met.date.day, met.kind) for met in book.interactions_with("ada")] == [
        (day, InteractionKind.LUNCH) for day in (16, 9, 2)
    ]
    assert book.warmth("ada").state is Warmth.FRESH
    again = bring(book, text)
    assert (again["added"], again["updated"], again["unchanged"], again["skipped"]) == (0, 0, 3, 2)


def test_calendars_of_other_programs_give_a_row_for_each_entry() -> None:
    told: dict[str, tuple[int, int]] = {}
    for file in sorted(sample_folder("ics").glob("*.ics")):
        data = file.read_bytes()
        assert Calendar().recognises(data)
        rows = list(Calendar().read(data, file.name, How(Myself(emails=("tent@example.com", "unclesam@example.com")))))
        told[file.name] = len(rows), len(records(rows))
    assert {name: count for name, (_, count) in told.items() if count} == {
        "khal__event_dt_partstat.ics": 1,
        "radicale__event1.ics": 1,
    }
    assert sum(rows for rows, _ in told.values()) == 32
    assert told["icalendar__issue_1050_calendar_with_events_and_todos.ics"] == (4, 0)


@given(st.binary(max_size=400))
def test_any_bytes_at_all_give_rows_and_never_an_error(data: bytes) -> None:
    begun = calendar(event(ADA, STAMP)).encode()
    for whole in (
        data,
        begun[:-30] + data,
        b"BEGIN:VEVENT\nATTENDEE:mailto:a@b.example\nDTSTART:" + data + b"\nEND:VEVENT\n",
    ):
        Calendar().recognises(whole)
        assert Calendar().expected_rows(whole) > 0
        Calendar().likely_mine(whole)
        assert all(isinstance(row, Incoming | IncomingRecord | Skipped) for row in Calendar().read(whole, "x", KNOWN))


_NAMES = st.sampled_from(
    ["DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "ATTENDEE", "ORGANIZER", "UID", "DTSTAMP"]
)
_VALUES = st.text(
    st.sampled_from('0123456789TZ;:=,"FREQWEEKLYDAILYBYMONTHDAYCOUNT-+/\\ \u202e\x00é@mailto'), max_size=40
)


@given(
    st.lists(
        st.tuples(_NAMES, st.sampled_from([":", ";TZID=", ";VALUE=DATE:", ":FREQ=", ":2026110"]), _VALUES), max_size=8
    )
)
def test_any_properties_give_rows(lines: list[tuple[str, str, str]]) -> None:
    assert read(calendar(event(ADA, *("".join(line) for line in lines))))


def never(rule: str) -> str:
    stamp = "DTSTAMP:99991231T000000Z"
    return calendar(*(event(ADA, stamp, rule, uid=f"e{n}") for n in range(300)))


@pytest.mark.parametrize(
    "text",
    [
        never("RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"),
        never("RRULE:FREQ=DAILY"),
        never("RRULE:FREQ=YEARLY;BYSETPOS=366;BYDAY=MO"),
        calendar("BEGIN:VEVENT\r\n" * 100_000),
        calendar("BEGIN:X\r\n" * 500_000),
        calendar(event("ATTENDEE:" + "a" * 3_000_000)),
        calendar(event("SUMMARY:x" + "\r\n y" * 500_000)),
        calendar(event(*["ATTENDEE:mailto:a@b.example"] * 50_000)),
        calendar(event(ADA, "RDATE:" + ",".join(["20261102"] * 100_000))),
        calendar(*(event(f"SUMMARY:{n}", uid=str(n)) for n in range(10_000))),
        calendar(event(ADA, start="DTSTART:99991231T235959Z"), head="X-WR-TIMEZONE:Pacific/Kiritimati\r\n"),
        calendar(event(ADA, start="DTSTART:00010101T000000Z"), head="X-WR-TIMEZONE:Pacific/Honolulu\r\n"),
    ],
    ids=lambda text: text[30:110].encode("unicode_escape").decode(),
)
def test_a_hostile_calendar_keeps_nobody_waiting(text: str) -> None:
    begun = clock.process_time()
    assert read(text)
    assert clock.process_time() - begun < 15
