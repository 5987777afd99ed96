"""Going back to a backup: what would come back, go and change, told beforehand, and kept as one change.

Afterwards the records of the book say again what they said in the backup. What was made since goes, and leaves
tombstones as every deletion does; what was deleted since comes back; what was changed is as it was. Each of them is
stamped with the moment of the restore, so that a merge with another machine takes it for the latest word.
Conflicts are decided by nobody but the user: those that wait still wait, and none comes back that was settled.
Tables that no version of Relcraft knows stay as they are, and the list of the last changes gets one more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from relcraft.book.memory import MemoryKeeper
from relcraft.book.naming import title_of
from relcraft.book.open import Book
from relcraft.book.port import Tables
from relcraft.domain.changes import Change, Op
from relcraft.domain.contents import Contents
from relcraft.domain.documents import TABLES, Document, from_document, write_instant
from relcraft.domain.errors import Conflict
from relcraft.domain.labels import called as kind_called
from relcraft.domain.labels import label_of
from relcraft.domain.merging import STAMPS
from relcraft.domain.telling import tell_count, tell_list
from relcraft.domain.text import clean_line
from relcraft.domain.value import Value
from relcraft.domain.versions import canonical, just_after, moment_of

RESTORED = tuple(table for table in TABLES if table != "conflicts")
"""The tables that a restore brings back."""
MOST_NAMES = 10
"""How many records of one kind a preview names."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Told(Value):
    """What happens to the records of one kind."""

    what: str
    """`back`, `gone` or `changed`."""
    table: str
    count: int
    names: tuple[str, ...]
    """The first of them, as a toast would name them; of a changed one, the fields as well."""

    def __str__(self) -> str:
        counted = "what you say of yourself" if self.table == "me" else tell_count(self.count, kind_called(self.table))
        more = (*self.names, *[""] * (self.count - len(self.names)))
        return f"{counted}: {tell_list(more, MOST_NAMES)}" if self.names else counted


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RestorePlan(Value):
    """What a restore will do."""

    called: str
    """What is restored, as the title of the change says it: "the backup of Thu 12 Mar 2026"."""
    theirs: Contents
    ops: tuple[Op, ...]
    """From each record as it is to what the backup says; none where the book says the same already."""
    told: tuple[Told, ...]
    """In the order in which one wants to know: what goes, what changes, what comes back; people first."""

    @property
    def title(self) -> str:
        """The change's title."""
        return f"restore of {self.called}"

    def report(self) -> dict[str, dict[str, int]]:
        """Return how many records of each table come back, go and change, for other programs."""
        return {
            what: {told.table: told.count for told in self.told if told.what == what}
            for what in ("back", "gone", "changed")
        }


def plan_restore(book: Book, theirs: Contents, called: str) -> RestorePlan:
    """Return what restoring `theirs` would do; the book stays as it is. Raises `BadBook` where it became unreadable."""
    book.look_for_news()
    ops = tuple(_ops(book, theirs))
    return RestorePlan(called, theirs, ops, tuple(_told(book, theirs, ops)))


def keep_restore(book: Book, plan: RestorePlan, first: Callable[[], object] = lambda: None) -> Change | None:
    """Make the restore: one change, one undo. None where there is nothing to do.

    `first` is what is done before anything changes, while no other program can write. Raises what it raises, `NotKept`,
    and `Conflict` where the book is no longer what the plan told about: then nothing changed.
    """
    with book.alone():
        if tuple(_ops(book, plan.theirs)) != plan.ops:
            raise Conflict("Another program changed the book at this moment: nothing was restored. Look again.")
        if not plan.ops:
            return None
        first()
        return book.change(plan.title, *_stamped(book, plan.ops))


def _stamped(book: Book, ops: Iterable[Op]) -> Iterator[Op]:
    """Yield `ops` as of now; always later than what they take the place of, even where the clock went back."""
    now, tombstones = write_instant(book.now), book.contents().tombstones
    for op in ops:
        if op.after is None:
            yield op
            continue
        grave = tombstones.get((op.table, op.uid))
        former = (moment_of(op.before or {}), "" if grave is None else grave.when)
        yield replace(op, after={**op.after, "updated": max(now, *map(just_after, former))})


def _ops(book: Book, theirs: Contents) -> Iterator[Op]:
    here = {table: documents for table, documents in book.documents() if table in RESTORED}
    for table in RESTORED:
        now = {str(document["uid"]): document for document in here[table]}
        then = theirs.tables.get(table, {})
        for uid, document in now.items():
            if uid not in then:
                yield Op(table, uid, document, None)
        for uid, document in then.items():
            before = now.get(uid)
            if before is None or not _says_the_same(table, before, document):
                yield Op(table, uid, before, {**document, "uid": uid})


def _says_the_same(table: str, one: Document, other: Document) -> bool:
    return one == other or _words(table, one) == _words(table, other)


def _words(table: str, document: Document) -> Document:
    """Return what a document says, however it is spelled and whenever it was written."""
    return {field: value for field, value in canonical(table, document).items() if field not in STAMPS}


class _Then(MemoryKeeper):
    """A book as it was, to be looked at."""

    def __init__(self, theirs: Contents) -> None:
        super().__init__()
        self._then: dict[str, dict[str, Document]] = {
            table: dict(documents) for table, documents in theirs.tables.items() if table in RESTORED
        }

    def load(self) -> Tables:
        return self._then


def _told(book: Book, theirs: Contents, ops: tuple[Op, ...]) -> Iterator[Told]:
    then = Book(_Then(theirs), lambda: book.now)
    for what, looked_at in (("gone", book), ("changed", book), ("back", then)):
        for table in RESTORED:
            concerned = [op for op in ops if op.table == table and _what(op) == what]
            if concerned:
                names = tuple(_name(looked_at, op) for op in concerned[:MOST_NAMES]) if table != "me" else ()
                yield Told(what, table, len(concerned), names)


def _what(op: Op) -> str:
    return "back" if op.before is None else "gone" if op.after is None else "changed"


def _name(looked_at: Book, op: Op) -> str:
    document = op.before or op.after or {}
    name = clean_line(title_of(looked_at, from_document(TABLES[op.table], document))) or "somebody without a name"
    if op.before is None or op.after is None:
        return name
    return f"{name} ({', '.join(_fields(op.table, op.before, op.after))})"


def _fields(table: str, before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Return the names of the fields in which two documents differ, as the forms call them."""
    one, other = (_words(table, dict(document)) for document in (before, after))
    fields = [
        field for field in {**one, **other} if field not in one or field not in other or one[field] != other[field]
    ]
    return [label_of(table, field).lower() for field in fields]
