"""A small book with something of everything in it, and a journal of a few transactions beside it: to be damaged."""

import json
import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from relcraft.domain.changes import Change, Op, drop, put
from relcraft.domain.documents import Document, to_document
from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction, OtherSide, Tie
from relcraft.domain.versions import version_of
from relcraft.domain.words import Direction, ExchangeKind, InteractionKind
from relcraft.store import open_store
from relcraft.store.files import Files
from relcraft.store.keeper import BookFile
from tests.store.changes import crashed

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
DAY = date(2026, 3, 1)
Records = dict[tuple[str, str], Document]

ADA = Contact(uid="ada", name="Ada Lovelace", tags=("maths",), notes='Said "hello\\bye".\nLikes tea.')
ZOE = Contact(uid="zoe", name="Zoë Müller", city="Zürich")
LI = Contact(uid="li", name="李 小龙", nicknames=("🐉",))
GRACE = Contact(uid="grace", name="Grace Hopper", introduced_by="ada")
LINUS = Contact(uid="linus", name="Linus Þór")
TEA = Interaction(uid="tea", date=DAY, kind=InteractionKind.COFFEE, contacts=("ada", "zoe"), summary="tea & ë")
CALL = Interaction(uid="call", date=DAY, kind=InteractionKind.CALL, contacts=("grace",))
HELP = Exchange(uid="help", date=DAY, direction=Direction.GIVEN, kind=ExchangeKind.ADVICE, contact="li")
PAPER = FollowUp(uid="paper", date=DAY, contact="grace", text="send the paper")
KNOWS = Tie(uid="knows", first="ada", second="grace")
OTHER_ADA = {**to_document(ADA), "city": "Paris"}
OTHER = OtherSide(
    uid=version_of("contacts", "ada", OTHER_ADA),
    created=NOW,
    updated=NOW,
    table="contacts",
    of="ada",
    document=OTHER_ADA,
)


class QuickFiles(Files):
    """Files that wait for no disk: nothing that is tried here ends in a crash."""

    def sync(self, fd: int) -> None:
        """Return at once."""

    def sync_data(self, fd: int) -> None:
        """Return at once."""


@dataclass(frozen=True, slots=True)
class SmallBook:
    """The bytes of both files, and what they say."""

    book: bytes
    journal: bytes
    older: bytes
    """The book as it was at rest once, after its first transaction."""
    strange: bytes
    """The journal of another book."""
    states: tuple[Records, ...]
    """The records at rest, then those after each transaction of the journal."""

    @property
    def records(self) -> Records:
        """Everything, the journal included."""
        return self.states[-1]


def opened(path: Path) -> BookFile:
    """Open a book on quick files, with backups."""
    return open_store(path, now=lambda: NOW, backups=path.parent / "backups", files=QuickFiles())


def records_of(keeper: BookFile) -> Records:
    """Return all records of an open book, its tombstones and what can be undone."""
    found = {(table, uid): dict(one) for table, rows in keeper.load().items() for uid, one in rows.items()}
    found |= {("_tombstones", uid): dict(one) for uid, one in keeper._storage.rows.by_uid("_tombstones").items()}
    found |= {("_history", str(at)): {"change": str(one)} for at, one in enumerate(keeper.history())}
    return found


def a_folder() -> Path:
    """Return a new folder, in memory where there is such a place."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="relcraft-damage-", dir=memory if memory.is_dir() else None))


def small_book() -> SmallBook:
    """Return the book with its journal."""
    folder = a_folder()
    try:
        path = folder / "book.json"
        keeper = opened(path)
        _keep(keeper, "people", *(put(None, one) for one in (ADA, ZOE, LI, GRACE)))
        keeper.fold()
        older = path.read_bytes()
        _keep(keeper, "met", *(put(None, one) for one in (TEA, CALL, HELP, PAPER, KNOWS, OTHER)))
        _keep(keeper, "moved", put(ZOE, replace(ZOE, city="Genève")))
        _keep(keeper, "no call", drop(CALL))
        keeper.close()
        book = path.read_bytes()
        keeper = opened(path)
        states = [records_of(keeper)]
        grown = replace(ADA, role="Countess")
        for title, op in (("Linus", put(None, LINUS)), ("role", put(ADA, grown)), ("done", drop(PAPER))):
            _keep(keeper, title, op)
            states.append(records_of(keeper))
        journal = path.with_name("book.json.journal").read_bytes()
        crashed(keeper)
        return SmallBook(book, journal, older, _strange_journal(folder), tuple(states))
    finally:
        shutil.rmtree(folder)


def _strange_journal(folder: Path) -> bytes:
    path = folder / "strange.json"
    keeper = opened(path)
    _keep(keeper, "somebody", put(None, Contact(uid="somebody", name="Somebody")))
    keeper.fold()
    _keep(keeper, "stranger", put(None, Contact(uid="stranger", name="A Stranger")))
    journal = path.with_name("strange.json.journal").read_bytes()
    crashed(keeper)
    return journal


def _keep(keeper: BookFile, title: str, *ops: Op) -> None:
    keeper.keep(Change(title=title, ops=ops, at=NOW))


def in_one_line(book: bytes) -> bytes:
    """Return the book as stock TinyDB writes it."""
    return json.dumps(json.loads(book), ensure_ascii=False).encode()


def documents_before(book: bytes, end: int) -> list[tuple[str, str]]:
    """Return table and id of each document that ends before `end`: of a book with one document a line."""
    found, table, at = [], "", 0
    for line in book.splitlines(keepends=True):
        at += len(line)
        if (begins := re.match(rb'\{?"(\w+)": \{', line)) and not re.match(rb'"\d+"', line):
            table = begins[1].decode()
            continue
        if (row := re.match(rb'"(\d+)": \{', line)) and at - len(line) + len(line.rstrip(b",\n")) <= end:
            found.append((table, row[1].decode()))
    return found
