"""Whom a command is about: a contact by name, e-mail address or uid."""

from collections.abc import Sequence

from relcraft.book.open import Book
from relcraft.domain.errors import NotFound, NotUnique
from relcraft.domain.records import Contact
from relcraft.domain.telling import tell_choice
from relcraft.domain.text import clean_line

_MOST_NAMED = 8


NEW_MAY_COME = "With --new they are added."
"""A hint of a command that takes somebody new as well."""


def contact_called(book: Book, who: str, *, hint: str = "") -> Contact:
    """Return the one contact that `who` names. Raises `NotFound` or `NotUnique`, which name who it could be.

    `hint` is a sentence that is told where nobody is called so.
    """
    asked = clean_line(who)
    found = book.named(asked) or _otherwise(book, asked)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotUnique(f'"{asked}" could be {either(found)}.')
    near = book.near(asked)
    meant = f" Did you mean {either(near)}?" if near else ""
    more = f" {hint}" if hint and asked else ""
    raise NotFound(f'Nobody in the book is called "{asked}".{meant}{more}')


def _otherwise(book: Book, asked: str) -> Sequence[Contact]:
    known = book.get("contacts", asked)
    return [known] if isinstance(known, Contact) else []


def either(contacts: Sequence[Contact]) -> str:
    """Return the contacts as a choice: "Grace Hopper or Grace Kelly"; those of one name with what tells them apart."""
    names = [each.name for each in contacts]
    shown = [
        clean_line(each.name if names.count(each.name) == 1 else f"{each.name} ({_apart(each)})")
        for each in contacts[:_MOST_NAMED]
    ]
    return tell_choice([*shown, f"{len(contacts) - _MOST_NAMED} more"] if len(contacts) > _MOST_NAMED else shown)


def _apart(contact: Contact) -> str:
    """Return what tells a contact from others of the same name, the last of it good for asking again."""
    return ", ".join(filter(None, (contact.organisation, *(contact.emails[:1] or (contact.uid,)))))
