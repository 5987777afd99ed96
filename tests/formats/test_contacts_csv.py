"""Relcraft's own CSV: everything that a spreadsheet can hold of a contact, there and back."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.records import Birthday, Contact
from relcraft.domain.text import clean, clean_line
from relcraft.domain.words import Circle
from relcraft.formats.contacts_csv import COLUMNS, ContactsCsv, contacts_csv
from relcraft.formats.reading import read_bytes
from tests.books import a_book, person
from tests.formats.rows import notes, people, skips
from tests.formats.test_formulas import DANGEROUS
from tests.fuzz.answers import in_time
from tests.fuzz.texts import texts

ADA = person(
    "ada",
    "Ada Lovelace",
    sort_name="Lovelace, Ada",
    nicknames=("Countess", 'the "first"', "one; two"),
    organisation="=Engine & Co",
    role="Analyst",
    emails=("ada@engine.example",),
    phones=("+44 20 7946 0000", "+49 30 1234"),
    urls=("https://engine.example/ada",),
    city="London",
    time_zone="Europe/London",
    birthday=Birthday(12, 10),
    tags=("maths",),
    circle=Circle.CLOSE,
    cadence_days=0,
    met_how="at @tea",
    met_on=date(2024, 2, 29),
    introduced_by="babbage",
    can_offer=("notes, many",),
    looking_for=("- a machine",),
    notes="Likes:\n- tea\n=tea",
    archived=True,
    do_not_disturb=True,
)
BABBAGE = person("babbage", "Charles Babbage")


def kept(contact: Contact) -> Contact:
    """What the CSV says of a contact, all but its own uid."""
    return Contact(
        uid="",
        name=contact.name,
        **{name: getattr(contact, name) for name in COLUMNS if name not in ("uid", "name", "introduced_by")},
    )


def imported(book: Book, data: bytes) -> str:
    """Import a file; return the counts."""
    plan = plan_import(book, read_bytes(data, "people.csv"))
    keep_import(book, plan)
    return f"{len(plan.added)} {plan.rows_updated} {plan.rows_unchanged} {len(plan.skipped)} {len(plan.ambiguous)}"


def everybody(book: Book) -> dict[str, Contact]:
    return {each.name: each for archived in (False, True) for each in book.contacts(archived=archived)}


def test_every_field_of_a_contact_comes_back_into_an_empty_book() -> None:
    book = a_book()
    assert imported(book, contacts_csv([ADA, BABBAGE])) == "2 0 0 0 0"
    there = everybody(book)
    assert kept(there["Ada Lovelace"]) == kept(ADA)
    assert there["Ada Lovelace"].introduced_by == there["Charles Babbage"].uid


def test_a_second_import_changes_nothing_not_even_where_the_file_came_from() -> None:
    data = contacts_csv([ADA, BABBAGE])
    book = a_book()
    imported(book, data)
    before = everybody(book)
    assert imported(book, data) == "0 0 2 0 0"
    own = a_book(ADA, BABBAGE)
    assert imported(own, data) == "0 0 2 0 0"
    assert everybody(book) == before
    assert everybody(own) == {each.name: each for each in (ADA, BABBAGE)}


def test_what_a_spreadsheet_added_comes_in_and_what_the_book_says_stays() -> None:
    book = a_book(ADA, BABBAGE)
    edited = contacts_csv([replace(ADA, role="Poet", phones=("555 0100",)), replace(BABBAGE, city="London")])
    assert imported(book, edited) == "0 2 0 0 0"
    ada, babbage = everybody(book)["Ada Lovelace"], everybody(book)["Charles Babbage"]
    assert (ada.role, ada.phones) == ("Analyst", (*ADA.phones, "555 0100"))
    assert babbage.city == "London"


def test_never_due_is_no_empty_field() -> None:
    book = a_book(ADA)
    imported(book, contacts_csv([replace(ADA, cadence_days=30)]))
    assert everybody(book)["Ada Lovelace"].cadence_days == 0


def test_an_introducer_whom_the_book_lost_is_not_touched_by_an_import() -> None:
    book = a_book(ADA)
    imported(book, contacts_csv([replace(ADA, phones=("555 0100",), introduced_by=None)]))
    assert everybody(book)["Ada Lovelace"].introduced_by == "babbage"


def test_who_introduced_somebody_and_is_not_there_is_left_out() -> None:
    book = a_book()
    imported(book, contacts_csv([ADA]))
    assert everybody(book)["Ada Lovelace"].introduced_by is None


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_spreadsheet_may_save_it_its_own_way(separator: str, end: str, encoding: str) -> None:
    written = StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(
        csv.reader(StringIO(contacts_csv([replace(ADA, role="Möglich")]).decode(), newline=""))
    )
    rows = list(read_bytes(written.getvalue().replace("\r\n", end).encode(encoding), "x"))
    assert kept(people(rows)[0]) == kept(replace(ADA, role="Möglich"))


def test_a_row_typed_by_hand_needs_a_name_and_no_uid() -> None:
    data = b'uid,name,phones,circle,cadence_days,archived\n,Grace Hopper,"+1 555; 0100\n0101",friends,often,TRUE\n,,1\n'
    rows = list(read_bytes(data, "people.csv"))
    assert [(each.name, each.phones, each.circle, each.archived) for each in people(rows)] == [
        ("Grace Hopper", ("+1 555", "0100", "0101"), None, True)
    ]
    assert [note.split(":")[0] for note in notes(rows)] == ["circle is 'friends'", "cadence_days is 'often'"]
    assert skips(rows) == [("people.csv, line 4", "has no name")]
    book = a_book()
    assert [imported(book, data) for _ in range(2)] == ["1 0 0 1 0", "0 0 1 1 0"]


def test_a_row_with_more_cells_than_the_header_is_told_by_its_line() -> None:
    data = b'uid,name,notes\n1,Ada,"a\nb"\n2,Bob,x,,y\n'
    assert skips(read_bytes(data, "x")) == [("x, line 4", "has 5 columns where the header has 3")]


def test_a_quotation_mark_that_is_never_closed_spoils_one_row_at_most() -> None:
    data = b'uid,name,notes\n1,Ada,"a\n2,Bob,b\n'
    assert [(each.name, each.notes) for each in people(read_bytes(data, "x"))] == [("Ada", '"a'), ("Bob", "b")]


@pytest.mark.parametrize(
    "head", [b"name,uid\n", b"Name,Given Name,Notes\n", b"First Name,Last Name,Connected On\n", b""]
)
def test_other_tables_are_not_taken_for_ours(head: bytes) -> None:
    assert not ContactsCsv().recognises(head)


_lines = texts().map(clean_line)
_lists = st.lists(_lines.filter(bool), max_size=3, unique=True).map(tuple)
_contacts = st.builds(
    Contact,
    uid=st.just("one"),
    name=_lines.filter(bool),
    sort_name=_lines,
    nicknames=_lists,
    organisation=_lines,
    emails=_lists,
    phones=_lists,
    urls=_lists,
    city=_lines,
    time_zone=_lines,
    birthday=st.none() | st.builds(Birthday, st.integers(1, 12), st.integers(1, 28), st.none() | st.integers(1, 9999)),
    tags=_lists,
    circle=st.none() | st.sampled_from(Circle),
    cadence_days=st.none() | st.integers(0, 36_500),
    met_how=_lines,
    met_on=st.none() | st.dates(),
    can_offer=_lists,
    looking_for=_lists,
    notes=texts(60).map(clean),
    archived=st.booleans(),
    do_not_disturb=st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(_contacts)
def test_any_contact_comes_back_as_it_was_and_no_cell_runs(contact: Contact) -> None:
    data = contacts_csv([contact])
    for row in csv.reader(StringIO(data.decode(), newline=""), strict=True):
        assert not any(cell.startswith(tuple(DANGEROUS)) for cell in row)
    book = a_book()
    assert imported(book, data) == "1 0 0 0 0"
    assert [kept(each) for each in everybody(book).values()] == [kept(contact)]
    assert imported(book, data) == "0 0 1 0 0"


@pytest.mark.parametrize("sign", ['"', '"a;', ";", "'", "\n", '""', ',"', '"x,""', "\r", '"\n', " ", '" '])
def test_a_hundred_thousand_signs_take_no_second(sign: str) -> None:
    many = sign * (100_000 // len(sign))
    for text in (many, f'"{many}', f"1,Ada,{many}", f'1,Ada,"{many}', f'1,Ada,"{many}"'):
        data = f"uid,name,emails\n{text}\n".encode()
        assert len(in_time(list, read_bytes(data, "x"))) >= 0
