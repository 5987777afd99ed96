"""What a contact grows by when a file says more: nothing that the user wrote is replaced.

Empty fields are filled and lists are united; notes of another source stand below. A newer export of one program says
where somebody works now, if the book has what an older one said.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from relcraft.domain.documents import to_document
from relcraft.domain.identity import email_key, link_key, phone_key
from relcraft.domain.one_person import card_of_both, notes_of_both
from relcraft.domain.records import Contact
from relcraft.domain.text import fold

_FILLED = (
    *("sort_name", "organisation", "role", "city", "time_zone", "birthday", "notes", "vcard"),
    *("circle", "cadence_days", "met_how", "met_on", "introduced_by"),
)
_EMPTY = ("", None, ())
"""What may be filled; a cadence of 0 days is something that the user said."""
_UNITED: dict[str, Callable[[str], str]] = {
    "nicknames": fold,
    "emails": email_key,
    "phones": lambda phone: phone_key(phone) or phone,
    "urls": link_key,
    "tags": fold,
    "can_offer": fold,
    "looking_for": fold,
    "sources": str,
}
"""Lists that grow, and by what two of their values are the same."""
_RENEWED = ("organisation", "role", "city", "vcard")
"""What changes with a new job: a newer export says it anew, where the book has still what an earlier one said."""
_MOST_NOTES = 100_000
"""Characters of notes from which on no more are added below them."""
_MOST_LINES = 5000
"""Lines of a card from which on it takes no more of others: a file with one person on very many cards is soon read."""


def renewed(old: Contact, new: Contact) -> Contact:
    """Return `old` with the job that a newer row says, where that of the book is what an earlier row said, as it was.

    The earlier row is known by its key: it said all that the newer one says but for the job.
    """
    said = replace(new, sources=new.sources[:-1])
    if as_seen(replace(said, **{name: getattr(old, name) for name in _RENEWED})) not in old.sources:
        return old
    return replace(old, **{name: getattr(new, name) or getattr(old, name) for name in _RENEWED})


def with_notes(old: Contact, new: Contact) -> Contact:
    """Return `old` with the notes that another source has, below its own: what it read again is not written again."""
    return replace(old, notes=notes_of_both(old.notes, new.notes, [])) if len(old.notes) < _MOST_NOTES else old


def united(old: Contact, new: Contact) -> Contact:
    """Return `old` with what only `new` knows: empty fields filled, lists joined, nothing replaced.

    Of two cards the lines that no field holds are kept: of what a person has one, a photo say, that of the first.
    """
    changes: dict[str, Any] = {name: getattr(new, name) for name in _FILLED if getattr(old, name) in _EMPTY}
    for name, key_of in _UNITED.items():
        changes[name] = _joined(getattr(old, name), getattr(new, name), key_of)
    changes["nicknames"] = tuple(word for word in changes["nicknames"] if word in old.nicknames or word != old.name)
    if old.notes and old.notes in new.notes:
        changes["notes"] = new.notes
    changes["extra"] = {**new.extra, **old.extra}
    if old.vcard and new.vcard and old.vcard != new.vcard and len(old.vcard) < _MOST_LINES:
        changes["vcard"], streets = card_of_both(old, new, once=True)
        changes["notes"] = notes_of_both(changes.get("notes", old.notes), "", streets)
    return replace(old, **changes)


def _joined(old: tuple[str, ...], new: tuple[str, ...], key_of: Callable[[str], str]) -> tuple[str, ...]:
    """Return `old` as it is, and those of `new` that it has not."""
    known = set(map(key_of, old))
    return (*old, *(value for value in new if key_of(value) not in known))


def as_seen(contact: Contact) -> str:
    """Return the key of a row exactly as it is: one that comes again, unchanged, is known by it."""
    document = to_document(replace(contact, uid=""))
    return "row:" + sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:24]
