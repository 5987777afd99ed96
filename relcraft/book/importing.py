"""An import: what each row of a file means for the book, told beforehand, and kept as one change.

A row is somebody whom the book knows if an import left its key there. Else it is one of the contacts only if the name
agrees *and* an address, a phone or a profile link with it; where one of the two agrees, the row is added and told as a
possible duplicate. What a known contact grows by is in `book.growing`. A row that came in before, as it is now, changes
nothing, whatever the user has made of it since. No circle is set unless by Relcraft's own export, which says what the
user said, and by whose uids a contact of this book is known too.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from relcraft.book.alone import alone
from relcraft.book.arriving import Arriving, Told, person_key, unplaced_uid
from relcraft.book.growing import as_seen, renewed, united, with_notes
from relcraft.book.knowing import Known
from relcraft.book.mine import kept_me, remember_me, with_emails
from relcraft.book.not_wanted import not_wanted
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.documents import TABLE_OF, to_document
from relcraft.domain.errors import BadInput
from relcraft.domain.identity import email_key, name_key
from relcraft.domain.incoming import Incoming, IncomingRecord, Row, Skipped
from relcraft.domain.records import Contact, Me, Record, Unplaced
from relcraft.domain.telling import tell_count
from relcraft.domain.value import Value

_IS_ME = "is you, by the name and an address of yours: who keeps a book is not in it as a contact"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ImportPlan(Value):
    """What an import will do. Every row is counted once: read = added + updated + unchanged + skipped + ambiguous."""

    origin: str
    """What is imported, for the title: "Connections.csv"."""
    read: int
    added: tuple[Contact, ...]
    """New contacts, each with the uid that it will have."""
    updated: tuple[tuple[Contact, Contact], ...]
    """Contacts of the book, before and after."""
    records_added: tuple[Record, ...] = ()
    """New records beside the contacts, each with the uid that it will have."""
    records_updated: tuple[tuple[Record, Record], ...] = ()
    """Records of the book beside the contacts, before and after."""
    unplaced: tuple[Unplaced, ...] = ()
    """What of the ambiguous rows begins to wait to be placed."""
    rows_added: int
    """Rows that gave a new contact or record. Several may have given one, and one may have named several people."""
    rows_updated: int
    """Rows that brought something to a contact or record, of the book or of an earlier row."""
    rows_unchanged: int
    skipped: tuple[Skipped, ...]
    ambiguous: tuple[Told, ...]
    """Rows that fit several contacts: they change nothing."""
    possible_duplicates: tuple[Told, ...]
    """Rows that were added and may be a contact that there was already."""
    notes: tuple[Told, ...]
    """What of a row could not be used, though its person could."""
    rows: tuple[Row, ...] = ()
    """What was read, to be planned again where the book changed since."""
    version: int = -1
    """That of the book which it was planned for."""

    def __post_init__(self) -> None:
        told = self.rows_added + self.rows_updated + self.rows_unchanged + len(self.skipped) + len(self.ambiguous)
        if self.read != told:
            raise ValueError(f"{self.read} rows were read, and {told} accounted for")

    @property
    def brings(self) -> bool:
        """Whether it changes anything."""
        return bool(self.added or self.updated or self.records_added or self.records_updated or self.unplaced)

    @property
    def title(self) -> str:
        """The change's title: "import of 412 people and 230 records from archive.zip"."""
        people = len(self.added) + len(self.updated)
        records = len(self.records_added) + len(self.records_updated)
        parts = [f"{people} {'person' if people == 1 else 'people'}"] if people or not records else []
        if records:
            parts.append(tell_count(records, "record"))
        return f"import of {' and '.join(parts)} from {self.origin}"

    @property
    def made(self) -> dict[str, int]:
        """How many new records of each table there are."""
        counts = Counter(TABLE_OF[type(record)] for record in self.records_added)
        return {"contacts": len(self.added), **counts} if self.added else dict(counts)

    def report(self, format_name: str) -> dict[str, Any]:
        """Return the report as `relcraft import --json` prints it."""
        return {
            "format": format_name,
            "read": self.read,
            "added": self.rows_added,
            "updated": self.rows_updated,
            "unchanged": self.rows_unchanged,
            "skipped": [{"where": row.where, "why": row.why} for row in self.skipped],
            "ambiguous": [{"where": told.where, "name": told.name, "why": told.why} for told in self.ambiguous],
            "possible_duplicates": [
                {"where": told.where, "name": told.name, "like": told.like, "why": told.why}
                for told in self.possible_duplicates
            ],
            "notes": [{"where": told.where, "name": told.name, "why": told.why} for told in self.notes],
            "made": self.made,
        }


class ImportsOther(BadInput):
    """The book changed since an import was planned, and it would do something else now: `plan`."""

    def __init__(self, plan: ImportPlan) -> None:
        super().__init__("The book changed meanwhile, and the import does something else now: look at it again.")
        self.plan = plan


def plan_import(book: Book, rows: Iterable[Row], origin: str = "a file") -> ImportPlan:
    """Return what importing `rows` would do; the book stays as it is."""
    return _plan(book, tuple(rows), origin, ())


def _plan(book: Book, rows: tuple[Row, ...], origin: str, uids: Sequence[str]) -> ImportPlan:
    planner = _Planner(book, uids)
    for row in rows:
        planner.take(row)
    return replace(planner.plan(origin), rows=rows, version=book.version)


def _as_of_now(book: Book, plan: ImportPlan) -> ImportPlan:
    """Return the plan, made again where the book changed since. Raises `ImportsOther` where it tells another story."""
    if plan.version == book.version:
        return plan
    now = _plan(book, plan.rows, plan.origin, [contact.uid for contact in plan.added])
    if now.report("") != plan.report("") or now.title != plan.title:
        raise ImportsOther(now)
    return now


@alone
def keep_import(book: Book, plan: ImportPlan, mine: Sequence[str] = ()) -> Change | None:
    """Make the import: one change, one undo. None where nothing is to be done. Raises `NotKept` as every verb does.

    `mine` are addresses of the user's own, said for this import: they are kept with it, and go with it.

    Raises `ImportsOther` where the book changed since it was planned, and the import would do something else now.
    """
    plan = _as_of_now(book, plan)
    if not plan.brings:
        return remember_me(book, mine)
    new = (put(None, stamped(book, contact)) for contact in plan.added)
    grown = (put(before, touched(book, after)) for before, after in plan.updated)
    added = (each for each in (*plan.records_added, *plan.unplaced) if not isinstance(each, Me))
    others = (put(None, stamped(book, record)) for record in added)
    more = (put(old, touched(book, new)) for old, new in plan.records_updated if not isinstance(new, Me))
    return book.change(plan.title, *new, *grown, *others, *more, *_me_said(book, plan, mine))


def _me_said(book: Book, plan: ImportPlan, mine: Sequence[str]) -> list[Op]:
    """Return the op that stores what the import and the user say of the user; none where the book knows it all."""
    after = (*plan.records_added, *(after for _before, after in plan.records_updated))
    new = with_emails(next((each for each in after if isinstance(each, Me)), book.me), mine)
    return [] if new == book.me else [kept_me(book, new)]


class _Planner:
    """Takes row after row and keeps count."""

    def __init__(self, book: Book, uids: Sequence[str] = ()) -> None:
        """`uids` are for the first contacts that are added."""
        self._book = book
        self._uids = list(uids)[::-1]
        self._before = {
            contact.uid: contact for archived in (False, True) for contact in book.contacts(archived=archived)
        }
        self._known = Known(self._before.values())
        self._arriving = Arriving(book, self._known, self._add_named)
        self._deleted = not_wanted(book)
        self._introducers: dict[str, Contact] = {}
        self._unplaced: list[Unplaced] = []
        self._added: list[str] = []
        self._touched: dict[str, None] = {}
        self._read = self._rows_added = self._rows_updated = self._rows_unchanged = 0
        self._skipped: list[Skipped] = []
        self._ambiguous: list[Told] = []
        self._possible: list[Told] = []
        self._notes: list[Told] = []
        self._unclear: dict[str, str] = {}
        """The keys of ambiguous rows, and why: another row with one of them would be somebody else the second time."""

    def take(self, row: Row) -> None:
        """Decide what becomes of one row."""
        self._read += 1
        if isinstance(row, Skipped):
            self._skipped.append(row)
            return
        if isinstance(row, IncomingRecord):
            name = row.people[0].name if row.people else ""
            self._notes.extend(Told(row.where, name, note) for note in row.notes)
            self._arriving.take(row)
            return
        self._notes.extend(Told(row.where, row.contact.name, note) for note in row.notes)
        self._take_person(row)

    def _take_person(self, row: Incoming) -> None:
        seen = as_seen(row.contact)
        if self._known.from_sources((seen,)):
            self._rows_unchanged += 1
            return
        by_key = self._known.from_sources(row.contact.sources)
        unclear = "" if by_key else next(filter(None, map(self._unclear.get, row.contact.sources)), "")
        found = by_key or self._known.same(row.contact)
        contact = replace(row.contact, sources=(*row.contact.sources, seen))
        if not found and self._is_me(contact):
            self._skipped.append(Skipped(row.where, _IS_ME))
        elif unclear or len(found) > 1:
            self._leave_open(row, contact, unclear or self._which(found, by_key=bool(by_key)))
        elif found:
            self._unite(found[0], contact, by_key=bool(by_key))
            self._met_through(found[0], row)
        else:
            self._rows_added += 1
            self._met_through(self._add(row.where, contact), row)

    def _is_me(self, contact: Contact) -> bool:
        """Whether this is the user's own card: by the name and an address that they said to be theirs."""
        mine = set(map(email_key, self._book.me.emails))
        name = name_key(self._book.me.name)
        return bool(name) and name == name_key(contact.name) and not mine.isdisjoint(map(email_key, contact.emails))

    def _leave_open(self, row: Incoming, contact: Contact, why: str) -> None:
        """Let a row wait that fits several contacts, unless the user has said already what it means."""
        uid = unplaced_uid("contacts", contact)
        if ("unplaced", uid) in self._deleted:
            self._rows_unchanged += 1
            return
        self._ambiguous.append(Told(row.where, contact.name, why))
        self._unclear.update(dict.fromkeys(row.contact.sources, why))
        if self._book.get("unplaced", uid) is None and all(each.uid != uid for each in self._unplaced):
            person = to_document(contact)
            key = person_key(contact)
            self._unplaced.append(
                Unplaced(uid=uid, sources=(key,), table="contacts", person=person, where=row.where, why=why)
            )

    def _met_through(self, uid: str, row: Incoming) -> None:
        if row.introducer is not None:
            self._introducers[uid] = row.introducer

    def _which(self, found: list[str], *, by_key: bool) -> str:
        what = (
            "was imported as each of them" if by_key else "has the name and an address, phone or link of each of them"
        )
        names = ", ".join(self._known.contacts[uid].name for uid in found[:3])
        return f"{what}: {len(found)} contacts ({names}). It waits until you say whom it means"

    def _unite(self, uid: str, contact: Contact, *, by_key: bool) -> None:
        old = self._known.contacts[uid]
        new = united(renewed(old, contact), contact) if by_key else with_notes(united(old, contact), contact)
        if replace(new, sources=old.sources) == old and by_key:
            self._rows_unchanged += 1
            return
        self._rows_updated += 1
        self._known.learn(new)
        if uid in self._before:
            self._touched[uid] = None

    def _add(self, where: str, contact: Contact) -> str:
        alike = self._known.alike(contact)
        if alike is not None:
            self._possible.append(Told(where, contact.name, alike[1], alike[0]))
        new = replace(contact, uid=self._uids.pop() if self._uids else self._book.new_uid())
        self._added.append(new.uid)
        self._known.learn(new)
        return new.uid

    def _add_named(self, person: Contact, where: str) -> str:
        """Add somebody whom a record names."""
        name = person.name or next(iter((*person.emails, *person.phones, *person.urls)), "")
        return self._add(where, replace(person, name=name))

    def _introduced(self, contact: Contact) -> Contact:
        """Return the contact, introduced by somebody of this book if an import says by whom."""
        introducer = self._introducers.get(contact.uid)
        if introducer is not None and contact.introduced_by is None:
            meant = [uid for uid in self._known.meant(introducer) if uid != contact.uid]
            if len(meant) == 1:
                return replace(contact, introduced_by=meant[0])
        before = self._before.get(contact.uid)
        said_before = before is not None and before.introduced_by == contact.introduced_by
        return contact if said_before else self._known.introduced(contact)

    def plan(self, origin: str) -> ImportPlan:
        """Return what was decided."""
        arrived = self._arriving.decided()
        known = {uid: self._introduced(self._known.contacts[uid]) for uid in (*self._added, *self._touched)}
        return ImportPlan(
            origin=origin,
            read=self._read,
            added=tuple(known[uid] for uid in self._added),
            updated=tuple((self._before[uid], known[uid]) for uid in self._touched),
            records_added=tuple(arrived.added),
            records_updated=tuple(arrived.updated),
            unplaced=(*self._unplaced, *arrived.unplaced),
            rows_added=self._rows_added + arrived.rows_added,
            rows_updated=self._rows_updated + arrived.rows_updated,
            rows_unchanged=self._rows_unchanged + arrived.rows_unchanged,
            skipped=(*self._skipped, *arrived.skipped),
            ambiguous=(*self._ambiguous, *arrived.ambiguous),
            possible_duplicates=tuple(self._possible),
            notes=tuple(self._notes),
        )
