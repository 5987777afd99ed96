"""A config file as it was read: what it says, and on which line it says it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from relcraft.domain.value import Value

_MOST_LETTERS = 64 * 1024
_MOST_LINES = 40
"""Beyond these a line is not looked for: the file is read again for each one that may be it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ConfigFile(Value):
    """What a config file says, and where."""

    path: Path
    text: str = field(repr=False, default="")
    said: Mapping[str, Any] = field(repr=False, default_factory=dict)

    def __str__(self) -> str:
        """Return where it is."""
        return str(self.path)

    def at(self, *key: str) -> str:
        """Return where it names a key, as a sentence goes on after it: "FILE, line 4,", or "FILE" alone."""
        line = line_of(self.text, key)
        return f"{self.path}, line {line}," if line else str(self.path)


def line_of(text: str, key: Sequence[str]) -> int | None:
    """Return the line on which TOML names a key, from the outermost table to its own name; None where that is unclear.

    It is the last line before which the file can be read and does not have the key yet.
    """
    lines = text.split("\n")
    likely = [at for at, line in enumerate(lines) if key[-1] in line]
    if len(text) > _MOST_LETTERS or len(likely) > _MOST_LINES:
        return None
    found = None
    for at in likely:
        try:
            before = tomllib.loads("".join(f"{line}\n" for line in lines[:at]))
        except (ValueError, RecursionError):  # the line is within a value of several lines
            continue
        if _has(before, key):
            break
        found = at + 1
    return found


def _has(said: object, key: Sequence[str]) -> bool:
    for name in key:
        if not isinstance(said, dict) or name not in said:
            return False
        said = said[name]
    return True
