"""What an import read and could not place: it waits until the user says whose it is, that it is new, or drops it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from relcraft.book.alone import alone
from relcraft.book.arriving import as_brought
from relcraft.book.checking import check
from relcraft.book.derived import Derived, until_changed
from relcraft.book.fields_told import told_of
from relcraft.book.growing import united
from relcraft.book.knowing import Known
from relcraft.book.not_wanted import not_wanted
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain.changes import Change, Op, put
from relcraft.domain.changes import drop as without
from relcraft.domain.documents import TABLE_OF, TABLES, from_document, to_document
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact, Exchange, FollowUp, Interaction, Record, Tie, Unplaced
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value

_MOST_CHOICES = 9
_UNREADABLE = "What waits cannot be read here: it can be dropped."
_KEYED = ":"
"""What is in a key by which a person is certainly the same one in all files; a name alone has none."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Waiting(Value):
    """Something that waits to be placed."""

    unplaced: Unplaced
    person: Contact
    """Whom it is about, as the file names them; without a uid."""
    record: Record | None
    """What was read; None where that is the person."""
    choices: tuple[str, ...]
    """The uids of the contacts whom it may be about, the likeliest first."""

    @property
    def uid(self) -> str:
        """What it is known by."""
        return self.unplaced.uid

    @property
    def name(self) -> str:
        """Who it is about, as the file says."""
        known = (self.person.name, *self.person.emails, *self.person.phones, *self.person.urls)
        return next(filter(None, map(clean_line, known)), "somebody without a name")

    @property
    def thing(self) -> str:
        """What was read, in a word or two: "recommendation received"."""
        match self.record:
            case Interaction() as interaction:
                return str(interaction.kind)
            case Exchange() as exchange:
                return f"{exchange.kind} {exchange.direction}"
            case FollowUp():
                return "follow-up"
            case Tie():
                return "tie"
            case _:
                return "person"


def waiting(book: Book) -> Sequence[Waiting]:
    """Return what waits to be placed, by the name of the person. How much that is: `book.count(Unplaced)`."""
    return _WAITING.of(book) if book.count(Unplaced) else ()


def _waiting(book: Book) -> Sequence[Waiting]:
    known = Known(book.all(Contact))
    found = (_one(known, unplaced) for unplaced in book.all(Unplaced))
    return sorted(found, key=lambda each: (each.name.casefold(), each.unplaced.where, each.uid))


_WAITING = Derived(_waiting, until_changed(Contact, Unplaced))


def _one(known: Known, unplaced: Unplaced) -> Waiting:
    person, record = _person(unplaced), _record(unplaced)
    taken = set() if record is None else {getattr(record, "first", None), *getattr(record, "contacts", ())}
    choices = dict.fromkeys((*known.from_sources(person.sources), *known.same(person), *known.meant(person)))
    return Waiting(unplaced, person, record, tuple(uid for uid in choices if uid not in taken)[:_MOST_CHOICES])


def _person(unplaced: Unplaced) -> Contact:
    return replace(from_document(Contact, unplaced.person or {}), uid="")


def _record(unplaced: Unplaced) -> Record | None:
    kind = TABLES.get(unplaced.table)
    return None if kind is None or kind is Contact or unplaced.document is None else from_document(
        kind, unplaced.document
    )  # fmt: skip


def told(book: Book, one: Waiting) -> list[str]:
    """Return what was read, in lines: the text of a recommendation, the day and the summary of a talk."""
    if one.record is None:
        return []
    names = [name for name in ("date", "text", "summary") if getattr(one.record, name, None)]
    return [line for name in names for line in told_of(book, one.unplaced.table, one.record, name)]


# Verbs


@alone
def place(book: Book, uid: str, contact: str | None) -> Change:
    """Say whose that is which waits: it is stored with its person, who is known by its keys from now on.

    `contact` None: somebody new, who is added. What else waits about the same person, by a key or an address, is placed
    with it. Raises `NotFound` where it no longer waits or the contact is gone, `BadInput` where it cannot be theirs.
    """
    chosen = book.one(Unplaced, uid)
    if chosen.table != TABLE_OF[Contact] and _record(chosen) is None:
        raise BadInput(_UNREADABLE)
    person = _person(chosen)
    old = None if contact is None else book.contact(contact)
    new = stamped(book, replace(person, uid=book.new_uid(), name=_called(person))) if old is None else old
    together = _same_person(book, chosen)
    for each in together:
        new = united(new, _person(each))
    check(book, new)
    ops: list[Op] = [put(None, new)] if old is None else [put(old, touched(book, new))] if new != old else []
    ops += _stored(book, together, new.uid)
    ops += map(without, together)
    more = f" and {len(together) - 1} more" if len(together) > 1 else ""
    whom = "somebody new, " if old is None else ""
    title = f"{_thing(chosen)}{more} placed with {whom}{clean_line(new.name)}"
    return book.change(title, *ops)


def _called(person: Contact) -> str:
    known = (person.name, *person.emails, *person.phones, *person.urls)
    return next(filter(None, map(clean_line, known)), "Somebody")


def _thing(unplaced: Unplaced) -> str:
    return Waiting(unplaced, _person(unplaced), _record(unplaced), ()).thing


def _same_person(book: Book, chosen: Unplaced) -> list[Unplaced]:
    """Return what waits about the same person: for certain, not for the same name alone."""
    keys = {key for key in chosen.sources if _KEYED in key}
    others = (each for each in book.all(Unplaced) if each.uid != chosen.uid)
    return [chosen, *(each for each in others if not keys.isdisjoint(each.sources))]


def _stored(book: Book, together: Iterable[Unplaced], contact: str) -> list[Op]:
    """Return the ops that store what waited with its person."""
    drafts: dict[tuple[str, str], Record] = {}
    deleted = not_wanted(book)
    for unplaced in together:
        waiting_for = _record(unplaced)
        if waiting_for is None:
            continue
        key = unplaced.table, waiting_for.uid
        if key not in drafts and (book.get(*key) is None and key in deleted):
            continue  # the user deleted it meanwhile
        drafts[key] = _with_person(drafts.get(key) or book.get(*key) or _of_those_here(book, waiting_for), contact)
    ops = []
    for key, record in drafts.items():
        before = book.get(*key)
        if isinstance(record, Tie) and not (record.first and record.second):
            ops += _still_waiting(book, record, together)
        elif before is None:
            ops.append(put(None, stamped(book, replace(record, sources=(*record.sources, as_brought(record))))))
        elif record != before:
            ops.append(put(before, touched(book, _as_brought_again(before, record))))
    return ops


def _of_those_here(book: Book, record: Record) -> Record:
    """Return what waited without those of its people who are no longer in the book."""
    match record:
        case Interaction():
            there = (uid for uid in record.contacts if book.get("contacts", uid) is not None)
            return replace(record, contacts=tuple(there))
        case Tie():
            first, second = (uid if book.get("contacts", uid) else "" for uid in (record.first, record.second))
            return replace(record, first=first, second=second)
    return record


def _with_person(record: Record, contact: str) -> Record:
    """Return what waited, with its person."""
    match record:
        case Interaction():
            return replace(record, contacts=tuple(dict.fromkeys((*record.contacts, contact))))
        case Exchange():
            return record if record.contact else replace(record, contact=contact)
        case FollowUp():
            return record if record.contact else replace(record, contact=contact)
        case Tie():
            if contact in (record.first, record.second):
                raise BadInput("That is the other one of the two: nobody is tied to themselves.")
            return replace(record, second=contact) if record.first else replace(record, first=contact)
    raise BadInput(_UNREADABLE)


def _as_brought_again(before: Record, after: Record) -> Record:
    """Return a record that an import may still let grow, if it was one: to be placed is no edit."""
    kept = tuple(source for source in before.sources if source != as_brought(before))
    return after if len(kept) == len(before.sources) else replace(after, sources=(*kept, as_brought(after)))


def _still_waiting(book: Book, tie: Tie, together: Iterable[Unplaced]) -> list[Op]:
    """Return the ops by which the other end of a tie knows this one: it waits for its own person."""
    placed = {each.uid for each in together}
    others = (each for each in book.all(Unplaced) if each.uid not in placed and each.table == "ties")
    return [
        put(each, touched(book, replace(each, document=to_document(tie))))
        for each in others
        if each.document is not None and each.document.get("uid") == tie.uid
    ]


@alone
def drop(book: Book, uid: str) -> Change:
    """Drop what waits: it does not come up again, also where the same is imported once more. Raises `NotFound`."""
    unplaced = book.one(Unplaced, uid)
    name = Waiting(unplaced, _person(unplaced), _record(unplaced), ()).name
    return book.change(f"{_thing(unplaced)} of {name} dropped", without(unplaced))
