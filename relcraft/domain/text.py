"""Text from outside: made safe for a terminal, and folded for comparing."""

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ud800-\udfff{_BIDI}]")
_LINE_END = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """Return `text` without control characters, bidi overrides and lone surrogates; line breaks and tabs stay.

    Line ends become `\\n`. Joiners inside emoji and scripts that need them stay.
    """
    if text.isprintable():
        return text
    return _UNSAFE.sub("", _LINE_END.sub("\n", text))


def clean_line(text: str) -> str:
    """Return `clean(text)` on one line: every run of white space is one space, none at the ends."""
    return _SPACE.sub(" ", clean(text)).strip()


def fold(text: str) -> str:
    """Return `text` for comparing: case, accents and width do not count ("Zoë" and "ZOE" are alike)."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()  # what stands for a letter ("𝐀") has a case only after NFKD
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
