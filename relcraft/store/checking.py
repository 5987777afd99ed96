"""Whether a book is whole: everything that is wrong with its files, said in sentences, and nothing touched."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relcraft.domain.documents import TABLES, Document, problems
from relcraft.domain.errors import BadBook
from relcraft.domain.moves import is_key
from relcraft.domain.text import clean_line
from relcraft.store.files import Files, in_words, read_path
from relcraft.store.lazy import Documents
from relcraft.store.migrations import MIGRATIONS, SCHEMA
from relcraft.store.place import Place
from relcraft.store.reading import Reading, read_book
from relcraft.store.rows import Rows
from relcraft.store.snapshot import parse

_LINKS: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {"introduced_by": ("contacts",)},
    "interactions": {"contacts": ("contacts",)},
    "exchanges": {
        "contact": ("contacts",),
        "interaction": ("interactions",),
        "ask": ("asks",),
        "introduction": ("introductions",),
    },
    "follow_ups": {"contact": ("contacts",), "interaction": ("interactions",)},
    "snoozes": {"of": ("contacts", "follow_ups")},
    "asks": {"contact": ("contacts",), "goal": ("goals",), "target": ("contacts",)},
    "introductions": {
        "broker": ("contacts",),
        "first": ("contacts",),
        "second": ("contacts",),
        "ask": ("asks",),
    },
    "goals": {"chain": ("contacts",), "told": ("contacts",)},
    "ties": {"first": ("contacts",), "second": ("contacts",)},
}
"""To which tables the uids in a field lead."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    problems: tuple[str, ...]
    """What is wrong, a sentence each; none where the book is whole."""
    remarks: tuple[str, ...] = ()
    """What is worth knowing and wrong with nothing."""
    counts: tuple[tuple[str, int], ...] = ()
    """How many records each table has, what waits in the journal included."""

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check(path: Path) -> Report:
    """Read the book at `path` and its journal, and tell what is wrong. Never writes, and takes no lock."""
    files, place = Files(), Place.of(path)
    try:
        if files.stat(place.book) is None and files.stat(place.journal) is None:
            return Report((f"There is no book at {path}.",))
        reading = read_book(files, place, MIGRATIONS)
        stored = Rows(parse(read_path(files, place.book), place.book.name).tables) if reading.snapshot else Rows()
    except BadBook as error:
        return Report((str(error),))
    except OSError as error:
        return Report((f"{place.book.name} could not be read: {in_words(error)}.",))
    waiting = reading.seq - (0 if reading.snapshot is None else reading.snapshot.meta.seq)
    if reading.journal is not None:
        reading.journal.close()
    reading.recent.changes()  # reads them
    remarks = [*reading.remarks, *reading.recent.remarks]
    if waiting > 0:
        changes = "1 change waits" if waiting == 1 else f"{waiting} changes wait"
        remarks.append(f"{changes} in {place.journal.name} to be written to {place.book.name}.")
    counts = tuple((table, len(rows)) for table, rows in reading.rows.tables.items() if not table.startswith("_"))
    return Report(tuple(_problems(place, reading, stored)), tuple(remarks), counts)


def _problems(place: Place, reading: Reading, stored: Rows) -> Iterator[str]:
    for one in reading.unmerged:
        yield str(one.explained(place.book.name)["what"])
    if reading.schema > SCHEMA:
        yield f"{place.book.name} has schema {reading.schema}, and this Relcraft knows up to {SCHEMA}."
        return
    for table, kind in TABLES.items():
        yield from _uid_problems(table, stored.tables.get(table, {}))
        for row, document in reading.rows.tables.get(table, {}).items():
            where = _where(table, row, document)
            for problem in problems(kind, document):
                yield f"{where}: {problem}."
            yield from _link_problems(reading.rows, table, document, where)


def _where(table: str, row: str, document: Document) -> str:
    return f"{table} {row} (uid {clean_line(str(document.get('uid')))[:40]})"


def _uid_problems(table: str, documents: Documents) -> Iterator[str]:
    first: dict[str, str] = {}
    for row, document in documents.items():
        uid = document.get("uid")
        if not isinstance(uid, str) or not uid:
            yield f"{table} {row} has no uid: it gets one with the next change."
        elif uid in first:
            yield f"{_where(table, row, document)} has the uid of {table} {first[uid]}: the next change gives it one."
        else:
            first[uid] = row


def _link_problems(rows: Rows, table: str, document: Document, where: str) -> Iterator[str]:
    for field, targets in _LINKS.get(table, {}).items():
        for uid in _uids(document.get(field)):
            if table == "snoozes" and is_key(uid):
                continue
            if not any(uid in rows.ids(target) for target in targets):
                kinds = " or ".join(target.replace("_", "-").removesuffix("s") for target in targets)
                yield f"{where}: {field} leads to {clean_line(uid)[:40]}, and there is no such {kinds}."


def _uids(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]
