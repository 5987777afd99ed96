"""What the commands write: results to the output, words to the error output, neither with a control character."""

import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TextIO

from relcraft.domain.fitting import cell_width, cut
from relcraft.domain.text import clean, clean_line

_GAP = "  "
_LEAST_WIDTH = 8
"""Columns of a terminal that every column of a table keeps."""
_MOST_PADDED = 60
"""How far spaces fill a cell up: a single name of a million letters must not make a million of every row."""
_ESCAPED_IN_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What JSON allows as it is and a terminal may act upon; JSON escapes all below a space by itself."""


def say(text: str) -> None:
    """Write a line of results."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Write a sentence for the user beside the results."""
    sys.stdout.flush()
    with suppress(OSError):  # where the terminal is gone, nobody is left to be told
        _write(sys.stderr, text)
        sys.stderr.flush()


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(clean(text).encode(encoding, "backslashreplace").decode(encoding) + "\n")


def say_json(answer: Mapping[str, object]) -> None:
    """Write one JSON object, in UTF-8, indented."""
    import orjson  # noqa: PLC0415 - only answers for programs need it

    try:
        data = orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    except orjson.JSONEncodeError:
        # Whole numbers of more than 64 bits and halves of characters, which another program may have written.
        import json  # noqa: PLC0415 - as above

        data = (json.dumps(answer, indent=2, default=str) + "\n").encode()
    say_json_bytes(data)


def say_bytes(data: bytes) -> None:
    """Write results that are already put together, of cleaned texts, as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def say_json_bytes(data: bytes) -> None:
    """Write JSON that is already put together, with escapes for all that a terminal may act upon."""
    if not data.isascii():
        data = _ESCAPED_IN_JSON.sub(lambda match: json_escaped(match[0]), data.decode()).encode()
    elif b"\x7f" in data:
        data = data.replace(b"\x7f", b"\\u007f")
    say_bytes(data)


def json_escaped(char: str) -> str:
    """Return one character as JSON escapes it: by two numbers where it needs more than 16 bits."""
    pairs = char.encode("utf-16-be")
    return "".join(f"\\u{pairs[at : at + 2].hex()}" for at in range(0, len(pairs), 2))


def say_table(rows: Sequence[Sequence[str]], indent: str = "") -> None:
    """Write rows in columns as wide as their widest cell; on a terminal the widest are cut until all of them fit.

    Elsewhere every cell is whole, and one that is wider than `_MOST_PADDED` moves what follows it in its own row only.
    """
    clean_rows = [[clean_line(cell) for cell in row] for row in rows]
    widths = [max(map(cell_width, column)) for column in zip(*clean_rows, strict=True)]
    on_terminal = sys.stdout.isatty()
    if on_terminal:
        gaps = len(_GAP) * (sum(map(bool, widths)) - 1)
        import shutil  # noqa: PLC0415 - it brings what unpacks archives, and a line for a prompt needs no width

        widths = shared_out(shutil.get_terminal_size().columns - len(indent) - gaps, widths)
    else:
        widths = [min(width, _MOST_PADDED) for width in widths]
    for row in clean_rows:
        cells = [
            (cut(cell, width) if on_terminal else cell, width) for cell, width in zip(row, widths, strict=True) if width
        ]
        say((indent + _GAP.join(cell + " " * (width - cell_width(cell)) for cell, width in cells)).rstrip())


def shared_out(room: int, widths: Sequence[int]) -> list[int]:
    """Return `widths` of which the widest are cut to one width, so that all together fit into `room`.

    None is cut below `_LEAST_WIDTH`, however small the room is.
    """
    most = min(max(widths, default=0), max(room, _LEAST_WIDTH))
    while most > _LEAST_WIDTH and sum(min(width, most) for width in widths) > room:
        most -= 1
    spare = room - sum(min(width, most) for width in widths)
    shared = []
    for width in reversed(widths):  # what one step leaves over goes to the last columns, which hold the text
        more = 1 if width > most and spare > 0 else 0
        shared.append(min(width, most) + more)
        spare -= more
    return shared[::-1]
