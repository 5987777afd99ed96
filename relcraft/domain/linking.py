"""Which fields of a document lead to other records."""

from collections.abc import Iterator, Mapping
from typing import Any

from relcraft.domain.changes import Op
from relcraft.domain.contents import Key

LINKS: dict[str, dict[str, tuple[str, ...]]] = {
    "contacts": {"introduced_by": ("contacts",)},
    "interactions": {"contacts": ("contacts",)},
    "exchanges": {
        "contact": ("contacts",),
        "interaction": ("interactions",),
        "ask": ("asks",),
        "introduction": ("introductions",),
    },
    "follow_ups": {"contact": ("contacts",), "interaction": ("interactions",)},
    "snoozes": {"of": ("contacts", "follow_ups")},
    "asks": {"contact": ("contacts",), "goal": ("goals",), "target": ("contacts",)},
    "introductions": {"broker": ("contacts",), "first": ("contacts",), "second": ("contacts",), "ask": ("asks",)},
    "goals": {"chain": ("contacts",), "told": ("contacts",)},
    "ties": {"first": ("contacts",), "second": ("contacts",)},
}
"""To which tables the uids in a field lead."""


def named_in(table: str, document: Mapping[str, object]) -> Iterator[Key]:
    """Yield the records that a document names, whether or not they are there: each under every table it may be in."""
    for field, targets in LINKS.get(table, {}).items():
        for uid in uids_of(document.get(field)):
            for target in targets:
                yield target, uid


def newly_named(op: Op) -> set[Key]:
    """Return the records that an op names and that were not named there before."""
    return set(named_in(op.table, op.after or {})) - set(named_in(op.table, op.before or {}))


def uids_of(value: Any) -> list[str]:
    """Return the uids in a field that leads to one record, or to several."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]
