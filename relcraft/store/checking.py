"""Whether a book is whole: everything that is wrong with its files, said in sentences, and nothing touched."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from relcraft.domain.copies import conflict_copies
from relcraft.domain.documents import TABLES, Document, problems
from relcraft.domain.errors import BadBook
from relcraft.domain.labels import tell_records
from relcraft.domain.linking import LINKS, uids_of
from relcraft.domain.moves import is_key
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.domain.tombstones import CONFLICTS
from relcraft.domain.value import Value
from relcraft.store.backups import lost_told
from relcraft.store.doubles import doubled
from relcraft.store.files import Files, in_words, read_path
from relcraft.store.lazy import Documents
from relcraft.store.migrations import MIGRATIONS, SCHEMA
from relcraft.store.place import Place
from relcraft.store.reading import Reading, read_book
from relcraft.store.repairing import repair
from relcraft.store.rows import TOMBSTONES, Rows
from relcraft.store.snapshot import Parsed, parse


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Report(Value):
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


def check(path: Path, backups: Path | None = None) -> Report:
    """Read the book at `path` and its journal, and tell what is wrong. Never writes, and takes no lock.

    `backups` is the folder of the backups, whose modes are looked at as well.
    """
    files, place = Files(), Place.of(path)
    try:
        if files.stat(place.book) is None and files.stat(place.journal) is None:
            lost = () if backups is None else lost_told(files, backups, place)
            beside = (*map(clean_line, lost), *_beside(files, place))
            return Report((clean_line(f"There is no book at {path}."),), beside)
        reading = read_book(files, place, MIGRATIONS)
        data = b"" if reading.snapshot is None else read_path(files, place.book)
        stored = parse(data, place.book.name) if data else None
    except BadBook as error:
        return Report((str(error),), (*_to_be_saved(path), *_beside(files, place)))
    except OSError as error:
        return Report((clean_line(f"{place.book.name} could not be read: {in_words(error)}."),))
    if reading.journal is not None:
        reading.journal.close()
    reading.recent.changes()  # reads them
    twice = () if stored is None else _twice(data, stored, place.book.name)
    found = (*twice, *_problems(place, reading, stored))
    remarks = (*_remarks(place, reading, stored), *_modes(files, place, backups), *_beside(files, place))
    counts = tuple((table, len(rows)) for table, rows in reading.rows.tables.items() if not table.startswith("_"))
    return Report(tuple(map(clean_line, found)), tuple(map(clean_line, remarks)), counts)


def _to_be_saved(path: Path) -> Iterator[str]:
    """Yield what a repair can save, where that is anything."""
    try:
        saved = tell_records(repair(path).saved) or "nothing"
    except BadBook:
        return
    yield f"What can be read of it is {saved}: relcraft check --repair saves that into a new file."


def _twice(data: bytes, stored: Parsed, name: str) -> tuple[str, ...]:
    if stored.as_written:
        return ()
    found = doubled(data, name)
    return () if found is None else found.told


def _problems(place: Place, reading: Reading, stored: Parsed | None) -> Iterator[str]:
    if reading.schema > SCHEMA:
        yield f"{place.book.name} has schema {reading.schema}, and this Relcraft knows up to {SCHEMA}."
        return
    for table, kind in TABLES.items():
        yield from _uid_problems(table, {} if stored is None else stored.tables.get(table, {}))
        for row, document in reading.rows.tables.get(table, {}).items():
            where = _where(table, row, document)
            for problem in problems(kind, document):
                yield f"{where}: {problem}."
            yield from _link_problems(reading.rows, table, document, where)
    yield from _alive_and_deleted(reading.rows)


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
    for field, targets in LINKS.get(table, {}).items():
        for uid in uids_of(document.get(field)):
            if table == "snoozes" and is_key(uid):
                continue
            if not rows.have(targets, uid):
                kinds = " or ".join(target.replace("_", "-").removesuffix("s") for target in targets)
                yield f"{where}: {field} leads to {clean_line(uid)[:40]}, and there is no such {kinds}."


def _one_uid_in_two_tables(rows: Rows) -> Iterator[str]:
    first: dict[str, str] = {}
    for table in TABLES:
        for uid, row in rows.ids(table).items():
            if uid in first:
                yield f"{table} {row} (uid {clean_line(uid)[:40]}) has the uid of {first[uid]} as well."
            else:
                first[uid] = f"{table} {row}"


def _alive_and_deleted(rows: Rows) -> Iterator[str]:
    for row, document in rows.tables.get(TOMBSTONES, {}).items():
        table, uid = document.get("table"), document.get("uid")
        if not isinstance(table, str) or not isinstance(uid, str) or not uid:
            yield f"{TOMBSTONES} {row} does not say which record was deleted."
        elif table != CONFLICTS and (found := rows.find(table, uid)) is not None:
            where = _where(table, str(found[0]), found[1])
            yield f"{where} is there, and {TOMBSTONES} {row} says that it was deleted."


def _remarks(place: Place, reading: Reading, stored: Parsed | None) -> Iterator[str]:
    name = place.book.name
    yield from (remark for remark in reading.remarks if remark not in reading.twice)
    yield from reading.recent.remarks
    if stored is not None and stored.as_written is False:
        yield (
            f"{name} was changed by something other than Relcraft since Relcraft wrote it. That is all right if you "
            "know of it (an editor, a script, a merge of text). If not, relcraft restore DAY --dry-run compares it "
            "with a backup."
        )
    waiting = reading.seq - (0 if reading.snapshot is None else reading.snapshot.meta.seq)
    if waiting > 0:
        changes = "1 change waits" if waiting == 1 else f"{waiting} changes wait"
        yield f"{changes} in {place.journal.name} to be written to {name}."
    yield from _one_uid_in_two_tables(reading.rows)
    if conflicts := len(reading.rows.tables.get("conflicts", {})):
        wait = "waits" if conflicts == 1 else "wait"
        yield f"{tell_count(conflicts, 'conflict')} {wait}: relcraft conflicts shows them."
    if stored is None:
        return
    for table, documents in stored.tables.items():
        following = stored.meta.next_ids.get(table)
        highest = max(map(int, documents), default=0)
        if following is not None and highest >= following:
            yield f"{table} has the id {highest}, and {following} was to be the next: something else gave it."


def _modes(files: Files, place: Place, backups: Path | None) -> Iterator[str]:
    """Yield which files others may read, or write."""
    paths = [place.book, place.journal]
    if backups is not None:
        paths += (backups / name for name in sorted(files.names(backups)) if name.startswith(f"{place.book.stem}."))
        paths += (backups / name for name in sorted(files.names(backups)) if name.startswith(f"{place.book.stem}-"))
    for path in paths:
        status = files.stat(path)
        if status is not None and status.st_mode & 0o077:
            mode = f"{status.st_mode & 0o777:04o}"
            yield f"{path.name} has the mode {mode}, so that others on this machine may open it: chmod 600 ends that."


def _beside(files: Files, place: Place) -> Iterator[str]:
    """Yield what lies beside the book and is no part of it."""
    if files.stat(place.temporary) is not None:
        yield f"{place.temporary.name} was left by a write that did not come to its end: the next one removes it."
    for copy in conflict_copies(files.names(place.folder), place.book.name):
        if copy.certain:
            yield f"{copy.told.removesuffix('.')}: relcraft merge takes it in."
