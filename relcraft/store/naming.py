"""Names for what is kept beside a book and among its backups: when it was made, and that nothing else has them."""

from datetime import datetime
from pathlib import Path

from relcraft.store.files import Files

MOMENT = "%Y%m%d-%H%M%S"
"""How a name tells when the file was made."""
SEALED = ".age"
"""How the name of a file ends that a passphrase opens."""


def name_at(book: Path, kind: str, now: datetime) -> str:
    """Return how a file of that kind is called that is made now, without its ending: "book.saved-20260312-143000"."""
    return f"{book.stem}.{kind}-{now.strftime(MOMENT)}"


def unused(files: Files, folder: Path, name: str, *endings: str) -> str:
    """Return `name`, with a number behind it where something in `folder` has it with one of `endings`, without ending.

    Raises `OSError`.
    """
    taken, number, free = set(files.names(folder)), 1, name
    while any(free + ending in taken for ending in endings):
        number += 1
        free = f"{name}-{number}"
    return free
