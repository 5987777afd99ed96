"""Others at the file: they write, are killed, edit from outside; `python -m tests.battery.sharing` prints figures."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.changes import put
from relcraft.domain.errors import Conflict
from relcraft.domain.records import Contact
from relcraft.store.journal import parse_journal
from relcraft.store.keeper import BookFile
from relcraft.store.opening import open_store

WRITERS = 4


@dataclass(slots=True)
class Told:
    """What came of one story: figures, and what did not hold."""

    figures: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def hold(self, wanted: str, holds: bool) -> None:
        """Note a problem where something does not hold."""
        if not holds:
            self.problems.append(wanted)


def now() -> datetime:
    """Return the moment: these stories run while time goes by."""
    return datetime.now(UTC)


def keeper_of(path: Path) -> BookFile:
    """Open the file of a book."""
    return open_store(path, now=now)


@contextmanager
def book_of(path: Path) -> Iterator[Book]:
    """Open a book; it is folded and closed."""
    with closing(Book(keeper_of(path), now)) as book:
        yield book


def at_rest(path: Path) -> dict[str, list[Mapping[str, Any]]]:
    """Return what stock TinyDB reads in a file."""
    with TinyDB(path, encoding="utf-8") as database:
        return {table: list(database.table(table)) for table in database.tables()}


# Programs of their own


WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from relcraft.book import verbs
from relcraft.domain.records import Contact
from tests.battery.sharing import book_of

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with book_of(path) as book:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(count):
        verbs.add_contact(book, Contact(uid="", name=f"{name} {number}"))
        with book.alone():
            tally = book.contact("tally")
            verbs.edit(book, tally, replace(tally, notes=str(int(tally.notes) + 1)))
        if number % 7 == 6:
            book.fold()
"""

HOLDER = """
import sys
from pathlib import Path
from relcraft.domain.changes import put
from relcraft.domain.records import Contact
from tests.battery.sharing import book_of

with book_of(Path(sys.argv[1])) as book, book.alone():
    book.change("kept", put(None, Contact(uid=sys.argv[2], name=sys.argv[2])))
    if sys.argv[3] == "fold":
        book.fold()
    print("inside", flush=True)
    sys.stdin.readline()
"""


def program(source: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a Python program that speaks over its standard input and output."""
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def heard(running: subprocess.Popen[str]) -> str:
    """Return the next line that a program says."""
    assert running.stdout is not None
    return running.stdout.readline().strip()


def writers(folder: Path, size: int) -> Told:
    """Let several programs write to one open book at once: people of their own, and one number that all count up."""
    told, path = Told(), folder / "book.json"
    with book_of(path) as book:
        book.change("tally", put(None, Contact(uid="tally", name="Tally", notes="0")))
        running = [program(WRITER, path, f"writer{number}", size) for number in range(WRITERS)]
        for one in running:
            told.hold("every writer starts", heard(one) == "ready")
        began = time.monotonic()
        for one in running:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        codes = [one.wait(timeout=600) for one in running]
        seconds = time.monotonic() - began
        for one in running:
            one.communicate()
        told.hold("every writer ends well", codes == [0] * WRITERS)
        book.look_for_news()
        seen = {contact.name for contact in book.contacts()}
    wanted = {"Tally"} | {f"writer{writer} {number}" for writer in range(WRITERS) for number in range(size)}
    names = [str(each["name"]) for each in at_rest(path)["contacts"]]
    tally = next(each["notes"] for each in at_rest(path)["contacts"] if each["uid"] == "tally")
    told.hold("nothing is lost and nothing doubled in the file", sorted(names) == sorted(wanted))
    told.hold("the program that only looked on sees all of it", seen == wanted)
    told.hold("no count is lost", tally == str(WRITERS * size))
    told.figures = {
        "programs": WRITERS,
        "changes": 2 * WRITERS * size,
        "lost": len(wanted - set(names)) + WRITERS * size - int(tally),
        "doubled": len(names) - len(set(names)),
        "changes a second": round(2 * WRITERS * size / seconds),
    }
    return told


def same_record(folder: Path, size: int) -> Told:
    """Let two programs edit one record from the same state: in other fields (merged), in the same one (told)."""
    told, path, conflicts = Told(), folder / "book.json", 0
    with book_of(path) as one, book_of(path) as other:
        one.change("Ada", put(None, Contact(uid="ada", name="Ada")))
        for number in range(size):
            one.look_for_news()
            other.look_for_news()
            seen = other.contact("ada")
            verbs.edit(one, one.contact("ada"), replace(seen, city=f"one {number}"))
            verbs.edit(other, seen, replace(seen, role=f"other {number}"))
            merged = other.contact("ada")
            both = (merged.city, merged.role) == (f"one {number}", f"other {number}")
            told.hold("edits of different fields are both kept", both)
            one.look_for_news()
            verbs.edit(one, merged, replace(merged, organisation=f"one {number}"))
            try:
                verbs.edit(other, merged, replace(merged, organisation=f"other {number}"))
            except Conflict as error:
                conflicts += 1
                told.hold(
                    "the conflict names record and field", '"Ada"' in str(error) and '"Organisation"' in str(error)
                )
            told.hold("the first edit stands", other.contact("ada").organisation == f"one {number}")
    told.hold("each edit of the same field is told", conflicts == size)
    told.figures = {"edits": 4 * size, "merged": 2 * size, "told as a conflict": conflicts}
    return told


def killed_inside(folder: Path, size: int) -> Told:
    """Kill a program inside the lock: what it had kept is there, and others go on at once."""
    told, path, slowest = Told(), folder / "book.json", 0.0
    with book_of(path) as book:
        for number in range(size):
            one = program(HOLDER, path, f"kept-{number}", "fold" if number % 2 else "-")
            told.hold("it is inside", heard(one) == "inside")
            one.kill()
            one.wait()
            one.communicate()
            began = time.monotonic()
            verbs.add_contact(book, Contact(uid="", name=f"after {number}"))
            slowest = max(slowest, time.monotonic() - began)
            told.hold("what the killed one kept is there", book.get("contacts", f"kept-{number}") is not None)
    names = sorted(str(each["name"]) for each in at_rest(path)["contacts"])
    wanted = sorted([f"kept-{number}" for number in range(size)] + [f"after {number}" for number in range(size)])
    told.hold("nothing is lost", names == wanted)
    told.figures = {
        "kills": size,
        "lost": len(set(wanted) - set(names)),
        "slowest next change ms": round(slowest * 1000, 1),
    }
    return told


# Edits from outside


def _edited(path: Path, **fields: str) -> bytes:
    """Return the file with Ada's fields changed, and a new person in it."""
    content = json.loads(path.read_text(encoding="utf-8"))
    ada = next(row for row in content["contacts"].values() if row["uid"] == "ada")
    ada.update(fields)
    content["contacts"]["4711"] = {"uid": "new", "name": "New Person"}
    return json.dumps(content, indent=1).encode()


def by_tinydb(path: Path, **fields: str) -> None:
    """Edit as a script with stock TinyDB does: in place."""
    with TinyDB(path, encoding="utf-8") as database:
        database.table("contacts").update(fields, where("uid") == "ada")
        database.table("contacts").insert({"uid": "new", "name": "New Person"})


def by_rename(path: Path, **fields: str) -> None:
    """Edit as most editors do: a new file in the place of the old one."""
    new = path.with_name("book.json~new")
    new.write_bytes(_edited(path, **fields))
    new.replace(path)


def in_place(path: Path, **fields: str) -> None:
    """Edit as other editors do: truncated, and written."""
    data = _edited(path, **fields)
    with path.open("r+b") as file:
        file.truncate(0)
        file.write(data)


def by_copy(path: Path, **fields: str) -> None:
    """Copy a file of another machine over it, as `cp` does, with the times that it has there."""
    new = path.with_name("from-elsewhere")
    new.write_bytes(_edited(path, **fields))
    os.utime(new, (1_000_000_000, 1_000_000_000))
    subprocess.run(["cp", "-p", new, path], check=True)
    new.unlink()


def by_git(path: Path, **fields: str) -> None:
    """Switch to another branch, on which the book says something else."""
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")

    def git(*arguments: str) -> None:
        subprocess.run(["git", *identity, *arguments], cwd=path.parent, check=True, capture_output=True)

    here = path.read_bytes()
    git("init", "-q", "-b", "here")
    git("add", path.name)
    git("commit", "-qm", "here")
    git("checkout", "-qb", "there")
    edited = _edited(path, **fields)
    with tempfile.TemporaryDirectory() as elsewhere:  # the book itself is not touched before git does it
        tree = Path(elsewhere, "tree")
        subprocess.run(["git", "worktree", "add", "-q", "-b", "other", str(tree)], cwd=path.parent, check=True)
        Path(tree, path.name).write_bytes(edited)
        subprocess.run(["git", *identity, "commit", "-qam", "there"], cwd=tree, check=True)
        subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=path.parent, check=True)
    assert path.read_bytes() == here
    git("checkout", "-q", "other")


Edit = Callable[..., None]
EDITS: dict[str, Edit] = {
    "stock TinyDB": by_tinydb,
    "a new file renamed": by_rename,
    "truncated and written": in_place,
    "cp -p": by_copy,
    "git checkout": by_git,
}


def said_anywhere(path: Path, text: str) -> bool:
    """Whether a text stands in the book, in one of its conflicts, or in a file that keeps one."""
    files = [path, *path.parent.glob("book.conflict-*.json")]
    return any(text in file.read_text(encoding="utf-8") for file in files)


def outside(folder: Path, edit: Edit, *, waiting: bool) -> Told:
    """Edit the file from outside while a book is open, with or without changes that wait in its journal."""
    told, path = Told(), folder / "book.json"
    with book_of(path) as book:
        people = (Contact(uid="ada", name="Ada"), Contact(uid="lee", name="Lee"))
        book.change("people", *(put(None, each) for each in people))
        book.fold()
        if waiting:
            ada = book.contact("ada")
            verbs.edit(book, ada, replace(ada, city="ours city", role="ours role"))
            verbs.add_contact(book, Contact(uid="", name="Waiting Person"))
        edit(path, role="theirs role", notes="theirs notes")
        began = time.monotonic()
        while book.get("contacts", "new") is None and time.monotonic() - began < 2:
            book.look_for_news()
        told.figures = {"noticed after ms": round((time.monotonic() - began) * 1000, 1)}
        ada = book.contact("ada")
        told.hold("it is noticed", book.get("contacts", "new") is not None)
        told.hold("their edit is there", ada.notes == "theirs notes")
        told.hold("ours of another field is there", not waiting or ada.city == "ours city")
        verbs.add_contact(book, Contact(uid="", name="Later Person"))
    people_now = {str(each["name"]) for each in at_rest(path)["contacts"]}
    wanted = {"Ada", "Lee", "New Person", "Later Person", *(("Waiting Person",) if waiting else ())}
    told.hold("nobody is lost", people_now == wanted)
    for text in ("theirs role", "theirs notes", *(("ours role", "ours city") if waiting else ())):
        told.hold(f"{text} is somewhere", said_anywhere(path, text))
    told.hold("nothing waits at the end", not path.with_name("book.json.journal").exists())
    return told


def outside_edits(folder: Path, _size: int) -> Told:
    """Edit from outside in every way, with and without changes that wait."""
    told, slowest = Told(), 0.0
    for name, edit in EDITS.items():
        for waiting in (False, True):
            place = folder / f"{edit.__name__}-{waiting}"
            place.mkdir()
            one = outside(place, edit, waiting=waiting)
            told.problems += [f"{name}{', changes wait' if waiting else ''}: {problem}" for problem in one.problems]
            slowest = max(slowest, one.figures["noticed after ms"])
    told.figures = {"edits": 2 * len(EDITS), "noticed after ms at most": slowest, "not kept": len(told.problems)}
    return told


def left_behind(folder: Path, size: int) -> Told:
    """Put the journal, the lock and the half-written file of another machine beside a book, as a sync folder does."""
    told, healed = Told(), 0
    for number in range(size):
        here, there = folder / f"here-{number}", folder / f"there-{number}"
        for place in (here, there):
            place.mkdir()
        with book_of(here / "book.json") as book:
            book.change("Ada", put(None, Contact(uid="ada", name="Ada")))
        shutil.copy(here / "book.json", there / "book.json")
        away = Book(keeper_of(there / "book.json"), now)
        verbs.add_contact(away, Contact(uid="", name="From There"))
        if number % 2:
            away.fold()
            verbs.add_contact(away, Contact(uid="", name="Later There"))
        journal = (there / "book.json.journal").read_bytes()
        waiting = [op.after["name"] for each in parse_journal(journal, "j").entries for op in each.ops if op.after]
        away.close()
        with book_of(here / "book.json") as book:
            verbs.add_contact(book, Contact(uid="", name="From Here"))
        (here / "book.json.journal").write_bytes(journal)
        (here / "book.json.lock").touch()
        (here / "book.json.tmp").write_bytes(b'{"half')
        with book_of(here / "book.json") as book:
            verbs.add_contact(book, Contact(uid="", name="Afterwards"))
        names = {str(each["name"]) for each in at_rest(here / "book.json")["contacts"]}
        wanted = {"Ada", "From Here", "Afterwards", *map(str, waiting)}
        told.hold(f"{wanted - names} are there", wanted <= names)
        left = sorted(each.name for each in here.iterdir() if each.name not in ("book.json", "book.json.lock"))
        told.hold(f"nothing is left but book and lock: {left}", all("as-found" in name for name in left))
        healed += wanted <= names
    told.figures = {"folders": size, "healed": healed}
    return told


STORIES: dict[str, tuple[Callable[[Path, int], Told], int, int]] = {
    "several programs write at once": (writers, 25, 500),
    "one record changed by two": (same_record, 25, 250),
    "killed inside the lock": (killed_inside, 4, 100),
    "edits from outside while open": (outside_edits, 1, 1),
    "files of another machine appear": (left_behind, 4, 40),
}
"""Each story, its size in the default tests, and in the long run."""


def main(arguments: list[str]) -> int:
    """Print what came of each story; `--long` for the long run. Returns 1 where something did not hold."""
    long, failed = "--long" in arguments, 0
    for name, (story, short_size, long_size) in STORIES.items():
        with tempfile.TemporaryDirectory(prefix="relcraft-sharing-") as folder:
            told = story(Path(folder), long_size if long else short_size)
        print(f"{name}: {', '.join(f'{what} {figure:g}' for what, figure in told.figures.items())}", flush=True)
        for problem in dict.fromkeys(told.problems):
            failed = 1
            print(f"  does not hold: {problem}")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
