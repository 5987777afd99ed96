"""A disk in memory that behaves as the real one does, writes down every call, and knows what a crash may take."""

import errno
import os
import re
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

from relcraft.store.files import Files

DEVICE = 7
ROOT = 1
_FILE, _FOLDER = stat.S_IFREG | 0o600, stat.S_IFDIR | 0o700


class Ended(BaseException):
    """The program is no more: nothing that it still does reaches the disk."""


@dataclass(frozen=True, slots=True)
class Event:
    """One call that changes the disk or makes something durable; or a note of who records."""

    kind: str
    """write, truncate, sync, name (a folder's entry is made, replaced or removed), folder (one is made), note."""
    node: int = 0
    """The file that is written, cut or made durable; the folder of a name."""
    offset: int = 0
    """Where a write begins; the size after a truncate."""
    data: bytes = b""
    names: tuple[tuple[int, str, int], ...] = ()
    """What a call does to names at once: folder, name, and the node that it leads to then; 0: none."""
    note: str = ""


@dataclass(slots=True)
class Node:
    """A file or a folder."""

    number: int
    mode: int
    content: bytearray = field(default_factory=bytearray)
    entries: dict[str, int] = field(default_factory=dict)
    changed: int = 0
    links: int = 1

    @property
    def is_folder(self) -> bool:
        return stat.S_ISDIR(self.mode)


@dataclass(slots=True)
class _Open:
    node: Node
    flags: int
    position: int = 0


Tree = dict[str, bytes | None]
"""What a folder has, by path: the bytes of a file; None for a folder."""


class Disk(Files):
    """A disk in memory. Every program that is given it sees the same files; `events` says what they did."""

    def __init__(self, tree: Tree | None = None) -> None:
        self.nodes = {ROOT: Node(ROOT, _FOLDER, links=2)}
        self.events: list[Event] = []
        self.calls = 0
        """How many calls there were, those that only look included."""
        self.sites: set[str] = set()
        """From where something was made durable."""
        self.left_out = ""
        """The place from which nothing is made durable, whatever is asked."""
        self.steps: int | None = None
        """How many changing calls are still done before the program ends; None: no end."""
        self.room: int | None = None
        """Bytes that still go onto the disk."""
        self.refused = ""
        """The place from which nothing can be made durable: the disk reports a failure there."""
        self._open: dict[int, _Open] = {}
        self._next_fd = 3
        self._locks: dict[int, int] = {}
        self._clock = 1_773_325_800_000_000_000
        for path, content in sorted((tree or {}).items()):
            self._put(path, content)

    def _put(self, path: str, content: bytes | None) -> None:
        *above, name = path.strip("/").split("/")
        folder = self.nodes[ROOT]
        for part in above:
            if part not in folder.entries:
                folder.entries[part] = self._make(_FOLDER).number
            folder = self.nodes[folder.entries[part]]
        if content is None and name not in folder.entries:
            folder.entries[name] = self._make(_FOLDER).number
        elif content is not None:
            node = self._make(_FILE)
            node.content[:] = content
            folder.entries[name] = node.number

    def _make(self, mode: int) -> Node:
        number = max(self.nodes) + 1
        self.nodes[number] = Node(number, mode, changed=self._tick(), links=2 if stat.S_ISDIR(mode) else 1)
        return self.nodes[number]

    def _tick(self) -> int:
        self._clock += 1_000_000
        return self._clock

    # What tests ask and do

    def tree(self) -> Tree:
        """Return what every program sees now."""
        return tree_of({number: node.entries for number, node in self.nodes.items() if node.is_folder}, self.contents())

    def contents(self) -> dict[int, bytes]:
        """Return the bytes of each file."""
        return {number: bytes(node.content) for number, node in self.nodes.items() if not node.is_folder}

    def note(self, what: str) -> None:
        """Write down what whoever records wants to find again between the calls."""
        self.events.append(Event("note", note=what))

    def kill(self, since: int = 0) -> None:
        """End programs, as a signal does: the files that they opened `since` are closed; what they wrote stays."""
        self._open = {fd: file for fd, file in self._open.items() if fd < since}
        self._locks = {number: fd for number, fd in self._locks.items() if fd < since}
        self.steps = None

    @property
    def since(self) -> int:
        """What `kill` takes to spare every file that is open now."""
        return self._next_fd

    def _step(self) -> None:
        if self.steps is not None:
            if self.steps <= 0:
                self.steps = 0
                raise Ended
            self.steps -= 1

    def _did(self, event: Event) -> None:
        self.events.append(event)

    # Names

    def _find(self, path: Path) -> Node:
        node = self.nodes[ROOT]
        for part in path.parts[1:]:
            if not node.is_folder:
                raise _error(errno.ENOTDIR, path)
            if part not in node.entries:
                raise _error(errno.ENOENT, path)
            node = self.nodes[node.entries[part]]
        return node

    def _folder_of(self, path: Path) -> Node:
        folder = self._find(path.parent)
        if not folder.is_folder:
            raise _error(errno.ENOTDIR, path)
        return folder

    def _name(self, kind: str, *names: tuple[int, str, int]) -> None:
        """Let names lead somewhere else, at once."""
        gone = list[int]()
        for number, name, target in names:
            folder = self.nodes[number]
            gone.append(folder.entries.pop(name, 0))
            if target:
                folder.entries[name] = target
            folder.changed = self._tick()
        for number in set(gone) - {0, *(target for _, _, target in names)}:
            self.nodes[number].links -= 1
        self._did(Event(kind, names[0][0], names=names))

    def stat(self, path: Path) -> os.stat_result | None:
        self.calls += 1
        try:
            return _status(self._find(path))
        except FileNotFoundError:
            return None

    def replace(self, source: Path, target: Path) -> None:
        self.calls += 1
        folder, other = self._folder_of(source), self._folder_of(target)
        node = self._find(source)
        there = other.entries.get(target.name, 0)
        if there and self.nodes[there].is_folder and not node.is_folder:
            raise _error(errno.EISDIR, target)
        self._step()
        if there != node.number:
            self._name("name", (folder.number, source.name, 0), (other.number, target.name, node.number))

    def is_link(self, path: Path) -> bool:
        self.calls += 1
        return False  # there are none on this disk

    def unlink(self, path: Path) -> None:
        self.calls += 1
        try:
            folder, node = self._folder_of(path), self._find(path)
        except FileNotFoundError:
            return
        if node.is_folder:
            raise _error(errno.EISDIR, path)
        self._step()
        self._name("name", (folder.number, path.name, 0))

    def mkdir(self, path: Path) -> None:
        self.calls += 1
        folder = self._folder_of(path)
        if path.name in folder.entries:
            if not self.nodes[folder.entries[path.name]].is_folder:
                raise _error(errno.EEXIST, path)
            return
        self._step()
        self._name("folder", (folder.number, path.name, self._make(_FOLDER).number))
        folder.links += 1

    def names(self, folder: Path) -> list[str]:
        self.calls += 1
        try:
            node = self._find(folder)
        except FileNotFoundError:
            return []
        if not node.is_folder:
            raise _error(errno.ENOTDIR, folder)
        return list(node.entries)

    def writable(self, path: Path) -> bool:
        self.calls += 1
        try:
            return self._find(path) is not None
        except OSError:
            return False

    # Open files

    def open(self, path: Path, flags: int) -> int:
        self.calls += 1
        writing = flags & (os.O_WRONLY | os.O_RDWR)
        try:
            node = self._find(path)
        except FileNotFoundError:
            if not flags & os.O_CREAT:
                raise
            folder = self._folder_of(path)
            self._step()
            node = self._make(_FILE)
            self._name("name", (folder.number, path.name, node.number))
        else:
            if flags & os.O_CREAT and flags & os.O_EXCL:
                raise _error(errno.EEXIST, path)
            if node.is_folder and (writing or flags & os.O_CREAT):
                raise _error(errno.EISDIR, path)
            if not node.is_folder and flags & os.O_DIRECTORY:
                raise _error(errno.ENOTDIR, path)
        fd = self._next_fd
        self._next_fd += 1
        self._open[fd] = _Open(node, flags)
        if flags & os.O_TRUNC and writing:
            self.truncate(fd, 0)
        return fd

    def _file(self, fd: int) -> _Open:
        self.calls += 1
        if fd not in self._open:
            if self.steps == 0:
                raise Ended
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return self._open[fd]

    def fstat(self, fd: int) -> os.stat_result:
        return _status(self._file(fd).node)

    def close(self, fd: int) -> None:
        node = self._file(fd).node
        if self._locks.get(node.number) == fd:
            del self._locks[node.number]
        del self._open[fd]

    def read(self, fd: int, offset: int, size: int) -> bytes:
        file = self._file(fd)
        if file.node.is_folder:
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        if file.flags & os.O_WRONLY:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return bytes(file.node.content[offset : offset + size])

    def write(self, fd: int, data: bytes) -> int:
        file = self._writing(fd, errno.EBADF)
        self._step()
        if self.room is not None:
            if not self.room and data:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            data = data[: self.room]
            self.room -= len(data)
        offset = len(file.node.content) if file.flags & os.O_APPEND else file.position
        if data:
            put_at(file.node.content, offset, data)
            file.node.changed = self._tick()
            self._did(Event("write", file.node.number, offset, bytes(data)))
            file.position = offset + len(data)
        return len(data)

    def truncate(self, fd: int, size: int) -> None:
        file = self._writing(fd, errno.EINVAL)
        self._step()
        cut(file.node.content, size)
        file.node.changed = self._tick()
        self._did(Event("truncate", file.node.number, size))

    def _writing(self, fd: int, refusal: int) -> _Open:
        file = self._file(fd)
        if not file.flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(refusal, os.strerror(refusal))
        return file

    def sync_data(self, fd: int) -> None:
        self._sync(fd)

    def sync(self, fd: int) -> None:
        self._sync(fd)

    def _sync(self, fd: int) -> None:
        number = self._file(fd).node.number
        self._step()
        site = asked_from()
        self.sites.add(site)
        if self.refused and re.sub(r":\d+", "", site) == self.refused:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if site != self.left_out:
            self._did(Event("sync", number))

    def lock(self, fd: int) -> bool:
        number = self._file(fd).node.number
        return self._locks.setdefault(number, fd) == fd

    def unlock(self, fd: int) -> None:
        number = self._file(fd).node.number
        if self._locks.get(number) == fd:
            del self._locks[number]

    def wait(self, seconds: float) -> None:
        self.calls += 1


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


def _status(node: Node) -> os.stat_result:
    seconds = node.changed / 1e9
    size = len(node.content)
    times = {"st_mtime_ns": node.changed, "st_ctime_ns": node.changed, "st_mtime": seconds}
    return os.stat_result((node.mode, node.number, DEVICE, node.links, 1000, 1000, size, 0, 0, 0), times)


def put_at(content: bytearray, offset: int, data: bytes) -> None:
    """Write `data` at `offset`; what is skipped is filled with zeros."""
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def cut(content: bytearray, size: int) -> None:
    """Bring `content` to `size`: what is added are zeros."""
    del content[size:]
    content.extend(bytes(size - len(content)))


def tree_of(folders: dict[int, dict[str, int]], contents: dict[int, bytes]) -> Tree:
    """Return what can be reached from the root."""
    tree: Tree = {}
    waiting = [("", ROOT)]
    while waiting:
        path, number = waiting.pop()
        for name, target in folders[number].items():
            below = f"{path}/{name}"
            if target in folders:
                tree[below] = None
                waiting.append((below, target))
            else:
                tree[below] = contents[target]
    return tree


def asked_from() -> str:
    """Return the place in the store that asked for something to be made durable: who called, down to the call."""
    frame, chain = sys._getframe(3), list[str]()
    while (name := frame.f_globals.get("__name__", "")).startswith("relcraft.store"):
        function = frame.f_code.co_name
        chain.append(f"{function}:{frame.f_lineno}" if name != "relcraft.store.files" else function)
        if function == "make_folders":
            return f"files.{' > '.join(reversed([*chain[:-1], f'make_folders:{frame.f_lineno}']))}"
        if name != "relcraft.store.files":
            return f"{name.removeprefix('relcraft.store.')}.{' > '.join(reversed(chain))}"
        if frame.f_back is None:
            break
        frame = frame.f_back
    return "elsewhere"
