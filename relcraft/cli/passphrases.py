"""Passphrases: typed on the terminal without being seen, or read from a file; never from the command line itself."""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from relcraft.cli.terminal import tell
from relcraft.domain.errors import BadInput

F = TypeVar("F", bound=Callable[..., Any])
_STDIN = Path("-")
_LONGEST = 10_000
"""Bytes of a first line that may be a passphrase."""


def passphrase_file_option(command: F) -> F:
    """Give a command the option --passphrase-file; it comes in under `passphrase_file`."""
    return click.option(
        "--passphrase-file",
        metavar="FILE",
        type=click.Path(path_type=Path, readable=False, allow_dash=True),
        help="Take the passphrase from the first line of this file; - reads the standard input.",
    )(command)


def new_passphrase(file: Path | None) -> str:
    """Return the passphrase to seal something with: from `file`, or typed twice. Raises `BadInput`."""
    if file is not None:
        return _first_line(file)
    if sys.stdin.isatty():
        tell("Nothing shows while you type. Nobody can open the file without the passphrase: keep it somewhere safe.")
    first = _typed("Passphrase: ")
    if first != _typed("The same once more: "):
        raise BadInput("The two passphrases differ: nothing was written.")
    return first


def refuse_terminal() -> None:
    """Raise `BadInput` where the standard output is a terminal: a sealed file is no text, and would confuse it."""
    if sys.stdout.isatty():
        raise BadInput("A sealed file is no text for a terminal: -o FILE writes it to a file.")


def asking(file: Path | None, name: str) -> Callable[[], str]:
    """Return what asks for the passphrase that opens the file called `name`; it raises `BadInput`."""
    return lambda: _typed(f"Passphrase of {name}: ") if file is None else _first_line(file)


def _typed(question: str) -> str:
    if not sys.stdin.isatty():
        raise BadInput("There is no terminal to type a passphrase on: --passphrase-file FILE reads it from a file.")
    return _some(getpass.getpass(question, sys.stderr))


def _first_line(file: Path) -> str:
    try:
        if file == _STDIN:
            data = sys.stdin.buffer.readline(_LONGEST + 1)
        else:
            with file.open("rb") as opened:
                data = opened.readline(_LONGEST + 1)
        return _some(data.decode("utf-8-sig").rstrip("\r\n"), _named(file))
    except UnicodeDecodeError as error:
        raise BadInput(f"The passphrase in {_named(file)} cannot be read: it is no text in UTF-8.") from error
    except OSError as error:
        raise BadInput(f"{_named(file)} could not be read: {str(error.strerror or error).lower()}.") from error


def _some(passphrase: str, where: str = "") -> str:
    if not passphrase:
        raise BadInput(f"The passphrase{f' in {where}' if where else ''} is empty: a few words were expected.")
    if len(passphrase) > _LONGEST:
        raise BadInput(f"The passphrase in {where} is too long: a line of at most {_LONGEST} letters was expected.")
    return passphrase


def _named(file: Path) -> str:
    return "the standard input" if file == _STDIN else str(file)
