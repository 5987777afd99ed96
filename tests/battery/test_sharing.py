"""Others at the file: programs that write at once, files that may not be written, other names, other machines."""

import os
import pwd
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.errors import BadBook, ReadOnly
from relcraft.domain.records import Contact
from relcraft.store.files import Files
from relcraft.store.opening import open_store
from tests.battery.sharing import EDITS, STORIES, at_rest, book_of, keeper_of, now

NOBODY = pwd.getpwnam("nobody")


@pytest.mark.parametrize("story", STORIES)
def test_others_at_the_file_lose_nothing(tmp_path: Path, story: str) -> None:
    run, size, _long = STORIES[story]
    assert run(tmp_path, size).problems == []


@pytest.mark.long
@pytest.mark.parametrize("story", STORIES)
def test_others_at_the_file_lose_nothing_in_the_long_run(tmp_path: Path, story: str) -> None:
    run, _size, long = STORIES[story]
    assert run(tmp_path, long).problems == []


UNGUARDED = """
import time
from contextlib import nullcontext
from relcraft.book.open import Book
Book.alone = lambda self: nullcontext()
looked_up = Book.contact
def contact(self, uid):
    found = looked_up(self, uid)
    time.sleep(0.002)  # the others write meanwhile, however busy the machine is
    return found
Book.contact = contact
"""


def test_the_battery_sees_programs_that_take_no_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.battery import sharing  # its program is changed for this test alone

    monkeypatch.setattr(sharing, "WRITER", UNGUARDED + sharing.WRITER)
    assert sharing.writers(tmp_path, 25).problems


@pytest.mark.parametrize("waits", [False, True])
def test_an_editor_that_takes_its_time_to_write_loses_nothing_and_alarms_nobody(tmp_path: Path, waits: bool) -> None:
    path = tmp_path / "book.json"
    with book_of(path) as book:
        verbs.add_contact(book, Contact(uid="ada", name="Ada"))
        book.fold()
        if waits:
            verbs.edit(book, book.contact("ada"), Contact(uid="ada", name="Ada", city="London"))
        written = path.read_bytes().replace(b'"name":"Ada"', b'"name":"Ada","notes":"from an editor"')
        assert b"from an editor" in written
        with path.open("r+b") as file:
            file.truncate(0)
            assert not book.look_for_news()
            file.write(written[: len(written) // 2])
            file.flush()
            with pytest.raises(ReadOnly, match="Nothing was saved"):
                verbs.add_contact(book, Contact(uid="", name="Too Early"))
            file.write(written[len(written) // 2 :])
        assert book.look_for_news()
        assert book.contact("ada").notes == "from an editor"
        assert book.contact("ada").city == ("London" if waits else "")
        verbs.add_contact(book, Contact(uid="", name="Grace"))
    assert [str(each["name"]) for each in at_rest(path)["contacts"]] == ["Ada", "Grace"]


class Crossed(Files):
    """Files in which an editor writes while the file at rest is written anew."""

    def __init__(self, edit: Callable[[], None]) -> None:
        self._edit: Callable[[], None] | None = edit

    def replace(self, source: Path, target: Path) -> None:
        assert self._edit is None, "the editor was not seen"
        super().replace(source, target)

    def sync(self, fd: int) -> None:
        super().sync(fd)
        if self._edit is not None and stat.S_ISREG(os.fstat(fd).st_mode):
            edit, self._edit = self._edit, None
            edit()


@pytest.mark.parametrize("way", EDITS)
def test_an_editor_that_writes_in_the_middle_of_a_fold_is_not_overwritten(tmp_path: Path, way: str) -> None:
    path = tmp_path / "book.json"
    with book_of(path) as book:
        verbs.add_contact(book, Contact(uid="ada", name="Ada"))
    files = Crossed(lambda: EDITS[way](path, role="theirs"))
    with closing(Book(open_store(path, now=now, files=files), now)) as book:
        verbs.edit(book, book.contact("ada"), Contact(uid="ada", name="Ada", city="ours"))
        book.fold()
        assert book.look_for_news()
        assert (book.contact("ada").city, book.contact("ada").role) == ("ours", "theirs")
    names = {str(each["name"]): each for each in at_rest(path)["contacts"]}
    assert set(names) == {"Ada", "New Person"}
    assert (names["Ada"]["city"], names["Ada"]["role"]) == ("ours", "theirs")


def test_an_editor_that_writes_while_a_book_is_held_alone_is_brought_in(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    with book_of(path) as book:
        verbs.add_contact(book, Contact(uid="ada", name="Ada"))
        book.fold()
        with book.alone():
            EDITS["a new file renamed"](path, role="theirs")
            verbs.add_contact(book, Contact(uid="", name="Grace"))
        assert book.look_for_news()
        assert sorted(each.name for each in book.contacts()) == ["Ada", "Grace", "New Person"]


# As a user without rights


AS_NOBODY = """
import os, sys
from pathlib import Path
from tests.battery.sharing import book_of, keeper_of  # before the rights go: the sources may be private
from relcraft.book import verbs
from relcraft.book.open import Book
from relcraft.domain.errors import RelcraftError
from relcraft.domain.records import Contact
from relcraft.store.opening import open_store
from tests.battery.sharing import now

if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[1]))
path = Path(sys.argv[3])
backups = Path(sys.argv[5]) if len(sys.argv) > 5 else None

def add(name):
    try:
        verbs.add_contact(book, Contact(uid="", name=name))
        print("kept", flush=True)
    except RelcraftError as error:
        print(error, flush=True)

try:
    book = Book(open_store(path, now=now, backups=backups), now)
    print(",".join(sorted(one.name for one in book.contacts())))
    print("read-only: " + book.read_only)
    add("Grace")
    if sys.argv[4] == "wait":
        sys.stdin.readline()
        add("Late")
        book.look_for_news()
        print("read-only: " + book.read_only, flush=True)
        sys.stdin.readline()
        book.look_for_news()
        add("Later")
    try:
        book.close()
    except RelcraftError as error:
        print(error)
    for remark in book.remarks:
        print("remark: " + remark)
except RelcraftError as error:
    print(error)
"""


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that every user can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for each in (folder, *folder.rglob("*")):
            if each.is_dir():
                each.chmod(0o755)


def as_nobody(path: Path, *, wait: bool = False, backups: Path | None = None) -> subprocess.Popen[str]:
    arguments = [str(NOBODY.pw_uid), str(NOBODY.pw_gid), str(path), "wait" if wait else "-"]
    return subprocess.Popen(
        [sys.executable, "-c", AS_NOBODY, *arguments, *([str(backups)] if backups else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said(running: subprocess.Popen[str]) -> list[str]:
    return running.communicate(timeout=60)[0].splitlines()


def a_book_in(folder: Path, *, theirs: bool) -> Path:
    """Make a book with Ada in it; `theirs`: of the user without rights."""
    folder.mkdir(exist_ok=True)
    path = folder / "book.json"
    with book_of(path) as book:
        verbs.add_contact(book, Contact(uid="", name="Ada"))
    if theirs and os.geteuid() == 0:
        for each in (folder, *folder.iterdir()):
            os.chown(each, NOBODY.pw_uid, NOBODY.pw_gid)
    return path


def everything(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


@pytest.mark.parametrize("protected", ["file", "folder"])
def test_what_is_protected_is_read_and_told_and_stays_as_it_is(shared: Path, protected: str) -> None:
    path = a_book_in(shared / "kept", theirs=True)
    (path if protected == "file" else path.parent).chmod(0o400 if protected == "file" else 0o500)
    before = everything(path.parent)
    people, read_only, told = said(as_nobody(path))
    assert people == "Ada"
    assert "write-protected" in read_only
    assert read_only == f"read-only: {told}"
    assert everything(path.parent) == before


def test_a_folder_that_becomes_protected_while_open_is_told_and_goes_on_when_that_is_over(shared: Path) -> None:
    path = a_book_in(shared / "kept", theirs=True)
    running = as_nobody(path, wait=True)
    assert running.stdin is not None
    assert running.stdout is not None
    assert [running.stdout.readline().strip() for _ in range(3)] == ["Ada", "read-only:", "kept"]
    with book_of(path) as book:  # it is folded, by root perhaps: the next change needs a new journal
        verbs.add_contact(book, Contact(uid="", name="Lee"))
    path.parent.chmod(0o500)
    running.stdin.write("on\n")
    running.stdin.flush()
    told, read_only = (running.stdout.readline().strip() for _ in range(2))
    assert "book.json could not be saved: it is not allowed" in told or "write-protected" in told
    assert "write-protected" in read_only
    path.parent.chmod(0o700)
    running.stdin.write("on\n")
    running.stdin.flush()
    assert said(running) == ["kept"]
    assert [str(each["name"]) for each in at_rest(path)["contacts"]] == ["Ada", "Grace", "Lee", "Later"]


def test_a_backups_folder_that_may_not_be_written_stops_no_change_and_is_told(shared: Path) -> None:
    path = a_book_in(shared / "kept", theirs=True)
    backups = shared / "backups"
    backups.mkdir()
    backups.chmod(0o500 if os.geteuid() else 0o755)
    told = said(as_nobody(path, backups=backups))
    assert told[2] == "kept"
    assert any(line.startswith("remark: The backup of today could not be written") for line in told)
    assert [str(each["name"]) for each in at_rest(path)["contacts"]] == ["Ada", "Grace"]
    assert list(backups.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_a_book_of_another_user_is_not_taken_over(shared: Path) -> None:
    path = a_book_in(shared / "kept", theirs=False)
    path.parent.chmod(0o777)
    for each in path.parent.iterdir():
        each.chmod(0o644)
    before = everything(path.parent)
    people, read_only, told = said(as_nobody(path))
    assert people == "Ada"
    assert "book.json is write-protected" in read_only
    assert read_only == f"read-only: {told}"
    assert everything(path.parent) == before
    assert path.stat().st_uid == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root writes to a book of somebody else")
def test_root_shuts_nobody_out_of_their_own_book(shared: Path) -> None:
    path = a_book_in(shared / "kept", theirs=True)
    path.with_name("book.json.lock").unlink()
    with book_of(path) as book:
        verbs.add_contact(book, Contact(uid="", name="Grace"))
        assert {each.stat().st_uid for each in path.parent.iterdir()} == {NOBODY.pw_uid}
    assert said(as_nobody(path))[2] == "kept"
    victim = shared / "victim"
    victim.touch()
    path.with_name("book.json.lock").unlink()
    path.with_name("book.json.lock").symlink_to(victim)
    with pytest.raises(BadBook, match="links lead in a circle"):
        keeper_of(path)
    assert victim.stat().st_uid == 0


# Other names


def test_every_symbolic_link_to_a_book_is_that_book(tmp_path: Path) -> None:
    real, elsewhere = tmp_path / "real", tmp_path / "elsewhere"
    real.mkdir()
    elsewhere.mkdir()
    (elsewhere / "link.json").symlink_to(real / "book.json")
    (elsewhere / "chain.json").symlink_to("link.json")
    (tmp_path / "folder").symlink_to(real)
    names = [elsewhere / "link.json", elsewhere / "chain.json", tmp_path / "folder" / "book.json", real / "book.json"]
    assert not (real / "book.json").exists(), "the first change makes what the links dangle from"
    for number, name in enumerate(names):
        with book_of(name) as book, book_of(names[-1 - number]) as other:
            verbs.add_contact(book, Contact(uid="", name=f"{number}"))
            assert other.look_for_news()
    assert [str(each["name"]) for each in at_rest(real / "book.json")["contacts"]] == ["0", "1", "2", "3"]
    assert all(name.is_symlink() for name in names[:2])
    assert sorted(each.name for each in elsewhere.iterdir()) == ["chain.json", "link.json"]
    assert sorted(each.name for each in real.iterdir()) == ["book.json", "book.json.lock"]


def test_a_hard_link_keeps_what_it_had_and_that_is_told_once(tmp_path: Path) -> None:
    path, second = tmp_path / "book.json", tmp_path / "second.json"
    with book_of(path) as book:
        verbs.add_contact(book, Contact(uid="", name="Ada"))
    second.hardlink_to(path)
    before = second.read_bytes()
    with book_of(path) as book:
        for name in ("Grace", "Lee"):
            verbs.add_contact(book, Contact(uid="", name=name))
            book.fold()
        (remark,) = book.remarks
        assert "book.json had a second name" in remark
        assert "symbolic link" in remark
    assert second.read_bytes() == before
    assert len(at_rest(path)["contacts"]) == 3
    with book_of(path) as book:
        verbs.add_contact(book, Contact(uid="", name="Raj"))
        book.fold()
        assert book.remarks == ()


# Modes


def modes_in(folder: Path) -> set[int]:
    return {stat.S_IMODE(each.stat().st_mode) for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_every_file_is_private_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        path = tmp_path / "new" / "book.json"
        keeper = keeper_of(path)
        keeper.close()
        with book_of(path) as book:
            verbs.add_contact(book, Contact(uid="", name="Ada"))
            verbs.add_contact(book, Contact(uid="", name="Grace"))
            assert (path.parent / "book.json.journal").exists()
            assert modes_in(path.parent) == {0o600}
            book.fold()
            assert modes_in(path.parent) == {0o600}
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_book_that_another_program_made_readable_for_all_is_private_after_a_change(tmp_path: Path) -> None:
    path = tmp_path / "book.json"
    with book_of(path) as book:
        verbs.add_contact(book, Contact(uid="", name="Ada"))
    path.chmod(0o644)
    with book_of(path) as book:
        assert stat.S_IMODE(path.stat().st_mode) == 0o644, "reading changes nothing"
        verbs.add_contact(book, Contact(uid="", name="Grace"))
    assert modes_in(tmp_path) == {0o600}
