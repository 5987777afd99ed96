"""How warm and how even each relationship is today: computed when somebody looks, kept until something changes it."""

from collections.abc import Iterable, Mapping

from relcraft.book.links import Days, Links
from relcraft.book.shelf import Shelf
from relcraft.domain.balance import Balance, Weights, balance, within_a_year
from relcraft.domain.records import Contact, Date, Exchange, Interaction, Snooze
from relcraft.domain.warmth import LastContact, WarmthReading, last_contact, later_contact, read_warmth
from relcraft.domain.words import Circle


class Readings:
    """The readings of one day. Another day needs another one of these."""

    def __init__(
        self,
        today: Date,
        weights: Weights,
        cadences: Mapping[Circle, int],
        *,
        contacts: Shelf[Contact],
        interactions: Shelf[Interaction],
        exchanges: Shelf[Exchange],
        snoozes: Shelf[Snooze],
        links: Links,
    ) -> None:
        self.today = today
        self._weights = weights
        self._cadences = cadences
        self._contacts = contacts
        self._interactions = interactions
        self._exchanges = exchanges
        self._links = links
        self._days = Days()
        self._snoozed: dict[str, dict[str, Snooze]] = {}
        for snooze in snoozes:
            self._snoozed.setdefault(snooze.of, {})[snooze.uid] = snooze
        self._last: dict[str, LastContact | None] = dict(links.last_contacts(today))
        self._warmth: dict[str, WarmthReading] = {}
        self._balance: dict[str, Balance] = {}
        self._nothing = balance((), today, weights)

    def forget(self, contacts: Iterable[str]) -> None:
        """Drop what was computed for these contacts."""
        for contact in contacts:
            self._warmth.pop(contact, None)
            self._balance.pop(contact, None)

    def follow(self, contacts: Iterable[str], old: Interaction | None, new: Interaction | None) -> None:
        """Follow an interaction with these contacts from `old` to `new`. A new one costs no look at the others."""
        for contact in contacts:
            known = self._last.pop(contact, None)
            if known is not None and old is None and new is not None:
                self._last[contact] = later_contact(known, last_contact((new,), self.today))

    def snoozes_of(self, uid: str) -> list[Snooze]:
        """Return the snoozes of a record, the longest first: two programs may have begun one each."""
        return sorted(self._snoozed.get(uid, {}).values(), key=lambda snooze: snooze.until, reverse=True)

    def snooze(self, old: Snooze | None, new: Snooze | None) -> list[str]:
        """Follow a snooze from `old` to `new`; return the uids that it is about."""
        if old is not None:
            self._snoozed[old.of].pop(old.uid)
        if new is not None:
            self._snoozed.setdefault(new.of, {})[new.uid] = new
        return [snooze.of for snooze in (old, new) if snooze is not None]

    def warmth(self, contact: str) -> WarmthReading:
        """Return how warm the relationship with a contact is. Raises KeyError where there is no such contact."""
        known = self._warmth.get(contact)
        if known is None:
            snoozes = self.snoozes_of(contact)
            until = snoozes[0].until if snoozes else None
            person = self._contacts[contact]
            last = self._last_contact(contact)
            known = read_warmth(person, last, self.today, until, self._cadences)
            self._warmth[contact] = known
        return known

    def _last_contact(self, contact: str) -> LastContact | None:
        if contact not in self._last:
            met = (self._interactions[uid] for uid in self._links.of("interactions", contact))
            self._last[contact] = last_contact(met, self.today)
        return self._last[contact]

    def balance(self, contact: str) -> Balance:
        """Return how give and take stand with a contact."""
        known = self._balance.get(contact)
        if known is None:
            uids = self._links.of("exchanges", contact)
            known = (
                balance([self._exchanges[uid] for uid in uids], self.today, self._weights) if uids else self._nothing
            )
            self._balance[contact] = known
        return known

    def frequency(self, contact: str) -> int:
        """Return `balance(contact).frequency`, without reading the exchanges."""
        documents = (self._exchanges.documents[uid] for uid in self._links.of("exchanges", contact))
        days = (self._days.read(document.get("date")) for document in documents)
        return sum(day <= self.today and within_a_year(day, self.today) for day in days)
