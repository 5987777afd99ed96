"""Whom an import means: the contacts of the book and those of earlier rows, found by all that tells a person."""

from collections.abc import Iterable
from dataclasses import replace

from relcraft.domain.identity import address_keys, email_key, link_key, name_key, own_key, profile_key
from relcraft.domain.records import Contact
from relcraft.domain.resemblance import are_two
from relcraft.domain.text import fold


class Known:
    """Everybody that a row could be: the book's contacts and those of earlier rows, by all that tells a person."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self.contacts: dict[str, Contact] = {}
        self._by_source: dict[str, str] = {}
        self._by_both: dict[tuple[str, str], dict[str, None]] = {}
        self._by_name: dict[str, dict[str, None]] = {}
        self._by_address: dict[str, dict[str, None]] = {}
        for contact in contacts:
            self.learn(contact)

    def learn(self, contact: Contact) -> None:
        """Know `contact` as it is now."""
        uid, name = contact.uid, name_key(contact.name)
        self.contacts[uid] = contact
        self._by_source[own_key(uid)] = uid
        self._by_source.setdefault(f"vcard:{uid}", uid)  # the card that was made of it
        for source in contact.sources:
            self._by_source.setdefault(source, uid)
        if name:
            self._by_name.setdefault(name, {})[uid] = None
        for key in address_keys(contact):
            self._by_address.setdefault(key, {})[uid] = None
            if name:
                self._by_both.setdefault((name, key), {})[uid] = None

    def from_sources(self, sources: Iterable[str]) -> list[str]:
        """Return the uids that imports left these keys at."""
        return list(dict.fromkeys(self._by_source[source] for source in sources if source in self._by_source))

    def introduced(self, contact: Contact) -> Contact:
        """Return `contact` introduced by somebody of this book; who is not in it is left out."""
        by = contact.introduced_by
        if by is None or by in self.contacts:
            return contact
        found = self._by_source.get(own_key(by))
        return replace(contact, introduced_by=None if found == contact.uid else found)

    def same(self, contact: Contact) -> list[str]:
        """Return the uids with the same name and one address, phone or profile link in common, and nothing against it.

        Father and son have one name and one phone: their birthdays or profiles say that they are two.
        """
        name = name_key(contact.name)
        found = dict.fromkeys(uid for key in address_keys(contact) for uid in self._by_both.get((name, key), ()))
        return [uid for uid in found if not are_two(self.contacts[uid], contact)]

    def alike(self, contact: Contact) -> tuple[str, str] | None:
        """Return whom `contact` may be, and why: something in common, but not enough."""
        for key, words in address_keys(contact).items():
            for uid in self._by_address.get(key, ()):
                return uid, f"{self.contacts[uid].name} has {words} as well, under another name"
        uid = next(iter(self._by_name.get(name_key(contact.name), ())), "")
        return (uid, f"{self.contacts[uid].name} has the same name, and nothing else in common") if uid else None

    def meant(self, person: Contact) -> list[str]:
        """Return whom a record means by `person`: nobody, one, or several of whom it could be each.

        By the key that an import left; else by an address, phone or profile link, unless the names have nothing in
        common; else by the same name, unless the links of one site say that it is somebody else.
        """
        found = self.from_sources(person.sources)
        if found:
            return found
        having = dict.fromkeys(uid for key in address_keys(person) for uid in self._by_address.get(key, ()))
        found = [uid for uid in having if _may_share_a_name(self.contacts[uid], person)]
        if len(found) > 1:
            same = [uid for uid in found if name_key(self.contacts[uid].name) == name_key(person.name)]
            found = same or found
        if found:
            return found
        named = self._by_name.get(name_key(person.name), {}) if name_key(person.name) else {}
        return [uid for uid in named if not _are_two(self.contacts[uid], person)]

    def is_sure(self, uid: str, person: Contact) -> bool:
        """Whether a record certainly means this contact: not where only the name says so, and both have addresses."""
        contact = self.contacts[uid]
        if self.from_sources(person.sources) or set(address_keys(contact)) & set(address_keys(person)):
            return True
        return not (set(map(email_key, contact.emails)) and set(map(email_key, person.emails)))


def _may_share_a_name(contact: Contact, person: Contact) -> bool:
    """Whether two names have a word in common; a name that is missing, or is an address, says nothing."""
    named = [each for each in (name_key(person.name),) if each and "@" not in person.name]
    if not named:
        return True
    words = {word for name in (contact.name, *contact.nicknames) for word in name_key(name).split()}
    return not words or bool(words & set(named[0].split())) or fold(contact.name) == fold(person.name)


def _are_two(contact: Contact, person: Contact) -> bool:
    """Whether profile links of one site say that these are two people."""
    theirs = _profiles(person.urls)
    return any(theirs.get(site, key) != key for site, key in _profiles(contact.urls).items())


def _profiles(urls: Iterable[str]) -> dict[str, str]:
    """Return the profile links by their site."""
    keys = (link_key(url) for url in urls if profile_key(url))
    return {key.partition("/")[0]: key for key in keys}
