"""The user's own templates: one file each in the configuration folder, read with care."""

import os
import stat
from pathlib import Path
from tempfile import NamedTemporaryFile

from relcraft.domain.composing import built_in
from relcraft.domain.errors import BadInput, NotKept
from relcraft.domain.text import clean

_MOST_BYTES = 64 * 1024
"""A message of more is none: some other file was put there."""
_INSTEAD = "the built-in text is used."


class FolderTemplates:
    """Templates in a folder, `<name>.txt` each; the built-in text where there is no such file, or none to be used."""

    def __init__(self, folder: Path) -> None:
        """`folder` need not be there."""
        self._folder = folder

    @property
    def place(self) -> str:
        """The folder, to show."""
        return str(self._folder)

    def text(self, name: str) -> str:
        """Return the user's own text, cleaned, else the built-in one. Raises `BadInput` for an unknown name."""
        usual = built_in(name)
        try:
            return self._own(name) or usual
        except BadInput:
            return usual  # `remark` tells why

    def remark(self, name: str) -> str:
        """Return a sentence on why the user's own text is not used although there is one; else empty."""
        built_in(name)
        try:
            self._own(name)
        except BadInput as error:
            return str(error)
        return ""

    def store(self, name: str, text: str) -> None:
        """Keep the user's own text whole, or (empty) take it away so that the built-in one counts.

        Raises `BadInput` for an unknown name or a text that is too long, `NotKept` where it cannot be written.
        """
        built_in(name)
        path = self._path(name)
        content = clean(text).encode("utf-8")
        if len(content) > _MOST_BYTES:
            raise BadInput(f"A template has at most {_MOST_BYTES // 1024} kilobytes.")
        try:
            if content.strip():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(path, content)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise NotKept(f"The template {path} cannot be written: {error.strerror}.") from error

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.txt"

    def _own(self, name: str) -> str:
        """Return the user's own text; empty where there is none. Raises `BadInput` where it is not to be used."""
        path = self._path(name)
        try:
            content = _read(path)
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError as error:
            raise BadInput(f"The template {path} cannot be opened ({error.strerror}): {_INSTEAD}") from error
        if content is None:
            raise BadInput(f"The template {path} is no file: {_INSTEAD}")
        if len(content) > _MOST_BYTES:
            raise BadInput(f"The template {path} has more than {_MOST_BYTES // 1024} kilobytes: {_INSTEAD}")
        try:
            text = clean(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise BadInput(f"The template {path} is no text in UTF-8: {_INSTEAD}") from None
        if not text.strip():
            raise BadInput(f"The template {path} is empty: {_INSTEAD}")
        return text


def _read(path: Path) -> bytes | None:
    """Return the content of a file, at most one byte more than is read; None where it is no file but a pipe or so."""
    opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe without a writer waits for nobody
    with os.fdopen(opened, "rb") as file:
        return file.read(_MOST_BYTES + 1) if stat.S_ISREG(os.fstat(opened).st_mode) else None


def _write(path: Path, content: bytes) -> None:
    """Put `content` in the place of a file, whole or not at all; a link stays one."""
    real = Path(os.path.realpath(path))  # unlike `resolve`, at ease with links that go round in a circle
    with NamedTemporaryFile(dir=real.parent, prefix=f".{real.name}-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(real)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
