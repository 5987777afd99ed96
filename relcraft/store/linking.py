"""Which fields of a document lead to other records, and whether those are there."""

from typing import Any

from relcraft.store.rows import Rows

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
    "introductions": {
        "broker": ("contacts",),
        "first": ("contacts",),
        "second": ("contacts",),
        "ask": ("asks",),
    },
    "goals": {"chain": ("contacts",), "told": ("contacts",)},
    "ties": {"first": ("contacts",), "second": ("contacts",)},
}
"""To which tables the uids in a field lead."""


def link_targets(rows: Rows, targets: tuple[str, ...], uid: str) -> bool:
    """Whether one of the tables `targets` has the record `uid`."""
    return any(uid in rows.ids(target) for target in targets)


def uids_of(value: Any) -> list[str]:
    """Return the uids in a field that leads to one record, or to several."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]
