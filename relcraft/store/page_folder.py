"""A folder of pages for reading: ours in it are kept up to date; what the user changed, or put there, stays.

A hidden file in it notes what was written, by name and digest: a page that says something else was changed by hand.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from relcraft.domain.value import Value
from relcraft.store.files import Files, make_folders, plain_file, read_path, sync_folder
from relcraft.store.whole_files import put_whole

NOTED = ".relcraft-pages.json"
_FORMAT = "relcraft-pages"
_MOST_BYTES = 64 * 1024 * 1024


class NotOurs(Exception):
    """There are files in a folder, and none was written by us."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Written(Value):
    """What was done in the folder."""

    written: int
    removed: int
    unchanged: int
    kept: tuple[str, ...]
    """Pages that the user changed, or files of theirs of the same name: they are as they were."""


def write_pages(folder: Path, pages: Mapping[str, bytes], files: Files | None = None) -> Written:
    """Make our pages in `folder` be `pages`, by file name; the folder is made where there is none.

    Each page is written whole or not at all, and read by this user only. Raises `NotOurs`, `OSError`.
    """
    files = files or Files()
    noted = _noted(files, folder)
    if noted is None:
        if any(not name.startswith(f".{NOTED}.") for name in files.names(folder)):
            raise NotOurs
        make_folders(files, folder)
        noted = {}
    digests = {name: _digest(data) for name, data in pages.items()}
    _note(files, folder, {name: [*noted.get(name, ()), *digests.get(name, "").split()] for name in {*noted, *digests}})
    written, kept = 0, list[str]()
    for name, data in pages.items():
        there = _read(files, folder / name)
        if there == data:
            continue
        if there is not None and _digest(there) not in noted.get(name, ()):
            kept.append(name)
            continue
        put_whole(files, folder / name, data)
        written += 1
    removed = _remove_others(files, folder, noted, pages, kept)
    sync_folder(files, folder)  # a page that is as it was has to be ours still, so what was before is noted until then
    _note(files, folder, {name: [digest] for name, digest in digests.items() if name not in kept})
    return Written(written, removed, len(pages) - written - len([name for name in kept if name in pages]), tuple(kept))


def _remove_others(
    files: Files, folder: Path, noted: Mapping[str, Sequence[str]], pages: Mapping[str, bytes], kept: list[str]
) -> int:
    """Remove the pages of those who are no longer in the book, unless the user changed them: these go to `kept`."""
    removed = 0
    for name in sorted(noted.keys() - pages.keys()):
        there = _read(files, folder / name)
        if there is not None and _digest(there) in noted[name]:
            files.unlink(folder / name)
            removed += 1
        elif there is not None:
            kept.append(name)
    return removed


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _read(files: Files, path: Path) -> bytes | None:
    """Return what stands at `path`; None where nothing does. What is no plain file of a sane size is none of ours."""
    if files.is_link(path):
        return b"\0"
    if files.stat(path) is None:
        return None
    status = plain_file(files, path)
    return b"\0" if status is None or status.st_size > _MOST_BYTES else read_path(files, path)


def _noted(files: Files, folder: Path) -> dict[str, list[str]] | None:
    """Return what we wrote into a folder: digests by file name; None where we wrote nothing there."""
    path = folder / NOTED
    status = None if files.is_link(path) else plain_file(files, path)
    if status is None or status.st_size > _MOST_BYTES:
        return None
    try:
        whole = json.loads(read_path(files, path))
    except (ValueError, RecursionError):
        return None
    if not isinstance(whole, dict) or whole.get("format") != _FORMAT or not isinstance(whole.get("pages"), dict):
        return None
    plain = {name: one for name, one in whole["pages"].items() if _is_plain(name) and isinstance(one, list)}
    return {name: [digest for digest in one if isinstance(digest, str)] for name, one in plain.items()}


def _is_plain(name: str) -> bool:
    """Whether a name is that of a file in the folder itself, and no hidden one."""
    return Path(name).name == name and not name.startswith(".") and name.isprintable() and bool(name)


def _note(files: Files, folder: Path, pages: Mapping[str, Sequence[str]]) -> None:
    """Note what is, or is about to be, in the folder."""
    text = json.dumps({"format": _FORMAT, "pages": pages}, ensure_ascii=True, indent=1, sort_keys=True)
    put_whole(files, folder / NOTED, f"{text}\n".encode())
    sync_folder(files, folder)
