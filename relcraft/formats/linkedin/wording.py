"""The words of a message, as few as tell what it was about."""

import re
from html import unescape

from relcraft.domain.text import clean_line

_LOOKED_AT = 2000
_MOST = 60
_MARKUP = re.compile(r"<[^<>]{0,400}>")


def first_words(text: str) -> str:
    """Return the first words of a text on one line, without markup; whole words, and "..." where more follows."""
    begun = text[:_LOOKED_AT]
    if "<" in begun:
        begun = _MARKUP.sub(" ", begun)
    if "&" in begun:
        begun = unescape(begun)
    line = clean_line(begun)
    if len(line) <= _MOST:
        return line
    cut = line[: _MOST - 3]
    return f"{cut.rpartition(' ')[0] or cut}..."
