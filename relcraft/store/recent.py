"""The last changes of a book, kept in its file: what was made, undone and redone, so that it can be after a restart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import msgspec

from relcraft.domain.changes import DEPTH, Change, Op, Steps, Turn
from relcraft.domain.documents import TABLES, Document, write_instant
from relcraft.domain.records import BEGINNING
from relcraft.domain.text import clean_line
from relcraft.store.encoding import decode, encode, typed
from relcraft.store.journal import Entry, turn_of
from relcraft.store.lazy import LazyDocuments, is_deep
from relcraft.store.rows import RowOp, key_of

LIMIT = 4_000_000
"""Bytes that the changes in a file take at most, about."""
_MOST_TURNS = 5 * DEPTH
"""How many changes, undos and redos are remembered one by one at most."""


class _Glance(msgspec.Struct, gc=False):
    """What has to be known of every change in a file to say which are undone."""

    seq: int
    turn: str = ""


_glance = msgspec.json.Decoder(_Glance).decode


@dataclass(slots=True, eq=False)
class _Step:
    """One change, as it stands in the file, or in memory, or both."""

    seq: int
    raw: msgspec.Raw | None = None
    change: Change | None = None
    whole: bool = True
    """Whether what stands in the file has the records as well."""


class Recent:
    """The last changes: read when somebody asks, and written as they came in."""

    def __init__(self, stored: Any = None, name: str = "") -> None:
        """`stored` is what stands as the table of changes in the file called `name`: whatever that is."""
        self._stored = stored
        self._name = name
        self._entries: list[Entry] = []
        self._steps: Steps[_Step] = Steps()
        self._log: list[tuple[Turn, _Step]] = []
        """What happened, oldest first: also what was undone for good, which a merge with another machine must know."""
        self.remarks: tuple[str, ...] = ()
        """What is wrong with what the file has, in sentences."""

    def take(self, entry: Entry) -> None:
        """Go on by one transaction."""
        self._entries.append(entry)

    def settle(self) -> None:
        """Forget what can be neither undone nor redone any more."""
        stored, self._stored = self._stored, None
        if stored is not None:
            self._read(stored)
        for entry in self._entries:
            if ops := tuple(ops_of(entry.ops)):
                change = Change(title=clean_line(entry.title), ops=ops, at=_moment(entry.at), turn=entry.turn)
                self._take(entry.turn, _Step(entry.seq, change=change))
        self._entries.clear()

    def _take(self, turn: Turn, step: _Step) -> None:
        done, undone = self._steps.done, self._steps.undone
        about = step if turn is Turn.MADE else next(iter((done if turn is Turn.UNDO else undone)[-1:]), None)
        first = next(iter(done), None)
        self._steps.take(turn, step)
        if about is None:
            return
        self._log.append((turn, about))
        if first is not None and turn is Turn.MADE and first is not done[0]:
            del self._log[: _place_of(done[0], self._log)]
        if len(self._log) > _MOST_TURNS:
            self._log = _shortest(done, undone)

    def changes(self) -> Sequence[Change]:
        """Return what happened since the first change that can be undone, oldest first; what was too large has no ops.

        An undo and a redo say of which change they are by their place alone: they have no ops.
        """
        self.settle()
        if any(not self._is_readable(step) for turn, step in self._log if turn is Turn.MADE):
            for steps in (self._steps.done, self._steps.undone):
                self._cut_unreadable(steps)
            self._log = _shortest(self._steps.done, self._steps.undone)
        told = ((turn, step.change) for turn, step in self._log)
        return [
            one if turn is Turn.MADE else Change(title=one.title, ops=(), at=one.at, turn=turn)
            for turn, one in told
            if one is not None
        ]

    def at_rest(self) -> LazyDocuments:
        """Return what the file keeps, by id: a document for each change, and one for each undo and redo."""
        self.settle()
        kept, number = dict[str, msgspec.Raw](), 0
        for turn, step in _within_limit(self._steps, self._log):
            made = turn is Turn.MADE
            number = max(number + 1, step.seq if made else 0)
            kept[str(number)] = _raw(step) if made else msgspec.Raw(encode({"seq": step.seq, "turn": turn}))
        return LazyDocuments(kept)

    def _read(self, stored: Any) -> None:
        try:
            for _, one in sorted(((int(key), one) for key, one in stored.items()), key=lambda item: item[0]):
                seen = msgspec.convert(one, _Glance) if isinstance(one, dict) else _glance(one)
                raw = msgspec.Raw(encode(one)) if isinstance(one, dict) else one
                self._take(turn_of(seen.turn), _Step(seen.seq, raw))
        except (AttributeError, TypeError, ValueError):
            self._steps, self._log = Steps(), []
            self._remark()

    def _is_readable(self, step: _Step) -> bool:
        try:
            step.change = step.change or _read_change(step.raw)
        except (AttributeError, KeyError, TypeError, ValueError):
            return False
        return True

    def _cut_unreadable(self, steps: list[_Step]) -> None:
        """Forget the changes of one stack from which on it cannot be understood."""
        for at in reversed(range(len(steps))):
            if not self._is_readable(steps[at]):
                del steps[: at + 1]
                self._remark()
                return

    def _remark(self) -> None:
        self.remarks = (
            f"Some of the changes that {self._name} keeps for undo are damaged: nothing from there on can be undone.",
        )


def is_kept_whole(change: Change) -> bool:
    """Whether a change is small enough to be undone after a restart."""
    step = _Step(0, change=change)
    _raw(step)
    return step.whole


def ops_of(rows: Sequence[RowOp]) -> Iterator[Op]:
    """Yield what a transaction did to records, each at most once."""
    changed: dict[tuple[str, str], tuple[Document | None, Document | None]] = {}
    for row in rows:
        if row.id is None or row.table not in TABLES:
            continue
        keys = [
            None if one is None else (row.table, key_of(row.table, str(row.id), one)) for one in (row.before, row.after)
        ]
        for key in dict.fromkeys(keys):
            if key is not None:
                before = row.before if key == keys[0] else None
                changed[key] = changed.get(key, (before,))[0], row.after if key == keys[1] else None
    for (table, uid), (before, after) in changed.items():
        if before != after:
            yield Op(table, uid, before, after)


def _shortest(done: Sequence[_Step], undone: Sequence[_Step]) -> list[tuple[Turn, _Step]]:
    """Return the fewest turns that lead to the two stacks."""
    made = [(Turn.MADE, step) for step in (*done, *reversed(undone))]
    return [*made, *((Turn.UNDO, step) for step in undone)]


def _place_of(step: _Step, log: Sequence[tuple[Turn, _Step]]) -> int:
    """Return where in `log` a change was made; 0 where that is no longer there."""
    return next((at for at, (turn, one) in enumerate(log) if turn is Turn.MADE and one is step), 0)


def _within_limit(steps: Steps[_Step], log: Sequence[tuple[Turn, _Step]]) -> Sequence[tuple[Turn, _Step]]:
    """Return which turns may be kept: as many as there is room for, the newest first.

    Undo goes step by step: what is older than a change that is not kept whole can never be reached.
    """
    undone = list(steps.undone)
    room = LIMIT - sum(len(_raw(step)) for step in undone)
    if room < 0 or not all(step.whole for step in undone):
        undone, room = [], LIMIT
    first = len(steps.done)
    for step in reversed(steps.done):
        room -= len(_raw(step))
        if room < 0:
            break
        first -= 1
        if not step.whole:
            break
    done = steps.done[first:]
    since = _place_of(done[0], log) if first and done else 0
    told = [step for turn, step in log[since:] if turn is Turn.MADE]
    if sum(len(_raw(step)) for step in told) <= LIMIT and all(step.whole for step in told):
        return log[since:]
    return _shortest(done, undone)


def _raw(step: _Step) -> msgspec.Raw:
    """Return the change as it stands in the file: without its ops where they are too large, or cannot be read there."""
    if step.raw is None:
        change = step.change or Change(title="", ops=(), at=BEGINNING)
        head = encode({"seq": step.seq, "at": write_instant(change.at), "title": change.title})
        written = [tuple(map(encode, (op.table, op.uid, op.before, op.after))) for op in change.ops]
        text = b'%b,"ops":[%b]}' % (head[:-1], b",".join(b"[" + b",".join(parts) + b"]" for parts in written))
        step.whole = len(text) <= LIMIT and not any(map(is_deep, chain.from_iterable(written)))
        step.raw = msgspec.Raw(text if step.whole else head)
    return step.raw


def _read_change(raw: msgspec.Raw | None) -> Change:
    """Read a change of a file. Raises `ValueError`, `TypeError`, `KeyError` or `AttributeError` where it is none."""
    said = decode(bytes(raw or b""))
    ops = [
        Op(typed(table, str), typed(uid, str), _document(before), _document(after))
        for table, uid, before, after in said.get("ops", ())
    ]
    known = all(op.table in TABLES for op in ops)
    return Change(
        title=clean_line(typed(said["title"], str)),
        ops=tuple(ops) if known else (),
        at=_moment(said.get("at")),
    )


def _document(said: Any) -> Document | None:
    return None if said is None else typed(said, dict)


def _moment(said: Any) -> datetime:
    """Return when something was; of what cannot be read, that it was long ago."""
    try:
        return datetime.fromisoformat(said).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return BEGINNING
