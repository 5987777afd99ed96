"""The names under which programs that keep folders in step leave a second version of a book beside it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from relcraft.domain.value import Value

JOURNAL = ".journal"
"""How the name of the journal beside a book ends."""

_DROPBOX_WORDS = (
    "conflicted copy",
    "case conflict",
    "in konflikt stehende kopie",
    "konfliktkopie",
    "copie en conflit",
    "copia en conflicto",
    "copia in conflitto",
    "cópia em conflito",
    "conflicterende kopie",
    "конфликтующая копия",
    "競合コピー",
    "冲突副本",
)
"""What Dropbox writes in the brackets, in the languages that it is known to speak."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Copy(Value):
    """A second version of a book that another program left beside it."""

    path: Path
    name: str
    program: str
    """Which program gives such names: "Syncthing"."""
    told: str
    """A sentence about it for the user."""
    certain: bool = True
    """Whether only a program that met two versions gives such a name; else what is in the file has to tell."""
    of_journal: bool = False
    """Whether it is a version of the journal beside the book."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _Way(Value):
    """How one program names them: what stands between the name of the file and its ending."""

    program: str
    between: re.Pattern[str]
    certain: bool = True


_WAYS = (
    _Way("Syncthing", re.compile(r"\.sync-conflict-(?P<day>\d{8})-\d{6}(?:-(?P<who>[A-Z2-7]{7}))?")),
    _Way(
        "Nextcloud or ownCloud",
        re.compile(r" \(conflicted copy (?P<day>\d{4}-\d{2}-\d{2}) \d{4,6}\)|_conflict-(?P<other_day>\d{8})-\d{6}"),
    ),
    _Way("Seafile", re.compile(r" \(SFConflict(?: (?P<who>[^()]+?))? (?P<day>\d{4}-\d{2}-\d{2})-\d{2}-\d{2}-\d{2}\)")),
    _Way(
        "Dropbox",
        re.compile(
            rf" \((?P<said>[^()]*(?:{'|'.join(_DROPBOX_WORDS)})[^()]*?(?P<day>\d{{4}}-\d{{2}}-\d{{2}})?)"
            r"(?: ?\(\d+\))?\)(?: ?\(\d+\))?",
            re.IGNORECASE,
        ),
    ),
    _Way("Resilio Sync", re.compile(r"(?:\.Conflict ?\d*)+")),
    _Way("Google Drive", re.compile(r" \(\d{1,3}\)"), certain=False),
    _Way("iCloud or the Finder", re.compile(r" \d{1,3}"), certain=False),
    _Way("OneDrive", re.compile(r"-(?P<who>(?!\d{4}-\d{2}-\d{2})[A-Za-z0-9][A-Za-z0-9-]{1,62})"), certain=False),
)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def conflict_copies(names: Iterable[str], book_name: str, folder: Path = Path()) -> list[Copy]:
    """Return which of `names`, all in one `folder`, are versions of the book called `book_name`, in their order.

    Versions of its journal are told as well. One that is not `certain` is a version only if what is in it is a book.
    """
    found = (_copy(name, book_name, folder) for name in sorted(names) if name != book_name)
    return [copy for copy in found if copy is not None]


def _copy(name: str, book_name: str, folder: Path) -> Copy | None:
    for original, of_journal in ((book_name, False), (book_name + JOURNAL, True)):
        stem, dot, end = original.rpartition(".")
        if not dot:
            stem, end = original, ""
        ending = dot + end
        if not (name.startswith(stem) and name.endswith(ending) and len(name) > len(original)):
            continue
        between = name[len(stem) : len(name) - len(ending)]
        for way in _WAYS:
            match = way.between.fullmatch(between)
            if match is not None and (way.certain or not of_journal):
                told = _told(name, original, way, match.groupdict())
                return Copy(folder / name, name, way.program, told, way.certain, of_journal)
    return None


def _told(name: str, original: str, way: _Way, said: dict[str, str | None]) -> str:
    day = _day(said.get("day") or said.get("other_day"))
    who = said.get("who")
    machine = f", from {who}" if who else ""
    on = f", of {day}" if day else ""
    left = "left" if way.certain else "may have left"
    return f"{way.program} {left} a second version of {original}{machine}{on}: {name}."


def _day(text: str | None) -> str:
    match = _DAY.fullmatch(text or "")
    if match is None:
        return ""
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return ""
