"""The rule by which two edits of one record become one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_MISSING = object()
STAMPS = frozenset({"created", "updated"})
"""Fields that say when, not what: two edits never clash over them, the later one stands."""


@dataclass(frozen=True, slots=True)
class Merged:
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
        if other != was:
            clashes.append(name)
        if mine is _MISSING:
            document.pop(name, None)
        else:
            document[name] = mine
    return Merged(document, tuple(clashes))
