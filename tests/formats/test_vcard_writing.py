"""Contacts written as vCards: read back as they were, by vobject too; in a card from elsewhere nothing else moves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from relcraft.domain.records import Birthday, Contact
from relcraft.domain.words import Circle
from relcraft.formats.vcard import VCard, contact_of_lines
from relcraft.formats.vcard_names import structured
from relcraft.formats.vcard_sheet import folded
from relcraft.formats.vcard_writing import CARD_FIELDS, card_uid, export_vcards, lines_of, rewritten
from tests.formats import contacts as some
from tests.formats.rows import people, sample_folder

VERSIONS = ("3.0", "4.0")
PHONE = (
    "BEGIN:VCARD",
    "VERSION:3.0",
    "PRODID:-//Apple Inc.//iOS 17.4//EN",
    "N:Lovelace;Ada;King;Countess;",
    "FN:Ada King Lovelace",
    "ORG:Analytical Engines;Notes;Department G",
    "item1.EMAIL;type=INTERNET;type=pref:ada@engines.example",
    "item1.X-ABLabel:_$!<Other>!$_",
    "EMAIL;type=INTERNET;type=HOME:ada@home.example",
    "TEL;type=CELL;type=VOICE:+44 20 7946 0001",
    "TEL;TYPE=WORK:+44 20 7946 0002",
    "item2.ADR;type=HOME:;;12 St James's Square;London;;SW1Y 4JH;England",
    "item2.X-ABADR:gb",
    "NOTE:first line\\nsecond\\, line",
    "CATEGORIES:My Friends,maths",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKg",
    " AAAAgAAYdpAAQAAAABAAAAGgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAAAAZKADAAQAAA",
    "X-SOCIALPROFILE;type=twitter:https://twitter.example/ada",
    'X-UNKNOWN;X-P="a:b":what we do not know',
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10",
    "UID:urn:uuid:7f2c0f4e-3a53-4b52-9d0e-0b8f6f3d1a11",
    "REV:2026-01-02T03:04:05Z",
    "END:VCARD",
)


def read(lines: Sequence[str]) -> Contact:
    contact = contact_of_lines(lines)
    assert contact is not None
    return contact


def same(contact: Contact) -> Contact:
    return replace(contact, uid="", sources=(), vcard=())


@pytest.mark.parametrize("version", VERSIONS)
@given(contact=some.contacts)
@settings(max_examples=40)
def test_a_written_contact_is_read_back_as_it_was(version: str, contact: Contact) -> None:
    lines = lines_of(contact, version)
    assert same(read(lines)) == same(contact)
    assert all(len(line.encode()) <= 75 for line in lines)
    assert card_uid(lines) == contact.uid


@pytest.mark.parametrize("version", VERSIONS)
@given(before=some.contacts, after=some.contacts)
@settings(max_examples=40)
def test_a_card_rewritten_from_one_contact_to_another_says_the_other(
    version: str, before: Contact, after: Contact
) -> None:
    lines = rewritten(lines_of(before, version), before, after)
    got = read(lines)
    assert {name: getattr(got, name) for name in ("name", "birthday", "notes", "role", "city", "organisation")} == {
        name: getattr(after, name) for name in ("name", "birthday", "notes", "role", "city", "organisation")
    }
    for name in ("emails", "phones", "urls", "tags", "nicknames", "can_offer"):
        assert set(getattr(got, name)) == set(getattr(after, name))
    assert rewritten(lines, got, got) == lines


@pytest.mark.parametrize("version", VERSIONS)
@given(contact=some.contacts)
@settings(max_examples=20)
def test_vobject_reads_what_is_written(version: str, contact: Contact) -> None:
    data = b"".join(export_vcards([contact], version)).decode()
    card = vobject.readOne(data)
    assert card.fn.value == contact.name
    assert [entry.value for entry in card.contents.get("email", [])] == list(contact.emails)
    assert [entry.value for entry in card.contents.get("note", [])] == [contact.notes] * bool(contact.notes)
    assert [each for entry in card.contents.get("org", []) for each in entry.value] == (
        [contact.organisation] if contact.organisation else []
    )
    assert card.uid.value == contact.uid


def test_a_birthday_without_a_year_is_told_as_each_version_tells_it() -> None:
    leapling = Contact(uid="x", name="Leap Ling", birthday=Birthday(2, 29))
    assert "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29" in lines_of(leapling, "3.0")
    assert "BDAY:--0229" in lines_of(leapling, "4.0")
    assert [read(lines_of(leapling, version)).birthday for version in VERSIONS] == [Birthday(2, 29)] * 2


def test_what_vcard_has_no_word_for_is_kept_in_properties_of_our_own() -> None:
    contact = Contact(uid="x", name="Ada", circle=Circle.INNER, cadence_days=0, met_on=date(2020, 1, 2), archived=True)
    lines = lines_of(contact, "3.0")
    assert [line for line in lines if line.startswith("X-RELCRAFT")] == [
        "X-RELCRAFT-CIRCLE:inner",
        "X-RELCRAFT-CADENCE:0",
        "X-RELCRAFT-MET-ON:2020-01-02",
        "X-RELCRAFT-ARCHIVED:TRUE",
    ]
    assert same(read(lines)) == same(contact)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", "Lovelace;Ada;;;"),
        ("Cher", ";Cher;;;"),
        ("Vincent van der Meer", "van der Meer;Vincent;;;"),
        ("Dr. Grace Brewster Hopper PhD", "Hopper;Grace;Brewster;Dr.;PhD"),
        ("Martin Luther King Jr.", "King;Martin;Luther;;Jr."),
        ("Smith; Sons", "Sons;Smith\\;;;;"),
    ],
)
def test_a_name_is_taken_apart_for_phones(name: str, parts: str) -> None:
    assert structured(name) == parts


def test_a_family_name_of_two_words_stays_one() -> None:
    assert structured("Gabriel José García Márquez", "García Márquez;Gabriel;;;") == "García Márquez;Gabriel;José;;"


def test_where_nothing_changed_the_card_is_byte_for_byte() -> None:
    assert rewritten(PHONE, read(PHONE), read(PHONE)) == PHONE


@pytest.mark.parametrize(
    ("change", "gone", "new"),
    [
        (
            {"name": "Ada Lovelace"},
            ["N:Lovelace;Ada;King;Countess;", "FN:Ada King Lovelace"],
            ["N:Lovelace;Ada;;Countess;", "FN:Ada Lovelace"],
        ),
        (
            {"organisation": "Engines, Ltd; London"},
            ["ORG:Analytical Engines;Notes;Department G"],
            ["ORG:Engines\\, Ltd\\; London;Notes;Department G"],
        ),
        (
            {"emails": ("ada@new.example", "ada@home.example")},
            ["item1.EMAIL;type=INTERNET;type=pref:ada@engines.example"],
            ["item1.EMAIL;type=INTERNET;type=pref:ada@new.example"],
        ),
        (
            {"emails": ("ada@home.example",)},
            ["item1.EMAIL;type=INTERNET;type=pref:ada@engines.example", "item1.X-ABLabel:_$!<Other>!$_"],
            [],
        ),
        ({"phones": ("+44 20 7946 0001", "+44 5")}, ["TEL;TYPE=WORK:+44 20 7946 0002"], ["TEL;TYPE=WORK:+44 5"]),
        (
            {"city": "Paris"},
            ["item2.ADR;type=HOME:;;12 St James's Square;London;;SW1Y 4JH;England"],
            ["item2.ADR;type=HOME:;;12 St James's Square;Paris;;SW1Y 4JH;England"],
        ),
        ({"tags": ("My-Friends", "x,y")}, ["CATEGORIES:My Friends,maths"], ["CATEGORIES:My Friends,x\\,y"]),
        ({"notes": ""}, ["NOTE:first line\\nsecond\\, line"], []),
        (
            {"birthday": Birthday(12, 10, 1815)},
            ["BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-10"],
            ["BDAY:1815-12-10"],
        ),
        (
            {"urls": ()},
            ["X-SOCIALPROFILE;type=twitter:https://twitter.example/ada"],
            [],
        ),
        ({"role": "Countess"}, [], ["TITLE:Countess"]),
        ({"time_zone": "Europe/London"}, [], ["TZ;VALUE=text:Europe/London"]),
    ],
)
def test_only_the_lines_of_what_changed_are_written(change: dict[str, object], gone: list[str], new: list[str]) -> None:
    before = read(PHONE)
    after = replace(before, **change)  # type: ignore[arg-type]  # the fields are the test's
    lines = rewritten(PHONE, before, after)
    assert [line for line in PHONE if line not in lines] == gone
    assert [line for line in lines if line not in PHONE] == new
    assert [line for line in lines if line in PHONE] == [line for line in PHONE if line not in gone]
    assert same(read(lines)) == same(after)


def test_a_company_keeps_its_name_where_its_organisation_changes() -> None:
    card = ("BEGIN:VCARD", "VERSION:3.0", "ORG:Acme", "END:VCARD")
    lines = rewritten(card, read(card), replace(read(card), organisation="Acme Holding"))
    assert (read(lines).name, read(lines).organisation) == ("Acme", "Acme Holding")


def test_an_old_phone_gets_quoted_printable() -> None:
    card = ("BEGIN:VCARD", "VERSION:2.1", "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J", "END:VCARD")
    after = replace(read(card), name="Jörg Müller", notes="one\ntwo, three")
    lines = rewritten(card, read(card), after)
    assert all(line.isascii() for line in lines)
    assert (read(lines).name, read(lines).notes) == ("Jörg Müller", "one\ntwo, three")


@given(st.text(max_size=300))
def test_a_fold_never_cuts_a_letter_and_joins_again(text: str) -> None:
    text = text.replace("\n", "")
    pieces = folded(text)
    assert "".join((pieces[0], *(piece[1:] for piece in pieces[1:]))) == text
    assert all(len(piece.encode("utf-8", "surrogateescape")) <= 75 for piece in pieces)


def test_every_sample_card_takes_a_change_of_every_field_and_loses_no_other_line() -> None:
    after = {"name": "Nora New", "organisation": "New & Co", "role": "new", "city": "Newport", "notes": "new\nnews"}
    lists = {"emails": ("new@new.example",), "phones": ("12345678",), "urls": ("https://new.example/",)}
    changed = {**after, **lists, "tags": ("new",), "nicknames": ("nn",), "birthday": Birthday(1, 2, 1990)}
    for path in sorted(sample_folder("vcard").iterdir()):
        for contact in people(list(VCard().read(path.read_bytes(), path.name))) if _is_card(path) else []:
            before = read(contact.vcard)
            wanted = replace(before, **changed)  # type: ignore[arg-type]  # the fields are the test's
            lines = rewritten(contact.vcard, before, wanted)
            got = read(lines)
            told = {name: getattr(got, name) for name in changed if name not in ("city", "role", "nicknames")}
            assert told == {name: getattr(wanted, name) for name in told}, path.name
            assert "nn" in got.nicknames
            theirs = [line for line in contact.vcard if line.upper().startswith(("PHOTO", "X-AB", "REV", "KEY", "UID"))]
            assert [line for line in lines if line in theirs] == theirs, path.name


def _is_card(path: Path) -> bool:
    return path.suffix in (".vcf", ".vcard")


def test_every_field_of_a_card_is_one_of_a_contact() -> None:
    assert set(CARD_FIELDS) <= set(Contact.__dataclass_fields__)
