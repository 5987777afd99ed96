"""Who a name could be: full names, nicknames, first names, addresses and beginnings, found at once."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line, fold

MOST = 50
"""A beginning that more people share than this is no name yet: the first of them stand for all."""
NEAR_ENOUGH = 80
"""Of 100: from here on two names may be one, misspelt."""


def _keys(contact: Contact) -> tuple[set[str], set[str], set[str]]:
    """Return the folded full names, short names and every beginning-bearing word of a contact."""
    full = {fold(clean_line(name)) for name in (contact.name, contact.sort_name) if name}
    words = fold(clean_line(contact.name)).split()
    short = {fold(clean_line(name)) for name in contact.nicknames}
    short.update(words[:1])
    return full, short, {*full, *short, *words}


class Names:
    """An index of names, kept in step with each change. Case and accents do not count."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._full: dict[str, list[str]] = {}
        self._short: dict[str, list[str]] = {}
        self._addresses: dict[str, list[str]] = {}
        self._beginnings: list[tuple[str, str]] = []
        self._near: dict[str, list[str]] = {}
        for contact in contacts:
            full, short, beginnings = _keys(contact)
            self._fill(contact, full, short)
            self._beginnings.extend((word, contact.uid) for word in beginnings)
        self._beginnings.sort()

    def _fill(self, contact: Contact, full: set[str], short: set[str]) -> None:
        for index, names in self._indexed(contact, full, short):
            for name in names:
                index.setdefault(name, []).append(contact.uid)

    def _indexed(
        self, contact: Contact, full: set[str], short: set[str]
    ) -> tuple[tuple[dict[str, list[str]], set[str]], ...]:
        """Return each index by whole names, and what of a contact stands in it."""
        addresses = {fold(clean_line(email)) for email in contact.emails if email}
        return (self._full, full), (self._short, short), (self._addresses, addresses)

    def add(self, contact: Contact) -> None:
        """Take in a contact."""
        full, short, beginnings = _keys(contact)
        self._fill(contact, full, short)
        for word in beginnings:
            insort(self._beginnings, (word, contact.uid))
        self._near.clear()

    def remove(self, contact: Contact) -> None:
        """Forget a contact, as it was when it was taken in."""
        full, short, beginnings = _keys(contact)
        for index, names in self._indexed(contact, full, short):
            for name in names:
                index[name].remove(contact.uid)
                if not index[name]:
                    del index[name]
        for word in beginnings:
            del self._beginnings[bisect_left(self._beginnings, (word, contact.uid))]
        self._near.clear()

    def named(self, text: str) -> Sequence[str]:
        """Return the uids that `text` names: by full name; nickname or first name; address; or a beginning."""
        name = fold(clean_line(text))
        if not name:
            return ()
        exact = self._full.get(name) or self._short.get(name) or self._addresses.get(name)
        if exact:
            return tuple(dict.fromkeys(exact))
        found: dict[str, None] = {}
        for position in range(bisect_left(self._beginnings, (name, "")), len(self._beginnings)):
            word, uid = self._beginnings[position]
            if not word.startswith(name) or len(found) == MOST:
                break
            found[uid] = None
        return tuple(found)

    def near(self, text: str) -> Sequence[str]:
        """Return at most five uids whose full or first name is nearly `text`, nearest first."""
        name = fold(clean_line(text))
        known = self._near.get(name)
        if known is None:
            known = self._near[name] = self._nearest(name)
        return known

    def _nearest(self, name: str) -> list[str]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  # only a near miss pays for it

        found: dict[str, float] = {}
        for index in (self._full, self._short):
            for word, score, _ in process.extract(
                name, index.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=5
            ):
                for uid in index[word]:
                    found[uid] = max(score, found.get(uid, 0.0))
        return sorted(found, key=lambda uid: -found[uid])[:5]
