"""What a command reads that is no file: the standard input, where - stands for it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from relcraft.domain.errors import BadInput

STDIN = Path("-")
STDIN_TOLD = "the standard input"
_MOST_BYTES = 1_000_000_000
"""As many as a book may have."""
_PART = 1 << 20


def as_file(ctx: click.Context, path: Path) -> Path:
    """Return a file with what `path` is: for - one that this user alone reads, gone when the command ends.

    Raises `BadInput` where more comes in than any book has.
    """
    if path != STDIN:
        return path
    folder = Path(ctx.with_resource(TemporaryDirectory(prefix="relcraft-")))  # of mode 0700
    spooled = folder / STDIN_TOLD
    left = _MOST_BYTES
    with spooled.open("wb") as file:
        while part := sys.stdin.buffer.read(min(left + 1, _PART)):
            left -= len(part)
            if left < 0:
                raise BadInput(f"{STDIN_TOLD.capitalize()} has more than {_MOST_BYTES / 1e9:g} GB: it was not read.")
            file.write(part)
    return spooled
