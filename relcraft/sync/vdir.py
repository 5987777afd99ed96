"""A book and a folder of cards kept in step, both ways, against what both said when they last were.

Cards are written before the book is, so that a sync that is cut short is made good by the next one: what both sides
say by then is no change of either. A card that clashes is written after it, as the other side's word has to be kept
first. What one machine did with its folder is no matter of any other's: the state of a folder never travels.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b

from relcraft.book.alone import alone
from relcraft.book.knowing import Known
from relcraft.book.open import Book
from relcraft.book.verbs import stamped, touched
from relcraft.domain.card_files import CardFile, ChangedThere, etag_of
from relcraft.domain.changes import Change, Op, drop, put
from relcraft.domain.contents import Key, Tombstone
from relcraft.domain.documents import TABLE_OF, from_document, to_document, write_instant
from relcraft.domain.records import Contact, OtherSide, SyncedCard
from relcraft.domain.text import clean, clean_line
from relcraft.domain.versions import conflict_of
from relcraft.sync.card_file import CardRead, file_name, foreign, new_card
from relcraft.sync.folder import CardFolder, SyncReport
from relcraft.sync.matching import UID, Cards, Pair, pairs_of
from relcraft.sync.questions import refuse_what_is_odd
from relcraft.sync.said import Said, as_card_says, changed, said_by, together, trace_of, with_said

_TRIES = 5
"""How often a card that other programs keep changing is read again."""
_CONFLICTS = TABLE_OF[OtherSide]


@dataclass(slots=True)
class _Work:
    """What is to be done in the book, and in the folder after it."""

    ops: list[Op] = field(default_factory=list)
    traces: list[Op] = field(default_factory=list)
    """State that only tells what need not be read again: kept along with something, never alone."""
    late: list[tuple[CardFile, CardRead, SyncedCard, Said]] = field(default_factory=list)
    """Cards that clashed: the file, what it is to be, its new state and what it said."""


def sync(
    book: Book, folder: CardFolder, *, dry_run: bool = False, force: bool = False
) -> tuple[SyncReport, Change | None]:
    """Bring a book and a folder in step: one change of the book at most, one undo. Nothing is written where all is.

    Raises `TooMuchGone` where many cards, or the contacts of many cards, are gone, and `NoFolderOfCards` where one that
    is new has files and no card (neither with `force`); `BadBook` where there is no folder; `NotKept` as every verb
    does, and where a card cannot be written.
    """
    if dry_run:
        return _Sync(book, folder, force=force, dry_run=True).run()
    return _alone(book, folder, force=force)


@alone
def _alone(book: Book, folder: CardFolder, *, force: bool) -> tuple[SyncReport, Change | None]:
    return _Sync(book, folder, force=force, dry_run=False).run()


class _Sync:
    def __init__(self, book: Book, folder: CardFolder, *, force: bool, dry_run: bool) -> None:
        self._book, self._folder, self._force, self._dry_run = book, folder, force, dry_run
        self._report = SyncReport(folder.name)
        self._cards = Cards({file.name: file for file in folder.cards()})
        everybody = {one.uid: one for archived in (False, True) for one in book.contacts(archived=archived)}
        self._contacts = {uid: one for uid, one in everybody.items() if uid == clean(uid)}  # as records name each other
        odd = (everybody[uid] for uid in everybody.keys() - self._contacts.keys())
        self._report.left += sorted((clean_line(one.name), "has a uid with signs that no text may have") for one in odd)
        self._known: Known | None = None
        self._tombstones: Mapping[Key, Tombstone] | None = None
        self._work = _Work()

    def run(self) -> tuple[SyncReport, Change | None]:
        """Do it."""
        rows = [row for row in self._book.all(SyncedCard) if row.folder == self._folder.key]
        pairs = pairs_of(self._contacts, rows, self._cards, self._report.left)
        if not self._force:
            refuse_what_is_odd(self._folder, rows, self._cards.files, pairs)
        for pair in pairs:
            self._take(pair)
        return self._report, None if self._dry_run else self._keep()

    # One pair

    def _take(self, pair: Pair) -> None:
        """Bring one pair in step, and again where its card changes under our hands."""
        for _try in range(_TRIES):
            try:
                self._bring(pair)
            except ChangedThere:
                name = "" if pair.file is None else pair.file.name
                pair.file = self._folder.read(name) if name else None
            else:
                return
        name = pair.file.name if pair.file is not None else self._folder.name
        self._report.left.append((name, "is being changed by another program: the next sync takes it"))

    def _bring(self, pair: Pair) -> None:
        contact, row, file = pair.contact, pair.row, pair.file
        if contact is None:
            self._without_contact(row, file)
        elif file is None:
            self._without_card(contact, row)
        elif row is not None and file.etag == row.etag and trace_of(contact) == row.said:
            self._report.in_step += 1
            if file.name != row.file:
                self._work.traces.append(put(row, replace(row, file=file.name)))
        else:
            card = self._cards.read(file)
            if isinstance(card, str):
                self._report.left.append((file.name, card))
            else:
                self._with_both(contact, row, file, card)

    def _without_contact(self, row: SyncedCard | None, file: CardFile | None) -> None:
        card = None if file is None else self._cards.read(file)
        if file is None:
            if row is not None:
                self._work.traces.append(drop(row))
            return
        if isinstance(card, str):
            self._report.left.append((file.name, card))
        elif row is not None and card is not None and _is_as(row, file, card):
            self._remove(file)
            self._report.deleted.append(clean_line(card.contact.name))
            self._work.ops.append(drop(row))
        elif card is not None:
            if row is not None:
                self._work.ops.append(drop(row))
            self._add(file, card)

    def _add(self, file: CardFile, card: CardRead) -> None:
        """Take in who is on a new card."""
        if self._known is None:
            self._known = Known(self._contacts.values())
        contact = replace(self._known.introduced(card.contact), uid=self._uid_for(card))
        new = stamped(self._book, contact)
        self._report.added.append(clean_line(new.name))
        self._report.in_step += 1
        self._work.ops += [put(None, new), put(None, self._row(new, file.name, file.etag, card))]

    def _uid_for(self, card: CardRead) -> str:
        """Return a uid that follows from the card's, so that two machines that take it in have one contact of it."""
        uid = blake2b(f"vcard:{card.uid}".encode("utf-8", "replace"), digest_size=16).hexdigest()
        if self._tombstones is None:
            self._tombstones = self._book.contents().tombstones
        taken = not card.uid or uid in self._contacts or ("contacts", uid) in self._tombstones
        return self._book.new_uid() if taken else uid

    def _without_card(self, contact: Contact, row: SyncedCard | None) -> None:
        name = clean_line(contact.name)
        if contact.archived:
            if row is not None:
                self._work.ops.append(drop(row))
            return
        if row is not None and (trace_of(contact) == row.said or not changed(as_card_says(contact), _said_in(row))):
            self._work.ops += [put(contact, touched(self._book, replace(contact, archived=True))), drop(row)]
            self._report.archived.append(name)
            return
        card = new_card(contact, as_card_says(contact))
        if card is None:
            self._report.left.append((name, "has no name that a card could have"))
            return
        file = self._create(contact, card)
        self._report.created.append(name)
        self._report.in_step += 1
        self._work.ops.append(put(row, self._row(contact, file.name, file.etag, card)))

    def _create(self, contact: Contact, card: CardRead) -> CardFile:
        data = card.data()
        name, another = file_name(card.uid, contact.uid), f"{self._book.new_uid()}.vcf"
        if name in self._cards.files:
            name = another
        if not self._dry_run:
            try:
                self._folder.put(name, data, None)
            except ChangedThere:
                name = another
                self._folder.put(name, data, None)
        return CardFile(name, data, etag_of(data), self._book.now)

    def _remove(self, file: CardFile) -> None:
        if not self._dry_run:
            self._folder.remove(file.name, file.etag)

    def _with_both(self, contact: Contact, row: SyncedCard | None, file: CardFile, card: CardRead) -> None:
        here, there = as_card_says(contact), card.said
        never_written = row is not None and bool(row.was) and file.etag == row.was
        base = there if never_written else None if row is None else _said_in(row)
        later = contact.updated >= (card.revised or file.changed)
        both = together(base, here, there, here_is_later=later)
        final = card.saying(both.said) if changed(there, both.said) else card
        final = final or card
        writes = bool(changed(there, final.said))
        after = self._agreed(contact, here, final)
        data = final.data() if writes else file.data
        new_row = self._row(after, file.name, etag_of(data), final)
        if writes and not both.clashes and not self._dry_run:
            self._folder.put(file.name, data, file.etag)
        self._tell(contact, here, there, final, both.clashes)
        if after != contact:
            self._work.ops.append(put(contact, after))
        if both.clashes:
            other = (there, card.revised or file.changed) if later else (here, contact.updated)
            self._work.ops.extend(self._conflict(after, both.clashes, *other))
        if both.clashes and writes:
            new_row = replace(new_row, was=file.etag)
            self._work.late.append((file, final, new_row, there))
        news = row is None or writes or after != contact or both.clashes or changed(_said_in(row), final.said)
        (self._work.ops if news else self._work.traces).append(put(row, new_row))

    def _agreed(self, contact: Contact, here: Said, final: CardRead) -> Contact:
        """Return the contact as it says what the card says; unchanged where it does so."""
        after = with_said(contact, here, final.said)
        if foreign(final.contact.vcard) != foreign(contact.vcard):
            after = replace(after, vcard=final.contact.vcard)
        if after != contact or (final.uid and final.uid != contact.uid):
            missing = [key for key in final.contact.sources if key not in contact.sources and final.uid != contact.uid]
            after = replace(after, sources=(*after.sources, *missing))
        return after if after == contact else touched(self._book, after)

    def _conflict(self, after: Contact, fields: tuple[str, ...], other: Said, moment: datetime) -> Iterator[Op]:
        """Yield what keeps the other side's word, unless it waits already."""
        document = to_document(
            with_said(after, said_by(after), {**said_by(after), **{f: other.get(f) for f in fields}})
        )
        at = write_instant(moment.astimezone(UTC))
        conflict = conflict_of("contacts", after.uid, {**document, "updated": at}, at, fields)
        if self._book.get(_CONFLICTS, conflict["uid"]) is None:
            yield Op(_CONFLICTS, conflict["uid"], None, conflict)

    def _tell(self, contact: Contact, here: Said, there: Said, final: CardRead, clashes: tuple[str, ...]) -> None:
        name = clean_line(contact.name)
        self._report.in_step += 1
        for told, fields in (
            (self._report.changed, changed(here, final.said)),
            (self._report.written, changed(there, final.said)),
            (self._report.conflicts, clashes),
        ):
            if fields:
                told.append((name, fields))

    def _row(self, contact: Contact, file: str, etag: str, card: CardRead) -> SyncedCard:
        return SyncedCard(
            uid=f"{self._folder.key}-{contact.uid}",
            folder=self._folder.key,
            contact=contact.uid,
            file=file,
            card={UID: card.uid, **card.said},
            etag=etag,
            said=trace_of(contact),
        )

    # Keeping it

    def _keep(self) -> Change | None:
        if not self._work.ops:
            return None
        self._folder.settle()
        change = self._book.change(f"sync with {clean_line(self._folder.name)}", *self._work.ops, *self._work.traces)
        lost = []
        for file, final, row, there in self._work.late:
            try:
                self._folder.put(file.name, final.data(), file.etag)
            except ChangedThere:
                said = {UID: final.uid, **there}
                lost.append(put(row, replace(row, card=said, etag=file.etag, was="")))
                self._report.left.append((file.name, "is being changed by another program: the next sync takes it"))
        if self._work.late:
            self._folder.settle()
        if lost:
            self._book.change(f"sync with {clean_line(self._folder.name)}: cards that wait", *lost)
        return change


def _said_in(row: SyncedCard) -> Said:
    """Return what both said when they were last in step, as this version understands it."""
    return said_by(from_document(Contact, {**(row.card or {}), "uid": ""}))


def _is_as(row: SyncedCard, file: CardFile, card: CardRead) -> bool:
    return file.etag == row.etag or not changed(card.said, _said_in(row))
