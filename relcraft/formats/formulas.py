"""Cells that a spreadsheet would run as a formula: guarded on the way out, and exactly as they were on the way back.

A spreadsheet runs what begins with = + - @ (or their wide forms), also behind spaces and quotation marks. The guard is
an apostrophe before such a cell. It stands as well where one would begin if the file were opened with another separator
between its cells: after a semicolon, a tab or a line break. Both ways take one pass over the text.
"""

import re

GUARD = "'"
SIGNS = "=+\\-@|%＝＋－＠｜％﹢﹣﹦﹫﹪−⁺₊⁻₋⁼₌"
"""What a formula begins with, in spreadsheets of today and of old, for a class of characters."""
_LEAD = "\\s;\"'“”„‟‘’‚‛«»\u00ad\u180e\u200b-\u200d\u2060-\u2064\u3164"
"""What a spreadsheet may read over before a formula, and the semicolon, behind which a cell may begin."""
_RUN = re.compile(f"([{_LEAD}]++)([{SIGNS}]?)|\\A([{SIGNS}])")
_BEGINS_A_CELL = re.compile("[;\t\n\r]")
_GUARDED_THERE = re.compile(f"([;\t\n\r]){GUARD}")
_ODD_SPACE = re.compile(f"{GUARD}*[\t\r\n]")


def guarded(text: str) -> str:
    """Return `text` as a cell that no spreadsheet runs; most texts are as they were."""
    return _RUN.sub(_guard, text)


def unguarded(cell: str) -> str:
    """Return the text whose `guarded` form `cell` is; a cell that has no guard is as it was."""
    return _RUN.sub(_unguard, cell)


def _guard(match: re.Match[str]) -> str:
    run, sign, alone = match.groups(default="")
    first = GUARD if match.start() == 0 and (sign or alone or _ODD_SPACE.match(run)) else ""
    if sign:
        run = _BEGINS_A_CELL.sub(rf"\g<0>{GUARD}", run)
    return first + run + sign + alone


def _unguard(match: re.Match[str]) -> str:
    run, sign, alone = match.groups(default="")
    if match.start() == 0 and run.startswith(GUARD) and (sign or _ODD_SPACE.match(run)):
        run = run.removeprefix(GUARD)
    if sign:
        run = _GUARDED_THERE.sub(r"\1", run)
    return run + sign + alone
