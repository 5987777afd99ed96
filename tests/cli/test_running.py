"""How a command line ends: exit codes, words, and never a traceback."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.books import TODAY, person
from tests.cli.conftest import CommandLine

COMMANDS = (
    *("add", "ask", "balance", "check", "conflicts", "demo", "export", "goal", "import", "introduce", "list"),
    *("locate", "me", "merge", "path", "show", "tie", "today"),
)


def program(*arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "relcraft", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment}, stdin=-3)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(relcraft: CommandLine, command: str) -> None:
    answer = relcraft.plain(command, "--help")
    assert answer.code == 0
    assert "\n  Example: relcraft " in answer.out
    assert answer.err == ""


def test_help_names_every_command_and_says_how_the_shell_completes(relcraft: CommandLine) -> None:
    out = relcraft.plain("--help").out
    assert all(f"  {command} " in out for command in COMMANDS)
    assert "_RELCRAFT_COMPLETE" in out
    assert "..." not in out.replace("[ARGS]...", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["list"],
        ["list", "everything"],
        ["show"],
        ["add"],
        ["import"],
        ["locate", "nothing"],
        ["--today", "yesterday", "list", "contacts"],
        ["--today", "0001-01-01", "list", "contacts"],
        ["--today", "9999-12-31", "list", "contacts"],
        ["export", "--format", "xml"],
        ["list", "contacts", "--sort", "height"],
        ["--data-file", "", "list", "contacts"],
        ["--config", "", "locate", "config"],
    ],
)
def test_wrong_usage_is_two(relcraft: CommandLine, arguments: list[str]) -> None:
    answer = relcraft.plain(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage: relcraft")


def test_a_bad_config_file_is_three_and_told_with_its_key(relcraft: CommandLine, tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text("data_file = 7")
    answer = relcraft.plain("--config", config, "list", "contacts")
    assert (answer.code, answer.out) == (3, "")
    assert "data_file" in answer.err
    assert relcraft.plain("--config", config, "locate", "config").out == f"{config}\n"


def test_an_unknown_key_is_told_and_the_command_goes_on(relcraft: CommandLine, tmp_path: Path) -> None:
    config = tmp_path / "c.toml"
    config.write_text('data_fil = "x"')
    answer = relcraft.plain("--config", config, "locate", "data", "--json")
    assert answer.code == 0
    assert "did you mean data_file?" in answer.err
    assert answer.json["locations"][0]["what"] == "data"


def test_the_environment_names_the_book(relcraft: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELCRAFT_DATA_FILE", str(tmp_path / "mine.json"))
    assert relcraft.plain("locate", "data").out == f"{tmp_path / 'mine.json'}\n"


def test_everything_can_be_located(relcraft: CommandLine) -> None:
    found = {each["what"]: each["path"] for each in relcraft("locate", "--json").json["locations"]}
    assert found["data"] == str(relcraft.book)
    assert found["backups"] == str(relcraft.book.parent / "backups")
    assert relcraft("locate", "backups").out == f"{relcraft.book.parent / 'backups'}\n"


def test_control_characters_in_arguments_never_reach_the_terminal(relcraft: CommandLine) -> None:
    hostile = "x\x1b]0;gone\x07\x9b2J\u202e"
    for arguments in (["show", hostile], [hostile], ["list", hostile], ["locate", hostile], ["--today", hostile]):
        answer = relcraft(*arguments) if arguments[0] == "show" else relcraft.plain(*arguments)
        assert answer.code in (1, 2)
        assert not set(answer.out + answer.err) & set("\x1b\x07\x9b\u202e")
    answer = relcraft.plain("--config", hostile, "locate", "config")
    assert not set(answer.out + answer.err) & set("\x1b\x07\x9b\u202e")


def test_an_argument_that_is_no_text_ends_in_words(relcraft: CommandLine) -> None:
    asked = subprocess.run([sys.executable, "-m", "relcraft", "show", b"\xff\xfe"], capture_output=True, check=False)
    assert asked.returncode == 2
    assert b"this is no text in UTF-8" in asked.stderr


def test_a_name_that_is_no_text_is_never_stored_with_letters_missing(filled: CommandLine) -> None:
    before = filled.book.read_bytes()
    told: list[str | bytes] = ["--data-file", str(filled.book), "add", "--new", b"met Zo\xeb"]
    asked = subprocess.run([sys.executable, "-m", "relcraft", *told], capture_output=True, check=False)
    assert asked.returncode == 2
    assert b"this is no text in UTF-8" in asked.stderr
    assert filled.book.read_bytes() == before


def test_list_alone_shows_its_help_line_by_line(relcraft: CommandLine) -> None:
    answer = relcraft.plain("list")
    assert answer.code == 2
    assert "  interactions   List what took place, and plans." in answer.err.splitlines()


def test_something_unexpected_is_one_sentence_and_the_traceback_on_demand(
    filled: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        secret = "a private note"
        raise ZeroDivisionError(secret)

    monkeypatch.setattr("relcraft.cli.listing.contacts_json", fails)
    answer = filled("list", "contacts", "--json")
    assert (answer.code, answer.out) == (1, "")
    assert len(answer.err.splitlines()) == 1
    assert "ZeroDivisionError" in answer.err
    assert "private" not in answer.err
    monkeypatch.setenv("RELCRAFT_DEBUG", "1")
    assert "Traceback" in filled("list", "contacts", "--json").err


def test_ctrl_c_is_130_and_quiet(filled: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("relcraft.cli.listing.contacts_json", interrupted)
    answer = filled("list", "contacts", "--json")
    assert (answer.code, answer.out, answer.err) == (130, "", "")


def test_a_reader_who_has_enough_hears_nothing_more(filled: CommandLine) -> None:
    filled.fill(*(person(f"p{n}", f"Person {n} " + "x" * 200) for n in range(2000)))
    command = [sys.executable, "-m", "relcraft", "--data-file", str(filled.book), "list", "contacts"]
    for more in ([], ["--json"]):
        with subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.read(10)
            running.stdout.close()
            assert running.stderr.read() == b""
            assert running.wait() == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_harm_nothing(filled: CommandLine, closed: str) -> None:
    for arguments, code in (("list contacts", 0), ("show nobody", 1), ("add -", 0), ("nonsense", 2)):
        line = f"{sys.executable} -m relcraft --data-file '{filled.book}' {arguments} {closed}"
        ended = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=False, stdin=subprocess.DEVNULL)
        assert ended.returncode == code
        assert b"Traceback" not in ended.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is pretended by a device that Linux has")
def test_an_output_that_is_full_is_told(filled: CommandLine) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "relcraft", "--data-file", str(filled.book), "list", "contacts"]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 1
    assert ended.stderr.decode().splitlines() == ["No space left on device."]


def test_without_a_terminal_the_screen_says_what_works() -> None:
    for arguments in ([], ["demo"]):
        ended = program(*arguments)
        assert ended.returncode == 1
        assert ended.stderr.decode() == (
            "The screen needs a terminal to draw on. relcraft --help lists what works without one.\n"
        )


def test_the_shell_completes_commands() -> None:
    ended = program(_RELCRAFT_COMPLETE="bash_complete", COMP_WORDS="relcraft lis", COMP_CWORD="1")
    assert ended.stdout.split() == [b"plain,list"]


LOADED = """
import sys
from relcraft.cli.main import run
code = run(sys.argv[1:])
loaded = {name.partition(".")[0] for name in sys.modules}
late = loaded & {"textual", "rich", "pendulum", "vobject", "icalendar", "rapidfuzz", "pytest"}
print(code, *sorted(late), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["add", "coffee with Ada yesterday"], ""),
        (["list", "contacts"], ""),
        (["list", "contacts", "--json"], ""),
        (["list", "follow-ups"], ""),
        (["list", "asks", "--json"], ""),
        (["show", "ada"], ""),
        (["show", "ada", "--brief"], ""),
        (["balance", "--explain"], ""),
        (["balance", "--calibration"], ""),
        (["show", "ada", "--plain"], ""),
        (["email", "grace"], ""),
        (["digest"], ""),
        (["digest", "--short"], ""),
        (["schema"], ""),
        (["ics", "--help"], ""),
        (["today"], ""),
        (["ask", "ada", "advice", "--asked", "--on", "yesterday"], ""),
        (["goal", "add", "hired", "a job", "--by", "2027-03-01"], ""),
        (["introduce", "ada", "raj"], ""),
        (["tie", "ada", "raj"], ""),
        (["me", "--name", "Sam"], ""),
        (["export"], ""),
        (["check"], ""),
        (["locate"], ""),
        (["--help"], ""),
    ],
)
def test_no_command_loads_what_it_does_not_need(filled: CommandLine, arguments: list[str], needed: str) -> None:
    command = [sys.executable, "-c", LOADED, "--data-file", str(filled.book), "--today", TODAY.isoformat(), *arguments]
    ended = subprocess.run(command, capture_output=True, check=True)
    assert ended.stderr.decode().splitlines()[-1] == f"0 {needed}".strip()


def test_an_import_loads_no_screen(filled: CommandLine, tmp_path: Path) -> None:
    card = tmp_path / "ada.vcf"
    card.write_text("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Lee Chen\r\nN:Chen;Lee;;;\r\nEND:VCARD\r\n")
    command = [sys.executable, "-c", LOADED, "--data-file", str(filled.book), "import", str(card)]
    ended = subprocess.run(command, capture_output=True, check=True)
    assert "textual" not in ended.stderr.decode().splitlines()[-1]


ALL_LOADED = """
import json, os, sys
from relcraft.cli.main import run
book, lines = sys.argv[1], json.loads(sys.argv[2])
sys.stdout = open(os.devnull, "w")
for line in lines:
    run(["--data-file", book, "--today", "2026-11-23", *line])
    if "textual" in sys.modules:
        sys.exit(f"{line} loads the screens")
"""


def test_no_command_line_call_loads_the_screens(filled: CommandLine, tmp_path: Path) -> None:
    from tests.cli.test_examples import EXAMPLES

    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "ada.vcf").write_bytes(
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:Ada Lovelace\r\nEND:VCARD\r\n"
    )
    (tmp_path / "other.json").write_bytes(filled.book.read_bytes())
    lines = [shlex.split(line) for name, line in EXAMPLES if name != "demo"]
    lines += [[*name.split(), "--help"] for name, _line in EXAMPLES]
    lines += [["import", "cards"], ["import", "other.json"], ["sync", "cards"], ["merge", "other.json"], ["backup"]]
    lines += [["export", "--format", each, "-o", f"out-{each}"] for each in ("vcard3", "vcard4", "csv", "ics", "pages")]
    lines += [["ics", "-o", "calendar.ics"], ["config", "--default"], ["config", "--init"], ["add", "-"], ["nonsense"]]
    command = [sys.executable, "-c", ALL_LOADED, str(filled.book), json.dumps(lines)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, stdin=subprocess.DEVNULL)
    assert ended.returncode == 0, ended.stderr[-500:]
