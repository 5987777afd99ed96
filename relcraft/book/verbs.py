"""The verbs of a book: one for each thing that a user can do, shared by the keys and the command line.

Each makes one change, durable when the verb returns. Each raises `NotKept` where it could not be kept, and `BadInput`
where a record cannot be as it was given.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from relcraft.book.alone import alone
from relcraft.book.checking import check
from relcraft.book.links import HANGING
from relcraft.book.naming import names_of, title_of
from relcraft.book.open import Book
from relcraft.book.port import Text
from relcraft.domain.changes import Change, Op, drop, put
from relcraft.domain.dates import tell_cadence, tell_day_fully
from relcraft.domain.documents import TABLE_OF, TABLES
from relcraft.domain.errors import BadInput
from relcraft.domain.moves import parts_of
from relcraft.domain.records import (
    Ask,
    Contact,
    Date,
    Exchange,
    FollowUp,
    Goal,
    Interaction,
    Record,
    Snooze,
    Tie,
)
from relcraft.domain.text import clean_line, fold
from relcraft.domain.words import Circle, Initiator, InteractionKind

R = TypeVar("R", bound=Record)
_TICK = timedelta(microseconds=1)
_LAST_MOMENT = datetime.max.replace(tzinfo=UTC)


def stamped(book: Book, record: R) -> R:
    """Return a new record as it is to be stored: with a uid of its own and the present moment."""
    now = book.now.astimezone(UTC)
    return replace(record, uid=record.uid or book.new_uid(), created=now, updated=now)


def touched(book: Book, record: R) -> R:
    """Return a changed record as it is to be stored.

    An edit is always later than what it edits, even where the clock went back: else a merge would take it for older.
    """
    return replace(record, updated=max(book.now.astimezone(UTC), _just_after(record.updated)))


def _just_after(moment: datetime) -> datetime:
    return moment + _TICK if moment < _LAST_MOMENT else moment


def _add(book: Book, record: R) -> R:
    check(book, record)
    new = stamped(book, record)
    book.change(title_of(book, new), put(None, new))
    return new


@alone
def add_contact(book: Book, contact: Contact) -> Contact:
    """Add a person; `contact.uid` is empty."""
    return _add(book, contact)


@alone
def log_interaction(book: Book, interaction: Interaction) -> Interaction:
    """Add an interaction."""
    return _add(book, interaction)


@alone
def add_exchange(book: Book, exchange: Exchange) -> Exchange:
    """Add an exchange."""
    return _add(book, exchange)


@alone
def add_follow_up(book: Book, follow_up: FollowUp) -> FollowUp:
    """Add a follow-up."""
    return _add(book, follow_up)


@alone
def edit(book: Book, old: Record, new: Record) -> Change:
    """Put `new` in the place of `old`, which is the record as the user saw it when the editing began."""
    check(book, new)
    return book.change(f"edit of {title_of(book, new)}", put(old, touched(book, new)))


@alone
def in_touch_today(book: Book, contacts: Sequence[str], kind: InteractionKind = InteractionKind.MESSAGE) -> Interaction:
    """Log that the user and these contacts were in touch today, both ways."""
    return log_interaction(
        book, Interaction(uid="", date=book.today, kind=kind, contacts=tuple(contacts), initiator=Initiator.BOTH)
    )


def _each_contact(book: Book, uids: Iterable[str], change: Callable[[Contact], Contact], title: str) -> Change:
    """Change several contacts in one step. Contacts that stay as they are are no part of it."""
    old = [book.contact(uid) for uid in uids]
    new = [change(contact) for contact in old]
    ops = [put(was, touched(book, now)) for was, now in zip(old, new, strict=True) if was != now]
    if not ops:
        raise BadInput("Nothing changes by that.")
    return book.change(title, *ops)


@alone
def archive(book: Book, uids: Sequence[str], *, archived: bool = True) -> Change:
    """Put contacts into the archive, or take them out of it."""
    word = "archived" if archived else "out of the archive"
    return _each_contact(book, uids, lambda one: replace(one, archived=archived), f"{names_of(book, uids)} {word}")


@alone
def set_circle(book: Book, uids: Sequence[str], circle: Circle | None) -> Change:
    """Set the circle of contacts; None takes it away."""
    title = f"{names_of(book, uids)}: {circle or 'no'} circle"
    return _each_contact(book, uids, lambda one: replace(one, circle=circle), title)


@alone
def set_cadence(book: Book, uids: Sequence[str], days: int | None) -> Change:
    """Set how often to be in touch with contacts; None: as the circle says; 0: never due."""
    often = "as often as the circle says" if days is None else tell_cadence(days) if days else "never due"
    return _each_contact(book, uids, lambda one: replace(one, cadence_days=days), f"{names_of(book, uids)}: {often}")


def has_tag(contact: Contact, tag: str) -> bool:
    """Whether a contact has a tag; case and accents do not count, as in every search."""
    return fold(tag) in map(fold, contact.tags)


@alone
def add_tag(book: Book, uids: Sequence[str], tag: str) -> Change:
    """Give contacts a tag; one that differs in case alone is the same."""
    word = clean_line(tag).removeprefix("#").replace(" ", "-")
    if not word:
        raise BadInput("A tag needs a letter.")

    def tagged(one: Contact) -> Contact:
        return one if has_tag(one, word) else replace(one, tags=(*one.tags, word))

    return _each_contact(book, uids, tagged, f"#{word} on {names_of(book, uids)}")


@alone
def remove_tag(book: Book, uids: Sequence[str], tag: str) -> Change:
    """Take a tag from contacts, however it is written."""
    word = clean_line(tag).removeprefix("#")

    def untagged(one: Contact) -> Contact:
        return replace(one, tags=tuple(each for each in one.tags if fold(each) != fold(word)))

    return _each_contact(book, uids, untagged, f"#{word} off {names_of(book, uids)}")


@alone
def finish(book: Book, follow_up: str, on: Date) -> Change:
    """Note that a follow-up was done. Raises `BadInput` where it was."""
    old = book.follow_up(follow_up)
    if old.done_on is not None:
        raise BadInput(f"That was done on {tell_day_fully(old.done_on)} already.")
    return book.change(f"{title_of(book, old)} done", put(old, touched(book, replace(old, done_on=on))))


@alone
def reopen(book: Book, follow_up: str) -> Change:
    """Note that a follow-up is not done after all. Raises `BadInput` where it is open."""
    old = book.follow_up(follow_up)
    if old.done_on is None:
        raise BadInput("That is open already.")
    return book.change(f"{title_of(book, old)} open again", put(old, touched(book, replace(old, done_on=None))))


@alone
def snooze(book: Book, uids: Sequence[str], until: Date) -> Change:
    """Leave contacts or follow-ups in peace until a day, in one change. A day that is not ahead ends their snoozes."""
    records = [book.record(uid) for uid in dict.fromkeys(uids)]
    if not records:
        raise BadInput("Nobody is selected.")
    if not all(isinstance(record, Contact | FollowUp) for record in records):
        raise BadInput("Only people and follow-ups can be left in peace.")
    ended = until <= book.today
    ops = _snoozes_ended(book, records) if ended else [op for one in records for op in _snoozed(book, one, until)]
    if not ops:
        raise BadInput("A snooze ends on a day ahead.")
    ends = "no longer snoozed" if ended else f"snoozed until {tell_day_fully(until)}"
    return book.change(f"{_several_titled(book, records)} {ends}", *ops)


def _snoozed(book: Book, record: Record, until: Date) -> list[Op]:
    """Return the ops that leave one snooze of this record, until a day."""
    known = book.snoozes_of(record.uid)
    if not known:
        return [put(None, stamped(book, Snooze(uid="", of=record.uid, until=until)))]
    old, *others = known
    return [put(old, touched(book, replace(old, until=until))), *map(drop, others)]


def _snoozes_ended(book: Book, records: Iterable[Record]) -> list[Op]:
    """Return the ops that take away the snoozes of these records, where they have any."""
    return [drop(snooze) for record in records for snooze in book.snoozes_of(record.uid)]


def _snoozes_gone(book: Book, gone: set[str]) -> list[Op]:
    """Return the ops that take away the snoozes of the records in `gone`, and of moves that are about one of them."""
    about = (snooze for snooze in book.all(Snooze) if not gone.isdisjoint(parts_of(snooze.of)))
    return [drop(snooze) for snooze in about if snooze.uid not in gone]


def _several_titled(book: Book, records: Sequence[Record]) -> str:
    if len(records) == 1:
        return title_of(book, records[0])
    people = [record.uid for record in records if isinstance(record, Contact)]
    return names_of(book, people) if len(people) == len(records) else f"{len(records)} entries"


@alone
def delete(book: Book, uids: Sequence[str]) -> Change:
    """Delete anything but a contact at once. What came from a deleted interaction, ask or goal stays, unlinked."""
    records = [book.record(uid) for uid in dict.fromkeys(uids)]
    if not records:
        raise BadInput("Nothing is selected.")
    if any(isinstance(record, Contact) for record in records):
        raise BadInput("A contact is archived, not deleted; an archived one can be deleted for good.")
    return book.change(f"deleted {_several_titled(book, records)}", *without(book, records))


def without(book: Book, records: Sequence[Record]) -> list[Op]:
    """Return the ops that delete records, none of them a contact: what came from them stays, unlinked."""
    gone = {record.uid for record in records}
    return [*map(drop, records), *_unlinked(book, gone), *_snoozes_gone(book, gone)]


def _unlinked(book: Book, gone: set[str]) -> list[Op]:
    """Return the ops that clear the links to the records in `gone`, on what is not itself in it."""
    return [
        put(record, touched(book, _without(record, gone)))
        for table, fields in HANGING.items()
        for uid, links in book.columns(TABLES[table], **dict.fromkeys(fields, Text))
        if uid not in gone and not gone.isdisjoint(links) and (record := book.get(table, uid)) is not None
    ]


def _without(record: R, gone: set[str]) -> R:
    """Return a record whose links to the records in `gone` are cleared."""
    links = {name: None for name in HANGING[TABLE_OF[type(record)]] if getattr(record, name) in gone}
    return replace(record, **links)  # type: ignore[arg-type]  # each of these fields may be None


@alone
def delete_for_good(book: Book, contact: str) -> Change:
    """Delete an archived contact. Interactions keep their other people; what hung on this contact alone goes.

    Introductions of which the contact was a part go; the exchanges with the others of it stay.
    """
    person = book.contact(contact)
    if not person.archived:
        raise BadInput(f"{person.name} is not archived; d archives first.")
    return book.change(f"{person.name} deleted for good", *without_contact(book, person))


def without_contact(book: Book, person: Contact) -> list[Op]:
    """Return the ops that delete a contact, and what hangs on nobody else."""
    contact = person.uid
    going: list[Record] = [person]
    ops: list[Op] = []
    for entry in book.timeline(contact):
        record = book.record(entry.uid)
        if isinstance(record, Interaction) and len(set(record.contacts)) > 1:
            others = tuple(uid for uid in record.contacts if uid != contact)
            ops.append(put(record, touched(book, replace(record, contacts=others))))
        else:
            going.append(record)
    going.extend(book.with_contact(Tie, contact))
    gone = {record.uid for record in going}
    ops.extend(_unlinked(book, gone))
    ops.extend(_snoozes_gone(book, gone))
    ops.extend(
        put(other, touched(book, replace(other, introduced_by=None)))
        for other in book.all(Contact)
        if other.introduced_by == contact and other.uid != contact
    )
    ops.extend(_forgotten(book, contact, gone))
    return [*map(drop, going), *ops]


def _forgotten(book: Book, contact: str, gone: set[str]) -> Iterable[Op]:
    """Yield the ops that take a contact out of the asks and goals of others."""
    for ask in book.all(Ask):
        if ask.target == contact and ask.uid not in gone:
            yield put(ask, touched(book, replace(ask, target=None)))
    for goal in book.all(Goal):
        if contact in (*goal.chain, *goal.told):
            chain, told = (tuple(uid for uid in uids if uid != contact) for uids in (goal.chain, goal.told))
            yield put(goal, touched(book, replace(goal, chain=chain, told=told)))
