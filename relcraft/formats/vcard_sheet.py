"""The lines of one card while some of its properties are written anew; all others stay byte for byte, in place."""

import binascii
from collections.abc import Iterator, Sequence

from relcraft.formats.vcard_lines import Card, Property, head_parts, properties

_OCTETS = 75
_LABELS = frozenset({"X-ABLABEL", "X-ABADR"})
"""What Apple writes beside a property of the same group: it says nothing by itself."""
_OF_THE_VALUE = ("ENCODING=", "CHARSET=", "VALUE=", "X-APPLE-OMIT-YEAR=")
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64"})
"""Parameters that say how the old value was written."""


class Sheet:
    """A card to be edited. Lines are text; bytes that are no UTF-8 are in it as lone surrogates."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = list(lines)
        encoded = tuple(line.encode("utf-8", "surrogateescape") for line in lines)
        closed = bool(encoded) and encoded[-1].strip().upper().replace(b" ", b"") == b"END:VCARD"
        found, _unreadable = properties(Card(1, encoded, closed))
        self._all = found
        self._found = sorted(found, key=lambda entry: entry.preference)
        self._instead: dict[int, tuple[str, ...]] = {}
        self._added: list[str] = []
        self._end = len(lines) - closed
        self.version = next((entry.value.strip() for entry in found if entry.name == "VERSION"), "2.1")

    def of(self, *names: str) -> Iterator[Property]:
        """Yield the properties of these names that are not removed: name by name, the preferred first."""
        for name in names:
            yield from (entry for entry in self._found if entry.name == name and self._instead.get(entry.line) != ())

    def replace(self, entry: Property, value: str, *params: str) -> None:
        """Write another value: group and parameters stay, but for those that say how the old one was written."""
        name, *others = head_parts(entry.head)
        kept = [part for part in others if not _says_how(part)]
        self._put(entry, self._written(";".join((name, *kept, *params)), value))

    def add(self, name: str, value: str, *params: str) -> None:
        """Write one more property, at the end of the card."""
        self._added.extend(self._written(";".join((name, *params)), value))

    def remove(self, entry: Property) -> None:
        """Take a property out, and the label that stood beside it alone."""
        self._put(entry, ())
        group = _group(entry)
        if not group:
            return
        members = [each for each in self._all if _group(each) == group and self._instead.get(each.line) != ()]
        if all(each.name in _LABELS for each in members):
            for each in members:
                self._put(each, ())

    def lines(self) -> tuple[str, ...]:
        """Return the card as it is now."""
        written: list[str] = []
        for number, line in enumerate(self._lines, start=1):
            if number - 1 == self._end:
                written.extend(self._added)
            if number in self._instead:
                written.extend(self._instead[number])
            else:
                written.append(line)
        return tuple(written if self._end < len(self._lines) else [*written, *self._added])

    def _put(self, entry: Property, lines: tuple[str, ...]) -> None:
        for number in range(entry.line, entry.until + 1):
            self._instead[number] = ()
        self._instead[entry.line] = lines

    def _written(self, head: str, value: str) -> tuple[str, ...]:
        if self.version == "2.1" and not (value.isascii() and "\\n" not in value):
            return _quoted(head, value)
        return folded(f"{head}:{value}")


def folded(line: str) -> tuple[str, ...]:
    """Return a line in pieces of at most 75 octets, none of which ends within a letter."""
    pieces: list[str] = []
    piece, octets = "", 0
    for char in line:
        size = len(char.encode("utf-8", "surrogateescape"))
        if octets + size > _OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += char
        octets += size
    return (*pieces, piece)


def _quoted(head: str, value: str) -> tuple[str, ...]:
    """Return a property as 2.1 has it where it is not plain ASCII on one line."""
    text = value.replace("\\n", "\r\n").replace("\\,", ",")
    encoded = binascii.b2a_qp(text.encode("utf-8", "surrogateescape"), istext=False).decode("ascii")
    return tuple(f"{head};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{encoded}".split("\n"))


def _group(entry: Property) -> str:
    return head_parts(entry.head)[0].rpartition(".")[0].strip().upper()


def _says_how(part: str) -> bool:
    """Whether a parameter says how a value is written."""
    return part.strip().upper().startswith(_OF_THE_VALUE) or part.strip().upper() in _ENCODINGS
