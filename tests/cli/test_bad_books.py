"""Files that are no book, or not whole: one sentence, and nothing touched."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine

READING = (["list", "contacts"], ["show", "ada"], ["balance"], ["export"], ["check"])
WRITING = (["add", "--new", "met Ada Lovelace"],)


def files_of(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file() and each.suffix != ".lock"}


@pytest.mark.parametrize("arguments", [*READING, *WRITING])
@pytest.mark.parametrize(
    "content",
    [
        b'{"contacts": {"1": {"uid": "ada", "name": "Ad',
        b"",
        b'[{"name": "Ada"}]',
        b'{"name": "some-package", "version": "1.0.0"}',
        b"\x00\x01\x02\xff" * 100,
        b"# a list of people\n",
    ],
    ids=["truncated", "empty", "a list", "another program's", "noise", "text"],
)
def test_a_file_that_is_no_book_is_told_in_one_sentence_and_left_alone(
    relcraft: CommandLine, arguments: list[str], content: bytes
) -> None:
    relcraft.book.parent.mkdir()
    relcraft.book.write_bytes(content)
    answer = relcraft(*arguments)
    assert answer.code == 1
    told = (answer.out + answer.err).splitlines()
    assert len(told) == 1
    assert "book.json" in told[0]
    assert files_of(relcraft.book.parent) == {"book.json": content}


def newer(relcraft: CommandLine) -> bytes:
    whole = json.loads(relcraft.book.read_bytes())
    whole["_meta"]["1"]["schema"] = 99
    content = json.dumps(whole).encode()
    relcraft.book.write_bytes(content)
    return content


def test_a_book_of_a_newer_relcraft_is_read_and_never_written(filled: CommandLine) -> None:
    content = newer(filled)
    assert filled("show", "ada").code == 0
    answer = filled("add", "called Ada")
    assert (answer.code, answer.out) == (1, "")
    assert len(answer.err.splitlines()) == 1
    assert "newer Relcraft" in answer.err
    assert files_of(filled.book.parent) == {"book.json": content}


def test_a_torn_last_line_of_the_journal_is_told_and_kept(filled: CommandLine) -> None:
    from relcraft.book import verbs
    from relcraft.book.open import Book
    from relcraft.store import open_store
    from tests.books import at_noon, person

    keeper = open_store(filled.book, now=at_noon())
    verbs.add_contact(Book(keeper, at_noon()), person("", "Kept Person"))
    journal = filled.book.with_name("book.json.journal")
    journal.write_bytes(journal.read_bytes() + b'deadbeef {"seq":9,"ops":[["cont')
    answer = filled("list", "contacts", "kept")
    assert answer.code == 0
    assert "Kept Person" in answer.out
    told, kept = answer.err.splitlines()
    assert "cut short or damaged" in told
    aside = Path(kept.split(" is kept in ")[1].removesuffix("."))
    assert aside.read_bytes() == b'deadbeef {"seq":9,"ops":[["cont'


def test_a_whole_book_is_said_to_be_whole(filled: CommandLine) -> None:
    answer = filled("check")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"{filled.book} is whole: 5 contacts, 3 interactions, 2 exchanges, 2 follow-ups.\n"
    assert filled("check", "--json").json == {
        "file": str(filled.book),
        "problems": [],
        "remarks": [],
        "records": {"contacts": 5, "interactions": 3, "exchanges": 2, "follow_ups": 2},
    }


def test_what_is_wrong_in_a_book_is_told_with_its_place(filled: CommandLine) -> None:
    whole = json.loads(filled.book.read_bytes())
    whole["exchanges"]["1"]["date"] = "soon"
    whole["follow_ups"]["1"]["contact"] = "nobody"
    content = json.dumps(whole).encode()
    filled.book.write_bytes(content)
    answer = filled("check")
    assert answer.code == 1
    first, second = answer.out.splitlines()
    assert "exchanges 1" in first
    assert "a day such as" in first
    assert "follow_ups 1" in second
    assert filled("check", "--json").code == 1
    assert filled.book.read_bytes() == content


def test_a_book_that_is_not_there_cannot_be_checked(relcraft: CommandLine) -> None:
    answer = relcraft("check")
    assert (answer.code, answer.out) == (1, f"There is no book at {relcraft.book}.\n")


def test_a_book_that_went_is_told_with_the_way_back(filled: CommandLine) -> None:
    filled("backup")
    filled.book.unlink()
    for command in (("check",), ("list", "contacts")):
        answer = filled(*command)
        told = " ".join((answer.out + answer.err).split())
        assert "There is no book.json, and there are backups of one: relcraft restore brings it back." in told
    assert filled("restore", "today", "--yes").code == 0
    answer = filled("list", "contacts")
    assert "Ada Lovelace" in answer.out
    assert answer.err == ""


@pytest.mark.parametrize("content", [b"", b"[]"])
def test_a_book_of_which_nothing_is_left_is_told_with_the_way_back(filled: CommandLine, content: bytes) -> None:
    filled("backup")
    filled.book.write_bytes(content)
    answer = filled("list", "contacts")
    assert answer.code == 1
    assert "relcraft restore brings a backup back" in answer.err
    assert filled("restore", "today", "--yes").code == 0
    assert "Ada Lovelace" in filled("list", "contacts").out
