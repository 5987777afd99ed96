"""Where a command writes what it made for other programs: the standard output, a pipe, or a file of the user's."""

import os
from pathlib import Path

import click

from relcraft.cli.terminal import say_bytes
from relcraft.cli.wiring import Start
from relcraft.domain.errors import BadInput

STDOUT = Path("-")
output_path = click.Path(path_type=Path, readable=False, allow_dash=True)


def free_of_book(start: Start, output: Path) -> None:
    """Raise `BadInput` where `output` is a file of the book itself."""
    from relcraft.store.place import Place  # noqa: PLC0415 - the help of a command does without

    if output != STDOUT and Place.of(start.settings().data_file).has(Path(os.path.realpath(output))):
        raise BadInput(f"{output} belongs to the book itself: another file was expected.")


def write_output(output: Path, data: bytes) -> None:
    """Write `data` to the standard output (-), a pipe, or a file, which this user alone reads: whole or not at all.

    Raises `BadInput`.
    """
    if output == STDOUT:
        say_bytes(data)
        return
    if output.is_dir():
        raise BadInput(f"{output} is a folder: a file was expected.")
    if output.exists() and not output.is_file():
        output.write_bytes(data)  # a pipe or a device, which nothing can be put in the place of
        return
    target = Path(os.path.realpath(output))
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}: the file was not written.")
    from relcraft.store.files import Files, in_words  # noqa: PLC0415 - as above
    from relcraft.store.whole_files import put_whole  # noqa: PLC0415 - as above

    try:
        put_whole(Files(), target, data)
    except OSError as error:  # its words are about the file that the user named, not about ours beside it
        raise BadInput(f"{target} could not be written: {in_words(error)}.") from error
