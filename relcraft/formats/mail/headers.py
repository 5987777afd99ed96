"""The head of a message: its headers as text, its addresses, and when it was written. What stands below is not read."""

import re
from base64 import b64decode
from binascii import Error as NoBase64
from dataclasses import dataclass
from datetime import datetime
from email import utils
from email.quoprimime import header_decode
from functools import partial

from relcraft.domain.identity import email_key
from relcraft.domain.text import clean_line
from relcraft.formats.decoding import decode_as

MOST_HEAD_BYTES = 256 * 1024
"""A longer head is read that far."""
_MOST_VALUE_BYTES = 16 * 1024
"""A longer header is cut: so many people are a broadcast, and so long a subject is none."""
_MOST_SAME = 30
_MOST_NAME = 120
_NAMES = (
    *("from", "to", "cc", "bcc", "date", "subject", "received", "content-length"),
    *("delivered-to", "x-original-to", "x-delivered-to", "envelope-to"),
    *("list-id", "list-unsubscribe", "list-post", "mailing-list", "x-mailing-list", "precedence", "feedback-id"),
    *("auto-submitted", "x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-gmail-labels"),
    *("x-spam-flag", "x-spam-status", "status", "x-status", "x-unsent"),
    *("x-mozilla-status2", "x-mozilla-status", "x-mozilla-draft-info"),
)
_WANTED = re.compile(
    rb"^(" + "|".join(_NAMES).encode() + rb")[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)",
    re.IGNORECASE | re.MULTILINE,
)
_ANY = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
_BLANK = re.compile(rb"\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_WORDS = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?\r\n]*\?=(?:\s*=\?[^?\s]{1,60}\?[bBqQ]\?[^?\r\n]*\?=)*")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=")
_ADDRESS = re.compile(r"[^\s<>@,;:\"()\[\]\\]+@[^\s<>@,;:\"()\[\]\\]+")
_PLAIN = re.compile(r"\s*(?:([^<>@,]*)<([^<>@\s,]+@[^<>@\s,]+)>|([^<>@\s,]+@[^<>@\s,]+))\s*")
_EARLIEST = 1971
"""Before it nobody wrote mail: a clock that was never set."""
_WRONG_CLOCK_DAYS = 2

# Older patch releases of Python know no strict reading; what they do is what the others do when they are not strict.
_addresses_of = (
    partial(utils.getaddresses, strict=False)
    if getattr(utils, "supports_strict_parsing", False)
    else utils.getaddresses
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """One address of a message, with the name beside it."""

    address: str
    name: str = ""

    @property
    def key(self) -> str:
        """The address for comparing."""
        return email_key(self.address)


class Head:
    """The headers of one message that tell who wrote to whom, when, and whether a person did."""

    def __init__(self, block: bytes) -> None:
        self._values: dict[str, list[str]] = {}
        for match in _WANTED.finditer(block[:MOST_HEAD_BYTES]):
            values = self._values.setdefault(match[1].decode().lower(), [])
            if len(values) < _MOST_SAME:
                values.append(_FOLD.sub(" ", _text(match[2][:_MOST_VALUE_BYTES])).strip())

    def first(self, name: str) -> str:
        """Return the first header of that name as it stands, unfolded; empty where there is none."""
        values = self._values.get(name)
        return values[0] if values else ""

    def has(self, name: str) -> bool:
        """Whether there is such a header with something in it."""
        return bool(self.first(name))

    def people(self, *names: str) -> tuple[Somebody, ...]:
        """Return who stands in the headers of these names, each address once, in their order."""
        found: dict[str, Somebody] = {}
        values = (value for name in names for value in self._values.get(name, ()))
        for name, address in (each for value in values for each in _addresses_in(value)):
            if _ADDRESS.fullmatch(address) and len(address) <= 320:
                each = Somebody(clean_line(address), _person(name, address))
                known = found.get(each.key)
                if known is None or (each.name and not known.name):
                    found[each.key] = each
        return tuple(found.values())

    def subject(self) -> str:
        """Return the subject, decoded, on one line."""
        return clean_line(decoded(self.first("subject")))

    def written(self) -> datetime | None:
        """Return when it was written, on the clock of who wrote it; None where that is not said.

        Where that is no date, or days after it arrived, when it arrived: nothing arrives before it is written.
        """
        said = next(filter(None, map(_moment, self._values.get("date", ()))), None)
        received = (value.rpartition(";")[2] for value in self._values.get("received", ()))
        arrived = next(filter(None, map(_moment, received)), None)
        wrong = said is None or (arrived is not None and (said - arrived).days >= _WRONG_CLOCK_DAYS)
        return arrived if wrong else said


def head_of(data: bytes, start: int = 0, end: int | None = None) -> tuple[bytes, int]:
    """Return the bytes of the headers that begin at `start`, and where they end: at the first blank line."""
    limit = len(data) if end is None else end
    blank = _BLANK.search(data, start, min(limit, start + MOST_HEAD_BYTES))
    stop = blank.start() + 1 if blank else min(limit, start + MOST_HEAD_BYTES)
    return data[start:stop], stop


def header_names(block: bytes) -> list[str]:
    """Return the names of the first headers, small; empty where the first line is none."""
    names: list[str] = []
    for line in block.split(b"\n", 60)[:60]:
        if line[:1] in (b" ", b"\t") and names:
            continue
        match = _ANY.match(line)
        if match is None:
            break
        names.append(match[1].decode("ascii").lower())
    return names


def decoded(value: str) -> str:
    """Return a header with its encoded words (RFC 2047) as text; what cannot be decoded stays as it is."""
    return _WORDS.sub(_words, value) if "=?" in value else value


def _addresses_in(value: str) -> list[tuple[str, str]]:
    """Return the names and addresses of one header."""
    if not any(sign in value for sign in '"(;:\\='):  # most are so plain that they need no parser
        plain = [_PLAIN.fullmatch(part) for part in value.split(",")]
        if all(plain):
            return [(match[1] or "", match[2] or match[3]) for match in plain if match]
    try:
        return _addresses_of([_named(value)])
    except (RecursionError, ValueError, IndexError, TypeError):  # brackets in brackets without end, and the like
        return [("", found) for found in _ADDRESS.findall(value)]


def _named(value: str) -> str:
    """Return addresses with their encoded names decoded and in quotation marks: a comma in a name separates nobody."""
    if "=?" not in value:
        return value

    def quoted(run: re.Match[str]) -> str:
        plain = re.sub(r'[\\"\s]+', " ", _words(run))
        return plain if value.count('"', 0, run.start()) % 2 else f'"{plain}"'

    return _WORDS.sub(quoted, value)


def _words(run: re.Match[str]) -> str:
    """Decode a run of encoded words: neighbours of one charset are joined first, for some cut letters in two."""
    pieces: list[tuple[str, bytes]] = []
    for charset, way, content in _WORD.findall(run[0]):
        name = charset.partition("*")[0].lower()
        try:
            data = _unwrapped(way, content)
        except (NoBase64, ValueError):
            return run[0]
        if pieces and pieces[-1][0] == name:
            data = pieces.pop()[1] + data
        pieces.append((name, data))
    return "".join(decode_as(data, (name,)) for name, data in pieces)


def _unwrapped(way: str, content: str) -> bytes:
    if way in "bB":
        plain = content.encode("ascii").strip()
        return b64decode(plain + b"=" * (-len(plain) % 4))
    return header_decode(content).encode("latin-1")


def _text(data: bytes) -> str:
    return data.decode() if data.isascii() else decode_as(data, ())


def _person(name: str, address: str) -> str:
    """Return the name beside an address as people write it; empty where it says no more than the address."""
    plain = clean_line(name).strip("'\" ")[:_MOST_NAME]
    if "@" in plain or plain.lower() == address.lower():
        return ""
    family, comma, given = plain.partition(",")
    if comma and "," not in given and " " not in family.strip() and given.strip():
        return f"{given.strip()} {family.strip()}"
    return plain


def _moment(value: str) -> datetime | None:
    """Return a date as it stands on the clock of who wrote it, without a zone."""
    try:
        read = utils.parsedate_tz(value[:200])
        if read is None or read[0] < _EARLIEST:
            return None
        return datetime(*read[:5])  # noqa: DTZ001 - what the clock of who wrote it showed
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
