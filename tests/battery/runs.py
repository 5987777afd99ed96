"""A recorded run of programs on a disk in memory, and what the next program finds on any disk that is left of it."""

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from relcraft.domain.changes import Change, Op, put
from relcraft.domain.documents import Document
from relcraft.domain.errors import BadBook, NotKept
from relcraft.domain.records import Contact
from relcraft.store import open_store
from relcraft.store.keeper import BookFile
from relcraft.store.migrations import Migration
from tests.battery.disk import Disk, Node, Tree

NOW = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)
FOLDER = Path("/home")
BOOK = FOLDER / "book.json"
BACKUPS = Path("/state/backups")
NEXT = Contact(uid="next", name="Next")

Records = dict[tuple[str, str], Document]


@dataclass(frozen=True, slots=True)
class State:
    """What a book holds: its records, and the titles of what can be undone."""

    records: Records
    titles: tuple[str, ...] = ()

    def after(self, change: Change) -> "State":
        """Return what it holds after `change`."""
        records = dict(self.records)
        for op in change.ops:
            if op.after is None:
                records.pop((op.table, op.uid), None)
            else:
                records[op.table, op.uid] = op.after
        return State(records, (*self.titles, change.title))


@dataclass(frozen=True, slots=True)
class Setting:
    """How programs open a book."""

    book: Path = BOOK
    backups: Path | None = None
    migrations: Sequence[Migration] = ()
    with_titles: bool = True
    """Whether what can be undone is the same on each disk of a run."""


Look = Callable[[Tree], str]
"""Says what is wrong with a disk as it was left; empty: nothing."""


@dataclass(slots=True)
class Run:
    """Programs at one book, each change of theirs noted."""

    setting: Setting = field(default_factory=Setting)
    disk: Disk = field(default_factory=lambda: Disk({str(FOLDER): None}))
    states: list[State] = field(default_factory=lambda: [State({})])
    """What the book holds after each change, those that were not acknowledged included."""
    look: Look = lambda tree: ""
    now: datetime = NOW
    base: dict[int, Node] = field(default_factory=dict)
    """The disk on which the record begins."""
    kept: int = 0
    """The number of the last state that was acknowledged."""
    programs: list[BookFile] = field(default_factory=list)

    def open(self, setting: Setting | None = None) -> BookFile:
        """Start a program."""
        program = opened(self.disk, setting or self.setting, lambda: self.now)
        self.programs.append(program)
        return program

    def begin(self) -> None:
        """Begin to record here: all that is on the disk now is durable."""
        self.disk.events.clear()
        self.base = deepcopy(self.disk.nodes)
        self.note_kept(len(self.states) - 1)

    def note_kept(self, number: int) -> None:
        """Write down that the state of this number was acknowledged."""
        self.kept = number
        self.disk.note(f"kept {number}")

    def keep(self, program: BookFile, change: Change) -> None:
        """Let a program make a change."""
        number = self.started(self.states[-1].after(change))
        program.keep(change)
        self.note_kept(number)

    def refuse(self, program: BookFile, change: Change) -> None:
        """Let a program make a change that cannot be kept, on a disk that refuses something."""
        number, before = self.started(self.states[-1].after(change)), self.disk.tree()
        try:
            program.keep(change)
        except NotKept:
            if self.disk.tree() != before:
                raise AssertionError("a change was refused, and the files are not as before") from None
            self.disk.note(f"refused {number}")
            self.states.append(self.states[number - 1])
        else:
            raise AssertionError("the disk was to refuse it")

    def started(self, state: State) -> int:
        """Write down that somebody begins what leads to `state`; return its number."""
        self.states.append(state)
        self.disk.note(f"started {len(self.states) - 1}")
        return len(self.states) - 1

    def edit_outside(self, edit: Callable[[dict[str, Any]], None], state: State, *, durable: bool = True) -> None:
        """Let another program put a file of its own in the place of the book's, as git and editors do."""
        number = self.started(state)
        tables = json.loads(self.disk.tree()[str(self.setting.book)] or b"")
        edit(tables)
        replace_outside(self.disk, self.setting.book, json.dumps(tables, indent=1).encode(), durable=durable)
        if durable:
            self.note_kept(number)


def opened(disk: Disk, setting: Setting, now: Callable[[], datetime]) -> BookFile:
    """Open the book of `setting` on `disk`."""
    return open_store(setting.book, files=disk, backups=setting.backups, now=now, migrations=setting.migrations)


def replace_outside(disk: Disk, path: Path, data: bytes, *, durable: bool) -> None:
    """Put a file in the place of another. Where it is not `durable`, its content is, and its name may be lost."""
    import os  # flags of the one call that no store makes

    temporary = path.with_name("edited")
    fd = disk.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    disk.write(fd, data)
    disk.sync(fd)
    disk.close(fd)
    disk.replace(temporary, path)
    if durable:
        fd = disk.open(path.parent, os.O_RDONLY)
        disk.sync(fd)
        disk.close(fd)


def change(title: str, *ops: Op) -> Change:
    """Return a change."""
    return Change(title=title, ops=ops, at=NOW)


def adding(*contacts: Contact) -> Change:
    """Return the change that adds contacts."""
    return change(f"add {contacts[0].uid}", *(put(None, contact) for contact in contacts))


@dataclass(frozen=True, slots=True)
class Found:
    """What the next program found on a disk, and what is wrong with it, whatever was written before."""

    state: State | None
    problem: str = ""


def find(tree: Tree, setting: Setting) -> Found:
    """Let a program open what is on the disk, save something, fold and go; say what it found."""
    if problem := file_at_rest_problem(tree, setting):
        return Found(None, problem)
    disk = Disk(tree)
    try:
        program = opened(disk, setting, lambda: NOW)
        state = held_by(program, with_titles=setting.with_titles)
        if program.read_only:
            return Found(state, f"it is read-only: {program.read_only}")
        program.keep(adding(NEXT))
        waiting = held_by(program, with_titles=setting.with_titles)
        program.close()
    except (BadBook, NotKept, OSError) as error:
        return Found(None, f"{type(error).__name__}: {error}")
    return Found(state, after_a_save_problem(disk.tree(), setting, state, waiting))


def held_by(program: BookFile, *, with_titles: bool = True) -> State:
    """Return what an open book holds."""
    records = {
        (table, uid): dict(document)
        for table, documents in program.load().items()
        if table != "conflicts"
        for uid, document in documents.items()
    }
    return State(records, tuple(one.title for one in program.history()) if with_titles else ())


def at_rest(data: bytes) -> tuple[Records, set[tuple[str, str]]]:
    """Return the records and the tombstones in a file, as whoever knows JSON alone reads them."""
    tables = json.loads(data)
    records = {
        (table, document["uid"]): document
        for table, documents in tables.items()
        if not table.startswith("_") and table != "conflicts"
        for document in documents.values()
    }
    dead = {(one["table"], one["uid"]) for one in tables.get("_tombstones", {}).values()}
    return records, dead


def file_at_rest_problem(tree: Tree, setting: Setting) -> str:
    """Say what is wrong with the JSON files as the crash left them: stock TinyDB opens each of them every time."""
    backup = re.compile(rf"{re.escape(str(setting.backups))}/{setting.book.stem}[^/]*\.json")
    for path, data in tree.items():
        if data is not None and (path == str(setting.book) or backup.fullmatch(path)):
            try:
                at_rest(data)
            except (ValueError, KeyError, AttributeError) as error:
                return f"{path} is not whole: {error}"
    return ""


def after_a_save_problem(tree: Tree, setting: Setting, found: State, waiting: State) -> str:
    """Say what is wrong with the files after a program found `found`, added one record, and folded."""
    expected = replace(found).after(adding(NEXT))
    if (expected.records, expected.titles[-1:]) != (waiting.records, waiting.titles[-1:] or expected.titles[-1:]):
        return "what was saved next is not there"
    records, dead = at_rest(tree.get(str(setting.book)) or b"{}")
    if records != expected.records:
        return "the file at rest says something else than the open book"
    if dead & records.keys():
        return "there is a tombstone of a record that lives"
    left = [path for path in tree if path.endswith((".journal", ".tmp")) and path.startswith(str(setting.book))]
    return f"{left[0]} was left behind" if left else ""
