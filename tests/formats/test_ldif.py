"""LDIF of Thunderbird and of LDAP servers: people, and what in a directory is none."""

from base64 import b64encode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from relcraft.domain.incoming import Row
from relcraft.domain.records import Birthday
from relcraft.formats.ldif import Ldif
from relcraft.formats.reading import read_bytes
from tests.books import a_book
from tests.formats.address_books import LDIF
from tests.formats.rows import notes, people, skips
from tests.formats.test_tables import ADA, imported, known
from tests.fuzz.answers import in_time


def read(text: str | bytes) -> list[Row]:
    return list(Ldif().read(text if isinstance(text, bytes) else text.encode(), "book.ldif"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_thunderbird_address_book(end: str, encoding: str) -> None:
    data = LDIF.replace("\n", end).encode(encoding)
    (row,) = rows = list(read_bytes(data, "book.ldif"))
    (ada,) = people(rows)
    assert row.where == "book.ldif, line 5"
    assert known(ada) == ADA
    assert ada.notes == "Likes tea\n\nDepartment: Research\nHome address: 12 St James, Flat B, London, SW1Y, UK"


def test_a_server_s_people_with_several_values_and_languages() -> None:
    name = b64encode("Zoë Müller".encode()).decode()
    text = (
        f"dn:: {b64encode('cn=Zoë'.encode()).decode()}\nobjectClass: inetOrgPerson\ncn: Müller Zoë\n"
        f"displayName:: {name}\n"
        "mail: z@x.example\nmail: zoe@y.example\nsn;lang-de: Müller\no: Acme\nl: Köln\nstreet: Ring 1\n"
        "jpegPhoto:< file:///etc/passwd\nuserPassword:: e1NTSEF9\npostalAddress: Ring 1$50667 Köln\n"
    )
    (zoe,) = people(read(text))
    assert (zoe.name, zoe.emails, zoe.organisation, zoe.city) == (
        "Zoë Müller",
        ("z@x.example", "zoe@y.example"),
        "Acme",
        "Köln",
    )
    assert zoe.notes == "Work address: Köln, Ring 1, Ring 1, 50667 Köln"
    assert people(read(text.encode("latin-1"))) == [zoe]


def test_what_is_no_person_is_told_by_its_line() -> None:
    text = (
        "dn: dc=example\nobjectClass: top\nobjectClass: domain\ndc: example\n\n"
        "dn: cn=Friends\nobjectclass: top\nobjectclass: groupOfNames\ncn: Friends\nmember: cn=Ada\n\n"
        "dn: cn=Ada\nchangetype: modify\nreplace: mail\nmail: a@x.example\n-\n\n"
        "dn: cn=Bob\nchangetype: delete\n\n"
        "cn: Nobody\nmail: n@x.example\n\n"
        "dn: cn=Ada\nchangetype: add\nobjectClass: person\ncn: Ada\nbirthmonth: 2\nbirthday: 30\n\n"
        "dn: uid=1\nobjectClass: person\nmobile: 555 010 0100\n"
    )
    rows = read(text)
    assert [(each.name, each.birthday) for each in people(rows)] == [("Ada", None)]
    assert notes(rows) == ['"-2-30" is no day that can be read: 1990-03-12 was expected']
    assert skips(rows) == [
        ("book.ldif, line 1", "is no person (objectclass: domain)"),
        ("book.ldif, line 6", "is a list of people, not a person"),
        ("book.ldif, line 12", "is a change of a directory (changetype: modify), not a person"),
        ("book.ldif, line 18", "is a change of a directory (changetype: delete), not a person"),
        ("book.ldif, line 21", "does not say whose entry it is: a line that begins with dn: was expected"),
        (
            "book.ldif, line 31",
            "has no name: a name, an organisation or an e-mail address was expected. What is known of it: 555 010 0100",
        ),
    ]


def test_a_birthday_without_its_year() -> None:
    (ada,) = people(read("dn: cn=Ada\ncn: Ada\nbirthyear: 0\nbirthmonth: 02\nbirthday: 29\n"))
    assert ada.birthday == Birthday(2, 29)


def test_a_line_that_cannot_be_read_spoils_no_entry() -> None:
    rows = read("dn: cn=Ada\ncn: Ada\nhello\nmail:: !!!\n# a comment\n  that goes on\nsn: x\n")
    assert [each.name for each in people(rows)] == ["Ada"]
    assert notes(rows) == [
        "line 3 could not be read: an attribute and a colon were expected",
        "line 4: the value of mail is no base64, and was left out",
    ]


def test_a_file_without_an_entry_says_so() -> None:
    assert skips(read("version: 1\n\n# nothing\n")) == [
        ("book.ldif", "holds no entry: a line that begins with dn: was expected")
    ]


def test_an_address_book_is_stored_once() -> None:
    book = a_book()
    assert [imported(book, LDIF.encode()) for _ in range(2)] == ["1 0 0 0 0", "0 0 1 0 0"]
    assert [known(each).birthday for each in book.contacts()] == [ADA.birthday]


@pytest.mark.parametrize(
    "head", [b"", b"hello", b"version: 1\n", b"name,dn: x\n", b"BEGIN:VCARD\n", b"From: a\ndn: b\n"]
)
def test_other_text_is_not_taken_for_ldif(head: bytes) -> None:
    assert not Ldif().recognises(head)


def test_ten_thousand_entries_and_long_values_take_seconds() -> None:
    entry = LDIF.partition("\n\n")[2]
    many = "".join(entry.replace("Ada", f"Ada{number}") for number in range(3000))
    assert len(in_time(read, many)) == 3000
    assert len(in_time(read, "dn: cn=Ada\ncn: Ada\njpegPhoto::" + "\n QUJD" * 200_000)) == 1


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(alphabet="dn:=<cmail \n#-;1", max_size=80).map(str.encode)))
@example(b"dn: a\nchangetype:\n")
@example(b"dn:: /\n mail: @\n")
def test_no_bytes_at_all_raise(data: bytes) -> None:
    Ldif().recognises(data)
    assert Ldif().expected_rows(data) >= 0
    assert all(row.where.startswith("book.ldif") for row in read(data))
    assert all(row.where for row in read(b"dn: cn=Ada\ncn: Ada\n" + data))
