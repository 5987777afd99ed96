"""Two cards of one person become one card: what no field holds is kept from both, and the fields read as they did."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from relcraft.domain.cards_joined import addresses_of, cards_joined
from relcraft.domain.one_person import as_one
from relcraft.domain.records import Contact
from relcraft.formats.vcard import contact_of_lines
from relcraft.sync.card_file import foreign


def card(*lines: str, version: str = "3.0", name: str = "Ada Lovelace") -> tuple[str, ...]:
    return ("BEGIN:VCARD", f"VERSION:{version}", f"FN:{name}", *lines, "END:VCARD")


def person(uid: str, lines: tuple[str, ...], **fields: str) -> Contact:
    return Contact(uid=uid, name="Ada Lovelace", vcard=lines, **fields)  # type: ignore[arg-type]  # texts alone


_ALONE = (
    "X-SIGNAL:ada.01",
    "IMPP;TYPE=home:xmpp:ada@jabber.example",
    "ANNIVERSARY:18350708",
    "item1.X-CHAT:one",
    "item2.X-CHAT:two",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ",
    "LOGO;ENCODING=b:AAAA",
    'X-ODD;P="a:b;c":d',
)


@given(st.lists(st.sampled_from(_ALONE), unique=True), st.lists(st.sampled_from(_ALONE), unique=True))
def test_what_no_field_holds_is_kept_from_both_and_the_fields_read_as_before(one: list[str], other: list[str]) -> None:
    kept, goes = card("TEL:555 0100", *one), card("TEL:555 0199", "NOTE:from the phone", *other)
    joined = cards_joined(kept, goes, addresses=False)
    assert {value for _head, value in foreign(joined)} == {value for _head, value in foreign(kept) | foreign(goes)}
    assert contact_of_lines(joined) == replace(contact_of_lines(kept) or Contact(uid="", name=""), vcard=joined)
    assert cards_joined(joined, goes, addresses=False) == joined
    assert [line for line in joined if line in kept] == list(kept)


def test_groups_with_their_labels_get_a_number_of_their_own() -> None:
    kept = card("item1.X-ABDATE:2020-01-01", "item1.X-ABLabel:Moved in")
    goes = card("item1.X-ABDATE:1999-12-31", "item1.X-ABLabel:Met", "item2.TEL:555 0100", "item2.X-ABLabel:Boat")
    assert cards_joined(kept, goes, addresses=False)[-3:-1] == ("item2.X-ABDATE:1999-12-31", "item2.X-ABLabel:Met")


def test_folded_lines_stay_together_and_what_another_version_codes_otherwise_stays_out() -> None:
    photo = ("PHOTO;ENCODING=b;TYPE=JPEG:AAAA", " BBBB", " CCCC")
    assert cards_joined(card(), card(*photo), addresses=False)[3:6] == photo
    assert cards_joined(card(version="4.0"), card(*photo, "X-SKYPE:ada"), addresses=False)[3:] == (
        "X-SKYPE:ada",
        "END:VCARD",
    )


def test_a_street_comes_to_the_card_where_there_is_none_and_else_to_the_notes() -> None:
    street = "ADR;TYPE=HOME:;;12 St James\\, Square;London;;SW1;England"
    one = as_one(person("a", card()), person("b", card(street), city="London"), str)
    assert street in one.vcard
    assert one.notes == ""
    elsewhere = card("ADR:;;1 Quay;Bergen;;;Norway")
    one = as_one(person("a", elsewhere, city="Bergen"), person("b", card(street), city="London"), str)
    assert one.vcard == elsewhere
    assert one.notes == "City, too: London\nAddress, too: 12 St James, Square, London, SW1, England"
    assert addresses_of(elsewhere) == ["1 Quay, Bergen, Norway"]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20)), st.lists(st.text(max_size=20)), st.booleans())
def test_any_lines_at_all_can_be_joined_and_those_kept_stay(kept: list[str], other: list[str], addresses: bool) -> None:
    joined = list(cards_joined(kept, other, addresses=addresses))
    for line in kept:
        joined.remove(line)
