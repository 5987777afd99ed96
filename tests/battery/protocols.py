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
from relcraft.store.keeper import BookFile
from relcraft.store.rows import Data
from tests.battery.disk import Tree
from tests.battery.runs import BACKUPS, BOOK, NOW, Run, Setting, State, adding, change

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
        with suppress(NotKept):
            book.keep(adding(Contact(uid="new", name="New", notes=letter * 1_500)))
            raise AssertionError("the disk was to be full")
        run.disk.room = None
    run.keep(book, adding(Contact(uid="new", name="New", notes="c" * 1_500)))
    run.disk.room = 200
    with suppress(NotKept):
        book.fold()
        raise AssertionError("the disk was to be full")
    run.disk.room = None
    run.keep(book, adding(RAJ))
    book.close()


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
    run.look = _nothing_is_overwritten
    run.begin()
    other = run.open()
    run.keep(other, change("", put(RAJ, replace(RAJ, city="Delhi"))))
    other.close()


def _nothing_is_overwritten(tree: Tree) -> str:
    everything = b"".join(data for data in tree.values() if data)
    lost = [said for said in ("ours-a", "theirs-a", "ours-g", "theirs-g") if said.encode() not in everything]
    return f"{lost[0]} is nowhere any more" if lost else ""


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


def migration(run: Run) -> None:
    """A book of the former schema, changes waiting in its journal."""
    book = run.open(migrations=())
    run.keep(book, adding(ADA))
    book.fold()
    run.keep(book, adding(GRACE))
    run.disk.kill()
    before = run.disk.tree()
    run.states[:] = [State({key: {**one, "notes": "!"} for key, one in run.states[-1].records.items()})]
    run.look = lambda tree: _former_schema_is_kept(before, tree)
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


PROTOCOLS = (
    Protocol("first save", first_save, Setting(book=Path("/home/a/b/book.json"))),
    Protocol("many changes", many_changes),
    Protocol("fold", fold),
    Protocol("changes after a fold", changes_after_a_fold),
    Protocol("delete and bring back", delete_and_bring_back),
    Protocol("large record", large_record),
    Protocol("two programs", two_programs),
    Protocol("full disk", full_disk),
    Protocol("edited outside", edited_outside, Setting(with_titles=False)),
    Protocol("edited outside at rest", edited_outside_at_rest, Setting(with_titles=False)),
    Protocol("migration", migration, Setting(backups=BACKUPS, migrations=(_migrate,))),
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
    Sequel("two crashes, new book", nothing, a_life, go_on, NEW, power=True),
    Sequel("two crashes", some_people, a_life, go_on, power=True),
    Sequel("two crashes, folded", some_people, a_life, only_fold, power=True),
)
