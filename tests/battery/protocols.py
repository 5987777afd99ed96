"""What programs do in the recorded runs: everything that Relcraft promises to do safely, one story each."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from relcraft.domain.changes import drop, put
from relcraft.domain.errors import NotKept
from relcraft.domain.records import Contact
from relcraft.store.journal import parse_journal
from relcraft.store.keeper import BookFile
from relcraft.store.rows import Data
from tests.battery.disk import Tree
from tests.battery.runs import BACKUPS, BOOK, NOW, Look, Run, Setting, State, adding, change

ADA = Contact(uid="ada", name="Ada Lovelace")
GRACE = Contact(uid="grace", name="Grace Hopper", city="New York")
LINUS = Contact(uid="linus", name="Linus", notes="n" * 700)
RAJ = Contact(uid="raj", name="Raj")


@dataclass(frozen=True, slots=True)
class Protocol:
    """One story. What happens before it calls `run.begin()` is given; from there on the disk may crash."""

    name: str
    play: Callable[[Run], None]
    setting: Setting = Setting()  # noqa: RUF009  # it is frozen


def with_people(run: Run, *contacts: Contact) -> None:
    """Give the run a book at rest with these people."""
    book = run.open()
    run.keep(book, adding(*contacts))
    book.close()
    run.disk.events.clear()


def first_save(run: Run) -> None:
    run.begin()
    book = run.open()
    run.keep(book, adding(ADA))
    run.keep(book, adding(GRACE, RAJ))
    book.close()


def many_changes(run: Run) -> None:
    with_people(run, ADA)
    run.begin()
    book, last = run.open(), ADA
    for number in range(8):
        new = replace(last, notes="word " * number**2, city=f"City {number}")
        run.keep(book, change(f"edit {number}", put(last, new), put(None, Contact(uid=f"{number}", name="N" * number))))
        last = new
    run.keep(book, change("drop", drop(Contact(uid="3", name="NNN")), put(last, ADA)))
    book.close()


def fold(run: Run) -> None:
    with_people(run, ADA)
    book = run.open()
    run.keep(book, adding(GRACE))
    run.keep(book, change("move", put(GRACE, replace(GRACE, city="Arlington")), drop(ADA)))
    run.begin()
    book.fold()
    book.close()


def changes_after_a_fold(run: Run) -> None:
    with_people(run, ADA)
    run.begin()
    book = run.open()
    for contact in (GRACE, RAJ, LINUS):
        run.keep(book, adding(contact))
        book.fold()
    run.keep(book, change("drop", drop(GRACE), put(RAJ, replace(RAJ, city="Delhi"))))
    book.close()


def delete_and_bring_back(run: Run) -> None:
    with_people(run, ADA, GRACE)
    run.begin()
    book = run.open()
    run.keep(book, change("drop", drop(ADA)))
    run.keep(book, change("back", put(None, ADA)))
    book.fold()
    run.keep(book, change("drop both", drop(ADA), drop(GRACE)))
    book.fold()
    run.keep(book, change("both back", put(None, GRACE), put(None, replace(ADA, city="London"))))
    book.close()


def large_record(run: Run) -> None:
    with_people(run, ADA)
    run.begin()
    book = run.open()
    run.keep(book, adding(Contact(uid="large", name="Large", notes="x" * 2_600)))
    run.keep(book, adding(GRACE))
    book.close()


def used_place(run: Run) -> None:
    """A journal in the place of a former one that had nearly the same to say."""
    with_people(run, ADA)
    run.begin()
    book = run.open()
    begins = list[int]()
    for letter in "ab":
        run.keep(book, adding(Contact(uid=f"small-{letter}", name="Small")))
        begins.append(len(run.disk.tree()[f"{BOOK}.journal"] or b""))
        notes = letter * (1_500 + begins[0] - begins[-1])  # so that both lines end at one place
        run.keep(book, change("add", put(None, Contact(uid=f"long-{letter}", name="Long", notes=notes))))
        book.fold()
    book.close()


def two_programs(run: Run) -> None:
    with_people(run, ADA)
    run.begin()
    one, other = run.open(), run.open()
    run.keep(one, adding(GRACE))
    run.keep(other, adding(RAJ))
    other.fold()
    run.keep(one, change("move", put(GRACE, replace(GRACE, city="Arlington"))))
    run.keep(other, change("drop", drop(ADA)))
    one.close()
    run.keep(other, adding(LINUS))
    other.close()


def full_disk(run: Run) -> None:
    with_people(run, ADA)
    run.begin()
    book = run.open()
    run.keep(book, adding(GRACE))
    for letter, room in (("a", 1_300), ("b", 900)):
        run.disk.room = room
        run.refuse(book, adding(Contact(uid="new", name="New", notes=letter * 1_500)))
        run.disk.room = None
    run.keep(book, adding(Contact(uid="new", name="New", notes="c" * 1_500)))
    run.disk.room = 200
    with suppress(NotKept):
        book.fold()
        raise AssertionError("the disk was to be full")
    run.disk.room = None
    run.keep(book, adding(RAJ))
    book.close()


def refused_sync(run: Run) -> None:
    """A disk that reports a failure: what was refused does not come back, also after a crash."""
    with_people(run, ADA)
    run.begin()
    book = run.open()
    run.disk.refused = "journal.begin > sync_folder > sync"
    run.refuse(book, adding(GRACE))
    run.disk.refused = ""
    other = run.open()
    run.keep(other, adding(RAJ))
    other.close()


def edited_outside(run: Run) -> None:
    """Another program's edit while changes wait: brought together, and what clashes is nowhere overwritten."""
    with_people(run, ADA, GRACE, RAJ)
    book = run.open()
    run.keep(book, change("ours", put(ADA, replace(ADA, city="ours-a")), put(GRACE, replace(GRACE, city="ours-g"))))
    run.keep(book, adding(LINUS))
    run.disk.kill()
    together = run.states[-1].after(
        change("", put(ADA, replace(ADA, city="ours-a", notes="theirs-a")), put(GRACE, replace(GRACE, city="theirs-g")))
    )

    def edit(tables: dict[str, Any]) -> None:
        tables["contacts"]["1"]["notes"] = "theirs-a"
        tables["contacts"]["2"]["city"] = "theirs-g"

    run.edit_outside(edit, State(together.records))
    run.states[:] = [State(together.records)]
    run.look = _nothing_is_overwritten(run.disk.tree())
    run.begin()
    other = run.open()
    run.keep(other, change("", put(RAJ, replace(RAJ, city="Delhi"))))
    other.close()


def _nothing_is_overwritten(before: Tree) -> Look:
    """Return what says whether both sides are somewhere, and the file as it was found; what undo keeps counts not."""

    def look(tree: Tree) -> str:
        tables = json.loads(tree.get(str(BOOK)) or b"{}")
        tables.pop("_changes", None)
        everything = json.dumps(tables).encode() + (tree.get(f"{BOOK}.journal") or b"")
        lost = [said for said in ("ours-a", "theirs-a", "ours-g", "theirs-g") if said.encode() not in everything]
        if not lost and before[str(BOOK)] not in tree.values():
            lost = ["the file as it was found"]
        return f"{lost[0]} is nowhere any more" if lost else ""

    return look


def what_was_torn_is_kept(before: Tree, book: Path) -> Look:
    """Return what says whether the end of a journal that could not be read is still somewhere."""
    data = before.get(f"{book}.journal") or b""
    tail = data[parse_journal(data, "journal").end :]
    return lambda tree: "" if any(tail in (one or b"") for one in tree.values()) else "the end of the journal is gone"


def edited_outside_at_rest(run: Run) -> None:
    """Another program's edit after a fold: the journal that was folded never comes back to say its part again."""
    with_people(run, ADA, GRACE)
    run.begin()
    book = run.open()
    run.keep(book, change("move", put(ADA, replace(ADA, city="London"))))
    book.close()
    pulled = run.states[-1].after(change("", put(None, ADA), put(None, replace(GRACE, notes="pulled"))))

    def edit(tables: dict[str, Any]) -> None:
        del tables["contacts"]["1"]["city"]
        tables["contacts"]["2"]["notes"] = "pulled"
        del tables["_meta"]["1"]["folded"]

    run.edit_outside(edit, pulled, durable=False)


def _migrate(tables: Data) -> None:
    for documents in tables.values():
        for row, document in documents.items():
            documents[row] = {**document, "notes": str(document.get("notes", "")) + "!"}


def former_schema(run: Run) -> None:
    """Give the run a book of the former schema, and changes waiting in its journal."""
    book = run.open(Setting())
    run.keep(book, adding(ADA))
    book.fold()
    run.keep(book, adding(GRACE))
    run.disk.kill()
    before = run.disk.tree()
    run.states[:] = [State({key: {**one, "notes": "!"} for key, one in run.states[-1].records.items()})]
    run.look = lambda tree: _former_schema_is_kept(before, tree)


def migration(run: Run) -> None:
    """A book of the former schema, changes waiting in its journal."""
    former_schema(run)
    run.begin()
    new = run.open()
    run.keep(new, adding(RAJ))
    new.fold()
    run.keep(new, adding(LINUS))
    new.close()


def _former_schema_is_kept(before: Tree, tree: Tree) -> str:
    """Say which part of the book of the former schema is neither in its place nor in a backup."""
    for path in (str(BOOK), f"{BOOK}.journal"):
        if tree.get(path) == before[path]:
            continue
        if json.loads(tree.get(str(BOOK)) or b"{}").get("_meta", {}).get("1", {}).get("schema") == 1:
            continue
        copies = [data for name, data in tree.items() if name.startswith(f"{BACKUPS}/book.schema-1-")]
        if before[path] not in copies:
            return f"{path} is gone before a copy of it was on the disk"
    return ""


def daily_backup(run: Run) -> None:
    """Days on which the file is copied, and on the later ones an older copy goes."""
    start = NOW - timedelta(days=30)
    with_people(run, ADA)
    for day in range(16):
        run.now = start + timedelta(days=day)
        book = run.open()
        run.keep(book, change(f"day {day}", put(None, Contact(uid=f"day-{day}", name="Day"))))
        book.close()
    run.look = _an_older_backup_goes_only_for_a_newer_one(run.disk.tree())
    run.begin()
    run.now = start + timedelta(days=16)
    book = run.open()
    run.keep(book, adding(GRACE))
    book.close()


def _days(tree: Tree) -> set[str]:
    return {Path(name).stem[-10:] for name in tree if name.startswith(f"{BACKUPS}/book-")}


def _an_older_backup_goes_only_for_a_newer_one(before: Tree) -> Callable[[Tree], str]:
    there = _days(before)

    def look(tree: Tree) -> str:
        gone, new = there - _days(tree), _days(tree) - there
        return f"the backup of {min(gone)} is gone, and there is no newer one" if gone and not new else ""

    return look


MIGRATING = Setting(backups=BACKUPS, migrations=(_migrate,))
PROTOCOLS = (
    Protocol("first save", first_save, Setting(book=Path("/home/a/b/book.json"))),
    Protocol("many changes", many_changes),
    Protocol("fold", fold),
    Protocol("changes after a fold", changes_after_a_fold),
    Protocol("delete and bring back", delete_and_bring_back),
    Protocol("large record", large_record),
    Protocol("used place", used_place),
    Protocol("two programs", two_programs),
    Protocol("full disk", full_disk),
    Protocol("refused sync", refused_sync),
    Protocol("edited outside", edited_outside, Setting(with_titles=False)),
    Protocol("edited outside at rest", edited_outside_at_rest, Setting(with_titles=False)),
    Protocol("migration", migration, MIGRATING),
    Protocol("daily backup", daily_backup, Setting(backups=BACKUPS)),
)


@dataclass(frozen=True, slots=True)
class Sequel:
    """A story in which a program is cut off at any call, and the next one goes on; then the disk crashes."""

    name: str
    given: Callable[[Run], None]
    first: Callable[[Run], None]
    """What the program does that is cut off."""
    then: Callable[[Run, BookFile], None]
    setting: Setting = Setting()  # noqa: RUF009  # it is frozen
    power: bool = False
    """Whether it is cut off by a first crash of the disk; else it is killed, and the disk goes on."""
    other_is_open: bool = False
    """Whether the one that goes on was open before; else it is started afterwards."""


def nothing(run: Run) -> None:
    """Begin without a book."""


def some_people(run: Run) -> None:
    """Begin with a book at rest."""
    with_people(run, ADA, RAJ)


def a_life(run: Run) -> None:
    """Do a bit of everything."""
    book = run.open()
    run.keep(book, adding(GRACE))
    run.keep(book, adding(Contact(uid="large", name="Large", notes="x" * 600)))
    book.fold()
    run.keep(book, change("drop", drop(GRACE)))
    book.close()


def a_migrated_life(run: Run) -> None:
    """Open a book of the former schema and save."""
    book = run.open()
    run.keep(book, adding(RAJ))
    book.close()


def go_on(run: Run, book: BookFile) -> None:
    """Save, fold and save again."""
    run.keep(book, adding(LINUS))
    book.fold()
    run.keep(book, change("move", put(LINUS, replace(LINUS, city="Helsinki"))))
    book.close()


def only_fold(run: Run, book: BookFile) -> None:
    """Go at once, and let another begin."""
    book.fold()
    book.close()
    other = run.open()
    run.keep(other, adding(LINUS))
    other.close()


NEW = Setting(book=Path("/home/a/b/book.json"))
SEQUELS = (
    Sequel("killed, new book", nothing, a_life, go_on, NEW),
    Sequel("killed", some_people, a_life, go_on),
    Sequel("killed, folded", some_people, a_life, only_fold),
    Sequel("killed beside another", some_people, a_life, go_on, other_is_open=True),
    Sequel("killed in a migration", former_schema, a_migrated_life, go_on, MIGRATING),
    Sequel("two crashes, new book", nothing, a_life, go_on, NEW, power=True),
    Sequel("two crashes", some_people, a_life, go_on, power=True),
    Sequel("two crashes, folded", some_people, a_life, only_fold, power=True),
)
