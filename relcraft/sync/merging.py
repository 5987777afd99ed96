"""Another version of the book brought into the open one: shown beforehand, kept as one change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from relcraft.book.alone import alone
from relcraft.book.memory import MemoryKeeper
from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.book.port import Tables
from relcraft.domain.changes import Change, Op
from relcraft.domain.contents import Contents
from relcraft.domain.documents import TABLES, Document, from_document
from relcraft.domain.identity import name_key
from relcraft.domain.labels import label_of
from relcraft.domain.merging import STAMPS
from relcraft.domain.records import Contact, OtherSide
from relcraft.domain.telling import tell_count
from relcraft.domain.text import clean_line
from relcraft.domain.tombstones import CONFLICTS, TOMBSTONES, written
from relcraft.domain.uniting import United, united
from relcraft.domain.versions import canonical

_UNSEEN = frozenset({*STAMPS, "sources", "vcard", "extra"})
"""Fields that a preview does not name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What a merge will do."""

    theirs: Contents
    base: Contents | None
    ops: tuple[Op, ...]
    """Records, and in the table "_tombstones" what is remembered of deleted ones."""
    coming: tuple[str, ...]
    """What comes in, each as a toast names it."""
    changing: tuple[str, ...]
    """What is changed here, with the fields."""
    going: tuple[str, ...]
    """What is deleted here."""
    conflicts: tuple[str, ...]
    """Of what the version that did not stand goes to the list of conflicts, to be looked at."""
    twice: tuple[str, ...] = ()
    """Who comes in and may be somebody who is here already."""

    @property
    def nothing_new(self) -> bool:
        """Whether everything of the other book is here already."""
        return not any(map(_says_something, self.ops))

    @property
    def summary(self) -> str:
        """The merge in words, without a full stop: "3 come in, 1 changes, 1 conflict to look at"."""
        said = (
            (len(self.coming), "comes in" if len(self.coming) == 1 else "come in"),
            (len(self.changing), "changes" if len(self.changing) == 1 else "change"),
            (len(self.going), "is deleted" if len(self.going) == 1 else "are deleted"),
        )
        parts = [f"{count} {verb}" for count, verb in said if count]
        if self.conflicts:
            parts.append(f"{tell_count(len(self.conflicts), 'conflict')} to look at")
        if parts:
            return ", ".join(parts)
        return "nothing new" if self.nothing_new else "conflicts are settled"

    def report(self) -> dict[str, object]:
        """Return the plan as `relcraft merge --json` prints it."""
        return {
            "other": self.theirs.name,
            "added": list(self.coming),
            "changed": list(self.changing),
            "deleted": list(self.going),
            "conflicts": list(self.conflicts),
            "possible_duplicates": list(self.twice),
        }


def plan_merge(book: Book, theirs: Contents, base: Contents | None = None) -> MergePlan:
    """Return what bringing `theirs` in would do; the book stays as it is."""
    outcome = united(book.contents(), theirs, base)
    there = Book(_Theirs(theirs), lambda: book.now)
    coming = [op for op in outcome.ops if op.table != CONFLICTS and op.before is None]
    return MergePlan(
        theirs=theirs,
        base=base,
        ops=tuple(_ops(outcome)),
        coming=tuple(_name(there, op.table, op.after) for op in coming),
        changing=tuple(
            _changed(book, op)
            for op in outcome.ops
            if op.table != CONFLICTS and op.before is not None and op.after is not None and _says_something(op)
        ),
        going=tuple(_name(book, op.table, op.before) for op in outcome.ops if op.table != CONFLICTS and not op.after),
        conflicts=tuple(
            _conflicting(book, there, op.after)
            for op in outcome.ops
            if op.table == CONFLICTS and op.before is None and op.after is not None
        ),
        twice=tuple(_twice(book, coming)),
    )


@alone
def keep_merge(book: Book, plan: MergePlan) -> Change | None:
    """Bring the other version in: one change, one undo. None where everything of it is here already.

    Where the book changed since the plan was made, it is made anew. Raises `NotKept` as every verb does.
    """
    outcome = united(book.contents(), plan.theirs, plan.base)
    if outcome.nothing_new:
        return None
    change = book.change(f"merge of {clean_line(plan.theirs.name)}", *_ops(outcome))
    return change if any(map(_says_something, outcome.ops)) else None


def _says_something(op: Op) -> bool:
    """Whether an op is more than a note for later merges: of what was deleted, or of when the same was said."""
    if op.table == TOMBSTONES:
        return False
    if op.before is None or op.after is None:
        return True
    before, after = (canonical(op.table, one).items() for one in (op.before, op.after))
    return dict(one for one in before if one[0] not in STAMPS) != dict(one for one in after if one[0] not in STAMPS)


def _ops(outcome: United) -> Iterator[Op]:
    yield from outcome.ops
    for key, tombstone in outcome.tombstones:
        yield Op(TOMBSTONES, "/".join(key), None, written(key, tombstone))


class _Theirs(MemoryKeeper):
    """The other book, to be looked at and never changed."""

    def __init__(self, theirs: Contents) -> None:
        super().__init__()
        self._theirs = cast("Tables", theirs.tables)

    def load(self) -> Tables:
        return self._theirs


def _name(book: Book, table: str, document: Document | None) -> str:
    """Return how a record is called, with the people as `book` knows them."""
    return clean_line(title_of(book, from_document(TABLES[table], document or {}))) or "somebody without a name"


def _changed(book: Book, op: Op) -> str:
    """Return a record that changes, and in which fields."""
    before, after = (canonical(op.table, one or {}) for one in (op.before, op.after))
    fields = [name for name in {**before, **after} if name not in _UNSEEN and before.get(name) != after.get(name)]
    told = ", ".join(label_of(op.table, name).lower() for name in fields)
    name = _name(book, op.table, op.before)
    return f"{name}: {told}" if told else name


def _conflicting(book: Book, there: Book, document: Document) -> str:
    """Return whom or what a conflict is about."""
    side = from_document(OtherSide, document)
    if side.table not in TABLES:
        return "a record of a kind that is not known here"
    for known in (book, there):
        record = known.get(side.table, side.of)
        if record is not None:
            return clean_line(title_of(known, record)) or "somebody without a name"
    return _name(book, side.table, side.document)


def _twice(book: Book, coming: Iterable[Op]) -> Iterator[str]:
    """Yield who comes in under the name of somebody who is here already."""
    new = [from_document(Contact, op.after) for op in coming if op.table == "contacts" and op.after is not None]
    if not new:
        return
    known = {name_key(name or "") for _uid, (name,) in book.columns(Contact, name=str)}
    for contact in new:
        if name_key(contact.name) and name_key(contact.name) in known:
            yield clean_line(contact.name)
