"""Contacts as vCards: written new, in version 3.0 or 4.0, or into the card that they came from.

In a card from elsewhere only those properties are written whose value changed; what Relcraft does not know, and how
the others are written (groups, types, folds), stays byte for byte. The reader (`vcard`) reads back what stands here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from relcraft.domain.records import Birthday, Contact
from relcraft.domain.text import clean_line
from relcraft.formats import vcard_values as values
from relcraft.formats.vcard_lines import Card, Property, split_cards
from relcraft.formats.vcard_names import structured
from relcraft.formats.vcard_own import OWN_FIELDS, own_value
from relcraft.formats.vcard_sheet import Sheet

PRODUCT = "-//Relcraft//Relcraft//EN"
NO_YEAR = "1604"
_CITY = 3
_LISTED_PART = re.compile(r"(?:\\.|[^,\\])+", re.DOTALL)
_COMPONENT = re.compile(r"(?:^|(?<=;))(?:\\.|[^;\\])*", re.DOTALL)
_ADDRESS = ";;;{};;;"

Tidy = Callable[[str], str]


def lines_of(contact: Contact, version: str) -> tuple[str, ...]:
    """Return a contact as a new card of version "3.0" or "4.0": folded, without line ends and without REV."""
    head = ("BEGIN:VCARD", f"VERSION:{version}", f"PRODID:{PRODUCT}", f"UID:{values.escaped(uid_of(contact))}")
    unnamed = () if contact.name else ("FN:",)  # a card has a name, be it an empty one
    return rewritten((*head, *unnamed, "END:VCARD"), Contact(uid="", name=""), contact)


def uid_of(contact: Contact) -> str:
    """Return the UID of a contact's card: that of the card that it came from, else its own, on one line."""
    return card_uid(contact.vcard) or clean_line(contact.uid)


def card_uid(lines: Sequence[str]) -> str:
    """Return the UID that a card says, without `urn:uuid:`; empty where it has none."""
    if not lines:
        return ""
    found = (clean_line(values.text(entry.value)) for entry in Sheet(lines).of("UID"))
    return re.sub(r"^urn:uuid:", "", next(filter(None, found), ""), flags=re.IGNORECASE)


def export_vcards(contacts: Iterable[Contact], version: str) -> Iterator[bytes]:
    """Yield each contact's card as bytes, with CRLF at its line ends; `version` is "3.0" or "4.0".

    One that came from a card of this version keeps all that stood there beside what Relcraft knows.
    """
    from relcraft.formats.vcard import contact_of_lines  # noqa: PLC0415 - the reader is needed for these alone

    for contact in contacts:
        lines = lines_of(contact, version)
        if _is_one_card(contact.vcard) and Sheet(contact.vcard).version == version:
            before = contact_of_lines(contact.vcard)
            lines = lines if before is None else rewritten(contact.vcard, before, contact)
        yield "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


def _is_one_card(lines: Sequence[str]) -> bool:
    """Whether these are the lines of one card: a book that came from elsewhere may have hidden others in them."""
    found = list(split_cards("\n".join(lines).encode("utf-8", "surrogateescape"))) if lines else []
    return len(found) == 1 and isinstance(found[0], Card) and found[0].closed and len(found[0].lines) == len(lines)


def rewritten(original_lines: Sequence[str], before: Contact, after: Contact) -> tuple[str, ...]:
    """Return a card with what changed from `before`, which is what is read from it, to `after`.

    Each line of another property is as it was, and where it was. Where nothing changed, the whole card is.
    """
    sheet = Sheet(original_lines)
    for field, write in _WRITERS.items():
        if getattr(before, field) != getattr(after, field):
            write(sheet, before, after)
    for name, field in OWN_FIELDS.items():
        if own_value(before, field) != own_value(after, field):
            _put_single(sheet, name, own_value(after, field), next(sheet.of(name), None))
    return sheet.lines()


def _put_single(sheet: Sheet, name: str, value: str, entry: Property | None, *params: str) -> None:
    """Write a property of one value in the place of `entry`; an empty one goes."""
    if entry is None:
        if value:
            sheet.add(name, value, *params)
    elif value:
        sheet.replace(entry, value, *params)
    else:
        sheet.remove(entry)


def _first_said(sheet: Sheet, *names: str) -> Property | None:
    """Return the property that the reader takes a text of one line from."""
    return next((entry for entry in sheet.of(*names) if clean_line(values.text(entry.value))), None)


def _name(sheet: Sheet, _before: Contact, after: Contact) -> None:
    _put_single(sheet, "FN", values.escaped(after.name), _first_said(sheet, "FN"))
    entry = next(sheet.of("N"), None)
    _put_single(sheet, "N", structured(after.name, "" if entry is None else entry.value), entry)


def _keep_name(sheet: Sheet, before: Contact) -> None:
    """Say the name of a card that has none beside what changes now: a company's, a nickname."""
    if before.name and _first_said(sheet, "FN", "N") is None:
        sheet.add("FN", values.escaped(before.name))


def _one_line(field: str, *names: str) -> Callable[[Sheet, Contact, Contact], None]:
    """Return what writes a text of one line into the first of these properties that says something."""

    def write(sheet: Sheet, _before: Contact, after: Contact) -> None:
        _put_single(sheet, names[0], values.escaped(getattr(after, field)), _first_said(sheet, *names))

    return write


def _each_alone(field: str, *names: tuple[str, Tidy]) -> Callable[[Sheet, Contact, Contact], None]:
    """Return what writes a list of which each item is a property; what is new takes the place of what went."""

    def write(sheet: Sheet, before: Contact, after: Contact) -> None:
        was, now = getattr(before, field), getattr(after, field)
        gone = [item for item in was if item not in now]
        new = [item for item in now if item not in was]
        said = [(tidy(entry.value), entry) for name, tidy in names for entry in sheet.of(name)]
        for old, item in zip_longest(gone, new):
            entries = [entry for value, entry in said if value == old and old is not None]
            if item is not None and entries:
                sheet.replace(entries.pop(0), _in_line(names[0][0], item))
            elif item is not None:
                sheet.add(names[0][0], _in_line(names[0][0], item))
            for entry in entries:
                sheet.remove(entry)

    return write


def _in_line(name: str, item: str) -> str:
    """Return an item as it stands in its property: a link is no text, and its signs need no backslash."""
    return item.replace("\\", "\\\\").replace("\n", "\\n") if name == "URL" else values.escaped(item)


def _listed(field: str, name: str, tidy: Tidy) -> Callable[[Sheet, Contact, Contact], None]:
    """Return what writes a list that stands between commas in one property, or in several."""

    def write(sheet: Sheet, before: Contact, after: Contact) -> None:
        if name == "NICKNAME":
            _keep_name(sheet, before)
        was, now = getattr(before, field), getattr(after, field)
        gone = {item for item in was if item not in now}
        new = [values.escaped(item) for item in now if item not in was]
        entries = list(sheet.of(name))
        if not entries and new:
            sheet.add(name, ",".join(new))
        for entry in entries:
            parts = _LISTED_PART.findall(entry.value)
            kept = [part for part in parts if tidy(" ".join(values.texts(part))) not in gone]
            if entry is entries[-1]:
                kept += new
            if kept != parts:
                _put_single(sheet, name, ",".join(kept), entry)

    return write


def _organisation(sheet: Sheet, before: Contact, after: Contact) -> None:
    """Write the organisation; the departments after it stay, unless it goes."""
    _keep_name(sheet, before)
    for entry in sheet.of("ORG"):
        parts = values.fields(entry.value)
        at = next((at for at, part in enumerate(parts) if clean_line(part)), None)
        if at is not None:
            value = _with_component(entry.value, at, after.organisation) if after.organisation else ""
            _put_single(sheet, "ORG", value, entry)
            return
    _put_single(sheet, "ORG", values.escaped(after.organisation), None)


def _with_component(value: str, at: int, words: str) -> str:
    components = _COMPONENT.findall(value)
    components += [""] * (at + 1 - len(components))
    components[at] = values.escaped(words)
    return ";".join(components)


def _city(sheet: Sheet, _before: Contact, after: Contact) -> None:
    """Write the city into the address that it was read from, or an empty one; else it is an address by itself."""
    empty = None
    for entry in sheet.of("ADR"):
        parts = values.fields(entry.value)
        if len(parts) > _CITY and clean_line(parts[_CITY]):
            alone = not any(clean_line(part) for at, part in enumerate(parts) if at != _CITY)
            value = _with_component(entry.value, _CITY, after.city)
            _put_single(sheet, "ADR", "" if alone and not after.city else value, entry)
            return
        if empty is None and not any(map(clean_line, parts)):
            empty = entry
    if after.city:
        _put_single(sheet, "ADR", _ADDRESS.format(values.escaped(after.city)), empty)


def _birthday(sheet: Sheet, _before: Contact, after: Contact) -> None:
    entry = next((entry for entry in sheet.of("BDAY") if _day_of(entry) is not None), None)
    value, *params = _day_written(after.birthday, sheet.version)
    _put_single(sheet, "BDAY", value, entry, *params)


def _day_of(entry: Property) -> Birthday | None:
    omitted = "".join(entry.params.get("X-APPLE-OMIT-YEAR", ()))
    return values.birthday(clean_line(values.text(entry.value)), omitted)


def _day_written(day: Birthday | None, version: str) -> tuple[str, ...]:
    """Return the value of BDAY, and its parameters."""
    if day is None:
        return ("",)
    month_and_day = f"{day.month:02d}-{day.day:02d}"
    if version == "4.0":
        year = "--" if day.year is None else f"{day.year:04d}"
        return (year + month_and_day.replace("-", ""),)
    if day.year is None:
        return f"{NO_YEAR}-{month_and_day}", f"X-APPLE-OMIT-YEAR={NO_YEAR}"
    return (f"{day.year:04d}-{month_and_day}",)


def _time_zone(sheet: Sheet, _before: Contact, after: Contact) -> None:
    entry = next((entry for entry in sheet.of("TZ") if values.time_zone(clean_line(entry.value))), None)
    value = values.escaped(after.time_zone) if values.time_zone(after.time_zone) else ""
    _put_single(sheet, "TZ", value, entry, *(() if sheet.version == "4.0" else ("VALUE=text",)))


def _notes(sheet: Sheet, _before: Contact, after: Contact) -> None:
    """Write the notes, which are all that the card says as NOTE, into the first one."""
    found = [entry for entry in sheet.of("NOTE") if values.text(entry.value).strip()]
    _put_single(sheet, "NOTE", values.escaped(after.notes), next(iter(found), None))
    for entry in found[1:]:
        sheet.remove(entry)


_WRITERS: dict[str, Callable[[Sheet, Contact, Contact], None]] = {
    "name": _name,
    "sort_name": _one_line("sort_name", "SORT-STRING"),
    "nicknames": _listed("nicknames", "NICKNAME", clean_line),
    "organisation": _organisation,
    "role": _one_line("role", "TITLE", "ROLE"),
    "emails": _each_alone("emails", ("EMAIL", values.email)),
    "phones": _each_alone("phones", ("TEL", values.phone)),
    "urls": _each_alone(
        "urls", ("URL", values.page), ("X-SOCIALPROFILE", values.profile), ("SOCIALPROFILE", values.profile)
    ),
    "city": _city,
    "time_zone": _time_zone,
    "birthday": _birthday,
    "tags": _listed("tags", "CATEGORIES", values.tag),
    "notes": _notes,
}
CARD_FIELDS = tuple(_WRITERS)
"""The fields of a contact that vCard has a property for."""
