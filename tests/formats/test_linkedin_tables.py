"""The tables of a LinkedIn archive one by one: known by their columns, what each record gives, and what is skipped."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.incoming import Incoming, IncomingRecord, Myself, Row, Skipped
from relcraft.domain.records import Exchange, Interaction, Me
from relcraft.domain.words import Direction, ExchangeKind, Initiator, InteractionKind
from relcraft.formats.linkedin import LinkedIn
from relcraft.formats.reading import read_bytes
from relcraft.formats.registry import format_of
from tests.formats.linkedin_archive import BOB, ME, NEW, OLD, WITHOUT_PEOPLE, ZOE, everything, table
from tests.formats.rows import skips

RECOMMENDATIONS = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status"
GIVEN = "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,Endorsement Status"
INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"


def read(text: str, name: str) -> list[Row]:
    return list(LinkedIn().read(text.encode(), name))


def records(rows: list[Row]) -> list[IncomingRecord]:
    return [row for row in rows if isinstance(row, IncomingRecord)]


def exchanges(rows: list[Row]) -> list[Exchange]:
    return [row.record for row in records(rows) if isinstance(row.record, Exchange)]


@pytest.mark.parametrize("name", everything())
@pytest.mark.parametrize("quoted", [False, True])
def test_each_table_of_the_archive_is_known_by_its_header(name: str, *, quoted: bool) -> None:
    text = everything()[name]
    if quoted and name in WITHOUT_PEOPLE:
        text = ",".join(f'"{cell}"' for cell in text.strip().split(",")) + "\n"
    known = format_of(b"\xef\xbb\xbf" + text.encode())
    assert known is not None
    assert known.name == "linkedin"


@pytest.mark.parametrize("name", OLD)
def test_tables_of_years_ago_are_known_as_well(name: str) -> None:
    assert LinkedIn().recognises(OLD[name].replace("\n", "\r\n").encode("utf-16"))


@pytest.mark.parametrize("name", WITHOUT_PEOPLE)
def test_a_table_without_people_is_one_row_that_says_so(name: str) -> None:
    ((where, why),) = skips(read(everything()[name] + "a,b,c\n", name))
    assert where == name
    assert why.startswith("holds no people, only ")


@pytest.mark.parametrize(
    "header",
    [
        "Name,Email",
        "Date,Amount",
        "First Name,Last Name,Email",
        "From,To,Date,Subject",
        "Name,Number,Street",
        "Title,Url",
    ],
)
def test_other_tables_are_not_taken_for_one_of_the_archive(header: str) -> None:
    assert not LinkedIn().recognises(f"{header}\na,b,c,d\n".encode())


def test_a_list_of_people_with_their_numbers_is_no_list_of_courses() -> None:
    assert LinkedIn().recognises(b"Name,Number\nAlgebra I,M-101\n")
    assert not LinkedIn().recognises(b"Name,Number\nAda Lovelace,+44 20 5550100\n")


def test_a_table_that_grew_a_column_is_still_known() -> None:
    assert LinkedIn().recognises(b"Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,New Thing\n")
    assert LinkedIn().recognises(b"School Name,Start Date,End Date,Notes,Degree Name,Grade\n")


def test_to_tell_whose_a_file_is_takes_no_time() -> None:
    head = (b"BEGIN:VCARD\nFN:Ada Lovelace\nEND:VCARD\n" * 2000)[: 64 * 1024]
    begun = perf_counter()
    for _ in range(20):
        assert not LinkedIn().recognises(head)
    assert (perf_counter() - begun) / 20 < 0.02


def test_a_recommendation_is_an_exchange_in_the_direction_that_the_file_is_named_after() -> None:
    (given, *_), (received,) = (records(read(NEW[name], name)) for name in _recommended())
    assert given.record == Exchange(
        uid="",
        date=date(2021, 3, 14),
        direction=Direction.GIVEN,
        kind=ExchangeKind.RECOMMENDATION,
        contact="",
        text="Bob builds.\n\nWell.",
        sources=("linkedin:recommendation:given:bob stone:2021-03-14",),
    )
    (bob,) = given.people
    assert (bob.name, bob.organisation, bob.role, bob.urls) == ("Bob Stone", "Stone, Ltd", "Mason", ())
    assert isinstance(received.record, Exchange)
    assert received.record.direction is Direction.RECEIVED
    assert received.adds_people


def _recommended() -> tuple[str, str]:
    return "Recommendations_Given.csv", "Recommendations_Received.csv"


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("Recommendations Received.csv", Direction.RECEIVED),
        ("given/recommendations_received (1).csv", Direction.RECEIVED),
        ("Received 2026.zip: Recommendations_Given.csv", Direction.GIVEN),
    ],
)
def test_the_last_part_of_the_name_says_the_direction(name: str, direction: Direction) -> None:
    text = table(RECOMMENDATIONS, ("Bob", "Stone", "", "", "Good.", "14 Mar 2021", "VISIBLE"))
    assert [exchange.direction for exchange in exchanges(read(text, name))] == [direction]


def test_recommendations_in_a_file_of_another_name_are_skipped_with_what_to_do() -> None:
    text = table(RECOMMENDATIONS, ("Bob", "Stone", "", "", "Good.", "14 Mar 2021", "VISIBLE"))
    ((where, why),) = skips(read(text, "export.csv"))
    assert where == "export.csv, line 2"
    assert "the name of the file has to say which, as Recommendations_Given.csv" in why


@pytest.mark.parametrize(
    ("status", "recommended", "endorsed"),
    [
        ("VISIBLE", True, True),
        ("ACCEPTED", True, True),
        ("", True, True),
        ("HIDDEN", True, False),
        ("PENDING", False, False),
        ("Deleted", False, False),
    ],
)
def test_the_status_decides_what_counts(status: str, *, recommended: bool, endorsed: bool) -> None:
    written = table(RECOMMENDATIONS, ("Bob", "Stone", "", "", "Good.", "14 Mar 2021", status))
    clicked = table(GIVEN, ("2023/07/05 15:47:58 UTC", "Stone", "Bob", "Stone", "", status))
    assert bool(exchanges(read(written, "Recommendations_Given.csv"))) is recommended
    assert bool(exchanges(read(clicked, "x.csv"))) is endorsed


def test_what_is_skipped_says_why() -> None:
    rows = [
        ("Bob", "Stone", "", "", "Good.", "14 Mar 2021", "PENDING"),
        ("Bob", "Stone", "", "", "Good.", "some day", "VISIBLE"),
        ("Bob", "Stone", "", "", "Good.", "", "VISIBLE"),
        ("", "", "", "", "Good.", "14 Mar 2021", "VISIBLE"),
        ("Bob", "Stone", "", "", "Good.", "14 Mar 2021", "WITHDRAWN"),
    ]
    assert [why for _, why in skips(read(table(RECOMMENDATIONS, *rows), "Recommendations_Given.csv"))] == [
        "is a recommendation that is pending: a newer archive brings it once it was accepted",
        'has the date "some day", which cannot be read: 08 Feb 2026 was expected',
        "has no date",
        "is of a hidden member: LinkedIn gives no name",
        'is a recommendation of the status "WITHDRAWN", which is neither accepted nor visible',
    ]


def test_endorsements_are_told_by_their_columns_and_by_profile() -> None:
    received = records(read(NEW["Endorsement_Received_Info.csv"], "a.csv"))
    given = records(read(NEW["Endorsement_Given_Info.csv"], "b.csv"))
    told = [
        (row.people[0].name, row.people[0].urls[0], row.record.direction, row.record.date, row.record.text)
        for row in (*received, *given)
        if isinstance(row.record, Exchange)
    ]
    assert told[0] == ("Bob Stone", BOB, Direction.RECEIVED, date(2023, 6, 5), "C++")
    assert told[-1] == ("Zoë Müller", ZOE, Direction.GIVEN, date(2023, 7, 5), "Cooking")
    assert len({row.record.sources for row in (*received, *given)}) == 4


def test_an_endorsement_has_one_key_in_old_and_new_archives() -> None:
    old = table(
        "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsement Status",
        ("2023/07/05 15:47:58 UTC", "Cooking", "Zoë", "Müller", "ACCEPTED"),
    )
    new = exchanges(read(NEW["Endorsement_Given_Info.csv"], "new.csv"))
    assert [each.sources for each in exchanges(read(old, "old.csv"))] == [each.sources for each in new]


def test_an_invitation_with_words_is_a_message_and_without_is_none() -> None:
    rows = read(NEW["Invitations.csv"], "Invitations.csv")
    told = [
        (row.people[0].name, row.record.initiator, row.record.date, row.record.summary, row.adds_people)
        for row in records(rows)
        if isinstance(row.record, Interaction)
    ]
    assert told == [
        ("Zoë Müller", Initiator.ME, date(2026, 2, 7), "We met at the market", True),
        ("Eve Recruits", Initiator.THEM, date(2026, 3, 1), "A great role", False),
        ("Ida Rau", Initiator.ME, date(2020, 3, 13), "Your talk was great", True),
    ]
    assert skips(rows) == [
        ("Invitations.csv, line 4", "is an invitation without a message: to be connected is no contact yet")
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("A", "B", "2/7/26, 2:37 PM", "Hi", "", "", ""), "is an invitation without a direction"),
        (("A", "", "2/7/26, 2:37 PM", "Hi", "OUTGOING", "", ""), "is an invitation with a hidden member"),
        (("A", "LinkedIn Member", "2/7/26, 2:37 PM", "Hi", "OUTGOING", "", ""), "is an invitation with a hidden"),
        (("A", "B", "soon", "Hi", "OUTGOING", "", ""), "is an invitation without a date that can be read"),
    ],
)
def test_an_invitation_that_gives_nothing_says_why(row: tuple[str, ...], why: str) -> None:
    ((_, told),) = skips(read(table(INVITATIONS, row), "Invitations.csv"))
    assert told.startswith(why)


def test_who_i_am_is_told_by_profile_addresses_phones_and_invitations() -> None:
    told = LinkedIn()
    assert told.myself(NEW["Profile.csv"].encode()) == Myself(names=("Sam Self",))
    assert told.myself(NEW["Email Addresses.csv"].encode()) == Myself(emails=("sam@self.example",))
    assert told.myself(NEW["PhoneNumbers.csv"].encode()) == Myself(phones=("+49 30 5550100",))
    assert told.myself(NEW["Invitations.csv"].encode()) == Myself(names=("Sam Self",), urls=(ME,))
    assert told.myself(NEW["Connections.csv"].encode()) == Myself()
    assert told.myself(b"anything") == Myself()


def test_a_profile_tells_the_maiden_name_and_its_own_link() -> None:
    text = table(
        "First Name,Last Name,Maiden Name,Headline,Summary,Websites",
        ("Sam", "Self", "Young", "", "", "[PORTFOLIO:https://sam.example,OTHER:www.linkedin.com/in/sam-self]"),
    )
    assert LinkedIn().myself(text.encode()) == Myself(names=("Sam Self", "Sam Young"), urls=(ME,))


def test_invitations_that_disagree_on_who_i_am_tell_nothing() -> None:
    rows = (
        ("A B", "C D", "2/7/26, 2:37 PM", "", "OUTGOING", "", ""),
        ("E F", "C D", "2/7/26, 2:37 PM", "", "OUTGOING", "", ""),
    )
    assert LinkedIn().myself(table(INVITATIONS, *rows).encode()) == Myself()


def test_the_profile_and_the_addresses_are_one_record_each() -> None:
    (profile,) = records(read(NEW["Profile.csv"], "Profile.csv"))
    (addresses,) = records(read(NEW["Email Addresses.csv"], "Email Addresses.csv"))
    assert isinstance(profile.record, Me)
    assert isinstance(addresses.record, Me)
    assert (profile.record.name, addresses.record.emails) == ("Sam Self", ("sam@self.example",))
    assert skips(read("Email Address,Confirmed,Primary\n", "e.csv"))[0][1].startswith("holds no address")
    assert skips(read("First Name,Last Name,Headline,Summary\n", "p.csv")) == [("p.csv", "is a profile without a name")]


def test_a_note_about_a_connection_is_a_note_of_its_day() -> None:
    (row,) = records(read(NEW["Notes.csv"], "Notes.csv"))
    assert isinstance(row.record, Interaction)
    assert (row.record.kind, row.record.date, row.record.summary) == (
        InteractionKind.NOTE,
        date(2026, 3, 14),
        "Likes granite",
    )


def test_an_address_book_that_was_uploaded_brings_people_with_a_name() -> None:
    rows = read(NEW["Contacts.csv"], "Contacts.csv")
    ((max_moll,),) = ([row.contact for row in rows if isinstance(row, Incoming)],)
    assert (max_moll.name, max_moll.organisation, max_moll.role) == ("Max Moll", "Moll & Co", "Owner")
    assert (max_moll.emails, max_moll.phones) == (("max@moll.example",), ("+49 30 5550199",))
    assert skips(rows) == [("Contacts.csv, line 3", "has no name")]


@given(st.sampled_from(sorted(everything() | OLD)), st.binary(max_size=300), st.integers(0, 200))
def test_no_bytes_in_any_table_raise(name: str, spoiled: bytes, at: int) -> None:
    whole = (everything() | OLD)[name].encode()
    at = min(at + whole.index(b"\n"), len(whole))
    for data in (whole[:at] + spoiled + whole[at:], whole + spoiled, spoiled):
        LinkedIn().recognises(data)
        LinkedIn().myself(data)
        rows = list(LinkedIn().read(data, name))
        assert all(isinstance(row, Incoming | IncomingRecord | Skipped) for row in rows)
        places = [row.where for row in rows]
        assert len(places) == len(set(places))


def test_a_file_given_on_the_standard_input_is_read_as_well() -> None:
    rows = list(read_bytes(NEW["Endorsement_Given_Info.csv"].encode(), "the standard input"))
    assert len(exchanges(rows)) == 1
