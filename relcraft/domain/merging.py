"""The rule by which two edits of one record become one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relcraft.domain.value import Value

_MISSING = object()
STAMPS = frozenset({"created", "updated"})
"""Fields that say when, not what: two edits never clash over them, the later one stands."""
GROWING = frozenset({"can_offer", "emails", "looking_for", "nicknames", "phones", "sources", "tags", "told", "urls"})
"""Lists of which each item stands for itself: what either side added is there, and what either took off is not."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Merged(Value):
    """The outcome of a merge: `clashes` names the fields that both sides changed, each to its own value."""

    document: dict[str, Any]
    clashes: tuple[str, ...]


def merge_fields(base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merged:
    """Return `theirs` with what `ours` changed since `base`. Where both changed a field, ours stands and is named."""
    document = dict(theirs)
    clashes = []
    for name in sorted({*base, *ours}):
        was, mine, other = (side.get(name, _MISSING) for side in (base, ours, theirs))
        if mine in (was, other):
            continue
        if name in STAMPS:
            document[name] = max(str(value) for value in (mine, other) if value is not _MISSING)
            continue
        if (joined := _joined(name, was, mine, other)) is not None:
            document[name] = joined
            continue
        if other != was:
            clashes.append(name)
        if mine is _MISSING:
            document.pop(name, None)
        else:
            document[name] = mine
    return Merged(document, tuple(clashes))


def _joined(name: str, was: object, mine: object, other: object) -> list[str] | None:
    """Return a list of which both sides changed items; None where it is no such list."""
    sides = [_items(side) for side in (was, mine, other)] if name in GROWING else [None]
    if None in sides:
        return None
    before, ours, theirs = (side or [] for side in sides)
    stays = [item for item in ours if item in theirs or item not in before]
    return stays + [item for item in theirs if item not in ours and item not in before]


def _items(side: object) -> list[str] | None:
    if side is _MISSING:
        return []
    return list(side) if isinstance(side, list | tuple) and all(isinstance(item, str) for item in side) else None
