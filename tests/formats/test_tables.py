"""Address books as tables: what each program's columns mean, what is guessed, and what is stored in the end."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relcraft.book.importing import keep_import, plan_import
from relcraft.book.open import Book
from relcraft.domain.incoming import How, Incoming, Row
from relcraft.domain.records import Birthday, Contact
from relcraft.formats.reading import HEAD_BYTES, read_bytes
from relcraft.formats.registry import format_of
from relcraft.formats.tables import AnyTable, Column, GoogleCsv, OutlookCsv, ThunderbirdCsv, guess
from relcraft.formats.tables.days import Unclear, day_of, tell_order
from relcraft.formats.tables.people import turned_round
from relcraft.formats.vcard import VCard
from tests.books import a_book
from tests.formats.address_books import GOOGLE_NEW, GOOGLE_OLD, OUTLOOK, THUNDERBIRD
from tests.formats.rows import notes, people, sample_folder, skips
from tests.fuzz.answers import in_time

TABLES = (GoogleCsv(), OutlookCsv(), ThunderbirdCsv(), AnyTable())
ADA = Contact(
    uid="",
    name="Ada Lovelace",
    nicknames=("The Enchantress",),
    organisation="Analytical Engines",
    role="Analyst",
    emails=("ada@work.example", "ada@home.example"),
    phones=("+44 20 7946 0001", "+44 7700 900001"),
    urls=("https://ada.example",),
    city="London",
    birthday=Birthday(12, 10, 1815),
)


def read(text: str | bytes, **how: object) -> list[Row]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_bytes(data, "people.csv", None, How(**how)))  # type: ignore[arg-type]  # the fields of How by name


def one(text: str | bytes, **how: object) -> Contact:
    (found,) = people(read(text, **how))
    return found


def known(contact: Contact) -> Contact:
    """What a file says of somebody, without its key and without the notes."""
    return replace(contact, sources=(), notes="", vcard=())


def format_name(text: str) -> str | None:
    found = format_of(text.encode()[:HEAD_BYTES])
    return None if found is None else found.name


def fields(text: str) -> dict[str, str]:
    return {column.header: column.field for column in guess(text.encode())}


def imported(book: Book, data: bytes) -> str:
    plan = plan_import(book, read_bytes(data, "people.csv"))
    keep_import(book, plan)
    return f"{len(plan.added)} {plan.rows_updated} {plan.rows_unchanged} {len(plan.skipped)} {len(plan.ambiguous)}"


def test_google_contacts_with_the_new_header() -> None:
    assert format_name(GOOGLE_NEW) == "google-csv"
    ada = one(GOOGLE_NEW)
    assert known(ada) == replace(
        ADA,
        name="Ada King Lovelace",
        emails=("ada@home.example", "ada@club.example", "ada@work.example"),
        phones=("+44 20 7946 0001", "+44 20 7946 0002"),
        tags=("Old-friends", "starred"),
    )
    assert ada.notes == (
        'Likes "tea"\n\nName Prefix: Countess\nOrganization Department: Research\nSpouse: William King\n'
        "Home address: 12 St James, London, SW1Y, UK, Flat B"
    )


def test_a_title_in_a_column_of_its_own_is_no_part_of_the_name() -> None:
    row = "Name,Given Name,Family Name,Name Prefix,E-mail 1 - Value\nDr. Ada Lovelace,Ada,Lovelace,Dr.,ada@x.example\n"
    assert one(row).name == "Ada Lovelace"


def test_in_a_list_of_firms_the_person_is_who_is_named() -> None:
    ada = one("Firma;Ansprechpartner;Tel.;Mail\nACME;Lovelace, Ada;030/123456;ada@acme.example\n")
    assert (ada.name, ada.organisation) == ("Ada Lovelace", "ACME")


def test_google_contacts_with_the_old_header() -> None:
    assert format_name(GOOGLE_OLD) == "google-csv"
    ada = one(GOOGLE_OLD)
    assert known(ada) == replace(
        ADA,
        emails=("ada@home.example",),
        phones=("+44 20 7946 0001",),
        urls=("ada.example",),
        city="",
        birthday=Birthday(12, 10),
        tags=("Maths",),
    )
    assert ada.notes == "Likes tea"


@pytest.mark.parametrize("language", OUTLOOK)
def test_outlook_in_each_language(language: str) -> None:
    text = OUTLOOK[language]
    assert format_name(text) == "outlook-csv"
    ada = one(text)
    assert known(ada) == replace(ADA, nicknames=(), birthday=Birthday(12, 31, 1815), tags=("Maths", "Old-friends"))
    assert ada.notes.startswith("Likes tea\n\n")
    assert ada.notes.endswith("Work address: 12 St James, London, SW1Y, UK")
    assert people(read(text.encode("cp1252"))) == [ada]


@pytest.mark.parametrize("language", THUNDERBIRD)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_thunderbird_in_each_language(language: str, separator: str) -> None:
    text = THUNDERBIRD[language].replace(",", separator)
    assert format_name(text) == "thunderbird-csv"
    ada = one(text)
    assert known(ada) == ADA
    assert "Likes tea" in ada.notes
    assert "12 St James, Flat B" in ada.notes
    assert "London, SW1Y, UK" in ada.notes


def test_any_other_table_by_its_headers() -> None:
    text = (
        "Vorname;Name;Firma;Funktion;Mobil;E-Mail;Wohnort;Geburtsdatum;Gruppen;Kennengelernt;Getroffen im Verein;Nr\n"
        "Ada;Lovelace;Analytical Engines;Analyst;+49 170 1234567;ada@work.example;Köln;10.12.1815;Maths, Tea;"
        "beim Tee;ja, oft;1\n"
    )
    assert format_name(text) == "csv"
    ada = one(text)
    assert known(ada) == replace(
        ADA,
        nicknames=(),
        emails=("ada@work.example",),
        phones=("+49 170 1234567",),
        urls=(),
        city="Köln",
        tags=("Maths", "Tea"),
        met_how="beim Tee",
    )
    assert ada.notes == "Getroffen im Verein: ja, oft"


def test_a_table_without_a_header_by_what_stands_in_it() -> None:
    text = "Ada Lovelace,ada@work.example,+44 20 7946 0001\nGrace Hopper,grace@navy.example,+1 555 010 0100\n"
    assert guess(text.encode()) == [
        Column("Column 1", "name", ("Ada Lovelace", "Grace Hopper")),
        Column("Column 2", "emails", ("ada@work.example", "grace@navy.example")),
        Column("Column 3", "phones", ("+44 20 7946 0001", "+1 555 010 0100")),
    ]
    assert [each.name for each in people(read(text))] == ["Ada Lovelace", "Grace Hopper"]


def test_headers_that_say_nothing_are_guessed_by_their_cells() -> None:
    rows = "Ada Lovelace,ada@x.example,https://ada.example,1\nGrace Hopper,g@x.example,www.g.example,2\n"
    text = f"Who,How,Where,Web\n{rows}"
    assert fields(text) == {"Who": "name", "How": "emails", "Where": "urls", "Web": "urls"}


def test_the_user_corrects_what_a_column_is() -> None:
    text = "Name,Employer,Client,E-mail\nAda Lovelace,Engines,Babbage,ada@x.example\n"
    assert fields(text)["Client"] == "notes"
    ada = one(text, columns={"employer": "", "Client ": "organisation"})
    assert (ada.organisation, ada.notes) == ("Babbage", "")
    assert guess(text.encode(), {"Name": "notes"})[0].field == "notes"
    ((where, why),) = skips(read(text, columns={"Name": "surname"}))
    assert (where, why.partition(" is none of ")[0]) == (
        "people.csv",
        'cannot be read: "surname", said of the column "Name",',
    )


def test_columns_of_one_header_all_count() -> None:
    ada = one("Name,Phone,Phone,Company,Company\nAda Lovelace,555 010 0100,555 010 0101,Engines,Society\n")
    assert (ada.phones, ada.organisation) == (("555 010 0100", "555 010 0101"), "Engines")
    assert ada.notes == "Company: Society"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Lovelace, Ada", "Ada Lovelace"),
        ("van Gogh, Vincent", "Vincent van Gogh"),
        ("Acme, Inc.", "Acme, Inc."),
        ("Martin Luther King, Jr.", "Martin Luther King, Jr."),
        ("Smith, Jones, Ltd", "Smith, Jones, Ltd"),
        ("Lovelace,", "Lovelace,"),
        ("Ada", "Ada"),
    ],
)
def test_last_name_first_is_undone(written: str, name: str) -> None:
    assert turned_round(written) == name


def test_a_family_of_two_words_is_undone_where_the_parts_say_so() -> None:
    ada = one('First Name,Last Name,Display Name,Email\nAda,King Lovelace,"King Lovelace, Ada",ada@x.example\n')
    assert ada.name == "Ada King Lovelace"


def test_a_row_without_a_name_is_called_as_its_card_would_be() -> None:
    text = (
        "Name,Company,Nickname,E-mail,Phone,City\n,Engines,Enchantress,a@x.example,,\n,,Enchantress,b@x.example,,\n"
        ",,,c@x.example,,\n,,,,555 010 0100,\n,,,no address,555 010 0101,London\n"
    )
    rows = read(text)
    assert [each.name for each in people(rows)] == ["Engines", "Enchantress", "c@x.example"]
    assert notes(rows) == ["has no name: its e-mail address stands for it"]
    why = "has no name: a name, an organisation or an e-mail address was expected. What is known of it: "
    assert skips(rows) == [
        ("people.csv, line 5", why + "555 010 0100"),
        ("people.csv, line 6", why + "555 010 0101"),
    ]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1990-03-12", Birthday(3, 12, 1990)),
        ("19900312", Birthday(3, 12, 1990)),
        ("1990/3/12 00:00", Birthday(3, 12, 1990)),
        ("--03-12", Birthday(3, 12)),
        ("--0312", Birthday(3, 12)),
        ("0000-03-12", Birthday(3, 12)),
        ("1604-03-12", Birthday(3, 12)),
        ("12.3.1990", Birthday(3, 12, 1990)),
        ("12.03.", Birthday(3, 12)),
        ("12. März 1990", Birthday(3, 12, 1990)),
        ("March 12, 1990", Birthday(3, 12, 1990)),
        ("12 mars", Birthday(3, 12)),
        ("12 de marzo de 1990", Birthday(3, 12, 1990)),
        ("3/3/1990", Birthday(3, 3, 1990)),
        ("3/25/1990", Birthday(3, 25, 1990)),
        ("25/3/90", Birthday(3, 25)),
        ("29/2/1990", None),
        ("0/0/00", None),
        ("1/1/4501", None),
        ("soon", None),
    ],
)
def test_a_birthday_in_every_way_that_programs_write_it(cell: str, day: Birthday | None) -> None:
    found = day_of(cell, day_first=None)
    assert (found if isinstance(found, Birthday) else None) == day


def test_the_order_of_a_day_is_told_by_other_rows_or_by_the_user_or_the_day_is_left_out() -> None:
    unclear = "Name,Birthday\nAda Lovelace,3/4/1990\n"
    (row,) = read(unclear)
    assert isinstance(row, Incoming)
    assert (row.contact.birthday, len(row.notes)) == (None, 1)
    assert one(unclear, day_first=True).birthday == Birthday(4, 3, 1990)
    assert one(unclear, day_first=False).birthday == Birthday(3, 4, 1990)
    told = people(read(unclear + "Grace Hopper,25/12/1990\n"))
    assert [each.birthday for each in told] == [Birthday(4, 3, 1990), Birthday(12, 25, 1990)]
    assert tell_order(["25/12/1990", "12/25/1990"]) is None
    assert isinstance(day_of("3/4/1990", day_first=None), Unclear)


def test_how_and_when_we_met_and_through_whom() -> None:
    (row,) = read("Name,How we met,Met on,Introduced by\nAda Lovelace,at tea,2024-02-29,Charles Babbage\n")
    assert isinstance(row, Incoming)
    assert (row.contact.met_how, row.contact.met_on) == ("at tea", date(2024, 2, 29))
    assert row.introducer is not None
    assert row.introducer.name == "Charles Babbage"


def test_a_guard_against_formulas_is_undone() -> None:
    ada = one("Name,Phone,Note\nAda Lovelace,'+44 20 7946 0001,'=SUM(1)\n")
    assert (ada.phones, ada.notes) == (("+44 20 7946 0001",), "=SUM(1)")


def test_a_row_with_more_cells_than_the_header_is_told_by_its_line() -> None:
    rows = read('Name,Email,Note\nAda,a@x.example,"a\nb"\nBob,b@x.example,x,,y\n')
    assert skips(rows) == [("people.csv, line 4", "has 5 columns where the header has 3")]


def test_a_quotation_mark_that_is_never_closed_spoils_one_row_at_most() -> None:
    rest = "".join(f"Person {number},p{number}@x.example,\n" for number in range(200))
    rows = read(f'Name,Email,Note\nAda,a@x.example,"a\n{rest}Zoe,z@x.example,"b"\n')
    assert [each.name for each in people(rows)][-2:] == ["Person 199", "Zoe"]
    assert len(rows) == 202


def test_a_line_about_the_separator_and_lines_before_the_header_are_no_people() -> None:
    ada = "Name;E-Mail;Notiz\nAda Lovelace;a@x.example;a, b, c\n"
    assert one("sep=;\n" + ada).name == "Ada Lovelace"
    assert one("Adressen 2026\n\n" + ada).notes == "a, b, c"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "Dear Ada, dear Grace,\nhow are you, and where, and why?\nYours, Bob\n",
        "file,message\na,b\n",
        "Organization,Followed On\nAcme,2024\n",
        "date,amount,what\n2024-01-01,3,tea\n",
        "# Ada Lovelace\n\nemail: a@x.example, b@x.example\n",
        "From: ada@x.example\nTo: grace@x.example, bob@x.example\nSubject: tea, please\n\nHello\n",
        '[{"name": "Ada", "email": "a@x.example"}]',
        "\x00\x01\x02name,email",
    ],
)
def test_other_text_is_no_table_of_people(text: str) -> None:
    assert [each.name for each in TABLES if each.recognises(text.encode())] == []


def test_relcrafts_own_csv_is_read_as_such_whatever_it_is_called() -> None:
    data = b"uid,name,circle\nu1,Ada,close\n"
    (ada,) = people(read_bytes(data, "x", "csv"))
    assert (ada.sources, str(ada.circle)) == (("relcraft:u1",), "close")


SAMPLES = ("roundcubemail__gmail", "roundcubemail__email", "roundcubemail__outlook")


@pytest.mark.parametrize("name", SAMPLES)
def test_fields_are_those_of_the_card_that_another_program_made_of_the_table(name: str) -> None:
    folder = sample_folder("csv-contacts")
    table = people(read((folder / f"{name}.csv").read_bytes()))
    cards = people(VCard().read((folder / f"{name}.vcf").read_bytes(), "x"))
    if name == "roundcubemail__gmail":
        # by design: Google's group of everybody is no tag, and the notes keep what has no field of ours
        assert [each.tags for each in cards] == [("My-Contacts", "Test")]
        cards = [replace(each, tags=("Test",)) for each in cards]
        assert [each.notes for each in cards] == ['note"note']
        assert [each.notes.split("\n") for each in table] == [
            [
                'note"note',
                "",
                "Name Prefix: Prefix",
                "Name Suffix: Suffix",
                "Spouse: spouse",
                "Home address: home_street, home_city, home_pobox, home_state, home_zip, home_country",
                "Work address: work_street, work_city, work_zip, work_country",
            ]
        ]
    else:
        assert [each.notes for each in table] == [each.notes for each in cards]
    assert list(map(known, table)) == list(map(known, cards))


def test_every_table_of_other_programs_is_stored_and_a_second_import_adds_and_updates_nothing() -> None:
    book = a_book()
    files = sorted(sample_folder("csv-contacts").glob("*.csv"))
    counts = {path.name.partition("__")[2]: imported(book, path.read_bytes()) for path in files}
    assert counts == {
        "basic_csv_addressbook.csv": "2 0 0 0 0",
        "csv_semicolon.csv": "0 0 2 0 0",
        "quote.csv": "1 0 0 0 0",
        "email.csv": "4 0 0 0 0",
        "gmail.csv": "1 0 0 0 0",
        "outlook.csv": "0 1 0 0 0",
    }
    assert {each.name: each.emails for each in book.contacts()} == {
        "Acer America": (),
        "Jane Doe": ("jane@doe.invalid",),
        "John Doe": ("john@doe.invalid",),
        "Prefix Firstname Middle Lastname Suffix": (
            *("home@aaa.pl", "work@email.pl", "unknown@email.com", "other@email.com"),
        ),
        "test1@domain.tld": ("test1@domain.tld", "test2@domain.tld", "test3@domain.tld"),
        **{f"test{number}@domain.tld": (f"test{number}@domain.tld",) for number in (2, 3, 4)},
    }
    before = {each.uid: each for each in book.contacts()}
    again = [imported(book, path.read_bytes()).split() for path in files]
    assert [(added, updated) for added, updated, *_rest in again] == [("0", "0")] * len(files)
    assert {each.uid: each for each in book.contacts()} == before


@pytest.mark.parametrize("text", [GOOGLE_NEW, GOOGLE_OLD, *OUTLOOK.values(), *THUNDERBIRD.values()])
def test_each_programs_table_is_stored_once(text: str) -> None:
    book = a_book()
    assert [imported(book, text.encode()) for _ in range(2)] == ["1 0 0 0 0", "0 0 1 0 0"]
    (ada,) = book.contacts()
    assert (ada.organisation, ada.role, ada.circle) == ("Analytical Engines", "Analyst", None)


def test_a_newer_export_that_knows_more_of_somebody_adds_it() -> None:
    book = a_book()
    imported(book, b"Name,E-mail,City\nAda Lovelace,a@x.example,\n")
    assert imported(book, b"Name,E-mail,City\nAda Lovelace,a@x.example,London\n") == "0 1 0 0 0"
    assert [each.city for each in book.contacts()] == ["London"]


def test_ten_thousand_rows_take_two_seconds_at_most() -> None:
    header, row = GOOGLE_NEW.split("\n", 1)
    rows = (row.replace("ada@", f"ada{number}@").replace("Ada,", f"Ada{number},") for number in range(5000))
    data = "\n".join((header, *rows)).encode()
    assert len(in_time(list, GoogleCsv().read(data, "x"))) == 5000


@pytest.mark.parametrize(
    "sign", ['"', '"a,', ",", "'", "\n", '""', ',"', '"x,""', "\r", '"\n', " ", "@", "a@", "1/", "-"]
)
def test_a_hundred_thousand_signs_take_no_second(sign: str) -> None:
    many = sign * (100_000 // len(sign))
    for text in (many, f'"{many}', f"Ada,{many}", f'Ada,"{many}', f'Ada,"{many}"', f"Ada,b@x.example,{many},{many}"):
        data = f"Name,Email,Birthday,Notes,Web\n{text}\n".encode()
        assert len(in_time(list, AnyTable().read(data, "x"))) >= 0
        assert in_time(AnyTable().recognises, many.encode()) in (True, False)


_cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["Name", "First Name", "E-mail 1 - Value", "Birthday", "a@x.example", "3/4/1990", '"', "\n", "555"]
    ),
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.lists(_cells, max_size=5), max_size=5).map(
            lambda rows: "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
        ),
    )
)
@example(b"Name,Email\n\xff\xfe,\x00@")
@example(b"Name\tE-mail\r\n=1\t@@")
def test_no_bytes_at_all_raise(data: bytes) -> None:
    for table in TABLES:
        table.recognises(data)
        assert table.expected_rows(data) >= 0
        assert all(row.where.startswith("x") for row in table.read(data, "x"))
        assert all(row.where for row in table.read(b"Name,Email,Birthday,Note\n" + data, "x", How(day_first=True)))
    assert isinstance(guess(data, {"Name": "notes"}), list)
