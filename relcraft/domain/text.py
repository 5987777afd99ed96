"""Text from outside: made safe for a terminal, and folded for comparing."""

import re
import unicodedata

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
_TAGS = "\U000e0000-\U000e007f"
_UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb\ud800-\udfff{_BIDI}{_TAGS}]")
_LINE_END = re.compile("\r\n|[\r\v\f\u2028\u2029]")
_SPACE = re.compile(r"\s+")
_LONG = 500
"""Characters from which on accents are left out before the rest is taken apart: sorting thousands takes seconds."""
_IOTA_BELOW = "\u0345"
"""The one accent that becomes a letter where case does not count."""


def clean(text: str) -> str:
    """Return `text` without control characters, bidi overrides, unseen tags and lone surrogates.

    Line breaks, as `\\n`, and tabs stay. Joiners inside emoji and scripts that need them stay.
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
    if len(text) > _LONG:
        text = "".join(char for char in text if char == _IOTA_BELOW or not _is_accent(char))
    plain = unicodedata.normalize("NFKD", text).casefold()  # what stands for a letter ("𝐀") has a case only after NFKD
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _is_accent(char: str) -> bool:
    """Whether a character, taken apart, begins with an accent: nothing of it is left by `fold`."""
    return unicodedata.combining(unicodedata.normalize("NFKD", char)[0]) != 0
