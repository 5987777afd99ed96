"""The rule by which two versions of a book become one, without asking anybody and without losing anything.

Of each record the later version stands, and the other is put on the list of conflicts, unless somebody settled that
before. Where it is known how the two came about, what is only older loses, and edits of different fields are put
together. What an undo put back is as of the undo. Nothing else than what the two say is looked at: whoever brings in
whom, the outcome says the same; the moment of an undo is written down only where it is not known from the past.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from relcraft.domain.changes import Op
from relcraft.domain.contents import Contents, Key, Tombstone
from relcraft.domain.dangling import Held, held_back
from relcraft.domain.documents import OF_ONE_MACHINE, TABLES, Document
from relcraft.domain.halves import Half
from relcraft.domain.outcomes import Outcome, State, later, put_together, state_of
from relcraft.domain.pasts import Path, fork
from relcraft.domain.tombstones import CONFLICTS
from relcraft.domain.value import Value
from relcraft.domain.versions import canonical, conflict_of, moment_of, version_as_written, version_of

_NOT_COMPARED = OF_ONE_MACHINE | {CONFLICTS}


@runtime_checkable
class Comparing(Protocol):
    """Documents that can tell whether one is equal to another's without reading both."""

    def same(self, key: str, other: Mapping[str, Document]) -> bool:
        """Tell whether `other` has an equal document under `key`. Both have one."""


def _comparing(ours: Mapping[str, Document]) -> Callable[[str, Mapping[str, Document]], bool]:
    """Return what tells whether others have an equal document, by the quickest way that there is."""
    return ours.same if isinstance(ours, Comparing) else lambda uid, theirs: ours[uid] == theirs[uid]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class United(Value):
    """What leads from our version of a book to the one that has both."""

    ops: tuple[Op, ...]
    """Of records, the list of conflicts included; each record at most once."""
    tombstones: tuple[tuple[Key, Tombstone], ...]
    """What is to be remembered of deleted records and settled versions, where we do not."""
    taken: tuple[Key, ...] = ()
    """Records that are new here."""
    changed: tuple[Key, ...] = ()
    deleted: tuple[Key, ...] = ()
    conflicts: tuple[str, ...] = ()
    """The uids of the conflicts that are new here."""

    @property
    def nothing_new(self) -> bool:
        """Whether ours has everything already."""
        return not self.ops and not self.tombstones


def united(ours: Contents, theirs: Contents, base: Contents | None = None) -> United:
    """Return what leads from `ours` to the book that has both.

    `base` is the version from which both were made, where that is known (as git does). Without it and without what is
    known of how the records came about, it does not matter in which order, how often, or in what company two versions
    are brought together.
    """
    return _Uniting(ours, theirs, base).result()


class _Uniting:
    """Goes through two books, record by record."""

    def __init__(self, ours: Contents, theirs: Contents, base: Contents | None) -> None:
        self._ours, self._theirs, self._base = Half(ours), Half(theirs), base
        self._our_waiting, self._their_waiting = (
            half.waiting(self._ours.settled, self._theirs.settled) for half in (self._ours, self._theirs)
        )
        self._states: dict[Key, State] = {}
        """What is another than in our book, before the list of conflicts."""
        self._were: dict[Key, State] = {}
        """The same records as our book has them."""
        self._beside: dict[str, Document] = {}
        self._laid: dict[str, str] = {}

    def result(self) -> United:
        """Return what came out."""
        for key in self._keys():
            ours, theirs = self._ours.state(key), self._theirs.state(key)
            outcome = self._outcome(key, ours, theirs)
            was = state_of(self._ours.book, key)
            if outcome.state != was and not (outcome.state == ours and self._is_ours_alone(key, outcome.state)):
                self._states[key] = outcome.state
                self._were[key] = was
            for version, moment in outcome.settled.items():
                self._laid[version] = max(moment, self._laid.get(version, ""))
            for one in outcome.beside:
                self._put_beside(key, one)
        for held in held_back(
            self._ours.book, self._theirs.book, {key: one.document for key, one in self._states.items()}
        ):
            self._hold_back(held)
        return self._as_ops()

    def _is_ours_alone(self, key: Key, state: State) -> bool:
        """Whether the other book does not say since when we are in a state: then it is enough that our past says it."""
        return state_of(self._theirs.book, key) != state

    def _keys(self) -> Iterator[Key]:
        """Yield every record of which the two books may not say the same."""
        yield from dict.fromkeys((*self._ours.of_records(), *self._theirs.of_records()))
        for table in TABLES:
            if table in _NOT_COMPARED:
                continue
            ours, theirs = self._ours.book.tables.get(table, {}), self._theirs.book.tables.get(table, {})
            based = {} if self._base is None else self._base.tables.get(table, {})
            same = _comparing(ours)
            for uid in theirs:
                if uid not in ours or not same(uid, theirs):
                    yield table, uid
            for uid in ours:
                if uid not in theirs and ((table, uid) in self._theirs.book.tombstones or uid in based):
                    yield table, uid
        for key in self._theirs.book.tombstones:
            table, uid = key
            if (
                table in TABLES
                and table not in _NOT_COMPARED
                and uid not in self._ours.book.tables.get(table, {})
                and uid not in self._theirs.book.tables.get(table, {})
            ):
                yield key

    # One record

    def _outcome(self, key: Key, ours: State, theirs: State) -> Outcome:
        base = None if self._base is None else self._base.tables.get(key[0], {}).get(key[1])
        if base is not None:
            gone = State(None, Tombstone(moment_of(base), version_of(*key, base)))
            ours, theirs = (gone if one.absent else one for one in (ours, theirs))
        elif ours.absent or theirs.absent:
            outcome = Outcome(theirs if ours.absent else ours)
            if ours.absent and self._theirs.pasts.knows(key):
                self._settle_past(key, outcome, *self._paths(key, ours, theirs))
                outcome.settled.pop("" if theirs.tombstone is None else theirs.tombstone.of, None)
            return outcome
        if base is not None or self._ours.pasts.knows(key) or self._theirs.pasts.knows(key):
            return self._by_their_pasts(key, ours, theirs, base)
        return later(key, ours, theirs)

    def _by_their_pasts(self, key: Key, ours: State, theirs: State, base: Document | None) -> Outcome:
        mine, other = self._paths(key, ours, theirs)
        if base is not None:
            mine, other = mine.made_from(key, base), other.made_from(key, base)
        if mine.now == other.now:
            return later(key, ours, theirs)
        parting = fork(mine, other)
        if parting is None:
            outcome = later(key, ours, theirs)
        elif parting.ours and parting.theirs:
            was = other.documents.get(parting.version) or mine.documents.get(parting.version)
            outcome = later(key, ours, theirs) if was is None else put_together(key, ours, theirs, was)
        else:
            ahead = max(ours, theirs, key=lambda one: one.rank) if parting.ours == parting.theirs else None
            outcome = Outcome(ahead or (ours if parting.ours else theirs))
            outcome.displace(theirs if outcome.state is ours else ours)
        self._settle_past(key, outcome, mine, other)
        for state in (ours, theirs):
            gone = version_as_written(*key, None)
            if state.document is None and gone not in self._apart(key, outcome):
                outcome.settle(gone, state.moment)
        for one in (outcome.state, *outcome.beside):
            outcome.settled.pop(version_as_written(*key, one.document), None)
        return outcome

    def _paths(self, key: Key, ours: State, theirs: State) -> tuple[Path, Path]:
        """Return how the record came to be on both sides, and what of the other's path each side has taken in."""
        mine = self._ours.pasts.path(key, ours.document, ours.moment)
        other = self._theirs.pasts.path(key, theirs.document, theirs.moment)
        by_us = {*self._ours.known(other, theirs), *self._our_waiting.get(key, ())}
        by_them = {*self._theirs.known(mine, ours), *self._their_waiting.get(key, ())}
        return (
            replace(mine, taken_in=by_us, waiting=self._ours.unsettled.get(key, frozenset())),
            replace(other, taken_in=by_them, waiting=self._theirs.unsettled.get(key, frozenset())),
        )

    def _settle_past(self, key: Key, outcome: Outcome, ours: Path, theirs: Path) -> None:
        """Make their past ours as well: what they went through is no news when it comes from a third side."""
        apart = self._apart(key, outcome)
        for version, document in theirs.documents.items():
            if document is not None and version not in apart and version not in ours.documents:
                outcome.settle(version, moment_of(document))

    def _apart(self, key: Key, outcome: Outcome) -> set[str]:
        """Return the versions of a record that stand or wait to be looked at: nothing of them is settled."""
        standing = {version_as_written(*key, one.document) for one in (*outcome.beside, outcome.state)}
        return standing.union(*(waiting.get(key, ()) for waiting in (self._our_waiting, self._their_waiting)))

    # What becomes of it

    def _put_beside(self, key: Key, state: State) -> None:
        conflict = conflict_of(*key, state.document, state.moment, state.clashes)
        uid = conflict["uid"]
        self._beside[uid] = _one_of([conflict, self._beside.get(uid, conflict)])

    def _hold_back(self, held: Held) -> None:
        """Let a record stay on which something lives that those who deleted it did not have."""
        key = held.key
        self._were.setdefault(key, state_of(self._ours.book, key))
        dead = self._states.get(key) or self._were[key]
        theirs = key[1] not in self._ours.book.tables.get(key[0], {})
        stays = self._theirs.state(key) if theirs else self._were[key]
        self._states[key] = stays
        tombstone = dead.tombstone or state_of(self._theirs.book, key).tombstone
        self._put_beside(key, State(None, tombstone))
        if tombstone is not None and tombstone.of not in ("", version_of(*key, held.document)):
            self._laid[tombstone.of] = max(tombstone.when, self._laid.get(tombstone.of, ""))

    def _as_ops(self) -> United:
        ops, tombstones = list[Op](), dict[Key, Tombstone]()
        for key, state in self._states.items():
            before = self._ours.book.tables.get(key[0], {}).get(key[1])
            after = state.document
            if after is not None and self._were[key].document == after:
                continue
            if after is not None and state.kept is not None:
                after = state.kept
            if before is not None or after is not None:
                ops.append(Op(*key, before, after))
            if state.tombstone is not None and state.tombstone != self._ours.book.tombstones.get(key):
                tombstones[key] = state.tombstone
        laid = self._all_laid()
        conflicts = list(self._conflict_ops(laid))
        coming = {op.uid for op in conflicts if op.after is not None}
        tombstones.update(
            ((CONFLICTS, version), Tombstone(moment))
            for version, moment in laid.items()
            if moment > self._our_settled_by_name(version) or version in coming
        )
        return United(
            (*ops, *conflicts),
            tuple(tombstones.items()),
            taken=tuple((op.table, op.uid) for op in ops if op.before is None),
            changed=tuple((op.table, op.uid) for op in ops if op.before is not None and op.after is not None),
            deleted=tuple((op.table, op.uid) for op in ops if op.after is None),
            conflicts=tuple(op.uid for op in conflicts if op.before is None),
        )

    # The list of conflicts

    def _our_settled_by_name(self, version: str) -> str:
        tombstone = self._ours.book.tombstones.get((CONFLICTS, version))
        return "" if tombstone is None else tombstone.when

    def _all_laid(self) -> dict[str, str]:
        """Return the versions that are settled, by hand on either side or by this merge, as they are to be kept."""
        laid = dict(self._laid)
        for half in (self._ours, self._theirs):
            for version, moment in half.settled_by_name.items():
                laid[version] = max(moment, laid.get(version, ""))
        return laid

    def _conflict_ops(self, laid: Mapping[str, str]) -> Iterator[Op]:
        settled = {**self._ours.settled}
        for version, moment in (*self._theirs.settled.items(), *laid.items()):
            settled[version] = max(moment, settled.get(version, ""))
        ours, theirs = self._ours.conflicts, self._theirs.conflicts
        written_here, written_there = (half.book.tables.get(CONFLICTS, {}) for half in (self._ours, self._theirs))
        for uid in dict.fromkeys((*ours, *theirs, *self._beside)):
            found = [canonical(CONFLICTS, one) for one in (ours.get(uid), theirs.get(uid)) if one is not None]
            if uid in self._beside:
                found.append(self._beside[uid])
            conflict = _one_of(found)
            ends = (uid in settled and settled[uid] >= moment_of(conflict)) or self._says_so_already(conflict)
            before = written_here.get(uid)
            if ends and before is not None:
                yield Op(CONFLICTS, uid, before, None)
            elif not ends and (before is None or canonical(CONFLICTS, before) != conflict):
                there = written_there.get(uid)
                alone = there is None or canonical(CONFLICTS, there) != conflict
                if before is None or not alone or canonical(CONFLICTS, ours[uid]) != conflict:
                    yield Op(CONFLICTS, uid, before, conflict)

    def _says_so_already(self, conflict: Document) -> bool:
        """Whether the record itself says what a conflict says."""
        key, document = (str(conflict.get("table")), str(conflict.get("of"))), conflict.get("document")
        if not isinstance(document, dict) or key[0] not in TABLES:
            return False
        state = self._states.get(key) or state_of(self._ours.book, key)
        return state.document is not None and version_of(*key, state.document) == version_of(*key, document)


def _one_of(conflicts: Sequence[Document]) -> Document:
    """Return what several records of one conflict come to: over every field over which it clashed for any of them."""
    latest = max(conflicts, key=_text)
    fields = [one.get("fields") or () for one in conflicts]
    every = sorted({name for names in fields for name in names}) if all(fields) else []
    return {
        **{name: value for name, value in latest.items() if name != "fields"},
        **({"fields": every} if every else {}),
    }


def _text(document: Document) -> str:
    return json.dumps(document, sort_keys=True, default=str)
