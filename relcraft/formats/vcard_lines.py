"""A vCard file as cards, and a card as properties: folding, soft line breaks, character sets and quoting undone.

vobject reads the structured values (`vcard_values`). Its reader of lines is not used: it wants text where a card may
change its character set from line to line, and on one hostile line of forty commas it takes hours.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from relcraft.domain.text import fold
from relcraft.formats.decoding import decode_as, known_charset

_LINE_END = re.compile(rb"\r\n|\n|\r")
_BEGIN = re.compile(rb"BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(rb"END\s*:\s*VCARD\s*", re.IGNORECASE)
_AGENT = re.compile(rb"(?:[\w-]+\.)?AGENT[^:]*:\s*", re.IGNORECASE)
_PROPERTY = re.compile(rb"[\w.-]+[ \t]*[:;]")
_CHARSET = re.compile(rb"CHARSET=\"?([\w.:-]+)", re.IGNORECASE)
_UNFOLD = re.compile(rb"\n[ \t]")
_HEAD_PARTS = re.compile(r'(?:[^;"]|"[^"]*"?)+')
_VALUES = re.compile(r'"([^"]*)"?|([^,]+)')
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_LEAST_PREFERRED = 101


@dataclass(frozen=True, slots=True)
class Card:
    """One card, as its bytes were."""

    line: int
    """Of its BEGIN, counted from 1."""
    lines: tuple[bytes, ...]
    """BEGIN and END with it, without line ends."""
    closed: bool
    """Whether there was an END."""


@dataclass(frozen=True, slots=True)
class Stray:
    """Text between the cards."""

    line: int


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a card, decoded, its backslashes as they were."""

    name: str
    """In capitals, without the group."""
    params: dict[str, tuple[str, ...]]
    """By name in capitals; what stands alone, as 2.1 has it, is under TYPE."""
    value: str
    line: int
    """Counted from 1, in the file."""
    until: int = 0
    """The last of its lines: it may be folded."""
    head: str = ""
    """Group, name and parameters, as they are written."""

    @property
    def preference(self) -> int:
        """1 for the most preferred: PREF=1 in 4.0, TYPE=PREF in 3.0, PREF in 2.1."""
        if "pref" in map(fold, self.params.get("TYPE", ())):
            return 1
        rank = "".join(self.params.get("PREF", ())[:1])
        return int(rank) if rank.isascii() and rank.isdecimal() and len(rank) < 4 else _LEAST_PREFERRED


@dataclass(slots=True)
class _Logical:
    """A property's bytes while its physical lines are gathered."""

    line: int
    head: bytes
    chunks: list[bytes] = field(default_factory=list)
    until: int = 0

    @property
    def quoted_printable(self) -> bool:
        return b"QUOTED-PRINTABLE" in self.head.upper()

    @property
    def base64(self) -> bool:
        head = self.head.upper()
        return b"BASE64" in head or b"ENCODING=B" in head or head.endswith(b";B")


def split_cards(data: bytes) -> Iterator[Card | Stray]:
    """Yield each card of a file, and where text lies between cards. One that never ends, ends where the next begins."""
    gathered: list[bytes] = []
    start, depth, stray = 0, 0, False
    for number, line in enumerate(_LINE_END.split(data), start=1):
        if depth == 0:
            if _BEGIN.fullmatch(line.strip()):
                gathered, start, depth, stray = [line], number, 1, False
            elif line.strip() and not stray:
                stray = True
                yield Stray(number)
            continue
        if _BEGIN.fullmatch(line):
            if not _AGENT.fullmatch(gathered[-1]):
                yield Card(start, tuple(gathered), closed=False)
                gathered, start, depth = [line], number, 1
                continue
            depth += 1
        elif _END.fullmatch(line):
            depth -= 1
        gathered.append(line)
        if depth == 0:
            yield Card(start, tuple(gathered), closed=True)
    if depth:
        yield Card(start, tuple(gathered), closed=False)


def original_lines(card: Card) -> tuple[str, ...]:
    """Return the card's lines as text, folded as they were; unfolded only where a fold cuts a letter in two."""
    whole = b"\n".join(card.lines).rstrip(b"\n")
    for candidate in (whole, _UNFOLD.sub(b"", whole)):
        try:
            return tuple(candidate.decode("utf-8").split("\n"))
        except UnicodeDecodeError:
            continue
    hint = _charset_hint(whole)
    return tuple(decode_as(line, (_own_charset(line), *hint)) for line in whole.split(b"\n"))


def properties(card: Card, wanted: frozenset[str] | None = None) -> tuple[list[Property], list[int]]:
    """Return the card's properties whose names are `wanted` (None: all), and the lines of it that are none.

    What lies in a card within the card (its agent) is not this person's.
    """
    hint = _charset_hint(b"\n".join(card.lines))
    found: list[Property] = []
    unreadable: list[int] = []
    for logical in _logical_lines(card):
        if not logical.head:
            unreadable.append(logical.line)
            continue
        head = logical.head.decode("utf-8", "replace")
        name, params = _read_head(head)
        if wanted is None or name in wanted:
            value = _value(logical, params, hint)
            found.append(Property(name, params, value, logical.line, logical.until, head))
    return found, unreadable


def _logical_lines(card: Card) -> Iterator[_Logical]:
    """Yield the properties between BEGIN and END; one without a head is a line that is no property."""
    current: _Logical | None = None
    depth = 0
    for number, line in enumerate(card.lines[1 : len(card.lines) - card.closed], start=card.line + 1):
        if depth or _BEGIN.fullmatch(line):
            depth += bool(_BEGIN.fullmatch(line)) - bool(_END.fullmatch(line))
        elif not line.strip():
            continue
        elif current is not None and _continue(current, line):
            current.until = number
        else:
            if current is not None:
                yield current
            current = _begin(line, number)
            if current is None and not line.startswith(b"#"):
                yield _Logical(number, b"")
    if current is not None:
        yield current


def _begin(line: bytes, number: int) -> _Logical | None:
    """Return a property that begins with `line`; None where that is none."""
    colon = _colon(line)
    if colon < 1 or not _PROPERTY.match(line):
        return None
    return _Logical(number, line[:colon], [line[colon + 1 :]], number)


def _colon(line: bytes) -> int:
    """Return where the value's colon stands, outside quotation marks if that can be; -1 where there is none."""
    quoted = False
    for position, char in enumerate(line):
        if char == 0x22:
            quoted = not quoted
        elif char == 0x3A and not quoted:
            return position
    return line.find(b":")


def _continue(current: _Logical, line: bytes) -> bool:
    """Add `line` to the property before it, where it belongs there."""
    last = current.chunks[-1]
    if current.quoted_printable and last.endswith(b"="):
        current.chunks[-1] = last[:-1]
        current.chunks.append(line)
    elif line[:1] in (b" ", b"\t"):
        current.chunks.append(line[1:])
    elif current.base64 and b":" not in line:
        current.chunks.append(line)
    elif _ends_in_one_backslash(last) and not _PROPERTY.match(line):
        current.chunks.append(b"n" + line)
    else:
        return False
    return True


def _ends_in_one_backslash(text: bytes) -> bool:
    return (len(text) - len(text.rstrip(b"\\"))) % 2 == 1


def head_parts(head: str) -> list[str]:
    """Return a property's name with its group, and each of its parameters, as they are written."""
    return _HEAD_PARTS.findall(head)


def _read_head(head: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    parts = head_parts(head)
    params: dict[str, tuple[str, ...]] = {}
    for part in parts[1:]:
        key, equals, text = part.partition("=")
        key = key.strip().upper()
        if not equals:
            key, text = ("ENCODING" if key in _ENCODINGS else "TYPE"), part
        values = tuple((quoted or bare).strip() for quoted, bare in _VALUES.findall(text))
        params[key] = params.get(key, ()) + values
    return parts[0].rpartition(".")[2].strip().upper(), params


def _value(logical: _Logical, params: dict[str, tuple[str, ...]], hint: tuple[str, ...]) -> str:
    raw = b"".join(logical.chunks)
    if logical.quoted_printable:
        raw = quopri.decodestring(raw)
    return decode_as(raw, (*params.get("CHARSET", ())[:1], "utf-8", *hint))


def _charset_hint(data: bytes) -> tuple[str, ...]:
    """Return the character sets that a card names anywhere: its unmarked lines are likely in the same."""
    names = dict.fromkeys(match.decode("ascii", "replace") for match in _CHARSET.findall(data)[:8])
    return tuple(name for name in names if known_charset(name))


def _own_charset(line: bytes) -> str:
    match = _CHARSET.search(line.partition(b":")[0])
    return match[1].decode("ascii", "replace") if match else "utf-8"
