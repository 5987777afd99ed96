"""vCard 2.1, 3.0 and 4.0: each card of a file as a contact, its original lines beside it.

The name of a card is FN, else N, else (a company in the address book) ORG, else NICKNAME. A card with none of them
gives no contact, nor does a group.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from relcraft.domain.identity import email_key, name_key, phone_key
from relcraft.domain.incoming import USUAL, How, Incoming, Row, Skipped
from relcraft.domain.records import Birthday, Contact
from relcraft.domain.text import clean, clean_line, fold
from relcraft.formats import vcard_values as values
from relcraft.formats.decoding import narrow
from relcraft.formats.vcard_lines import Card, Property, Stray, original_lines, properties, split_cards

_FIRST_CARD = re.compile(rb"^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_BEGIN = re.compile(rb"BEGIN:VCARD", re.IGNORECASE)
_WANTED = frozenset(
    (
        *("FN", "N", "ORG", "NICKNAME", "TITLE", "ROLE", "EMAIL", "TEL", "URL", "X-SOCIALPROFILE", "SOCIALPROFILE"),
        *("ADR", "TZ", "CATEGORIES", "NOTE", "BDAY", "UID", "SORT-STRING", "KIND", "X-ADDRESSBOOKSERVER-KIND"),
    )
)
_UNIQUE_UID_LENGTH = 10
"""A shorter UID (357, contact1) is unique in one program alone: then the name belongs to the key."""
_CITY = 3
"""Where the city stands among an address's components."""
_LEAST_PREFERRED = 101

_Card = dict[str, list[Property]]
"""The wanted properties of one card by name, the preferred first."""


class VCard:
    """Reads the cards of phones, mailers and address servers."""

    name = "vcard"
    title = "vCard address book (.vcf)"

    def recognises(self, head: bytes) -> bool:
        """Whether a card begins here."""
        return _FIRST_CARD.search(narrow(head).replace(b"\r", b"\n")) is not None

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
                yield _row(found, where)
        if empty:
            yield Skipped(file_name, "holds no card: BEGIN:VCARD was expected")


def _row(card: Card, where: str) -> Row:
    found, unreadable = properties(card, _WANTED)
    by_name: _Card = {}
    for entry in sorted(found, key=_preference):
        by_name.setdefault(entry.name, []).append(entry)
    notes = _unread(unreadable)
    if not card.closed:
        notes.append("END:VCARD is missing: what stands before the next card, or the end, was read")
    if fold(_first_line(by_name, "KIND", "X-ADDRESSBOOKSERVER-KIND")) == "group":
        return Skipped(where, "is a group, not a person")
    emails, phones = _lines(by_name, "EMAIL", _email), _lines(by_name, "TEL", _phone)
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
        tags=tuple(
            tag for tag in ("-".join(word.strip("#").split()) for word in _listed(by_name, "CATEGORIES")) if tag
        ),
        notes="\n\n".join(filter(None, (clean(values.text(entry.value)).strip() for entry in by_name.get("NOTE", ())))),
        vcard=tuple(map(clean, original_lines(card))),
    )
    contact = replace(contact, sources=(_key(contact, _first_line(by_name, "UID")),))
    return Incoming(contact, where, tuple(notes if note is None else [*notes, note]))


def _unread(lines: list[int]) -> list[str]:
    """Return one sentence about the lines of a card that are no properties, however many."""
    if not lines:
        return []
    others = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    return [f"line {lines[0]}{others} could not be read as part of a vCard; the original lines keep it"]


def _preference(entry: Property) -> int:
    """Return 1 for the most preferred: PREF=1 in 4.0, TYPE=PREF in 3.0, PREF in 2.1."""
    if "pref" in map(fold, entry.params.get("TYPE", ())):
        return 1
    rank = "".join(entry.params.get("PREF", ())[:1])
    return int(rank) if rank.isascii() and rank.isdecimal() and len(rank) < 4 else _LEAST_PREFERRED


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


def _email(value: str) -> str:
    address = re.sub(r"^mailto:", "", clean_line(values.text(value)), flags=re.IGNORECASE)
    return address if "@" in address else ""


def _phone(value: str) -> str:
    number = clean_line(values.text(value))
    if number[:4].lower() == "tel:":
        number, _, extension = number[4:].partition(";ext=")
        return f"{number} ext. {extension}" if extension else number
    return number


def _links(card: _Card) -> tuple[str, ...]:
    """Return web addresses and the pages of social profiles, not bare account names."""
    links = [clean_line(values.text(entry.value)) for entry in card.get("URL", ())]
    for name in ("X-SOCIALPROFILE", "SOCIALPROFILE"):
        profiles = (clean_line(values.text(entry.value)) for entry in card.get(name, ()))
        links.extend(profile for profile in profiles if profile.startswith(("http://", "https://")))
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
