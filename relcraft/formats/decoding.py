"""Bytes of unknown origin as text: byte order marks first, then UTF-8, then what older programs wrote.

What is no UTF-8 is told apart by charset-normalizer (`charsets`), from a sample: a large file takes no longer. Where it
finds nothing that is better, the text counts as Western European.
"""

import codecs
import re
from functools import lru_cache

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LAST_RESORT = "cp1252"
_LONGEST_CHARACTER = 4
"""Bytes of one character in UTF-8, at most."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{1,30}")
_TEXT_CODEC = re.compile(
    r"ascii|utf-8|utf-16(-[bl]e)?|iso8859-\d+|latin-1|cp\d+|koi8-[rtu]|mac-\w+|tis-620"
    r"|shift_jis(_2004|x0213)?|euc_\w+|iso2022_\w+|big5(hkscs)?|gb2312|gbk|gb18030|hz|johab"
)


def decode_text(data: bytes) -> str:
    """Return `data` as text, without its byte order mark. Never fails: what no encoding explains becomes U+FFFD."""
    encoding, mark = _wide_encoding(data)
    if encoding:
        return data[mark:].decode(encoding, "replace")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.end == len(data) and len(data) - error.start < _LONGEST_CHARACTER and error.start:
            return data.decode(errors="replace")  # cut within a character, as the head of a file may be
    return data.decode(_likely_charset(data), "replace")


@lru_cache(maxsize=8)
def _likely_charset(data: bytes) -> str:
    """Return the encoding that explains `data` best. Remembered: each format asks for the same head."""
    from relcraft.formats.charsets import likely_charset  # noqa: PLC0415 - takes 20 ms, and most files are UTF-8

    return likely_charset(data) or _LAST_RESORT


def narrow(data: bytes) -> bytes:
    """Return `data` as it is where one byte can be one letter, else (UTF-16, UTF-32) as UTF-8; without its mark."""
    encoding, mark = _wide_encoding(data)
    if encoding in ("", "utf-8"):
        return data[mark:]
    return data[mark:].decode(encoding, "replace").encode()


def decode_as(data: bytes, charsets: tuple[str, ...]) -> str:
    """Return `data` by the first of `charsets`, then UTF-8, that explains every byte; else as Western European."""
    for charset in (*charsets, "utf-8"):
        codec = known_charset(charset)
        if codec:
            try:
                return data.decode(codec)
            except UnicodeDecodeError:
                continue
    return data.decode(_LAST_RESORT, "replace")


def known_charset(name: str) -> str:
    """Return Python's name for the text encoding `name`; empty for an unknown one, or one that is no text encoding."""
    if not _NAME.fullmatch(name):
        return ""
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return ""
    return codec if _TEXT_CODEC.fullmatch(codec) else ""


def _wide_encoding(data: bytes) -> tuple[str, int]:
    """Return the encoding that a byte order mark, or UTF-16's many zero bytes, give away, and the mark's length."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    sample = data[:400]
    if len(sample) >= 4:
        if sample[1::2].count(0) * 2 > len(sample[1::2]) and not sample[0::2].count(0):
            return "utf-16-le", 0
        if sample[0::2].count(0) * 2 > len(sample[0::2]) and not sample[1::2].count(0):
            return "utf-16-be", 0
    return "", 0
