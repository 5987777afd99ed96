"""The open book: all records in memory, their indexes, and the one way in which they change."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import uuid4

from relcraft.book.finding import Finding
from relcraft.book.history import History
from relcraft.book.links import LINKED, Entry, Links
from relcraft.book.one_moment import Clock, OneMoment
from relcraft.book.port import Column, Keeper, columns
from relcraft.book.readings import Readings
from relcraft.book.searching import Order
from relcraft.book.shelf import Shelf
from relcraft.domain.balance import Balance, Weights
from relcraft.domain.changes import Change, Op
from relcraft.domain.contents import Contents, Key, Tombstone
from relcraft.domain.documents import TABLE_OF, TABLES, Document, from_document, to_document
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.linking import newly_named
from relcraft.domain.records import ME, Contact, Date, Exchange, FollowUp, Interaction, Me, Record, Snooze, Tie
from relcraft.domain.rules import USUAL_RULES, Rules
from relcraft.domain.warmth import WarmthReading

Listener = Callable[[Sequence[Op]], None]
R = TypeVar("R", bound=Record)


class Book:
    """Everything one user keeps, open. Answers come from memory; a change is durable before anybody hears of it."""

    def __init__(self, keeper: Keeper, clock: Clock, rules: Rules = USUAL_RULES) -> None:
        self._keeper = keeper
        self.clock = OneMoment(clock)
        self.rules = rules
        self._listeners: list[Listener] = []
        self.version = 0
        """Grows whenever anything in the book changes."""
        self._gone: set[str] = set()
        """The contacts that were deleted since the book was opened."""
        self._load()

    @property
    def weights(self) -> Weights:
        """What each kind of help weighs."""
        return self.rules.weights

    def _load(self) -> None:
        tables = self._keeper.load()
        self._shelves: dict[str, Shelf[Any]] = {
            name: Shelf(kind, tables.get(name, {})) for name, kind in TABLES.items()
        }
        self._linked: Links | None = None
        self._read: Readings | None = None
        self._finding = Finding(self._shelf(Contact), lambda: self.readings)

    @property
    def _links(self) -> Links:
        """What hangs on each contact, built when somebody first asks: not every command does."""
        if self._linked is None:
            self._linked = Links({name: self._shelves[name].documents for name in LINKED}, self.today)
        return self._linked

    @property
    def readings(self) -> Readings:
        """The readings of today. Who reads of many contacts asks once: it is all of one day then, also at midnight."""
        if self._read is None or self._read.today != self.today:
            self._read = Readings(
                self.today,
                self.weights,
                self.rules.cadences,
                contacts=self._shelf(Contact),
                interactions=self._shelf(Interaction),
                exchanges=self._shelf(Exchange),
                snoozes=self._shelf(Snooze),
                links=self._links,
            )
            self._finding.turn_day()
        return self._read

    def _shelf(self, kind: type[R]) -> Shelf[R]:
        return cast("Shelf[R]", self._shelves[TABLE_OF[kind]])

    # Time

    @property
    def now(self) -> datetime:
        """The present moment, in the user's zone."""
        return self.clock()

    @property
    def today(self) -> Date:
        """The user's day."""
        return self.clock().date()

    def turn_day(self) -> bool:
        """Notice midnight (or a clock that was set): return whether the day is another one than before."""
        turned = self._read is not None and self._read.today != self.today
        return turned and self.readings.today == self.today

    # Reading

    @property
    def read_only(self) -> str:
        """Why nothing can be written; empty when it can."""
        return self._keeper.read_only

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was ever kept here."""
        return not any(len(shelf) for shelf in self._shelves.values())

    def count(self, kind: type[Record]) -> int:
        """Return how many records of a kind there are."""
        return len(self._shelf(kind))

    def all(self, kind: type[R]) -> Iterable[R]:
        """Return every record of a kind. Reads them all: for exports and lists, not for a key press."""
        return iter(self._shelf(kind))

    def columns(self, kind: type[Record], /, **fields: Column) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield the uid and a few fields of every record of a kind, as they are kept: it reads no record."""
        return columns(self._shelf(kind).documents, **fields)

    def documents(self) -> Iterable[tuple[str, Iterable[Document]]]:
        """Return every table's name and documents, as they are kept."""
        for name, shelf in self._shelves.items():
            yield name, shelf.documents.values()

    def contents(self) -> Contents:
        """Return all that is kept and what was deleted, for bringing in another book: good until a change."""
        from relcraft.domain.pasts import ops_through  # noqa: PLC0415 - only a merge and a restore look that far back

        tables = {name: shelf.documents for name, shelf in self._shelves.items()}
        return Contents("this book", tables, self._keeper.tombstones(), tuple(ops_through(self._keeper.history())))

    def tombstones(self) -> Mapping[Key, Tombstone]:
        """Return what was deleted."""
        return self._keeper.tombstones()

    def get(self, table: str, uid: str) -> Record | None:
        """Return the record, or None where there is none."""
        shelf = self._shelves[table]
        return cast("Record", shelf[uid]) if uid in shelf else None

    def document(self, table: str, uid: str) -> Document | None:
        """Return the document of a record, as it is kept; None where there is none."""
        return self._shelves[table].documents.get(uid) if table in self._shelves else None

    def record(self, uid: str) -> Record:
        """Return the record of any kind with this uid. Raises `NotFound`."""
        for shelf in self._shelves.values():
            if uid in shelf:
                return cast("Record", shelf[uid])
        raise NotFound("That is no longer in the book.")

    def one(self, kind: type[R], uid: str) -> R:
        """Return the record of this kind. Raises `NotFound`."""
        shelf = self._shelf(kind)
        if uid not in shelf:
            raise NotFound("That is no longer in the book.")
        return shelf[uid]

    def contact(self, uid: str) -> Contact:
        """Return the contact. Raises `NotFound`."""
        return self.one(Contact, uid)

    def interaction(self, uid: str) -> Interaction:
        """Return the interaction. Raises `NotFound`."""
        return self.one(Interaction, uid)

    def exchange(self, uid: str) -> Exchange:
        """Return the exchange. Raises `NotFound`."""
        return self.one(Exchange, uid)

    def follow_up(self, uid: str) -> FollowUp:
        """Return the follow-up. Raises `NotFound`."""
        return self.one(FollowUp, uid)

    def contacts(self, *, archived: bool = False) -> list[Contact]:
        """Return the contacts, without the archived ones or (`archived`) only those."""
        return [contact for contact in self._shelf(Contact) if contact.archived is archived]

    def timeline(self, contact: str) -> Sequence[Entry]:
        """Return what hangs on a contact, newest first, as light entries; `record(entry.uid)` reads one."""
        return self._links.timeline(contact)

    def with_contact(self, kind: type[R], contact: str) -> list[R]:
        """Return the records of a linked kind that hang on a contact: newest first, ties in no order."""
        table = TABLE_OF[kind]
        if table == TABLE_OF[Tie]:
            return list(self.each_with(kind, contact))
        return [self.one(kind, entry.uid) for entry in self.timeline(contact) if entry.table == table]

    def each_with(self, kind: type[R], contact: str) -> Iterator[R]:
        """Yield the records of a linked kind that hang on a contact, in no order: each is read when its turn comes."""
        return (self.one(kind, uid) for uid in self._links.of(TABLE_OF[kind], contact))

    def interactions_with(self, contact: str) -> list[Interaction]:
        """Return the interactions with a contact, newest first."""
        return self.with_contact(Interaction, contact)

    def exchanges_with(self, contact: str) -> list[Exchange]:
        """Return the exchanges with a contact, newest first."""
        return self.with_contact(Exchange, contact)

    def follow_ups_with(self, contact: str) -> list[FollowUp]:
        """Return the follow-ups for a contact, soonest first, done ones too."""
        return self.with_contact(FollowUp, contact)[::-1]

    @property
    def me(self) -> Me:
        """What the user says of themselves."""
        shelf = self._shelf(Me)
        return shelf[ME] if ME in shelf else Me(uid=ME)

    def snooze_of(self, uid: str) -> Snooze | None:
        """Return the snooze of a record, whether or not it has run out; of several, the longest."""
        return next(iter(self.snoozes_of(uid)), None)

    def snoozes_of(self, uid: str) -> list[Snooze]:
        """Return the snoozes of a record, the longest first. More than one is of several programs."""
        return self.readings.snoozes_of(uid)

    def warmth(self, contact: str) -> WarmthReading:
        """Return how warm the relationship with a contact is today. Raises `NotFound`."""
        self.contact(contact)
        return self.readings.warmth(contact)

    def balance(self, contact: str) -> Balance:
        """Return how give and take stand with a contact today."""
        return self.readings.balance(contact)

    def tags(self) -> list[str]:
        """Return every tag that a contact has, by name."""
        return sorted({tag for contact in self._shelf(Contact) for tag in contact.tags})

    def organisations(self) -> list[str]:
        """Return every organisation that a contact has, by name."""
        return sorted({contact.organisation for contact in self._shelf(Contact) if contact.organisation})

    # Finding

    def named(self, text: str) -> Sequence[Contact]:
        """Return whom `text` names, by the best way that finds any; archived contacts only where no other answers."""
        found = [self.contact(uid) for uid in self._finding.names().named(text)]
        return [contact for contact in found if not contact.archived] or found

    def near(self, text: str) -> Sequence[Contact]:
        """Return whom `text` may have been meant to name, nearest first; none for known names."""
        names = self._finding.names()
        return [] if names.named(text) else [self.contact(uid) for uid in names.near(text)]

    def search(self, text: str, *, archived: bool = False) -> list[str]:
        """Return the uids of the contacts that meet every word of the filter `text`, in no order."""
        return self._finding.search(text, archived=archived)

    def prepare_search(self) -> None:
        """Make the first letter of a filter as quick as the others."""
        self._finding.prepare()

    def ordered(self, uids: Iterable[str] | None = None, *, by: Order = Order.DUE) -> list[str]:
        """Return contacts in an order: those of `uids`, or (None) all that are not archived."""
        return self._finding.ordered(uids, by)

    # Changing

    def new_uid(self) -> str:
        """Return a uid that nothing has or had."""
        return uuid4().hex

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nothing of other programs come between a look and the changes made on it, until the end.

        What they stored before is taken in first, listeners included. May be nested; verbs need not ask for it.
        Raises `NotKept` where another program does not finish with the file, and `ReadOnly`.
        """
        with self._keeper.alone():
            self.look_for_news()
            yield

    def change(self, title: str, *ops: Op) -> Change:
        """Make one change: keep it, then show it. Raises `NotKept`: then nothing changed.

        Raises `BadInput` where it says something of a contact whom somebody deleted meanwhile.
        """
        with self.alone():
            self._refuse_gone(ops)
            return self._keep(Change(title=title, ops=tuple(map(self._as_kept, ops)), at=self.now))

    def _refuse_gone(self, ops: Sequence[Op]) -> None:
        """Raise `BadInput` where an op would name a deleted contact that it did not name before."""
        gone = self._gone.difference(op.uid for op in ops if op.table == "contacts" and op.after is not None)
        if gone and any(uid in gone for op in ops for _table, uid in newly_named(op)):
            raise BadInput("That contact is no longer in the book: nothing was saved.")

    def _as_kept(self, op: Op) -> Op:
        """Return `op` with the document that is kept for `before`, where the record says the same as that."""
        kept = self.document(op.table, op.uid)
        if kept is None or op.before is None or kept == op.before:
            return op
        same = to_document(from_document(TABLES[op.table], kept)) == op.before
        return replace(op, before=kept) if same else op

    def _keep(self, change: Change) -> Change:
        kept = self._keeper.keep(change)
        ops = tuple(op for op in kept.ops if op.table in self._shelves)
        self._apply((*kept.news, *ops))
        return replace(change, ops=ops)

    @property
    def history(self) -> History:
        """What can be undone and redone, as of the last look: what other programs and former sessions did as well."""
        return History(self._keeper.history())

    def undo(self) -> Change:
        """Take the last change of the book back, whoever made it.

        Raises `NotFound` where there is none, `Conflict` where a record of it was changed since by no known change;
        a contact among several records is left as it is then, and the title says so.
        """
        with self.alone():
            last = self.history.last_done()
            return self._turn(last.turned_round(f"Undone: {last.title}", self.now), last.title)

    def redo(self) -> Change:
        """Make the change again that was last undone. Raises as `undo` does."""
        with self.alone():
            last = self.history.last_undone()
            return self._turn(last.again(f"Redone: {last.title}", self.now), last.title)

    def _turn(self, change: Change, title: str) -> Change:
        from relcraft.book.turning import as_far_as_it_goes  # noqa: PLC0415  # it reads the book, which is made here

        return self._keep(as_far_as_it_goes(self, change, title))

    # Others

    def subscribe(self, listener: Listener, *, first: bool = False) -> Callable[[], None]:
        """Tell `listener` of every change from now on, ours and others', or before all who listen by now (`first`).

        Returns what ends that.
        """
        self._listeners.insert(0 if first else len(self._listeners), listener)
        return lambda: self._listeners.remove(listener)

    def look_for_news(self) -> bool:
        """Take in what other programs stored since the last look; return whether there was anything."""
        news = self._keeper.news()
        if news:
            self._apply(news)
        return bool(news)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What happened to the file and is worth telling the user, in sentences, oldest first."""
        return self._keeper.remarks

    def fold(self) -> None:
        """Bring the file at rest up to date."""
        self._keeper.fold()

    def close(self) -> None:
        """Fold and let go of the file. The book must not be used afterwards."""
        self._keeper.close()

    def _apply(self, ops: Sequence[Op]) -> None:
        self.version += 1
        touched: set[str] = set()
        for op in ops:
            if op.table in self._shelves:
                touched.update(self._index(op))
        if self._read is not None:
            self._read.forget(touched)
        self._finding.move(touched)
        for listener in tuple(self._listeners):
            listener(ops)

    def _index(self, op: Op) -> Iterable[str]:
        """Bring the indexes in step with one op; return the uids of the contacts that it touches."""
        shelf = self._shelves[op.table]
        old, kept = shelf.get(op.uid), shelf.documents.get(op.uid)
        shelf.store(op.uid, op.after)
        new = shelf.get(op.uid)
        if op.table in LINKED:
            touched = () if self._linked is None else self._linked.store(op.table, op.uid, kept, op.after)
            if self._read is not None and op.table == "interactions":
                self._read.follow(touched, old, new)
            return touched
        if op.table == "snoozes":
            return () if self._read is None else self._read.snooze(old, new)
        if op.table != "contacts":
            return ()
        (self._gone.add if op.after is None else self._gone.discard)(op.uid)
        self._finding.rename(old, new)
        return (op.uid,)
