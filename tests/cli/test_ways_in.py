"""Every way in for text, and that nothing a terminal would act upon comes out of it again.

| way in | cleaned where |
|---|---|
| an add line, by argument or from the standard input | `addline.lexing.cleaned` |
| other arguments and options | `cli.options`, and all that is said by `cli.terminal` |
| names of files in arguments | when they are told, by `cli.terminal` |
| imported files, and names of files in archives and folders | `formats`, into `clean` and `clean_line` |
| the book file, its journal, other books | `documents.from_document`; keys and tables when they are told |
| config file and templates | `cli.settings` and `cli.templates` |
| RELCRAFT_DATA_FILE and the shell's completion | when they are told, by `cli.terminal` |
| keys, pasted text and forms | `tests/tui/test_ways_in.py` |
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import PEOPLE, Answer, CommandLine
from tests.fuzz.seeds import BOOKS
from tests.fuzz.texts import UNSAFE
from tests.fuzz.zips import Entry, archive

SIGNS = "".join(sign for sign in UNSAFE if sign not in "\t\n\r" and not "\ud800" <= sign <= "\udfff")
EVIL = f"Evil\x1b]0;owned\x07\x1b[2J\x9b31m\u202e{SIGNS}End"
IN_A_NAME = EVIL.replace("\0", "").replace("/", "")
"""What a file can be called."""


def harmless(answer: Answer) -> Answer:
    """Return the answer. Raises `AssertionError` for a sign that a terminal would act upon."""
    for said in (answer.out.replace("\r\n", "\n"), answer.err):
        found = {sign for sign in said if sign in UNSAFE and sign not in "\t\n"}
        assert not found, f"{sorted(map(ascii, found))} in {said[:300]!a}"
    return answer


READING = (
    *(["today", "--all"], ["list", "contacts"], ["list", "contacts", "--json"], ["list", "interactions"], ["balance"]),
    *(
        ["list", "asks"],
        ["list", "goals"],
        ["list", "follow-ups"],
        ["list", "exchanges"],
        ["check"],
        ["locate", "data"],
    ),
    *(["me"], ["list", "introductions"], ["list", "ties"], ["show", "Evil"], ["path", "Evil"], ["export"]),
    *(["digest"], ["digest", "--short"], ["email", "Evil"], ["email", "--aerc", "Evil"], ["ics"]),
    *(["today", "--plain"], ["list", "contacts", "--plain"], ["show", "Evil", "--plain"], ["balance", "--plain"]),
    *(["export", "--format", "csv"], ["list", "goals", "--json"], ["conflicts"], ["list", "interactions", "--json"]),
)


def read_everything(line: CommandLine) -> str:
    """Run every reading command; return what they said together."""
    return "".join(harmless(line(*command)).out for command in READING)


def _vcard(folder: Path) -> Path:
    path = folder / f"{IN_A_NAME}.vcf"
    inner = EVIL.replace("\v", "").replace("\f", "")
    fields = ("FN", "NICKNAME", "ORG", "TITLE", "EMAIL:a@b.c", "TEL", "URL", "NOTE", "CATEGORIES", "X-ODD")
    card = "\n".join(
        ["BEGIN:VCARD", *(f"{name}:{inner}" for name in fields), f"BDAY:{inner}", "TZ:a/b", "END:VCARD", inner]
    )
    path.write_text(card, encoding="utf-8", newline="")
    return path


def _linkedin(folder: Path) -> Path:
    path = folder / f"{IN_A_NAME}.csv"
    inner = EVIL.replace('"', "")
    path.write_text(
        f'First Name,Last Name,Company,Connected On\n"{inner}",Evil,"{inner}","{inner}"\n,,,x\n', newline=""
    )
    return path


def _own_csv(folder: Path) -> Path:
    path = folder / "own.csv"
    path.write_text(f'uid,name,notes,circle,tags\n"{EVIL}","{EVIL}","{EVIL}","{EVIL}","{EVIL}"\n', newline="")
    return path


def _zip(folder: Path) -> Path:
    path = folder / "x.zip"
    inside = Entry(EVIL.encode(), _vcard(folder).read_bytes())
    path.write_bytes(
        archive(inside, Entry(b"../" + EVIL.encode(), b""), Entry(b"no" + EVIL.replace("\0", "").encode(), b"x"))
    )
    return path


@pytest.mark.parametrize("make", [_vcard, _linkedin, _own_csv, _zip])
def test_imported_files_and_their_names(filled: CommandLine, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path)
    harmless(filled("import", "--dry-run", path))
    harmless(filled("import", "--json", path))
    harmless(filled("import", path))
    harmless(filled("import", tmp_path))
    harmless(filled("import", "-", stdin=path.read_bytes()))
    if make is not _zip:
        assert "Evil" in read_everything(filled)


def test_lines_that_are_added(filled: CommandLine) -> None:
    line = f'coffee with "{EVIL}" yesterday {EVIL} <advice:{EVIL} !fri {EVIL} #evil'
    harmless(filled("add", "--new", "--dry-run", line))
    harmless(filled("add", "--new", line))
    harmless(filled("add", "--new", "-", stdin=f"met {EVIL} @{EVIL}\n".encode()))
    harmless(filled("add", f"met Grace {EVIL}"))
    assert "Evil" in read_everything(filled)


@pytest.mark.parametrize(
    "arguments",
    [
        *([EVIL], ["list", EVIL], ["list", "contacts", EVIL], ["list", "contacts", "--sort", EVIL], ["show", EVIL]),
        *(["add", EVIL], ["path", EVIL], ["balance", EVIL], ["import", "--format", EVIL, "x"], ["import", IN_A_NAME]),
        *(["export", "-o", f"/none/{IN_A_NAME}/x"], ["--today", EVIL, "today"], ["--config", IN_A_NAME, "today"]),
        *(["--data-file", f"/none/{IN_A_NAME}/b.json", "list", "contacts"], ["--" + IN_A_NAME], ["locate", EVIL]),
        *(
            ["goal", "add", "hired", EVIL],
            ["me", "--can-offer", EVIL],
            ["ask", "raj", "advice", EVIL],
            ["tie", EVIL, EVIL],
        ),
        *(["introduce", "ada", EVIL], ["conflicts", "--keep", EVIL], ["merge", IN_A_NAME], ["restore", IN_A_NAME]),
    ],
)
def test_arguments_and_names_of_files(filled: CommandLine, arguments: list[str]) -> None:
    harmless(filled(*arguments))
    read_everything(filled)


def test_the_book_file(relcraft: CommandLine) -> None:
    said: dict[str, dict[str, dict[str, object]]] = json.loads(BOOKS[0])
    for rows in said.values():
        for document in rows.values():
            for key in ("name", "tags", "words", "text", "summary", "looking_for", "can_offer"):
                if key in document:
                    document[key] = EVIL if isinstance(document[key], str) else [EVIL]
    said["contacts"]["3"] = {"uid": EVIL, "name": EVIL, EVIL: EVIL, "notes": EVIL + "\ud800", "birthday": EVIL}
    said["interactions"]["2"] = {"uid": "j", "date": EVIL, "kind": EVIL, "contacts": [EVIL], "summary": EVIL}
    said[EVIL] = {"1": {"uid": EVIL}}
    relcraft.book.parent.mkdir(parents=True)
    relcraft.book.write_text(json.dumps(said))
    assert "Evil" in read_everything(relcraft)
    for kept in ("--keep", "--take"):
        harmless(relcraft("conflicts", kept, "1"))


def test_a_book_that_is_none(relcraft: CommandLine) -> None:
    relcraft.book.parent.mkdir(parents=True)
    for text in (EVIL, f'{{"{EVIL}": 1}}', json.dumps({"_meta": {"1": {"format": EVIL, "schema": 1, "seq": 1}}})):
        relcraft.book.write_text(text, encoding="utf-8")
        read_everything(relcraft)


@pytest.mark.parametrize(
    "text",
    [
        f'"{EVIL[:8]}x" = 1',
        f"theme = '{EVIL}'",
        f"data_file = '~{EVIL}/x'",
        json.dumps({"theme": EVIL}).replace("{", "").replace("}", "").replace('"theme":', "theme ="),
        '[rules]\n"a\\u001b[2J\\u202e" = 1\nmoves = "\\u009b31m"',
        '[weights]\n"a\\u001b[2J" = 1\ngift = "\\u001b[2J"',
        f"{EVIL}",
    ],
)
def test_the_config_file(filled: CommandLine, tmp_path: Path, text: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(text, encoding="utf-8", newline="")
    harmless(filled("--config", config, "list", "contacts"))
    harmless(filled("--config", config, "locate", "data"))


def test_templates(filled: CommandLine, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("")
    (tmp_path / "templates").mkdir()
    for name in ("ask", "thanks", "introduction", "nudge"):
        (tmp_path / "templates" / f"{name}.txt").write_text(f"{EVIL} {{name}}\n", encoding="utf-8")
    answer = harmless(filled("--config", config, "ask", "raj", "advice", "the talk"))
    assert answer.code == 0
    read_everything(filled)


@pytest.mark.parametrize(
    "name", ["RELCRAFT_DATA_FILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "HOME", "_RELCRAFT_COMPLETE"]
)
def test_the_environment(relcraft: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, f"/none/{IN_A_NAME}" if name != "_RELCRAFT_COMPLETE" else IN_A_NAME)
    for command in (["locate", "data"], ["list", "contacts"], ["add", "tea"], ["check"]):
        harmless(relcraft.plain(*command))
    monkeypatch.setenv("RELCRAFT_DATA_FILE", f"~{IN_A_NAME}/b.json")
    harmless(relcraft.plain("list", "contacts"))


def test_the_people_of_the_tests_are_found_at_all(filled: CommandLine) -> None:
    assert all(each.name in read_everything(filled) for each in PEOPLE if not each.archived)
