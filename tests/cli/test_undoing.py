"""Every command that writes makes one change, which one undo on the screen takes back whole."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from relcraft.cli.wiring import book_at
from relcraft.sample import sample_records
from relcraft.store import write_book
from tests.books import TODAY, at_noon
from tests.cli.conftest import CommandLine

COMMANDS = (
    ("ask", "marit", "intro", "--to", "yaw", "--asked", "--goal", "seat", "--chance", "3"),
    ("ask", "nomvula", "feedback", "a page", "--from-them"),
    ("ask", "move", "emile", "helped", "--log", "call", "--text", "the hourly rain"),
    ("ask", "move", "emile", "declined", "--log", "email"),
    ("ask", "move", "nomvula", "agreed", "--promise", "fri"),
    ("ask", "move", "petra", "thanked"),
    ("ask", "move", "will", "helped", "--to", "Somebody New", "--new"),
    ("ask", "nudge", "xiomara", "--log", "message"),
    ("ask", "back", "petra"),
    ("goal", "add", "hired", "a job"),
    ("goal", "reach", "seat", "--outcome", "in spring"),
    ("goal", "let-go", "stage"),
    ("goal", "reopen", "lead a group"),
    ("goal", "tell", "søren"),
    ("introduce", "Lee Chen", "--broker", "marit", "--new", "--state", "made"),
    ("introduce", "marit", "Lee Chen", "--new", "--state", "made"),
    ("introduce", "move", "chiamaka", "made"),
    ("introduce", "outcome", "robert", "a fine talk"),
    ("tie", "marit", "sigrid", "--strength", "weak"),
    ("tie", "marit", "sigrid", "--remove"),
    ("me", "--name", "Camille", "--can-offer", "maps", "--can-offer", "talks"),
    ("add", "called Émile today <info:the hourly rain !fri thank #rain"),
    ("add", "--new", "coffee with New Person, Marit ?advice:next steps >intro@marit:to you"),
    ("today", "--done", "1"),
    ("today", "--done", "2"),
    ("today", "--done", "3"),
    ("today", "--drop", "casimir"),
    ("today", "--snooze", "gethin", "--until", "2w"),
)


def tables(book: Path) -> dict[str, dict[str, Any]]:
    """Return the records of a book at rest, by table and uid."""
    read = json.loads(book.read_text(encoding="utf-8"))
    return {
        table: {document["uid"]: document for document in documents.values()}
        for table, documents in read.items()
        if not table.startswith("_") and documents
    }


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample book, which is not to be written to."""
    path = tmp_path_factory.mktemp("sample") / "book.json"
    write_book(path, sample_records(TODAY))
    return path


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_one_undo_takes_back_what_a_command_did(relcraft: CommandLine, sample: Path, words: tuple[str, ...]) -> None:
    relcraft.book.parent.mkdir()
    shutil.copy(sample, relcraft.book)
    before = tables(relcraft.book)
    answer = relcraft(*words)
    assert (answer.code, answer.out) == (0, ""), answer.err
    assert tables(relcraft.book) != before
    with book_at(relcraft.book, at_noon()) as book:
        book.undo()
    assert tables(relcraft.book) == before
