"""What bringing in another version of the book does, counted record by record, as every other import is told."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from relcraft.domain.documents import OF_ONE_MACHINE, TABLES, from_document
from relcraft.domain.incoming import Skipped
from relcraft.domain.records import OtherSide
from relcraft.domain.text import clean_line
from relcraft.domain.tombstones import CONFLICTS
from relcraft.sync.merging import MergePlan

_DIFFERS = "says something else than this book: both are kept, and relcraft conflicts shows them"
_SAME_NAME = "somebody of the same name is in this book already"


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """The counts of one import of a book. Every record of the file is counted once:
    read = added + updated + unchanged + skipped + differing."""

    name: str
    """What the file is called."""
    added: int
    updated: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    differing: tuple[str, ...]
    """What both sides say, and differently: that of this book stands, and the other waits to be looked at."""
    twice: tuple[str, ...]
    """Who came in under the name of somebody who was there."""
    deleted: tuple[str, ...]
    """What was deleted on the other side, and is here as well now."""
    made: dict[str, int]
    """How many new records of each table there are."""

    @property
    def read(self) -> int:
        """How many records the file has."""
        return self.added + self.updated + self.unchanged + len(self.skipped) + len(self.differing)

    def report(self) -> dict[str, Any]:
        """Return it in the shape of `relcraft import --json`, and what was deleted."""
        return {
            "format": "relcraft",
            "read": self.read,
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "skipped": [{"where": row.where, "why": row.why} for row in self.skipped],
            "ambiguous": [{"where": self.name, "name": name, "why": _DIFFERS} for name in self.differing],
            "possible_duplicates": [
                {"where": self.name, "name": name, "like": "", "why": _SAME_NAME} for name in self.twice
            ],
            "notes": [],
            "made": self.made,
            "deleted": list(self.deleted),
        }


def as_import(plan: MergePlan, skipped: Sequence[Skipped] = ()) -> BroughtIn:
    """Return what `plan` does, counted by the records of the other version; `skipped` are those that are none."""
    ops = {(op.table, op.uid): op for op in plan.ops}
    beside = _kept_beside(plan)
    added, updated, unchanged, differing = Counter[str](), 0, 0, list[str]()
    for table, rows in plan.theirs.tables.items():
        for uid in rows if table in TABLES and table not in OF_ONE_MACHINE else ():
            op = ops.get((table, uid))
            if op is not None and op.after is not None:
                added[table] += op.before is None
                updated += op.before is not None
            elif (table, uid) in beside:
                differing.append(beside[table, uid])
            else:
                unchanged += 1
    return BroughtIn(
        name=clean_line(plan.theirs.name),
        added=added.total(),
        updated=updated,
        unchanged=unchanged,
        skipped=tuple(skipped),
        differing=tuple(differing),
        twice=tuple(plan.twice),
        deleted=tuple(plan.going),
        made=dict(added),
    )


def _kept_beside(plan: MergePlan) -> dict[tuple[str, str], str]:
    """Return the records of which a version was put on the list of conflicts, each as it is called."""
    sides = [
        from_document(OtherSide, op.after)
        for op in plan.ops
        if op.table == CONFLICTS and op.before is None and op.after is not None
    ]
    return {(side.table, side.of): name for side, name in zip(sides, plan.conflicts, strict=True)}
