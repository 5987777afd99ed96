"""Every file that other programs wrote, imported: what came of it, by format; `python -m tests.samples` prints it."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from relcraft.book.importing import ImportPlan, keep_import, plan_import
from relcraft.book.mine import is_among, myself
from relcraft.book.open import Book
from relcraft.domain.incoming import How
from relcraft.formats.reading import Reading, read_paths
from tests.books import a_book

SAMPLES = Path(__file__).parents[1] / ".." / "shared" / "data"
FOLDERS = ("linkedin", "vcard", "csv-contacts", "monica", "friends-md", "mail", "ics", "whatsapp")
_NOTES = "SOURCES.md"


@dataclass(slots=True)
class Tally:
    """What came of the files of one format."""

    files: int = 0
    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    ambiguous: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    """By reason."""
    made: Counter[str] = field(default_factory=Counter)
    again: int = 0
    """What a second run added or updated: nothing, if all is well."""


def samples(folder: Path) -> list[Path]:
    """Return the files in a folder of samples."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _NOTES)


def reading(*paths: Path) -> Reading:
    """Return the rows of files, read by whoever they are likeliest of where that matters."""
    rows = read_paths(paths)
    look = rows.look()
    if look.needs_me and not is_among(look.me, look.likely_mine):
        rows.how = How(me=myself([one for one, _count in look.likely_mine[:1]] or ["me@x.example"]))
    return rows


def brought(book: Book, rows: Reading) -> ImportPlan:
    """Import all rows."""
    plan = plan_import(book, rows, rows.origin)
    keep_import(book, plan)
    return plan


def tallied() -> Iterator[tuple[str, Tally]]:
    """Yield the formats and what came of their files, each file in a book of its own, twice."""
    tallies: dict[str, Tally] = {}
    for path in (path for folder in FOLDERS for path in samples(SAMPLES / folder)):
        book, rows = a_book(), reading(path)
        first, second = (brought(book, rows) for _ in range(2))
        tally = tallies.setdefault(rows.format or "(none)", Tally())
        tally.files += 1
        tally.read += first.read
        tally.added += first.rows_added
        tally.updated += first.rows_updated
        tally.unchanged += first.rows_unchanged
        tally.ambiguous += len(first.ambiguous)
        tally.skipped.update(row.why.partition(":")[0] for row in first.skipped)
        tally.made.update(first.made)
        tally.again += second.rows_added + second.rows_updated
    yield from sorted(tallies.items())


def main() -> int:
    """Print what came of all files by format; return 1 where something was lost or came twice."""
    wrong = 0
    print("format           files   read  added updated unchanged ambiguous skipped again  new")
    for name, one in tallied():
        skipped = sum(one.skipped.values())
        made = ", ".join(f"{count} {table}" for table, count in one.made.items())
        print(
            f"{name:<16} {one.files:>5} {one.read:>6} {one.added:>6} {one.updated:>7} {one.unchanged:>9} "
            f"{one.ambiguous:>9} {skipped:>7} {one.again:>5}  {made}"
        )
        for why, count in one.skipped.most_common(6):
            print(f"                 {count:>5} x {why[:90]}")
        wrong += one.again + abs(one.read - one.added - one.updated - one.unchanged - one.ambiguous - skipped)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
