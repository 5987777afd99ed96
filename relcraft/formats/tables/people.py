"""One record of a table as a contact.

The name is the whole one that the table has, else first, middle and last; where there is none, the organisation or the
nickname stands for it, as on a vCard, and at the very last the e-mail address, as programs write such a card. The
family before a comma ("Lovelace, Ada") is turned round. Of an address only the city has a field of ours: the notes keep
the rest, and what else is worth keeping.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from relcraft.domain.identity import email_key, name_key, phone_key
from relcraft.domain.incoming import Incoming, Row, Skipped
from relcraft.domain.records import Birthday, Contact
from relcraft.domain.text import clean, clean_line, fold
from relcraft.formats.cells import Record
from relcraft.formats.formulas import unguarded
from relcraft.formats.tables import days
from relcraft.formats.tables.fields import LEFT_OUT, address_of, is_plain_note, shown, squashed
from relcraft.formats.tables.guessing import Column

_ADDRESSES_APART = re.compile(r"[\s<>,;\"']+")
_MAILTO = re.compile(r"\bmailto:", re.IGNORECASE)
_APART = re.compile(r" ::: |[;\n]")
_TAGS_APART = re.compile(r" ::: |[,;\n]")
_PAIRED = re.compile(r"(.*\d)\s*-\s*(.+)")
_NOT_GIVEN = frozenset(
    (
        *("inc", "ltd", "llc", "llp", "plc", "gmbh", "ag", "kg", "se", "sa", "sarl", "srl", "bv"),
        *("jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "cpa", "mba"),
    )
)
"""What follows a comma and is no given name."""
_OF_EVERYBODY = frozenset({"mycontacts"})
"""Google's group of all contacts."""
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands, and which column says of what kind it is."""

    at: int
    kind_at: int | None
    header: str


class People:
    """Turns the records of one table into rows."""

    def __init__(self, columns: Sequence[Column], source: str, *, day_first: bool | None) -> None:
        """`source` begins the keys of the contacts."""
        self._source = source
        self._day_first = day_first
        self._width = len(columns)
        at_of = {fold(column.header): at for at, column in reversed(list(enumerate(columns)))}
        self._places: dict[str, list[_Place]] = {}
        for at, column in enumerate(columns):
            if column.field != LEFT_OUT:
                place = _Place(at, _kind_column(column.header, at_of), column.header)
                self._places.setdefault(column.field, []).append(place)

    def row(self, record: Record, where: str) -> Row:
        """Return the contact of one record, or why there is none."""
        if any(map(clean_line, record.cells[self._width :])):
            return Skipped(where, f"has {len(record.cells)} columns where the header has {self._width}")
        return _Person(self._places, record.cells, self._day_first).row(where, self._source)


def _kind_column(header: str, at_of: dict[str, int]) -> int | None:
    """Return where "E-mail 1 - Type" or "- Label" stands for the header "E-mail 1 - Value"; so of addresses."""
    paired = _PAIRED.fullmatch(header)
    if paired is None or not (fold(paired[2]) == "value" or fold(paired[1]).startswith("address")):
        return None
    found = (at_of.get(fold(f"{paired[1]} - {word}")) for word in ("Type", "Label"))
    return next((at for at in found if at is not None), None)


class _Person:
    """The values of one record, by field."""

    def __init__(self, places: dict[str, list[_Place]], cells: Sequence[str], day_first: bool | None) -> None:  # noqa: FBT001 - as `How` has it
        self._places = places
        self._cells = cells
        self._day_first = day_first
        self._told: list[str] = []
        self._kept: list[str] = []

    def row(self, where: str, source: str) -> Row:
        """Return the contact, or what is known of somebody without a name."""
        emails, phones = self._emails(), self._phones()
        name = self._name()
        organisation, nicknames = self._one("organisation"), self._several("nicknames")
        if not name:
            name = organisation or next(iter(nicknames), "")
            if not name and emails:
                name = emails[0]
                self._told.append("has no name: its e-mail address stands for it")
        if not name:
            known = "; ".join((*phones, *self._urls())[:2])
            also = f". What is known of it: {known}" if known else ""
            return Skipped(where, f"has no name: a name, an organisation or an e-mail address was expected{also}")
        contact = Contact(
            uid="",
            name=name,
            nicknames=tuple(word for word in nicknames if word != name),
            organisation=organisation,
            role=self._one("role"),
            emails=emails,
            phones=phones,
            urls=self._urls(),
            city=next((clean_line(value) for value, _place in self._values("city")), ""),
            birthday=self._birthday(),
            tags=self._tags(),
            met_how=self._one("met_how"),
            met_on=self._met_on(),
            can_offer=self._several("can_offer"),
            looking_for=self._several("looking_for"),
            notes=self._notes(),
        )
        introducer = self._one("introduced_by")
        return Incoming(
            replace(contact, sources=(_key(contact, source),)),
            where,
            tuple(self._told),
            Contact(uid="", name=introducer) if introducer else None,
        )

    def _values(self, field: str) -> Iterator[tuple[str, _Place]]:
        for place in self._places.get(field, ()):
            cell = self._cells[place.at] if place.at < len(self._cells) else ""
            if cell and (value := unguarded(clean(cell)).strip()):
                yield value, place

    def _one(self, field: str) -> str:
        """Return the first value; others that differ become notes."""
        found = [(clean_line(value), place) for value, place in self._values(field)]
        for value, place in found[1:]:
            if value not in (found[0][0], ""):
                self._keep(place, value)
        return found[0][0] if found else ""

    def _several(self, field: str) -> tuple[str, ...]:
        found = (clean_line(part) for value, _place in self._values(field) for part in _TAGS_APART.split(value))
        return tuple(dict.fromkeys(filter(None, found)))

    def _keep(self, place: _Place, value: str) -> None:
        self._kept.append(f"{self._kind(place).removeprefix('* ') or shown(place.header)}: {value}")

    def _kind(self, place: _Place) -> str:
        """Return what a value is called in the table: "* Home"; empty where it says nothing."""
        at = place.kind_at
        return "" if at is None or at >= len(self._cells) else clean_line(self._cells[at])

    def _preferred_first(self, field: str) -> list[tuple[str, _Place]]:
        """Return the values, that with a star ("* Home") before the others."""

        return sorted(self._values(field), key=lambda found: not self._kind(found[1]).startswith("* "))

    def _emails(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for value, _place in self._preferred_first("emails"):
            words = _ADDRESSES_APART.split(_MAILTO.sub("", value) if ":" in value else value)
            addresses = [word for word in words if word.count("@") == 1 and word.strip("@") == word]
            found.update(dict.fromkeys(addresses))
            if not addresses:
                self._told.append(f'"{clean_line(value)[:_LONGEST_SHOWN]}" is no e-mail address, and was left out')
        return tuple(found)

    def _phones(self) -> tuple[str, ...]:
        values = self._preferred_first("phones")
        found = (clean_line(part) for value, _place in values for part in _APART.split(value))
        return tuple(dict.fromkeys(filter(None, found)))

    def _urls(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for value, _place in self._preferred_first("urls"):
            parts = map(clean_line, _APART.split(value))
            found.update((part, None) for part in parts if "." in part and " " not in part)
        return tuple(found)

    def _name(self) -> str:
        first, middle, last = (self._joined(field) for field in ("first_name", "middle_name", "last_name"))
        parts = last if first and fold(last).startswith(fold(first) + " ") else clean_line(f"{first} {middle} {last}")
        whole = next((line for value, _place in self._values("name") if (line := clean_line(value))), "")
        if whole and parts and "," in whole and name_key(whole) == name_key(f"{last} {first}"):
            return clean_line(f"{first} {last}")
        if parts and whole.endswith(f" {parts}") and whole.removesuffix(parts).strip() in map(clean_line, self._cells):
            return parts  # what stands before it is "Dr.", in a column of its own
        return turned_round(whole) or parts

    def _joined(self, field: str) -> str:
        return " ".join(dict.fromkeys(clean_line(value) for value, _place in self._values(field)))

    def _tags(self) -> tuple[str, ...]:
        words = (clean_line(word).removeprefix("* ") for word in self._several("tags"))
        tags = ("-".join(word.strip("#").split()) for word in words if squashed(word) not in _OF_EVERYBODY)
        return tuple(dict.fromkeys(filter(None, tags)))

    def _birthday(self) -> Birthday | None:
        for value, _place in self._values("birthday"):
            day = days.day_of(clean_line(value), day_first=self._day_first)
            if day is not None:
                return self._certain(day)
        parts = (self._one(field) for field in ("birth_day", "birth_month", "birth_year"))
        return self._certain(days.parts_of(*parts))

    def _met_on(self) -> date | None:
        for value, _place in self._values("met_on"):
            day = self._certain(days.day_of(clean_line(value), day_first=self._day_first))
            if day is not None and day.year is not None:
                return days.whole_date(day)
        return None

    def _certain(self, day: Birthday | days.Unclear | None) -> Birthday | None:
        if isinstance(day, days.Unclear):
            self._told.append(day.why)
            return None
        return day

    def _notes(self) -> str:
        plain: list[str] = []
        for value, place in self._values("notes"):
            if is_plain_note(place.header):
                plain.append(value)
            else:
                self._keep(place, clean_line(value))
        self._kept.extend(self._addresses())
        self._kept.extend(
            f"{shown(place.header)}: {clean_line(value)}"
            for value, place in self._values("urls")
            if "." not in value or " " in clean_line(value)
        )
        return "\n\n".join(filter(None, (*plain, "\n".join(self._kept))))

    def _addresses(self) -> Iterator[str]:
        """Yield each address that is more than a city, on one line."""
        parts: dict[str, list[tuple[int, str]]] = {}
        written: dict[str, str] = {}
        kinds: dict[str, str] = {}
        for value, place in self._values("address"):
            key = address_of(place.header)
            kinds[key] = self._kind(place).removeprefix("* ")
            if squashed(place.header).endswith("formatted"):
                written[key] = ", ".join(filter(None, map(clean_line, value.split("\n"))))
            else:
                parts.setdefault(key, []).append((place.at, clean_line(value)))
        for number, (value, place) in enumerate(self._values("city")):
            key = address_of(place.header)
            if key in parts or (number and key not in written):
                kinds.setdefault(key, self._kind(place).removeprefix("* "))
                parts.setdefault(key, []).append((place.at, clean_line(value)))
        for key, kind in kinds.items():
            line = ", ".join(value for _at, value in sorted(parts.get(key, ()))) or written[key]
            yield f"{kind} address: {line}" if kind else f"{key}: {line}"


def turned_round(name: str) -> str:
    """Return "Ada Lovelace" for "Lovelace, Ada"; other names as they are ("Acme, Inc.", "King, Jr.")."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or not given or not family or "," in given or squashed(given) in _NOT_GIVEN:
        return name
    *before, last = family.split()
    if before and not all(word.islower() for word in before):
        return name
    return f"{given} {' '.join((*before, last))}"


def _key(contact: Contact, source: str) -> str:
    """Return the key that a later import finds this row by: the name, and the first address, or else what there is."""
    known: Iterable[str] = (
        [email_key(contact.emails[0])]
        if contact.emails
        else [phone_key(contact.phones[0]) or contact.phones[0]]
        if contact.phones
        else (contact.organisation, *contact.urls, str(contact.birthday or ""), contact.notes)
    )
    name = name_key(contact.name) or contact.name
    return f"{source}:{sha256('|'.join((name, *known)).encode()).hexdigest()[:24]}"
