"""The last short digest, kept in the cache folder: a shell's prompt asks for it all day, and the book is as it was."""

import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from zlib import crc32

from relcraft import __version__
from relcraft.cli.settings import Settings

_MOST_BYTES = 4096


class KeptLine:
    """One line that holds as long as the book, the config file, the day and the version of Relcraft are the same."""

    def __init__(self, settings: Settings, today: date) -> None:
        book = os.path.realpath(settings.data_file)
        states = (_state(book), _state(f"{book}.journal"), _state(str(settings.config)))
        self._key = repr((__version__, str(today), book, states)).encode("ascii", "backslashreplace")
        import platformdirs  # noqa: PLC0415 - only the short digest needs it

        self._file = platformdirs.user_cache_path("relcraft") / f"digest-{crc32(book.encode('utf-8', 'replace')):08x}"

    def read(self) -> str | None:
        """Return the line; None where none is kept that holds."""
        try:
            with self._file.open("rb") as file:
                key, _end, line = file.read(_MOST_BYTES).partition(b"\n")
            return line.decode() if key == self._key else None
        except (OSError, UnicodeDecodeError):
            return None

    def keep(self, line: str) -> None:
        """Keep a line, for this user alone; where the folder cannot be written, none is kept."""
        data = self._key + b"\n" + line.encode()
        if len(data) > _MOST_BYTES:
            return
        from relcraft.store.files import Files, make_folders  # noqa: PLC0415 - a line that holds needs none of it
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
