"""What a contact and a card say in the fields that both have, and how two sayings that parted become one, by field."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from relcraft.domain.documents import from_document, to_document
from relcraft.domain.identity import email_key, link_key, name_key, phone_key
from relcraft.domain.records import Contact
from relcraft.domain.text import fold
from relcraft.formats.vcard import contact_of_lines
from relcraft.formats.vcard_writing import CARD_FIELDS, lines_of

Said = Mapping[str, Any]
"""JSON values by the field's name; a field of which nothing is said is left out."""

_LISTS: Mapping[str, Callable[[str], str]] = {
    "nicknames": fold,
    "emails": email_key,
    "phones": lambda phone: phone_key(phone) or phone,
    "urls": link_key,
    "tags": fold,
}
"""Lists of which each item stands for itself, and by what two items are the same."""


@dataclass(frozen=True, slots=True)
class Together:
    """What two sides say together."""

    said: Said
    clashes: tuple[str, ...] = ()
    """The fields that both changed, each to its own value: the later one's stands."""


def said_by(contact: Contact) -> Said:
    """Return what a contact that was read from a card says."""
    document = to_document(contact)
    return {field: document[field] for field in CARD_FIELDS if document.get(field)}


def as_card_says(contact: Contact) -> Said:
    """Return what a card of this contact would say: what a card cannot say of it is left out."""
    document = to_document(contact)
    said = {field: document[field] for field in ("uid", *CARD_FIELDS) if field in document}
    read = contact_of_lines(lines_of(from_document(Contact, said), "3.0"))
    return {} if read is None else said_by(read)


def trace_of(contact: Contact) -> str:
    """Return a hash of all that a contact says in the fields that cards have."""
    document = to_document(contact)
    said = json.dumps([document.get(field) for field in CARD_FIELDS], ensure_ascii=True, default=str)
    return blake2b(said.encode(), digest_size=12).hexdigest()


def same(field: str, one: Any, other: Any) -> bool:
    """Whether two values say the same: the order of a list says nothing."""
    if field in _LISTS:
        return set(one or ()) == set(other or ())
    return bool((one or "") == (other or ""))


def changed(one: Said, other: Said) -> tuple[str, ...]:
    """Return the fields in which two differ."""
    return tuple(field for field in CARD_FIELDS if not same(field, one.get(field), other.get(field)))


def together(base: Said | None, here: Said, there: Said, *, here_is_later: bool) -> Together:
    """Return what both sides say since they said `base`; None: nobody knows what they said before.

    What one side changed stands, and of lists each item by itself. What both changed, each to its own, clashes. Without
    a base, what one side alone says stands, lists are joined, and different words clash.
    """
    said: dict[str, Any] = {}
    clashes: list[str] = []
    for field in CARD_FIELDS:
        was, mine, other = (side.get(field) for side in (base or {}, here, there))
        value: Any
        if field in _LISTS:
            value = _joined(was if base is not None else None, mine or [], other or [], _LISTS[field])
        elif same(field, mine, other) or (_same_words(field, mine, other) if base is None else same(field, other, was)):
            value = mine
        elif not mine if base is None else same(field, mine, was):
            value = other
        else:
            clashes.append(field)
            value = mine if here_is_later else other
        if value:
            said[field] = value
    return Together(said, tuple(clashes))


def _same_words(field: str, mine: Any, other: Any) -> bool:
    """Whether another side, of which nobody knows what it said before, says nothing new."""
    return not other or (field == "name" and name_key(mine or "") == name_key(other))


def _joined(was: list[str] | None, mine: list[str], other: list[str], key_of: Callable[[str], str]) -> list[str]:
    """Return the items of both: what either side took off is not there, and none is there twice in two spellings."""
    before = was or []
    stays = [item for item in mine if item in other or item not in before]
    known = set(map(key_of, stays))
    return [*stays, *(item for item in other if item not in before and item not in mine and key_of(item) not in known)]


def with_said(contact: Contact, before: Said, after: Said) -> Contact:
    """Return the contact with what changed from `before`, which is what a card of it says, to `after`."""
    fields = changed(before, after)
    if not fields:
        return contact
    document = to_document(contact)
    for field in fields:
        value = after.get(field)
        if field in _LISTS:
            value = _relisted(field, document.get(field, []), before.get(field, []), after.get(field, []))
        if value or field == "name":
            document[field] = value or ""
        else:
            document.pop(field, None)
    return from_document(Contact, document)


def _relisted(field: str, items: list[str], before: list[str], after: list[str]) -> list[str]:
    """Return a contact's own list, as it spells it, with what came and went on the card."""
    gone = [item for item in before if item not in after]
    kept = [item for item in items if item not in gone and (item in before or not _reads_as(field, item, gone))]
    return [*kept, *(item for item in after if item not in before and item not in kept)]


def _reads_as(field: str, item: str, gone: list[str]) -> bool:
    """Whether an item that a card spells in its own way is one of those."""
    alone = from_document(Contact, {"uid": "", "name": "x", field: [item]})
    return any(read in gone for read in as_card_says(alone).get(field, ()))
