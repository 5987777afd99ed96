"""Repairing a book: everything that can still be read of its files goes into a new file, and they stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from relcraft.domain.documents import TABLES, Document, from_document, problems, to_document
from relcraft.domain.errors import BadBook, NotKept
from relcraft.domain.linking import LINKS, uids_of
from relcraft.domain.moves import is_key
from relcraft.domain.records import Contact
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.domain.tombstones import CONFLICTS
from relcraft.domain.versions import conflict_of, moment_of
from relcraft.store.files import Files, in_words, read_path, sync_folder, write_new
from relcraft.store.journal import Entry
from relcraft.store.migrations import SCHEMA
from relcraft.store.naming import name_at
from relcraft.store.outside import bring_in
from relcraft.store.place import Place
from relcraft.store.reading import check_kind
from relcraft.store.recent import Recent
from relcraft.store.rows import CHANGES, META, TOMBSTONES, Data, RowOp, Rows
from relcraft.store.salvage import Salvaged, SalvagedJournal, salvage_book, salvage_journal
from relcraft.store.saving import tables_at_rest
from relcraft.store.snapshot import FORMAT, Meta, Parsed, parse, render


@dataclass(slots=True)
class Repair:
    """A book put together from what can be read."""

    data: bytes = b""
    """The new file."""
    saved: tuple[tuple[str, int], ...] = ()
    """How many records of each table are in it."""
    told: list[str] = field(default_factory=list)
    """What was put right, a sentence each."""
    lost: list[str] = field(default_factory=list)
    """What could not be saved, a sentence each."""


@dataclass(slots=True)
class _Work:
    """A repair while it is done."""

    name: str
    rows: Rows
    meta: Meta
    recent: Recent
    whole: bool
    """Whether the file at rest could be read as it is."""
    result: Repair
    as_it_was: Parsed | None = None


def repair(path: Path) -> Repair:
    """Return what can be saved of the book at `path` and the journal beside it; nothing is written.

    Raises `BadBook` where nothing of a book is there, or a newer Relcraft wrote it.
    """
    files, place = Files(), Place.of(path)
    try:
        data, waiting = _read(files, place.book), _read(files, place.journal)
    except OSError as error:
        raise BadBook(f"{place.book.name} could not be read: {in_words(error)}.") from error
    if data is None and waiting is None:
        raise BadBook(f"There is no book at {path}.")
    return put_together(data or b"", waiting or b"", place)


def put_together(data: bytes, waiting: bytes, place: Place) -> Repair:
    """Return what can be saved of the bytes of a book and its journal. Raises `BadBook` as `repair` does."""
    work = _begun(data, place.book.name)
    journal = salvage_journal(waiting)
    if not work.whole and not any(map(len, work.rows.tables.values())) and not journal.entries:
        raise BadBook(
            f"Nothing of a book can be read in {place.book.name}: relcraft restore puts a backup in its place."
        )
    _take_journal(work, journal, place.journal.name, len(data))
    _take_from_history(work)
    _put_right(work)
    return _finished(work)


def _read(files: Files, path: Path) -> bytes | None:
    check_kind(files, path)
    return None if files.stat(path) is None else read_path(files, path)


def _begun(data: bytes, name: str) -> _Work:
    try:
        parsed = parse(data, name)
    except BadBook:
        return _salvaged(salvage_book(data), name)
    if parsed.meta.schema > SCHEMA:
        raise BadBook(f"{name} was written by a newer Relcraft: only that one can repair it.")
    result = Repair(told=list(parsed.twice))
    rows = Rows(parsed.tables, parsed.meta.next_ids)
    return _Work(name, rows, parsed.meta, Recent(parsed.changes, name), whole=True, result=result, as_it_was=parsed)


def _salvaged(found: Salvaged, name: str) -> _Work:
    said = next(iter(found.tables.pop(META, {}).values()), {})
    changes = found.tables.pop(CHANGES, None)
    if not found.records and said.get("format") != FORMAT:
        found.tables.clear()
    numbers = [one["seq"] for one in (changes or {}).values() if type(one.get("seq")) is int]
    seq, folded, next_ids = said.get("seq"), said.get("folded"), said.get("next_ids")
    meta = Meta(
        SCHEMA,
        seq if type(seq) is int and seq >= 0 else max(numbers, default=0),
        folded if isinstance(folded, str) else "",
        {key: one for key, one in next_ids.items() if type(one) is int} if isinstance(next_ids, dict) else {},
    )
    result = Repair(told=found.told)
    if found.lost:
        places = ", ".join(found.lost[:20]) + (" and more" if len(found.lost) > 20 else "")
        result.lost.append(f"{tell_count(len(found.lost), 'place')} of {name} cannot be read: {places}.")
    tables: Data = {**found.tables}
    rows = Rows(tables, meta.next_ids)
    for table, document in found.second:
        conflict = conflict_of(table, document["uid"], document, moment_of(document))
        if rows.find(CONFLICTS, conflict["uid"]) is None:
            rows.apply(RowOp(CONFLICTS, rows.next_id(CONFLICTS), None, conflict))
    if found.second:
        result.told.append(_both_kept(f"Twice in {name}", len(found.second)))
    return _Work(name, rows, meta, Recent(changes, name), whole=False, result=result)


def _both_kept(where: str, count: int) -> str:
    return f"{where}: {tell_count(count, 'record')}; relcraft conflicts shows both sides."


def _take_journal(work: _Work, journal: SalvagedJournal, name: str, size: int) -> None:
    """Do what the whole transactions of the journal did."""
    told, lost, meta = work.result.told, work.result.lost, work.meta
    if journal.lost:
        lost.append(f"{tell_count(journal.lost, 'line')} of {name} cannot be read, each of them one change.")
    if journal.missing:
        lost.append(f"Missing between the changes in {name}: number {', '.join(map(str, journal.missing[:20]))}.")
    header, entries = journal.header, journal.entries
    in_there = work.whole and (header is None or header.name == meta.folded)
    if in_there or (header is None and meta.seq):
        entries = tuple(entry for entry in entries if entry.seq > meta.seq)
    if not entries:
        return
    fits = work.whole and header is not None and (header.seq, header.size) == (meta.seq, size) and not journal.missing
    if fits:
        for entry in entries:
            for op in entry.ops:
                work.rows.apply(op)
    else:
        entries = _bring_in(work, entries)
    for entry in entries:
        work.recent.take(entry)
    told.append(f"Taken in from {name}: {tell_count(len(entries), 'change')}.")
    seq = max(meta.seq, entries[-1].seq)
    work.meta = meta.folded_with(seq, header.name if header else meta.folded)


def _bring_in(work: _Work, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Bring changes into a file that is not the one they were made on; what clashes becomes a conflict.

    Return them as they are to be remembered.
    """
    rows = work.rows
    if not work.whole:
        for entry in entries:
            for op in entry.ops:
                _put_back(rows, op)
    brought = bring_in(rows, entries)
    if brought.conflicts:
        work.result.told.append(_both_kept("Changed in the file and by what waited", len(brought.conflicts)))
    return brought.entries


def _put_back(rows: Rows, op: RowOp) -> None:
    """Put the document back on which a change was made, where the file has lost it."""
    if op.id is None or op.before is None or op.table.startswith("_"):
        return
    uid = op.before.get("uid")
    if isinstance(uid, str) and rows.find(op.table, uid) is None:
        row = op.id if rows.at(op.table, op.id) is None else rows.next_id(op.table)
        rows.apply(RowOp(op.table, row, None, op.before))


def _take_from_history(work: _Work) -> None:
    """Take records that the damaged file has lost from the changes that it keeps for undo."""
    if work.whole:
        return
    changes = list(work.recent.changes())
    undone = sum(1 for one in changes if not one.ops and one.turn)
    done = changes[: len(changes) - 2 * undone] if undone else changes
    latest = {(op.table, op.uid): op.after for change in done for op in change.ops}
    for change in changes[len(done) : len(changes) - undone]:
        for op in reversed(change.ops):
            latest.setdefault((op.table, op.uid), op.before)
    taken = 0
    for (table, uid), document in latest.items():
        gone = work.rows.find(TOMBSTONES, f"{table}/{uid}") is not None
        if document is not None and table in TABLES and not gone and work.rows.find(table, uid) is None:
            work.rows.apply(RowOp(table, work.rows.next_id(table), None, {**document, "uid": uid}))
            taken += 1
    if taken:
        work.result.told.append(f"{tell_count(taken, 'record')} came from the changes that are kept for undo.")


def _put_right(work: _Work) -> None:
    """Mend what a check would call a problem."""
    rows, told = work.rows, work.result.told
    if adopted := rows.adopt():
        told.append(f"{tell_count(adopted, 'record')} had no uid of their own: they have one now.")
    for table in TABLES:
        for row in list(rows.tables.get(table, ())):
            document = rows.tables[table][row]
            if mended := _readable(table, document):
                rows.apply(RowOp(table, int(row), document, mended[0]))
                kept = f"what cannot be read is kept as {', '.join(mended[1])}" if mended[1] else "it says too little"
                told.append(f"{table} {row}: {kept}; what must be there has the plainest value.")
    for row, document in list(rows.tables.get(TOMBSTONES, {}).items()):
        of, uid = document.get("table"), document.get("uid")
        if not isinstance(of, str) or not isinstance(uid, str) or rows.find(of, uid) is not None:
            rows.apply(RowOp(TOMBSTONES, int(row), document, None))
            told.append(f"{TOMBSTONES} {row} was taken away: the record is there.")
    _hold_links(work)


def _readable(table: str, document: Document) -> tuple[Document, list[str]] | None:
    """Return the document with what cannot be read under other names, and these; None where all can be read."""
    kind = TABLES[table]
    if not problems(kind, document):
        return None
    kept, names = dict(document), list[str]()
    for name in document:
        if any(problem.startswith(f"{name} is ") for problem in problems(kind, {name: document[name]})):
            names.append(f"unread_{name}")
            kept[f"unread_{name}"] = kept.pop(name)
    return to_document(from_document(kind, kept)), names


def _hold_links(work: _Work) -> None:
    """See that every link leads to a record: a person who is gone has one of no name; what may say nothing says so."""
    rows, people, cleared = work.rows, set[str](), 0
    for table in LINKS:
        for row in list(rows.tables.get(table, ())):
            document = rows.tables[table][row]
            for name, uid in _dangling(rows, table, document):
                if "contacts" in LINKS[table][name]:
                    people.add(uid)
                    continue
                rest = {key: value for key, value in document.items() if key != name}
                rows.apply(RowOp(table, int(row), document, {**rest, f"unread_{name}": uid}))
                document, cleared = rows.tables[table][row], cleared + 1
    for uid in sorted(people):
        person = to_document(Contact(uid=uid, name=f"Lost ({clean_line(uid)[:8]})"))
        rows.apply(RowOp("contacts", rows.next_id("contacts"), None, person))
    if people:
        count = "1 person" if len(people) == 1 else f"{len(people)} people"
        work.result.told.append(f'{count} to whom records lead cannot be read: called "Lost (...)", they are there.')
    if cleared:
        work.result.told.append(f"{tell_count(cleared, 'link')} led to records that are not there: taken away.")


def _dangling(rows: Rows, table: str, document: Document) -> Iterator[tuple[str, str]]:
    for name, targets in LINKS[table].items():
        for uid in uids_of(document.get(name)):
            if not (table == "snoozes" and is_key(uid)) and not rows.have(targets, uid):
                yield name, uid


def _finished(work: _Work) -> Repair:
    result, rows = work.result, work.rows
    meta = Meta(work.meta.schema, work.meta.seq, work.meta.folded, rows.next_ids(), others=work.meta.others)
    tables = tables_at_rest(rows, work.recent)
    result.told += work.recent.remarks
    result.saved = tuple((name, len(rows)) for name, rows in tables.items() if not name.startswith("_"))
    result.data = render(tables, meta)
    return result


def write_repaired(result: Repair, path: Path, target: Path | None, now: datetime, files: Files | None = None) -> Path:
    """Write the repaired book to `target`, or beside the book at `path` under a name of its own; return where.

    Raises `NotKept` where something is there already, or it cannot be written.
    """
    files, book = files or Files(), Place.of(path).book
    where = target or book.with_name(f"{name_at(book, 'repaired', now)}.json")
    try:
        write_new(files, where, result.data)
        sync_folder(files, where.parent)
    except FileExistsError as error:
        raise NotKept(f"{where} is there already: nothing was written.") from error
    except OSError as error:
        raise NotKept(f"{where} could not be written: {in_words(error)}.") from error
    return where
