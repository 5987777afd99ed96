"""The values of vCard properties: escapes, structured names and addresses, birthdays, time zones."""

import re
from zoneinfo import ZoneInfo

from vobject.icalendar import stringToTextValues
from vobject.vcard import splitFields

from relcraft.domain.errors import BadInput
from relcraft.domain.records import Birthday
from relcraft.domain.text import clean_line

_ESCAPE = re.compile(r'\\([\\;,:"nN])')
_DAY = re.compile(r"(?P<year>\d{4}|--)-?(?P<month>\d{2})-?(?P<day>\d{2})(?:[T ].*)?", re.DOTALL)
_NO_YEAR = 1604
"""The leap year that address books write for a birthday whose year nobody told."""


def text(value: str) -> str:
    """Return one text value, unescaped."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def escaped(words: str) -> str:
    """Return text as it stands in a card: what `text` reads back."""
    for sign in ("\\", ",", ";"):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def texts(value: str) -> list[str]:
    """Return the values of a list with commas between them, unescaped."""
    return [str(part) for part in stringToTextValues(_whole_escapes(value))]


def fields(value: str) -> list[str]:
    """Return the components of a structured value (a name, an address, an organisation), unescaped.

    The parts of a component that is itself a list have a space between them.
    """
    return [part if isinstance(part, str) else " ".join(part) for part in splitFields(_whole_escapes(value))]


def email(value: str) -> str:
    """Return an address without `mailto:`; empty where it is none."""
    address = re.sub(r"^mailto:", "", clean_line(text(value)), flags=re.IGNORECASE)
    return address if "@" in address else ""


def phone(value: str) -> str:
    """Return a number as people write it: of `tel:+49;ext=5`, "+49 ext. 5"."""
    number = clean_line(text(value))
    if number[:4].lower() == "tel:":
        number, _, extension = number[4:].partition(";ext=")
        return f"{number} ext. {extension}" if extension else number
    return number


def page(value: str) -> str:
    """Return a web address."""
    return clean_line(text(value))


def profile(value: str) -> str:
    """Return the page of a social profile; empty where it is a bare account name."""
    found = clean_line(text(value))
    return found if found.startswith(("http://", "https://")) else ""


def tag(word: str) -> str:
    """Return a category, unescaped, as a tag: without #, in one word."""
    return "-".join(clean_line(word).strip("#").split())


def birthday(value: str, omitted_year: str = "") -> Birthday | None:
    """Return the day of `1990-03-12`, `19900312`, `--0312` or `--03-12`, without times; None where it is none of these.

    `omitted_year` is the year that stands there for want of a year, if the card says so.
    """
    match = _DAY.fullmatch(value.strip())
    if match is None:
        return None
    year = None if match["year"] == "--" else int(match["year"])
    if year == _NO_YEAR or (year is not None and omitted_year.strip() == f"{year:04d}"):
        year = None
    try:
        return Birthday(int(match["month"]), int(match["day"]), year)
    except BadInput:
        return None


def time_zone(value: str) -> str:
    """Return `value` if it is the name of a time zone that this computer knows; else empty: an offset is no zone."""
    if "/" not in value:
        return ""
    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, LookupError):
        return ""


def _whole_escapes(value: str) -> str:
    """Return `value` with a lone backslash at its end doubled: vobject takes the end for an escaped sign."""
    lone = (len(value) - len(value.rstrip("\\"))) % 2
    return value + "\\" * lone
