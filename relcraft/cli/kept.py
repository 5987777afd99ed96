"""What a shell asks for all day, kept in the cache folder: the line for its prompt, and the names that it completes."""

import os
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from relcraft import __version__

_MOST_BYTES = 2 * 1024 * 1024


class Kept:
    """A text that holds as long as the book, the config file and the version of Relcraft are the same.

    `name` tells what it is; it holds no longer than `moment` is the same, which has no line ends.
    """

    def __init__(self, data_file: Path, config: Path, name: str, moment: str = "") -> None:
        book = os.path.realpath(data_file)
        states = (_state(book), _state(f"{book}.journal"), _state(str(config)))
        self._key = repr((__version__, moment, book, states)).encode("ascii", "backslashreplace")
        import platformdirs  # noqa: PLC0415 - other commands do without

        self._file = platformdirs.user_cache_path("relcraft") / f"{name}-{crc32(book.encode('utf-8', 'replace')):08x}"

    def read(self) -> str | None:
        """Return the text; None where none is kept that holds."""
        try:
            with self._file.open("rb") as file:
                key, _end, text = file.read(_MOST_BYTES).partition(b"\n")
            return text.decode() if key == self._key else None
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, text: str) -> None:
        """Keep a text, for this user alone; where it is too long or the folder cannot be written, none is kept."""
        data = self._key + b"\n" + text.encode("utf-8", "replace")
        if len(data) > _MOST_BYTES:
            return
        from relcraft.store.files import Files, make_folders  # noqa: PLC0415 - a text that holds needs none of it
        from relcraft.store.whole_files import put_whole  # noqa: PLC0415 - as above

        with suppress(OSError):
            make_folders(Files(), self._file.parent)
            put_whole(Files(), self._file, data)


def _state(path: str) -> tuple[int, int, int] | None:
    """Return what changes with the file at `path`; None where there is none."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
