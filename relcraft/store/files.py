"""The raw file operations that the store stands on: nothing else in it touches the disk."""

import errno
import fcntl
import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EACCES: "it is not allowed",
    errno.EPERM: "it is not allowed",
    errno.EROFS: "the disk can only be read",
    errno.EIO: "the disk reports a failure",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of its path is no folder",
    errno.ELOOP: "its links lead in a circle",
    errno.ENAMETOOLONG: "its name is too long",
}


class SyncFailed(OSError):
    """What was written may not be on the disk, and nobody can tell."""


def in_words(error: OSError | MemoryError) -> str:
    """Return the reason of `error` as the end of a sentence."""
    if isinstance(error, MemoryError):
        return "there is not enough memory for it"
    return _WORDS.get(error.errno or 0, (error.strerror or str(error)).lower())


def _make(path: Path, flags: int) -> int:
    """Open a file that need not be there: of mode 0600 whatever the umask, and, made by root, of the folder's owner.

    Root would otherwise shut the user out of their own book. A link planted there is not followed.
    """
    fd = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    status = os.fstat(fd)
    if status.st_mode & 0o777 != 0o600:
        os.fchmod(fd, 0o600)
    if os.geteuid() == 0 and (status.st_uid, status.st_nlink) == (0, 1):
        folder = path.parent.stat()
        if folder.st_uid:
            with suppress(OSError):  # a root that may not give files away: it is as if nobody tried
                os.fchown(fd, folder.st_uid, folder.st_gid)
    return fd


class Files:
    """The operations, one call of the system each; all raise `OSError`. New files have mode 0600, new folders 0700."""

    def stat(self, path: Path) -> os.stat_result | None:
        """Return the status of `path`; None where there is no such file."""
        try:
            return path.stat()
        except FileNotFoundError:
            return None

    def fstat(self, fd: int) -> os.stat_result:
        """Return the status of an open file."""
        return os.fstat(fd)

    def open(self, path: Path, flags: int) -> int:
        """Open `path`; a file made here has mode 0600 whatever the umask."""
        return _make(path, flags) if flags & os.O_CREAT else os.open(path, flags | os.O_CLOEXEC)

    def close(self, fd: int) -> None:
        """Close an open file. Whatever the disk says to it, it is closed: what has to be on the disk was synced."""
        try:
            os.close(fd)
        except OSError as error:
            if error.errno == errno.EBADF:
                raise

    def read(self, fd: int, offset: int, size: int) -> bytes:
        """Return up to `size` bytes from `offset` on; empty at the end of the file."""
        return os.pread(fd, size, offset)

    def write(self, fd: int, data: bytes) -> int:
        """Write at the file's position and return how many bytes it took."""
        return os.write(fd, data)

    def truncate(self, fd: int, size: int) -> None:
        """Cut the file to `size` bytes."""
        os.ftruncate(fd, size)

    def sync_data(self, fd: int) -> None:
        """Return when the content of the file is on the disk."""
        if sys.platform == "darwin":
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        else:
            os.fdatasync(fd)

    def sync(self, fd: int) -> None:
        """Return when file or folder is on the disk."""
        if sys.platform == "darwin":
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
        else:
            os.fsync(fd)

    def replace(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target`, at once."""
        source.replace(target)

    def is_link(self, path: Path) -> bool:
        """Whether `path` itself is a symbolic link."""
        return path.is_symlink()

    def unlink(self, path: Path) -> None:
        """Remove `path`; it is well if there is none."""
        path.unlink(missing_ok=True)

    def mkdir(self, path: Path) -> None:
        """Make one folder of mode 0700 whatever the umask; it is well if it is there."""
        try:
            path.mkdir(0o700)
        except FileExistsError:
            if not path.is_dir():
                raise
        else:
            path.chmod(0o700)

    def names(self, folder: Path) -> list[str]:
        """Return the names in `folder`; none where there is no such folder."""
        try:
            return [path.name for path in folder.iterdir()]
        except FileNotFoundError:
            return []

    def writable(self, path: Path) -> bool:
        """Whether this user may write the file, or in the folder, at `path`."""
        return os.access(path, os.W_OK | os.X_OK if path.is_dir() else os.W_OK)

    def lock(self, fd: int) -> bool:
        """Take the advisory lock of an open file; False where another program holds it."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self, fd: int) -> None:
        """Let go of the advisory lock."""
        fcntl.flock(fd, fcntl.LOCK_UN)

    def wait(self, seconds: float) -> None:
        """Let other programs have their turn."""
        time.sleep(seconds)


def read_whole(files: Files, fd: int) -> bytes:
    """Return everything in an open file."""
    parts, offset = [], 0
    while part := files.read(fd, offset, max(files.fstat(fd).st_size - offset, 65_536)):
        parts.append(part)
        offset += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)


def read_path(files: Files, path: Path) -> bytes:
    """Return everything in the file at `path`."""
    fd = files.open(path, os.O_RDONLY)
    try:
        return read_whole(files, fd)
    finally:
        files.close(fd)


def plain_file(files: Files, path: Path) -> os.stat_result | None:
    """Return the status of the file at `path`; None where nothing is there, or what is no plain file.

    A link is followed; one that leads nowhere, or in a circle, is as if nothing were there.
    """
    try:
        status = files.stat(path)
    except OSError as error:
        if error.errno in (errno.ENOTDIR, errno.ELOOP):
            return None
        raise
    return status if status is not None and stat.S_ISREG(status.st_mode) else None


def write_all(files: Files, fd: int, data: bytes) -> None:
    """Write all of `data` at the file's position."""
    written = 0
    while written < len(data):
        taken = files.write(fd, data[written:] if written else data)
        if not taken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))  # or this would go on for ever
        written += taken


def sync_data(files: Files, fd: int) -> None:
    """Return when the content of the file is on the disk. Raises `SyncFailed`."""
    try:
        files.sync_data(fd)
    except OSError as error:
        raise SyncFailed(error.errno, in_words(error)) from error


def sync(files: Files, fd: int) -> None:
    """Return when the whole file is on the disk. Raises `SyncFailed`."""
    try:
        files.sync(fd)
    except OSError as error:
        raise SyncFailed(error.errno, in_words(error)) from error


def sync_folder(files: Files, folder: Path) -> None:
    """Return when the names in `folder` are on the disk. Raises `SyncFailed`."""
    fd = files.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync(files, fd)
    finally:
        files.close(fd)


def write_new(files: Files, path: Path, data: bytes) -> None:
    """Write a file that was not there, durable but for its name in the folder; after a failure it is removed again."""
    fd = files.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW)
    try:
        write_all(files, fd, data)
        sync(files, fd)
    except BaseException:
        with suppress(OSError):  # what went wrong first is what is told
            files.unlink(path)
        raise
    finally:
        files.close(fd)


def make_folders(files: Files, folder: Path) -> None:
    """Make `folder` and what is missing above it, durably: also what is there and perhaps was made a moment ago."""
    missing: list[Path] = []
    while files.stat(folder) is None:
        missing.append(folder)
        folder = folder.parent
    with suppress(PermissionError):  # where others made it, the folder above may be closed to us
        sync_folder(files, folder.parent)
    for one in reversed(missing):
        files.mkdir(one)
        sync_folder(files, one.parent)
