"""One book on two laptops: `relcraft merge`, what sync programs leave, and git with its merge driver."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from relcraft.book.open import Book
from relcraft.book.verbs import add_contact, archive, delete_for_good, edit, log_interaction
from relcraft.cli.wiring import book_at
from relcraft.domain.contents import Contents
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.words import InteractionKind
from relcraft.store import open_store
from relcraft.store.other import read_contents
from tests import age_v1
from tests.books import NOON, TODAY, person
from tests.cli.conftest import CommandLine
from tests.store.changes import crashed

ADA, GRACE, LINUS = person("ada", "Ada Lovelace"), person("grace", "Grace Hopper"), person("linus", "Linus")


@contextmanager
def laptop(path: Path, hour: int = 0) -> Iterator[Book]:
    """The book of a laptop, some hours after noon."""
    with book_at(path, lambda: NOON + timedelta(hours=hour)) as book:
        yield book


def change(path: Path, uid: str, hour: int = 0, **fields: object) -> None:
    """Edit a contact."""
    with laptop(path, hour) as book:
        old = book.contact(uid)
        edit(book, old, replace(old, **fields))  # type: ignore[arg-type]  # the fields are the caller's


def add(path: Path, name: str, hour: int = 0) -> None:
    with laptop(path, hour) as book:
        add_contact(book, Contact(uid="", name=name))


def delete(path: Path, uid: str, hour: int = 0) -> None:
    with laptop(path, hour) as book:
        archive(book, [uid])
        delete_for_good(book, uid)


def said(path: Path) -> tuple[dict[str, dict[str, object]], dict[tuple[str, str], object]]:
    """What a file says, wherever its rows stand, and what was deleted from it."""
    contents = read_contents(path)
    tables = {
        f"{table}/{uid}": document
        for table, documents in contents.tables.items()
        for uid, document in documents.items()
    }
    return tables, dict(contents.tombstones)


def without_settled(path: Path) -> tuple[dict[str, dict[str, object]], dict[tuple[str, str], object]]:
    """What a file says, without which versions are not to come up again."""
    tables, tombstones = said(path)
    return tables, {key: one for key, one in tombstones.items() if key[0] != "conflicts"}


def cities(path: Path) -> dict[str, object]:
    return {str(one["name"]): one.get("city") for one in read_contents(path).tables.get("contacts", {}).values()}


def conflicts(contents: Contents) -> list[object]:
    return [one.get("document") for one in contents.tables.get("conflicts", {}).values()]


@pytest.fixture
def other(relcraft: CommandLine, tmp_path: Path) -> Path:
    """Another laptop with the same book."""
    relcraft.fill(ADA, GRACE)
    path = tmp_path / "laptop" / "book.json"
    path.parent.mkdir()
    path.write_bytes(relcraft.book.read_bytes())
    return path


# By hand


def test_what_another_laptop_has_comes_in_as_one_change(relcraft: CommandLine, other: Path) -> None:
    add(other, "Linus", 1)
    change(other, "ada", 2, city="Paris")
    change(relcraft.book, "ada", 1, role="Countess")
    answer = relcraft("merge", other)
    assert answer.code == 0
    assert answer.out == f"{other}: 1 comes in, 1 changes.\n  comes in: Linus\n  changes: Ada Lovelace: city\n"
    assert answer.err == "relcraft undo takes it back.\n"
    (ada, _grace, linus) = relcraft.stored("contacts")
    assert (ada["city"], ada["role"], linus["name"]) == ("Paris", "Countess", "Linus")
    assert relcraft("undo").code == 0
    (ada, _grace) = relcraft.stored("contacts")
    assert (ada.get("city"), ada["role"]) == (None, "Countess")


def test_a_second_merge_changes_nothing(relcraft: CommandLine, other: Path) -> None:
    change(other, "ada", 2, city="Paris")
    change(relcraft.book, "ada", 1, city="Rome")
    assert relcraft("merge", other).code == 0
    before = relcraft.book.read_bytes()
    answer = relcraft("merge", other)
    assert (answer.out, answer.err) == (f"{other}: nothing new.\n", "")
    assert relcraft.book.read_bytes() == before


def test_a_clash_waits_on_the_list_of_conflicts(relcraft: CommandLine, other: Path) -> None:
    change(other, "ada", 2, city="Paris")
    change(relcraft.book, "ada", 1, city="Rome")
    answer = relcraft("merge", other)
    assert "to look at: Ada Lovelace" in answer.out
    assert "1 conflict to look at: relcraft conflicts" in answer.err
    assert cities(relcraft.book)["Ada Lovelace"] == "Paris"
    assert "Rome" in relcraft("conflicts").out


def test_what_was_settled_stays_settled_on_both_laptops(relcraft: CommandLine, other: Path) -> None:
    change(other, "ada", 2, city="Paris")
    change(relcraft.book, "ada", 1, city="Rome")
    relcraft("merge", other)
    assert relcraft("conflicts", "--take", "1").code == 0
    assert relcraft("merge", other).out == f"{other}: nothing new.\n"
    there = relcraft.plain("--data-file", other, "merge", relcraft.book)
    assert there.code == 0
    for path in (relcraft.book, other):
        assert cities(path)["Ada Lovelace"] == "Rome"
        assert conflicts(read_contents(path)) == []


def test_a_dry_run_shows_it_and_changes_nothing(relcraft: CommandLine, other: Path) -> None:
    add(other, "Linus", 1)
    delete(other, "grace", 1)
    before = relcraft.book.read_bytes()
    answer = relcraft("merge", "--dry-run", "--json", other)
    assert answer.json["merges"] == [
        {
            "other": str(other),
            "added": ["Linus"],
            "changed": [],
            "deleted": ["Grace Hopper"],
            "conflicts": [],
            "possible_duplicates": [],
        }
    ]
    assert "Nothing was written: this was a dry run." in answer.err
    assert relcraft.book.read_bytes() == before


def test_three_laptops_at_once(relcraft: CommandLine, other: Path, tmp_path: Path) -> None:
    third = tmp_path / "third.json"
    third.write_bytes(other.read_bytes())
    change(relcraft.book, "ada", 1, city="Rome")
    change(other, "ada", 2, role="Countess")
    change(third, "ada", 3, notes="met")
    add(third, "Ada Lovelace", 3)
    answer = relcraft("merge", other, third)
    assert answer.code == 0
    assert "may be here already: Ada Lovelace" in answer.out
    ada = relcraft.stored("contacts")[0]
    assert (ada["city"], ada["role"], ada["notes"]) == ("Rome", "Countess", "met")
    assert relcraft.stored("conflicts") == []


def test_what_waits_in_the_other_journal_comes_in_as_well(relcraft: CommandLine, other: Path) -> None:
    store = open_store(other, now=lambda: NOON)
    book = Book(store, lambda: NOON)
    add_contact(book, LINUS)
    crashed(store)
    files = sorted(other.parent.iterdir())
    relcraft("merge", other)
    assert "Linus" in cities(relcraft.book)
    assert sorted(other.parent.iterdir()) == files


@pytest.mark.parametrize("name", ["phone.vcf", "Connections.csv", "LinkedIn.ZIP"])
def test_people_of_another_program_are_sent_to_the_import(relcraft: CommandLine, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("BEGIN:VCARD\n", encoding="utf-8")
    answer = relcraft("merge", tmp_path / name)
    assert answer.code == 1
    assert answer.err == (
        f"{tmp_path / name} is no book: relcraft import takes people in from vCards, CSV files and archives.\n"
    )


def test_an_export_is_told_as_one(filled: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "everything.json"
    filled("export", "-o", path)
    answer = filled("merge", path)
    assert answer.code == 1
    assert answer.err == (
        f"{path} is an export: relcraft import takes it in. A book, or a backup of one, was expected.\n"
    )


def test_a_damaged_version_is_not_mistaken_for_the_users_own_book(relcraft: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(b"{")
    answer = relcraft("merge", path)
    assert "relcraft --data-file FILE check --repair saves what can be read" in answer.err
    assert "restore" not in answer.err


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "There is no book at"),
        (b"", "is empty"),
        (b"{", "cannot be read as JSON"),
        (b'{"x": {"1": {}}}', "belongs to another program"),
        (b'{"_meta": {"1": {"format": "relcraft-book", "schema": 99, "seq": 1}}}', "newer Relcraft"),
    ],
)
def test_what_is_no_book_is_refused_in_words(
    relcraft: CommandLine, tmp_path: Path, content: bytes | None, why: str
) -> None:
    relcraft.fill(ADA)
    path = tmp_path / "other.json"
    if content is not None:
        path.write_bytes(content)
    answer = relcraft("merge", path)
    assert answer.code == 1
    assert why in answer.err
    assert relcraft.stored("contacts")[0]["name"] == "Ada Lovelace"


def test_the_book_itself_is_no_other_book(relcraft: CommandLine) -> None:
    relcraft.fill(ADA)
    assert "is the book itself" in relcraft("merge", relcraft.book).err


def test_a_merge_that_is_too_much_to_be_undone_saves_the_book_before(
    relcraft: CommandLine, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relcraft.store.recent.LIMIT", 100)
    add(other, "Linus", 1)
    before = cities(relcraft.book)
    answer = relcraft("merge", other)
    assert "undo takes" not in answer.err
    (saved,) = re.findall(r"is kept in (.*): relcraft restore (?:.*)\n", answer.err)
    assert cities(Path(saved)) == before
    assert "Linus" in cities(relcraft.book)


def test_a_sealed_book_is_opened_with_its_passphrase(relcraft: CommandLine, other: Path, tmp_path: Path) -> None:
    add(other, "Linus", 1)
    (tmp_path / "words").write_text("correct horse\n")
    sealed = tmp_path / "laptop.age"
    sealed.write_bytes(age_v1.sealed(other.read_bytes(), "correct horse"))
    assert relcraft("merge", sealed, "--passphrase-file", tmp_path / "words").code == 0
    assert "Linus" in cities(relcraft.book)


def test_into_a_book_that_is_not_there_yet_everything_comes(relcraft: CommandLine, tmp_path: Path) -> None:
    assert relcraft("merge").code == 0
    path = tmp_path / "laptop.json"
    with laptop(path) as book:
        add_contact(book, ADA)
    assert relcraft("merge", path).code == 0
    assert cities(relcraft.book) == {"Ada Lovelace": None}


# What sync programs leave


def leave(path: Path, name: str, content: bytes) -> Path:
    copy = path.with_name(name)
    copy.write_bytes(content)
    return copy


@pytest.mark.parametrize(
    "name",
    [
        "book.sync-conflict-20261123-130000-ABCDEFG.json",
        "book (Ada's conflicted copy 2026-11-23).json",
        "book (conflicted copy 2026-11-23 130000).json",
    ],
)
def test_what_a_sync_program_left_comes_in_and_both_laptops_agree(
    relcraft: CommandLine, other: Path, name: str
) -> None:
    change(relcraft.book, "ada", 1, city="Paris")
    change(other, "ada", 2, role="Countess")
    add(other, "Linus", 2)
    delete(other, "grace", 2)
    copy = leave(relcraft.book, name, other.read_bytes())
    answer = relcraft("merge")
    assert answer.code == 0
    assert f"{name} is in, and kept in " in answer.err
    assert not copy.exists()
    (kept,) = relcraft.book.parent.rglob(f"merged/{name}")
    assert kept.read_bytes() == other.read_bytes()
    other.write_bytes(relcraft.book.read_bytes())  # as the sync program does next
    with laptop(other) as there:
        assert [one.name for one in there.contacts()] == ["Ada Lovelace", "Linus"]
        assert (there.contact("ada").city, there.contact("ada").role) == ("Paris", "Countess")
    assert said(other) == said(relcraft.book)
    assert relcraft("merge").err == "No second version lies beside book.json: nothing to bring in.\n"


def test_a_copy_that_the_user_made_stays_where_it_is(filled: CommandLine) -> None:
    mine = filled.book.with_name("book-before.json")
    assert filled("backup", "-o", str(mine)).code == 0
    answer = filled("merge")
    assert (answer.code, answer.err) == (0, "book-before.json has nothing new: it was left where it is.\n")
    assert mine.exists()


def test_both_laptops_may_take_in_what_was_left_and_agree(relcraft: CommandLine, other: Path) -> None:
    change(relcraft.book, "ada", 1, city="Paris")
    change(other, "ada", 2, city="Rome")
    mine, theirs = relcraft.book.read_bytes(), other.read_bytes()
    leave(relcraft.book, "book.sync-conflict-20261123-130000-ABCDEFG.json", theirs)
    leave(other, "book.sync-conflict-20261123-130000-HIJKLMN.json", mine)
    relcraft("merge")
    answer = relcraft.plain("--data-file", other, "merge")
    assert answer.code == 0
    assert said(other)[0] == said(relcraft.book)[0]
    assert cities(other)["Ada Lovelace"] == "Rome"
    assert len(relcraft.stored("conflicts")) == 1


def test_the_journal_that_a_sync_program_left_comes_in(relcraft: CommandLine, other: Path) -> None:
    store = open_store(other, now=lambda: NOON)
    book = Book(store, lambda: NOON)
    add_contact(book, Contact(uid="", name="Linus"))
    edit(book, book.contact("ada"), replace(book.contact("ada"), city="Paris"))
    crashed(store)
    journal = other.with_name("book.json.journal").read_bytes()
    change(relcraft.book, "ada", 1, role="Countess")
    leave(relcraft.book, "book.json.sync-conflict-20261123-130000-ABCDEFG.journal", journal)
    assert relcraft("merge").code == 0
    assert cities(relcraft.book) == {"Ada Lovelace": "Paris", "Grace Hopper": None, "Linus": None}
    assert relcraft.stored("contacts")[0]["role"] == "Countess"


def test_a_copy_that_cannot_be_read_stays_and_is_told(relcraft: CommandLine, other: Path) -> None:
    add(other, "Linus")
    broken = leave(relcraft.book, "book.sync-conflict-20261123-130000-ABCDEFG.json", b'{"contacts": ')
    leave(relcraft.book, "book.sync-conflict-20261123-140000-ABCDEFG.json", other.read_bytes())
    answer = relcraft("merge")
    assert answer.code == 1
    assert f"{broken.name} cannot be read" in answer.err
    assert broken.exists()
    assert "Linus" in cities(relcraft.book)


# git


def git(folder: Path, *arguments: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
    names = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "a@b.example", "GIT_CONFIG_NOSYSTEM": "1"}
    committer = {"GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "a@b.example", "GIT_EDITOR": "true"}
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **names, **committer}
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


def as_driver(folder: Path) -> None:
    source = Path(__file__).parents[2]
    command = f"env PYTHONPATH={source} {sys.executable} -m relcraft merge --git %O %A %B"
    git(folder, "config", "merge.relcraft.driver", command)


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of one repository that holds a book, in which both are set up to merge it."""
    first, second = tmp_path / "first", tmp_path / "second"
    git(tmp_path, "init", "-q", "-b", "main", str(first))
    (first / ".gitattributes").write_text("book.json merge=relcraft\n")
    (first / ".gitignore").write_text("book.json.*\n")
    with laptop(first / "book.json") as book:
        for contact in (ADA, GRACE, LINUS):
            add_contact(book, contact)
    commit(first, "start")
    git(tmp_path, "clone", "-q", str(first), str(second))
    git(first, "config", "receive.denyCurrentBranch", "updateInstead")
    for clone in (first, second):
        as_driver(clone)
    return first, second


def commit(clone: Path, message: str) -> None:
    git(clone, "add", "-A")
    git(clone, "commit", "-q", "-m", message)


Does = Callable[[Path], object]


def both_change(clones: tuple[Path, Path], here: Does, there: Does) -> None:
    first, second = clones
    here(first / "book.json")
    there(second / "book.json")
    commit(first, "here")
    commit(second, "there")


STORIES: dict[str, tuple[Does, Does, dict[str, object], int]] = {
    "different people": (
        lambda b: change(b, "ada", 1, city="Paris"),
        lambda b: change(b, "grace", 2, city="Rome"),
        {"Ada Lovelace": "Paris", "Grace Hopper": "Rome", "Linus": None},
        0,
    ),
    "both add": (
        lambda b: add(b, "Barbara", 1),
        lambda b: add(b, "Dennis", 2),
        {"Ada Lovelace": None, "Grace Hopper": None, "Linus": None, "Barbara": None, "Dennis": None},
        0,
    ),
    "different fields": (
        lambda b: change(b, "ada", 1, city="Paris"),
        lambda b: change(b, "ada", 2, role="Countess"),
        {"Ada Lovelace": "Paris", "Grace Hopper": None, "Linus": None},
        0,
    ),
    "the same field": (
        lambda b: change(b, "ada", 1, city="Paris"),
        lambda b: change(b, "ada", 2, city="Rome"),
        {"Ada Lovelace": "Rome", "Grace Hopper": None, "Linus": None},
        1,
    ),
    "one deletes": (
        lambda b: delete(b, "grace", 1),
        lambda b: change(b, "ada", 2, city="Rome"),
        {"Ada Lovelace": "Rome", "Linus": None},
        0,
    ),
    "one deletes, the other edits": (
        lambda b: delete(b, "grace", 1),
        lambda b: change(b, "grace", 2, city="Rome"),
        {"Ada Lovelace": None, "Grace Hopper": "Rome", "Linus": None},
        1,
    ),
}


def is_one_document_a_line(path: Path) -> bool:
    root = json.loads(path.read_bytes())
    lines = path.read_text("utf-8").splitlines()
    documents = [line for line in lines if re.match(r'"[0-9]+": {.*},?$', line)]
    return len(documents) == sum(map(len, root.values())) and len(lines) < len(documents) + 30


@pytest.mark.parametrize("story", STORIES)
def test_two_clones_that_both_changed(clones: tuple[Path, Path], story: str, tmp_path: Path) -> None:
    here, there, people, waiting = STORIES[story]
    first, second = clones
    both_change(clones, here, there)
    git(tmp_path, "clone", "-q", str(first), "unchanged")
    before = sorted(path.name for path in second.iterdir())
    git(second, "pull", "-q", "--no-rebase")
    book = second / "book.json"
    assert sorted(path.name for path in second.iterdir()) == before
    assert cities(book) == people
    assert len(conflicts(read_contents(book))) == waiting
    assert is_one_document_a_line(book)
    assert git(second, "status", "--porcelain").stdout == ""
    # The other way round, it comes to the same; what each must be told of the other's past differs.
    third = tmp_path / "unchanged"
    as_driver(third)
    git(second, "branch", "before", "HEAD^1")
    git(third, "fetch", "-q", str(second), "before")
    git(third, "merge", "-q", "FETCH_HEAD")
    assert without_settled(third / "book.json") == without_settled(book)
    # And the first gets it by a pull that has nothing to merge.
    git(second, "push", "-q")
    assert said(first / "book.json") == said(book)


def test_a_rebase_brings_both_together(clones: tuple[Path, Path]) -> None:
    _first, second = clones
    both_change(clones, lambda b: change(b, "ada", 1, city="Paris"), lambda b: change(b, "ada", 2, role="Countess"))
    add(second / "book.json", "Dennis", 3)
    commit(second, "more")
    git(second, "pull", "-q", "--rebase")
    with laptop(second / "book.json") as book:
        assert (book.contact("ada").city, book.contact("ada").role) == ("Paris", "Countess")
        assert [one.name for one in book.named("Dennis")] == ["Dennis"]


def test_what_was_stashed_comes_back_into_a_book_that_went_on(clones: tuple[Path, Path]) -> None:
    first, _second = clones
    book = first / "book.json"
    change(book, "ada", 1, city="Paris")
    git(first, "stash", "-q")
    change(book, "ada", 2, role="Countess")
    commit(first, "on")
    git(first, "stash", "pop", "-q")
    with laptop(book) as now:
        assert (now.contact("ada").city, now.contact("ada").role) == ("Paris", "Countess")


def test_a_file_that_is_no_book_stops_the_merge_and_stays_as_it_was(relcraft: CommandLine, tmp_path: Path) -> None:
    relcraft.fill(ADA)
    base, theirs = tmp_path / "base", tmp_path / "theirs"
    base.write_bytes(relcraft.book.read_bytes())
    theirs.write_bytes(b"{")
    before = relcraft.book.read_bytes()
    answer = relcraft.plain("merge", "--git", base, relcraft.book, theirs)
    assert answer.code == 1
    assert "theirs cannot be read" in answer.err
    assert relcraft.book.read_bytes() == before


def test_an_empty_base_is_no_base(relcraft: CommandLine, other: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.write_bytes(b"")
    add(other, "Linus")
    files = sorted(relcraft.book.parent.iterdir())
    assert relcraft.plain("merge", "--git", base, relcraft.book, other).code == 0
    assert "Linus" in cities(relcraft.book)
    assert sorted(relcraft.book.parent.iterdir()) == files


def test_a_table_that_no_rule_knows_is_never_dropped(relcraft: CommandLine, other: Path, tmp_path: Path) -> None:
    other.write_bytes(other.read_bytes().replace(b'"_meta"', b'"moons": {"1": {"name": "Io"}},\n"_meta"'))
    assert "tables that Relcraft does not know (moons)" in relcraft("merge", other).err
    answer = relcraft.plain("merge", "--git", tmp_path / "none", relcraft.book, other)
    assert answer.code == 1
    (tmp_path / "none").write_bytes(b"")
    answer = relcraft.plain("merge", "--git", tmp_path / "none", relcraft.book, other)
    assert answer.code == 1
    assert 'in the table "moons"' in answer.err


# A crash, and then git


def test_a_crash_and_then_a_pull_loses_nothing(clones: tuple[Path, Path]) -> None:
    first, second = clones
    store = open_store(second / "book.json", now=lambda: NOON + timedelta(hours=1))
    book = Book(store, lambda: NOON + timedelta(hours=1))
    edit(book, book.contact("ada"), replace(book.contact("ada"), role="Countess"))
    edit(book, book.contact("linus"), replace(book.contact("linus"), city="Oslo"))
    log_interaction(book, Interaction(uid="", date=TODAY, kind=InteractionKind.CALL, contacts=("grace",)))
    crashed(store)
    assert (second / "book.json.journal").exists()
    change(first / "book.json", "ada", 2, city="Paris")
    change(first / "book.json", "linus", 2, city="Rome")
    commit(first, "here")
    git(second, "pull", "-q", "--no-rebase")
    with laptop(second / "book.json") as now:
        assert (now.contact("ada").city, now.contact("ada").role) == ("Paris", "Countess")
        assert now.contact("linus").city == "Rome"
        assert len(now.interactions_with("grace")) == 1
    found = conflicts(read_contents(second / "book.json"))
    assert [one["city"] for one in found if isinstance(one, dict)] == ["Oslo"]
    assert not (second / "book.json.journal").exists()


def test_a_journal_of_another_machine_is_brought_in(relcraft: CommandLine, other: Path) -> None:
    store = open_store(other, now=lambda: NOON)
    book = Book(store, lambda: NOON)
    edit(book, book.contact("ada"), replace(book.contact("ada"), role="Countess"))
    crashed(store)
    change(relcraft.book, "ada", 1, city="Paris")
    relcraft.book.with_name("book.json.journal").write_bytes(other.with_name("book.json.journal").read_bytes())
    assert relcraft("show", "ada").code == 0
    ada = relcraft.stored("contacts")[0]
    assert (ada["city"], ada["role"]) == ("Paris", "Countess")
