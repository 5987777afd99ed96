"""Radicale on loopback, vdirsyncer on both sides of it, a phone's folder and a book with a folder of its own."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from relcraft.book.open import Book
from relcraft.cli.wiring import book_at
from relcraft.formats.vcard_lines import Card, properties
from relcraft.store.vdirs import Vdir
from relcraft.sync.card_file import CardRead, read_card
from relcraft.sync.folder import SyncReport
from relcraft.sync.vdir import sync

_TRIES = 3
_PROPS = '{"tag": "VADDRESSBOOK", "D:displayname": "people"}'
_CONFIG = """[general]
status_path = "{status}"
"""
_PAIR = """
[pair {name}]
a = "{name}_vdir"
b = "{name}_server"
collections = null

[storage {name}_vdir]
type = "filesystem"
path = "{folder}"
fileext = ".vcf"

[storage {name}_server]
type = "carddav"
url = "http://127.0.0.1:{port}/somebody/people/"
username = "somebody"
password = "x"
"""
_OURS = re.compile(r"(?:[\w-]+\.)?(FN|N|ORG|TITLE|EMAIL|TEL|URL|NOTE|BDAY|CATEGORIES|NICKNAME|ADR)[;:]")
_STAMPS = ("PRODID", "REV", "BEGIN", "END", "VERSION", "X-RADICALE-NAME")


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@contextmanager
def radicale(place: Path) -> Iterator[int]:
    """A server with one empty address book, in a process of its own; yields its port."""
    people = place / "collection-root" / "somebody" / "people"
    people.mkdir(parents=True)
    (people / ".Radicale.props").write_text(_PROPS)
    for _try in range(_TRIES):
        with _started(place) as port:
            if port:
                yield port
                return
    raise AssertionError("the server did not start")


@contextmanager
def _started(place: Path) -> Iterator[int]:
    """Start a server on a port that is free; yields 0 where another program was quicker to take it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "none",
        "storage-filesystem-folder": str(place),
        "logging-level": "info",
    }
    options = [word for name, value in settings.items() for word in (f"--{name}", value)]
    command = [sys.executable, "-m", "radicale", "--config", "", *options]
    said = place / "said"
    with said.open("wb") as log, subprocess.Popen(command, stderr=log, stdout=log) as server:
        try:
            yield port if _answers(port, server) else 0
        finally:
            server.terminate()
            server.wait(10)


def _answers(port: int, server: "subprocess.Popen[bytes]") -> bool:
    """Wait until the server answers; False where it ended instead."""
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=10):
            return server.poll() is None
        time.sleep(0.02)
    return False


class Setup:
    """The book and its folder on one side of a server, a phone's folder on the other."""

    def __init__(self, place: Path, port: int) -> None:
        self.phone, self.ours = place / "phone", place / "ours"
        self.book_file = place / "book.json"
        self.lines_seen = self.lines_kept = 0
        """Lines of others in our folder before each sync of ours, and how many of them were the same after it."""
        if not port:
            self.phone = self.ours
        pairs = []
        for name, folder in (("phone", self.phone), ("ours", self.ours)):
            folder.mkdir(parents=True, exist_ok=True)
            pairs.append(_PAIR.format(name=name, folder=folder, port=port))
        self._port = port
        self._config = place / "vdirsyncer.conf"
        self._config.write_text("".join((_CONFIG.format(status=place / "status"), *pairs)))
        self._vdirsyncer("discover")

    @classmethod
    def without_server(cls, place: Path) -> "Setup":
        """The book and its folder alone, which is the phone's as well."""
        return cls(place / "alone", 0)

    def _vdirsyncer(self, *words: str) -> None:
        if not self._port:
            return
        program = Path(sys.executable).with_name("vdirsyncer")
        done = subprocess.run(
            [program, "-c", self._config, *words], capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]

    @contextmanager
    def book(self) -> Iterator[Book]:
        """The book, open."""
        with book_at(self.book_file, now) as book:
            yield book

    def relcraft(self) -> SyncReport:
        """`relcraft sync` with our folder."""
        with self.book() as book:
            return sync(book, Vdir(self.ours))[0]

    def round(self) -> SyncReport:
        """The phone talks to the server, then the book does, then the phone again: all that changed is everywhere."""
        self._vdirsyncer("sync", "phone")
        self._vdirsyncer("sync", "ours")
        before = {path.name: foreign_bytes(path.read_bytes()) for path in self.ours.glob("*.vcf")}
        report = self.relcraft()
        for path in self.ours.glob("*.vcf"):
            kept = before.get(path.name, [])
            self.lines_seen += len(kept)
            self.lines_kept += len(kept) if foreign_bytes(path.read_bytes()) == kept else 0
        if report.created or report.written or report.deleted:
            self._vdirsyncer("sync", "ours")
            self._vdirsyncer("sync", "phone")
        return report

    def cards(self, folder: Path) -> dict[str, CardRead]:
        """The cards of a folder by UID."""
        found = [read_card(path.read_bytes()) for path in sorted(folder.glob("*.vcf"))]
        return {card.uid: card for card in found if isinstance(card, CardRead)}

    def file_of(self, folder: Path, uid: str) -> Path:
        """The file of a card."""
        return next(path for path in folder.glob("*.vcf") if f"\nUID:{uid}".encode() in path.read_bytes())


def foreign_lines(card: CardRead) -> list[str]:
    """Return what a card says that Relcraft has no field for, however a server writes it.

    Radicale writes names in capitals and turns parameters round.
    """
    found, _unreadable = properties(Card(1, tuple(line.encode() for line in card.lines), closed=True))
    return sorted(
        f"{entry.name} {sorted(entry.params.items())} {entry.value}"
        for entry in found
        if not _OURS.match(f"{entry.name}:") and entry.name not in _STAMPS
    )


def foreign_bytes(data: bytes) -> list[bytes]:
    """Return the lines of a file that Relcraft has no field for, as they are, folds and line ends with them."""
    lines = re.findall(rb"[^\n]*\n(?:[ \t][^\n]*\n)*", data)
    return [line for line in lines if not _OURS.match(line.decode())]
