"""The open book: all records in memory, their indexes, and the one way in which they change."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import uuid4

from relcraft.book.history import History
from relcraft.book.links import LINKED, Entry, Links, last_contacts
from relcraft.book.names import Names
from relcraft.book.port import Keeper
from relcraft.book.searching import Facts, Order, Ranking, haystack, sort_key, tests_of
from relcraft.book.shelf import Shelf
from relcraft.domain.balance import Balance, Weights, balance
from relcraft.domain.changes import Change, Op
from relcraft.domain.documents import TABLES, Document, from_document, to_document
from relcraft.domain.errors import Conflict, NotFound
from relcraft.domain.records import Contact, Date, Exchange, FollowUp, Interaction, Record, Snooze
from relcraft.domain.warmth import LastContact, WarmthReading, last_contact, read_warmth

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in the user's own zone."""
Listener = Callable[[Sequence[Op]], None]
R = TypeVar("R", bound=Record)


class Book:
    """Everything one user keeps, open. Answers come from memory; a change is durable before anybody hears of it."""

    def __init__(self, keeper: Keeper, clock: Clock, weights: Weights | None = None) -> None:
        self._keeper = keeper
        self._clock = clock
        self.weights = weights or Weights()
        self._listeners: list[Listener] = []
        self.history = History()
        self._load()

    def _load(self) -> None:
        tables = self._keeper.load()
        self._shelves: dict[str, Shelf[Any]] = {
            name: Shelf(kind, tables.get(name, {})) for name, kind in TABLES.items()
        }
        self._links = Links({name: self._shelves[name].documents for name in LINKED})
        self._names: Names | None = None
        self._haystacks: dict[str, str] = {}
        self._narrowed: tuple[str, list[str]] | None = None
        self._snoozed = {snooze.of: snooze for snooze in self._shelf(Snooze)}
        self._day = self.today
        self._forget_the_day()

    def _forget_the_day(self) -> None:
        """Drop all that depends on which day it is."""
        self._last: dict[str, LastContact | None] = dict(
            last_contacts(self._shelves["interactions"].documents, self._day)
        )
        self._warmth: dict[str, WarmthReading] = {}
        self._balance: dict[str, Balance] = {}
        self._rankings: dict[Order, Ranking] = {}
        self._narrowed = None

    def _shelf(self, kind: type[R]) -> Shelf[R]:
        return cast("Shelf[R]", self._shelves[next(name for name, one in TABLES.items() if one is kind)])

    # Time

    @property
    def now(self) -> datetime:
        """The present moment, in the user's zone."""
        return self._clock()

    @property
    def today(self) -> Date:
        """The user's day."""
        return self._clock().date()

    def turn_day(self) -> bool:
        """Notice midnight (or a clock that was set): return whether the day is another one than before."""
        if self.today == self._day:
            return False
        self._day = self.today
        self._forget_the_day()
        return True

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

    def documents(self) -> Iterable[tuple[str, Iterable[Document]]]:
        """Return every table's name and documents, as they are kept."""
        for name, shelf in self._shelves.items():
            yield name, shelf.documents.values()

    def get(self, table: str, uid: str) -> Record | None:
        """Return the record, or None where there is none."""
        shelf = self._shelves[table]
        return cast("Record", shelf[uid]) if uid in shelf else None

    def record(self, uid: str) -> Record:
        """Return the record of any kind with this uid. Raises `NotFound`."""
        for shelf in self._shelves.values():
            if uid in shelf:
                return cast("Record", shelf[uid])
        raise NotFound("That is no longer in the book.")

    def _one(self, kind: type[R], uid: str) -> R:
        shelf = self._shelf(kind)
        if uid not in shelf:
            raise NotFound("That is no longer in the book.")
        return shelf[uid]

    def contact(self, uid: str) -> Contact:
        """Return the contact. Raises `NotFound`."""
        return self._one(Contact, uid)

    def interaction(self, uid: str) -> Interaction:
        """Return the interaction. Raises `NotFound`."""
        return self._one(Interaction, uid)

    def exchange(self, uid: str) -> Exchange:
        """Return the exchange. Raises `NotFound`."""
        return self._one(Exchange, uid)

    def follow_up(self, uid: str) -> FollowUp:
        """Return the follow-up. Raises `NotFound`."""
        return self._one(FollowUp, uid)

    def contacts(self, *, archived: bool = False) -> list[Contact]:
        """Return the contacts, without the archived ones or (`archived`) only those."""
        return [contact for contact in self._shelf(Contact) if contact.archived is archived]

    def timeline(self, contact: str) -> Sequence[Entry]:
        """Return what hangs on a contact, newest first, as light entries; `record(entry.uid)` reads one."""
        return self._links.timeline(contact)

    def interactions_with(self, contact: str) -> list[Interaction]:
        """Return the interactions with a contact, newest first."""
        return [self.interaction(entry.uid) for entry in self.timeline(contact) if entry.table == "interactions"]

    def exchanges_with(self, contact: str) -> list[Exchange]:
        """Return the exchanges with a contact, newest first."""
        return [self.exchange(entry.uid) for entry in self.timeline(contact) if entry.table == "exchanges"]

    def follow_ups_with(self, contact: str) -> list[FollowUp]:
        """Return the follow-ups for a contact, soonest first, done ones too."""
        found = [self.follow_up(entry.uid) for entry in self.timeline(contact) if entry.table == "follow_ups"]
        return found[::-1]

    def snooze_of(self, uid: str) -> Snooze | None:
        """Return the snooze of a record, whether or not it has run out."""
        return self._snoozed.get(uid)

    def warmth(self, contact: str) -> WarmthReading:
        """Return how warm the relationship with a contact is today. Raises `NotFound`."""
        self.turn_day()
        known = self._warmth.get(contact)
        if known is None:
            snooze = self._snoozed.get(contact)
            until = snooze.until if snooze is not None else None
            known = read_warmth(self.contact(contact), self._last_contact(contact), self._day, snoozed_until=until)
            self._warmth[contact] = known
        return known

    def _last_contact(self, contact: str) -> LastContact | None:
        if contact not in self._last:
            met = (self.interaction(uid) for uid in self._links.of("interactions", contact))
            self._last[contact] = last_contact(met, self._day)
        return self._last[contact]

    def balance(self, contact: str) -> Balance:
        """Return how give and take stand with a contact today."""
        self.turn_day()
        known = self._balance.get(contact)
        if known is None:
            known = balance(self.exchanges_with(contact), self._day, self.weights)
            self._balance[contact] = known
        return known

    def tags(self) -> list[str]:
        """Return every tag that a contact has, by name."""
        return sorted({tag for contact in self._shelf(Contact) for tag in contact.tags})

    def organisations(self) -> list[str]:
        """Return every organisation that a contact has, by name."""
        return sorted({contact.organisation for contact in self._shelf(Contact) if contact.organisation})

    # Finding

    def _name_index(self) -> Names:
        if self._names is None:
            self._names = Names(self._shelf(Contact))
        return self._names

    def named(self, text: str) -> Sequence[Contact]:
        """Return whom `text` names, by the best way that finds any; archived contacts only where no other answers."""
        found = [self.contact(uid) for uid in self._name_index().named(text)]
        return [contact for contact in found if not contact.archived] or found

    def near(self, text: str) -> Sequence[Contact]:
        """Return whom `text` may have been meant to name, nearest first; none for known names."""
        if self._name_index().named(text):
            return ()
        return [self.contact(uid) for uid in self._name_index().near(text)]

    def search(self, text: str, *, archived: bool = False) -> list[str]:
        """Return the uids of the contacts that meet every word of the filter `text`, in no order."""
        self.turn_day()
        tests = tests_of(text)
        shelf = self._shelf(Contact)
        found = []
        for uid in self._candidates(text):
            contact = shelf[uid]
            if contact.archived is archived:
                facts = Facts(contact, self._haystack(uid), self._day, self.warmth, self.balance)
                if all(test(facts) for test in tests):
                    found.append(uid)
        if not archived:
            self._narrowed = (text, found)
        return found

    def _candidates(self, text: str) -> Iterable[str]:
        """A longer filter of plain words can only narrow what the shorter one left."""
        if self._narrowed is not None and ":" not in text and text.startswith(self._narrowed[0]):
            return self._narrowed[1]
        return self._shelf(Contact).documents

    def _haystack(self, uid: str) -> str:
        known = self._haystacks.get(uid)
        if known is None:
            known = self._haystacks[uid] = haystack(self.contact(uid))
        return known

    def ordered(self, uids: Iterable[str] | None = None, *, by: Order = Order.DUE) -> list[str]:
        """Return contacts in an order: those of `uids`, or (None) all that are not archived."""
        self.turn_day()
        shelf = self._shelf(Contact)
        ranking = self._rankings.get(by)
        if ranking is None:
            ranking = Ranking(shelf.documents, lambda uid: sort_key(by, shelf[uid], self.warmth, self.balance))
            self._rankings[by] = ranking
        if uids is None:
            return [uid for uid in ranking if not shelf[uid].archived]
        wanted = set(uids)
        return [uid for uid in ranking if uid in wanted]

    # Changing

    def new_uid(self) -> str:
        """Return a uid that nothing has or had."""
        return uuid4().hex

    def change(self, title: str, *ops: Op) -> Change:
        """Make one change: keep it, then show it. Raises `NotKept`: then nothing changed."""
        return self._keep(Change(title=title, ops=tuple(map(self._as_kept, ops)), at=self.now), undoable=True)

    def _as_kept(self, op: Op) -> Op:
        """Return `op` with the document that is kept for `before`, where the record says the same as that."""
        kept = self._shelves[op.table].documents.get(op.uid)
        if kept is None or op.before is None or kept == op.before:
            return op
        same = to_document(from_document(TABLES[op.table], kept)) == op.before
        return replace(op, before=kept) if same else op

    def _keep(self, change: Change, *, undoable: bool) -> Change:
        kept = self._keeper.keep(change)
        done = replace(change, ops=kept.ops)
        if undoable:
            self.history.record(done)
        self._apply((*kept.news, *kept.ops))
        return done

    def undo(self) -> Change:
        """Take the last change back.

        Raises `NotFound` where there is none, `Conflict` where another program changed it since.
        """
        last = self.history.last_done()
        turned = self._again(last.turned_round(f"Undone: {last.title}", self.now), last.title)
        self.history.undone()
        return turned

    def redo(self) -> Change:
        """Make the change again that was last undone. Raises as `undo` does."""
        last = self.history.last_undone()
        done = self._again(replace(last, title=f"Redone: {last.title}", at=self.now), last.title)
        self.history.redone()
        return done

    def _again(self, change: Change, title: str) -> Change:
        self.look_for_news()
        for op in change.ops:
            if self._shelves[op.table].documents.get(op.uid) != op.before:
                raise Conflict(f'"{title}" stays as it is: {self._name_of(op)} was changed by another program since.')
        return self._keep(change, undoable=False)

    def _name_of(self, op: Op) -> str:
        document = op.after or op.before or {}
        record = from_document(TABLES[op.table], document)
        if isinstance(record, Contact):
            return record.name
        return {"interactions": "an interaction", "exchanges": "an exchange", "follow_ups": "a follow-up"}.get(
            op.table, "a record"
        )

    # Others

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` of every change from now on, ours and others'. Returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def look_for_news(self) -> bool:
        """Take in what other programs stored since the last look; return whether there was anything."""
        news = self._keeper.news()
        if news:
            self._apply(news)
        return bool(news)

    def fold(self) -> None:
        """Bring the file at rest up to date."""
        self._keeper.fold()

    def close(self) -> None:
        """Fold and let go of the file. The book must not be used afterwards."""
        self._keeper.close()

    def _apply(self, ops: Sequence[Op]) -> None:
        touched: set[str] = set()
        for op in ops:
            if op.table in self._shelves:
                touched.update(self._index(op))
        contacts = self._shelf(Contact)
        for uid in touched:
            self._warmth.pop(uid, None)
            self._balance.pop(uid, None)
        for ranking in self._rankings.values():
            for uid in touched:
                ranking.move(uid, there=uid in contacts)
        self._narrowed = None
        for listener in tuple(self._listeners):
            listener(ops)

    def _index(self, op: Op) -> Iterable[str]:
        """Bring the indexes in step with one op; return the uids of the contacts that it touches."""
        shelf = self._shelves[op.table]
        old = shelf.get(op.uid)
        kept = shelf.documents.get(op.uid)
        shelf.store(op.uid, op.after)
        if op.table in LINKED:
            touched = self._links.store(op.table, op.uid, kept, op.after)
            if op.table == "interactions":
                for uid in touched:
                    self._last.pop(uid, None)
            return touched
        if op.table == "snoozes":
            return self._index_snooze(cast("Snooze | None", old), op)
        return self._index_contact(cast("Contact | None", old), op.uid)

    def _index_snooze(self, old: Snooze | None, op: Op) -> Iterable[str]:
        touched = []
        if old is not None:
            self._snoozed.pop(old.of, None)
            touched.append(old.of)
        if op.after is not None:
            snooze = self._shelf(Snooze)[op.uid]
            self._snoozed[snooze.of] = snooze
            touched.append(snooze.of)
        return touched

    def _index_contact(self, old: Contact | None, uid: str) -> Iterable[str]:
        shelf = self._shelf(Contact)
        if self._names is not None:
            if old is not None:
                self._names.remove(old)
            if uid in shelf:
                self._names.add(shelf[uid])
        self._haystacks.pop(uid, None)
        return (uid,)
