"""The JSON tree of a Monica export, made harmless: records with texts, days and flags, each with its place."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from relcraft.domain.text import clean, clean_line
from relcraft.formats.decoding import narrow

Raw = Mapping[str, Any]
_UUID = re.compile(rb'"uuid"\s*:\s*"([^"\\]{1,80})"')
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![0-9])", re.ASCII)
_LONGEST_NUMBER = 40


def parsed(data: bytes) -> Raw | None:
    """Return the root object of a JSON file; None where there is none. Raises nothing."""
    text = narrow(data)
    try:
        root = orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            root = json.loads(text.decode("utf-8", "replace"))  # lone surrogates, NaN: what PHP and others may write
        except (ValueError, RecursionError):
            return None
    return root if isinstance(root, dict) else None


@dataclass(frozen=True, slots=True)
class Lines:
    """On which line each record of the file stands, by its uuid."""

    file_name: str
    _lines: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, file_name: str) -> "Lines":
        """Find the lines in one pass."""
        text, lines, line, at = narrow(data), dict[str, int](), 1, 0
        for match in _UUID.finditer(text):
            line += text.count(b"\n", at, match.start())
            at = match.start()
            lines.setdefault(match[1].decode("utf-8", "replace"), line)
        return cls(file_name, lines)

    def where(self, uuid: str, otherwise: str) -> str:
        """Return the place of the record: its line, or what it is where it has no uuid of its own."""
        line = self._lines.get(uuid)
        return f"{self.file_name}, {otherwise}" if line is None else f"{self.file_name}, line {line}"


@dataclass(frozen=True, slots=True)
class Node:
    """One record: its columns and its properties under one roof."""

    raw: Raw

    @property
    def uuid(self) -> str:
        """What Monica knows it by; empty where the file has none."""
        return clean_line(_string(self.raw.get("uuid")))

    def get(self, name: str) -> Any:
        """Return a property, or a column, as the file has it."""
        properties = self.raw.get("properties")
        if isinstance(properties, dict) and name in properties:
            return properties[name]
        return self.raw.get(name)

    def names(self) -> set[str]:
        """Return the names of all columns and properties."""
        properties = self.raw.get("properties")
        return {*self.raw, *(properties if isinstance(properties, dict) else ())}

    def line(self, name: str) -> str:
        """Return a property as text on one line; empty where it is none."""
        return clean_line(_string(self.get(name)))

    def text(self, name: str) -> str:
        """Return a property as text of any number of lines."""
        return clean(_string(self.get(name))).strip()

    def flag(self, name: str, *, otherwise: bool = False) -> bool:
        """Return whether a property is true, in any of the ways in which files say it."""
        value = self.get(name)
        return otherwise if value is None else value in (True, 1, "1", "true", "yes")

    def day(self, *names: str) -> date | None:
        """Return the first of these properties that is a day."""
        return next(filter(None, (read_day(self.get(name)) for name in names)), None)

    def node(self, name: str) -> "Node | None":
        """Return a property that is a record of its own."""
        value = self.get(name)
        return Node(value) if isinstance(value, dict) and value else None

    def items(self, name: str) -> list[Any]:
        """Return a property that is a list."""
        return _items(self.get(name))

    def nodes(self, name: str) -> list["Node"]:
        """Return a property that is a list of records."""
        return [Node(item) for item in self.items(name) if isinstance(item, dict)]

    def collections(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield what hangs on it: each kind, in the singular, with its records, or with what refers to them."""
        for group in _items(self.raw.get("data")):
            if isinstance(group, dict) and isinstance(group.get("type"), str):
                yield _singular(clean_line(group["type"])), _items(group.get("values"))


def read_day(value: Any) -> date | None:
    """Return the day of `2021-03-04T00:00:00Z` and the like; None for anything else."""
    match = _DAY.match(value) if isinstance(value, str) else None
    try:
        return None if match is None else date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return str(value)[:_LONGEST_NUMBER]
        except ValueError:  # more digits than Python writes out
            return ""
    return ""


def _items(value: Any) -> list[Any]:
    """Return a list; PHP may write one as an object with numbers for keys, or wrap it."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        wrapped = value.get("values", value.get("data"))
        return wrapped if isinstance(wrapped, list) else list(value.values())
    return []


def _singular(kind: str) -> str:
    if kind.endswith("ies"):
        return f"{kind[:-3]}y"
    if kind.endswith("sses"):
        return kind[:-2]
    return kind[:-1] if kind.endswith("s") and not kind.endswith("ss") else kind
