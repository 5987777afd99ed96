"""The fields of a form that name contacts: labels that tell namesakes apart, reading them, completing them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from relcraft.domain.directory import Directory
from relcraft.domain.errors import BadInput, NotFound
from relcraft.domain.records import Contact
from relcraft.domain.text import clean_line, fold
from relcraft.tui.forms.fields import Field, Setting, Shape, join_items, split_items

_MOST_COMPLETIONS = 6
_MOST_NAMED = 4


def label_of(contact: Contact, directory: Directory) -> str:
    """Return a name that means this contact and no other: "Ada Lovelace", or "Grace Hopper (Navy)" among namesakes."""
    name = clean_line(contact.name) or "somebody"
    named = directory.named(name)
    others = [one for one in named if one.uid != contact.uid]
    if not others and named:
        return name
    for mark in filter(None, _marks(contact)):
        label = f"{name} ({mark})"
        shared = any(fold(mark) in map(fold, _marks(other)) for other in others)
        if not shared and all(one.uid == contact.uid for one in directory.named(label)):
            return label
    return f"{name} ({contact.uid})"


def _marks(contact: Contact) -> tuple[str, ...]:
    """Return what may tell a contact from a namesake, without the brackets that a label puts around it."""
    marks = (contact.organisation, contact.city, *contact.emails[:1])
    return tuple(clean_line(mark.replace("(", "").replace(")", "")) for mark in marks)


def parse_person(text: str, setting: Setting) -> str:
    """Return the uid of whom `text` names. Raises `BadInput`: a question with the names, where it could be several."""
    said = clean_line(text)
    for uid in setting.people:
        known = _contact(uid, setting.directory)
        if known is not None and label_of(known, setting.directory) == said:
            return uid
    found = setting.directory.named(said)
    if not found and said.endswith(")"):
        base, _, mark = said[:-1].rpartition(" (")
        namesakes = setting.directory.named(base)
        found = [one for one in namesakes if fold(mark) in (fold(each) for each in (*_marks(one), one.uid) if each)]
    if len(found) == 1:
        return found[0].uid
    if found:
        raise BadInput(f"Which {said}? {_named(found, setting.directory)}.")
    near = setting.directory.near(said)
    if near:
        raise BadInput(f"Nobody here is called {said}. Is it {_named(near, setting.directory)}?")
    raise BadInput(f"Nobody here is called {said}. A person is added first, then named here.")


def _contact(uid: str, directory: Directory) -> Contact | None:
    try:
        return directory.contact(uid)
    except NotFound:
        return None


def _named(contacts: Sequence[Contact], directory: Directory) -> str:
    labels = [label_of(contact, directory) for contact in contacts[:_MOST_NAMED]]
    more = len(contacts) - len(labels)
    return " or ".join(labels) + (f", or one of {more} more" if more else "")


def parse_people(text: str, setting: Setting) -> tuple[str, ...]:
    """Return the uids of everybody whom `text` names, each once. Raises `BadInput` with a sentence for each doubt."""
    found: dict[str, None] = {}
    doubts = []
    for item in split_items(text):
        try:
            found[parse_person(item, setting)] = None
        except BadInput as doubt:
            doubts.append(str(doubt))
    if doubts:
        raise BadInput(" ".join(doubts))
    return tuple(found)


def print_people(uids: Sequence[str], setting: Setting) -> str:
    """Return the names of contacts, as `parse_people` reads them back."""
    known = (_contact(uid, setting.directory) for uid in uids)
    return join_items(label_of(contact, setting.directory) for contact in known if contact is not None)


def completions(text: str, setting: Setting) -> list[str]:
    """Return the labels that the last name in `text` could become; none where it is whole already."""
    begun = _last_item(text)
    if not begun:
        return []
    labels = [label_of(contact, setting.directory) for contact in setting.directory.named(begun)[:_MOST_COMPLETIONS]]
    labels = labels or [label_of(contact, setting.directory) for contact in setting.directory.near(begun)]
    return [] if labels == [begun] else labels


def completed(text: str, label: str) -> str:
    """Return `text` with its last name replaced by `label`."""
    return join_items([*_before_last(text), label])


def _last_item(text: str) -> str:
    items = split_items(text)
    return items[-1] if items and not text.rstrip().endswith(",") else ""


def _before_last(text: str) -> tuple[str, ...]:
    items = split_items(text)
    return items[:-1] if _last_item(text) else items


def person(name: str, label: str, *, missing: str = "") -> Field:
    """Return a field of one contact; without `missing` it may stay empty."""

    def parse(text: str, setting: Setting) -> str | None:
        items = split_items(text)
        if len(items) > 1:
            raise BadInput("One person fits here.")
        return parse_person(items[0], setting) if items else None

    return Field(
        name=name,
        label=label,
        parse=parse,
        print=lambda value, setting: print_people((value,) if value else (), setting),
        shape=Shape.PEOPLE,
        hint="a name, as you call them",
        missing=missing,
        echo=lambda value, setting: print_people((value,) if value else (), setting),
    )


NEW_NAME = "+new "
"""Before the name of somebody who is not in the book yet, where a uid is expected. No uid begins like this."""


def person_or_new(name: str, label: str, *, missing: str = "") -> Field:
    """Return a field of one contact; a name that is nowhere near a known one is somebody new: `NEW_NAME` and the name.

    A name in quotes is somebody new where nobody has just that name, however near it is to a known one.
    """

    def parse(text: str, setting: Setting) -> str | None:
        items = split_items(text)
        if len(items) > 1:
            raise BadInput("One person fits here.")
        if not items:
            return None
        quoted = clean_line(text).startswith('"')
        return _parse_quoted(items[0], setting) if quoted else _parse_known_or_new(items[0], setting)

    def told(value: Any, setting: Setting) -> str:
        if value and value.startswith(NEW_NAME):
            return f"{value.removeprefix(NEW_NAME)}, a new contact"
        return print_people((value,) if value else (), setting)

    return replace(person(name, label, missing=missing), parse=parse, hint="a name, known or new", echo=told)


def _parse_known_or_new(said: str, setting: Setting) -> str:
    try:
        return parse_person(said, setting)
    except BadInput as doubt:
        if setting.directory.named(said):
            raise
        if setting.directory.near(said):
            raise BadInput(f'{doubt} Somebody new is written in "quotes".') from doubt
        return f"{NEW_NAME}{said}"


def _parse_quoted(said: str, setting: Setting) -> str:
    """Return the uid of who has just that name, or the label that means them; else `said` is somebody new."""
    try:
        uid = parse_person(said, setting)
    except BadInput:
        if any(fold(clean_line(one.name)) == fold(said) for one in setting.directory.named(said)):
            raise
        return f"{NEW_NAME}{said}"
    known = setting.directory.contact(uid)
    just_that = fold(said) in (fold(clean_line(known.name)), fold(label_of(known, setting.directory)))
    return uid if just_that else f"{NEW_NAME}{said}"


def people(name: str, label: str, *, missing: str = "") -> Field:
    """Return a field of any number of contacts."""
    return Field(
        name=name,
        label=label,
        parse=parse_people,
        print=print_people,
        shape=Shape.PEOPLE,
        hint="names, by commas",
        missing=missing,
        echo=print_people,
    )
