"""The command `export`: the whole book for other programs, or its contacts for a spreadsheet."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.cli.passphrases import new_passphrase, passphrase_file_option, refuse_terminal
from relcraft.cli.terminal import say_bytes, say_json_bytes, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.documents import TABLES
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact
from relcraft.domain.telling import tell_count
from relcraft.formats.relcraft_json import export_json
from relcraft.formats.sealing import seal
from relcraft.store.files import Files, write_new
from relcraft.store.place import Place

if TYPE_CHECKING:
    from relcraft.book.open import Book

_PATH = click.Path(path_type=Path, allow_dash=True)
_STDOUT = Path("-")
_JSON, _CSV = "json", "csv"


@click.command(short_help="Write everything in the book, for other programs.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice([_JSON, _CSV]),
    default=_JSON,
    show_default=True,
    help="Everything as JSON, or the contacts as CSV for a spreadsheet.",
)
@click.option("-o", "--output", type=_PATH, default=_STDOUT, help="The file to write; without it, the standard output.")
@click.option("--encrypt", is_flag=True, help="Seal it with a passphrase, in the age format.")
@passphrase_file_option
@click.pass_obj
def export(start: Start, format_name: str, output: Path, passphrase_file: Path | None, *, encrypt: bool) -> None:
    """Write everything in the book for other programs, or its contacts for a spreadsheet.

    A cell of the CSV that a spreadsheet would run begins with an apostrophe; `relcraft import` takes it off again.

    Example: relcraft export --format csv -o people.csv
    """
    if passphrase_file and not encrypt:
        raise click.UsageError("--passphrase-file says with what to seal: --encrypt is missing.")
    if encrypt and output == _STDOUT:
        refuse_terminal()
    settings = start.settings()
    target = Path(os.path.realpath(output))
    if Place.of(settings.data_file).has(target):
        raise BadInput(f"{output} belongs to the book itself: another file was expected.")
    with open_book(start) as book:
        data, told = _exported(book, format_name)
    if encrypt:
        data = seal(data, new_passphrase(passphrase_file))
    if output == _STDOUT:
        (say_json_bytes if format_name == _JSON and not encrypt else say_bytes)(data)
        return
    if output.exists() and not output.is_file():
        output.write_bytes(data)  # a pipe or a device, which nothing can be put in the place of
    else:
        _write(target, data)
    tell(f"{told} written to {output}.")


def _exported(book: "Book", format_name: str) -> tuple[bytes, str]:
    """Return the file, and in words how much it holds."""
    if format_name == _JSON:
        return export_json(book.documents()), tell_count(sum(map(book.count, TABLES.values())), "record")
    from relcraft.formats.contacts_csv import contacts_csv  # noqa: PLC0415 - the usual export does without

    return contacts_csv(book.all(Contact)), tell_count(book.count(Contact), "contact")


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
