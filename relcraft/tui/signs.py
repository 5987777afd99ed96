"""The signs of the screens: text fitted into cells, bars, and one glyph for each kind of thing.

Only ASCII, box drawing, block elements, ▮ and · are used, so that every terminal shows them one cell wide.
"""

from rich.cells import cell_len, chop_cells, set_cell_size

from relcraft.domain.records import Ask, Date, Exchange, FollowUp, Interaction, Introduction, Record
from relcraft.domain.text import clean_line
from relcraft.domain.words import Direction

CURSOR = "▌"
CURSOR_ELSEWHERE = "▏"
MARK = "+"
STEP = "▮"
STEPS = 4
_CUT = ".."
_RISING = "▁▂▃▄▅▆▇"
_NOTHING = "·"
_ACROSS = "▇"


def fit(text: str, width: int) -> str:
    """Return `text` on one line in exactly `width` cells: cut with `..` where it is longer, filled up where shorter."""
    line = text if text.isprintable() else clean_line(text)
    if cell_len(line) <= width:
        return set_cell_size(line, width)
    if width <= len(_CUT):
        return set_cell_size(line, width)
    return set_cell_size(set_cell_size(line, width - len(_CUT)).rstrip() + _CUT, width)


def wrap(text: str, width: int) -> list[str]:
    """Return `text` as lines of at most `width` cells, broken between words where that goes; at least one line."""
    lines: list[str] = []
    for paragraph in text.split("\n") or [""]:
        line = ""
        for word in clean_line(paragraph).split(" "):
            joined = f"{line} {word}" if line else word
            if cell_len(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = chop_cells(word, max(1, width)) or [""]
            lines.extend(full)
        lines.append(line)
    return lines


def steps(lit: int) -> str:
    """Return the bar of warmth: `▮▮  ` for two steps of four."""
    return STEP * lit + " " * (STEPS - lit)


def rising(value: float, most: float) -> str:
    """Return one cell that is filled from below, `value` of `most`; a dot for 0."""
    if value <= 0 or most <= 0:
        return _NOTHING
    return _RISING[max(1, min(len(_RISING), round(len(_RISING) * value / most))) - 1]


def across(value: float, most: float, width: int) -> str:
    """Return a bar of at most `width` cells from left to right; what is above 0 is never empty."""
    if value <= 0 or most <= 0 or width <= 0:
        return ""
    return _ACROSS * max(1, min(width, round(width * value / most)))


def glyph(record: Record, today: Date) -> str:
    """Return the glyph of a timeline's record, in two cells; an interaction ahead of today is a plan."""
    match record:
        case Exchange():
            return "> " if record.direction is Direction.GIVEN else "< "
        case FollowUp():
            return "! "
        case Interaction():
            return "+ " if record.date > today else "· "
        case Ask():
            return "? "
        case Introduction():
            return "& "
        case _:
            return "  "
