"""What a command reads that is no file: the standard input, where - stands for it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

STDIN = Path("-")
STDIN_TOLD = "the standard input"


def as_file(ctx: click.Context, path: Path) -> Path:
    """Return a file with what `path` is: for - one that this user alone reads, gone when the command ends."""
    if path != STDIN:
        return path
    folder = Path(ctx.with_resource(TemporaryDirectory(prefix="relcraft-")))  # of mode 0700
    spooled = folder / STDIN_TOLD
    spooled.write_bytes(sys.stdin.buffer.read())
    return spooled
