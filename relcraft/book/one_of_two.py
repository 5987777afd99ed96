"""What of a book changes when contacts become one: whatever led to who goes leads to who stays, and nothing twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from relcraft.book.arriving import as_brought
from relcraft.book.links import HANGING, LINKED
from relcraft.book.naming import names_of
from relcraft.book.open import Book
from relcraft.book.port import Text
from relcraft.book.verbs import touched
from relcraft.domain.changes import Op, drop, put
from relcraft.domain.documents import TABLE_OF, TABLES
from relcraft.domain.duplicates import apart_uid, pair_of
from relcraft.domain.linking import LINKS, uids_of
from relcraft.domain.moves import key_with, parts_of
from relcraft.domain.one_person import as_one
from relcraft.domain.records import Apart, Ask, Contact, Exchange, Goal, Introduction, Record, Snooze, Tie, Unplaced
from relcraft.domain.telling import tell_list
from relcraft.domain.words import TieStrength

R = TypeVar("R", bound=Record)
Into = Mapping[str, str]
"""Who goes, by uid, with who stays in the place."""
_STRONGEST_FIRST = (TieStrength.STRONG, TieStrength.ORDINARY, TieStrength.WEAK)
_PEOPLE = {
    table: tuple(name for name, targets in links.items() if "contacts" in targets)
    for table, links in LINKS.items()
    if table != TABLE_OF[Snooze]
}
"""By table, the fields that name contacts."""


def united_ops(book: Book, into: Into) -> Sequence[Op]:
    """Return the ops that put each contact of `into` into the one who stays, who is no key of it."""
    draft = _Draft(book)
    _contacts(draft, into)
    _records(draft, into)
    _asks_and_goals(draft, into)
    _introductions(draft)
    _ties(draft, into)
    _snoozes(draft, into)
    _unplaced(draft, into)
    _apart(draft, into)
    return draft.ops()


class _Draft:
    """The records of a book as they are to be: each is changed once, however many reasons there are for it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._before: dict[tuple[str, str], Record | None] = {}
        self._after: dict[tuple[str, str], Record | None] = {}

    def now(self, kind: type[R], uid: str) -> R | None:
        """Return a record as it is to be; None where there is none."""
        key = TABLE_OF[kind], uid
        record = self._after[key] if key in self._after else self.book.get(*key)
        return record if isinstance(record, kind) else None

    def put(self, record: Record) -> None:
        """Let a record be so."""
        key = TABLE_OF[type(record)], record.uid
        self._before.setdefault(key, self.book.get(*key))
        self._after[key] = record

    def drop(self, record: Record) -> None:
        """Let a record go."""
        key = TABLE_OF[type(record)], record.uid
        self._before.setdefault(key, self.book.get(*key))
        self._after[key] = None

    def changed(self, kind: type[R]) -> list[R]:
        """Return the records of a kind that are to be other than they were."""
        return [record for record in self._after.values() if isinstance(record, kind)]

    def ops(self) -> list[Op]:
        """Return what is to be done."""
        ops = []
        for key, after in self._after.items():
            before = self._before[key]
            if after is None:
                ops += [drop(before)] if before is not None else []
            elif after != before:
                ops.append(put(before, touched(self.book, after)))
        return ops


def _contacts(draft: _Draft, into: Into) -> None:
    """Put the contacts together; who was introduced by one who goes was introduced by who stays."""
    book = draft.book

    def name_of(uid: str) -> str:
        return names_of(book, (uid,))

    for uid, stays in into.items():
        kept, other = draft.now(Contact, stays), book.contact(uid)
        assert kept is not None  # noqa: S101 - whoever asks for this has looked
        draft.put(as_one(kept, other, name_of))
        draft.drop(other)
    introduced = [uid for uid, (by,) in book.columns(Contact, introduced_by=Text) if by in into]
    for uid in dict.fromkeys((*introduced, *into.values())):
        person = draft.now(Contact, uid)
        if person is not None:
            by = into.get(person.introduced_by or "", person.introduced_by)
            draft.put(replace(person, introduced_by=None if by == uid else by))


def _records(draft: _Draft, into: Into) -> None:
    """Lead what hangs on who goes to who stays."""
    for table in LINKED:
        kind = TABLES[table]
        for uid in into:
            for record in draft.book.each_with(kind, uid):
                _lead(draft, record.uid, kind, into)


def _asks_and_goals(draft: _Draft, into: Into) -> None:
    book = draft.book
    for uid, (target,) in book.columns(Ask, target=Text):
        if target in into:
            _lead(draft, uid, Ask, into)
    for goal in book.all(Goal):
        if not set(into).isdisjoint((*goal.chain, *goal.told)):
            _lead(draft, goal.uid, Goal, into)
    for ask in draft.changed(Ask):
        if ask.target == ask.contact:
            draft.put(replace(ask, target=None))


def _lead(draft: _Draft, uid: str, kind: type[Record], into: Into) -> None:
    """Lead the fields of a record that name who goes to who stays."""
    record = draft.now(kind, uid)
    if record is not None:
        led: dict[str, Any] = {name: _led(getattr(record, name), into) for name in _PEOPLE[TABLE_OF[kind]]}
        draft.put(_still_as_brought(record, replace(record, **led)))


def _led(value: Any, into: Into) -> Any:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(into.get(uid, uid) for uid in value))
    return into.get(value, value)


def _still_as_brought(before: R, after: R) -> R:
    """Return a record that an import may still let grow, if it was one: the user has not touched it by this."""
    mark = as_brought(before)
    if mark not in before.sources:
        return after
    return replace(after, sources=tuple(as_brought(after) if each == mark else each for each in before.sources))


def _introductions(draft: _Draft) -> None:
    """Turn an introduction of somebody to himself into a note: what was written of it stays."""
    for introduction in draft.changed(Introduction):
        people = [uid for uid in (introduction.broker, introduction.first, introduction.second) if uid is not None]
        if len(set(people)) == len(people):
            continue
        draft.drop(introduction)
        twice = next(uid for uid in people if people.count(uid) > 1)
        person = draft.now(Contact, twice)
        if person is not None:
            notes = "\n".join(filter(None, (person.notes, _told(draft.book, introduction))))
            draft.put(replace(person, notes=notes))
        _unlink(draft, introduction.uid)


def _told(book: Book, introduction: Introduction) -> str:
    steps = ", ".join(f"{step.state} on {step.date.isoformat()}" for step in introduction.steps)
    others = [uid for uid in (introduction.broker, introduction.first, introduction.second) if uid is not None]
    names = tell_list([names_of(book, (uid,)) for uid in dict.fromkeys(others)], most=3)
    words = (f"Introduction, {names}", steps, introduction.text, introduction.outcome)
    return ": ".join(filter(None, words))


def _unlink(draft: _Draft, gone: str) -> None:
    """Let what came from an introduction that goes stand by itself, and let nothing wait for that."""
    table = TABLE_OF[Exchange]
    for uid, (link,) in draft.book.columns(Exchange, introduction=Text):
        exchange = draft.now(Exchange, uid) if link == gone and "introduction" in HANGING[table] else None
        if exchange is not None:
            draft.put(_still_as_brought(exchange, replace(exchange, introduction=None)))
    for snooze in draft.book.all(Snooze):
        if gone in parts_of(snooze.of):
            draft.drop(snooze)


def _ties(draft: _Draft, into: Into) -> None:
    """Let nobody be tied to himself, and no two be tied twice: the stronger tie stays."""
    found: dict[frozenset[str], list[Tie]] = {}
    known = {tie.uid: tie for stays in set(into.values()) for tie in draft.book.each_with(Tie, stays)}
    for tie in {**known, **{tie.uid: tie for tie in draft.changed(Tie)}}.values():
        found.setdefault(frozenset((tie.first, tie.second)), []).append(tie)
    for pair, ties in found.items():
        if len(pair) == 1:
            gone: Iterable[Tie] = ties
        else:
            stays, *gone = sorted(ties, key=lambda tie: (_STRONGEST_FIRST.index(tie.strength), tie.created, tie.uid))
            sources = tuple(dict.fromkeys(source for tie in (stays, *gone) for source in tie.sources))
            if gone:
                draft.put(replace(stays, sources=sources))
        for tie in gone:
            draft.drop(tie)


def _snoozes(draft: _Draft, into: Into) -> None:
    """Let what was put off for who goes be put off for who stays: of two, until the later day."""
    found: dict[str, list[Snooze]] = {}
    moved: set[str] = set()
    for uid, (of,) in draft.book.columns(Snooze, of=Text):
        snooze = draft.now(Snooze, uid)
        if of is None or snooze is None:
            continue
        key = key_with(of, into)
        moved.update((key,) if key != of else ())
        found.setdefault(key, []).append(snooze)
    for key in moved:
        last, *others = sorted(found[key], key=lambda each: (each.until, each.of == key, each.uid), reverse=True)
        draft.put(replace(last, of=key))
        for snooze in others:
            draft.drop(snooze)


def _unplaced(draft: _Draft, into: Into) -> None:
    """Lead what waits to be placed, and names who goes besides."""
    for waiting in draft.book.all(Unplaced):
        document = dict(waiting.document or {})
        for name in _PEOPLE.get(waiting.table, ()):
            if not set(into).isdisjoint(uids_of(document.get(name))):
                value = document[name]
                document[name] = list(_led(tuple(value), into)) if isinstance(value, list) else _led(value, into)
        if waiting.document is not None and document != waiting.document:
            draft.put(replace(waiting, document=document))


def _apart(draft: _Draft, into: Into) -> None:
    """Let whoever is not who goes be not who stays."""
    for record in draft.book.all(Apart):
        first, second = pair_of(*(into.get(uid, uid) for uid in (record.first, record.second)))
        if (first, second) == (record.first, record.second):
            continue
        draft.drop(record)
        uid = apart_uid(first, second)
        if first != second and draft.now(Apart, uid) is None:
            draft.put(replace(record, uid=uid, first=first, second=second))
