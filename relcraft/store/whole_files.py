"""A file beside the book, written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from relcraft.store.files import Files, write_new


def put_whole(files: Files, path: Path, data: bytes) -> None:
    """Put a file that this user alone reads at `path`, in the place of what was there. Raises `OSError`."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        files.unlink(temporary)  # of a program of this number that was cut off
        write_new(files, temporary, data)
        files.replace(temporary, path)
    except OSError:
        with suppress(OSError):  # what went wrong first is what is told
            files.unlink(temporary)
        raise
