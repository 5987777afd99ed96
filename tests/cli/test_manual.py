"""The manual page."""

import re
import shutil
import subprocess

import click
import pytest

from relcraft.cli.main import relcraft as program
from relcraft.cli.manual import page
from tests.cli.conftest import CommandLine


def commands() -> list[str]:
    """Return every command with the words that lead to it."""
    root = click.Context(program, info_name="relcraft")
    found = []
    for name in program.list_commands(root):
        command = program.get_command(root, name)
        found += [name, *(f"{name} {inner}" for inner in getattr(command, "commands", ()))]
    return found


def test_the_page_names_every_command_and_every_option(relcraft: CommandLine) -> None:
    answer = relcraft("man")
    assert (answer.code, answer.err) == (0, "")
    for name in commands():
        written = re.escape(name.replace("-", "\\-"))
        assert re.search(rf'^\.SS "relcraft {written}[ "]', answer.out, re.MULTILINE), name
    for option in ("data\\-file", "dry\\-run", "done", "short", "aerc"):
        assert f".B \\-\\-{option}" in answer.out
    assert answer.out.startswith('.TH "RELCRAFT" "1"')


def test_every_line_is_roff_and_nothing_in_it_is_taken_for_a_command() -> None:
    known = {"TH", "SH", "SS", "PP", "TP", "B", "nf", "fi"}
    lines = list(page(click.Context(program, info_name="relcraft")))
    assert {line[1:].split(" ")[0] for line in lines if line.startswith(".")} <= known
    assert not [line for line in lines if line.startswith("'") or not line.isascii() or "\n" in line]


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not on this machine")
def test_groff_sets_the_page_without_a_warning_and_every_example_is_whole(relcraft: CommandLine) -> None:
    ended = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-rLL=200n"],
        input=relcraft("man").out.encode(),
        capture_output=True,
        check=True,
    )
    assert ended.stderr == b""
    shown = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", ended.stdout.decode())
    root = click.Context(program, info_name="relcraft")
    for name in program.list_commands(root):
        command = program.get_command(root, name)
        assert command is not None
        (example,) = re.findall(r"^ *Example: (.+)$", command.help or "", re.MULTILINE)
        assert example in shown
    assert "<intro@raj:to Ada         from whom" in shown, "tables stay as they are"
