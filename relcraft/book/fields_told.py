"""The fields of a record in the user's words: what each is called, as the forms call it, and what it says."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, time
from typing import Any

from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.domain.dates import tell_cadence, tell_short
from relcraft.domain.documents import TABLES
from relcraft.domain.labels import LABELS
from relcraft.domain.linking import LINKS
from relcraft.domain.merging import STAMPS
from relcraft.domain.records import AskStep, Birthday, Contact, Date, IntroductionStep, Record
from relcraft.domain.telling import tell_month
from relcraft.domain.text import clean, clean_line

_LONGEST_RAW = 200
"""How much is told of a value that this version cannot read."""

_LEADS_TO = {name: targets for links in LINKS.values() for name, targets in links.items()}
_PEOPLE = frozenset(name for name, targets in _LEADS_TO.items() if targets == ("contacts",))
_CAME_FROM = {name: targets[0] for name, targets in _LEADS_TO.items() if "contacts" not in targets}
_MYSELF = frozenset({"broker", "first"})
"""Fields of an introduction in which nobody is the user."""


def fields_of(table: str, *records: Record | None) -> list[str]:
    """Return the names of the fields of records of one table that say something, in the order in which to tell them."""
    known = [field.name for field in fields(TABLES[table]) if field.name not in (*STAMPS, "uid", "extra")]
    labels = LABELS.get(table, {})
    ordered = [*(name for name in labels if name in known), *(name for name in known if name not in labels)]
    more = {name for record in records if record is not None for name in record.extra}
    return [*ordered, *sorted(name for name in more if name not in known and name not in (*STAMPS, "uid"))]


def value_of(record: Record, name: str) -> Any:
    """Return what a record has in a field, also one that this version does not know or cannot read; None: nothing."""
    return record.extra[name] if name in record.extra else getattr(record, name, None)


def told_of(book: Book, table: str, record: Record, name: str) -> list[str]:
    """Return what a field says, in clean lines: an item, or a line of a text, in each; none where it says nothing."""
    if name in record.extra:
        return [_raw(record.extra[name])]
    value = getattr(record, name, None)
    if value is None:
        return ["you"] if table == "introductions" and name in _MYSELF else _SILENT.get(name, [])
    if name in _PEOPLE:
        return [_person(book, uid) for uid in ((value,) if isinstance(value, str) else value)]
    if name in _CAME_FROM:
        return [_came_from(book, name, value)]
    if table == "snoozes" and name == "of":
        return [_snoozed(book, value)]
    return [line for line in _plain(book.today, name, value) if line]


_SILENT = {"cadence_days": ["as the circle says"]}
"""What it means that nothing is said."""


def _plain(today: Date, name: str, value: Any) -> list[str]:
    if isinstance(value, tuple):
        return [line for item in value for line in _plain(today, name, item)]
    if name == "cadence_days":
        return [tell_cadence(value) if value else "never due"]
    if name == "chance":
        return [f"{value} %"]
    told = next((tell for kind, tell in _TELLS if isinstance(value, kind)), _text)
    return told(value, today)


def _text(value: Any, _today: Date) -> list[str]:
    return [clean_line(line) for line in clean(str(value)).split("\n")]


def _birthday(value: Birthday, _today: Date) -> list[str]:
    day = tell_month(value.year or 0, value.month).rpartition(" ")[0]
    return [f"{value.day} {day}" + (f" {value.year}" if value.year else "")]


def _ask_step(step: AskStep, today: Date) -> list[str]:
    until = f', "call me on {tell_short(step.until, today)}"' if step.until else ""
    return [f"{step.state} {tell_short(step.date, today)}{until}"]


_TELLS: Sequence[tuple[type, Callable[[Any, Date], list[str]]]] = (
    (bool, lambda value, _today: ["yes" if value else "no"]),
    (date, lambda value, today: [tell_short(value, today)]),
    (time, lambda value, _today: [value.isoformat("minutes")]),
    (Birthday, _birthday),
    (AskStep, _ask_step),
    (IntroductionStep, lambda step, today: [f"{step.state} {tell_short(step.date, today)}"]),
)


def _person(book: Book, uid: str) -> str:
    known = book.get("contacts", uid)
    return clean_line(known.name) if isinstance(known, Contact) else "somebody who is not in the book"


def _came_from(book: Book, name: str, uid: str) -> str:
    known = book.get(_CAME_FROM[name], uid)
    return f"{name} that is not in the book" if known is None else clean_line(title_of(book, known))


def _snoozed(book: Book, key: str) -> str:
    for table in ("contacts", "follow_ups"):
        known = book.get(table, key)
        if known is not None:
            return clean_line(title_of(book, known))
    return "a move on Today"


def _raw(value: object) -> str:
    try:
        written = json.dumps(value, ensure_ascii=False, default=str)
    except (RecursionError, ValueError):
        written = "something that cannot be told"
    told = clean_line(written[: _LONGEST_RAW + 1])
    return told if len(told) <= _LONGEST_RAW else f"{told[:_LONGEST_RAW]}.."
