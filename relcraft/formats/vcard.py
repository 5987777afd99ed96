"""vCard 2.1, 3.0 and 4.0: each card of a file as a contact, its original lines beside it.

The name of a card is FN, else N, else (a company in the address book) ORG, else NICKNAME. A card with none of them
gives no contact, nor does a group.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from relcraft.domain.identity import email_key, name_key, phone_key
from relcraft.domain.incoming import USUAL, How, Incoming, Row, Skipped
from relcraft.domain.records import Birthday, Contact
from relcraft.domain.text import clean, clean_line, fold
from relcraft.formats import vcard_values as values
from relcraft.formats.decoding import narrow
from relcraft.formats.vcard_lines import Card, Property, Stray, original_lines, properties, split_cards
from relcraft.formats.vcard_own import OWN_FIELDS, own_values

_FIRST_CARD = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BEGIN = re.compile(rb"BEGIN:VCARD", re.IGNORECASE)
WANTED = frozenset(
    (
        *("FN", "N", "ORG", "NICKNAME", "TITLE", "ROLE", "EMAIL", "TEL", "URL", "X-SOCIALPROFILE", "SOCIALPROFILE"),
        *("ADR", "TZ", "CATEGORIES", "NOTE", "BDAY", "UID", "SORT-STRING", "KIND", "X-ADDRESSBOOKSERVER-KIND"),
        *OWN_FIELDS,
    )
)
_UNIQUE_UID_LENGTH = 10
"""A shorter UID (357, contact1) is unique in one program alone: then the name belongs to the key."""
_CITY = 3
"""Where the city stands among an address's components."""

_Card = dict[str, list[Property]]
"""The wanted properties of one card by name, the preferred first."""


class VCard:
    """Reads the cards of phones, mailers and address servers."""

    name = "vcard"
    title = "vCard address book (.vcf)"

    def recognises(self, head: bytes) -> bool:
        """Whether a card begins here."""
        return _FIRST_CARD.search(narrow(head).replace(b"\r", b"\n")) is not None

    def begins(self, head: bytes) -> bool:
        """Whether nothing stands before the first card."""
        return _FIRST_CARD.match(narrow(head).replace(b"\r", b"\n").lstrip()) is not None

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` yields: one a card."""
        return len(_BEGIN.findall(data))

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:  # noqa: ARG002 - as formats are read
        """Yield each card's contact; cards without a name, groups and text between cards are skipped, with reason."""
        empty = True
        for found in split_cards(narrow(data)):
            empty = False
            where = f"{file_name}, line {found.line}"
            if isinstance(found, Stray):
                yield Skipped(where, "is text outside a card: BEGIN:VCARD was expected")
            else:
                yield row_of(found, where)
        if empty:
            yield Skipped(file_name, "holds no card: BEGIN:VCARD was expected")


def row_of(card: Card, where: str) -> Incoming | Skipped:
    """Return the person on a card, which stands at `where`; or why there is none on it."""
    found, unreadable = properties(card, WANTED)
    by_name: _Card = {}
    for entry in sorted(found, key=lambda entry: entry.preference):
        by_name.setdefault(entry.name, []).append(entry)
    notes = _unread(unreadable)
    if not card.closed:
        notes.append("END:VCARD is missing: what stands before the next card, or the end, was read")
    if fold(_first_line(by_name, "KIND", "X-ADDRESSBOOKSERVER-KIND")) == "group":
        return Skipped(where, "is a group, not a person")
    emails, phones = _lines(by_name, "EMAIL", values.email), _lines(by_name, "TEL", values.phone)
    name = _name(by_name)
    if not name:
        known = "; ".join((*emails, *phones)[:2])
        also = f". What is known of it: {known}" if known else ""
        return Skipped(where, f"has no name: one of FN, N, ORG and NICKNAME was expected{also}")
    day, note = _birthday(by_name)
    nicknames = _listed(by_name, "NICKNAME")
    contact = Contact(
        uid="",
        name=name,
        sort_name=_first_line(by_name, "SORT-STRING") or _sort_as(by_name),
        nicknames=tuple(nickname for nickname in nicknames if nickname != name),
        organisation=_organisation(by_name),
        role=_first_line(by_name, "TITLE", "ROLE"),
        emails=emails,
        phones=phones,
        urls=_links(by_name),
        city=_city(by_name),
        time_zone=_first(values.time_zone(clean_line(entry.value)) for entry in by_name.get("TZ", ())),
        birthday=day,
        tags=tuple(dict.fromkeys(filter(None, map(values.tag, _listed(by_name, "CATEGORIES"))))),
        notes="\n\n".join(filter(None, (clean(values.text(entry.value)).strip() for entry in by_name.get("NOTE", ())))),
        vcard=tuple(map(clean, original_lines(card))),
    )
    contact = replace(contact, **own_values(found))
    contact = replace(contact, sources=(_key(contact, _first_line(by_name, "UID")),))
    return Incoming(contact, where, tuple(notes if note is None else [*notes, note]))


def contact_of_lines(lines: Sequence[str]) -> Contact | None:
    """Return the person on one card; None where there is none. Bytes that are no UTF-8 are lone surrogates in it."""
    data = "\n".join(lines).encode("utf-8", "surrogateescape")
    found = next(split_cards(data), None)
    row = row_of(found, "") if isinstance(found, Card) else None
    return row.contact if isinstance(row, Incoming) else None


def _unread(lines: list[int]) -> list[str]:
    """Return one sentence about the lines of a card that are no properties, however many."""
    if not lines:
        return []
    others = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return [f"line {lines[0]}{others} could not be read as part of a vCard; the original lines keep it"]


def _first(found: Iterable[str]) -> str:
    return next(filter(None, found), "")


def _first_line(card: _Card, *names: str) -> str:
    return _first(clean_line(values.text(entry.value)) for name in names for entry in card.get(name, ()))


def _lines(card: _Card, name: str, tidy: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (tidy(entry.value) for entry in card.get(name, ())))))


def _listed(card: _Card, name: str) -> tuple[str, ...]:
    parts = (clean_line(part) for entry in card.get(name, ()) for part in values.texts(entry.value))
    return tuple(dict.fromkeys(filter(None, parts)))


def _name(card: _Card) -> str:
    return _first_line(card, "FN") or _structured_name(card) or _organisation(card) or _first(_listed(card, "NICKNAME"))


def _structured_name(card: _Card) -> str:
    for entry in card.get("N", ()):
        family, given, additional, *_titles = (*values.fields(entry.value), "", "", "")
        name = clean_line(f"{given} {additional} {family}")
        if name:
            return name
    return ""


def _sort_as(card: _Card) -> str:
    return _first(
        clean_line(" ".join(entry.params.get("SORT-AS", ())).replace(",", " ")) for entry in card.get("N", ())
    )


def _organisation(card: _Card) -> str:
    """Return the organisation without its departments, which the original lines keep."""
    return _first(clean_line(part) for entry in card.get("ORG", ()) for part in values.fields(entry.value))


def _links(card: _Card) -> tuple[str, ...]:
    """Return web addresses and the pages of social profiles, not bare account names."""
    links = [values.page(entry.value) for entry in card.get("URL", ())]
    for name in ("X-SOCIALPROFILE", "SOCIALPROFILE"):
        links.extend(values.profile(entry.value) for entry in card.get(name, ()))
    return tuple(dict.fromkeys(filter(None, links)))


def _city(card: _Card) -> str:
    addresses = (values.fields(entry.value) for entry in card.get("ADR", ()))
    return _first(clean_line(address[_CITY]) for address in addresses if len(address) > _CITY)


def _birthday(card: _Card) -> tuple[Birthday | None, str | None]:
    """Return the birthday, and a sentence where the card has one that cannot be read."""
    note = None
    for entry in card.get("BDAY", ()):
        value = clean_line(values.text(entry.value))
        day = values.birthday(value, "".join(entry.params.get("X-APPLE-OMIT-YEAR", ())))
        if day is not None:
            return day, None
        if value:
            note = (
                f'line {entry.line}: "{value[:40]}" is no birthday that can be read: 1990-03-12 or --03-12 was expected'
            )
    return None, note


def _key(contact: Contact, uid: str) -> str:
    """Return the key that a second import finds this card by."""
    uid = re.sub(r"^urn:uuid:", "", uid, flags=re.IGNORECASE)
    name = name_key(contact.name) or contact.name
    if len(uid) >= _UNIQUE_UID_LENGTH:
        return f"vcard:{uid}"
    if uid:
        return f"vcard:{uid}:{name}"
    known = (
        sorted(map(email_key, contact.emails))
        or sorted(phone_key(phone) or phone for phone in contact.phones)
        or [contact.organisation, *contact.urls, str(contact.birthday or ""), contact.notes]
    )
    return f"vcard:{sha256('|'.join((name, *known)).encode()).hexdigest()[:24]}"
