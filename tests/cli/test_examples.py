"""What the help says is so: every example works, in a book where there is what it is about; the shell completes."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from relcraft.cli.main import relcraft as program
from tests.books import TODAY, met, person
from tests.cli.conftest import CommandLine, day

_EXAMPLE = re.compile(r"^ *Example: relcraft (.+)$", re.MULTILINE)
_ASKED = ("ask", "add", "grace", "referral", "Acme data team", "--asked", "--on", "2026-11-02")
_HIRED = (("goal", "add", "hired", "a job with data"), (*_ASKED, "--goal", "job"))
_BEGUN = ("introduce", "ada", "raj patel", "--state", "first agreed", "--on", "yesterday")
BEFORE: dict[str, tuple[tuple[str, ...], ...]] = {
    "ask move": (_ASKED,),
    "ask nudge": (_ASKED,),
    "ask back": (_ASKED, ("ask", "move", "grace", "helped")),
    "goal reach": _HIRED,
    "goal let-go": _HIRED,
    "goal reopen": (*_HIRED, ("goal", "reach", "job")),
    "goal tell": (*_HIRED, ("ask", "move", "grace", "helped"), ("goal", "reach", "job")),
    "introduce move": (_BEGUN,),
    "introduce outcome": (_BEGUN, *(("introduce", "move", "ada", state) for state in ("both agreed", "made"))),
    "list asks": (_ASKED,),
    "list goals": _HIRED,
    "list introductions": (_BEGUN,),
    "list ties": (("tie", "grace", "ada"),),
    "list matches": (("me", "--can-offer", "speakers"),),
    "list exchanges": (("add", "coffee with Grace <advice"),),
    "list follow-ups": (("add", "!fri send Grace the paper @grace"),),
    "digest": (("add", "!today send the paper @grace"),),
    "duplicates": (("import", "card.vcf"),),
    "unplaced": (("import", "card.vcf"), ("import", "Recommendations_Received.csv")),
    "today": (("add", "!today send the paper @grace"),),
}
"""What is done first, so that there is something for the command of the example."""
FILES = {
    "card.vcf": "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Grace Hopper\r\nORG:Navy\r\nEND:VCARD\r\n",
    "Recommendations_Received.csv": "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\r\n"
    "Grace,Hopper,,,She asks until it is clear,22 Mar 2026,VISIBLE\r\n",
}
"""What lies where an example is run: a second Grace Hopper, and a recommendation that one of the two wrote."""
ELSEWHERE = {
    "demo": "it opens the screen",
    "import": "it reads a file of the user's",
    "merge": "it reads a book of another laptop",
    "sync": "it reads a folder of the user's",
}


def examples() -> Iterator[tuple[str, str]]:
    """Yield every command by its name, with the example of its help."""
    whole = click.Context(program, info_name="relcraft")
    for name in program.list_commands(whole):
        command = program.get_command(whole, name)
        assert command is not None
        yield from ((name, line) for line in _EXAMPLE.findall(command.help or ""))
        for inner in getattr(command, "commands", {}).values():
            yield from ((f"{name} {inner.name}", line) for line in _EXAMPLE.findall(inner.help or ""))


EXAMPLES = sorted(examples())


@pytest.fixture
def village(relcraft: CommandLine) -> CommandLine:
    """A command line over a book with those whom the examples name."""
    relcraft.fill(
        person("grace", "Grace Hopper", tags=("work",), emails=("grace@navy.example",)),
        person("ada", "Ada Lovelace", cadence_days=30),
        person("raj", "Raj Patel", looking_for=("speakers",)),
        person("dana", "Dana Fox", organisation="Acme"),
        met("i1", TODAY, "grace", "dana"),
        met("i2", day("2026-10-01"), "ada"),
    )
    return relcraft


@pytest.mark.parametrize(("name", "line"), [each for each in EXAMPLES if each[0] not in ELSEWHERE])
def test_an_example_of_the_help_works(
    village: CommandLine, name: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file, text in FILES.items():
        Path(file).write_text(text, "utf-8", newline="")
    for words in BEFORE.get(name, ()):
        assert village(*words).code == 0, words
    answer = village(*shlex.split(line))
    assert (answer.code, bool(answer.out or answer.err)) == (0, True), answer.err
    assert answer.out if name.startswith(("list", "show", "balance", "path")) else True, "something is found"


def test_every_command_has_an_example() -> None:
    whole = click.Context(program, info_name="relcraft")
    groups = {name: program.get_command(whole, name) for name in program.list_commands(whole)}
    inner = [f"{name} {each}" for name, group in groups.items() for each in getattr(group, "commands", ())]
    assert {*groups, *inner} == {name for name, _line in EXAMPLES}


def test_the_example_of_the_whole_program_works(village: CommandLine) -> None:
    (line,) = _EXAMPLE.findall(program.help or "")
    assert village(*shlex.split(line)).code == 0


def test_the_list_of_commands_says_of_each_what_it_says_of_itself() -> None:
    whole = click.Context(program, info_name="relcraft")
    told = dict(re.findall(r"^  ([a-z]+)  +(.+)$", program.get_help(whole).partition("Commands:")[2], re.MULTILINE))
    commands = {name: program.get_command(whole, name) for name in program.list_commands(whole)}
    assert told == {name: command.get_short_help_str(80) for name, command in commands.items() if command}


@pytest.mark.parametrize(
    ("words", "begun", "offered"),
    [
        (("ask", "move", "ada"), "h", ["helped"]),
        (("ask", "ada"), "re", ["recommendation", "referral"]),
        (("ask", "ada", "lead", "--by"), "i", ["in-person"]),
        (("introduce", "move", "ada"), "FIRST", ["first-agreed"]),
        (("tie", "ada", "raj", "--strength"), "", ["weak", "ordinary", "strong"]),
        (("goal", "add"), "s", ["switch"]),
    ],
)
def test_the_shell_completes_the_words_that_a_command_knows(
    words: tuple[str, ...], begun: str, offered: list[str]
) -> None:
    completing = ShellComplete(program, {}, "relcraft", "_RELCRAFT_COMPLETE")
    assert [each.value for each in completing.get_completions(list(words), begun)] == offered
