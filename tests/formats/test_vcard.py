"""vCards of all three versions: names, character sets, folds, birthdays, spoiled cards, and the original lines."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from relcraft.domain.documents import from_document, to_document
from relcraft.domain.incoming import Incoming, Row, Skipped
from relcraft.domain.records import Birthday, Contact
from relcraft.formats.vcard import VCard
from tests.formats.rows import notes, people, sample_folder, skips

GIVE_NO_CONTACT = {
    "ical.js__vcard_grouped.vcf": ["has no name: one of FN, N, ORG and NICKNAME was expected"],
    "radicale__broken-vcard.vcf": [
        "has no name: one of FN, N, ORG and NICKNAME was expected. What is known of it: test-misses-N-or-FN@example.com"
    ],
}
"""The sample files in which no person can be found, and why: two postal addresses, and an e-mail address alone."""


def read(data: str | bytes) -> list[Row]:
    return list(VCard().read(data if isinstance(data, bytes) else data.encode(), "book.vcf"))


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def one(*lines: str, version: str = "3.0") -> Contact:
    (contact,) = people(read(card(*lines, version=version)))
    return contact


def samples() -> list[Path]:
    return sorted(path for path in sample_folder("vcard").iterdir() if path.suffix in (".vcf", ".vcard"))


def sample(name: str) -> list[Contact]:
    return people(read((sample_folder("vcard") / name).read_bytes()))


def test_sixty_of_the_sixty_two_files_give_a_contact_and_the_others_say_why() -> None:
    rows = {path.name: read(path.read_bytes()) for path in samples()}
    assert len(rows) == 62
    assert {
        name: [why for _, why in skips(found)] for name, found in rows.items() if not people(found)
    } == GIVE_NO_CONTACT
    assert sum(len(people(found)) for found in rows.values()) == 67
    assert sum(len(skips(found)) for found in rows.values()) == 2


def test_every_sample_file_is_recognised_by_its_content() -> None:
    assert [path.name for path in samples() if not VCard().recognises(path.read_bytes())] == []


def test_the_original_lines_of_every_sample_are_kept_whole() -> None:
    for path in samples():
        for contact in people(read(path.read_bytes())):
            assert contact.vcard[0].upper() == "BEGIN:VCARD"
            assert contact.vcard[-1].upper() == "END:VCARD"
    (mac,) = sample("ez-vcard__John_Doe_MAC_ADDRESS_BOOK.vcf")
    text = (sample_folder("vcard") / "ez-vcard__John_Doe_MAC_ADDRESS_BOOK.vcf").read_bytes().decode()
    assert "\n".join(mac.vcard) == text.replace("\r\n", "\n").rstrip("\n")


def test_a_japanese_phone_in_shift_jis() -> None:
    (roid,) = sample("android_frameworks_opt_vcard__v21_japanese_1.vcf")
    assert (roid.name, roid.phones) == ("安藤ロイド", ("0300000000",))
    assert roid.vcard[2] == "N;CHARSET=SHIFT_JIS:安藤ロイド;;;;"


def test_a_german_card_that_names_its_character_set_on_another_line() -> None:
    (soeren,) = sample("vcards__MultiAnsiFilterTests-German.vcf")
    assert (soeren.name, soeren.city) == ("Sören Täve Nüßlebaum", "Mößlitz")


def test_a_greek_card_with_a_byte_order_mark() -> None:
    (vangelis,) = sample("vcards__Utf-8-Greek.vcf")
    assert (vangelis.name, vangelis.city) == ("Βαγγέλης", "Αθήνα")


def test_quoted_printable_over_many_lines() -> None:
    (max_,) = sample("vcards__v2_1.vcf")
    assert (max_.organisation, max_.phones[0]) == ("Firma", "Tel geschäftlich")
    assert max_.notes.splitlines()[0] == "Kommentar ÄÄÄÄÄÄ ääääää ÖÖÖÖÖÖ öööööö ÜÜÜÜÜÜ üüüüüü ßßßßßß"
    assert (max_.birthday, max_.city) == (Birthday(1, 31, 1972), "Ort Firma")
    assert len(max_.emails) == 3


def test_the_example_of_the_standard() -> None:
    (simon,) = sample("ez-vcard__rfc6350-example.vcf")
    assert (simon.name, simon.organisation, simon.city) == ("Simon Perreault", "Viagenie", "Quebec")
    assert simon.phones == ("+1-418-656-9254 ext. 102", "+1-418-262-6501")
    assert (simon.birthday, simon.time_zone) == (Birthday(2, 3), "")


def test_an_outlook_card() -> None:
    (john,) = sample("ez-vcard__John_Doe_MS_OUTLOOK.vcf")
    assert (john.name, john.nicknames) == ("Mr. John Richter James Doe Sr.", ("Johny",))
    assert (john.role, john.birthday, john.city) == ("Money Counter", Birthday(3, 22, 1980), "Albaney")


def test_the_agent_within_a_card_is_not_the_person() -> None:
    (forrest,) = sample("vcard-parser__Example3.0.vcf")
    assert (forrest.name, forrest.organisation) == ("Forrest Gump", "Bubba Gump Shrimp Co.")
    assert forrest.phones == ("(111) 555-1212", "(404) 555-1212", "(404) 555-1213")


def test_an_agent_on_lines_of_its_own_is_not_the_person() -> None:
    boss = one(
        "FN:Ada", "AGENT:", "BEGIN:VCARD", "FN:Charles", "TEL:5550100", "END:VCARD", "TEL:5550199", version="2.1"
    )
    assert (boss.name, boss.phones) == ("Ada", ("5550199",))


def test_a_file_of_several_cards_with_empty_lines_between() -> None:
    rows = read((sample_folder("vcard") / "releases-comm-central__emptylines_vcard_addressbook.vcf").read_bytes())
    assert [(row.where, row.contact.name) for row in rows if isinstance(row, Incoming)] == [
        ("book.vcf, line 3", "John Doe"),
        ("book.vcf, line 11", "Jane Doe"),
    ]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BDAY:1990-03-12", Birthday(3, 12, 1990)),
        ("BDAY:19900312", Birthday(3, 12, 1990)),
        ("BDAY;VALUE=date-time:1990-03-12T00:00:00Z", Birthday(3, 12, 1990)),
        ("BDAY:--0312", Birthday(3, 12)),
        ("BDAY:--03-12", Birthday(3, 12)),
        ("BDAY:--0229", Birthday(2, 29)),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", Birthday(4, 12)),
        ("BDAY;X-APPLE-OMIT-YEAR=1900:1900-04-12", Birthday(4, 12)),
        ("BDAY:16040101", Birthday(1, 1)),
    ],
)
def test_birthdays_with_and_without_a_year(line: str, day: Birthday) -> None:
    assert one("FN:Ada", line).birthday == day


@pytest.mark.parametrize("line", ["BDAY;VALUE=text:circa 1800", "BDAY:19723101", "BDAY:1990", "BDAY:---12"])
def test_a_birthday_that_cannot_be_read_is_told_and_the_person_kept(line: str) -> None:
    rows = read(card("FN:Ada", line))
    assert people(rows)[0].birthday is None
    assert notes(rows)[0].startswith("line 4: ")


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("FN:Ada Lovelace", "N:Other;Name"), "Ada Lovelace"),
        (("FN:", "N:Lovelace;Ada;King;Lady;"), "Ada King Lovelace"),
        (("N:Lovelace;Ada",), "Ada Lovelace"),
        (("ORG:Analytical Engines;Research",), "Analytical Engines"),
        (("NICKNAME:Countess,Ada",), "Countess"),
        (("FN:Doe\\, Jane",), "Doe, Jane"),
        (("FN:Jane Doe, PhD",), "Jane Doe, PhD"),
    ],
)
def test_the_name_is_the_first_that_the_card_has(lines: tuple[str, ...], name: str) -> None:
    assert one(*lines).name == name


def test_all_other_fields() -> None:
    ada = one(
        "FN:Ada Lovelace",
        'N;SORT-AS="Lovelace,Ada":Lovelace;Ada;;;',
        "NICKNAME:Countess,Ada Lovelace",
        "ORG:Engines\\, Ltd;Research",
        "ROLE:Analyst",
        "TITLE:Engineer",
        "EMAIL:second@engine.example",
        "item1.EMAIL;TYPE=pref:mailto:first@engine.example",
        "TEL;VALUE=uri:tel:+44-20-5550100",
        "URL:http\\://engine.example/ada",
        "X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/ada",
        "ADR;TYPE=home:;;12 St James's Square\\, top floor;London;;SW1;UK",
        "TZ:Europe/London",
        "CATEGORIES:maths,old friends,#poetry",
        "NOTE:one\\ntwo\\, three\\; four",
        version="4.0",
    )
    assert (ada.sort_name, ada.nicknames) == ("Lovelace Ada", ("Countess",))
    assert (ada.organisation, ada.role) == ("Engines, Ltd", "Engineer")
    assert ada.emails == ("first@engine.example", "second@engine.example")
    assert ada.phones == ("+44-20-5550100",)
    assert ada.urls == ("http://engine.example/ada", "https://www.linkedin.com/in/ada")
    assert (ada.city, ada.time_zone) == ("London", "Europe/London")
    assert ada.tags == ("maths", "old-friends", "poetry")
    assert ada.notes == "one\ntwo, three; four"


def test_a_group_is_skipped_with_the_reason() -> None:
    assert skips(read(card("FN:Climbing club", "KIND:group", version="4.0"))) == [
        ("book.vcf, line 1", "is a group, not a person")
    ]


def test_a_card_cut_off_in_the_middle_keeps_what_was_there() -> None:
    rows = read("BEGIN:VCARD\nFN:Ada\nEMAIL:ada@engine.example\nBEGIN:VCARD\nFN:Grace\nTE")
    assert [person.name for person in people(rows)] == ["Ada", "Grace"]
    assert people(rows)[0].emails == ("ada@engine.example",)
    assert notes(rows) == [
        "END:VCARD is missing: what stands before the next card, or the end, was read",
        "line 6 could not be read as part of a vCard; the original lines keep it",
        "END:VCARD is missing: what stands before the next card, or the end, was read",
    ]


def test_many_lines_that_cannot_be_read_are_told_in_one_sentence() -> None:
    assert notes(read(card("FN:Ada", *["nonsense"] * 500))) == [
        "line 4 and 499 more could not be read as part of a vCard; the original lines keep it"
    ]


def test_what_is_read_is_what_a_book_keeps() -> None:
    for path in samples():
        for contact in people(read(path.read_bytes())):
            assert from_document(Contact, to_document(contact)) == contact


def test_text_between_cards_is_told_once() -> None:
    rows = read("Hello,\nsee below.\n" + card("FN:Ada"))
    assert skips(rows) == [("book.vcf, line 1", "is text outside a card: BEGIN:VCARD was expected")]
    assert [person.name for person in people(rows)] == ["Ada"]


def test_a_line_folded_within_a_letter_is_whole_again() -> None:
    data = b"BEGIN:VCARD\r\nFN:Zo" + "ë".encode()[:1] + b"\r\n " + "ë".encode()[1:] + b"\r\nEND:VCARD\r\n"
    (zoe,) = people(read(data))
    assert (zoe.name, zoe.vcard) == ("Zoë", ("BEGIN:VCARD", "FN:Zoë", "END:VCARD"))


def test_a_photo_without_indents_does_not_spoil_the_card() -> None:
    ada = one("FN:Ada", "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ", "SkZJRgABAQEA", "", "TEL:5550100", version="2.1")
    assert ada.phones == ("5550100",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_card_in_any_unicode_encoding(encoding: str) -> None:
    data = card("FN:Zoë Müller").encode(encoding)
    assert VCard().recognises(data)
    assert [person.name for person in people(read(data))] == ["Zoë Müller"]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_every_line_end(end: str) -> None:
    data = card("FN:Ada").replace("\r\n", end).encode()
    assert VCard().recognises(data)
    assert [person.name for person in people(read(data))] == ["Ada"]


def test_a_short_uid_of_one_program_does_not_make_two_people_one() -> None:
    first, second = people(read(card("UID:357", "FN:Ada") + card("UID:357", "FN:Grace")))
    assert not set(first.sources) & set(second.sources)


def test_a_card_without_uid_has_the_same_key_each_time() -> None:
    assert one("FN:Ada", "EMAIL:a@b.example").sources == one("FN:ADA", "TEL:1", "EMAIL:A@b.example").sources
    assert one("FN:Maria", "TEL:5550100").sources != one("FN:Maria", "TEL:5550199").sources


def test_control_characters_of_a_card_do_not_come_in() -> None:
    ada = one("FN:[/] [red]x[/red] \x1b[31m\u202eAda", "NOTE:a\x07b\x9bc")
    assert (ada.name, ada.notes) == ("[/] [red]x[/red] [31mAda", "abc")
    assert not any("\x1b" in line for line in ada.vcard)


def test_a_hostile_line_takes_no_longer_than_others() -> None:
    ada = one("FN:Ada", "TEL;a" + ",x" * 5000, 'EMAIL;TYPE="' + '"' * 5000, "NOTE:" + "\\" * 5001)
    assert ada.name == "Ada"


@pytest.mark.parametrize("charset", ["zip", "rot13", "unicode_escape", "idna", "no-such", "undefined", "utf-7", ""])
def test_an_odd_character_set_is_read_as_if_it_were_not_named(charset: str) -> None:
    assert one(f"FN;CHARSET={charset}:Zoë").name == "Zoë"


LINES = st.sampled_from(
    [
        *(b"BEGIN:VCARD", b"END:VCARD", b"FN:Ada", b" folded", b"\tfolded", b"N:;;", b"ADR:;;;;", b"ORG:\\", b"AGENT:"),
        *(b"NOTE;QUOTED-PRINTABLE:=", b"NOTE;ENCODING=QUOTED-PRINTABLE:=C3=", b"TEL;CHARSET=utf-16:x", b"BDAY:----"),
        *(
            b"PHOTO;BASE64:",
            b"item1.EMAIL;PREF=:@",
            b"EMAIL;PREF=\xc2\xb2:a@b",
            b"TZ:/",
            b"TZ:../../etc/passwd",
            b"\xff\xfe",
        ),
        *(b":", b";:", b".:x", b"X", b"", b'N;"=":;', b"CATEGORIES:,#,\\", b"NICKNAME:\\"),
    ]
)


@given(st.lists(LINES | st.binary(max_size=20), max_size=25))
@example([b"BEGIN:VCARD", b"FN:Ada", b"TZ:Europe/"])
def test_any_lines_at_all_give_rows_and_never_an_error(lines: list[bytes]) -> None:
    data = b"\n".join(lines)
    for whole in (data, b"BEGIN:VCARD\n" + data, data.decode("latin-1").encode("utf-16")):
        VCard().recognises(whole)
        rows = read(whole)
        assert rows
        assert all(isinstance(row, Incoming | Skipped) for row in rows)
