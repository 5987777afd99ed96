"""Undo and redo that survive a restart: over real files, several programs, folds and kills."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import where

from relcraft.book import verbs
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.domain.changes import DEPTH, Change, Op, drop, put
from relcraft.domain.errors import Conflict, NotFound
from relcraft.domain.records import Contact
from relcraft.domain.words import Circle
from relcraft.store import open_store
from relcraft.store import recent as recent_changes
from relcraft.store.checking import check
from relcraft.store.keeper import BookFile
from relcraft.store.opening import open_database
from tests.books import NOON, TODAY, at_noon, met, person
from tests.store.changes import at_rest, crashed, journal_of

ADA = person("ada", "Ada Lovelace", extra={"aura": ["blue"]})
GRACE = person("grace", "Grace Hopper")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.json"


def a_file(path: Path) -> BookFile:
    return open_store(path, now=lambda: NOON)


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    book = Book(a_file(path), at_noon())
    try:
        yield book
    finally:
        book.close()


def kept(path: Path) -> dict[str, dict[str, Any]]:
    """The records as they are kept."""
    keeper = a_file(path)
    try:
        return {name: dict(table) for name, table in keeper.load().items() if table}
    finally:
        keeper.close()


def add(book: Book, *people: Contact) -> Change:
    return book.change(f"{people[0].name} added", *(put(None, one) for one in people))


def names(book: Book) -> list[str]:
    return [contact.name for contact in book.contacts()]


def titles(book: Book, step: Callable[[Book], Change]) -> list[str]:
    """Go on with undo or redo until there is nothing more; return what the steps were called."""
    found = []
    while True:
        try:
            found.append(step(book).title)
        except NotFound:
            return found


STEPS: tuple[Callable[[Book], object], ...] = (
    lambda book: add(book, ADA, GRACE),
    lambda book: book.change("coffee", put(None, met("coffee", TODAY, "ada", "grace"))),
    lambda book: verbs.set_circle(book, ["ada", "grace"], Circle.WIDER),
    lambda book: verbs.add_tag(book, ["ada"], "choir"),
    lambda book: verbs.archive(book, ["ada"]),
    lambda book: verbs.delete_for_good(book, "ada"),
    lambda book: verbs.in_touch_today(book, ["grace"]),
)


def test_each_change_is_undone_and_redone_after_a_restart_and_the_records_are_exactly_as_they_were(path: Path) -> None:
    states = [kept(path)]
    for step in STEPS:
        with opened(path) as book:
            step(book)
        states.append(kept(path))
    for state in reversed(states[:-1]):
        with opened(path) as book:
            book.undo()
        assert kept(path) == state
    with opened(path) as book, pytest.raises(NotFound, match="Nothing to undo"):
        book.undo()
    for state in states[1:]:
        with opened(path) as book:
            book.redo()
        assert kept(path) == state
    with opened(path) as book, pytest.raises(NotFound, match="Nothing to redo"):
        book.redo()


def test_a_new_change_after_a_restart_ends_what_could_be_redone(path: Path) -> None:
    with opened(path) as book:
        add(book, ADA)
        add(book, GRACE)
        book.undo()
    with opened(path) as book:
        add(book, person("raj", "Raj"))
    with opened(path) as book:
        assert titles(book, Book.redo) == []
        assert titles(book, Book.undo) == ["Undone: Raj added", "Undone: Ada Lovelace added"]


def test_u_takes_back_the_last_change_of_the_book_whoever_made_it(path: Path) -> None:
    with opened(path) as one, opened(path) as other:
        add(one, ADA)
        add(other, GRACE)
        one.look_for_news()
        verbs.add_tag(one, ["grace"], "navy")
        other.fold()
        add(one, person("raj", "Raj"))
        assert other.undo().title == "Undone: Raj added"
        one.fold()
        assert other.undo().title == "Undone: #navy on Grace Hopper"
        assert one.undo().title == "Undone: Grace Hopper added"
        assert names(one) == ["Ada Lovelace"]
        assert other.redo().title == "Redone: Grace Hopper added"
        assert other.contact("grace").tags == ()
    with opened(path) as book:
        assert len(titles(book, Book.redo)) == 2


def test_an_undo_is_refused_when_another_program_writes_at_that_very_moment(path: Path) -> None:
    with opened(path) as one, opened(path) as other:
        add(one, ADA)
        last = one.history.last_done()
        add(other, GRACE)
        with pytest.raises(Conflict, match="at this moment"):
            one._keeper.keep(last.turned_round("Undone", NOON))
        assert one.undo().title == "Undone: Grace Hopper added"


def test_what_was_edited_outside_is_not_undone_and_named(path: Path) -> None:
    with opened(path) as book:
        add(book, ADA)
        verbs.add_tag(book, ["ada"], "choir")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["contacts"]["1"]["city"] = "Paris"
    path.write_text(json.dumps(content), encoding="utf-8")
    with opened(path) as book:
        with pytest.raises(Conflict, match="Ada Lovelace was changed by another program since"):
            book.undo()
        assert book.contact("ada").city == "Paris"


def edited_outside(path: Path, table: str, row: str, **fields: Any) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    content[table][row].update(fields)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_an_import_is_undone_but_for_those_who_were_edited_outside_and_made_again_beside_them(path: Path) -> None:
    with opened(path) as book:
        book.change("import of 3 people", *(put(None, person(uid, uid.title())) for uid in ("ada", "grace", "lee")))
    edited_outside(path, "contacts", "2", city="Paris")
    with opened(path) as book:
        assert book.undo().title == "Undone: import of 3 people; left as is, changed since: Grace"
        assert [each.name for each in book.contacts()] == ["Grace"]
        assert book.redo().title.endswith("changed since: Grace")
        assert sorted(each.name for each in book.contacts()) == ["Ada", "Grace", "Lee"]
        assert book.contact("grace").city == "Paris"
        assert "import" in book.undo().title
    with opened(path) as book, pytest.raises(NotFound):
        book.undo()


def test_what_is_one_act_is_not_undone_by_halves(path: Path) -> None:
    with opened(path) as book:
        add(book, ADA)
        book.change("coffee", put(ADA, replace(ADA, tags=("x",))), put(None, met("m", TODAY, "ada")))
    edited_outside(path, "interactions", "1", summary="about Paris")
    with opened(path) as book:
        with pytest.raises(Conflict, match=r"coffee with Ada Lovelace.* was changed by another program.*by hand"):
            book.undo()
        assert book.contact("ada").tags == ("x",)


def test_a_change_by_tinydb_is_undone_as_any_other(path: Path) -> None:
    with opened(path) as book:
        add(book, ADA, GRACE)
    before = kept(path)
    with open_database(path, now=lambda: NOON) as database:
        database.table("contacts").update({"city": "London"})
        database.table("contacts").remove(where("uid") == "ada")
        database.table("contacts").update({"uid": "amazing"}, where("uid") == "grace")
        database.table("other").insert({"no": "record"})
    with opened(path) as book:
        for _ in range(3):
            book.undo()
    assert {**kept(path), "other": None} == {**before, "other": None}


def test_dropping_all_tables_leaves_the_changes_and_is_one_that_can_be_undone(path: Path) -> None:
    with opened(path) as book:
        add(book, ADA, GRACE)
    before = kept(path)
    with open_database(path, now=lambda: NOON) as database:
        database.drop_tables()
        assert database.tables() == set()
    with opened(path) as book:
        book.undo()
    assert kept(path) == before


WRITER = """
import sys
from pathlib import Path
from relcraft.book.open import Book
from relcraft.domain.changes import put
from relcraft.store import open_store
from tests.books import NOON, at_noon, person

book = Book(open_store(Path(sys.argv[1]), now=lambda: NOON), at_noon())
for number in range(7):
    book.change(f"{number} added", put(None, person(str(number), f"N {number}")))
    if number == 2:
        book.fold()
book.undo()
book.undo()
book.redo()
print("done", flush=True)
sys.stdin.readline()
"""


def test_a_killed_program_leaves_all_that_can_be_undone_and_redone(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "done\n"
        writer.send_signal(signal.SIGKILL)
    assert journal_of(path).exists()
    with opened(path) as book:
        assert names(book) == [f"N {number}" for number in range(6)]
        assert book.redo().title == "Redone: 6 added"
    with opened(path) as book:
        assert titles(book, Book.undo) == [f"Undone: {number} added" for number in reversed(range(7))]
        assert names(book) == []


def test_after_250_changes_exactly_200_can_be_undone_and_redone(path: Path) -> None:
    with opened(path) as book:
        for number in range(250):
            add(book, person(str(number), f"N {number}"))
            if number % 60 == 0:
                book.fold()
    assert len(at_rest(path)["_changes"]) == DEPTH
    with opened(path) as book:
        for _ in range(120):
            book.undo()
    with opened(path) as book:
        assert len(titles(book, Book.undo)) == 80
        assert len(names(book)) == 50
    with opened(path) as book:
        assert len(titles(book, Book.redo)) == DEPTH
        assert len(names(book)) == 250


def test_an_import_of_five_hundred_people_can_be_undone_after_a_restart(path: Path) -> None:
    with opened(path) as book:
        add(book, ADA)
    before = kept(path)
    with opened(path) as book:
        add(book, *(person(str(number), f"N {number}", notes="y" * 2000, emails=("n@n.org",)) for number in range(500)))
    with opened(path) as book:
        book.undo()
    assert kept(path) == before


def test_a_change_that_is_too_large_to_keep_can_be_undone_until_the_end_and_not_after_a_restart(path: Path) -> None:
    crowd = [person(str(number), f"N {number}", notes="y" * 10_000) for number in range(500)]
    with opened(path) as book:
        add(book, ADA)
        add(book, *crowd)
        book.fold()
        book.undo()
        book.fold()
        book.redo()
        add(book, GRACE)
    assert [(one["title"], "ops" in one) for one in at_rest(path)["_changes"]] == [
        ("N 0 added", False),
        ("Grace Hopper added", True),
    ]
    with opened(path) as book:
        book.undo()
        with pytest.raises(NotFound, match='"N 0 added" was too much to be kept'):
            book.undo()
        assert len(names(book)) == 501


def test_the_changes_in_a_file_take_no_more_room_than_the_limit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_changes, "LIMIT", 5000)
    with opened(path) as book:
        for number in range(20):
            add(book, person(str(number), f"N {number}", notes="y" * 900))
    assert len(at_rest(path)["_changes"]) == 4
    with opened(path) as book:
        book.undo()
        book.undo()
    with opened(path) as book:
        assert len(titles(book, Book.undo)) == 2
        assert len(titles(book, Book.redo)) == 4
        assert len(names(book)) == 20


def test_a_record_that_nests_deep_ends_what_can_be_undone_and_the_book_opens(path: Path) -> None:
    deep: Any = []
    for _ in range(600):
        deep = [deep]
    with opened(path) as book:
        add(book, ADA)
        add(book, person("deep", "Deep", extra={"deep": deep}))
    with opened(path) as book:
        assert names(book) == ["Ada Lovelace", "Deep"]
        with pytest.raises(NotFound, match="too much"):
            book.undo()


def test_a_file_that_another_program_laid_out_anew_keeps_what_can_be_undone(path: Path) -> None:
    with opened(path) as book:
        add(book, person("zoe", "Zoë \ud83d 🦊"))
        add(book, GRACE)
        book.undo()
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=4), encoding="utf-8")
    with opened(path) as book:
        verbs.add_tag(book, ["zoe"], "fox")
        book.undo()
    assert b"\n    " not in path.read_bytes()
    with opened(path) as book:
        assert len(titles(book, Book.undo)) == 1
        assert len(titles(book, Book.redo)) == 2


def test_a_migration_ends_what_can_be_undone(path: Path) -> None:
    with opened(path) as book:
        add(book, ADA)
    keeper = open_store(path, now=lambda: NOON, migrations=[lambda tables: None])
    assert keeper.history() == []
    keeper.close()


def a_change(**fields: object) -> dict[str, object]:
    return {"seq": 1, "at": "2026-01-01T00:00:00Z", "title": "a change", "ops": [], **fields}


DAMAGED: dict[str, object] = {
    "a list": [1, 2],
    "a text": "changes",
    "a number": 7,
    "numbers for documents": {"1": 7, "2": 8},
    "named keys": {"ada": a_change()},
    "no seq": {"1": {"title": "a change"}},
    "a text for a seq": {"1": a_change(seq="1")},
    "no title": {"1": {"seq": 1, "ops": []}},
    "a number for a turn": {"1": a_change(turn=5)},
    "ops that are none": {"1": a_change(ops=5)},
    "ops of a wrong shape": {"1": a_change(ops=[["contacts", "ada"]])},
    "ops with texts for records": {"1": a_change(ops=[["contacts", "ada", "before", "after"]])},
    "ops with numbers": {"1": a_change(ops=[[1, 2, None, {}]])},
}


@pytest.mark.parametrize("kind", list(DAMAGED))
def test_damaged_changes_are_told_and_in_nobodys_way(path: Path, kind: str) -> None:
    content = {"contacts": {"1": {"uid": "ada", "name": "Ada"}}, "_changes": DAMAGED[kind]}
    path.write_text(json.dumps(content), encoding="utf-8")
    report = check(path)
    assert report.whole
    assert "book.json keeps for undo are damaged" in report.remarks[0]
    with opened(path) as book:
        assert list(book.remarks) == []
        with pytest.raises(NotFound, match="Nothing to undo"):
            book.undo()
        assert "book.json keeps for undo are damaged" in book.remarks[0]
        add(book, GRACE)
    with opened(path) as book:
        assert titles(book, Book.undo) == ["Undone: Grace Hopper added"]
        assert names(book) == ["Ada"]
        assert list(book.remarks) == []


def test_what_is_newer_than_a_damaged_change_can_be_undone(path: Path) -> None:
    with opened(path) as book:
        for number in range(5):
            add(book, person(str(number), f"N {number}"))
    content = json.loads(path.read_text(encoding="utf-8"))
    content["_changes"]["3"]["ops"] = {"gone": True}
    path.write_text(json.dumps(content), encoding="utf-8")
    with opened(path) as book:
        assert titles(book, Book.undo) == ["Undone: N 4 added", "Undone: N 3 added"]


def test_a_change_of_records_that_this_version_does_not_know_is_kept_and_not_undone(path: Path) -> None:
    later = a_change(ops=[["moons", "m", None, {"uid": "m"}]], title="a moon", aura="blue")
    path.write_text(json.dumps({"contacts": {}, "_changes": {"1": later}}), encoding="utf-8")
    with opened(path) as book:
        with pytest.raises(NotFound, match="a moon"):
            book.undo()
        add(book, ADA)
    assert at_rest(path)["_changes"][0] == later


def test_opening_a_book_reads_no_change(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as book:
        add(book, *(person(str(number), f"N {number}") for number in range(500)))
    with monkeypatch.context() as patch:
        patch.setattr(recent_changes.Recent, "settle", lambda self: pytest.fail("the changes were read"))
        patch.setattr("relcraft.store.snapshot.read_at_once", lambda data, name: pytest.fail("all of it was read"))
        keeper = a_file(path)
        book = Book(keeper, at_noon())
        verbs.add_tag(book, ["7"], "lucky")
        assert len(names(book)) == 500
    book.close()


PEOPLE = [f"p{number}" for number in range(4)]
ACTIONS = st.one_of(
    st.tuples(st.sampled_from(["toggle", "tag", "pair"]), st.sampled_from(PEOPLE)),
    st.sampled_from([("undo", ""), ("undo", ""), ("redo", ""), ("restart", ""), ("fold", ""), ("kill", "")]),
)


def act(book: Book, name: str, who: str) -> str:
    """Do one thing with a book; return what it was called, or why it could not be."""
    there = {one.uid: one for one in book.contacts()}
    try:
        if name in ("undo", "redo"):
            turned = book.undo() if name == "undo" else book.redo()
            return turned.title
        if name == "toggle":
            return book.change(f"toggle {who}", toggled(there, who)).title
        if name == "pair":
            both = dict.fromkeys((who, PEOPLE[0]))
            return book.change(f"pair {who}", *(toggled(there, one) for one in both)).title
        if who in there:
            tags = (*there[who].tags, str(len(there[who].tags)))
            return book.change(f"tag {who}", put(there[who], replace(there[who], tags=tags))).title
    except NotFound as error:
        return str(error)
    return ""


def toggled(there: dict[str, Contact], who: str) -> Op:
    return drop(there[who]) if who in there else put(None, person(who, f"Name of {who}"))


def stacks(book: Book) -> tuple[list[str], list[str]]:
    steps = book.history._steps
    return [one.title for one in steps.done], [one.title for one in steps.undone]


@settings(max_examples=40, deadline=None)
@given(actions=st.lists(ACTIONS, max_size=25))
def test_restarts_change_nothing_about_what_can_be_undone(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("history") / "book.json"
    memory = MemoryKeeper()
    steady, keeper = Book(memory, at_noon()), a_file(path)
    book = Book(keeper, at_noon())
    for name, who in actions:
        if name in ("restart", "kill"):
            crashed(keeper) if name == "kill" else keeper.close()
            keeper = a_file(path)
            book = Book(keeper, at_noon())
        elif name == "fold":
            book.fold()
        else:
            assert act(book, name, who) == act(steady, name, who)
        assert stacks(book) == stacks(steady)
        assert keeper.load().get("contacts", {}) == memory.load().get("contacts", {})
    keeper.close()
    assert kept(path).get("contacts", {}) == memory.load().get("contacts", {})
