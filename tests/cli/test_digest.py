"""The command `digest`."""

import subprocess
import sys
from pathlib import Path

import pytest

from relcraft.domain.records import Birthday
from tests.books import person, promised
from tests.cli.conftest import CommandLine, day


@pytest.fixture
def busy(relcraft: CommandLine) -> CommandLine:
    """A command line over a book with something for today, and for the days ahead."""
    relcraft.fill(
        person("ada", "Ada Lovelace", birthday=Birthday(11, 25, 1990), circle=None),
        person("raj", "Raj Patel", birthday=Birthday(11, 30)),
        person("lee", "Lee Chen", birthday=Birthday(12, 1)),
        promised("f1", day("2026-11-23"), "ada", "send the paper"),
        promised("f2", day("2026-11-27"), "raj", "call"),
        promised("f3", day("2026-12-15"), "raj", "write"),
    )
    return relcraft


WHOLE = """Relcraft, Mon 23 Nov 2026

Today
1. Send the paper · Ada Lovelace: you promised it for today

Birthdays
Wed 25 Nov: Ada Lovelace
Mon 30 Nov: Raj Patel

Promised
Fri 27 Nov: call · Raj Patel
"""
SHORT = "Send the paper · Ada Lovelace | birthday of Ada Lovelace Wed 25 Nov (+1) | call · Raj Patel Fri 27 Nov\n"


def kept(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "home" / ".cache").rglob("*") if path.is_file()]


def test_today_and_the_week_ahead_are_told_in_plain_lines(busy: CommandLine) -> None:
    before = busy.book.read_bytes()
    answer = busy("digest")
    assert (answer.code, answer.out, answer.err) == (0, WHOLE, "")
    told = busy("digest", "--json").json
    assert [each["contact"] for each in told["birthdays"]] == ["ada", "raj"]
    assert [each["uid"] for each in told["follow_ups"]] == ["f2"]
    assert told["count"] == 1
    assert busy.book.read_bytes() == before


def test_where_there_is_nothing_nothing_is_written(relcraft: CommandLine, tmp_path: Path) -> None:
    for words in (["digest"], ["digest", "--short"]):
        answer = relcraft(*words)
        assert (answer.code, answer.out, answer.err) == (0, "", "")
    assert not relcraft.book.exists()
    relcraft.fill(person("ada", "Ada", circle=None))
    for words in (["digest"], ["digest", "--short"]):
        answer = relcraft(*words)
        assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_the_short_one_is_a_line(busy: CommandLine) -> None:
    assert busy("digest", "--short").out == SHORT


def test_the_line_is_kept_for_this_user_alone_and_told_again(
    busy: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy("digest", "--short")
    (file,) = kept(tmp_path)
    assert file.stat().st_mode & 0o777 == 0o600
    with monkeypatch.context() as patch:
        patch.setattr("relcraft.cli.digest.open_book", None)
        assert busy("digest", "--short").out == SHORT, "no book was opened"


def test_a_kept_line_ends_with_a_change_of_the_book_or_of_the_day(busy: CommandLine) -> None:
    busy("digest", "--short")
    busy("add", "!today water the plants")
    assert busy("digest", "--short").out != SHORT
    busy("undo")
    assert busy("digest", "--short").out == SHORT
    later = busy("digest", "--short", "--json")
    assert later.code == 2
    out = busy.plain("--data-file", busy.book, "--today", "2026-11-24", "digest", "--short").out
    assert out.startswith("Send the paper · Ada Lovelace | birthday of Ada Lovelace Wed 25 Nov (+2)")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\n\xff", b"x" * 9000, b"()\nlie"], ids=["empty", "no text", "long", "a lie"]
)
def test_a_kept_file_that_says_anything_else_is_not_believed(busy: CommandLine, tmp_path: Path, content: bytes) -> None:
    busy("digest", "--short")
    (file,) = kept(tmp_path)
    file.write_bytes(content)
    assert busy("digest", "--short").out == SHORT


def test_a_cache_that_cannot_be_written_changes_nothing(busy: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "home" / ".cache").write_text("a file")
    assert busy("digest", "--short").out == SHORT


LOADED = """
import sys
from relcraft.cli.main import run
run(sys.argv[1:])
heavy = ("relcraft.book.", "relcraft.store.", "relcraft.domain.records")
print(*sorted(name for name in sys.modules if name.startswith(heavy)))
"""


def test_a_line_that_is_kept_costs_a_prompt_neither_the_book_nor_what_reads_it(busy: CommandLine) -> None:
    command = [
        sys.executable,
        "-c",
        LOADED,
        "--data-file",
        str(busy.book),
        "--today",
        "2026-11-23",
        "digest",
        "--short",
    ]
    told = [subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)]
    assert "relcraft.book.open" in told[0]
    assert told[1] == f"{SHORT}\n"
