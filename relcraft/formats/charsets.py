"""Which old encoding bytes are in: charset-normalizer says what is plausible, and the letters decide among those.

Its own order cannot tell encodings apart whose letters stand at the same places (Western, Central European): then the
one counts in which the fewest characters stand where no word has them, as the pound sign in "£ukasz".
"""

import re
import unicodedata
from collections.abc import Iterator

from charset_normalizer import from_bytes

SAMPLE_BYTES = 64 * 1024
"""How much of the bytes is looked at: the lines that are not plain ASCII."""
_CHARSETS = (
    *("cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("cp932", "gb18030", "big5", "cp949", "euc_jp"),
)
"""Those of today's programs, the likelier first."""
_COMMON = {
    "cp932": (0x81, 0x97),
    "gb18030": (0xA1, 0xD7),
    "big5": (0xA1, 0xC6),
    "cp949": (0xB0, 0xC8),
    "euc_jp": (0xA1, 0xCF),
}
"""The first bytes of the characters that are in everyday use."""
_AS_PLAUSIBLE = 0.1
_MOST_CHARACTERS = 3000
_LONGEST_LINE = 1000
_HIGH = re.compile(rb"[\x80-\xff]")
_OTHER = re.compile(r"[^\x00-\x7f]")
_EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "FULLWIDTH"})
_FEW_ERRORS = 20
"""Characters that UTF-8 explains for each that it does not: then a few bytes were spoiled on the way."""


def likely_charset(data: bytes) -> str:
    """Return the encoding in which `data` reads best; empty where none does. The same for the same bytes."""
    sample = b"".join(_lines_beyond_ascii(data))
    if _is_spoiled_utf8(sample):
        return "utf-8"
    matches = from_bytes(
        sample, cp_isolation=list(_CHARSETS), preemptive_behaviour=False, enable_fallback=False, explain=False
    )
    found = {known: match.chaos for match in matches for known in (match.encoding, *match.could_be_from_charset)}
    if not found:
        return ""
    least = min(found.values()) + _AS_PLAUSIBLE
    plausible = [known for known in _CHARSETS if found.get(known, 1.0) <= least]
    return min(plausible, key=lambda known: _oddness(sample, known), default="")


def _lines_beyond_ascii(data: bytes) -> Iterator[bytes]:
    """Yield lines (of long ones, parts between spaces or commas) with bytes beyond ASCII, as far as a sample goes."""
    taken = position = 0
    while taken < SAMPLE_BYTES and (high := _HIGH.search(data, position)):
        at = high.start()
        begin = max(position, data.rfind(b"\n", position, at) + 1, at - _LONGEST_LINE)
        end = data.find(b"\n", at, at + _LONGEST_LINE) + 1
        if not end:
            cut = max(data.rfind(sign, at, at + _LONGEST_LINE) for sign in (b" ", b",", b";", b"\t"))
            end = cut + 1 if cut > 0 else min(len(data), at + _LONGEST_LINE)
        yield data[begin:end]
        taken += end - begin
        position = end


def _is_spoiled_utf8(sample: bytes) -> bool:
    text = sample.decode(errors="replace")
    wrong = text.count("\ufffd")
    return len(_OTHER.findall(text)) - wrong > wrong * _FEW_ERRORS


def _oddness(sample: bytes, charset: str) -> float:
    """Return the share of the characters beyond ASCII that stand where words have no such character."""
    text = sample.decode(charset, "replace")
    odd = seen = 0
    for found in _OTHER.finditer(text):
        at = found.start()
        seen += 1
        odd += _is_odd(text[at - 1 : at], text[at], text[at + 1 : at + 2], charset)
        if seen == _MOST_CHARACTERS:
            break
    return round(odd / seen, 2) if seen else 1.0


def _is_odd(before: str, char: str, after: str, charset: str) -> bool:
    kind = unicodedata.category(char)
    if kind[0] == "L":
        if kind == "Lu" and before.islower():
            return True
        near = [other for other in (before, after) if other.isalpha()]
        return any(_script(other) != _script(char) for other in near) or _is_rare(char, charset)
    return kind in ("Cc", "Cn", "Co") or (kind[0] in "SN" and (before.isalpha() or after.isalpha()))


def _is_rare(char: str, charset: str) -> bool:
    if charset not in _COMMON:
        return False
    first, last = _COMMON[charset]
    encoded = char.encode(charset, "replace")
    return len(encoded) != 2 or not first <= encoded[0] <= last


def _script(char: str) -> str:
    """Return LATIN, CYRILLIC, ...: of Chinese and Japanese writing the same."""
    word = unicodedata.name(char, "").partition(" ")[0]
    return "CJK" if word in _EAST_ASIAN else word
