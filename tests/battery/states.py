"""Every disk that a crash could leave behind, rebuilt from what programs asked of the disk, in order.

The rules, as hard as a file system may be on who does not ask for things to be made durable:

- What a file has is durable from its last sync on. Of what was written or cut since then, each sector of 512 bytes
  may be as it was after any of those calls (so writes are lost, torn at a sector, or in any order), and the size may
  be any of those there were (so a file may have grown, and its new bytes be zeros). The last write may also be torn
  at any byte; and from any sector on (where it was there before, also up to any) the new bytes may be what a file
  that was removed had there, if that ends no more lines (a journal of several broken lines is refused, and kept).
- A name is durable from the sync of its folder on; that of the file does nothing for it. Of the names that were made,
  replaced or removed in a folder since then, any subset may be done.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from tests.battery.disk import ROOT, Event, Node, Tree, cut, put_at, tree_of

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Limits:
    """How far the enumeration goes; what goes beyond is thinned out, and counted as such."""

    sectors: int = 4096
    """Combinations of sectors and sizes of one file."""
    bytes_torn: int = 8192
    """Bytes up to which the last write of a file is torn at each byte."""
    names: int = 10
    """Names that wait in one folder, of which every subset is taken."""
    together: int = 20_000
    """Disks at one moment."""
    every: int = 1
    """Of the calls after which a program is cut off, and of the disks that it leaves, one in so many."""


FULL = Limits()
BOUNDED = Limits(sectors=16, bytes_torn=0, names=5, together=64)
SHORT = Limits(sectors=16, bytes_torn=0, names=5, together=64, every=11)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a crash between two calls may leave."""

    number: int
    """How many calls were done."""
    notes: tuple[str, ...]
    """All that was noted before."""
    trees: Iterable[Tree]


@dataclass(slots=True)
class _File:
    durable: bytes = b""
    waiting: list[Event] = field(default_factory=list)
    known: tuple[bytes, ...] | None = None
    """What may be found in it after a crash now."""


@dataclass(slots=True)
class _Folder:
    durable: dict[str, int] = field(default_factory=dict)
    waiting: list[Event] = field(default_factory=list)


class Crashes:
    """Walks through a recorded run, crashing between any two calls."""

    def __init__(self, limits: Limits = FULL) -> None:
        self.limits = limits
        self.thinned: Counter[str] = Counter()
        """How often not everything was enumerated, and what."""
        self._gone = b""
        """What the file had that was removed last."""
        self._files: dict[int, _File] = {}
        self._folders: dict[int, _Folder] = {ROOT: _Folder()}
        self._led: dict[tuple[int, str], int] = {}
        """Where each name leads for the programs."""

    def start_with(self, nodes: Mapping[int, Node]) -> None:
        """Take all that is in `nodes` for durable: a run begins there."""
        for number, node in nodes.items():
            if node.is_folder:
                self._folders[number] = _Folder(dict(node.entries))
                self._led.update({(number, name): target for name, target in node.entries.items()})
            else:
                self._files[number] = _File(bytes(node.content))

    def moments(self, events: Sequence[Event], first: int = 0) -> Iterator[Moment]:
        """Yield what a crash may leave after each of `events`, from number `first` on."""
        notes: tuple[str, ...] = ()
        calls = 0
        for number, event in enumerate(events):
            if event.kind == "note":
                notes = (*notes, event.note)
            else:
                calls += 1
                self._do(event)
            if number >= first:
                yield Moment(calls, notes, self._trees())

    def _do(self, event: Event) -> None:
        if event.kind in {"name", "folder"}:
            self._do_names(event)
        elif event.kind == "sync" and event.node in self._folders:
            folder = self._folders[event.node]
            for one in folder.waiting:
                _name(folder.durable, event.node, one)
            folder.waiting.clear()
        elif event.kind == "sync":
            file = self._files[event.node]
            file.durable, file.waiting, file.known = _after(file.durable, file.waiting), [], None
        else:
            file = self._files[event.node]
            file.waiting.append(event)
            file.known = None

    def _do_names(self, event: Event) -> None:
        for number in dict.fromkeys(number for number, _, _ in event.names):
            self._folders[number].waiting.append(event)
        for folder, name, target in event.names:
            if not target and (node := self._led.pop((folder, name), 0)) in self._files and len(event.names) == 1:
                self._gone = _after(self._files[node].durable, self._files[node].waiting)
            self._led[folder, name] = target
            if target and event.kind == "folder":
                self._folders.setdefault(target, _Folder())
            elif target:
                self._files.setdefault(target, _File())

    def _trees(self) -> Iterator[Tree]:
        """Yield every disk that may be left now; some more than once."""
        for entries in self._names():
            shown = sorted(set(_shown(entries)) & self._files.keys())
            choices = [self._contents(self._files[number]) for number in shown]
            if prod(map(len, choices)) > self.limits.together:
                self.thinned["files at once"] += 1
                chosen: Iterable[tuple[bytes, ...]] = _one_by_one(choices)
            else:
                chosen = product(*choices)
            for contents in chosen:
                yield tree_of(entries, dict(zip(shown, contents, strict=True)))

    def _names(self) -> Iterator[dict[int, dict[str, int]]]:
        """Yield the entries of all folders, for each subset of what waits in them."""
        waiting = [number for number, folder in self._folders.items() if folder.waiting]
        choices = [list(self._subsets(self._folders[number].waiting)) for number in waiting]
        for chosen in product(*choices):
            entries = {number: dict(folder.durable) for number, folder in self._folders.items()}
            for number, events in zip(waiting, chosen, strict=True):
                for event in events:
                    _name(entries[number], number, event)
            yield entries

    def _subsets(self, events: list[Event]) -> Iterator[list[Event]]:
        count = len(events)
        if count <= self.limits.names:
            for bits in range(1 << count):
                yield [event for number, event in enumerate(events) if bits >> number & 1]
            return
        self.thinned["names"] += 1
        for number in range(count):
            yield events[:number]
            yield events[:number] + events[number + 1 :]
            yield [events[number]]
        yield events

    def _contents(self, file: _File) -> tuple[bytes, ...]:
        if file.known is None:
            file.known = tuple(dict.fromkeys(self._possible(file)))
        return file.known

    def _possible(self, file: _File) -> Iterator[bytes]:
        """Yield what may be in the file."""
        versions = [file.durable]
        for event in file.waiting:
            versions.append(_after(versions[-1], [event]))
        yield from versions
        if not file.waiting:
            return
        yield from self._torn(versions[-2], file.waiting[-1])
        yield from self._mixed(versions)
        yield from self._used_before(versions[0], versions[-1])

    def _torn(self, before: bytes, last: Event) -> Iterator[bytes]:
        if last.kind != "write":
            return
        size = len(last.data)
        if size > self.limits.bytes_torn:
            self.thinned["bytes"] += 1
            first = SECTOR - last.offset % SECTOR
            ends: Iterable[int] = sorted({1, size // 2, size - 1, *range(first, size, SECTOR)} - {0, size})
        else:
            ends = range(1, size)
        for end in ends:
            content = bytearray(before)
            put_at(content, last.offset, last.data[:end])
            yield bytes(content)

    def _used_before(self, durable: bytes, new: bytes) -> Iterator[bytes]:
        """Yield what is found where new bytes did not reach the disk, and it has those of a file that is gone."""
        start, old = len(durable), self._gone.ljust(len(new), b"\0")[: len(new)]
        if not self._gone or new[:start] != durable:
            return
        for border in range(start - start % SECTOR + SECTOR, len(new), SECTOR):
            mixed = [new[:border] + old[border:]]
            if start:
                mixed.append(new[:start] + old[start:border] + new[border:])
            yield from (one for one in mixed if not _line_ends(one) - _line_ends(new))

    def _mixed(self, versions: list[bytes]) -> Iterator[bytes]:
        """Yield each mixture of the sectors of `versions`, in each of their sizes."""
        longest = max(map(len, versions))
        padded = [version + bytes(longest - len(version)) for version in versions]
        sectors = [
            list(dict.fromkeys(one[start : start + SECTOR] for one in padded)) for start in range(0, longest, SECTOR)
        ]
        sizes = dict.fromkeys(map(len, versions))
        if len(sizes) * prod(map(len, sectors)) <= self.limits.sectors:
            mixtures: Iterable[tuple[bytes, ...]] = product(*sectors)
        else:
            self.thinned["sectors"] += 1
            mixtures = _one_by_one(sectors)
        for mixture in mixtures:
            content = b"".join(mixture)
            for size in sizes:
                yield content[:size]


def _line_ends(content: bytes) -> set[int]:
    return {number for number, byte in enumerate(content) if byte == 0x0A}


def _one_by_one(choices: Sequence[Sequence[bytes]]) -> Iterator[tuple[bytes, ...]]:
    """Yield some combinations: all first, all last, the ways from one to the other, and each one alone."""
    first, last = (tuple(one[end] for one in choices) for end in (0, -1))
    yield first
    yield last
    for number, options in enumerate(choices):
        for option in options:
            yield (*first[:number], option, *last[number + 1 :])
            yield (*last[:number], option, *first[number + 1 :])
            yield (*last[:number], option, *last[number + 1 :])


def _after(content: bytes, events: Iterable[Event]) -> bytes:
    result = bytearray(content)
    for event in events:
        if event.kind == "write":
            put_at(result, event.offset, event.data)
        else:
            cut(result, event.offset)
    return bytes(result)


def _name(entries: dict[str, int], folder: int, event: Event) -> None:
    """Do in the entries of one folder what a call does there."""
    for number, name, target in event.names:
        if number == folder:
            entries.pop(name, None)
            if target:
                entries[name] = target


def _shown(folders: dict[int, dict[str, int]]) -> Iterator[int]:
    waiting = [ROOT]
    while waiting:
        for target in folders[waiting.pop()].values():
            if target in folders:
                waiting.append(target)
            else:
                yield target
