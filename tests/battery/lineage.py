"""Who knew of what, when several laptops change one book: what may be gone at the end, and what may not be there."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from relcraft.domain.contents import Contents, Key
from relcraft.domain.merging import STAMPS
from relcraft.domain.tombstones import CONFLICTS

Document = Mapping[str, Any]
Said = dict[Key, Document]
"""All records of a book, those on the list of conflicts included."""
_TOKEN = re.compile(r"q[0-9]+q")


def said_by(contents: Contents) -> Said:
    """Return the records of a book."""
    return {(table, uid): one for table, documents in contents.tables.items() for uid, one in documents.items()}


def apart(one: Contents, other: Contents) -> Iterator[str]:
    """Tell in what two books differ that were brought together: records, conflicts, tombstones."""
    said = (said_by(one), said_by(other)), (one.tombstones, other.tombstones)
    for what, (ours, theirs) in zip(("records", "tombstones"), said, strict=True):
        for key in {**ours, **theirs}:
            if ours.get(key) != theirs.get(key):
                yield f"{what} {key}: {ours.get(key)}, {theirs.get(key)}"


def words_of(document: Document | None) -> Document | None:
    """Return what a document says, whenever it was written."""
    return None if document is None else {name: value for name, value in document.items() if name not in STAMPS}


def tokens_in(documents: Iterable[Document]) -> set[str]:
    """Return all that somebody typed and that is still there."""
    return set(_TOKEN.findall(json.dumps(list(documents), default=str)))


def conflict_about(conflict: Document) -> Key:
    """Return which record a conflict is about."""
    return str(conflict["table"]), str(conflict["of"])


@dataclass(frozen=True, slots=True)
class Event:
    """What one deed did to one record."""

    key: Key
    after: Document | None
    """What the record said afterwards."""
    before: frozenset[int]
    """The events of this record that were known where it was done."""
    knew: frozenset[int]
    """All events that were known there."""
    told: str
    came: frozenset[str] = frozenset()
    """The tokens that came into the book by the deed."""
    went: frozenset[str] = frozenset()
    """The tokens that were in the book before the deed, and nowhere in it afterwards."""
    settled: frozenset[str] = frozenset()
    """The conflicts that the deed settled: none where a merge was taken back that had put them on the list."""
    unsettled: frozenset[str] = frozenset()
    """The conflicts that the deed put on the list again."""


@dataclass(slots=True)
class Lineage:
    """All events of a story. What a laptop knows is a set of them."""

    events: list[Event] = field(default_factory=list)

    def note(self, known: frozenset[int], before: Said, after: Said, told: str) -> frozenset[int]:
        """Take in what a deed did on a laptop, and return what the laptop knows then."""
        came = tokens_in(after.values()) - tokens_in(before.values())
        went = tokens_in(before.values()) - tokens_in(after.values())
        touched: dict[Key, tuple[set[str], set[str]]] = {}
        for key in {**before, **after}:
            was, now = before.get(key), after.get(key)
            if key[0] == CONFLICTS:
                if (was is None) is not (now is None):
                    about = conflict_about(was or now or {})
                    sets = touched.setdefault(about, (set(), set()))
                    if was is None or "Undone" not in told:
                        sets[was is None].add(key[1])
            elif words_of(was) != words_of(now):
                touched.setdefault(key, (set(), set()))
        new = set[int]()
        for key, (settled, unsettled) in sorted(touched.items()):
            past = frozenset(each for each in known if self.events[each].key == key)
            new.add(len(self.events))
            tokens, conflicts = (frozenset(came), frozenset(went)), (frozenset(settled), frozenset(unsettled))
            self.events.append(Event(key, words_of(after.get(key)), past, known, told, *tokens, *conflicts))
        return known | new

    def problems(self, known: frozenset[int], said: Said) -> Iterator[str]:
        """Tell what is wrong with a book that has everything that is known."""
        yield from self._lost(known, said)
        by_key: dict[Key, list[int]] = {}
        for each in sorted(known):
            by_key.setdefault(self.events[each].key, []).append(each)
        waiting: dict[Key, set[str]] = {}
        for (table, uid), document in said.items():
            if table == CONFLICTS:
                waiting.setdefault(conflict_about(document), set()).add(uid)
        for key, events in by_key.items():
            yield from self._of_one(key, events, known, said, waiting.get(key, set()))

    def _lost(self, known: frozenset[int], said: Said) -> Iterator[str]:
        here = tokens_in(said.values())
        gone = {token for each in known for token in self.events[each].went}
        came = {token for each in known for token in self.events[each].came}
        for token in sorted(came - gone - here):
            where = next(self.events[each] for each in sorted(known) if token in self.events[each].came)
            yield f"lost: {token} of {where.told}"

    def heads(self, events: Iterable[int]) -> list[int]:
        """Return the events of one record that no other one knew."""
        events = list(events)
        passed = {old for each in events for old in self.events[each].before}
        return [each for each in events if each not in passed]

    def _of_one(
        self, key: Key, events: list[int], known: frozenset[int], said: Said, waiting: set[str]
    ) -> Iterator[str]:
        heads = self.heads(events)
        held = self._may_be_held(key, events, known)
        told = [f"{each}:{self.events[each].told}{'*' if each in heads else ''}" for each in events]
        if len(heads) == 1:
            last = self.events[heads[0]]
            now = words_of(said.get(key))
            if now != last.after and not (last.after is None and held):
                was = "dead" if last.after is None else "alive" if now is None else "other"
                yield f"{was}: {key} is {now}, and was left as {last.after}: {told}"
            settled = {uid for each in events for uid in self.events[each].settled}
            again = {uid for each in events for uid in self.events[each].unsettled}
            if (back := (settled - again) & waiting) and not held:
                yield f"settled: {key} {sorted(back)} waits again: {told}"
        in_a_row = all(set(events[:place]) <= self.events[each].before for place, each in enumerate(events))
        # Another program that edits the file writes neither when nor what was before: nothing tells that it is later.
        outside = any(self.events[each].told.startswith("outside edit", 2) for each in events)
        if waiting and in_a_row and not held and not outside:
            yield f"needless: {key} waits though nobody changed it beside another: {told}"

    def _may_be_held(self, key: Key, events: Iterable[int], known: frozenset[int]) -> bool:
        """Whether a record was deleted while somebody elsewhere wrote one that names it."""
        ends = [each for each in events if self.events[each].after is None]
        naming = [each for each in known if self.events[each].key != key and _names(self.events[each].after, key[1])]
        return any(
            each not in self.events[end].knew and end not in self.events[each].knew for each in naming for end in ends
        )

    def asked_for_nothing(self, known: frozenset[int], said: Said) -> int:
        """Return how many conflicts have nothing to show that is not in the record, or was taken back."""
        gone = {token for each in known for token in self.events[each].went}
        count = 0
        for (table, _), conflict in said.items():
            if table == CONFLICTS and conflict.get("document") is not None:
                record = said.get(conflict_about(conflict))
                fresh = tokens_in([conflict]) - gone - tokens_in([] if record is None else [record])
                count += record is not None and not fresh
        return count


def _names(document: Document | None, uid: str) -> bool:
    return f'"{uid}"' in json.dumps(document, default=str)
