"""The command `export`: the whole book for other programs, or its people in a format that these read."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.cli.outputs import STDOUT, free_of_book, output_path, write_output
from relcraft.cli.passphrases import new_passphrase, passphrase_file_option, refuse_terminal
from relcraft.cli.terminal import say_json_bytes, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact, Interaction
from relcraft.domain.telling import tell_count, tell_list
from relcraft.domain.value import Value
from relcraft.formats.sealing import seal

if TYPE_CHECKING:
    from relcraft.book.open import Book
    from relcraft.domain.records import Record

_JSON, _PAGES = "json", "pages"
_MOST_KEPT = 5


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class _File(Value):
    """What is written, and in words how much it holds."""

    data: bytes
    told: str


@click.command(short_help="Write everything in the book, for other programs.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["json", "csv", "vcard3", "vcard4", "ics", "friends", "pages"]),
    default=_JSON,
    show_default=True,
    help="Everything as JSON; or people, days or pages, as other programs read them.",
)
@click.option(
    "-o", "--output", type=output_path, default=STDOUT, help="The file to write; without it, the standard output."
)
@click.option("--encrypt", is_flag=True, help="Seal it with a passphrase, in the age format.")
@passphrase_file_option
@click.pass_obj
def export(start: Start, format_name: str, output: Path, passphrase_file: Path | None, *, encrypt: bool) -> None:
    """Write everything in the book for other programs, or its people in a format that they read.

    json is all of it, and relcraft import takes it in again. csv is for a spreadsheet (a cell that it would run begins
    with an apostrophe), vcard3 and vcard4 for address books, ics for calendars, friends for the friends command line,
    pages a folder with a Markdown page for each person. What a format has no place for is left out.

    Example: relcraft export --format csv -o people.csv
    """
    if passphrase_file and not encrypt:
        raise click.UsageError("--passphrase-file says with what to seal: --encrypt is missing.")
    if format_name == _PAGES:
        _export_pages(start, output, encrypt=encrypt)
        return
    if encrypt and output == STDOUT:
        refuse_terminal()
    free_of_book(start, output)
    with open_book(start) as book:
        file = _WRITERS[format_name](book)
    data = seal(file.data, new_passphrase(passphrase_file)) if encrypt else file.data
    if output == STDOUT and format_name == _JSON and not encrypt:
        say_json_bytes(data)
        return
    write_output(output, data)
    if output != STDOUT:
        tell(f"{file.told} written to {output}.")


def _export_pages(start: Start, output: Path, *, encrypt: bool) -> None:
    """Write a page for each person into a folder. Raises `BadInput`, `click.UsageError`."""
    from relcraft.formats.pages import pages  # noqa: PLC0415 - most exports do without
    from relcraft.store.files import in_words  # noqa: PLC0415 - as above
    from relcraft.store.page_folder import NotOurs, write_pages  # noqa: PLC0415 - as above

    if output == STDOUT:
        raise click.UsageError("Pages are a folder of files: -o FOLDER says which.")
    if encrypt:
        raise click.UsageError("--encrypt seals one file, and pages are many: export json, or another format.")
    free_of_book(start, output)
    with open_book(start) as book:
        written = dict(pages(record for kind in _told_kinds() for record in book.all(kind)))
    try:
        done = write_pages(Path(os.path.realpath(output)), written)
    except NotOurs:
        raise BadInput(
            f"{output} has files in it that are not pages of Relcraft: an empty folder, or a new one, was expected."
        ) from None
    except OSError as error:
        raise BadInput(f"{output} could not be written: {in_words(error)}.") from error
    tell(f"{output}: {done.written} written, {done.removed} removed, {done.unchanged} as before.")
    if done.kept:
        tell(f"Changed by hand, and left as they are: {tell_list(done.kept, most=_MOST_KEPT)}.")


def _told_kinds() -> "tuple[type[Record], ...]":
    from relcraft.domain import records as kinds  # noqa: PLC0415 - most exports do without

    return (Contact, Interaction, kinds.Exchange, kinds.FollowUp, kinds.Ask, kinds.Introduction, kinds.Tie)


def _everything(book: "Book") -> _File:
    from relcraft.domain.documents import OF_ONE_MACHINE, TABLES  # noqa: PLC0415 - as above
    from relcraft.formats.relcraft_json import export_json  # noqa: PLC0415 - as above

    count = sum(book.count(kind) for table, kind in TABLES.items() if table not in OF_ONE_MACHINE)
    return _File(export_json(book.documents()), tell_count(count, "record"))


def _csv(book: "Book") -> _File:
    from relcraft.formats.contacts_csv import contacts_csv  # noqa: PLC0415 - as above

    return _File(contacts_csv(book.all(Contact)), _people(book))


def _vcards(version: str) -> Callable[["Book"], _File]:
    """Return what writes all contacts as vCards of a version."""

    def write(book: "Book") -> _File:
        from relcraft.formats.vcard_writing import export_vcards  # noqa: PLC0415 - as above

        contacts = sorted(book.all(Contact), key=lambda each: each.uid)
        return _File(b"".join(export_vcards(contacts, version)), _people(book))

    return write


def _calendar(book: "Book") -> _File:
    from relcraft.book.agenda import agenda  # noqa: PLC0415 - as above
    from relcraft.formats.ics import export_ics  # noqa: PLC0415 - as above

    items = list(agenda(book))
    return _File(export_ics(items), tell_count(len(items), "item"))


def _friends(book: "Book") -> _File:
    from relcraft.formats.friends_md import friends_md  # noqa: PLC0415 - as above

    return _File(friends_md(book.all(Contact), book.all(Interaction)), _people(book))


def _people(book: "Book") -> str:
    return tell_count(book.count(Contact), "contact")


_WRITERS: Mapping[str, Callable[["Book"], _File]] = {
    _JSON: _everything,
    "csv": _csv,
    "vcard3": _vcards("3.0"),
    "vcard4": _vcards("4.0"),
    "ics": _calendar,
    "friends": _friends,
}
