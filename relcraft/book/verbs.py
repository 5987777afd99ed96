"""The verbs of a book: one for each thing that a user can do, shared by the keys and the command line.

Each makes one change, durable when the verb returns. Each raises `NotKept` where it could not be kept, and `BadInput`
where a record cannot be as it was given.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC
from typing import TypeVar

from relcraft.book.open import Book
from relcraft.domain.changes import Change, Op, drop, put
from relcraft.domain.dates import tell_cadence, tell_day_fully
from relcraft.domain.errors import BadInput
from relcraft.domain.records import Contact, Date, Exchange, FollowUp, Interaction, Record, Snooze
from relcraft.domain.steps import first_name
from relcraft.domain.text import clean_line, fold
from relcraft.domain.words import Circle, Direction, Initiator, InteractionKind

R = TypeVar("R", bound=Record)


def stamped(book: Book, record: R) -> R:
    """Return a new record as it is to be stored: with a uid of its own and the present moment."""
    now = book.now.astimezone(UTC)
    return replace(record, uid=record.uid or book.new_uid(), created=now, updated=now)


def touched(book: Book, record: R) -> R:
    """Return a changed record as it is to be stored."""
    return replace(record, updated=book.now.astimezone(UTC))


def names_of(book: Book, uids: Sequence[str]) -> str:
    """Return the contacts as a title names them: "Grace Hopper", "Grace and Raj", "Grace and 3 others"."""
    return names_told([record for uid in uids if isinstance(record := book.get("contacts", uid), Contact)]) or "nobody"


def names_told(people: Sequence[Contact]) -> str:
    """Return people as `names_of` does; nobody: empty."""
    if len(people) < 2:
        return people[0].name if people else ""
    first = first_name(people[0])
    return f"{first} and {first_name(people[1])}" if len(people) == 2 else f"{first} and {len(people) - 1} others"


def interaction_told(kind: InteractionKind, names: str) -> str:
    """Return an interaction as a toast names it: "coffee with Grace Hopper"; with nobody, its kind."""
    return f"{kind} {'about' if kind is InteractionKind.NOTE else 'with'} {names}" if names else str(kind)


def title_of(book: Book, record: Record) -> str:
    """Return a record as a toast names it: "coffee with Grace Hopper"."""
    match record:
        case Contact():
            return record.name
        case Interaction():
            return interaction_told(record.kind, names_of(book, record.contacts) if record.contacts else "")
        case Exchange():
            way = "to" if record.direction is Direction.GIVEN else "from"
            return f"{record.kind} {record.direction} {way} {names_of(book, (record.contact,))}"
        case FollowUp():
            return f'follow-up "{record.text}"' if record.text else "a follow-up"
        case _:
            return "a snooze"


def check(book: Book, record: Record) -> None:
    """Raise `BadInput` where a record cannot be stored as it is."""
    match record:
        case Contact():
            if not clean_line(record.name):
                raise BadInput("A contact needs a name.")
            if record.cadence_days is not None and not 0 <= record.cadence_days <= 36_500:
                raise BadInput("A cadence is a number of days from 0 (never due) to 36500.")
        case Interaction():
            _all_known(book, record.contacts)
        case Exchange():
            _all_known(book, (record.contact,))
            for moment, on in (("Thanked", record.thanked_on), ("Outcome told", record.outcome_told_on)):
                if on is not None and on < record.date:
                    told = f"{moment} on {tell_day_fully(on)} is before the exchange itself"
                    raise BadInput(f"{told}, on {tell_day_fully(record.date)}.")
        case FollowUp():
            _all_known(book, () if record.contact is None else (record.contact,))
        case _:
            pass


def _all_known(book: Book, uids: Sequence[str]) -> None:
    if any(book.get("contacts", uid) is None for uid in uids):
        raise BadInput("That contact is no longer in the book.")


def _add(book: Book, record: R) -> R:
    check(book, record)
    new = stamped(book, record)
    book.change(title_of(book, new), put(None, new))
    return new


def add_contact(book: Book, contact: Contact) -> Contact:
    """Add a person; `contact.uid` is empty."""
    return _add(book, contact)


def log_interaction(book: Book, interaction: Interaction) -> Interaction:
    """Add an interaction."""
    return _add(book, interaction)


def add_exchange(book: Book, exchange: Exchange) -> Exchange:
    """Add an exchange."""
    return _add(book, exchange)


def add_follow_up(book: Book, follow_up: FollowUp) -> FollowUp:
    """Add a follow-up."""
    return _add(book, follow_up)


def edit(book: Book, old: Record, new: Record) -> Change:
    """Put `new` in the place of `old`, which is the record as the user saw it when the editing began."""
    check(book, new)
    return book.change(f"edit of {title_of(book, new)}", put(old, touched(book, new)))


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


def archive(book: Book, uids: Sequence[str], *, archived: bool = True) -> Change:
    """Put contacts into the archive, or take them out of it."""
    word = "archived" if archived else "out of the archive"
    return _each_contact(book, uids, lambda one: replace(one, archived=archived), f"{names_of(book, uids)} {word}")


def set_circle(book: Book, uids: Sequence[str], circle: Circle | None) -> Change:
    """Set the circle of contacts; None takes it away."""
    title = f"{names_of(book, uids)}: {circle or 'no'} circle"
    return _each_contact(book, uids, lambda one: replace(one, circle=circle), title)


def set_cadence(book: Book, uids: Sequence[str], days: int | None) -> Change:
    """Set how often to be in touch with contacts; None: as the circle says; 0: never due."""
    often = "as often as the circle says" if days is None else tell_cadence(days) if days else "never due"
    return _each_contact(book, uids, lambda one: replace(one, cadence_days=days), f"{names_of(book, uids)}: {often}")


def has_tag(contact: Contact, tag: str) -> bool:
    """Whether a contact has a tag; case and accents do not count, as in every search."""
    return fold(tag) in map(fold, contact.tags)


def add_tag(book: Book, uids: Sequence[str], tag: str) -> Change:
    """Give contacts a tag; one that differs in case alone is the same."""
    word = clean_line(tag).removeprefix("#").replace(" ", "-")
    if not word:
        raise BadInput("A tag needs a letter.")

    def tagged(one: Contact) -> Contact:
        return one if has_tag(one, word) else replace(one, tags=(*one.tags, word))

    return _each_contact(book, uids, tagged, f"#{word} on {names_of(book, uids)}")


def remove_tag(book: Book, uids: Sequence[str], tag: str) -> Change:
    """Take a tag from contacts, however it is written."""
    word = clean_line(tag).removeprefix("#")

    def untagged(one: Contact) -> Contact:
        return replace(one, tags=tuple(each for each in one.tags if fold(each) != fold(word)))

    return _each_contact(book, uids, untagged, f"#{word} off {names_of(book, uids)}")


def finish(book: Book, follow_up: str, on: Date) -> Change:
    """Note that a follow-up was done."""
    old = book.follow_up(follow_up)
    return book.change(f"{title_of(book, old)} done", put(old, touched(book, replace(old, done_on=on))))


def reopen(book: Book, follow_up: str) -> Change:
    """Note that a follow-up is not done after all."""
    old = book.follow_up(follow_up)
    return book.change(f"{title_of(book, old)} open again", put(old, touched(book, replace(old, done_on=None))))


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


def _several_titled(book: Book, records: Sequence[Record]) -> str:
    if len(records) == 1:
        return title_of(book, records[0])
    people = [record.uid for record in records if isinstance(record, Contact)]
    return names_of(book, people) if len(people) == len(records) else f"{len(records)} entries"


def delete(book: Book, uids: Sequence[str]) -> Change:
    """Delete interactions, exchanges or follow-ups at once. What hung on a deleted interaction stays, unlinked."""
    records = [book.record(uid) for uid in dict.fromkeys(uids)]
    if not records:
        raise BadInput("Nothing is selected.")
    if any(isinstance(record, Contact) for record in records):
        raise BadInput("A contact is archived, not deleted; an archived one can be deleted for good.")
    ops = [drop(record) for record in records]
    gone = {record.uid for record in records}
    ops.extend(_unlinked(book, gone))
    ops.extend(_snoozes_ended(book, records))
    return book.change(f"deleted {_several_titled(book, records)}", *ops)


def _unlinked(book: Book, gone: set[str]) -> list[Op]:
    """Return the ops that clear the links to the interactions in `gone`, on what is not itself in it."""
    staying = (record for record in book.hanging_on(gone) if record.uid not in gone)
    return [put(record, touched(book, replace(record, interaction=None))) for record in staying]


def delete_for_good(book: Book, contact: str) -> Change:
    """Delete an archived contact. Interactions keep their other people; what hung on this contact alone goes."""
    person = book.contact(contact)
    if not person.archived:
        raise BadInput(f"{person.name} is not archived; d archives first.")
    going: list[Record] = [person]
    ops: list[Op] = []
    for entry in book.timeline(contact):
        record = book.record(entry.uid)
        if isinstance(record, Interaction) and len(set(record.contacts)) > 1:
            others = tuple(uid for uid in record.contacts if uid != contact)
            ops.append(put(record, touched(book, replace(record, contacts=others))))
        else:
            going.append(record)
    gone = {record.uid for record in going}
    ops.extend(_unlinked(book, gone))
    ops.extend(_snoozes_ended(book, going))
    ops.extend(
        put(other, touched(book, replace(other, introduced_by=None)))
        for other in book.all(Contact)
        if other.introduced_by == contact and other.uid != contact
    )
    return book.change(f"{person.name} deleted for good", *(drop(record) for record in going), *ops)
