"""Texts as hostile or careless hands make them, for hypothesis."""

from hypothesis import strategies as st

UNSAFE = (
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *("\u061c", "\u200e", "\u200f", "\u2028", "\u2029", "\ufeff", "\ufff9", "\ufffb", "\ud800", "\udfff"),
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x2070)),
    *("\U000e0001", "\U000e0041", "\U000e007f"),
)
"""What never reaches a terminal."""
SIGNS = "=+-@|%＝＋－＠−﹣\t\r\n;,'\"“” \u00a0\u200b"
"""What formulas and lists are made of."""


def texts(most: int = 30) -> st.SearchStrategy[str]:
    """Any text, and more often than by chance one of signs that mean something somewhere."""
    pieces = st.one_of(
        st.text(max_size=4),
        st.sampled_from([*SIGNS, *UNSAFE, "=1+1", "@SUM(", "cmd|'/c calc'!A1", "+49 30 1234", "\x1b[31m", "Ada"]),
    )
    return st.lists(pieces, max_size=most // 4).map("".join)
