"""Two contacts that are one person, put together: nothing that anybody typed is lost."""

import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from relcraft.domain.cards_joined import addresses_of, cards_joined, has_address
from relcraft.domain.dates import tell_cadence
from relcraft.domain.identity import own_key
from relcraft.domain.labels import LABELS, label_of
from relcraft.domain.records import Birthday, Contact
from relcraft.domain.text import clean, clean_line, fold

_SINGLE = (
    *("organisation", "role", "city", "time_zone", "sort_name", "birthday", "circle", "cadence_days"),
    *("met_how", "met_on", "introduced_by"),
)
"""Fields with one value, in the order in which a second one is noted."""
_EMPTY = ("", None, ())
_PLACE = re.compile(r"^[a-z][a-z0-9+.-]*:/*(?:www\.)?|^www\.", re.IGNORECASE)
_BETWEEN_DIGITS = re.compile(r"[\s()./-]+")


def _as_written(text: str) -> str:
    return clean_line(text).casefold()


def _phone(text: str) -> str:
    return _BETWEEN_DIGITS.sub("", _as_written(text)) or _as_written(text)


def _link(text: str) -> str:
    return _PLACE.sub("", clean_line(text)).rstrip("/")


_LISTS: dict[str, Callable[[str], str]] = {
    "nicknames": _as_written,
    "emails": _as_written,
    "phones": _phone,
    "urls": _link,
    "tags": fold,
    "can_offer": _as_written,
    "looking_for": _as_written,
    "sources": str,
}
"""Lists of which both are kept, and by what two values are the same word for word."""
NameOf = Callable[[str], str]
"""Returns the name of a contact by its uid."""


def as_one(kept: Contact, other: Contact, name_of: NameOf) -> Contact:
    """Return `kept` with all that `other` says.

    What the kept one says stays; what is empty is filled; lists and notes are joined, another name becomes a nickname,
    and a second value of a field that has one only is kept in the notes, as a line. Imports that know either find it.
    """
    changes: dict[str, Any] = {name: _joined(kept, other, name) for name in _LISTS}
    changes["nicknames"] = _nicknames(kept, other, changes["nicknames"])
    changes["sources"] = tuple(dict.fromkeys((*changes["sources"], own_key(other.uid))))
    lines: list[str] = []
    for name in _SINGLE:
        changes[name], line = _single(kept, other, name, name_of)
        lines += [line] if line else []
    changes["name"] = kept.name or other.name
    extra, more = _extra(kept, other, changes)
    card, streets = card_of_both(kept, other)
    return replace(
        kept,
        **changes,
        vcard=card,
        archived=kept.archived and other.archived,
        do_not_disturb=kept.do_not_disturb or other.do_not_disturb,
        created=min(kept.created, other.created),
        extra=extra,
        notes=notes_of_both(kept.notes, other.notes, [*lines, *more, *streets]),
    )


def card_of_both(kept: Contact, other: Contact, *, once: bool = False) -> tuple[tuple[str, ...], list[str]]:
    """Return the lines of both cards that no field holds, and a line for each address that has no place on the card.

    A card has one city of ours: a second address beside it would be taken for the first. `once` as of `cards_joined`.
    """
    if not kept.vcard or not other.vcard:
        return kept.vcard or other.vcard, []
    fits = not has_address(kept.vcard) and (not kept.city or _as_written(kept.city) == _as_written(other.city))
    known = addresses_of(kept.vcard)
    streets = [] if fits else [each for each in addresses_of(other.vcard) if each not in known]
    card = cards_joined(kept.vcard, other.vcard, addresses=fits, once=once)
    return card, [f"Address, too: {clean_line(street)}" for street in streets]


def _joined(kept: Contact, other: Contact, name: str) -> tuple[str, ...]:
    """Return a list as the kept one has it, and what of the other's is not in it."""
    key_of = _LISTS[name]
    values: tuple[str, ...] = getattr(kept, name)
    known = set(map(key_of, values))
    more = {key_of(value): value for value in reversed(getattr(other, name)) if key_of(value) not in known}
    return (*values, *reversed(more.values()))


def _nicknames(kept: Contact, other: Contact, nicknames: tuple[str, ...]) -> tuple[str, ...]:
    """Return the nicknames with the other's name, where it is another one; the name itself is none."""
    own = _as_written(kept.name or other.name)
    known = set(map(_as_written, nicknames)) | {own, ""}
    more = (other.name,) if _as_written(other.name) not in known else ()
    return (*(word for word in nicknames if word in kept.nicknames or _as_written(word) != own), *more)


def _single(kept: Contact, other: Contact, name: str, name_of: NameOf) -> tuple[Any, str]:
    """Return what a field says, and the line that keeps the other's value where that is a second one."""
    ours, theirs = getattr(kept, name), getattr(other, name)
    if name == "introduced_by":
        ours, theirs = (None if uid in (kept.uid, other.uid) else uid for uid in (ours, theirs))
    if theirs in _EMPTY or ours == theirs:
        return ours, ""
    if ours in _EMPTY and name not in kept.extra:
        return theirs, ""
    if isinstance(ours, Birthday) and (fuller := _fuller(ours, theirs)) is not None:
        return fuller, ""
    if isinstance(ours, str) and not isinstance(ours, StrEnum) and _as_written(ours) == _as_written(theirs):
        return ours, ""
    told = name_of(theirs) if name == "introduced_by" else _told(name, theirs)
    return ours, f"{label_of('contacts', name)}, too: {told}"


def _fuller(ours: Birthday, theirs: Birthday) -> Birthday | None:
    """Return the one that knows the year, of two birthdays on one day; None where they are two."""
    if (ours.month, ours.day) != (theirs.month, theirs.day) or None not in (ours.year, theirs.year):
        return None
    return ours if ours.year is not None else theirs


def _told(name: str, value: object) -> str:
    if name == "cadence_days" and isinstance(value, int):
        return tell_cadence(value) if value else "never due"
    return str(value)


def _extra(kept: Contact, other: Contact, changes: dict[str, Any]) -> tuple[dict[str, object], list[str]]:
    """Return what this version cannot read, of both, and a line for what has no place beside the other's."""
    extra = dict(kept.extra)
    taken = [name for name in extra if name in _FIELDS and changes.get(name, _NO_FIELD) not in _EMPTY]
    lines = [_raw(name, extra.pop(name)) for name in taken]  # a value takes its place
    for name, value in other.extra.items():
        if name in _STAMPED:
            continue
        if name in _FIELDS or name in extra:
            lines += [_raw(name, value)] if extra.get(name) != value else []
        else:
            extra[name] = value
    return extra, lines


_STAMPED = frozenset({"uid", "created", "updated"})
_FIELDS = frozenset(field.name for field in fields(Contact)) - _STAMPED
_NO_FIELD = "?"


def _raw(name: str, value: object) -> str:
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    label = label_of("contacts", name) if name in LABELS["contacts"] else clean_line(name)
    return f"{label}, too: {clean(told)}"


def notes_of_both(ours: str, theirs: str, lines: list[str]) -> str:
    """Return the notes of both and the lines below them, nothing twice."""
    parts = [ours] if ours else []
    for part in (theirs, *lines):
        if part.strip() and not any(part in known for known in parts):
            parts.append(part)
    return "\n".join(parts)
