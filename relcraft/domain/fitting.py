"""How many columns of a terminal a text takes, and what of it fits into some."""

import unicodedata
from collections.abc import Iterable

_CUT = "..."


def cell_width(text: str) -> int:
    """Return how many columns of a terminal `text` takes."""
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, room: int) -> str:
    """Return what of `text` fits into `room` columns, with three dots where something is left out."""
    if cell_width(text) <= room:
        return text
    kept, used = [], 0
    for char in text:
        used += _char_width(char)
        if used > room - len(_CUT):
            break
        kept.append(char)
    return "".join(kept).rstrip() + _CUT


def wrapped(text: str, room: int) -> list[str]:
    """Return `text` in lines of at most `room` columns, broken between words; a longer word is cut."""
    lines: list[list[str]] = []
    used = room
    for word in _cut_words(text, room):
        width = cell_width(word)
        if used + 1 + width > room:
            lines.append([])
            used = -1
        lines[-1].append(word)
        used += 1 + width
    return [" ".join(words) for words in lines]


def _cut_words(text: str, room: int) -> Iterable[str]:
    return (cut(word, room) for word in text.split())
