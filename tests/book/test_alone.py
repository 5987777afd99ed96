"""Several programs with one book: what one of them does on what is there is not crossed by another."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from relcraft.book import asks, doing, verbs
from relcraft.book.adding import add_line, read_line
from relcraft.book.importing import ImportsOther, keep_import, plan_import
from relcraft.book.memory import MemoryKeeper
from relcraft.book.open import Book
from relcraft.book.today import all_moves
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.errors import BadInput, NotFound, NotKept, ReadOnly, RelcraftError
from relcraft.domain.incoming import Incoming
from relcraft.domain.moves import MoveKind
from relcraft.domain.records import Ask, AskStep, Contact, Exchange, FollowUp, Interaction, Record, Snooze
from relcraft.domain.words import AskDirection, AskState, ExchangeKind
from relcraft.store.files import Files
from relcraft.store.opening import open_store
from tests.books import NOON, TODAY, met, person


class HurriedFiles(Files):
    """Files whose waiting takes no time."""

    def wait(self, seconds: float) -> None:
        return


Opener = Callable[..., Book]


@pytest.fixture
def open_book(tmp_path: Path) -> Iterator[Opener]:
    ticks = count()
    opened: list[Book] = []

    def now() -> datetime:
        return NOON.astimezone(UTC) + timedelta(microseconds=next(ticks))

    def another(files: Files | None = None) -> Book:
        opened.append(Book(open_store(tmp_path / "book.json", now=now, files=files), now))
        return opened[-1]

    yield another
    for book in opened:
        book.close()


def add(book: Book, uid: str, name: str) -> None:
    book.change(name, put(None, person(uid, name)))


def test_what_others_wrote_is_there_before_anything_is_decided(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    heard: list[str] = []
    other.subscribe(lambda ops: heard.extend(op.uid for op in ops))
    add(one, "ada", "Ada Lovelace")
    with other.alone():
        assert heard == ["ada"]
        assert [each.name for each in other.named("Ada")] == ["Ada Lovelace"]


def test_nobody_writes_while_a_book_is_held_alone(open_book: Opener) -> None:
    one, other = open_book(), open_book(HurriedFiles())
    add(one, "ada", "Ada Lovelace")
    with one.alone():
        with pytest.raises(NotKept, match="Another program is busy with"):
            add(other, "lee", "Lee Chan")
        with one.alone():
            add(one, "grace", "Grace Hopper")
        one.fold()
        with pytest.raises(NotKept, match="busy"):
            add(other, "lee", "Lee Chan")
        add(one, "linus", "Linus")
        assert not one.look_for_news()
        with pytest.raises(NotKept, match="busy"):
            add(other, "lee", "Lee Chan")
    add(other, "lee", "Lee Chan")
    assert sorted(each.name for each in other.contacts()) == ["Ada Lovelace", "Grace Hopper", "Lee Chan", "Linus"]


def test_who_waits_goes_on_when_the_other_lets_go_and_sees_what_was_done(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    seen: list[int] = []

    def take_a_turn() -> None:
        with other.alone():
            seen.append(other.count(Contact))

    waiting = threading.Thread(target=take_a_turn)
    with one.alone():
        waiting.start()
        add(one, "ada", "Ada Lovelace")
        add(one, "lee", "Lee Chan")
        assert seen == []
    waiting.join(timeout=30)
    assert seen == [2]


def test_an_error_inside_lets_go(open_book: Opener) -> None:
    one, other = open_book(), open_book(HurriedFiles())
    with pytest.raises(KeyError), one.alone():
        raise KeyError("mine")
    with pytest.raises(KeyboardInterrupt), one.alone():
        raise KeyboardInterrupt
    add(other, "lee", "Lee Chan")
    assert one.look_for_news()


def test_a_book_that_cannot_be_written_is_not_held(open_book: Opener, tmp_path: Path) -> None:
    add(open_book(), "ada", "Ada Lovelace")
    other = open_book()
    other.fold()
    path = tmp_path / "book.json"
    whole = path.read_bytes()
    path.write_text("{")
    with pytest.raises(ReadOnly), other.alone():
        raise AssertionError("it was entered")
    path.write_bytes(whole)
    keeper = MemoryKeeper()
    keeper.read_only = "It is a picture of a book."
    with pytest.raises(ReadOnly, match="a picture"), Book(keeper, lambda: NOON).alone():
        raise AssertionError("it was entered")


def test_a_change_inside_that_fails_is_told_as_any_other(open_book: Opener, tmp_path: Path) -> None:
    class FullFiles(Files):
        full = False

        def write(self, fd: int, data: bytes) -> int:
            if self.full:
                raise OSError(28, "no space")
            return super().write(fd, data)

    files = FullFiles()
    book = open_book(files)
    add(book, "ada", "Ada Lovelace")
    with book.alone():
        files.full = True
        with pytest.raises(NotKept, match="the disk is full"):
            add(book, "lee", "Lee Chan")
        files.full = False
        add(book, "grace", "Grace Hopper")
    assert sorted(each.name for each in book.contacts()) == ["Ada Lovelace", "Grace Hopper"]


# Two programs at the same moment


def side_by_side(path: Path, *programs: Sequence[str]) -> list[tuple[int, str]]:
    """Run several programs at once, waiting for each other at the lock; return exit code and words of each."""
    with open_store(path, now=lambda: NOON).alone():
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "relcraft", *arguments],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                env={**os.environ, "RELCRAFT_DATA_FILE": str(path)},
            )
            for arguments in programs
        ]
        waiting = {one.pid for one in running}
        while waiting:
            waiting = {pid for pid in waiting if not _has_opened(pid, path.with_name(f"{path.name}.lock"))}
    told = [one.communicate(timeout=60)[0] for one in running]
    return [(one.returncode, words) for one, words in zip(running, told, strict=True)]


def _has_opened(pid: int, path: Path) -> bool:
    """Whether a program has a file open, or has ended."""
    try:
        return any(os.path.realpath(fd) == str(path) for fd in Path(f"/proc/{pid}/fd").iterdir())
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="who waits at the lock is seen in /proc")
def test_two_programs_that_add_somebody_new_at_once_add_one_person(tmp_path: Path) -> None:
    path = (tmp_path / "book.json").resolve()
    with_new = ("add", "--new", "coffee with Newname")
    assert [code for code, _words in side_by_side(path, with_new, with_new)] == [0, 0]
    book = Book(open_store(path, now=lambda: NOON), lambda: NOON)
    (one,) = book.contacts()
    assert one.name == "Newname"
    assert len(book.interactions_with(one.uid)) == 2
    book.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="who waits at the lock is seen in /proc")
@pytest.mark.parametrize(
    ("arguments", "codes", "exchanges"),
    [
        (("ask", "move", "dana", "helped"), [0, 1], 1),
        (("introduce", "lee", "--broker", "dana", "--state", "made"), [0, 1], 1),
        (("introduce", "Newname", "--broker", "dana", "--new", "--state", "made"), [0, 1], 1),
        (("add", "coffee with Dana <advice"), [0, 0], 2),
    ],
)
def test_two_programs_that_tell_of_help_at_once_tell_of_it_once(
    tmp_path: Path, arguments: Sequence[str], codes: list[int], exchanges: int
) -> None:
    path = (tmp_path / "book.json").resolve()
    book = the_book_of_two(path)
    people = (person("dana", "Dana Fox"), person("lee", "Lee Chan"))
    book.change("records", *map(put_new, people), put(None, an_ask("ask", "dana", AskState.ASKED)))
    done = side_by_side(path, arguments, arguments)
    assert sorted(code for code, _words in done) == codes, done
    assert not any("Traceback" in words for _code, words in done)
    book.look_for_news()
    assert book.count(Exchange) == exchanges
    assert len([each for each in book.all(Exchange) if each.ask == "ask"]) == ("introduce" not in arguments)
    assert len({each.name for each in book.contacts()}) == len(book.contacts())
    book.close()


def test_a_line_read_before_another_program_added_its_person_is_about_that_person(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    lines = [read_line(book, "coffee with Newname >advice") for book in (one, other)]
    for book, line in zip((one, other), lines, strict=True):
        add_line(book, line, allow_new=True)
    assert [each.name for each in other.contacts()] == ["Newname"]
    assert len(other.exchanges_with(other.contacts()[0].uid)) == 2


def test_a_new_person_of_the_same_name_as_a_known_one_stays_somebody_new(open_book: Opener) -> None:
    book = open_book()
    add(book, "ada", "Ada Lovelace")
    add(book, "ada2", "Ada Lovelace")
    key = read_line(book, "coffee with Ada Lovelace").doubtful[0].key
    add_line(book, read_line(book, "coffee with Ada Lovelace", choices={key: "+new"}), allow_new=True)
    assert len(book.contacts()) == 3


def rows(*names: str) -> list[Incoming]:
    return [
        Incoming(
            where=f"people.csv line {at}",
            contact=person("", name, emails=(f"{name}@example.org",), sources=(f"csv:{name}",)),
        )
        for at, name in enumerate(names)
    ]


def test_an_import_that_another_program_has_made_meanwhile_doubles_nobody(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    plan = plan_import(other, rows("Ada", "Lee"))
    keep_import(one, plan_import(one, rows("Ada", "Lee")))
    with pytest.raises(ImportsOther, match="look at it again") as caught:
        keep_import(other, plan)
    assert (len(caught.value.plan.added), caught.value.plan.rows_unchanged) == (0, 2)
    assert keep_import(other, caught.value.plan) is None
    assert sorted(each.name for each in other.contacts()) == ["Ada", "Lee"]


def test_an_import_goes_on_where_the_book_changed_elsewhere(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    plan = plan_import(other, rows("Ada", "Lee"))
    add(one, "grace", "Grace Hopper")
    change = keep_import(other, plan)
    assert change is not None
    assert {op.uid for op in change.ops} == {contact.uid for contact in plan.added}
    assert len(other.contacts()) == 3


def test_nothing_is_added_to_a_contact_whom_another_program_deleted(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    one.change("Ada", put(None, person("ada", "Ada Lovelace", archived=True)))
    other.look_for_news()
    told = read_line(other, "coffee with Ada Lovelace")
    verbs.delete_for_good(one, "ada")
    for late in (
        lambda: other.change("coffee", put(None, met("m", TODAY, "ada"))),
        lambda: other.change("new", put(None, person("lee", "Lee Chan", introduced_by="ada"))),
        lambda: other.change("rest", put(None, Snooze(uid="s", of="ada", until=TODAY))),
        lambda: verbs.log_interaction(other, met("", TODAY, "ada")),
        lambda: add_line(other, told, allow_new=False),
    ):
        with pytest.raises((BadInput, NotFound), match="no longer in the book"):
            late()
    assert (other.count(Interaction), other.count(Contact)) == (0, 0)
    one.undo()
    verbs.log_interaction(other, met("", TODAY, "ada"))
    assert one.look_for_news()
    assert len(one.interactions_with("ada")) == 1


def test_what_was_added_to_a_contact_at_the_last_moment_goes_with_it_when_it_is_deleted(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    one.change("Ada", put(None, person("ada", "Ada Lovelace", archived=True)))
    other.look_for_news()
    verbs.log_interaction(one, met("", TODAY, "ada"))
    verbs.delete_for_good(other, "ada")
    assert (other.count(Interaction), other.count(Contact)) == (0, 0)


# One act, one exchange: with the other program between any two calls


class Meddling(Files):
    """Files through which another program acts at the k-th call."""

    def __init__(self, at: int, act: Callable[[], object]) -> None:
        self.left = at
        self._act = act
        self.acted = False

    def _step(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.acted = True
            self._act()

    def stat(self, path: Path) -> os.stat_result | None:
        self._step()
        return super().stat(path)

    def lock(self, fd: int) -> bool:
        self._step()
        return super().lock(fd)

    def write(self, fd: int, data: bytes) -> int:
        self._step()
        return super().write(fd, data)

    def unlock(self, fd: int) -> None:
        super().unlock(fd)
        self._step()


def helped(book: Book) -> Change:
    return asks.move(book, "ask", AskState.HELPED)


def thanked(book: Book) -> Change:
    return asks.move(book, "thank", AskState.THANKED)


def promise_done(book: Book) -> Change:
    return verbs.finish(book, "p", TODAY)


def nudged(book: Book) -> Change:
    move = next(move for move in all_moves(book) if move.kind is MoveKind.SILENCE)
    return doing.do(book, move)


def the_book_of_two(path: Path, files: Files | None = None) -> Book:
    return Book(open_store(path, now=lambda: NOON, files=files), lambda: NOON)


def put_new(record: Record) -> Op:
    return put(None, record)


def an_ask(uid: str, contact: str, state: AskState) -> Ask:
    long_ago = TODAY - timedelta(days=30)
    steps = (AskStep(AskState.ASKED, long_ago), *((AskStep(state, long_ago),) if state is not AskState.ASKED else ()))
    return Ask(uid=uid, direction=AskDirection.OUTGOING, contact=contact, kind=ExchangeKind.ADVICE, steps=steps)


@pytest.mark.parametrize("verb", [helped, thanked, promise_done, nudged])
def test_a_step_that_two_programs_take_at_once_is_taken_once(
    tmp_path: Path, verb: Callable[[Book], Change], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relcraft.store.locking.PATIENCE_SECONDS", 0.0)
    done_between = set()
    for at in range(1, 40):
        path = tmp_path / f"{verb.__name__}-{at}.json"
        first = the_book_of_two(path)
        first.change(
            "records",
            put(None, person("dana", "Dana Fox")),
            put(None, person("lee", "Lee Chan")),
            put(None, an_ask("ask", "dana", AskState.ASKED)),
            put(None, an_ask("thank", "lee", AskState.HELPED)),
            put(None, FollowUp(uid="p", date=TODAY, contact="lee")),
        )
        kept: list[Book] = []

        def other_acts(first: Book = first, kept: list[Book] = kept) -> None:
            try:
                verb(first)
            except RelcraftError:
                return
            kept.append(first)

        files = Meddling(0, other_acts)
        second = the_book_of_two(path, files)
        all_moves(second)
        files.left = at
        try:
            verb(second)
        except RelcraftError:
            pass
        else:
            kept.append(second)
        assert len(kept) == 1
        done_between.add(kept[0] is first)
        first.look_for_news()
        assert first.count(Exchange) == (verb is helped)
        first.undo()
        assert first.history.last_done().title == "records"
        for book in (first, second):
            book.close()
        if not files.acted:
            break
    assert done_between == {True, False}


def test_two_edits_of_one_moment_are_put_together_and_steps_are_not_doubled(open_book: Opener) -> None:
    one, other = open_book(), open_book()
    one.change("records", put(None, person("dana", "Dana Fox")), put(None, an_ask("ask", "dana", AskState.ASKED)))
    other.look_for_news()
    before = other.one(Ask, "ask")
    asks.move(one, "ask", AskState.HELPED)
    asks.edit_ask(other, before, replace(before, what="the paper"))
    ask = other.one(Ask, "ask")
    assert [step.state for step in ask.steps] == [AskState.ASKED, AskState.HELPED]
    assert ask.what == "the paper"
