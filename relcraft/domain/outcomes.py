"""What one record comes to when two versions of a book become one: the rules of a single record."""

import json
from dataclasses import dataclass, field, replace

from relcraft.domain.contents import Contents, Key, Tombstone
from relcraft.domain.documents import Document
from relcraft.domain.merging import STAMPS, merge_fields
from relcraft.domain.value import Value
from relcraft.domain.versions import canonical, moment_of, version_as_written


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class State(Value):
    """What one book says of one record."""

    document: Document | None
    """Canonical."""
    tombstone: Tombstone | None
    """Only of a record that is not there."""
    kept: Document | None = field(default=None, compare=False)
    """The document as the book that has it writes it."""
    clashes: tuple[str, ...] = field(default=(), compare=False)
    """Of a version that does not stand: the fields over which it clashed, where that is known."""

    @property
    def absent(self) -> bool:
        """Whether the book never had it, as far as it knows."""
        return self.document is None and self.tombstone is None

    @property
    def moment(self) -> str:
        """When it came to be so."""
        if self.document is not None:
            return moment_of(self.document)
        return "" if self.tombstone is None else self.tombstone.when

    @property
    def rank(self) -> tuple[str, bool, str]:
        """What orders any two states: the later one is the greater."""
        if self.document is not None:
            return self.moment, True, json.dumps(self.document, sort_keys=True, default=str)
        return self.moment, False, "" if self.tombstone is None else self.tombstone.of


@dataclass(slots=True)
class Outcome:
    """What becomes of one record."""

    state: State
    beside: list[State] = field(default_factory=list)
    """What goes to the list of conflicts, unless it was settled."""
    settled: dict[str, str] = field(default_factory=dict)
    """Versions that are not to come up again, and the moment of each."""

    def settle(self, version: str, moment: str) -> None:
        """Note that a version is part of this outcome, or was chosen before."""
        self.settled[version] = max(moment, self.settled.get(version, ""))

    def displace(self, loser: State) -> None:
        """Take in what a state that does not stand remembers of older versions."""
        tombstone = loser.tombstone
        if loser.document is None and tombstone is not None and tombstone.of and tombstone != self.state.tombstone:
            self.settle(tombstone.of, tombstone.when)


def state_of(book: Contents, key: Key) -> State:
    """Return what a book says of a record; one that is there is not deleted, whatever a tombstone says."""
    document = book.tables.get(key[0], {}).get(key[1])
    if document is not None:
        return State(canonical(key[0], document), None, document)
    return State(None, book.tombstones.get(key))


def later(key: Key, ours: State, theirs: State) -> Outcome:
    """Let the later one stand, and put the other beside it where it is a version of its own."""
    winner, loser = sorted((ours, theirs), key=lambda one: one.rank, reverse=True)
    outcome = Outcome(winner)
    outcome.displace(loser)
    if loser.document is not None and version_as_written(*key, loser.document) != version_as_written(
        *key, winner.document
    ):
        outcome.beside.append(loser)
    return outcome


def put_together(key: Key, ours: State, theirs: State, base: Document) -> Outcome:
    """Bring two versions together that were made from `base`; where they clash, the later one's word stands."""
    last, earlier = sorted((ours, theirs), key=lambda one: one.rank, reverse=True)
    if last.document is None or earlier.document is None:
        outcome = Outcome(last, [earlier])
        outcome.displace(earlier)
        return outcome
    was = {name: value for name, value in canonical(key[0], base).items() if name not in STAMPS}
    merged = merge_fields(was, last.document, earlier.document)
    outcome = Outcome(State(canonical(key[0], merged.document), None))
    if merged.clashes:
        outcome.beside.append(replace(earlier, clashes=merged.clashes))
    return outcome
