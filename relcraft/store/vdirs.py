"""A folder with one card a file, as vdirsyncer, khard and others keep them: read, and written whole and durably."""

import os
import platform
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from relcraft.domain.card_files import CardFile, ChangedThere, etag_of
from relcraft.domain.errors import BadBook, NotKept
from relcraft.domain.text import clean_line
from relcraft.store.files import Files, in_words, read_path, sync_folder, write_new

_ENDING = ".vcf"
_NOTED = frozenset({"color", "displayname", "description", "order"})
_LEFT_BEHIND = re.compile(r"\..+\.vcf\.\d+\.tmp")
"""The name of a card of ours that is being written, or of which a program that was cut off wrote a part."""
_LONG_AGO = 3600.0
"""Seconds after which nobody is writing it any more."""
_LONG_NAME = 200
"""Bytes of a file's name from which on there may be no room for a longer one."""
_LARGEST = 32_000_000
"""Bytes that a card may have, pictures included."""
_MACHINE = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


class Vdir:
    """The cards of one folder."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        """Raises `BadBook` where there is no such folder."""
        self._files = files or Files()
        self._folder = folder
        self._real = Path(os.path.realpath(folder))
        if what := self._no_folder():
            expected = "a folder of .vcf files was expected, one card in each"
            raise BadBook(f"{folder} {what}: {expected}. mkdir makes one, and so does vdirsyncer discover.")

    def _no_folder(self) -> str:
        """Return what is in the place of the folder: the end of a sentence; empty where it is one."""
        try:
            status = self._files.stat(self._real)
        except OSError as error:
            return f"could not be read ({in_words(error)})"
        if status is None:
            return "is not there"
        return "" if stat.S_ISDIR(status.st_mode) else "is no folder"

    @property
    def name(self) -> str:
        """What it is called, for sentences."""
        return str(self._folder)

    @property
    def key(self) -> str:
        """What it is known by: where it is, on which machine."""
        return blake2b(
            f"{_machine(self._files)}:{self._real}".encode("utf-8", "surrogateescape"), digest_size=8
        ).hexdigest()

    def cards(self) -> Iterator[CardFile]:
        """Yield every card, by the names of the files. Raises `BadBook`."""
        try:
            names = sorted(self._files.names(self._real))
        except OSError as error:
            raise BadBook(f"{self._folder} could not be read: {in_words(error)}.") from error
        cards = [name for name in names if name.endswith(_ENDING) and not name.startswith(".")]
        inside = [] if cards else [name for name in names if self._holds_cards(name)]
        if inside:
            first = self._folder / clean_line(inside[0])
            raise BadBook(f"{self._folder} has no card in it, and {first} has: name that folder.")
        for name in cards:
            found = self.read(name)
            if found is not None:
                yield found

    def other_file(self) -> str:
        """Return the name of a file that stands there and belongs into no folder of cards; empty where none does."""
        names = sorted(self._files.names(self._real))
        return next((clean_line(name) for name in names if not name.startswith(".") and not _usual(name)), "")

    def _holds_cards(self, name: str) -> bool:
        with suppress(OSError):
            return any(inside.endswith(_ENDING) for inside in self._files.names(self._real / name))
        return False

    def read(self, name: str) -> CardFile | None:
        """Return one card as it is now; None where it is gone, or is no file at all."""
        path = self._real / name
        try:
            status = self._files.stat(path)
            if status is None or stat.S_ISDIR(status.st_mode):
                return None
            moment = datetime.fromtimestamp(status.st_mtime, UTC)
            trouble = _trouble(status)
            data = b"" if trouble else read_path(self._files, path)
        except FileNotFoundError:
            return None
        except OSError as error:
            return CardFile(name, b"", "", datetime.fromtimestamp(0, UTC), f"could not be read: {in_words(error)}")
        return CardFile(name, data, "" if trouble else etag_of(data), moment, trouble)

    def put(self, name: str, data: bytes, etag: str | None) -> None:
        """Write a card in the place of the one with `etag`. Raises `ChangedThere`, and `NotKept`.

        Its content is on the disk when this returns, and its name is when `settle` does.
        """
        path = self._real / name
        target = Path(os.path.realpath(path)) if self._files.is_link(path) else path
        temporary = target.with_name(f".{_short(target.name)}.{os.getpid()}.tmp")
        try:
            self._files.unlink(temporary)
            write_new(self._files, temporary, data)
            try:
                self._check(name, etag)
                self._files.replace(temporary, target)
            finally:
                with suppress(OSError):
                    self._files.unlink(temporary)
        except OSError as error:
            raise NotKept(f"{path} could not be written: {in_words(error)}.") from error

    def remove(self, name: str, etag: str) -> None:
        """Delete a card. Raises as `put` does."""
        self._check(name, etag)
        try:
            self._files.unlink(self._real / name)
        except OSError as error:
            raise NotKept(f"{self._real / name} could not be deleted: {in_words(error)}.") from error

    def settle(self) -> None:
        """Return when all that was written and deleted is on the disk. Raises `NotKept`.

        What programs that were cut off left behind long ago goes.
        """
        with suppress(OSError):  # it is in nobody's way
            self._clear()
        try:
            sync_folder(self._files, self._real)
        except OSError as error:
            raise NotKept(f"{self._folder} could not be written: {in_words(error)}.") from error

    def _clear(self) -> None:
        folder = self._files.stat(self._real)
        for name in filter(_LEFT_BEHIND.fullmatch, self._files.names(self._real)):
            status = self._files.stat(self._real / name)
            if folder is not None and status is not None and folder.st_mtime - status.st_mtime > _LONG_AGO:
                self._files.unlink(self._real / name)

    def _check(self, name: str, etag: str | None) -> None:
        now = self.read(name)
        if (None if now is None else now.etag) != etag:
            raise ChangedThere(f"{name} was changed by another program at this moment.")


def _short(name: str) -> str:
    """Return the name of a card, or what stands for one that can be no longer."""
    encoded = os.fsencode(name)
    return name if len(encoded) <= _LONG_NAME else f"{blake2b(encoded, digest_size=16).hexdigest()}{_ENDING}"


def _usual(name: str) -> bool:
    """Whether a folder of cards has such a file: cards, and what vdirsyncer notes of the folder."""
    return name.endswith((_ENDING, ".tmp")) or name in _NOTED


def _trouble(status: os.stat_result) -> str:
    if not stat.S_ISREG(status.st_mode):
        return "is no file that can be read"
    return f"has more than {_LARGEST // 1_000_000} MB" if status.st_size > _LARGEST else ""


def _machine(files: Files) -> str:
    """Return what tells this machine from others that may have a folder of the same name."""
    for path in _MACHINE:
        with suppress(OSError):
            return read_path(files, path).decode("ascii", "replace").strip()
    return platform.node()
