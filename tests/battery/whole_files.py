"""Files that are no book, or one as nobody expects: each is told in one sentence within a second, and left as it is.

Usage: python -m tests.battery.whole_files [-v]
"""

import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from time import perf_counter

from relcraft.cli.main import run
from tests.battery.small_book import SmallBook, a_folder, small_book

META = {"format": "relcraft-book", "schema": 1, "seq": 1}


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file as a whole, and what Relcraft makes of it."""

    name: str
    lay: Callable[[Path], None]
    """Puts it at a path."""
    opens: bool = False
    """Whether it can be read as a book."""


def _bytes(data: bytes) -> Callable[[Path], None]:
    def lay(path: Path) -> None:
        path.write_bytes(data)
        path.chmod(0o600)

    return lay


def _meta(**said: object) -> bytes:
    return json.dumps({"contacts": {"1": {"uid": "ada", "name": "Ada"}}, "_meta": {"1": {**META, **said}}}).encode()


def _contact(value: str) -> bytes:
    return b'{"contacts": {"1": {"uid": "ada", "name": "Ada", "strange": %b}}}' % value.encode()


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def whole_files(small: SmallBook) -> Iterator[WholeFile]:
    """Yield each of them."""
    text = small.book.decode()
    for name, data in {
        "empty": b"",
        "blank": b" \n\t\n",
        "a byte order mark alone": b"\xef\xbb\xbf",
        "NUL bytes": b"\0" * 4096,
        "a book and then NUL bytes": small.book + b"\0" * 512,
        "a book with NUL bytes inside": small.book.replace(b'"name"', b'"na\0me"', 1),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        "prose": b"Dear diary, today I met Ada.\n",
        "a vCard": b"BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEND:VCARD\n",
        "foreign JSON": b'{"name": "app", "dependencies": {}}',
        "another program's TinyDB": b'{"_default": {"1": {"todo": "milk"}}}',
        "a list": b"[]",
        "a text": b'"contacts"',
        "a number": b"42",
        "null": b"null",
        "latin-1": text.encode("cp1252", "replace"),
        "half a character": small.book.replace("ë".encode(), b"\xc3", 1),
        "two books, one after the other": small.book * 2,
        "100,000 brackets": b"[" * 100_000,
        "100,000 braces": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "100,000 brackets in a field": _contact("[" * 100_000 + "]" * 100_000),
        "a number of 5,000 digits": _contact("1" + "0" * 5_000),
        "schema 0": _meta(schema=0),
        "schema -1": _meta(schema=-1),
        "schema as text": _meta(schema="1"),
        "schema true": _meta(schema=True),
        "seq -1": _meta(seq=-1),
        "seq as text": _meta(seq="many"),
        "a schema of 2**70": _meta(schema=2**70),
        "a seq of 2**70": _meta(seq=2**70),
        "another format": _meta(format="other"),
        "a table that is a list": b'{"contacts": []}',
        "a document that is a text": b'{"contacts": {"1": "Ada"}}',
        "an id of 40 digits": b'{"contacts": {"1%b": {"uid": "a", "name": "A"}}}' % (b"0" * 40),
        "ids that are names": b'{"contacts": {"ada": {"name": "Ada"}}}',
    }.items():
        yield WholeFile(name, _bytes(data))
    for name, data in {
        "a byte order mark and a book": b"\xef\xbb\xbf" + small.book,
        "UTF-16": text.encode("utf-16"),
        "NaN": _contact("NaN"),
        "Infinity": _contact("-Infinity"),
        "1e400": _contact("1e400"),
        "a number of 60 digits": _contact("1" * 60),
        "900 brackets in a field": _contact("[" * 900 + "]" * 900),
        "half a surrogate": _contact('"\\ud800"'),
        "NUL in a text": _contact('"a\\u0000b"'),
        "a newer schema": _meta(schema=2),
        "an id twice": b'{"contacts": {"1": {"uid": "a", "name": "A"}, "1": {"uid": "b", "name": "B"}}}',
        "a table twice": b'{"contacts": {"1": {"uid": "a"}}, "contacts": {"1": {"uid": "b"}}}',
        "a field twice": b'{"contacts": {"1": {"uid": "a", "name": "A", "name": "B"}}}',
        "a uid twice": b'{"contacts": {"1": {"uid": "a", "name": "A"}, "2": {"uid": "a", "name": "B"}}}',
        "no uids": b'{"contacts": {"1": {"name": "A"}, "2": {}}}',
        "changes that are none": b'{"contacts": {}, "_changes": {"1": 5}}',
        "tombstones that are none": b'{"contacts": {}, "_tombstones": {"1": {"uid": 5}}}',
        "a conflict that is none": b'{"contacts": {}, "conflicts": {"1": {"uid": "x", "table": 5, "document": []}}}',
    }.items():
        yield WholeFile(name, _bytes(data), opens=True)
    yield WholeFile("a folder", lambda path: path.mkdir())
    yield WholeFile("a pipe", os.mkfifo)
    yield WholeFile("a socket", _socket)
    yield WholeFile("/dev/null", _link("/dev/null"))
    yield WholeFile("/dev/zero", _link("/dev/zero"))
    yield WholeFile("a link to itself", _link("book.json"))
    yield WholeFile("3 GB of nothing", _sparse)


COMMANDS = (
    ("list", "contacts"),
    ("show", "ada"),
    ("check",),
    ("check", "--repair"),
    ("add", "--new", "met Ada Lovelace"),
)
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command said of one file."""

    file: str
    command: str
    code: int
    said: str
    seconds: float
    problem: str = ""


def run_command(path: Path, words: tuple[str, ...]) -> tuple[int, str, float]:
    """Run one command on the book at `path`; return its exit code, all that it said, and how long it took."""
    arguments = [
        "--data-file",
        str(path),
        "--config",
        str(path.with_name("none.toml")),
        "--today",
        "2026-11-23",
        *words,
    ]
    kept = sys.stdin, sys.stdout, sys.stderr
    out, err = BytesIO(), BytesIO()
    start = perf_counter()
    try:
        sys.stdin, sys.stdout, sys.stderr = (TextIOWrapper(one, "utf-8") for one in (BytesIO(), out, err))
        code = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        said = out.getvalue().decode() + err.getvalue().decode()
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
    return code, said, perf_counter() - start


def answers(small: SmallBook, folder: Path, book: str = "book.json", only: tuple[str, ...] = ()) -> Iterator[Answer]:
    """Yield what every command says of every file, or of those of the names `only`."""
    for file in whole_files(small):
        if only and file.name not in only:
            continue
        for words in COMMANDS:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            (folder / "none.toml").touch()
            path = folder / book
            file.lay(path)
            before = _content(path)
            code, said, seconds = run_command(path, words)
            kept = before == _content(path) or (file.opens and code == 0 and words[0] == "add")
            problem = "" if kept else "the file was changed"
            if not problem:
                problem = _wrong(file, words, code, said, seconds)
            yield Answer(file.name, " ".join(words), code, said, seconds, problem)
    shutil.rmtree(folder, ignore_errors=True)


def _content(path: Path) -> bytes | str:
    if path.is_file() and path.stat().st_size < 10_000_000:
        return path.read_bytes()
    return str(path.lstat().st_mode)


def _wrong(file: WholeFile, words: tuple[str, ...], code: int, said: str, seconds: float) -> str:
    """Return what is wrong with an answer; empty: nothing."""
    if code not in (0, 1) or "Traceback" in said or "fault of Relcraft" in said:
        return "it crashed"
    if seconds > SECONDS:
        return "it took too long"
    if not all(char.isprintable() or char == "\n" for char in said):
        return "a sign that a terminal acts upon"
    lines = said.splitlines()
    if not file.opens and words != ("check", "--repair"):
        sentences = [
            line for line in lines if not line.startswith("What can be read of it") and "may open it" not in line
        ]
        if code != 1 or len(sentences) != 1 or not sentences[0].endswith((".", "it.")):
            return f"one sentence and the code 1 were expected, and there came {len(sentences)} and {code}"
    if not said and words[0] != "list":
        return "nothing was said"
    return ""


def main(arguments: list[str]) -> int:
    """Print what is said of each file; return 1 where anything is not as it is meant."""
    folder, wrong, count, slowest = a_folder(), 0, 0, 0.0
    for answer in answers(small_book(), folder / "run"):
        count, slowest = count + 1, max(slowest, answer.seconds)
        wrong += bool(answer.problem)
        if answer.problem or "-v" in arguments:
            print(f"{answer.file} | {answer.command} | {answer.code} | {answer.said.strip()[:400]} | {answer.problem}")
    shutil.rmtree(folder)
    print(f"{count} answers, {wrong} wrong, the slowest in {slowest * 1000:.0f} ms")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
