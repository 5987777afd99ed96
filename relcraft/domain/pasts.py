"""What is known of how a record came to be as it is: the versions that a book's history led it through."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from relcraft.domain.changes import Change, Op, Steps, Turn
from relcraft.domain.contents import Key
from relcraft.domain.documents import Document, write_instant
from relcraft.domain.tombstones import CONFLICTS
from relcraft.domain.value import Value
from relcraft.domain.versions import canonical, just_after, moment_of, version_as_written


def ops_through(changes: Iterable[Change]) -> Iterator[Op]:
    """Yield what a history did to records, oldest first: an undo did the reverse, a redo the same again."""
    steps: Steps[Change] = Steps()
    for change in changes:
        turn = change.turn
        if turn is Turn.UNDO and not change.ops and steps.done:
            last = reversed(steps.done[-1].ops)
            yield from (replace(op, before=op.after, after=op.before, turn=turn) for op in last)
        elif turn is Turn.REDO and not change.ops and steps.undone:
            yield from (replace(op, turn=turn) for op in steps.undone[-1].ops)
        else:
            at = write_instant(change.at)
            yield from (Op(op.table, op.uid, op.before, op.after, turn, at) for op in change.ops)
        steps.take(turn, change)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Path(Value):
    """The versions that one record was in, oldest first and the present one last, as far back as is known."""

    versions: Sequence[str]
    documents: Mapping[str, Document | None]
    """What each version says, as this version of Relcraft writes it; None: that the record is deleted."""
    moments: Mapping[str, str] = field(default_factory=dict)
    """When each version was written, or the record deleted, for the last time."""
    taken_in: Container[str] = frozenset()
    """Versions of others that the present one has in it, or was chosen before."""
    waiting: Container[str] = frozenset()
    """Versions that wait to be looked at: the present one went on without them, and nobody chose that."""
    written: Sequence[frozenset[str]] = ()
    """The moments of each version, at its place on the path; none where it is not known, or is a deletion."""

    @property
    def now(self) -> str:
        """The present version."""
        return self.versions[-1]

    @property
    def is_deleted(self) -> bool:
        """Whether the record is deleted at present."""
        return self.documents[self.now] is None

    def made_from(self, key: Key, base: Document) -> "Path":
        """Return the path with the version from which it is known to lead here, where it does not say so itself."""
        said = canonical(key[0], base)
        version = version_as_written(*key, said)
        if version in self.documents:
            return self
        return replace(
            self,
            versions=(version, *self.versions),
            documents={version: said, **self.documents},
            written=(frozenset({moment_of(said)}), *self.written),
        )

    def went(self, other: "Path", since: int) -> bool:
        """Whether all steps of another path are steps of this one, but for the last `since`."""
        steps = iter(self.versions[: len(self.versions) - since])
        aside = {version for version in other.versions if version in self.taken_in and version not in self.documents}
        return all(version in aside or version in steps for version in other.versions)

    def saw_the_present_of(self, other: "Path") -> bool:
        """Whether the present version of another path can be one of this path: it was not written again since."""
        return other.moments.get(other.now, "") <= self.moments.get(other.now, "")

    def knows_all_of(self, other: "Path") -> bool:
        """Whether every version that led another path where it is, is on this one, or was taken in."""
        return all(version in self.documents or version in self.taken_in for version in other.straight())

    def straight(self) -> list[str]:
        """Return the versions of this path but for those from which it came back to an earlier one."""
        straight: list[str] = []
        for version in self.versions:
            if version in straight:
                del straight[straight.index(version) :]
            straight.append(version)
        return straight


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Fork(Value):
    """The last version that two paths have in common."""

    version: str
    ours: int
    """How many steps we made since."""
    theirs: int
    """How many steps they made since."""


def fork(ours: Path, theirs: Path) -> Fork | None:
    """Return where two paths part: the newest version of both; None where they have none in common.

    What one side took in from elsewhere counts where it is newer on the other's path than all that both went through.
    Two may come to the same by themselves: one is taken to be behind the other only where that knows all that led to
    it, if there is any other way to see it. Where each is in the past of the other, nobody is ahead: both made no step.
    """
    meetings = list(_met(ours, theirs))
    surer = [one for one, _ in meetings if _can_be_behind(one, ours, theirs)]
    us_known, them_known = theirs.knows_all_of(ours), ours.knows_all_of(theirs)
    if (gone_on := _gone_on(ours, theirs, surer)) is not None:
        return gone_on
    certain = [one for one in meetings if (one[0].ours or us_known) and (one[0].theirs or them_known)]
    met = _nearest(certain or meetings, surer, partial(_written_once, ours=ours, theirs=theirs))
    by_us = next(_taken_in(ours, theirs), None)
    by_them = next(_taken_in(theirs, ours), None)
    found = [] if met is None else [met]
    if by_us is not None and by_us[1] < min((one.theirs for one, _ in meetings), default=len(theirs.versions)):
        found.append(Fork(by_us[0], 1, by_us[1]))
    if by_them is not None and by_them[1] < min((one.ours for one, _ in meetings), default=len(ours.versions)):
        found.append(Fork(by_them[0], by_them[1], 1))
    if not found:
        return None
    if not all(one.ours for one in found) and not all(one.theirs for one in found):
        if met is not None and len(found) == 2:
            behind, ahead = (ours, theirs) if not met.ours else (theirs, ours)
            return met if ahead.knows_all_of(behind) else found[1]
        if met is None and ours.is_deleted != theirs.is_deleted:  # who knows of a deletion, and is there, came back
            return Fork(found[0].version, int(theirs.is_deleted), int(ours.is_deleted))
        return Fork(found[0].version, 0, 0)
    return min(found, key=lambda one: (one.ours + one.theirs, one.version))


def _can_be_behind(meeting: Fork, ours: Path, theirs: Path) -> bool:
    """Whether who made no step since may be behind: who went back, and wrote that anew, is where nobody has been."""
    ours_known = meeting.ours > 0 or theirs.saw_the_present_of(ours)
    return ours_known and (meeting.theirs > 0 or ours.saw_the_present_of(theirs))


def _gone_on(ours: Path, theirs: Path, meetings: Iterable[Fork]) -> Fork | None:
    """Return where one went the whole way of the other and on from there, even if that led back to older versions."""
    for one in sorted(meetings, key=lambda each: each.ours + each.theirs):
        if not one.ours and one.theirs and theirs.went(ours, one.theirs) and not ours.went(theirs, 0):
            return one
        if not one.theirs and one.ours and ours.went(theirs, one.ours) and not theirs.went(ours, 0):
            return one
    return None


def _written_once(meeting: Fork, ours: Path, theirs: Path) -> bool:
    """Whether both have the version from one hand: who comes to the same words alone does so at another moment."""
    mine, others = ours.written[-1 - meeting.ours], theirs.written[-1 - meeting.theirs]
    return not (mine and others) or not mine.isdisjoint(others)


def _nearest(met: Iterable[tuple[Fork, int]], surer: Container[Fork], once: Callable[[Fork], bool]) -> Fork | None:
    """Return the meeting with the fewest steps since, first of those whose version was written once.

    Of two, the one where more of what led there is the same.
    """
    best: tuple[bool, int, bool, int] | None = None
    found: list[Fork] = []
    for parting, together in met:
        rank = not once(parting), parting.ours + parting.theirs, parting not in surer, -together
        if best is None or rank < best:
            best, found = rank, []
        if rank == best:
            found.append(parting)
    if not found:
        return None
    nearest = min(found, key=lambda one: (not (one.ours and one.theirs), one.version))
    each_past = not all(one.ours for one in found) and not all(one.theirs for one in found)
    if each_past and not (nearest.ours and nearest.theirs):
        return Fork(nearest.version, 0, 0)
    return nearest


def _met(ours: Path, theirs: Path) -> Iterator[tuple[Fork, int]]:
    """Yield each place where both paths have one version, and for how long they had been the same."""
    row: list[int] = []
    for i, version in enumerate(ours.versions):
        above, row = row, []
        for j, other in enumerate(theirs.versions):
            together = (above[j - 1] if i and j else 0) + 1 if other == version else 0
            row.append(together)
            if together:
                yield Fork(version, len(ours.versions) - 1 - i, len(theirs.versions) - 1 - j), together


def _taken_in(ours: Path, theirs: Path) -> Iterator[tuple[str, int]]:
    """Yield each version of their path that we took in from elsewhere, the newest first, and their steps since."""
    for steps, version in enumerate(reversed(theirs.versions)):
        if version in ours.taken_in and version not in ours.documents and version not in theirs.waiting:
            yield version, steps


_UNKNOWN: Document = {"": "what no document says"}


def _gone_at(op: Op, before: Document | None) -> str:
    """Return the moment of a deletion; of a conflict, that of the version that was settled, empty if none was."""
    was = moment_of(before or {})
    if op.table == CONFLICTS:
        return "" if op.turn is Turn.UNDO else was
    return max(op.at, just_after(was))


def _as_of(table: str, document: Document, moment: str) -> Document:
    """Return a document that says that it was written at `moment`, unless it was later."""
    if moment <= moment_of(document):
        return document
    return {**document, **({"created": moment} if table == CONFLICTS else {}), "updated": moment}


class Pasts:
    """The paths of all records in one book. Each is worked out when somebody asks."""

    def __init__(self, history: Iterable[Op]) -> None:
        self._ops: defaultdict[Key, list[Op]] = defaultdict(list)
        self._dated: dict[Key, list[Op]] = {}
        self._first_at: dict[tuple[Key, str], str] = {}
        """Of what an undo or a redo put back: when it was written first, by the moment that it is of since."""
        for op in history:
            self._ops[op.table, op.uid].append(op)

    def knows(self, key: Key) -> bool:
        """Whether anything is known of how the record came to be."""
        return key in self._ops

    def turned(self) -> Iterator[Key]:
        """Yield the records to which an undo or a redo was the last that happened."""
        return (key for key, ops in self._ops.items() if ops[-1].turn is not Turn.MADE)

    def dated(self, key: Key, now: Document) -> Document:
        """Return the present document of a record as of the undo or redo that put it back, where one did."""
        ops = self._dated_ops(key)
        last = ops[-1].after if ops else None
        return last if last is not None and self._ops[key][-1].after == now else now

    def left_at(self, key: Key) -> str:
        """Return the moment of what a record was when it was deleted; empty where nobody knows, or an undo did that."""
        ops = self._dated_ops(key)
        last = ops[-1] if ops else None
        if last is None or last.after is not None or last.turn is Turn.UNDO:
            return ""
        return moment_of(last.before or {})

    def _dated_ops(self, key: Key) -> list[Op]:
        """Return what happened to a record: what an undo or a redo put back is just after what it took the place of."""
        if key in self._dated:
            return self._dated[key]
        ops = list[Op]()
        was: Document | None = _UNKNOWN
        instead: Document | None = None
        gone = ""
        for op in self._ops.get(key, ()):
            before = instead if op.before == was else op.before
            after = op.after
            if after is None:
                gone = _gone_at(op, before)
            elif op.turn is not Turn.MADE:
                after = _as_of(key[0], after, just_after(gone if before is None else moment_of(before)))
                self._first_at[key, moment_of(after)] = moment_of(op.after or {})
            ops.append(op if before is op.before and after is op.after else replace(op, before=before, after=after))
            was, instead = op.after, after
        self._dated[key] = ops
        return ops

    def path(self, key: Key, now: Document | None, gone: str = "") -> Path:
        """Return the path of a record whose document is `now` (None: it is deleted, since `gone`)."""
        table, uid = key
        now = None if now is None else self.dated(key, now)
        versions: list[str] = []
        written: list[frozenset[str]] = []
        documents: dict[str, Document | None] = {}
        moments: dict[str, str] = {}
        seen: list[Document | None] = []
        steps: list[Document | None] = []
        for op in self._dated_ops(key):
            again = bool(steps) and op.before != steps[-1] and (op.before is None or op.before in steps)
            if again and op.after in steps:  # what waited in a journal was brought in, and was known
                continue
            steps += (op.after,) if again else (op.before, op.after)
        while steps and steps[0] is None:
            del steps[0]  # before it was made, nobody had deleted it
        for document in (*steps, now):
            if document in seen[-1:]:
                continue
            seen.append(document)
            said = None if document is None else canonical(table, document)
            version = version_as_written(table, uid, said)
            documents[version] = said
            if said is not None:
                moments[version] = max(moment_of(said), moments.get(version, ""))
            if not versions or versions[-1] != version:
                if written:  # who went on from what an undo put back did so from what was written first
                    written[-1] |= {self._first_at.get((key, at), at) for at in written[-1]}
                versions.append(version)
                written.append(frozenset())
            if said is not None:
                written[-1] |= {moment_of(said)}
        ends = [_gone_at(op, op.before) for op in self._dated_ops(key) if op.after is None]
        if ends or now is None:
            moments[version_as_written(table, uid, None)] = max([*ends, gone if now is None else ""])
        return Path(versions, documents, moments, written=written)
