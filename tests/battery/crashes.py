"""Every disk that a crash can leave, looked at: each holds all that was acknowledged, nothing by half, nothing else.

Usage: python -m tests.battery.crashes [--short | --long] [WORD IN A NAME]...

Each disk of each protocol is looked at; where a program is cut off after every call and another goes on, what a crash
then leaves is thinned out, unless it is to take long.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from relcraft.store.keeper import BookFile
from tests.battery.disk import Disk, Ended, Tree
from tests.battery.protocols import PROTOCOLS, SEQUELS, Protocol, Sequel, what_was_torn_is_kept
from tests.battery.runs import Found, Run, State, find, held_by
from tests.battery.states import BOUNDED, FULL, SHORT, Crashes, Limits


@dataclass(slots=True)
class Tally:
    """What was looked at, and what was wrong."""

    calls: int = 0
    """Calls between which a crash was tried."""
    crashes: int = 0
    """Crashes, each at one moment with one outcome."""
    disks: int = 0
    """Different disks among them: each was opened, saved to and folded."""
    lost: int = 0
    """Crashes that took something acknowledged."""
    phantom: int = 0
    """Crashes after which something was there by half, or that nobody wrote."""
    unusable: int = 0
    """Crashes after which the book could not be opened, or not go on."""
    first: str = ""
    """The first thing that was wrong."""
    thinned: Counter[str] = field(default_factory=Counter)
    sites: set[str] = field(default_factory=set)
    """From where something was made durable."""

    @property
    def wrong(self) -> int:
        """How many crashes were not survived."""
        return self.lost + self.phantom + self.unusable

    def add(self, other: "Tally") -> None:
        """Count what another one counted."""
        for name in ("calls", "crashes", "disks", "lost", "phantom", "unusable"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.first = self.first or other.first
        self.thinned.update(other.thinned)
        self.sites |= other.sites


class Judge:
    """Looks at the disks of one recorded run. A disk that was seen before is not opened again."""

    def __init__(self, run: Run, *, stop_at_first: bool = False) -> None:
        self.run = run
        self.tally = Tally()
        self.left: dict[frozenset[tuple[str, bytes | None]], Tree] = {}
        """The disks that were looked at."""
        self._found: dict[frozenset[tuple[str, bytes | None]], tuple[Found, list[int]]] = {}
        self._stop_at_first = stop_at_first

    def look(self, limits: Limits, first: int = 0) -> Tally:
        """Crash between any two calls of the run, from event number `first` on, and look at what is left."""
        crashes = Crashes(limits)
        crashes.start_with(self.run.base)
        for moment in crashes.moments(self.run.disk.events, first):
            allowed = _allowed(moment.notes)
            self.tally.calls = moment.number
            for tree in moment.trees:
                self.tally.crashes += 1
                self._judge(tree, allowed, moment.number)
                if self.tally.wrong and self._stop_at_first:
                    return self.tally
        self.tally.disks = len(self._found)
        self.tally.thinned = crashes.thinned
        self.tally.sites = self.run.disk.sites
        return self.tally

    def _judge(self, tree: Tree, allowed: list[int], call: int) -> None:
        key = frozenset(tree.items())
        if key not in self._found:
            found = find(tree, self.run.setting)
            if not found.problem and (problem := self.run.look(tree)):
                found = Found(found.state, problem)
            same = [number for number, state in enumerate(self.run.states) if self._is(found.state, state)]
            self._found[key] = found, same
            self.left[key] = tree
        found, same = self._found[key]
        where = f"after call {call}, with changes {allowed[0]} to {allowed[-1]}"
        if found.problem:
            self.tally.unusable += 1
            self.tally.first = self.tally.first or f"{where}: {found.problem}"
        elif not set(same) & set(allowed):
            lost = any(number < allowed[0] for number in same)
            self.tally.lost += lost
            self.tally.phantom += not lost
            said = (
                f"the state is that after change {same}" if same else "something is there by half, or nobody wrote it"
            )
            self.tally.first = self.tally.first or f"{where}: {said}"

    def _is(self, found: State | None, state: State) -> bool:
        if found is None or found.records != state.records:
            return False
        return not self.run.setting.with_titles or found.titles == state.titles


def _allowed(notes: Sequence[str]) -> list[int]:
    """Return the states that a program may find: from what was acknowledged last to what was begun last."""
    numbers: dict[str, list[int]] = {"kept": [0], "started": [0], "refused": []}
    for note in notes:
        what, number = note.split()
        numbers[what].append(int(number))
    kept, refused = numbers["kept"][-1], numbers["refused"]
    return [number for number in range(kept, max(kept, *numbers["started"]) + 1) if number not in refused]


def played(protocol: Protocol, left_out: str = "") -> Run:
    """Return the record of a protocol, in which one place makes nothing durable."""
    run = Run(protocol.setting)
    run.disk.left_out = left_out
    protocol.play(run)
    run.disk.kill()
    return run


def crashed(protocol: Protocol, limits: Limits, left_out: str = "", *, stop_at_first: bool = False) -> Tally:
    """Play one protocol and crash everywhere."""
    return Judge(played(protocol, left_out), stop_at_first=stop_at_first).look(limits)


def cut_off(sequel: Sequel, limits: Limits, left_out: str = "", *, stop_at_first: bool = False) -> Tally:
    """Cut a program off everywhere, let the next one go on, and crash everywhere in what that one does."""
    total = Tally()
    for run, first in recorded(sequel, limits, left_out):
        tally = Judge(run, stop_at_first=stop_at_first).look(limits, first)
        tally.calls -= sum(event.kind != "note" for event in run.disk.events[:first])
        total.add(tally)
        if total.wrong and stop_at_first:
            break
    return total


def recorded(sequel: Sequel, limits: Limits, left_out: str = "") -> Iterator[tuple[Run, int]]:
    """Yield the record of each run in which a program is cut off, and where in it the next one begins."""
    yield from _after_crashes(sequel, limits, left_out) if sequel.power else _after_kills(sequel, limits, left_out)


def _after_kills(sequel: Sequel, limits: Limits, left_out: str) -> Iterator[tuple[Run, int]]:
    """Yield the record of each run in which a program is killed after some call, and where the next one begins."""
    steps, ended = 0, True
    while ended:
        run = Run(sequel.setting)
        run.disk.left_out = left_out
        sequel.given(run)
        run.begin()
        book = run.open() if sequel.other_is_open else None
        since, run.disk.steps, ended = run.disk.since, steps, False
        try:
            sequel.first(run)
        except Ended:
            ended = True
        run.disk.kill(since)
        first = len(run.disk.events)
        _go_on(sequel, run, book or run.open())
        yield run, first
        steps += limits.every


def _after_crashes(sequel: Sequel, limits: Limits, left_out: str) -> Iterator[tuple[Run, int]]:
    """Yield the record of what a program does on each disk that a first crash left."""
    first = Run(sequel.setting)
    first.disk.left_out = left_out
    sequel.given(first)
    first.begin()
    sequel.first(first)
    first.disk.kill()
    judge = Judge(first)
    judge.look(replace(limits, sectors=16, bytes_torn=0))
    for tree in list(judge.left.values())[:: limits.every]:
        run = Run(sequel.setting, Disk(tree))
        run.disk.left_out = left_out
        run.states[0] = find(tree, sequel.setting).state or run.states[0]
        run.look = what_was_torn_is_kept(tree, sequel.setting.book)
        run.begin()
        _go_on(sequel, run, run.open())
        yield run, 0


def _go_on(sequel: Sequel, run: Run, book: BookFile) -> None:
    """Let a program go on from what it finds, which may be all that was begun and not less than what was kept."""
    found = held_by(book)
    if found not in run.states[run.kept :]:
        raise AssertionError(f"{found.titles} was found, and change {run.kept} was acknowledged")
    run.started(found)
    sequel.then(run, book)
    run.disk.kill()


def main(arguments: list[str]) -> int:
    """Print a line for each protocol; return 1 where a crash was not survived."""
    limits, cut_off_limits = (SHORT, SHORT) if "--short" in arguments else (FULL, BOUNDED)
    cut_off_limits = FULL if "--long" in arguments else cut_off_limits
    words = [word for word in arguments if not word.startswith("-")]
    total = Tally()
    print("protocol                  calls   crashes    disks  recovered  lost  phantom  unusable      s  thinned out")
    for protocol in (*PROTOCOLS, *SEQUELS):
        if words and not any(word in protocol.name for word in words):
            continue
        start = perf_counter()
        tally = cut_off(protocol, cut_off_limits) if isinstance(protocol, Sequel) else crashed(protocol, limits)
        print(_line(protocol.name, tally, perf_counter() - start), flush=True)
        if tally.first:
            print(f"    {tally.first}")
        total.add(tally)
    print(_line("all", total, 0.0))
    print("restores and single files: python -m tests.battery.restores, python -m tests.battery.writings")
    return 1 if total.wrong else 0


def _line(name: str, tally: Tally, seconds: float) -> str:
    recovered = f"{100 * (1 - tally.wrong / max(tally.crashes, 1)):.1f} %"
    thinned = ", ".join(f"{what} {count}" for what, count in tally.thinned.items()) or "nothing"
    return (
        f"{name:<24} {tally.calls:>6} {tally.crashes:>9} {tally.disks:>8} {recovered:>10} {tally.lost:>5}"
        f" {tally.phantom:>8} {tally.unusable:>9} {seconds:>6.1f}  {thinned}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
