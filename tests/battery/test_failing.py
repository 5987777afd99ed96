"""Each call of the disk that fails: the user hears of it, and what was acknowledged is there, and nothing else."""

import errno
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from relcraft.book.open import Book
from relcraft.cli.main import run as run_command
from relcraft.domain.changes import Op, put
from relcraft.domain.errors import NotKept
from relcraft.store import storage, write_book
from relcraft.tui.add_line import AddLine
from relcraft.tui.app import RelcraftApp
from tests.battery.failing import a_folder, battery
from tests.battery.playing import shown
from tests.battery.refusing import FAILED_SYNC, KINDS, SHORT_THEN_FULL, Fault, Kind, RefusingFiles
from tests.battery.scenes import SCENES
from tests.books import at_noon, person
from tests.store.changes import ADA, GRACE, all_files, opened

WORDLESS = re.compile(r"Errno|Error|Traceback|\bE[A-Z]{3,}\b")
TELLING = [kind for kind in KINDS if kind.name not in ("short write", "no memory at a read")]


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = a_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("scene", SCENES)
def test_a_call_that_fails_is_told_and_disk_and_memory_have_what_was_acknowledged(scene: str, folder: Path) -> None:
    outcome = battery(scene, folder / "run", step=23)
    assert outcome.problems == []
    assert outcome.runs > 30


@pytest.mark.long
@pytest.mark.parametrize("scene", SCENES)
def test_every_call_fails_in_every_way(scene: str, folder: Path) -> None:
    assert battery(scene, folder / "run").problems == []


def failing_now(files: RefusingFiles, kind: Kind, *, lasting: bool = True) -> None:
    """Let the next change fail in this way."""
    files.fault = Fault(kind, 1, lasting)
    files._number = 0


def only(kind: Kind, *calls: str) -> Kind:
    return Kind(kind.name, kind.number, kind.calls & frozenset(calls))


@pytest.mark.parametrize("kind", TELLING, ids=str)
def test_a_book_whose_disk_refuses_shows_tells_and_finds_what_it_did_before(tmp_path: Path, kind: Kind) -> None:
    files = RefusingFiles()
    book = Book(opened(tmp_path / "book.json", files=files), at_noon())
    book.change("known", put(None, ADA))
    heard: list[Op] = []
    book.subscribe(heard.extend)
    before = shown(book), book.named("Ada"), book.search("hopper")
    failing_now(files, only(kind, "write", "sync_data"), lasting=False)
    with pytest.raises(NotKept) as refusal:
        book.change("new", put(None, GRACE))
    assert not WORDLESS.search(str(refusal.value))
    assert (shown(book), book.named("Ada"), book.search("hopper")) == before
    assert heard == []
    assert book.named("Grace") == []
    if kind is FAILED_SYNC:
        assert "did not confirm" in book.read_only
    else:
        book.change("new", put(None, GRACE))
        assert [op.uid for op in heard] == ["grace"]
    book.close()


@pytest.mark.parametrize("kind", TELLING, ids=str)
def test_a_command_on_a_disk_that_refuses_says_one_sentence_and_changes_nothing(
    tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.json"
    book = opened(path)
    Book(book, at_noon()).change("known", put(None, ADA))
    book.close()
    before = all_files(tmp_path)
    files = RefusingFiles()
    failing_now(files, only(kind, *(("sync", "sync_data") if kind is FAILED_SYNC else ("write",))))
    monkeypatch.setattr(storage, "Files", lambda: files)
    assert run_command(["--data-file", str(path), "--today", "2026-11-23", "add", "coffee with Ada"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith(
        "book.json could not be saved" if kind is not FAILED_SYNC else "The disk did not confirm"
    )
    assert not WORDLESS.search(told.err)
    assert {name: data for name, data in all_files(tmp_path).items() if not name.endswith(".lock")} == {
        name: data for name, data in before.items() if not name.endswith(".lock")
    }


@pytest.mark.parametrize("kind", KINDS[:6], ids=str)
def test_a_command_on_a_disk_that_cannot_be_read_says_one_sentence(
    tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.json"
    write_book(path, [ADA])
    files = RefusingFiles()
    failing_now(files, only(kind, "read"))
    monkeypatch.setattr(storage, "Files", lambda: files)
    assert run_command(["--data-file", str(path), "list", "contacts"]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.startswith("book.json could not be read: ")
    assert not WORDLESS.search(told.err)


@pytest.mark.parametrize("kind", [KINDS[0], KINDS[1], FAILED_SYNC, SHORT_THEN_FULL], ids=str)
async def test_a_key_on_a_disk_that_refuses_is_told_and_what_was_typed_stays(tmp_path: Path, kind: Kind) -> None:
    path, files = tmp_path / "book.json", RefusingFiles()
    book = Book(opened(path, files=files), at_noon())
    book.change("known", put(None, person("ada", "Ada Lovelace")))
    app = RelcraftApp(book)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("a", *"met Ada")
        failing_now(files, only(kind, "write", "sync_data"), lasting=False)
        await pilot.press("enter")
        line = app.screen.query_one(AddLine)
        told = str(line.query_one(".echo", Static).content)
        assert "Not saved: " in told
        assert not WORDLESS.search(told)
        assert line.line == "met Ada"
        assert "interactions" not in shown(book)
        if kind is not FAILED_SYNC:
            await pilot.press("enter")
            await pilot.pause()
            assert len(shown(book)["interactions"]) == 1
    book.close()
    book = Book(opened(path), at_noon())
    assert len(shown(book).get("interactions", ())) == (kind is not FAILED_SYNC)
    book.close()


async def test_one_key_that_saves_tells_in_a_toast_that_it_could_not(tmp_path: Path) -> None:
    path, files = tmp_path / "book.json", RefusingFiles()
    book = Book(opened(path, files=files), at_noon())
    book.change("known", put(None, person("ada", "Ada Lovelace")))
    app = RelcraftApp(book)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        failing_now(files, only(KINDS[1], "write"), lasting=False)
        await pilot.press("c")
        await pilot.pause()
        assert [str(one.message) for one in app._notifications] == [
            "book.json could not be saved: the disk is full. What was saved before is safe."
        ]
        assert "interactions" not in shown(book)
        await pilot.press("c")
        await pilot.pause()
        assert len(shown(book)["interactions"]) == 1
    book.close()


def test_kinds_are_what_the_system_says() -> None:
    assert {errno.errorcode[kind.number] for kind in KINDS if kind.number} >= {
        "EIO",
        "ENOSPC",
        "EDQUOT",
        "EINTR",
        "EROFS",
    }
