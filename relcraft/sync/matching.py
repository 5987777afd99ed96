"""Which card is whose: by the state of the last sync, by UID, and as imports find people; never by the name alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from relcraft.book.knowing import Known
from relcraft.domain.card_files import CardFile
from relcraft.domain.records import Contact, SyncedCard
from relcraft.domain.text import clean_line
from relcraft.formats.vcard_writing import uid_of
from relcraft.sync.card_file import CardRead, read_card

UID = "uid"
"""Under this name the state of a card has its UID, beside its fields."""


@dataclass(slots=True)
class Pair:
    """A contact and its card; one of them may be missing."""

    contact: Contact | None = None
    row: SyncedCard | None = None
    """What both said when they were last in step; None: they never were."""
    file: CardFile | None = None


@dataclass(slots=True)
class Cards:
    """The files of a folder, each read at most once."""

    files: dict[str, CardFile]
    _read: dict[str, CardRead | str] = field(default_factory=dict)

    def read(self, file: CardFile) -> CardRead | str:
        """Return the card in a file, or why there is none to be used."""
        if file.trouble:
            return file.trouble
        if file.etag not in self._read:
            self._read[file.etag] = read_card(file.data)
        return self._read[file.etag]


def pairs_of(
    contacts: Mapping[str, Contact], rows: Iterable[SyncedCard], cards: Cards, left: list[tuple[str, str]]
) -> list[Pair]:
    """Return who belongs to which card. Files that fit nobody surely, or cannot be read, are told in `left`."""
    return _Matching(contacts, rows, cards, left).pairs()


class _Matching:
    def __init__(
        self, contacts: Mapping[str, Contact], rows: Iterable[SyncedCard], cards: Cards, left: list[tuple[str, str]]
    ) -> None:
        self._contacts, self._rows, self._cards, self._left = contacts, list(rows), cards, left
        self._free = dict(cards.files)
        self._pairs: dict[str, Pair] = {}
        """By the uid of the contact, be it gone."""

    def pairs(self) -> list[Pair]:
        """Return what was found: every contact, every known card and every new one."""
        for row in self._rows:
            self._pairs[row.contact] = Pair(self._contacts.get(row.contact), row)
        self._by_file_name()
        by_uid = self._uids_of_free_files()
        for pair in self._pairs.values():
            uid = _card_uid(pair.row)
            if pair.file is None and uid in by_uid:
                pair.file = self._free.pop(by_uid.pop(uid))
        new = [Pair(file=file) for file in self._unknown(by_uid)]
        self._hand_over()
        for uid, contact in self._contacts.items():
            self._pairs.setdefault(uid, Pair(contact))
        return [*self._pairs.values(), *new]

    def _by_file_name(self) -> None:
        for pair in self._pairs.values():
            row = pair.row
            file = self._free.get(row.file) if row is not None else None
            if row is None or file is None:
                continue
            if file.etag != row.etag:
                card = self._cards.read(file)
                if isinstance(card, CardRead) and card.uid != _card_uid(row):
                    continue
            pair.file = self._free.pop(file.name)

    def _uids_of_free_files(self) -> dict[str, str]:
        """Return the files without a contact by the UIDs of their cards; what is of no use is told and free no more."""
        found: dict[str, str] = {}
        for file in list(self._free.values()):
            card = self._cards.read(file)
            if isinstance(card, str):
                self._leave(file, card)
            elif card.uid and card.uid in found:
                self._leave(file, f"has the UID of {found[card.uid]}: one of the two can go")
            elif card.uid:
                found[card.uid] = file.name
        taken = {_card_uid(pair.row): pair.file for pair in self._pairs.values() if pair.file is not None}
        for uid in list(found):
            holder = taken.get(uid)
            if holder is not None:
                self._leave(self._free[found.pop(uid)], f"has the UID of {holder.name}: one of the two can go")
        return found

    def _unknown(self, by_uid: Mapping[str, str]) -> Iterator[CardFile]:
        """Find the contacts of cards that were in no sync yet; yield those that are nobody's."""
        known = Known(self._contacts.values())
        holders = {uid: contact for contact in self._contacts.values() for uid in (contact.uid, uid_of(contact))}
        names = {name: uid for uid, name in by_uid.items()}
        new: list[CardFile] = []
        for file in self._free.values():
            card = self._cards.read(file)
            assert isinstance(card, CardRead)  # noqa: S101 - the others were told and left
            holder = holders.get(names.get(file.name, ""))
            found = [] if holder is None else [holder.uid]
            found = found or known.from_sources(card.contact.sources) or known.same(card.contact)
            if not found:
                new.append(file)
            elif len(found) > 1:
                self._leave_unclear(file, found)
            elif self._has_card(found[0]):
                other = clean_line(self._contacts[found[0]].name)
                self._left.append((file.name, f"is a second card of {other}: unite the two there, or delete one"))
            else:
                pair = self._pairs.setdefault(found[0], Pair(self._contacts[found[0]]))
                pair.file = file
        yield from new

    def _has_card(self, uid: str) -> bool:
        return uid in self._pairs and self._pairs[uid].file is not None

    def _leave_unclear(self, file: CardFile, found: list[str]) -> None:
        names = ", ".join(clean_line(self._contacts[uid].name) for uid in found[:3])
        why = f"fits {len(found)} contacts ({names}): relcraft duplicates helps to unite them"
        self._left.append((file.name, why))

    def _leave(self, file: CardFile, why: str) -> None:
        self._left.append((file.name, why))
        del self._free[file.name]

    def _hand_over(self) -> None:
        """Give the card of a contact who is gone to the one who took over what imports know that contact by."""
        heirs = Known(contact for uid, contact in self._contacts.items() if not self._has_card(uid))
        for pair in list(self._pairs.values()):
            card = None if pair.contact is not None or pair.file is None else self._cards.read(pair.file)
            if not isinstance(card, CardRead):
                continue
            found = heirs.from_sources(card.contact.sources)
            if found and not self._has_card(found[0]):
                held = self._pairs.get(found[0])
                self._pairs[found[0]] = Pair(self._contacts[found[0]], None if held is None else held.row, pair.file)
                pair.file = None


def _card_uid(row: SyncedCard | None) -> str:
    said = None if row is None or row.card is None else row.card.get(UID)
    return said if isinstance(said, str) else ""
