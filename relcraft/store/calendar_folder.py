"""A folder with one calendar file an item, as khal, todoman and vdirsyncer read it: ours in it are kept up to date."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from relcraft.domain.agenda import HOST
from relcraft.domain.value import Value
from relcraft.store.files import Files, plain_file, read_path, sync_folder
from relcraft.store.whole_files import put_whole

_ENDING = ".ics"
_MOST_BYTES = 1024 * 1024
"""A file of more is no single item of ours."""
_FOLDED = re.compile(rb"\r?\n[ \t]")
_UID = re.compile(rb"^UID(?:;[^:\r\n]*)?:(.*?)\r?$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Brought(Value):
    """What was done in the folder."""

    written: int
    removed: int
    unchanged: int


def bring_up_to_date(folder: Path, items: Mapping[str, bytes], files: Files | None = None) -> Brought:
    """Make the items of ours in `folder` be `items`, by UID; the files of others are left alone.

    Each file is written whole or not at all, and read by this user only; one that says the same is not touched. An
    item is ours where its UID says so, whatever its file is called. Raises `OSError`.
    """
    files = files or Files()
    there = dict(_ours(files, folder))
    written = removed = 0
    for uid, data in items.items():
        path, before = there.pop(uid, (folder / f"{uid}{_ENDING}", None))
        if data != before:
            put_whole(files, path, data)
            written += 1
    for path, _data in there.values():
        files.unlink(path)
        removed += 1
    if written or removed:
        sync_folder(files, folder)
    return Brought(written, removed, len(items) - written)


def _ours(files: Files, folder: Path) -> Iterator[tuple[str, tuple[Path, bytes]]]:
    """Yield our items by their UIDs, with their files and what these hold."""
    for name in sorted(files.names(folder)):
        path = folder / name
        if name.startswith(".") or not name.endswith(_ENDING):
            continue
        status = plain_file(files, path)
        if status is None or status.st_size > _MOST_BYTES:
            continue
        data = read_path(files, path)
        uids = {uid.decode("utf-8", "replace").strip() for uid in _UID.findall(_FOLDED.sub(b"", data))}
        if len(uids) == 1 and (uid := uids.pop()).endswith(HOST):
            yield uid, (path, data)
