"""The disk in memory does what the real one does, and nothing in the store goes past the layer that both stand for."""

import ast
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import relcraft.store
from relcraft.domain.records import Contact
from relcraft.store import open_store
from relcraft.store.files import Files
from tests.battery.disk import Disk
from tests.battery.runs import adding
from tests.store.changes import ADA, GRACE, NOW, a_book, all_files, crashed

NAMES = ("a", "b", "c", "a/x", "a/y", "a/z/deep", "d", "d/x")
FLAGS = (
    os.O_RDONLY,
    os.O_RDWR | os.O_CREAT,
    os.O_RDWR | os.O_APPEND,
    os.O_RDONLY | os.O_DIRECTORY,
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW,
    os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW,
    os.O_WRONLY | os.O_TRUNC,
)


class Side:
    """One of the two disks, driven by numbers that mean the same on both."""

    def __init__(self, files: Files, root: Path) -> None:
        self.files = files
        self.root = root
        self.fds: list[int] = []

    def did(self, call: Callable[["Side"], Any]) -> Any:
        """Return what a call gives, or how it fails."""
        try:
            return call(self)
        except OSError as error:
            return error.errno

    def seen(self, status: os.stat_result | None) -> Any:
        """Return what the store looks at in a status, whatever numbers a disk gives its files."""
        if status is None:
            return None
        home = self.files.stat(self.root)
        assert home is not None
        named = [name for name in NAMES if (at := self.did(stat_of(name))) and not is_error(at) and same(at, status)]
        size = "folder" if status.st_mode & 0o040000 else (status.st_size, status.st_nlink)
        return oct(status.st_mode), named, status.st_dev == home.st_dev, size

    def open(self, name: str, flags: int) -> Any:
        self.fds.append(self.files.open(self.root / name, flags))
        return self.seen(self.files.fstat(self.fds[-1]))

    def close(self, number: int) -> None:
        self.files.close(self.fds.pop(number))

    def tree(self) -> Any:
        """Return what every name shows, and every open file."""
        shown: dict[str | int, Any] = {}
        for name in NAMES:
            status = self.did(stat_of(name))
            shown[name] = status if is_error(status) else self.seen(status)
        return shown | {number: self.seen(self.files.fstat(fd)) for number, fd in enumerate(self.fds)}


def stat_of(name: str) -> Callable[[Side], Any]:
    return lambda side: side.files.stat(side.root / name)


def is_error(result: Any) -> bool:
    return isinstance(result, int)


def same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)


def a_call(dice: random.Random, opened: int) -> Callable[[Side], Any]:
    """Return one call, to be made on both sides."""
    name, other, flags = dice.choice(NAMES), dice.choice(NAMES), dice.choice(FLAGS)
    size, data = dice.randrange(15), dice.randbytes(dice.randrange(30))
    odd = name in {"a", "d"} or name.startswith(f"{other}/")  # folders are never moved, nor files onto what holds them
    calls: list[Callable[[Side], Any]] = [
        lambda side: side.open(name, flags),
        lambda side: side.open(name, flags),
        lambda side: side.seen(side.files.stat(side.root / name)),
        lambda side: side.files.unlink(side.root / name),
        lambda side: sorted(side.files.names(side.root / name)),
        lambda side: side.files.writable(side.root / name),
        lambda side: None if odd else side.files.replace(side.root / name, side.root / other),
        lambda side: side.files.mkdir(side.root / folder_of(name)),
    ]
    if opened:
        at = dice.randrange(opened)
        calls += [
            lambda side: side.files.write(side.fds[at], data),
            lambda side: side.files.write(side.fds[at], data),
            lambda side: side.files.read(side.fds[at], size, 1 + len(data)),
            lambda side: side.files.truncate(side.fds[at], size),
            lambda side: side.seen(side.files.fstat(side.fds[at])),
            lambda side: side.files.sync_data(side.fds[at]),
            lambda side: side.files.sync(side.fds[at]),
            lambda side: side.files.lock(side.fds[at]),
            lambda side: side.files.unlock(side.fds[at]),
            lambda side: side.close(at),
        ]
    return dice.choice(calls)


def folder_of(name: str) -> str:
    return name if name in {"a", "d"} else "a"


@pytest.mark.parametrize("seed", range(15))
def test_the_disk_in_memory_does_what_the_real_one_does(tmp_path: Path, seed: int) -> None:
    real, simulated = Side(Files(), tmp_path / "root"), Side(Disk({"/root": None}), Path("/root"))
    real.root.mkdir(mode=0o700)
    dice = random.Random(seed)
    for number in range(200):
        call = a_call(dice, len(real.fds))
        assert simulated.did(call) == real.did(call), f"call {number}"
        assert simulated.tree() == real.tree(), f"call {number}"
    for fd in real.fds:
        os.close(fd)


def test_the_disk_in_memory_stands_for_every_call() -> None:
    calls = {name for name in vars(Files) if not name.startswith("_")}
    assert calls - vars(Disk).keys() == set()


def test_a_program_leaves_the_same_files_on_both_disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "urandom", lambda size: b"x" * size)  # the names of journals
    disk, folder = Disk({"/home": None}), tmp_path / "home"
    folder.mkdir()
    for files, home in ((disk, Path("/home")), (Files(), folder)):
        book = open_store(home / "book.json", files=files, backups=home / "backups", now=lambda: NOW)
        book.keep(adding(ADA))
        book.fold()
        book.keep(adding(GRACE))
        crashed(book)
    assert {name.removeprefix("/home/"): data for name, data in disk.tree().items() if data is not None} == all_files(
        folder
    )
    assert "/home/book.json.journal" in disk.tree()


ALLOWED = {
    "realpath",  # a question where a path leads, in place.py
    "fsencode",  # a name as bytes: nothing is touched
    "urandom",
    "strerror",
    "getpid",
    "stat_result",
    "path",
}
TOUCHING = {
    *("chmod", "exists", "glob", "hardlink_to", "is_dir", "is_file", "is_symlink", "iterdir", "link", "lstat", "mkdir"),
    *(
        "open",
        "read_bytes",
        "read_text",
        "readlink",
        "rename",
        "resolve",
        "rglob",
        "rmdir",
        "samefile",
        "stat",
        "touch",
    ),
    *("symlink_to", "truncate", "unlink", "walk", "write_bytes", "write_text"),
}
FORBIDDEN = {"fcntl", "glob", "io", "mmap", "shutil", "socket", "subprocess", "tempfile", "sqlite3"}


def past_the_layer(source: str) -> list[str]:
    """Return what in a module touches the disk by itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
            found += [f"line {node.lineno}: import {name}" for name in names if name.split(".")[0] in FORBIDDEN]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            found.append(f"line {node.lineno}: open()")
        elif isinstance(node, ast.Attribute):
            whose = ast.unparse(node.value)
            of_os = whose in {"os", "os.path"} and not node.attr.startswith("O_") and node.attr not in ALLOWED
            if of_os or (node.attr in TOUCHING and whose.rpartition(".")[2] not in {"files", "_files"}):
                found.append(f"line {node.lineno}: {whose}.{node.attr}")
    return found


def test_the_store_touches_the_disk_through_one_layer_alone() -> None:
    folder = Path(relcraft.store.__file__).parent
    found = {path.name: past_the_layer(path.read_text()) for path in folder.glob("*.py") if path.name != "files.py"}
    assert {name: places for name, places in found.items() if places} == {}
    assert (
        len(past_the_layer("import shutil\nimport os\nopen('x')\nos.rename(a, b)\npath.unlink()\nPath(a).stat()")) == 5
    )
    assert past_the_layer("self._files.unlink(a)\nfiles.stat(a)\nos.O_RDONLY\nos.path.realpath(a)") == []


class Counting(Files):
    """The real files, which write down what they are asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and name != "asked":
            self.asked.append(name)
        return super().__getattribute__(name)


def test_the_layer_costs_nothing_a_durable_change_is_one_write_and_one_sync(tmp_path: Path) -> None:
    assert vars(Files()) == {}
    files = Counting()
    with a_book(tmp_path / "book.json", ADA, files=files) as book:
        book.keep(adding(GRACE))
        files.asked.clear()
        book.keep(adding(Contact(uid="linus", name="Linus")))
        changing = [name for name in files.asked if name not in {"stat", "fstat", "lock", "unlock"}]
        assert changing == ["write", "sync_data"]
        assert len(files.asked) <= 8
