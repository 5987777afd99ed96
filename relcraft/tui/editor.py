"""A text in the user's own editor, and back."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textual.app import App, SuspendNotSupported

from relcraft.domain.errors import BadInput
from relcraft.domain.text import clean

_USUAL_EDITORS = ("nano", "vi")


def edit_text(app: App[Any], text: str, suffix: str = ".md") -> str | None:
    """Return `text` as the user left it in $VISUAL or $EDITOR.

    None where the editor could not be used or ended with an error: then the user was told why. The text stands in a
    file of its own, which only the user can read and which is gone afterwards.
    """
    try:
        with TemporaryDirectory(prefix="relcraft-") as folder:
            path = Path(folder, f"text{suffix}")
            _write(path, text)
            with app.suspend():
                _run([*editor_command(os.environ), str(path)])
            return _edited(text, path)
    except (BadInput, OSError) as error:
        app.notify(clean(str(error)), title="The text stays as it was", severity="warning", markup=False)
    except SuspendNotSupported:
        app.notify(
            "This terminal cannot be lent to another program.",
            title="The text stays as it was",
            severity="warning",
            markup=False,
        )
    return None


def editor_command(environment: "os._Environ[str] | dict[str, str]") -> Sequence[str]:
    """Return the words that start the user's editor. Raises `BadInput` where there is none."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environment.get(name, ""))
        except ValueError as error:
            raise BadInput(f"${name} cannot be read: {error}.") from error
        if words:
            return words
    found = next((path for each in _USUAL_EDITORS if (path := shutil.which(each))), None)
    if found is None:
        raise BadInput("No editor is known: $VISUAL or $EDITOR names one.")
    return (found,)


def _write(path: Path, text: str) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _run(command: Sequence[str]) -> None:
    """Run the editor to its end. Raises `BadInput` where that fails."""
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603  # the command is the user's own setting
    except OSError as error:
        raise BadInput(f"{command[0]} cannot be started: {error.strerror}.") from error
    if code:
        raise BadInput(f"{command[0]} ended with the code {code}.")


def _edited(text: str, path: Path) -> str:
    """Return what the file holds now, cleaned; a line end that editors add to `text` goes."""
    content = path.read_bytes()
    try:
        read = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        read = content.decode("latin-1")
    edited = clean(read)
    if not text.endswith("\n"):
        edited = edited.removesuffix("\n")
    return edited
