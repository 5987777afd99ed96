"""What is known of how a record came to be as it is: the versions that a book's history led it through."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from relcraft.domain.changes import Change, Op, Steps, Turn
from relcraft.domain.contents import Key
from relcraft.domain.documents import Document
from relcraft.domain.versions import version_of


def ops_through(changes: Iterable[Change]) -> Iterator[Op]:
    """Yield what a history did to records, oldest first: a change that was taken back is followed by its reverse."""
    steps: Steps[Change] = Steps()
    for change in changes:
        if change.turn is Turn.UNDO and not change.ops and steps.done:
            yield from (replace(op, before=op.after, after=op.before) for op in reversed(steps.done[-1].ops))
        else:
            yield from change.ops
        steps.take(change.turn, change)


class Path:
    """The versions that one record was in, oldest first and the present one last, as far back as is known."""

    def __init__(self, versions: Sequence[str], documents: Mapping[str, Document | None]) -> None:
        self.versions = versions
        self.documents = documents
        """What each version says; None: that the record is deleted."""

    def reaches_back_to(self, other: "Path") -> int:
        """Return how many versions in a row `other` shares with this path up to where it ends, before our end.

        0: the end of `other` is not in our past.
        """
        ours, theirs = self.versions, other.versions
        return max((_shared(ours[: at + 1], theirs) for at in range(len(ours) - 1)), default=0)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many versions at the end of both are the same."""
    count = 0
    for mine, theirs in zip(reversed(one), reversed(other), strict=False):
        if mine != theirs:
            break
        count += 1
    return count


class Pasts:
    """The paths of all records in one book. Each is worked out when somebody asks."""

    def __init__(self, history: Iterable[Op]) -> None:
        self._ops: defaultdict[Key, list[Op]] = defaultdict(list)
        for op in history:
            self._ops[op.table, op.uid].append(op)

    def knows(self, key: Key) -> bool:
        """Whether anything is known of how the record came to be."""
        return key in self._ops

    def path(self, key: Key, now: Document | None) -> Path:
        """Return the path of a record whose document is `now` (None: it is deleted)."""
        table, uid = key
        versions: list[str] = []
        documents: dict[str, Document | None] = {}
        steps = [step for op in self._ops.get(key, ()) for step in (op.before, op.after)]
        for document in (*steps, now):
            if document is None and not versions:
                continue  # before it was made, nobody had deleted it
            version = version_of(table, uid, document)
            documents[version] = document
            if not versions or versions[-1] != version:
                versions.append(version)
        return Path(versions, documents)
