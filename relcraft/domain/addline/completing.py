"""What the word under the cursor could go on to: a name after "w/", "@" or a comma, a kind after >, < or ?."""

import re
from dataclasses import dataclass

from relcraft.domain.addline.parsed import Span
from relcraft.domain.directory import Directory
from relcraft.domain.value import Value
from relcraft.domain.words import ExchangeKind

_SIGIL = re.compile(r"(?:^|\s)[<>?]([a-z]*)$", re.IGNORECASE)
_AT = re.compile(r"(?:^|\s)([<>?][a-z]+[+-]?)?@([^\s@:]{2,})$", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|\s)(?:with|w/)\s*(.*)$", re.IGNORECASE)
_BETWEEN = re.compile(r",\s*|\s(?:and|&)\s+", re.IGNORECASE)
_LEAST = 2
_MOST = 8
_MOST_WORDS = 3


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Completion(Value):
    """What would stand in the place of `span`."""

    span: Span
    text: str


def complete(line: str, cursor: int, directory: Directory) -> tuple[Completion, ...]:
    """Return what the word that ends at `cursor` could become, at most eight; none where nothing is being named."""
    before = line[:cursor]
    kind = _SIGIL.search(before)
    if kind:
        start = kind[1].lower()
        names = [kind.value for kind in ExchangeKind if kind.startswith(start) and kind.value != start]
        return _offered(names, cursor - len(start), cursor)
    at_sign = _AT.search(before)
    typed = at_sign[2] if at_sign else _last_of_list(before)
    if not typed:
        return ()
    names = sorted({contact.name for contact in directory.named(typed)} - {typed})
    if at_sign and at_sign[1]:
        names = [f'"{name}"' if " " in name else name for name in names]
    return _offered(names, cursor - len(typed), cursor)


def _last_of_list(before: str) -> str:
    listed = _LISTED.search(before)
    typed = _BETWEEN.split(listed[1])[-1] if listed else ""
    is_name = len(typed) >= _LEAST and len(typed.split()) <= _MOST_WORDS and not set(typed) & set('<>!#@"')
    return typed if is_name else ""


def _offered(texts: list[str], start: int, end: int) -> tuple[Completion, ...]:
    return tuple(Completion(Span(start, end), text) for text in texts[:_MOST])
