"""The same book wherever one lives: no language, encoding or time zone of the environment reaches the file."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

NAME = "İpek Iğdır"
"""Turkish letters, of which only some languages have a small or a capital one."""
LINES = f"coffee with {NAME} yesterday re Zoë ½ <advice:ça ira #work\nmet Ελένη 12 mar !fri send it\nnote to self\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ångström Łukasz\r\nORG:Škoda\r\nBDAY:--02-29\r\nEND:VCARD\r\n"
OWN = re.compile(rb'[0-9a-f]{32}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)|"(?:folded|crc32)":"[0-9a-f]+"')
"""What differs from book to book: uids and moments, and what follows from them."""
HERE: dict[str, str] = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
ELSEWHERE: tuple[dict[str, str], ...] = (
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Pacific/Kiritimati"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONIOENCODING": "ascii", "TZ": "America/St_Johns"},
    {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1", "TZ": "Not/AZone"},
    {"PYTHONIOENCODING": "utf-16"},
)


Made = tuple[bytes, bytes]


def _kept(folder: Path, environment: dict[str, str]) -> Made:
    """Return the bytes of a book that was made in an environment, without what is its own, and its list in JSON."""
    folder.mkdir()
    book, card = folder / "book.json", folder / "card.vcf"
    card.write_bytes(CARD.encode())
    away = ("LC_", "LANG", "PYTHONIO", "PYTHONUTF8", "TZ", "XDG_", "RELCRAFT")
    usual = {name: value for name, value in os.environ.items() if not name.startswith(away)}
    relcraft = [sys.executable, "-m", "relcraft", "--today", "2026-11-23", "--data-file", str(book)]
    listed = b""
    for words, text in (
        (["add", "--new", "-"], LINES),
        (["import", str(card)], ""),
        (["list", "contacts", "--json"], ""),
    ):
        ended = subprocess.run(
            [*relcraft, *words], input=text.encode(), capture_output=True, check=False, env={**usual, **environment}
        )
        assert (ended.returncode, b"Traceback" in ended.stderr) == (0, False), ended.stderr[-300:]
        listed = ended.stdout
    return OWN.sub(b"", book.read_bytes()), OWN.sub(b"", listed)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """What is kept and printed where nothing is odd."""
    return _kept(tmp_path_factory.mktemp("here") / "book", HERE)


@pytest.mark.parametrize("environment", ELSEWHERE, ids=["nothing but ASCII", "Turkish", "Latin 1", "UTF-16"])
def test_language_encoding_and_zone_reach_neither_the_file_nor_what_programs_read(
    here: Made, environment: dict[str, str], tmp_path: Path
) -> None:
    assert NAME.encode() in here[0]
    assert _kept(tmp_path / "there", {**HERE, **environment}) == here


def test_a_screen_that_has_no_such_letters_is_no_failure(tmp_path: Path) -> None:
    _kept(tmp_path / "here", HERE)
    command = [
        sys.executable,
        "-m",
        "relcraft",
        "--data-file",
        str(tmp_path / "here" / "book.json"),
        "list",
        "contacts",
    ]
    ended = subprocess.run(
        command, capture_output=True, check=True, env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    )
    assert ended.stderr == b""
    assert len(ended.stdout.splitlines()) == 3
