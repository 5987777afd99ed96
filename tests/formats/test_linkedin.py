"""LinkedIn's connections: every shape of the file, hidden members, dates, and files that other programs spoiled."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.incoming import Incoming, Row, Skipped
from relcraft.formats.linkedin import LinkedIn, read_connected_on
from tests.formats.rows import notes, people, sample_folder, skips

NOTES = 'Notes:\n"When exporting your connection data, you may notice, that ""some"" addresses are missing."\n\n'
NEW = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
OLD = "FirstName,LastName,EmailAddress,Company,Position,ConnectedOn,Tags\n"
ADA = "Ada,Lovelace,https://www.linkedin.com/in/ada,ada@engine.example,Analytical Engines,Engineer,08 Feb 2026\n"


def read(text: str | bytes, name: str = "Connections.csv") -> list[Row]:
    return list(LinkedIn().read(text if isinstance(text, bytes) else text.encode(), name))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("08 Feb 2026", date(2026, 2, 8)),
        ("8 February 2026", date(2026, 2, 8)),
        ("2/8/2026", date(2026, 2, 8)),
        ("12/31/2015", date(2015, 12, 31)),
        ("2/8/26, 2:37 PM", date(2026, 2, 8)),
        ("2026/02/08 16:02:04 UTC", date(2026, 2, 8)),
        ("2026-02-08 16:02:04 UTC", date(2026, 2, 8)),
        ("2026-02-08", date(2026, 2, 8)),
        ("2026-02-08T16:02:04Z", date(2026, 2, 8)),
        ("29 Feb 2024", date(2024, 2, 29)),
        ("29 Feb 2023", None),
        ("13/2/2026", None),
        ("08 Foo 2026", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_of_connecting_in_every_way_that_linkedin_wrote_it(text: str, day: date | None) -> None:
    assert read_connected_on(text) == day


def test_a_connection_brings_name_company_role_address_and_profile() -> None:
    (ada,) = people(read(NOTES + NEW + ADA))
    assert (ada.name, ada.organisation, ada.role) == ("Ada Lovelace", "Analytical Engines", "Engineer")
    assert (ada.emails, ada.urls) == (("ada@engine.example",), ("https://www.linkedin.com/in/ada",))
    assert ada.sources == ("linkedin:linkedin.com/in/ada",)


def test_a_connection_alone_is_no_meeting_and_sets_no_circle() -> None:
    (ada,) = people(read(NEW + ADA))
    assert ada.extra == {"connected_on": "2026-02-08"}
    assert (ada.met_how, ada.met_on, ada.circle) == ("", None, None)


def test_the_old_header_with_tags() -> None:
    (ada,) = people(read(OLD + 'Ada,Lovelace,ada@engine.example,Engines,Engineer,2/8/2014,"maths; poetry"\n'))
    assert (ada.name, ada.tags) == ("Ada Lovelace", ("maths", "poetry"))


def test_columns_in_any_order() -> None:
    (ada,) = people(read("Connected On,Company,Last Name,First Name\n08 Feb 2026,Engines,Lovelace,Ada\n"))
    assert (ada.name, ada.organisation) == ("Ada Lovelace", "Engines")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_file_that_a_spreadsheet_saved_again(separator: str) -> None:
    assert [person.name for person in people(read((NEW + ADA).replace(",", separator)))] == ["Ada Lovelace"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_every_encoding_gives_the_same_names(encoding: str) -> None:
    text = (NOTES + NEW).replace("\n", "\r\n") + "Zoë,Müller,,,Café,Chef,08 Feb 2026\r\n"
    data = text.encode(encoding)
    assert LinkedIn().recognises(data)
    (zoe,) = people(read(data))
    assert (zoe.name, zoe.organisation) == ("Zoë Müller", "Café")


def test_a_hidden_member_is_skipped_with_its_line() -> None:
    assert skips(read(NOTES + NEW + ADA + ",,,,,,12 Mar 2020\n" + ADA)) == [
        ("Connections.csv, line 6", "is a hidden member: LinkedIn gives no name")
    ]


def test_a_line_number_is_that_of_the_files_own_line() -> None:
    text = NEW + 'Ada,Lovelace,,,"Engines\nof\nanalysis",Engineer,08 Feb 2026\n\nGrace,Hopper,,,Navy,Admiral,1/2/2020\n'
    assert [(row.where, row.contact.name) for row in read(text) if isinstance(row, Incoming)] == [
        ("Connections.csv, line 2", "Ada Lovelace"),
        ("Connections.csv, line 6", "Grace Hopper"),
    ]


def test_a_quotation_mark_that_never_closes_costs_one_person_only() -> None:
    rows = read(NEW + '"Ada,Lovelace,,,,,08 Feb 2026\n' + ADA * 30)
    assert [where for where, _ in skips(rows)] == ["Connections.csv, line 2"]
    assert len(people(rows)) == 30


def test_stray_quotation_marks_in_pairs_are_read() -> None:
    (ada,) = people(read(NEW + '"Ada "The Countess"",Lovelace,,,,,08 Feb 2026\n'))
    assert ada.name.endswith("Lovelace")


def test_a_row_with_too_many_columns_is_skipped_with_the_reason() -> None:
    assert skips(read(NEW + "Ada,Lovelace,,,Engines, Ltd,Engineer,08 Feb 2026\n")) == [
        ("Connections.csv, line 2", "has 8 columns where the header has 7")
    ]


def test_a_row_with_too_few_columns_keeps_what_is_there() -> None:
    assert [person.name for person in people(read(NEW + "Ada,Lovelace\n"))] == ["Ada Lovelace"]


def test_a_day_that_cannot_be_read_is_told_and_the_person_kept() -> None:
    rows = read(NEW + "Ada,Lovelace,,,,,soon\n")
    assert [dict(person.extra) for person in people(rows)] == [{}]
    assert notes(rows)[0].startswith('"soon" is no date that can be read')


def test_control_characters_of_a_row_do_not_come_in() -> None:
    (ada,) = people(read(NEW + "Ada\x1b[31m,Love\u202elace,,,\x07Engines,,\n"))
    assert (ada.name, ada.organisation) == ("Ada[31m Lovelace", "Engines")


def test_without_a_header_the_file_is_skipped_with_what_was_expected() -> None:
    assert skips(read("a,b,c\n1,2,3\n")) == [
        ("Connections.csv", "has no header row of a LinkedIn archive: First Name, Last Name, ... was expected")
    ]


@pytest.mark.parametrize(
    ("file", "count", "first", "last"),
    [
        (
            "linkedin-analyzer__Connections.csv",
            2,
            ("Bob Smith", "Acme", "2024-06-15"),
            ("Cara Jones", "Innotech", "2024-07-20"),
        ),
        (
            "linkedin-network-intelligence__Connections.csv",
            10,
            ("Alice Johnson", "TechCorp", "2023-01-15"),
            ("Jack Anderson", "OpenAI", "2024-03-25"),
        ),
        (
            "mining-the-social-web-3rd-edition__Connections.csv",
            500,
            ("Kenneth Isaac", "Parker-Hannifin", "2007-07-04"),
            ("Mary Young", "AutoZone Inc", "2014-05-25"),
        ),
    ],
)
def test_real_exports_come_in_whole(
    file: str, count: int, first: tuple[str, str, str], last: tuple[str, str, str]
) -> None:
    rows = read((sample_folder("linkedin") / file).read_bytes(), file)
    found = [(person.name, person.organisation, person.extra["connected_on"]) for person in people(rows)]
    assert (len(rows), len(found), found[0], found[-1]) == (count, count, first, last)


@given(st.binary(max_size=400))
def test_any_bytes_at_all_give_rows_and_never_an_error(data: bytes) -> None:
    for whole in (data, NEW.encode() + data, (NOTES + NEW).encode("utf-16") + data):
        LinkedIn().recognises(whole)
        assert all(isinstance(row, Incoming | Skipped) for row in read(whole))


@given(st.lists(st.text(alphabet=st.sampled_from('ab",;\n\r\té\x00 '), max_size=30), max_size=30))
def test_any_table_of_signs_gives_each_line_at_most_once(lines: list[str]) -> None:
    found = [row.where for row in read(NEW + "\n".join(lines))]
    assert len(found) == len(set(found))
