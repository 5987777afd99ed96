"""What the shells complete: names out of the book, asked of real shells where they are."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from relcraft.cli.completing import NAMING, whom
from relcraft.cli.main import relcraft as program
from tests.books import person
from tests.cli.conftest import CommandLine

BIN = Path(sys.executable).parent
BASH = """
eval "$(_RELCRAFT_COMPLETE=bash_source relcraft)"
COMP_WORDS=({words})
COMP_CWORD={at}
_relcraft_completion relcraft
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = """
autoload -U compinit && compinit -u -D
compadd() {{ printf '%s\\n' "${{completions[@]}}" }}
_describe() {{ printf '%s\\n' "${{completions_with_descriptions[@]}}" }}
eval "$(_RELCRAFT_COMPLETE=zsh_source relcraft)"
words=({words})
CURRENT=$(({at} + 1))
_relcraft_completion
"""


@pytest.fixture
def people(relcraft: CommandLine) -> CommandLine:
    """A command line over a book with names that are hard for a shell."""
    relcraft.fill(
        person("a", "Grace Hopper"),
        person("b", "Grace O'Malley $HOME"),
        person("c", "Zoë Grey, PhD"),
        person("d", "Grizzly\\Bear *"),
        person("e", "Old Grandma", archived=True),
    )
    return relcraft


Ask = Callable[..., list[str]]


@pytest.fixture
def in_bash(people: CommandLine) -> Ask:
    """What bash would offer after words as they are typed; the last one is begun."""

    def ask(*typed: str) -> list[str]:
        words = ["relcraft", "--data-file", shlex.quote(str(people.book)), *typed]
        return said_by("bash", BASH, words, len(words) - 1)

    return ask


def said_by(shell: str, script: str, words: list[str], at: int) -> list[str]:
    """Return what a shell would offer in the place of the word at `at`."""
    quoted = " ".join(map(shlex.quote, words))
    ended = subprocess.run(
        [shell, *(["--norc"] if shell == "bash" else ["-f"]), "-c", script.format(words=quoted, at=at)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
    )
    assert ended.stderr == ""
    return [line for line in ended.stdout.splitlines() if line]


def test_bash_completes_names_so_that_they_stay_one_word(in_bash: Ask) -> None:
    offered = in_bash("show", "gr")
    assert offered == ["Grace\\ Hopper", "Grace\\ O\\'Malley\\ \\$HOME", "Grizzly\\\\Bear\\ \\*"]
    read = subprocess.run(
        ["bash", "-c", f"printf '%s\\n' {' '.join(offered)}"], capture_output=True, text=True, check=True
    )
    assert read.stdout.splitlines() == ["Grace Hopper", "Grace O'Malley $HOME", "Grizzly\\Bear *"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("show", "Grace", "Ho"), ["Hopper"]),
        (("show", "Grace\\ H"), ["Grace\\ Hopper"]),
        (("tie", "'Grace H"), ["Grace Hopper"]),
        (("tie", "zoe", "Zoe"), ["Zoë\\ Grey,\\ PhD"]),
        (("balance", "zo"), ["Zoë\\ Grey,\\ PhD"]),
        (("path", "zo"), ["Zoë\\ Grey,\\ PhD"]),
        (("email", "zo"), ["Zoë\\ Grey,\\ PhD"]),
        (("ask", "zo"), ["Zoë\\ Grey,\\ PhD"]),
        (("ask", "add", "zo"), ["Zoë\\ Grey,\\ PhD"]),
        (("ask", "move", "zo"), ["Zoë\\ Grey,\\ PhD"]),
        (("introduce", "x", "zo"), ["Zoë\\ Grey,\\ PhD"]),
        (("introduce", "x", "--broker", "zo"), ["Zoë\\ Grey,\\ PhD"]),
        (("ask", "mo"), ["move"]),
        (("ask", "zoe", "ref"), ["referral"]),
        (("show", "nobody"), []),
        (("show", "old"), []),
        (("list", "contacts", "--sort", "l"), ["last-contact"]),
    ],
)
def test_bash_completes_after_each_command(in_bash: Ask, typed: tuple[str, ...], offered: list[str]) -> None:
    assert in_bash(*typed) == offered


def test_names_are_those_of_now(people: CommandLine, in_bash: Ask, tmp_path: Path) -> None:
    assert in_bash("show", "lee") == []
    people("add", "--new", "coffee with Lee Chen")
    assert in_bash("show", "lee") == ["Lee\\ Chen"]
    (kept,) = (tmp_path / "home" / ".cache" / "relcraft").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_book_that_cannot_be_read_completes_nothing_and_says_nothing(people: CommandLine, in_bash: Ask) -> None:
    people.book.write_text("not a book")
    assert in_bash("show", "gr") == []
    people.book.unlink()
    assert in_bash("show", "gr") == []
    assert not people.book.exists()


@pytest.mark.parametrize("command", sorted(NAMING))
@pytest.mark.parametrize("words", [[], ["Grace"], ["--json", "Grace"], ["Grace", "--json"], ["Nobody"]])
def test_the_quick_answer_is_the_answer(people: CommandLine, command: str, words: list[str]) -> None:
    slow = ShellComplete(program, {}, "relcraft", "_RELCRAFT_COMPLETE")
    for begun in ("", "g", "zo", "-"):
        args = ["--data-file", str(people.book), command, *words]
        asked = [each.value for each in slow.get_completions(args, begun)]
        assert whom(args, begun) in (asked, None)
    assert whom(["--data-file", str(people.book), command], "zo") == ["Zoë Grey, PhD"]
    assert whom([command, "--explain"], "zo") is None
    assert whom(["tie"], "zo") is None


@pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not on this machine")
def test_zsh_completes_names(people: CommandLine) -> None:
    words = ["relcraft", "--data-file", str(people.book), "show", "gr"]
    assert said_by("zsh", ZSH, words, 4) == ["Grace Hopper", "Grace O'Malley $HOME", "Grizzly\\Bear *"]


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not on this machine")
def test_fish_completes_names(people: CommandLine) -> None:
    script = (
        f"_RELCRAFT_COMPLETE=fish_source relcraft | source; complete -C 'relcraft --data-file {people.book} show zo'"
    )
    ended = subprocess.run(
        ["fish", "-N", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
    )
    assert ended.stdout.splitlines() == ["Zoë Grey, PhD"]


@pytest.mark.parametrize(
    ("shell", "words", "begun", "offered"),
    [
        ("zsh", "relcraft --data-file {book} show zo", "4", "plain\nZoë Grey, PhD\n_\n"),
        ("fish", "relcraft --data-file {book} show zo", "zo", "plain,Zoë Grey, PhD\n"),
    ],
)
def test_every_shell_is_answered_in_its_own_way(
    people: CommandLine, monkeypatch: pytest.MonkeyPatch, shell: str, words: str, begun: str, offered: str
) -> None:
    monkeypatch.setenv("_RELCRAFT_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", words.format(book=people.book))
    monkeypatch.setenv("COMP_CWORD", begun)
    assert people.plain().out == offered
