"""What `import` reads whole: another book of Relcraft, its JSON export, a sealed file, and the standard input."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcraft.cli.passphrases import asking
from relcraft.cli.terminal import say, say_json, tell
from relcraft.cli.wiring import Start, open_book
from relcraft.domain.errors import BadInput, ReadOnly
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value

if TYPE_CHECKING:
    from relcraft.domain.contents import Contents
    from relcraft.domain.incoming import Skipped
    from relcraft.sync.importing import BroughtIn

STDIN = Path("-")
_HEAD_BYTES = 256
_BOOK = (b'"format": "relcraft-book"', b'"format":"relcraft-book"')
"""What stands in the file of a book."""
_MOST_NAMES = 10


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Whole(Value):
    """One file, read whole and opened if it was sealed."""

    name: str
    data: bytes
    path: Path | None = None
    """Where a book lies, for what waits in the journal beside it; None for what was sealed, and the standard input."""

    @property
    def is_book(self) -> bool:
        """Whether it is a book, or a backup of one."""
        return self.data.lstrip()[:1] == b"{" and any(sign in self.data for sign in _BOOK)

    @property
    def is_ours(self) -> bool:
        """Whether it is a book, or an export of one."""
        from relcraft.formats.relcraft_json import is_export  # noqa: PLC0415 - most imports do without

        return self.is_book or is_export(self.data)


def read_whole(paths: Sequence[Path], passphrase_file: Path | None) -> Whole | None:
    """Return what is to be read whole; None for files and folders of other programs, which are read row by row.

    It stands alone. Raises `BadInput`, `click.UsageError`.
    """
    if list(paths) == [STDIN]:
        return _opened(Whole("the standard input", _from_input()), passphrase_file)
    for path in paths:
        whole = None if path == STDIN else _whole(path)
        if whole is not None and len(paths) > 1:
            raise click.UsageError(f"{path} is a book, an export or sealed, and stands alone: import it by itself.")
        if whole is not None:
            return _opened(whole, passphrase_file)
    return None


def _from_input() -> bytes:
    """Return what comes in, of which no more is read than of a file."""
    from relcraft.formats.reading import MAX_BYTES  # noqa: PLC0415 - `relcraft --help` reads no file

    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _whole(path: Path) -> Whole | None:
    """Return a file that is ours or sealed; None for any other, and for what cannot be read: that is told later."""
    from relcraft.formats.reading import MAX_BYTES  # noqa: PLC0415 - as above
    from relcraft.formats.sealing import is_sealed  # noqa: PLC0415 - as above

    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        with path.open("rb") as opened:
            head = opened.read(_HEAD_BYTES)
            sealed = is_sealed(head)
            if not sealed and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
                return None
            whole = Whole(path.name, head + opened.read(), None if sealed else path)
    except (OSError, ValueError):
        return None
    return whole if sealed or whole.is_ours else None


def _opened(whole: Whole, passphrase_file: Path | None) -> Whole:
    from relcraft.formats.sealing import is_sealed, unseal  # noqa: PLC0415 - as above

    if not is_sealed(whole.data):
        return whole
    data = unseal(whole.data, asking(passphrase_file, whole.name)(), whole.name)
    return Whole(whole.name.removesuffix(".age"), data)


def import_ours(ctx: click.Context, start: Start, whole: Whole, *, dry_run: bool, json: bool) -> None:
    """Bring a book or an export in as one change, told as an import. Raises `BadBook`, `BadInput`, `ReadOnly`."""
    from relcraft.cli.merging import bring_in  # noqa: PLC0415 - most imports do without
    from relcraft.sync.importing import as_import  # noqa: PLC0415 - as above
    from relcraft.sync.merging import plan_merge  # noqa: PLC0415 - as above

    settings = start.settings()
    contents, skipped = _contents(whole, settings.data_file)
    with open_book(start) as book:
        if book.read_only and not dry_run:
            raise ReadOnly(book.read_only)
        plan = plan_merge(book, contents)
        brought = as_import(plan, skipped)
        if not dry_run:
            bring_in(book, plan, settings)
    if json:
        say_json(brought.report())
    else:
        _say(brought)
    if dry_run:
        tell("Nothing was written: this was a dry run.")
    elif plan.conflicts:
        tell(f"{tell_count(len(plan.conflicts), 'conflict')} to look at: relcraft conflicts")
    if brought.read == len(brought.skipped):
        tell("Nothing could be taken in.")
        ctx.exit(1)


def _contents(whole: Whole, data_file: Path) -> "tuple[Contents, Sequence[Skipped]]":
    from relcraft.formats.relcraft_json import read_export  # noqa: PLC0415 - as above
    from relcraft.store.other import contents_of, read_contents  # noqa: PLC0415 - as above
    from relcraft.store.place import Place  # noqa: PLC0415 - as above
    from relcraft.store.saving import read_data  # noqa: PLC0415 - as above

    if whole.path is not None and Place.of(data_file).has(whole.path):
        raise BadInput(f"{whole.path} is the book itself: a file of another program, or another book, was expected.")
    if not whole.is_book:
        export = read_export(whole.data, whole.name)
        return export.contents, export.skipped
    if whole.path is not None:
        return read_contents(whole.path), ()
    return contents_of(read_data(whole.data, whole.name), whole.name), ()


def _say(brought: "BroughtIn") -> None:
    report = brought.report()
    counts = ("added", "updated", "unchanged", "skipped", "ambiguous")
    told = (report[name] if isinstance(report[name], int) else len(report[name]) for name in counts)
    say(f"{brought.read} read: {', '.join(f'{count} {name}' for name, count in zip(counts, told, strict=True))}")
    if brought.made:
        say(f"new: {', '.join(f'{count} {table}' for table, count in brought.made.items())}")
    for skipped in brought.skipped:
        say(f"skipped: {skipped.where}: {skipped.why}")
    for what in ("ambiguous", "possible_duplicates"):
        words = "may be twice" if what == "possible_duplicates" else what
        for one in report[what]:
            say(f"{words}: {one['where']}: {one['name']}: {one['why']}")
    for name in brought.deleted[:_MOST_NAMES]:
        say(f"is deleted: {clean_line(name)}")
    if len(brought.deleted) > _MOST_NAMES:
        say(f"is deleted: {len(brought.deleted) - _MOST_NAMES} more")
