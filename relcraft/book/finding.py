"""Finding people in the open book: by name, by filter, in an order. Kept in step with each change."""

from collections.abc import Callable, Iterable

from relcraft.book.names import Names
from relcraft.book.readings import Readings
from relcraft.book.searching import Facts, Order, Ranking, haystack, sort_key, words_of
from relcraft.book.shelf import Shelf
from relcraft.domain.records import Contact


class Finding:
    """Indexes over the contacts, each built when it is first needed."""

    def __init__(self, contacts: Shelf[Contact], readings: Callable[[], Readings]) -> None:
        """`readings` returns those of today."""
        self._contacts = contacts
        self._readings = readings
        self._names: Names | None = None
        self._haystacks: dict[str, str] = {}
        self._narrowed: tuple[str, list[str]] | None = None
        self._rankings: dict[Order, Ranking] = {}

    def names(self) -> Names:
        """Return the index of names."""
        if self._names is None:
            self._names = Names(self._contacts)
        return self._names

    def turn_day(self) -> None:
        """Forget the orders of another day."""
        self._rankings.clear()
        self._narrowed = None

    def rename(self, old: Contact | None, new: Contact | None) -> None:
        """Follow a contact from `old` to `new`, None where there is none."""
        if self._names is not None:
            if old is not None:
                self._names.remove(old)
            if new is not None:
                self._names.add(new)
        for contact in (old, new):
            if contact is not None:
                self._haystacks.pop(contact.uid, None)

    def move(self, uids: Iterable[str]) -> None:
        """Put contacts, whose readings changed, where they belong in each order."""
        self._narrowed = None
        for ranking in self._rankings.values():
            for uid in uids:
                ranking.move(uid, there=uid in self._contacts)

    def search(self, text: str, *, archived: bool) -> list[str]:
        """Return the uids of the contacts that meet every word of the filter `text`, in no order."""
        plain, tests = words_of(text)
        found = self._candidates(text, archived=archived)
        if plain:
            haystacks = self._all_haystacks()
            for word in plain:
                found = [uid for uid in found if word in haystacks[uid]]
        contacts = self._contacts
        found = [uid for uid in found if contacts[uid].archived is archived]
        if tests:
            readings = self._readings()
            today, warmth, balance = readings.today, readings.warmth, readings.balance
            facts = ((uid, Facts(contacts[uid], today, warmth, balance)) for uid in found)
            found = [uid for uid, known in facts if all(test(known) for test in tests)]
        self._narrowed = None if archived else (text, found)
        return found

    def _candidates(self, text: str, *, archived: bool) -> list[str]:
        """A longer filter of plain words can only narrow what the shorter one left."""
        is_plain = not {":", '"'} & set(text)
        if self._narrowed is not None and not archived and is_plain and text.startswith(self._narrowed[0]):
            return self._narrowed[1]
        return list(self._contacts.documents)

    def prepare(self) -> None:
        """Fold what the filter looks through, before the first letter is typed."""
        self._all_haystacks()

    def _all_haystacks(self) -> dict[str, str]:
        """Return what plain words look through, by uid: folded once, and again for who changed."""
        known = self._haystacks
        if len(known) < len(self._contacts):
            for uid in self._contacts.documents:
                if uid not in known:
                    known[uid] = haystack(self._contacts[uid])
        return known

    def ordered(self, uids: Iterable[str] | None, by: Order) -> list[str]:
        """Return contacts in an order: those of `uids`, or (None) all that are not archived."""
        readings = self._readings()
        ranking = self._rankings.get(by)
        if ranking is None:
            ranking = Ranking(self._contacts.documents, lambda uid: self._key(uid, by, readings))
            self._rankings[by] = ranking
        if uids is None:
            return [uid for uid in ranking if not self._contacts[uid].archived]
        wanted = set(uids)
        return [uid for uid in ranking if uid in wanted]

    def _key(self, uid: str, by: Order, readings: Readings) -> tuple[float, float, str]:
        return sort_key(by, self._contacts[uid], readings.warmth, readings.frequency)
