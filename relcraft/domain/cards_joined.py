"""The original lines of two cards of one person as one card: what no field of ours holds is kept from both.

A photo, a second way to write to somebody, what other programs note. Lines that fields hold are left to the fields.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from relcraft.domain.value import Value

_HEAD = re.compile(r"(?:([\w-]+)\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^:\"])*)?):(.*)", re.DOTALL)
_IN_FIELDS = frozenset(
    {"BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "CLIENTPIDMAP", "KIND", "X-ADDRESSBOOKSERVER-KIND"}
    | {"FN", "N", "SORT-STRING", "NICKNAME", "ORG", "TITLE", "ROLE", "EMAIL", "TEL", "URL", "BDAY", "TZ", "NOTE"}
    | {"CATEGORIES", "X-SOCIALPROFILE", "SOCIALPROFILE"}
)
_OURS = "X-RELCRAFT-"
_MANY = frozenset(
    {"ADR", "LABEL", "GEO", "IMPP", "LANG", "RELATED", "KEY", "FBURL", "CALURI", "CALADRURI", "X-JABBER", "X-AIM"}
    | {"X-SKYPE", "X-SKYPE-USERNAME", "X-ICQ", "X-MSN", "X-YAHOO", "X-GTALK", "X-GOOGLE-TALK", "X-MATRIX", "X-SIP"}
)
"""Of which a person may have several: what stands in a group with a label of its own is of this kind, too."""
_LABEL, _ADDRESS, _END, _VERSION = "X-ABLABEL", "ADR", "END", "VERSION"
_ENCODED = re.compile(r"ENCODING|CHARSET|QUOTED-PRINTABLE|BASE64", re.IGNORECASE)
_SIGNS = re.compile(r"\\([nN,;\\])")
_PARTS = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Entry(Value):
    """A property, as it is written."""

    lines: tuple[str, ...]
    group: str = ""
    name: str = ""
    params: str = ""
    value: str = ""

    @property
    def bare(self) -> str:
        """The property without its group, unfolded."""
        return f"{self.name}{self.params}:{self.value}"

    def in_group(self, group: str) -> tuple[str, ...]:
        """Return its lines with another group."""
        return (f"{group}{self.lines[0][len(self.group) :]}", *self.lines[1:])


def cards_joined(kept: Sequence[str], other: Sequence[str], *, addresses: bool, once: bool = False) -> tuple[str, ...]:
    """Return the kept card with the lines of the other that no field holds and it has not; all others as they are.

    `addresses`: postal ones as well. `once`: of what a person has one, a photo say, the kept card's stays alone.
    What is coded in the way of another version of vCard (a photo, mostly) stays out.
    """
    ours, theirs = list(_entries(kept)), list(_entries(other))
    have = {entry.bare for entry in ours}
    single = {entry.name for entry in ours} - _MANY if once else set()
    same_version = _version(ours) == _version(theirs)
    taken = [
        entry
        for entry in theirs
        if _is_foreign(entry, addresses=addresses)
        and entry.bare not in have
        and (entry.group or entry.name not in single)
        and (same_version or _is_plain(entry))
    ]
    groups = {entry.group.casefold() for entry in taken if entry.group}
    taken += [entry for entry in theirs if entry.name == _LABEL and entry.group.casefold() in groups]
    used = {entry.group.casefold() for entry in ours}
    free = (group for number in count(1) if (group := f"item{number}") not in used | groups)
    renamed = {group: next(free) for group in sorted(groups & used)}
    end = next((place for place, line in enumerate(kept) if line.strip().upper() == "END:VCARD"), len(kept))
    more = (line for entry in taken for line in entry.in_group(renamed.get(entry.group.casefold(), entry.group)))
    return (*kept[:end], *more, *kept[end:])


def addresses_of(card: Sequence[str]) -> list[str]:
    """Return the postal addresses on a card, each as one line to read."""
    found = (entry.value for entry in _entries(card) if entry.name == _ADDRESS and _is_plain(entry))
    parts = ([_SIGNS.sub(_meant, part).strip() for part in _PARTS.split(value)] for value in found)
    return list(dict.fromkeys(", ".join(filter(None, each)) for each in parts if any(each)))


def has_address(card: Sequence[str]) -> bool:
    """Whether there is a postal address on a card."""
    return any(entry.name == _ADDRESS for entry in _entries(card))


def _meant(sign: re.Match[str]) -> str:
    return " " if sign[1] in "nN" else sign[1]


def _is_foreign(entry: _Entry, *, addresses: bool) -> bool:
    if entry.name == _ADDRESS:
        return addresses
    return bool(entry.name) and entry.name not in _IN_FIELDS | {_LABEL} and not entry.name.startswith(_OURS)


def _is_plain(entry: _Entry) -> bool:
    """Whether a property is written alike in all versions."""
    return _ENCODED.search(entry.params) is None and not entry.value.startswith("data:")


def _version(entries: Sequence[_Entry]) -> str:
    return next((entry.value.strip() for entry in entries if entry.name == _VERSION), "")


def _entries(card: Sequence[str]) -> Iterator[_Entry]:
    """Yield each property with the lines over which it is folded."""
    lines: list[str] = []
    for line in card:
        if lines and not (line.startswith((" ", "\t")) or _goes_on(lines)):
            yield _entry(lines)
            lines = []
        lines.append(line)
    if lines:
        yield _entry(lines)


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether the last line ends in a soft break of quoted-printable."""
    return lines[-1].endswith("=") and "QUOTED-PRINTABLE" in lines[0].upper()


def _entry(lines: Sequence[str]) -> _Entry:
    whole = "".join((lines[0], *(line[1:] for line in lines[1:])))
    found = _HEAD.fullmatch(whole)
    if found is None:
        return _Entry(tuple(lines))
    return _Entry(tuple(lines), found[1] or "", found[2].upper(), found[3], found[4])
