"""LDIF: the address books of Thunderbird and of LDAP servers, an entry a person.

One record is one entry. Groups, parts of an organisation and changes of a directory (but not `changetype: add`, which
is a whole entry) are no people. Read by a small module of our own: the kept library (`ldif` 4.3) stops at the first
line that it cannot read, tells no line of an entry, and takes quadratic time for a long value on many lines.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from relcraft.domain.incoming import USUAL, How, Incoming, Row, Skipped
from relcraft.domain.text import clean_line
from relcraft.formats.cells import Record, lined
from relcraft.formats.decoding import decode_text, narrow
from relcraft.formats.tables.guessing import Column
from relcraft.formats.tables.people import People

_FIELDS = {
    "name": "displayname cn commonname",
    "first_name": "givenname gn",
    "last_name": "sn surname",
    "nicknames": "mozillanickname xmozillanickname",
    "emails": "mail email rfc822mailbox mozillasecondemail xmozillasecondemail othermailbox",
    "phones": "telephonenumber homephone homephonenumber mobile mobiletelephonenumber cellphone carphone pager "
    "pagerphone pagertelephonenumber facsimiletelephonenumber fax otherphone othertelephone companyphone",
    "organisation": "o organizationname company",
    "role": "title",
    "city": "l locality localityname mozillahomelocalityname",
    "address": "street streetaddress postofficebox mozillaworkstreet2 postaladdress mozillapostaladdress2 st "
    "stateorprovincename region postalcode zip c co countryname mozillahomestreet mozillahomestreet2 homepostaladdress "
    "mozillahomepostaladdress2 mozillahomestate mozillahomepostalcode mozillahomecountryname",
    "urls": "mozillaworkurl workurl mozillahomeurl homeurl labeleduri url",
    "birth_day": "birthday",
    "birth_month": "birthmonth",
    "birth_year": "birthyear",
    "birthday": "dateofbirth birthdate",
    "notes": "description notes comment info ou department departmentnumber orgunit custom1 custom2 custom3 custom4 "
    "mozillacustom1 mozillacustom2 mozillacustom3 mozillacustom4 nsaimid nscpaimscreenname",
}
_FIELD_OF = {attribute: field for field, attributes in _FIELDS.items() for attribute in attributes.split()}
_LABELS = {
    "ou": "Department",
    "department": "Department",
    "departmentnumber": "Department",
    "orgunit": "Department",
    "nsaimid": "Screen name",
    "nscpaimscreenname": "Screen name",
    **{f"{begin}custom{number}": f"Custom {number}" for begin in ("", "mozilla") for number in range(1, 5)},
}
_PEOPLE = frozenset(
    (
        *("person", "organizationalperson", "inetorgperson", "mozillaabpersonalpha", "mozillaorgperson", "contact"),
        *("user", "evolutionperson", "newpilotperson", "pilotperson", "residentialperson", "posixaccount"),
    )
)
_LISTS = frozenset({"groupofnames", "groupofuniquenames", "mailinglist", "group", "posixgroup"})
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]*|[0-9][0-9.]*)((?:;[A-Za-z0-9-]+)*):([:<]?)[ ]*(.*)", re.DOTALL)
_BEGIN = re.compile(rb"^dn:", re.MULTILINE | re.IGNORECASE)
_HEAD_LINES = 60
_LONGEST_SHOWN = 40


@dataclass(slots=True)
class _Entry:
    """The lines of one entry, without folds and comments."""

    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)


class Ldif:
    """Reads address books of directories."""

    name = "ldif"
    title = "LDIF address book (Thunderbird, LDAP)"

    def recognises(self, head: bytes) -> bool:
        """Whether the first line that is no comment begins an entry, or tells the version before one."""
        comment = False
        for number, line in enumerate(StringIO(lined(narrow(head[:8192]).decode("latin-1")), newline="\n")):
            comment = line.startswith("#") or (comment and line.startswith(" "))
            if line.strip() and not comment and not re.match(r"version:\s*\d", line):
                return re.match(r"dn:{1,2} ?\S*[ =\w]", line, re.IGNORECASE) is not None
            if number > _HEAD_LINES:
                break
        return False

    def expected_rows(self, data: bytes) -> int:
        """About how many rows `read` yields: one an entry."""
        return len(_BEGIN.findall(data))

    def read(self, data: bytes, file_name: str, how: How = USUAL) -> Iterator[Row]:
        """Yield the person of each entry; lists, changes and what is no person are skipped, with line and reason."""
        empty = True
        for entry in _entries(lined(decode_text(data))):
            row = _row(entry, f"{file_name}, line {entry.line}", how)
            empty = False
            yield row
        if empty:
            yield Skipped(file_name, "holds no entry: a line that begins with dn: was expected")


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the entries, which blank lines part; the line that tells the version is none."""
    entry: _Entry | None = None
    parts: list[str] = []
    begun = 0

    def close_line() -> None:
        if parts and entry is not None and not parts[0].startswith("#"):
            entry.lines.append((begun, "".join(parts)))
        parts.clear()

    for number, raw in enumerate(StringIO(text, newline="\n"), start=1):
        line = raw.removesuffix("\n")
        if line.startswith(" ") and parts:
            parts.append(line[1:])
            continue
        close_line()
        if line.strip():
            entry = entry or _Entry(number)
            parts.append(line)
            begun = number
        elif entry is not None:
            yield from _told(entry)
            entry = None
    close_line()
    if entry is not None:
        yield from _told(entry)


def _told(entry: _Entry) -> Iterator[_Entry]:
    """Yield the entry where it says anything but the version of the format."""
    if entry.lines and re.match(r"version:\s*\d", entry.lines[0][1]):
        del entry.lines[0]
    if entry.lines:
        entry.line = entry.lines[0][0]
        yield entry


def _row(entry: _Entry, where: str, how: How) -> Row:
    values: list[tuple[str, str]] = []
    told: list[str] = []
    for number, line in entry.lines:
        match = _LINE.fullmatch(line)
        if match is None:
            if line != "-":
                told.append(f"line {number} could not be read: an attribute and a colon were expected")
            continue
        name, value = match[1].lower(), match[4]
        if match[3] == ":":
            decoded = _decoded(value) if name in _FIELD_OF or name in ("objectclass", "changetype", "dn") else ""
            if decoded is None:
                told.append(f"line {number}: the value of {name} is no base64, and was left out")
            value = decoded or ""
        elif match[3] == "<":
            value = ""  # a file or a page elsewhere, which an import opens never
        values.append((name, value.strip()))
    why = _no_person(values)
    if why:
        return Skipped(where, why)
    return _person(values, told, where, how)


def _decoded(value: str) -> str | None:
    try:
        return decode_text(b64decode("".join(value.split()), validate=True))
    except (binascii.Error, ValueError):
        return None


def _no_person(values: list[tuple[str, str]]) -> str:
    """Return why an entry is no person; empty where it is one."""
    if not any(name == "dn" for name, _value in values):
        return "does not say whose entry it is: a line that begins with dn: was expected"
    change = next((clean_line(value).lower() for name, value in values if name == "changetype"), "add")
    if change != "add":
        return f"is a change of a directory (changetype: {change[:_LONGEST_SHOWN]}), not a person"
    classes = {value.lower() for name, value in values if name == "objectclass"} - {"top", ""}
    if classes & _LISTS:
        return "is a list of people, not a person"
    if classes and not classes & _PEOPLE:
        return f"is no person (objectclass: {clean_line(min(classes))[:_LONGEST_SHOWN]})"
    return ""


def _person(values: list[tuple[str, str]], told: list[str], where: str, how: How) -> Row:
    known = [(name, value) for name, value in values if name in _FIELD_OF]
    known.sort(key=lambda each: each[0] != "displayname")  # the name as people read it comes before cn
    columns = tuple(Column(_label(name), _FIELD_OF[name]) for name, _value in known)
    cells = [value.replace("$", ", ") if "postaladdress" in name else value for name, value in known]
    row = People(columns, "ldif", day_first=how.day_first).row(Record(0, cells), where)
    if isinstance(row, Incoming) and told:
        return Incoming(row.contact, row.where, (*told, *row.notes), row.introducer)
    return row


def _label(attribute: str) -> str:
    """Return an attribute as the header of a column: what is not the home's is the work's, as Thunderbird has it."""
    if _FIELD_OF[attribute] in ("address", "city") and "home" not in attribute:
        return f"Work {attribute}"
    return _LABELS.get(attribute, attribute)
