"""Nothing dangles when two versions of a book are brought together: who is still named stays, though deleted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from relcraft.domain.contents import Contents, Key
from relcraft.domain.documents import Document
from relcraft.domain.linking import LINKS, named_in
from relcraft.domain.value import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Held(Value):
    """A record that one side deleted, and that stays."""

    key: Key
    document: Document
    """As the other side has it."""


def held_back(ours: Contents, theirs: Contents, changes: Mapping[Key, Document | None]) -> Iterator[Held]:
    """Yield each deleted record that something names of which the side that deleted it knew nothing.

    `changes` is what the union is to have other than `ours`; None: no such record.
    """
    going = dict(_going(ours, theirs, changes))
    waiting = _there(ours, changes) if going else iter(())
    while True:
        found: list[tuple[Key, Document]] = []
        for (table, uid), document in waiting:
            for named in named_in(table, document):
                if named in going and not _knew(theirs if _has(ours, named) else ours, (table, uid), named):
                    held = named, going.pop(named)
                    found.append(held)
                    yield Held(*held)
        if not found:
            return
        waiting = iter(found)


def _going(ours: Contents, theirs: Contents, changes: Mapping[Key, Document | None]) -> Iterator[tuple[Key, Document]]:
    """Yield each record that one side has and the union has not, as it is on that side."""
    for (table, uid), document in changes.items():
        if document is None and uid in ours.tables.get(table, {}):
            yield (table, uid), ours.tables[table][uid]
    for table in LINKS:
        here = ours.tables.get(table, {})
        for uid in theirs.tables.get(table, {}):
            if uid not in here and changes.get((table, uid)) is None:
                yield (table, uid), theirs.tables[table][uid]


def _there(ours: Contents, changes: Mapping[Key, Document | None]) -> Iterator[tuple[Key, Document]]:
    """Yield every record of the union that may name another."""
    for table in LINKS:
        for uid, document in ours.tables.get(table, {}).items():
            if (table, uid) not in changes:
                yield (table, uid), document
    for key, changed in changes.items():
        if changed is not None:
            yield key, changed


def _has(book: Contents, key: Key) -> bool:
    return key[1] in book.tables.get(key[0], {})


def _knew(book: Contents, key: Key, named: Key) -> bool:
    """Whether a book has the record under `key`, and that it names the other."""
    document = book.tables.get(key[0], {}).get(key[1])
    return document is not None and named in named_in(key[0], document)
