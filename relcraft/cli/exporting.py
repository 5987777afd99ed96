"""The command `export`: the whole book, for other programs."""

import os
from pathlib import Path

import click

from relcraft.cli.terminal import say_json_bytes, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.documents import TABLES
from relcraft.domain.errors import BadInput
from relcraft.domain.telling import tell_count
from relcraft.formats.relcraft_json import export_json
from relcraft.store.files import Files, write_new
from relcraft.store.place import Place

_PATH = click.Path(path_type=Path, allow_dash=True)
_STDOUT = Path("-")
_EXPORTS = {"json": export_json}


@click.command()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(_EXPORTS)),
    default="json",
    show_default=True,
    help="Of what kind.",
)
@click.option("-o", "--output", type=_PATH, default=_STDOUT, help="The file to write; without it, the standard output.")
@click.pass_obj
def export(start: Start, format_name: str, output: Path) -> None:
    """Write everything in the book, for other programs.

    Example: relcraft export --format json -o everything.json
    """
    settings = start.settings()
    own = Place.of(settings.data_file)
    target = Path(os.path.realpath(output))
    if target in (own.book, own.journal, own.lock, own.temporary):
        raise BadInput(f"{output} belongs to the book itself: another file was expected.")
    with open_book(start) as book:
        data = _EXPORTS[format_name](book.documents())
        count = sum(book.count(kind) for kind in TABLES.values())
    if output == _STDOUT:
        say_json_bytes(data)
        return
    if output.exists() and not output.is_file():
        output.write_bytes(data)  # a pipe or a device, which nothing can be put in the place of
    else:
        _write(target, data)
    tell(f"{tell_count(count, 'record')} written to {output}.")


def _write(target: Path, data: bytes) -> None:
    """Write a file that only this user reads: whole, or not at all. Raises `BadInput`."""
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}: the file was not written.")
    files, temporary = Files(), target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        write_new(files, temporary, data)
        files.replace(temporary, target)
    except OSError as error:  # its words are about the file that the user named, not about ours beside it
        temporary.unlink(missing_ok=True)
        raise BadInput(f"{target} could not be written: {str(error.strerror).lower()}.") from error
