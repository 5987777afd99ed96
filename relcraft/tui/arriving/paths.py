"""Path completion for the import: which files and folders a half-typed path could mean, and what is in them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from platformdirs import user_downloads_path

from relcraft.domain.text import clean_line, fold
from relcraft.formats.archives import is_archive
from relcraft.formats.reading import HEAD_BYTES
from relcraft.formats.registry import format_of

MOST = 40
"""How many files and folders are offered at once."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file or folder that can be imported, or gone into."""

    path: Path
    is_folder: bool
    holds: str
    """What its content is, as the user calls it; empty where that is not known."""

    @property
    def name(self) -> str:
        """The last part, a folder's with a slash."""
        return clean_line(self.path.name) + ("/" if self.is_folder else "")


def downloads() -> Path:
    """Return the folder in which exports of other programs usually arrive; the home folder where there is none."""
    folder = user_downloads_path()
    return folder if folder.is_dir() else Path.home()


def typed(path: Path, *, is_folder: bool) -> str:
    """Return a path as it stands in the field: the home folder as ~, a folder with a slash at its end."""
    home = Path.home()
    text = f"~/{path.relative_to(home)}" if path != home and path.is_relative_to(home) else str(path)
    return text.rstrip("/") + ("/" if is_folder else "")


def begun_anew(text: str) -> str:
    """Return the path that counts in `text`: a whole one pasted behind the folder that stood there counts alone.

    Terminals put quotes around a file that is dropped into them; they fall away.
    """
    text = text.strip() if text.rstrip().endswith(("'", '"')) else text.lstrip()
    for start in ("'", '"'):
        at = text.find(start + "/")
        if at >= 0 and text.endswith(start):
            text = text[at + 1 : -1]
    at = max(text.rfind("//"), text.rfind("/~/"))
    return text[at + 1 :] if at >= 0 else text


def meant(text: str) -> Path:
    """Return the path that a typed text means; the home of a user whom nobody knows is a path like any other."""
    path = Path(begun_anew(text).strip() or ".")
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def is_there(path: Path) -> bool:
    """Tell whether there is such a file or folder; what cannot be one, for its length say, is not there."""
    try:
        return path.exists()
    except OSError:
        return False


def _split(text: str) -> tuple[Path, str]:
    """Return the folder that is typed whole, and the beginning of a name in it."""
    head, slash, begun = begun_anew(text).rpartition("/")
    return meant(head + slash), begun


def offers(text: str) -> list[Offer]:
    """Return what `text` could be completed to, what can be imported first; case does not count.

    Hidden files are offered where the text begins with a dot. A folder that cannot be read offers nothing.
    """
    folder, begun = _split(text)
    try:
        names = [entry for entry in folder.iterdir() if fold(entry.name).startswith(fold(begun))]
    except OSError:
        return []
    shown = sorted(
        (entry for entry in names if begun.startswith(".") or not entry.name.startswith(".")),
        key=lambda entry: fold(entry.name),
    )[: MOST * 5]
    found = [_offer(entry) for entry in shown]
    found.sort(key=lambda offer: (not offer.holds, not offer.is_folder))
    return found[:MOST]


def _offer(path: Path) -> Offer:
    try:
        status = path.stat()
        is_folder = path.is_dir()
        holds = "" if is_folder else _content(path, status.st_mtime_ns, status.st_size)
    except OSError:
        return Offer(path, is_folder=False, holds="")
    return Offer(path, is_folder, holds)


@lru_cache(maxsize=512)
def _content(path: Path, changed: int, size: int) -> str:  # noqa: ARG001  # a file that changed is looked at again
    """Return the title of a file's format; empty where none recognises it. Raises OSError."""
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if is_archive(head):
        return "zip archive"
    known = format_of(head)
    return "" if known is None else known.title.partition(" (")[0]


def common_beginning(text: str, found: list[Offer]) -> str:
    """Return `text` completed as far as all that it could mean agree; at least `text`."""
    if not found:
        return text
    if len(found) == 1:
        return typed(found[0].path, is_folder=found[0].is_folder)
    names = [offer.path.name for offer in found]
    length = 0
    while all(len(name) > length and fold(name[: length + 1]) == fold(names[0][: length + 1]) for name in names):
        length += 1
    if length <= len(_split(text)[1]):
        return text
    return typed(found[0].path.parent / names[0][:length], is_folder=False)
